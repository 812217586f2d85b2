"""A file's bytes: whether it can be read at all, how large it may be, and what a compressed one holds."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import IO

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.encoding import AGAIN

LARGEST_FILE = 1 << 30
BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_PIECE = 1 << 20


def is_folder(path: Path) -> bool:
    """False also for what the system refuses to look up; reading it then says why."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises ``UserError`` where it is missing, empty, too large or not readable."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise too_large(path.name)
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UserError(f"{path.name} is not a file.", "Choose an exported file.")
        data = path.read_bytes()
    except IsADirectoryError:
        raise UserError(f"{path.name} is a folder.", "Choose the files in it.") from None
    except FileNotFoundError:
        raise UserError(f"There is no file {path.name} any more.", "Choose the file again.") from None
    except ValueError:
        raise UserError("The file's name holds a sign that no file name can have.", "Type the name again.") from None
    except OSError as error:
        raise UserError(f"{path.name[:80]} cannot be read: {error.strerror}.", "Check that you may open it.") from None
    if not data.strip(BLANK):
        raise empty_file(path.name)
    return data


def too_large(name: str) -> UserError:
    return UserError(
        f"{name} is larger than {LARGEST_FILE >> 20} MiB, which is more than one import takes.",
        "Export it in parts, for example by school or by year.",
    )


def unpacked(data: bytes, name: str) -> bytes:
    """The content of a gzip file; anything else as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as inside:
            return limited(inside, name)
    except (OSError, EOFError, zlib.error):
        raise UserError(f"{name} is a compressed file that is damaged or cut off.", "Get the file again.") from None


def limited(stream: IO[bytes] | gzip.GzipFile, name: str, room: int = -1) -> bytes:
    """Everything, but never more than one import takes, whatever the archive says of itself."""
    most = LARGEST_FILE if room < 0 else room
    pieces, size = [], 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > most:
            raise too_large(name)
        pieces.append(piece)
    return b"".join(pieces)


def empty_file(name: str) -> UserError:
    return UserError(f"{name} is empty.", AGAIN)
