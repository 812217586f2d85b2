"""Classroom visits, read together: how often each practice was seen, what was counted; never a visit alone, never a teacher."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mtss_desktop.domain import administrations as raters
from mtss_desktop.domain.instruments import Counts, Instrument, Item, Takes, at_level
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_rollups import PracticeLine, TallyLine, Walkthroughs
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.domain.scoring import Answer
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.use_case import question


@question("Walkthroughs", topic="ratings")
def walkthroughs(
    work: Work,
    place_id: OrganizationId,
    *,
    instrument: str = "walkthrough",
    first: date | None = None,
    last: date | None = None,
) -> Walkthroughs:
    """All finished visits of a place together, of some days where they are given."""
    family = scores.family_of(work, instrument)
    place = work.organizations.get(place_id)
    kinds = (AdministrationKind.WALKTHROUGH,)
    found = queries.found(work, place_id=place_id, family=family, first=first, last=last, kinds=kinds, finished=True)
    name = place.short_name or place.name
    if not found:
        return Walkthroughs(place_id, name, instrument, first, last, 0, 0, (), (), Fraction(0), None, None)
    newest = found[0].head
    whole = at_level(scores.instrument_of(work, newest.administration.instrument_id), place.kind)
    answers = queries.answers(work, [each.head.administration.id for each in found if each.head.key == newest.key])
    days = [each.head.administration.held_on for each in found]
    minutes, typed = _minutes(whole, answers), [each.head.administration.minutes_watched for each in found]
    watched = minutes or sum((Fraction(each).limit_denominator(100) for each in typed if each), Fraction(0))
    praise, corrections = (_count(whole, answers, each) for each in (Counts.PRAISE, Counts.CORRECTIONS))
    responses = _count(whole, answers, Counts.RESPONSES)
    return Walkthroughs(
        *(place_id, name, newest.title, min(days), max(days), len(found)),
        len({each.head.administration.setting for each in found} - {""}),
        tuple(_practice(whole, item, answers) for item in whole.items if item.takes is not Takes.COUNT),
        tuple(_tally(item, answers) for item in whole.items if item.takes is Takes.COUNT),
        watched,
        raters.praise_ratio(praise, corrections) if praise is not None and corrections is not None else None,
        raters.per_minute(responses, watched) if responses is not None else None,
    )


Given = dict[str, dict[str, Answer]]
"""Visit → item → what was given."""


def _practice(instrument: Instrument, item: Item, visits: Given) -> PracticeLine:
    scale = instrument.scale(item)
    values = [value for visit in visits.values() if item.number in visit for value in visit[item.number].values]
    counts = tuple((point.label, values.count(point.value)) for point in scale.points)
    share = Fraction(100 * values.count(scale.top), len(values)) if values else None
    return PracticeLine(item.number, item.label, item.evidence, counts, len(values), share)


def _tally(item: Item, visits: Given) -> TallyLine:
    values = [sum(visit[item.number].values) for visit in visits.values() if item.number in visit]
    return TallyLine(item.number, item.label, item.counts or "", sum(values), len(values))


def _count(instrument: Instrument, visits: Given, what: Counts) -> int | None:
    """None where nothing of it was ever counted."""
    items = [item.number for item in instrument.items if item.counts is what]
    values = [sum(visit[number].values) for visit in visits.values() for number in items if number in visit]
    return sum(values) if values else None


def _minutes(instrument: Instrument, visits: Given) -> Fraction:
    return Fraction(_count(instrument, visits, Counts.MINUTES) or 0)
