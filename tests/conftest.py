"""Every test has folders of its own and cleans up after itself, or fails.

What a test may ask for: ``shared`` (the folder of sample files beside the checkout), ``postgres_url`` (an empty
database on a server), ``expect_log`` (log lines that are meant to appear).
"""

from __future__ import annotations

import gc
import logging
import os
import re
import socket
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# The environment comes before anything that may load Qt or a keychain.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

import pytest

from tests.sample_database import sample, sample_file, sample_path  # noqa: F401  (fixtures for every test)

ROOT = Path(__file__).resolve().parents[1]
FOLDER_VARIABLES = {
    "MTSS_HOME": "mtss",
    "HOME": "user",
    "USERPROFILE": "user",
    "APPDATA": "user/roaming",
    "LOCALAPPDATA": "user/local",
    "XDG_DATA_HOME": "user/share",
    "XDG_CONFIG_HOME": "user/config",
    "XDG_STATE_HOME": "user/state",
    "XDG_CACHE_HOME": "user/cache",
    "XDG_RUNTIME_DIR": "run",
    "TMPDIR": "temp",
    "TEMP": "temp",
    "TMP": "temp",
}


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Home, settings, data, logs and temporary files of one test; returns the folder that holds them all."""
    folder = tmp_path_factory.mktemp("home")
    for variable, name in FOLDER_VARIABLES.items():
        place = folder / name
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(place))
    monkeypatch.delenv("MTSS_PASSPHRASE", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program opens no connection of its own; a database server is reached by its driver, below Python."""

    def refuse(_self: socket.socket, address: object) -> None:
        raise AssertionError(f"a network connection to {address!r} was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[Callable[[str], None]]:
    """Warnings and errors in the log fail a test, unless it said ``expect_log("pattern")``; then they must come."""
    expected: list[str] = []
    root, ours = logging.getLogger(), logging.getLogger("mtss")
    handlers_before = list(ours.handlers)
    records = _Records()
    root.addHandler(records)
    yield expected.append
    root.removeHandler(records)
    for handler in [handler for handler in ours.handlers if handler not in handlers_before]:
        ours.removeHandler(handler)
        handler.close()
    unexpected = [line for line in records.lines if not any(re.search(pattern, line) for pattern in expected)]
    missing = [pattern for pattern in expected if not any(re.search(pattern, line) for line in records.lines)]
    assert not unexpected, "unexpected log lines:\n" + "\n".join(unexpected)
    assert not missing, f"expected in the log, but not there: {missing}"


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """A test ends the threads it starts."""
    before = set(threading.enumerate())
    yield
    patience = time.monotonic() + 2
    while (left := _threads_since(before)) and time.monotonic() < patience:
        left[0].join(0.05)
    assert not left, f"threads left running: {[thread.name for thread in left]}"


def _threads_since(before: set[threading.Thread]) -> list[threading.Thread]:
    # Python keeps a dummy for every foreign thread that once ran Python code, even when that thread has ended.
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]


@pytest.fixture(autouse=True)
def no_windows_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that uses Qt closes its windows and lets its thread pool finish."""
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    before = _windows()
    yield
    if _new_windows(before):
        gc.collect()
    left = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in _new_windows(before)]
    assert not left, f"windows left behind: {left}"
    from PySide6.QtCore import QThreadPool

    assert QThreadPool.globalInstance().waitForDone(2000), "the thread pool is still busy"


def _windows() -> dict[int, Any]:
    """Every parentless window by its address, alive or hidden."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    widgets = [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None]
    return {shiboken6.getCppPointer(widget)[0]: widget for widget in widgets}


def _new_windows(before: dict[int, Any]) -> list[Any]:
    return [widget for address, widget in _windows().items() if address not in before]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample files that lies beside the checkout on developers' machines; never needed to pass."""
    folder = ROOT.parent / "shared"
    if not (folder / "samples").is_dir():
        pytest.skip("the folder of sample files is not beside this checkout")
    return folder


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """``postgresql://…/name`` of an empty database made for this test and removed after it."""
    server = os.environ.get("MTSS_TEST_POSTGRES")
    if not server:
        pytest.skip("MTSS_TEST_POSTGRES names no PostgreSQL server")
    import psycopg

    name = f"mtss_test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis: the same examples on every run, and no deadline that a busy machine could miss."""
    if "hypothesis" in sys.modules or config.pluginmanager.hasplugin("hypothesispytest"):
        from hypothesis import HealthCheck, settings

        settings.register_profile(
            "mtss", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
        )
        settings.load_profile("mtss")
