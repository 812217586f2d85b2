"""A small sample of the long sweep (``python dev.py monkey``): random keys, clicks and texts break nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.start_screen.window import StartWindow
from tests.monkey import play
from tests.monkey.watch import STALL, Watch

STEPS = 150


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "threads"), [(1, False), (2, False), (3, True)])
def test_nothing_breaks(seed: int, threads: bool, sample_file: Path, tmp_path: Path, qapp: QApplication) -> None:
    played = play.play(seed, STEPS, sample_file, tmp_path / "game", threads=threads)
    assert len(played.acts) == STEPS
    assert not played.findings, "\n".join([*(each.lines() for each in played.findings), *played.acts[-10:]])
    assert played.slowest < 20


def test_a_seed_plays_the_same_again(sample_file: Path, tmp_path: Path, qapp: QApplication) -> None:
    first, second = (play.play(11, 25, sample_file, tmp_path / name) for name in ("one", "two"))
    assert first.acts == second.acts


def test_what_goes_wrong_is_found(qapp: QApplication) -> None:
    """An exception out of the event loop, a warning of Qt, a stall; noise of the platform is none."""
    watch = Watch(act="nothing")
    with watch.on():
        QTimer.singleShot(0, lambda: {}["missing"])
        qWarning("a layout that cannot be")
        qWarning("This plugin does not support raise()")
        with watch.timed():
            QApplication.processEvents()
            busy_until = time.thread_time() + STALL * 1.2
            while time.thread_time() < busy_until:
                pass
    assert [each.kind for each in watch.findings] == ["Qt", "exception"]
    assert watch.findings[1].place.startswith("KeyError")
    assert len(watch.stalls) == 1


def test_start_screen_that_goes_before_it_was_painted_says_nothing(qapp: QApplication) -> None:
    watch = Watch()
    with watch.on():
        start = StartWindow(ImmediateJobs(), Remembered(Preferences()))
        start.show()
        QApplication.sendEvent(start, QPaintEvent(start.rect()))
        start.close()
        shiboken6.delete(start)
        QApplication.processEvents()
    assert not watch.findings
