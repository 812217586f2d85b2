"""What the page of levels and words says: lists, tiers, and what another tier does before it does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtss_desktop.base.words import Words, said, school_year
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.usecases.levels import LevelLine, LevelMeasure, LevelVersion, MovedScores, TierEffect

KINDS = {WordKind.BEHAVIOR: "Behaviors", WordKind.LOCATION: "Places", WordKind.ACTION_TAKEN: "Actions taken"}
TIERS = (1, 2, 3, 0)
SAID = 3
"""Windows said one by one; the others are counted."""


@dataclass(frozen=True)
class ListLine:
    """One list of the page: a table of levels (of a measure, 0 of all) or, with ``kind``, the words of a kind."""

    key: str
    name: str
    measure_key: int = 0
    kind: WordKind | None = None
    own: int = 0


def lists(words: Words, measures: Sequence[LevelMeasure]) -> tuple[ListLine, ...]:
    """Levels of all measures, of each measure, then the words of incidents."""
    return (
        ListLine("levels", words("Levels of all measures")),
        *(ListLine(f"levels:{each.key}", each.name, each.key, own=each.own) for each in measures),
        *(ListLine(f"words:{kind.value}", words(name), kind=kind) for kind, name in KINDS.items()),
    )


def tier_words(words: Words, tier: int | None) -> str:
    if tier is None:
        return words("not said yet")
    return words.say(said(f"{{label.tier_{tier}}}")) if tier else words("no tier")


def list_of(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Words typed with commas between them; a ``known`` word may have commas of its own."""
    found: list[str] = []
    for word in sorted((each for each in known if "," in each or ";" in each), key=len, reverse=True):
        at = text.casefold().find(word.casefold())
        if at >= 0:
            found.append(word)
            text = f"{text[:at]},{text[at + len(word) :]}"
    return (*found, *(part.strip() for part in text.replace(";", ",").split(",") if part.strip()))


def page_sentence(words: Words) -> str:
    return words("What benchmark words and codes of files mean, here and in every file to come.")


def levels_heading(words: Words, line: ListLine) -> str:
    if not line.measure_key:
        return words("Levels of all measures")
    return words("Levels of {measure}").format(measure=line.name)


def levels_hint(words: Words, line: ListLine) -> str:
    if line.measure_key:
        return words("What is set here goes before the list of all measures.")
    return words("Holds for every measure that has no line of its own.")


def words_heading(words: Words, line: ListLine) -> str:
    return words("{list} and the codes that count as them").format(list=line.name)


def version_sentence(words: Words, line: LevelLine, history: Sequence[LevelVersion], measure_key: int) -> str:
    """Since when, who says so, and what was before."""
    if line.tier is None:
        return words(
            "Nobody has said which tier it asks for, so its scores stand beside the bars. Press 1, 2 or 3; 0 for none."
        )
    mine = [each for each in history if each.level_key == line.level_key and each.measure_key in (0, measure_key)]
    parts = [
        words("{since}, says {source}.").format(since=_since(words, line), source=line.source or words("the file"))
    ]
    before = [
        each
        for each in mine
        if (each.valid_from, each.measure_key) != (line.valid_from, measure_key if line.own else 0)
    ]
    if before:
        last = max(before, key=lambda each: (each.measure_key == measure_key, each.valid_from))
        parts.append(
            words("Before: {tier}, says {source}.").format(tier=tier_words(words, last.tier), source=last.source)
        )
    if measure_key and not line.own:
        parts.append(words("The list of all measures says so."))
    parts.append(words("1, 2, 3 or 0 gives it another tier."))
    return " ".join(parts)


def _since(words: Words, line: LevelLine) -> str:
    if line.valid_from is None or line.valid_from.year <= 2000:
        return words("From the beginning")
    return words("Since {day}").format(day=words.date(line.valid_from))


def effect_heading(words: Words, effect: TierEffect) -> str:
    return words("{tier} for “{word}”?").format(tier=tier_words(words, effect.tier), word=effect.word)


def effect_sentence(words: Words, effect: TierEffect) -> str:
    """Which scores move, from when, and what stays."""
    where = effect.measure or words("every measure")
    parts = [
        words("From {day} on, for {where}.").format(day=words.date(effect.day), where=where),
        _moves(words, effect.moves, effect.tier),
    ]
    if effect.elsewhere:
        parts.append(words("{measures} keep their own line.").format(measures=words.listed(list(effect.elsewhere))))
    if effect.near_stays and effect.moves:
        parts.append(words("Who is near a cut stays as it was counted: that needs rows of students."))
    return " ".join(parts)


def _moves(words: Words, moves: Sequence[MovedScores], tier: int) -> str:
    if not moves:
        return words("No score here changes.")
    merged: dict[tuple[str, int], int] = {}
    for each in moves:
        merged[each.window, each.year] = merged.get((each.window, each.year), 0) + each.n
    told = [
        words.say(
            said(
                "{n} score of {window} {year}",
                many="{n} scores of {window} {year}",
                count="n",
                n=n,
                window=window.lower(),
                year=school_year(year),
            )
        )
        for (window, year), n in merged.items()
    ]
    if len(told) > SAID:
        more = sum(list(merged.values())[SAID:])
        told = [*told[:SAID], words.say(said("{n} earlier one", many="{n} earlier ones", count="n", n=more))]
    before = {tier_words(words, each.from_tier) for each in moves}
    start = next(iter(before)) if len(before) == 1 else words("other tiers")
    return words("Moves {scores} from {before} to {tier}.").format(
        scores=words.listed(told), before=start, tier=tier_words(words, tier)
    )
