"""Ids of what is built of the sample so far, by the keys of its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.people import OrganizationId, PersonId, SchoolYearId
from mtss_desktop.domain.problems import ProblemId, SolutionId
from mtss_desktop.domain.teams import TeamId


@dataclass
class Known:
    """``coach`` is the key of the person the database belongs to; problems are "team/tag", meetings (team, day)."""

    coach: str
    places: dict[str, OrganizationId] = field(default_factory=dict)
    years: dict[int, SchoolYearId] = field(default_factory=dict)
    people: dict[str, PersonId] = field(default_factory=dict)
    teams: dict[str, TeamId] = field(default_factory=dict)
    problems: dict[str, ProblemId] = field(default_factory=dict)
    solutions: dict[str, list[SolutionId]] = field(default_factory=dict)
    meetings: dict[tuple[str, date], MeetingId] = field(default_factory=dict)
