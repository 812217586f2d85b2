"""What the steps of an import need of the room they are steps of: its pages, its trouble line, what it has read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.files import Mode
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.trouble import Trouble
from mtss_desktop.ui.panes.imports.check_view import CheckView
from mtss_desktop.usecases import imports, layouts, places
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.import_prepared import Knowledge
from mtss_desktop.usecases.imports import ProfileLine, Receipt
from mtss_desktop.usecases.layouts import OwnLayout


@dataclass(frozen=True)
class Content:
    """All the room reads of the database while no file is open."""

    receipts: tuple[Receipt, ...]
    mode: Mode | None
    today: date
    profiles: tuple[ProfileLine, ...]
    knowledge: Knowledge
    own: tuple[OwnLayout, ...]


def read_content(workspace: Workspace, _progress: Progress) -> Content:
    """Runs in the read lane."""
    return Content(
        workspace.ask(imports.receipts),
        workspace.ask(places.rules).mode,
        workspace.ask(places.today),
        workspace.ask(imports.profiles),
        workspace.ask(imports.knowledge),
        workspace.ask(layouts.own),
    )


class ImportsHost(Pane):
    """The room as its steps see it."""

    header: PageHeader
    trouble: Trouble
    asking: Asking
    check: CheckView
    content: Content | None
    leave_button: Button

    def choose_receipt(self, import_id: str) -> None:
        """The receipt that is the chosen one as soon as it is in the list."""
        raise NotImplementedError

    def keep_knowledge(self, knowledge: Knowledge) -> None:
        """What was just learned of files holds for the next one, before the room reads again."""
        if self.content is not None:
            self.content = replace(self.content, knowledge=knowledge)

    def queue_changed(self) -> None:
        """More files wait behind the open one."""
        raise NotImplementedError

    def add_page(self, page: QWidget) -> None:
        """Gives a page its place; which one is shown does not change."""
        raise NotImplementedError

    def show_home(self) -> None:
        """The receipts, or what to do first where there is none."""
        raise NotImplementedError

    def show_mapping(self) -> None:
        """The columns of an unknown file stand in front."""
        raise NotImplementedError

    def show_levels(self) -> bool:
        """Levels and words stand in front; False where a file is open and stays."""
        raise NotImplementedError

    def show_check(self, plan: ImportPlan, *, keep: bool) -> None:
        """The rows stand in front."""
        raise NotImplementedError

    def read_mapped(
        self, file: Path, key: str, answers: tuple[tuple[str, str], ...], knowledge: Knowledge, second: str
    ) -> None:
        """The rows of a file (and a second one it is joined with) by the layout that was just kept."""
        raise NotImplementedError

    def map_file(self, file: Path) -> None:
        """What the columns of a file mean is said by hand."""
        raise NotImplementedError

    def not_read(self, error: Exception) -> None:
        """A file cannot be read: says why and what can be done."""
        raise NotImplementedError

    def choose(self) -> None:
        """Asks the system for files."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        """A file is being checked or mapped."""
        raise NotImplementedError

    @property
    def is_checking(self) -> bool:
        raise NotImplementedError

    @property
    def is_mapping(self) -> bool:
        raise NotImplementedError

    @property
    def is_on_levels(self) -> bool:
        raise NotImplementedError

    def read_only(self) -> str:
        """Why nothing can be written, "" where it can."""
        return "" if self.workspace.can_write else self.words("This file is open for reading only")

    def today(self) -> date:
        """The day of the database."""
        return self.content.today if self.content is not None else self.workspace.ask(places.today)

    def knowledge(self) -> Knowledge:
        """What reading a file needs of the database."""
        return self.content.knowledge if self.content is not None else self.workspace.ask(imports.knowledge)
