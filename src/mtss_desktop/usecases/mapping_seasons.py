"""Words of headers that nobody knows as seasons, while a coach says what they are: "Sum" is summer, or no season at all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.layouts import Family, FamilyColumn, Layout, LayoutQuestion, OddColumn
from mtss_desktop.importing import proposing
from mtss_desktop.importing.families import MOST_WORDS, period_words
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.wide import season_in

SEASON = "season:"
"""Keys of questions about such a word begin so."""
IS, OUT = "is ", "out "
"""Answers: a season of this name; left out, with the number of columns."""
PERIODS, IN_ORDER, OWN = "periods", "in order", "own"
"""The question about words such as T1, T2 and T3, and its answers."""
_KNOWN = ("Fall", "Winter", "Spring")
_SHORT = {"sum": "Summer", "smr": "Summer", "su": "Summer"}


def odd_columns(sketch: Sketch, layout: Layout, never: Collection[str]) -> tuple[OddColumn, ...]:
    """Columns of a wide file that would fit a family if one more word were a season."""
    used = {header for header, _ in layout.columns} | set(never)
    used |= {column.header for family in layout.families for column in family.columns}
    free = tuple(name for name in sketch.names if name not in used)
    found: dict[str, OddColumn] = {}
    for family in layout.families:
        odd = [each for each in proposing.odd_columns(sketch, family, free) if not layout.answer(_key(each.word))]
        if len({_key(each.word) for each in odd}) <= MOST_WORDS:
            found |= {each.header: each for each in odd if each.header not in found}
    return tuple(found.values())


def _key(word: str) -> str:
    return f"{SEASON}{word.casefold()}"


def season_questions(odd: tuple[OddColumn, ...], layout: Layout) -> list[LayoutQuestion]:
    """What the periods of the headers are, then one for each word, with the seasons that its columns can be or to leave them out."""
    asked = _period_question(layout)
    for word in dict.fromkeys(each.word.casefold() for each in odd):
        columns = [each for each in odd if each.word.casefold() == word]
        spelled = columns[0].word
        text = f"“{spelled}” in “{columns[0].header}” is no season yet. What is it?"
        choices = (IS + _own(spelled), *(f"{IS}{each}" for each in _free(columns, layout)), f"{OUT}{len(columns)}")
        asked.append(LayoutQuestion(_key(word), text, choices))
    return asked


def _period_question(layout: Layout) -> list[LayoutQuestion]:
    words = [word for word, season in layout.seasons if word == season]
    found = [word for word in period_words(layout.families) if word in words]
    if not found or layout.answer(PERIODS):
        return []
    named = ", ".join(f"“{word}”" for word in found)
    text = f"{named} stand where seasons do. What are they?"
    return [LayoutQuestion(PERIODS, text, (IN_ORDER, OWN) if len(found) == len(_KNOWN) else (OWN,))]


def with_periods(layout: Layout, answer: str) -> Layout:
    """T1, T2 and T3 are fall, winter and spring, or seasons of their own."""
    words = period_words(layout.families)
    kept = tuple(each for each in layout.answers if each[0] != PERIODS)
    layout = replace(layout, answers=(*kept, (PERIODS, answer)))
    if answer != IN_ORDER or len(words) != len(_KNOWN):
        return layout
    called = dict(zip(words, _KNOWN, strict=True))
    families = tuple(
        replace(
            family,
            columns=tuple(replace(each, window=called.get(each.window, each.window)) for each in family.columns),
        )
        for family in layout.families
    )
    seasons = tuple((word, called.get(word, season)) for word, season in layout.seasons)
    return _checked(replace(layout, families=families, seasons=seasons))


def _own(word: str) -> str:
    return _SHORT.get(word.casefold(), word if word.isupper() and len(word) <= 3 else word.capitalize())


def _free(columns: list[OddColumn], layout: Layout) -> list[str]:
    """Known seasons that no other column of the same measure and year has."""
    return [each for each in _KNOWN if not any(_taken(layout, column, each) for column in columns)]


def _taken(layout: Layout, odd: OddColumn, season: str) -> bool:
    family = next(each for each in layout.families if each.key == odd.family)
    mine = (odd.measure, season.casefold(), odd.year)
    return any((each.measure, each.window.casefold(), each.year) == mine for each in family.columns)


def with_word(layout: Layout, odd: tuple[OddColumn, ...], word: str, answer: str) -> Layout:
    """A question answered. Raises ``UserError`` where two columns would be the same score."""
    columns = [each for each in odd if each.word.casefold() == word]
    if not columns:
        return layout
    if not answer.startswith(IS):
        return _answered(layout, word, answer)
    season = answer.removeprefix(IS)
    families = tuple(_grown(family, columns, season) for family in layout.families)
    named = tuple(each for each in layout.seasons if each[0].casefold() != word)
    return _checked(replace(layout, families=families, seasons=(*named, (columns[0].word, season))))


def _answered(layout: Layout, word: str, answer: str) -> Layout:
    kept = tuple(each for each in layout.answers if each[0] != _key(word))
    return replace(layout, answers=(*kept, (_key(word), answer)))


def _grown(family: Family, odd: list[OddColumn], season: str) -> Family:
    mine = [each for each in odd if each.family == family.key]
    columns = (FamilyColumn(each.header, each.measure, season, each.year) for each in mine)
    return replace(family, columns=(*family.columns, *columns))


def left_out(layout: Layout, odd: tuple[OddColumn, ...], headers: Collection[str]) -> Layout:
    """The columns of a word are not used: that answers the question about it."""
    for word in dict.fromkeys(each.word.casefold() for each in odd if each.header in headers):
        layout = _answered(layout, word, OUT)
    return layout


def season_renamed(layout: Layout, header: str, called: str) -> Layout:
    """Every column with the same word for its season. Raises ``UserError`` where two columns would be the same score."""
    family = next((each for each in layout.families if any(column.header == header for column in each.columns)), None)
    word = season_in(family.pattern, header, layout.seasons) if family is not None else ""
    if not word:
        return layout

    def has_word(family: Family, column: FamilyColumn) -> bool:
        return season_in(family.pattern, column.header, layout.seasons).casefold() == word.casefold()

    families = tuple(_called(each, called, has_word) for each in layout.families)
    named = tuple(each for each in layout.seasons if each[0].casefold() != word.casefold())
    return _checked(replace(layout, families=families, seasons=(*named, (word, called))))


def _called(family: Family, called: str, has_word: Callable[[Family, FamilyColumn], bool]) -> Family:
    columns = (replace(each, window=called) if has_word(family, each) else each for each in family.columns)
    return replace(family, columns=tuple(columns))


def _checked(layout: Layout) -> Layout:
    for family in layout.families:
        seen: dict[tuple[str, str, int], str] = {}
        for each in family.columns:
            score = (each.measure, each.window.casefold(), each.year)
            if score in seen:
                raise UserError(
                    f"“{seen[score]}” and “{each.header}” would both be {each.window}.",
                    "Name one of them otherwise, or leave it out with Delete.",
                )
            seen[score] = each.header
    return layout
