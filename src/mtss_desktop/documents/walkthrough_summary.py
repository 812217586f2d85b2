"""Classroom visits of a place read together: how often each practice was seen, what was counted. No teacher, no visit alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Bar,
    Block,
    Column,
    Document,
    Fact,
    FooterClass,
    Heading,
    Panel,
    Panels,
    Paragraph,
    Row,
    Table,
    Text,
    TextRole,
    quiet,
    row,
)
from mtss_desktop.documents.parts import ratings as parts
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.rating_rollups import PracticeLine, TallyLine, Walkthroughs
from mtss_desktop.domain.scoring import half_up

FEWEST = 5
"""Visits that must lie together before anything of them is printed: below, a teacher could be known by it."""


@dataclass(frozen=True)
class WalkthroughFacts:
    division: Text
    visits: Walkthroughs
    printed: Printed


def document(facts: WalkthroughFacts) -> Document:
    visits = facts.visits
    few = visits.visits < FEWEST
    return Document(
        title=said("Classroom walkthroughs"),
        kind=said("Walkthrough summary"),
        owner=facts.division,
        subtitle=visits.place,
        facts=tuple(_facts(visits)),
        blocks=tuple(_few(visits)) if few else (*_counts(visits), *_practices(visits), *_tallies(visits), *_notes()),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Walkthroughs"),
        running_name=said("Classroom walkthroughs"),
        running=parts.short(visits.place),
    )


def _facts(visits: Walkthroughs) -> Iterator[Fact]:
    if visits.visits >= FEWEST:
        yield Fact(said("Visits"), str(visits.visits))
    if visits.first_on is not None and visits.last_on is not None:
        yield Fact(said("Between"), said("{a:date} and {b:date}", a=visits.first_on, b=visits.last_on))
    yield Fact(said("Read together"), said("without teachers, not for evaluation"))


def _few(visits: Walkthroughs) -> Iterator[Block]:
    text = (
        said("No visit has been finished in this time.")
        if not visits.visits
        else said("Fewer than {n} rooms visited.", n=FEWEST)
    )
    yield Paragraph(text, TextRole.LEAD)
    why = "What was seen prints once {n} rooms or more lie together, so that nobody is known by it."
    yield Paragraph(said(why, n=FEWEST), TextRole.SMALL)


def _counts(visits: Walkthroughs) -> Iterator[Block]:
    panels = []
    if visits.ratio is not None:
        many, one = visits.ratio
        many_words: Text = (
            said("{n:1} : {one}", n=float(half_up(many, 1)), one=one) if one else said("{n:0} : 0", n=int(many))
        )
        panels.append(Panel(said("Praise to corrections"), said("How much more is praised than corrected?"), many_words,
                            said("often wanted: 4 or 5 to 1")))  # fmt: skip
    if visits.responses_per_minute is not None:
        rate = float(half_up(visits.responses_per_minute, 1))
        panels.append(Panel(said("Opportunities to respond"), said("How often can students answer?"), said("{n:1} a minute", n=rate),
                            said("in {n:0} minutes watched", n=float(visits.minutes))))  # fmt: skip
    if panels:
        yield Panels(tuple(panels))


def _practices(visits: Walkthroughs) -> Iterator[Block]:
    labels = [label for label, _ in visits.practices[0].counts] if visits.practices else []
    columns = (
        Column(said("No."), width=26.0),
        Column(said("Practice"), names_row=True),
        *(Column(label, width=46.0, align=Align.RIGHT) for label in reversed(labels)),
        Column(said("Seen in rooms"), width=90.0),
        Column(said("Percent"), width=48.0, align=Align.RIGHT),
    )
    yield Heading(said("Practices"), aside=said("percent of the rooms it applies to"))
    yield Table(columns, tuple(_practice(line) for line in visits.practices), said("How often each practice was seen"))


def _practice(line: PracticeLine) -> Row:
    counts = [n for _, n in reversed(line.counts)]
    if not line.applied:
        return row(line.number, line.label, *("" for _ in counts), quiet(said("applied nowhere")), "–")
    bar = Bar(float(line.percent or 0), 100.0)
    return row(line.number, line.label, *(str(n) for n in counts), bar, parts.percent(line.percent))


def _tallies(visits: Walkthroughs) -> Iterator[Block]:
    if not visits.tallies:
        return
    columns = (
        Column(said("No."), width=26.0),
        Column(said("Counted"), names_row=True),
        Column(said("In all"), width=60.0, align=Align.RIGHT),
        Column(said("Visits"), width=60.0, align=Align.RIGHT),
        Column(said("A visit"), width=60.0, align=Align.RIGHT),
        Column(said("A minute"), width=60.0, align=Align.RIGHT),
    )
    yield Heading(said("Tallies"))
    yield Table(columns, tuple(_tally(line, visits) for line in visits.tallies), said("What was counted in all visits"))


def _tally(line: TallyLine, visits: Walkthroughs) -> Row:
    each = _number(line.total / line.visits) if line.visits else "–"
    minute = _number(line.total / float(visits.minutes)) if visits.minutes and line.counts != "minutes" else "–"
    return row(line.number, line.label, str(line.total), str(line.visits), each, minute)


def _number(value: float) -> Said:
    return said("{n:1}", n=value)


def _notes() -> Iterator[Block]:
    text = said(
        "Visits are for learning, never for evaluation. Where nothing was corrected the ratio stands as a count to 0. "
        "Rooms where a practice does not apply are left out of its percent."
    )
    yield Paragraph(quiet(text), TextRole.NOTE)
