"""Results of instruments and answers of online forms come in through plan, apply and take back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mtss_desktop.app.workspace import Workspace
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
    sample.do(imports.take_back, receipt.id)
    left = differing(before, contents(sample)).keys()
    assert left <= {"import"}, "nothing of a taken-back file stays but its receipt"


def test_totals_alone_are_not_taken_for_ratings(sample: Workspace, tmp_path: Path) -> None:
    text = table(
        ["School", "Date Completed", "TFI Tier 1 Percent", "Total Score"],
        ["Holcomb Middle School", "10/14/2025", "73", "40"],
    )
    plan = planned(sample, tmp_path / "totals.csv", text)
    assert plan.count(Verdict.PROBLEM) == 1
    assert "Totals alone cannot be rated again" in plan.rows(0, 1)[0].why


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
