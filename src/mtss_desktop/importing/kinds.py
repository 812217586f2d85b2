"""What kind of values a column holds, told from its first rows: evidence beside its header."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mtss_desktop.importing.columns import tidy
from mtss_desktop.importing.dates import parse_date
from mtss_desktop.importing.vocabulary import level_key, plain, vocabulary
from mtss_desktop.importing.word_lists import level_keys

MOST = 40
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|[-+]?(?:\d+\.?\d*|\.\d+)%?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?:[T ].*)?|\d{1,2}[- ][A-Za-z]{3}[a-z]*[- ,]+\d{2,4}")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s*(?:[AaPp]\.?[Mm]\.?)?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}")
_YEAR = re.compile(r"(?:SY\s*)?(?:19|20)\d\d\s*[-–/]\s*(?:(?:19|20)?\d\d)", re.IGNORECASE)
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ID = re.compile(r"[A-Za-z]{0,3}[-_]?\d{3,20}")
_FULL_NAME = re.compile(r"[^\W\d_][\w'’. -]*,\s*[^\W\d_].*")
_DAY = date(2026, 6, 30)
_YES_NO = frozenset({"y", "n", "yes", "no", "true", "false", "t", "f", "0", "1", "x"})


@dataclass(frozen=True)
class Values:
    """Shares from 0 to 1 of the filled cells that are of a kind; ``filled`` how many of the rows looked at hold something."""

    filled: int
    different: int
    shares: dict[str, float]
    examples: tuple[str, ...]
    lowest: float = 0.0
    highest: float = 0.0

    def share(self, kind: str) -> float:
        return self.shares.get(kind, 0.0)


def look_at(cells: Sequence[str]) -> Values:
    """Of at most ``MOST`` filled cells."""
    missing = vocabulary().missing
    filled = [text for cell in cells if (text := tidy(cell)) and text.casefold() not in missing][:MOST]
    counts: dict[str, int] = {}
    for text in filled:
        for kind in kinds_of(text):
            counts[kind] = counts.get(kind, 0) + 1
    numbers = [float(text.replace(",", "").rstrip("%")) for text in filled if _NUMBER.fullmatch(text)]
    return Values(
        len(filled),
        len(set(filled)),
        {kind: count / len(filled) for kind, count in counts.items()},
        tuple(dict.fromkeys(filled))[:3],
        min(numbers, default=0.0),
        max(numbers, default=0.0),
    )


@lru_cache(maxsize=65_536)
def kinds_of(text: str) -> tuple[str, ...]:
    """All kinds one cell may be of."""
    known, key = vocabulary(), plain(text)
    tests: tuple[tuple[str, Callable[[], object]], ...] = (
        ("number", lambda: _NUMBER.fullmatch(text)),
        ("date", lambda: _DATE.fullmatch(text) and (parse_date(text, "mdy", _DAY) or parse_date(text, "dmy", _DAY))),
        ("time", lambda: _CLOCK.fullmatch(text)),
        ("mail", lambda: _MAIL.fullmatch(text)),
        ("phone", lambda: _PHONE.fullmatch(text)),
        ("year", lambda: _YEAR.fullmatch(text)),
        ("guid", lambda: _GUID.fullmatch(text)),
        ("id", lambda: _ID.fullmatch(text)),
        ("full_name", lambda: _FULL_NAME.fullmatch(text)),
        ("yes_no", lambda: key in _YES_NO),
        ("grade", lambda: key in known.grades or key.removeprefix("grade ") in known.grades),
        ("window", lambda: key in known.windows and not key.isdigit()),
        ("level", lambda: level_key(text) in level_keys()),
        ("sex", lambda: key in known.sexes),
        ("race", lambda: key in known.races and len(key) > 1),
        ("suppressed", lambda: key in known.suppressed or key in known.notes),
        ("code", lambda: len(text) <= 6 and not any(letter.isspace() for letter in text)),
        ("text", lambda: any(letter.isalpha() for letter in text)),
        ("long", lambda: len(text) > 60),
    )
    return tuple(kind for kind, test in tests if test())
