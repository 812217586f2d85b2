"""Copies proven good, how long they stay, and the way back."""

from __future__ import annotations

import os
import random
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from mtss_desktop.base import paths
from mtss_desktop.base.errors import Cancelled, DamagedFile, StorageError, UserError, WrongKey
from mtss_desktop.base.progress import Progress
from mtss_desktop.store import backup, keys, migrate
from mtss_desktop.store.check import check
from mtss_desktop.store.engine import open_engines
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import Location, at
from mtss_desktop.store.typing import TypingFile
from tests.store.files import CANARY, KEY, PASSPHRASE, got, new_file, put

NOW = datetime(2026, 2, 12, 19, 45, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Location:
    return at(new_file(tmp_path))


def change(place: Location, name: str, key: Key = KEY) -> None:
    opened = open_engines(place, key)
    put(opened, name)
    opened.close()


def content(place: Location, key: Key | None = KEY) -> set[str]:
    opened = open_engines(place, key)
    try:
        assert check(opened).is_well
        return set(got(opened))
    finally:
        opened.close()


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "plain"])
def test_a_backup_of_an_open_database_holds_what_was_saved(tmp_path: Path, key: Key | None) -> None:
    place = at(new_file(tmp_path, "b.mtss", key))
    opened = open_engines(place, key)
    put(opened, "a")
    made = backup.back_up(place, key, now=NOW)
    put(opened, "later")
    opened.close()
    assert content(at(made.path), key) == {"a"}
    assert made.path.parent.parent == paths.backup_folder()
    assert made.path.name == "000001-20260212T194500Z-daily.mtss"
    assert (CANARY.encode() in made.path.read_bytes()) == (key is None)
    if os.name == "posix":
        assert made.path.stat().st_mode & 0o777 == 0o600
        assert made.path.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in made.path.parent.iterdir()) == [made.path.name, "where.json"]


def test_a_backup_while_someone_writes_all_the_time(place: Location) -> None:
    opened = open_engines(place, KEY)
    over = threading.Event()

    def write() -> None:
        number = 0
        while not over.is_set():
            put(opened, f"line {number}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            made = backup.back_up(place, KEY, now=NOW)
            lines = content(at(made.path))
            assert lines == {f"line {n}" for n in range(len(lines))}
    finally:
        over.set()
        writer.join()
        opened.close()


def test_a_copy_that_is_not_whole_gets_no_name(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    change(place, "a")
    real = backup._copy_pages

    def spoil(source: object, part: Path, key: Key | None) -> None:
        real(source, part, key)
        whole = bytearray(part.read_bytes())
        whole[len(whole) // 2] ^= 1
        part.write_bytes(whole)

    monkeypatch.setattr(backup, "_copy_pages", spoil)
    with pytest.raises(DamagedFile):
        backup.back_up(place, KEY)
    assert not list(paths.backup_folder().glob("*/*.mtss*"))


def test_a_copy_that_lacks_rows_gets_no_name(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_copy_pages", lambda _source, part, _key: new_file(part.parent, part.name))
    change(place, "a")
    with pytest.raises(DamagedFile, match="does not hold all"):
        backup.back_up(place, KEY)
    assert not list(paths.backup_folder().glob("*/*.mtss*"))


def test_a_full_disk_leaves_no_empty_backup(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: object, part: Path, _key: object) -> None:
        part.write_bytes(b"")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_copy_pages", full)
    with pytest.raises(StorageError, match="is full"):
        backup.back_up(place, KEY)
    assert not list(paths.backup_folder().glob("*/*.mtss*"))


@pytest.mark.parametrize(("said", "sentence"), [("database or disk is full", "is full"), ("disk I/O error", "refused")])
def test_what_the_driver_says_of_a_copy_without_a_number_is_a_plain_sentence(
    place: Location, monkeypatch: pytest.MonkeyPatch, said: str, sentence: str
) -> None:
    """Its errors of copying carry no number, in a backup and under a new passphrase alike."""

    def fail(*_: object) -> None:
        raise dbapi2.OperationalError(said)

    before = place.file.read_bytes()
    monkeypatch.setattr(backup, "_copy_pages", fail)
    with pytest.raises(StorageError, match=sentence):
        backup.back_up(place, KEY)
    monkeypatch.setattr(backup, "back_up", lambda *_, **__: None)
    with pytest.raises(StorageError, match=sentence):
        backup.change_passphrase(place, KEY, "river copper window sings")
    assert place.file.read_bytes() == before


def test_a_stopped_backup_leaves_nothing(place: Location) -> None:
    steps: list[str] = []

    def stop_at_the_check(state: object) -> None:
        steps.append(state.what)  # type: ignore[attr-defined]
        if state.what == "Copying":  # type: ignore[attr-defined]
            progress.cancel()

    progress = Progress(stop_at_the_check)
    with pytest.raises(Cancelled):
        backup.back_up(place, KEY, progress=progress)
    assert steps == ["Counting", "Copying"]
    assert not list(paths.backup_folder().glob("*/*.mtss*"))


def test_what_a_killed_backup_left_is_cleared_away(place: Location) -> None:
    folder = backup.back_up(place, KEY).path.parent
    old, young = folder / "000007-x.mtss.part", folder / "000008-y.mtss.part"
    for part in (old, young):
        part.write_bytes(b"half")
    long_ago = datetime.now(UTC).timestamp() - 7200
    os.utime(old, (long_ago, long_ago))
    backup.back_up(place, KEY)
    assert not old.exists()
    assert young.exists()


def test_a_damaged_database_is_not_backed_up(place: Location) -> None:
    good = place.file.read_bytes()
    place.file.write_bytes(good[: len(good) // 2])
    with pytest.raises(DamagedFile):
        backup.back_up(place, KEY)
    assert not list(paths.backup_folder().glob("*/*.mtss*"))


def test_a_backup_to_a_folder_of_ones_own(place: Location, tmp_path: Path) -> None:
    made = backup.back_up(place, KEY, to=tmp_path / "stick.mtss")
    assert content(at(made.path)) == set()
    with pytest.raises(StorageError, match="already there"):
        backup.back_up(place, KEY, to=tmp_path / "stick.mtss")
    with pytest.raises(StorageError, match="There is no folder"):
        backup.back_up(place, KEY, to=tmp_path / "no" / "stick.mtss")
    folder = tmp_path / "drive"
    folder.mkdir()
    assert backup.back_up(place, KEY, to=folder, reason="by-hand").path.parent == folder


# Finding -------------------------------------------------------------------------------------------------------------


def test_a_damaged_or_moved_file_finds_its_backups(place: Location, tmp_path: Path) -> None:
    change(place, "a")
    made = backup.back_up(place, KEY, now=NOW)
    assert backup.backups_of(place) == (made.__class__(made.path, 1, NOW, "daily", made.size),)
    moved = at(place.file.rename(tmp_path / "moved.mtss"))
    assert [found.path for found in backup.backups_of(moved)] == [made.path]
    assert [found.path for found in backup.backups_of(place)] == [made.path]
    place.file.write_bytes(b"")
    assert backup.newest_good(place, KEY) is not None
    (tmp_path / "other").mkdir()
    assert backup.backups_of(at(tmp_path / "other" / "none.mtss")) == ()


def test_a_lost_beginning_is_not_taken_for_a_wrong_passphrase(tmp_path: Path) -> None:
    place = at(tmp_path / "a.mtss")
    key = keys.new_key(PASSPHRASE)
    migrate.make_database(place, key)
    backup.back_up(place, key)
    good = place.file.read_bytes()
    place.file.write_bytes(random.Random(1).randbytes(4096) + good[4096:])
    with pytest.raises(DamagedFile, match="is right, but the beginning"):
        keys.unlock(place.file, PASSPHRASE)
    with pytest.raises(DamagedFile, match="is right, but the beginning"):
        keys.key_from_recovery(place.file, " ".join(keys.recovery_text(key)))
    with pytest.raises(WrongKey):
        keys.unlock(place.file, PASSPHRASE + "!")
    found = backup.newest_good(place, key)
    assert found is not None
    backup.restore(found.path, place, key)
    assert keys.unlock(place.file, PASSPHRASE) == key


def test_the_newest_good_backup_is_the_newest_that_is_whole(place: Location) -> None:
    for name in ("a", "b", "c"):
        change(place, name)
        backup.back_up(place, KEY, now=NOW)
    newest = backup.backups_of(place)[0].path
    newest.write_bytes(newest.read_bytes()[:-4096])
    found = backup.newest_good(place, KEY)
    assert found is not None
    assert found.number == 2
    assert content(at(found.path)) == {"a", "b"}
    assert backup.newest_good(place, Key(b"x" * 32, KEY.salt)) is None


# Keeping -------------------------------------------------------------------------------------------------------------


def test_a_year_of_daily_backups_thins_out() -> None:
    made = [NOW - timedelta(days=age, hours=hour) for age in range(400) for hour in (0, 3)]
    stay = backup.kept(made, NOW)
    ages = sorted((NOW - when).days for when in stay)
    assert len([age for age in ages if age < 2]) == 4
    assert len(stay) == 4 + backup.DAYS + backup.WEEKS + backup.MONTHS
    assert max(ages) > 330
    assert max(stay) == max(made)


def test_thinning_every_day_keeps_the_same_reach_as_thinning_once() -> None:
    """Thinned daily over two years, no tier starves the next."""
    have: set[datetime] = set()
    for day in range(730):
        now = NOW + timedelta(days=day)
        have = set(backup.kept(have | {now}, now))
    ages = sorted((now - when).days for when in have)
    assert ages[:2] == [0, 1]
    assert 25 <= len(have) <= 2 + backup.DAYS + backup.WEEKS + backup.MONTHS + 2
    assert max(ages) > 300
    assert all(later - earlier <= 62 for earlier, later in pairwise(ages))


def test_clocks_that_jump_lose_nothing_that_is_new(place: Location) -> None:
    future = NOW + timedelta(days=400)
    for name, when in (("a", future), ("b", NOW), ("c", NOW + timedelta(minutes=1))):
        change(place, name)
        backup.back_up(place, KEY, now=when)
    assert [found.number for found in backup.backups_of(place)] == [3, 2, 1]
    newest = backup.newest_good(place, KEY)
    assert newest is not None
    assert content(at(newest.path)) == {"a", "b", "c"}
    assert backup.kept([future], NOW) == {future}


def test_daylight_saving_and_travel_do_not_move_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [datetime(2026, 3, 8, tzinfo=UTC) + timedelta(hours=hour) for hour in range(-240, 240, 7)]
    now = datetime(2026, 4, 1, tzinfo=UTC)
    here = backup.kept(made, now)
    west = backup.kept([when.astimezone() for when in made], now.astimezone())
    assert here == west


def test_the_newest_and_the_replaced_are_never_thinned(place: Location) -> None:
    chance = random.Random(1)
    folder = paths.make_private(paths.backup_folder() / "a")
    for number in range(1, 60):
        when = NOW - timedelta(days=900, minutes=chance.randrange(40 * 24 * 60))
        reason = "replaced" if number % 10 == 0 else "daily"
        (folder / f"{number:06}-{when:%Y%m%dT%H%M%SZ}-{reason}.mtss").write_bytes(b"x")
    backup.thin(folder, NOW)
    left = backup.in_folder(folder)
    assert left[0].number == 59
    assert len([found for found in left if found.reason == "replaced"]) == 5
    assert len(left) < 30


# Restoring -----------------------------------------------------------------------------------------------------------


def test_restoring_and_undoing_it(place: Location) -> None:
    change(place, "a")
    made = backup.back_up(place, KEY)
    change(place, "b")
    replaced = backup.restore(made.path, place, KEY, KEY)
    assert content(place) == {"a"}
    assert replaced is not None
    assert backup.restore(replaced, place, KEY, KEY) is not None
    assert content(place) == {"a", "b"}
    assert content(at(made.path)) == {"a"}
    assert [path.name for path in place.file.parent.iterdir()] == ["ashby.mtss"]


def test_a_damaged_file_is_replaced_and_kept(place: Location) -> None:
    change(place, "a")
    made = backup.back_up(place, KEY)
    place.file.write_bytes(b"damaged" * 999)
    wal = Path(f"{place.file}-wal")
    wal.write_bytes(b"a write-ahead file that must not meet the restored database")
    replaced = backup.restore(made.path, place, KEY)
    assert content(place) == {"a"}
    assert replaced is not None
    assert replaced.read_bytes() == b"damaged" * 999
    assert Path(f"{replaced}-wal").exists()


def test_restoring_where_nothing_is_left(place: Location) -> None:
    change(place, "a")
    made = backup.back_up(place, KEY)
    place.file.unlink()
    assert backup.restore(made.path, place, KEY) is None
    assert content(place) == {"a"}


def test_a_bad_backup_restores_nothing(place: Location, tmp_path: Path) -> None:
    change(place, "a")
    made = backup.back_up(place, KEY)
    change(place, "b")
    whole = bytearray(made.path.read_bytes())
    whole[len(whole) // 2] ^= 1
    made.path.write_bytes(whole)
    with pytest.raises(DamagedFile):
        backup.restore(made.path, place, KEY, KEY)
    with pytest.raises(WrongKey):
        backup.restore(made.path, place, Key(b"x" * 32, KEY.salt), KEY)
    with pytest.raises(StorageError):
        backup.restore(tmp_path / "none.mtss", place, KEY, KEY)
    assert content(place) == {"a", "b"}
    assert not list(place.file.parent.glob("*.part*"))


# Another passphrase ---------------------------------------------------------------------------------------------------


def test_another_passphrase(tmp_path: Path) -> None:
    old = keys.new_key(PASSPHRASE)
    place = at(new_file(tmp_path))
    place = Location(path=place.file)
    new = backup.change_passphrase(place, KEY, "river copper window sings")
    assert keys.unlock(place.file, "river copper window sings") == new
    with pytest.raises(WrongKey):
        keys.unlock(place.file, PASSPHRASE)
    with pytest.raises(WrongKey):
        open_engines(place, KEY)
    assert content(place, new) == {backup.PASSPHRASES_BEFORE}, "and the next recovery sheet says so"
    before = backup.backups_of(place)[0]
    assert before.reason == "before-passphrase"
    assert content(at(before.path), KEY) == set()
    assert keys.key_from_recovery(before.path, " ".join(keys.recovery_text(KEY))) == KEY
    with pytest.raises(WrongKey, match="passphrase was changed"):
        keys.key_from_recovery(place.file, " ".join(keys.recovery_text(KEY)))
    assert old.raw != new.raw


def test_a_poor_passphrase_changes_nothing(place: Location) -> None:
    before = place.file.read_bytes()
    with pytest.raises(UserError):
        backup.change_passphrase(place, KEY, "short")
    assert place.file.read_bytes() == before


def test_text_that_waits_is_saved_before_the_passphrase_changes(place: Location) -> None:
    with TypingFile(place, KEY) as file:
        file.keep("a", "text")
    with pytest.raises(UserError, match="not saved yet"):
        backup.change_passphrase(place, KEY, "river copper window sings")
    assert content(place) == set()


def test_a_file_that_is_open_elsewhere_keeps_its_passphrase(place: Location) -> None:
    opened = open_engines(place, KEY)
    put(opened, "a")
    with opened.reader.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM about")
        with pytest.raises(StorageError, match="open somewhere else"):
            backup.change_passphrase(place, KEY, "river copper window sings")
    opened.close()
    assert content(place) == {"a"}
