"""What was rated: the list of ratings, and one rating's sheet with last time, evidence and actions beside each item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mtss_desktop.domain import scoring
from mtss_desktop.domain.instruments import Instrument, Item, Takes, at_level
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_views import (
    AdministrationLine,
    EvidenceChip,
    Head,
    ItemAction,
    LastTime,
    Sheet,
    SheetItem,
    SheetSection,
)
from mtss_desktop.domain.ratings import AdministrationId, AdministrationKind, AdministrationState, Rating
from mtss_desktop.domain.scoring import Answer, ItemScore
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.use_case import question


@question("Ratings", topic="ratings")
def list_(
    work: Work, *, place_id: OrganizationId | None = None, instrument: str | None = None, year: int | None = None
) -> tuple[AdministrationLine, ...]:
    """Newest first, drafts among them; of one place, one instrument (a key, a version or all versions of it) or one school year."""
    family = scores.family_of(work, instrument) if instrument else None
    first, last = year_of(year)
    found = queries.found(work, place_id=place_id, family=family, first=first, last=last)
    contents = queries.contents(work, {each.head.administration.instrument_id for each in found})
    return tuple(_line(each, scores.read(*contents[each.head.administration.instrument_id])) for each in found)


def year_of(year: int | None) -> tuple[date | None, date | None]:
    """First and last day of the school year that begins in ``year``."""
    return (None, None) if year is None else (date(year, 7, 1), date(year + 1, 6, 30))


def _line(found: queries.Found, whole: Instrument) -> AdministrationLine:
    head, record = found.head, found.head.administration
    instrument = at_level(whole, head.place_kind)
    finished = record.state is AdministrationState.FINISHED
    survey = scores.is_survey(instrument)
    return AdministrationLine(
        id=record.id,
        instrument_id=record.instrument_id,
        key=head.key,
        family=head.family,
        title=head.title,
        edition=head.edition,
        place_id=record.organization_id,
        place=head.place,
        team_id=record.team_id,
        team=head.team,
        held_on=record.held_on,
        name=record.name,
        kind=record.kind,
        state=record.state,
        rater=head.rater,
        setting=record.setting,
        rated=found.answered if survey else found.given,
        of=(record.asked or 0) if survey else len(scores.asked_items(instrument, record)),
        headline=scores.headline(instrument, record.scores, record.met, record.sections) if finished else None,
    )


@question("Rating sheet", topic="ratings")
def sheet(work: Work, administration_id: AdministrationId) -> Sheet:
    """Every item in the order it is asked: today's rating, last time's, the note, what stands behind it and what is being done."""
    head = scores.head_of(work, administration_id)
    record = head.administration
    instrument = scores.asked_of(work, record)
    given = {each.item: each for each in work.ratings.list(administration_id=record.id)}
    answers = scores.answers(given.values())
    earlier = last_of(work, head)
    last = _last_times(work, earlier, instrument) if earlier else {}
    chips = queries.chips(work, record.id)
    actions = queries.item_actions(work, place_id=record.organization_id, key=head.key, started_by=record.held_on)
    items, sections = [], []
    asked = scores.asked_sections(instrument, record)
    for section in instrument.whole_sections:
        own = [
            _sheet_item(
                instrument, instrument.item(number), section.key, given.get(number), answers.get(number),
                last.get(number), chips.get(number, ()), open_ones(actions.get(number, ())),
            )
            for number in section.items
        ]  # fmt: skip
        sections.append(
            SheetSection(
                *(section.key, section.title, sum(each.rated for each in own), len(own)),
                *(sum(not each.applies for each in own), section in asked),
            )
        )
        items += own if section in asked else []
    rated = sum(each.rated for each in items)
    last_on = earlier.administration.held_on if earlier else None
    return Sheet(head, instrument, tuple(sections), tuple(items), rated, len(items), last_on)


def open_ones(actions: Iterable[tuple[date, ItemAction]]) -> tuple[ItemAction, ...]:
    return tuple(action for _, action in actions if action.done_on is None)


def _sheet_item(
    instrument: Instrument,
    item: Item,
    section: str,
    rating: Rating | None,
    answer: Answer | None,
    last: LastTime | None,
    chips: Sequence[EvidenceChip],
    actions: Sequence[ItemAction],
) -> SheetItem:
    score = scoring.item_score(item, instrument.scale(item), answer)
    return SheetItem(
        number=item.number,
        label=item.label,
        section=section,
        scale=item.scale,
        takes=item.takes,
        hint=item.evidence,
        look_for=item.look_for,
        stage=item.stage,
        asks_note=item.asks_note,
        values=rating.values if rating else (),
        applies=rating.applies if rating else True,
        rated=answer is not None,
        value=score.value,
        tied=score.tied,
        value_label=scores.value_label(instrument, item, score.value),
        note=rating.note if rating else "",
        agreed_by=rating.agreed_by if rating else None,
        last=last,
        evidence=tuple(chips),
        actions=tuple(actions),
    )


def last_of(work: Work, head: Head) -> Head | None:
    """The finished administration before this one: of the same list and place, and of the same team where a team is rated."""
    record = head.administration
    if record.kind in (AdministrationKind.WALKTHROUGH, AdministrationKind.SURVEY):
        return None
    found = queries.found(work, place_id=record.organization_id, family=head.key, last=record.held_on, finished=True)
    for each in found:
        other = each.head.administration
        same_team = head.unit != "team" or other.team_id == record.team_id
        before = (other.held_on, other.id) < (record.held_on, record.id)
        if before and same_team and each.head.key == head.key and other.kind is not AdministrationKind.EXTERNAL:
            return each.head
    return None


def _last_times(work: Work, earlier: Head, instrument: Instrument) -> dict[str, LastTime]:
    record = earlier.administration
    then = scores.instrument_of(work, record.instrument_id)
    known = {item.number: item for item in then.items}
    times = {}
    for each in work.ratings.list(administration_id=record.id):
        item = known.get(each.item)
        if item is None or each.item not in {item.number for item in instrument.items}:
            continue
        answer = scores.answers((each,)).get(each.item)
        score = scoring.item_score(item, then.scale(item), answer)
        label = scores.value_label(then, item, score.value) if each.applies else _NOT_APPLICABLE
        if answer is not None:
            times[each.item] = LastTime(record.id, record.held_on, each.values, score.value, label)
    return times


_NOT_APPLICABLE = "not applicable"


def low_items(instrument: Instrument, found: Iterable[tuple[str, ItemScore]]) -> tuple[str, ...]:
    """Rated below the top of their scale, lowest first, in the order of the list."""
    tops = {item.number: instrument.scale(item).top for item in instrument.items}
    counted = {item.number for item in instrument.items if item.takes in (Takes.COUNT, Takes.RESPONDENTS)}
    low = [(score.value, item) for item, score in found if item not in counted and score.value is not None]
    below = [(value, item) for value, item in low if value < tops[item]]
    return tuple(item for _, item in sorted(below, key=lambda each: each[0]))
