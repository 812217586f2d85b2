"""Facts: written in bulk, live by rule, taken back whole; on both engines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime

import numpy as np
import pytest
import sqlalchemy as sa

from mtss_desktop.base.progress import silent
from mtss_desktop.domain.facts import Facts, NewStudent
from mtss_desktop.domain.files import Import, ImportState, Mode
from mtss_desktop.store import database, ledger, recount, roster, taking_back
from mtss_desktop.store.bulk import next_key
from mtss_desktop.store.counting import NONE
from mtss_desktop.store.database import Database
from mtss_desktop.store.location import parse
from mtss_desktop.store.schema import facts as tables
from mtss_desktop.store.work import Step, Work
from tests.store.places import division

NOW = datetime(2026, 2, 12, 15, 0, tzinfo=UTC)
FLOATS = {"value", "error", "percentile", "start_value", "end_value"}


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path) -> Iterator[Database]:
    if request.param == "sqlite":
        path = tmp_path / "ashby.mtss"
        database.create(path, None)
        opened = database.open_database(path, now=lambda: NOW)
    else:
        location = parse(request.getfixturevalue("postgres_url"))
        database.create_on_server(location)
        opened = database.open_database(location, now=lambda: NOW)
    with opened:
        division(opened)
        yield opened


def facts(table: str, rows: list[dict[str, float | None]]) -> Facts:
    names = [c.name for c in getattr(tables, table).columns if c.name not in ("number", "import_key", "live")]
    columns = {}
    for name in names:
        values = [row.get(name) for row in rows]
        if name in FLOATS:
            columns[name] = np.asarray([np.nan if v is None else v for v in values], dtype=np.float64)
        else:
            columns[name] = np.asarray([NONE if v is None else v for v in values], dtype=np.int64)
    return Facts(table, columns)


def bring(db: Database, made: Facts, mode: Mode = Mode.NAMES) -> int:
    """Writes facts as the next import, the way the use case does."""
    with db.write(Step("Import", "test.import", "import")) as work:
        key = next_key(work, "import")
        work.imports.add(Import(organization_id=work.home_id, key=key, file_name="f", mode=mode))
        work.step.import_key = key
        ledger.write(work, key, made, silent())
        recount.after_write(work, (made,))
    return key


def take_back(db: Database, key: int) -> None:
    with db.write(Step("Take back", "test.back", "take-back")) as work:
        taking_back.take_back(work, key)


def put_back(db: Database, key: int) -> None:
    from dataclasses import replace

    with db.write(Step("Put back", "test.again", "edit")) as work:
        found = taking_back.import_of(work, key)
        work.imports.save(replace(found, state=ImportState.APPLIED))
        taking_back.put_back(work, key)


def live(db: Database, table: str, *names: str) -> list[tuple[object, ...]]:
    each = getattr(tables, table)
    with db.read() as work:
        query = sa.select(*(each.c[name] for name in names)).where(each.c.live == 1)
        return sorted((tuple(row) for row in work.connection.execute(query)), key=repr)


def score(student: int, value: float | None, **more: float | None) -> dict[str, float | None]:
    row: dict[str, float | None] = {
        "student": student,
        "measure": 1,
        "year": 2025,
        "window": 1,
        "taken_on": date(2025, 9, 3).toordinal(),
        "attempt": 1,
        "value": value,
        "official": 1,
        "line": 2,
    }
    return row | more


def test_nothing_stays_nothing(db: Database) -> None:
    bring(db, facts("score", [score(1, 5.5), score(2, None, note=3), score(3, 7, school=2, grade=0)]))
    shown = live(db, "score", "student", "value", "note", "school", "grade", "error")
    assert shown == [(1, 5.5, None, None, None, None), (2, None, 3, None, None, None), (3, 7.0, None, 2, 0, None)]


def test_the_latest_import_of_a_natural_key_is_live(db: Database) -> None:
    first = bring(db, facts("score", [score(1, 10), score(2, 20)]))
    second = bring(db, facts("score", [score(1, 11)]))
    assert live(db, "score", "student", "value") == [(1, 11.0), (2, 20.0)]
    take_back(db, first)
    assert live(db, "score", "student", "value") == [(1, 11.0)]
    take_back(db, second)
    assert live(db, "score", "student", "value") == []
    put_back(db, first)
    assert live(db, "score", "student", "value") == [(1, 10.0), (2, 20.0)]
    put_back(db, second)
    assert live(db, "score", "student", "value") == [(1, 11.0), (2, 20.0)]


def test_in_a_window_the_day_does_not_matter_and_without_one_it_does(db: Database) -> None:
    later = date(2025, 9, 20).toordinal()
    bring(db, facts("score", [score(1, 10), score(2, 20, window=None)]))
    bring(db, facts("score", [score(1, 11, taken_on=later), score(2, 21, window=None, taken_on=later)]))
    assert live(db, "score", "student", "value") == [(1, 11.0), (2, 20.0), (2, 21.0)]


def test_an_incident_is_told_by_its_number_or_by_what_happened(db: Database) -> None:
    base = {
        "student": 1,
        "school": 2,
        "year": 2025,
        "day": 739_000,
        "minute": None,
        "behavior": 1,
        "location": 1,
        "occurrence": 1,
        "line": 2,
    }
    bring(db, facts("incident", [base | {"incident_number": 5}, base, base | {"occurrence": 2}]))
    bring(db, facts("incident", [base | {"incident_number": 5, "day": 739_009}, base | {"minute": 600}]))
    shown = live(db, "incident", "incident_number", "day", "minute", "occurrence")
    assert shown == [(5, 739_009, None, 1), (None, 739_000, 600, 1), (None, 739_000, None, 1), (None, 739_000, None, 2)]


def test_line_zero_retracts(db: Database) -> None:
    bring(db, facts("score", [score(1, 10), score(2, 20)]))
    retraction = bring(db, facts("score", [score(2, 20, line=0)]))
    assert live(db, "score", "student") == [(1,)]
    take_back(db, retraction)
    assert live(db, "score", "student") == [(1,), (2,)]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("table", ["score", "absence", "student_year", "goal_line", "incident"])
def test_random_orders_follow_the_rule(db: Database, table: str, seed: int) -> None:
    """A small model in Python says what is live; the database agrees after every act."""
    dice = random.Random(f"{table}{seed}")
    imports: dict[int, list[dict[str, float | None]]] = {}
    gone: set[int] = set()
    for _ in range(7):
        choice = dice.random()
        standing = sorted(set(imports) - gone)
        if choice < 0.55 or not imports:
            rows = _some(dice, table)
            imports[bring(db, facts(table, rows))] = rows
        elif choice < 0.8 and standing:
            key = dice.choice(standing)
            take_back(db, key)
            gone.add(key)
        elif gone:
            key = dice.choice(sorted(gone))
            put_back(db, key)
            gone.remove(key)
        expected: dict[tuple[object, ...], tuple[int, dict[str, float | None]]] = {}
        for key in sorted(set(imports) - gone):
            for row in imports[key]:
                expected[_natural(table, row)] = (key, row)
        wanted = sorted((key, row["line"]) for key, row in expected.values() if row["line"])
        assert live(db, table, "import_key", "line") == sorted(wanted, key=repr)


def _some(dice: random.Random, table: str) -> list[dict[str, float | None]]:
    made: dict[tuple[object, ...], dict[str, float | None]] = {}
    for line in range(2, 8):
        student = dice.randint(1, 3)
        shared = {"student": student, "year": 2025, "school": 2, "line": line if dice.random() < 0.9 else 0}
        row: dict[str, float | None] = {
            "score": score(
                student, dice.random(), window=dice.choice([None, 1, 2]), taken_on=739_000 + dice.randint(0, 2)
            )
            | shared,
            "absence": shared | {"day": 739_000 + dice.randint(0, 2), "hundredths": 100},
            "student_year": shared | {"from_day": 739_000 + dice.randint(0, 1), "grade": 2},
            "goal_line": shared
            | {
                "measure": 1,
                "from_day": 739_000 + dice.randint(0, 2),
                "start_value": 1,
                "to_day": 739_100,
                "end_value": 9,
            },
            "incident": shared
            | {
                "incident_number": dice.choice([None, 7]),
                "day": 739_000 + dice.randint(0, 1),
                "minute": dice.choice([None, 600]),
                "behavior": dice.choice([None, 1]),
                "occurrence": 1,
            },
        }[table]
        made[_natural(table, row)] = row
    return list(made.values())


def _natural(table: str, row: dict[str, float | None]) -> tuple[object, ...]:
    if table == "score":
        by_day = row["taken_on"] if row["window"] is None else None
        return (row["student"], row["measure"], row["year"], row["window"], by_day, row["attempt"])
    if table == "incident":
        if row["incident_number"] is not None:
            return (row["school"], row["incident_number"], row["student"])
        return tuple(row.get(n) for n in ("school", "student", "day", "minute", "behavior", "location", "occurrence"))
    return tuple(row[name] for name in tables.NATURAL_KEYS[table])


def test_students_in_bulk(db: Database) -> None:
    with db.write(Step("Import", "test.import", "import")) as work:
        made = [
            NewStudent((("local", f"{n:04d}"), ("state", f"9{n}")), "Ana", f"Vest{n}", date(2018, 1, n))
            for n in range(1, 6)
        ]
        keys = roster.add_students(work, 1, made, Mode.NAMES)
        more = roster.add_students(work, 2, [NewStudent((("local", "0009"),))], Mode.PSEUDONYMS)
        roster.learn_ids(work, {("other", "77"): keys[0], ("local", "0001"): keys[1]}, Mode.NAMES)
        roster.learn_names(work, {more[0]: ("Bo", "Yoder", date(2017, 2, 3)), keys[0]: ("Wrong", "Name", None)})
    with db.read() as work:
        ids = roster.known_ids(work)
        assert ids["local"]["0001"] == keys[0]
        assert ids["other"] == {"77": keys[0]}
        assert roster.pseudonym(work, "0009") in ids["local"]
        rows = {row.key: row for row in roster.known_students(work)}
        assert sorted(row.number for row in rows.values()) == [1, 2, 3, 4, 5, 6]
        assert rows[more[0]].last_name == "Yoder"
        assert rows[keys[0]].first_name == "Ana"


def test_live_facts_come_in_columns(db: Database) -> None:
    bring(db, facts("score", [score(1, 5), score(2, None, note=4, year=2024)]))
    with db.read() as work:
        found = ledger.live(work, "score", year=[2024])
        nothing = ledger.live(work, "score", year=[1999])
    assert (found["student"].tolist(), found["grade"].tolist(), found["note"].tolist()) == ([2], [NONE], [4])
    assert np.isnan(found["value"][0])
    assert len(nothing["student"]) == 0


def test_forgetting_erases_rows_and_lonely_students(db: Database) -> None:
    with db.write(Step("Import", "test.import", "import")) as work:
        keys = roster.add_students(work, 1, [NewStudent((("local", str(n)),)) for n in range(2)], Mode.NAMES)
    first = bring(db, facts("score", [score(keys[0], 5)]))
    bring(db, facts("score", [score(keys[1], 6)]))
    take_back(db, first)
    with db.write(Step("Forget", "test.forget", "purge")) as work:
        taking_back.forget(work, first)
    with db.read() as work:
        assert [row.key for row in roster.known_students(work)] == [keys[1]]
        assert roster.known_ids(work) == {"local": {"1": keys[1]}}


def test_keys_are_given_once(db: Database) -> None:
    def two(work: Work) -> tuple[int, int]:
        return next_key(work, "word", kind="window", count=3), next_key(work, "word", kind="window")

    with db.write(Step()) as work:
        first, second = two(work)
        assert second == first + 3
        assert next_key(work, "word", kind="location") == 1
