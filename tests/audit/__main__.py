"""The widget audit over every screen of the pictures, in every theme: ``python -m tests.audit [WORD …]``.

Each screen at 1280×800 and at 1024×640, with 100 and 200 % text, full and empty, in light, dark and high contrast, as the
tour leaves it on a first day. A WORD keeps the screens whose name holds it. Ends with 1 where something was found.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from mtss_desktop.app import demo
from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.start_screen.window import StartWindow
from mtss_desktop.ui.theme import THEMES, look
from tests import shots
from tests.shots import Shot
from tests.ui.audit import audit

SIZES = ((1280, 800), (1024, 640))
PERCENTS = (100, 200)
HOLD_THE_FOCUS = ("palette", "teams_matrix")
"""Screens that keep the focus on purpose: a grid takes Tab as a spreadsheet does, F6 leaves it."""


def screen(app: QApplication, shot: Shot, size: tuple[int, int], percent: int, file: Path, folder: Path) -> list[str]:
    """Findings of one screen, a line each."""
    found = []
    look().use(THEMES[0], percent)
    remembered = Remembered(Preferences(theme=THEMES[0], text_size=percent))
    with shots.opened(file, folder) if shot.full else shots.bare(folder) as workspace:
        for theme in THEMES:
            look().use(theme, percent)
            window = MainWindow(workspace, ImmediateJobs(), remembered)
            window.resize(*size)
            window.show()
            shots.settle(app)
            shot.bring(window)
            shots.settle(app)
            where = f"{shot.name} {size[0]}x{size[1]} {theme} {percent}"
            reach = theme == THEMES[0] and shot.name not in HOLD_THE_FOCUS  # the way of the keys has no color
            found += [
                f"{where}: {finding.rule}: {finding.where}" for finding in audit(shots.picture(window), reach=reach)
            ]
            shots.close(app, window)
    return found


def start(app: QApplication, size: tuple[int, int], percent: int) -> list[str]:
    found = []
    for theme in THEMES:
        look().use(theme, percent)
        window = StartWindow(ImmediateJobs(), Remembered(Preferences(theme=theme, text_size=percent)))
        window.show_first()
        window.resize(*size)
        window.show()
        shots.settle(app)
        where = f"start {size[0]}x{size[1]} {theme} {percent}"
        found += [f"{where}: {finding.rule}: {finding.where}" for finding in audit(window)]
        shots.close(app, window)
    return found


def main(words: list[str]) -> int:
    """Says each finding as it comes, and at the end how many screens were looked at."""
    instance = QApplication.instance()
    app = instance if isinstance(instance, QApplication) else QApplication([])
    QAccessible.setActive(True)
    begun, looked, found = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as place:
        os.environ["MTSS_HOME"] = place
        folder = Path(place)
        shots.stand_in_font()
        file = folder / "sample.mtss"
        demo.make_sample(file, secret="").close()
        for shot in (*shots.shots(), None):
            name = "start" if shot is None else shot.name
            if words and not any(word in name for word in words):
                continue
            for size in SIZES:
                for percent in PERCENTS:
                    lines = (
                        start(app, size, percent) if shot is None else screen(app, shot, size, percent, file, folder)
                    )
                    looked, found = looked + len(THEMES), found + len(lines)
                    print(*lines, sep="\n", end="\n" if lines else "", flush=True)
    print(f"{found} findings on {looked} screens, {time.monotonic() - begun:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
