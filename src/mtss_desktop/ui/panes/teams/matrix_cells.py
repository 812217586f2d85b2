"""The cells of the working-smarter matrix: what stands in each, saved or not, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.team_matrix import COUNTED, EXPECTED, MatrixColumn, MatrixRow
from mtss_desktop.ui.kit.row_delegate import CELL, Cell

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, MatrixColumn]
"""A cell by its team and column; rows that were pasted and have no team yet go by ``new:0``, ``new:1`` …"""
HEADS = {
    MatrixColumn.NAME: ("Team", 130),
    MatrixColumn.TIER: ("Tier", 44),
    MatrixColumn.PURPOSE: ("Purpose", 112),
    MatrixColumn.OUTCOME_MEASURE: ("Outcome measure", 122),
    MatrixColumn.TARGET_GROUP: ("For whom", 96),
    MatrixColumn.STAFF: ("Staff", 46),
    MatrixColumn.MEETS: ("Meets", 108),
    MatrixColumn.HOURS: ("Hours", 52),
    MatrixColumn.DATA: ("Data read", 104),
    MatrixColumn.DECISION_RULES: ("Rule", 120),
    MatrixColumn.AUTHORITY: ("Authority", 120),
    MatrixColumn.LINKED_GOAL: ("Linked goal", 108),
    MatrixColumn.NORMS: ("Agreements", 120),
    MatrixColumn.DECISION: ("Decision", 76),
}
HIDDEN_AT_FIRST = frozenset(
    {MatrixColumn.DECISION_RULES, MatrixColumn.AUTHORITY, MatrixColumn.LINKED_GOAL, MatrixColumn.NORMS}
)
"""What a window of 1280 pixels has no room for beside the findings; *Columns* shows it."""
NEW = "new:"
COLUMNS = tuple(MatrixColumn)


@dataclass(frozen=True)
class GridRow:
    """A team, a caption (``row`` None and no ``extra``), or a pasted row without a team."""

    key: str
    caption: str = ""
    row: MatrixRow | None = None
    extra: Mapping[MatrixColumn, str] | None = None


@dataclass(frozen=True)
class Marks:
    """What is drawn beside the texts: findings by cell, cells of the chosen finding, cells that do not fit, texts on their way."""

    looks: Mapping[Key, str]
    found: frozenset[Key]
    bad: Mapping[Key, tuple[str, str]]
    pending: Mapping[Key, str]


NO_MARKS = Marks({}, frozenset(), {}, {})


class MatrixModel(QAbstractTableModel):
    """``data`` is a look-up; texts that are on their way or do not fit stand in front of what is saved."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.rows: list[GridRow] = []
        self.marks = NO_MARKS

    def show_rows(self, rows: Sequence[GridRow], marks: Marks) -> bool:
        """True where rows came, went or changed places: spans have to be set anew."""
        same = [each.key for each in rows] == [each.key for each in self.rows]
        if same:
            self.rows, self.marks = list(rows), marks
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self.rows, self.marks = list(rows), marks
        self.endResetModel()
        return True

    def show_marks(self, marks: Marks) -> None:
        self.marks = marks
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    def key_at(self, index: Index) -> Key:
        return self.rows[index.row()].key, COLUMNS[index.column()]

    def place(self, key: str) -> int:
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def saved(self, key: Key) -> str:
        """What the database has in a cell."""
        row = self.rows[self.place(key[0])]
        return row.row.text(key[1]) if row.row is not None else ""

    def text(self, index: Index) -> str:
        """What stands in a cell, saved or not."""
        row, key = self.rows[index.row()], self.key_at(index)
        if key in self.marks.bad:
            return self.marks.bad[key][0]
        if key in self.marks.pending:
            return self.marks.pending[key]
        if row.row is not None:
            return row.row.text(key[1])
        return (row.extra or {}).get(key[1], "")

    def trouble(self, index: Index) -> str:
        return self.marks.bad.get(self.key_at(index), ("", ""))[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case _ if role == CELL:
                return self._cell(index)
            case Qt.ItemDataRole.DisplayRole:
                return row.caption or self._cell(index).text
            case Qt.ItemDataRole.EditRole:
                return self.text(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.caption or self.spoken(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                right = COLUMNS[index.column()] in COUNTED and not row.caption
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def spoken(self, index: Index) -> str:
        """Team, column, text, and what is to be said about the cell."""
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        team = row.row.text(MatrixColumn.NAME) if row.row is not None else self._words("New row")
        return ", ".join(
            part for part in (team, self._words(HEADS[column][0]), self._cell(index).text, self.trouble(index)) if part
        )

    def _cell(self, index: Index) -> Cell:
        row, key = self.rows[index.row()], self.key_at(index)
        if row.caption:
            return Cell(row.caption, strong=True)
        text, column = self.text(index), key[1]
        found = key in self.marks.found
        if key in self.marks.bad:
            return Cell(text or self._words("empty"), look_here="danger", found=True, tip=self.marks.bad[key][1])
        tone = self.marks.looks.get(key, "")
        if column is MatrixColumn.TIER and text[-1:] in ("1", "2", "3"):
            return Cell("", mark=int(text[-1]), look_here=tone, found=found, tip=text)
        if not text and column in EXPECTED and row.row is not None:
            return Cell(self._words("not set"), tone="soft", look_here=tone, found=found)
        return Cell(text, medium=column is MatrixColumn.NAME, look_here=tone, found=found)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(HEADS[column][0])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in COUNTED else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].caption:
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can = COLUMNS[index.column()] not in COUNTED or self.key_at(index) in self.marks.bad
        return found | Qt.ItemFlag.ItemIsEditable if can else found


def typing_key(key: Key) -> str:
    return f"matrix:{key[0]}|{key[1]}"
