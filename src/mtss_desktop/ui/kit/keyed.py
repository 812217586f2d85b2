"""Rows that change in place: what stays keeps its selection, its focus and its place on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent

R = TypeVar("R")
FEW_MOVES = 12
"""Above this many moves of the same rows, another order is told at once: a move by itself makes Qt go through all that is
selected, so that sorting a table of two hundred chosen rows stood still for most of a second."""
MOST_MOVES = 200
"""Above this many moves one reset is quicker than many signals; the view then selects by key again."""


class KeyedRows(Generic[R]):
    """The rows of a model. ``show`` turns the old list into the new one by the fewest signals."""

    def __init__(self, model: Any, key: Callable[[R], str], columns: int = 1) -> None:
        """``model`` is the ``QAbstractItemModel`` the rows belong to, of that many columns."""
        self._model, self._key, self._columns = model, key, columns
        self.rows: list[R] = []
        self._places: dict[str, int] = {}
        self._showing = False
        self._next: Sequence[R] | None = None
        self._renumber()

    def place(self, key: str) -> int:
        """Row of a key, −1 where it is not shown."""
        return self._places.get(key, -1)

    def show(self, rows: Sequence[R]) -> bool:
        """Returns True where it came to a reset, so that the view chooses its rows again by key.

        A signal may lead to another reading that comes back here: those rows are shown after these.
        """
        if self._showing:
            self._next = rows
            return False
        self._showing = True
        try:
            reset = self._show(rows)
        finally:
            self._showing = False
        following, self._next = self._next, None
        return reset if following is None else self.show(following) or reset

    def _show(self, rows: Sequence[R]) -> bool:
        new_keys = [self._key(row) for row in rows]
        moves = self._moves(new_keys)
        if moves > FEW_MOVES and sorted(new_keys) == sorted(map(self._key, self.rows)):
            self._reorder(rows)
            return False
        if moves > MOST_MOVES:
            self._model.beginResetModel()
            self.rows = list(rows)
            self._renumber()
            self._model.endResetModel()
            return True
        self._drop(set(new_keys))
        for place, (key, row) in enumerate(zip(new_keys, rows, strict=True)):
            self._settle(place, key, row)
        self._renumber()
        return False

    def _moves(self, new_keys: list[str]) -> int:
        old_keys = [self._key(row) for row in self.rows]
        kept, wanted = set(old_keys), set(new_keys)
        changed = len(kept - wanted) + len(wanted - kept)
        before = [key for key in old_keys if key in wanted]
        after = [key for key in new_keys if key in kept]
        return changed + sum(1 for old, new in zip(before, after, strict=True) if old != new)

    def _reorder(self, rows: Sequence[R]) -> None:
        """The same rows in another order: what is selected, current or being edited goes along with its row."""
        model: QAbstractItemModel = self._model
        model.layoutAboutToBeChanged.emit()
        followed = model.persistentIndexList()
        keys = [self._key(self.rows[index.row()]) for index in followed]
        self.rows = list(rows)
        self._renumber()
        now = [model.index(self._places[key], index.column()) for key, index in zip(keys, followed, strict=True)]
        model.changePersistentIndexList(followed, now)
        model.layoutChanged.emit()

    def _drop(self, wanted: set[str]) -> None:
        for place in range(len(self.rows) - 1, -1, -1):
            if self._key(self.rows[place]) not in wanted:
                self._model.beginRemoveRows(QModelIndex(), place, place)
                del self.rows[place]
                self._model.endRemoveRows()

    def _settle(self, place: int, key: str, row: R) -> None:
        """Brings the row of ``key`` to ``place``: there already, moved from below, or new."""
        there = next((at for at in range(place, len(self.rows)) if self._key(self.rows[at]) == key), None)
        if there is None:
            self._model.beginInsertRows(QModelIndex(), place, place)
            self.rows.insert(place, row)
            self._model.endInsertRows()
            return
        if there != place:
            self._model.beginMoveRows(QModelIndex(), there, there, QModelIndex(), place)
            self.rows.insert(place, self.rows.pop(there))
            self._model.endMoveRows()
        if self.rows[place] != row:
            self.rows[place] = row
            model: QAbstractItemModel = self._model
            model.dataChanged.emit(model.index(place, 0), model.index(place, self._columns - 1))

    def _renumber(self) -> None:
        self._places = {self._key(row): place for place, row in enumerate(self.rows)}


def by_key(event: QFocusEvent) -> bool:
    """Whether the focus came by keys or was given: a list may then scroll, which under a mouse would take the row away."""
    reasons = Qt.FocusReason
    return event.reason() in (
        reasons.TabFocusReason,
        reasons.BacktabFocusReason,
        reasons.ShortcutFocusReason,
        reasons.OtherFocusReason,
    )
