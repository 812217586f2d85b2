"""``python -m tests.bench [--json] [name …]``: runs the measurements and prints them, goals not met last."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from importlib import import_module

from tests.bench.measured import Measured, calibration

TOPICS = ("window", "paper", "imports", "rooms", "daily", "teams", "ratings")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("topics", nargs="*", default=list(TOPICS), help=f"any of {', '.join(TOPICS)}")
    asked = parser.parse_args()
    fixed = calibration()
    found = [each for topic in asked.topics for each in import_module(f"tests.bench.{topic}").measure()]
    found.sort(key=lambda each: not each.met)
    if asked.json:
        print(json.dumps({"calibration_ms": round(fixed, 1), "measured": [dataclasses.asdict(each) for each in found]}))
    else:
        _table(found, fixed)
    return 0


def _table(found: list[Measured], fixed: float) -> None:
    print(f"calibration: {fixed:.1f} ms for a fixed piece of work\n")
    heads = ("what", "figure", "unit", "baseline", "ratio", "goal", "met")
    rows = [
        (
            each.what,
            _short(each.figure),
            each.unit,
            _short(each.baseline),
            _short(each.ratio),
            each.goal,
            "yes" if each.met else "NO",
        )
        for each in found
    ]
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.3g}" if abs(number) < 100 else f"{number:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
