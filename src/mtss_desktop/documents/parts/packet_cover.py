"""The cover of a walk-in packet: purpose, decisions, wins, roles and contents."""

from __future__ import annotations

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Columns,
    Contents,
    ContentsEntry,
    Heading,
    Inline,
    PageOf,
    Paragraph,
    Rich,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    row,
)
from mtss_desktop.documents.parts.packet_facts import (
    ACTIONS,
    AGENDA,
    COVER,
    SIGN_IN,
    WINS,
    DecisionFacts,
    PacketFacts,
    WinFacts,
    parts_printed,
)
from mtss_desktop.documents.parts.problem_page import problem_anchor
from mtss_desktop.documents.parts.screening_page import screening_anchor

_MOST_DECISIONS = 5


def cover_page(facts: PacketFacts, words: Words) -> list[Block]:
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
    titles = dict(parts_printed(facts))
    if anchor not in titles:
        return ""
    return Run(titles[anchor], quiet=True, anchor=anchor), PageOf(anchor, said(", page "), quiet=True)


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
    return tuple(ContentsEntry(names.get(anchor, short), anchor) for anchor, short in parts_printed(facts))


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
