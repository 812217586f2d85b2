"""Which profile fits a file, how sure that is and why: by rule, not by list.

A layout is told by the headers it knows (wherever they stand, however they are written), by the headers it has to itself, and by whether
the cells below them are what the profile says. Nothing is decided by a number of columns or by their places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing import cleaning
from mtss_desktop.importing.cleaning import Asked, Trouble
from mtss_desktop.importing.columns import column_of
from mtss_desktop.importing.header_rows import plain_name
from mtss_desktop.importing.headers import Headers, headers, without_year, word_key
from mtss_desktop.importing.kinds import look_at
from mtss_desktop.importing.numbers import POINT, decimals_told
from mtss_desktop.importing.profile import FACTS, FILE_NAME, LISTS, ColumnRule, Profile, shipped_profiles
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.vocabulary import plain, vocabulary
from mtss_desktop.importing.wide import WideScore, headers_of, wide_scores

SURE = 0.5
NEAR_TIE = 0.06
CONTRADICTED = 0.5
"""What is left of the confidence in a layout where the file says that it is another one."""
LOOKED_AT = 6
"""So many of the best by headers are compared by their values too."""
MOST_VALUES = 60
_WHO = ("local_id", "state_id", "other_id", "full_name", "last_name")
_SOME_DAY = date(2026, 6, 30)
"""A birth date or a date of a test is told by its form alone here."""


@dataclass(frozen=True)
class Match:
    """How well a profile fits: ``confidence`` from 0 to 1, ``why`` in words, ``found`` by meaning, ``lacking`` what is needed.

    ``wide`` are the scores a row of a wide file holds; ``doubted`` headers whose cells are not what the profile says.
    """

    profile: Profile
    confidence: float
    why: str
    found: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...] = ()
    wide: tuple[WideScore, ...] = ()
    doubted: tuple[str, ...] = ()
    known: int = field(default=0, compare=False)

    @property
    def dated(self) -> bool:
        """Do days stand in the heads?"""
        return any(each.dated for each in self.wide)

    @property
    def usable(self) -> float:
        """Confidence, less where something needed is lacking."""
        return self.confidence * (0.3 if self.lacking else 1.0)

    def header(self, means: str) -> str:
        return dict(self.found).get(means, "")


class UnknownLayout(UserError):
    """No profile fits; the columns can be given their meanings by hand."""


class Undecided(UserError):
    """More than one profile fits about as well: somebody chooses from ``choices``, best first."""

    choices: tuple[Match, ...] = ()


class Incomplete(UserError):
    """The layout is known, but the file lacks a column that is needed: ``match`` says which."""

    match: Match | None = None


@cache
def known_words() -> frozenset[str]:
    """Header words any shipped profile has a use for."""
    return frozenset().union(*(profile.words() for profile in shipped_profiles()))


# How well one profile fits ------------------------------------------------------------------------------------------------


def fit(profile: Profile, sketch: Sketch) -> Match:
    """How well one profile fits by its headers. Peculiar headers weigh three times; order, case, spaces and years do not matter."""
    if profile.shape:
        return _fit_shape(profile, sketch)
    there = headers(sketch.names)
    found = _found(profile, there, sketch)
    by_meaning = dict(found)
    wide = wide_scores(profile.unpivot, there) if profile.unpivot is not None else ()
    if profile.plain and wide:  # nobody listed the measures, so the cells have to be scores
        holds = _holds_codes if profile.takes == "absences" else _holds_scores
        wide = tuple(each for each in wide if holds(each, sketch))
    known = _known_headers(profile, there, found, wide)
    confidence = _confidence(profile, there, by_meaning, wide, known, sketch)
    if says_so(profile, there, sketch) is False or _leaves_when_out(profile, by_meaning, wide, sketch):
        confidence *= CONTRADICTED
    lacking = _lacking(profile, by_meaning, wide)
    return Match(
        profile,
        round(confidence, 3),
        _why(profile, by_meaning, wide, known, sketch),
        found,
        lacking,
        wide,
        known=len(known),
    )


def _leaves_when_out(profile: Profile, found: dict[str, str], wide: Sequence[WideScore], sketch: Sketch) -> bool:
    """Does a file of scores say when they are from in a column a plain layout has no use for?

    To ask for one season of the whole file would put the scores of several into one.
    """
    if not profile.plain or profile.takes != "scores" or profile.unpivot or found.keys() & {"taken_on", "window"}:
        return False
    used = {*found.values(), *headers_of(wide), *sketch.never_read}
    for name in sketch.names:
        if name in used or is_among(profile.also, name):
            continue
        if _OF_TIME & set(word_key(name)) or look_at(sketch.sample_of(name)).share("window") >= 0.8:
            return True
        if look_at(sketch.sample_of(name)).share("date") >= 0.8 and not {"birth date", "birth"} & set(word_key(name)):
            return True
    who = [header for means, header in found.items() if means in (*_WHO, "measure", "first_name")]
    cells = list(zip(*(sketch.sample_of(header) for header in who), strict=True))
    return len(set(cells)) < len(cells)


_OF_TIME = frozenset({"window", "benchmark", "round", "wave", "cycle", "quarter", "trimester", "semester"})


def says_so(profile: Profile, there: Headers, sketch: Sketch) -> bool | None:
    """Does the file say that it is of this layout? ``None`` where it says nothing; its name never speaks against it."""
    answers = set()
    for rule in profile.says:
        wanted = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, rule.words))})(?![a-z])", re.IGNORECASE)
        if FILE_NAME in rule.names and wanted.search(sketch.file_name.replace("_", " ")):
            answers.add(True)
        header = there.find([name for name in rule.names if name != FILE_NAME], loose=False)
        if header in sketch.names:
            cells = {cell for cell in sketch.sample_of(header) if cell}
            answers |= {wanted.search(cell) is not None for cell in cells}
    return True in answers if answers else None


def _holds_scores(score: WideScore, sketch: Sketch) -> bool:
    header = score.parts.get("value", "")
    return not header or _share_right(ColumnRule("value", (header,), "score"), header, sketch) >= 0.6


def _holds_codes(score: WideScore, sketch: Sketch) -> bool:
    """Are most cells codes of attendance, and not numbers?"""
    known = vocabulary()
    cells = [plain(cell) for cell in sketch.sample_of(score.parts["value"]) if cell.strip()]
    return sum(cell in known.attendance for cell in cells) >= 0.6 * len(cells)


def _found(profile: Profile, there: Headers, sketch: Sketch) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for strict in (True, False):
        for rule in profile.columns:
            if any(means == rule.means for means, _ in found):
                continue
            header = there.find(rule.names, loose=not strict)
            if header and header not in sketch.never_read and (strict or header not in taken):
                found.append((rule.means, header))
                taken.add(header)
    order = {rule.means: place for place, rule in enumerate(profile.columns)}
    return tuple(sorted(found, key=lambda each: order[each[0]]))


def _known_headers(
    profile: Profile, there: Headers, found: Sequence[tuple[str, str]], wide: Sequence[WideScore]
) -> frozenset[str]:
    """Headers of the file that belong to the layout, whether they are read or not."""
    known = {header for _, header in found} | set(headers_of(wide))
    for rule in profile.columns:
        known |= {there.find([name], loose=False) for name in rule.names}
        known |= {there.find([str(name)], loose=False) for name in rule.options.get("with", ())}
    for skip in profile.skip:
        known |= {there.find([name], loose=False) for name in skip.names}
    known |= set(period_headers(profile, there))
    known |= {name for name in there.names if is_among(profile.also, name)}
    return frozenset(known - {""})


def period_headers(profile: Profile, there: Headers) -> list[str]:
    """The columns of attendance that is wide by period, in order."""
    numbered = (pattern.replace("{n}", str(n)) for n in range(15) for pattern in profile.periods)
    return list(dict.fromkeys(name for each in numbered if (name := there.find([each], loose=False))))


LONG_HEADER = 5
"""Words from which on a header is a sentence, as the questions of a form are."""


def is_among(patterns: tuple[str, ...], name: str) -> bool:
    """Is a header one of these, where * stands for anything, *? for a question and *sentence for one?"""
    exact, shapes, questions, sentences = _also(patterns)
    words = {plain_name(name), plain_name(without_year(name))}
    if not words.isdisjoint(exact) or (questions and name.endswith("?")):
        return True
    if sentences and len(name.split()) >= LONG_HEADER:
        return True
    return any(shape.fullmatch(word) for shape in shapes for word in words)


@cache
def _also(also: tuple[str, ...]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...], bool, bool]:
    exact = frozenset(plain_name(name) for name in also if "*" not in name)
    shapes = (
        re.compile(".*".join(re.escape(re.sub(r"[^a-z0-9]+", "", part.casefold())) for part in name.split("*")))
        for name in also
        if "*" in name and name not in ("*?", "*sentence")
    )
    return exact, tuple(shapes), "*?" in also, "*sentence" in also


def _confidence(
    profile: Profile,
    there: Headers,
    found: dict[str, str],
    wide: Sequence[WideScore],
    known: frozenset[str],
    sketch: Sketch,
) -> float:
    """Half for the layout's own headers that are in the file, half for the file's headers that belong to the layout."""
    if profile.needs and not any(is_among(profile.needs, name) for name in there.names):
        return 0.0
    usable = [name for name in there.names if not re.fullmatch(r"Column \d+|Unnamed: \d+", name)]
    if len(known) < 2 and not profile.plain:
        return 0.0  # a single header such as "value" may stand in any file
    share = len([name for name in known if name in usable]) / max(len(usable), 1)
    if profile.plain:
        return 0.8 * min(share, 1.0)
    weight = reached = 0.0
    for rule in profile.columns:
        if rule.means not in found and _is_joined(rule, profile):
            continue
        weight += 3.0 if rule.mark else 1.0
        if rule.means in found:
            reached += 3.0 if rule.mark and there.find(rule.names, loose=False) else 1.0
    exact = _also(profile.also)[0]
    if exact:
        weight += min(len(exact), 12)
        reached += (
            min(len(exact), 12) * sum(plain_name(without_year(name)) in exact for name in there.names) / len(exact)
        )
    if profile.unpivot is not None:
        listed = len({(each.measure, each.window) for each in wide})
        expected = max(len(profile.unpivot.measures), 1) * max(len(profile.unpivot.windows), 1)
        weight += 10.0
        reached += 10.0 * min(listed / min(expected, 6), 1.0)
    return 0.5 * min(share, 1.0) + 0.5 * (reached / weight if weight else 0.0)


def _is_joined(rule: ColumnRule, profile: Profile) -> bool:
    """Does the column come from another file of the delivery?"""
    prefixes = tuple(f"{join.prefix}." for join in profile.join)
    return bool(prefixes) and all(name.startswith(prefixes) for name in rule.names)


def _lacking(profile: Profile, found: dict[str, str], wide: Sequence[WideScore]) -> tuple[str, ...]:
    if profile.takes not in FACTS | LISTS:
        return ()
    second = any(join.headers for join in profile.join)  # without it, a sentence says to hand over both
    known = {*found, *(rule.means for rule in profile.columns if second and _is_joined(rule, profile))}
    lacking = [rule.means for rule in profile.columns if rule.needed and rule.means not in known]
    if profile.unpivot is not None and not wide:
        lacking.append("scores")
    if profile.takes in FACTS and not any(means in known for means in _WHO):
        lacking.append("student")
    if profile.takes == "staff" and not any(means in found for means in ("full_name", "last_name")):
        lacking.append("name")
    return tuple(lacking)


def _why(
    profile: Profile, found: dict[str, str], wide: Sequence[WideScore], known: frozenset[str], sketch: Sketch
) -> str:
    said = f"{len(found)} of {len(profile.columns)} columns of {profile.name} are in the file"
    if wide:
        said = f"{said}, and {len(wide)} scores in a row"
    if not profile.columns:
        said = f"{len(known)} columns of {profile.name} are in the file"
    return said


def _fit_shape(profile: Profile, sketch: Sketch) -> Match:
    """A file without a header row: as many columns, and most cells of each of the kind the layout says."""
    rows = [sketch.names, *sketch.sample][:50] if sketch.header_line else list(sketch.sample[:50])
    said = f"its columns look like those of {profile.name}"
    if not rows or len(sketch.names) != len(profile.shape):
        return Match(profile, 0.0, said, ())
    right = [
        sum(_is_of(kind, cell) for cell in column) for kind, column in zip(profile.shape, _columns(rows), strict=True)
    ]
    filled = [sum(bool(cell) for cell in column) for column in _columns(rows)]
    shares = [a / b if b else 0.0 for a, b in zip(right, filled, strict=True)]
    return Match(profile, round(min(shares), 3), said, ())


def _columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [[row[at].strip() if at < len(row) else "" for row in rows] for at in range(width)]


_SHAPES = {
    "number": re.compile(r"-?\d+(?:\.\d+)?"),
    "word": re.compile(r"(?=.*[A-Za-z]).{1,80}"),
    "mark": re.compile(r"\d+(?:\.\d+)? ?[A-F][+-]?"),
    "date": re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*"),
}


def _is_of(kind: str, cell: str) -> bool:
    return bool(cell) and _SHAPES[kind].fullmatch(cell) is not None


# Values ----------------------------------------------------------------------------------------------------------------------


def with_values(match: Match, sketch: Sketch) -> Match:
    """The same match, less sure where the cells of its columns are not what the profile says."""
    if match.profile.takes not in FACTS | LISTS or not sketch.sample:
        return match
    doubted = []
    for means, header in match.found:
        rule = match.profile.rule(means)
        if rule is not None and _share_right(rule, header, sketch) < 0.5:
            doubted.append(header)
    if not doubted:
        return match
    share = len(doubted) / max(len(match.found), 1)
    why = f"{match.why}; what stands in {_listed(doubted)} is not what it should be"
    return replace(match, confidence=round(match.confidence * (1 - 0.4 * share), 3), why=why, doubted=tuple(doubted))


def _share_right(rule: ColumnRule, header: str, sketch: Sketch) -> float:
    cells = [cell for cell in sketch.sample_of(header) if cell.strip().casefold() not in vocabulary().missing]
    cells = cells[:MOST_VALUES]
    if not cells:
        return 1.0
    asked = Asked(_SOME_DAY, {**rule.options, "decimal": decimals_told(cells) or POINT, "levels": ()})
    column = column_of(cells)
    cleaned = cleaning.clean(header, column, rule.cleaner, asked)
    wrong = {code for code, value in enumerate(cleaned.values) if isinstance(value, Trouble) and not value.question}
    return 1.0 - sum(int(code) in wrong for code in column.codes.tolist()) / len(cells)


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in names[:3]]
    return ", ".join(shown) if len(names) <= 3 else f"{', '.join(shown)} and {len(names) - 3} more"


# Choosing --------------------------------------------------------------------------------------------------------------------


def candidates(sketch: Sketch, profiles: Sequence[Profile] = ()) -> tuple[Match, ...]:
    """All profiles, best first; the best few are compared by their values too."""
    matches = sorted((fit(profile, sketch) for profile in (*profiles, *shipped_profiles())), key=_rank)
    looked = [with_values(match, sketch) for match in matches[:LOOKED_AT]]
    return tuple(sorted([*looked, *matches[LOOKED_AT:]], key=_rank))


def _rank(match: Match) -> tuple[float, int, str]:
    return -match.usable, -match.known, match.profile.key


def recognize(sketch: Sketch, profiles: Sequence[Profile] = ()) -> Match:
    """The profile that fits. ``profiles`` are own ones, tried beside those shipped.

    Raises ``UnknownLayout``, ``Undecided`` for a near tie (naming both) and ``Incomplete`` where a needed column is lacking.
    """
    ranked = candidates(sketch, profiles)
    best = ranked[0]
    incomplete = max((m for m in ranked if m.lacking and not m.profile.plain), key=lambda m: m.confidence, default=best)
    if incomplete.lacking and incomplete.confidence >= SURE and best.usable < incomplete.confidence - NEAR_TIE:
        raise _incomplete(incomplete, sketch)
    if best.usable < SURE:
        raise _unknown(sketch)
    second = ranked[1]
    alike = second.profile.plain == best.profile.plain
    if best.usable - second.usable < NEAR_TIE and alike and second.profile.takes not in ("nothing", "later"):
        there = headers(sketch.names)
        near = [match for match in ranked if best.usable - match.usable < NEAR_TIE]
        told = [match for match in near if says_so(match.profile, there, sketch)]
        if len(told) != 1:
            raise _undecided(ranked, sketch)
        return replace(told[0], why=f"{told[0].why}; the file says so itself")
    return best


_DAY_NUMBERS = ("Day Number", "Day No", "Day #", "Day Num", "DY")


def _unknown(sketch: Sketch) -> UnknownLayout:
    there = headers(sketch.names)
    day = next((name for each in _DAY_NUMBERS if (name := there.find([each], loose=False))), "")
    if day and (period_headers_of(there) or there.find(["AL", "AllDay", "All Day", "All Day Code"], loose=False)):
        return UnknownLayout(
            f"{sketch.file_name} looks like attendance by numbers of days (“{day}”), and which date a number is does not stand in it.",
            "Export it with the date of each day.",
        )
    return UnknownLayout(
        f"The layout of {sketch.file_name} is not known, so nothing was taken from it.",
        "Drop it in the window and say once what its columns mean, or say which known layout it is.",
    )


def period_headers_of(there: Headers) -> list[str]:
    """The columns of attendance that is wide by period, as any layout writes them."""
    return [name for profile in shipped_profiles() if profile.periods for name in period_headers(profile, there)]


def _undecided(ranked: Sequence[Match], sketch: Sketch) -> Undecided:
    best, second = ranked[0], ranked[1]
    error = Undecided(
        f"{sketch.file_name} could be {best.profile.name} or {second.profile.name}.",
        f"Choose the profile: {best.profile.key} or {second.profile.key}.",
    )
    error.choices = tuple(match for match in ranked if best.usable - match.usable < NEAR_TIE)
    return error


def _incomplete(match: Match, sketch: Sketch) -> Incomplete:
    lacking = ", ".join(means.replace("_", " ") for means in match.lacking)
    error = Incomplete(
        f"{sketch.file_name} looks like {match.profile.name}, but it has no column for {lacking}.",
        "Nothing was changed. Export the file with these columns, or choose another profile.",
    )
    error.match = match
    return error


def recognize_as(profile: Profile, sketch: Sketch) -> Match:
    """A profile that somebody chose. Raises ``Incomplete`` that names what the file lacks for it."""
    match = with_values(fit(profile, sketch), sketch)
    if match.lacking:
        raise _incomplete(match, sketch)
    return match
