"""A form for minutes by hand, in the order in which they are typed later: sections 1 to 7, as on screen and on finished minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Block,
    Cell,
    Checkbox,
    Column,
    Columns,
    Document,
    FooterClass,
    Heading,
    Inline,
    KeepTogether,
    Rich,
    Row,
    Table,
    Text,
    WriteLine,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts import form_head

NAMES, ITEMS, PROBLEMS, ISSUES = 12, 6, 2, 3
_LINE, _FIELD, _STATEMENT, _NEW = 13.2, 15.4, 40.0, 30.0
"""Heights in points: a line for a name, a field of the head, an old problem, a new one."""

_FIDELITY = (said("not started"), said("partial"), said("with fidelity"), said("stopped"))
_EFFECT = (said("worse"), said("no change"), said("improved"), said("goal met"))
_NEXT = (said("continue"), said("modify"), said("discontinue"), said("other"))


@dataclass(frozen=True)
class BlankFacts:
    """What is known is printed, the rest is for the hand. ``names`` are members as Last, First."""

    division: Text
    school: Text = ""
    team: Text = ""
    names: tuple[str, ...] = ()


def document(facts: BlankFacts) -> Document:
    """One page; the block of a problem can be copied as often as needed."""
    return Document(
        title=said("Team minutes"),
        kind=said("Minutes form · write in order 1 to 7, type in the same order"),
        owner=facts.division,
        blocks=(
            *_head(facts),
            _first_three(facts),
            *_problems(),
            *_issues(),
            *_new_problem(),
            *_rating(),
        ),
        footer_class=FooterClass.FORM,
        provenance=said("Copy more pages of block 4 as needed. Tier 1 minutes carry no student names."),
        code=said("Minutes form"),
    )


def _head(facts: BlankFacts) -> Iterator[Block]:
    yield form_head.boxes(
        said("This meeting"),
        (said("School"), facts.school, 150.0),
        (said("Team"), facts.team, 150.0),
        (said("Date"), "", 0.0),
        (said("Began"), "", 66.0),
        (said("Ended"), "", 66.0),
        height=_FIELD,
    )
    roles = ((said("Facilitator"), "", 0.0), (said("Minute taker"), "", 0.0), (said("Data analyst"), "", 0.0))
    yield form_head.boxes(said("Place and roles"), (said("Place"), "", 128.0), *roles, height=_FIELD)
    yield form_head.boxes(
        said("Next meeting"),
        (said("Next meeting: date"), "", 96.0),
        (said("Begins"), "", 56.0),
        (said("Place"), "", 86.0),
        *roles,
        height=_FIELD,
    )


def _first_three(facts: BlankFacts) -> Block:
    half = NAMES // 2
    names = [*facts.names[:NAMES], *[""] * (NAMES - len(facts.names[:NAMES]))]
    present = (
        Heading(said("1 Present")),
        Columns(
            (_boxes(names[:half], said("Members, first half")), _boxes(names[half:], said("Members, second half"))),
            gap=8.0,
        ),
    )
    agenda = (
        Heading(said("2 Agenda today")),
        Table(
            (Column(said("X"), width=16.0), Column(said("Item")), Column(said("Min."), width=34.0)),
            tuple(row(Checkbox(), "", "", height=_LINE) for _ in range(ITEMS)),
            said("Agenda items, crossed when done, and their minutes"), dense=True,
        ),
    )  # fmt: skip
    coming = (
        Heading(said("3 For next meeting")),
        Table((Column(said("Item")),), tuple(row("", height=_LINE) for _ in range(ITEMS)),
              said("Items for the next meeting"), dense=True),
    )  # fmt: skip
    return Columns((present, agenda, coming), widths=(196.0, 0.0, 150.0), gap=14.0)


def _boxes(names: list[str], summary: Said) -> tuple[Block, ...]:
    rows = tuple(row(Checkbox(), name, height=_LINE) for name in names)
    return (Table((Column(said("X"), width=16.0), Column(said("Name"))), rows, summary, dense=True),)


def _problems() -> Iterator[Block]:
    heading = Heading(said("4 Previously defined problems"), aside=said("one block for each"))
    for number in range(1, PROBLEMS + 1):
        block = _problem(number)
        yield KeepTogether((heading, block)) if number == 1 else block


def _problem(number: int) -> Table:
    fields = (
        said("4.{n} Problem: what, when, where, who, why, how often", n=number),
        said("Solution actions · prevent, teach, reward, correct, extinguish, safety"),
        said("Who"),
        said("By"),
        said("Goal and timeline"),
    )
    return Table(
        (Column(width=150.0), Column(width=98.0), Column(), Column(width=54.0), Column(width=42.0), Column(width=86.0)),
        (
            Row(
                tuple(Cell(quiet(field), columns=2 if place == 1 else 1, header=place == 0) for place, field in enumerate(fields)),
                height=_STATEMENT,
                at_top=True,
            ),
            Row((Cell(_choices(said("Fidelity"), _FIDELITY), columns=2), Cell(_choices(said("Effect"), _EFFECT), columns=4)),
                height=_LINE),
            Row((Cell((bold(said("Now")), " ", WriteLine(50.0), " ", said("a day, days"), " ", WriteLine(26.0)), columns=2),
                 Cell(_choices(said("Next"), _NEXT), columns=4)), height=_LINE),
        ),
        said("Problem {n}: statement, solutions, fidelity, effect, level now, next step", n=number),
        head=False, boxed=True, dense=True,
    )  # fmt: skip


def _choices(name: Said, words: tuple[Said, ...]) -> Rich:
    parts: list[Text | Inline] = [bold(name)]
    for word in words:
        parts += [" ", Checkbox(word)]
    return tuple(parts)


def _issues() -> Iterator[Block]:
    columns = (
        Column(said("Issue"), width=104.0),
        Column(said("Discussion, decision, task")),
        Column(said("Who"), width=72.0),
        Column(said("By"), width=48.0),
    )
    rows = tuple(row("", "", "", "", height=14.2) for _ in range(ISSUES))
    table = Table(columns, rows, said("What was said, decided and given out"), boxed=True, dense=True)
    yield KeepTogether((Heading(said("5 Information and issues")), table))


def _new_problem() -> Iterator[Block]:
    columns = (
        Column(said("Precise statement (six parts)"), width=112.0),
        Column(said("Solution actions"), width=86.0),
        Column(said("Who"), width=46.0),
        Column(said("By"), width=36.0),
        Column(said("Goal and timeline"), width=68.0),
        Column(said("Fidelity measure: what, when, who")),
        Column(said("Outcome measure: what, when, who")),
    )
    table = Table(
        columns, (row(*[""] * 7, height=_NEW),), said("A problem this meeting takes up"), boxed=True, dense=True
    )
    yield KeepTogether((Heading(said("6 New problem")), table))


def _rating() -> Iterator[Block]:
    questions = (said("Good use of time?"), said("Tasks tracked?"), said("Tasks completed?"), said("Desired effect?"))
    answers = (said("Y"), said("S"), said("N"))
    cells = [Cell((question, "\n", *_plain(answers)), header=True) for question in questions]
    cells.append(Cell((quiet(said("To improve")), "\n", WriteLine())))
    table = Table(
        tuple(Column(width=width) for width in (92.0, 92.0, 98.0, 92.0, 0.0)), (Row(tuple(cells), height=24.0),),
        said("Four answers and one line to improve"), head=False, dense=True,
    )  # fmt: skip
    heading = Heading(said("7 How was the meeting?"), aside=said("mark one each: Y yes, S so-so, N no"))
    yield KeepTogether((heading, table))


def _plain(words: tuple[Said, ...]) -> Iterator[Text | Inline]:
    for word in words:
        yield Checkbox(word)
        yield " "
