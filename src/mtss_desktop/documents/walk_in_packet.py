"""The walk-in packet: walk in, hand out, begin. Cover, agenda and sign-in, last minutes, open actions, problems, screening, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Checkbox,
    Column,
    Columns,
    Contents,
    ContentsEntry,
    Document,
    Fact,
    FooterClass,
    Heading,
    Inline,
    KeepTogether,
    PageBreak,
    PageOf,
    Paper,
    Paragraph,
    Rich,
    Row,
    Run,
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
from mtss_desktop.documents.parts import fidelity_snapshot
from mtss_desktop.documents.parts.fidelity_snapshot import SnapshotFacts
from mtss_desktop.documents.parts.follow_up import (
    ActionFacts,
    EscalationFacts,
    LastMinutesFacts,
    ReviewFacts,
    actions_by_owner,
    last_minutes,
)
from mtss_desktop.documents.parts.marks import (
    WE_WILL,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.documents.parts.problem_page import ProblemFacts, SolutionFacts, problem_anchor, problem_page
from mtss_desktop.documents.parts.screening_page import ScreeningFacts, ShareRow, screening_anchor, screening_page
from mtss_desktop.domain.meetings import WeWill

__all__ = [
    "PARTS",
    "ActionFacts",
    "AgendaFacts",
    "DecisionFacts",
    "EscalationFacts",
    "LastMinutesFacts",
    "MemberFacts",
    "PacketFacts",
    "ProblemFacts",
    "ReviewFacts",
    "RoleFacts",
    "ScreeningFacts",
    "ShareRow",
    "SolutionFacts",
    "WinFacts",
    "decisions_due",
    "document",
    "problem_anchor",
    "screening_anchor",
]

_HALF_PAGE = 322.0
_MOST_DECISIONS = 5
_ONE_PAGE_OF_MEMBERS = 16
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
class PacketFacts:
    """Everything on the six to fourteen pages. ``today`` is the day of the meeting: what is late is late then.

    ``screenings`` is one page each. ``decisions`` empty: one per problem is made. ``without`` leaves out some of ``PARTS``.
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
    fidelity: SnapshotFacts | None = None
    screenings: tuple[ScreeningFacts, ...] = ()
    confidential: bool = False
    restriction: Text = ""
    without: frozenset[str] = frozenset()
    notes_pages: int = 1


COVER, AGENDA, SIGN_IN, LAST_MINUTES, ACTIONS, NOTES = "cover", "agenda", "sign-in", "minutes", "actions", "notes"
WINS, PROBLEMS, FIDELITY, SCREENING = "wins", "problems", "fidelity", "screening"
PARTS: tuple[tuple[str, str], ...] = (
    (WINS, "Wins"),
    (SIGN_IN, "Sign-in sheet"),
    (LAST_MINUTES, "Last minutes"),
    (ACTIONS, "Open actions"),
    (PROBLEMS, "Problems with charts"),
    (FIDELITY, "Fidelity snapshot"),
    (SCREENING, "Screening"),
    (NOTES, "Lines for notes"),
)
"""What can be left out, in the order of the pages; cover and agenda always stand."""


# --- document --------------------------------------------------------------------------------------------------------


def document(facts: PacketFacts, words: Words, *, paper: Paper = Paper.LETTER, large_print: bool = False) -> Document:
    """The packet. Each part starts on the next page; two problems fill one."""
    parts = [_cover(facts, words), _agenda_and_sign_in(facts, words)]
    rest = (_follow_up(facts, words), _problems(facts), _fidelity(facts), *_screenings(facts), _notes(facts))
    parts += [part for part in rest if part]
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
    columns = (Column(width=16.0, names_row=True), Column(), Column(width=92.0, align=Align.RIGHT))
    rows = [
        row(bold(said("{n}", n=n)), each.text, Cell(_where(each.about, facts), small=True))
        for n, each in enumerate(chosen, 1)
    ]
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
    """Anchor and name of every part that is printed."""
    yield COVER, said("Cover")
    yield AGENDA, said("Agenda")
    if LAST_MINUTES not in facts.without:
        yield LAST_MINUTES, said("Last minutes")
    if ACTIONS not in facts.without:
        yield ACTIONS, said("Open actions")
    if PROBLEMS not in facts.without:
        for number, _ in enumerate(facts.problems, 1):
            yield problem_anchor(number), said("Problem {n}", n=number)
    if facts.fidelity is not None and FIDELITY not in facts.without:
        yield fidelity_snapshot.ANCHOR, said("Fidelity snapshot")
    if SCREENING not in facts.without:
        for number, _ in enumerate(facts.screenings, 1):
            yield screening_anchor(number), said("Screening")
    if facts.notes_pages and NOTES not in facts.without:
        yield NOTES, said("Notes")


def _contents(facts: PacketFacts) -> tuple[ContentsEntry, ...]:
    """The same parts by their long names."""
    wins, sign_in = WINS not in facts.without, SIGN_IN not in facts.without
    names: dict[str, Text] = {
        COVER: said("Purpose, people, wins and decisions") if wins else said("Purpose, people and decisions"),
        AGENDA: said("Agenda and sign-in") if sign_in else said("Agenda"),
        ACTIONS: said("Open actions by owner"),
    }
    for number, problem in enumerate(facts.problems, 1):
        names[problem_anchor(number)] = said("Problem {n}: {title}", n=number, title=problem.title)
    for number, screening in enumerate(facts.screenings, 1):
        names[screening_anchor(number)] = screening.title
    return tuple(ContentsEntry(names.get(anchor, short), anchor) for anchor, short in _short_titles(facts))


def _wins(facts: PacketFacts, words: Words) -> list[Block]:
    if WINS in facts.without:
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
    if SIGN_IN in facts.without:
        return _agenda(facts, words)
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
    printed = frozenset(anchor for anchor, _ in _short_titles(facts))
    rows = [_agenda_row(item, words, printed) for item in facts.agenda]
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


def _agenda_row(item: AgendaFacts, words: Words, printed: frozenset[str]) -> Row:
    """``printed`` are the anchors a page can be named for."""
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
        PageOf(about) if about in printed else "",
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


# --- last minutes, open actions, problems


def _follow_up(facts: PacketFacts, words: Words) -> list[Block]:
    blocks: list[Block] = []
    if LAST_MINUTES not in facts.without:
        blocks += last_minutes(facts.last, facts.day, LAST_MINUTES, words)
    if ACTIONS not in facts.without:
        blocks += actions_by_owner(facts.actions, facts.day, ACTIONS)
    if facts.problems or PROBLEMS in facts.without:
        return blocks
    text = said("No problem is open. New problems are written in section 6 of the minutes.")
    return [*blocks, Heading(said("Problems")), Paragraph(text, TextRole.SMALL)]


def _problems(facts: PacketFacts) -> list[Block]:
    if PROBLEMS in facts.without:
        return []
    blocks: list[Block] = []
    for number, problem in enumerate(facts.problems, 1):
        last = number == len(facts.problems)
        kept = list(problem_page(problem, number))
        if last and facts.problem_sources:
            kept.append(Paragraph(facts.problem_sources, TextRole.NOTE))
        blocks.append(KeepTogether(tuple(kept), least_height=0.0 if last else _HALF_PAGE))
    if len(facts.problems) % 2:
        blocks += [Heading(said("Notes on this problem"), level=3), WriteLines()]
    return blocks


# --- fidelity, screening and notes


def _fidelity(facts: PacketFacts) -> list[Block]:
    if facts.fidelity is None or FIDELITY in facts.without:
        return []
    return list(fidelity_snapshot.snapshot_page(facts.fidelity))


def _screenings(facts: PacketFacts) -> Iterator[list[Block]]:
    if SCREENING in facts.without:
        return
    for number, screening in enumerate(facts.screenings, 1):
        yield list(screening_page(screening, number))


def _notes(facts: PacketFacts) -> list[Block]:
    if NOTES in facts.without or facts.notes_pages < 1:
        return []
    blocks: list[Block] = [Heading(said("Notes"), anchor=NOTES), WriteLines()]
    for _ in range(facts.notes_pages - 1):
        blocks += [PageBreak(), WriteLines()]
    return blocks
