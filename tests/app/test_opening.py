"""How a database is made and opened, and one clear sentence for everything that stands in the way."""

from __future__ import annotations

import errno
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mtss_desktop.app import opening, safekeeping
from mtss_desktop.app.opening import FileInUse, FirstFacts
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.base.errors import DamagedFile, StorageError, UserError, WrongKey
from mtss_desktop.store import engine
from mtss_desktop.usecases import places
from mtss_desktop.usecases.places import NewSchool

SECRET = "piney ridge cedar fork holcomb"
FACTS = FirstFacts("Ashby County", 2025, (NewSchool("Holcomb Middle School", "6–8"),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An encrypted database with a division, closed."""
    path = tmp_path / "ashby.mtss"
    opening.create(path, passphrase=SECRET, first=FACTS).workspace.close()
    return path


def names(workspace: Workspace) -> list[str]:
    return [place.name for place in workspace.ask(places.places)]


# Making -------------------------------------------------------------------------------------------------------------------------


def test_a_new_database_is_one_encrypted_file(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == ["ashby.mtss"]
    assert b"Ashby" not in file.read_bytes()
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        assert workspace.encrypted
        assert names(workspace) == ["Ashby County", "Holcomb Middle School"]


def test_a_plain_file_needs_no_passphrase(tmp_path: Path) -> None:
    with opening.create(tmp_path / "a.mtss", passphrase=None).workspace as workspace:
        assert not workspace.encrypted
        assert safekeeping.recovery_groups(workspace) == ()
    assert not opening.needs_passphrase(opening.at(tmp_path / "a.mtss"))


@pytest.mark.parametrize(
    ("secret", "facts", "sentence"),
    [("short", FACTS, "more: three or four words"), (SECRET, FirstFacts("  "), "Give the division a name")],
)
def test_what_will_not_do_leaves_no_file(tmp_path: Path, secret: str, facts: FirstFacts, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        opening.create(tmp_path / "a.mtss", passphrase=secret, first=facts)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_made_over_something_that_is_there(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(StorageError, match="already there"):
        opening.create(file, passphrase=SECRET)
    assert file.read_bytes() == before


# What stands in the way -----------------------------------------------------------------------------------------------------------


def refused(path: Path, kind: type[Exception], sentence: str, **more: object) -> None:
    """Refused with that sentence; the file is as it was and not locked."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind, match=sentence):
        opening.open_workspace(path, **{"passphrase": SECRET, **more})  # type: ignore[arg-type]
    assert (path.read_bytes() if path.is_file() else None) == before
    assert opening.holder(opening.at(path)) is None


def test_a_wrong_passphrase_is_told_apart_from_damage(file: Path) -> None:
    refused(file, WrongKey, "passphrase does not open", passphrase="another few words entirely")
    refused(file, WrongKey, "is encrypted", passphrase=None)
    content = bytearray(file.read_bytes())
    content[engine.keys.PAGE * 5 + 100] ^= 0xFF
    file.write_bytes(content)
    refused(file, DamagedFile, "is damaged")


def test_damage_names_the_newest_good_backup(file: Path) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        safekeeping.back_up(workspace)
    content = bytearray(file.read_bytes())
    content[engine.keys.PAGE * 5 + 100] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(DamagedFile, match=r"Restore the newest good backup, of \d+/\d+/\d{4}"):
        opening.open_workspace(file, passphrase=SECRET)


def test_no_database(tmp_path: Path) -> None:
    refused(tmp_path / "none.mtss", StorageError, "There is no database “none.mtss”")
    (tmp_path / "empty.mtss").touch()
    refused(tmp_path / "empty.mtss", DamagedFile, "is empty")
    (tmp_path / "text.mtss").write_text("Dear team, " * 1000)
    refused(tmp_path / "text.mtss", DamagedFile, "not a database of this program")
    refused(tmp_path, StorageError, "is a folder")


def test_a_newer_schema_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.mtss"
    opening.create(path, passphrase=None).workspace.close()
    connection = engine.raw_connection(path, None)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    refused(path, StorageError, "newer version of this program")


def test_a_second_window_is_told_who_holds_the_file(file: Path) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as first:
        with pytest.raises(FileInUse, match=r"is open by .+ on .+ \(MTSS Desktop, since"):
            opening.open_workspace(file, passphrase=SECRET)
        with opening.open_workspace(file, passphrase=SECRET, read_only=True).workspace as second:
            first.do(places.add_year, start=2026)
            assert [year.start for year in second.ask(places.years)] == [2026, 2025]
            with pytest.raises(StorageError, match="reading only"):
                second.do(places.add_year, start=2027)
            with pytest.raises(UserError, match="reading only"):
                _ = second.typing
    with opening.open_workspace(file, passphrase=SECRET).workspace as again:
        assert again.can_write


def test_what_keeps_a_file_from_being_sealed_does_not_keep_its_lock(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opening.open_workspace(file, passphrase=SECRET)
    monkeypatch.setattr(opened.workspace.database, "seal", busy)
    with pytest.raises(StorageError, match="busy"):
        opened.workspace.close()
    assert not opened.workspace.location.lock_path.exists()
    opening.open_workspace(file, passphrase=SECRET).workspace.close()


def busy() -> None:
    raise StorageError("The database is busy.")


def test_a_read_only_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, flags: int, mode: int = 0o777, **more: object) -> int:
        if str(path).endswith("-lock"):
            raise OSError(errno.EROFS, "read-only file system", str(path))
        return real(path, flags, mode, **more)  # type: ignore[arg-type]

    real = os.open
    monkeypatch.setattr(os, "open", refuse)
    refused(file, StorageError, "Nothing can be written in the folder")


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, flags: int, mode: int = 0o777, **more: object) -> int:
        if str(path).endswith(".part"):
            raise OSError(errno.ENOSPC, "no space left on device", str(path))
        return real(path, flags, mode, **more)  # type: ignore[arg-type]

    real = os.open
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorageError, match="is full"):
        opening.create(tmp_path / "a.mtss", passphrase=None)
    assert list(tmp_path.iterdir()) == []


# What is said ---------------------------------------------------------------------------------------------------------------------


def test_a_synced_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Ashby"
    folder.mkdir()
    opened = opening.create(folder / "a.mtss", passphrase=None)
    opened.workspace.close()
    assert [notice.value("service") for notice in opened.notices] == ["OneDrive"]


def test_text_that_waits_is_said(file: Path) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        workspace.typing.keep("meetings:1:line", "Two adults at")
    opened = opening.open_workspace(file, passphrase=SECRET)
    with opened.workspace as workspace:
        assert [workspace.words().say(notice) for notice in opened.notices] == [
            "1 text was being typed when the program stopped; it is kept."
        ]
        assert [typed.text for typed in workspace.typing.pending()] == ["Two adults at"]
        workspace.typing.forget("meetings:1:line")


# The day's copy ---------------------------------------------------------------------------------------------------------------------


class Clock:
    """Goes on by a minute whenever it is read: the names of backups count seconds."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC).replace(hour=9) + timedelta(days=1)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


def test_a_backup_each_day_with_changes(file: Path) -> None:
    clock = Clock()
    location = opening.at(file)

    def day(change: int = 0) -> list[str]:
        with opening.open_workspace(file, passphrase=SECRET, now=clock).workspace as workspace:
            if change:
                workspace.do(places.add_year, start=change)
        return [backup.reason for backup in safekeeping.backups_of(location)]

    first = day(2026)
    assert first[0] == "closing"
    assert day(2027) == first, "once a day"
    clock.moment += timedelta(days=1)
    assert day() == ["opening", *first], "yesterday's late work is kept before today begins"
    assert day(2028) == ["closing", "opening", *first]
    clock.moment += timedelta(days=1)
    assert day() == ["closing", "opening", *first], "nothing changed, so nothing is copied"


def test_a_backup_that_fails_stops_nobody(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        workspace.do(places.add_year, start=2026)

    def fail(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(safekeeping.backup, "back_up", fail)
    opened = opening.open_workspace(file, passphrase=SECRET, now=Clock())
    with opened.workspace as workspace:
        assert [workspace.words().say(each) for each in opened.notices] == [
            "Today's backup could not be made: The disk is full."
        ]


# Back again -------------------------------------------------------------------------------------------------------------------------


def test_the_recovery_sheet_opens_the_file(file: Path) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        groups = safekeeping.recovery_groups(workspace)
    assert len(groups) == 14
    with opening.open_workspace(file, recovery="-".join(groups).lower()).workspace as workspace:
        assert names(workspace)[0] == "Ashby County"


def test_restoring_brings_the_old_state_and_says_so(file: Path) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        kept = safekeeping.back_up(workspace)
        workspace.do(places.add_year, start=2026)
    done = safekeeping.restore(opening.at(file), kept.path, passphrase=SECRET)
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        assert [year.start for year in workspace.ask(places.years)] == [2025]
        assert workspace.history(1)[0].label == "Restore backup"
        assert workspace.undo_label() == "", "history before a restore is read, not undone"
        assert safekeeping.check(workspace).is_well
    assert done.replaced is not None
    safekeeping.restore(opening.at(file), done.replaced, passphrase=SECRET)
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        assert [year.start for year in workspace.ask(places.years)] == [2026, 2025]


def test_restoring_needs_the_lock(file: Path) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        kept = safekeeping.back_up(workspace)
        with pytest.raises(FileInUse):
            safekeeping.restore(opening.at(file), kept.path, passphrase=SECRET)


def test_a_history_changed_from_outside_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.mtss"
    with opening.create(path, passphrase=None, first=FACTS).workspace as workspace:
        workspace.do(places.add_year, start=2026)
        workspace.do(places.add_year, start=2027)
    connection = engine.raw_connection(path, None)
    connection.execute("UPDATE step SET label='Nothing happened' WHERE seq=2")
    connection.close()
    with opening.open_workspace(path).workspace as workspace:
        found = safekeeping.check(workspace)
        assert [workspace.words().say(problem) for problem in found.problems] == [
            "The history was changed from outside at step 2."
        ]


@pytest.mark.postgres
def test_a_server_is_made_opened_and_read(postgres_url: str) -> None:
    location = opening.location_of(postgres_url)
    opened = opening.create(location, passphrase=None, first=FACTS)
    with opened.workspace as workspace:
        said = [workspace.words().say(each) for each in opened.notices]
        assert said == ["Text being typed is kept in memory only until it is saved: this computer has no keychain."]
        with opening.open_workspace(location, read_only=True).workspace as reader:
            workspace.do(places.add_year, start=2026)
            assert [year.start for year in reader.ask(places.years)] == [2026, 2025]
            with pytest.raises(StorageError, match="reading only"):
                reader.do(places.add_year, start=2027)
        assert safekeeping.check(workspace).is_well
        with pytest.raises(UserError, match="backed up by its administrator"):
            safekeeping.back_up(workspace)
    with pytest.raises(StorageError, match="already holds a database"):
        opening.create(location, passphrase=None, first=FACTS)


# A whole older file in its place ------------------------------------------------------------------------------------------------


def with_schools(file: Path, *names: str) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        for name in names:
            workspace.do(places.add_school, name=name)


def older(file: Path) -> str:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        found = workspace.older_than_seen()
        return "" if found is None else workspace.words().say(found)


def test_an_older_file_put_back_is_noticed_until_it_is_accepted_or_the_newer_one_is_back(
    file: Path, tmp_path: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    shutil.copyfile(file, before)
    with_schools(file, "Ashby", "Ashby Schools")
    shutil.copyfile(file, after)
    assert older(file) == "", "the file that was open last is as it should be"
    shutil.copyfile(before, file)
    assert re.match(r"This is an older copy of the file: the last 2 changes .* are not in it\. Look for", older(file))
    assert older(file), "closing without an answer asks again"
    shutil.copyfile(after, file)
    assert older(file) == ""
    shutil.copyfile(before, file)
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        assert not safekeeping.check(workspace).is_well
        workspace.accept_as_it_is()
        assert safekeeping.check(workspace).is_well
    assert older(file) == ""


def test_a_copy_that_went_its_own_way_is_noticed(file: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copyfile(file, before)
    with_schools(file, "Ashby")
    paths.seen_file().rename(aside := tmp_path / "seen.json")
    shutil.copyfile(before, file)
    with_schools(file, "Elsewhere", "Elsewhere County")
    aside.replace(paths.seen_file())
    assert older(file).startswith("This is another copy of the file: ")


def test_restoring_a_backup_is_meant(file: Path, tmp_path: Path) -> None:
    with opening.open_workspace(file, passphrase=SECRET).workspace as workspace:
        backup = safekeeping.back_up(workspace)
    with_schools(file, "Ashby")
    safekeeping.restore(opening.at(file), backup.path, passphrase=SECRET)
    assert older(file) == ""


def test_what_is_remembered_names_nobody_and_survives_nonsense(file: Path) -> None:
    with_schools(file, "Ashby")
    text = paths.seen_file().read_text(encoding="utf-8")
    assert "Ashby" not in text
    assert str(file.parent) not in text
    for nonsense in ("", "[]", "{", text.replace('"', "'"), text[:-20]):
        paths.seen_file().write_text(nonsense, encoding="utf-8")
        assert older(file) == ""
