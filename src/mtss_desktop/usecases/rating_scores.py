"""What every use case about ratings needs: the instrument as it is asked of a place, what was answered, and the scores of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.base.words import Words
from mtss_desktop.domain import administrations as raters
from mtss_desktop.domain import scoring
from mtss_desktop.domain.instruments import SURVEY_ANSWERS, Criterion, Instrument, Item, Section, Takes, at_level
from mtss_desktop.domain.rating_views import Head, Headline
from mtss_desktop.domain.ratings import (
    Administration,
    AdministrationId,
    AdministrationState,
    InstrumentVersion,
    InstrumentVersionId,
    KeptScore,
    Origin,
    Rating,
    Response,
    VersionState,
)
from mtss_desktop.domain.scoring import Answer, Result, Score, State
from mtss_desktop.packs import instruments as packs
from mtss_desktop.packs import writing
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work

# Versions --------------------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def read(key: str, content: str) -> Instrument:
    """A version's pack; read once, since its text never changes."""
    return packs.read_text(content, key)


def version_of(instrument: Instrument, place_id: str, *, origin: Origin, state: VersionState) -> InstrumentVersion:
    """A record for an instrument, not yet added."""
    return InstrumentVersion(
        organization_id=place_id,
        key=instrument.key,
        family=instrument.family or instrument.key,
        title=instrument.title,
        edition=instrument.version,
        origin=origin,
        state=state,
        content=writing.text(instrument),
    )


def ready_version(work: Work, wanted: str) -> InstrumentVersion:
    """The version to rate with: by its id, or the newest ready one of a key. A shipped one is kept here at its first use.

    Raises ``UserError`` for a draft, a retired or an unknown one.
    """
    found = work.instrument_versions.find(wanted)
    if found is not None:
        return _usable(found)
    shipped = next((each for each in packs.shipped() if each.key == wanted), None)
    kept = [each for each in work.instrument_versions.list(key=wanted) if each.state is VersionState.READY]
    if shipped is None and not kept:
        known = ", ".join(each.key for each in packs.shipped())
        raise UserError(f"There is no instrument “{wanted}” that is ready.", f"Known here: {known}.")
    if shipped is not None:
        content = writing.text(shipped)
        same = next((each for each in kept if each.content == content), None)
        return same or work.instrument_versions.add(
            replace(
                version_of(shipped, work.home_id, origin=Origin.SHIPPED, state=VersionState.READY),
                ready_on=work.today(),
            )
        )
    return max(kept, key=lambda each: (str(each.ready_on or ""), each.id))


def _usable(version: InstrumentVersion) -> InstrumentVersion:
    if version.state is VersionState.DRAFT:
        raise UserError(f"“{version.title}” is still a draft.", "Make it ready to use first.")
    if version.state is VersionState.RETIRED:
        raise UserError(f"“{version.title}” was retired.", "Choose a newer version.")
    return version


def instrument_of(work: Work, version_id: InstrumentVersionId) -> Instrument:
    version = work.instrument_versions.get(version_id)
    return read(version.key, version.content)


def families(work: Work) -> dict[str, str]:
    """Key, version id or family → family, of all that was ever used here."""
    known: dict[str, str] = {}
    for each in work.instrument_versions.list():
        known |= {each.id: each.family, each.key: each.family, each.family: each.family}
    for shipped in packs.shipped():
        known.setdefault(shipped.key, shipped.family or shipped.key)
        known.setdefault(shipped.family or shipped.key, shipped.family or shipped.key)
    return known


def family_of(work: Work, wanted: str) -> str:
    """Raises ``UserError`` for an instrument that is not known here."""
    known = families(work)
    if wanted not in known:
        raise UserError(f"There is no instrument “{wanted}”.", f"Known here: {', '.join(sorted(set(known.values())))}.")
    return known[wanted]


# One administration ----------------------------------------------------------------------------------------------------------------


def administration_of(work: Work, administration_id: AdministrationId) -> Administration:
    """Raises ``NotFound``, also for one that belongs to somebody else alone."""
    record = work.administrations.get(administration_id)
    if not work.is_mine(record.private_to):
        raise NotFound("This rating is no longer there.", "Choose another one.")
    return record


def draft_of(work: Work, administration_id: AdministrationId) -> Administration:
    """Raises ``UserError`` for a finished one."""
    record = administration_of(work, administration_id)
    if record.state is AdministrationState.FINISHED:
        raise UserError("This rating is finished.", "Open it again to change it.")
    return record


def asked_of(work: Work, record: Administration) -> Instrument:
    """What is asked of this place: the items of its level. Sections left out this time are still in it."""
    place = work.organizations.get(record.organization_id)
    return at_level(instrument_of(work, record.instrument_id), place.kind)


def asked_sections(instrument: Instrument, record: Administration) -> tuple[Section, ...]:
    """The whole sections rated this time."""
    chosen = record.sections
    return tuple(each for each in instrument.whole_sections if not chosen or each.key in chosen)


def asked_items(instrument: Instrument, record: Administration) -> tuple[str, ...]:
    return tuple(number for section in asked_sections(instrument, record) for number in section.items)


def item_of(instrument: Instrument, number: str) -> Item:
    """Raises ``UserError`` naming what it has."""
    try:
        return instrument.item(number)
    except KeyError:
        first, last = instrument.items[0].number, instrument.items[-1].number
        raise UserError(f"There is no item {number} here.", f"Its items go from {first} to {last}.") from None


def head_of(work: Work, administration_id: AdministrationId) -> Head:
    administration_of(work, administration_id)
    return with_words(work, queries.found(work, ids=(administration_id,)))[0]


def with_words(work: Work, found: Iterable[queries.Found]) -> list[Head]:
    """Heads with what only the instrument knows."""
    found = list(found)
    contents = queries.contents(work, {each.head.administration.instrument_id for each in found})
    heads = []
    for each in found:
        instrument = read(*contents[each.head.administration.instrument_id])
        heads.append(replace(each.head, unit=instrument.unit, shell=instrument.shell))
    return heads


# Scores ----------------------------------------------------------------------------------------------------------------------------


def answers(ratings: Iterable[Rating]) -> dict[str, Answer]:
    """A row with a note alone is no answer."""
    return {each.item: Answer(each.values, each.applies) for each in ratings if each.values or not each.applies}


def survey_answers(responses: Iterable[Response]) -> dict[str, Answer]:
    """What people answered, item by item and in no order of arrival; nothing where too few answered, or an item where too few did."""
    responses = list(responses)
    if len(responses) < SURVEY_ANSWERS:
        return {}
    given: dict[str, list[int]] = {}
    for each in responses:
        for item, value in each.answers.items():
            given.setdefault(item, []).append(value)
    enough = {item: values for item, values in given.items() if len(values) >= SURVEY_ANSWERS}
    return {item: Answer(tuple(sorted(values))) for item, values in enough.items()}


def is_survey(instrument: Instrument) -> bool:
    return any(item.takes is Takes.RESPONDENTS for item in instrument.items)


def answered(work: Work, record: Administration, instrument: Instrument) -> dict[str, Answer]:
    """Of items that are asked of this place; a survey's come from its responses."""
    given = answers(work.ratings.list(administration_id=record.id))
    if is_survey(instrument):
        given |= survey_answers(work.responses.list(administration_id=record.id))
    known = {item.number for item in instrument.items}
    return {item: answer for item, answer in given.items() if item in known}


def result_of(work: Work, record: Administration) -> tuple[Instrument, Result]:
    instrument = asked_of(work, record)
    if record.only_totals:
        return instrument, from_totals(instrument, record)
    return instrument, scoring.result(instrument, answered(work, record, instrument))


def from_totals(instrument: Instrument, record: Administration) -> Result:
    """Scores that came without items: what is known of each, and nothing of any item."""
    known = {each.key: each for each in record.scores}
    nothing = scoring.result(instrument, {})

    def told(score: Score) -> Score:
        kept_score = known.get(score.key)
        percent = number_of(kept_score.percent) if kept_score is not None else None
        if kept_score is None or percent is None:
            return score
        return replace(score, points=kept_score.points, most=kept_score.most, percent=percent, unanswered=())

    return Result(told(nothing.total), tuple(told(each) for each in nothing.sections), nothing.items)


def kept(result: Result) -> tuple[KeptScore, ...]:
    """The scores as they are kept with a finished administration."""
    return tuple(
        KeptScore(
            *(each.key, each.points, each.most, each.rated, each.missed, len(each.unanswered) + len(each.tied)),
            "" if each.percent is None else str(each.percent),
            "" if each.mean is None else str(each.mean),
        )
        for each in (result.total, *result.sections)
    )


def number_of(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def verdicts(instrument: Instrument, result: Result, record: Administration) -> tuple[bool | None, ...]:
    """One for each criterion; None where it does not hold on that day or cannot be said yet."""
    return tuple(
        scoring.is_met(each, result, instrument) if holds(each, record) else None for each in instrument.criteria
    )


def holds(criterion: Criterion, record: Administration) -> bool:
    """Whether a criterion is valid on the day of an administration and speaks of what was rated."""
    late = criterion.valid_to is not None and record.held_on > criterion.valid_to
    return not late and (criterion.valid_from is None or record.held_on >= criterion.valid_from)


def leading(instrument: Instrument, sections: tuple[str, ...]) -> tuple[str, int | None]:
    """The score a list is known by, and which criterion speaks of it: (key, place of the criterion or None)."""
    keys = {each.key for each in instrument.whole_sections}
    for place, criterion in enumerate(instrument.criteria):
        scores = [each.score for each in criterion.conditions]
        if scores != [scores[0]] * len(scores) or scores[0] not in keys:
            return "total", place
        if not sections or scores[0] in sections:
            return scores[0], place
    return "total", None


def headline(
    instrument: Instrument, scores: Iterable[KeptScore], met: tuple[bool | None, ...], sections: tuple[str, ...]
) -> Headline:
    """Of kept scores."""
    by_key = {each.key: each for each in scores}
    return headline_of(instrument, by_key.get, met, sections)


def headline_of(
    instrument: Instrument,
    kept_score: Callable[[str], KeptScore | None],
    met: tuple[bool | None, ...],
    sections: tuple[str, ...],
) -> Headline:
    """``kept_score`` finds a score by its key."""
    key, place = leading(instrument, sections)
    score = kept_score(key) or KeptScore(key, 0, 0, 0, 0, 0)
    title = next((each.title for each in instrument.sections if each.key == key), "Total")
    return Headline(
        *(key, title, score.points, score.most, number_of(score.percent), number_of(score.mean)),
        met[place] if place is not None and place < len(met) else None,
        instrument.criteria[place].title if place is not None else "",
    )


def value_label(instrument: Instrument, item: Item, value: int | None) -> str:
    """The word of a value, or the number of a count; "" where there is none."""
    if value is None:
        return ""
    if item.takes is Takes.COUNT:
        return str(value)
    scale = instrument.scale(item)
    return scale.label(value) if value in scale.values else str(value)


def values_of(result: Result) -> dict[str, int]:
    """Item → its value, of those that have one."""
    return {item: each.value for item, each in result.items if each.state is State.RATED and each.value is not None}


def tops(instrument: Instrument) -> dict[str, int]:
    """Item → the top of its scale; what is counted or answered by people has none, and nothing of it is stuck."""
    return {
        item.number: instrument.scale(item).top
        for item in instrument.items
        if item.takes not in (Takes.COUNT, Takes.RESPONDENTS)
    } | {item.number: -1 for item in instrument.items if item.takes in (Takes.COUNT, Takes.RESPONDENTS)}


def stuck_items(instrument: Instrument, history: list[dict[str, Answer]]) -> tuple[str, ...]:
    """Items below their top with the same value in three ratings, oldest first."""
    known = {item.number: item for item in instrument.items}
    highest = tops(instrument)
    values = []
    for given in history:
        found = {
            number: scoring.item_score(known[number], instrument.scale(known[number]), answer).value
            for number, answer in given.items()
            if number in known
        }
        values.append({number: value for number, value in found.items() if value is not None})
    stuck = set(raters.stuck(values, highest))
    return tuple(item.number for item in instrument.items if item.number in stuck)


def percents(result: Result) -> tuple[tuple[str, Fraction | None], ...]:
    return tuple((each.key, each.percent) for each in (result.total, *result.sections))


def by_key(result: Result) -> Mapping[str, Score]:
    return {each.key: each for each in (result.total, *result.sections)}


def called(head: Head) -> str:
    """ "Tiered Fidelity Inventory 3.0, 11/16/2026" for a sentence."""
    name = f"{head.title} {head.edition}".strip()
    return f"{name}, {Words.date(head.administration.held_on)}"
