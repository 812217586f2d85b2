"""Is everything as it was written?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from mtss_desktop.base.errors import Cancelled
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.store.check import check
from mtss_desktop.store.engine import open_engines, raw_connection
from mtss_desktop.store.location import at
from tests.store.files import KEY, new_file, put


@pytest.mark.parametrize("key", [KEY, None])
def test_a_sound_file_is_well(tmp_path: Path, key: object) -> None:
    opened = open_engines(at(new_file(tmp_path, key=key)), key)
    put(opened, "a")
    for thorough in (False, True):
        found = check(opened, thorough=thorough)
        assert found.is_well
        assert not found.damaged
        assert found.pages > 100
        assert "sound" in ENGLISH.say(found.sentence())
    opened.close()


def test_the_write_ahead_file_is_folded_in_first(tmp_path: Path) -> None:
    opened = open_engines(at(new_file(tmp_path)), KEY)
    put(opened, "a")
    assert (tmp_path / "ashby.mtss-wal").stat().st_size > 0
    check(opened)
    assert (tmp_path / "ashby.mtss-wal").stat().st_size == 0
    opened.close()


def test_what_points_nowhere_is_told(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    connection = raw_connection(path, KEY)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(
        "INSERT INTO picture (step_seq, place, table_name, row_id, organization_id, schema_revision, digest) "
        "VALUES (99, 1, 't', 'r', 'o', '0001', 'd')"
    )
    connection.close()
    opened = open_engines(at(path), KEY)
    found = check(opened)
    opened.close()
    assert [ENGLISH.say(problem) for problem in found.problems] == ["Some entries of “picture” belong to nothing."]


def test_logic_is_checked_by_what_is_handed_in(tmp_path: Path) -> None:
    opened = open_engines(at(new_file(tmp_path)), KEY)

    def no_lines(connection: sa.Connection) -> list:
        count = connection.execute(sa.text("SELECT count(*) FROM about")).scalar()
        return [said("There are {n} lines about the database.", n=count)] if count else []

    found = check(opened, [no_lines, lambda _connection: []])
    opened.close()
    assert not found.damaged
    assert ENGLISH.say(found.problems[0]) == "There are 1 lines about the database."
    assert "1 thing is not" in ENGLISH.say(found.sentence())


def test_damage_is_told_and_the_records_are_not_read(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    connection = raw_connection(path, KEY)
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name='absence'").fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[page * 4096 - 2000] ^= 1
    path.write_bytes(content)
    opened = open_engines(at(path), KEY)
    asked: list[object] = []
    found = check(opened, [lambda connection: asked.append(connection) or []])
    opened.close()
    assert found.damaged
    assert not asked
    assert "Restore the newest backup" in ENGLISH.say(found.problems[0])


def test_a_check_can_be_stopped(tmp_path: Path) -> None:
    opened = open_engines(at(new_file(tmp_path)), KEY)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        check(opened, progress=progress)
    opened.close()


@pytest.mark.slow
def test_sixty_megabytes_take_a_second_and_a_half_at_most(tmp_path: Path) -> None:
    opened = open_engines(at(new_file(tmp_path)), KEY)
    with opened.writer.begin() as connection:
        connection.connection.driver_connection.executemany(
            "INSERT INTO about VALUES (?, ?)", ((f"row {n}", "some words " * 100) for n in range(52_000))
        )
    begun = time.monotonic()
    found = check(opened)
    taken = time.monotonic() - begun
    opened.close()
    assert found.pages * 4096 > 60_000_000
    assert found.is_well
    assert taken < 6, f"{taken:.1f} s"  # 0.5 to 0.8 s on an idle machine; a busy one is given room
