"""Order that people choose: a text between any two texts, so that a move changes one row."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)


def between(before: str, after: str) -> str:
    """A rank that sorts strictly between the two; "" stands for the very start (left) or the very end (right).

    Raises ValueError when ``before`` is not less than ``after``.
    """
    if after and before >= after:
        raise ValueError("ranks out of order")
    rank = ""
    position = 0
    bounded = bool(after)
    while True:
        low = _DIGITS.index(before[position]) if position < len(before) else 0
        high = _DIGITS.index(after[position]) if bounded and position < len(after) else _BASE
        if high - low > 1:
            return rank + _DIGITS[(low + high) // 2]
        rank += _DIGITS[low]
        bounded = bounded and high == low
        position += 1


def ranks(count: int) -> tuple[str, ...]:
    """That many ranks in order, with room between them, all of one length."""
    width = 1
    while _BASE**width < (count + 1) * 4:
        width += 1
    step = _BASE**width // (count + 1)
    return tuple(_written(step * (n + 1), width) for n in range(count))


def _written(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, _BASE)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits)).rstrip("0") or _DIGITS[1]
