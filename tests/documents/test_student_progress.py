"""The student progress report: two confidential pages, the student a number, all scores as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mtss_desktop.app import printing
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.documents import student_progress as report
from mtss_desktop.documents.blocks import FooterClass
from mtss_desktop.documents.parts.printed import Printed
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.documents.student_progress import NumberFacts, RuleFacts, ScoreFacts, StudentProgressFacts
from mtss_desktop.domain import charts, growth
from mtss_desktop.domain.growth import GoalLine, Score
from mtss_desktop.domain.students import Names
from mtss_desktop.usecases import data, papers, places
from tests.documents.checkers import broken_rules, page_texts

GOAL = GoalLine(date(2025, 9, 29), 62, date(2026, 5, 15), 114)
SCORES = tuple(Score(date(2025, 10, 6) + timedelta(days=14 * n), 64.0 + n) for n in range(9))


def facts(scores: tuple[Score, ...] = SCORES) -> StudentProgressFacts:
    verdict = growth.four_point(scores, GOAL)
    return StudentProgressFacts(
        school="Piney Ridge Elementary School",
        shown="Student 0264",
        about="Grade 3",
        measure="Words read correctly",
        goal=said("{v} by {day:date}", v=GOAL.end_value, day=GOAL.end),
        as_of=date(2026, 2, 12),
        printed=Printed(datetime(2026, 2, 12, 7, 5)),  # noqa: DTZ001  (a wall clock, as on paper)
        prepared_by="Whitlock, Renee, systems coach",
        numbers=(NumberFacts("Baseline", "62", "on 9/29/2025"), NumberFacts("Now", "72")),
        figure=charts.progress_chart(
            "Student 0264", "Words", GOAL, (Score(GOAL.start, 62.0),), scores, verdict=verdict
        ),
        rules=(RuleFacts("Four-point rule.", verdict.sentence),),
        rules_note="Rule set 1.",
        scores=tuple(ScoreFacts(score.day, score.value, GOAL.at(score.day)) for score in scores),
        sources="9 scores from import 6.",
        code="Progress 0264",
    )


def test_two_pages_both_confidential_with_who_may_read_them() -> None:
    pages = page_texts(pdf_bytes(report.document(facts()), words=ENGLISH))
    assert len(pages) == 2
    for page in pages:
        assert "Confidential" in page
        assert "current teachers" in page
        assert "Student 0264" in page


def test_every_score_stands_on_the_back_with_its_goal_line() -> None:
    back = page_texts(pdf_bytes(report.document(facts()), words=ENGLISH))[1]
    for score in SCORES:
        assert f"{score.day.month}/{score.day.day}" in back
        assert f"{GOAL.at(score.day):.1f}" in back
    assert "below" in back


def test_no_verdict_below_the_minimum() -> None:
    front = page_texts(pdf_bytes(report.document(facts(SCORES[:4])), words=ENGLISH))[0]
    assert "Not enough data: 4 of 6 points." in " ".join(front.split())
    without = replace(facts(), rules=())
    front = page_texts(pdf_bytes(report.document(without), words=ENGLISH))[0]
    assert "no rule can speak" in " ".join(front.split())


def test_it_can_be_read_by_everyone() -> None:
    assert broken_rules(pdf_bytes(report.document(facts()), words=ENGLISH)) == []


def test_a_baseline_probe_has_no_difference() -> None:
    probe = replace(facts(), scores=(ScoreFacts(GOAL.start, 62.0), *facts().scores))
    assert "baseline" in page_texts(pdf_bytes(report.document(probe), words=ENGLISH))[1]


# On the sample ----------------------------------------------------------------------------------------------------------------


def test_the_student_is_a_number_in_title_text_and_file_name(sample: Workspace, tmp_path: Path) -> None:
    piney = next(place.id for place in sample.ask(places.places) if place.short_name == "Piney Ridge")
    line = sample.ask(data.group, piney, names=Names.ON).lines[0]
    scope = papers.Scope(student=line.number)
    document = sample.ask(papers.make, "student-progress", scope=scope)
    assert document.title == f"Student {line.number:04}"
    assert document.footer_class is FooterClass.CONFIDENTIAL
    assert papers.file_stem("student-progress", scope) == f"student-progress-{line.number:04}"
    target = tmp_path / "progress.pdf"
    assert printing.write(sample, "student-progress", target, scope).pages == 2
    text = " ".join(page_texts(target.read_bytes()))
    first, last = line.shown.split(" ", 1)
    assert first not in text
    assert last not in text


def test_without_a_number_someone_whose_rule_asks_for_a_change_is_taken(sample: Workspace) -> None:
    document = sample.ask(papers.make, "student-progress")
    number = int(str(document.title).removeprefix("Student "))
    decisions = {
        line.number: line.decision
        for place in sample.ask(places.places)[1:]
        for line in sample.ask(data.group, place.id).lines
    }
    assert decisions[number] is growth.Decision.CHANGE


@pytest.mark.parametrize("number", [9999, 0])
def test_an_unknown_number_is_said(sample: Workspace, number: int) -> None:
    with pytest.raises(UserError, match=f"There is no Student {number:04}"):
        sample.ask(papers.make, "student-progress", scope=papers.Scope(student=number))


def test_a_school_without_progress_scores_says_what_would_fill_it(sample: Workspace) -> None:
    holcomb = next(place.id for place in sample.ask(places.places) if place.short_name == "Holcomb")
    with pytest.raises(UserError, match="No student has progress scores"):
        sample.ask(papers.make, "student-progress", scope=papers.Scope(school=holcomb))
