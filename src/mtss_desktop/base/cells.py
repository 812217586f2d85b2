"""Cells on their way to a spreadsheet."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-+]?[\d.,/:%\s]*\d[\d.,/:%\s]*")


def neutral(text: str) -> str:
    """A cell that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay as they are."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not (text[0] in "+-" and _NUMBER.fullmatch(text)):
        return text if text == "-" else f"'{text}"
    return text
