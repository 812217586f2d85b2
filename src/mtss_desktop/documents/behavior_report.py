"""The behavior report: core reports of referrals on one page, from counts alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Column,
    Columns,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    Paragraph,
    Sentence,
    Table,
    Text,
    TextRole,
    row,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.figures import Figure

MONTHS, TIMES, BAR, FOOT, SMALL = 128.0, 92.0, 12.5, 6.0, 88.0
"""Heights in points: a page holds all of it."""


@dataclass(frozen=True)
class BehaviorFacts:
    """Figures are None where the file does not say it; ``bands`` are (words, students, share) by how many referrals they had."""

    division: Text
    place: Text
    title: Text
    base: tuple[tuple[Text, Text], ...]
    finding: Text
    months: Figure
    locations: Figure | None
    behaviors: Figure | None
    times: Figure | None
    weekdays: Figure | None
    grades: Figure | None
    bands: tuple[tuple[Text, int, Said], ...]
    spot: Text
    printed: Printed


def document(facts: BehaviorFacts) -> Document:
    """One page."""
    return Document(
        title=facts.title,
        kind=said("Behavior report"),
        owner=facts.division,
        subtitle=facts.place,
        facts=tuple(Fact(label, value) for label, value in facts.base),
        blocks=tuple(_blocks(facts)),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Behavior, {place}", place=facts.place),
        running_name=said("Behavior report"),
        running=facts.place,
        running_right=facts.title,
    )


def _blocks(facts: BehaviorFacts) -> Iterator[Block]:
    yield Heading(said("Per school day, by month"), aside=said("this year and, hollow, last year"))
    yield FigureBlock(facts.months, MONTHS)
    note = said("Referrals divided by the school days of the month; a month without school days has no bar.")
    yield Paragraph(note, TextRole.NOTE)
    yield _beside((said("By place"), facts.locations), (said("By behavior"), facts.behaviors))
    yield Heading(said("By time of day"), level=3)
    if facts.times is None:
        yield Paragraph(said("The file says no time of day."), TextRole.SMALL)
    else:
        yield FigureBlock(facts.times, TIMES)
    yield _beside((said("By weekday"), facts.weekdays), (said("Per 100 students, by grade"), facts.grades),
                  students=_students(facts))  # fmt: skip
    if facts.spot:
        yield Sentence(said("Most precise spot:"), facts.spot)


def _beside(*charts: tuple[Text, Figure | None], students: tuple[Block, ...] = ()) -> Columns:
    tall = max((_height(figure) for _, figure in charts if figure is not None), default=SMALL)
    parts = [_chart(name, figure, tall) for name, figure in charts]
    return Columns((*parts, students) if students else tuple(parts))


def _chart(name: Text, figure: Figure | None, tall: float) -> tuple[Block, ...]:
    if figure is None:
        return (Heading(name, level=3), Paragraph(said("The file does not say it."), TextRole.SMALL))
    return (Heading(name, level=3), FigureBlock(figure, tall))


def _height(figure: Figure) -> float:
    return FOOT + BAR * len(figure.x.categories) if figure.horizontal else SMALL


def _students(facts: BehaviorFacts) -> tuple[Block, ...]:
    heading = Heading(said("Students by referrals"), level=3)
    if not facts.bands:
        return (heading, Paragraph(said("No enrollment is on record."), TextRole.SMALL))
    table = Table(
        (
            Column(said("Referrals"), names_row=True),
            Column(said("Students"), align=Align.RIGHT),
            Column(said("Share"), align=Align.RIGHT),
        ),
        tuple(row(name, said("{n}", n=n), share) for name, n, share in facts.bands),
        summary=said("Enrolled students by how many referrals they had"),
    )
    return (heading, table)
