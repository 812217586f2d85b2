"""An instrument over time: the chart with its criteria and versions, the sections, every rating, what moved and what was done for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Column,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    KeepTogether,
    Paragraph,
    Rich,
    Row,
    Run,
    Sentence,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts import ratings as parts
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.fidelity_charts import line_chart, section_trends
from mtss_desktop.domain.rating_trends import Moved, MovedItem, Trend, TrendLine, TrendPoint

_CHART, _SECTIONS, _FEW = 200.0, 118.0, 3
_A_ROW = 3
"""Small charts beside each other."""
_SIX = 6
"""Columns of scores beside the date; more sections than that are left to their charts."""


@dataclass(frozen=True)
class TrendFacts:
    """``moved`` is between the newest two ratings of one version."""

    division: Text
    trend: Trend
    moved: Moved
    printed: Printed


def document(facts: TrendFacts) -> Document:
    """The chart first; a chart of fewer than three ratings is left to the table."""
    trend = facts.trend
    return Document(
        title=said("{title} over time", title=_name(trend)),
        kind=said("Trend report"),
        owner=facts.division,
        subtitle=trend.place,
        facts=tuple(_facts(trend)),
        blocks=(
            *_chart(trend),
            *_sections(trend),
            *_table(trend),
            *_moved(facts.moved),
            *_stuck(facts.moved),
            *_notes(trend),
        ),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("{title} trend", title=parts.short(_name(trend))),
        running_name=parts.short(_name(trend)),
        running=parts.short(trend.place),
        running_right=said("Trend"),
    )


def _name(trend: Trend) -> str:
    return trend.title.partition(" (")[0]


def _facts(trend: Trend) -> Iterator[Fact]:
    yield Fact(said("Ratings"), str(trend.administrations))
    if trend.incomplete:
        yield Fact(said("Not complete"), said("{n}, without a percent", n=trend.incomplete))
    yield Fact(said("Version now"), trend.edition)
    spans = [each for each in trend.criteria if each.edition == trend.edition and each.key == trend.headline]
    if spans:
        yield Fact(said("Criterion now"), spans[0].title)


def _headline(trend: Trend) -> TrendLine | None:
    return next((line for line in trend.lines if line.key == trend.headline), trend.lines[0] if trend.lines else None)


def _chart(trend: Trend) -> Iterator[Block]:
    line = _headline(trend)
    if line is None or not line.points:
        yield Paragraph(
            said("No rating has been finished yet. The first finished rating starts the trend."), TextRole.SMALL
        )
        return
    figure = line_chart(trend, line)
    yield Sentence(figure.finding)
    if len(line.points) >= _FEW:
        yield Heading(line.title)
        yield FigureBlock(figure, height=_CHART)


def _sections(trend: Trend) -> Iterator[Block]:
    rest = [line for line in trend.lines if line.key != trend.headline and len(line.points) >= _FEW]
    if not rest:
        return
    blocks: list[Block] = [Heading(said("Parts"))]
    for first in range(0, len(rest), _A_ROW):
        charts = [line_chart(trend, line, labels=False) for line in rest[first : first + _A_ROW]]
        blocks.append(FigureBlock(section_trends(said("Parts"), charts), height=_SECTIONS))
    yield KeepTogether(tuple(blocks[:2]))
    yield from blocks[2:]


def _table(trend: Trend) -> Iterator[Block]:
    """Every rating as numbers: what the charts show, for those who read tables."""
    lines = [line for line in trend.lines if line.points][:_SIX]
    if not lines:
        return
    days = sorted({(point.held_on, point.edition) for line in lines for point in line.points})
    columns = (
        Column(said("Date"), names_row=True),
        Column(said("Version")),
        *(Column(line.title, align=Align.RIGHT) for line in lines),
    )
    rows = tuple(
        row(said("{day:date}", day=day), edition, *(_cell(line, day.toordinal(), edition) for line in lines))
        for day, edition in reversed(days)
    )
    yield Heading(said("Every rating"), aside=said("newest first"))
    yield Table(columns, rows, said("Scores by date and part"), dense=True)
    estimates = [point for line in lines if line.key == trend.headline for point in line.estimates]
    if estimates:
        told = tuple(_estimate(point) for point in estimates)
        yield Paragraph(
            quiet(said("Read on version {edition}, estimated by its published line: {told}.", edition=trend.edition, told=told)),
            TextRole.NOTE,
        )  # fmt: skip


def _cell(line: TrendLine, day: int, edition: str) -> Rich:
    point = next((each for each in line.points if each.held_on.toordinal() == day and each.edition == edition), None)
    if point is None:
        return "–"
    if point.percent is not None:
        return parts.percent(point.percent)
    return parts.mean(point.mean) if point.mean is not None else quiet(said("not complete"))


def _estimate(point: TrendPoint) -> Said:
    text = said("{day:date} {percent}", day=point.held_on, percent=parts.percent(point.percent))
    return said("{text} (at the end of the scale)", text=text) if point.clamped else text


# What moved --------------------------------------------------------------------------------------------------------------------


def _moved(moved: Moved) -> Iterator[Block]:
    if moved.from_on is None or moved.to_on is None:
        yield KeepTogether(
            (
                Heading(said("What moved")),
                Paragraph(said("Two ratings with the same version show what moved."), TextRole.SMALL),
            )
        )
        return
    aside = said("{a:date} to {b:date}", a=moved.from_on, b=moved.to_on)
    columns = (
        Column(said("Item"), width=30.0),
        Column(said("What"), names_row=True),
        Column(said("Then and now"), width=98.0),
        Column(said("What was done for it"), width=176.0),
        Column(said("Hours"), width=34.0, align=Align.RIGHT),
    )
    told = [item for item in moved.items if item.by or item.actions]
    rows = tuple(_moved_row(item) for item in told)
    empty = (
        said("No item moved, and nothing was done for one.") if moved.items else said("No item was rated both times.")
    )
    yield Heading(said("What moved, and what was done for it"), aside=aside)
    yield Table(columns, rows, said("Items with their two values, actions and hours"), dense=True, empty=empty)
    quiet_ones = len(moved.items) - len(told)
    if quiet_ones and told:
        text = said(
            "{n} item stayed as it was, without an action.",
            many="{n} items stayed as they were, without an action.",
            count="n",
            n=quiet_ones,
        )
        yield Paragraph(quiet(text), TextRole.NOTE)


def _moved_row(item: MovedItem) -> Row:
    return row(
        item.number,
        parts.asked(item.label),
        (said("{a} to {b}, ", a=item.before, b=item.after), _way(item)),
        _done(item),
        said("{n}", n=round(item.hours, 1)) if item.hours else "",
    )


def _way(item: MovedItem) -> Run | Said:
    if item.by > 0:
        return bold(said("up {n}", n=item.by))
    return bold(said("down {n}", n=-item.by)) if item.by < 0 else said("the same")


def _done(item: MovedItem) -> Rich:
    if item.actions:
        return said("{all}", all=tuple(action.text for action in item.actions))
    return quiet(said("no action in this time"))


def _stuck(moved: Moved) -> Iterator[Block]:
    still = [item for item in moved.items if item.stuck]
    if not still:
        return
    rows = tuple(
        row(item.number, parts.asked(item.label), said("{n} times {value}", n=item.times, value=item.after))
        for item in still
    )
    columns = (
        Column(said("Item"), width=30.0),
        Column(said("What"), names_row=True),
        Column(said("Rated"), width=110.0),
    )
    heading = Heading(said("Not moved three times in a row"), aside=said("a reason to try something else"))
    yield KeepTogether((heading, Table(columns, rows, said("Items that do not move"), dense=True)))


def _notes(trend: Trend) -> Iterator[Block]:
    text = said(
        "Ratings of different versions are not joined, and each version has its own criterion. What is not complete has no percent "
        "and no point."
    )
    sources = tuple(dict.fromkeys(each.source for each in trend.criteria if each.source))
    yield Paragraph(quiet(text), TextRole.NOTE)
    if sources:
        yield Paragraph(quiet(said("Criteria: {sources}", sources=sources)), TextRole.NOTE)
