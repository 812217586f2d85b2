"""Pages about what was rated: full, unfinished and empty, checked by both checkers, saying what they must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents import instrument_result
from mtss_desktop.documents.blocks import Document
from mtss_desktop.documents.html import html
from mtss_desktop.documents.instrument_result import ResultFacts
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.domain.fidelity_charts import trend_chart
from mtss_desktop.domain.ratings import AdministrationState
from tests.documents import invented
from tests.documents import invented_ratings as made
from tests.documents.checkers import broken_rules, errors_aloud, page_texts
from tests.domain.test_fidelity_charts import NEW, OLD


def result(
    values: tuple[int | None, ...] = made.TFI_1, *, beside: bool = True, public: bool = False, **changes: object
) -> Document:
    asked = made.tier_one()
    given, top = made.ratings_of(asked, values), made.head(asked, **changes)
    figure = trend_chart("Tier 1", "Tier 1, percent of points", [OLD, NEW]) if beside else None
    view = made.result_view(asked, given, top, beside=beside)
    return instrument_result.document(
        ResultFacts(invented.DIVISION, view, made.sheet(asked, given, top), invented.PRINTED, figure, public)
    )


def long_result() -> Document:
    asked = made.school_look_fors()
    given = made.ratings_of(asked, tuple(n % 3 for n in range(len(asked.items))))
    top = made.head(asked, place="Saint Elizabeth Ann Seton Consolidated Elementary School of the Upper Valley")
    view = made.result_view(asked, given, top)
    return instrument_result.document(
        ResultFacts(invented.DIVISION, view, made.sheet(asked, given, top), invented.PRINTED)
    )


PAGES: dict[str, Callable[[], Document]] = {
    "result": result,
    "result, unfinished": lambda: result(made.TFI_1[:12], beside=False, state=AdministrationState.DRAFT),
    "result, nothing rated": lambda: result((), beside=False, state=AdministrationState.DRAFT),
    "result, public": lambda: result(public=True),
    "result, long": long_result,
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_follows_pdf_ua_1(name: str) -> None:
    assert broken_rules(pdf_bytes(PAGES[name](), words=ENGLISH)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("large", [False, True])
def test_every_page_can_be_read_aloud(name: str, large: bool, tmp_path: Path) -> None:
    document = replace(PAGES[name](), large_print=large)
    assert errors_aloud(pdf_bytes(document, words=ENGLISH), tmp_path) == []


def words(document: Document) -> str:
    texts = page_texts(pdf_bytes(document, words=ENGLISH))
    return " ".join(" ".join(text.split()) for text in texts).replace(" · ", ": ")


# --- result ---


def test_a_result_says_score_criterion_and_who_agreed() -> None:
    page = words(result())
    assert "70%" in page
    assert "Tier 1, 21 of 30 points" in page
    assert "70% at Tier 1: met" in page
    assert "The same on 14 of 15 items rated by both, 93%" in page
    assert "0 differs" not in page
    assert "1 differs" in page
    assert "Tier 1: Implementation: 11 of 18 points, 61%" in page
    assert "Booster lesson, by 1/5/2027" in page
    assert "up 1" in page


def test_an_unfinished_result_has_no_percent() -> None:
    page = words(result(made.TFI_1[:12], beside=False, state=AdministrationState.DRAFT))
    assert "12 of 15 items rated" in page
    assert "no percent yet" in page
    assert "70%" not in page.replace("70% at Tier 1", "")
    assert "Tier 1: Evaluation: 1 of 4 items rated" in page
    assert "cannot be said yet" in page


def test_the_public_page_has_parts_and_no_items() -> None:
    page = html(result(public=True), words=ENGLISH)
    assert "Teams" in page
    assert "Booster lesson" not in page
    assert "Posters" not in page
    assert "Bell" not in page
