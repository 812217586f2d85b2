"""100,000 score rows into an encrypted database, beside the sqlite3 shell's ``.import`` of the same file."""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from tests.bench.measured import Measured, ratio_at_most

ROWS = 100_000
STUDENTS = 5_000
LIMIT = 6.0
RUNS = 3


def measure() -> list[Measured]:
    """Reading, recognizing, cleaning, planning, applying and counting; the median of three beside the median of three."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scores.csv"
        write_scores(file, ROWS, STUDENTS)
        ours, shell = [], []
        import_once(file, Path(folder) / "warm.mtss")
        for run in range(RUNS):
            shell.append(shell_import(file, Path(folder) / f"shell{run}.db"))
            ours.append(import_once(file, Path(folder) / f"ours{run}.mtss"))
    what = f"{ROWS:,} score rows, encrypted, beside the sqlite3 shell"
    return [ratio_at_most(what, statistics.median(ours), statistics.median(shell), "s", LIMIT)]


def write_scores(file: Path, rows: int, students: int) -> None:
    """The plain long layout; ids with leading zeros, twenty measures over a school year."""
    dice = random.Random(11)
    measures = [f"Math Benchmark Q{n}" for n in range(1, 11)] + [f"Reading Benchmark Q{n}" for n in range(1, 11)]
    first = date(2024, 9, 3)
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write("StudentID,AssessmentName,TestDate,Score\n")
        for row in range(rows):
            day = first + timedelta(days=dice.randrange(240))
            out.write(
                f"{row % students:07d},{measures[row // students % 20]},{day.isoformat()},{300 + dice.randrange(300)}\n"
            )


def shell_import(file: Path, database: Path) -> float:
    shell = shutil.which("sqlite3")
    if shell is None:
        raise SystemExit("The sqlite3 shell is missing; on Debian: apt-get install sqlite3")
    return _seconds([shell, str(database), ".mode csv", f".import '{file}' scores"])


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def import_once(file: Path, database: Path) -> float:
    """Seconds from the file to the commit, inside this running process; making the database does not count."""
    from mtss_desktop.app import opening
    from mtss_desktop.domain.files import Mode
    from mtss_desktop.usecases import import_plans, imports

    opened = opening.create(
        database, passphrase="correct horse battery staple", first=opening.FirstFacts(division="Bench")
    )
    workspace = opened.workspace
    try:
        start = time.perf_counter()
        prepared = import_plans.prepare(str(file), today=date(2026, 2, 12))
        plan = workspace.ask(imports.plan, prepared=prepared, mode=Mode.PSEUDONYMS)
        done = workspace.do(imports.apply, plan)
        taken = time.perf_counter() - start
    finally:
        workspace.close()
    if done.value.new != ROWS:
        raise AssertionError(f"{done.value.new} of {ROWS} rows were written")
    return taken
