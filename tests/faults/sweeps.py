"""Kill, fail and cut power at many moments, and look each time whether the promise was kept.

The promise: a piece of work is whole or not there; what was acknowledged is there; the file checks clean; the next
start needs no mending by hand.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from mtss_desktop.base.errors import StorageError
from mtss_desktop.store import backup, migrate, migrations, typing
from mtss_desktop.store.check import check
from mtss_desktop.store.engine import Engines, open_engines, remove_file
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import at
from tests.faults.children import OTHER, ROWS, put_batch
from tests.helpers.fresh_python import ROOT
from tests.store.files import KEY, PASSPHRASE, new_file

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

def upgrade() -> None:
    for number in range(40):
        op.create_table(f"extra_{number}", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.Text()))
        op.bulk_insert(sa.table(f"extra_{number}", sa.column("text")), [{"text": "x" * 99} for _ in range(200)])
    op.add_column("organization", sa.Column("motto", sa.Text()))
"""


@dataclass
class Result:
    """``tried`` moments, what was broken, and what was seen on the way."""

    name: str
    tried: int = 0
    broken: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def line(self) -> str:
        seen = ", ".join(f"{count} {what}" for what, count in sorted(self.seen.items()))
        return f"{self.name:34} {self.tried:5} tried {len(self.broken):4} broken  {self.seconds:5.0f} s  {seen}"


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder of one's own, with the program's own folders inside it."""
    before = os.environ.get("MTSS_HOME")
    with tempfile.TemporaryDirectory(prefix="mtss-faults-") as folder:
        os.environ["MTSS_HOME"] = str(Path(folder) / "home")
        try:
            yield Path(folder)
        finally:
            os.environ.pop("MTSS_HOME")
            if before is not None:
                os.environ["MTSS_HOME"] = before


def child(
    flow: str, path: Path, first: int = 1, under: tuple[str, ...] = (), **environment: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*under, sys.executable, "-m", "tests.faults.children", flow, str(path), str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )


def kill_at_random(flow: str, path: Path, first: int, longest: float, chance: random.Random, **more: str) -> list[str]:
    """Starts a flow, kills it somewhere within ``longest`` seconds and returns what it had said."""
    process = child(flow, path, first, **more)
    assert process.stdout is not None
    head = process.stdout.readline().strip()
    if head != "READY":
        _, errors = process.communicate()
        raise AssertionError(f"{flow} did not begin: {errors[-800:]}")
    time.sleep(chance.uniform(0.0, longest))
    process.send_signal(signal.SIGKILL)
    out, _ = process.communicate()
    return out.splitlines()


def done(lines: list[str]) -> list[int]:
    return [int(line.split()[1]) for line in lines if line.startswith("DONE ")]


# What must hold -------------------------------------------------------------------------------------------------------


def look(path: Path, key: Key = KEY) -> tuple[list[str], set[int]]:
    """What is wrong with a file, and the numbers of the whole batches it holds."""
    try:
        engines = open_engines(at(path), key)
    except StorageError as error:
        return [f"does not open: {error}"], set()
    try:
        found = check(engines, thorough=True)
        if not found.is_well:
            return [f"does not check: {[problem.text for problem in found.problems]}"], set()
        return _batches(engines)
    finally:
        engines.close()


def _batches(engines: Engines) -> tuple[list[str], set[int]]:
    with engines.reader.connect() as connection:
        said = connection.execute(sa.text("SELECT name, value FROM about WHERE name LIKE 'batch %'")).all()
        there = connection.execute(
            sa.text("SELECT import_key, count(*), min(line), max(line) FROM absence GROUP BY import_key")
        ).all()
    rows = {number: (count, first, last) for number, count, first, last in there}
    promised = {int(name.split()[1]): int(value) for name, value in said}
    wrong = [f"batch {n} holds {rows.get(n)}" for n, count in promised.items() if rows.get(n) != (count, 0, count - 1)]
    wrong += [f"rows of batch {n} belong to nothing" for n in rows if n not in promised]
    return wrong, set(promised)


# Kills ------------------------------------------------------------------------------------------------------------------


def kill_import(times: int, seed: int = 11) -> Result:
    result, chance = Result("kill import"), random.Random(seed)
    with workshop() as folder:
        path, number, kept = new_file(folder), 1, set[int]()
        for _ in range(times):
            lines = kill_at_random("import", path, number, 0.5, chance)
            wrong, batches = look(path)
            lost = (kept | set(done(lines))) - batches
            note(result, wrong + [f"batch {n} was acknowledged and is lost" for n in lost])
            result.seen["batches acknowledged"] += len(done(lines))
            kept, number = batches, max(batches, default=0) + 1
            if len(batches) > 60:
                remove_file(path)
                path, number, kept = new_file(folder), 1, set()
    return result


def kill_apply(times: int, seed: int = 17) -> Result:
    """The whole program without a window: files read, planned, applied, counted and taken back."""
    from mtss_desktop.app import opening

    result, chance = Result("kill files being imported"), random.Random(seed)
    with workshop() as folder:
        path, number = folder / "ashby.mtss", 1
        with opening.create(
            path, passphrase=PASSPHRASE, first=opening.FirstFacts(division="Ashby")
        ).workspace as opened:
            key = opened.database.engines.key
        assert key is not None
        kept: dict[int, bool] = {}
        for _ in range(times):
            lines = kill_at_random("apply", path, number, 1.5, chance, FAULT_KEY=key.raw.hex())
            for line in lines:
                kept[int(line.split()[1])] = line.startswith("DONE")
            wrong, found = _imported(path, key)
            wrong += [f"file {n} is not as acknowledged" for n, live in kept.items() if not _as_told(found, n, live)]
            note(result, wrong)
            result.seen["acts acknowledged"] += len(lines)
            kept, number = found, max(found, default=0) + 1
    return result


def _as_told(found: dict[int, bool], number: int, live: bool) -> bool:
    """Taken back before its acknowledgement arrived is as told, too."""
    return number in found and (found[number] == live or number % 3 == 0)


def _imported(path: Path, key: Key) -> tuple[list[str], dict[int, bool]]:
    """What is wrong, and which files are there: live or taken back."""
    from mtss_desktop.app import opening, safekeeping
    from mtss_desktop.usecases import imports

    try:
        workspace = opening.open_workspace(path, key=key).workspace
    except StorageError as error:
        return [f"does not open: {error}"], {}
    with workspace:
        wrong = [problem.text for problem in safekeeping.check(workspace).problems]
        receipts = workspace.ask(imports.receipts)
        with workspace.database.engines.reader.connect() as connection:
            rows = connection.execute(
                sa.text(
                    "SELECT i.file_name, count(s.number), sum(s.live) FROM import i LEFT JOIN score s "
                    "ON s.import_key = i.key GROUP BY i.id"
                )
            ).all()
            strays = connection.execute(
                sa.text("SELECT count(*) FROM score WHERE import_key NOT IN (SELECT key FROM import)")
            ).scalar()
    wrong += [f"{name}: {count} rows, {live} live" for name, count, live in rows if (count, live) not in WHOLE]
    wrong += [f"{strays} rows belong to no file"] if strays else []
    wrong += [] if len(receipts) == len(rows) else ["receipts and files differ"]
    found = {int(name.split()[1].split(".")[0]): live > 0 for name, _, live in rows}
    return wrong, found


WHOLE = ((1500, 1500), (1500, 0))


def kill_typing(times: int, seed: int = 12) -> Result:
    result, chance = Result("kill typing"), random.Random(seed)
    with workshop() as folder:
        path, first = new_file(folder), 1
        for _ in range(times):
            numbers = done(kill_at_random("typing", path, first, 0.3, chance))
            with typing.TypingFile(at(path), KEY) as file:
                wrong = [f"the typing file does not open: {file.trouble}"] if file.trouble else []
                found = {typed.key: int(typed.text.split()[0]) for typed in file.pending()}
            note(result, wrong + typing_lost(numbers, found))
            result.seen["texts acknowledged"] += len(numbers)
            first = max([*numbers, first]) + 50
    return result


def typing_lost(numbers: list[int], found: dict[str, int]) -> list[str]:
    """The last acknowledged text of each field, or a later one, must be there; field 0 may have been saved since."""
    lost = []
    for place in range(1, 3):
        mine = [number for number in numbers if number % 3 == place]
        if mine and found.get(f"field {place}", 0) < mine[-1]:
            lost.append(f"field {place}: {mine[-1]} was acknowledged, {found.get(f'field {place}')} is there")
    return lost


def kill_backup(times: int, seed: int = 13) -> Result:
    result, chance = Result("kill backup"), random.Random(seed)
    with workshop() as folder:
        path = _with_batches(folder, 6)
        for _ in range(times):
            lines = kill_at_random("backup", path, 1, 0.6, chance)
            named = [line.split(" ", 2)[2] for line in lines if line.startswith("DONE ")]
            copies = [copy.path for copy in backup.backups_of(at(path))]
            wrong = [f"an acknowledged backup is gone: {name}" for name in named[-3:] if Path(name) not in copies]
            for copy in copies[:3]:
                problems, batches = look(copy)
                wrong += problems or ([] if len(batches) == 6 else [f"{copy.name} holds {batches}"])
            note(result, wrong + look(path)[0])
            result.seen["backups acknowledged"] += len(named)
    return result


def kill_restore(times: int, seed: int = 14) -> Result:
    result, chance = Result("kill restore"), random.Random(seed)
    with workshop() as folder:
        path = _with_batches(folder, 2)
        backup.back_up(at(path), KEY)
        _add_batches(path, 3, 4)
        backup.back_up(at(path), KEY)
        for _ in range(times):
            lines = kill_at_random("restore", path, 1, 0.6, chance)
            wrong, batches = look(path)
            if not wrong and batches not in ({1, 2}, {1, 2, 3, 4}):
                wrong = [f"neither of the two: {batches}"]
            note(result, wrong)
            result.seen["restores acknowledged"] += len(done(lines))
    return result


def kill_migrate(times: int, seed: int = 15) -> Result:
    result, chance = Result("kill update"), random.Random(seed)
    with workshop() as folder:
        scripts = folder / "scripts"
        shutil.copytree(Path(migrations.__file__).parent, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "0002.py").write_text(NEXT, encoding="utf-8")
        for _ in range(times):
            path = _with_batches(folder, 1, f"{random.Random(_).getrandbits(32)}.mtss")
            lines = kill_at_random("migrate", path, 2, 0.9, chance, FAULT_SCRIPTS=str(scripts))
            note(result, _half_updated(path, bool(done(lines)), result.seen))
            remove_file(path)
    return result


def _half_updated(path: Path, acknowledged: bool, seen: Counter[str]) -> list[str]:
    engine = sa.create_engine("sqlite://", creator=lambda: _raw(path))
    with engine.connect() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar()
        stamp = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        extra = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'extra_%'").scalar()
        sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    engine.dispose()
    seen["updated"] += version == 2
    whole = (version, stamp, extra, sound) in ((1, "0001", 0, "ok"), (2, "0002", 40, "ok"))
    wrong = [] if whole else [f"half updated: {version} {stamp} {extra} {sound}"]
    if acknowledged and version != 2:
        wrong.append("an acknowledged update is lost")
    if version == 1:
        wrong += look(path)[0]
        opened = open_engines(at(path), KEY)
        wrong += [] if migrate.revision(opened) == 1 else ["the revision is not told"]
        opened.close()
    elif not backup.backups_of(at(path)):
        wrong.append("updated without a backup")
    return wrong


def _raw(path: Path) -> object:
    from mtss_desktop.store.engine import raw_connection

    return raw_connection(path, KEY)


def kill_passphrase(times: int, seed: int = 16) -> Result:
    result, chance = Result("kill change of passphrase"), random.Random(seed)
    with workshop() as folder:
        path = _with_batches(folder, 4)
        for _ in range(times):
            lines = kill_at_random("passphrase", path, 1, 0.8, chance)
            fitting = [key for key in (KEY, OTHER) if key.fits(path)]
            wrong = [f"{len(fitting)} keys fit"] if len(fitting) != 1 else []
            for key in fitting:
                problems, batches = look(path, key)
                wrong += problems or ([] if batches == {1, 2, 3, 4} else [f"holds {batches}"])
            note(result, wrong)
            result.seen["changes acknowledged"] += len(done(lines))
    return result


def _with_batches(folder: Path, count: int, name: str = "ashby.mtss") -> Path:
    path = new_file(folder, name)
    _add_batches(path, 1, count)
    return path


def _add_batches(path: Path, first: int, last: int) -> None:
    engines = open_engines(at(path), KEY)
    for number in range(first, last + 1):
        put_batch(engines, number, ROWS)
    engines.close()


def note(result: Result, wrong: list[str]) -> None:
    result.tried += 1
    result.broken += wrong[:3]


def small(folder: Path) -> Path:
    """A file with one batch of 150 rows: little to write, many moments to fail at."""
    seed = new_file(folder, "seed.mtss")
    engines = open_engines(at(seed), KEY)
    put_batch(engines, 1, 150)
    engines.close()
    return seed


def typing_kept(path: Path, numbers: list[int]) -> list[str]:
    """What of the acknowledged texts is not in the typing file beside ``path``."""
    with typing.TypingFile(at(path), KEY) as file:
        found = {typed.key: int(typed.text.split()[0]) for typed in file.pending()}
    return typing_lost(numbers, found)


def one_key_fits(path: Path, changes: int) -> list[str]:
    """After that many changes of the passphrase, back and forth, the file opens with its key alone and holds its batch."""
    key, other = (OTHER, KEY) if changes % 2 else (KEY, OTHER)
    if other.fits(path) or not key.fits(path):
        return [f"after {changes} changes the wrong key fits"]
    wrong, batches = look(path, key)
    return wrong or ([] if batches == {1} else [f"holds {batches}"])


def has_strace() -> bool:
    """Whether strace is here and may be used."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0
