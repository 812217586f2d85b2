"""The data review: a page for each measure, counts alone, the numbers of the data room."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.app import printing
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents.data_review import DataReviewFacts, ReviewPage, document
from mtss_desktop.documents.parts.screening_page import ScreeningFacts
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.usecases import data, papers, places
from tests.documents.checkers import broken_rules, page_texts
from tests.documents.invented import PRINTED


def review(*pages: ReviewPage) -> DataReviewFacts:
    return DataReviewFacts("Ashby County Public Schools", "Piney Ridge Elementary School", pages, PRINTED, "the teams")


def page(measure: str) -> ReviewPage:
    return ReviewPage(
        measure, "winter 2025–26", ScreeningFacts("x", finding="65% of 107.", more="Grade 3 is furthest.")
    )


def test_each_measure_has_its_page_and_title() -> None:
    made = pdf_bytes(document(review(page("Reading"), page("Math"))), words=ENGLISH)
    texts = page_texts(made)
    assert ["Reading, winter" in texts[0], "Math, winter" in texts[1]] == [True, True]
    assert len(texts) == 2
    assert "There is no earlier window" in " ".join(texts[0].split())


def test_without_a_screening_there_is_no_page() -> None:
    with pytest.raises(ValueError, match="needs a screening"):
        document(review())


def test_the_sample_says_on_paper_what_the_room_says(sample: Workspace, tmp_path: Path) -> None:
    piney = next(place.id for place in sample.ask(places.places) if place.short_name == "Piney Ridge")
    target = tmp_path / "review.pdf"
    assert printing.write(sample, "data-review", target, papers.Scope(school=piney)).pages == 1
    shown = sample.ask(data.screening, piney).pages[0]
    words = sample.words()
    text = " ".join(page_texts(target.read_bytes())[0].split())
    assert words.write(shown.facts.finding) in text
    assert shown.moved is not None
    assert words.say(shown.moved.sentence) in text
    assert words.say(shown.base[0][1]) in text
    assert "Internal" in text
    assert broken_rules(target.read_bytes()) == []


def test_two_measures_are_two_pages(sample: Workspace, tmp_path: Path) -> None:
    holcomb = next(place.id for place in sample.ask(places.places) if place.short_name == "Holcomb")
    assert printing.write(sample, "data-review", tmp_path / "r.pdf", papers.Scope(school=holcomb)).pages == 2


def test_a_file_without_a_screening_says_what_to_do(sample: Workspace) -> None:
    division = sample.ask(places.places)[0].id
    assert sample.ask(papers.make, "data-review", scope=papers.Scope(school=division)), "the division means all schools"
    with pytest.raises(UserError, match="No screening"):
        sample.ask(papers.make, "data-review", scope=papers.Scope(school="nowhere"))  # type: ignore[arg-type]
