"""A pack's TOML file, read strictly: every fault is one sentence with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtss_desktop.base.errors import UserError

_KINDS = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: "a list in brackets",
    dict: "a part of its own, in [brackets]",
}


@dataclass(frozen=True)
class Place:
    """Where a fault is: the ``number``-th [[part]], or the head where ``part`` is empty."""

    part: str = ""
    number: int = 0


HEAD = Place()


@dataclass(frozen=True)
class Sheet:
    """A file's content with its text, so that a fault can name the line. A ``draft`` may still be unfinished."""

    path: Path
    text: str
    content: dict[str, Any]
    draft: bool = False

    def fault(self, place: Place, name: str, what: str) -> UserError:
        return fault(self.path, self.line(place, name), what)

    def check(self, place: Place, content: Any, known: Mapping[str, type], needed: Iterable[str]) -> None:
        """Raises ``UserError`` for a part that is no table, an unknown name, a value of another kind, a name that is missing."""
        if not isinstance(content, dict):
            raise self.fault(place, "", f"each of these starts with [[{place.part}]] on a line of its own.")
        for name, value in content.items():
            if name not in known:
                raise self.fault(place, name, f"“{name}” is not known here. Known: {', '.join(known)}.")
            if type(value) is not known[name]:
                raise self.fault(place, name, f"{name} must be {_KINDS[known[name]]}.")
        for name in needed:
            if content.get(name) in (None, "", [], {}):
                raise self.fault(place, "", f"{name} is missing.")

    def one_of(self, place: Place, name: str, value: str, allowed: Iterable[str]) -> str:
        """The value. Raises ``UserError`` naming what it may be."""
        known = tuple(str(each) for each in allowed)
        if value not in known:
            raise self.fault(place, name, f"{name} is one of: {', '.join(each for each in known if each)}.")
        return value

    def line(self, place: Place, name: str) -> int:
        """The line of a name in its part; the line of the part itself where the name is not found."""
        seen, start, inside = 0, 1, not place.part
        for line, content in enumerate(self.text.splitlines(), 1):
            heading = re.match(r"\s*\[+\s*([\w.]+)\s*\]+", content)
            if heading:
                seen += heading[1] == place.part
                inside = bool(place.part) and heading[1] == place.part and seen == place.number
                start = line if inside else start
            if inside and name and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", content):
                return line
        return start


def read(path: Path, *, largest: int, thing: str) -> Sheet:
    """Raises ``UserError`` for a file that is missing, longer than ``largest`` bytes, not UTF-8 or not TOML."""
    try:
        raw = path.read_bytes()
        if len(raw) > largest:
            raise fault(path, 1, f"it is far too long for {thing}.")
        return parse(path, raw.decode("utf-8"))
    except OSError:
        raise UserError(f"“{path.name}” cannot be read.", "Check that the file is still there.") from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise fault(path, line, "a letter is not in UTF-8. Save the file as UTF-8.") from None


def parse(path: Path, text: str) -> Sheet:
    """Raises ``UserError`` for a text that is not TOML; ``path`` names it in the sentence."""
    try:
        return Sheet(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise fault(path, line, "this is not written as TOML is: name = value, texts in quotes.") from None


def fault(path: Path, line: int, what: str) -> UserError:
    return UserError(f"{path.name}, line {line}: {what}", "Mend the line and try again.")
