"""The rules of ``conftest.py`` really fail the tests that break them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers import fresh_python

OFFENDERS = """
import logging, os, socket, tempfile, threading, time
from pathlib import Path

def test_keeps_the_rules(tmp_path, expect_log):
    expect_log("disk is nearly full")
    logging.getLogger("mtss.store").warning("the disk is nearly full")
    for folder in (tempfile.gettempdir(), Path.home(), os.environ["MTSS_HOME"]):
        assert tmp_path.parent in Path(folder).parents

def test_logs_a_warning():
    logging.getLogger("mtss.store").warning("the disk is nearly full")

def test_expects_a_line_that_never_comes(expect_log):
    expect_log("disk is nearly full")

def test_leaves_a_thread():
    threading.Thread(target=time.sleep, args=(5,), daemon=True).start()

def test_opens_a_connection():
    socket.create_connection(("127.0.0.1", 9))

def test_leaves_a_window(qapp):
    from PySide6.QtWidgets import QWidget
    global window
    window = QWidget()

def test_makes_qt_warn(qapp):
    from PySide6.QtCore import qWarning
    qWarning("QPainter::begin: Paint device returned engine == 0")

def test_closes_its_window(qtbot):
    from PySide6.QtWidgets import QWidget
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
"""
REASONS = {
    "test_logs_a_warning": "unexpected log lines",
    "test_expects_a_line_that_never_comes": "expected in the log, but not there",
    "test_leaves_a_thread": "threads left running",
    "test_opens_a_connection": "a network connection",
    "test_leaves_a_window": "windows left behind",
    "test_makes_qt_warn": "Qt messages with level WARNING",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("offenders")
    (folder / "test_offenders.py").write_text(OFFENDERS, encoding="utf-8")
    root = Path(fresh_python.ROOT)
    done = fresh_python.run(
        *("-m", "pytest", "-c", str(root / "pyproject.toml"), "--rootdir", str(folder), "-p", "tests.conftest"),
        *("--basetemp", str(folder / "base"), "-q", "-rA", str(folder / "test_offenders.py")),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def outcomes(report: str, test: str) -> set[str]:
    return set(re.findall(rf"^([A-Z]+) \S*::{test}\b", report, re.MULTILINE))


@pytest.mark.slow
@pytest.mark.parametrize("test", REASONS)
def test_an_offender_fails_for_its_reason(report: str, test: str) -> None:
    assert outcomes(report, test) & {"FAILED", "ERROR"}
    assert REASONS[test] in report


@pytest.mark.slow
@pytest.mark.parametrize("test", ["test_keeps_the_rules", "test_closes_its_window"])
def test_who_keeps_the_rules_passes(report: str, test: str) -> None:
    assert outcomes(report, test) == {"PASSED"}
