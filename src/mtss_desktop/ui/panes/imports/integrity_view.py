"""What looks wrong in the data: how many, from which import, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.integrity import Doubt, Finding
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.theme import look

NAMES = {
    Doubt.DUPLICATES: "Entered twice",
    Doubt.DATES: "Impossible date",
    Doubt.SCHOOLS: "Unknown school",
    Doubt.SCORES: "Score out of range",
    Doubt.GAPS: "Months without any",
}
ABOUT = {
    "referrals": "Referrals",
    "absences": "Absences",
    "scores": "Scores",
    "students": "Students",
}


class IntegrityView(QWidget):
    """``opened`` comes with the id of the import a line came from."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.table: RecordTable[Finding] = RecordTable(self._columns(), key=_key, name=words("Data integrity"))
        self.advice = Prose("", "base")
        self.fine = EmptyState(
            words("Nothing looks wrong"),
            words("Duplicates, dates, schools, ranges and months were looked at. Counts alone show no duplicates."),
            words("Back to imports"),
            self.left.emit,
            icon="ph.arrow-left",
        )
        space = look().measures.space
        layout = column(self.table, self.advice, self.fine, spacing=space.s2, margins=(space.s3, 0, space.s3, space.s3))
        layout.setStretch(0, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.table.chosen.connect(lambda _: self._advise())
        self.table.opened.connect(lambda _: self._open(self.table.current))
        self.table.doubleClicked.connect(lambda _: self._open(self.table.current))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        self.table.show_records(findings)
        if self.table.current is None and findings:
            self.table.choose(_key(findings[0]))
        self.table.setVisible(bool(findings))
        self.advice.setVisible(bool(findings))
        self.fine.setVisible(not findings)
        self._advise()

    def sentence(self, findings: Sequence[Finding]) -> str:
        if not findings:
            return ""
        lines = said("{n} thing to look at.", many="{n} things to look at.", count="n", n=len(findings))
        return f"{self._words.say(lines)} {self._words('Enter goes to the import a line came from.')}"

    def _open(self, finding: Finding | None) -> None:
        if finding is not None and finding.import_id:
            self.opened.emit(finding.import_id)

    def _advise(self) -> None:
        current = self.table.current
        self.advice.setText(self._words(current.advice) if current is not None else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(640)
        for place, each in enumerate(self.table.rows.columns):
            self.table.setColumnHidden(place, narrow and each.key == "where")

    def _columns(self) -> list[Column[Finding]]:
        words = self._words
        return [
            Column("doubt", words("What"), lambda each: Cell(words(NAMES[each.doubt]), medium=True), width=160),
            Column("about", words("Of"), lambda each: Cell(words(ABOUT[each.about])), width=88),
            Column(
                *("n", words("How many"), lambda each: Cell(words.number(each.n))),
                sort=lambda each: each.n,
                width=84,
                right=True,
            ),
            Column("where", words("Where"), self._where),
            Column("file", words("From the file"), lambda each: Cell(each.file_name or words("not known"), "soft")),
        ]

    def _where(self, each: Finding) -> Cell:
        """The school and its months of a gap; the rows of a file name no place here."""
        months = [self._words.month(date.fromisoformat(f"{month}-01")) for month in each.months]
        text = ": ".join(part for part in (each.place, self._words.listed(months)) if part)
        return Cell(text, tip=text)


def _key(each: Finding) -> str:
    return f"{each.doubt.value} {each.about} {each.import_id} {each.place} {each.months[:1]}"
