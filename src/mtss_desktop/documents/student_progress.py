"""A student's progress on one sheet, both sides: chart and rule, then all scores. Confidential; no other student is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Checkbox,
    Column,
    Columns,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    Inline,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Row,
    Run,
    Sentence,
    Table,
    Text,
    TextRole,
    WriteLine,
    row,
)
from mtss_desktop.documents.parts.printed import Printed
from mtss_desktop.domain.figures import Figure

_CHART_HEIGHT = 250.0
_BLANK_ROWS = 2
_ONE_TABLE = 8
"""Up to so many scores stand in one table; more are set beside each other."""


@dataclass(frozen=True)
class NumberFacts:
    """One of the four numbers at the top: ``line`` says its base."""

    name: Text
    number: Text
    line: Text = ""


@dataclass(frozen=True)
class RuleFacts:
    """What a rule says, and the rule's name."""

    name: Text
    sentence: Text


@dataclass(frozen=True)
class ScoreFacts:
    """``aim`` is the goal line on that day, None for a baseline probe or without a goal line."""

    day: date
    value: float
    aim: float | None = None


@dataclass(frozen=True)
class StudentProgressFacts:
    """``shown`` is how the student is named on paper ("Student 0417"), ``rules_note`` the rule set with its version."""

    school: Text
    shown: Text
    about: Text
    measure: Text
    goal: Text
    as_of: date
    printed: Printed
    prepared_by: Text
    numbers: tuple[NumberFacts, ...]
    figure: Figure
    rules: tuple[RuleFacts, ...]
    rules_note: Text
    scores: tuple[ScoreFacts, ...]
    sources: Text
    code: Text


def document(facts: StudentProgressFacts) -> Document:
    """Two pages, both marked confidential; the line of provenance gives way to who may read it, imports stand in the note."""
    return Document(
        title=facts.shown,
        kind=said("Student progress"),
        owner=facts.school,
        subtitle=facts.about,
        facts=_title_facts(facts),
        blocks=(*_front(facts), PageBreak(), *_back(facts)),
        footer_class=FooterClass.CONFIDENTIAL,
        restriction=said(
            "Parents, current teachers, this student's team. Printed {at}, for {who}.",
            at=facts.printed.at,
            who=facts.prepared_by,
        )
        if facts.prepared_by
        else said("Parents, current teachers, this student's team. Printed {at}.", at=facts.printed.at),
        code=facts.code,
        running_name=facts.shown,
        running=facts.about,
        running_right=said("Student progress, {day:date}", day=facts.as_of),
    )


def _title_facts(facts: StudentProgressFacts) -> tuple[Fact, ...]:
    found = (
        Fact(said("Measure"), facts.measure),
        Fact(said("Goal"), facts.goal),
        Fact(said("As of"), said("{day:date}", day=facts.as_of)),
        Fact(said("Prepared by"), facts.prepared_by),
    )
    return tuple(fact for fact in found if fact.value)


# --- page 1


def _front(facts: StudentProgressFacts) -> list[Block]:
    return [
        Panels(tuple(Panel(each.name, "", each.number, each.line) for each in facts.numbers), figures=True),
        FigureBlock(facts.figure, _CHART_HEIGHT),
        Paragraph(
            said("Straight line: goal line on real dates; school breaks do not bend it. Dashed: trend, least squares."),
            TextRole.NOTE,
        ),
        Heading(said("What the rule says")),
        *_rules(facts),
        Paragraph(facts.rules_note, TextRole.NOTE),
        Heading(said("For the team"), aside=said("{day:date}", day=facts.as_of)),
        Columns(tuple((Paragraph(each, TextRole.SMALL),) for each in _QUESTIONS)),
        Paragraph(_choices()),
    ]


_QUESTIONS: tuple[Text, ...] = (
    said("1. Was the plan carried out? How many sessions were held of those planned?"),
    said("2. What do the errors show, and what would a second source say?"),
    said("3. What will the family hear, from whom, by when?"),
)


def _choices() -> tuple[Inline, ...]:
    words = (said("continue"), said("raise goal"), said("change plan"), said("fade support"))
    parts: list[Inline] = []
    for word in words:
        parts += [Checkbox(word), Run("   ")]
    return (*parts, Run(said("Note")), Run(" "), WriteLine(150.0))


def _rules(facts: StudentProgressFacts) -> list[Block]:
    if not facts.rules:
        return [Paragraph(said("No goal line has been set, so no rule can speak."), TextRole.SMALL)]
    return [Sentence(each.name, each.sentence) for each in facts.rules]


# --- page 2


def _back(facts: StudentProgressFacts) -> list[Block]:
    half = (len(facts.scores) + 1) // 2
    parts = [facts.scores[:half], facts.scores[half:]] if len(facts.scores) > _ONE_TABLE else [facts.scores]
    tables = tuple((_score_table(part),) for part in parts)
    scores: Block = Columns(tables, gap=28.0) if len(tables) > 1 else tables[0][0]
    return [
        Heading(said("All scores"), aside=said("the same data as the chart, as a table")),
        scores,
        Paragraph(facts.sources, TextRole.NOTE),
        Heading(said("Supports"), aside=said("by hand")),
        _by_hand((said("From"), said("Support"), said("Minutes and days"), said("Sessions held"), said("By"))),
        Heading(said("Decisions"), aside=said("by hand, newest first")),
        _by_hand((said("Date"), said("Decision"), said("Because"), said("Family told"))),
        Heading(said("Next"), aside=said("by hand")),
        _by_hand((said("By"), said("What"), said("Who"))),
    ]


def _score_table(scores: Sequence[ScoreFacts]) -> Table:
    columns = (
        Column(said("Date"), width=44.0, names_row=True),
        Column(said("Score"), width=42.0, align=Align.RIGHT),
        Column(said("Goal line"), width=48.0, align=Align.RIGHT),
        Column(said("Difference")),
    )
    return Table(columns, tuple(_score_row(each) for each in scores), said("Scores by date"), dense=True)


def _score_row(each: ScoreFacts) -> Row:
    if each.aim is None:
        return row(said("{day:short}", day=each.day), said("{v}", v=each.value), "", said("baseline"))
    off = each.value - each.aim
    side = said("on the line") if abs(off) < 0.05 else said("{off:1} above" if off > 0 else "{off:1} below", off=off)
    return row(said("{day:short}", day=each.day), said("{v}", v=each.value), said("{v:1}", v=each.aim), side)


def _by_hand(heads: tuple[Text, ...]) -> Table:
    columns = tuple(Column(head, share=0.5 if at == 0 else 1.0) for at, head in enumerate(heads))
    blank = tuple(row(*("" for _ in heads)) for _ in range(_BLANK_ROWS))
    return Table(columns, blank, said("Empty rows to write in"), boxed=True, row_height=24.0)
