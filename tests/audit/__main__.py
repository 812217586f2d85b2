"""The widget audit over every screen there is, in every theme: ``python -m tests.audit [WORD …]``.

Each screen of the pictures and of ``tests/audit/screens.py``, full and empty, in light, dark and high contrast, with 100 and
200 % text; each such window is then drawn to its sizes (``sweep.SIZES_OF``). A WORD keeps the screens whose name holds it.

``--theme dark`` and ``--percent 200`` keep one look, ``--jobs N`` says how many processes work (2), ``--out FILE`` writes a line
for each screen that was looked at and goes on from there the next time. Ends with 1 where something was found.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from mtss_desktop.app import demo
from mtss_desktop.ui.theme import THEMES
from tests.audit import sweep
from tests.audit.sweep import PERCENTS, Look

FAST = Path("/dev/shm")
"""Where a file waits for no disk: building the sample commits a thousand times."""


def asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--percent", type=int, choices=PERCENTS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sample", type=Path, help="a plain sample division made before")
    return parser.parse_args(arguments)


def looks(names: list[str], theme: str | None, percent: int | None) -> list[Look]:
    """What is to be looked at, the screens that take longest spread over the whole."""
    return [
        Look(name, each, size)
        for each in THEMES
        for size in PERCENTS
        for name in names
        if theme in (None, each) and percent in (None, size)
    ]


def done_before(file: Path | None) -> dict[str, list[str]]:
    """Look → its findings, as an earlier run wrote them."""
    if file is None or not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return {
        look: findings.split("|") if findings else [] for look, _, findings in (each.partition("\t") for each in lines)
    }


def main(arguments: list[str]) -> int:
    """Says each finding as it comes, and at the end how many screens were looked at."""
    wish = asked(arguments)
    names = [name for name in sweep.names() if not wish.words or any(word in name for word in wish.words)]
    before = done_before(wish.out)
    wanted = looks(names, wish.theme, wish.percent)
    begun, found = time.monotonic(), sum(len(before.get(str(look), [])) for look in wanted)
    with tempfile.TemporaryDirectory(dir=FAST if FAST.is_dir() else None) as place:
        os.environ["MTSS_HOME"] = place
        file = wish.sample or Path(place) / "sample.mtss"
        if wish.sample is None:
            demo.make_sample(file, secret="").close()
        with ProcessPoolExecutor(
            max(1, wish.jobs), get_context("spawn"), initializer=sweep.begin, initargs=(str(file), place)
        ) as pool:
            waiting = {pool.submit(sweep.examine, look): look for look in wanted if str(look) not in before}
            for each in as_completed(waiting):
                error = each.exception()
                lines = each.result() if error is None else [f"cannot be looked at: {type(error).__name__}"]
                found += len(lines)
                print(*(f"{waiting[each]} {line}\n" for line in lines), sep="", end="", flush=True)
                if wish.out is not None and not isinstance(
                    error, BrokenProcessPool
                ):  # stopped: looked at the next time
                    with wish.out.open("a", encoding="utf-8") as out:
                        out.write(f"{waiting[each]}\t{'|'.join(lines)}\n")
    print(f"{found} findings on {len(names)} screens in {len(wanted)} looks, {time.monotonic() - begun:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
