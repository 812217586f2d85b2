"""Numbers as files write them, and what a whole column tells of how it writes them.

1,234 is a thousand and more in one file and one and a bit in another; 0.45 is a percent in one and none in the other. A column with
12,5 or 12.5 in it tells; where nothing does, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

POINT, COMMA, BOTH, ASK, ASK_DOTS = "point", "comma", "both", "ask", "ask dots"
"""What stands before the decimals: one of the two, now the one and now the other, or nobody knows yet of commas or of points."""
_GROUP = "\u00a0'’"
"""Signs that only stand between thousands."""
_MINUS = "\u2212"
"""The minus sign of word processors."""
_POINT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+\.(?:\d{1,2}|\d{4,})|(?:\d{4,}|0)?\.\d+")
_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,(?:\d|\d{4,})|(?:\d{4,}|0)?,\d+")
_TWO_DIGITS = re.compile(r"\d+,\d\d")
"""Also how two numbers in one cell look, so one alone tells nothing."""
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PLAIN = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_GROUPED = {POINT: re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"), COMMA: re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")}


def _bare(text: str) -> str:
    """Without sign, percent sign and what only groups thousands."""
    text = text.strip().replace(_MINUS, "-").removesuffix("%").strip().lstrip("+-")
    return re.sub(rf"(?<=\d)[{_GROUP}](?=\d{{3}}(?!\d))", "", text)


def parse_number(text: str, decimal: str = POINT) -> float | None:
    """To six decimals. ``None`` for what is no number, or none that can be told (see ``is_doubtful``)."""
    text = text.strip().replace(_MINUS, "-")
    negative, text = text.startswith("-"), _bare(text)
    if decimal == COMMA and "e" not in text.casefold():
        text = text.replace(".", "") if _GROUPED[COMMA].fullmatch(text) else text
        if "." in text:
            return None
        text = text.replace(",", ".")
    elif decimal == POINT and _GROUPED[POINT].fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text) or (decimal == BOTH and _EITHER.fullmatch(text)):
        return None
    found = round(float(text), 6)
    return -found if negative else found


def decimals_told(words: Iterable[str]) -> str:
    """point or comma where some number can only be read so, both where both are proved, "" where nothing tells."""
    point = comma = False
    pairs = set()
    for word in words:
        if "," in word or "." in word or any(sign in word for sign in _GROUP):
            text = _bare(word)
            point |= _POINT.fullmatch(text) is not None
            comma |= _COMMA.fullmatch(text) is not None
            if _TWO_DIGITS.fullmatch(text):
                pairs.add(text)
    if point and (comma or pairs):
        return BOTH
    if point:
        return POINT
    return COMMA if comma or len(pairs) > 1 else ""


def is_doubtful(text: str) -> bool:
    """1,234 and 85,90: a number with decimals, thousands, or two numbers in one cell."""
    text = _bare(text)
    return "," in text and (_EITHER.fullmatch(text) is not None or _TWO_DIGITS.fullmatch(text) is not None)


def is_dotted(text: str) -> bool:
    """1.234: thousands in a file that writes 12,5."""
    return _EITHER.fullmatch(_bare(text)) is not None


# Percents ---------------------------------------------------------------------------------------------------------------

PARTS, PARTS_BELOW_ONE, AS_THEY_ARE, ASK_BELOW_ONE = "parts", "parts below one", "as they are", "ask below one"
_OF_HUNDRED = re.compile(r"accura|percent|\bpct\b|%", re.IGNORECASE)


def percents_told(header: str, words: Sequence[str], decimal: str, *, always: bool) -> str:
    """How a column of percents writes them: as they are; ``ASK`` where all are parts of one, ``ASK_BELOW_ONE`` where some are.

    ``always``: the column cannot hold anything but percents; others hold them where their header or a percent sign says so.
    """
    marked = [word for word in words if word.rstrip().endswith("%")]
    if not (always or marked or _OF_HUNDRED.search(header)):
        return AS_THEY_ARE
    numbers = [found for word in words if word not in marked and (found := parse_number(word, decimal)) is not None]
    if not any(0 < number < 1 for number in numbers):
        return AS_THEY_ARE
    above = [number for number in numbers if number > 1]
    if any(number != int(number) for number in above):
        return AS_THEY_ARE
    return ASK_BELOW_ONE if above or marked else ASK


def in_percent(number: float, text: str, how: str) -> float:
    """A part of one as a percent, where the column has it so."""
    if text.endswith("%") or how not in (PARTS, PARTS_BELOW_ONE):
        return number
    scaled = 0 <= number < 1 or (number == 1 and how == PARTS)
    return round(number * 100, 6) if scaled else number


def part_in_doubt(number: float, text: str, how: str) -> bool:
    if text.endswith("%") or how not in (ASK, ASK_BELOW_ONE):
        return False
    return 0 < number < 1 or (number == 1 and how == ASK)
