"""What Today says of ratings: those that are due or begun, and items that have not moved for three of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mtss_desktop.base.words import said
from mtss_desktop.domain.caseload import Flag
from mtss_desktop.domain.instruments import Instrument, at_level
from mtss_desktop.domain.people import Organization
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.paper_common import short

DUE = timedelta(days=14)
STUCK_SINCE = timedelta(days=150)
"""A rating older than that is no news."""
MOST = 6
NAMED = 3


def flags(work: Work, places: Iterable[Organization], today: date) -> list[Flag]:
    """Of the places shown: what is due first, then what is stuck."""
    names: dict[str, str] = {place.id: short(place) for place in places}
    levels: dict[str, str] = {place.id: place.kind for place in places}
    return [*_due(work, names, levels, today), *_stuck(work, names, levels, today)]


def _due(work: Work, names: dict[str, str], levels: dict[str, str], today: date) -> list[Flag]:
    found = [
        each
        for each in queries.waiting(work, by=today + DUE, limit=200)
        if each.head.administration.organization_id in names
    ][:MOST]
    contents = queries.contents(work, {each.head.administration.instrument_id for each in found})
    made = []
    for each in found:
        head, record = each.head, each.head.administration
        instrument = at_level(scores.read(*contents[record.instrument_id]), levels[record.organization_id])
        of = len(scores.asked_items(instrument, record))
        name = f"{names[record.organization_id]}, {head.title} {head.edition}"
        if each.given:
            sentence = said("{name}: {n} of {of} items rated", name=name, n=each.given, of=of)
            detail = said("Begun {day:date}. A percent appears when every item is rated or marked not applicable.",
                          day=record.held_on)  # fmt: skip
        elif record.held_on >= today:
            sentence = said("{name} is to be rated {day:day}", name=name, day=record.held_on)
            detail = said("{n} items. Print the form or open it before the meeting.", n=of)
        else:
            sentence = said("{name} was to be rated {day:short}", name=name, day=record.held_on)
            detail = said("Nothing is rated yet. Rate it, or give it another day.")
        made.append(Flag(sentence, detail, "lookfors", record.id))
    return made


def _stuck(work: Work, names: dict[str, str], levels: dict[str, str], today: date) -> list[Flag]:
    rows = [each for each in queries.threes(work, since=today - STUCK_SINCE, limit=200) if each.place_id in names]
    rows = rows[: 4 * MOST]
    given = queries.answers(work, [each for row in rows for each in row.ids])
    contents = queries.contents(work, {row.instrument_id for row in rows})
    made = []
    for row in rows:
        instrument = at_level(scores.read(*contents[row.instrument_id]), levels[row.place_id])
        items = scores.stuck_items(instrument, [given.get(each, {}) for each in reversed(row.ids)])
        if items:
            made.append(_flag(row, names[row.place_id], instrument, items))
    return made[:MOST]


def _flag(row: queries.Row3, place: str, instrument: Instrument, items: tuple[str, ...]) -> Flag:
    about = f"{row.title}, {instrument.item(items[0]).label}" if len(items) == 1 else row.title
    if len(items) > NAMED:
        sentence = said("{place}: {n} items have not moved for three ratings", place=place, n=len(items))
        detail = said("{about}: {items}. Last rated {day:date}.", about=about, items=items, day=row.held_on)
        return Flag(sentence, detail, "lookfors", row.ids[0])
    sentence = said(
        "{place}: item {items} has not moved for three ratings",
        many="{place}: items {items} have not moved for three ratings",
        count="n",
        n=len(items),
        place=place,
        items=items,
    )
    return Flag(sentence, said("{about}. Last rated {day:date}.", about=about, day=row.held_on), "lookfors", row.ids[0])
