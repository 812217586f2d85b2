"""Improvement cycles, the strategy bank and goals of teams, on the sample division."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH, Said
from mtss_desktop.documents.blocks import Audience, RowKind, Table
from mtss_desktop.domain.cycles import CycleDecision, CycleStep
from mtss_desktop.domain.figures import PhaseLine
from mtss_desktop.domain.plans import Direction
from mtss_desktop.domain.problems import Effect, Fidelity, ProblemId, SolutionKind
from mtss_desktop.usecases import (
    actions,
    cycles,
    goals,
    meetings,
    papers,
    people,
    problem_board,
    problem_charts,
    problems,
    strategies,
    team_decisions,
)
from mtss_desktop.usecases.cycles import CycleFact
from mtss_desktop.usecases.papers import Scope
from tests.usecases.acts import Here


def test_a_cycle_from_plan_to_its_next_turn(sample: Workspace) -> None:
    here = Here(sample)
    made = sample.do(cycles.begin, here.team, name="Two posts", problem_id=here.problem.problem.id).value
    for fact, text in (
        (CycleFact.QUESTION, "Do two posts calm the stairs?"),
        (CycleFact.PREDICTION, "Half as many referrals"),
        (CycleFact.PLAN, "Two adults at stair B"),
        (CycleFact.MEASURE, "Referrals per school day, weekly, Pratt"),
        (CycleFact.STARTS, "2/12"),
        (CycleFact.ENDS, "+2w"),
    ):
        sample.do(cycles.write, made, fact=fact, text=text)
    card = sample.ask(cycles.card, made)
    assert (card.line.step, card.line.cycle.ends_on) == (CycleStep.DO, date(2026, 2, 26))
    with pytest.raises(UserError, match="no day"):
        sample.do(cycles.write, made, fact=CycleFact.ENDS, text="soon")
    with pytest.raises(UserError, match="ends before it starts"):
        sample.do(cycles.write, made, fact=CycleFact.STARTS, text="3/2")
    with pytest.raises(UserError, match="Nothing is decided"):
        sample.do(cycles.begin_next, made)

    task = sample.do(actions.add, here.team, text="Post list", parent_topic="cycles", parent_id=made).value
    board = {line.id: line for line in sample.ask(actions.board).lines}
    assert board[task].belongs_to == "Two posts", "an action shows the cycle it belongs to"
    assert sample.ask(cycles.card, made).line.open_actions == 1

    sample.do(cycles.decide, made, decision=CycleDecision.ADAPT, change="Also at dismissal")
    second = sample.do(cycles.begin_next, made).value
    card = sample.ask(cycles.card, second)
    assert [line.cycle.number for line in card.series] == [1, 2]
    assert card.line.cycle.plan == "Also at dismissal\nTwo adults at stair B"
    with pytest.raises(UserError, match="begun already"):
        sample.do(cycles.begin_next, made)
    with pytest.raises(UserError, match="builds on this one"):
        sample.do(cycles.remove, made)
    assert made not in {line.id for line in sample.ask(cycles.lines)}
    assert made in {line.id for line in sample.ask(cycles.lines, closed=True)}

    with pytest.raises(UserError, match="cycles"):
        sample.do(team_decisions.remove, here.team)
    sample.do(team_decisions.merge, here.team, here.other_team)
    moved = sample.ask(cycles.card, second)
    assert {line.cycle.team_id for line in moved.series} == {here.other_team}, "the turns of a cycle stay together"


def test_only_what_was_carried_out_and_helped_is_in_the_bank(sample: Workspace) -> None:
    here = Here(sample)
    before = {line.id for line in sample.ask(strategies.bank)}
    problem = sample.do(problems.define, here.team, title="Bus line").value
    solution = sample.do(problems.add_solution, problem, kind=SolutionKind.PREVENT, text="Painted zebra feet").value
    meeting = here.held.meeting.id

    def found() -> set[str]:
        return {line.id for line in sample.ask(strategies.bank)} - before

    for fidelity, effect, inside in (
        (Fidelity.PARTIAL, Effect.GOAL_MET, False),
        (Fidelity.WITH_FIDELITY, Effect.NO_CHANGE, False),
        (Fidelity.WITH_FIDELITY, Effect.IMPROVED, True),
    ):
        sample.do(problems.review, problem, meeting, fidelity=fidelity, effect=effect)
        assert (solution in found()) is inside, (fidelity, effect)
    sample.do(problems.set_fidelity, solution, meeting, fidelity=Fidelity.PARTIAL)
    assert not found(), "the solution's own mark says more than the problem's"
    sample.do(problems.set_fidelity, solution, meeting, fidelity=Fidelity.WITH_FIDELITY)
    assert found() == {solution}

    assert [line.id for line in sample.ask(strategies.bank, text="ZEBRA bus")] == [solution]
    assert not sample.ask(strategies.bank, text="zebra train")
    sample.do(strategies.write_note, solution, note="Paint twice a year")
    assert [line.note for line in sample.ask(strategies.bank, text="twice")] == ["Paint twice a year"]

    other = next(line for line in sample.ask(problem_board.lines) if line.problem.team_id != here.team)
    assert other.id in dict(sample.ask(strategies.card, solution).open_problems)
    again = sample.do(strategies.use_again, solution, ProblemId(other.id)).value
    card = sample.ask(strategies.card, again)
    assert card.line.id == solution, "the trail leads back to where it began"
    assert [use.problem_id for use in card.line.uses] == [problem, other.id]
    assert (card.line.worked, len(card.line.uses)) == (1, 2)
    assert other.id not in dict(card.open_problems)
    with pytest.raises(UserError, match="has this strategy already"):
        sample.do(strategies.use_again, solution, ProblemId(other.id))
    with pytest.raises(UserError, match="is closed"):
        sample.do(strategies.use_again, solution, here.closed_problem.problem.id)

    sample.do(strategies.leave_out, solution)
    assert not found()
    assert solution in {line.id for line in sample.ask(strategies.bank, left_out=True)}
    sample.do(problems.remove_solution, solution)
    assert sample.ask(problem_board.card, ProblemId(other.id)).solutions[-1].came_from is None


def test_a_goal_of_a_team_has_a_level_of_its_own(sample: Workspace) -> None:
    here = Here(sample)
    with pytest.raises(UserError, match="not above"):
        sample.do(goals.add, here.team, metric="Present", baseline=80, target=60, direction=Direction.HIGHER)
    with pytest.raises(UserError, match="not below"):
        sample.do(problems.set_goal, here.problem.problem.id, metric="Referrals a day", baseline=1.0, target=2.0)
    made = sample.do(
        goals.add, here.team, metric="Present", unit="%", baseline=60, target=80, direction=Direction.HIGHER,
        due_on=date(2026, 5, 20),
    ).value  # fmt: skip
    sample.do(goals.note_level, made, level=82)
    line = next(each for each in sample.ask(problem_board.goals) if each.id == made)
    assert (line.level, line.tone, ENGLISH.say(line.sentence)) == (82, "success", "Met: 82 on 2/12.")
    with pytest.raises(UserError, match="comes from the reviews"):
        sample.do(goals.note_level, here.problem.goals[0].id, level=1)


def test_the_chart_of_a_problem_shows_when_its_solution_and_cycles_began(sample: Workspace) -> None:
    here = Here(sample)
    hallway = next(each for each in sample.ask(problem_board.lines) if each.problem.title == "Hallway, grade 7")
    figure = sample.ask(problem_charts.of_problem, ProblemId(hallway.id))
    assert figure is not None
    lines = [mark for mark in figure.marks if isinstance(mark, PhaseLine)]
    assert [ENGLISH.say(each.note) for each in lines] == ["10/27 two posts on the upper hall", "11/19 cycle 2"]
    made = sample.do(cycles.begin, here.team, name="Stairs", problem_id=hallway.id, starts_on=date(2026, 1, 20)).value
    figure = sample.ask(problem_charts.of_problem, ProblemId(hallway.id))
    assert figure is not None
    assert made
    assert len([mark for mark in figure.marks if isinstance(mark, PhaseLine)]) == 3


def test_actions_of_other_teams_keep_their_own_words(sample: Workspace) -> None:
    """The board names the meeting or problem of every action that has one."""
    lines = sample.ask(actions.board).lines
    assert any(line.parent_topic == "problems" and line.parent for line in lines)
    assert all(line.parent for line in lines if line.parent_topic == "problems")
    assert sample.ask(meetings.last_of, Here(sample).team) is not None


def test_the_action_plan_holds_every_action_once_and_names_nobody_in_public(sample: Workspace) -> None:
    here = Here(sample)
    every = sample.ask(actions.of_team, here.team, only_open=False)
    names = {person.name.split()[-1] for person in sample.ask(people.everyone)}
    for audience in (Audience.TEAM, Audience.PUBLIC):
        made = sample.ask(papers.make, "action-plan", scope=Scope(team=here.team, audience=audience))
        (table,) = (block for block in made.blocks if isinstance(block, Table))
        rows = [row for row in table.rows if row.kind is RowKind.BODY]
        said_ = [ENGLISH.say(row.cells[4]) for row in rows if isinstance(row.cells[4], str | Said)]
        assert sorted(str(row.cells[2]) for row in rows) == sorted(each.text for each in every)
        assert bool(names & set(said_)) is (audience is Audience.TEAM)
    first = next(row for row in table.rows if row.kind is RowKind.GROUP)
    words = "".join(ENGLISH.say(part.text) for part in first.cells[0].content)
    assert words == "Goal A. Hallway referrals per school day from 2.02 to 0.9 by 3/31/2026 · now 0.91, 1/20"

    early = sample.ask(papers.make, "action-plan", scope=Scope(team=here.team, first=date(2026, 1, 1)))
    (table,) = (block for block in early.blocks if isinstance(block, Table))
    shown = {str(row.cells[2]) for row in table.rows if row.kind is RowKind.BODY}
    late = {each.text for each in every if each.done_on is None or each.done_on >= date(2026, 1, 1)}
    assert shown == late, "what was done before the period is not part of it"
