"""What ratings say: a result with its criteria, beside other sources, over time, and over all schools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import administrations as raters
from mtss_desktop.domain import scoring
from mtss_desktop.domain.instruments import (
    SURVEY_ANSWERS,
    Condition,
    Conversion,
    Criterion,
    Instrument,
    Section,
    Takes,
    at_level,
)
from mtss_desktop.domain.people import OrganizationId, OrganizationKind
from mtss_desktop.domain.rating_rollups import (
    FidelityLine,
    Heat,
    HeatCell,
    HeatColumn,
    HeatRow,
    StageCell,
    StageItem,
    Stages,
)
from mtss_desktop.domain.rating_trends import (
    CriterionSpan,
    Moved,
    MovedItem,
    Trend,
    TrendLine,
    TrendPoint,
    VersionBreak,
)
from mtss_desktop.domain.rating_views import Agreement, CriterionLine, Head, Headline, ItemAction, ResultView
from mtss_desktop.domain.ratings import Administration, AdministrationId, AdministrationKind
from mtss_desktop.domain.scoring import Result, State
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.packs import instruments as packs
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_beside as beside
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases import rating_sheet as sheets
from mtss_desktop.usecases.use_case import question

_NO_SERIES = (AdministrationKind.WALKTHROUGH, AdministrationKind.SURVEY)

# A result --------------------------------------------------------------------------------------------------------------------------


@question("Result", topic="ratings")
def result(work: Work, administration_id: AdministrationId) -> ResultView:
    """Scores by section and item, criteria with their source, last time, and what others found: from outside, or staff."""
    head = scores.head_of(work, administration_id)
    record = head.administration
    instrument, found = scores.result_of(work, record)
    met = record.met if record.only_totals else scores.verdicts(instrument, found, record)
    survey = scores.is_survey(instrument)
    people = len(work.responses.list(administration_id=record.id)) if survey else None
    series = _series(work, head)
    others = tuple(beside.source(work, each) for each in beside.sources(work, head))
    last = sheets.last_of(work, head)
    outside = next((each for each in others if each.kind is AdministrationKind.EXTERNAL), None)
    return ResultView(
        head=head,
        instrument=instrument,
        result=found,
        headline=scores.headline(instrument, scores.kept(found), met, record.sections),
        criteria=tuple(_criteria(instrument, found, met, record, series)),
        low=sheets.low_items(instrument, found.items),
        last=beside.source(work, last) if last is not None else None,
        beside=others,
        agreement=agreement(work, record.id, outside.administration_id) if outside is not None else None,
        hidden=people is not None and people < SURVEY_ANSWERS,
        respondents=people,
    )


def _series(work: Work, head: Head) -> list[Head]:
    """Finished ratings of the same list, place and kind of rater up to this one, oldest first."""
    record = head.administration
    found = queries.found(work, place_id=record.organization_id, family=head.key, last=record.held_on, finished=True)
    outside = record.kind is AdministrationKind.EXTERNAL
    return [
        each.head
        for each in reversed(found)
        if (each.head.administration.kind is AdministrationKind.EXTERNAL) == outside
        and each.head.administration.kind not in _NO_SERIES
        and (head.unit != "team" or each.head.administration.team_id == record.team_id)
        and each.head.administration.id != record.id
    ]


def _criteria(
    instrument: Instrument,
    found: Result,
    met: tuple[bool | None, ...],
    record: Administration,
    series: Iterable[Head],
) -> Iterable[CriterionLine]:
    earlier = [each.administration.met for each in series]
    for place, criterion in enumerate(instrument.criteria):
        if not scores.holds(criterion, record) or not _is_asked(criterion, instrument, record):
            continue
        row = (*(each[place] if place < len(each) else None for each in earlier), met[place])
        wanted = criterion.in_a_row
        yield CriterionLine(
            *(criterion.title, criterion.scope, criterion.source, met[place]),
            _why_not_yet(criterion, instrument, found) if met[place] is None else None,
            wanted,
            row[-wanted:] if wanted else (),
            scoring.in_a_row(row, wanted),
        )


def _is_asked(criterion: Criterion, instrument: Instrument, record: Administration) -> bool:
    """A criterion of a section that was left out this time is not spoken of."""
    left_out = {each.key for each in instrument.whole_sections} - {
        each.key for each in scores.asked_sections(instrument, record)
    }
    return not any(each.score in left_out for each in criterion.conditions)


def _why_not_yet(criterion: Criterion, instrument: Instrument, found: Result) -> Said:
    resting = [score for each in criterion.conditions for score in scoring.scores_for(each, found, instrument)]
    tied = {item for score in resting for item in score.tied}
    if tied:
        text = "the marks of {n} item are tied"
        return said(text, many="the marks of {n} items are tied", count="n", n=len(tied))
    left = {item for score in resting for item in score.unanswered}
    return said("{n} item is not rated", many="{n} items are not rated", count="n", n=len(left))


@question("Agreement", topic="ratings")
def agreement(work: Work, one_id: AdministrationId, other_id: AdministrationId) -> Agreement:
    """Percent of items on which two ratings agree, exactly and within one point, and where they differ, widest first."""
    one, other = scores.head_of(work, one_id), scores.head_of(work, other_id)
    first = scores.values_of(scores.result_of(work, one.administration)[1])
    second = scores.values_of(scores.result_of(work, other.administration)[1])
    return Agreement(
        *(one_id, other_id, _rater(one), _rater(other), len(first.keys() & second.keys())),
        raters.agreement(first, second),
        raters.agreement(first, second, within=1),
        raters.differences(first, second),
        tuple(sorted(first.keys() ^ second.keys())),
    )


def _rater(head: Head) -> str:
    return head.rater or head.team or head.administration.kind.value


# Over time -------------------------------------------------------------------------------------------------------------------------


@question("Trend", topic="ratings")
def trend(work: Work, place_id: OrganizationId, instrument: str, *, team_id: TeamId | None = None) -> Trend:
    """Every total and section over time, with version breaks, criterion lines, and older scores on the newest version's scale."""
    family = scores.family_of(work, instrument)
    place = work.organizations.get(place_id)
    heads = [each.head for each in reversed(queries.found(
        work, place_id=place_id, team_id=team_id, family=family, finished=True
    ))]  # fmt: skip
    heads = [each for each in heads if each.administration.kind not in _NO_SERIES]
    lists = _lists(work, heads, place.kind)
    own = [each for each in heads if each.administration.kind is not AdministrationKind.EXTERNAL] or heads
    outside = [each for each in heads if each not in own]
    if not own:
        shipped = next((each for each in packs.shipped() if (each.family or each.key) == family), None)
        title = shipped.title if shipped else instrument
        return Trend(place_id, place.short_name or place.name, family, title, "", "total", (), (), (), 0, 0)
    newest = own[-1]
    current = lists[newest.administration.instrument_id]
    key, _ = scores.leading(current, newest.administration.sections)
    lines = tuple(
        TrendLine(
            each.key,
            each.title,
            each.part_of,
            tuple(_points(own, each.key)),
            tuple(_estimates(own, lists, current, newest, each.key)),
            tuple(_points(outside, each.key)),
        )
        for each in (*_total_of(current), *current.sections)
    )
    lines = tuple(each for each in lines if each.points or each.beside)
    shown = {each.key for each in lines}  # fmt: skip
    since, change = _change(own, key)
    same = [each.administration.id for each in own if each.key == newest.key][-3:]
    given = queries.answers(work, same)
    return Trend(
        *(place_id, place.short_name or place.name, family, newest.title, newest.edition, key, lines),
        tuple(_breaks(own)),
        tuple(each for each in _spans(own, lists) if each.key in shown),
        len(own),
        sum(_left(each) > 0 for each in own),
        change,
        since,
        scores.stuck_items(current, [given.get(each, {}) for each in same]),
    )


def _lists(work: Work, heads: Iterable[Head], level: str) -> dict[str, Instrument]:
    contents = queries.contents(work, {each.administration.instrument_id for each in heads})
    return {version: at_level(scores.read(*content), level) for version, content in contents.items()}


def _total_of(instrument: Instrument) -> tuple[Section, ...]:
    """The total as a line of its own, where it says more than the only section."""
    return () if len(instrument.whole_sections) == 1 else (Section("total", "Total", ()),)


def _points(heads: Iterable[Head], key: str) -> Iterable[TrendPoint]:
    for head in heads:
        record = head.administration
        score = next((each for each in record.scores if each.key == key), None)
        if score is None:
            continue
        percent, mean = scores.number_of(score.percent), scores.number_of(score.mean)
        if percent is not None or mean is not None:
            yield TrendPoint(
                *(record.id, record.held_on, head.edition, percent, mean, score.points, score.most),
                only_total=record.only_totals,
            )


def _estimates(
    heads: Iterable[Head], lists: dict[str, Instrument], current: Instrument, newest: Head, key: str
) -> Iterable[TrendPoint]:
    """Scores of other versions, read on the newest one's scale where a conversion is published."""
    for head in heads:
        record = head.administration
        if head.key == newest.key:
            continue
        score = next((each for each in record.scores if each.key == key and each.percent), None)
        forward = _conversion(lists[record.instrument_id], key, newest.key)
        back = _conversion(current, key, head.key)
        if score is None or (forward is None and back is None):
            continue
        exact = Fraction(score.percent)
        if forward is not None:
            estimate = scoring.converted(exact, forward)
        else:
            assert back is not None
            estimate = scoring.converted_back(exact, back)
        yield TrendPoint(
            record.id, record.held_on, newest.edition, estimate.percent, None, estimated=True, clamped=estimate.clamped
        )


def _conversion(instrument: Instrument, key: str, to: str) -> Conversion | None:
    return next((each for each in instrument.conversions if each.section == key and each.to == to), None)


def _breaks(heads: list[Head]) -> Iterable[VersionBreak]:
    for one, other in pairwise(heads):
        if one.edition != other.edition or one.key != other.key:
            days = (one.administration.held_on, other.administration.held_on)
            yield VersionBreak(*days, one.edition, other.edition)


def _spans(heads: list[Head], lists: dict[str, Instrument]) -> Iterable[CriterionSpan]:
    """Per run of one version: the line of every criterion of one score."""
    by_version: dict[str, list[Head]] = {}
    for head in heads:
        by_version.setdefault(head.administration.instrument_id, []).append(head)
    for version, own in by_version.items():
        instrument = lists[version]
        days = [each.administration.held_on for each in own]
        for criterion, condition in ((each, part) for each in instrument.criteria for part in each.conditions):
            if condition.at_least is None:
                continue
            for key in _keys(condition, instrument):
                yield CriterionSpan(
                    *(key, criterion.title, own[-1].edition, condition.at_least, min(days), max(days)),
                    criterion.source,
                )


def _keys(condition: Condition, instrument: Instrument) -> tuple[str, ...]:
    match condition.score:
        case "every section":
            return tuple(each.key for each in instrument.whole_sections)
        case "every part":
            return tuple(each.key for each in instrument.sections if each.part_of)
    return (condition.score,)


def _change(heads: list[Head], key: str) -> tuple[date | None, Fraction | None]:
    """Since when, and how far the score moved between the newest two of one version."""
    *_, newest = heads
    same = [each for each in heads if each.key == newest.key]
    if len(same) < 2:
        return None, None
    numbers = [_number(each, key) for each in same[-2:]]
    if None in numbers:
        return None, None
    return same[-2].administration.held_on, numbers[1] - numbers[0]  # type: ignore[operator]


def _number(head: Head, key: str) -> Fraction | None:
    score = next((each for each in head.administration.scores if each.key == key), None)
    return None if score is None else scores.number_of(score.percent or score.mean)


def _left(head: Head) -> int:
    """Items that were asked and left open."""
    record = head.administration
    asked = [each for each in record.scores if not record.sections or each.key in record.sections]
    return sum(each.left for each in asked if each.key != "total" or not record.sections)


def _values(work: Work, head: Head) -> dict[str, int]:
    return scores.values_of(scores.result_of(work, head.administration)[1])


@question("What moved", topic="ratings")
def moved(work: Work, place_id: OrganizationId, instrument: str, *, team_id: TeamId | None = None) -> Moved:
    """Items between the newest two ratings of one version, with the actions taken for each and the hours spent, furthest up first."""
    family = scores.family_of(work, instrument)
    place = work.organizations.get(place_id)
    found = queries.found(work, place_id=place_id, team_id=team_id, family=family, finished=True)
    kinds = (*_NO_SERIES, AdministrationKind.EXTERNAL)
    heads = [each.head for each in reversed(found) if each.head.administration.kind not in kinds]
    name = place.short_name or place.name
    if not heads:
        return Moved(place_id, name, family, instrument, "", None, None, (), 0.0, ())
    newest = heads[-1]
    same = [each for each in heads if each.key == newest.key]
    head = (place_id, name, family, newest.title, newest.edition)
    if len(same) < 2:
        return Moved(*head, None, newest.administration.held_on, (), 0.0, ())
    current = scores.asked_of(work, newest.administration)
    history = [_values(work, each) for each in same]
    stuck = raters.stuck(history, scores.tops(current))
    from_on, to_on = same[-2].administration.held_on, newest.administration.held_on
    actions = queries.item_actions(work, place_id=place_id, key=newest.key, started_by=from_on)
    items = _moved_items(current, history, stuck, actions)
    ordered = sorted(items, key=lambda each: -each.by)
    return Moved(*head, from_on, to_on, tuple(ordered), sum((each.hours for each in ordered), 0.0), stuck)


def _moved_items(
    instrument: Instrument,
    history: list[dict[str, int]],
    stuck: tuple[str, ...],
    actions: dict[str, tuple[tuple[date, ItemAction], ...]],
) -> list[MovedItem]:
    before, after = history[-2:]
    found = []
    for section in instrument.whole_sections:
        for number in section.items:
            item = instrument.item(number)
            if number not in before or number not in after or item.takes is Takes.COUNT:
                continue
            own = tuple(action for _, action in actions.get(number, ()))
            times = 0
            while times < len(history) and history[-1 - times].get(number) == after[number]:
                times += 1
            found.append(
                MovedItem(
                    *(number, item.label, section.key, before[number], after[number]),
                    scores.value_label(instrument, item, before[number]),
                    scores.value_label(instrument, item, after[number]),
                    instrument.scale(item).top,
                    own,
                    sum((each.hours or 0.0 for each in own), 0.0),
                    times,
                    number in stuck,
                    tuple(each[number] for each in history if number in each),
                )
            )
    return found


# Over places -----------------------------------------------------------------------------------------------------------------------


@question("Heat table", topic="ratings")
def heat(work: Work, *, year: int | None = None) -> Heat:
    """The newest result of every place with every instrument, the division first; of one school year, or of all."""
    first, last = sheets.year_of(year)
    found = queries.newest(work, first=first, last=last)
    places = [each for each in work.organizations.list(order=("name_folded",)) if each.closed_on is None]
    places.sort(key=lambda each: each.kind != OrganizationKind.DIVISION)
    contents = queries.contents(work, {each.instrument_id for each in found})
    read = {version: scores.read(*content) for version, content in contents.items()}
    levels = {place.id: place.kind for place in places}
    narrowed: dict[tuple[str, str], Instrument] = {}
    cells: dict[tuple[str, str], HeatCell] = {}
    titles: dict[str, str] = {}
    for each in found:
        level = levels.get(OrganizationId(each.place_id))
        if level is None:
            continue
        instrument = narrowed.get((each.instrument_id, level))
        if instrument is None:
            instrument = narrowed[each.instrument_id, level] = at_level(read[each.instrument_id], level)
        line = scores.headline_of(instrument, each.score, each.met, each.sections)
        cell = HeatCell(each.administration_id, each.family, each.title, each.held_on, each.edition, line, each.times)
        cells[each.place_id, each.family] = cell
        titles[each.family] = each.title
    order = {each.family or each.key: place for place, each in reversed(list(enumerate(packs.shipped())))}
    names = sorted(titles, key=lambda family: (order.get(family, len(order)), titles[family]))
    columns = tuple(_column(family, titles[family], cells) for family in names)
    rows = tuple(
        HeatRow(place.id, place.short_name or place.name, place.kind, tuple(cells.get((place.id, n)) for n in names))
        for place in places
    )
    return Heat(year, columns, rows)


def _column(family: str, title: str, cells: dict[tuple[str, str], HeatCell]) -> HeatColumn:
    own = [cell.headline for (_, name), cell in cells.items() if name == family]
    said_ = [each for each in own if each.met is not None]
    newest = max((cell for (_, name), cell in cells.items() if name == family), key=lambda cell: cell.held_on)
    return HeatColumn(family, title, newest.headline.criterion, len(said_), sum(each.met is True for each in said_))


@question("Latest results", topic="ratings")
def latest(work: Work, place_id: OrganizationId) -> tuple[HeatCell, ...]:
    """The newest result of a place with each instrument, newest first."""
    place = work.organizations.get(place_id)
    found = queries.newest(work, place_id=place_id)
    contents = queries.contents(work, {each.instrument_id for each in found})
    cells = []
    for each in found:
        instrument = at_level(scores.read(*contents[each.instrument_id]), place.kind)
        line: Headline = scores.headline_of(instrument, each.score, each.met, each.sections)
        cells.append(
            HeatCell(each.administration_id, each.family, each.title, each.held_on, each.edition, line, each.times)
        )
    return tuple(sorted(cells, key=lambda cell: (cell.held_on, cell.administration_id), reverse=True))


MOST_ON_A_LINE = 6


@dataclass(frozen=True)
class _Rated:
    """A finished rating with the score it is known by."""

    rating: queries.Newest
    instrument: Instrument
    line: Headline


def lines(work: Work) -> dict[str, FidelityLine]:
    """Of every place the last results with the list it was rated with last, where that gives a percent. Three statements."""
    found = queries.newest(work, most=MOST_ON_A_LINE)
    kinds = {place.id: place.kind for place in work.organizations.list()}
    contents = queries.contents(work, {each.instrument_id for each in found})
    read = {version: scores.read(*content) for version, content in contents.items()}
    own: dict[str, list[_Rated]] = {}
    for each in found:
        kind = kinds.get(OrganizationId(each.place_id))
        if kind is None:
            continue
        instrument = at_level(read[each.instrument_id], kind)
        line = scores.headline_of(instrument, each.score, each.met, each.sections)
        if line.percent is not None:
            own.setdefault(each.place_id, []).append(_Rated(each, instrument, line))
    return {place: _line_of(rated) for place, rated in own.items()}


def _line_of(rated: list[_Rated]) -> FidelityLine:
    """``rated`` are all of one place, of every list."""
    newest = max(rated, key=lambda each: (each.rating.held_on, each.rating.administration_id))
    same = sorted(
        (each for each in rated if each.rating.family == newest.rating.family and each.line.key == newest.line.key),
        key=lambda each: each.rating.held_on,
    )
    criteria = (each for each in newest.instrument.criteria if each.title == newest.line.criterion)
    asked = next((condition.at_least for each in criteria for condition in each.conditions), None)
    points = tuple((each.rating.held_on, each.line.percent, each.rating.edition)
                   for each in same if each.line.percent is not None)  # fmt: skip
    return FidelityLine(newest.rating.title, newest.line.title if newest.line.key != "total" else "", points, asked)


# By stage --------------------------------------------------------------------------------------------------------------------------

STAGES = ("exploration", "installation", "initial implementation", "full implementation")


@question("Look-fors by stage", topic="ratings")
def stages(work: Work, administration_id: AdministrationId) -> Stages:
    """In place, partial and not yet of each category at each stage, with how strong each stage is. Source: stages analysis, 2/1/0."""
    sheet = sheets.sheet(work, administration_id)
    used = {item.stage for item in sheet.items if item.stage}
    order = [each for each in STAGES if each in used] + sorted(used - set(STAGES))
    instrument = sheet.instrument
    found = dict(scores.result_of(work, sheet.head.administration)[1].items)
    tops = {item.number: instrument.scale(item).top for item in instrument.items}
    cells, strengths = [], []
    for stage in order:
        for section in sheet.sections:
            own = [found[i.number] for i in sheet.items if i.stage == stage and i.section == section.key]
            at = [tops[i.number] for i in sheet.items if i.stage == stage and i.section == section.key]
            if own:
                cells.append(_stage_cell(section.key, stage, own, at))
        all_ = [(found[item.number], tops[item.number]) for item in sheet.items if item.stage == stage]
        strengths.append((stage, _strength(all_)))
    items = tuple(
        StageItem(
            *(item.number, item.label, item.section, item.stage, item.hint, item.value, item.value_label, item.note),
            item.actions,
        )
        for item in sheet.items
        if item.stage
    )
    categories = tuple((each.key, each.title) for each in sheet.sections if each.asked)
    return Stages(sheet.head, categories, tuple(order), tuple(cells), tuple(strengths), items)


def _stage_cell(category: str, stage: str, own: list[scoring.ItemScore], tops: list[int]) -> StageCell:
    rated = [(score.value, top) for score, top in zip(own, tops, strict=True) if score.value is not None]
    in_place = sum(value == top for value, top in rated)
    not_yet = sum(value == 0 for value, _ in rated)
    left_out = sum(score.state is State.NOT_APPLICABLE for score in own)
    unrated = len(own) - len(rated) - left_out
    applies = len(own) - left_out
    return StageCell(
        *(category, stage, in_place, len(rated) - in_place - not_yet, not_yet, left_out, unrated),
        Fraction(100 * in_place, applies) if applies and not unrated else None,
    )


def _strength(found: list[tuple[scoring.ItemScore, int]]) -> Fraction | None:
    """Points ÷ most points × 100 over what applies."""
    applies = [(score, top) for score, top in found if score.state is not State.NOT_APPLICABLE]
    if not applies or any(score.value is None for score, _ in applies):
        return None
    return Fraction(100 * sum(score.value or 0 for score, _ in applies), sum(top for _, top in applies))
