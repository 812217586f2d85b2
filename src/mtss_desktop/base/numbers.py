"""Numbers as people type them into a field."""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
_DECIMAL_COMMA = re.compile(r"-?\d*,\d+")
_PLAIN = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_LARGEST = 1e12


def typed_number(text: str) -> float | None:
    """1.9, 1,204, 85% or 12,5; ``None`` for what is no number.

    A comma before three digits stands between thousands, as in the United States, whatever the machine is set to; any other comma
    can only stand before decimals.
    """
    bare = text.strip().replace("\u2212", "-").removesuffix("%").strip().removeprefix("+")
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    if not _PLAIN.fullmatch(bare):
        return None
    value = float(bare)
    return value if abs(value) < _LARGEST else None
