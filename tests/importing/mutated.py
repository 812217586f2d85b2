"""Damage done to whole files on purpose, and what must hold for any file afterwards."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing.encoding import decode
from mtss_desktop.importing.plan import Keys, Known, Plan
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
    *(b'"', b"'", b"\\", b'\\"', b",", b"\n", b"\r", b"\t", b"\x00", b"\xff", b"\xe9", b"NULL", b"*", b"=1+1", b"9" * 40),
    *(b"-1", b"1e308", b"nan", b"inf", b"\xef\xbb\xbf", b"2025-02-30", b"<b>", "漢".encode(), b";", b"0000-00-00", b"12:99"),
    *(b'="00123"', b"1.23E+11", b"@SUM(A1)", b"'", b"|", b"\xc3", b"\xe2\x80\xae", b"--", b"<10", b"N/A", b"Total", b"\x1a"),
)  # fmt: skip


def beginning(name: str) -> bytes:
    """A dozen rows of one of the sample division's exports."""
    return b"".join(paths.resource("sample", "exports", f"{name}.csv").read_bytes().splitlines(keepends=True)[:13])


def originals(shared: Path | None) -> dict[str, bytes]:
    """The sample division's exports, and the vendors' samples where they are here."""
    found = {f"{name}.csv": beginning(name) for name in FILES}
    if shared is not None:
        found |= {path.name: path.read_bytes() for path in sorted((shared / "samples").rglob("*.csv"))}
    return found


def damaged(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(data) + 1)
        match dice.randint(0, 7):
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
            case 6:
                data = data.replace(b",", dice.choice([b";", b"\t", b"|", b","]))
            case 7:
                data = data.decode("utf-8", "replace").encode(dice.choice(["utf-16", "utf-8-sig", "utf-8"]), "replace")
    return data


def mutants(name: str, data: bytes, count: int, first: int = 0) -> Iterator[tuple[str, bytes, random.Random]]:
    for seed in range(first, first + count):
        dice = random.Random(f"{name}{seed}")
        yield f"{name} {seed}", damaged(data, dice), dice


def outcome(name: str, data: bytes, dice: random.Random) -> tuple[str, list[str]]:
    """(used or refused, what is wrong with how it was treated). Anything but a ``UserError`` comes through as it is."""
    try:
        plan = planned(data, Known(dice.choice(list(Mode))), name=name)
    except UserError as error:
        sentence = error.message
        return "refused", [] if sentence and len(sentence) < 600 else [f"no sentence: {sentence!r}"]
    lines = len(re.findall(r"\r\n|\n|\r", decode(data)[0])) + 2
    wrong = [
        f"a refused row is not named: {problem}"
        for problem in plan.problems()
        if not (0 < problem.line <= lines and problem.message)
    ]
    if isinstance(plan, Plan):
        wrong += _wrong_facts(plan, data)
    return "used", wrong


def _wrong_facts(plan: Plan, data: bytes) -> list[str]:
    wrong = []
    shown = Shown(plan, {})
    rows = shown.rows(0, shown.count())
    if len(rows) < plan.rows_of_file or not all(row.why for row in rows):
        wrong.append("a row has no verdict, or no reason for it")
    new = {kind: range(1, len(words) + 1) for kind, words in plan.new_words.items()}
    keys = Keys(range(1, len(plan.students.proposals) + 1), range(1, len(plan.schools.proposals) + 1), new)
    facts = plan.facts(keys)[0]
    if len(facts) != plan.count(Verdict.NEW) + plan.count(Verdict.CHANGED) + plan.count(Verdict.UNCHANGED):
        wrong.append("not as many facts as were promised")
    return wrong + _not_in_file(plan, data)


def _not_in_file(plan: Plan, data: bytes) -> list[str]:
    """Every score that would be written stands on the line it is said to come from, or right below in the same row."""
    if plan.table != "score":
        return []
    lines = re.split(r"\r\n|\n|\r", decode(data)[0])
    wrong = []
    used = plan.used()
    for entry in used.nonzero()[0].tolist():
        value, line = float(plan.columns["value"][entry]), int(plan.columns["line"][entry])
        if value == value:
            text = "\n".join(lines[line - 1 : line + 12]).replace(",", " ")
            if not any(_same(found, value) for found in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", text)):
                wrong.append(f"line {line}: {value:g} does not stand there")
    return wrong


def _same(text: str, value: float) -> bool:
    try:
        return abs(float(text) - value) < 1e-5 or abs(abs(float(text)) - abs(value)) < 1e-5
    except (ValueError, OverflowError):
        return False
