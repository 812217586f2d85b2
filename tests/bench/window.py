"""Start screen and first room beside a bare PySide6 window, memory and stalls of the open window."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measured import Measured, at_most, ratio_at_most
from tests.bench.sample import sample_file

RUNS = 5
ROOT = Path(__file__).resolve().parents[2]


def measure() -> list[Measured]:
    """Bare and start screen in turn, so that a machine that slows down slows both."""
    from mtss_desktop.app import demo

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _painted(home, "bare"), _painted(home, "start")
        pairs = [(_painted(home, "bare"), _painted(home, "start")) for _ in range(RUNS)]
        bare = statistics.median(pair[0] for pair in pairs)
        start = statistics.median(pair[1] for pair in pairs)
        opened = []
        for run in range(3):
            file = home / f"open{run}.mtss"
            shutil.copy(sample_file(), file)
            opened.append(_open(home, file, demo.passphrase()))
    room = statistics.median(each["room_ms"] for each in opened) / 1000
    return [
        ratio_at_most("start screen painted, beside a bare window", start, bare, "s", 2.5),
        ratio_at_most("Enter on the passphrase to the first room, beside a bare window", room, bare, "s", 6.0),
        at_most("memory of the open window", statistics.median(each["first_mib"] for each in opened), "MiB", 250),
        at_most("memory after every room", statistics.median(each["memory_mib"] for each in opened), "MiB", 250),
        at_most("longest stall of the window", statistics.median(each["stall_ms"] for each in opened), "ms", 100),
        at_most("its longest own work without a pause", statistics.median(each["own_ms"] for each in opened), "ms", 50),
        at_most("slowest key", statistics.median(each["key_ms"] for each in opened), "ms", 16),
    ]


def _child(home: Path, *arguments: str) -> subprocess.Popen[str]:
    places = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    environment = {**os.environ, "MTSS_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": places}
    command = [sys.executable, "-m", "tests.bench.child_window", *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    )


def _painted(home: Path, mode: str) -> float:
    """Seconds from the start of the process to the first painting."""
    begun = time.perf_counter()
    with _child(home, mode) as child:
        assert child.stdout is not None
        child.stdout.readline()
        taken = time.perf_counter() - begun
        child.wait(30)
    return taken


def _open(home: Path, file: Path, passphrase: str) -> dict[str, float]:
    facts: dict[str, float] = {}
    with _child(home, "open", str(file), passphrase) as child:
        assert child.stdout is not None
        for line in child.stdout:
            facts.update(json.loads(line))
        child.wait(60)
    return facts
