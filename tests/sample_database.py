"""The sample division as a database: made once for all tests and workers, copied for each test that asks for it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace

PATIENCE = 300
"""Seconds another worker may take to make it."""


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in a plain file that nobody opens: copy it."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    done = root / "sample-division" / "sample.mtss"
    try:
        done.parent.mkdir()
    except FileExistsError:
        _wait_for(done)
        return done
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MTSS_HOME", str(done.parent / "home"))
        _make(done)
    return done


def _make(done: Path) -> None:
    """Under its name only once it is whole: other workers wait for the name."""
    from mtss_desktop.app import demo

    begun = done.with_name("begun.mtss")
    demo.make_sample(begun, secret="").close()
    begun.rename(done)


def _wait_for(done: Path) -> None:
    patience = time.monotonic() + PATIENCE
    while not done.exists():
        assert time.monotonic() < patience, "another worker did not finish the sample division"
        time.sleep(0.1)


@pytest.fixture
def sample_path(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of one's own, closed."""
    return Path(shutil.copy(sample_file, tmp_path / "ashby.mtss"))


@pytest.fixture
def sample(sample_path: Path) -> Iterator[Workspace]:
    """A copy of one's own, open for reading and writing as its coach."""
    from mtss_desktop.app import opening

    with opening.open_workspace(sample_path, careful=False).workspace as workspace:
        yield workspace
