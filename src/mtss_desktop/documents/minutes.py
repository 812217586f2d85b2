"""Minutes of a meeting in seven sections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Checkbox,
    Column,
    Columns,
    Document,
    Heading,
    Inline,
    KeepTogether,
    Paper,
    Paragraph,
    Photo,
    Rich,
    Row,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import KINDS, NEXT_STEPS
from mtss_desktop.documents.parts.minutes_facts import (
    IssueFacts,
    ItemFacts,
    MinutesFacts,
    PresentFacts,
    ReviewedFacts,
    SaidFacts,
)
from mtss_desktop.documents.parts.minutes_page import EFFECTS, minutes_document
from mtss_desktop.domain.meetings import Answer, LineKind
from mtss_desktop.domain.problems import Effect, Fidelity

_FIDELITY = {
    Fidelity.NOT_STARTED: said("not started"),
    Fidelity.PARTIAL: said("partial"),
    Fidelity.WITH_FIDELITY: said("with fidelity"),
    Fidelity.STOPPED: said("stopped"),
}
_ANSWER = {Answer.YES: said("yes"), Answer.SO_SO: said("so-so"), Answer.NO: said("no")}
_STARTS = {
    LineKind.DECISION: said("Decision:"),
    LineKind.CELEBRATION: said("Win:"),
    LineKind.PARKING_LOT: said("Parked:"),
}
QUESTIONS = (
    said("Good use of our time?"),
    said("Do we track whether tasks get done?"),
    said("Do we complete them?"),
    said("Do they have the effect we want?"),
)


def document(facts: MinutesFacts, words: Words, *, paper: Paper = Paper.LETTER, large_print: bool = False) -> Document:
    """Sections 1 to 7; 6 only where a problem is new."""
    blocks: list[Block] = [
        _first_three(facts),
        *_problems(facts),
        *_issues(facts),
        *_new_problems(facts),
        *_rating(facts),
        *_photos(facts),
    ]
    return minutes_document(facts, words, said("Minutes"), blocks, paper=paper, large_print=large_print)


# --- 1, 2, 3


def _first_three(facts: MinutesFacts) -> Block:
    return Columns((_present(facts), _agenda(facts), _for_next(facts)), widths=(164.0, 0.0, 156.0), gap=14.0)


def _present(facts: MinutesFacts) -> tuple[Block, ...]:
    voting = [each for each in facts.present if each.votes]
    others = [each for each in facts.present if not each.votes and each.present]
    count = said("{n} of {all}", n=sum(each.present for each in voting), all=len(voting))
    aside: Text = count if facts.quorum is None else said("{share}, quorum", share=count)
    if facts.quorum is False:
        aside = said("{share}, no quorum", share=count)
    half = (len(voting) + 1) // 2
    members: Block = Paragraph(said("No member is on the team yet."), TextRole.SMALL)
    if voting:
        members = Columns((_people(voting[:half]), _people(voting[half:])), gap=8.0)
    also: list[Block] = []
    if others:
        names = "; ".join(each.name for each in others)
        also = [Paragraph(quiet(said("Without a vote: {names}", names=names)), TextRole.NOTE)]
    return (Heading(said("1 Present"), aside=aside if voting else ""), members, *also)


def _people(people: list[PresentFacts]) -> tuple[Block, ...]:
    boxes: list[Text | Inline] = []
    for person in people:
        boxes += ["\n"] if boxes else []
        boxes.append(Checkbox(person.name, person.present))
    return (Paragraph(tuple(boxes), TextRole.SMALL),) if boxes else ()


def _agenda(facts: MinutesFacts) -> tuple[Block, ...]:
    rows = [
        row(Checkbox(item.title, item.done), quiet(_used(item)) if item.planned is not None or item.used else "")
        for item in facts.agenda
    ]
    table = Table(
        (Column(names_row=True), Column(width=52.0, align=Align.RIGHT)),
        tuple(rows),
        said("Agenda items and their minutes"),
        head=False,
        dense=True,
        empty=said("No agenda was written."),
    )
    note: list[Block] = []
    told = next((item for item in facts.agenda if item.used is not None and item.planned), None)
    if told is not None:
        meaning = said("“{used} of {planned}” = used of planned", used=told.used, planned=told.planned)
        note = [Paragraph(quiet(meaning), TextRole.NOTE)]
    return (Heading(said("2 Agenda today")), table, *note)


def _used(item: ItemFacts) -> Said:
    if item.used is None:
        return said("{planned} min planned", planned=item.planned)
    if item.planned is None:
        return said("{used} min", used=item.used)
    return said("{used} of {planned} min", used=item.used, planned=item.planned)


def _for_next(facts: MinutesFacts) -> tuple[Block, ...]:
    title = said("3 For {day:short}", day=facts.next_day) if facts.next_day else said("3 For next meeting")
    if not facts.for_next:
        return Heading(title), Paragraph(said("Nothing is carried over."), TextRole.SMALL)
    return Heading(title), Bullets(tuple(facts.for_next))


# --- 4


def _problems(facts: MinutesFacts) -> Iterator[Block]:
    heading = Heading(said("4 Previously defined problems"), aside=said("status is asked again at every meeting"))
    if not facts.problems:
        yield KeepTogether((heading, Paragraph(said("No problem was open."), TextRole.SMALL)))
    for number, problem in enumerate(facts.problems, 1):
        parts = tuple(_problem(number, problem))
        yield KeepTogether((heading, *parts) if number == 1 else parts)


def _problem(number: int, problem: ReviewedFacts) -> Iterator[Block]:
    statement: tuple[Block, ...] = (
        Heading(said("Problem {n}: precise statement", n=number), 3, rule=False),
        Paragraph(problem.statement, TextRole.SMALL),
    )
    yield Columns((statement, (_tried(problem),)), widths=(148.0, 0.0), gap=12.0)
    rows = (
        row(_choice(said("Fidelity"), _FIDELITY, problem.fidelity), _choice(said("Effect"), EFFECTS, problem.effect)),
        row((bold(said("Now")), " ", problem.now or said("not counted")), _next_step(problem)),
    )
    summary = said("Problem {n}: carried out, effect, level now, next step", n=number)
    yield Table((Column(names_row=True), Column(align=Align.RIGHT)), rows, summary, head=False, dense=True)
    if problem.note:
        yield Paragraph(problem.note, TextRole.SMALL)


def _tried(problem: ReviewedFacts) -> Table:
    columns = (
        Column(said("Kind"), width=48.0),
        Column(said("Solution action")),
        Column(said("Who"), width=52.0),
        Column(said("By"), width=34.0),
        Column(said("Goal and timeline"), width=92.0),
    )
    rows = [
        row(KINDS[each.kind], each.text, each.who, _short(each.by), problem.goal if place == 0 else "")
        for place, each in enumerate(problem.tried)
    ]
    if not rows:
        rows = [row("", said("No solution is written down."), "", "", problem.goal)]
    return Table(columns, tuple(rows), said("Solutions, who and by when"), dense=True)


def _short(day: date | None) -> Text:
    return said("{day:short}", day=day) if day else ""


def _choice(label: Said, values: dict[Fidelity, Said] | dict[Effect, Said], chosen: Fidelity | Effect | None) -> Rich:
    """All values, one crossed: readers see what was not chosen."""
    boxes: list[Text | Inline] = [bold(label)]
    for value, word in values.items():
        boxes += [" ", Checkbox(word, value is chosen)]
    return tuple(boxes)


def _next_step(problem: ReviewedFacts) -> Rich:
    boxes: list[Text | Inline] = [bold(said("Next"))]
    for value, word in NEXT_STEPS.items():
        boxes += [" ", Checkbox(word, value is problem.next_step)]
    return (*boxes, Run(said(" · closed"))) if problem.closed else tuple(boxes)


# --- 5, 6, 7


def _issues(facts: MinutesFacts) -> Iterator[Block]:
    yield Heading(said("5 Information and issues"))
    columns = (
        Column(said("Issue"), width=112.0, names_row=True),
        Column(said("Discussion, decision, task")),
        Column(said("Who"), width=60.0),
        Column(said("By"), width=40.0),
    )
    rows = tuple(each for issue in facts.issues for each in _issue(issue))
    yield Table(
        columns, rows, said("What was said, decided and given out"), dense=True, empty=said("Nothing was written down.")
    )


def _issue(issue: IssueFacts) -> Iterator[Row]:
    talk = [line for line in issue.lines if line.kind is not LineKind.ACTION]
    asks = [line for line in issue.lines if line.kind is LineKind.ACTION]
    first: Cell | Text = Cell(issue.issue, header=True)
    if talk:
        yield row(first, _talk(talk), "", "")
        first = Cell(said("{issue}, task", issue=issue.issue), header=True) if asks else ""
    for line in asks:
        yield row(first, line.text, line.who or said("no owner"), _short(line.by) or said("no date"))
        first = Cell(said("{issue}, task", issue=issue.issue), header=True)


def _talk(lines: list[SaidFacts]) -> Rich:
    parts: list[Text | Inline] = []
    for number, line in enumerate(lines):
        if number:
            parts.append("\n")
        if line.kind in _STARTS:
            parts += [bold(_STARTS[line.kind]), " "]
        parts.append(Run(line.text))
    return tuple(parts)


def _new_problems(facts: MinutesFacts) -> Iterator[Block]:
    if not facts.new_problems:
        return
    best = max(each.precise for each in facts.new_problems)
    title = said("6 New problem") if len(facts.new_problems) == 1 else said("6 New problems")
    columns = (
        Column(said("Precise statement"), width=118.0, names_row=True),
        Column(said("Solution action"), width=96.0),
        Column(said("Who"), width=50.0),
        Column(said("By"), width=34.0),
        Column(said("Goal and timeline"), width=76.0),
        Column(said("Fidelity measure"), width=74.0),
        Column(said("Outcome measure")),
    )
    rows = tuple(
        row(
            each.statement,
            _stacked(tuple(said("{kind}: {text}", kind=KINDS[one.kind], text=one.text) for one in each.tried)),
            _stacked(tuple(one.who or said("no owner") for one in each.tried)),
            _stacked(tuple(_short(one.by) or said("no date") for one in each.tried)),
            each.goal,
            each.fidelity_measure,
            each.outcome_measure,
        )
        for each in facts.new_problems
    )
    yield KeepTogether(
        (
            Heading(title, aside=said("precise {n} of 6", n=best)),
            Table(columns, rows, said("Problems this meeting took up"), dense=True),
        )
    )


def _stacked(texts: tuple[Text, ...]) -> Rich:
    parts: list[Text | Inline] = []
    for number, text in enumerate(texts):
        parts += ["\n", text] if number else [text]
    return tuple(parts)


def _rating(facts: MinutesFacts) -> Iterator[Block]:
    rows = tuple(
        row(question, tuple(_boxes(answer))) for question, answer in zip(QUESTIONS, facts.answers, strict=True)
    )
    blocks: list[Block] = [
        Heading(said("7 How was the meeting?"), aside="" if any(facts.answers) else said("not asked")),
        Table((Column(names_row=True), Column(width=150.0)), rows, said("Four answers"), head=False, dense=True),
    ]
    if facts.to_improve:
        blocks.append(Paragraph((bold(said("To improve:")), " ", Run(facts.to_improve)), TextRole.SMALL))
    yield KeepTogether(tuple(blocks))


def _boxes(answer: Answer | None) -> Iterator[Text | Inline]:
    for value, word in _ANSWER.items():
        yield Checkbox(word, value is answer)
        yield " "


def _photos(facts: MinutesFacts) -> Iterator[Block]:
    """Behind the seven sections, each with its words; two fit on a page."""
    for number, photo in enumerate(facts.photos, 1):
        shown: tuple[Block, ...] = (Photo(photo.content, said("Photo {n}: {words}", n=number, words=photo.words)),)
        yield KeepTogether((Heading(said("Photos")), *shown) if number == 1 else shown)
