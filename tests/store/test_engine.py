"""Opening, refusing, and what drivers report in plain sentences."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from mtss_desktop.base.errors import DamagedFile, StorageError, UserError, WrongKey
from mtss_desktop.store import check, engine, faults, lock
from mtss_desktop.store.engine import Engines, open_engines
from mtss_desktop.store.keys import PAGE, Key
from mtss_desktop.store.location import at, parse
from tests.helpers import fresh_python
from tests.store.files import CANARY, KEY, got, new_file, put

WRONG = Key(b"w" * 32, KEY.salt)


@pytest.fixture(params=[KEY, None], ids=["encrypted", "plain"])
def key(request: pytest.FixtureRequest) -> Key | None:
    return request.param


@pytest.fixture
def engines(tmp_path: Path, key: Key | None) -> Iterator[Engines]:
    opened = open_engines(at(new_file(tmp_path, key=key)), key)
    yield opened
    opened.close()


def pragma(engines: Engines, lane: str, name: str) -> object:
    with getattr(engines, lane).connect() as connection:
        return connection.connection.driver_connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_engine_is_new_enough() -> None:
    from sqlcipher3 import dbapi2

    assert tuple(dbapi2.sqlite_version_info) >= engine.OLDEST_ENGINE


def test_an_engine_that_damages_files_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "OLDEST_ENGINE", (99, 0, 0))
    with pytest.raises(StorageError, match="can damage files"):
        open_engines(at(new_file(tmp_path)), KEY)


@pytest.mark.parametrize("lane", ["writer", "reader"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("busy_timeout", 5000),
        ("journal_size_limit", 67108864),
        ("temp_store", 0),
        ("mmap_size", 0),
    ],
)
def test_connections_are_set_up(engines: Engines, lane: str, name: str, value: object, key: Key | None) -> None:
    assert pragma(engines, lane, name) == value


def test_what_one_lane_writes_the_other_reads(engines: Engines) -> None:
    put(engines, "a")
    assert got(engines) == {"a": CANARY}
    assert (pragma(engines, "reader", "application_id"), pragma(engines, "reader", "user_version")) == (0x4D545353, 1)


def test_the_reader_sees_one_moment_and_never_writes(engines: Engines) -> None:
    with engines.reader.connect() as connection:
        before = connection.execute(sa.text("SELECT count(*) FROM about")).scalar()
        put(engines, "a")
        assert connection.execute(sa.text("SELECT count(*) FROM about")).scalar() == before
        with pytest.raises(StorageError), faults.mapped_errors(engines.location, engines.key):
            connection.execute(sa.text("DELETE FROM about"))
    assert got(engines) == {"a": CANARY}


def test_a_transaction_is_whole_or_not_at_all(engines: Engines) -> None:
    def half() -> None:
        with engines.writer.begin() as connection:
            connection.execute(sa.text("CREATE TABLE half (x)"))
            connection.execute(sa.text("INSERT INTO about VALUES ('half', 'x')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert got(engines) == {}
    with engines.reader.connect() as connection:
        assert not sa.inspect(connection).has_table("half")


def test_a_read_only_window_reads_and_refuses_to_write(engines: Engines) -> None:
    put(engines, "a")
    other = open_engines(engines.location, engines.key, read_only=True)
    assert got(other) == {"a": CANARY}
    with pytest.raises(StorageError, match="for reading only"):
        put(other, "b")
    other.close()
    assert got(engines) == {"a": CANARY}


def test_nothing_is_left_beside_a_closed_file(tmp_path: Path) -> None:
    opened = open_engines(at(new_file(tmp_path)), KEY)
    put(opened, "a")
    got(opened)
    opened.close()
    assert [path.name for path in tmp_path.iterdir()] == ["ashby.mtss"]


@pytest.mark.skipif(os.name != "posix", reason="file rights are POSIX's")
def test_only_its_owner_reads_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mtss"
    engine.create_file(path, KEY, lambda _connection: None, version=1)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["ä b?#%'.mtss", "学校.mtss", "a&mode=memory.mtss", "x" * 200 + ".mtss"])
def test_names_of_every_kind(tmp_path: Path, name: str) -> None:
    opened = open_engines(at(new_file(tmp_path, name)), KEY)
    put(opened, "a")
    opened.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too long"):
        engine.create_file(tmp_path / ("x" * 300), KEY, lambda _connection: None, version=1)


# What is refused ---------------------------------------------------------------------------------------------------


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "a.mtss"
    path.write_bytes(b"someone's")
    with pytest.raises(StorageError, match="already there"):
        engine.create_file(path, KEY, lambda _connection: None, version=1)
    assert path.read_bytes() == b"someone's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def fail(connection: sa.Connection) -> None:
        connection.execute(sa.text("CREATE TABLE t (x)"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.create_file(tmp_path / "a.mtss", KEY, fail, version=1)
    assert list(tmp_path.iterdir()) == []


def test_the_wrong_key_is_told_apart_from_damage(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with pytest.raises(WrongKey):
        open_engines(at(path), WRONG)
    with pytest.raises(WrongKey, match="is encrypted"):
        open_engines(at(path), None)
    content = bytearray(path.read_bytes())
    content[300] ^= 0x40  # in the first page, without which nothing opens
    path.write_bytes(content)
    with pytest.raises(DamagedFile):
        open_engines(at(path), KEY)
    with pytest.raises(WrongKey):
        open_engines(at(path), WRONG)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(engine.raw_connection(path, None, mode="rwc")) as connection:
        connection.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="another program"):
        open_engines(at(path))
    assert [p.name for p in tmp_path.iterdir()] == ["other.sqlite"]
    assert path.read_bytes() == before, "its way of journaling was changed"


def test_a_newer_database_is_refused_with_its_version(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with closing(engine.raw_connection(path, KEY)) as connection:
        connection.execute("PRAGMA user_version=7")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="revision 7; this one knows 1"):
        open_engines(at(path), KEY)
    assert path.read_bytes() == before


def shapes(good: bytes) -> dict[str, bytes]:
    pages = [good[start : start + PAGE] for start in range(0, len(good), PAGE)]
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 1
    return {
        "zero": b"",
        "zero_head": bytes(PAGE) + good[PAGE:],
        "random_head": random.Random(3).randbytes(PAGE) + good[PAGE:],
        "half": good[: len(good) // 2],
        "half_a_page": good[: len(good) // 2 + 777],
        "one_page": good[:PAGE],
        "html": b"<html><body>Please sign in again</body></html>" * 200,
        "text_head": b"name,grade\n" * 400 + good[4400:],
        "flip": bytes(flipped),
        "swapped": b"".join([pages[0], pages[2], pages[1], *pages[3:]]),
        "dropped": b"".join([*pages[:5], *pages[6:]]),
        "last_page": b"".join([*pages[:-1], bytes(PAGE)]),
        "garbage": random.Random(4).randbytes(len(good)),
    }


def what_is_told(path: Path) -> type[StorageError] | None:
    try:
        opened = open_engines(at(path), KEY)
    except StorageError as error:
        return type(error)
    found = check.check(opened)
    opened.close()
    return DamagedFile if found.damaged else None


@pytest.mark.parametrize("shape", shapes(bytes(PAGE * 8)))
def test_damage_is_told_and_the_file_is_left_alone(tmp_path: Path, shape: str) -> None:
    path = new_file(tmp_path)
    damaged = shapes(path.read_bytes())[shape]
    path.write_bytes(damaged)
    assert what_is_told(path) is (WrongKey if shape == "garbage" else DamagedFile)
    assert path.stat().st_size == len(damaged)
    assert path.read_bytes()[PAGE:] == damaged[PAGE:]


def test_every_flipped_bit_is_found(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    good = path.read_bytes()
    chance = random.Random(7)
    for _ in range(40):
        place = chance.randrange(16, len(good))
        path.write_bytes(good[:place] + bytes([good[place] ^ 1 << chance.randrange(8)]) + good[place + 1 :])
        assert what_is_told(path) is DamagedFile, f"a flipped bit at {place} was not found"


# What can happen while it is open ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holder", "said"),
    [("someone else", r"in use by .* \(mtss import, since"), ("this very program", "in use by another program")],
)
def test_another_writer_is_named(engines: Engines, monkeypatch: pytest.MonkeyPatch, holder: str, said: str) -> None:
    """Whoever holds the lock itself and is kept from writing is kept by somebody the lock does not know."""
    with (
        lock.take(engines.location, "mtss import"),
        closing(engine.raw_connection(engines.location.file, engines.key, timeout=0)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with engines.writer.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
        if holder == "someone else":
            monkeypatch.setattr(os, "getpid", lambda: 1)
        with (
            pytest.raises(StorageError, match=said),
            faults.mapped_errors(engines.location),
        ):
            put(engines, "a")
        assert got(engines) == {}
        other.execute("ROLLBACK")
    put(engines, "a")


def test_a_file_put_in_its_place_stops_writing(engines: Engines, tmp_path: Path) -> None:
    put(engines, "a")
    (tmp_path / "other").mkdir()
    new_file(tmp_path / "other").replace(engines.location.file)
    with pytest.raises(StorageError, match="was replaced"):
        put(engines, "b")
    with pytest.raises(StorageError, match="was replaced"):
        engines.check_same_file()


def test_a_full_disk_rolls_back_and_says_what_to_free(engines: Engines) -> None:
    put(engines, "a")
    with engines.writer.connect() as connection:
        driver = connection.connection.driver_connection
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count={pages + 3}")
    with pytest.raises(StorageError, match="is full") as caught, faults.mapped_errors(engines.location, needed=10**15):
        put(engines, "b", "x" * 100_000)
    assert "Free at least" in caught.value.hint
    assert got(engines) == {"a": CANARY}
    put(engines, "c", "small")


def test_the_write_ahead_file_stays_small(engines: Engines) -> None:
    for number in range(2):
        put(engines, f"big {number}", "x" * 70_000_000)
        assert Path(f"{engines.location.file}-wal").stat().st_size <= 64 * 1024 * 1024
    assert pragma(engines, "writer", "busy_timeout") == 5000


def test_too_little_space_is_told_before_it_is_used(tmp_path: Path) -> None:
    faults.refuse_too_little_space(tmp_path / "a.mtss", 1)
    with pytest.raises(StorageError, match="is full"):
        faults.refuse_too_little_space(tmp_path / "a.mtss", 10**18)


def test_a_full_disk_for_real(tmp_path: Path) -> None:
    """A small file system of its own, where this may be made."""
    small = tmp_path / "small"
    small.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may make a file system")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(small)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no file system may be made here")
    try:
        opened = open_engines(at(new_file(small)), KEY)
        put(opened, "a")
        with pytest.raises(StorageError, match="is full"), faults.mapped_errors(opened.location, KEY):
            put(opened, "b", "x" * 4_000_000)
        assert faults.free_space(opened.location.file) > 1_000_000, "the failed work still fills the disk"
        assert got(opened) == {"a": CANARY}
        assert check.check(opened).is_well
        put(opened, "c")
        with pytest.raises(StorageError, match="is full"):
            engine.create_file(
                small / "new.mtss",
                KEY,
                lambda c: c.execute(sa.text(f"CREATE TABLE t (x DEFAULT '{'x' * 4_000_000}')")),
                version=1,
            )
        opened.close()
        assert [path.name for path in small.iterdir()] == ["ashby.mtss"]
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


READ_ONLY = """
import os, sys
from mtss_desktop.base.errors import StorageError
from mtss_desktop.store import engine, lock
from mtss_desktop.store.location import at
from tests.store.files import KEY
if os.geteuid() == 0: os.setuid(65534)
for act in (lambda: engine.open_engines(at(sys.argv[1]), KEY), lambda: lock.take(at(sys.argv[1])),
            lambda: engine.create_file(at(sys.argv[1]).file.with_name("new.mtss"), KEY, lambda c: None, version=1)):
    try: act(); print("done")
    except StorageError as error: print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="folder rights are POSIX's")
@pytest.mark.parametrize("rights", [0o555, 0o444], ids=["may look", "may not look"])
def test_a_read_only_folder_is_told(tmp_path: Path, rights: int) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = new_file(folder)
    path.chmod(0o666)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o055)
    folder.chmod(rights)
    try:
        done = fresh_python.run("-c", READ_ONLY, str(path), PYTHONDONTWRITEBYTECODE="1")
    finally:
        folder.chmod(0o755)
    lines = done.stdout.splitlines()
    assert len(lines) == 3, done.stderr
    assert all("Nothing can be written in the folder" in line for line in lines), lines


@pytest.mark.skipif(os.name != "posix", reason="folder rights are POSIX's")
def test_a_read_only_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = new_file(tmp_path)
    monkeypatch.setattr(os, "access", lambda found, mode: not (Path(found) == path and mode == os.W_OK))
    with pytest.raises(StorageError, match="may only be read"):
        open_engines(at(path), KEY)


def test_another_files_trouble_is_not_the_databases(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), faults.mapped_errors(at(tmp_path / "a.mtss")):
        (tmp_path / "scores.csv").read_bytes()


# Secrets -------------------------------------------------------------------------------------------------------------


def test_no_name_is_readable_in_any_file(tmp_path: Path) -> None:
    opened = open_engines(at(new_file(tmp_path)), KEY)
    for number in range(50):
        put(opened, f"line {number}")
    seen = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    opened.close()
    assert set(seen) == {"ashby.mtss", "ashby.mtss-wal", "ashby.mtss-shm"}
    for name, content in seen.items():
        assert CANARY.encode() not in content, name
        assert b"CREATE TABLE" not in content, name


def test_the_search_for_names_finds_them_in_a_plain_file(tmp_path: Path) -> None:
    opened = open_engines(at(new_file(tmp_path, key=None)))
    put(opened, "a")
    opened.close()
    assert CANARY.encode() in (tmp_path / "ashby.mtss").read_bytes()


LOUD = """
import logging, sys, traceback
import sqlalchemy as sa
from mtss_desktop.store import engine
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import at
from tests.store.files import KEY
logging.basicConfig(level=logging.DEBUG)
logging.getLogger("sqlalchemy").setLevel(logging.DEBUG)
opened = engine.open_engines(at(sys.argv[1]), KEY)
for statement in ("SELECT * FROM nowhere", "SELECT count(*) FROM about"):
    try:
        with opened.writer.begin() as connection: connection.execute(sa.text(statement))
    except Exception: traceback.print_exc()
try: engine.open_engines(at(sys.argv[1]), Key(b"w" * 32, KEY.salt))
except Exception: traceback.print_exc()
print(opened, opened.writer, opened.writer.pool, repr(KEY))
"""


def test_no_key_is_ever_printed(tmp_path: Path) -> None:
    done = fresh_python.run("-c", LOUD, str(new_file(tmp_path)))
    printed = (done.stdout + done.stderr).lower()
    assert "no such table" in printed, done.stderr
    assert "does not open the file" in printed
    for secret in (KEY.raw.hex(), KEY.salt.hex(), (b"w" * 32).hex(), repr(KEY.raw).lower()):
        assert secret not in printed


# Servers -------------------------------------------------------------------------------------------------------------


@pytest.mark.postgres
def test_a_server_reads_one_moment_in_its_schema(postgres_url: str) -> None:
    from mtss_desktop.store import migrate

    place = parse(postgres_url)
    migrate.make_database(place, None)
    opened = open_engines(place)
    try:
        with opened.reader.connect() as connection:
            assert connection.execute(sa.text("SHOW search_path")).scalar() == "mtss"
            assert connection.execute(sa.text("SHOW timezone")).scalar() == "UTC"
            before = connection.execute(sa.text("SELECT count(*) FROM about")).scalar()
            put(opened, "a")
            assert connection.execute(sa.text("SELECT count(*) FROM about")).scalar() == before
        with (
            pytest.raises(StorageError, match="accepts no changes"),
            faults.mapped_errors(place),
            opened.reader.begin() as connection,
        ):
            connection.execute(sa.text("DELETE FROM about"))
        assert got(opened) == {"a": CANARY}
    finally:
        opened.close()


@pytest.mark.postgres
def test_an_unknown_database_on_a_server_is_told_without_a_password(postgres_url: str) -> None:
    base = postgres_url.rpartition("/")[0].replace("postgres@", "postgres:s3cret@")
    with pytest.raises(StorageError) as caught:
        open_engines(parse(f"{base}/nothing_here"))
    assert "no database of the name" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_not_there_is_told() -> None:
    if "psycopg" not in sys.modules:
        pytest.importorskip("psycopg")
    with pytest.raises(StorageError, match="cannot be reached"):
        open_engines(parse("postgresql://maria:s3cret@127.0.0.1:1/ashby"))
