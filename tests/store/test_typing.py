"""What is being typed: durable at once, gone when saved, in nobody's way."""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from mtss_desktop.base.errors import StorageError
from mtss_desktop.store import engine, keys, typing
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import Location, at, parse
from mtss_desktop.store.typing import TypingFile
from tests.store.files import CANARY, KEY, new_file


@pytest.fixture
def place(tmp_path: Path) -> Location:
    return at(new_file(tmp_path))


def texts(file: TypingFile) -> dict[str, str]:
    return {typed.key: typed.text for typed in file.pending()}


def on_disk(place: Location, tmp_path: Path) -> dict[str, str]:
    """What a power cut now would leave: the files as they are, read by someone else."""
    copy = tmp_path / "copy"
    copy.mkdir()
    try:
        for path in place.file.parent.glob("*-typing*"):
            shutil.copyfile(path, copy / path.name)
        with TypingFile(at(copy / place.file.name), KEY) as file:
            return texts(file)
    finally:
        shutil.rmtree(copy)


def test_the_latest_text_is_on_the_disk_when_keep_returns(place: Location, tmp_path: Path) -> None:
    with TypingFile(place, KEY) as file:
        for end in range(1, len(CANARY) + 1):
            file.keep("minutes_line/1/text", CANARY[:end])
        assert on_disk(place, tmp_path) == {"minutes_line/1/text": CANARY}


def test_what_was_typed_before_the_end_is_there_at_the_next_start(place: Location) -> None:
    with TypingFile(place, KEY) as file:
        file.keep("a", "one")
        file.keep("b", "two")
        file.keep("a", "one and a half")
    with TypingFile(place, KEY) as file:
        assert texts(file) == {"b": "two", "a": "one and a half"}
        assert [typed.key for typed in file.pending()] == ["b", "a"]
        file.forget("b")
        assert texts(file) == {"a": "one and a half"}


def test_the_file_is_gone_when_it_is_empty(place: Location) -> None:
    with TypingFile(place, KEY) as file:
        assert not place.typing_path.exists()
        file.keep("a", "text")
        assert place.typing_path.exists()
        file.forget("a")
    assert [path.name for path in place.file.parent.iterdir()] == ["ashby.mtss"]


def test_an_empty_file_does_not_stay_for_long(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing, "_LINGER", 0.05)
    with TypingFile(place, KEY) as file:
        file.keep_soon("a", "text")
        file.forget_soon("a")
        assert file.flush()
        until = time.monotonic() + 3
        while place.typing_path.exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert not place.typing_path.exists()
        file.keep_soon("a", "more")
        assert file.flush()
        assert texts(file) == {"a": "more"}


def test_names_are_not_readable_in_it(place: Location) -> None:
    with TypingFile(place, KEY) as file:
        file.keep("minutes_line/1", CANARY)
        for path in place.file.parent.glob("*-typing*"):
            assert CANARY.encode() not in path.read_bytes()
    with TypingFile(at(new_file(place.file.parent, "plain.mtss", None)), None) as file:
        file.keep("minutes_line/1", CANARY)
        assert any(CANARY.encode() in path.read_bytes() for path in place.file.parent.glob("plain*-typing*"))


def test_the_window_never_waits_and_the_text_is_soon_there(place: Location, tmp_path: Path) -> None:
    waits, delays = [], []
    with TypingFile(place, KEY) as file:
        for end in range(200):
            begun = time.perf_counter()
            file.keep_soon("a", "x" * end)
            waits.append(time.perf_counter() - begun)
            if end % 20 == 0:
                assert file.flush()
                delays.append(time.perf_counter() - begun)
        assert file.flush()
        assert on_disk(place, tmp_path) == {"a": "x" * 199}
    assert sorted(waits)[len(waits) // 2] < 0.004
    assert sorted(delays)[len(delays) // 2] < 0.1


def test_soon_and_at_once_keep_their_order(place: Location) -> None:
    with TypingFile(place, KEY) as file:
        for number in range(100):
            file.keep_soon("a", f"soon {number}")
            file.keep("a", f"at once {number}")
        file.flush()
        assert texts(file) == {"a": "at once 99"}
        file.keep_soon("a", "last")
        file.forget_soon("a")
        file.flush()
        assert texts(file) == {}


def test_many_threads_type_at_once(place: Location) -> None:
    with TypingFile(place, KEY) as file:

        def write(name: str) -> None:
            for number in range(40):
                file.keep_soon(name, f"{name} {number}")

        threads = [threading.Thread(target=write, args=(f"field {n}",)) for n in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert file.flush()
        assert texts(file) == {f"field {n}": f"field {n} 39" for n in range(5)}


def test_neither_an_import_nor_a_backup_holds_typing_up(place: Location) -> None:
    with closing(engine.raw_connection(place.file, KEY)) as busy, TypingFile(place, KEY) as file:
        busy.execute("BEGIN EXCLUSIVE")
        begun = time.perf_counter()
        file.keep("a", "text")
        assert time.perf_counter() - begun < 1
        busy.execute("ROLLBACK")


def test_trouble_is_told_once_and_nothing_is_lost(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[StorageError | None] = []
    monkeypatch.setattr(typing, "_PAUSE", 0.01)
    with TypingFile(place, KEY, told.append) as file:
        file.keep("a", "before")
        real, failing = typing._Page.put, True

        def put(page: object, *arguments: object) -> None:
            if failing:
                raise OSError(28, "No space left on device")
            real(page, *arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(typing._Page, "put", put)
        file.keep_soon("a", "after")
        file.keep_soon("b", "new")
        assert not file.flush(0.2)
        assert [error is None for error in told] == [False]
        assert "is full" in str(told[0])
        assert texts(file) == {"a": "after", "b": "new"}
        with pytest.raises(StorageError, match="is full"):
            file.keep("c", "x")
        failing = False
        assert file.flush()
        assert texts(file) == {"a": "after", "b": "new"}
    assert [error is None for error in told] == [False, True]


def test_a_file_under_another_key_is_kept_aside_and_stops_nobody(place: Location) -> None:
    with TypingFile(place, Key(b"o" * 32, KEY.salt)) as file:
        file.keep("a", "under the old key")
    with TypingFile(place, KEY) as file:
        assert file.trouble is not None
        assert texts(file) == {}
        file.keep("a", "new")
        assert texts(file) == {"a": "new"}
    assert len(list(place.file.parent.glob("*-typing-unreadable-*"))) == 1


def test_a_damaged_file_stops_nobody(place: Location) -> None:
    place.typing_path.write_bytes(b"damaged" * 1000)
    with TypingFile(place, KEY) as file:
        assert file.trouble is not None
        file.keep("a", "new")
        assert texts(file) == {"a": "new"}


def test_whether_something_waits(place: Location) -> None:
    assert not typing.waiting_on_disk(place, KEY)
    with TypingFile(place, KEY) as file:
        file.keep("a", "text")
    assert typing.waiting_on_disk(place, KEY)
    with TypingFile(place, KEY) as file:
        file.forget("a")
    assert not typing.waiting_on_disk(place, KEY)


SERVER = "postgresql://maria@db.example.org/ashby"


def test_a_servers_typing_is_in_memory_without_a_keychain(own_folders: Path) -> None:
    with TypingFile(parse(SERVER)) as file:
        assert file.volatile
        file.keep_soon("a", CANARY)
        file.keep("b", CANARY)
        assert file.flush()
        assert texts(file) == {"a": CANARY, "b": CANARY}
        file.forget("a")
        assert texts(file) == {"b": CANARY}
    assert not [path for path in own_folders.rglob("*") if path.is_file()]


def test_a_servers_typing_is_in_the_data_folder_with_a_keychain(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain: dict[str, bytes] = {}
    monkeypatch.setattr(keys, "keychain_has_room", lambda: True)
    monkeypatch.setattr(keys, "remember", lambda name, secret: chain.update({name: secret}) or True)
    monkeypatch.setattr(keys, "remembered", chain.get)
    with TypingFile(parse(SERVER)) as file:
        assert not file.volatile
        file.keep("a", CANARY)
    found = [path for path in own_folders.rglob("*-typing") if path.is_file()]
    assert len(found) == 1
    assert CANARY.encode() not in found[0].read_bytes()
    with TypingFile(parse(SERVER)) as file:
        assert texts(file) == {"a": CANARY}
