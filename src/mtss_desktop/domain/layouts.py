"""The layout of a file nobody knows yet: what each column may mean, as proposed and as somebody confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnGroup(StrEnum):
    """How columns are gathered on the screen where they get their meanings."""

    IDS = "ids"
    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    SCORES = "scores"
    OTHER = "other"
    NEVER = "never"


@dataclass(frozen=True)
class Meaning:
    """One thing a column can mean. ``needed``: without it nothing can be taken from the file."""

    key: str
    label: str
    group: ColumnGroup
    needed: bool = False


@dataclass(frozen=True)
class ColumnProposal:
    """A column with its proposed meaning; "" where it is not taken. ``place`` counts from 1; ``others`` are the next best meanings.

    ``never`` columns hold what is never read: passwords, addresses, phones, health text.
    """

    header: str
    place: int
    meaning: str
    group: ColumnGroup
    confidence: float
    reason: str
    examples: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    family: int = -1

    @property
    def never(self) -> bool:
        return self.group is ColumnGroup.NEVER


@dataclass(frozen=True)
class FamilyColumn:
    """One header of a family, split: which measure, season ("" for none) and school year (0 for none)."""

    header: str
    measure: str
    window: str = ""
    year: int = 0


@dataclass(frozen=True)
class Family:
    """Columns that one pattern maps: {m} stands for the measure, {w} the season, {y} the school year.

    ``part`` is what the columns hold: value, level, percentile, error or taken_on.
    """

    key: int
    pattern: str
    part: str
    columns: tuple[FamilyColumn, ...]
    reason: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column.measure for column in self.columns))

    @property
    def windows(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column.window for column in self.columns if column.window))


@dataclass(frozen=True)
class LayoutQuestion:
    """Something the columns do not tell. Answered in ``Layout.answers`` by ``key``; without ``choices`` by typing.

    ``whole_file``: the answer belongs to this file, not to the layout, and is asked again for the next one.
    """

    key: str
    text: str
    choices: tuple[str, ...] = ()
    whole_file: bool = False


@dataclass(frozen=True)
class Proposal:
    """What an unknown file seems to be. ``takes`` is a kind such as scores or students; ``header_line`` the file's own line.

    ``seasons`` are words of its headers that stand where seasons do and are no known ones.
    """

    file_name: str
    takes: str
    takes_reason: str
    columns: tuple[ColumnProposal, ...]
    families: tuple[Family, ...]
    questions: tuple[LayoutQuestion, ...]
    header_line: int = 1
    seasons: tuple[tuple[str, str], ...] = ()

    def layout(self, name: str = "", answers: tuple[tuple[str, str], ...] = ()) -> Layout:
        """The proposal as if everything in it were confirmed."""
        columns = tuple((each.header, each.meaning) for each in self.columns if each.meaning and each.family < 0)
        called = name or self.file_name.rpartition(".")[0]
        return Layout(called, self.takes, columns, self.families, answers, seasons=self.seasons)


@dataclass(frozen=True)
class OddColumn:
    """A column that fits a family but for ``word``, which stands where the others have their season. ``family`` is its key."""

    header: str
    family: int
    measure: str
    word: str
    year: int = 0


SECOND = "second file"
"""What columns of a joined file are called before their own header."""


@dataclass(frozen=True)
class SecondFile:
    """A second file joined row by row: its column ``there`` holds what the first file's column ``here`` holds.

    ``headers`` tell it among files handed over together; ``found`` of ``rows`` first rows have a partner in it.
    """

    file_name: str
    here: str
    there: str
    headers: tuple[str, ...]
    found: int = 0
    rows: int = 0


@dataclass(frozen=True)
class Layout:
    """A confirmed mapping. ``columns`` are (header, meaning); ``measures`` rename measures read off headers: (read, called).

    ``seasons`` say what words of the headers mean beside the known ones: (word, season).
    """

    name: str
    takes: str
    columns: tuple[tuple[str, str], ...]
    families: tuple[Family, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    measures: tuple[tuple[str, str], ...] = ()
    second: SecondFile | None = None
    seasons: tuple[tuple[str, str], ...] = ()

    def answer(self, key: str) -> str:
        return dict(self.answers).get(key, "")


@dataclass(frozen=True)
class UnderstoodRow:
    """One of the first rows as it will be taken; ``trouble`` says why it will not be. ``line`` is the file's own line."""

    line: int
    student: str = ""
    name: str = ""
    school: str = ""
    grade: str = ""
    what: str = ""
    when: str = ""
    value: str = ""
    level: str = ""
    trouble: str = ""
