"""Which test a file is of where none of its columns says it: by its titles, the name of its sheet or its own name, else asked once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mtss_desktop.importing.vocabulary import plain
from mtss_desktop.importing.word_lists import measure_words

MEASURE = "measure"
"""What the answer is kept under."""
USUAL = ("ORF", "Maze", "NWF CLS", "Math computation", "Days absent")
"""Offered where nothing is known here yet."""
_KINDS = ("dibels", "acadience", "aimsweb", "easycbm", "fastbridge", "behavior")
_ALSO_WORDS = frozenset({"ran", "vocabulary", "dibels", "acadience", "aimsweb", "aimswebplus", "easycbm", "fastbridge"})
"""Names of publishers, or words that stand in any title."""
_COUNTS = ((r"absen", "Days absent"), (r"tard(?:y|ies)", "Tardies"), (r"\bodrs?\b|referrals?", "Referrals"))


def measure_named(texts: Iterable[str]) -> str:
    """The only test that the texts name, as they write it; "" for none or several."""
    for text in texts:
        words = re.findall(r"[^\W_]+", text)
        found = _tests(words) or [name for pattern, name in _COUNTS if re.search(pattern, text, re.IGNORECASE)]
        if len(found) == 1:
            return found[0]
        if found:
            return ""
    return ""


def _tests(words: list[str]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2, 1) if tuple(plain(word) for word in words[at : at + n]) in _known()), 0)
        if size:
            found.append(_as_title(" ".join(words[at : at + size])))
        at += size or 1
    return list(dict.fromkeys(found))


def _as_title(name: str) -> str:
    """A short name in small letters, as in the name of a file, stands for letters: orf is ORF."""
    return name if not name.islower() else name.upper() if len(name) <= 4 and " " not in name else name.capitalize()


@cache
def _known() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(plain(word).split()) for word in measure_words(*_KINDS) if word not in _ALSO_WORDS)
