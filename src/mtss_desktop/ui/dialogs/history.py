"""Everything that was done in this database, newest first: who, when, what, and what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import FocusRing, look
from mtss_desktop.usecases import people

LATEST = 200
"""Steps that are listed, the newest first."""

_KINDS = {"undo": "Undone", "redo": "Done again"}


@dataclass(frozen=True)
class StepLine:
    """A step as it reads. ``state`` says what became of it."""

    seq: int
    at: datetime
    who: str
    what: str
    state: str


def read_history(workspace: Workspace, words: Words, _progress: Progress) -> tuple[StepLine, ...]:
    """Runs in the read lane."""
    names = {person.id: person.name for person in workspace.ask(people.everyone, with_former=True)}
    lines = []
    for line in workspace.history(LATEST):
        said = f"{words(_KINDS[line.kind])}: {line.label}" if line.kind in _KINDS else line.label
        state = line.erased or (words("undone") if line.undone else "")
        lines.append(StepLine(line.seq, line.at, names.get(line.person_id, ""), said, state))  # type: ignore[call-overload]
    return tuple(lines)


class HistoryDialog(QDialog):
    """A table to read, filter and copy; undo itself stays with its button."""

    def __init__(self, workspace: Workspace, jobs: Jobs, parent: QWidget | None = None, words: Words = ENGLISH) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("History"))
        self.setAccessibleName(words("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self._count = label("", "caption")
        self.filter = SearchField(name=words("Filter the history"), placeholder=words("Filter"))
        self.table: RecordTable[StepLine] = RecordTable(
            (
                Column("at", words("When"), self._when, sort=lambda line: line.seq, width=170),
                Column("what", words("What"), lambda line: Cell(line.what, struck=bool(line.state))),
                Column("who", words("Who"), lambda line: Cell(line.who, tone="soft"), width=150),
                Column("state", "", lambda line: Cell(line.state, tone="soft"), width=90),
            ),
            key=lambda line: str(line.seq),
            name=words("History"),
        )
        self.filter.textChanged.connect(self.table.filter_by)
        self.filter.left_downward.connect(self.table.setFocus)
        self.table.counted.connect(self._say_count)
        close = Button(words("Close"), self.accept)
        space = look().measures.space
        self.setLayout(
            column(
                row(label(words("History"), "title"), None, self._count),
                self.filter,
                self.table,
                row(None, close),
                spacing=space.s2,
                margins=(space.s3, space.s3, space.s3, space.s2),
            )
        )
        self.resize(look().px(840), look().px(560))
        self._ring = FocusRing(self)
        jobs.run(lambda progress: read_history(workspace, words, progress), then=self.table.show_records, owner=self)

    def _when(self, line: StepLine) -> Cell:
        local = self._words.local(line.at)
        return Cell(f"{self._words.date(local.date())}, {self._words.time(local.time())}")

    def _say_count(self, shown: int, total: int) -> None:
        number = self._words.number
        whole = self._words("The last {n} steps") if total >= LATEST else self._words("{n} steps")
        said = whole if shown == total else self._words("{shown} of {n} steps")
        self._count.setText(said.format(n=number(total), shown=number(shown)))
