"""What is killed: ``python -m tests.faults.children FLOW FILE [NUMBER]`` works until it is ended or done.

``READY`` is printed when work begins, ``DONE n`` once the n-th piece is promised to be kept, ``ERR …`` for a plain
sentence, ``CLOSED`` at the end.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from mtss_desktop.base.errors import StorageError
from mtss_desktop.base.progress import silent
from mtss_desktop.store import backup, keys, migrate, typing
from mtss_desktop.store.engine import Engines, open_engines
from mtss_desktop.store.faults import mapped_errors
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import at
from tests.store.files import KEY

OTHER = Key(hashlib.sha256(b"another passphrase").digest(), KEY.salt)
ROWS = int(os.environ.get("FAULT_ROWS", "4000"))
PIECES = int(os.environ.get("FAULT_PIECES", "100000"))


def say(text: str) -> None:
    """In one write, so that a kill never leaves half a line."""
    os.write(1, f"{text}\n".encode())


def absences(number: int, rows: int) -> list[tuple[int, ...]]:
    return [(number * 1_000_000 + line, line, 1, 2025, 738000 + line % 180, 100, number, line) for line in range(rows)]


def put_batch(engines: Engines, number: int, rows: int) -> None:
    """One import: its rows and the line that tells how many, all in one transaction."""
    with mapped_errors(engines.location, engines.key), engines.writer.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.executemany(
            "INSERT INTO absence (number, student, school, year, day, hundredths, import_key, line, live) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
            absences(number, rows),
        )
        connection.execute(sa.text("INSERT INTO about VALUES (:n, :v)"), {"n": f"batch {number}", "v": str(rows)})


def run_import(path: Path, first: int) -> None:
    engines = open_engines(at(path), KEY)
    say("READY")
    for number in range(first, first + PIECES):
        try:
            put_batch(engines, number, ROWS)
            say(f"DONE {number}")
        except StorageError as error:
            say(f"ERR {error}")
    engines.close()
    say("CLOSED")


def run_typing(path: Path, first: int) -> None:
    with typing.TypingFile(at(path), KEY) as file:
        say("READY")
        for number in range(first, first + PIECES):
            try:
                file.keep(f"field {number % 3}", f"{number} " + "typed " * (number % 200))
                say(f"DONE {number}")
                if number % 50 == 49:
                    file.forget("field 0")
            except StorageError as error:
                say(f"ERR {error}")
    say("CLOSED")


def run_backup(path: Path, first: int) -> None:
    say("READY")
    for number in range(first, first + PIECES):
        made = backup.back_up(at(path), KEY)
        say(f"DONE {number} {made.path}")


def run_restore(path: Path, first: int) -> None:
    """Back and forth between two backups; what is replaced is cleared away so that the disk does not fill."""
    copies = [copy.path for copy in backup.backups_of(at(path)) if copy.reason != backup.REPLACED]
    say("READY")
    for number in range(first, first + PIECES):
        replaced = backup.restore(copies[number % len(copies)], at(path), KEY, KEY)
        say(f"DONE {number}")
        if replaced is not None:
            replaced.unlink()


def run_migrate(path: Path, first: int) -> None:
    say("READY")
    migrate.upgrade(at(path), KEY, silent(), Path(os.environ["FAULT_SCRIPTS"]), first)
    say("DONE 2")


def run_passphrase(path: Path, _first: int) -> None:
    """From one key to the other and back; Argon2 would only slow the kills down."""
    backup.keys.new_key = lambda _passphrase, _salt: turn[1]  # type: ignore[assignment]
    turn = [KEY, OTHER] if KEY.fits(path) else [OTHER, KEY]
    say("READY")
    for number in range(PIECES):
        try:
            backup.change_passphrase(at(path), turn[0], "not used")
        except StorageError as error:
            say(f"ERR {error}")
        else:
            turn.reverse()
            say(f"DONE {number}")
    say("CLOSED")


def score_file(folder: Path, number: int, rows: int = 1500) -> Path:
    """One file of scores of a measure of its own: every row is new."""
    file = folder / f"scores {number}.csv"
    lines = [f"{student:07d},Benchmark {number},2024-09-1{student % 9},{300 + student % 99}" for student in range(rows)]
    file.write_text("\n".join(["StudentID,AssessmentName,TestDate,Score", *lines]) + "\n", encoding="utf-8")
    return file


def run_apply(path: Path, first: int) -> None:
    """Files through the real importer, each applied, every third taken back."""
    from mtss_desktop.app import opening
    from mtss_desktop.domain.files import Mode
    from mtss_desktop.usecases import import_plans, imports

    key = Key(bytes.fromhex(os.environ["FAULT_KEY"]), path.read_bytes()[: keys.SALT])
    with opening.open_workspace(path, key=key, careful=False).workspace as workspace:
        say("READY")
        for number in range(first, first + PIECES):
            prepared = import_plans.prepare(str(score_file(path.parent, number)), today=date(2026, 2, 12))
            plan = workspace.ask(imports.plan, prepared=prepared, mode=Mode.PSEUDONYMS)
            result = workspace.do(imports.apply, plan).value
            say(f"DONE {number}")
            if number % 3 == 0:
                workspace.do(imports.take_back, result.import_id)
                say(f"BACK {number}")


def minutes_line(number: int) -> str:
    """What is said in the n-th of 400 lines; every tenth becomes an action, every 25th a decision."""
    if number % 10 == 0:
        return f"@Lee brings the list of hall {number} !+2w"
    return f"{'D: ' if number % 25 == 5 else ''}Line {number}: the team looks at hallway {number % 7} of the east wing"


def run_meeting(path: Path, first: int) -> None:
    """Four hours of minutes as the window writes them: half a line is typed and kept, then it is entered whole.

    In the middle of the line ``FAULT_THINKS`` somebody thinks, for as long as it takes.
    """
    from datetime import time as clock
    from time import sleep

    from mtss_desktop.app import opening
    from mtss_desktop.domain.meetings import MeetingId
    from mtss_desktop.usecases import minutes

    key = Key(bytes.fromhex(os.environ["FAULT_KEY"]), path.read_bytes()[: keys.SALT])
    meeting = MeetingId(os.environ["FAULT_MEETING"])
    with opening.open_workspace(path, key=key, careful=False).workspace as workspace:
        say("READY")
        for number in range(first, 401):
            text = minutes_line(number)
            workspace.typing.keep(f"minutes:{meeting}:entry", text[: len(text) // 2])
            say(f"TYPED {number}")
            if os.environ.get("FAULT_THINKS") == str(number):
                sleep(60)
            at = clock(13 + number * 36 // 3600, number * 36 // 60 % 60)
            workspace.do(minutes.write_line, meeting, text=text, at=at)
            say(f"DONE {number}")
            workspace.typing.forget(f"minutes:{meeting}:entry")
    say("CLOSED")


FLOWS: dict[str, Callable[[Path, int], None]] = {
    "import": run_import,
    "apply": run_apply,
    "meeting": run_meeting,
    "typing": run_typing,
    "backup": run_backup,
    "restore": run_restore,
    "migrate": run_migrate,
    "passphrase": run_passphrase,
}

if __name__ == "__main__":
    FLOWS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
