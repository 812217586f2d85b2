"""The three tables of an unknown file: groups of columns, the columns of one group, and the first rows as understood."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from mtss_desktop.base.words import Words
from mtss_desktop.domain.layouts import ColumnGroup, UnderstoodRow
from mtss_desktop.importing.counting import Counted
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.panes.imports import mapping_words as say
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.mapping import ColumnLine, GroupLine, Mapped


class GroupTable(RecordTable[GroupLine]):
    """One line for each group, families each for itself."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.now: Mapped | None = None
        columns = [
            Column[GroupLine]("group", words("Columns"), self._group, may_hide=False),
            Column[GroupLine](
                "count", "", lambda line: Cell(words.number(line.columns), "soft"), width=60, right=True, may_hide=False
            ),
        ]
        super().__init__(columns, key=lambda line: line.key, name=words("Groups of columns"))
        self.horizontalHeader().setSectionsClickable(False)

    def _group(self, line: GroupLine) -> Cell:
        if self.now is None:
            return Cell()
        hint = say.group_hint(self._words, line)
        icon = say.ICONS.get(line.group, "ph.check")
        quiet = line.group in (ColumnGroup.OTHER, ColumnGroup.NEVER)
        words = say.group_words(self._words, line, self.now)
        return Cell(f"{words}  {hint}", "soft" if quiet else "", icon, tip=hint, state=hint)


class ColumnTable(RecordTable[ColumnLine]):
    """1 to 5 move columns to a group, Delete takes them out of use, F2 or Enter names a meaning or a piece."""

    moved = Signal(object, object)
    """(headers, group)."""
    meant = Signal(str, str)
    """(header, typed meaning)."""
    called = Signal(str, str)
    """(measure in the headers, what a coach calls it)."""
    season_called = Signal(str, str)
    """(header, season a coach names)."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.now: Mapped | None = None
        self.line: GroupLine | None = None
        self.names = Names.MASKED
        self._filled: dict[str, int] | None = None
        self._counting = False
        super().__init__(self._columns(), key=lambda line: line.header, name=words("Columns of the group"))
        self.opened.connect(lambda _: self.edit_current())
        self.deleted.connect(lambda lines: self._move(lines, ColumnGroup.OTHER))
        self.horizontalHeader().setSectionsClickable(False)

    def show_columns(self, now: Mapped, line: GroupLine | None, names: Names) -> None:
        self.now, self.line, self.names = now, line, names
        self.show_records(now.columns_of(line.key) if line is not None else ())
        self._hide()

    def _is_family(self) -> bool:
        return self.line is not None and self.line.family >= 0

    def _columns(self) -> list[Column[ColumnLine]]:
        words = self._words
        return [
            Column("header", words("Column in the file"), self._header, least=108),
            Column(
                "meaning",
                words("Meaning"),
                self._meaning,
                width=184,
                edit=lambda line, text: self.meant.emit(line.header, text),
                offers=self._offers,
                can_edit=lambda _: self.line is not None and self.line.group is not ColumnGroup.NEVER,
            ),
            Column(
                "measure",
                words("Measure"),
                lambda line: Cell(line.called, "accent", medium=True),
                width=108,
                edit=lambda line, text: self.called.emit(line.measure, text),
            ),
            Column(
                "window",
                words("Season"),
                self._season,
                width=88,
                edit=lambda line, text: self.season_called.emit(line.header, text),
                offers=lambda: ["Fall", "Winter", "Spring", "Summer"],
                can_edit=lambda line: bool(line.window or line.asks),
            ),
            Column("year", words("School year"), self._year, width=88),
            Column("examples", words("First values"), self._examples),
            Column("filled", words("Filled"), self._count, width=64, right=True),
            Column("why", words("Why"), lambda line: Cell(line.reason, "soft", tip=line.reason)),
        ]

    def _header(self, line: ColumnLine) -> Cell:
        text = say.header_words(self._words, line.header)
        return Cell(text, tip=text)

    def _offers(self) -> list[str]:
        found = [each.label for each in self.now.meanings] if self.now is not None else []
        return [*found, self._words("Not used")]

    def _meaning(self, line: ColumnLine) -> Cell:
        if self.now is None or self.line is None or self.line.group is ColumnGroup.NEVER:
            return Cell(self._words("never read"), "soft", "ph.lock-simple")
        label = next((each.label for each in self.now.meanings if each.key == line.meaning), "")
        return Cell(label or self._words("Not used"), "" if label else "soft", medium=bool(label))

    def _season(self, line: ColumnLine) -> Cell:
        if line.asks:
            text = self._words("“{word}”?").format(word=line.asks)
            return Cell(text, "warning", "ph.warning", value="", state=self._words("no season yet"))
        return Cell(line.window or "–", "accent")

    def _count(self, line: ColumnLine) -> Cell:
        if self._filled is None and self._counting:
            return Cell("…", "soft", state=self._words("being counted"))
        filled = (self._filled or {}).get(line.header)
        return Cell("–" if filled is None else self._words.number(filled), "soft")

    def show_filled(self, counted: Counted | None, *, counting: bool) -> None:
        """How many cells of each column hold something; ``None`` while that is being counted or where it was stopped."""
        self._counting = counting
        self._filled = dict(counted.filled) if counted is not None else None
        self.viewport().update()

    def _year(self, line: ColumnLine) -> Cell:
        return Cell(f"{line.year}–{(line.year + 1) % 100:02}" if line.year else "–", "accent")

    def _examples(self, line: ColumnLine) -> Cell:
        group = self.line.group if self.line is not None else ColumnGroup.OTHER
        return Cell(say.examples(self._words, line, group, self.names), "soft")

    def _hide(self) -> None:
        family = self._is_family()
        narrow = self.width() < look().px(640)
        hidden = {"meaning": family, "measure": not family, "window": not family, "year": not family}
        hidden |= {"why": family or narrow, "examples": self.width() < look().px(480)}
        hidden |= {"filled": self.width() < look().px(600)}
        for place, column in enumerate(self.rows.columns):
            self.setColumnHidden(place, hidden.get(column.key, False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide()

    def edit_current(self) -> None:
        """The piece or the meaning of the current column."""
        index = self.currentIndex()
        if index.isValid():
            key = "measure" if self._is_family() else "meaning"
            on_season = self.rows.columns[index.column()].key == "window"
            if self._is_family() and (on_season or self.rows.record(index).asks):
                key = "window"
            place = next(at for at, column in enumerate(self.rows.columns) if column.key == key)
            there = index.siblingAtColumn(place)
            if self.rows.flags(there) & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(there)
                self.edit(there)

    def _move(self, lines: list[ColumnLine], group: ColumnGroup) -> None:
        self.moved.emit(tuple(line.header for line in lines), group)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            if 0 <= place < len(say.KEYS):
                self._move(self.selected or ([self.current] if self.current else []), say.KEYS[place])
                return
            if event.key() == Qt.Key.Key_F2:
                self.edit_current()
                return
        super().keyPressEvent(event)


class UnderstoodTable(RecordTable[UnderstoodRow]):
    """The first rows as they will be taken."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.names = Names.MASKED
        super().__init__(
            [
                Column("line", words("Line"), lambda row: Cell(words.number(row.line), "soft"), width=56, right=True),
                Column("student", words("Student"), self._student, width=168),
                Column("what", words("What"), lambda row: Cell(row.what)),
                Column("when", words("When"), lambda row: Cell(row.when), width=128),
                Column("value", words("Value"), lambda row: Cell(row.value), width=84, right=True),
                Column("level", words("Level or place"), lambda row: Cell(row.level), width=148),
                Column("school", words("School"), lambda row: Cell(row.school), width=148),
                Column("why", words("Trouble"), self._trouble),
            ],
            key=lambda row: f"{row.line}:{row.what}:{row.when}",
            name=words("Rows as understood"),
        )
        self.horizontalHeader().setSectionsClickable(False)

    def _student(self, row: UnderstoodRow) -> Cell:
        return Cell(say.student(self._words, row, self.names))

    def _trouble(self, row: UnderstoodRow) -> Cell:
        if not row.trouble:
            return Cell(self._words("fits"), "success", "ph.check")
        return Cell(row.trouble, "warning", "ph.warning", tip=row.trouble)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(760)
        for place, column in enumerate(self.rows.columns):
            self.setColumnHidden(place, narrow and column.key in ("school", "level"))


Change = Callable[[Mapped], Mapped]
