"""What a cell about an IEP, a 504 plan, English learners or free lunch says: many systems write a code where others write yes.

Only listed words and codes count. Any other, such as the name of a teacher, is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from mtss_desktop.importing.vocabulary import plain, vocabulary

LUNCH = "Economically disadvantaged"
_NUMBER = re.compile(r"[ -]?\d{1,2}$")
"""The level or rank after a code: LEP-2, ELD 3."""
_AND = re.compile(r"\s*[,;/|+]\s*")


def support_question(of: str, cell: str) -> str:
    """What an answer about a word is kept under: support:iep:pending."""
    return f"support:{plain(of)}:{plain(cell)}"


def has_support(text: str, of: str, seen: Collection[str] = ()) -> bool | None:
    """Whether there is one; None where nobody can know. ``seen`` are all cells of the column: an F beside P and R is free lunch."""
    known, key = vocabulary(), plain(text)
    if of == LUNCH:
        if key in ("f", "r", "p"):
            return _lunch(key, seen)
    elif key in ("f", "false"):
        return False
    if key in known.yes or re.match(r"(?:yes|y(?!\.))\b", key):
        return True
    if key in known.no or re.match(r"(?:no|n(?!\.))\b", key):
        return False
    yes, no = _words(of)
    if key in yes or key in no:
        return key in yes
    first = known.supports
    if key.startswith(first["doubtful"]):
        return None
    if key.startswith(first["no"]):
        return False
    if of == LUNCH:
        return None
    if plain(of) != "english learner" and any(word in key for word in first["disability"]):
        return True
    return True if all(part in yes or _NUMBER.sub("", part) in yes for part in _AND.split(key)) else None


def _lunch(key: str, seen: Collection[str]) -> bool | None:
    """Letters mean free, reduced and paid where the column holds more than one of them."""
    letters = {plain(each) for each in seen}
    if "t" in letters and key == "f":
        return False
    told = key != "f" or letters & {"r", "p", "free", "reduced", "paid"}
    return key in ("f", "r") if told else None


@cache
def _words(of: str) -> tuple[frozenset[str], frozenset[str]]:
    tables = vocabulary().supports
    name = plain(of)
    shared = () if of == LUNCH else tables["no words"]
    return frozenset(tables.get(f"{name} yes", ())), frozenset((*tables.get(f"{name} no", ()), *shared))
