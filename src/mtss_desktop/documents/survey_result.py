"""What people answered in a survey: shares for each question, comments in no order of arrival; nothing at all of too few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
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
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.domain.rating_views import ResultView
from mtss_desktop.domain.vote_views import SurveyItem, SurveyView


@dataclass(frozen=True)
class SurveyFacts:
    division: Text
    survey: SurveyView
    instrument: Instrument
    printed: Printed
    result: ResultView | None = None
    """Its criteria, and what the team says of the same."""


def document(facts: SurveyFacts) -> Document:
    survey = facts.survey
    head = survey.head
    day = head.administration.held_on
    name = head.title.partition(" (")[0]
    blocks = (
        _hidden(survey)
        if survey.hidden
        else (*_panels(survey), *_verdicts(facts), *_questions(facts), *_comments(survey))
    )
    return Document(
        title=name,
        kind=said("Survey result"),
        owner=facts.division,
        subtitle=said("{place}, {day:date}", place=head.place, day=day),
        facts=tuple(_facts(survey)),
        blocks=(*blocks, *_notes(facts)),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("{name} · {day:date}", name=parts.short(name), day=day),
        running_name=parts.short(name),
        running=parts.short(head.place),
        running_right=said("{day:date}", day=day),
    )


def _facts(survey: SurveyView) -> Iterator[Fact]:
    if survey.asked:
        yield Fact(said("People asked"), str(survey.asked))
    answered = said("fewer than {n}", n=survey.least) if survey.hidden else str(survey.answered)
    yield Fact(said("Answered"), answered)
    yield Fact(said("Names"), said("none were asked for"))


def _hidden(survey: SurveyView) -> tuple[Block, ...]:
    why = "Answers and comments are shown when {n} people or more answered, so that nobody is known by an answer."
    return (
        Paragraph(said("Too few answers to show."), TextRole.LEAD),
        Paragraph(said(why, n=survey.least), TextRole.SMALL),
    )


def _panels(survey: SurveyView) -> Iterator[Block]:
    panels = []
    if survey.rate is not None:
        line = said("{n} of {asked}; 80% is wanted", n=survey.answered, asked=survey.asked)
        panels.append(Panel(said("Who answered"), said("Can we speak for staff?"), parts.percent(survey.rate), line))
    if survey.average is not None:
        line = said("in place, and half of partially in place")
        panels.append(
            Panel(said("Implementation average"), said("How far is it?"), parts.percent(survey.average), line)
        )
    if panels:
        yield Panels(tuple(panels))


def _verdicts(facts: SurveyFacts) -> Iterator[Block]:
    """Where the average is wanted to be, and what the team says of the same."""
    found = facts.result
    if found is None:
        return
    if found.criteria:
        yield Bullets(tuple((said("{title}: ", title=each.title), parts.standing(each.met)) for each in found.criteria))
    for team in found.beside:
        percent = dict(team.percents).get("total")
        if percent is not None:
            told = said(
                "The team, {title}, {day:date}: {percent}.",
                title=parts.short(team.title), day=team.held_on, percent=parts.percent(percent),
            )  # fmt: skip
            yield Paragraph(told, TextRole.SMALL)


def _questions(facts: SurveyFacts) -> Iterator[Block]:
    titles = {section.key: section.title for section in facts.instrument.sections}
    for key, found in groupby(facts.survey.items, key=lambda item: item.section):
        items = tuple(found)
        labels = [point.label for point in facts.instrument.scale(facts.instrument.item(items[0].number)).points]
        averaged = any(item.average is not None for item in items)
        columns = (
            Column(said("No."), width=30.0),
            Column(said("Question"), names_row=True),
            *(Column(label, width=58.0, align=Align.RIGHT) for label in labels),
            Column(said("Answers"), width=48.0, align=Align.RIGHT),
        )
        if averaged:
            columns += (Column(said("Average"), width=48.0, align=Align.RIGHT),)
        rows = tuple(_question(item, labels, facts.survey.least, averaged) for item in items)
        yield Heading(titles.get(key, key))
        yield Table(columns, rows, said("Percent of answers for each question"))


def _question(item: SurveyItem, labels: list[str], least: int, averaged: bool) -> Row:
    """A question few people answered shows nothing, whatever the survey as a whole had."""
    few = item.answered < least
    shares = (
        ("–",) * len(labels) if few else tuple(parts.percent(100.0 * each.n / item.answered) for each in item.shares)
    )
    count: Text = said("under {n}", n=least) if few else str(item.answered)
    average = (parts.percent(None if few else item.average),) if averaged else ()
    return row(item.number, parts.asked(item.label), *shares, count, *average)


def _comments(survey: SurveyView) -> Iterator[Block]:
    yield Heading(said("In their own words"), aside=said("in no order of arrival"))
    if survey.comments:
        yield Bullets(survey.comments)
    else:
        yield Paragraph(said("Nobody wrote a comment."), TextRole.SMALL)


def _notes(facts: SurveyFacts) -> Iterator[Block]:
    if facts.survey.hidden:
        yield parts.source(facts.instrument)
        return
    text: Said = said("Percent of those who answered the question, rounded half up; a line left empty counts nowhere.")
    yield Paragraph(quiet(text), TextRole.NOTE)
    yield parts.source(facts.instrument)
