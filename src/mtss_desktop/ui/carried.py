"""What stands in the fields of a room that is taken down comes back when the room is made again: what was looked for at
once, what was typed out of the typing file as after a crash."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from mtss_desktop.ui.kept import KeptEditors
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.typed import typed_fields


class Carried:
    """``made`` with every new room, ``may_go`` and ``take`` before one is taken down."""

    def __init__(self) -> None:
        self.kept: KeptEditors | None = None
        self._searches: dict[str, frozenset[str]] = {}
        self._looked_for: dict[str, dict[str, str]] = {}

    def made(self, pane: Pane) -> None:
        """Knows which searches a fresh room has, and gives back what was looked for."""
        fields = _searches(pane)
        self._searches[pane.room.key] = frozenset(fields)
        for name, text in self._looked_for.pop(pane.room.key, {}).items():
            if name in fields:
                fields[name].setText(text)

    def may_go(self, pane: Pane) -> bool:
        """Whether all that stands in its fields comes back."""
        fresh = self._searches.get(pane.room.key, frozenset())
        return all(
            each.accessibleName() in fresh
            if isinstance(each, SearchField)
            else pane.form_comes_back or (self.kept is not None and self.kept.brings_back(each))
            for each in typed_fields(pane)
        )

    def take(self, pane: Pane) -> None:
        """After the room has saved what is open: what stands in it still."""
        looked_for = {}
        for each in typed_fields(pane):
            if isinstance(each, SearchField):
                looked_for[each.accessibleName()] = each.text()
            elif self.kept is not None and self.kept.brings_back(each):
                self.kept.wait_for(each)
        self._looked_for[pane.room.key] = looked_for


def _searches(pane: Pane) -> dict[str, SearchField]:
    """Found by Qt's own class: looking for one of ours gives every object of the room, Qt's inner ones too, to Python."""
    return {each.accessibleName(): each for each in pane.findChildren(QLineEdit) if isinstance(each, SearchField)}
