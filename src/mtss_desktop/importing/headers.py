"""Headers as words: how two headers are compared, whatever their case, spaces, order of words or school year.

Three readings of a header, from strict to lenient: its letters and digits (``plain_name``), the same without a school year, and its
words with their usual synonyms in any order ("Date of Birth" is "birth date", "Stu_ID" is "student id").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from mtss_desktop.base import paths
from mtss_desktop.importing.header_rows import plain_name

YEAR = r"(?:SY\s*)?(?:(?:19|20)\d\d\s*[-–/_]\s*(?:(?:19|20)?\d\d)|(?:19|20)\d\d)"
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)", re.IGNORECASE)
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[a-z]+|\d+|[^\W\d_A-Za-z]+")


@cache
def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    text = paths.resource("import_profiles", "words", "headers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """A spelling → the words it stands for."""
    return {spelling: tuple(word.split()) for word, spellings in _tables()["same"].items() for spelling in spellings}


@cache
def _silent() -> frozenset[str]:
    return frozenset(_tables()["silent"]["words"])


@lru_cache(maxsize=65_536)
def words_of(header: str) -> tuple[str, ...]:
    """The header's words: cut at spaces, signs, digits and capitals, lower case, with usual synonyms; little words left out."""
    found: list[str] = []
    for piece in _PIECES.findall(_REMARK.sub("", header) or header):
        word = piece.casefold().replace("iour", "ior")
        found += synonyms().get(word, (word,))
    told = tuple(word for word in found if word not in _silent())
    return told or tuple(found)


@lru_cache(maxsize=65_536)
def word_key(header: str) -> tuple[str, ...]:
    """The same for headers of the same words in any order."""
    return tuple(sorted(set(words_of(without_year(header)))))


_REMARK = re.compile(
    r"[(\[]\s*(?:[MDY]{1,4}[/.\- ][MDY]{1,4}[/.\- ][MDY]{2,4}|\d+\s*(?:-|–|to)\s*\d+|Y/N|yes/no|%|optional|required|mandatory)\s*[)\]]\s*$",
    re.IGNORECASE,
)
"""What some headers say of how their cells are written: Date (MM/DD/YYYY), Score (0-100), IEP (Y/N)."""


@lru_cache(maxsize=65_536)
def without_year(header: str) -> str:
    """The header less a school year such as 2021, 2021-22 or SY2122 in it, and less a remark on how its cells are written."""
    return " ".join(_YEAR.sub(" ", _REMARK.sub("", header)).split()) or header


@lru_cache(maxsize=65_536)
def _letters(header: str) -> str:
    return plain_name(header)


@lru_cache(maxsize=65_536)
def _bare_letters(header: str) -> str:
    return plain_name(without_year(header))


@dataclass(frozen=True)
class Headers:
    """A file's headers, to be found by any reading. The first of equal headers counts."""

    names: tuple[str, ...]
    _plain: Mapping[str, str]
    _bare: Mapping[str, str]
    _words: Mapping[tuple[str, ...], str]

    def find(self, wanted: Iterable[str], *, loose: bool = True) -> str:
        """The header for the first of the wanted names that the file has; "" for none. Strict readings go before lenient ones."""
        wanted = tuple(wanted)
        for name in wanted:
            found = self._plain.get(_letters(name))
            if found:
                return found
        for name in wanted:
            found = self._bare.get(_bare_letters(name))
            if found:
                return found
        if loose:
            for name in wanted:
                found = self._words.get(word_key(name))
                if found:
                    return found
        return ""

    def __contains__(self, name: str) -> bool:
        return _letters(name) in self._plain


_DOTTED = re.compile(r"([A-Za-z]\w*)\.([A-Za-z][\w. ]*)")
_OF_STUDENT = ("student", "person", "pupil")


def _dotted(names: Sequence[str]) -> list[tuple[str, str]]:
    """student.lastName is the last name, where all headers are written so: (short, whole) of those that only one table has.

    Of a name several tables have (student.lastName, staff.lastName) the student's is meant.
    """
    parts = [found for name in names if (found := _DOTTED.fullmatch(name))]
    if len(parts) * 10 < len(names) * 9 or len(parts) < 2:
        return []
    tables: dict[str, dict[str, str]] = {}
    for found in parts:
        short = found[2].rpartition(".")[2]
        tables.setdefault(_letters(short), {})[found[1].casefold()] = found[0]
    shorts = []
    for by_table in tables.values():
        own = next((by_table[table] for table in _OF_STUDENT if table in by_table), "")
        name = next(iter(by_table.values())) if len(by_table) == 1 else own
        if name:
            shorts.append((name.rpartition(".")[2], name))
    return shorts


@lru_cache(maxsize=64)
def headers(names: Sequence[str]) -> Headers:
    """``names`` are a sketch's headers."""
    plain: dict[str, str] = {}
    bare: dict[str, str] = {}
    by_words: dict[tuple[str, ...], str] = {}
    for name in names:
        plain.setdefault(_letters(name), name)
        bare.setdefault(_bare_letters(name), name)
        by_words.setdefault(word_key(name), name)
    for short, name in _dotted(names):
        plain.setdefault(_letters(short), name)
        bare.setdefault(_bare_letters(short), name)
        by_words.setdefault(word_key(short), name)
    return Headers(tuple(names), plain, bare, by_words)
