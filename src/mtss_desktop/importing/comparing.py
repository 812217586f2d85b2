"""Columns against columns: which row meets which, what differs, where a student was on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtss_desktop.importing.cleaning import NONE
from mtss_desktop.importing.columns import Codes, Flags, group

Array = NDArray[Any]

SCOPES = {
    "score": ("school", "year", "measure", "window"),
    "student_year": ("school", "year"),
    "incident": ("school", "year"),
    "absence": ("school", "year"),
}
"""What counts of a file replace as a whole."""


def with_keys(table: str, there: Mapping[str, Array]) -> dict[str, Array]:
    """Live facts with the helper columns of their natural key."""
    columns = {name: np.asarray(values) for name, values in there.items()}
    if table == "score":
        columns["key_day"] = np.where(columns["window"] == NONE, columns["taken_on"], NONE)
    if table == "incident":
        numbered = columns["incident_number"] != NONE
        for name in ("day", "minute", "behavior", "location", "occurrence"):
            columns[f"key_{name}"] = np.where(numbered, NONE, columns[name])
    return columns


def partners(there: Sequence[Codes], here: Sequence[Codes]) -> Codes:
    """For every row here the place of the row there with the same key, -1 for none."""
    size = len(there[0])
    groups, first = group(*(np.concatenate([a, b]) for a, b in zip(there, here, strict=True)))
    place = np.full(len(first), -1, dtype=np.int64)
    place[groups[:size]] = np.arange(size)
    return place[groups[size:]]


def comparable(values: Array) -> Codes:
    """Equal values get equal codes; nothing equals nothing."""
    if values.dtype.kind == "f":
        _, codes = np.unique(np.where(np.isnan(values), -1e18, np.round(values, 6)), return_inverse=True)
        return codes.astype(np.int64)
    return values.astype(np.int64)


def differs(
    there: Mapping[str, Array], here: Mapping[str, Array], fields: Sequence[str], old: Codes, new: Codes
) -> Flags:
    found = np.zeros(len(new), dtype=bool)
    for name in fields:
        found |= _unequal(np.asarray(there[name])[old], np.asarray(here[name])[new])
    return found


def _unequal(a: Array, b: Array) -> Flags:
    if a.dtype.kind == "f" or b.dtype.kind == "f":
        a, b = a.astype(np.float64), b.astype(np.float64)
        return np.asarray(~((np.abs(a - b) < 1e-6) | (np.isnan(a) & np.isnan(b))))
    return np.asarray(a != b)


def rank_within(groups: Codes, order: Codes) -> Codes:
    """0, 1, 2 … within each group, by order."""
    sorting = np.lexsort((order, groups))
    ordered = groups[sorting]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1) != 0) if len(ordered) else ordered
    ranks = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.append(starts, len(ordered))))
    found = np.empty(len(groups), dtype=np.int64)
    found[sorting] = ranks
    return found


def school_at(stays: Mapping[str, Array], student: Codes, year: Codes, day: Codes) -> Codes:
    """The school of each student in a year on a day: of the stay begun last by then, else of the year's first."""
    if not stays or not len(stays["student"]):
        return np.full(len(student), NONE, dtype=np.int64)
    place = stays["student"].astype(np.int64) * 4096 + stays["year"]
    order = np.lexsort((stays["from_day"], place))
    ordered = place[order]
    wanted = student.astype(np.int64) * 4096 + year
    packed = ordered * (1 << 21) + stays["from_day"][order]
    at = np.searchsorted(packed, wanted * (1 << 21) + np.maximum(day, 0), side="right") - 1
    at = np.maximum(at, np.minimum(np.searchsorted(ordered, wanted), len(order) - 1))
    same = (ordered[at] == wanted) & (student > 0)
    return np.where(same, stays["school"][order[at]], NONE)
