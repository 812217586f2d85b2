"""The coaching summary: the complete coaching story on one sheet, both sides. Effort, fidelity, outcome, next quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Bar,
    Block,
    Bullets,
    Cell,
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
    Paper,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import effect_mark, fidelity_mark
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.problems import Effect, Fidelity

_PANEL_HEIGHT = 110.0
_OUTCOME_HEIGHT = 76.0
_FEW_SCHOOLS = 4
_BAR_HEIGHT, _SCALE_HEIGHT = 16.0, 32.0


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EffortFacts:
    """One school (or one team, when the summary is of one school) in the period.

    Meetings ``planned`` and ``held``; of those held, minutes ``sent_in_time`` (within 24 hours); actions ``opened`` and ``closed`` in
    the period and ``late`` at its end. ``coach_present`` counts held meetings with the coach, ``last_present`` the last of them.
    """

    name: Text
    planned: int
    held: int
    sent_in_time: int
    opened: int
    closed: int
    late: int
    coach_present: int = 0
    last_present: date | None = None


@dataclass(frozen=True)
class FidelityLine:
    """The newest rating of a place with one instrument; ``score`` is a finished text, ``met`` None where nothing can be said."""

    place: Text
    instrument: Text
    edition: str
    held_on: date
    score: Text
    criterion: Text = ""
    met: bool | None = None


@dataclass(frozen=True)
class ProblemLine:
    """A problem and what its last review found."""

    place: Text
    title: Text
    reviewed_on: date | None = None
    fidelity: Fidelity | None = None
    effect: Effect | None = None
    level: Text = ""


@dataclass(frozen=True)
class OutcomeFacts:
    """One comparison in words and numbers; numbers are finished texts, empty where there is nothing to compare."""

    name: Text
    before: Text = ""
    since: Text = ""
    difference: Text = ""
    days: Text = ""
    sentence: Text = ""


@dataclass(frozen=True)
class WinLine:
    """``who`` is bold before the text (the school or team)."""

    who: Text
    text: Text


@dataclass(frozen=True)
class NextFacts:
    place: Text
    coach_will: Text = ""
    asked: Text = ""
    by: date | None = None
    decision: bool = False


@dataclass(frozen=True)
class SummaryFacts:
    """``one_school`` says that effort rows are teams. ``lead`` is at most four lines, ``decision`` its bold end.

    ``fidelity_missing`` says what is missing and when it comes; the third stands even so. ``outcome_figures`` share their axes
    (at most three beside each other), ``screening`` is one figure with its note.
    """

    division: Text
    title: Text
    span: Text
    start: date
    end: date
    printed: Printed
    coach: Text = ""
    readers: Text = ""
    scope: Text = ""
    one_school: bool = False
    lead: Text = ""
    decision: Text = ""
    effort: tuple[EffortFacts, ...] = ()
    effort_line: Text = ""
    months: tuple[Figure, ...] = ()
    months_note: Text = ""
    wins: tuple[WinLine, ...] = ()
    fidelity_missing: Text = ""
    fidelity_number: Text = ""
    fidelity_line: Text = ""
    fidelity: tuple[FidelityLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    outcome_aside: Text = ""
    outcome_number: Text = ""
    outcome_line: Text = ""
    outcome_figures: tuple[Figure, ...] = ()
    outcomes: tuple[OutcomeFacts, ...] = ()
    outcome_note: Text = ""
    screening: Figure | None = None
    screening_title: Text = ""
    screening_note: Text = ""
    next_period: tuple[NextFacts, ...] = ()
    code: Text = ""


# --- document --------------------------------------------------------------------------------------------------------


def document(facts: SummaryFacts, *, paper: Paper = Paper.LETTER, large_print: bool = False) -> Document:
    """Two pages: effort and wins; fidelity, outcome and what comes next."""
    blocks = (
        Paragraph((Run(facts.lead or _lead(facts)), Run(" "), bold(facts.decision)), TextRole.LEAD),
        _strip(facts),
        *_effort(facts),
        *_wins(facts),
        PageBreak(),
        *_fidelity(facts),
        *_outcome(facts),
        *_next(facts),
    )
    return Document(
        title=facts.title,
        kind=said("Coaching summary"),
        owner=facts.division,
        subtitle=facts.span,
        facts=_title_facts(facts),
        blocks=blocks,
        paper=paper,
        footer_class=FooterClass.NAMED,
        provenance=provenance(facts.printed),
        code=facts.code or said("Coaching summary, {span}", span=facts.span),
        running_name=said("Coaching summary"),
        running=facts.span,
        running_right=facts.division,
        large_print=large_print,
    )


def _title_facts(facts: SummaryFacts) -> tuple[Fact, ...]:
    place = said("Teams") if facts.one_school else said("Schools")
    found = [
        Fact(said("Period"), said("{start:date}–{end:date}", start=facts.start, end=facts.end)),
        Fact(place, facts.scope or said("{n}", n=len(facts.effort))),
        Fact(said("For"), facts.readers),
        Fact(said("Coach"), facts.coach),
    ]
    return tuple(fact for fact in found if fact.value)


def _total(facts: SummaryFacts) -> EffortFacts:
    rows = facts.effort
    return EffortFacts(
        said("All"),
        planned=sum(each.planned for each in rows),
        held=sum(each.held for each in rows),
        sent_in_time=sum(each.sent_in_time for each in rows),
        opened=sum(each.opened for each in rows),
        closed=sum(each.closed for each in rows),
        late=sum(each.late for each in rows),
    )


def _lead(facts: SummaryFacts) -> Said:
    """The story in numbers, where the coach has not written it."""
    if not facts.effort:
        return said("No meeting is on record in this period.")
    total = _total(facts)
    return said(
        "{held} of {planned} planned meetings were held, and the minutes of {sent} left within 24 hours. "
        "{opened} actions were opened, {closed} were closed; {late} are late.",
        held=total.held,
        planned=total.planned,
        sent=total.sent_in_time,
        opened=total.opened,
        closed=total.closed,
        late=total.late,
    )


def _strip(facts: SummaryFacts) -> Panels:
    total = _total(facts)
    held = said("{held} of {planned} meetings held", held=total.held, planned=total.planned)
    effort = Panel(said("Effort"), said("How much did we do?"), held, facts.effort_line or _effort_line(total))
    fidelity = Panel(
        said("Fidelity"),
        said("How well is it in place?"),
        facts.fidelity_number or said("no rating yet"),
        facts.fidelity_line,
    )
    none = said("nothing to compare yet")
    outcome = Panel(said("Outcome"), said("Did students benefit?"), facts.outcome_number or none, facts.outcome_line)
    return Panels((effort, fidelity, outcome))


def _effort_line(total: EffortFacts) -> Said:
    return said("{closed} actions closed, {late} late", closed=total.closed, late=total.late)


# --- effort


def _effort(facts: SummaryFacts) -> list[Block]:
    name = said("Team") if facts.one_school else said("School")
    aside = said("planned and held, by team") if facts.one_school else said("planned and held, by school")
    columns = (
        Column(name, share=1.0, names_row=True),
        Column(said("Meetings"), width=52.0, align=Align.RIGHT),
        Column(said("Held and planned"), width=92.0),
        Column(said("Minutes within 24 h"), width=54.0, align=Align.RIGHT),
        Column(said("Actions opened"), width=46.0, align=Align.RIGHT),
        Column(said("Closed"), width=42.0, align=Align.RIGHT),
        Column(said("Late"), width=42.0, align=Align.RIGHT),
        Column(said("Coach last present"), width=60.0),
    )
    most = float(max((max(each.planned, each.held) for each in facts.effort), default=1) or 1)
    rows = [_effort_row(each, most) for each in facts.effort]
    if len(rows) > 1:
        rows.append(_effort_row(_total(facts), most, total=True))
    empty = said("No meeting is on record in this period. Meetings are entered in the Meetings room.")
    blocks: list[Block] = [
        Heading(said("1 Effort"), aside=aside),
        Table(columns, tuple(rows), said("Meetings, minutes and actions"), empty=empty),
    ]
    if facts.months:
        blocks += [Heading(said("Meetings by month"), level=3), _side_by_side(facts.months, 4, _PANEL_HEIGHT)]
    if facts.months_note:
        blocks.append(Paragraph(facts.months_note, TextRole.NOTE))
    return blocks


def _effort_row(each: EffortFacts, most: float, *, total: bool = False) -> Row:
    bar: Rich = "" if total else Bar(float(each.held), most, float(each.planned))
    last: Rich = said("{day:short}", day=each.last_present) if each.last_present else quiet(said("not present"))
    late: Rich = said("{n}", n=each.late)
    return row(
        each.name,
        said("{held} of {planned}", held=each.held, planned=each.planned),
        bar,
        said("{sent} of {held}", sent=each.sent_in_time, held=each.held),
        said("{n}", n=each.opened),
        said("{n}", n=each.closed),
        bold(said("! {n}", n=each.late)) if each.late and not total else late,
        "" if total else last,
        kind=RowKind.TOTAL if total else RowKind.BODY,
    )


def _side_by_side(figures: tuple[Figure, ...], level: int, height: float) -> Block:
    """At most three beside each other, further ones below; all of one measure share their axes already."""
    wide = min(len(figures), 3)
    parts = tuple(
        tuple(block for figure in figures[start::wide] for block in _panel(figure, level, height))
        for start in range(wide)
    )
    return Columns(parts, gap=18.0)


def _panel(figure: Figure, level: int, height: float) -> tuple[Block, ...]:
    """One of the small multiples under its name."""
    return Heading(figure.title, level=level), FigureBlock(figure, height)


def _wins(facts: SummaryFacts) -> list[Block]:
    heading = Heading(said("Wins"), aside=said("named by the teams"))
    if not facts.wins:
        return [
            heading,
            Paragraph(said("No win is recorded in this period. Name one in the next meeting."), TextRole.SMALL),
        ]
    items = [(bold(win.who), Run(" "), Run(win.text)) for win in facts.wins]
    half = (len(items) + 1) // 2
    parts = [Bullets(tuple(part)) for part in (items[:half], items[half:]) if part]
    return [heading, Columns(tuple((part,) for part in parts)) if len(parts) > 1 else parts[0]]


# --- fidelity


def _fidelity(facts: SummaryFacts) -> list[Block]:
    missing = facts.fidelity_missing or said(
        "No instrument has been rated in this period. This third fills when a team rates one in the Look-fors room."
    )
    blocks: list[Block] = [Heading(said("2 Fidelity"))]
    blocks.append(_ratings(facts) if facts.fidelity else Paragraph(missing, TextRole.SMALL))
    if not facts.problems:
        return blocks
    columns = (
        Column(said("Team") if facts.one_school else said("School"), width=96.0),
        Column(said("Problem"), names_row=True),
        Column(said("Last review"), width=52.0),
        Column(said("Was the plan carried out?"), width=92.0),
        Column(said("Did it help?"), width=116.0),
        Column(said("Level"), width=72.0),
    )
    rows = tuple(_problem_row(each) for each in facts.problems)
    heading = Heading(said("What the teams said about their plans"), level=3)
    return [*blocks, heading, Table(columns, rows, said("Problems and their last review"), dense=True)]


def _ratings(facts: SummaryFacts) -> Block:
    """A line for each of a few schools, so that the story stays on one sheet; a table for more."""
    if len(facts.fidelity) <= _FEW_SCHOOLS:
        parts: list[Inline] = []
        named: set[Text] = set()
        for each in facts.fidelity:
            text = "{edition}: {score} on {day:short}; {reached}. "
            if each.instrument not in named:
                text = "{instrument} " + text
            score = said(text, instrument=each.instrument, edition=each.edition, score=each.score,
                         day=each.held_on, reached=_reached(each))  # fmt: skip
            parts += [bold(each.place), Run(" "), Run(score)]
            named.add(each.instrument)
        return Paragraph(tuple(parts), TextRole.SMALL)
    columns = (
        Column(said("School"), width=96.0),
        Column(said("Instrument"), names_row=True),
        Column(said("Rated"), width=52.0),
        Column(said("Score"), width=44.0, align=Align.RIGHT),
        Column(said("Criterion"), width=164.0),
    )
    rows = tuple(
        row(
            each.place,
            said("{title} {edition}", title=each.instrument, edition=each.edition),
            said("{day:date}", day=each.held_on),
            each.score,
            _reached(each),
        )
        for each in facts.fidelity
    )
    return Table(columns, rows, said("Newest ratings and whether they reach their criterion"), dense=True)


def _reached(each: FidelityLine) -> Text:
    if not each.criterion:
        return said("none for this instrument")
    if each.met is None:
        return said("{criterion}: not to be said yet", criterion=each.criterion)
    reached = "{criterion}: reached" if each.met else "{criterion}: not yet"
    return said(reached, criterion=each.criterion)


def _problem_row(each: ProblemLine) -> Row:
    return row(
        each.place,
        each.title,
        said("{day:short}", day=each.reviewed_on) if each.reviewed_on else quiet(said("none yet")),
        fidelity_mark(each.fidelity),
        effect_mark(each.effect),
        each.level,
    )


# --- outcome and next


def _outcome(facts: SummaryFacts) -> list[Block]:
    blocks: list[Block] = [Heading(said("3 Outcome"), aside=facts.outcome_aside)]
    if facts.outcome_figures:
        blocks.append(_side_by_side(facts.outcome_figures, 3, _OUTCOME_HEIGHT))
    if facts.outcomes:
        columns = (
            Column(said("School"), width=138.0, names_row=True),
            Column(said("Before"), width=38.0, align=Align.RIGHT),
            Column(said("Since the plan"), width=42.0, align=Align.RIGHT),
            Column(said("Difference"), width=58.0, align=Align.RIGHT),
            Column(said("School days, before / since"), width=62.0, align=Align.RIGHT),
            Column(said("In one sentence")),
        )
        rows = tuple(
            row(each.name, each.before, each.since, each.difference, each.days, each.sentence)
            for each in facts.outcomes
        )
        blocks.append(Table(columns, rows, said("Before and since the dated plan"), dense=True))
    if not facts.outcome_figures and not facts.outcomes:
        blocks.append(
            Paragraph(said("No outcome is on record for this period. Import referrals or scores."), TextRole.SMALL)
        )
    if facts.outcome_note:
        blocks.append(Paragraph(facts.outcome_note, TextRole.NOTE))
    return [*blocks, *_screening(facts)]


def _screening(facts: SummaryFacts) -> list[Block]:
    if facts.screening is None:
        return []
    bars = max(len(facts.screening.x.categories), 3)
    title = Heading(facts.screening_title or said("Screening"), level=3)
    blocks: list[Block] = [title, FigureBlock(facts.screening, _SCALE_HEIGHT + _BAR_HEIGHT * bars)]
    return [*blocks, Paragraph(facts.screening_note, TextRole.NOTE)] if facts.screening_note else blocks


def _next(facts: SummaryFacts) -> list[Block]:
    heading = Heading(said("Next quarter"), aside=said("what the coach will do, what is asked"))
    columns = (
        Column(said("Team") if facts.one_school else said("School"), width=96.0, names_row=True),
        Column(said("Coach will")),
        Column(said("Asked of leaders")),
        Column(said("By"), width=44.0),
    )
    rows = tuple(
        row(
            each.place,
            each.coach_will,
            Cell(Run(each.asked, bold=each.decision)),
            said("{day:short}", day=each.by) if each.by else "",
        )
        for each in facts.next_period
    )
    empty = said("Nothing is planned yet. The coach writes the next steps here before the page is handed over.")
    return [heading, Table(columns, rows, said("Next steps"), dense=True, empty=empty)]
