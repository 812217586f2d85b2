"""One writer for a file, and who it is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mtss_desktop.base.errors import StorageError
from mtss_desktop.store import lock
from mtss_desktop.store.location import Location, at, parse
from tests.helpers.fresh_python import ROOT

HOLD = """
import sys, time
from mtss_desktop.store import lock
from mtss_desktop.store.location import at
held = lock.take(at(sys.argv[1]), "mtss import")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path) -> Location:
    return at(tmp_path / "ashby.mtss")


def hold_elsewhere(place: Location) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place.file)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_the_second_is_told_who_is_first(place: Location) -> None:
    with lock.take(place, "MTSS Desktop") as held:
        with pytest.raises(lock.FileInUse) as caught:
            lock.take(place, "mtss import")
        assert caught.value.holder == held.holder
        assert f"{held.holder.user} on {held.holder.host} (MTSS Desktop, since " in caught.value.message
        assert lock.holder_of(place) == held.holder
    assert lock.holder_of(place) is None
    assert not place.lock_path.exists()


def test_a_lock_ends_with_its_process_at_once(place: Location) -> None:
    child = hold_elsewhere(place)
    try:
        found = lock.holder_of(place)
        assert found is not None
        assert (found.pid, found.app) == (child.pid, "mtss import")
        with pytest.raises(lock.FileInUse):
            lock.take(place)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert child.stdout is not None
        child.stdout.close()
    begun = time.monotonic()
    with lock.take(place):
        assert time.monotonic() - begun < 0.5


def test_waiting_for_the_first_to_finish(place: Location) -> None:
    held = lock.take(place)
    told: list[object] = []
    timer = threading.Timer(0.3, held.release)
    timer.start()
    with lock.take(place, wait=5, waiting=told.append):
        assert told == [held.holder]
    timer.join()


def test_waiting_ends(place: Location) -> None:
    with lock.take(place):
        begun = time.monotonic()
        with pytest.raises(lock.FileInUse):
            lock.take(place, wait=0.3)
        assert 0.3 <= time.monotonic() - begun < 2


def leave_foreign_lock(place: Location, minutes: int) -> None:
    then = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
    holder = {"user": "jo", "host": "LAPTOP-7", "pid": 4, "app": "MTSS Desktop", "since": then, "heartbeat": then}
    place.lock_path.write_text(json.dumps(holder))


def test_another_computers_lock_is_shown_with_its_age_and_taken_over_only_when_asked(place: Location) -> None:
    leave_foreign_lock(place, 95)
    with pytest.raises(lock.FileInUse) as caught:
        lock.take(place)
    assert "jo on LAPTOP-7" in str(caught.value)
    assert "95 minutes ago" in str(caught.value)
    assert caught.value.may_take_over
    with lock.take(place, take_over=True) as held:
        assert lock.holder_of(place) == held.holder


def test_a_lock_of_ours_that_a_crash_left_is_taken(place: Location) -> None:
    with lock.take(place):
        left = place.lock_path.read_bytes()
    place.lock_path.write_bytes(left)
    assert lock.holder_of(place) is None
    with lock.take(place):
        assert lock.holder_of(place) is not None


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"\xff" * 40, b'{"user": 1}'])
def test_an_unreadable_lock_file_stops_nobody(place: Location, content: bytes) -> None:
    place.lock_path.write_bytes(content)
    with lock.take(place):
        assert lock.holder_of(place) is not None


def test_only_one_of_many_gets_it(place: Location) -> None:
    got: list[lock.FileLock] = []
    refused: list[lock.FileInUse] = []

    def try_it() -> None:
        try:
            got.append(lock.take(place))
        except lock.FileInUse as error:
            refused.append(error)

    threads = [threading.Thread(target=try_it) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(got), len(refused)) == (1, 11)
    got[0].release()
    got[0].release()


def test_the_holder_is_heard_of_again_and_again(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "HEARTBEAT", 0.02)
    with lock.take(place) as held:
        time.sleep(0.2)
        found = lock.holder_of(place)
        assert found is not None
        assert found.since == held.holder.since
        assert found.heartbeat > held.holder.heartbeat


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no folder"):
        lock.take(at(tmp_path / "none" / "a.mtss"))


def test_a_server_needs_no_lock(tmp_path: Path) -> None:
    server = parse("postgresql://localhost/ashby")
    with lock.take(server), lock.take(server):
        assert lock.holder_of(server) is None
