"""Several files at once, folders and ZIPs: each part recognized, parts of one delivery joined, what brings nothing said."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.memory import uncollected
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.importing import dialect, reading, recognize, sheets
from mtss_desktop.importing.deliveries import Delivered, together
from mtss_desktop.importing.habits import ENCODING
from mtss_desktop.importing.handed import Handed, Part, open_handed
from mtss_desktop.importing.profile import FACTS
from mtss_desktop.importing.recognize import Match
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.understanding import understand
from mtss_desktop.usecases.import_prepared import Knowledge, Prepared, chosen_profile, own_profiles

_ORDER = ("schools", "calendar", "staff", "teams", "students", "scores", "incidents", "absences")
"""Who is there comes before what is said of them."""


NOT_ALONE = "What this table no longer has stays: it came with others that hold rows of the same kind."


@dataclass(frozen=True)
class Known:
    """A file or part that was looked at. ``match`` is also there where something is ``wrong`` that a join may mend."""

    name: str
    sketch: Sketch | None
    match: Match | None
    wrong: UserError | None = None


@dataclass(frozen=True)
class Delivery:
    """What one file, folder or ZIP brings: ``prepared`` in the order to apply, ``empty`` ones that bring nothing.

    ``nothing`` and ``unknown`` say by name why; ``rows`` are those of the empty ones.
    """

    name: str
    prepared: tuple[Prepared, ...] = ()
    empty: tuple[Prepared, ...] = ()
    nothing: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[str, UserError], ...] = ()
    noted: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of the tables that bring nothing."""
        return sum(each.understood.rows for each in self.empty)


def prepare_all(
    files: Sequence[str],
    *,
    today: date,
    profile: str = "",
    answers: tuple[tuple[str, str], ...] = (),
    knowledge: Knowledge | None = None,
    sheet: str = "",
    layout: str = "",
    progress: Progress | None = None,
    quiet: bool = True,
) -> tuple[Delivery, ...]:
    """One delivery for each of the files, in their order. Files given together may complete one another.

    What cannot be used is in ``unknown`` where ``quiet``, so that one bad file does not stop the others; else it is raised.
    """
    preparer = _Preparer(today, profile, answers, knowledge or Knowledge(), sheet, layout, progress or silent())
    with uncollected():
        opened = [preparer.open(file, quiet=quiet) for file in files]
        return tuple(preparer.delivery(file, each, opened) for file, each in zip(files, opened, strict=True))


@dataclass(frozen=True)
class _Opened:
    name: str
    parts: tuple[Known, ...]
    bundle: bool = False
    noted: tuple[str, ...] = ()


class _Preparer:
    def __init__(
        self,
        today: date,
        profile: str,
        answers: tuple[tuple[str, str], ...],
        knowledge: Knowledge,
        sheet: str,
        layout: str,
        progress: Progress,
    ) -> None:
        self.today, self.profile, self.answers, self.knowledge = today, profile, answers, knowledge
        self.sheet, self.layout, self.progress = sheet, layout, progress
        self.own = own_profiles(knowledge)

    def open(self, file: str, *, quiet: bool) -> _Opened:
        path = Path(file)
        self.progress.step(f"Opening {path.name}")
        try:
            handed = open_handed(path, layout=Path(self.layout) if self.layout else None, progress=self.progress)
        except UserError as error:
            if not quiet:
                raise
            return _Opened(path.name, (Known(path.name, None, None, error),))
        parts = (each for part in handed.parts for each in self._tables(handed, part))
        return _Opened(handed.name, tuple(parts), handed.bundle, handed.noted)

    def _tables(self, handed: Handed, part: Part) -> tuple[Known, ...]:
        """A file, or every sheet of a workbook that some layout knows; the others are named."""
        with sheets.Workbook(part.data, part.name) as book:
            first = self._known(handed, part, book, self.sheet)
            if first.sketch is None or not first.sketch.other_sheets:
                return (first,)
            if self.sheet:
                return (replace(first, sketch=_by_place(first.sketch)),)
            read, unread = ([first], []) if first.match is not None else ([], [first.sketch.sheet_place])
            for place, name in first.sketch.other_sheets:
                each = self._known(handed, part, book, name)
                if each.match is not None and each.wrong is None:
                    read.append(each)
                else:
                    unread.append(place)
        if not read:
            return (first,)
        return tuple(_sheet_of(each, place, len(read), sorted(unread)) for place, each in enumerate(read, 1))

    def _known(self, handed: Handed, part: Part, book: sheets.Workbook, sheet: str) -> Known:
        try:
            sketch = reading.look(
                part.data,
                part.name,
                recognize.known_words(),
                sheet=sheet,
                layout=part.layout,
                encoding=dict(self.answers).get(ENCODING, ""),
                book=book,
            )
        except UserError as error:
            return Known(part.name, None, None, error)
        if not handed.bundle:
            sketch = replace(sketch, sha256=handed.sha256)
        try:
            if self.profile:
                return Known(part.name, sketch, recognize.recognize_as(chosen_profile(self.profile, self.own), sketch))
            return Known(part.name, sketch, recognize.recognize(sketch, self.own))
        except recognize.Incomplete as error:
            return Known(part.name, sketch, error.match, error)
        except UserError as error:
            return Known(part.name, sketch, None, error)

    def delivery(self, file: str, mine: _Opened, everything: Sequence[_Opened]) -> Delivery:
        parts = [*mine.parts, *(part for opened in everything if opened is not mine for part in opened.parts)]
        looked = [(part.sketch, part.match) for part in parts if part.sketch is not None and part.match is not None]
        own = {id(part.sketch) for part in mine.parts}
        bare = [part.sketch for part in parts if part.sketch is not None and part.match is None]
        everything_joined = together(looked, self.today, bare)
        joined = [each for each in everything_joined if id(each.sketch) in own]
        prepared: list[Prepared] = []
        empty: list[Prepared] = []
        unknown = [(part.name, part.wrong) for part in mine.parts if part.wrong is not None and part.match is None]
        wrong = {id(part.sketch): part.wrong for part in mine.parts}
        for each in sorted(joined, key=_order):
            name, error = each.sketch.file_name, wrong[id(each.sketch)]
            if error is not None and (not each.others or each.match.lacking):
                unknown.append((name, error))
                continue
            try:
                made = _beside(self.prepared(file, each), joined)
            except UserError as refused:
                unknown.append((name, refused))
                continue
            (empty if made.understood.nothing else prepared).append(made)
        helpers = {each.sketch.file_name for each in joined if each.into}
        helpers |= {name for each in everything_joined for name in each.helpers}
        keys = dict.fromkeys(each.match.profile.key for each in joined)
        return Delivery(
            mine.name,
            tuple(prepared),
            tuple(empty),
            tuple(
                (m.understood.sketch.file_name, m.understood.nothing)
                for m in empty
                if m.understood.sketch.file_name not in helpers
            ),
            tuple(each for each in unknown if each[0] not in helpers),
            mine.noted,
            tuple(keys),
        )

    def prepared(self, file: str, each: Delivered) -> Prepared:
        answers = (*(told for told in each.answers if told[0] not in dict(self.answers)), *self.answers)
        told = dict(self.knowledge.answers) | dict(answers)
        found = understand(
            each.sketch, each.match, today=self.today, progress=self.progress, answers=told, others=each.others
        )
        return Prepared(file, found, answers, self.knowledge, each.others)


def _sheet_of(known: Known, place: int, of: int, unread: Sequence[int]) -> Known:
    """One of several sheets that are read: told apart by its number, since a sheet may be called after a student."""
    assert known.sketch is not None
    sketch = known.sketch
    here = sketch.sheet_place
    said = reading.others_said(here, sketch.sheets, [each for each, _ in sketch.other_sheets])
    noted = [each for each in sketch.noted if each != said]
    if of > 1:
        noted.insert(0, f"This is sheet {here} of {sketch.sheets} of the workbook.")
        sketch = _by_place(sketch)
    if place == 1 and unread:
        not_read = f"Not read, since no layout knows what it holds: {reading.sheets_said(unread)}."
        noted.append(reading.others_said(here, sketch.sheets, unread) if of == 1 else not_read)
    name = known.name if place == 1 else f"{known.name}, sheet {here}"
    return replace(known, name=name, sketch=replace(sketch, file_name=name, noted=tuple(noted), other_sheets=()))


def _by_place(sketch: Sketch) -> Sketch:
    """Two sheets of a workbook are not the same file."""
    return replace(sketch, sha256=hashlib.sha256(f"{sketch.sha256}\0{sketch.sheet_place}".encode()).hexdigest())


def _beside(prepared: Prepared, joined: Sequence[Delivered]) -> Prepared:
    """Where more than one table of a delivery brings the same kind of facts, none of them alone has everything."""
    takes, own = prepared.profile.takes, prepared.understood.sketch.sha256
    same = [each.sketch.sha256 for each in joined if not each.into and each.match.profile.takes == takes]
    others = tuple(each for each in same if each != own)
    if takes not in FACTS or not others:
        return prepared
    return replace(prepared, beside=others, remarks=(*prepared.remarks, NOT_ALONE))


def prepare_joined(
    file: str,
    second: str,
    *,
    profile: str,
    today: date,
    answers: tuple[tuple[str, str], ...] = (),
    knowledge: Knowledge | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """A file by a layout that joins it with a second one. Raises ``UserError`` where one of them cannot be used."""
    told = dict(answers).get(ENCODING, "")
    plain = tuple(each for each in answers if each[0] != ENCODING)
    preparer = _Preparer(today, profile, plain, knowledge or Knowledge(), "", "", progress or silent())
    mine = preparer.open(file, quiet=False).parts[0]
    if told and mine.sketch is not None and reading.is_guessed(mine.sketch):
        preparer = _Preparer(today, profile, answers, knowledge or Knowledge(), "", "", progress or silent())
        mine = preparer.open(file, quiet=False).parts[0]
    if mine.sketch is None or mine.match is None:
        raise mine.wrong or UserError(f"{mine.name} cannot be read.", "Choose another file.")
    other = second_file(second, progress, encoding=told)
    return preparer.prepared(file, together([(mine.sketch, mine.match)], today, [other])[0])


def second_file(file: str, progress: Progress | None = None, *, encoding: str = "") -> Sketch:
    """How a file that is only joined is written. Raises ``UserError`` for what is no table.

    An ``encoding`` told of the file it is joined with is its own where it was only guessed.
    """
    part = open_handed(Path(file), progress=progress or silent()).parts[0]
    sketch = reading.look(part.data, part.name, recognize.known_words(), layout=part.layout)
    return (
        reading.look_again(sketch, encoding, recognize.known_words())
        if encoding and reading.is_guessed(sketch)
        else sketch
    )


def _order(each: Delivered) -> tuple[int, str]:
    takes = each.match.profile.takes
    return _ORDER.index(takes) if takes in _ORDER else len(_ORDER), each.sketch.file_name


# Explaining -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ColumnMeaning:
    """``means`` is "" for a column nothing has a use for; ``values`` are a few cells, none of a column that is never read."""

    column: str
    means: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """How a file was read and understood. ``header_line`` is 0 where there is no header; ``candidates`` are (profile, confidence)."""

    file: str
    kind: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_line: int = 0
    header_rows: int = 0
    columns: int = 0
    profile: str = ""
    confidence: float = 0.0
    why: str = ""
    candidates: tuple[tuple[str, float], ...] = ()
    meanings: tuple[ColumnMeaning, ...] = ()
    never_read: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    trouble: str = ""


def explain(
    file: str, *, profile: str = "", knowledge: Knowledge | None = None, sheet: str = "", layout: str = ""
) -> tuple[Explained, ...]:
    """One for every table in a file, folder or ZIP. No database is asked, no row is kept."""
    preparer = _Preparer(date.max, profile, (), knowledge or Knowledge(), sheet, layout, silent())
    opened = preparer.open(file, quiet=True)
    return tuple(_explained(part, opened.noted if place == 0 else ()) for place, part in enumerate(opened.parts))


def _explained(part: Known, noted: tuple[str, ...]) -> Explained:
    sketch, match = part.sketch, part.match
    if sketch is None:
        return Explained(part.name, noted=noted, trouble=str(part.wrong))
    ranked = recognize.candidates(sketch)[:3]
    return Explained(
        part.name,
        sketch.kind,
        sketch.encoding,
        dialect.NAMES.get(sketch.separator, sketch.separator),
        sketch.header_line,
        sketch.header_rows,
        len(sketch.names),
        match.profile.key if match is not None else "",
        match.confidence if match is not None else 0.0,
        match.why if match is not None else "",
        tuple((each.profile.key, each.confidence) for each in ranked),
        _meanings(sketch, match),
        sketch.never_read,
        (*noted, *sketch.noted),
        str(part.wrong) if part.wrong is not None else "",
    )


def _meanings(sketch: Sketch, match: Match | None) -> tuple[ColumnMeaning, ...]:
    means: dict[str, list[str]] = {}
    if match is not None:
        for meaning, header in match.found:
            means.setdefault(header, []).append(meaning.replace("_", " "))
        for wide in match.wide:
            for what, header in wide.parts.items():
                year = f"{wide.year}–{(wide.year + 1) % 100:02}" if wide.year else ""
                about = " ".join(word for word in (wide.measure, wide.window, year) if word)
                means.setdefault(header, []).append(f"{what} of {about}" if about else what)
    return tuple(ColumnMeaning(name, ", ".join(means.get(name, ())), _few(sketch, name)) for name in sketch.names)


def _few(sketch: Sketch, name: str) -> tuple[str, ...]:
    if name in sketch.never_read:
        return ()
    return tuple(dict.fromkeys(cell[:30] for cell in sketch.sample_of(name) if cell))[:3]
