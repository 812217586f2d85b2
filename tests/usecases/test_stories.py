"""The sample division tells eight stories that a coach can find with the program's own questions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import data, paper_problem, paper_structure, places, problems, ratings, schools, teams, today
from mtss_desktop.usecases.places import Place


def place(workspace: Workspace, name: str) -> Place:
    return next(each for each in workspace.ask(places.places) if each.short_name == name)


def reading(workspace: Workspace):
    """A unit of work to look with, as questions get one."""
    return workspace.database.read()


def core_share(work: Work, key: int, grade: int, year: int, window: str) -> float:
    """Share of a grade's students whose composite asks for Tier 1 supports alone."""
    composite = next(measure.key for measure in work.measures.list() if "Composite" in measure.name)
    found = [
        each
        for each in counts.screening(work, key, years=(year,))
        if (each.measure_key, each.grade, each.window) == (composite, grade, window)
    ]
    return sum(each.n for each in found if each.tier == 1) / sum(each.n for each in found)


def test_growth_stalls_in_grade_2_of_one_school(sample: Workspace) -> None:
    with reading(sample) as work:
        stalled, other = (place(sample, name).key for name in ("Cedar Fork", "Piney Ridge"))
        assert core_share(work, stalled, 2, 2024, "Spring") < core_share(work, stalled, 2, 2024, "Fall") - 0.3
        assert core_share(work, other, 2, 2024, "Spring") >= core_share(work, other, 2, 2024, "Fall") - 0.1
    page = sample.ask(data.screening, place(sample, "Cedar Fork").id).pages[0]
    assert "Grade 3" in ENGLISH.say(page.facts.more)


def test_hallway_referrals_drop_after_a_dated_decision(sample: Workspace) -> None:
    school = place(sample, "Holcomb")
    team = next(each for each in sample.ask(teams.cards, place_id=school.id) if each.name == "Tier 1 team")
    record = next(each for each in sample.ask(problems.of_team, team.id) if each.problem.tag == "hallway")
    with reading(sample) as work:
        found = paper_problem.compared(work, record, work.organizations.get(school.id))
    assert found is not None
    assert record.problem.plan_from == date(2025, 10, 27)
    assert (found.before.count, found.before.days, found.after.count, found.after.days) == (93, 48, 59, 60)
    assert not found.change.early
    assert ENGLISH.say(found.change.sentence) == "Lower by 0.96 a school day."


def test_one_team_has_no_data_analyst(sample: Workspace) -> None:
    with reading(sample) as work:
        scene = paper_structure._scene(work, None, public=False)
    lacking = [each for each in scene.findings if each.rule == "no_primary"]
    names = {team.id: (team.name, team.place) for team in sample.ask(teams.cards)}
    assert [names[each.teams[0]] for each in lacking] == [("Tier 2 team", "Cedar Fork Elementary School")]
    assert ENGLISH.say(lacking[0].why) == "Tier 2 team (Cedar Fork) has nobody as data analyst."


def test_the_backups_a_school_lacks_share_one_row_on_paper(sample: Workspace) -> None:
    with reading(sample) as work:
        scene = paper_structure._scene(work, None, public=False)
        (rows,) = (paper_structure._place(scene, each).findings for each in scene.places if "Holcomb" in each.name)
        last = sample.words().say(rows[-1].finding)
    assert len([each for each in rows if "backup" in sample.words().say(each.proposal)]) == 1
    assert last.startswith("No backup: School leadership (Holcomb) for Minute taker; School climate for Minute taker")


def test_the_coach_was_last_at_one_school_nine_weeks_ago(sample: Workspace) -> None:
    page = sample.ask(today.show)
    assert [(each.name, each.days) for each in page.neglected] == [("Piney Ridge", 63)]
    told = sample.words().say(page.flags[0].detail)
    assert (
        told == "20 referrals in the 17 school days to 2/11; it started at 2.02 a school day."
    )  # a holiday, two snow days
    first = sample.ask(schools.wall)[0]
    assert (first.name, first.last_visit) == ("Piney Ridge Elementary School", date(2025, 12, 11))
    assert "9 weeks ago" in ENGLISH.say(first.why)


def test_students_below_their_goal_line_are_counted_as_their_page_counts_them(sample: Workspace) -> None:
    found = [each for each in sample.ask(today.show).flags if each.of_students]
    say = sample.words().say
    assert [say(each.sentence) for each in found] == [
        "Cedar Fork: 10 students below the goal line",
        "Piney Ridge: 6 students below the goal line",
    ]
    assert (
        say(found[0].detail)
        == "10 of 15 with enough scores; each of their last 4 is below. CBMreading, Words Read Correct."
    )
    _, school, measure = found[0].target.split(":")
    group = sample.ask(data.group, OrganizationId(school))
    assert group.measure is not None
    assert group.measure.key == int(measure), "the page opens with the measure that was counted"
    assert say(group.statement).startswith("10 of 15 are below their goal line")


def points(workspace: Workspace, school: str, line: str = "tier1"):
    found = workspace.ask(ratings.trend, place(workspace, school).id, "tfi")
    return found, next(each for each in found.lines if each.key == line)


def test_a_school_reaches_the_criterion_and_goes_on_with_the_new_version(sample: Workspace) -> None:
    found, tier1 = points(sample, "Holcomb")
    assert [round(each.percent) for each in tier1.points] == [43, 50, 57, 70, 56, 61]
    assert [(each.from_edition, each.to_edition) for each in found.breaks] == [("2.1", "3.0")]
    assert {each.edition: each.at_least for each in found.criteria} == {"2.1": 70, "3.0": 50}
    assert tier1.estimates[-1].percent == Fraction("44.27")
    assert tier1.estimates[-1].estimated
    first = next(each for each in sample.ask(ratings.list_, instrument="tfi_3_0") if each.held_on == date(2025, 11, 18))
    agreed = sample.ask(ratings.result, first.id).agreement
    assert agreed is not None
    assert agreed.same == 85


def test_spent_hours_stand_beside_the_items_they_moved(sample: Workspace) -> None:
    found = sample.ask(ratings.moved, place(sample, "Holcomb").id, "tfi_3_0")
    moves = {each.number: (each.before, each.after, each.hours) for each in found.items}
    assert moves["1.9"] == (1, 3, 14)
    assert [moves[number][1] - moves[number][0] for number in ("1.5", "1.13", "1.4", "1.11", "1.8")] == [1, 1, 0, 0, -1]
    assert [moves[number][2] for number in ("1.5", "1.13", "1.4", "1.11", "1.8")] == [6, 8, 11, 9, 0]
    assert found.items[0].number == "1.9"
    assert found.hours == 51


def test_one_item_is_stuck_for_the_third_time(sample: Workspace) -> None:
    found, tier1 = points(sample, "Cedar Fork")
    assert found.stuck == ("1.11",)
    assert [round(each.percent) for each in tier1.points] == [40, 50, 67]
    said = [ENGLISH.say(each.sentence) for each in sample.ask(today.show).flags]
    assert "Cedar Fork: item 1.11 has not moved for three ratings" in said
    assert "Cedar Fork, Tiered Fidelity Inventory 3.0 is to be rated Thu 2/19" in said
    assert not any("Holcomb: item" in each for each in said), "a new version begins a new row"
    item = next(each for each in sample.ask(ratings.moved, found.place_id, "tfi").items if each.stuck)
    assert (item.number, item.after_label, item.times) == ("1.11", "partially in place", 3)


def test_a_survey_is_read_from_five_answers_on(sample: Workspace) -> None:
    surveys = {each.place: each.id for each in sample.ask(ratings.list_, instrument="satisfaction")}
    read = sample.ask(ratings.survey, surveys["Holcomb"])
    assert (read.answered, read.asked, read.hidden, len(read.comments)) == (7, 9, False, 4)
    few = sample.ask(ratings.survey, surveys["Cedar Fork"])
    assert (few.answered, few.hidden, few.items, few.comments) == (3, True, (), ())
    shown = sample.ask(ratings.result, surveys["Cedar Fork"])
    assert shown.hidden
    assert all(each.rated == 0 for each in (shown.result.total, *shown.result.sections))
