"""One problem on half a page: the precise statement, chart and facts, the sentence, solutions, boxes for today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Block,
    Checkbox,
    Column,
    Columns,
    Fact,
    FigureBlock,
    Heading,
    Inline,
    KeyFacts,
    Paragraph,
    Run,
    Sentence,
    Table,
    Text,
    TextRole,
    WriteLine,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import (
    KINDS,
    NEXT_STEPS,
    fidelity_mark,
)
from mtss_desktop.domain.behavior import Change
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.problems import Fidelity, NextStep, SolutionKind

_CHART_HEIGHT = 116.0


_CHART_WIDTH = 350.0


@dataclass(frozen=True)
class SolutionFacts:
    kind: SolutionKind
    text: Text
    who: Text = ""
    by: date | None = None
    fidelity: Fidelity | None = None
    note: Text = ""


@dataclass(frozen=True)
class ProblemFacts:
    """One problem, half a page.

    The six parts make the precise statement; an empty one prints as a line to write on. ``figure`` None: the place of the chart
    says what is counted, who brings it and by when (``waiting_for``). ``change`` compares before and after; ``level_since`` is the day it
    starts, ``unit`` what is counted ("referrals per school day"). ``last_step`` and ``last_decision`` are those of ``decided_on``.
    """

    title: Text
    opened_on: date | None = None
    what: Text = ""
    where: Text = ""
    when: Text = ""
    who: Text = ""
    why: Text = ""
    how_often: Text = ""
    goal: Text = ""
    level: Text = ""
    level_since: date | None = None
    fidelity_measure: Text = ""
    outcome_measure: Text = ""
    figure: Figure | None = None
    waiting_for: Text = ""
    change: Change | None = None
    solutions: tuple[SolutionFacts, ...] = ()
    last_step: NextStep | None = None
    last_decision: Text = ""
    decided_on: date | None = None
    question: Text = ""

    @property
    def precision(self) -> int:
        """How many of the six parts are named."""
        return sum(bool(part) for part in (self.what, self.where, self.when, self.who, self.why, self.how_often))


def problem_anchor(number: int) -> str:
    """What links to the problem at a position (from 1)."""
    return f"problem-{number}"


def problem_page(problem: ProblemFacts, number: int) -> Iterator[Block]:
    """The blocks of the problem at a position (from 1)."""
    opened = said("precise {n} of 6 · opened {day:date}", n=problem.precision, day=problem.opened_on)
    aside = opened if problem.opened_on else said("precise {n} of 6", n=problem.precision)
    title = said("Problem {n}: {title}", n=number, title=problem.title)
    yield Heading(title, aside=aside, anchor=problem_anchor(number), bookmark=True)
    yield Paragraph(_statement(problem), TextRole.SMALL)
    yield Columns(((_chart(problem),), (_problem_facts(problem),)), widths=(_CHART_WIDTH, 0.0), gap=16.0)
    yield _verdict(problem)
    if problem.solutions:
        yield _solutions(problem)
    yield Columns(((_decided(problem),), _choices()), gap=16.0)
    if problem.question:
        yield Paragraph((bold(said("Ask:")), Run(" "), quiet(problem.question)), TextRole.NOTE)


_PARTS = (
    ("what", said("what")),
    ("where", said("where")),
    ("when", said("when")),
    ("who", said("who")),
    ("why", said("why")),
    ("how_often", said("how often")),
)


def _statement(problem: ProblemFacts) -> tuple[Inline, ...]:
    """The parts in a sentence's order, each with its name in gray; a missing part is a line to write on."""
    found: list[Inline] = []
    for position, (name, label) in enumerate(_PARTS):
        text: Text = getattr(problem, name)
        lead = "" if not position else (said(", because ") if name == "why" else _JOIN[name])
        if lead:
            found.append(Run(lead))
        found.append(Run(text) if text else WriteLine(60.0))
        found += [Run(" "), quiet(said("({part})", part=label))]
    return (*found, Run("."))


_JOIN = {"where": " ", "when": ", ", "who": ", ", "how_often": ": "}


def _chart(problem: ProblemFacts) -> Block:
    if problem.figure is not None:
        return FigureBlock(problem.figure, _CHART_HEIGHT)
    text: Text = problem.waiting_for or said("No data are in yet. The team names who brings them and by when.")
    measure = problem.outcome_measure or said("none entered")
    return KeyFacts((Fact(said("Outcome measure"), measure), Fact(said("Data"), text)), stacked=True)


def _problem_facts(problem: ProblemFacts) -> Block:
    none = said("none entered")
    level = said("Level since {day:short}", day=problem.level_since) if problem.level_since else said("Level")
    return KeyFacts(
        (
            Fact(said("Goal"), problem.goal or none),
            Fact(level, problem.level or none),
            Fact(said("Fidelity measure"), problem.fidelity_measure or none),
            Fact(said("Outcome measure"), problem.outcome_measure or none),
        ),
        stacked=True,
    )


def _verdict(problem: ProblemFacts) -> Block:
    change = problem.change
    if change is None:
        return Sentence(said("Nothing to compare yet."), said("No dated change is on record with data on both sides."))
    return Sentence(change.sentence, change.more or "")


def _solutions(problem: ProblemFacts) -> Block:
    columns = (
        Column(said("Kind"), width=46.0),
        Column(said("Solution action"), names_row=True),
        Column(said("Who"), width=62.0),
        Column(said("By"), width=40.0),
        Column(said("Carried out?"), width=136.0),
    )
    rows = tuple(
        row(
            KINDS[each.kind],
            each.text,
            each.who,
            said("{day:short}", day=each.by) if each.by else "",
            fidelity_mark(each.fidelity, each.note),
        )
        for each in problem.solutions
    )
    return Table(columns, rows, said("Solution actions"), dense=True)


def _decided(problem: ProblemFacts) -> Block:
    head = said("Decided {day:short}:", day=problem.decided_on) if problem.decided_on else said("Decided:")
    step = NEXT_STEPS[problem.last_step] if problem.last_step else ""
    parts = [part for part in (step, problem.last_decision) if part]
    text: Text = said("nothing yet; this is its first review.") if not parts else said("{step}", step=parts[0])
    if len(parts) > 1:
        text = said("{step}: {decision}", step=parts[0], decision=parts[1])
    return Paragraph((bold(head), Run(" "), Run(text)), TextRole.NOTE)


def _choices() -> tuple[Block, ...]:
    steps = (
        NEXT_STEPS[NextStep.CONTINUE],
        NEXT_STEPS[NextStep.MODIFY],
        NEXT_STEPS[NextStep.DISCONTINUE],
        said("new goal"),
    )
    effects = (said("worse"), said("no change"), said("improved"), said("goal met"))
    return (
        Paragraph((bold(said("Today:")), *(Checkbox(step) for step in steps)), TextRole.NOTE),
        Paragraph((bold(said("Helped?")), *(Checkbox(effect) for effect in effects)), TextRole.NOTE),
    )
