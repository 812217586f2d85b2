"""Lists of meetings, parked lines and clashes on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from mtss_desktop.domain.files import Link
from mtss_desktop.domain.meetings import AgendaItem, LineKind, Meeting, MeetingState, MinutesLine
from mtss_desktop.domain.people import Person
from mtss_desktop.domain.teams import Membership, Team
from mtss_desktop.store import database
from mtss_desktop.store.database import Database
from mtss_desktop.store.location import parse
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.store.work import Step
from tests.store.places import division

FIRST, SECOND = date(2026, 1, 20), date(2026, 2, 17)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        path = tmp_path / "ashby.mtss"
        database.create(path, None)
        opened = database.open_database(path)
    else:
        location = parse(request.getfixturevalue("postgres_url"))
        database.create_on_server(location)
        opened = database.open_database(location)
    with opened:
        fill(opened, division(opened))
        yield opened


def fill(db: Database, home: str) -> None:
    """Two teams that share Ann; two meetings of the first, one of the second at the same time; three parked lines."""
    with db.write(Step("Fill", "test.fill")) as work:
        ann = work.people.add(Person(organization_id=home, first_name="Ann", last_name="Bell"))
        work.people.add(Person(organization_id=home, last_name="Gone", left_on=date(2025, 6, 1)))
        one, two = (work.teams.add(Team(organization_id=home, name=name)) for name in ("One", "Two"))
        for team in (one, two):
            work.memberships.add(Membership(organization_id=home, team_id=team.id, person_id=ann.id))
        meeting = Meeting(organization_id=home, team_id=one.id, day=FIRST, starts_at=time(14, 45), ends_at=time(15, 45))
        old = work.meetings.add(replace(meeting, state=MeetingState.HELD, sent_at=datetime(2026, 1, 21, tzinfo=UTC)))
        work.meetings.add(replace(meeting, day=SECOND))
        work.meetings.add(replace(meeting, team_id=two.id, day=SECOND))
        work.meetings.add(replace(meeting, team_id=two.id, day=SECOND, state=MeetingState.CANCELED))
        item = work.agenda_items.add(AgendaItem(organization_id=home, meeting_id=old.id, title="Open", rank="a"))
        line = MinutesLine(organization_id=home, meeting_id=old.id, text="x", kind=LineKind.PARKING_LOT)
        for rank, to_id in (("a", item.id), ("b", "gone"), ("c", "")):
            parked = work.minutes_lines.add(replace(line, text=rank, rank=rank))
            if to_id:
                link = Link(organization_id=home, from_topic="minutes_lines", from_id=parked.id, to_topic="agenda_items",
                            to_id=to_id)  # fmt: skip
                work.links.add(link)


def test_one_row_for_each_meeting(db: Database) -> None:
    with db.read() as work:
        found = queries.rows(work, first=FIRST, last=SECOND)
        one = found[0].team_id
        mine = queries.rows(work, first=FIRST, last=SECOND, team_id=one)
    assert [(row.day, row.team) for row in found] == [(FIRST, "One"), (SECOND, "One"), (SECOND, "Two"), (SECOND, "Two")]
    assert (found[0].items, found[0].minutes_sent, found[0].starts_at, found[1].items) == (1, True, time(14, 45), 0)
    assert len(mine) == 2


def test_parked_lines_wait_until_an_item_that_stands_answers_them(db: Database) -> None:
    with db.read() as work:
        team = work.teams.list(name="One")[0].id
        assert [row.text for row in queries.parked(work, team, SECOND)] == ["b", "c"]
        assert queries.parked(work, team, FIRST) == ()


def test_ranks_days_numbers_and_names(db: Database) -> None:
    with db.read() as work:
        team = work.teams.list(name="One")[0].id
        old, new = work.meetings.list(team_id=team, order=("day",))
        assert queries.last_line_rank(work, old.id) == "c"
        assert queries.last_line_rank(work, new.id) == ""
        assert (queries.day_after(work, old), queries.day_after(work, new)) == (SECOND, None)
        assert (queries.number_in_year(work, old), queries.number_in_year(work, new)) == (1, 2)
        assert [last for _, _, last in queries.names(work, SECOND)] == ["Bell"]
        assert queries.photos_of_lines(work, old.id) == {}


def test_who_is_busy_elsewhere_that_day(db: Database) -> None:
    with db.read() as work:
        team = work.teams.list(name="One")[0].id
        found = queries.others_busy(work, team, (FIRST, SECOND))
    assert [(row.day, row.team, row.person, row.ends_at) for row in found] == [
        (SECOND, "Two", "Ann Bell", time(15, 45))
    ]
