"""Each room on the sample and on a large caseload: from the act to the painted page, window thread and both lanes together."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measured import Measured, at_most
from tests.bench.sample import sample_file

ROOT = Path(__file__).resolve().parents[2]


def measure() -> list[Measured]:
    from mtss_desktop.app import demo
    from tests.bench.caseload import build

    with tempfile.TemporaryDirectory() as folder:
        large = build(Path(folder) / "large.mtss")
        found = _rooms(Path(folder), sample_file(), demo.passphrase())
        made = [
            at_most(_name(room, "the sample"), statistics.median(ms), "ms", _limit(room, 100))
            for room, ms in found.items()
        ]
        found = _rooms(Path(folder), large, "")
        return made + [
            at_most(_name(room, "80 schools"), statistics.median(ms), "ms", _limit(room, 300))
            for room, ms in found.items()
        ]


def _name(room: str, where: str) -> str:
    return f"room {room}{' with its first page' if room == 'print' else ''} on {where}"


def _limit(room: str, usual: float) -> float:
    """The room of papers is not done before its first page is drawn: 300 ms more."""
    return usual + 300 if room == "print" else usual


def _rooms(home: Path, file: Path, passphrase: str) -> dict[str, list[float]]:
    places = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    environment = {**os.environ, "MTSS_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": places}
    command = [sys.executable, "-m", "tests.bench.child_rooms", str(file), passphrase]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, check=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
