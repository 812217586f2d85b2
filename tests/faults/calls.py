"""Writes, syncs and truncations of the database's files that fail: the K-th, once and from then on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from mtss_desktop.store.engine import remove_file
from tests.faults.sweeps import Result, child, done, look, note, one_key_fits, small, typing_kept, workshop

FAULTS = (("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"), ("ftruncate", "EIO"))
FILES = {
    "import": ("", "-wal", "-shm", "-journal"),
    "typing": ("-typing", "-typing-wal", "-typing-journal"),
    "passphrase": ("", "-wal", "-shm", "-journal", ".part", ".part-journal"),
}
"""Per flow, the endings of the files whose calls fail."""
PIECES = {"import": "5", "typing": "40", "passphrase": "3"}


def failing_calls(moments: Callable[[str], list[int]], flow: str = "import") -> Result:
    """The K-th call fails; what was acknowledged is there, the file is whole, and each failure is a plain sentence."""
    result = Result(f"failing K-th call, {flow}")
    with workshop() as folder:
        seed = small(folder)
        path = folder / "x.mtss"
        for call, error in FAULTS:
            for ending in ("", "+"):
                for moment in moments(call):
                    _fail_once(flow, seed, path, f"{call}:error={error}:when={moment}{ending}", result)
    return result


def _fail_once(flow: str, seed: Path, path: Path, fault: str, result: Result) -> None:
    remove_file(path)
    remove_file(path.with_name(f"{path.name}-typing"))
    shutil.copyfile(seed, path)
    files = [part for ending in FILES[flow] for part in ("-P", f"{path}{ending}")]
    under = ("strace", "-f", "-qq", "-o", os.devnull, *files, "-e", "trace=pwrite64,fdatasync,fsync,ftruncate")
    more = {"FAULT_ROWS": "150", "FAULT_PIECES": PIECES[flow]}
    process = child(flow, path, 2, (*under, "-e", f"inject={fault}"), **more)
    out, errors = process.communicate(timeout=120)
    lines = out.splitlines()
    wrong = [f"{fault}: {each}" for each in _kept(flow, path, done(lines))]
    if "Traceback" in errors and "mtss_desktop.base.errors" not in errors:
        wrong.append(f"{fault}: {errors.strip().splitlines()[-1]}")
    note(result, wrong)
    result.seen["plain sentences"] += sum(line.startswith("ERR ") for line in lines)


def _kept(flow: str, path: Path, numbers: list[int]) -> list[str]:
    if flow == "typing":
        return typing_kept(path, numbers) + look(path)[0]
    if flow == "passphrase":
        return one_key_fits(path, len(numbers))
    wrong, batches = look(path)
    return wrong + [f"batch {n} was acknowledged and is lost" for n in {1, *numbers} - batches]
