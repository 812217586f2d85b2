"""A file no layout fits, while a coach says what its columns mean: every step gives a new ``Mapped``. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.domain.layouts import (
    SECOND,
    ColumnGroup,
    ColumnProposal,
    Family,
    FamilyColumn,
    Layout,
    LayoutQuestion,
    Meaning,
    OddColumn,
    Proposal,
    SecondFile,
)
from mtss_desktop.importing import joining, mapped, proposing, reading, recognize
from mtss_desktop.importing.counting import Counted, count_cells
from mtss_desktop.importing.habits import CHOICES, DATE_ORDER, ENCODING
from mtss_desktop.importing.handed import open_handed
from mtss_desktop.importing.kinds import look_at
from mtss_desktop.importing.mapped import FirstLook
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.usecases.import_files import second_file
from mtss_desktop.usecases.mapping_seasons import (
    IS,
    PERIODS,
    SEASON,
    left_out,
    odd_columns,
    season_questions,
    season_renamed,
    with_periods,
    with_word,
)

WHO = ("local_id", "state_id", "other_id", "full_name", "last_name")
SHOWN_ROWS = 8
_KEPT_FOR_FILE = frozenset({"window", "year", *CHOICES} - {DATE_ORDER})
"""Answers that belong to one file and not to its layout."""


@dataclass(frozen=True)
class GroupLine:
    """A group of columns, or one family of like columns. ``open`` says that something in it is still asked."""

    key: str
    group: ColumnGroup
    family: int
    columns: int
    first: str
    last: str


@dataclass(frozen=True)
class ColumnLine:
    """A column as the screen shows it; ``examples`` are empty for what is never read."""

    header: str
    place: int
    meaning: str
    reason: str
    examples: tuple[str, ...]
    measure: str = ""
    called: str = ""
    window: str = ""
    year: int = 0
    asks: str = ""
    """The word that stands where the other columns of the family have their season."""


@dataclass(frozen=True)
class Mapped:
    """``layout`` is what is confirmed so far."""

    file: str
    proposal: Proposal
    layout: Layout
    sketch: Sketch = field(repr=False)
    alone: Sketch | None = field(default=None, repr=False)
    """The file without the second one it is joined with."""
    second: str = ""
    """Where the second file stands, "" where there is none."""

    @property
    def takes(self) -> str:
        return self.layout.takes

    @cached_property
    def by_header(self) -> dict[str, ColumnProposal]:
        return {each.header: each for each in self.proposal.columns}

    @cached_property
    def _meanings(self) -> dict[str, Meaning]:
        return {each.key: each for each in proposing.meanings(self.takes)}

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """Everything a column can mean, in the order of a list to choose from."""
        return tuple(self._meanings.values())

    @cached_property
    def _place(self) -> dict[str, tuple[ColumnGroup, int, str]]:
        """Header → its group, its family (-1 for none) and its meaning."""
        found: dict[str, tuple[ColumnGroup, int, str]] = {
            each.header: (ColumnGroup.NEVER if each.never else ColumnGroup.OTHER, -1, "")
            for each in self.proposal.columns
        }
        for header, means in self.layout.columns:
            found[header] = (self._group_of(means), -1, means)
        for family in self.layout.families:
            for column in family.columns:
                found[column.header] = (ColumnGroup.SCORES, family.key, family.part)
        for odd in self.odd:
            found[odd.header] = (ColumnGroup.SCORES, odd.family, "")
        return found

    @cached_property
    def odd(self) -> tuple[OddColumn, ...]:
        """Columns that would fit a family if one more word were a season, until that is answered."""
        return odd_columns(self.sketch, self.layout, {each.header for each in self.proposal.columns if each.never})

    def _group_of(self, means: str) -> ColumnGroup:
        known = self._meanings.get(means)
        return known.group if known is not None else ColumnGroup.SCORES

    @cached_property
    def groups(self) -> tuple[GroupLine, ...]:
        """Groups with columns, families each for itself; what is not used and what is never read come last."""
        gathered: dict[tuple[ColumnGroup, int], list[str]] = {}
        for header, (group, family, _) in self._place.items():
            gathered.setdefault((group, family), []).append(header)
        order = list(ColumnGroup)
        lines = []
        for (group, family), headers in sorted(
            gathered.items(), key=lambda each: (order.index(each[0][0]), each[0][1])
        ):
            key = f"family {family}" if family >= 0 else group.value
            lines.append(GroupLine(key, group, family, len(headers), headers[0], headers[-1]))
        return tuple(lines)

    def columns_of(self, key: str) -> tuple[ColumnLine, ...]:
        """The columns of a group or a family, in the file's order; those that ask something come first."""
        line = next((each for each in self.groups if each.key == key), None)
        if line is None:
            return ()
        family = self.family(line.family)
        split = {each.header: each for each in family.columns} if family is not None else {}
        odd = {each.header: each for each in self.odd}
        wanted = (line.group, line.family)
        lines = (
            self._line(header, means, split.get(header), odd.get(header))
            for header, (group, family_key, means) in self._place.items()
            if (group, family_key) == wanted
        )
        return tuple(sorted(lines, key=lambda line: not line.asks))

    def _line(self, header: str, means: str, split: FamilyColumn | None, odd: OddColumn | None) -> ColumnLine:
        known = self.by_header[header]
        examples = () if known.never else known.examples[:3]
        line = ColumnLine(header, known.place, means, known.reason, examples)
        measures = dict(self.layout.measures)
        if odd is not None:
            called = measures.get(odd.measure) or odd.measure
            return replace(line, measure=odd.measure, called=called, year=odd.year, asks=odd.word)
        if split is None:
            return line
        called = measures.get(split.measure) or split.measure
        return replace(line, measure=split.measure, called=called, window=split.window, year=split.year)

    def family(self, key: int) -> Family | None:
        return next((each for each in self.layout.families if each.key == key), None)

    # What is lacking ----------------------------------------------------------------------------------------------------

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """What has to be told before rows can be checked: student, value, measure, when, day, grade, name."""
        means = {meaning for _, meaning in self.layout.columns}
        families = self.layout.families
        found = []
        if self.takes in ("scores", "students", "incidents", "absences") and not means & set(WHO):
            found.append("student")
        if self.takes == "scores":
            found += self._score_lacks(means, families)
        found += [each for each in _NEEDED.get(self.takes, ()) if each not in means]
        if not self.layout.name.strip():
            found.append("name")
        return tuple(found)

    def _score_lacks(self, means: set[str], families: tuple[Family, ...]) -> list[str]:
        found = []
        parts = {family.part for family in families} | means
        if not parts & {"value", "level"}:
            found.append("value")
        measured = "measure" in means or self.layout.answer("measure")
        if not measured and not (families and all(family.measures != ("",) for family in families)):
            found.append("measure")
        told = parts & {"taken_on", "window"} or any(family.windows for family in families)
        if not told and not self.layout.answer("window"):
            found.append("window")
        return found

    @cached_property
    def questions(self) -> tuple[LayoutQuestion, ...]:
        """What a person has to say and has not said; the first is to be answered first."""
        lacking = set(self.lacking)
        asked = []
        for question in self.proposal.questions:
            if self.layout.answer(question.key):
                continue
            if question.key in ("date_order", "year") or question.key in lacking:
                asked.append(question)
        known = {question.key for question in asked}
        if "measure" in lacking - known:
            asked.append(LayoutQuestion("measure", "Which test is this?"))
        if "window" in lacking - known:
            asked.append(
                LayoutQuestion("window", "When was this test given?", ("Fall", "Winter", "Spring"), whole_file=True)
            )
        known = {question.key for question in asked}
        asked += [LayoutQuestion(key, _WHICH[key]) for key in self.lacking if key in _WHICH and key not in known]
        asked += season_questions(self.odd, self.layout)
        return tuple(each for each in asked if each.key != "year" or not self._has_year())

    def _has_year(self) -> bool:
        means = {meaning for _, meaning in self.layout.columns}
        return bool(means & {"taken_on", "year"}) or any(
            column.year for family in self.layout.families for column in family.columns
        )

    @property
    def answers_for_file(self) -> tuple[tuple[str, str], ...]:
        """What belongs to this file alone: its season, its year, and how it writes what can be written several ways."""
        return tuple(each for each in self.layout.answers if each[0] in _KEPT_FOR_FILE and each[1])


_WHICH = {
    "student": "Which column says which student a row is about?",
    "value": "Which column holds the scores?",
    "grade": "Which column tells the grade?",
    "day": "Which column says on which day it was?",
    "team": "Which column names the team?",
}
"""Questions that a column answers."""
OFFERED = 6
_KINDS = {"value": "number", "grade": "grade", "day": "date"}
"""What the cells of a column that answers look like."""
_NEEDED = {"students": ("grade",), "incidents": ("day",), "absences": ("day",), "teams": ("team",)}


# Steps ------------------------------------------------------------------------------------------------------------------


def open_file(file: str, progress: Progress | None = None) -> Mapped:
    """Reads how a file is written and proposes a meaning for every column. Raises ``UserError`` for what is no table."""
    handed = open_handed(Path(file), progress=progress or silent())
    part = handed.parts[0]
    sketch = reading.look(part.data, part.name, recognize.known_words(), layout=part.layout)
    return _proposed(file, sketch, "", "")


def _proposed(file: str, sketch: Sketch, takes: str, name: str) -> Mapped:
    proposal = proposing.propose(sketch, takes)
    called = name or sketch.file_name.rpartition(".")[0].replace("_", " ").strip().capitalize()
    return Mapped(file, proposal, proposal.layout(called), sketch)


def as_kind(now: Mapped, takes: str) -> Mapped:
    """The same file read as another kind of file: scores, students, incidents …"""
    made = _proposed(now.file, now.sketch, takes, now.layout.name)
    layout = replace(made.layout, second=now.layout.second)
    return replace(made, layout=layout, alone=now.alone, second=now.second)


def with_second(
    now: Mapped,
    file: str,
    here: str = "",
    there: str = "",
    progress: Progress | None = None,
    *,
    encoding: str = "",
) -> Mapped:
    """Columns of a second file beside those of this one, by an id both have: found, or chosen by (``here``, ``there``).

    What was said so far stays where the second file brings nothing new. Raises ``UserError`` where no ids are shared.
    """
    quiet = progress or silent()
    told = encoding or now.layout.answer(ENCODING)
    first, second = now.alone or now.sketch, second_file(file, quiet, encoding=told)
    if here and there:
        join = joining.by_columns(first, second, here, there, quiet)
    else:
        join = joining.proposed(first, second, quiet)
    made = _proposed(now.file, joining.beside(first, second, join, quiet), now.takes, now.layout.name)
    layout = replace(made.layout, second=join, answers=now.layout.answers, measures=now.layout.measures)
    return _with_their_ids(replace(made, layout=layout, alone=first, second=file), join)


def _with_their_ids(now: Mapped, join: SecondFile) -> Mapped:
    """Where the first file's ids only lead to the second, the second's are the students' own."""
    for means in ("local_id", "state_id"):
        if (join.here, means) in now.layout.columns:
            names = (each.header for each in now.proposal.columns if each.header.startswith(f"{SECOND}."))
            theirs = next((name for name in names if proposing.is_called(name, means, now.takes)), "")
            return with_meaning(now, theirs, means) if theirs else now
    return now


def without_second(now: Mapped) -> Mapped:
    """The file by itself again."""
    if now.alone is None:
        return now
    return _proposed(now.file, now.alone, "", now.layout.name)


def named(now: Mapped, name: str) -> Mapped:
    return replace(now, layout=replace(now.layout, name=" ".join(name.split())))


def with_answer(now: Mapped, key: str, value: str) -> Mapped:
    """Raises ``UserError`` where two columns would be the same score."""
    if key == PERIODS:
        return replace(now, layout=with_periods(now.layout, value))
    if key.startswith(SEASON):
        return replace(now, layout=with_word(now.layout, now.odd, key.removeprefix(SEASON), value))
    answers = tuple(each for each in now.layout.answers if each[0] != key)
    return replace(now, layout=replace(now.layout, answers=(*answers, (key, value.strip()))))


def with_meaning(now: Mapped, header: str, means: str) -> Mapped:
    """One column means something, or nothing (""); no other column keeps the same meaning. What is never read stays so."""
    if now.by_header[header].never:
        return now
    layout = _without(now.layout, {header})
    columns = tuple(each for each in layout.columns if each[1] != means)
    if means:
        columns = (*columns, (header, means))
    return replace(now, layout=replace(layout, columns=columns))


def offered(now: Mapped, key: str) -> tuple[str, ...]:
    """Columns that may answer a question, the likeliest first; none where a column is no answer."""
    if key == "measure":
        return _naming(now)
    if key not in _WHICH:
        return ()
    free = [each for each in now.proposal.columns if not each.never and each.family < 0]
    used = {header for header, _ in now.layout.columns}
    means = set(WHO) if key == "student" else {key}

    def rank(each: ColumnProposal) -> tuple[bool, bool, float, bool]:
        fits = look_at(now.sketch.sample_of(each.header)).share(_KINDS[key]) if key in _KINDS else 0.0
        return each.header in used, means.isdisjoint(each.others), -fits, not each.examples

    ranked = sorted(free, key=rank)
    return tuple(each.header for each in ranked[:OFFERED])


def _naming(now: Mapped) -> tuple[str, ...]:
    """Columns that mean nothing else and whose words may be names of tests: a few words that come again and again."""
    used = {header for header, _ in now.layout.columns}
    found = []
    for each in now.proposal.columns:
        if not each.never and each.family < 0 and each.header not in used:
            values = look_at(now.sketch.sample_of(each.header))
            if values.share("text") >= 0.8 and values.share("long") < 0.2 and 2 * values.different <= values.filled:
                found.append(each.header)
    return tuple(found[:3])


def with_column(now: Mapped, key: str, header: str) -> Mapped:
    """A question answered by a column; one that tells the student by words holds names, any other ids."""
    means = key
    if key == "student":
        is_text = look_at(now.sketch.sample_of(header)).share("text") >= 0.8
        means = "full_name" if is_text else "local_id"
    return with_meaning(now, header, means)


def with_group(now: Mapped, headers: tuple[str, ...], group: ColumnGroup) -> Mapped:
    """Columns go to a group: each gets the first meaning of it that fits and that no other column has."""
    if group is ColumnGroup.OTHER:
        out = {header for header in headers if not now.by_header[header].never}
        return replace(now, layout=left_out(_without(now.layout, out), now.odd, out))
    for header in headers:
        taken = {means for other, means in now.layout.columns if other != header}
        liked = now.by_header[header].others
        free = [each.key for each in now.meanings if each.group is group and each.key not in taken]
        best = next((key for key in liked if key in free), free[0] if free else "")
        if best:
            now = with_meaning(now, header, best)
    return now


def with_pattern(now: Mapped, key: int, pattern: str, part: str) -> Mapped:
    """A family by the pattern somebody typed; columns that fit no longer are not used."""
    old = now.family(key)
    if old is None or ("{m}" not in pattern and "{w}" not in pattern):
        return now
    found = proposing.family_by(now.sketch, pattern, part, key, now.layout.seasons)
    never = {each.header for each in now.proposal.columns if each.never}
    others = {column.header for each in now.layout.families if each.key != key for column in each.columns}
    found = replace(found, columns=tuple(each for each in found.columns if each.header not in never | others))
    if not found.columns:
        return now
    return replace(now, layout=mapped.with_family(now.layout, found))


def with_measure_called(now: Mapped, measure: str, called: str) -> Mapped:
    """A piece of the headers gets the name a coach uses: Read is "Reading, composite"."""
    called = " ".join(called.split())
    return replace(now, layout=mapped.renamed(now.layout, measure, called)) if called else now


def with_season_called(now: Mapped, header: str, called: str) -> Mapped:
    """The word a header has for its season is the season a coach names: BOY is Fall. Raises ``UserError`` as ``with_answer``."""
    called = " ".join(called.split())
    odd = next((each for each in now.odd if each.header == header), None)
    if not called:
        return now
    if odd is not None:
        return with_answer(now, f"{SEASON}{odd.word.casefold()}", f"{IS}{called}")
    return replace(now, layout=season_renamed(now.layout, header, called))


def _without(layout: Layout, headers: set[str]) -> Layout:
    columns = tuple(each for each in layout.columns if each[0] not in headers)
    families = tuple(
        replace(family, columns=tuple(each for each in family.columns if each.header not in headers))
        for family in layout.families
    )
    return replace(layout, columns=columns, families=tuple(each for each in families if each.columns))


# What it comes to ---------------------------------------------------------------------------------------------------------


def first_look(now: Mapped, today: date) -> FirstLook:
    """The first rows as they will be taken, and what is asked about the file. Raises ``UserError`` where nothing is taken."""
    if set(now.lacking) & {"student", "value", *_NEEDED.get(now.takes, ())}:
        return FirstLook()
    return mapped.first_look(now.sketch, now.layout, today=today, rows=SHOWN_ROWS)


def count(now: Mapped, progress: Progress | None = None) -> Counted:
    """Rows, and filled cells of each column, over the whole file; what is never read is not looked at."""
    never = [each.header for each in now.proposal.columns if each.never]
    return count_cells(now.sketch, never, progress or silent())


def scores_in(now: Mapped, counted: Counted) -> int:
    """How many scores a file of scores holds by the layout as it stands; 0 where that cannot be said."""
    if now.takes != "scores":
        return 0
    filled = dict(counted.filled)
    for part in ("value", "level"):
        headers = [header for header, means in now.layout.columns if means == part]
        headers += [each.header for family in now.layout.families if family.part == part for each in family.columns]
        if headers:
            return sum(filled.get(header, 0) for header in headers)
    return 0


def in_encoding(now: Mapped, encoding: str) -> Mapped:
    """The same file read in the encoding a person told; what was said so far stays where its headers are the same."""
    if now.alone is not None and now.layout.second is not None:
        return _joined_in_encoding(now, now.alone, now.layout.second, encoding)
    sketch = reading.look_again(now.sketch, encoding, recognize.known_words())
    made = _proposed(now.file, sketch, now.takes, now.layout.name)
    if sketch.names == now.sketch.names:
        made = replace(made, layout=now.layout, alone=now.alone, second=now.second)
    return with_answer(made, ENCODING, encoding)


def _joined_in_encoding(now: Mapped, alone: Sketch, join: SecondFile, encoding: str) -> Mapped:
    """Both files read again: what is wrong in a score may be wrong in the names beside it."""
    guessed = reading.is_guessed(alone)
    first = reading.look_again(alone, encoding, recognize.known_words()) if guessed else alone
    second = second_file(now.second, encoding=encoding)
    if join.here not in first.names or join.there not in second.names:
        return with_answer(with_second(replace(now, alone=first), now.second, encoding=encoding), ENCODING, encoding)
    sketch = joining.beside(first, second, join, silent())
    made = replace(_proposed(now.file, sketch, now.takes, now.layout.name), alone=first, second=now.second)
    layout = now.layout if sketch.names == now.sketch.names else replace(made.layout, second=join)
    return with_answer(replace(made, layout=layout), ENCODING, encoding)


def profile_text(now: Mapped) -> str:
    """The layout as it is kept and given to others. Raises ``UserError`` with what is lacking."""
    kept = tuple(each for each in now.layout.answers if each[0] not in _KEPT_FOR_FILE)
    return mapped.profile_text(replace(now.layout, answers=kept), now.sketch)
