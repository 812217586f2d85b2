"""What the working-smarter grid shows. Every rule only proposes; the team decides and says why.

Each rule is a named function of the division with its own threshold, in ``team_rules`` and ``division_rules``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mtss_desktop.base.words import said
from mtss_desktop.domain import division_rules as rest
from mtss_desktop.domain import team_rules as rules
from mtss_desktop.domain.team_division import Division, Finding, Severity


def findings(division: Division) -> tuple[Finding, ...]:
    """Most useful first: merges, then teams without a base, then people, data, links and initiatives, then gaps in roles."""
    division = replace(division, teams=tuple(each for each in division.teams if each.team.ended_on is None))
    pairs = [*rules.same_outcome_and_target(division), *rules.same_purpose(division), *rules.same_staff(division)]
    found = [
        *_one_for_each_pair(pairs),
        *rules.no_purpose_and_outcome(division),
        *rules.incomplete(division),
        *rest.two_meetings_at_once(division),
        *rest.unanswered(division),
        *rest.circular(division),
        *rest.purpose_without_team(division),
        *rest.initiative_without_team(division),
        *rest.initiative_with_two_teams(division),
        *rest.on_many_teams(division),
        *rest.many_hours(division),
        *rules.no_goal(division),
        *rules.no_data(division),
        *rules.no_primary(division),
        *rules.no_backup(division),
        *rest.no_link(division),
        *rest.data_nobody_looks_at(division),
    ]
    order = tuple(Severity)
    return tuple(sorted(found, key=lambda each: order.index(each.severity)))


def _one_for_each_pair(found: Iterable[Finding]) -> Iterator[Finding]:
    """Two teams are spoken of once, with all that they share."""
    pairs: dict[frozenset[str], list[Finding]] = {}
    for each in found:
        pairs.setdefault(frozenset(each.teams), []).append(each)
    for first, *others in pairs.values():
        why, people, fields = first.why, first.people, first.fields
        for each in others:
            more = replace(each.why, text=each.why.text.replace("{one} and {other}", "They"))
            why = said("{first} {second}", first=why, second=more)
            people, fields = people or each.people, (*fields, *each.fields)
        yield replace(first, why=why, people=people, fields=fields)
