"""The team-structure document's facts: every place's grid with what it shows, and who hears from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, Words, said, school_year
from mtss_desktop.documents import team_structure as structure
from mtss_desktop.documents.blocks import Audience, Document
from mtss_desktop.domain import charts, team_audit
from mtss_desktop.domain.figures import Arrow, Box, Column, Figure, Role
from mtss_desktop.domain.people import Organization, OrganizationId, Person, SchoolYearId
from mtss_desktop.domain.team_division import Finding, TeamOnGrid
from mtss_desktop.domain.team_words import data_text, pattern_of, pattern_text
from mtss_desktop.domain.teams import Membership, Team, TeamId, TeamLink, TeamStatus, TeamYear, staff_hours_a_month
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import team_grid
from mtss_desktop.usecases.paper_common import coach_name, division, people_by_id, printed, schools, short, words_of
from mtss_desktop.usecases.places import year_of
from mtss_desktop.usecases.use_case import question

_LETTERS = {"facilitator": "F", "minute_taker": "M", "data_analyst": "D"}
_ROLE_OF = {TeamStatus.KEEP: Role.KEEP, TeamStatus.MERGE: Role.MERGE, TeamStatus.RETIRE: Role.RETIRE}
_BANDS = (said("Leadership"), said("{label.tier_1}"), said("Added support"))
"""Of the schools, under the division's own teams."""


@dataclass(frozen=True)
class _Scene:
    """The whole tree once: places, their teams on the grid, people, links and findings."""

    places: tuple[Organization, ...]
    grid: tuple[TeamOnGrid, ...]
    people: dict[str, Person]
    links: tuple[TeamLink, ...]
    findings: tuple[Finding, ...]
    words: Words
    public: bool

    def teams_of(self, place: Organization) -> list[TeamOnGrid]:
        return [each for each in self.grid if each.team.organization_id == place.id]


@question("Structure chart")
def chart(work: Work, *, place_id: str = "") -> Figure | None:
    """The chart of one school with its division's teams, or of all; nothing where there is no team. The same figure as on paper."""
    scene = _scene(work, place_id or None, public=False)
    return _chart(work, scene) if scene.grid else None


def document(work: Work, *, school_id: str | None, public: bool) -> Document:
    """One school with its division's teams, or all. Raises ``UserError`` where there is no team."""
    facts = structure_facts(work, school_id=school_id, public=public)
    return structure.document(facts, audience=Audience.PUBLIC if public else Audience.TEAM)


def structure_facts(work: Work, *, school_id: str | None, public: bool) -> structure.StructureFacts:
    scene = _scene(work, school_id, public)
    if not scene.grid:
        raise UserError("There is no team yet.", "Add teams in the Teams room first.")
    year = year_of(work, work.today())
    return structure.StructureFacts(
        division=division(work).name,
        year=school_year(year.start),
        as_of=work.today(),
        printed=printed(work),
        places=tuple(_place(scene, place) for place in scene.places if scene.teams_of(place)),
        readers=said("Leadership teams"),
        prepared_by=coach_name(work),
        chart=_chart(work, scene),
        loops=() if public else _loops(work, scene),
        protocol=_protocol(scene),
    )


def _scene(work: Work, school_id: str | None, public: bool) -> _Scene:
    home = division(work)
    own = tuple(place for place in schools(work) if school_id in (None, home.id, place.id))
    places = (home, *own)
    whole = team_grid.division_now(work)
    ids = {place.id for place in places}
    grid = tuple(each for each in whole.teams if each.team.organization_id in ids)
    kept = team_grid.decisions(work)
    found = tuple(
        each
        for each in team_audit.findings(whole)
        if (each.rule, each.about) not in kept and any(team_grid.concerns(whole, each, place) for place in ids)
    )
    return _Scene(places, grid, people_by_id(work), whole.links, found, words_of(work), public)


# The grid --------------------------------------------------------------------------------------------------------------


def _place(scene: _Scene, place: Organization) -> structure.PlaceFacts:
    teams = scene.teams_of(place)
    hours = [hour for each in teams if (hour := _hours(each)) is not None]
    ids = {each.team.id for each in teams}
    found = [each for each in scene.findings if _stands_at(scene, each, place, ids)]
    return structure.PlaceFacts(
        name=place.name,
        teams=tuple(_team(scene, each) for each in teams),
        findings=_on_paper(scene, found),
        staff=len(frozenset[str]().union(*(each.people for each in teams))),
        hours=sum(hours) if hours else None,
    )


def _on_paper(scene: _Scene, found: Sequence[Finding]) -> tuple[structure.FindingFacts, ...]:
    """One row each; the missing backups of a place, which ask the same of every team, share the last row."""
    backups = [each for each in found if each.rule == "no_backup"]
    rows = [structure.FindingFacts(each.why, each.proposal) for each in found if each not in backups]
    if backups:
        rows.append(structure.FindingFacts(_backups(scene, backups), backups[0].proposal))
    return tuple(rows)


def _backups(scene: _Scene, found: Sequence[Finding]) -> Said:
    if len(found) == 1:
        return found[0].why
    lacking = [said("{team} for {roles}", team=each.why.value("team"), roles=each.why.value("roles")) for each in found]
    return said("No backup: {teams}.", teams="; ".join(map(scene.words.say, lacking)))


def _stands_at(scene: _Scene, found: Finding, place: Organization, ids: set[TeamId]) -> bool:
    """With the place of its first team that is on the paper; what is about no team, with the place it names or the first."""
    here = [each.team for each in scene.grid if each.team.id in found.teams]
    if here:
        first = next(team for team_id in found.teams for team in here if team.id == team_id)
        return first.id in ids
    named = next((each for each in scene.places if each.id in found.subject), None)
    shown = next((each for each in scene.places if scene.teams_of(each)), None)
    return place == (named or shown)


def _hours(each: TeamOnGrid) -> float | None:
    return staff_hours_a_month(each.year, len(each.people)) if each.year else None


def _team(scene: _Scene, each: TeamOnGrid) -> structure.TeamFacts:
    year = each.year or TeamYear(team_id=each.team.id, year_id=SchoolYearId(""))
    return structure.TeamFacts(
        name=each.team.name,
        tier=said(f"{{label.tier_{each.team.tier}}}") if each.team.tier else "",
        purpose=year.purpose,
        outcome=year.outcome_measure,
        target=year.target_group,
        seats=_seats(scene, each),
        meets=pattern_text(pattern_of(year), scene.words),
        hours=_hours(each),
        data=data_text(year.data_reviewed),
        rule=year.decision_rules,
        sends=_sends(scene, each),
        goal=year.linked_goal,
        status=_status(scene, each),
        complete=bool(year.purpose and year.outcome_measure and year.target_group),
    )


def _seats(scene: _Scene, each: TeamOnGrid) -> tuple[structure.SeatFacts, ...]:
    """Core roles first; last names, with the first name where two people here share one. For the public no names at all."""
    held: dict[str, list[Membership]] = {}
    for member in each.members:
        held.setdefault(member.person_id, []).append(member)
    last = [scene.people[person].last_name for person in held]
    made = []
    for person_id, memberships in held.items():
        person = scene.people[person_id]
        name = person.name if last.count(person.last_name) > 1 else person.last_name
        letters = "".join(f"{_LETTERS[m.role]}{'b' if m.backup else ''}" for m in memberships if m.role in _LETTERS)
        made.append(structure.SeatFacts("" if scene.public else name, letters))
    return tuple(sorted(made, key=lambda seat: (not seat.letters, "b" in seat.letters, seat.name)))


def _status(scene: _Scene, each: TeamOnGrid) -> TeamStatus:
    """What the team decided; else what the grid proposes. The program proposes, it retires nothing."""
    if each.year is not None and each.year.status is not TeamStatus.KEEP:
        return each.year.status
    merges = [found.teams[-1] for found in scene.findings if TeamStatus.MERGE in found.offers]
    return TeamStatus.MERGE if each.team.id in merges else TeamStatus.KEEP


def _sends(scene: _Scene, each: TeamOnGrid) -> str:
    names: dict[str, str] = {other.team.id: other.team.short_name or other.team.name for other in scene.grid}
    to = [names.get(link.to_team_id or "", link.audience) for link in scene.links if link.team_id == each.team.id]
    sent_by = [names[link.team_id] for link in scene.links if link.to_team_id == each.team.id and link.team_id in names]
    parts = []
    if any(to):
        parts.append(scene.words.say(said("to {names}", names=tuple(dict.fromkeys(name for name in to if name)))))
    if sent_by:
        parts.append(scene.words.say(said("from {names}", names=tuple(dict.fromkeys(sent_by)))))
    return "; ".join(parts)


# The chart ---------------------------------------------------------------------------------------------------------------


def _chart(work: Work, scene: _Scene) -> Figure:
    own = [place for place in scene.places if place.id != work.home_id]
    columns = tuple(
        Column(short(place), said("{n} team", many="{n} teams", count="n", n=len(scene.teams_of(place))))
        for place in own
    )
    at: dict[str, int] = {place.id: number for number, place in enumerate(own)}
    arrows = _arrows(scene)
    heard = Counter(end for arrow in arrows for end in (arrow.start, arrow.end))
    hubs_first = sorted(scene.grid, key=lambda each: -heard[each.team.id])  # so that their lines run straight
    boxes = tuple(_box(scene, each, at.get(each.team.organization_id, -1)) for each in hubs_first)
    return charts.structure_chart(said("Team structure"), columns, (short(scene.places[0]), *_BANDS), boxes, arrows)


def _box(scene: _Scene, each: TeamOnGrid, place: int) -> Box:
    year = each.year
    lines: list[Said | str] = []
    if year and year.purpose:
        lines.append(year.purpose)
    if not scene.public:
        lines.append(_core(scene, each))
    if year and (meets := pattern_text(pattern_of(year), scene.words)):
        lines.append(meets)
    tier = each.team.tier
    return Box(
        each.team.id,
        each.team.name,
        place,
        _band(each.team, over_all=place < 0),
        tuple(lines),
        said(f"{{label.tier_{tier}}}") if tier else "",
        _ROLE_OF[_status(scene, each)],
    )


def _band(team: Team, *, over_all: bool) -> int:
    """Teams for all tiers lead: the division's stand over all, a school's under the name of the school."""
    return (0 if over_all else 1) if team.tier == 0 else 2 if team.tier == 1 else 3


def _core(scene: _Scene, each: TeamOnGrid) -> Said:
    """F, M and D with their names; a role nobody has is said."""
    if not any(member.role in _LETTERS and not member.backup for member in each.members):
        return said("No role named yet")
    parts: list[Said] = []
    for role, letter in _LETTERS.items():
        names = [scene.people[m.person_id].last_name for m in each.members if m.role == role and not m.backup]
        who: Said | str = ", ".join(names) if names else said("none yet")
        parts.append(said("{letter} {who}", letter=letter, who=who))
    return said("{parts}", parts=tuple(parts))


def _arrows(scene: _Scene) -> tuple[Arrow, ...]:
    """Two links that run opposite ways between the same teams are one arrow both ways."""
    here = {each.team.id for each in scene.grid}
    mine = [link for link in scene.links if link.team_id in here and link.to_team_id in here]
    first: dict[tuple[str, str], TeamLink] = {}
    for link in mine:
        first.setdefault((str(link.team_id), str(link.to_team_id)), link)
    made: dict[tuple[str, str], Arrow] = {}
    for (start, end), link in first.items():
        back = first.get((end, start))
        if (end, start) not in made:
            made[start, end] = Arrow(start, end, _arrow_text(link, back), back is not None)
    return tuple(made.values())


def _protocol(scene: _Scene) -> tuple[structure.ProtocolFacts, ...]:
    """Every link from or to a team on the paper."""
    here = {each.team.id: each for each in scene.grid}
    shorts = {place.id: short(place) for place in scene.places}

    def called(team_id: str) -> str:
        team = here[TeamId(team_id)].team
        twice = sum(each.team.name == team.name for each in scene.grid) > 1
        return f"{team.name}, {shorts[OrganizationId(team.organization_id)]}" if twice else team.name

    return tuple(
        structure.ProtocolFacts(
            called(link.team_id),
            called(link.to_team_id) if link.to_team_id else link.audience,
            link.what,
            link.how,
            link.how_often,
            scene.people[link.person_id].last_name if link.person_id and not scene.public else "",
            link.answer_within_days,
        )
        for link in scene.links
        if link.team_id in here and (link.to_team_id is None or link.to_team_id in here)
    )


def _arrow_text(link: TeamLink, back: TeamLink | None = None) -> Said | str:
    """What and how often; of a line that runs both ways both, once where they say the same."""
    there = _said_there(link)
    returned = _said_there(back) if back is not None else ""
    if not there or not returned or there == returned:
        return there or returned
    return said("{there}; {back}", there=there, back=returned)


def _said_there(link: TeamLink) -> Said | str:
    if link.what and link.how_often:
        return said("{what}, {often}", what=link.what, often=link.how_often)
    return link.what or link.how_often


def _loops(work: Work, scene: _Scene) -> tuple[structure.LoopFacts, ...]:
    names: dict[str, str] = {each.team.id: each.team.short_name or each.team.name for each in scene.grid}
    waiting: Sequence[TeamLink] = [
        link for link in scene.links if link.waiting_since is not None and link.team_id in names
    ]
    made = []
    for link in waiting:
        assert link.waiting_since is not None
        age = (work.today() - link.waiting_since).days
        late = link.answer_within_days is not None and age > link.answer_within_days
        state = (
            said("no answer yet, due after {n} days", n=link.answer_within_days)
            if late
            else said("waiting for an answer")
        )
        made.append(
            structure.LoopFacts(
                link.waiting_for or link.what,
                names[link.team_id],
                names.get(link.to_team_id, "") if link.to_team_id else link.audience,
                link.waiting_since,
                age,
                state,
                late,
            )
        )
    return tuple(made)
