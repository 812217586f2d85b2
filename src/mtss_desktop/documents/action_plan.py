"""The action plan: every goal of a team with what is done for it, by whom, by when, and how the team will know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Audience,
    Block,
    Cell,
    Checkbox,
    Column,
    Columns,
    Document,
    Fact,
    FooterClass,
    Heading,
    KeepTogether,
    Paper,
    Paragraph,
    Rich,
    Row,
    RowKind,
    SignatureLines,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import PRIORITIES
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.plans import Priority

MOST_OPEN = 4
"""Open actions a goal can carry before the habit says it is too many."""
_BLANK_ROWS, _BLANK_HEIGHT, _COLUMNS = 3, 24.0, 11


@dataclass(frozen=True)
class PlannedFacts:
    """One action; ``who`` is a name or, for the public, a role. ``how`` says how the team will know that it helped."""

    text: Text
    comes_from: Text
    who: Text
    started_on: date | None = None
    due_on: date | None = None
    evaluate_on: date | None = None
    done_on: date | None = None
    how: Text = ""
    priority: Priority | None = None


@dataclass(frozen=True)
class GoalFacts:
    """A goal with its actions; ``text`` "" for what serves no goal. ``now`` is its last level in words."""

    text: Text
    now: Text = ""
    actions: tuple[PlannedFacts, ...] = ()


@dataclass(frozen=True)
class TeamPlanFacts:
    """One team's part."""

    team: Text
    place: Text
    serves: Text
    administrator: Text
    facilitator: Text
    goals: tuple[GoalFacts, ...]


@dataclass(frozen=True)
class ActionPlanFacts:
    """``place`` is what the plan is of when it is not of a single team; actions done from ``first`` to ``last`` stay in it."""

    division: Text
    place: Text
    first: date
    last: date
    today: date
    printed: Printed
    teams: tuple[TeamPlanFacts, ...]


def document(facts: ActionPlanFacts, *, audience: Audience = Audience.TEAM) -> Document:
    one = facts.teams[0] if len(facts.teams) == 1 else None
    title = (
        said("Action plan, {team}", team=one.team)
        if one is not None
        else said("Action plan, {place}", place=facts.place)
    )
    span = said("{first:date} to {last:date}", first=facts.first, last=facts.last)
    place = one.place if one is not None else facts.division
    public = audience is Audience.PUBLIC
    return Document(
        title=title,
        kind=said("Action plan"),
        owner=facts.division,
        subtitle=said("{place} · {span}", place=place, span=span),
        facts=_facts(one, facts, public=public) if one is not None else (),
        blocks=tuple(_blocks(facts, one)),
        paper=Paper.LETTER_LANDSCAPE,
        audience=audience,
        footer_class=FooterClass.PUBLIC if public else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Action plan"),
        running_name=one.team if one is not None else facts.place,
        running=place,
        running_right=said("Action plan"),
    )


def _facts(team: TeamPlanFacts, facts: ActionPlanFacts, *, public: bool) -> tuple[Fact, ...]:
    first = (
        Fact(said("Serves"), team.serves or said("none entered"), 3),
        Fact(said("Actions"), _counts(team, facts.today), 1.6),
    )
    if public:
        return first
    return (
        *first,
        Fact(said("Administrator"), team.administrator or said("none entered"), 1.4),
        Fact(said("Facilitator"), team.facilitator or said("none entered"), 1.4),
    )


def _counts(team: TeamPlanFacts, today: date) -> Said:
    actions = [action for goal in team.goals for action in goal.actions]
    open_ = [action for action in actions if action.done_on is None]
    late = sum(action.due_on is not None and action.due_on < today for action in open_)
    return said("{open} open, {late} late, {done} done", open=len(open_), late=late, done=len(actions) - len(open_))


def _blocks(facts: ActionPlanFacts, one: TeamPlanFacts | None) -> Iterator[Block]:
    if not facts.teams:
        yield Paragraph(said("No team has a goal or an action here yet. Both begin with a problem, or in Plans."))
        return
    number = 1
    for team in facts.teams:
        if one is None:
            yield Heading(team.team, aside=_counts(team, facts.today))
        yield _table(team, facts.today, number)
        number += sum(len(goal.actions) for goal in team.goals)
    yield KeepTogether(
        (
            Columns(
                (
                    (Paragraph(_note(facts), TextRole.NOTE),),
                    (SignatureLines((said("Administrator, date"), said("Facilitator, date"))),),
                )
            ),
        )
    )


def _note(facts: ActionPlanFacts) -> Said:
    crowded = any(
        sum(action.done_on is None for action in goal.actions) > MOST_OPEN
        for team in facts.teams
        for goal in team.goals
        if goal.text
    )
    more = said(" A goal here has more than {n}: what can wait?", n=MOST_OPEN) if crowded else ""
    return said(
        "Pri.: H within 3 months, M within 6 to 9 months, L next year. “Evaluate on” is the day the team looks whether the "
        "action helped, not only whether it was done. No more than {n} open actions for each goal keep a plan alive.{more}",
        n=MOST_OPEN,
        more=more,
    )


def _table(team: TeamPlanFacts, today: date, first: int) -> Table:
    rows: list[Row] = []
    number = first
    for place, goal in enumerate(team.goals):
        rows.append(_group(goal, place))
        for action in goal.actions:
            rows.append(_row(action, number, today))
            number += 1
        if not goal.actions:
            rows += [row(*("",) * _COLUMNS, height=_BLANK_HEIGHT)] * _BLANK_ROWS
    return Table(
        (
            Column(said("No."), width=22, align=Align.RIGHT),
            Column(said("Done"), width=30, align=Align.CENTER),
            Column(said("Action"), names_row=True),
            Column(said("Comes from"), width=70),
            Column(said("Who"), width=62),
            Column(said("Start"), width=36),
            Column(said("Due"), width=48),
            Column(said("Evaluate on"), width=48),
            Column(said("Standing"), width=78),
            Column(said("How we will know"), width=132),
            Column(said("Pri."), width=20, align=Align.RIGHT),
        ),
        tuple(rows),
        summary=said("Actions by goal"),
        keep_groups=True,
        empty=said("No goal and no action yet. The next one starts with what the team wants to change."),
    )


def _group(goal: GoalFacts, place: int) -> Row:
    if not goal.text:
        return Row((Cell((bold(said("For no goal")),), columns=_COLUMNS),), RowKind.GROUP)
    letter = chr(ord("A") + place % 26)
    name = bold(said("Goal {letter}. {text}", letter=letter, text=goal.text))
    parts = (name, quiet(said(" · {now}", now=goal.now))) if goal.now else (name,)
    return Row((Cell(parts, columns=_COLUMNS),), RowKind.GROUP)


def _row(action: PlannedFacts, number: int, today: date) -> Row:
    priority: Rich = PRIORITIES[action.priority] if action.priority is not None else ""
    return row(
        said("{n}", n=number),
        Checkbox(checked=action.done_on is not None),
        action.text,
        quiet(action.comes_from),
        action.who or quiet(said("nobody yet")),
        _day(action.started_on, today),
        _day(action.due_on, today),
        _day(action.evaluate_on, today),
        _standing(action, today),
        action.how,
        priority,
    )


def _day(day: date | None, today: date) -> Text:
    """Without the year where it is this one or the last months': a plan of a year has room for few."""
    if day is None:
        return ""
    return said("{day:short}", day=day) if abs((day - today).days) < 300 else said("{day:date}", day=day)


def _standing(action: PlannedFacts, today: date) -> Rich:
    if action.done_on is not None:
        return said("done {day:short}", day=action.done_on)
    if action.due_on is None:
        return quiet(said("no date"))
    days = (today - action.due_on).days
    if days > 0:
        return bold(said("! late {n} day", many="! late {n} days", count="n", n=days))
    if days == 0:
        return said("due today")
    return said("in {n} day", many="in {n} days", count="n", n=-days)
