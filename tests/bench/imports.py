"""Score rows into an encrypted database, beside the sqlite3 shell's ``.import`` of the same file in the same run."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.measured import Measured, at_most, ratio_at_most

ROWS = int(os.environ.get("MTSS_BENCH_ROWS", "1000000"))
STUDENTS = max(ROWS // 20, 1)
SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "nwea_map" / "map_growth_cdf_2021.csv"


def measure() -> list[Measured]:
    """Reading, recognizing, cleaning, planning, applying and counting; each run is a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"scores{year}.csv" for year in (2021, 2022, 2023, 2024)]
        for file, year in zip(files, (2021, 2022, 2023, 2024), strict=True):
            write_scores(file, ROWS, STUDENTS, year)
        small = folder / "small.csv"
        write_scores(small, ROWS // 10, STUDENTS // 10)
        half = folder / "half.csv"
        write_scores(half, ROWS // 20, STUDENTS // 20)
        shell = shell_import(files[0], folder / "shell.db")
        large = _ours(folder / "large.mtss", files[0])
        little = _ours(folder / "small.mtss", small)
        full = _ours(folder / "full.mtss", *files)
        plan = _ours(folder / "half.mtss", half)
        each = large["files"][0]["all"]
        found = [
            ratio_at_most(f"{ROWS:,} score rows, encrypted, beside the sqlite3 shell", each, shell, "s", 5.0),
            ratio_at_most(f"the same where {3 * ROWS:,} are there", full["files"][3]["all"], shell, "s", 7.0),
            at_most("peak of memory", large["peak_mib"], "MiB", 600),
            ratio_at_most(
                "a row of many beside a row of few", each / ROWS, little["files"][0]["all"] / (ROWS // 10), "s", 1.3
            ),
            at_most(f"plan of {ROWS // 20:,} rows", plan["files"][0]["read"] + plan["files"][0]["plan"], "s", 3.0),
            ratio_at_most("taking them back beside applying", large["back"], each, "s", 1.0),
        ]
        if SAMPLE.is_file():
            wide = folder / "map.csv"
            write_map(wide, ROWS // 10)
            found.append(
                at_most(
                    f"{ROWS // 10:,} rows of 143 columns",
                    _ours(folder / "map.mtss", wide)["files"][0]["all"],
                    "s",
                    20.0,
                )
            )
    return found


def _ours(database: Path, *files: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.child_import", str(database), *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = dict(json.loads(done.stdout))
    for file, each in zip(files, found["files"], strict=True):
        with file.open("rb") as lines:
            rows = sum(1 for _ in lines) - 1
        if each["new"] < rows:
            raise SystemExit(
                f"{file.name} has {rows} rows, but only {each['new']} were imported: there is nothing to measure."
            )
    return found


def write_map(file: Path, rows: int) -> None:
    """The sample's header and first row, with an id of its own in every row."""
    head, first = SAMPLE.read_text(encoding="utf-8").splitlines()[:2]
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(head + "\n")
        for row in range(rows):
            out.write(
                first.replace('"605000"', f'"{700_000 + row}"').replace('"604821"', f'"{1_700_000 + row}"') + "\n"
            )


def write_scores(file: Path, rows: int, students: int, year: int = 2024) -> None:
    """The plain long layout; ids with leading zeros, twenty measures over a school year."""
    dice = random.Random(11)
    measures = [f"Math Benchmark Q{n}" for n in range(1, 11)] + [f"Reading Benchmark Q{n}" for n in range(1, 11)]
    first = date(year, 9, 3)
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
