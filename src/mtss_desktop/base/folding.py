"""Names compared and sorted without accents and case, the same on every database engine."""

from __future__ import annotations

import unicodedata

_EXTRA = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """``Łukasz  Nguyễn`` → ``lukasz nguyen``."""
    if text.isascii():  # most names: nothing to take apart
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_EXTRA)
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
