"""Bytes → text: which encoding a file is in, told from the bytes alone."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.code_pages import bytes_of, is_code_page

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", "a ZIP or Excel file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text document"),
    (b'{"', "a JSON file"),
    (b"[{", "a JSON file"),
    (b"<?xml", "an XML file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
)
_LETTERS = frozenset("áéíóúñüçàèìòùêôöäëïâîûåøæœßãõýÿšžćčłńęąőűÁÉÍÓÚÑÜÇÀÈÖÄÅØÆ’‘")
_CONTROLS = bytes((*range(1, 9), *range(14, 19)))
_HIGH = bytes(range(128, 256))
_WIDE = frozenset({"utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
CUT_OFF = "The file ends in the middle of a character, so it may have been cut off."
AGAIN = "Nothing was changed. Export the file again and drop it here."


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 inside a UTF-8 file are read as Windows ones: some systems mix them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows(error.object[error.start : error.end]), error.end


def _windows(data: bytes) -> str:
    """cp1252, and the five bytes it leaves open as Latin-1 has them."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in data)


codecs.register_error("mtss-stray", _stray)


def decode(data: bytes, told: str = "") -> tuple[str, str]:
    """The text and the name of its encoding, the ``told`` one if it is one. Raises ``UserError`` for what is no text."""
    head = data[:200].removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, kind in _OTHER_KINDS:
        if head[: len(mark)].lower() == mark.lower():
            raise UserError(f"This is {kind}, not a CSV or text file.", "Save or export it as CSV and drop that here.")
    text, name = (data.decode(told, errors="replace"), told) if is_code_page(told) else _decoded(data)
    controls = 0 if name in _WIDE else len(data) - len(data.translate(None, _CONTROLS))
    if controls > len(text) // 200 or text.count("\0") > len(text) // 4:
        raise UserError(
            "This file is not text, so there is nothing to read in it.", "Export it as CSV and drop that here."
        )
    return _without_zeros(text), name


_PADDING = re.compile(r"""\0+(?=["'\s,;|]|\Z)|(?:(?<=["'\s,;|])|\A)\0+""")
LOST = "\ufffd"
"""Stands where a letter cannot be known any more."""


def _without_zeros(text: str) -> str:
    """Zeros fill cells up to a width; inside of one they stand for something that was lost."""
    return _PADDING.sub("", text).replace("\0", LOST) if "\0" in text else text


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            text, how = _once(_whole(data, name))
            return text, how if how == TWICE else name
    guess = _unmarked_wide(data)
    if guess:
        return _whole(data, guess), guess
    try:
        text = data.decode("utf-8")
        return (text, "ascii") if data.isascii() else _once(text)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(data) and _multi(data):
            raise UserError(CUT_OFF, AGAIN) from None
    return _eight_bit(data)


TWICE = "utf-8, encoded twice"
_TWICE = re.compile(r"[ÂÃÄÅ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122\u0192\u02c6\u02dc]|â€.")


def _once(text: str) -> tuple[str, str]:
    """UTF-8 whose bytes were taken for Windows letters and written as UTF-8 again shows as Ã©: it is turned back."""
    if not _TWICE.search(text):
        return text, "utf-8"
    mended = re.sub(r"[^\x00-\x7f]{2,}", lambda found: _turned_back(found[0]), text)
    return mended, "utf-8" if mended == text else TWICE


def _turned_back(letters: str) -> str:
    try:
        return bytes_of(letters, "windows-1252").decode("utf-8")
    except UnicodeDecodeError:
        return letters


def _whole(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if error.reason in ("truncated data", "unexpected end of data"):
            raise UserError(CUT_OFF, AGAIN) from None
        if name == "utf-8-sig":
            return data[3:].decode("utf-8", errors="mtss-stray")
        raise UserError("Part of this file cannot be read as text.", AGAIN) from None


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark shows as a zero at every second byte, or three of four."""
    head = data[:4000]
    if len(head) < 8 or head.count(0) < len(head) // 3:
        return ""
    zeros = "".join(str(int(head[at::4].count(0) * 4 / len(head) > 0.7)) for at in range(4))
    return {"0111": "utf-32-le", "1110": "utf-32-be", "0101": "utf-16-le", "1010": "utf-16-be"}.get(zeros, "")


def _multi(data: bytes) -> int:
    """How many well-formed characters of more than one byte there are."""
    return len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data))


def _eight_bit(data: bytes) -> tuple[str, str]:
    multi = _multi(data)
    text = data.decode("utf-8", errors="mtss-stray")
    high = len(data) - len(data.translate(None, _HIGH))
    if multi and multi * 2 >= high - multi * 2:
        return text, "utf-8 with Windows characters"
    lines = lines_with_marks(data)
    mac = b"\n" not in data and b"\r" in data  # as only old Macs end their lines
    if _plausible(lines.decode("mac-roman")) + mac > _plausible(_windows(lines)):
        return data.decode("mac-roman"), "mac-roman"
    return _windows(data), "windows-1252"


def lines_with_marks(data: bytes) -> bytes:
    """The first thousand lines that have a letter beyond ASCII."""
    found = re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", data)
    return b"\n".join(line[0] for line in islice(found, 1000))


def _plausible(text: str) -> int:
    """Letters that names have where they have them; signs that stand between letters only by mistake count against."""
    places = [found.start() for found in _BESIDE_A_LETTER.finditer(text)]
    return sum(1 if _fits(text[max(at - 2, 0) : at], text[at], text[at + 1 : at + 3]) else -1 for at in places)


_BESIDE_A_LETTER = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")


def _fits(before: str, letter: str, after: str) -> bool:
    """O’Brien and James’s, but not Garc’a; Núñez, but not Mu–oz."""
    if letter == "‘":
        return not before[-1:].isalpha()
    if letter == "’":
        own = not before[-1:].isalpha() or not before[-2:-1].isalpha() or not after[:1].isalpha()
        return own or after[0].isupper() or (after[0] in "st" and not after[1:].isalpha())
    if letter not in _LETTERS:
        return False
    return not (before[-1:].islower() and letter.isupper()) and not (letter.islower() and after[:1].isupper())
