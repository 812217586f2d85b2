"""The sample division, made once for a run of the bench."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from mtss_desktop.app.workspace import Workspace


@cache
def sample_file() -> Path:
    from mtss_desktop.app import demo

    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "sample.mtss"
    demo.make_sample(file).close()
    return file


@contextmanager
def open_sample(folder: Path) -> Iterator[Workspace]:
    """A copy of its own, open for writing."""
    from mtss_desktop.app import demo, opening

    file = folder / "sample.mtss"
    shutil.copy(sample_file(), file)
    with opening.open_workspace(file, passphrase=demo.passphrase()).workspace as workspace:
        yield workspace
