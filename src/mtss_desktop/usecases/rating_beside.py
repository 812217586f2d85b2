"""What stands beside a rating: somebody from outside, and what staff answered beside what the team says."""

from __future__ import annotations

from datetime import timedelta

from mtss_desktop.domain.instruments import SURVEY_ANSWERS
from mtss_desktop.domain.rating_views import Head, OtherSource
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_scores as scores

BESIDE = timedelta(days=60)
"""How far apart two ratings may be and still be read side by side."""
YEAR = timedelta(days=366)
"""How far back a yearly survey is still read beside a rating."""


def sources(work: Work, head: Head) -> list[Head]:
    """The newest finished rating from outside, and of staff, near the day of this one."""
    record = head.administration
    found = queries.found(
        work,
        place_id=record.organization_id,
        first=record.held_on - BESIDE,
        last=record.held_on + BESIDE,
        kinds=(AdministrationKind.EXTERNAL, AdministrationKind.SURVEY, AdministrationKind.TEAM),
        finished=True,
    )
    outside = record.kind is AdministrationKind.EXTERNAL
    chosen: dict[AdministrationKind, Head] = {}
    for each in sorted(found, key=lambda each: abs(each.head.administration.held_on - record.held_on)):
        other = each.head.administration
        wanted = AdministrationKind.TEAM if outside else AdministrationKind.EXTERNAL
        same = each.head.family == head.family and other.kind is wanted
        if other.id != record.id and same:
            chosen.setdefault(other.kind, each.head)
    return [*chosen.values(), *other_side(work, head)]


def other_side(work: Work, head: Head) -> list[Head]:
    """What staff answered beside what the team says, and the other way round: the nearest within a year."""
    record = head.administration
    if record.kind not in (AdministrationKind.TEAM, AdministrationKind.SURVEY, AdministrationKind.PAPER):
        return []
    surveyed = record.kind is AdministrationKind.SURVEY
    kinds = (AdministrationKind.TEAM, AdministrationKind.PAPER) if surveyed else (AdministrationKind.SURVEY,)
    found = queries.found(
        work,
        place_id=record.organization_id,
        first=record.held_on - YEAR,
        last=record.held_on + BESIDE,
        kinds=kinds,
        finished=True,
    )
    for each in sorted(found, key=lambda each: abs(each.head.administration.held_on - record.held_on)):
        staff, team = (head, each.head) if surveyed else (each.head, head)
        instrument = scores.instrument_of(work, staff.administration.instrument_id)
        if {team.family, team.key} & set(instrument.read_beside):
            enough = len(work.responses.list(administration_id=staff.administration.id)) >= SURVEY_ANSWERS
            return [each.head] if enough else []
    return []


def source(work: Work, head: Head) -> OtherSource:
    instrument, found = scores.result_of(work, head.administration)
    record = head.administration
    survey = scores.is_survey(instrument)
    return OtherSource(
        *(record.id, record.kind, head.title, head.edition, record.held_on, head.rater),
        scores.percents(found),
        tuple(scores.values_of(found).items()),
        len(work.responses.list(administration_id=record.id)) if survey else None,
    )
