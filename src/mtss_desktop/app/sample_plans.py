"""The sample's improvement cycles, team goals, notes on what worked, saved drill-downs, and the marks and photo of a meeting."""

from __future__ import annotations

import base64
from typing import Any

from mtss_desktop.app.sample_known import Known
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.domain.cycles import CycleDecision, CycleId
from mtss_desktop.domain.plans import Direction
from mtss_desktop.domain.precise import Narrowing
from mtss_desktop.usecases import actions, checklist, cycles, data_precise, goals, minutes, problem_board, strategies
from mtss_desktop.usecases.cycles import CycleFact

Sheet = dict[str, Any]
PHOTO = "chart_paper.jpg"
PLANNED = ("question", "prediction", "plan", "measure")
WRITTEN = (CycleFact.DONE, CycleFact.RESULT, CycleFact.LEARNED)


def fill(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    """After problems, their reviews and meetings."""
    before: CycleId | None = None
    for each in sheet["cycles"]:
        before = _cycle(workspace, each, known, before)
    for each in sheet["goals"]:
        _goal(workspace, each, known)
    for each in sheet["strategies"]:
        solution = known.solutions[each["problem"]][each["solution"] - 1]
        workspace.do(strategies.write_note, solution, note=each["note"])
    for each in sheet["drill_downs"]:
        _drill_down(workspace, each, known)
    for each in sheet["evaluated"]:
        _evaluated(workspace, each, known)
    for each in sheet["marks"]:
        _marks(workspace, each, known)


def _cycle(workspace: Workspace, sheet: Sheet, known: Known, before: CycleId | None) -> CycleId:
    if sheet.get("next"):
        assert before is not None
        cycle_id = workspace.do(cycles.begin_next, before).value
        _write(workspace, cycle_id, CycleFact.PREDICTION, sheet["prediction"])
    else:
        cycle_id = _begun(workspace, sheet, known)
    for fact, name in ((CycleFact.STARTS, "starts"), (CycleFact.ENDS, "ends"), (CycleFact.STUDY_ON, "study_on")):
        day = sheet[name]
        _write(workspace, cycle_id, fact, f"{day.month}/{day.day}/{day.year}")
    for fact in WRITTEN:
        if fact.value in sheet:
            _write(workspace, cycle_id, fact, sheet[fact.value])
    if "decision" in sheet:
        decision = CycleDecision(sheet["decision"])
        workspace.do(cycles.decide, cycle_id, decision=decision, on=sheet["decided"], change=sheet["change"])
    return cycle_id


def _begun(workspace: Workspace, sheet: Sheet, known: Known) -> CycleId:
    problem = known.problems[f"{sheet['team']}/{sheet['problem']}"]
    goal = workspace.ask(problem_board.card, problem).goal if sheet.get("goal") else None
    return workspace.do(
        cycles.begin,
        known.teams[sheet["team"]],
        name=sheet["name"],
        problem_id=problem,
        goal_id=goal.goal.id if goal is not None else None,
        **{name: sheet.get(name, "") for name in PLANNED},
    ).value


def _write(workspace: Workspace, cycle_id: CycleId, fact: CycleFact, text: str) -> None:
    workspace.do(cycles.write, cycle_id, fact=fact, text=text)


def _goal(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    goal_id = workspace.do(
        goals.add,
        known.teams[sheet["team"]],
        metric=sheet["metric"],
        unit=sheet["unit"],
        baseline=sheet["baseline"],
        target=sheet["target"],
        direction=Direction(sheet["direction"]),
        started_on=sheet["started"],
        due_on=sheet["due"],
    ).value
    workspace.do(goals.note_level, goal_id, level=sheet["level"], on=sheet["level_on"])


def _evaluated(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    team = known.teams[sheet["team"]]
    action = next(each for each in workspace.ask(actions.of_team, team) if each.text == sheet["action"])
    workspace.do(actions.change, action.id, evaluate_on=sheet["on"], note=sheet["how"])


def _drill_down(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    parts = ("locations", "behaviors", "hours", "weekdays", "grades")
    bars = Narrowing(**{name: tuple(sheet[name]) for name in parts if name in sheet})
    workspace.do(
        data_precise.save,
        known.places[sheet["school"]],
        name=sheet["name"],
        severity=sheet.get("severity", ""),
        narrowing=bars,
    )


def _marks(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    """The team's own score, and the photo of the chart paper it worked on."""
    meeting_id = known.meetings[sheet["team"], sheet["meeting"]]
    for number, points in sheet["points"].items():
        note = sheet["note"].get(number, "")
        workspace.do(checklist.mark, meeting_id, number=int(number), points=points, note=note)
    with paths.resource("sample", PHOTO).open("rb") as file:
        content = base64.b64encode(file.read()).decode()
    workspace.do(
        minutes.attach_photo, meeting_id, name="Upper hall, one week.jpg", media_type="image/jpeg", content=content
    )
