"""The coaching summary of a period that is over knows nothing of what came after it."""

from __future__ import annotations

from datetime import date

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents.coaching_summary import SummaryFacts
from mtss_desktop.usecases import paper_summary, places


def facts(sample: Workspace, last: date | None) -> SummaryFacts:
    school = next(each.id for each in sample.ask(places.places) if each.short_name == "Piney Ridge")
    with sample.database.read() as work:
        return paper_summary.summary_facts(work, school_id=school, first=None, last=last)


def test_a_period_that_is_over_ends_on_its_last_day(sample: Workspace) -> None:
    fall, now = facts(sample, date(2025, 12, 31)), facts(sample, None)
    (then,) = fall.outcomes
    (today,) = now.outcomes
    assert (ENGLISH.say(then.days), ENGLISH.say(today.days)) == ("64 / 19", "64 / 44")
    assert "19 days of data: too early to call" in ENGLISH.say(then.sentence)
    assert ENGLISH.say(fall.screening_note).startswith("Fall 2025–26.")
    assert ENGLISH.say(now.screening_note).startswith("Winter 2025–26.")
    october = facts(sample, date(2025, 10, 15))
    assert all(line.reviewed_on is None or line.reviewed_on <= date(2025, 10, 15) for line in october.problems)
    assert len(october.problems) < len(now.problems), "a problem opened later is not in it"


def test_the_next_step_has_the_day_of_the_next_meeting(sample: Workspace) -> None:
    steps = {ENGLISH.say(each.place): each for each in facts(sample, None).next_period}
    assert steps["Attendance team"].by == date(2026, 2, 18)
    assert all(each.by is None for each in steps.values() if not each.coach_will and not each.asked)
