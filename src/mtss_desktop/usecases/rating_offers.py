"""With what a place can be rated: shipped instruments and lists of one's own that are ready."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.domain.instruments import Instrument, Takes, at_level
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.ratings import AdministrationKind, Origin, VersionState
from mtss_desktop.packs import instruments as packs
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.use_case import question


@dataclass(frozen=True)
class RatingOffer:
    """``key`` is what ``ratings.start`` takes; ``sections`` are (key, title) of those asked there; ``usual`` how it is mostly rated."""

    key: str
    title: str
    edition: str
    unit: str
    own: bool
    sections: tuple[tuple[str, str], ...]
    usual: AdministrationKind


@question("Instruments to rate with", topic="ratings")
def offers(work: Work, *, place_id: OrganizationId | None = None) -> tuple[RatingOffer, ...]:
    """Lists of one's own first, each in its newest ready version; sections are those asked of the place."""
    level = str(work.organizations.get(place_id).kind) if place_id else ""
    own: dict[str, RatingOffer] = {}
    for version in work.instrument_versions.list(origin=Origin.OWN, state=VersionState.READY, order=("ready_on", "id")):
        own[version.key] = _offer(scores.read(version.key, version.content), version.id, level, own=True)
    shipped = [_offer(each, each.key, level, own=False) for each in packs.shipped()]
    return (*own.values(), *shipped)


def _offer(instrument: Instrument, key: str, level: str, *, own: bool) -> RatingOffer:
    asked = at_level(instrument, level) if level else instrument
    return RatingOffer(
        key,
        instrument.title,
        instrument.version,
        instrument.unit,
        own,
        tuple((each.key, each.title) for each in asked.whole_sections),
        usual_kind(instrument),
    )


def usual_kind(instrument: Instrument) -> AdministrationKind:
    """Respondents make a survey, tallies a visit; everything else a team rates."""
    if any(item.takes is Takes.RESPONDENTS for item in instrument.items):
        return AdministrationKind.SURVEY
    if any(item.takes is Takes.COUNT and item.counts is not None for item in instrument.items):
        return AdministrationKind.WALKTHROUGH
    return AdministrationKind.TEAM
