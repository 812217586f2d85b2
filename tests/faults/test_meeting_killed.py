"""A four-hour meeting of 400 lines whose program is killed twice: all that was acknowledged is there, what was typed waits."""

from __future__ import annotations

import random
import signal
import sys
import time as clock
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest

from mtss_desktop.app import opening, safekeeping
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.store.keys import Key
from mtss_desktop.usecases import live, meetings, places, teams
from mtss_desktop.usecases.places import NewSchool
from tests.faults import sweeps
from tests.faults.children import minutes_line

LINES = 400


@dataclass(frozen=True)
class Meeting:
    path: Path
    key: Key
    id: MeetingId


@dataclass(frozen=True)
class Seen:
    """What is in the database and in the typing file when it is opened after the end of a program."""

    lines: tuple[str, ...]
    actions: int
    waiting: str
    well: bool


@pytest.fixture
def running(tmp_path: Path) -> Meeting:
    path = tmp_path / "ashby.mtss"
    first = opening.FirstFacts(division="Ashby County", first_year=2025, schools=(NewSchool("Holcomb Middle School"),))
    with opening.create(path, passphrase=sweeps.PASSPHRASE, first=first).workspace as workspace:
        school = next(place.id for place in workspace.ask(places.places) if place.name.startswith("Holcomb"))
        team = workspace.do(teams.add, school, name="Tier 1 team", tier=1, members=("Ann Lee", "Bo Ruiz")).value
        day = {"day": date(2025, 10, 21), "starts_at": time(13), "ends_at": time(17)}
        meeting = workspace.do(meetings.plan, team, **day).value
        workspace.do(meetings.start, meeting, at=time(13))
        key = workspace.database.engines.key
    assert key is not None
    return Meeting(path, key, meeting)


def work(running: Meeting, first: int, *, until: str = "", thinks: str = "", pause: float = 0) -> list[str]:
    """What the program said before it was killed: ``pause`` seconds after ``until``, or never where that is empty."""
    environment = {"FAULT_KEY": running.key.raw.hex(), "FAULT_MEETING": running.id, "FAULT_THINKS": thinks}
    process = sweeps.child("meeting", running.path, first, **environment)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if said[-1] == until:
            break
    if until:
        clock.sleep(pause)
        process.send_signal(signal.SIGKILL)
    said += [line.strip() for line in process.stdout if line.endswith("\n")]
    assert process.wait(timeout=10) == (-signal.SIGKILL if until else 0), said[-3:]
    process.stdout.close()
    return said


def acknowledged(said: list[str]) -> int:
    return max(int(line.split()[1]) for line in said if line.startswith("DONE"))


def look(running: Meeting) -> Seen:
    with opening.open_workspace(running.path, key=running.key).workspace as workspace:
        shown = workspace.ask(live.show, running.id)
        typed = {each.key: each.text for each in workspace.typing.pending()}
        well = not safekeeping.check(workspace).problems
        actions = sum(line.action is not None for line in shown.lines)
        return Seen(
            tuple(line.text for line in shown.lines), actions, typed.get(f"minutes:{running.id}:entry", ""), well
        )


def half(number: int) -> str:
    return minutes_line(number)[: len(minutes_line(number)) // 2]


def expected(count: int) -> tuple[str, ...]:
    return tuple(minutes_line(number) for number in range(1, count + 1))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_twice_in_four_hours_nothing_said_is_lost(running: Meeting) -> None:
    # Killed while somebody thinks in the middle of a line.
    said = work(running, 1, until="TYPED 138", thinks="138")
    seen = look(running)
    assert acknowledged(said) == 137
    assert (seen.lines, seen.well) == (expected(137), True)
    assert seen.waiting == half(138)

    # Killed at any moment of typing and writing.
    said = work(running, 138, until="DONE 285", pause=random.Random(4).uniform(0, 0.05))
    seen = look(running)
    kept, last = len(seen.lines), acknowledged(said)
    assert kept in (last, last + 1)
    assert (seen.lines, seen.well) == (expected(kept), True)
    typed = max(int(line.split()[1]) for line in said if line.startswith("TYPED"))
    assert typed <= kept or seen.waiting == half(typed)

    # To the end: the meeting is whole, nothing waits any more.
    assert work(running, kept + 1)[-1] == "CLOSED"
    seen = look(running)
    assert (seen.lines, seen.waiting, seen.well) == (expected(LINES), "", True)
    assert seen.actions == LINES // 10
    assert not running.path.with_name("ashby.mtss-typing").exists()
