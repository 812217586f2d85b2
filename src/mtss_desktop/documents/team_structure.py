"""The team-structure document: the matrix of each place on Legal landscape, then who decides what on 11 × 17."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Audience,
    Block,
    Checkbox,
    Column,
    Columns,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    Mark,
    PageBreak,
    Paper,
    Paragraph,
    Rich,
    Row,
    Run,
    Shape,
    Table,
    Text,
    TextRole,
    TitleBlock,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.teams import TeamStatus

# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SeatFacts:
    """A member on the grid: last name (first where two share it) and the letters of the roles: F, M, D; b for a backup ("Fb")."""

    name: str
    letters: str = ""


@dataclass(frozen=True)
class TeamFacts:
    """One row. Empty texts print "none entered": they are findings. ``hours`` are staff hours a month.

    ``complete`` is False where purpose, outcome or target group is missing: the status then reads "complete it".
    """

    name: Text
    tier: Text = ""
    purpose: Text = ""
    outcome: Text = ""
    target: Text = ""
    seats: tuple[SeatFacts, ...] = ()
    meets: Text = ""
    hours: float | None = None
    data: Text = ""
    rule: Text = ""
    sends: Text = ""
    goal: Text = ""
    status: TeamStatus = TeamStatus.KEEP
    complete: bool = True


@dataclass(frozen=True)
class FindingFacts:
    """What the grid shows and what the program proposes; the team decides."""

    finding: Text
    proposal: Text = ""


@dataclass(frozen=True)
class PlaceFacts:
    """The teams of a division or school. ``staff`` is how many people sit on them, ``hours`` their hours a month together."""

    name: Text
    teams: tuple[TeamFacts, ...]
    findings: tuple[FindingFacts, ...] = ()
    staff: int | None = None
    hours: float | None = None


@dataclass(frozen=True)
class LoopFacts:
    """An issue sent to another team. ``age`` in days; ``late`` where the answer was due."""

    issue: Text
    sender: Text
    receiver: Text
    sent_on: date | None
    age: int | None
    state: Text
    late: bool = False


@dataclass(frozen=True)
class ProtocolFacts:
    """One agreed way of telling: from whom to whom, what, how, how often, by whom, and in how many days an answer is due."""

    sender: Text
    receiver: Text
    what: Text
    how: Text = ""
    how_often: Text = ""
    by: Text = ""
    answer_days: int | None = None


@dataclass(frozen=True)
class StructureFacts:
    """``chart`` is the structure chart over all places (None: the matrix alone; for the public: without names).

    ``year`` reads "2025–26".
    """

    division: Text
    year: Text
    as_of: date
    printed: Printed
    places: tuple[PlaceFacts, ...]
    readers: Text = ""
    prepared_by: Text = ""
    adopted: Text = ""
    chart: Figure | None = None
    loops: tuple[LoopFacts, ...] = ()
    protocol: tuple[ProtocolFacts, ...] = ()
    code: Text = ""


MOST_UNDER_TITLE = 24
"""Teams of a chart that has room under a title on 11 × 17."""

# --- document --------------------------------------------------------------------------------------------------------


def document(facts: StructureFacts, *, audience: Audience = Audience.TEAM) -> Document:
    """One matrix per place, then the chart with its lines as a table. For the public: roles, no names, no findings, no loops."""
    places = [place for place in facts.places if place.teams]
    blocks: list[Block] = []
    for number, place in enumerate(places):
        if number:
            blocks += [PageBreak(), _title(facts, place)]
        blocks += _matrix(place, audience)
    if facts.chart is not None:
        blocks += _chart(facts, facts.chart, audience)
    first = places[0] if places else PlaceFacts(facts.division, ())
    title = _title(facts, first)
    if not places:
        blocks.append(Paragraph(said("No team is entered yet. Teams are added in the Teams room."), TextRole.SMALL))
    return Document(
        title=title.title,
        kind=title.kind,
        owner=title.owner,
        facts=title.facts,
        blocks=tuple(blocks),
        paper=Paper.LEGAL_LANDSCAPE,
        audience=audience,
        footer_class=FooterClass.PUBLIC if audience is Audience.PUBLIC else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=facts.code or said("Team structure · {year}", year=facts.year),
        running_name=said("Team structure"),
        running=facts.year,
        running_right=facts.division,
    )


# --- the matrix


def _title(facts: StructureFacts, place: PlaceFacts) -> TitleBlock:
    hours = said("about {hours:0} a month", hours=place.hours) if place.hours is not None else said("not known")
    if place.hours is not None and place.staff:
        hours = said("about {hours:0} a month, of {staff} staff", hours=place.hours, staff=place.staff)
    found = (
        Fact(said("For"), facts.readers),
        Fact(said("Teams"), said("{n}", n=len(place.teams))),
        Fact(said("Staff hours in meetings"), hours),
        Fact(said("As of"), said("{day:date}", day=facts.as_of)),
        Fact(said("Prepared by"), facts.prepared_by),
    )
    return TitleBlock(
        said("Teams of {place}, {year}", place=place.name, year=facts.year),
        said("Working Smarter, team organizational structure"),
        facts.division,
        facts=tuple(fact for fact in found if fact.value),
    )


_WIDTHS = (80.0, 100.0, 80.0, 56.0, 112.0, 84.0, 34.0, 110.0, 90.0, 72.0, 62.0)


def _matrix(place: PlaceFacts, audience: Audience) -> list[Block]:
    letters: Rich = (Run(said("Members and roles")), quiet(said(" (F facilitator, M minutes, D data; b backup)")))
    heads: tuple[Rich, ...] = (
        said("Team"),
        said("Purpose"),
        said("Outcome measure"),
        said("Target group"),
        said("Roles") if audience is Audience.PUBLIC else letters,
        said("Meets"),
        said("Hours a month"),
        said("Data reviewed, how often"),
        said("Decision rule"),
        said("Sends to / hears from"),
        said("School plan goal"),
    )
    columns = [
        Column(head, width=width, align=Align.RIGHT if position == 6 else Align.LEFT, names_row=position == 0)
        for position, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True))
    ]
    columns.append(Column(said("Status")))
    rows = tuple(_team_row(team, audience) for team in place.teams)
    table = Table(tuple(columns), rows, said("Teams of one place"), dense=True)
    return [table, *_findings(place, audience)]


def _team_row(team: TeamFacts, audience: Audience) -> Row:
    name: Rich = (bold(team.name), Run("\n"), Run(team.tier)) if team.tier else bold(team.name)
    hours = said("{hours:1}", hours=team.hours) if team.hours is not None else _none()
    return row(
        name,
        team.purpose or _none(),
        team.outcome or _none(),
        team.target or _none(),
        _seats(team, audience),
        team.meets or _none(),
        hours,
        team.data or _none(),
        team.rule or _none(),
        team.sends or _none(),
        team.goal or _none(),
        _status(team),
    )


def _none() -> Run:
    """A finding, not a blank."""
    return Run(said("none entered"), quiet=True)


def _seats(team: TeamFacts, audience: Audience) -> Rich:
    if audience is Audience.PUBLIC:
        return said("{n} member", many="{n} members", count="n", n=len(team.seats))
    if not team.seats:
        return _none()
    return " · ".join(f"{seat.name} {seat.letters}".strip() for seat in team.seats)


def _status(team: TeamFacts) -> Mark:
    if team.status is TeamStatus.MERGE:
        return Mark(Shape.PARTIAL, said("merge?"))
    if team.status is TeamStatus.RETIRE:
        return Mark(Shape.NOT_YET, said("retire?"))
    return Mark(Shape.IN_PLACE, said("keep")) if team.complete else Mark(Shape.PARTIAL, said("complete"))


def _findings(place: PlaceFacts, audience: Audience) -> list[Block]:
    if audience is Audience.PUBLIC:
        return []
    heading = Heading(said("What the grid shows"), aside=said("proposals; the team decides and the reason is recorded"))
    columns = (
        Column(said("No."), width=24.0),
        Column(said("Finding"), names_row=True),
        Column(said("Proposal"), width=270.0),
        Column(said("Team decides"), width=110.0),
    )
    rows = tuple(
        row(
            said("{n}", n=number), each.finding, each.proposal, (Checkbox(said("accept")), Checkbox(said("other, why")))
        )
        for number, each in enumerate(place.findings, 1)
    )
    empty = said("Nothing stands out in this grid.")
    return [heading, Table(columns, rows, said("Findings and proposals"), dense=True, empty=empty)]


# --- the chart


def _chart(facts: StructureFacts, chart: Figure, audience: Audience) -> list[Block]:
    count = sum(len(place.teams) for place in facts.places)
    title = TitleBlock(
        said("Who decides what, and who hears from whom"),
        said("Team structure, {year}", year=facts.year),
        facts.division,
        said("{n} team", many="{n} teams", count="n", n=count),
        _chart_facts(facts),
    )
    below = Columns(((*_loops(facts, audience),), (*_reading(),)), gap=36.0)
    links = chart.links()
    blocks: list[Block] = [PageBreak(Paper.TABLOID_LANDSCAPE), title, FigureBlock(chart), below]
    if count > MOST_UNDER_TITLE:  # such a chart fills the sheet; what stands around it goes to the sheet of its lines
        after: list[Block] = [*_protocol(facts, audience)] if facts.protocol else []
        loops = (*_loops(facts, audience), *_reading())
        return [
            PageBreak(Paper.TABLOID_LANDSCAPE),
            FigureBlock(chart),
            PageBreak(Paper.LEGAL_LANDSCAPE),
            *after,
            *loops,
        ]
    if facts.protocol:
        return [*blocks, PageBreak(Paper.LEGAL_LANDSCAPE), *_protocol(facts, audience)]
    if not links.rows:
        return blocks
    columns = tuple(Column(head, names_row=position == 0) for position, head in enumerate(links.columns))
    rows = tuple(row(*(_cell(value) for value in values)) for values in links.rows)
    heading = Heading(said("The lines of the chart"), aside=said("from, to, what"))
    return [*blocks, PageBreak(Paper.LEGAL_LANDSCAPE), heading, Table(columns, rows, said("Who tells whom what"))]


def _protocol(facts: StructureFacts, audience: Audience) -> list[Block]:
    """All that is agreed, the lines of the chart among it; for the public without names."""
    heads = [
        Column(said("From"), names_row=True, share=1.2),
        Column(said("To"), share=1.2),
        Column(said("What"), share=1.6),
        Column(said("How")),
        Column(said("How often")),
        *(() if audience is Audience.PUBLIC else (Column(said("By")),)),
        Column(said("Answer due"), width=80.0),
    ]
    rows = []
    for each in facts.protocol:
        days = said("{n} day", many="{n} days", count="n", n=each.answer_days) if each.answer_days else ""
        by = () if audience is Audience.PUBLIC else (each.by,)
        rows.append(row(each.sender, each.receiver, each.what, each.how, each.how_often, *by, days))
    heading = Heading(
        said("Communication protocol"), aside=said("who tells whom what; the lines of the chart are among them")
    )
    return [heading, Table(tuple(heads), tuple(rows), said("Who tells whom what"), dense=True)]


def _cell(value: object) -> Rich:
    if isinstance(value, Said | str):
        return value
    return "" if value is None else said("{value}", value=value)


def _chart_facts(facts: StructureFacts) -> tuple[Fact, ...]:
    """Facts on either side of the fold, so that no word lies on it."""
    hours = sum(place.hours or 0.0 for place in facts.places)
    left = (
        Fact(said("For"), facts.readers),
        Fact(said("As of"), said("{day:date}", day=facts.as_of)),
        Fact(said("Staff hours in team meetings"), said("about {hours:0} a month", hours=hours)),
    )
    right = (Fact(said("Prepared by"), facts.prepared_by), Fact(said("Adopted"), facts.adopted))
    return (*_sharing(left), *_sharing(right))


def _sharing(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Half of the sheet in equal shares; what is not known leaves its room to the others."""
    known = [fact for fact in facts if fact.value]
    return tuple(Fact(fact.label, fact.value, 1.0 / len(known)) for fact in known)


def _loops(facts: StructureFacts, audience: Audience) -> list[Block]:
    if audience is Audience.PUBLIC:
        return []
    columns = (
        Column(said("Issue"), names_row=True, share=1.2),
        Column(said("From → to"), share=1.4),
        Column(said("Sent"), width=44.0),
        Column(said("Age"), width=50.0),
        Column(said("State")),
    )
    rows = tuple(_loop_row(loop) for loop in facts.loops)
    aside = said("issues sent to another team, {day:date}", day=facts.as_of)
    empty = said("No issue is waiting for another team.")
    table = Table(columns, rows, said("Issues waiting for an answer"), dense=True, empty=empty)
    return [Heading(said("Open loops"), aside=aside), table]


def _loop_row(loop: LoopFacts) -> Row:
    age = said("{n} day", many="{n} days", count="n", n=loop.age) if loop.age is not None else ""
    return row(
        loop.issue,
        said("{sender} → {receiver}", sender=loop.sender, receiver=loop.receiver),
        said("{day:short}", day=loop.sent_on) if loop.sent_on else "",
        age,
        Run(loop.state, bold=loop.late),
    )


def _reading() -> tuple[Block, ...]:
    text = (
        bold(said("Solid frame")),
        Run(said(": team keeps its work. ")),
        bold(said("Dashed")),
        Run(said(": merge proposed. ")),
        bold(said("Dotted")),
        Run(said(": retire proposed, or no team. ")),
        bold(said("Arrow both ways")),
        Run(said(": reports and hears back. ")),
        bold(said("One way")),
        Run(
            said(": decides for. F facilitator · M minute taker · D data analyst; backups stand in the team profiles.")
        ),
    )
    return Heading(said("How to read the chart")), Paragraph(text, TextRole.SMALL)
