"""What the room reads, one reading for each view. Everything here runs in the read lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_views import AdministrationLine, Sheet
from mtss_desktop.domain.ratings import AdministrationId
from mtss_desktop.ui.panes.lookfors.starting import InstrumentOffer, StartOffer
from mtss_desktop.ui.panes.lookfors.words import full_title
from mtss_desktop.usecases import people, places, rating_offers, ratings, teams
from mtss_desktop.usecases.people import PersonLine


@dataclass(frozen=True)
class Home:
    """The list of administrations and who is there to rate."""

    lines: tuple[AdministrationLine, ...]
    today: date
    words: Words


def read_home(workspace: Workspace, place_id: str, year: int | None, _progress: Progress) -> Home:
    place = OrganizationId(place_id) if place_id else None
    return Home(workspace.ask(ratings.list_, place_id=place, year=year), workspace.ask(places.today), workspace.words())


def read_offer(workspace: Workspace, place_id: str, _progress: Progress) -> StartOffer:
    """With what can be rated, where and by which teams."""
    found = workspace.ask(rating_offers.offers, place_id=OrganizationId(place_id) if place_id else None)
    known = workspace.ask(places.places)
    own = {place.name: place.id for place in known} | {place.short_name: place.id for place in known}
    cards = workspace.ask(teams.cards)
    return StartOffer(
        tuple(
            InstrumentOffer(each.key, full_title(each.title, each.edition), each.unit, each.sections, each.usual)
            for each in found
        ),
        tuple((str(place.id), place.name) for place in known),
        tuple((str(card.id), card.name, str(own.get(card.place, ""))) for card in cards),
        workspace.ask(places.today),
    )


@dataclass(frozen=True)
class Opened:
    """An administration: its sheet, the people an action can go to, and what waits in the typing file."""

    sheet: Sheet
    people: tuple[PersonLine, ...]
    words: Words
    today: date
    typed: dict[str, str]


def read_sheet(workspace: Workspace, administration_id: str, typed: bool, _progress: Progress) -> Opened:
    waiting = workspace.typing.pending() if typed and workspace.can_write else ()
    keys = ("rating:", "vote:", "evidence:")
    return Opened(
        workspace.ask(ratings.sheet, AdministrationId(administration_id)),
        workspace.ask(people.everyone),
        workspace.words(),
        workspace.ask(places.today),
        {each.key: each.text for each in waiting if each.key.startswith(keys)},
    )
