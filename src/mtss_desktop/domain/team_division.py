"""What the audit of teams looks at, and what one of its findings says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from mtss_desktop.base.words import Said
from mtss_desktop.domain.initiatives import Initiative
from mtss_desktop.domain.team_limits import Limits
from mtss_desktop.domain.teams import Membership, Team, TeamLink, TeamStatus, TeamYear

_COACHES = frozenset({"coach"})
_SMALL_WORDS = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "are",
        "our",
        "all",
        "its",
        "their",
        "who",
        "has",
        "have",
        "each",
        "every",
        "into",
        "them",
        "they",
    ]
)


class Severity(StrEnum):
    """HIGH asks for a decision about a team, MEDIUM for something to be written or mended, LOW is good to know."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class TeamOnGrid:
    """A team with its year (None: nothing written yet) and who is on it now."""

    team: Team
    year: TeamYear | None
    members: tuple[Membership, ...]

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(member.person_id for member in self.members if member.role not in _COACHES)

    @cached_property
    def purpose_words(self) -> frozenset[str]:
        return _content(self.year.purpose) if self.year else frozenset()

    @cached_property
    def outcome_words(self) -> frozenset[str]:
        return _words(self.year.outcome_measure) if self.year else frozenset()

    @cached_property
    def target_words(self) -> frozenset[str]:
        return _words(self.year.target_group) if self.year else frozenset()


@dataclass(frozen=True)
class DataSource:
    """Data a division has. ``known_as`` are words that mean it in what teams write; ``before`` the team that looked at it last year."""

    name: str
    known_as: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True)
class Division:
    """All the audit looks at. ``names`` are people by id, ``places`` places by id with "" for the division's own teams."""

    teams: tuple[TeamOnGrid, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[TeamOnGrid, ...] = ()
    links: tuple[TeamLink, ...] = ()
    sources: tuple[DataSource, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    today: date = date.min
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def by_id(self) -> dict[str, TeamOnGrid]:
        return {each.team.id: each for each in self.teams}

    @cached_property
    def also_retired(self) -> dict[str, TeamOnGrid]:
        """Every team a finding can speak of."""
        return {each.team.id: each for each in (*self.teams, *self.retired)}

    @cached_property
    def of_place(self) -> dict[str, list[TeamOnGrid]]:
        found: dict[str, list[TeamOnGrid]] = {}
        for each in self.teams:
            found.setdefault(each.team.organization_id, []).append(each)
        return found

    @cached_property
    def of_person(self) -> dict[str, list[TeamOnGrid]]:
        found: dict[str, list[TeamOnGrid]] = {}
        for each in self.teams:
            for person in sorted(each.people):
                found.setdefault(person, []).append(each)
        return found

    def name(self, person_id: str) -> str:
        return self.names.get(person_id, "") or person_id

    def called(self, each: TeamOnGrid) -> str:
        """With its place where another working team has the same name."""
        name, place = each.team.name, self.places.get(each.team.organization_id, "")
        return f"{name} ({place})" if place and self._shared_names[name] > 1 else name

    @cached_property
    def _shared_names(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for each in (*self.teams, *self.retired):
            found[each.team.name] = found.get(each.team.name, 0) + 1
        return found


@dataclass(frozen=True)
class Finding:
    """``rule`` names the rule, ``teams`` and ``people`` the ids it is about; ``why`` has the numbers, ``proposal`` what could be done.

    Where a merge is proposed the first team is the one to keep. ``offers`` are the decisions that make sense; ``fields`` the columns of the
    grid the finding is about; ``subject`` tells two findings of one rule about the same teams and people apart (a source, a goal).
    """

    rule: str
    severity: Severity
    title: Said
    teams: tuple[str, ...]
    people: tuple[str, ...]
    why: Said
    proposal: Said
    offers: tuple[TeamStatus, ...] = (TeamStatus.KEEP,)
    fields: tuple[str, ...] = ()
    subject: str = ""

    @property
    def about(self) -> str:
        """What a decision is remembered by, besides the rule."""
        return " ".join((*sorted(self.teams), *sorted(self.people), self.subject)).strip()


MERGE_OR_NOT = (TeamStatus.MERGE, TeamStatus.KEEP, TeamStatus.RETIRE)
KEEP_OR_RETIRE = (TeamStatus.KEEP, TeamStatus.RETIRE)


def _words(text: str) -> frozenset[str]:
    """What a measure is about: its words without goals and dates, so that two goals for one measure count as the same.

    Numbers stay where they name a group (grade 6 is not grade 7).
    """
    about = re.split(r"[,:;(]", text.casefold())[0]
    return frozenset(word for word in re.findall(r"\w+", about) if len(word) >= 3 or word.isdigit())


def _content(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return frozenset(word.rstrip("s") for word in words if word not in _SMALL_WORDS)
