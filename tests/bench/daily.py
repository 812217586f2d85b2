"""A key in long minutes, commits on the window's thread, and how soon a page is in view."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measured import Measured, at_most
from tests.bench.sample import sample_file

ROOT = Path(__file__).resolve().parents[2]


def measure() -> list[Measured]:
    places = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "MTSS_HOME": home, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": places}
        command = [sys.executable, "-m", "tests.bench.child_daily", str(sample_file())]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    facts = json.loads(done.stdout.splitlines()[-1])
    return [
        at_most("a key in minutes of 400 lines", facts["key_ms"], "ms", 16),
        at_most("commits on the window's thread while typing", facts["commits"], "", 0),
        at_most("a page in view, papers up to 6 pages", facts["six_ms"], "ms", 300),
        at_most("a page in view, papers of 20 pages", facts["twenty_ms"], "ms", 1000),
    ]
