"""How the ratings of an instrument become scores, whether they meet its criteria, and what they are on another version's scale.

Scores are exact fractions; rounding (half up) belongs to whoever shows them. Unanswered is never zero: a score with an unanswered item has
no percent. Rules and their sources are data of a pack; what they mean is here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.instruments import (
    Condition,
    Conversion,
    Criterion,
    Instrument,
    Item,
    Rule,
    Scale,
    Section,
    Takes,
)

# One item ----------------------------------------------------------------------------------------------------------------------


class State(StrEnum):
    RATED = "rated"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not applicable"
    TIED = "tied"


@dataclass(frozen=True)
class Answer:
    """What was given for an item: one value, or one for each intervention, plan, member or respondent.

    No values in an item that takes plans means that there was no plan; elsewhere it is unanswered.
    """

    values: tuple[int, ...] = ()
    applies: bool = True


def rated(*values: int) -> Answer:
    return Answer(values)


DOES_NOT_APPLY = Answer(applies=False)
Ratings = Mapping[str, Answer]


@dataclass(frozen=True)
class ItemScore:
    """``value`` only where ``state`` is rated; ``tied`` are the values a tie is between; ``spread`` says that members differ."""

    state: State
    value: int | None = None
    tied: tuple[int, ...] = ()
    spread: bool = False


def item_score(item: Item, scale: Scale, answer: Answer | None) -> ItemScore:
    """Raises ``UserError`` for a value the scale has not."""
    if answer is None:
        return ItemScore(State.UNANSWERED)
    if not answer.applies:
        return _left_out(item, scale)
    _check_values(item, scale, answer.values)
    values = answer.values
    if item.takes is Takes.PLANS:
        return ItemScore(State.RATED, plan_score(values, scale.top), spread=len(set(values)) > 1)
    if not values:
        return ItemScore(State.UNANSWERED)
    match item.takes:
        case Takes.LOWEST:
            return ItemScore(State.RATED, min(values), spread=len(set(values)) > 1)
        case Takes.MOST_FREQUENT:
            return _most_frequent(values)
        case Takes.COUNT:
            return ItemScore(State.RATED, sum(values))
        case Takes.RESPONDENTS:
            return ItemScore(State.RATED, spread=len(set(values)) > 1)
    return ItemScore(State.RATED, values[0])


def _left_out(item: Item, scale: Scale) -> ItemScore:
    if not scale.not_applicable:
        raise UserError(f"Item {item.number} has no “not applicable”.", f"Rate it {_spoken(scale.values)}.")
    return ItemScore(State.NOT_APPLICABLE)


def _check_values(item: Item, scale: Scale, values: Sequence[int]) -> None:
    if item.takes is Takes.COUNT:
        wrong = next((value for value in values if value < 0), None)
        if wrong is not None:
            raise UserError(f"Item {item.number} is a count, {wrong} is none.", "Give 0 or more.")
        return
    wrong = next((value for value in values if value not in scale.values), None)
    if wrong is not None:
        raise UserError(f"Item {item.number} takes {_spoken(scale.values)}, not {wrong}.", "Rate it again.")


def _spoken(values: Sequence[int]) -> str:
    *first, last = (str(value) for value in values)
    return f"{', '.join(first)} or {last}" if first else last


def plan_score(values: Sequence[int], top: int = 2) -> int:
    """A plan item of TFI Tier 3 from the plans looked at (three of the last 12 months, fewer where there are fewer).

    0 where no plan has anything or there is none; ``top`` where every plan has everything; else 1. Source: TFI 2.1, individual
    student systems worksheet.
    """
    if sum(values) == 0:
        return 0
    return top if all(value == top for value in values) else 1


def _most_frequent(values: Sequence[int]) -> ItemScore:
    """A tie is a discrepancy of its own: both values are shown and the team is asked. Source: BoQ scoring guide."""
    counted = Counter(values).most_common()
    most = tuple(sorted(value for value, n in counted if n == counted[0][1]))
    if len(most) > 1:
        return ItemScore(State.TIED, tied=most, spread=True)
    return ItemScore(State.RATED, most[0], spread=len(counted) > 1)


# Scores ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """How many items (or respondents) stand at a point of the scale."""

    label: str
    value: int
    n: int


@dataclass(frozen=True)
class Score:
    """``percent`` (0 to 100, exact) or ``mean`` is None while an item is unanswered or tied, and where the rule makes none.

    ``points`` and ``most`` speak of the items that apply. ``missed`` counts items rated 0.
    """

    key: str
    title: str
    rule: Rule
    points: int
    most: int
    rated: int
    not_applicable: int
    unanswered: tuple[str, ...]
    tied: tuple[str, ...]
    percent: Fraction | None = None
    mean: Fraction | None = None
    missed: int = 0
    shares: tuple[Share, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.unanswered and not self.tied


@dataclass(frozen=True)
class Result:
    """``sections`` in the order of the instrument, parts behind the section they belong to."""

    total: Score
    sections: tuple[Score, ...]
    items: tuple[tuple[str, ItemScore], ...]

    def score(self, key: str) -> Score:
        return self.total if key == "total" else next(score for score in self.sections if score.key == key)


def result(instrument: Instrument, ratings: Ratings) -> Result:
    """Every score of an administration. Raises ``UserError`` for a value out of scale, ``KeyError`` for an item it has not."""
    for number in ratings:
        instrument.item(number)
    items = {
        item.number: item_score(item, instrument.scale(item), ratings.get(item.number)) for item in instrument.items
    }
    parts = {each.key: _section(instrument, each, items, ratings) for each in instrument.sections if each.part_of}
    sections: list[Score] = []
    for section in instrument.whole_sections:
        own_parts = [parts[part.key] for part in instrument.parts_of(section.key)]
        score = _section(instrument, section, items, ratings)
        sections += [_with_mean_of(score, own_parts) if section.rule is Rule.MEAN_OF_PARTS else score, *own_parts]
    everything = Section("total", "Total", tuple(items), instrument.total)
    whole = [score for score in sections if not any(part.key == score.key for part in _parts(instrument))]
    total = _section(instrument, everything, items, ratings)
    if instrument.total is Rule.MEAN_OF_PARTS:
        total = _with_mean_of(total, whole)
    return Result(total, tuple(sections), tuple(items.items()))


def _parts(instrument: Instrument) -> tuple[Section, ...]:
    return tuple(section for section in instrument.sections if section.part_of)


def _section(instrument: Instrument, section: Section, items: Mapping[str, ItemScore], ratings: Ratings) -> Score:
    asked = [(instrument.item(number), items[number]) for number in section.items]
    own = [(item, score) for item, score in asked if item.weight]
    counted = [(item, score) for item, score in own if score.value is not None and item.takes is not Takes.COUNT]
    points = sum(item.weight * (score.value or 0) for item, score in counted)
    most = sum(item.weight * instrument.scale(item).top for item, score in own if _applies(item, score))
    unanswered = tuple(item.number for item, score in own if score.state is State.UNANSWERED)
    tied = tuple(item.number for item, score in own if score.state is State.TIED)
    complete = not unanswered and not tied and bool(counted)
    weights = sum(item.weight for item, _ in counted)
    shares = _shares(instrument, section, own, ratings)
    return Score(
        section.key,
        section.title,
        section.rule,
        points,
        most,
        sum(score.state is State.RATED for _, score in own),
        sum(score.state is State.NOT_APPLICABLE for _, score in own),
        unanswered,
        tied,
        _percent(section, points, most, shares) if complete or section.rule is Rule.SHARES else None,
        Fraction(points, weights) if section.rule is Rule.MEAN and complete else None,
        sum(score.value == 0 for _, score in counted),
        shares,
    )


def _percent(section: Section, points: int, most: int, shares: Sequence[Share]) -> Fraction | None:
    """Of a staff survey with a status scale it is the implementation average."""
    if section.rule is Rule.SHARES:
        return implementation_average(shares) if is_status(shares) else None
    return Fraction(points * 100, most) if section.rule is Rule.PERCENT and most else None


def _applies(item: Item, score: ItemScore) -> bool:
    return score.state is not State.NOT_APPLICABLE and item.takes not in (Takes.COUNT, Takes.RESPONDENTS)


def _shares(
    instrument: Instrument, section: Section, own: Sequence[tuple[Item, ItemScore]], ratings: Ratings
) -> tuple[Share, ...]:
    if section.rule not in (Rule.LEVELS, Rule.SHARES) or not own:
        return ()
    scale = instrument.scale(own[0][0])
    given = Counter(
        value
        for item, score in own
        if score.state is State.RATED
        for value in (ratings[item.number].values if item.takes is Takes.RESPONDENTS else (score.value,))
    )
    return tuple(Share(point.label, point.value, given[point.value]) for point in scale.points)


def _with_mean_of(score: Score, parts: Sequence[Score]) -> Score:
    """The mean of the parts' percents, each with the same weight however many items it has. Source: SET 2.1."""
    percents = [part.percent for part in parts if part.percent is not None]
    whole = Fraction(sum(percents), len(percents)) if parts and len(percents) == len(parts) else None
    return Score(**{**score.__dict__, "percent": whole})


def is_status(points: Sequence[Share]) -> bool:
    """Whether a scale says not, partly and fully in place: only such answers have an implementation average."""
    return [each.value for each in points] == [0, 1, 2]


def implementation_average(shares: Sequence[Share]) -> Fraction | None:
    """Percent "in place" plus half of the percent "partially in place", of a three-point status scale. None without answers.

    The usual reading of the staff survey (SAS); the report shows the formula.
    """
    answered = sum(share.n for share in shares)
    if not answered:
        return None
    top = max(share.value for share in shares)
    return sum((Fraction(share.value * share.n * 100, top * answered) for share in shares), Fraction(0))


def response_rate(answered: int, asked: int) -> Fraction | None:
    """Percent of those asked who answered; None where nobody was asked."""
    return Fraction(answered * 100, asked) if asked else None


# Criteria and versions -----------------------------------------------------------------------------------------------------------


def is_met(criterion: Criterion, found: Result, instrument: Instrument) -> bool | None:
    """None while a score it rests on is incomplete: then nothing is said."""
    verdicts = [
        _condition(condition, score)
        for condition in criterion.conditions
        for score in scores_for(condition, found, instrument)
    ]
    if any(verdict is False for verdict in verdicts):
        return False
    return None if None in verdicts or not verdicts else True


def scores_for(condition: Condition, found: Result, instrument: Instrument) -> tuple[Score, ...]:
    """The scores a condition speaks of."""
    parts = {part.key for part in _parts(instrument)}
    match condition.score:
        case "every section":
            return tuple(score for score in found.sections if score.key not in parts)
        case "every part":
            return tuple(score for score in found.sections if score.key in parts)
    return (found.score(condition.score),)


def _condition(condition: Condition, score: Score) -> bool | None:
    if condition.at_most_missed is not None:
        if score.missed > condition.at_most_missed:
            return False
        return True if score.complete else None
    reached = score.percent if score.percent is not None else score.mean
    if reached is None or condition.at_least is None:
        return None
    return reached >= condition.at_least


def in_a_row(met: Sequence[bool | None], wanted: int) -> bool:
    """Whether the newest ``wanted`` administrations (oldest first) all met the criterion; an incomplete one breaks the row."""
    return wanted > 0 and len(met) >= wanted and all(each is True for each in met[-wanted:])


@dataclass(frozen=True)
class Estimate:
    """A percent score read on another version's scale; ``clamped`` where the formula left 0 to 100."""

    percent: Fraction
    clamped: bool


def converted(percent: Fraction, conversion: Conversion) -> Estimate:
    """Forward by the published line."""
    return _clamped(conversion.slope * percent + conversion.offset)


def converted_back(percent: Fraction, conversion: Conversion) -> Estimate:
    """Backward by algebra, never by a published inverse: the one printed for TFI Tier 2 does not invert its own line."""
    return _clamped((percent - conversion.offset) / conversion.slope)


def _clamped(percent: Fraction) -> Estimate:
    inside = min(max(percent, Fraction(0)), Fraction(100))
    return Estimate(inside, inside != percent)


def half_up(value: Fraction, places: int = 0) -> Fraction:
    """Rounded half away from zero for what is printed: 49.5 is 50, whatever the language's own rounding does."""
    scaled = abs(value) * 10**places
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole, 10**places)
