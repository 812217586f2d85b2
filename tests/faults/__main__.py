"""``python -m tests.faults [NAME …] [--part 0.1]``: the whole sweep with its counts; ends with 1 if a promise was broken."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

from tests.faults import calls, cancels, mutations, power, sweeps
from tests.faults.sweeps import Result

KILLS = {
    "import": (sweeps.kill_import, 160),
    "apply": (sweeps.kill_apply, 60),
    "typing": (sweeps.kill_typing, 120),
    "backup": (sweeps.kill_backup, 80),
    "restore": (sweeps.kill_restore, 80),
    "update": (sweeps.kill_migrate, 60),
    "passphrase": (sweeps.kill_passphrase, 80),
    "cancel": (cancels.cancelled_imports, 60),
}
MUTANTS = 10_000
IMAGES = {"import": 2000, "typing": 1500, "passphrase": 1500}
CALLS = {"import": 150, "typing": 50, "passphrase": 50}
"""Moments of each flow, for each of four errors, once and from then on."""


LAST = {"import": 260, "typing": 200, "passphrase": 200}
"""About the last call of a kind that a run makes."""


def moments(count: int, last: int = 260) -> Callable[[str], list[int]]:
    """Which K: half of them the first calls, one by one, the others spread to the last that a run makes."""
    chance = random.Random(17)
    dense = list(range(1, count // 2 + 1))
    return lambda _call: dense + sorted(chance.sample(range(len(dense) + 1, last), count - len(dense)))


def sweep(names: list[str], part: float) -> list[Result]:
    results = []
    work: dict[str, Callable[[], Result]] = {
        name: lambda run=run, times=times: run(max(2, round(times * part)))  # type: ignore[misc]
        for name, (run, times) in KILLS.items()
    }
    work["mutations"] = lambda: mutations.mutated_files(max(50, round(MUTANTS * part)))
    if sweeps.has_strace():
        for flow, count in CALLS.items():
            work[f"calls-{flow}"] = lambda flow=flow, count=count: calls.failing_calls(  # type: ignore[misc]
                moments(max(2, round(count * part)), LAST[flow]), flow
            )
        for flow, count in IMAGES.items():
            work[f"power-{flow}"] = lambda flow=flow, count=count: power.power_cuts(  # type: ignore[misc]
                max(10, round(count * part)), flow
            )
    elif not names or any(name.startswith(("calls", "power")) for name in names):
        print("strace is not here or may not be used: failing calls and power cuts are left out")
    for name, run in work.items():
        if names and name not in names and name.partition("-")[0] not in names:
            continue
        begun = time.monotonic()
        result = run()
        result.seconds = time.monotonic() - begun
        results.append(result)
        print(result.line(), flush=True)
        for broken in result.broken[:5]:
            print(f"    {broken}")
    return results


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.faults", description=__doc__)
    parser.add_argument(
        "names", nargs="*", help=", ".join([*KILLS, "mutations", "calls", "power", "calls-typing", "…"])
    )
    parser.add_argument("--part", type=float, default=1.0, help="share of the whole, such as 0.1")
    chosen = parser.parse_args()
    results = sweep(chosen.names, chosen.part)
    broken = sum(len(result.broken) for result in results)
    print(f"{sum(result.tried for result in results)} tried, {broken} promises broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
