"""Damaged files: a right reading or one sentence, never anything else."""

from __future__ import annotations

import random

import pytest

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing.plan import Keys, Known
from mtss_desktop.importing.showing import Shown
from tests.importing.files import planned

FILES = (
    "students_2025",
    "mclass_dibels8_2025",
    "map_growth_2025",
    "fastbridge_progress_2025",
    "incidents_2025",
    "attendance_2025",
)
NAUGHTY = (
    *(
        b'"',
        b"'",
        b"\\",
        b'\\"',
        b",",
        b"\n",
        b"\r",
        b"\t",
        b"\x00",
        b"\xff",
        b"\xe9",
        b"NULL",
        b"*",
        b"=1+1",
        b"9" * 40,
    ),
    *(
        b"-1",
        b"1e308",
        b"nan",
        b"inf",
        b"\xef\xbb\xbf",
        b"2025-02-30",
        b"<b>",
        "漢".encode(),
        b";",
        b"0000-00-00",
        b"12:99",
    ),
)


def beginning(name: str) -> bytes:
    """A dozen rows of one of the sample division's exports."""
    return b"".join(paths.resource("sample", "exports", f"{name}.csv").read_bytes().splitlines(keepends=True)[:13])


def damaged(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(data) + 1)
        match dice.randint(0, 5):
            case 0:
                data = data[:place] + dice.choice(NAUGHTY) + data[place:]
            case 1:
                data = data[:place] + data[place + dice.randint(1, 60) :]
            case 2:
                data = data[: max(10, place)]
            case 3:
                lines = data.split(b"\n")
                lines.insert(dice.randrange(len(lines)), dice.choice(lines))
                data = b"\n".join(lines)
            case 4:
                cells = data.split(b",")
                cells[dice.randrange(len(cells))] = dice.choice(NAUGHTY)
                data = b",".join(cells)
            case 5:
                data = data.replace(b"\n", dice.choice([b"\r\n", b"\r", b"\n"]))
    return data


@pytest.mark.parametrize("name", FILES)
def test_damaged_files(name: str) -> None:
    whole = beginning(name)
    used = refused = 0
    for seed in range(35):
        dice = random.Random(f"{name}{seed}")
        data = damaged(whole, dice)
        try:
            plan = planned(data, Known(dice.choice(list(Mode))), name=f"{name}.csv")
        except UserError:
            refused += 1
            continue
        shown = Shown(plan, {})
        rows = shown.rows(0, shown.count())
        assert len(rows) >= plan.rows_of_file
        assert all(row.why for row in rows)
        lines = data.count(b"\n") + data.count(b"\r") + 2
        assert all(1 < problem.line <= lines for problem in plan.problems())
        new = {kind: range(1, len(words) + 1) for kind, words in plan.new_words.items()}
        keys = Keys(range(1, len(plan.students.proposals) + 1), range(1, len(plan.schools.proposals) + 1), new)
        assert len(plan.facts(keys)[0]) == plan.count(Verdict.NEW) + plan.count(Verdict.CHANGED)
        used += 1
    assert used > 5
    assert refused + used == 35
