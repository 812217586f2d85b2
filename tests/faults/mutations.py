"""Whole files damaged by chance: each gets a right reading or one sentence."""

from __future__ import annotations

from pathlib import Path

from tests.faults.sweeps import Result
from tests.importing import mutated

SHARED = Path(__file__).parents[3] / "shared"


def mutated_files(count: int) -> Result:
    """So many mutants of all samples. Broken: a traceback, a value that does not stand in the file, a refused row without its line."""
    result = Result("files damaged by chance")
    found = mutated.originals(SHARED if (SHARED / "samples").is_dir() else None)
    each = -(-count // len(found))
    for name, data in found.items():
        for mutant, broken, dice in mutated.mutants(name, data, each, first=1000):
            result.tried += 1
            try:
                how, wrong = mutated.outcome(name, broken, dice)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
                how, wrong = "fell over", [f"{type(error).__name__}: {error}"]
            result.seen[how] += 1
            result.broken += [f"{mutant}: {each_wrong}" for each_wrong in wrong[:1]]
    return result
