"""While the team talks, by keys: level, next step, solutions and goal of a problem; photos; masked names; two meetings at once."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.problems import Fidelity, NextStep, SolutionKind
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.usecases import problems
from tests.ui.test_meetings import ALT, Key, meeting, press, running, say, school_year, shown

__all__ = ["meeting", "running", "school_year"]


def test_level_next_step_solutions_and_goal_are_marked_where_the_talk_is(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    problem = shown(workspace, meeting).problems[0].problem.id
    for kind, text in ((SolutionKind.PREVENT, "Two adults stand at posts"), (SolutionKind.TEACH, "Walk it again")):
        workspace.do(problems.add_solution, problem, kind=kind, text=text)
    press(Key.Key_Down, ALT)
    say("still ty")
    item = running.live.item
    item.level.level.setFocus()
    say("1.9")
    press(Key.Key_Return)
    item.next_step.segments.findChildren(Button)[0].setFocus()
    press(Key.Key_Right)
    press(Key.Key_Space)
    press(Key.Key_4, ALT)
    details = running.live.details
    assert details.isVisible()
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Down)  # not started, partial, with fidelity
    details.text.setFocus()
    say("Split the release")
    press(Key.Key_Return)
    details.target.setFocus()
    say("0.9")
    details.due.setFocus()
    say("1/29")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert running.live.entry.line.hasFocus()
    assert running.live.entry.line.text == "still ty"
    found = shown(workspace, meeting).problems[0]
    assert found.review is not None
    assert (found.review.level, found.review.next_step) == (1.9, NextStep.MODIFY)
    assert found.fidelities[:2] == (Fidelity.WITH_FIDELITY, None)
    assert found.solutions[2].text == "Split the release"
    assert (found.goals[0].target, found.goals[0].due_on) == (0.9, date(2027, 1, 29))


def test_the_problem_starts_from_the_lowest_until_it_is_marked_itself(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    del running
    problem = shown(workspace, meeting).problems[0].problem.id
    first, second = (
        workspace.do(problems.add_solution, problem, kind=SolutionKind.TEACH, text=text).value for text in ("A", "B")
    )

    def fidelity() -> Fidelity | None:
        review = shown(workspace, meeting).problems[0].review
        return review.fidelity if review is not None else None

    workspace.do(problems.set_fidelity, first, meeting, fidelity=Fidelity.WITH_FIDELITY)
    assert fidelity() is Fidelity.WITH_FIDELITY
    workspace.do(problems.set_fidelity, second, meeting, fidelity=Fidelity.NOT_STARTED)
    assert fidelity() is Fidelity.NOT_STARTED
    workspace.do(problems.mark, problem, meeting, fidelity=Fidelity.PARTIAL)
    workspace.do(problems.set_fidelity, second, meeting, fidelity=Fidelity.STOPPED)
    assert fidelity() is Fidelity.PARTIAL


def test_a_level_that_is_no_number_is_said_and_stays(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    press(Key.Key_Down, ALT)
    field = running.live.item.level.level
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    say("many")
    press(Key.Key_Return)
    assert field.text() == "many"
    assert field.property("wrong") == "true"
    assert shown(workspace, meeting).problems[0].review is None
