"""The room of data as its choices and its score form see it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.layouts import Pages
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.data.reading import Content
from mtss_desktop.usecases.places import Place

V = TypeVar("V", bound=QWidget)


class DataHost(Pane):
    """``view`` is screening, progress or behavior, of the school ``place``; ``went`` counts where the person has gone since."""

    header: PageHeader
    views: Segmented
    add_button: Button
    body: Pages
    content: Content | None
    view: str
    place: str
    went: int

    @property
    def schools(self) -> tuple[Place, ...]:
        return self.content.schools if self.content is not None else ()

    @property
    def year(self) -> int:
        return self.content.year if self.content is not None else 0

    @property
    def typing(self) -> TypingFile:
        """Where what is typed waits until it is written."""
        raise NotImplementedError

    @property
    def is_aside(self) -> bool:
        """Whether a form stands where the charts were: reading again must not take it away."""
        raise NotImplementedError

    @property
    def marked(self) -> str:
        """The view that is marked as the one in front, "" for none of them."""
        raise NotImplementedError

    def added(self, page: V) -> V:
        """A page that was just made, in its place."""
        raise NotImplementedError

    def show_aside(self, form: QWidget, title: str, sentence: str) -> None:
        """A form stands where the charts were."""
        raise NotImplementedError

    def show_charts(self) -> None:
        """The charts of students stand where the form was."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """The focus is where the page begins."""
        raise NotImplementedError

    def why_no_students(self) -> str:
        """Why single students are not shown, "" where they are."""
        return self.words("Names are off: single students are not shown") if self.scope.names is Names.OFF else ""
