"""What was rated, on paper: which rating a page is of where none is named, and the facts of each page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mtss_desktop.base.errors import UserError
from mtss_desktop.documents import (
    division_roll_up,
    evidence_binder,
    fidelity_trend,
    instrument_result,
    look_for_report,
    pages,
    practice_profile,
    survey_result,
    walkthrough_summary,
)
from mtss_desktop.documents.blocks import Audience, Document
from mtss_desktop.domain.evidence_views import BinderPiece
from mtss_desktop.domain.fidelity_charts import line_chart
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.instruments import SURVEY_ANSWERS, Rule
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_views import AdministrationLine, ResultView
from mtss_desktop.domain.ratings import AdministrationId, AdministrationKind, AdministrationState
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store import attachments
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_evidence, rating_results, rating_sheet, rating_surveys, rating_visits
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.paper_common import division, printed, short
from mtss_desktop.usecases.paper_kinds import Entry, Needs, PaperKind, Scope

LOOK_FORS, WALKTHROUGH = "look_fors", "walkthrough"
_MOST_PAGES = 12
"""Of a PDF file in a binder; longer ones stay beside it."""
_PDF = "application/pdf"
_DOTS = 120
_NOT_ALONE = (AdministrationKind.WALKTHROUGH, AdministrationKind.SURVEY)

Fits = Callable[[Work, AdministrationLine], bool]


# Which rating ------------------------------------------------------------------------------------------------------------------


def _chosen(work: Work, scope: Scope, fits: Fits, what: str) -> AdministrationId:
    """The rating that is named, else the newest finished one, else the newest draft. Raises ``UserError`` where there is none."""
    if scope.rating is not None:
        return scores.administration_of(work, scope.rating).id
    return _newest(work, scope, fits, what).id


def _newest(work: Work, scope: Scope, fits: Fits, what: str) -> AdministrationLine:
    found = [line for line in _lines(work, scope) if fits(work, line)]
    finished = [line for line in found if line.state is AdministrationState.FINISHED]
    if not found:
        raise UserError(f"There is no {what} yet.", "Rate with an instrument in Look-fors first.")
    return (finished or found)[0]


def _lines(work: Work, scope: Scope) -> tuple[AdministrationLine, ...]:
    return rating_sheet.list_(work, place_id=scope.school, instrument=scope.instrument or None)


def is_rating(_work: Work, line: AdministrationLine) -> bool:
    """One that stands for itself: visits and surveys are read together."""
    return line.kind not in _NOT_ALONE


def _is_result(work: Work, line: AdministrationLine) -> bool:
    return is_rating(work, line) and not _is_profile(work, line)


def _is_survey(_work: Work, line: AdministrationLine) -> bool:
    return line.kind is AdministrationKind.SURVEY


def _is_profile(work: Work, line: AdministrationLine) -> bool:
    return is_rating(work, line) and scores.instrument_of(work, line.instrument_id).total is Rule.LEVELS


# Pages of one rating -----------------------------------------------------------------------------------------------------------


def result(work: Work, scope: Scope) -> Document:
    """Of a survey its own page; a visit alone is never printed."""
    chosen = _chosen(work, scope, _is_result, "rating")
    kind = scores.administration_of(work, chosen).kind
    if kind is AdministrationKind.SURVEY:
        return survey_of(work, chosen)
    if kind is AdministrationKind.WALKTHROUGH:
        raise UserError("A visit alone is not printed.", "Print the walkthrough summary: it reads all visits together.")
    view = rating_results.result(work, chosen)
    return instrument_result.document(
        instrument_result.ResultFacts(
            division(work).name,
            view,
            rating_sheet.sheet(work, chosen),
            printed(work),
            _way_so_far(work, view),
            scope.audience is Audience.PUBLIC,
        )
    )


def _way_so_far(work: Work, view: ResultView) -> Figure | None:
    """From the second finished rating on, unless this one is not complete."""
    if view.headline.percent is None and view.headline.mean is None:
        return None
    record = view.head.administration
    team = record.team_id if view.head.unit == "team" else None
    found = rating_results.trend(work, OrganizationId(record.organization_id), view.head.family, team_id=team)
    line = next((each for each in found.lines if each.key == view.headline.key), None)
    return line_chart(found, line) if line is not None and len(line.points) > 1 else None


def binder(work: Work, scope: Scope) -> Document:
    chosen = _chosen(work, scope, is_rating, "rating")
    found = rating_evidence.binder(work, chosen)
    pictures = {piece.tab: made for piece in found.pieces if (made := _pictures(work, piece))}
    return evidence_binder.document(
        evidence_binder.BinderFacts(
            division(work).name, found, scores.asked_of(work, found.head.administration), printed(work), pictures
        )
    )


def _pictures(work: Work, piece: BinderPiece) -> tuple[bytes, ...]:
    """A picture, or the pages of a PDF file, where somebody said that no student is visible; else nothing: it stays beside."""
    if not piece.printable or piece.attachment_id is None:
        return ()
    try:
        raw = attachments.content(work, work.attachments.get(piece.attachment_id).sha256)
        if piece.media_type.startswith("image/"):
            return (raw,)
        if piece.media_type != _PDF or len(pages.sizes(raw)) > _MOST_PAGES:
            return ()
        return tuple(pages.png(raw, number, _DOTS) for number in range(len(pages.sizes(raw))))
    except (LookupError, ValueError, RuntimeError, OSError):  # a damaged file stays beside the binder, under its tab
        return ()


def profile(work: Work, scope: Scope) -> Document:
    chosen = _chosen(work, scope, _is_profile, "practice profile")
    return practice_profile.document(
        practice_profile.ProfileFacts(
            division(work).name,
            rating_results.result(work, chosen),
            rating_sheet.sheet(work, chosen),
            printed(work),
        )
    )


def survey(work: Work, scope: Scope) -> Document:
    """The newest that may be shown, else the newest."""

    def shown(work: Work, line: AdministrationLine) -> bool:
        return _is_survey(work, line) and line.rated >= SURVEY_ANSWERS

    if scope.rating is None and any(shown(work, line) for line in _lines(work, scope)):
        return survey_of(work, _newest(work, scope, shown, "survey").id)
    return survey_of(work, _chosen(work, scope, _is_survey, "survey"))


def survey_of(work: Work, chosen: AdministrationId) -> Document:
    found = rating_surveys.survey(work, chosen)
    instrument = scores.asked_of(work, found.head.administration)
    return survey_result.document(
        survey_result.SurveyFacts(
            division(work).name, found, instrument, printed(work), rating_results.result(work, chosen)
        )
    )


# Pages of many ratings ---------------------------------------------------------------------------------------------------------


def trend(work: Work, scope: Scope) -> Document:
    """Of the place and instrument named, else those of the newest rating with a way behind it."""
    line = _longest(work, scope)
    place, team = OrganizationId(line.place_id), _team_of(work, line)
    return fidelity_trend.document(
        fidelity_trend.TrendFacts(
            division(work).name,
            rating_results.trend(work, place, line.family, team_id=team),
            rating_results.moved(work, place, line.family, team_id=team),
            printed(work),
        )
    )


def _longest(work: Work, scope: Scope) -> AdministrationLine:
    """The newest rating of what was rated most often: one rating alone is no trend."""
    if scope.rating is not None:
        wanted = scores.administration_of(work, scope.rating).id
        return next(line for line in rating_sheet.list_(work) if line.id == wanted)
    newest = _newest(work, scope, is_rating, "rating")
    finished = [
        line for line in _lines(work, scope) if is_rating(work, line) and line.state is AdministrationState.FINISHED
    ]
    count: dict[tuple[str, str, str | None], int] = {}
    for line in finished:
        key = (line.place_id, line.family, _team_of(work, line))
        count[key] = count.get(key, 0) + 1
    if not count:
        return newest
    most = max(count, key=lambda key: count[key])
    return next(line for line in finished if (line.place_id, line.family, _team_of(work, line)) == most)


def _team_of(work: Work, line: AdministrationLine) -> TeamId | None:
    """Where the instrument rates teams, each has a way of its own."""
    unit = scores.instrument_of(work, line.instrument_id).unit
    return TeamId(line.team_id) if unit == "team" and line.team_id else None


def look_fors(work: Work, scope: Scope) -> Document:
    """The newest list of every place, the division first; of one school where it is named."""
    wanted = scope.instrument or LOOK_FORS
    if scope.rating is not None:
        chosen: Iterable[AdministrationId] = (scope.rating,)
    else:
        lines = [
            line
            for line in rating_sheet.list_(work, place_id=scope.school, instrument=wanted)
            if is_rating(work, line) and line.state is AdministrationState.FINISHED
        ]
        newest = {line.place_id: line.id for line in reversed(lines)}
        chosen = [newest[key] for key in sorted(newest, key=lambda key: _place_order(work, key))]
    places = tuple(_place_stages(work, each) for each in chosen)
    if not places:
        raise UserError("No list of look-fors has been finished yet.", "Rate one in Look-fors first.")
    if not any(place.stages.stages for place in places):
        raise UserError("This instrument has no stages.", "Print its result instead.")
    return look_for_report.document(look_for_report.LookForFacts(division(work).name, places, printed(work)))


def _place_order(work: Work, place_id: str) -> tuple[bool, str]:
    place = work.organizations.get(OrganizationId(place_id))
    return place.id != work.home_id, place.name


def _place_stages(work: Work, chosen: AdministrationId) -> look_for_report.PlaceStages:
    found = rating_results.stages(work, chosen)
    record = found.head.administration
    place = work.organizations.get(record.organization_id)
    top = max(scale.top for scale in scores.instrument_of(work, record.instrument_id).scales)
    return look_for_report.PlaceStages(place.name, "Div" if place.id == work.home_id else short(place), found, top)


def walkthroughs(work: Work, scope: Scope) -> Document:
    """Of the school named, else of the one with most visits; of some days where they are given."""
    instrument = scope.instrument or WALKTHROUGH
    place = scope.school
    if place is None:
        lines = rating_sheet.list_(work, instrument=instrument)
        visited = [line.place_id for line in lines if line.kind is AdministrationKind.WALKTHROUGH]
        if not visited:
            raise UserError("No classroom has been visited yet.", "Start a walkthrough in Look-fors first.")
        place = OrganizationId(max(dict.fromkeys(visited), key=visited.count))
    found = rating_visits.walkthroughs(work, place, instrument=instrument, first=scope.first, last=scope.last)
    return walkthrough_summary.document(walkthrough_summary.WalkthroughFacts(division(work).name, found, printed(work)))


def roll_up(work: Work, scope: Scope) -> Document:
    """The newest result of each place, of all years."""
    del scope
    facts = division_roll_up.RollUpFacts(division(work).name, rating_results.heat(work), printed(work))
    return division_roll_up.document(facts)


_ONE = (Needs.RATING, Needs.INSTRUMENT, Needs.SCHOOL)
_TEAM = (Audience.TEAM,)

ENTRIES = (
    Entry(
        PaperKind(
            "instrument-result",
            "Instrument result",
            "The score and why: criteria, parts, items beside last time and an outside rater, evidence and actions.",
            _ONE,
            (Audience.TEAM, Audience.PUBLIC),
        ),
        result,
    ),
    Entry(
        PaperKind(
            "instrument-trend",
            "Instrument trend",
            "An instrument over time with its criteria and versions, what moved, and what was done for it.",
            _ONE,
            _TEAM,
        ),
        trend,
    ),
    Entry(
        PaperKind(
            "look-for-report",
            "Look-fors by stage",
            "Where each place stands by category and stage of implementation, and what is not in place yet.",
            (Needs.INSTRUMENT, Needs.SCHOOL),
            _TEAM,
        ),
        look_fors,
    ),
    Entry(
        PaperKind(
            "walkthrough-summary",
            "Walkthrough summary",
            "Classroom visits read together: practices, praise to corrections, opportunities to respond. No teacher is named.",
            (Needs.INSTRUMENT, Needs.SCHOOL, Needs.PERIOD),
            _TEAM,
        ),
        walkthroughs,
    ),
    Entry(
        PaperKind(
            "division-roll-up",
            "Division roll-up",
            "Schools by instruments: mark, score and date of the newest result of each.",
            (),
            (Audience.LEADERS,),
        ),
        roll_up,
    ),
    Entry(
        PaperKind(
            "evidence-binder",
            "Evidence binder",
            "What stands behind a rating: index by tab, missing evidence, items, and the pieces that may be printed.",
            _ONE,
            _TEAM,
        ),
        binder,
    ),
    Entry(
        PaperKind(
            "practice-profile",
            "Practice profile",
            "The level of each function of coaching in words, with notes; no number is made of it.",
            (Needs.RATING,),
            _TEAM,
        ),
        profile,
    ),
    Entry(
        PaperKind(
            "survey-result",
            "Survey result",
            "Shares for each question and comments in no order, once five people answered.",
            _ONE,
            _TEAM,
        ),
        survey,
    ),
)
