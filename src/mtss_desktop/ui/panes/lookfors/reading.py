"""What the room reads, one reading for each view. Everything here runs in the read lane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.evidence_views import Binder
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_rollups import Heat, Walkthroughs
from mtss_desktop.domain.rating_trends import Moved, Trend
from mtss_desktop.domain.rating_views import AdministrationLine, ResultView, Sheet
from mtss_desktop.domain.ratings import AdministrationId, AdministrationKind, AdministrationState
from mtss_desktop.domain.vote_views import SurveyView, VoteView
from mtss_desktop.ui.panes.lookfors.starting import InstrumentOffer, StartOffer
from mtss_desktop.ui.panes.lookfors.words import full_title
from mtss_desktop.usecases import (
    meetings,
    people,
    places,
    rating_evidence,
    rating_offers,
    rating_results,
    rating_sheet,
    rating_surveys,
    rating_visits,
    rating_votes,
    ratings,
    teams,
)
from mtss_desktop.usecases.people import PersonLine


@dataclass(frozen=True)
class Home:
    """The list of administrations and who is there to rate."""

    lines: tuple[AdministrationLine, ...]
    today: date
    words: Words
    starts: dict[str, int]
    """School years by id: the calendar year each begins in."""


def read_home(workspace: Workspace, place_id: str, year: int | None, _progress: Progress) -> Home:
    place = OrganizationId(place_id) if place_id else None
    return Home(
        workspace.ask(ratings.list_, place_id=place, year=year),
        workspace.ask(places.today),
        workspace.words(),
        {str(each.id): each.start for each in workspace.ask(places.years)},
    )


def read_offer(workspace: Workspace, place_id: str, _progress: Progress) -> StartOffer:
    """With what can be rated, where and by which teams."""
    found = workspace.ask(rating_offers.offers, place_id=OrganizationId(place_id) if place_id else None)
    known = workspace.ask(places.places)
    cards = workspace.ask(teams.cards)
    return StartOffer(
        tuple(
            InstrumentOffer(each.key, full_title(each.title, each.edition), each.unit, each.sections, each.usual)
            for each in found
        ),
        tuple((str(place.id), place.name) for place in known),
        tuple((str(card.id), card.name, str(card.place_id)) for card in cards),
        workspace.ask(places.today),
    )


@dataclass(frozen=True)
class Opened:
    """An administration: its sheet, the people an action can go to, what waits in the typing file; and what its view needs.

    ``view`` is what can be shown of it: a draft is rated, a finished one has a result, a survey only that.
    """

    sheet: Sheet
    view: str
    people: tuple[PersonLine, ...]
    words: Words
    today: date
    typed: dict[str, str]
    result: ResultView | None = None
    survey: SurveyView | None = None
    trend: Trend | None = None
    moved: Moved | None = None
    vote: VoteView | None = None
    seats: int = 5
    visits: Walkthroughs | None = None
    binder: Binder | None = None
    minutes: tuple[tuple[str, str], ...] = ()


RATE, VOTE, RESULT, TREND, EVIDENCE = "rate", "vote", "result", "trend", "evidence"
ANSWERS = "answers"
"""Forms of a survey, typed in from paper."""
VISITS = "visits"
"""All visits of a place read together; offered where one of them is open."""
KEYS = ("rating:", "vote:", "evidence:", "survey:")
"""How what is typed here begins in the typing file."""
USUAL_SEATS = 5
MINUTES = 12
"""How many meetings are offered as evidence, the newest first."""


def views_of(sheet: Sheet) -> tuple[str, ...]:
    """What can be shown of an administration, the usual one first."""
    given = sheet.head.administration
    if given.kind is AdministrationKind.SURVEY:
        return (RESULT,) if given.state is AdministrationState.FINISHED else (ANSWERS, RESULT)
    if given.only_totals:
        return (RESULT, TREND)
    voted = (VOTE,) if given.kind is AdministrationKind.TEAM else ()
    visits = (VISITS,) if given.kind is AdministrationKind.WALKTHROUGH else ()
    if given.state is AdministrationState.FINISHED:
        return (RESULT, RATE, *voted, *visits, TREND, EVIDENCE)
    return (RATE, *voted, RESULT, *visits, TREND, EVIDENCE)


def read_opened(
    workspace: Workspace, administration_id: str, wanted: str, item: str, typed: bool, _progress: Progress
) -> Opened:
    """One administration with what its view shows; ``wanted`` "" is the usual view."""
    given = AdministrationId(administration_id)
    waiting = workspace.typing.pending() if typed and workspace.can_write else ()
    sheet = workspace.ask(rating_sheet.sheet, given)
    offered = views_of(sheet)
    view = wanted if wanted in offered else offered[0]
    opened = Opened(
        sheet,
        view,
        workspace.ask(people.everyone),
        workspace.words(),
        workspace.ask(places.today),
        {each.key: each.text for each in waiting if each.key.startswith(KEYS)},
    )
    return _with_view(workspace, opened, item)


def _with_view(workspace: Workspace, opened: Opened, item: str) -> Opened:
    head = opened.sheet.head
    given = head.administration
    match opened.view:
        case "result":
            survey = workspace.ask(rating_surveys.survey, given.id) if given.kind is AdministrationKind.SURVEY else None
            return replace(opened, result=workspace.ask(rating_results.result, given.id), survey=survey)
        case "answers":
            return replace(opened, survey=workspace.ask(rating_surveys.survey, given.id))
        case "trend":
            place, family = OrganizationId(given.organization_id), head.family
            team = given.team_id if head.unit == "team" else None
            trend = workspace.ask(rating_results.trend, place, family, team_id=team)
            return replace(opened, trend=trend, moved=workspace.ask(rating_results.moved, place, family, team_id=team))
        case "visits":
            place = OrganizationId(given.organization_id)
            return replace(opened, visits=workspace.ask(rating_visits.walkthroughs, place, instrument=head.family))
        case "vote":
            numbers = [each.number for each in opened.sheet.items]
            first = next((each.number for each in opened.sheet.items if not each.rated), numbers[0])
            vote = workspace.ask(rating_votes.vote, given.id, item if item in numbers else first)
            return replace(opened, vote=vote, seats=_seats(workspace, given.team_id))
        case "evidence":
            found = workspace.ask(meetings.of_team, given.team_id) if given.team_id is not None else ()
            held = [each for each in reversed(found) if each.day <= opened.today][:MINUTES]
            told = tuple((str(each.id), opened.words.write(each.day, "short")) for each in held)
            return replace(opened, binder=workspace.ask(rating_evidence.binder, given.id), minutes=told)
    return opened


def _seats(workspace: Workspace, team_id: str | None) -> int:
    """How many vote unless somebody says otherwise: the members of the team."""
    card = next((each for each in workspace.ask(teams.cards) if each.id == team_id), None)
    return max(2, card.members) if card is not None and card.members else USUAL_SEATS


def read_heat(workspace: Workspace, year: int | None, _progress: Progress) -> Heat:
    return workspace.ask(rating_results.heat, year=year)
