"""One process of the sweep: brings a window to a screen, draws it to every size and audits it."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.base.errors import UserError
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.meetings.projector import Projector
from mtss_desktop.ui.start_screen.window import StartWindow
from mtss_desktop.ui.theme import THEMES, look
from tests import shots
from tests.audit.screens import in_window, on_start
from tests.shots import Shot
from tests.ui.audit import audit

SIZES = ((1280, 800), (1024, 640), (1920, 1080))
SIZES_OF = {"light": SIZES, "dark": SIZES[:1], "contrast": SIZES[:2]}
"""The dark theme has the measures of the light one and only other colors; the contrast theme has wider edges."""
PERCENTS = (100, 200)
HOLD_THE_FOCUS = ("palette",)
"""What keeps the focus on purpose until it is closed."""


@dataclass(frozen=True)
class Look:
    """One screen in one theme and text size."""

    name: str
    theme: str
    percent: int

    def __str__(self) -> str:
        return f"{self.name} {self.theme} {self.percent}"


@cache
def screens() -> dict[str, Shot]:
    """Those of the pictures, and what they do not show."""
    return {shot.name: shot for shot in (*in_window(), *shots.shots())}


def names() -> list[str]:
    return [*screens(), *on_start()]


_process: dict[str, Path] = {}


def begin(sample: str, place: str) -> None:
    """Once per process, with a folder of its own."""
    application()
    QAccessible.setActive(True)
    shots.stand_in_font()
    use(Path(sample), Path(tempfile.mkdtemp(dir=place)))


def use(sample: Path, folder: Path) -> None:
    """The sample division, and where it is copied for each screen."""
    _process["sample"], _process["folder"] = sample, folder


def application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


def examine(what: Look) -> list[str]:
    """Findings of one screen, a line each. A screen that cannot be brought there is a finding too."""
    app = application()
    look().use(what.theme, what.percent)
    remembered = Remembered(Preferences(theme=what.theme, text_size=what.percent))
    if what.name in on_start():
        return _start(app, remembered, what)
    shot, folder = screens()[what.name], _process["folder"]
    with shots.opened(_process["sample"], folder) if shot.full else shots.bare(folder) as workspace:
        return _brought(app, MainWindow(workspace, ImmediateJobs(), remembered), shot.bring, what)


def _start(app: QApplication, remembered: Remembered, what: Look) -> list[str]:
    files = ("ashby-county.mtss", "holcomb-middle-before-the-summer.mtss")
    remembered.change(recent_files=tuple(str(Path.home() / "Documents" / each) for each in files), open_last=False)
    return _brought(app, StartWindow(ImmediateJobs(), remembered), on_start()[what.name], what)


def _brought(app: QApplication, window: QWidget, bring: Callable[[Any], object], what: Look) -> list[str]:
    window.resize(*SIZES[0])
    window.show()
    shots.settle(app)
    try:
        bring(window)
        return _in_every_size(app, window, what)
    except (LookupError, AssertionError, AttributeError, RuntimeError, StopIteration, UserError) as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return [f"cannot be brought: {type(error).__name__}: {error} ({where.name}, line {where.lineno})"]
    finally:
        _close_all(app, window)


def _in_every_size(app: QApplication, window: QWidget, what: Look) -> list[str]:
    found = []
    reach = what.theme == THEMES[0] and not what.name.startswith(HOLD_THE_FOCUS)  # the way of the keys has no color
    for size in SIZES_OF[what.theme]:
        root = in_front(window)
        if root is window or not isinstance(root, QDialog | QMenu):
            (root if root.isWindow() else window).resize(*size)
        shots.settle(app)
        findings = audit(root, reach=reach and not isinstance(root, QMenu))
        found += [f"{size[0]}x{size[1]}: {each.rule}: {each.where}" for each in findings]
        if root is not window and isinstance(root, QDialog | QMenu):
            break
    return found


def in_front(window: QWidget) -> QWidget:
    """What lies over the window where something does, else the window."""
    if isinstance(window, MainWindow) and window.palette_view.isVisible():
        return window.palette_view
    over = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
    return next((each for each in over if isinstance(each, QDialog | QMenu | Projector)), window)


def _close_all(app: QApplication, window: QWidget) -> None:
    for each in QApplication.topLevelWidgets():
        if each is not window and each.isVisible():
            each.close()
    shots.close(app, window)
