"""Goals, decisions and the precise problem on the sample division."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.precise import Narrowing
from mtss_desktop.domain.student_plans import StudentStep
from mtss_desktop.store import database
from mtss_desktop.store.location import at
from mtss_desktop.store.queries import counts
from mtss_desktop.usecases import (
    data,
    data_goals,
    data_plans,
    data_precise,
    data_screening,
    meetings,
    places,
    problem_charts,
    problems,
)
from tests.usecases.acts import Here


@pytest.fixture(scope="module")
def shared_sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One copy for the tests of this module, which look at different things of it."""
    path = tmp_path_factory.mktemp("data-rooms") / "ashby.mtss"
    path.write_bytes(sample_file.read_bytes())
    with Workspace(database.open_database(at(path))) as workspace:
        yield workspace


@pytest.fixture
def here(shared_sample: Workspace) -> Here:
    return Here(shared_sample)


def test_each_chart_counts_what_the_bars_before_leave(here: Here) -> None:
    view = here.workspace.ask(
        data_precise.narrow,
        here.school,
        narrowing=Narrowing(locations=("Hallway",), grades=("7",)),
        why="one stair for two lunches",
    )
    asides = [dict(step.aside.values)["n"] for step in view.steps]
    assert asides[0] == view.all
    assert asides[0] > asides[1] >= asides[-1] >= view.n > 0
    assert view.baseline == view.n / view.days
    assert view.steps[0].chosen == ("Hallway",)
    assert "Hallway" in view.steps[0].values
    assert view.same is not None, "the hallway problem of grade 7 is open"
    assert ENGLISH.write(view.pieces[-1].text) == "one stair for two lunches"
    assert view.advised is not None
    assert view.few is None


def test_too_few_make_no_problem(here: Here) -> None:
    few = here.workspace.ask(data_precise.narrow, here.school, narrowing=Narrowing(locations=("Gym",), hours=(9,)))
    assert few.few is not None
    with pytest.raises(UserError, match="too few for a pattern"):
        here.workspace.do(
            data_precise.make_problem,
            here.school,
            team_id=here.team,
            narrowing=Narrowing(locations=("Gym",), hours=(9,)),
        )
    with pytest.raises(UserError, match="Nothing is chosen"):
        here.workspace.do(data_precise.save, here.school)
    with pytest.raises(UserError, match="No referral has"):
        here.workspace.do(data_precise.save, here.school, narrowing=Narrowing(locations=("Roof",)))


def test_a_problem_made_from_bars_has_words_baseline_and_a_chart_of_the_same_bars(here: Here) -> None:
    bars = Narrowing(locations=("Classroom",), grades=("6", "8"))
    view = here.workspace.ask(data_precise.narrow, here.school, narrowing=bars)
    made = here.workspace.do(data_precise.make_problem, here.school, team_id=here.team, narrowing=bars).value
    record = next(each for each in here.workspace.ask(problems.of_team, here.team) if each.problem.id == made)
    problem = record.problem
    assert (problem.where, problem.who) == ("Classroom", "Grades 6 and 8")
    assert problem.baseline == round(view.n / view.days, 2)
    assert problem.unit == "referrals per school day"
    figure = here.workspace.ask(problem_charts.of_problem, made)
    assert figure is not None
    assert "grades 6 and 8" in here.workspace.words().write(figure.title), "the chart says what it counts"
    assert dict(figure.n.values)["n"] == view.n  # type: ignore[union-attr]
    behind = here.workspace.ask(data.behind_problem, record_id=made)
    assert sum(each.used or 0 for each in behind) == view.n, "where they come from says the same number"
    for line in here.workspace.ask(problems.of_team, here.team):
        drawn = here.workspace.ask(problem_charts.of_problem, line.problem.id)
        behind = here.workspace.ask(data.behind_problem, record_id=line.problem.id)
        assert drawn is not None
        assert sum(each.used or 0 for each in behind) == dict(drawn.n.values)["n"]  # type: ignore[union-attr]
    saved = next(each for each in here.workspace.ask(data_precise.drill_downs, here.school) if each.problem_id == made)
    assert (saved.was, saved.now) == (view.n, view.n)
    again = here.workspace.ask(
        data_precise.narrow, here.school, narrowing=Narrowing(locations=("Classroom",), grades=("8", "6"))
    )
    assert again.same is not None
    assert again.same.id == made


def test_a_goal_for_a_problem_shows_its_arithmetic_and_stands_on_the_chart(here: Here) -> None:
    advice = here.workspace.ask(data_goals.advice, here.problem.problem.id)
    half = next(each for each in advice.ways if each.way == "half")
    assert half.target == round(advice.baseline / 2, 2)
    assert "÷ 2" in ENGLISH.say(half.arithmetic)
    with pytest.raises(UserError, match="not below the baseline"):
        here.workspace.do(data_goals.take, here.problem.problem.id, way="own", target=99.0)
    with pytest.raises(UserError, match="Choose one of"):
        here.workspace.do(data_goals.take, here.problem.problem.id, way="luck")
    here.workspace.do(data_goals.take, here.problem.problem.id, way="half")
    figure = here.workspace.ask(problem_charts.of_problem, here.problem.problem.id)
    assert figure is not None
    assert f"goal {half.target}" in " ".join(ENGLISH.write(note) for note in figure.table().notes)
    here.workspace.undo()


def test_a_decision_draws_a_line_starts_the_rules_anew_and_asks_the_next_meeting(here: Here) -> None:
    measure, students = here.charted
    before = here.workspace.ask(data.student, students[0], measure_key=measure)
    askers = here.workspace.ask(data_plans.askers, here.school)
    done = here.workspace.do(
        data_plans.decide,
        students=students,
        measure_key=measure,
        step=StudentStep.CHANGE,
        note="Repeated reading, 10 min a day",
        meeting_id=askers[0].meeting_id,
    )
    assert len(done.value) == 2
    agenda = here.workspace.ask(meetings.show, askers[0].meeting_id).agenda
    assert agenda[-1].title.startswith("Students ")
    assert agenda[-1].title.endswith("Is it helping?")
    after = here.workspace.ask(data.student, students[0], measure_key=measure)
    assert all(verdict.decision is Decision.NOT_ENOUGH for verdict in after.verdicts)
    assert after.figure != before.figure
    texts = [ENGLISH.say(line.value) for line in (*after.numbers, *after.rules)]
    assert "0 of 6" in texts
    assert "0 of 8" in texts
    here.workspace.undo()
    assert here.workspace.ask(data.student, students[0], measure_key=measure).figure == before.figure
    with pytest.raises(UserError, match="Nobody is chosen"):
        here.workspace.do(data_plans.decide, students=(), measure_key=measure, step=StudentStep.CHANGE)


def test_a_goal_for_a_student_starts_from_the_median_of_three(here: Here) -> None:
    measure, students = here.charted
    advice = here.workspace.ask(data_plans.goals, students[0], measure_key=measure)
    assert [way.way for way in advice.ways] == ["cut", "norm", "own_growth"]
    here.workspace.do(data_plans.set_goal, students[0], measure_key=measure, target=130.0, due_on=date(2026, 5, 20))
    view = here.workspace.ask(data.student, students[0], measure_key=measure)
    goal = next(line for line in view.numbers if ENGLISH.say(line.name).startswith("Goal by"))
    assert (ENGLISH.say(goal.name), ENGLISH.say(goal.value)) == ("Goal by 5/20/2026", "130")
    start = next(line for line in view.numbers if ENGLISH.say(line.name) == "Baseline")
    assert ENGLISH.say(start.value) == f"{advice.start_value:g}"
    here.workspace.undo()
    for wrong, sentence in (
        ({"target": advice.start_value}, "baseline itself"),
        ({"target": 99.0, "due_on": advice.start_on - timedelta(days=1)}, "due before it starts"),
    ):
        with pytest.raises(UserError, match=sentence):
            here.workspace.do(data_plans.set_goal, students[0], measure_key=measure, **wrong)


def test_a_student_who_changed_schools_is_one_line_with_all_scores(here: Here) -> None:
    piney, holcomb = (
        next(each for each in here.workspace.ask(places.places) if each.short_name == name)
        for name in ("Piney Ridge", "Holcomb")
    )
    before = here.workspace.ask(data.group, piney.id)
    assert before.measure is not None
    line = max(before.lines, key=lambda each: each.scores)
    with facts_changed(
        here.workspace,
        "UPDATE score SET school = (SELECT key FROM organization WHERE id = :there) WHERE student = :student AND measure = "
        ":measure AND window IS NULL AND taken_on = :day",
        there=holcomb.id, student=line.student, measure=before.measure.key, day=line.last_on.toordinal(),  # type: ignore[union-attr]
    ):  # fmt: skip
        after = here.workspace.ask(data.group, piney.id, measure_key=before.measure.key)
        there = here.workspace.ask(data.group, holcomb.id, measure_key=before.measure.key)
        own = here.workspace.ask(data.student, line.student, measure_key=before.measure.key)
    assert line.student not in {each.student for each in after.lines}
    moved = next(each for each in there.lines if each.student == line.student)
    assert (moved.scores, moved.decision) == (line.scores, line.decision)
    assert own.verdicts[0].decision is moved.decision
    assert own.place == "Holcomb"


def test_last_years_goal_line_says_nothing_of_this_years_scores(here: Here) -> None:
    measure, students = here.charted
    with facts_changed(
        here.workspace,
        "UPDATE goal_line SET from_day = from_day - 365, to_day = to_day - 365 WHERE student = :student",
        student=students[0],
    ):
        view = here.workspace.ask(data.student, students[0], measure_key=measure)
    assert view.verdicts == ()
    assert ENGLISH.say(view.statement) == "No goal line has been set, so no rule can speak."
    assert here.workspace.ask(data.student, students[0], measure_key=measure).verdicts


def test_a_year_that_is_over_has_the_same_rates_seen_from_the_year_after(here: Here) -> None:
    now = here.workspace.ask(data.referrals, here.school)
    last = here.workspace.ask(data.referrals, here.school, year=now.year - 1)
    assert now.months is not None
    assert last.months is not None
    rates = {row[0]: row[1] for row in last.months.table().rows if row[1] != ""}
    assert rates == {row[0]: row[2] for row in now.months.table().rows if row[2] != ""}


@pytest.mark.parametrize(
    ("shares", "windows", "words"),
    [
        (
            {"Fall": (8, 2), "Winter": (6, 4)},
            [(2025, "Fall"), (2025, "Winter")],
            "Grade 3 lost most since fall: 60% after 80%.",
        ),
        ({"Fall": (6, 4), "Winter": (8, 2)}, [(2025, "Fall"), (2025, "Winter")], ""),
        ({"Fall": (8, 2), "Winter": (6, 4)}, [(2025, "Winter")], ""),
        ({"Fall": (8, 2), "Winter": (6, 4)}, [(2024, "Fall"), (2025, "Winter")], ""),
    ],
)
def test_the_grade_that_lost_most_is_named(
    shares: dict[str, tuple[int, int]], windows: list[tuple[int, str]], words: str
) -> None:
    found = [
        counts.LevelCount(year, window, grade, 1, "level", tier, n)
        for year, window in windows
        for grade in (2, 3)
        for tier, n in zip((1, 2), shares[window] if grade == 3 else (7, 3), strict=True)
    ]
    assert ENGLISH.write(data_screening.most_lost(found, windows)) == words


@contextmanager
def facts_changed(workspace: Workspace, statement: str, **values: object) -> Iterator[None]:
    """What a file with other facts would have brought; everything is as before afterwards."""
    with workspace.database.engines.writer.connect() as connection:
        tables = {
            name: [dict(row._mapping) for row in connection.execute(sa.text(f"SELECT * FROM {name}"))]
            for name in ("score", "goal_line")
        }
    with workspace.database.engines.writer.begin() as connection:
        assert connection.execute(sa.text(statement), values).rowcount
    yield
    with workspace.database.engines.writer.begin() as connection:
        for name, rows in tables.items():
            held = ", ".join(f'"{column}" = :{column}' for column in rows[0] if column != "number")
            connection.execute(sa.text(f"UPDATE {name} SET {held} WHERE number = :number"), rows)
