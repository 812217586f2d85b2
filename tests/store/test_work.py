"""Records, steps, undo and redo, on both engines."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import Conflict, NotFound, StorageError
from mtss_desktop.domain.people import Organization, OrganizationKind, Person
from mtss_desktop.domain.teams import DataReviewed, Rhythm, Team, TeamYear
from mtss_desktop.store import database, journal, kinds
from mtss_desktop.store.database import Database
from mtss_desktop.store.location import parse
from mtss_desktop.store.rows import to_record, to_row
from mtss_desktop.store.schema import metadata
from mtss_desktop.store.schema.journal import picture, step
from mtss_desktop.store.work import Step
from tests.store.places import division


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 2, 12, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path) -> Iterator[Database]:
    if request.param == "sqlite":
        path = tmp_path / "ashby.mtss"
        database.create(path, None)
        opened = database.open_database(path, now=Clock())
    else:
        location = parse(request.getfixturevalue("postgres_url"))
        database.create_on_server(location)
        opened = database.open_database(location, now=Clock())
    with opened:
        division(opened)
        yield opened


def write(db: Database, label: str, act, merge: str | None = None, kind: str = "edit"):
    with db.write(Step(label, "test.act", kind, merge_key=merge)) as work:
        found = act(work)
    return found, work.seq


def turn(db: Database, find, act) -> int:
    with db.write(Step()) as work:
        row = find(work)
        assert row is not None
        act(work, row)
    return work.seq


def undo(db: Database) -> int:
    return turn(db, journal.next_undo, journal.undo)


def redo(db: Database) -> int:
    return turn(db, journal.next_redo, journal.redo)


def team_names(db: Database) -> list[str]:
    with db.read() as work:
        return [team.name for team in work.teams.list(order=("name_folded",))]


def add_team(db: Database, name: str) -> Team:
    with db.read() as work:
        home = work.home_id
    return write(db, "Add team", lambda work: work.teams.add(Team(name=name, organization_id=home)))[0]


def test_a_record_comes_back_as_it_was_put_in(db: Database) -> None:
    def act(work):
        team = work.teams.add(Team(name="Équipe", organization_id=work.home_id, started_on=date(2024, 8, 1)))
        year = work.school_years.list()[0]
        data = (DataReviewed("Referrals", "monthly"),)
        return work.team_years.add(
            TeamYear(
                organization_id=work.home_id,
                team_id=team.id,
                year_id=year.id,
                data_reviewed=data,
                rhythm=Rhythm.MONTHLY,
            )
        )

    added, _ = write(db, "Add", act)
    with db.read() as work:
        assert work.team_years.get(added.id) == added
        assert re.fullmatch("[0-9a-f]{32}", added.id)
        assert work.team_years.list(rhythm=Rhythm.MONTHLY) == (added,)
        assert work.team_years.list(rhythm=None) == ()


def test_a_question_cannot_write(db: Database) -> None:
    with db.read() as work, pytest.raises(RuntimeError, match="may not write"):
        work.teams.add(Team(name="A", organization_id=work.home_id))


def test_saving_an_older_version_is_a_conflict_and_writes_nothing(db: Database) -> None:
    team = add_team(db, "Tier 1")
    write(db, "Rename", lambda work: work.teams.save(replace(team, name="Tier 1 team")))
    with pytest.raises(Conflict) as error:
        write(db, "Rename", lambda work: work.teams.save(replace(team, name="Other")))
    assert (error.value.topic, error.value.record_id) == (Topic.TEAMS, team.id)
    assert team_names(db) == ["Tier 1 team"]


def test_saving_what_is_there_makes_no_step(db: Database) -> None:
    team = add_team(db, "Tier 1")
    assert write(db, "Rename", lambda work: work.teams.save(team))[1] == 0


def test_an_error_leaves_nothing_behind(db: Database) -> None:
    def act(work):
        work.teams.add(Team(name="Half", organization_id=work.home_id))
        raise ValueError

    with pytest.raises(ValueError):
        write(db, "Add", act)
    assert team_names(db) == []


def test_what_others_point_at_is_not_removed(db: Database) -> None:
    team = add_team(db, "Tier 1")
    with db.read() as work:
        year = work.school_years.list()[0]
    write(
        db,
        "Add",
        lambda work: work.team_years.add(TeamYear(organization_id=work.home_id, team_id=team.id, year_id=year.id)),
    )
    with pytest.raises(Conflict, match="still belongs"):
        write(db, "Remove", lambda work: work.teams.remove(team.id))
    with db.read() as work:
        assert work.teams.get(team.id) == team


def test_undo_and_redo_walk_through_the_steps(db: Database) -> None:
    for name in ("A", "B", "C"):
        add_team(db, name)
    undo(db)
    undo(db)
    assert team_names(db) == ["A"]
    redo(db)
    assert team_names(db) == ["A", "B"]
    undo(db)
    undo(db)
    assert team_names(db) == []
    for _ in range(3):
        redo(db)
    assert team_names(db) == ["A", "B", "C"]
    with db.read() as work:
        assert journal.next_redo(work) is None


def test_something_new_ends_redo(db: Database) -> None:
    add_team(db, "A")
    undo(db)
    add_team(db, "B")
    with db.read() as work:
        assert journal.next_redo(work) is None
    undo(db)
    assert team_names(db) == []


def test_undo_and_redo_are_two_stacks_in_any_order(db: Database) -> None:
    by_hand = random.Random(17)
    done: list[str] = []
    turned: list[str] = []
    for turn_number in range(70):
        act = by_hand.choice(("do", "undo", "undo", "redo"))
        if act == "do":
            add_team(db, f"T{turn_number:02}")
            done.append(f"T{turn_number:02}")
            turned = []
        elif act == "undo" and done:
            undo(db)
            turned.append(done.pop())
        elif act == "redo" and turned:
            redo(db)
            done.append(turned.pop())
        assert team_names(db) == sorted(done)
    with db.read() as work:
        assert (journal.next_redo(work) is None) == (not turned)


@pytest.mark.parametrize("find", [journal.next_undo, journal.next_redo])
def test_what_comes_next_is_found_as_fast_after_many_steps_as_after_few(tmp_path, find) -> None:
    def work_of_the_engine() -> int:
        """In hundreds of its own instructions."""
        counted = [0]

        def count() -> None:
            counted[0] += 1

        with opened.read() as work:
            raw = work.connection.connection.driver_connection
            raw.set_progress_handler(count, 100)
            find(work)
            raw.set_progress_handler(None, 100)
        return counted[0]

    path = tmp_path / "ashby.mtss"
    database.create(path, None)
    with database.open_database(path, now=Clock()) as opened:
        division(opened)
        for number in range(80):
            add_team(opened, f"T{number}")
        undo(opened)
        after_one = work_of_the_engine()
        for _ in range(70):
            undo(opened)
        assert work_of_the_engine() <= after_one + 1


def test_undo_survives_a_restart(tmp_path) -> None:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with database.open_database(path) as first:
        division(first)
        add_team(first, "A")
        first.seal()
    with database.open_database(path) as again:
        undo(again)
        assert team_names(again) == []


def test_undo_of_what_someone_changed_since_is_a_conflict(db: Database) -> None:
    team = add_team(db, "A")
    write(db, "Rename", lambda work: work.teams.save(replace(team, name="B")))
    with db.write(Step("Behind", "test.act")) as work:
        work.connection.execute(sa.text("update team set name = 'C', version = version + 1"))
    with pytest.raises(Conflict):
        undo(db)
    assert team_names(db) == ["C"]


def test_steps_of_one_merge_key_become_one(db: Database) -> None:
    team = add_team(db, "A")

    def rename(name: str):
        return lambda work: work.teams.save(replace(work.teams.get(team.id), name=name))

    seqs = [write(db, "Rename", rename(name), merge="name")[1] for name in ("AB", "ABC", "ABCD")]
    assert len(set(seqs)) == 1
    undo(db)
    assert team_names(db) == ["A"]
    redo(db)
    assert team_names(db) == ["ABCD"]


def test_steps_further_apart_than_thirty_seconds_stay_apart(db: Database) -> None:
    team = add_team(db, "A")
    first = write(db, "Rename", lambda work: work.teams.save(replace(team, name="B")), merge="name")[1]
    db.now.moment += timedelta(seconds=40)
    again = write(db, "Rename", lambda work: work.teams.save(replace(work.teams.get(team.id), name="C")), merge="name")[
        1
    ]
    assert again == first + 1


def test_barriers_stop_undo(db: Database) -> None:
    add_team(db, "A")
    write(db, "Purge", lambda work: work.touch(Topic.STUDENTS, "1"), kind="purge")
    with db.read() as work:
        assert journal.next_undo(work) is None


@pytest.mark.parametrize(
    "tamper",
    [
        "update step set label = 'x' where seq = 2",
        "update picture set after = '{}' where step_seq = 2",
        "delete from picture where step_seq = 2",
        "update step set seq = 99 where seq = 2 and not exists (select 1 from picture where step_seq = 2)",
    ],
)
def test_tampering_is_found(tmp_path, tamper: str) -> None:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with database.open_database(path, now=Clock()) as db:
        division(db)
        for name in ("A", "B", "C"):
            add_team(db, name)
        db.seal()
        with db.read() as work:
            assert journal.broken_link(work) is None
        with db.engines.writer.begin() as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            changed = connection.execute(sa.text(tamper)).rowcount
        with db.read() as work:
            assert journal.broken_link(work) == (2 if changed else None)


def test_blanked_pictures_keep_the_chain_and_say_why(db: Database) -> None:
    add_team(db, "A")
    last = write(db, "Add", lambda work: work.teams.add(Team(name="Secret", organization_id=work.home_id)))[1]
    db.seal()
    write(db, "Blank", lambda work: journal.blank(work, last, "Removed with the year's student rows."))
    with db.read() as work:
        assert journal.broken_link(work) is None
        assert journal.history(work)[0].erased == "Removed with the year's student rows."
        stored = work.connection.execute(sa.select(picture).where(picture.c.step_seq == last)).one()
        assert (stored.before, stored.after, stored.salt) == (None, None, None)


def test_search_lines_follow_the_records(db: Database) -> None:
    team = add_team(db, "Équipe Tier 1")

    def found() -> list[str]:
        with db.read() as work:
            return list(
                work.connection.execute(sa.text("select folded from search_line where topic = 'team'")).scalars()
            )

    assert found() == ["equipe tier 1"]
    write(db, "Rename", lambda work: work.teams.save(replace(team, name="Łukasz")))
    assert found() == ["lukasz"]
    undo(db)
    assert found() == ["equipe tier 1"]
    undo(db)
    assert found() == []


def test_rules_are_journaled(db: Database) -> None:
    write(db, "Change rules", lambda work: work.change_rules(smallest_cell=5, fixed_day=date(2026, 2, 12)))
    with db.read() as work:
        assert (work.rules.smallest_cell, work.today()) == (5, date(2026, 2, 12))
    undo(db)
    with db.read() as work:
        assert (work.rules.smallest_cell, work.rules.fixed_day) == (10, None)


def test_missing_records_say_so(db: Database) -> None:
    with db.read() as work, pytest.raises(NotFound, match="team is no longer there"):
        work.teams.get("0" * 32)


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.table.name)
def test_fields_and_columns_are_the_same(kind) -> None:
    columns = {column.name for column in kind.table.columns if not column.name.endswith("_folded")}
    import dataclasses

    assert columns == {each.name for each in dataclasses.fields(kind.record)}
    assert set(kind.search) <= columns
    assert kind.about in columns


def test_every_record_table_has_a_kind() -> None:
    own = {"step", "picture", "about", "search_line", "attachment_part", "student", "student_id"}
    facts = {name for name, table in metadata.tables.items() if "import_key" in table.columns and name != "step"}
    assert set(metadata.tables) - own - facts == {kind.table.name for kind in kinds.KINDS}


def test_rows_and_records_are_the_same_thing_twice() -> None:
    person = Person(
        last_name="Nguyễn", first_name="Thu", expertise=("data", "reading"), organization_id="x", left_on=None
    )
    row = to_row(person, kinds.PERSON.table)
    assert row["last_name_folded"] == "nguyen"
    assert to_record(Person, row) == person
    place = Organization(name="Holcomb", kind=OrganizationKind.SCHOOL)
    assert to_record(Organization, to_row(place, kinds.ORGANIZATION.table)) == place


def test_history_reads_newest_first(db: Database) -> None:
    add_team(db, "A")
    undo(db)
    with db.read() as work:
        lines = journal.history(work, limit=2)
    assert [(line.kind, line.label, line.undone) for line in lines] == [
        ("undo", "Add team", False),
        ("edit", "Add team", True),
    ]
    with db.read() as work:
        assert work.connection.execute(sa.select(sa.func.count()).select_from(step)).scalar() == lines[0].seq


def test_long_work_asks_for_room_before_it_starts(tmp_path) -> None:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with database.open_database(path) as db:
        division(db)
        write(db, "Import", lambda work: work.need_room(1000))
        with pytest.raises(StorageError, match="is full"):
            write(db, "Import", lambda work: work.need_room(10**18))


def test_a_fixed_day_stays_that_day_on_the_databases_own_clock(tmp_path) -> None:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    for hour in range(24):
        moment = datetime(2026, 11, 22, hour, 30, tzinfo=UTC)
        with database.open_database(path, now=lambda moment=moment: moment) as db:
            if not hour:
                division(db)
                write(db, "Stay", lambda work: work.change_rules(fixed_day="2026-02-12", zone="America/New_York"))
            with db.read() as work:
                assert work.now().astimezone(ZoneInfo("America/New_York")).date() == work.today() == date(2026, 2, 12)
