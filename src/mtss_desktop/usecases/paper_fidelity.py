"""What papers about a team or all schools say of fidelity: the snapshot page of a packet, and a third of the coaching summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import Text
from mtss_desktop.documents.coaching_summary import FidelityLine
from mtss_desktop.documents.parts.fidelity_snapshot import (
    LaggingItem,
    MeetLine,
    PartLine,
    PracticeSeen,
    SnapshotFacts,
)
from mtss_desktop.domain.charts import Rating
from mtss_desktop.domain.fidelity_charts import VersionRun, trend_chart
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_rollups import HeatCell
from mtss_desktop.domain.rating_trends import MovedItem, Trend, TrendLine
from mtss_desktop.domain.rating_views import Head, ResultView
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.domain.scoring import half_up
from mtss_desktop.domain.teams import Team
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_results, rating_scores, rating_visits

LAGGING = 3
FEWEST_ROOMS = 5
"""Fewer rooms are not told practice by practice: everyone would know whose they were."""
VISITS_WITHIN = timedelta(days=120)
MEETS = "tips_fc"
SHOWN_PRACTICES = 4
_ALONE = (AdministrationKind.WALKTHROUGH, AdministrationKind.SURVEY, AdministrationKind.EXTERNAL)


def snapshot(work: Work, team: Team, day: date) -> SnapshotFacts | None:
    """Of what a team finished by a day; None where there is nothing to say."""
    place = OrganizationId(team.organization_id)
    found = [each.head for each in queries.found(work, team_id=team.id, last=day, finished=True)]
    own = [each for each in found if each.administration.kind not in _ALONE]
    main = next((each for each in own if each.key != MEETS and each.administration.met), None)
    meets = [each for each in own if each.key == MEETS]
    visits = rating_visits.walkthroughs(work, place, first=day - VISITS_WITHIN, last=day) if team.tier == 1 else None
    if main is None and not meets and not (visits and visits.visits):
        return None
    facts = SnapshotFacts(said("No rating is finished yet"))
    if main is not None:
        facts = _rated(work, main, team)
        facts = replace(facts, note=_with_draft(work, facts.note, main, team, day))
    if meets:
        facts = _meets(work, facts, meets)
    if visits is not None and visits.visits:
        shown = tuple(
            PracticeSeen(each.label, dict(each.counts)[each.counts[-1][0]], each.applied) for each in visits.practices
        )
        rooms = said("{n} room", many="{n} rooms", count="n", n=visits.visits)
        few = visits.visits < FEWEST_ROOMS
        note = said("Visits of {first:short} to {last:short}. Rooms are counted, teachers are never named.",
                    first=visits.first_on, last=visits.last_on)  # fmt: skip
        facts = replace(
            facts,
            rooms=() if few else shown[:SHOWN_PRACTICES],
            rooms_aside=said("fewer than {n} rooms", n=FEWEST_ROOMS) if few else rooms,
            rooms_note=note,
        )
    return replace(facts, questions=_questions(facts))


def _rated(work: Work, main: Head, team: Team) -> SnapshotFacts:
    place = OrganizationId(team.organization_id)
    team_id = team.id if main.unit == "team" else None
    trend = rating_results.trend(work, place, main.family, team_id=team_id)
    line = next((each for each in trend.lines if each.key == trend.headline), None)
    view = rating_results.result(work, main.administration.id)
    name = line.title if line is not None and line.key != "total" else ""
    title = said("{title} {edition}{part}", title=main.title, edition=main.edition, part=f", {name}" if name else "")
    moved = rating_results.moved(work, place, main.family, team_id=team_id)
    scores = [each for each in (view.result.total, *view.result.sections) if each.key == trend.headline]
    parts = {each.key for each in view.instrument.parts_of(trend.headline)}
    own = [each for each in view.result.sections if each.key in parts]
    lagging = _lagging(moved.items)
    return SnapshotFacts(
        title=title,
        figure=figure(trend, line) if line is not None and line.points else None,
        parts_title=said("{day:date} by part", day=main.administration.held_on),
        parts=tuple(
            PartLine(each.title, said("{a} of {b}", a=each.points, b=each.most), _percent(each.percent), each in scores)
            for each in (*own, *scores)
        ),
        note=_note(view),
        items=lagging,
        scale="",
        stuck=_stuck(moved.stuck, view.head.administration.held_on),
    )


def _note(view: ResultView) -> Said | str:
    criterion = next(iter(view.criteria), None)
    outside = view.agreement
    words: Said | str = ""
    if criterion is not None and criterion.met is not None:
        reached = "Reaches the criterion, {title}." if criterion.met else "Below the criterion, {title}."
        words = said(reached, title=criterion.title)
    elif criterion is not None and criterion.why is not None:
        words = said("No percent yet: {why}.", why=criterion.why)
    if outside is not None and outside.same is not None:
        return said(
            "{words} {other} agrees on {p:0}% of {n} items.",
            words=words, other=outside.other, p=half_up(outside.same), n=outside.both,
        )  # fmt: skip
    return words


def _with_draft(work: Work, note: Text, main: Head, team: Team, day: date) -> Text:
    """An unfinished rating says how far it is, and no percent."""
    drafts = queries.found(work, team_id=team.id, family=main.family, last=day, drafts=True)
    begun = next((each for each in drafts if each.given), None)
    if begun is None:
        return note
    record = begun.head.administration
    of = len(rating_scores.asked_items(rating_scores.asked_of(work, record), record))
    text = "{note} The rating of {day:short} is not finished: {n} of {of} items rated."
    return said(text, note=note, day=record.held_on, n=begun.given, of=of)


def figure(trend: Trend, line: TrendLine) -> Figure:
    """A score over time: each version on its own scale, the last of the version before read on the new one."""
    runs: list[VersionRun] = []
    editions = list(dict.fromkeys(each.edition for each in line.points))
    for place, edition in enumerate(editions):
        points = [each for each in line.points if each.edition == edition and each.percent is not None]
        spans = (each.at_least for each in trend.criteria if each.key == line.key and each.edition == edition)
        criterion = next(spans, None)
        older = [each for each in line.estimates if each.percent is not None] if place == len(editions) - 1 else []
        before = Rating(older[-1].held_on, float(older[-1].percent or 0), estimated=True) if older else None
        ratings = tuple(Rating(each.held_on, float(each.percent or 0)) for each in points)
        runs.append(VersionRun(edition, ratings, None if criterion is None else float(criterion), before))
    return trend_chart(line.title, said("percent of points"), runs)


def _percent(value: Fraction | None) -> str:
    return "" if value is None else str(int(half_up(value)))


def _lagging(items: tuple[MovedItem, ...]) -> tuple[LaggingItem, ...]:
    """Furthest below the top, those that do not move first."""
    low = [each for each in items if each.after < each.top]
    low.sort(key=lambda each: (not each.stuck, each.after - each.top, each.by))
    return tuple(
        LaggingItem(
            each.number,
            each.label,
            ", ".join(str(value) for value in each.history),
            each.after_label if each.after_label != str(each.after) else str(each.after),
            said("{what}, {hours} hours", what="; ".join(a.text for a in each.actions), hours=each.hours)
            if each.actions and each.hours
            else "; ".join(a.text for a in each.actions),
        )
        for each in low[:LAGGING]
    )


def _stuck(stuck: tuple[str, ...], day: date) -> Said | str:
    if not stuck:
        return ""
    text = "Item {items} has not moved for three ratings, to {day:short}."
    many = "Items {items} have not moved for three ratings, to {day:short}."
    return said(text, many=many, count="n", n=len(stuck), items=", ".join(stuck), day=day)


def _meets(work: Work, facts: SnapshotFacts, heads: list[Head]) -> SnapshotFacts:
    """The newest TIPS-FC of the team and the one before."""
    now, *earlier = heads
    before = earlier[0] if earlier else None
    titles = {each.key: each.title for each in rating_scores.asked_of(work, now.administration).whole_sections}
    lines = tuple(
        MeetLine(
            title,
            _kept(before, key) if before else "",
            _kept(now, key),
            _kept_percent(before, key) if before else None,
            _kept_percent(now, key),
        )
        for key, title in titles.items()
    )
    columns = (
        said("{day:short}", day=before.administration.held_on) if before else "",
        said("{day:short}", day=now.administration.held_on),
    )
    return replace(facts, meets=lines, meets_columns=columns, meets_note=said("The criterion is 85% on both halves."))


def _kept_percent(head: Head, key: str) -> float | None:
    score = next((each for each in head.administration.scores if each.key == key), None)
    percent = rating_scores.number_of(score.percent) if score is not None else None
    return float(half_up(percent)) if percent is not None else None


def _kept(head: Head, key: str) -> Said | str:
    percent = _kept_percent(head, key)
    return said("{p:0}%", p=percent) if percent is not None else ""


def _questions(facts: SnapshotFacts) -> tuple[Said, ...]:
    asked = [said("Which one item will move outcomes most for the least work?")] if facts.items else []
    if facts.rooms and facts.parts:
        asked.append(said("Do the rooms show the same as our own rating? What do we make of it?"))
    elif facts.meets and not asked:
        asked.append(said("Which half of our meetings is next?"))
    return tuple(asked)


# The coaching summary ----------------------------------------------------------------------------------------------------------------


def lines(work: Work, places: tuple[OrganizationId, ...], first: date, last: date) -> tuple[FidelityLine, ...]:
    """One line for each place: its newest result of a period with the instrument that most of them have rated."""
    found = {
        place: [cell for cell in rating_results.latest(work, place) if first <= cell.held_on <= last and _told(cell)]
        for place in places
    }
    counted = Counter(cell.family for cells in found.values() for cell in cells)
    shown = []
    for place_id, cells in found.items():
        if cells:
            place = work.organizations.get(place_id)
            cell = max(cells, key=lambda cell: (counted[cell.family], cell.held_on))
            shown.append(_line(work, place.short_name or place.name, cell))
    return tuple(shown)


def _told(cell: HeatCell) -> bool:
    """A score that a criterion speaks of."""
    return cell.headline.percent is not None and cell.headline.met is not None


def _line(work: Work, place: str, cell: HeatCell) -> FidelityLine:
    line = cell.headline
    score = said("{p:0}%", p=half_up(line.percent)) if line.percent is not None else said("{m:1}", m=line.mean)
    return FidelityLine(place, cell.title, cell.edition, cell.held_on, score, line.criterion, line.met)
