"""Shares per level of support, a row for each grade or window, and who moved between two windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.figures import (
    AxisKind,
    Figure,
    Flow,
    FlowLink,
    FlowPart,
    Level,
    Role,
    Stack,
    StackPart,
    StackRow,
    Text,
    XAxis,
    YAxis,
)

CORE_MARK = 80.0
"""Percent at or above benchmark that a healthy core reaches."""

HEALTHY_SHARES = (80.0, 95.0)


@dataclass(frozen=True)
class LevelShare:
    """One row of a screening stack: ``counts`` per level, best first; ``tested`` of ``enrolled``.

    A hidden count is None; then the row is drawn empty and says so. ``earlier``: a window before, under its grade.
    """

    name: Text
    counts: tuple[int | None, ...]
    enrolled: int | None = None
    earlier: bool = False


def screening_stack(
    title: Text,
    measure: Text,
    levels: Sequence[Text],
    rows: Sequence[LevelShare],
    *,
    supports: bool = False,
    lines: Sequence[float] = (CORE_MARK,),
    finding: Said | None = None,
    provenance: Text = "",
    suppressed: Text = "",
) -> Figure:
    """Percent of tested students per level, a row per grade or window, with the line of a healthy core.

    ``levels`` best first, as the test says them (up to four). ``supports``: levels are tiers of support (80/95 lines).
    """
    roles = level_roles(len(levels), supports)
    made = tuple(_stack_row(index, row) for index, row in enumerate(rows))
    return Figure(
        title,
        _stack_alt(measure, levels, rows),
        finding or _stack_alt(measure, levels, rows),
        XAxis(
            AxisKind.CATEGORY,
            categories=tuple(row.name for row in rows),
            head=said("Grade and window") if any(row.earlier for row in rows) else said("Grade"),
        ),
        YAxis(said("Percent of students tested"), "%", low=0, high=100, places=0, percent=True, shown=False),
        (
            Stack(tuple(map(StackPart, roles, levels)), made, said("Tested of enrolled")),
            *(Level(Role.CRITERION, line, said("{v:0}%", v=line)) for line in (HEALTHY_SHARES if supports else lines)),
        ),
        provenance=provenance,
        suppressed=suppressed,
        horizontal=True,
    )


def level_roles(count: int, supports: bool) -> tuple[Role, ...]:
    if supports:
        return (Role.TIER_1, Role.TIER_2, Role.TIER_3)[:count]
    if count == 3:
        return (Role.HIGH, Role.MIDDLE, Role.LOW)
    if count == 2:
        return (Role.HIGH, Role.LOW)
    return (Role.LEVEL_1, Role.LEVEL_2, Role.LEVEL_3, Role.LEVEL_4)[:count]


def _stack_row(index: int, row: LevelShare) -> StackRow:
    hidden = any(count is None for count in row.counts)
    counts = [count or 0 for count in row.counts]
    tested = sum(counts)
    aside = tested_of(tested, row.enrolled) if row.enrolled is not None else ""
    if hidden or not tested:
        return StackRow(index, (), (), said("hidden") if hidden else aside or said("not tested"), row.earlier)
    shares = tuple(count * 100 / tested for count in counts)
    texts = tuple(said("{p:0}% \u00b7 {n}", p=share, n=n) for share, n in zip(shares, counts, strict=True))
    return StackRow(index, shares, texts, aside or said("{n} tested", n=tested), row.earlier)


def tested_of(tested: int, enrolled: int) -> Said:
    """More tested than enrolled now: some have left since, which is no share of anything."""
    if tested > enrolled:
        return said("{n} tested, now {all}", n=tested, all=enrolled)
    return said("{n} of {all}", n=tested, all=enrolled)


def _stack_alt(measure: Text, levels: Sequence[Text], rows: Sequence[LevelShare]) -> Said:
    shares = [(row.name, (row.counts[0] or 0) * 100 / sum(c or 0 for c in row.counts)) for row in rows if _known(row)]
    if not shares:
        return said("Stacked bars, {measure}. No row can be shown.", measure=measure)
    least = min(shares, key=lambda item: item[1])
    return said(
        "Stacked bars, {measure}, {n} rows. Lowest share of {level}: {row}, {share:0}%; line at 80%.",
        measure=measure,
        n=len(rows),
        level=levels[0],
        row=least[0],
        share=least[1],
    )


def _known(row: LevelShare) -> bool:
    return all(count is not None for count in row.counts) and sum(count or 0 for count in row.counts) > 0


def movement_flow(
    title: Text,
    before_name: Text,
    after_name: Text,
    tiers: Sequence[Text],
    moved: Mapping[tuple[int, int], int],
    *,
    finding: Said,
) -> Figure:
    """The same students in two windows: ``moved`` is (tier before, tier after), from 1 → how many. Nobody stands in it twice."""
    places = range(1, len(tiers) + 1)
    links = tuple(
        FlowLink(start - 1, end - 1, moved[start, end], _flow_role(start, end), _flow_words(start, end))
        for start in places
        for end in places
        if moved.get((start, end))
    )
    roles = level_roles(len(tiers), supports=True)
    before = [sum(n for (start, _), n in moved.items() if start == at) for at in places]
    after = [sum(n for (_, end), n in moved.items() if end == at) for at in places]
    alt = said(
        "Flow of {n} students between two windows, {a} and {b}. {finding}",
        n=sum(moved.values()),
        a=before_name,
        b=after_name,
        finding=finding,
    )
    columns = [
        tuple(FlowPart(role, name, n) for role, name, n in zip(roles, tiers, counts, strict=True))
        for counts in (before, after)
    ]
    flow = Flow(columns[0], columns[1], links, before_name, after_name)
    return Figure(title, alt, finding, XAxis(AxisKind.NONE), YAxis(), (flow,))


def _flow_role(start: int, end: int) -> Role:
    return Role.BAND if start == end else Role.BAR if end < start else Role.SERIES_2


def _flow_words(start: int, end: int) -> Said:
    return said("same support") if start == end else said("less support") if end < start else said("more support")
