"""The walk-in packet: walk in, hand out, begin. Cover, agenda and sign-in, last minutes, open actions, problems, screening, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Checkbox,
    Column,
    Columns,
    Contents,
    ContentsEntry,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    Inline,
    KeepTogether,
    KeyFacts,
    PageBreak,
    PageOf,
    Paper,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Run,
    Sentence,
    Spacer,
    Table,
    Text,
    TextRole,
    WriteLine,
    WriteLines,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import (
    KINDS,
    NEXT_STEPS,
    PRIORITIES,
    WE_WILL,
    effect_mark,
    fidelity_mark,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.behavior import Change
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.meetings import WeWill
from mtss_desktop.domain.plans import Priority
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, SolutionKind

_CHART_HEIGHT = 116.0
_CHART_WIDTH = 350.0
_HALF_PAGE = 322.0
_BAR_HEIGHT, _SCALE_HEIGHT = 23.0, 36.0
_MOST_DECISIONS = 5
_ONE_PAGE_OF_MEMBERS = 16
_BLANK_ROWS = 4
_GUESTS = 2


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemberFacts:
    """``name`` as on sign-in sheets (Last, First). ``votes`` is False for the coach, who is listed last."""

    name: str
    position: Text = ""
    role_today: Text = ""
    votes: bool = True


@dataclass(frozen=True)
class RoleFacts:
    """``today`` and ``backup`` are names; empty prints "none yet"."""

    role: Text
    today: Text = ""
    backup: Text = ""


@dataclass(frozen=True)
class DecisionFacts:
    """One sentence; ``about`` is the anchor of the part it belongs to (see ``PROBLEM``, ``SCREENING``, ``ACTIONS``)."""

    text: Text
    about: str = ""


@dataclass(frozen=True)
class WinFacts:
    text: Text
    named_by: Text = ""
    day: date | None = None


@dataclass(frozen=True)
class AgendaFacts:
    """``starts_at`` is printed, not computed by the reader; ``problem`` is the position (from 1) of the problem it is about."""

    title: Text
    starts_at: time | None = None
    minutes: int | None = None
    leads: Text = ""
    we_will: WeWill | None = None
    problem: int = 0
    about: str = ""


@dataclass(frozen=True)
class ReviewFacts:
    """What the last meeting found about one problem."""

    problem: Text
    fidelity: Fidelity | None = None
    effect: Effect | None = None
    decision: Text = ""
    closed: bool = False


@dataclass(frozen=True)
class EscalationFacts:
    """Sent to another team; ``answered_on`` None: still open."""

    text: Text
    to: Text
    sent_on: date
    answered_on: date | None = None
    answer: Text = ""


@dataclass(frozen=True)
class LastMinutesFacts:
    """``sent_after_minutes`` counts from the end of the meeting; None: not sent yet."""

    day: date
    present: int
    members: int
    started_at: time | None = None
    ended_at: time | None = None
    sent_after_minutes: int | None = None
    reviews: tuple[ReviewFacts, ...] = ()
    decisions: tuple[Text, ...] = ()
    escalations: tuple[EscalationFacts, ...] = ()


@dataclass(frozen=True)
class ActionFacts:
    owner: str
    text: Text
    belongs_to: Text = ""
    since: date | None = None
    due: date | None = None
    priority: Priority | None = None


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


@dataclass(frozen=True)
class ShareRow:
    """A row of counts already suppressed: the row's name and one text per column."""

    name: Text
    values: tuple[Text, ...]
    total: bool = False


@dataclass(frozen=True)
class ScreeningFacts:
    """One measure and window. ``finding`` and ``more`` are the lead sentence, ``columns`` and ``rows`` the shares by grade.

    ``movement_columns`` and ``movement`` are counts from the window before (empty: nothing to compare, ``movement_missing`` says why).
    ``near_columns`` and ``near`` count students close to a cut score.
    """

    title: Text
    aside: Text = ""
    finding: Text = ""
    more: Text = ""
    figure: Figure | None = None
    columns: tuple[Text, ...] = ()
    rows: tuple[ShareRow, ...] = ()
    movement_title: Text = ""
    movement_aside: Text = ""
    movement_columns: tuple[Text, ...] = ()
    movement: tuple[ShareRow, ...] = ()
    movement_missing: Text = ""
    near_columns: tuple[Text, ...] = ()
    near: tuple[ShareRow, ...] = ()
    near_aside: Text = ""
    note: Text = ""
    questions: tuple[Text, ...] = ()


@dataclass(frozen=True)
class PacketFacts:
    """Everything on the six to fourteen pages. ``today`` is the day of the meeting: what is late is late then.

    ``screenings`` is one page each. ``decisions`` empty: one per problem is made. ``parts`` switches parts off ("wins", "screening" …).
    """

    division: Text
    school: Text
    team: Text
    day: date
    printed: Printed
    starts_at: time | None = None
    ends_at: time | None = None
    place: Text = ""
    prepared_by: Text = ""
    code: Text = ""
    purpose: Text = ""
    serves: Text = ""
    members: tuple[MemberFacts, ...] = ()
    quorum: int | None = None
    norms: Text = ""
    roles: tuple[RoleFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    wins: tuple[WinFacts, ...] = ()
    wins_since: date | None = None
    agenda: tuple[AgendaFacts, ...] = ()
    last: LastMinutesFacts | None = None
    actions: tuple[ActionFacts, ...] = ()
    problems: tuple[ProblemFacts, ...] = ()
    problem_sources: Text = ""
    screenings: tuple[ScreeningFacts, ...] = ()
    confidential: bool = False
    restriction: Text = ""
    without: frozenset[str] = frozenset()
    notes_pages: int = 1


COVER, AGENDA, SIGN_IN, LAST_MINUTES, ACTIONS, NOTES = "cover", "agenda", "sign-in", "minutes", "actions", "notes"


def problem_anchor(number: int) -> str:
    """What ``about`` says for the problem at a position (from 1)."""
    return f"problem-{number}"


def screening_anchor(number: int) -> str:
    return f"screening-{number}"


# --- document --------------------------------------------------------------------------------------------------------


def document(facts: PacketFacts, words: Words, *, paper: Paper = Paper.LETTER, large_print: bool = False) -> Document:
    """The packet. Each part starts on the next page; two problems fill one."""
    parts = [_cover(facts, words), _agenda_and_sign_in(facts, words), _follow_up(facts, words)]
    parts += [part for part in (_problems(facts, words), *_screenings(facts), _notes(facts)) if part]
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        blocks += [PageBreak(), *part] if number else part
    weekday = words.long_date(facts.day).partition(",")[0]
    return Document(
        title=facts.team,
        kind=said("Meeting packet"),
        owner=facts.division,
        subtitle=facts.school,
        facts=_title_facts(facts, words),
        blocks=tuple(blocks),
        paper=paper,
        footer_class=FooterClass.CONFIDENTIAL if facts.confidential else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        restriction=facts.restriction if facts.confidential else "",
        code=facts.code or said("Packet · {day:date}", day=facts.day),
        running=facts.school,
        running_right=said("Meeting packet, {weekday} {day:date}", weekday=weekday, day=facts.day),
        large_print=large_print,
    )


def _title_facts(facts: PacketFacts, words: Words) -> tuple[Fact, ...]:
    when = said("{day:long}", day=facts.day)
    if facts.starts_at and facts.ends_at:
        span = words.time_range(facts.starts_at, facts.ends_at)
        weekday = words.long_date(facts.day).partition(",")[0]
        when = said("{weekday}, {day:date}, {span}", weekday=weekday, day=facts.day, span=span)
    voting = sum(member.votes for member in facts.members)
    people = said("{n} member", many="{n} members", count="n", n=voting)
    if len(facts.members) > voting:
        people = said("{people}, coach", people=people)
    found = [
        Fact(said("Meeting"), when),
        Fact(said("Place"), facts.place),
        Fact(said("For"), people),
        Fact(said("Prepared by"), facts.prepared_by),
    ]
    return tuple(fact for fact in found if fact.value)


# --- cover


def _cover(facts: PacketFacts, words: Words) -> list[Block]:
    purpose = facts.purpose or said("No purpose is entered yet. The team can write it in its first meeting.")
    blocks: list[Block] = [
        Paragraph((bold(said("Purpose of the team.")), Run(" "), Run(purpose)), TextRole.LEAD),
        Paragraph(facts.serves, TextRole.NOTE),
        Heading(said("What this meeting decides"), anchor=COVER),
        *_decisions(facts),
        *_wins(facts, words),
        Columns(((*_roles(facts),), (Heading(said("Contents")), Contents(_contents(facts)))), gap=21.6),
    ]
    return blocks


def _decisions(facts: PacketFacts) -> list[Block]:
    chosen = (facts.decisions or decisions_due(facts))[:_MOST_DECISIONS]
    if not chosen:
        text = said("No decision is prepared. The meeting is for information, open actions and new problems.")
        return [Paragraph(text, TextRole.SMALL)]
    columns = (Column(width=16.0, names_row=True), Column(), Column(width=104.0, align=Align.RIGHT))
    rows = [row(bold(said("{n}", n=n)), each.text, _where(each.about, facts)) for n, each in enumerate(chosen, 1)]
    return [Table(columns, tuple(rows), said("Decisions of this meeting"), head=False, large=True)]


def decisions_due(facts: PacketFacts) -> tuple[DecisionFacts, ...]:
    """One decision per problem, as a question: what the last step was and what to choose now."""
    return tuple(
        DecisionFacts(
            said("{title}: continue as planned, change it, or set a new goal?", title=problem.title),
            problem_anchor(number),
        )
        for number, problem in enumerate(facts.problems, 1)
    )


def _where(anchor: str, facts: PacketFacts) -> Rich:
    """The part and its page, linked: "Problem 1, page 4"."""
    titles = dict(_short_titles(facts))
    if anchor not in titles:
        return ""
    return Run(titles[anchor], quiet=True, anchor=anchor), PageOf(anchor, said(", page "), quiet=True)


def _short_titles(facts: PacketFacts) -> Iterator[tuple[str, Text]]:
    yield COVER, said("Cover")
    yield AGENDA, said("Agenda")
    yield LAST_MINUTES, said("Last minutes")
    yield ACTIONS, said("Open actions")
    for number, _ in enumerate(facts.problems, 1):
        yield problem_anchor(number), said("Problem {n}", n=number)
    for number, _ in enumerate(facts.screenings, 1):
        yield screening_anchor(number), said("Screening")
    yield NOTES, said("Notes")


def _contents(facts: PacketFacts) -> tuple[ContentsEntry, ...]:
    entries = [
        ContentsEntry(said("Purpose, people, wins and decisions"), COVER),
        ContentsEntry(said("Agenda and sign-in"), AGENDA),
        ContentsEntry(said("Last minutes"), LAST_MINUTES),
        ContentsEntry(said("Open actions by owner"), ACTIONS),
    ]
    for number, problem in enumerate(facts.problems, 1):
        text = said("Problem {n}: {title}", n=number, title=problem.title)
        entries.append(ContentsEntry(text, problem_anchor(number)))
    for number, screening in enumerate(facts.screenings, 1):
        if "screening" not in facts.without:
            entries.append(ContentsEntry(screening.title, screening_anchor(number)))
    if facts.notes_pages and "notes" not in facts.without:
        entries.append(ContentsEntry(said("Notes"), NOTES))
    return tuple(entries)


def _wins(facts: PacketFacts, words: Words) -> list[Block]:
    if "wins" in facts.without:
        return []
    since = said("Wins since {day:short}", day=facts.wins_since) if facts.wins_since else said("Wins")
    columns = (Column(said("What went well"), names_row=True), Column(said("Named by"), width=108.0))
    rows = tuple(row(win.text, _named(win)) for win in facts.wins)
    empty = said("No win is recorded yet. Name one in the first five minutes.")
    return [Heading(since), Table(columns, rows, said("Wins and who named them"), empty=empty)]


def _named(win: WinFacts) -> Text:
    if win.day and win.named_by:
        return said("{who}, {day:short}", who=win.named_by, day=win.day)
    return said("{day:short}", day=win.day) if win.day else win.named_by


def _roles(facts: PacketFacts) -> list[Block]:
    columns = (
        Column(said("Role"), share=30, names_row=True),
        Column(said("Today"), share=35),
        Column(said("Backup"), share=35),
    )
    rows = tuple(row(role.role, role.today or _none_yet(), role.backup or _none_yet()) for role in facts.roles)
    blocks: list[Block] = [Heading(said("Roles")), Table(columns, rows, said("Roles and backups"), empty=_no_roles())]
    note = _quorum(facts)
    return [*blocks, Paragraph(note, TextRole.NOTE)] if note else blocks


def _none_yet() -> Run:
    return bold(said("none yet"))


def _no_roles() -> Said:
    return said("No role is filled yet. Choose a facilitator, a minute taker and a data analyst today.")


def _quorum(facts: PacketFacts) -> tuple[Inline, ...]:
    voting = sum(member.votes for member in facts.members)
    parts: list[Inline] = []
    if facts.quorum:
        parts.append(Run(said("Quorum: {quorum} of {members} members. ", quorum=facts.quorum, members=voting)))
    if facts.norms:
        parts.append(Run(said("Norms: {norms}", norms=facts.norms)))
    return tuple(parts)


# --- agenda and sign-in


def _agenda_and_sign_in(facts: PacketFacts, words: Words) -> list[Block]:
    sign_in = _sign_in(facts, words)
    apart: list[Block] = [PageBreak()] if len(facts.members) > _ONE_PAGE_OF_MEMBERS else []
    return [*_agenda(facts, words), *apart, *sign_in]


def _agenda(facts: PacketFacts, words: Words) -> list[Block]:
    columns = (
        Column(_half_of_day(facts), width=30.0),
        Column(said("Min."), width=26.0, align=Align.RIGHT),
        Column(said("Item"), names_row=True),
        Column(said("Leads"), width=62.0),
        Column(said("We will"), width=54.0),
        Column(said("Page"), width=34.0, align=Align.CENTER),
        Column(said("Done"), width=36.0, align=Align.CENTER),
        Column(said("Actual min."), width=46.0),
    )
    rows = [_agenda_row(item, words) for item in facts.agenda]
    if facts.ends_at:
        end = (quiet(said("End. An extension needs the consent of the group:")), Run(" "), WriteLine(60.0))
        rows.append(
            row(quiet(_clock(facts.ends_at, words)), "", Cell((*end, quiet(said(" minutes agreed"))), columns=6))
        )
    summary = said("Agenda with times")
    empty = said("No agenda item is planned. The items are written here by hand.")
    blocks: list[Block] = [Heading(said("Agenda"), aside=_agenda_aside(facts), anchor=AGENDA)]
    if not facts.agenda:
        return [*blocks, Paragraph(empty, TextRole.SMALL), WriteLines(6)]
    return [*blocks, Table(columns, tuple(rows), summary)]


def _half_of_day(facts: PacketFacts) -> Text:
    first = facts.starts_at or next((item.starts_at for item in facts.agenda if item.starts_at), None)
    if first is None:
        return said("Time")
    return said("AM") if first.hour < 12 else said("PM")


def _clock(value: time | None, words: Words) -> str:
    """3:15, without the half of the day that stands in the head."""
    return words.time(value)[:-3] if value else ""


def _agenda_row(item: AgendaFacts, words: Words) -> Row:
    title: Rich = item.title
    if item.problem:
        title = (bold(said("Problem {n}", n=item.problem)), Run(" "), Run(item.title))
    about = item.about or (problem_anchor(item.problem) if item.problem else "")
    return row(
        _clock(item.starts_at, words),
        said("{n}", n=item.minutes) if item.minutes is not None else "",
        title,
        item.leads,
        WE_WILL[item.we_will] if item.we_will else "",
        PageOf(about) if about else "",
        Checkbox(checked=False),
        WriteLine(),
    )


def _agenda_aside(facts: PacketFacts) -> Text:
    planned = sum(item.minutes or 0 for item in facts.agenda)
    deciding = sum(item.minutes or 0 for item in facts.agenda if item.problem or item.we_will is WeWill.DECIDE)
    if not planned:
        return ""
    return said(
        "{planned} minutes planned · {deciding} minutes on problems and decisions", planned=planned, deciding=deciding
    )


def _sign_in(facts: PacketFacts, words: Words) -> list[Block]:
    columns = (
        Column(said("Member"), width=112.0, names_row=True),
        Column(said("Position"), width=122.0),
        Column(said("Role today"), width=110.0),
        Column(said("In"), width=34.0),
        Column(said("Out"), width=34.0),
        Column(said("Signature")),
    )
    members = sorted(facts.members, key=lambda member: not member.votes)
    rows = [row(Run(member.name), member.position, member.role_today, "", "", "") for member in members]
    rows += [row(quiet(said("Guest")), "", "", "", "", "") for _ in range(_GUESTS)]
    voting = sum(member.votes for member in facts.members)
    of_all = said(" of {n}", n=voting)
    ends: tuple[Inline, ...] = (
        Run(said("Started ")),
        WriteLine(50.0),
        Run(said("        Ended ")),
        WriteLine(50.0),
        Run(said("        Members at start ")),
        WriteLine(24.0),
        Run(of_all),
        Run(said("        at end ")),
        WriteLine(24.0),
        Run(of_all),
    )
    aside: Text = said("{day:long}", day=facts.day)
    if facts.starts_at and facts.ends_at:
        aside = said(
            "{day:long} · planned {span}", day=facts.day, span=words.time_range(facts.starts_at, facts.ends_at)
        )
    return [
        Heading(said("Sign-in"), aside=aside, anchor=SIGN_IN),
        Table(columns, tuple(rows), said("Sign-in sheet"), boxed=True, row_height=21.0),
        Spacer(6.0),
        Paragraph(ends, TextRole.SMALL),
    ]


# --- last minutes and open actions


def _follow_up(facts: PacketFacts, words: Words) -> list[Block]:
    blocks = [*_last_minutes(facts, words), *_actions(facts)]
    if facts.problems or "problems" in facts.without:
        return blocks
    text = said("No problem is open. New problems are written in section 6 of the minutes.")
    return [*blocks, Heading(said("Problems")), Paragraph(text, TextRole.SMALL)]


def _last_minutes(facts: PacketFacts, words: Words) -> list[Block]:
    last = facts.last
    if last is None:
        text = said("There are no earlier minutes. This is the first meeting of the series.")
        return [Heading(said("Last minutes"), anchor=LAST_MINUTES), Paragraph(text, TextRole.SMALL)]
    title = said("Minutes of {day:date}", day=last.day)
    blocks: list[Block] = [Heading(title, aside=_minutes_aside(last, words), anchor=LAST_MINUTES), _reviews(last)]
    decisions: tuple[Block, ...] = (
        Heading(said("Other decisions"), level=3),
        _listed(last.decisions, said("No other decision was recorded.")),
    )
    sent: tuple[Block, ...] = (
        Heading(said("Sent up and answered"), level=3),
        _listed([_escalation(each, facts.day) for each in last.escalations], said("Nothing was sent to another team.")),
    )
    return [*blocks, Columns((decisions, sent))]


def _listed(items: Sequence[Rich], empty: Said) -> Block:
    return Bullets(tuple(items)) if items else Paragraph(empty, TextRole.SMALL)


def _minutes_aside(last: LastMinutesFacts, words: Words) -> Text:
    parts: list[Text] = [said("{present} of {members} members", present=last.present, members=last.members)]
    if last.started_at and last.ended_at:
        parts.append(words.time_range(last.started_at, last.ended_at))
    parts.append(_sent(last.sent_after_minutes))
    return " · ".join(words.say(part) for part in parts)


def _sent(minutes: int | None) -> Said:
    if minutes is None:
        return said("not sent yet")
    hours, rest = divmod(minutes, 60)
    return said("sent {hours} h {minutes} min after the end", hours=hours, minutes=rest)


def _reviews(last: LastMinutesFacts) -> Block:
    columns = (
        Column(said("Problem"), width=112.0, names_row=True),
        Column(said("Was the plan carried out?"), width=92.0),
        Column(said("Did it help?"), width=116.0),
        Column(said("Decision and level")),
    )
    rows = [
        row(
            Run(said("{problem} (closed)", problem=each.problem) if each.closed else each.problem, bold=True),
            fidelity_mark(each.fidelity),
            effect_mark(each.effect),
            each.decision,
        )
        for each in last.reviews
    ]
    empty = said("No problem was open. New problems are written in section 6 of the minutes.")
    return Table(columns, tuple(rows), said("Problems reviewed in the last meeting"), empty=empty)


def _escalation(each: EscalationFacts, today: date) -> Rich:
    if each.answered_on is not None:
        values: dict[str, object] = {
            "text": each.text,
            "to": each.to,
            "sent": each.sent_on,
            "on": each.answered_on,
            "answer": each.answer,
        }
        pattern = "{text}: sent to {to} {sent:short}, answered {on:short}: {answer}" if each.answer else _ANSWERED
        return Run(Said(pattern, tuple(values.items())))
    age = (today - each.sent_on).days
    sent = said("{text}: sent to {to} {sent:short}. ", text=each.text, to=each.to, sent=each.sent_on)
    waiting = said("No answer yet, {n} day.", many="No answer yet, {n} days.", count="n", n=age)
    return Run(sent), bold(waiting)


_ANSWERED = "{text}: sent to {to} {sent:short}, answered {on:short}."


def _actions(facts: PacketFacts) -> list[Block]:
    late = sum(bool(each.due and each.due < facts.day) for each in facts.actions)
    today = sum(each.due == facts.day for each in facts.actions)
    aside = said("{n} open · {late} late · {today} due today", n=len(facts.actions), late=late, today=today)
    columns = (
        Column(said("Done"), width=30.0, align=Align.CENTER),
        Column(said("Action"), names_row=True),
        Column(said("Belongs to"), width=80.0),
        Column(said("Since"), width=38.0),
        Column(said("Due"), width=54.0),
        Column(said("Standing on {day:short}", day=facts.day), width=78.0),
        Column(said("Pri."), width=24.0),
    )
    heading = Heading(said("Open actions by owner"), aside=aside if facts.actions else "", anchor=ACTIONS)
    if not facts.actions:
        blank = tuple(row(Checkbox(), "", "", "", "", "", "") for _ in range(_BLANK_ROWS))
        text = said("No action is open. New ones are written here.")
        table = Table(columns, blank, said("Actions, to be written by hand"), row_height=19.0)
        return [heading, Paragraph(text, TextRole.SMALL), table]
    note = said(
        "Pri. = priority: H within 3 months, M within 6 to 9 months, L next year. "
        "“Belongs to” names the problem or the meeting the action came from."
    )
    rows = tuple(_by_owner(facts))
    return [heading, Table(columns, rows, said("Open actions by owner")), Paragraph(note, TextRole.NOTE)]


def _by_owner(facts: PacketFacts) -> Iterator[Row]:
    """Owners with most open actions first; inside late first, then by due date, without a date last."""
    far = date.max
    named = sorted(facts.actions, key=lambda each: each.owner)
    groups = [(owner, list(each)) for owner, each in groupby(named, key=lambda each: each.owner)]
    for owner, actions in sorted(groups, key=lambda group: (-len(group[1]), group[0])):
        name: Text = owner or said("No owner yet")
        yield row(name, said("{n} open", n=len(actions)), kind=RowKind.GROUP)
        for action in sorted(actions, key=lambda each: (each.due or far, str(each.text))):
            yield _action_row(action, facts.day)


def _action_row(action: ActionFacts, today: date) -> Row:
    return row(
        Checkbox(),
        action.text,
        quiet(action.belongs_to),
        said("{day:short}", day=action.since) if action.since else "",
        _due(action.due, today),
        _standing(action.due, today),
        PRIORITIES[action.priority] if action.priority else "",
    )


def _due(due: date | None, today: date) -> Text:
    if due is None:
        return said("no date")
    return said("{day:short}" if due.year == today.year else "{day:date}", day=due)


def _standing(due: date | None, today: date) -> Rich:
    if due is None:
        return quiet(said("no date"))
    days = (due - today).days
    if days < 0:
        return bold(said("! late {n} day", many="! late {n} days", count="n", n=-days))
    if days == 0:
        return said("due today")
    return said("in {n} day", many="in {n} days", count="n", n=days)


# --- problems


def _problems(facts: PacketFacts, words: Words) -> list[Block]:
    if "problems" in facts.without:
        return []
    blocks: list[Block] = []
    for number, problem in enumerate(facts.problems, 1):
        last = number == len(facts.problems)
        kept = list(_problem(problem, number, words))
        if last and facts.problem_sources:
            kept.append(Paragraph(facts.problem_sources, TextRole.NOTE))
        blocks.append(KeepTogether(tuple(kept), least_height=0.0 if last else _HALF_PAGE))
    if len(facts.problems) % 2:
        blocks += [Heading(said("Notes on this problem"), level=3), WriteLines()]
    return blocks


def _problem(problem: ProblemFacts, number: int, words: Words) -> Iterator[Block]:
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
        text = said("{step}; {decision}", step=parts[0], decision=parts[1])
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


# --- screening and notes


def _screenings(facts: PacketFacts) -> Iterator[list[Block]]:
    if "screening" in facts.without:
        return
    for number, screening in enumerate(facts.screenings, 1):
        yield list(_screening(screening, number))


def _screening(facts: ScreeningFacts, number: int) -> Iterator[Block]:
    yield Heading(facts.title, aside=facts.aside, anchor=screening_anchor(number))
    if facts.finding:
        yield Paragraph((bold(facts.finding), Run(" "), Run(facts.more)), TextRole.LEAD)
    if facts.figure is not None:
        yield FigureBlock(facts.figure, _SCALE_HEIGHT + _BAR_HEIGHT * max(3, len(facts.rows)))
    if facts.rows:
        yield _shares(said("Grade"), facts.columns, facts.rows, said("Students by grade and level"))
    if facts.note:
        yield Paragraph(facts.note, TextRole.NOTE)
    yield Columns((_movement(facts), _near(facts)), shares=(60.0, 40.0), gap=24.0)
    if facts.questions:
        yield Heading(said("Questions for the team"))
        yield Bullets(facts.questions, numbered=True)


def _shares(head: Text, columns: Sequence[Text], rows: Sequence[ShareRow], summary: Text) -> Block:
    heads = (Column(head, share=1.4, names_row=True), *(Column(each, align=Align.RIGHT) for each in columns))
    body = tuple(row(each.name, *each.values, kind=RowKind.TOTAL if each.total else RowKind.BODY) for each in rows)
    return Table(heads, body, summary, dense=True)


def _movement(facts: ScreeningFacts) -> tuple[Block, ...]:
    title = facts.movement_title or said("From the window before")
    if not facts.movement:
        text = facts.movement_missing or said("There is no earlier window of this measure to compare with.")
        return Heading(title), Paragraph(text, TextRole.SMALL)
    table = _shares(
        said("Before ↓  now →"), facts.movement_columns, facts.movement, said("Movement between two windows")
    )
    return Heading(title, aside=facts.movement_aside), table


def _near(facts: ScreeningFacts) -> tuple[Block, ...]:
    heading = Heading(said("Close to a cut score"), aside=facts.near_aside)
    if not facts.near:
        return heading, Paragraph(said("No count close to a cut score is on record."), TextRole.SMALL)
    return heading, _shares(said("Grade"), facts.near_columns, facts.near, said("Students close to a cut score"))


def _notes(facts: PacketFacts) -> list[Block]:
    if "notes" in facts.without or facts.notes_pages < 1:
        return []
    blocks: list[Block] = [Heading(said("Notes"), anchor=NOTES), WriteLines()]
    for _ in range(facts.notes_pages - 1):
        blocks += [PageBreak(), WriteLines()]
    return blocks
