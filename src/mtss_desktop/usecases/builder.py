"""Instruments of one's own: made anew, copied from one that is there, changed item by item, made ready, given to others.

Only a draft changes. A version that rates stays as it is; changing it makes the next version, so that ratings keep what they were made
with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain import instrument_checks as checks
from mtss_desktop.domain import instrument_drafts as drafts
from mtss_desktop.domain.instrument_checks import Finding
from mtss_desktop.domain.instrument_drafts import ItemFact, RatedBy, Typed
from mtss_desktop.domain.instrument_lists import ReadList, read_rows
from mtss_desktop.domain.instruments import Condition, Criterion, Instrument
from mtss_desktop.domain.ratings import InstrumentVersion, InstrumentVersionId, Origin, VersionState
from mtss_desktop.importing import plain_rows
from mtss_desktop.packs import instruments as packs
from mtss_desktop.packs import writing
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name, clean_text
from mtss_desktop.usecases.use_case import question, use_case


class ListFact(StrEnum):
    """What is typed about a whole list."""

    TITLE = "title"
    UNIT = "unit"
    ABOUT = "about"
    WHO = "who"
    WHEN = "when"
    LICENSE = "license"
    CRITERION = "criterion"
    """A percent of all points, from which it counts as met; empty for none."""


@dataclass(frozen=True)
class DraftView:
    """An instrument with what its author should know. ``changeable`` only as a draft; ``uses`` is how often it was rated with."""

    id: InstrumentVersionId
    instrument: Instrument
    state: VersionState
    uses: int
    keep_numbers: bool
    findings: tuple[Finding, ...]

    @property
    def changeable(self) -> bool:
        return self.state is VersionState.DRAFT

    @property
    def holds_up(self) -> bool:
        return any(found.holds_up for found in self.findings)


@dataclass(frozen=True)
class OwnInstrument:
    """One version of an own list, as the choice of lists shows it."""

    id: InstrumentVersionId
    key: str
    title: str
    version: str
    state: VersionState
    items: int
    uses: int


# Asked ---------------------------------------------------------------------------------------------------------------------------


@question("Instruments of our own")
def own(work: Work) -> tuple[OwnInstrument, ...]:
    """Every version that was made here, by title, newest version first."""
    uses = _uses(work)
    found = [
        OwnInstrument(
            each.id, each.key, each.title, each.edition, each.state, len(_read(each).items), uses.get(each.id, 0)
        )
        for each in work.instrument_versions.list(origin=Origin.OWN)
    ]
    return tuple(sorted(found, key=lambda each: (fold(each.title), each.key, -_edition(each.version))))


@question("Instrument in the making")
def draft(work: Work, instrument_id: InstrumentVersionId) -> DraftView:
    """The list as it stands, and what is to be done before it is ready."""
    found = work.instrument_versions.get(instrument_id)
    instrument = _read(found)
    return DraftView(
        found.id,
        instrument,
        found.state,
        _uses(work).get(found.id, 0),
        _keeps_numbers(found, instrument),
        checks.findings(instrument),
    )


@question("Instrument as text")
def text(work: Work, instrument_id: str = "") -> str:
    """A list as it is given to others, without any rating; "" where none is named."""
    return work.instrument_versions.get(instrument_id).content if instrument_id else ""


@question("List in a file")
def read_list(work: Work, file: str = "") -> ReadList:
    """The items that a CSV, text file or workbook holds, and lines that are none. Nothing is kept."""
    return read_rows(plain_rows.rows_of_file(Path(file))) if file else ReadList(())


# Made, copied, taken from others --------------------------------------------------------------------------------------------------


@use_case("Make instrument")
def make(work: Work, *, title: str) -> InstrumentVersionId:
    """An empty list of one's own: one section, three steps."""
    cleaned = clean_name(title, "the list")
    return _add(work, drafts.blank(cleaned, _free_key(work, cleaned)))


@use_case("Make instrument from a file")
def make_from_file(work: Work, *, title: str, file: str) -> InstrumentVersionId:
    """A list of the items of a CSV, text file or workbook. Raises ``UserError`` where it holds none."""
    made = make(work, title=title)
    add_list(work, made, file=file)
    work.relabel(f"Make {title}")
    return made


@use_case("Copy instrument")
def copy(work: Work, *, of: str, title: str = "") -> InstrumentVersionId:
    """An own list from one that is there: ``of`` is the key of a shipped one or the id of one kept here.

    Its numbers stay, so that results can be compared. Licensed wording is entered by those who hold the license.
    """
    shipped = next((each for each in packs.shipped() if each.key == of), None)
    source = shipped or _read(work.instrument_versions.get(of))
    cleaned = clean_name(title or f"{source.title}, our copy", "the list")
    work.relabel(f"Copy {source.title}")
    return _add(work, replace(source, key=_free_key(work, cleaned), title=cleaned, version="1"))


@use_case("Take instrument from a file")
def take(work: Work, *, content: str) -> InstrumentVersionId:
    """A colleague's list, ready to be looked at before it is used. Raises ``UserError`` with the line of what is wrong in it."""
    read = packs.read_text(content, "list")
    if not 0 < len(read.items) <= drafts.MOST_ITEMS:
        raise UserError(f"A list holds 1 to {drafts.MOST_ITEMS} items.", "Ask for a shorter one.")
    title = clean_name(read.title, "the list")
    work.relabel(f"Take {title}")
    return _add(work, replace(read, key=_free_key(work, title), title=title))


def read_file(path: Path) -> str:
    """A colleague's list as text. Raises ``UserError`` with file, line and what to write instead."""
    packs.load(path)
    return path.read_text(encoding="utf-8")


# Items ----------------------------------------------------------------------------------------------------------------------------


@use_case("Change item")
def set_item(work: Work, instrument_id: InstrumentVersionId, *, number: str, fact: ItemFact, text: str) -> None:
    """One fact of an item as it is typed."""
    work.merge_with(f"{instrument_id}:{number}:{fact}")
    work.relabel(f"Edit item {number}")
    cleaned = clean_text(text)
    _change(work, instrument_id, lambda list_, _: drafts.with_fact(list_, _known(list_, number), fact, cleaned))


@use_case("Change rules of item")
def set_rules(
    work: Work,
    instrument_id: InstrumentVersionId,
    *,
    number: str,
    counts: bool | None = None,
    asks_note: bool | None = None,
) -> None:
    """Whether it counts toward the total, and whether its lowest step asks for a note."""

    def changed(list_: Instrument, _: bool) -> Instrument:
        return drafts.with_rules(list_, _known(list_, number), counts=counts, asks_note=asks_note)

    _change(work, instrument_id, changed)


@use_case("Add items")
def add_items(
    work: Work, instrument_id: InstrumentVersionId, *, section: str = "", text: str = "", after: str = ""
) -> tuple[str, ...]:
    """One item a line, behind ``after`` or at the end of ``section`` (the last one where none is named); returns their numbers.

    Cells of a spreadsheet are label, what to look for and evidence; lines that end in a colon begin a section.
    """
    typed = read_rows(plain_rows.rows_of_text(text)).items if text.strip() else (Typed(""),)
    return _added(work, instrument_id, typed, section, after)


@use_case("Add list from a file")
def add_list(work: Work, instrument_id: InstrumentVersionId, *, file: str) -> tuple[str, ...]:
    """Every item of a CSV, text file or workbook, in the sections the file names. Raises ``UserError`` where it holds none."""
    read = read_list(work, file)
    if not read.items:
        raise UserError(f"{Path(file).name} holds no item.", "Put the label of each item into the first column.")
    work.relabel("Add list from a file")
    return _added(work, instrument_id, read.items, "", "")


def _added(
    work: Work, instrument_id: InstrumentVersionId, typed: tuple[Typed, ...], section: str, after: str
) -> tuple[str, ...]:
    numbers: list[str] = []

    def changed(list_: Instrument, keep: bool) -> Instrument:
        numbers.clear()
        list_, made = drafts.add_lines(list_, typed, section=section, after=after, keep_numbers=keep)
        numbers.extend(made)
        return list_

    _change(work, instrument_id, changed)
    return tuple(numbers)


@use_case("Remove item")
def remove_item(work: Work, instrument_id: InstrumentVersionId, *, number: str) -> None:
    """Out of the draft; Undo brings it back."""
    _change(
        work, instrument_id, lambda list_, keep: drafts.remove_item(list_, _known(list_, number), keep_numbers=keep)
    )


@use_case("Move item")
def move_item(work: Work, instrument_id: InstrumentVersionId, *, number: str, down: bool = True) -> str:
    """One place down or up, over the edge of its section; returns its number afterwards."""
    now: list[str] = []

    def changed(list_: Instrument, keep: bool) -> Instrument:
        moved, called = drafts.move_item(list_, _known(list_, number), down=down, keep_numbers=keep)
        now[:] = [called]
        return moved

    _change(work, instrument_id, changed)
    return now[0]


@use_case("Split item")
def split_item(work: Work, instrument_id: InstrumentVersionId, *, number: str) -> None:
    """An item that holds two behaviors becomes two."""
    _change(work, instrument_id, lambda list_, keep: drafts.split_item(list_, _known(list_, number), keep_numbers=keep))


# Sections and the list ------------------------------------------------------------------------------------------------------------


@use_case("Add section")
def add_section(work: Work, instrument_id: InstrumentVersionId, *, title: str, after: str = "") -> str:
    """A section without items, at the end or behind another; returns its key."""
    cleaned = clean_name(title, "the section")
    made: list[str] = []

    def changed(list_: Instrument, _: bool) -> Instrument:
        list_, key = drafts.add_section(list_, cleaned, after=after)
        made[:] = [key]
        return list_

    _change(work, instrument_id, changed)
    return made[0]


@use_case("Make item a section")
def to_section(work: Work, instrument_id: InstrumentVersionId, *, number: str) -> str:
    """Its label becomes the title; the items behind it follow. Returns the section's key."""
    made: list[str] = []

    def changed(list_: Instrument, keep: bool) -> Instrument:
        list_, key = drafts.to_section(list_, _known(list_, number), keep_numbers=keep)
        made[:] = [key]
        return list_

    _change(work, instrument_id, changed)
    return made[0]


@use_case("Rename section")
def rename_section(work: Work, instrument_id: InstrumentVersionId, *, key: str, title: str) -> None:
    """Raises ``UserError`` without a title."""
    work.merge_with(f"{instrument_id}:section:{key}")
    cleaned = clean_name(title, "the section")
    _change(work, instrument_id, lambda list_, _: drafts.rename_section(list_, _section(list_, key), cleaned))


@use_case("Remove section")
def remove_section(work: Work, instrument_id: InstrumentVersionId, *, key: str) -> None:
    """With its items; Undo brings them back."""
    _change(
        work, instrument_id, lambda list_, keep: drafts.remove_section(list_, _section(list_, key), keep_numbers=keep)
    )


@use_case("Change list")
def set_list(work: Work, instrument_id: InstrumentVersionId, *, fact: ListFact, text: str) -> None:
    """One fact of the whole list as it is typed."""
    work.merge_with(f"{instrument_id}:{fact}")
    cleaned = clean_text(text)

    def changed(list_: Instrument, _: bool) -> Instrument:
        match fact:
            case ListFact.TITLE:
                return replace(list_, title=clean_name(cleaned, "the list"))
            case ListFact.UNIT:
                return replace(list_, unit=clean_name(cleaned, "what is rated"))
            case ListFact.CRITERION:
                return replace(list_, criteria=_criteria(cleaned))
        plain: dict[str, Any] = {fact.value: " ".join(cleaned.split())}
        return replace(list_, **plain)

    _change(work, instrument_id, changed)


def _criteria(typed: str) -> tuple[Criterion, ...]:
    """ "80" or "80 %": met from 80 percent of all points on. Raises ``UserError``."""
    number = typed.rstrip("% ").strip()
    if not number:
        return ()
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", number) or not 0 < Fraction(number) <= 100:
        raise UserError(f"“{typed}” is no percent.", "Type a number from 1 to 100, or nothing.")
    return (Criterion(f"{number}% of points", (Condition("total", Fraction(number)),), "local", "Set here"),)


@use_case("Change how it is rated")
def rate_by(
    work: Work, instrument_id: InstrumentVersionId, *, how: RatedBy, not_applicable: bool | None = None
) -> None:
    """The scale of the whole list. Raises ``UserError`` for one with scales of its publisher."""

    def changed(list_: Instrument, _: bool) -> Instrument:
        if list_.items and drafts.rated_by(list_) is None:
            raise UserError(
                f"{list_.title} is rated on its publisher’s scales.", "Make a new list to rate it another way."
            )
        return drafts.rate_by(list_, how, not_applicable=not_applicable)

    _change(work, instrument_id, changed)


@use_case("Word the steps")
def word_points(work: Work, instrument_id: InstrumentVersionId, *, words: tuple[str, ...]) -> None:
    """Own words for the steps of the scale, lowest first."""
    _change(work, instrument_id, lambda list_, _: drafts.word_points(list_, words))


# Its life -------------------------------------------------------------------------------------------------------------------------


@use_case("Make ready to use")
def make_ready(work: Work, instrument_id: InstrumentVersionId) -> None:
    """From now on it rates. Raises ``UserError`` naming the first thing that holds it up."""
    found = _draft(work, instrument_id)
    instrument = _read(found)
    first = next((each for each in checks.findings(instrument) if each.holds_up), None)
    if first is not None:
        raise UserError(first.sentence, "Mend it, then make the list ready.")
    kept = drafts.without_empty_sections(instrument)
    content = writing.text(kept)
    packs.read_text(content, found.key)
    work.relabel(f"{kept.title} is ready")
    work.instrument_versions.save(replace(found, state=VersionState.READY, content=content, ready_on=work.today()))


@use_case("Change a list in use")
def edit(work: Work, instrument_id: InstrumentVersionId) -> InstrumentVersionId:
    """The draft to change: the list itself while nothing is rated with it, else its next version. Returns the draft's id."""
    found = work.instrument_versions.get(instrument_id)
    if found.origin is Origin.SHIPPED:
        raise UserError(f"{found.title} came with the program.", "Copy it, and change the copy.")
    versions = work.instrument_versions.list(key=found.key)
    there = next((each for each in versions if each.state is VersionState.DRAFT), None)
    if there is not None:
        return there.id
    if not _uses(work).get(found.id):
        work.instrument_versions.save(replace(found, state=VersionState.DRAFT, ready_on=None))
        return found.id
    newest = max(_edition(each.edition) for each in versions)
    instrument = replace(_read(found), version=str(newest + 1))
    work.relabel(f"Begin version {newest + 1} of {found.title}")
    return work.instrument_versions.add(
        InstrumentVersion(
            organization_id=found.organization_id,
            key=found.key,
            family=instrument.family or instrument.key,
            title=found.title,
            edition=instrument.version,
            origin=Origin.OWN,
            state=VersionState.DRAFT,
            based_on=found.id,
            content=writing.text(instrument),
        )
    ).id


@use_case("Retire instrument")
def retire(work: Work, instrument_id: InstrumentVersionId) -> None:
    """Starts nothing new; what was rated with it stays. Raises ``UserError`` for a draft."""
    found = work.instrument_versions.get(instrument_id)
    if found.state is VersionState.DRAFT:
        raise UserError(f"{found.title} is a draft.", "Remove it instead.")
    work.relabel(f"Retire {found.title}")
    work.instrument_versions.save(replace(found, state=VersionState.RETIRED))


@use_case("Take instrument up again")
def take_up(work: Work, instrument_id: InstrumentVersionId) -> None:
    """A retired one rates again."""
    found = work.instrument_versions.get(instrument_id)
    if found.state is not VersionState.RETIRED:
        raise UserError(f"{found.title} is not retired.")
    work.relabel(f"Take up {found.title} again")
    work.instrument_versions.save(replace(found, state=VersionState.READY))


@use_case("Remove instrument")
def remove(work: Work, instrument_id: InstrumentVersionId) -> None:
    """Raises ``UserError`` for one that was rated with: its ratings need it."""
    found = work.instrument_versions.get(instrument_id)
    uses = _uses(work).get(found.id, 0)
    if uses:
        times = "once" if uses == 1 else f"{uses} times"
        raise UserError(f"{found.title} was rated with {times}.", "Retire it: its ratings stay and nothing new starts.")
    if work.instrument_versions.first(based_on=found.id) is not None:
        raise UserError(f"A later version of {found.title} is made from this one.", "Remove that one first.")
    work.relabel(f"Remove {found.title}")
    work.instrument_versions.remove(found.id)


# Shared ---------------------------------------------------------------------------------------------------------------------------


def _add(work: Work, instrument: Instrument) -> InstrumentVersionId:
    made = InstrumentVersion(
        organization_id=work.home_id,
        key=instrument.key,
        family=instrument.family or instrument.key,
        title=instrument.title,
        edition=instrument.version,
        origin=Origin.OWN,
        state=VersionState.DRAFT,
        content=writing.text(instrument),
    )
    return work.instrument_versions.add(made).id


def _read(found: InstrumentVersion) -> Instrument:
    return packs.read_text(found.content, found.key, draft=found.state is VersionState.DRAFT)


def _draft(work: Work, instrument_id: InstrumentVersionId) -> InstrumentVersion:
    found = work.instrument_versions.get(instrument_id)
    if found.state is not VersionState.DRAFT:
        raise UserError(
            f"{found.title}, version {found.edition}, is in use and stays as it is.",
            "Change it as a new version; ratings keep the one they were made with.",
        )
    return found


def _change(work: Work, instrument_id: InstrumentVersionId, changed: Callable[[Instrument, bool], Instrument]) -> None:
    found = _draft(work, instrument_id)
    before = _read(found)
    after = changed(before, _keeps_numbers(found, before))
    if after != before:
        work.instrument_versions.save(replace(found, title=after.title, content=writing.text(after)))


def _keeps_numbers(found: InstrumentVersion, instrument: Instrument) -> bool:
    return found.based_on is not None or drafts.has_own_numbers(instrument)


def _known(instrument: Instrument, number: str) -> str:
    if not any(item.number == number for item in instrument.items):
        raise UserError(f"There is no item {number}.", "Look at the list again; it may have moved.")
    return number


def _section(instrument: Instrument, key: str) -> str:
    if not any(section.key == key for section in instrument.sections):
        raise UserError("This section is not there any more.", "Look at the list again.")
    return key


def _uses(work: Work) -> dict[str, int]:
    """How many administrations each version has."""
    uses: dict[str, int] = {}
    for each in work.administrations.list():
        uses[each.instrument_id] = uses.get(each.instrument_id, 0) + 1
    return uses


def _edition(version: str) -> int:
    return int(version) if version.isdecimal() else 1


def _free_key(work: Work, title: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-") or "list"
    taken = {each.key for each in work.instrument_versions.list()} | {each.key for each in packs.shipped()}
    return next(key for key in (plain, *(f"{plain}-{place}" for place in range(2, 10_000))) if key not in taken)
