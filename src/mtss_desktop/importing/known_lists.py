"""What a database has of what lists are about: people, teams, places, days without school, instruments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mtss_desktop.base.folding import fold
from mtss_desktop.importing.matching import KnownSchool
from mtss_desktop.importing.rating_rows import KnownInstrument


@dataclass(frozen=True)
class KnownPerson:
    id: str
    name: str
    email: str
    position: str
    place: str
    left: bool = False


@dataclass(frozen=True)
class KnownTeam:
    """``facts`` are its texts of this school year by column of the matrix; ``people`` the folded names of its members."""

    id: str
    name: str
    place: str
    facts: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownLists:
    """What a database has of what lists are about. ``places`` by key → id; ``home`` is the division's id.

    ``members`` are (team, person, role); ``days`` (place, day) → reason; ``years`` are those set up;
    ``rated`` are (place, key of an instrument, day) → who rated, folded, "" where nobody is named.
    """

    home: str = ""
    schools: tuple[KnownSchool, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)
    people: tuple[KnownPerson, ...] = ()
    teams: tuple[KnownTeam, ...] = ()
    members: frozenset[tuple[str, str, str]] = frozenset()
    days: Mapping[tuple[str, date], str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    instruments: tuple[KnownInstrument, ...] = ()
    rated: Mapping[tuple[str, str, date], frozenset[str]] = field(default_factory=dict)
    today: date = date.max

    def has_rating(self, place: str, instrument: str, day: date, rater: str) -> bool:
        """Whether this is here already: by the same rater, or where one of both names nobody."""
        raters = self.rated.get((place, instrument, day), frozenset())
        return bool(raters) and (not rater or "" in raters or fold(rater) in raters)
