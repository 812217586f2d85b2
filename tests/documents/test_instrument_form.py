"""Forms of instruments: in entry order, with room for every kind of answer, checked by both checkers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents import instrument_form
from mtss_desktop.documents.blocks import Cell, Checkbox, Document, Table, WriteLine, runs
from mtss_desktop.documents.html import html
from mtss_desktop.documents.instrument_form import FormFacts
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.domain.instruments import (
    Instrument,
    Item,
    Scale,
    ScalePoint,
    Section,
    Takes,
    at_level,
    entry_order,
)
from mtss_desktop.packs import instruments as packs
from tests.documents import invented
from tests.documents.checkers import broken_rules, errors_aloud, page_texts

SHIPPED = {each.key: each for each in packs.shipped()}
LONG = "A look-for that goes on for a good while because the team wrote down all that can be seen and heard, " * 3


def own() -> Instrument:
    """Everything at once: two scales and tallies in one section, items listed in another order than they are asked, long words."""
    place = Scale("place", (ScalePoint(0, "not yet"), ScalePoint(2, "in place")), not_applicable=True)
    bare = Scale("bare", tuple(ScalePoint(n, str(n)) for n in range(5)))
    items = (
        Item("9", "Last", "place"),
        Item("1", LONG, "place", evidence=LONG, stage="exploration"),
        Item("2", "", "bare"),
        Item("3", "Calls", "bare", Takes.COUNT),
        Item("4", "Lowest", "place", Takes.LOWEST),
    )
    sections = (Section("a", LONG[:90], ("4", "1", "2", "3")), Section("b", "B", ("9",)))
    title = "Countywide observation checklist, elementary schools, reading blocks and small groups"
    return Instrument("own", title, "2", "school", items, sections, (place, bare), license="Ours", shell=True)


def form(instrument: Instrument, **known: str) -> Document:
    return instrument_form.document(FormFacts(invented.DIVISION, instrument, **known))


ALL = {**SHIPPED, "own": own()}


def tables(blocks: Iterable[object]) -> list[Table]:
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Table) and block.head:
            found.append(block)
        found += tables(getattr(block, "blocks", ()))
    return found


def numbers(document: Document) -> list[str]:
    return [str(row.cells[0]) for table in tables(document.blocks) for row in table.rows]


@pytest.mark.parametrize("key", ALL)
def test_paper_and_screen_ask_in_the_same_order(key: str) -> None:
    asked = [item.number for group in entry_order(ALL[key]) for item in group.items]
    assert numbers(form(ALL[key])) == asked
    assert sorted(asked) == sorted(item.number for item in ALL[key].items), "every item is asked once"


@pytest.mark.parametrize("key", ["look_fors", "tfi_2_1", "walkthrough", "satisfaction", "own"])
def test_every_kind_of_form_follows_pdf_ua_1(key: str) -> None:
    assert broken_rules(pdf_bytes(form(ALL[key]), words=ENGLISH)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "large"), [*((key, False) for key in ALL), ("own", True), ("walkthrough", True), ("satisfaction", True)]
)
def test_every_form_can_be_read_aloud(key: str, large: bool, tmp_path: Path) -> None:
    data = pdf_bytes(replace(form(ALL[key]), large_print=large), words=ENGLISH)
    assert broken_rules(data) == []
    assert errors_aloud(data, tmp_path) == []


def test_every_item_has_room_for_its_kind_of_answer() -> None:
    [mixed, bare, tallies, last] = tables(form(own()).blocks)
    assert [head_words(table) for table in (mixed, bare, tallies)] == [
        ["No.", "Item", "0 not yet", "2 in place", "N", "Evidence and note"],
        ["No.", "Item", "0", "1", "2", "3", "4", "Evidence and note"],
        ["No.", "What", "Tallies", "Sum"],
    ]
    lowest, plain = mixed.rows
    assert isinstance(lowest.cells[2], Cell)
    assert sum(isinstance(part, WriteLine) for part in runs(lowest.cells[2].content)) == 4
    assert [isinstance(cell, Checkbox) for cell in plain.cells] == [False, False, True, True, True, False]
    assert len(last.rows) == 1


def head_words(table: Table) -> list[str]:
    return [
        " ".join(ENGLISH.say(run.text) for run in runs(column.head) if getattr(run, "text", "") not in ("", "\n"))
        for column in table.columns
    ]


def test_a_shell_asks_for_licensed_items_and_names_its_license() -> None:
    words = " ".join(page_texts(pdf_bytes(form(SHIPPED["tfi_2_1"]), words=ENGLISH)))
    assert "Enter your own licensed items." in words
    assert "CC BY-NC 4.0" in words
    assert "https://www.pbisapps.org/products/tfi" in words
    assert "Points, Tier 1" in words
    assert "of 30" in words
    assert "Enter your own licensed items." not in html(form(SHIPPED["look_fors"]), words=ENGLISH)


def test_a_walkthrough_is_one_page_without_a_teacher() -> None:
    [page] = page_texts(pdf_bytes(form(SHIPPED["walkthrough"], place=invented.SCHOOL), words=ENGLISH))
    assert "Grade and subject, no names" in page
    assert invented.SCHOOL in page
    assert "Opportunities to respond" in page
    assert "No teacher and no student is named on this sheet." in page


def test_a_survey_asks_for_no_name() -> None:
    [page] = page_texts(pdf_bytes(form(SHIPPED["satisfaction"]), words=ENGLISH))
    assert "without names" in page
    assert "Rated by" not in page
    assert "5 or more people" in page
    assert "In your own words" in page


def test_a_level_another_person_rates_starts_a_page() -> None:
    pages = page_texts(pdf_bytes(form(SHIPPED["look_fors"]), words=ENGLISH))
    school = next(page for page in pages if "S6.5" in page)
    assert "D1.1" not in school
    only = page_texts(pdf_bytes(form(at_level(SHIPPED["look_fors"], "school")), words=ENGLISH))
    assert len(only) < len(pages)
    assert not any("D1.1" in page for page in only)
