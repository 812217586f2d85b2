"""The rows of a check, made as they come into sight: a hundred thousand are as quick as ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.facts import PlanRow, Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.ui.kit.formatted import as_table
from mtss_desktop.ui.kit.keyed import KeyedRows
from mtss_desktop.ui.kit.record_table import Column, RecordModel, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.panes.imports.words import HEADS, ICONS, TONES, has_students, level_mark, verdict_word, who
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.import_plans import ImportPlan

PAGE = 48
"""Rows made at a time."""
MOST_PAGES = 64
WRITTEN = (Verdict.NEW, Verdict.CHANGED)
MOST_COPIED = 5_000
WIDE = 1000
"""Pixels at 100 % from which on the columns stand at their full width."""
NARROWER = {"student": 100, "what": 136, "when": 116, "value": 72, "level": 108, "school": 112}
"""Widths below that: the reasons get what is saved."""


class PlanRows(Sequence[PlanRow]):
    """The rows of one verdict, or all, made page by page and kept while they are looked at."""

    def __init__(self, plan: ImportPlan, verdict: Verdict | None) -> None:
        self._plan, self._verdict = plan, verdict
        self._count = plan.shown.count(verdict)
        self._pages: dict[int, tuple[PlanRow, ...]] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> PlanRow:  # type: ignore[override]  # a table asks for one row at a time
        if not 0 <= place < self._count:
            raise IndexError(place)
        number, within = divmod(place, PAGE)
        if number not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[number] = self._plan.shown.rows(number * PAGE, (number + 1) * PAGE, self._verdict)
        return self._pages[number][within]


def key_of(row: PlanRow) -> str:
    return f"{row.line}:{row.entry}:{row.what}:{row.when}:{row.number}"


class PlanModel(QAbstractTableModel):
    """A table's model whose every cell can be chosen: asking a million of them one by one would take seconds."""

    rowCount = RecordModel.rowCount
    columnCount = RecordModel.columnCount
    record = RecordModel.record
    data = RecordModel.data
    headerData = RecordModel.headerData

    def __init__(self, columns: Sequence[Column[PlanRow]], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.keyed: KeyedRows[PlanRow] = KeyedRows(self, key_of)


class PlanTable(RecordTable[PlanRow]):
    """Space includes or excludes; ``toggled`` carries the rows. Names follow the window's choice."""

    all_toggled = Signal()
    """Space with every row chosen."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._plan: ImportPlan | None = None
        self.out: set[int] = set()
        self.complete = False
        self.names = Names.MASKED
        self._step = 0
        super().__init__(self._columns("scores"), key=key_of, name=words("Rows of the file"))
        self.rows = cast("RecordModel[PlanRow]", PlanModel(self._columns("scores"), self))
        self.setModel(self.rows)
        head = self.horizontalHeader()
        # A head looks through every chosen row to see whether its column is chosen; with a choice of its own it has none.
        head.setSelectionModel(QItemSelectionModel(self.rows, head))
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))
        self.use_space_to_toggle()
        self.horizontalHeader().setSectionsClickable(False)

    # -- what is shown ------------------------------------------------------------------------------------------------------

    def show_plan(self, plan: ImportPlan, verdict: Verdict | None, names: Names) -> None:
        """All rows of a verdict, from the first; the columns are those of what the file brings."""
        self._plan, self.names = plan, names
        model = self.rows
        model.beginResetModel()
        model.columns = self._columns(plan.prepared.profile.takes)
        model.keyed.rows = cast("list[PlanRow]", PlanRows(plan, verdict))
        model.endResetModel()
        self._size()
        self._step = 0
        self._fit_widths()
        self._hide_columns()
        self._share()
        if len(model.keyed.rows):
            self.setCurrentIndex(model.index(0, 0))
        self.counted.emit(len(model.keyed.rows), len(model.keyed.rows))

    @property
    def _has_levels(self) -> bool:
        """A file of scores without levels leaves their room to the reasons."""
        return self._plan is None or self._plan.prepared.profile.takes != "scores" or self._plan.has_levels

    def _arrange(self) -> None:
        """A check stands in the order of the file's lines."""

    def show_left_out(self, out: set[int], *, complete: bool) -> None:
        """What the person left out, and whether what is gone is taken out, too."""
        self.out, self.complete = out, complete
        self.viewport().update()

    def copy(self) -> None:
        """The chosen rows, at most as many as a person pastes: the whole file is there already."""
        everything = self.all_chosen or not self.selectionModel().hasSelection()
        rows = self.rows.keyed.rows
        first = (rows[place] for place in range(min(len(rows), MOST_COPIED)))
        QGuiApplication.clipboard().setMimeData(
            as_table(self.grid(list(first) if everything else self.selected[:MOST_COPIED]))
        )

    # -- columns ------------------------------------------------------------------------------------------------------------

    def _columns(self, takes: str) -> list[Column[PlanRow]]:
        words, heads = self._words, HEADS[takes]
        return [
            Column("line", words("Line"), self._line, width=52, right=True),
            Column("use", words("Use"), self._use, width=44),
            Column("verdict", words("This row"), self._verdict, width=100),
            Column("student", words("Student"), self._who, width=116),
            Column("what", words(heads.what), lambda row: Cell(row.what, tip=row.what), width=172),
            Column("when", words(heads.when), lambda row: Cell(row.when, tip=row.when), width=120),
            Column("value", words(heads.value), self._value, width=84, right=True),
            Column("level", words(heads.level), self._level, width=132),
            Column("school", words("School"), lambda row: Cell(row.school, tip=row.school), width=132),
            Column("why", words("Why"), lambda row: Cell(row.why, "soft", tip=row.why)),
        ]

    def _hide_columns(self) -> None:
        """What this file does not bring, what may not be shown, and, in a narrow window, what the foot says anyway."""
        if self._plan is None:
            return
        takes = self._plan.prepared.profile.takes
        heads = HEADS[takes]
        width, px = self.width(), look().px
        close, narrow, narrowest = width < px(980), width < px(860), width < px(480)
        hidden = {
            "student": self._plan.mode is Mode.COUNTS
            or self.names is Names.OFF
            or not has_students(takes)
            or narrowest,
            "value": not heads.value,
            "level": not heads.level or narrow or not self._has_levels,
            "school": takes in ("scores", "schools", "nothing", "later"),
            "when": close,
            "why": narrow and self.width() < look().px(640),
        }
        for place, column in enumerate(self.rows.columns):
            self.setColumnHidden(place, hidden.get(column.key, False))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit_widths()
        self._hide_columns()
        self._share()

    def _fit_widths(self) -> None:
        """Only where the window becomes narrow or wide: in between a width somebody drew stays."""
        narrow = self.width() < look().px(WIDE)
        step = narrow + (self.width() < look().px(480))
        if step == self._step:
            return
        self._step = step
        for place, column in enumerate(self.rows.columns):
            if column.width:
                width = NARROWER.get(column.key, column.width) if narrow else column.width
                if column.key == "what" and self.width() < look().px(480):
                    width = 108
                self.horizontalHeader().resizeSection(place, look().px(width))

    def _line(self, row: PlanRow) -> Cell:
        return Cell(self._words.number(row.line) if row.line else "–", "soft")

    def _use(self, row: PlanRow) -> Cell:
        used = row.entry not in self.out if row.verdict in WRITTEN else self.complete and row.verdict is Verdict.GONE
        said = self._words("in") if used else self._words("out")
        return Cell(check=Qt.CheckState.Checked if used else Qt.CheckState.Unchecked, state=said)

    def _verdict(self, row: PlanRow) -> Cell:
        return Cell(
            verdict_word(self._words, row.verdict),
            TONES[row.verdict],
            ICONS[row.verdict],
            medium=row.verdict in WRITTEN,
        )

    def _who(self, row: PlanRow) -> Cell:
        text = who(self._words, row, self.names)
        return Cell(text, tip=text)

    def _value(self, row: PlanRow) -> Cell:
        if row.verdict is Verdict.GONE:
            return Cell(row.old_value, "soft", struck=True, state=self._words("gone"))
        state = self._words("was {old}").format(old=row.old_value) if row.old_value else ""
        return Cell(row.value, old=row.old_value, state=state)

    def _level(self, row: PlanRow) -> Cell:
        assert self._plan is not None
        return Cell(row.level, level=level_mark(self._plan, row.level))

    @property
    def all_chosen(self) -> bool:
        chosen = self.selectionModel().selection()
        rows = sum(chosen.at(place).height() for place in range(chosen.count()))
        return 0 < rows == self.rows.rowCount()

    def _tell(self, news: Any) -> None:
        """Every row of a large file is told as such, not one by one."""
        if news is self.toggled and self.all_chosen:
            self.all_toggled.emit()
        else:
            super()._tell(news)

    # -- keys and clicks ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index: QModelIndex = self.indexAt(QPoint(int(event.position().x()), int(event.position().y())))
        if index.isValid() and self.rows.columns[index.column()].key == "use":
            self.toggled.emit([self.rows.record(index)])
