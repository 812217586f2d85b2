"""Who decides what and who hears from whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mtss_desktop.base.words import said
from mtss_desktop.domain.figures import Arrow, AxisKind, Box, Column, Figure, Text, XAxis, YAxis


def structure_chart(
    title: Text,
    places: Sequence[Column],
    bands: Sequence[Text],
    teams: Sequence[Box],
    links: Sequence[Arrow],
    *,
    provenance: Text = "",
) -> Figure:
    """Who decides what and who hears from whom. ``Box.place`` −1 stands over all places."""
    keys = {team.key for team in teams}
    unknown = sorted({key for link in links for key in (link.start, link.end)} - keys)
    if unknown:
        raise ValueError(f"links to teams that are not on the chart: {', '.join(unknown)}")
    over = sum(1 for team in teams if team.place < 0)
    alt = said(
        "Structure chart, {over} division teams, {own} school teams; the {links} lines are listed below.",
        over=over,
        own=len(teams) - over,
        links=len(links),
    )
    return Figure(
        title, alt, alt, XAxis(AxisKind.NONE), YAxis(), (*teams, *links), columns=tuple(places), bands=tuple(bands),
        n=said("{n} team", many="{n} teams", count="n", n=len(teams)), provenance=provenance,
    )  # fmt: skip


def split_by_place(figure: Figure, sheets: int = 0) -> tuple[Figure, ...]:
    """A structure chart as several, each with the division's teams over its share of the places: for pages that cannot
    hold all at once. As even as possible; one place to a sheet unless ``sheets`` says how many there may be."""
    count = len(figure.columns)
    share = -(-count // sheets) if sheets else 1
    made = []
    for start in range(0, count, share):
        here = range(start, min(start + share, count))
        boxes = [
            replace(box, place=box.place - start if box.place >= 0 else box.place)
            for box in figure.of(Box)
            if box.place < 0 or box.place in here
        ]
        keys = {box.key for box in boxes}
        arrows = [arrow for arrow in figure.of(Arrow) if arrow.start in keys and arrow.end in keys]
        places = [figure.columns[place] for place in here]
        made.append(structure_chart(figure.title, places, figure.bands, boxes, arrows, provenance=figure.provenance))
    return tuple(made)
