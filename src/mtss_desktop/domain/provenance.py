"""How much of a file stands in a figure: what every number can say of where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """Of one import (its key): ``used`` are counted in a figure, ``left_out`` came for the same thing and are not counted."""

    import_key: int
    used: int
    left_out: int = 0


def shares(found: Iterable[tuple[int, int, bool]]) -> tuple[Share, ...]:
    """(import, how many, whether they are counted) → one share for each import that has some, in the order of the imports."""
    used: dict[int, int] = {}
    left: dict[int, int] = {}
    for key, n, counted in found:
        into = used if counted else left
        into[key] = into.get(key, 0) + n
    return tuple(Share(key, used.get(key, 0), left.get(key, 0)) for key in sorted(used | left))
