"""Pages about what was rated: full, unfinished and empty, checked by both checkers, saying what they must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents import (
    division_roll_up,
    evidence_binder,
    fidelity_trend,
    instrument_result,
    look_for_report,
    practice_profile,
    survey_result,
    walkthrough_summary,
)
from mtss_desktop.documents.blocks import Document
from mtss_desktop.documents.html import html
from mtss_desktop.documents.instrument_result import ResultFacts
from mtss_desktop.documents.look_for_report import PlaceStages
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.domain.evidence_views import Binder
from mtss_desktop.domain.fidelity_charts import trend_chart
from mtss_desktop.domain.rating_rollups import Heat, Walkthroughs
from mtss_desktop.domain.rating_trends import Moved, Trend
from mtss_desktop.domain.ratings import AdministrationKind, AdministrationState
from mtss_desktop.domain.vote_views import SurveyView
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


def one_rating() -> Trend:
    line = made.trend().lines[0]
    return replace(made.trend(), lines=(replace(line, points=line.points[:1], estimates=()),), breaks=())


def trend(view: Trend, moved: Moved) -> Document:
    return fidelity_trend.document(fidelity_trend.TrendFacts(invented.DIVISION, view, moved, invented.PRINTED))


def look_fors(*places: PlaceStages) -> Document:
    return look_for_report.document(look_for_report.LookForFacts(invented.DIVISION, places, invented.PRINTED))


SCHOOL = PlaceStages(invented.SCHOOL, "Birch", made.stages((2, 1, 0)))
DIVISION = PlaceStages(invented.DIVISION, "Div", made.stages((2, 2), "division"))


def visits(view: Walkthroughs) -> Document:
    return walkthrough_summary.document(walkthrough_summary.WalkthroughFacts(invented.DIVISION, view, invented.PRINTED))


def roll_up(view: Heat) -> Document:
    return division_roll_up.document(division_roll_up.RollUpFacts(invented.DIVISION, view, invented.PRINTED))


def binder(view: Binder, pictures: dict[int, tuple[bytes, ...]] | None = None) -> Document:
    facts = evidence_binder.BinderFacts(invented.DIVISION, view, made.tier_one(), invented.PRINTED, pictures or {})
    return evidence_binder.document(facts)


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 50), "gray").save(out, "PNG")
    return out.getvalue()


def profile(values: tuple[int | None, ...]) -> Document:
    asked = made.SHIPPED["coaching_profile"]
    given, top = made.ratings_of(asked, values), made.head(asked, kind=AdministrationKind.ALONE, team="")
    view = made.result_view(asked, given, top, beside=False)
    return practice_profile.document(
        practice_profile.ProfileFacts(invented.DIVISION, view, made.sheet(asked, given, top), invented.PRINTED)
    )


def survey(view: SurveyView) -> Document:
    facts = survey_result.SurveyFacts(invented.DIVISION, view, made.SHIPPED["satisfaction"], invented.PRINTED)
    return survey_result.document(facts)


PAGES: dict[str, Callable[[], Document]] = {
    "result": result,
    "result, unfinished": lambda: result(made.TFI_1[:12], beside=False, state=AdministrationState.DRAFT),
    "result, nothing rated": lambda: result((), beside=False, state=AdministrationState.DRAFT),
    "result, public": lambda: result(public=True),
    "result, long": long_result,
    "trend": lambda: trend(made.trend(), made.moved()),
    "trend, one rating": lambda: trend(one_rating(), made.nothing_moved()),
    "trend, nothing": lambda: trend(made.no_trend(), made.nothing_moved()),
    "look-fors": lambda: look_fors(DIVISION, SCHOOL, PlaceStages("Marsh Lane", "Marsh", made.stages((1, None, 2)))),
    "look-fors, eight places": lambda: look_fors(*(SCHOOL for _ in range(8))),
    "look-fors, one place": lambda: look_fors(SCHOOL),
    "visits": lambda: visits(made.walkthroughs()),
    "visits, few": lambda: visits(made.walkthroughs(4)),
    "roll-up": lambda: roll_up(made.heat()),
    "roll-up, nothing": lambda: roll_up(replace(made.heat(0), rows=())),
    "binder": lambda: binder(made.binder(), {3: (photo(), photo())}),
    "binder, nothing": lambda: binder(made.binder(rated=False)),
    "profile": lambda: profile((2, 1, 0, 1)),
    "survey": lambda: survey(made.survey()),
    "survey, few": lambda: survey(made.survey(4)),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_follows_pdf_ua_1(name: str) -> None:
    assert broken_rules(pdf_bytes(PAGES[name](), words=ENGLISH)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "large"),
    [*((name, False) for name in PAGES), *((name, True) for name in ("result", "look-fors", "binder"))],
)
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


# --- trend ---


def test_a_trend_keeps_versions_apart_and_says_what_was_done() -> None:
    page = words(PAGES["trend"]())
    assert "Up 5 points since March 2026: from 56% to 61%." in page
    assert "44% on 3.0, estimated" in page
    assert "1.9 Label 1.9 1 to 3, up 2 Ticket system, Grade meetings 14" in page
    assert "1.8 Label 1.8 3 to 2, down 1 no action in this time" in page
    assert "1 item stayed as it was, without an action." in page
    assert "1.11 Label 1.11 3 times 1" in page
    assert "not complete" in page


def test_one_rating_is_no_chart() -> None:
    page = words(PAGES["trend, one rating"]())
    assert "43% with version 2.1; one rating shows no way yet." in page
    assert "criterion 70%" not in page
    assert "Two ratings with the same version show what moved." in page


# --- look-fors ---


def test_look_fors_stand_by_stage_with_a_mark_and_its_word() -> None:
    page = words(PAGES["look-fors"]())
    assert "Div 1 of 1 in place Birch 1 of 1 in place Marsh" in page
    assert "1 of 1 not rated" in page
    assert "open: no percent" in page
    assert "Strength of the stage Div 50% Birch 50% Marsh not complete" in page
    assert f"Not in place yet: {invented.SCHOOL}" in page
    assert "Every look-for that was rated is in place." in page, "the division has all of its own"


def test_a_seventh_place_gets_a_grid_of_its_own() -> None:
    assert html(PAGES["look-fors, eight places"](), words=ENGLISH).count("Strength of the stage") == 2


# --- visits ---


def test_visits_are_read_together() -> None:
    page = words(PAGES["visits"]())
    assert "3.3 : 1" in page
    assert "1.5 a minute" in page
    assert "7 5 2 3 58%" not in page
    assert "applied nowhere" in page
    assert "4 : 0" not in page
    assert "52 : 0" in words(visits(made.walkthroughs(corrections=0)))


def test_few_visits_show_nothing() -> None:
    page = words(PAGES["visits, few"]())
    assert "Fewer than 5 rooms visited." in page
    assert "Specific praise" not in page
    assert "%" not in page


# --- division ---


def test_every_field_of_the_roll_up_has_mark_score_and_date() -> None:
    page = words(PAGES["roll-up"]())
    assert "51%, not met 10/29/2026, version 2.1" in page
    assert "52%, met" in page
    assert "not rated" in page
    assert "rated, no score" in page
    assert "Instruments 8 to 9 of 9" in page


# --- binder ---


def test_the_binder_has_index_missing_list_and_printable_pieces() -> None:
    page = words(PAGES["binder"]())
    assert "Handbook.docx Who is on the team 1.1 file, beside the binder under tab 2" in page
    assert "printed here, page" in page
    assert "Tab 3, Poster.jpg: Who is on the team, page 2 of 2" in page
    assert "1.2 Team operating procedures 2 fully in place" in page[page.index("Missing evidence") :]
    assert "1 of 15 items with evidence" in page
    empty = words(PAGES["binder, nothing"]())
    assert "No evidence has been added." in empty
    assert "No item has been rated yet." in empty


# --- profile, survey ---


def test_a_profile_counts_levels_and_makes_no_number() -> None:
    page = words(PAGES["profile"]())
    assert "Levels: 1 expected, 2 developmental, 1 unacceptable variation." in page
    assert "not answered" in page
    assert "%" not in page


def test_a_survey_shows_shares_and_nothing_of_a_question_few_answered() -> None:
    page = words(PAGES["survey"]())
    assert "78%" in page
    assert "under 5" in page
    assert "Come more often." in page
    few = words(PAGES["survey, few"]())
    assert "Too few answers to show." in few
    assert "Come more often." not in few
    assert "fewer than 5" in few
    assert "44%" not in few
