"""Results of instruments and answers of online forms come in through plan, apply and take back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.packs import instruments as packs
from mtss_desktop.usecases import imports, ratings
from tests.helpers.tables import contents, differing

TIER_1 = "2 2 2 1 1 1 1 1 1 1 0 2 1 1 1"
QUESTIONS = [item.label for item in next(each for each in packs.shipped() if each.key == "satisfaction").items]


def planned(workspace: Workspace, path: Path, text: str):
    path.write_text(text, encoding="utf-8")
    return workspace.ask(imports.plan, str(path))


def table(*rows: list[str]) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n"


def test_results_by_item_become_finished_ratings_and_go_again(sample: Workspace, tmp_path: Path) -> None:
    heads = [
        "School",
        "Date Completed",
        "Survey",
        "Administered by",
        *(f"TFI 1.{n}" for n in range(1, 16)),
        "TFI Tier 1 Percent",
    ]
    rows = [
        ["Holcomb Middle School", "03/03/2025", "TFI 2.1", "R. Whitlock", *TIER_1.split(), "60"],
        ["Cedar Fork Elementary School", "10/14/2025", "TFI 2.1", "", *TIER_1.split(), "60"],
        ["Piney Ridge Elementary School", "03/05/2025", "TFI 2.1", "", "7", *TIER_1.split()[1:], "60"],
    ]
    before = contents(sample)
    plan = planned(sample, tmp_path / "tfi.csv", table(heads, *rows))
    assert (plan.count(Verdict.NEW), plan.count(Verdict.UNCHANGED), plan.count(Verdict.PROBLEM)) == (1, 1, 1)
    assert "“7” is no rating of item 1.1." in [each.why for each in plan.rows(0, 9)]
    sample.do(imports.apply, plan)
    made = next(each for each in sample.ask(ratings.list_, instrument="tfi_2_1") if each.held_on == date(2025, 3, 3))
    assert (made.place, made.rater, made.rated, made.of) == ("Holcomb", "R. Whitlock", 15, 15)
    assert made.headline is not None
    assert made.headline.percent == 60
    receipt = sample.ask(imports.receipts)[0]
    assert (receipt.new, receipt.unchanged, receipt.problems) == (1, 1, 1)
    other, nobody = ([*rows[0][:3], rater, *rows[0][4:]] for rater in ("T. Osei", ""))
    again = [planned(sample, tmp_path / "next.csv", table(heads, row)) for row in (rows[0], other, nobody)]
    assert [each.count(Verdict.NEW) for each in again] == [0, 1, 0], (
        "a second rater of that day is somebody else's rating"
    )
    sample.do(imports.take_back, receipt.id)
    left = differing(before, contents(sample)).keys()
    assert left <= {"import"}, "nothing of a taken-back file stays but its receipt"


def test_totals_alone_are_kept_as_totals_and_pretend_no_items(sample: Workspace, tmp_path: Path) -> None:
    heads = ["School", "Date Completed", "Survey", "Administered by", "Tier I Percent", "Tier II Points", "Total Score"]
    rows = [
        ["Holcomb Middle School", "03/13/2025", "TFI 2.1", "R. Whitlock", "73.3%", "13", ""],
        ["Holcomb Middle School", "03/14/2025", "TFI", "", "73", "13", ""],
        ["Holcomb Middle School", "03/15/2025", "TFI 2.1", "", "73", "27", ""],
        ["Holcomb Middle School", "03/16/2025", "TFI 2.1", "", "", "", "40"],
        ["Holcomb Middle School", "03/17/2025", "Something else", "", "73", "13", ""],
    ]
    plan = planned(sample, tmp_path / "totals.csv", table(heads, *rows))
    why = [each.why for each in plan.rows(0, 9)]
    assert why[0] == "totals only"
    assert "Which instrument is “TFI”?" in why[1]
    assert "goes from 0 to 26" in why[2]
    assert "in points or in percent?" in why[3]
    assert [each.key for each in plan.questions] == ["instrument:tfi", "score_unit"]
    assert "No column is an item or a total" in why[4]
    sample.do(imports.apply, plan)
    made = next(each for each in sample.ask(ratings.list_, instrument="tfi_2_1") if each.held_on == date(2025, 3, 13))
    assert (made.kind, made.name, made.rated) == (AdministrationKind.EXTERNAL, "totals only", 0)
    shown = sample.ask(ratings.result, made.id)
    assert shown.result.score("tier1").percent == Fraction("73.3")
    assert (shown.result.score("tier2").points, shown.result.score("tier2").percent) == (13, 50)
    assert shown.result.score("tier3").percent is None
    assert [each.met for each in shown.criteria] == [True, False], "tier 3 was not in the file"
    assert shown.result.score("tier1").most == 0, "a percent has no points"
    trend = sample.ask(ratings.trend, made.place_id, "tfi")
    beside = next(each for each in trend.lines if each.key == "tier1").beside
    assert [(each.percent, each.only_total) for each in beside if each.held_on == date(2025, 3, 13)] == [
        (Fraction("73.3"), True)
    ]
    assert made.id not in {each.administration_id for line in trend.lines for each in line.points}
    with pytest.raises(UserError, match="Only totals are known"):
        sample.do(ratings.reopen, made.id)
    sample.do(imports.take_back, sample.ask(imports.receipts)[0].id)
    assert made.id not in {each.id for each in sample.ask(ratings.list_)}


def test_answers_of_a_form_are_one_survey_without_names_or_order(sample: Workspace, tmp_path: Path) -> None:
    heads = ["Timestamp", "Email Address", *QUESTIONS, "Comments"]
    words = ["strongly disagree", "Disagree", "Agree", "Strongly agree", "4"]
    rows = [
        [f"1/{n + 20}/2026 9:1{n}:00", f"person{n}@ashby.example", *[words[n % 5]] * 7, "", f"Comment {n}"]
        for n in range(1, 7)
    ]
    plan = planned(sample, tmp_path / "form.csv", table(heads, *rows))
    assert plan.result.profile == "form-answers"
    assert plan.count(Verdict.NEW) == 6
    sample.do(imports.apply, plan)
    made = next(
        each for each in sample.ask(ratings.list_, instrument="satisfaction") if each.held_on == date(2026, 1, 26)
    )
    assert (made.kind, made.rated) == (AdministrationKind.SURVEY, 6)
    shown = sample.ask(ratings.survey, made.id)
    assert [share.n for share in shown.items[0].shares] == [1, 2, 1, 2]
    assert shown.items[7].shares == ()
    assert sorted(shown.comments) == [f"Comment {n}" for n in range(1, 7)]
    assert shown.comments != tuple(f"Comment {n}" for n in range(1, 7))
    with sample.database.read() as work:
        kept = [each.comment for each in work.responses.list(administration_id=made.id)]
        assert kept != [f"Comment {n}" for n in range(1, 7)], "not even the rows keep the order of arrival"
        assert not any("ashby.example" in str(each) for each in work.responses.list())
