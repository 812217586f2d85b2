"""The audit's rules about people, data, links and initiatives. Each rule is a function of the division with its own threshold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.initiatives import InitiativeStatus
from mtss_desktop.domain.team_division import DataSource, Division, Finding, Severity, TeamOnGrid
from mtss_desktop.domain.teams import Rhythm, TeamLink, TeamYear, staff_hours_a_month

_TIERS = (1, 2, 3)


# People ----------------------------------------------------------------------------------------------------------------


def on_many_teams(division: Division) -> Iterator[Finding]:
    """A person on more teams than one can serve well."""
    most = division.limits.most_teams
    for person, teams in division.of_person.items():
        if len(teams) > most:
            why = said(
                "{name} is on {n} teams (the line is {most}): {teams}.",
                name=division.name(person),
                n=len(teams),
                most=most,
                teams=tuple(division.called(each) for each in teams),
            )
            proposal = said("Ask which team could do without, or could borrow for the data part only.")
            title = said("On {n} teams", n=len(teams))
            yield _about_person("on_many_teams", Severity.MEDIUM, title, person, teams, why, proposal, "members")


def many_hours(division: Division) -> Iterator[Finding]:
    """A person who spends more hours a month in team meetings than the line."""
    most = division.limits.most_hours
    for person, teams in division.of_person.items():
        hours = sum(_hours(each) for each in teams)
        if hours > most:
            why = said(
                "{name} spends {hours:1} hours a month in {n} team meetings (the line is {most:0}).",
                name=division.name(person),
                hours=hours,
                n=len(teams),
                most=most,
            )
            proposal = said("Shorten, meet less often, or send one person for two teams.")
            yield _about_person(
                "many_hours", Severity.LOW, said("Many hours in meetings"), person, teams, why, proposal, "meets"
            )


def _hours(each: TeamOnGrid) -> float:
    return (staff_hours_a_month(each.year, 1) if each.year else None) or 0.0


def two_meetings_at_once(division: Division) -> Iterator[Finding]:
    """Two teams whose patterns meet at the same time and who share people: they cannot be in both."""
    together: dict[tuple[str, str], list[str]] = {}
    for person, teams in division.of_person.items():
        for one, other in combinations(teams, 2):
            if one.year and other.year and _clash(one.year, other.year):
                together.setdefault((one.team.id, other.team.id), []).append(person)
    for (first, second), people in together.items():
        one, other = division.by_id[first], division.by_id[second]
        why = said(
            "{people} cannot be in both {one} and {other}: they meet at the same time.",
            people=tuple(division.name(person) for person in people),
            one=division.called(one),
            other=division.called(other),
        )
        proposal = said("Move one of the two meetings.")
        title = said("Two meetings at once")
        yield Finding(
            "two_meetings_at_once",
            Severity.HIGH,
            title,
            (first, second),
            tuple(people),
            why,
            proposal,
            fields=("meets",),
        )


def _clash(one: TeamYear, other: TeamYear) -> bool:
    if one.weekday is None or one.weekday != other.weekday or not _weeks(one) & _weeks(other):
        return False
    if not (one.starts_at and one.ends_at and other.starts_at and other.ends_at):
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _weeks(year: TeamYear) -> frozenset[int]:
    """Weeks of the month a team may meet in; the last week is the fourth in most months."""
    if year.weeks_of_month:
        weeks = frozenset(year.weeks_of_month)
        return weeks | {4} if 5 in weeks else weeks
    return frozenset(range(1, 6)) if year.rhythm in (Rhythm.WEEKLY, Rhythm.EVERY_TWO_WEEKS) else frozenset()


def _about_person(
    rule: str,
    severity: Severity,
    title: Said,
    person: str,
    teams: list[TeamOnGrid],
    why: Said,
    proposal: Said,
    column: str,
) -> Finding:
    ids = tuple(each.team.id for each in teams)
    return Finding(rule, severity, title, ids, (person,), why, proposal, fields=(column,))


# Data and purposes -----------------------------------------------------------------------------------------------------


def data_nobody_looks_at(division: Division) -> Iterator[Finding]:
    """Data that is there, or was looked at last year, and that no team names this year."""
    if not division.teams:
        return
    reviewed = " | ".join(
        data.what.casefold() for each in division.teams if each.year for data in each.year.data_reviewed
    )
    for source in division.sources:
        if not any(word.casefold() in reviewed for word in (source.name, *source.known_as)):
            yield _unread(division, source)


def _unread(division: Division, source: DataSource) -> Finding:
    if source.before:
        why = said("{source}: {team} looked at it last year, nobody does now.", source=source.name, team=source.before)
    else:
        why = said("{source}: it is here, and no team looks at it.", source=source.name)
    proposal = said("Give it to one team, or stop gathering it.")
    return Finding(
        "data_nobody_looks_at", Severity.LOW, said("Nobody reads it"), (), (), why, proposal, subject=source.name
    )


def purpose_without_team(division: Division) -> Iterator[Finding]:
    """A tier that no team of a school leads, and the purpose of a retired team that nobody has taken on."""
    for place, teams in division.of_place.items():
        name = division.places.get(place, "")
        if name:
            for tier in _TIERS:
                if not any(_leads(each, tier) for each in teams):
                    yield _no_team_for_tier(name, place, tier)
    for each in division.retired:
        if each.year and each.purpose_words and each.team.merged_into is None and not _taken_on(division, each):
            yield _left_behind(division, each)


def _leads(each: TeamOnGrid, tier: int) -> bool:
    """By its tier, or by its words: “Tiers 2 and 3”, “advanced tiers”."""
    if each.team.tier == tier:
        return True
    year = each.year
    text = " ".join(
        (each.team.name, year.purpose, year.target_group, year.outcome_measure) if year else (each.team.name,)
    )
    found = re.findall(r"tiers?\s+((?:\d|\s|,|/|&|and|or|to|-|–)+)", text.casefold())
    named = {number for part in found for number in re.findall(r"\d", part)}
    return str(tier) in named or (tier > 1 and "advanced tier" in text.casefold())


def _no_team_for_tier(place: str, place_id: str, tier: int) -> Finding:
    label = said(f"{{label.tier_{tier}}}")
    why = said("{place} has no team that leads {tier}.", place=place, tier=label)
    proposal = said("Give it to a team that stands, or add one.")
    title = said("No team for {tier}", tier=label)
    return Finding(
        "purpose_without_team", Severity.MEDIUM, title, (), (), why, proposal, subject=f"{place_id}:tier {tier}"
    )


def _taken_on(division: Division, gone: TeamOnGrid) -> bool:
    """A working team of the same place whose purpose has at least half of its words."""
    need = len(gone.purpose_words) / 2
    here = division.of_place.get(gone.team.organization_id, ())
    return any(len(each.purpose_words & gone.purpose_words) >= need for each in here)


def _left_behind(division: Division, gone: TeamOnGrid) -> Finding:
    assert gone.year is not None
    why = said(
        "{team} is retired and no team took on its purpose: {purpose}",
        team=division.called(gone),
        purpose=gone.year.purpose,
    )
    proposal = said("Write it into a team that stands, or let it go.")
    return Finding(
        "purpose_without_team", Severity.MEDIUM, said("Purpose without a team"), (gone.team.id,), (), why, proposal
    )


# Links -----------------------------------------------------------------------------------------------------------------


def is_unanswered(link: TeamLink, division: Division) -> bool:
    """Open for longer than the answer was agreed to take, or a month where nothing was agreed. Calendar days."""
    if link.waiting_since is None:
        return False
    return (division.today - link.waiting_since).days > _wait(link, division)


def _wait(link: TeamLink, division: Division) -> int:
    """Days an answer may take."""
    return link.answer_within_days if link.answer_within_days is not None else division.limits.longest_wait


def unanswered(division: Division) -> Iterator[Finding]:
    """A question that went to another team or an audience and has no answer in the agreed time."""
    for link in division.links:
        sender = division.by_id.get(link.team_id)
        if sender is None or link.waiting_since is None or not is_unanswered(link, division):
            continue
        to = division.by_id.get(link.to_team_id or "")
        receiver = division.called(to) if to is not None else link.audience
        why = said(
            "{sender} asked {receiver} {days} days ago and has no answer (the line is {limit}): {what}",
            sender=division.called(sender),
            receiver=receiver,
            days=(division.today - link.waiting_since).days,
            limit=_wait(link, division),
            what=link.waiting_for or link.what,
        )
        teams = (sender.team.id, *((to.team.id,) if to is not None else ()))
        people = (str(link.person_id),) if link.person_id else ()
        proposal = said("Put it on the next agenda of {receiver}, first item.", receiver=receiver)
        yield Finding(
            "unanswered", Severity.HIGH, said("No answer yet"), teams, people, why, proposal, subject=str(link.id)
        )


def circular(division: Division) -> Iterator[Finding]:
    """Teams that pass questions round in a ring, so that none decides: of two that wait for each other, or of three and more."""
    steps = _one_way(division)
    seen: set[frozenset[str]] = set()
    for start in steps:
        ring = _ring(start, steps)
        if ring and frozenset(ring) not in seen:
            seen.add(frozenset(ring))
            names = tuple(division.called(division.by_id[team]) for team in (*ring, ring[0]))
            why = said("Questions go round: {way}.", way=" → ".join(names))
            proposal = said("Agree which of them decides, and let it answer all others.")
            yield Finding("circular", Severity.HIGH, said("Going in a circle"), tuple(ring), (), why, proposal)


def no_link(division: Division) -> Iterator[Finding]:
    """A team that stands apart where others have agreed who tells whom; silent until the first link is written."""
    linked = {team for link in division.links for team in (link.team_id, link.to_team_id)}
    for each in division.teams if len(division.teams) > 1 and linked else ():
        if each.team.id not in linked:
            why = said("{team} tells no other team anything and hears from none.", team=division.called(each))
            proposal = said("Agree what it sends to which team, how and how often.")
            yield Finding("no_link", Severity.LOW, said("Stands apart"), (each.team.id,), (), why, proposal)


def _one_way(division: Division) -> dict[str, list[str]]:
    """Where questions go: to a team that sends none back, or both ways where both wait for an answer."""
    mine = [link for link in division.links if link.team_id in division.by_id and link.to_team_id in division.by_id]
    ways = {(str(link.team_id), str(link.to_team_id)) for link in mine}
    waiting = {(str(link.team_id), str(link.to_team_id)) for link in mine if link.waiting_since is not None}
    steps: dict[str, list[str]] = {}
    for one, other in sorted(ways):
        back = (other, one)
        if back not in ways or ((one, other) in waiting and back in waiting):
            steps.setdefault(one, []).append(other)
    return steps


def _ring(start: str, steps: dict[str, list[str]]) -> list[str]:
    """The shortest way from a team back to itself; empty where there is none."""
    before: dict[str, str] = {}
    edge = [start]
    while edge:
        following = []
        for team in edge:
            for other in steps.get(team, ()):
                if other == start:
                    return _way_to(team, start, before)
                if other not in before:
                    before[other] = team
                    following.append(other)
        edge = following
    return []


def _way_to(team: str, start: str, before: dict[str, str]) -> list[str]:
    """From the start to a team, by the teams ``before`` each."""
    way = [team]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


# Initiatives -----------------------------------------------------------------------------------------------------------


def initiative_without_team(division: Division) -> Iterator[Finding]:
    """Something the division does that no working team carries."""
    for each in division.initiatives:
        if each.status is not InitiativeStatus.ENDED and not any(team in division.by_id for team in each.team_ids):
            why = said("{name} is carried by no team.", name=each.name)
            proposal = said("Give it to the team with the nearest purpose, or end it.")
            title = said("Initiative without a team")
            yield Finding(
                "initiative_without_team", Severity.MEDIUM, title, (), (), why, proposal, subject=str(each.id)
            )


def initiative_with_two_teams(division: Division) -> Iterator[Finding]:
    """Something that two or more teams of one place carry: nobody is sure who decides."""
    for each in division.initiatives:
        if each.status is InitiativeStatus.ENDED:
            continue
        places: dict[str, list[TeamOnGrid]] = {}
        for team_id in each.team_ids:
            if team_id in division.by_id:
                team = division.by_id[team_id]
                places.setdefault(team.team.organization_id, []).append(team)
        for teams in places.values():
            if len(teams) > 1:
                names = tuple(division.called(team) for team in teams)
                why = said("{name} is carried by {teams}.", name=each.name, teams=names)
                proposal = said("Say which of them decides; the others hear from it.")
                title = said("Initiative with two teams")
                ids = tuple(team.team.id for team in teams)
                yield Finding(
                    "initiative_with_two_teams", Severity.MEDIUM, title, ids, (), why, proposal, subject=str(each.id)
                )
