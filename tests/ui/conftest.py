"""What tests of the window ask for: a town, a workspace on a copy of it, and the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.theme import look
from tests.ui.caseload import Caseload, fill
from tests.ui.town import Town, build, empty_workspace, open_copy

T = TypeVar("T")
MakeWindow = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def built_town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return build(tmp_path_factory.mktemp("town") / "town.mtss")


@pytest.fixture
def town(built_town: Town) -> Town:
    """What ``workspace`` is a copy of; a module may put a fuller one in its place."""
    return built_town


@pytest.fixture(scope="session")
def caseload_town(built_town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, Caseload]:
    """The town with meetings and actions; filled once, copied for each test."""
    folder = tmp_path_factory.mktemp("caseload")
    with open_copy(built_town, folder) as workspace:
        made = fill(workspace)
    return replace(built_town, file=folder / "ashby-county.mtss"), made


@pytest.fixture
def workspace(town: Town, tmp_path: Path) -> Iterator[Workspace]:
    opened = open_copy(town, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def bare_workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = empty_workspace(tmp_path)
    yield opened
    opened.close()


class HeldJobs(ImmediateJobs):
    """At once, until ``hold`` is called; after that answers come when they are let home."""

    def __init__(self) -> None:
        self._held: list[Callable[[], object]] | None = None

    def hold(self) -> None:
        self._held = []

    def let_home(self) -> None:
        held, self._held = self._held or [], None
        for each in held:
            each()

    def run(self, work: Callable[[Progress], T], **more: Any) -> Progress:
        if self._held is None:
            return super().run(work, **more)
        self._held.append(partial(super().run, work, **more))
        return Progress()


@pytest.fixture
def usual_look(qapp: QApplication) -> Iterator[None]:
    """Light at 100 %, whatever the test before left."""
    QAccessible.setActive(True)
    look().use("light", 100)
    yield
    look().use("light", 100)


@pytest.fixture
def make_window(qtbot: QtBot, usual_look: None) -> Iterator[MakeWindow]:
    """Makes a shown window; closed and deleted at the end. ``room`` is the one it begins with: each other is time."""
    made: list[MainWindow] = []

    def make(
        workspace: Workspace, *, width: int = 1280, height: int = 800, room: str = "teams", **more: object
    ) -> MainWindow:
        jobs = more.pop("jobs", None) or ImmediateJobs()
        kept = more.pop("preferences", Preferences(theme="light", last_room=room, tour_seen=True))
        window = MainWindow(workspace, jobs, Remembered(kept), **more)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        QApplication.processEvents()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    if QApplication.clipboard().ownsClipboard():
        QApplication.clipboard().clear()  # without a screen it would outlive Python, and the process would end in a fault
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


@pytest.fixture
def window(make_window: MakeWindow, workspace: Workspace) -> MainWindow:
    return make_window(workspace)
