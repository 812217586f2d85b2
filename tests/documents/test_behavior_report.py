"""The behavior report of the sample: one page of counts, with every core report and the most precise spot."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.app import printing
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.precise import Narrowing
from mtss_desktop.usecases import data_precise, papers, places
from tests.documents.checkers import broken_rules, page_texts


def test_the_report_is_one_page_with_the_numbers_of_the_room(sample: Workspace, tmp_path: Path) -> None:
    school = next(place.id for place in sample.ask(places.places) if place.short_name == "Holcomb")
    target = tmp_path / "report.pdf"
    assert printing.write(sample, "behavior-report", target, papers.Scope(school=school)).pages == 1
    content = target.read_bytes()
    assert broken_rules(content) == []
    text = page_texts(content)[0].replace("\n", " ")
    view = sample.ask(data_precise.narrow, school)
    assert f"{view.all} referrals" in text
    for heading in ("By place", "By behavior", "By time of day", "By weekday", "by grade", "Students by referrals"):
        assert heading in text
    noon = Narrowing(("Hallway",), hours=(12,), grades=("7",))
    spot = sample.ask(data_precise.narrow, school, narrowing=noon)
    assert f"{spot.n} of {view.all} referrals" in text


def test_without_referrals_it_says_what_to_bring(sample: Workspace) -> None:
    with pytest.raises(UserError, match="No referrals"):
        sample.ask(papers.make, "behavior-report", scope=papers.Scope(school="nowhere"))  # type: ignore[arg-type]
