"""Files whose columns stand at fixed places of a line. A layout file says where; without one it is said what is missing."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.encoding import decode

_LINE = re.compile(r"[^\r\n]+")
_NAMES = {"name", "column", "field", "fieldname", "columnname", "variable"}
_STARTS = {"start", "from", "begin", "position", "startposition", "startcolumn"}
_WIDTHS = {"width", "length", "len", "size", "fieldlength"}
_ENDS = {"end", "to", "endposition", "stop", "endcolumn"}


@dataclass(frozen=True)
class Layout:
    """``places`` are (name, start from 1, width) of every column."""

    places: tuple[tuple[str, int, int], ...]

    @property
    def width(self) -> int:
        return max(start + width - 1 for _, start, width in self.places)

    def rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """(line, cells) of every line with something in it."""
        slices = [slice(start - 1, start - 1 + width) for _, start, width in self.places]
        for line, content in _numbered(text):
            if content.strip():
                yield line, [content[each].strip() for each in slices]


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    line, at = 1, 0
    for found in _LINE.finditer(text):
        between = text[at : found.start()]
        line += between.count("\n") + between.count("\r") - between.count("\r\n")
        yield line, found[0]
        at = found.end()


def read_layout(data: bytes, file_name: str) -> Layout:
    """TOML (``[[columns]]`` with name, start and width) or CSV (name, start, width or end). Raises ``UserError`` that names the line."""
    text, _ = decode(data)
    found = _of_toml(text, file_name) if file_name.casefold().endswith(".toml") else _of_csv(text, file_name)
    if not found:
        raise UserError(f"{file_name} names no columns.", "A layout has a name, a start and a width in every line.")
    seen = set()
    for place, (name, start, width) in enumerate(found, start=1):
        if start < 1 or width < 1 or start + width > 1_000_000:
            raise UserError(f"{file_name}, column {place} ({name}): start and width have to be 1 or more.")
        if name in seen:
            raise UserError(f"{file_name} names {name} twice.")
        seen.add(name)
    return Layout(tuple(found))


def is_layout(data: bytes, file_name: str) -> bool:
    """Does a small file look like a layout?"""
    if len(data) > 1 << 20:
        return False
    if file_name.casefold().endswith(".toml"):
        return b"width" in data and b"start" in data
    first = re.split(rb"[\r\n]", data.lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0].decode("utf-8", "replace")
    words = _words(next(csv.reader([first]), []))
    return bool(_NAMES & set(words) and _STARTS & set(words) and (_WIDTHS | _ENDS) & set(words))


def _words(cells: list[str]) -> list[str]:
    return [re.sub(r"[^a-z]", "", cell.casefold()) for cell in cells]


def _of_toml(text: str, file_name: str) -> list[tuple[str, int, int]]:
    try:
        columns = tomllib.loads(text).get("columns", [])
        return [(str(each["name"]), int(each["start"]), int(each["width"])) for each in columns]
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{file_name} is not a readable layout: {error}.") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError(
            f"{file_name} is not a layout.", "Every [[columns]] needs a name, a start and a width."
        ) from None


def _of_csv(text: str, file_name: str) -> list[tuple[str, int, int]]:
    rows = csv.reader(io.StringIO(text, newline=""))
    words = _words(next(rows, []))
    at = {part: next((n for n, word in enumerate(words) if word in known), -1) for part, known in _PARTS.items()}
    if at["name"] < 0 or at["start"] < 0 or max(at["width"], at["end"]) < 0:
        raise UserError(f"{file_name} is not a layout.", "Its first line has to be name,start,width.")
    found: list[tuple[str, int, int]] = []
    for cells in rows:
        if not any(cells):
            continue
        try:
            start = int(cells[at["start"]])
            width = int(cells[at["width"]]) if at["width"] >= 0 else int(cells[at["end"]]) - start + 1
            found.append((cells[at["name"]].strip() or f"Column {len(found) + 1}", start, width))
        except (ValueError, IndexError):
            raise UserError(
                f"{file_name}, line {rows.line_num}: start and width have to be whole numbers.",
                "Every line has a name, a start and a width.",
            ) from None
    return found


_PARTS = {"name": _NAMES, "start": _STARTS, "width": _WIDTHS, "end": _ENDS}


def looks_fixed(text: str, separators: tuple[str, ...]) -> bool:
    """Lines of one length, or with gaps at the same places, and no separator that cuts them evenly."""
    lines = [line for line in re.split(r"\r\n|\n|\r", text[:20_000]) if line.strip()][:60]
    if len(text) > 20_000:
        lines = lines[:-1]
    if len(lines) < 2 or any(lines[0].count(each) for each in separators):
        return False
    lengths = {len(line) for line in lines}
    if len(lengths) == 1 and len(lines) > 2 and lengths.pop() >= 12 and any(map(str.isdigit, lines[-1])):
        return not all(re.fullmatch(r"\S+@\S+|[A-Za-z '-]+", line) for line in lines)
    shortest = min(len(line) for line in lines)
    gaps = [n for n in range(shortest - 1) if all(line[n] == " " == line[n + 1] for line in lines)]
    return shortest >= 12 and any(all(line[n + 2 :].strip() for line in lines) for n in gaps[:1])
