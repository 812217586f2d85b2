"""What a disk may hold after the power went: written and not synced is there, or not, or torn."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.faults.sweeps import Result, child, look, note, one_key_fits, small, typing_kept, workshop

PIECES = {"import": "6", "typing": "60", "passphrase": "3"}

Operation = tuple[str, str, int, bytes]
"""Kind (write, truncate, sync, remove, rename, done), which file (its ending), place or number, content or new ending."""


def power_cuts(images: int, flow: str = "import", seed: int = 5, *, deaf: bool = False) -> Result:
    """Records one run's writes and syncs, then rebuilds what a disk may hold after a power cut at a random moment:
    synced writes are there, of the others a random part, some torn at 512 bytes. ``deaf``: a disk that ignores every sync,
    to see that losses are found.
    """
    result, chance = Result(f"power cut, {flow}"), random.Random(seed)
    with workshop() as folder:
        path = small(folder)
        base = {"": path.read_bytes()}
        operations = record(flow, path, folder / "trace")
        result.seen["operations recorded"] = len(operations)
        if deaf:
            operations = [operation for operation in operations if operation[0] != "sync"]
        target = folder / "cut.mtss"
        for _ in range(images):
            cut = chance.randrange(1, len(operations) + 1)
            files, acknowledged = rebuild(base, operations[:cut], chance)
            for old in folder.glob("cut.mtss*"):
                old.unlink()
            for ending, content in files.items():
                Path(f"{target}{ending}").write_bytes(content)
            note(result, _kept(flow, target, acknowledged, operations[:cut]))
    return result


def _kept(flow: str, path: Path, acknowledged: list[int], operations: list[Operation]) -> list[str]:
    if flow == "typing":
        return (typing_kept(path, acknowledged) if acknowledged else []) + look(path)[0]
    if flow == "passphrase":
        return one_key_fits(path, sum(kind == "rename" for kind, *_ in operations))
    wrong, batches = look(path)
    return wrong + [f"batch {n} was acknowledged and is lost" for n in {1, *acknowledged} - batches]


def record(flow: str, path: Path, trace: Path) -> list[Operation]:
    calls = "trace=pwrite64,fdatasync,fsync,ftruncate,unlink,rename,write"
    under = ("strace", "-f", "-qq", "-y", "-xx", "-s", "100000", "-o", str(trace), "-e", calls)
    process = child(flow, path, 2, under, FAULT_ROWS="150", FAULT_PIECES=PIECES[flow])
    out, errors = process.communicate(timeout=120)
    assert "CLOSED" in out, errors[-500:]
    return [found for line in trace.read_text().splitlines() if (found := _operation(line, str(path))) is not None]


def _operation(line: str, path: str) -> Operation | None:
    match = re.match(r"\d+\s+(\w+)\((.*)\)\s+= (-?\d+)", line)
    if match is None or int(match[3]) < 0:
        return None
    call, arguments, returned = match[1], match[2], int(match[3])
    text = re.search(r'"([^"]*)"', arguments)
    content = bytes.fromhex(text[1].replace("\\x", "")) if text else b""
    if call == "write":
        is_done = arguments.startswith("1<") and content.startswith(b"DONE")
        return ("done", "", int(content.split()[1]), b"") if is_done else None
    name = _plain(content) if call in ("unlink", "rename") else _name(arguments)
    if not name.startswith(path) or name.endswith("-shm"):
        return None
    ending = name[len(path) :]
    match call:
        case "pwrite64":
            return ("write", ending, int(arguments.rsplit(", ", 1)[1]), content[:returned])
        case "ftruncate":
            return ("truncate", ending, int(arguments.rsplit(", ", 1)[1]), b"")
        case "unlink":
            return ("remove", ending, 0, b"")
        case "rename":
            new = bytes.fromhex(re.findall(r'"([^"]*)"', arguments)[1].replace("\\x", ""))
            return ("rename", ending, 0, _plain(new)[len(path) :].encode())
    return ("sync", ending, 0, b"")


def _name(arguments: str) -> str:
    match = re.match(r"\d+<([^>]*)>", arguments)
    return _plain(bytes.fromhex(match[1].replace("\\x", ""))) if match and "\\x" in match[1] else ""


def _plain(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def rebuild(
    base: dict[str, bytes], operations: list[Operation], chance: random.Random
) -> tuple[dict[str, bytearray], list[int]]:
    """The files after a cut, and the batches acknowledged before it. Names made or removed count at once."""
    files = {ending: bytearray(content) for ending, content in base.items()}
    waiting: dict[str, list[Operation]] = {}
    acknowledged = []
    for kind, ending, place, content in operations:
        match kind:
            case "done":
                acknowledged.append(place)
            case "sync":
                for operation in waiting.pop(ending, []):
                    _apply(files, operation)
            case "remove":
                files.pop(ending, None)
                waiting.pop(ending, None)
            case "rename":
                new = content.decode()
                files[new] = files.pop(ending, bytearray())
                waiting[new] = [(kind, new, *more) for kind, _, *more in waiting.pop(ending, [])]  # type: ignore[misc]
            case _:
                waiting.setdefault(ending, []).append((kind, ending, place, content))
    luck = chance.choice(["none", "all", "some", "some", "torn"])
    for left in waiting.values():
        for operation in left:
            _apply_by_luck(files, operation, luck, chance)
    return files, acknowledged


def _apply_by_luck(files: dict[str, bytearray], operation: Operation, luck: str, chance: random.Random) -> None:
    kind, ending, place, content = operation
    if luck == "none" or (luck in ("some", "torn") and chance.random() < 0.5):
        return
    if luck != "torn" or kind == "truncate":
        _apply(files, operation)
        return
    for start in range(0, len(content), 512):
        if chance.random() < 0.6:
            _apply(files, ("write", ending, place + start, content[start : start + 512]))


def _apply(files: dict[str, bytearray], operation: Operation) -> None:
    kind, ending, place, content = operation
    file = files.setdefault(ending, bytearray())
    if kind == "truncate":
        del file[place:]
    if len(file) < place:
        file.extend(bytes(place - len(file)))
    file[place : place + len(content)] = content
