"""The table of benchmark words: which order they have and which tier of supports each asks for, per measure, from a day on.

A line for one measure goes before the line for all measures. Nothing is overwritten: a change holds from its day, so that counts of an
earlier day can be told with the table of that day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.screening import Level, LevelTier, Word, WordKind
from mtss_desktop.importing.vocabulary import level_key as key_of
from mtss_desktop.importing.word_lists import LevelSet, level_sets
from mtss_desktop.store.bulk import next_key
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name
from mtss_desktop.usecases.use_case import question, use_case


@dataclass(frozen=True)
class LevelLine:
    """One line of the table in force on a day. ``tier`` 0: the word asks for no tier; None: nobody has said so yet.

    ``own`` says that the line was made for this measure and not for all; ``source`` who says so; ``scores`` are those
    counted in windows, at this word.
    """

    level_key: int
    word: str
    order: int
    tier: int | None
    own: bool
    valid_from: date | None
    source: str
    spellings: tuple[str, ...] = ()
    scores: int = 0


@dataclass(frozen=True)
class LevelVersion:
    """One entry of the table's history. ``measure_key`` 0 speaks for every measure."""

    measure_key: int
    measure: str
    level_key: int
    word: str
    tier: int
    valid_from: date
    source: str


@dataclass(frozen=True)
class MovedScores:
    """Scores of one measure and window that would ask for another tier; ``from_tier`` None: for none that is known."""

    measure: str
    year: int
    window: str
    n: int
    from_tier: int | None


@dataclass(frozen=True)
class TierEffect:
    """What another tier for a word would do. ``moves`` newest first; ``elsewhere``: measures with a line of their own stay.

    ``near_stays``: who is near a cut cannot be counted anew, since this database keeps counts alone.
    """

    word: str
    measure: str
    before: int | None
    tier: int
    day: date
    moves: tuple[MovedScores, ...]
    elsewhere: tuple[str, ...] = ()
    near_stays: bool = False


@dataclass(frozen=True)
class LevelMeasure:
    """A measure whose scores carry levels; ``own`` lines of the table speak for it alone."""

    key: int
    name: str
    own: int


@dataclass(frozen=True)
class WordLine:
    """A word facts are counted by, with the codes of files that mean it; ``gathered`` are words that files brought and that count as it."""

    key: int
    name: str
    spellings: tuple[str, ...]
    gathered: tuple[str, ...] = ()


@question("Table of levels")
def table(work: Work, *, measure_key: int = 0, on: date | None = None) -> tuple[LevelLine, ...]:
    """Every benchmark word with its tier for one measure (0: where no measure has its own), highest first, then those without order."""
    told = _told(work, measure_key, on or work.today())
    totals = counts.level_totals(work, measure_key)
    lines = []
    for level in work.levels.list():
        known = told.get(level.key)
        lines.append(
            LevelLine(
                level.key,
                level.word,
                level.order,
                known.tier if known else None,
                bool(known and measure_key and known.measure_key == measure_key),
                known.valid_from if known else None,
                known.source if known else "",
                level.spellings,
                totals.get(level.key, 0),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.tier or 9, line.order or 99, fold(line.word))))


def _told(work: Work, measure_key: int, day: date) -> dict[int, LevelTier]:
    """The line in force for each word."""
    told: dict[int, LevelTier] = {}
    for line in sorted(work.level_tiers.list(), key=lambda each: (each.measure_key == measure_key, each.valid_from)):
        if line.valid_from <= day and line.measure_key in (0, measure_key):
            told[line.level_key] = line
    return told


@question("Measures with levels")
def measures(work: Work) -> tuple[LevelMeasure, ...]:
    """The measures a table of levels can be made for, by name."""
    with_scores = set(counts.measures_with_levels(work))
    own: dict[int, set[int]] = {}
    for line in work.level_tiers.list():
        own.setdefault(line.measure_key, set()).add(line.level_key)
    found = (
        LevelMeasure(each.key, each.name, len(own.get(each.key, ())))
        for each in work.measures.list()
        if each.key in with_scores or each.key in own
    )
    return tuple(sorted(found, key=lambda each: fold(each.name)))


@question("What another tier would change")
def effect(work: Work, level_key: int = 1, *, tier: int = 1, measure_key: int = 0) -> TierEffect:
    """Which scores would ask for another tier of supports if a word did, for one measure or (0) for all. Nothing is written."""
    level = _level(work, level_key)
    named = {measure.key: measure.name for measure in work.measures.list()}
    today = work.today()
    own = {
        line.measure_key
        for line in work.level_tiers.list(level_key=level_key)
        if line.measure_key and line.valid_from <= today
    }
    now = counts.tier_of(work)
    moves, elsewhere = [], []
    for measure, year, window, n in counts.at_level(work, level_key):
        if measure_key and measure != measure_key:
            continue
        if not measure_key and measure in own:
            elsewhere.append(named.get(measure, ""))
        elif now(measure, level_key) != tier:
            moves.append(MovedScores(named.get(measure, ""), year, window, n, now(measure, level_key)))
    known = _told(work, measure_key, today).get(level_key)
    before = known.tier if known is not None else None
    return TierEffect(
        level.word,
        named.get(measure_key, ""),
        before,
        tier,
        today,
        tuple(moves),
        tuple(dict.fromkeys(elsewhere)),
        work.rules.mode is Mode.COUNTS,
    )


@question("History of the table of levels")
def history(work: Work) -> tuple[LevelVersion, ...]:
    """Every entry ever made, newest first."""
    measures = {measure.key: measure.name for measure in work.measures.list()}
    words = {level.key: level.word for level in work.levels.list()}
    found = (
        LevelVersion(
            line.measure_key,
            measures.get(line.measure_key, ""),
            line.level_key,
            words.get(line.level_key, ""),
            line.tier,
            line.valid_from,
            line.source,
        )
        for line in work.level_tiers.list()
    )
    return tuple(sorted(found, key=lambda each: (-each.valid_from.toordinal(), each.measure, each.word)))


@question("Sets of benchmark words")
def sets(work: Work) -> tuple[LevelSet, ...]:
    """The word lists that come with the program, to choose from."""
    return level_sets()


@use_case("Set tier of level")
def set_tier(
    work: Work, level_key: int, *, tier: int, measure_key: int = 0, valid_from: date | None = None, source: str = ""
) -> None:
    """From a day on (today) a word asks for a tier, 1 to 3, or for none (0); for one measure or for all.

    Counts of earlier windows are told with the table of today; who is near a cut is counted anew.
    """
    if tier not in (0, 1, 2, 3):
        raise UserError("A tier is 1, 2 or 3, or 0 for none.")
    word = _level(work, level_key).word
    if measure_key and not work.measures.first(key=measure_key):
        raise UserError("There is no such measure.")
    day = valid_from or work.today()
    if day > work.today():
        raise UserError("The table can be changed from today or an earlier day on.", "Change it when the day has come.")
    work.relabel(f"Set tier of “{word}”")
    said = source.strip() or "set by hand"
    same = work.level_tiers.first(measure_key=measure_key, level_key=level_key, valid_from=day)
    if same is not None:
        work.level_tiers.save(replace(same, tier=tier, source=said))
        return
    work.level_tiers.add(
        LevelTier(
            organization_id=work.home_id,
            measure_key=measure_key,
            level_key=level_key,
            tier=tier,
            valid_from=day,
            source=said,
        )
    )


@use_case("Remove line of levels")
def remove_line(work: Work, level_key: int, *, measure_key: int, valid_from: date) -> None:
    """An entry made by mistake is gone; the one before it holds again."""
    found = work.level_tiers.first(measure_key=measure_key, level_key=level_key, valid_from=valid_from)
    if found is None:
        raise UserError("There is no such line in the table.")
    work.level_tiers.remove(found.id)


@use_case("Add level word")
def add(work: Work, word: str, *, tier: int = 0, measure_key: int = 0) -> int:
    """A benchmark word files may use, with its tier. Returns its key. A word that is there already is refused."""
    word = clean_name(word, "the word")
    if any(key_of(word) == key_of(each) for level in work.levels.list() for each in (level.word, *level.spellings)):
        raise UserError(f"“{word}” is in the table already.")
    key = next_key(work, "level")
    work.levels.add(Level(organization_id=work.home_id, key=key, word=word, order=len(work.levels.list()) + 1))
    set_tier(work, key, tier=tier, measure_key=measure_key)
    return key


@use_case("Say what a level word means")
def means(work: Work, word: str, *, level_key: int) -> None:
    """A file's word is another spelling of a word in the table, from now on in every file."""
    word = clean_name(word, "the word")
    level = _level(work, level_key)
    if key_of(word) in {key_of(each) for each in (level.word, *level.spellings)}:
        return
    others = [each for each in work.levels.list() if each.key != level_key]
    other = next((each for each in others if key_of(word) == key_of(each.word)), None)
    if other is not None:
        raise UserError(f"“{other.word}” is a word of its own in the table.", "Set its tier instead.")
    for each in others:  # a spelling means one word
        left = tuple(spelling for spelling in each.spellings if key_of(spelling) != key_of(word))
        if left != each.spellings:
            work.levels.save(replace(each, spellings=left))
    work.levels.save(replace(_level(work, level_key), spellings=(*level.spellings, word)))


@use_case("Set spellings of level")
def spell(work: Work, level_key: int, *, spellings: tuple[str, ...]) -> None:
    """All the words of files that mean a word of the table. One that is taken away is asked about again in files to come."""
    level = _level(work, level_key)
    kept = {key_of(each): each for each in level.spellings}
    wanted = _spelled(spellings, level.word, key_of)
    work.levels.save(replace(level, spellings=tuple(kept[key] for key in wanted if key in kept)))
    for key, spelling in wanted.items():
        if key not in kept:
            means(work, spelling, level_key=level_key)


def _spelled(spellings: tuple[str, ...], word: str, key: Callable[[str], str]) -> dict[str, str]:
    """By what they are compared by, without empty ones and without the word itself."""
    found = {key(each): " ".join(each.split()) for each in spellings if each.strip()}
    found.pop(key(word), None)
    return found


@use_case("Put level in order")
def put_in_order(work: Work, level_key: int, *, order: int) -> None:
    """1 is the highest."""
    if order < 1:
        raise UserError("The highest level is 1.")
    work.levels.save(replace(_level(work, level_key), order=order))


def _level(work: Work, level_key: int) -> Level:
    found = work.levels.first(key=level_key)
    if found is None:
        raise UserError("There is no such level.")
    return found


# Codes of incidents ---------------------------------------------------------------------------------------------------------


@question("Words of a list")
def words(work: Work, kind: WordKind = WordKind.BEHAVIOR) -> tuple[WordLine, ...]:
    """The categories facts are counted by, each with the codes of files that mean it."""
    found = work.words.list(kind=kind)
    lines = (
        WordLine(word.key, word.name, word.spellings, tuple(each.name for each in found if each.counts_as == word.key))
        for word in found
        if word.counts_as is None
    )
    return tuple(sorted(lines, key=lambda line: fold(line.name)))


@use_case("Gather codes")
def gather(work: Work, category: str, *, codes: tuple[str, ...], kind: WordKind = WordKind.BEHAVIOR) -> int:
    """Codes of files count as one category, in every file from now on. Returns the category's key; a new one is made.

    A code that is a category of its own, with what files brought under it, counts as this one from now on; no fact changes. Raises
    ``UserError`` where the category itself counts as another one.
    """
    category = clean_name(category, "the category")
    there = {fold(word.name): word for word in work.words.list(kind=kind)}
    found = there.get(fold(category))
    if found is not None and found.counts_as is not None:
        into = next((each.name for each in there.values() if each.key == found.counts_as), "")
        raise UserError(f"“{found.name}” counts as “{into}” already.", f"Add the codes to “{into}”.")
    own = [there[fold(code)] for code in codes if fold(code) in there and fold(code) != fold(category)]
    codes = tuple(code for code in codes if fold(code) not in there)
    for word in there.values():
        kept = tuple(each for each in word.spellings if fold(each) not in {fold(code) for code in codes})
        if word.key != (found.key if found else 0) and kept != word.spellings:
            work.words.save(replace(word, spellings=kept))
    if found is None:
        key = next_key(work, "word", kind=kind.value)
        work.words.add(
            Word(organization_id=work.home_id, kind=kind, key=key, name=category, spellings=_more((), codes, category))
        )
    else:
        key = found.key
        more = _more(found.spellings, codes, category)
        if more != found.spellings:
            work.words.save(replace(found, spellings=more))
    _count_as(work, kind, own, key)
    return key


def _count_as(work: Work, kind: WordKind, own: list[Word], key: int) -> None:
    """Words and whatever is counted as them; what is counted as something has nothing counted as itself."""
    for word in own:
        for each in (word, *work.words.list(kind=kind, counts_as=word.key)):
            if each.counts_as != key:
                work.words.save(replace(work.words.get(each.id), counts_as=key))


@use_case("Set codes of category")
def spell_word(work: Work, key: int, *, codes: tuple[str, ...], kind: WordKind = WordKind.BEHAVIOR) -> None:
    """All the codes of files that count as a category. One that is taken away is asked about again in files to come."""
    word = work.words.first(kind=kind, key=key)
    if word is None:
        raise UserError("There is no such category.")
    wanted = _spelled(codes, word.name, fold)
    if word.counts_as is not None:
        raise UserError(f"“{word.name}” counts as another category.", "Take it out of the codes of that one first.")
    kept = tuple(each for each in word.spellings if fold(each) in wanted)
    if kept != word.spellings:
        work.words.save(replace(word, spellings=kept))
    gathered = work.words.list(kind=kind, counts_as=key)
    for each in gathered:
        if fold(each.name) not in wanted:
            work.words.save(replace(each, counts_as=None))
    known = {fold(code) for code in (*kept, *(each.name for each in gathered))}
    fresh = tuple(each for code, each in wanted.items() if code not in known)
    if fresh:
        gather(work, word.name, codes=fresh, kind=kind)


def _more(there: tuple[str, ...], codes: tuple[str, ...], category: str) -> tuple[str, ...]:
    more = {fold(code.strip()): code.strip() for code in reversed(codes) if code.strip()}
    known = {fold(each) for each in (*there, category)}
    wanted = (fold(code.strip()) for code in codes)
    return (*there, *(more[word] for word in dict.fromkeys(wanted) if word in more and word not in known))
