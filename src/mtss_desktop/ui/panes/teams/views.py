"""What the views of the Teams room beside the cards have in common."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.typed import TypingFile


class Host(Protocol):
    """What a view asks of the room."""

    @property
    def words(self) -> Words: ...

    @property
    def pane(self) -> Pane: ...

    @property
    def typing_file(self) -> TypingFile: ...

    def show_team(self, team_id: str) -> None:
        """The card of a team."""

    def say(self, sentence: str) -> None:
        """Under the room's title."""


class TeamsView(QWidget):
    """One view of the room. ``refresh`` is its only read."""

    def refresh(self) -> None:
        raise NotImplementedError

    def acts(self) -> tuple[Action, ...]:
        return ()

    def stops(self) -> tuple[QWidget, ...]:
        """Where F6 goes."""
        return ()

    def finish(self) -> None:
        """The view is left: what is open is saved."""
