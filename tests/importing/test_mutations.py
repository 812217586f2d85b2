"""Damaged files: a right reading or one sentence, never anything else."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.importing import mutated

SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.parametrize("part", range(2))
def test_damaged_files(part: int) -> None:
    """About 200; ``python3 dev.py faults mutations`` does 10,000."""
    found = mutated.originals(SHARED if (SHARED / "samples").is_dir() else None)
    seen: Counter[str] = Counter()
    names = sorted(found)[part::2]
    for name in names:
        for mutant, data, dice in mutated.mutants(name, found[name], max(100 // len(names), 3)):
            how, wrong = mutated.outcome(name, data, dice)
            assert wrong == [], mutant
            seen[how] += 1
    assert seen["used"] > 20
    assert seen["refused"] > 5


def test_a_wrong_value_would_be_seen() -> None:
    """The check itself: a score that does not stand on its line is found."""
    data = mutated.beginning("map_growth_2025")
    plan = mutated.planned(data, mutated.Known(mutated.Mode.NAMES), name="map_growth_2025.csv")
    assert mutated._not_in_file(plan, data) == []
    plan.columns["value"][0] += 0.37
    assert len(mutated._not_in_file(plan, data)) == 1


def test_a_file_with_levels_and_no_scores() -> None:
    """Found by damage: the header of the scores was gone."""
    data = (
        b"local_id,school_local_id,assessment_date,assessment_performance_level,assessment_name,assessment_subject,assessment_test\n"
        b"100,HEA,2014-05-01,NI,MCAS 2014 English Language Arts,ELA,MCAS\n"
    )
    how, wrong = mutated.outcome("levels.csv", data, random.Random(1))
    assert (how in ("used", "refused"), wrong) == (True, [])
