"""One team on one page: what it is for, who is on it, how it works, what it looks at and who hears from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Audience,
    Block,
    Bullets,
    Column,
    Columns,
    Document,
    Fact,
    FooterClass,
    Heading,
    Paragraph,
    Rich,
    Row,
    Run,
    Table,
    Text,
    TextRole,
    TitleBlock,
    bold,
    row,
)
from mtss_desktop.documents.parts.printed import Printed, provenance

# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemberFacts:
    """A person, or a role nobody has (``name`` empty). ``backup`` is who stands behind the role, "" none yet; ``needs_backup`` says so."""

    name: Text
    position: Text = ""
    role: Text = ""
    backup: Text = ""
    needs_backup: bool = False
    brings: Text = ""
    since: date | None = None


@dataclass(frozen=True)
class DataFacts:
    what: Text
    how_often: Text = ""


@dataclass(frozen=True)
class HearsFacts:
    """Who hears from the team: what, how often and by whom."""

    to: Text
    what: Text
    when: Text = ""
    by: Text = ""


@dataclass(frozen=True)
class ProfileFacts:
    """``held`` and ``planned`` are this year's meetings; ``composition`` what the team has and lacks, in words."""

    division: Text
    place: Text
    team: Text
    year: Text
    as_of: date
    printed: Printed
    meets: Text = ""
    room: Text = ""
    reports_to: Text = ""
    coach: Text = ""
    purpose: Text = ""
    authority: Text = ""
    outcome: Text = ""
    target: Text = ""
    goal: Text = ""
    members: tuple[MemberFacts, ...] = ()
    people: int = 0
    composition: Text = ""
    norms: tuple[Text, ...] = ()
    data: tuple[DataFacts, ...] = ()
    rule: Text = ""
    hears: tuple[HearsFacts, ...] = ()
    held: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    code: Text = ""


# --- document --------------------------------------------------------------------------------------------------------


def document(facts: ProfileFacts, *, audience: Audience = Audience.TEAM) -> Document:
    """For the public: purpose, roles and rhythm, no names."""
    public = audience is Audience.PUBLIC
    blocks: list[Block] = [_what_for(facts), *_members(facts, public=public)]
    if not public:
        blocks += [_work(facts), _hears(facts)]
    title = _title(facts, public=public)
    return Document(
        title=title.title,
        kind=title.kind,
        owner=title.owner,
        subtitle=title.subtitle,
        facts=title.facts,
        blocks=tuple(blocks),
        audience=audience,
        footer_class=FooterClass.PUBLIC if public else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=facts.code or said("Team profile"),
        running_name=said("Team profile"),
        running=facts.team,
        running_right=facts.place,
    )


def _title(facts: ProfileFacts, *, public: bool) -> TitleBlock:
    found = (
        Fact(said("Meets"), facts.meets),
        Fact(said("Place"), facts.room),
        Fact(said("Reports to"), facts.reports_to),
        Fact(said("Coach"), "" if public else facts.coach),
        Fact(said("As of"), said("{day:date}", day=facts.as_of)),
    )
    return TitleBlock(
        facts.team,
        said("Team profile, {year}", year=facts.year),
        facts.division,
        subtitle=facts.place,
        facts=tuple(fact for fact in found if fact.value),
    )


def _what_for(facts: ProfileFacts) -> Block:
    left: list[Block] = [*_text(said("Purpose"), facts.purpose), *_text(said("Authority"), facts.authority)]
    goal = said("{group}. {goal}", group=facts.target, goal=facts.goal) if facts.target and facts.goal else ""
    right: list[Block] = [
        *_text(said("Outcome measure"), facts.outcome),
        *_text(said("Target group and goal"), goal or facts.target or facts.goal),
    ]
    return Columns((tuple(left), tuple(right)), shares=(0.6, 0.4), gap=30.0)


def _text(heading: Text, text: Text) -> list[Block]:
    return [Heading(heading, rule=False), Paragraph(text or _none())]


def _none() -> Run:
    """A finding, not a blank."""
    return Run(said("none entered"), quiet=True)


def _members(facts: ProfileFacts, *, public: bool) -> list[Block]:
    people = said("{n} member", many="{n} members", count="n", n=facts.people)
    if public:
        roles = (Column(said("Role"), names_row=True), Column(said("Backup")))
        rows = tuple(
            row(member.role, said("yes") if member.backup else said("none yet"))
            for member in facts.members
            if member.role and (member.needs_backup or member.backup)
        )
        return [Heading(said("Roles"), aside=people), Table(roles, rows, said("Roles of the team"))]
    columns = (
        Column(said("Name"), width=112.0, names_row=True),
        Column(said("Position"), width=124.0),
        Column(said("Role"), width=84.0),
        Column(said("Backup"), width=76.0),
        Column(said("Brings")),
        Column(said("Since"), width=44.0),
    )
    table = Table(
        columns,
        tuple(_member(member) for member in facts.members),
        said("Members, roles and backups"),
        dense=len(facts.members) > 10,
        empty=said("Nobody is on this team yet."),
    )
    made: list[Block] = [Heading(said("Members, roles and backups"), aside=people), table]
    if facts.composition:
        made.append(Paragraph(facts.composition, TextRole.SMALL))
    return made


def _member(member: MemberFacts) -> Row:
    missing = bold(said("none yet"))
    backup: Rich = member.backup or (missing if member.needs_backup else "")
    since = said("{month}/{year}", month=member.since.month, year=str(member.since.year)) if member.since else ""
    return row(member.name or missing, member.position, member.role, backup, member.brings, since)


def _work(facts: ProfileFacts) -> Block:
    norms: Block = Bullets(tuple(facts.norms)) if facts.norms else Paragraph(_none())
    columns = (Column(said("Data"), names_row=True), Column(said("How often"), width=90.0))
    rows = tuple(row(each.what, each.how_often) for each in facts.data)
    looked = Table(columns, rows, said("Data the team looks at"), dense=True, empty=said("No data is named yet."))
    right: list[Block] = [Heading(said("What we look at")), looked]
    if facts.rule:
        right.append(Paragraph((bold(said("Rule: ")), Run(facts.rule)), TextRole.SMALL))
    return Columns(((Heading(said("How we work")), norms), tuple(right)), shares=(0.42, 0.58), gap=28.0)


def _hears(facts: ProfileFacts) -> Block:
    columns = (
        Column(said("To"), names_row=True, share=1.2),
        Column(said("What"), share=1.4),
        Column(said("When")),
        Column(said("By")),
    )
    rows = tuple(row(each.to, each.what, each.when, each.by) for each in facts.hears)
    table = Table(columns, rows, said("Who hears from the team"), dense=True, empty=said("Nothing is agreed yet."))
    year: list[Block] = [Heading(said("Our year"))]
    year += _days(said("Held: "), facts.held)
    year += _days(said("Planned: "), facts.planned)
    if not facts.held and not facts.planned:
        year.append(Paragraph(_none()))
    return Columns(((Heading(said("Who hears from us")), table), tuple(year)), shares=(0.58, 0.42), gap=28.0)


def _days(head: Text, days: tuple[date, ...]) -> list[Block]:
    if not days:
        return []
    listed = tuple(said("{day:short}", day=day) for day in days)
    return [Paragraph((bold(head), Run(said("{days}", days=listed))), TextRole.SMALL)]
