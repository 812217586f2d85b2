"""The data review: one screening window of one measure on one page, for the team that plans core instruction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Block,
    Columns,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Text,
    TextRole,
    TitleBlock,
    bold,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.documents.parts.screening_page import ScreeningFacts, screening_page


@dataclass(frozen=True)
class ReviewPage:
    """One measure. ``base`` are (label, value) of what the numbers rest on, ``moved`` the sentence of who moved."""

    measure: Text
    window: Text
    facts: ScreeningFacts
    base: tuple[tuple[Text, Text], ...] = ()
    moved: Text = ""


@dataclass(frozen=True)
class DataReviewFacts:
    """``pages`` in the order they are printed; at least one."""

    division: Text
    place: Text
    pages: tuple[ReviewPage, ...]
    printed: Printed
    readers: Text = ""


def document(facts: DataReviewFacts) -> Document:
    """One page for each measure. Raises ``ValueError`` without a page."""
    if not facts.pages:
        raise ValueError("a data review needs a screening")
    first, *more = facts.pages
    blocks: list[Block] = [*_page(first, 1)]
    for number, page in enumerate(more, start=2):
        blocks += [PageBreak(), _title(facts, page), *_page(page, number)]
    return Document(
        title=said("{measure}, {window}", measure=first.measure, window=first.window),
        kind=said("Data review"),
        owner=facts.division,
        subtitle=facts.place,
        facts=_facts(facts, first),
        blocks=tuple(blocks),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Data review, {place}, {window}", place=facts.place, window=first.window),
        running_name=said("Data review"),
        running=facts.place,
        running_right=first.window,
    )


def _title(facts: DataReviewFacts, page: ReviewPage) -> TitleBlock:
    title = said("{measure}, {window}", measure=page.measure, window=page.window)
    return TitleBlock(title, said("Data review"), facts.division, facts.place, _facts(facts, page))


def _facts(facts: DataReviewFacts, page: ReviewPage) -> tuple[Fact, ...]:
    found = [Fact(label, value) for label, value in page.base[:3]]
    return (*found, Fact(said("For"), facts.readers)) if facts.readers else tuple(found)


def _page(page: ReviewPage, number: int) -> Iterator[Block]:
    """Lead, bars, movement and cuts, questions: the bars carry every number of the table, so that all stays on one page."""
    facts = page.facts
    yield Paragraph((bold(facts.finding), Run(" "), Run(facts.more)), TextRole.LEAD)
    yield Heading(said("By grade"), aside=said("percent and number · at right: tested of enrolled"))
    if facts.figure is not None:
        yield FigureBlock(facts.figure, _SCALE_HEIGHT + _BAR_HEIGHT * max(3, len(facts.rows)))
    yield Paragraph((Run(facts.note), Run(" "), Run(page.moved), Run(" "), Run(_INSIDE)), TextRole.NOTE)
    rest = replace(facts, figure=None, rows=(), note="", finding="", questions=())
    yield from (block for block in screening_page(rest, number) if not isinstance(block, Heading))
    if facts.questions:
        yield Heading(said("Questions for the team"))
        yield Columns(tuple((Paragraph(each, TextRole.SMALL),) for each in _numbered(facts.questions)))


def _numbered(questions: tuple[Text, ...]) -> list[Text]:
    return [said("{n}. {text}", n=n, text=text) for n, text in enumerate(questions, start=1)]


_BAR_HEIGHT, _SCALE_HEIGHT = 28.0, 36.0
_INSIDE = said("Counts under 10 stay inside the team.")
