"""Problems, goals, cycles and what worked in the room of plans, by keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.cycles import CycleDecision, CycleId
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.ui.find import found_entries
from mtss_desktop.ui.palette import Entry
from mtss_desktop.ui.panes.plans.pane import PlansPane
from mtss_desktop.usecases import cycles, problem_board, search, strategies
from mtss_desktop.usecases.cycles import CycleFact
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow
from tests.ui.keys import CONTROL, press, type_
from tests.ui.test_kept import crash


def test_problems_and_goals_by_keys(make_window: MakeWindow, sample: Workspace) -> None:
    window = make_window(sample)
    window.go_to("plans", "problems")
    QApplication.processEvents()
    pane = window.current
    assert isinstance(pane, PlansPane)
    view = pane.problems
    assert len(view.table.records) == len(sample.ask(problem_board.lines)) > 1

    view.table.setFocus()
    first = view.shown
    press(Qt.Key.Key_Down)
    assert view.shown != first
    assert not audit(window)

    # a part of the statement, in its place
    view.card.facts["when"].edit()
    type_(" and Fridays")
    press(Qt.Key.Key_Return)
    wanted = ProblemId(view.shown)
    assert sample.ask(problem_board.card, wanted).line.problem.when.endswith("and Fridays")

    # a solution is added, changed, withdrawn; undo brings it back
    before = len(sample.ask(problem_board.card, wanted).solutions)
    view.card.add.click()
    press(Qt.Key.Key_Return)
    assert view.card.form.text.is_wrong
    type_("Walk the stairs together")
    view.card.form.fields["by"].setText("no day")
    press(Qt.Key.Key_Return)
    assert view.card.form.by.is_wrong
    view.card.form.fields["by"].setText("+2w")
    press(Qt.Key.Key_Return)
    made = sample.ask(problem_board.card, wanted).solutions
    assert len(made) == before + 1
    assert made[-1].by_when is not None
    assert not view.card.form.isVisible()
    line = view.card.solutions.line(made[-1].id)
    assert line is not None
    line.do_act()
    QApplication.processEvents()
    assert len(sample.ask(problem_board.card, wanted).solutions) == before
    sample.undo()
    assert len(sample.ask(problem_board.card, wanted).solutions) == before + 1

    # copied rows are a table, too
    view.table.setFocus()
    press(Qt.Key.Key_C, CONTROL)
    assert "<table" in QGuiApplication.clipboard().mimeData().html()

    # closed and open again
    view.close_or_open()
    QApplication.processEvents()
    assert wanted not in {each.id for each in sample.ask(problem_board.lines)}
    view.show_problem(wanted)
    QApplication.processEvents()
    assert view.shown == wanted
    view.close_or_open()
    QApplication.processEvents()
    assert wanted in {each.id for each in sample.ask(problem_board.lines)}

    # a new problem: Ctrl+N opens its form, Ctrl+Enter keeps it
    first = next(act for act in pane.acts() if act.primary)
    assert (first.label, first.why_not()) == ("New problem", "")
    first.run()
    type_("Late buses")
    keep = next(act for act in pane.acts() if act.primary)
    assert keep.label == view.form.keep.text()
    keep.run()
    assert view.card.card is not None
    assert view.card.card.line.problem.title == "Late buses"

    pane.show_view("goals")
    QApplication.processEvents()
    assert pane.goals.lines
    assert not audit(window)
    pane.goals.table.setFocus()
    press(Qt.Key.Key_Return)
    assert pane.view == "problems"

    # a goal of a team: a target on the wrong side is said where it is, and nothing typed is lost
    pane.show_view("goals")
    QApplication.processEvents()
    goals = pane.goals
    goals.new()
    form = goals.form
    form.about.choose(next(value for value, _ in goals.content.about if value.startswith("team:")))
    type_("Members present")
    for name, text in (("baseline", "60"), ("target", "50"), ("by", "5/20")):
        form.fields[name].setText(text)
    form.way.choose("higher")
    press(Qt.Key.Key_Return)
    assert form.numbers["target"].is_wrong
    assert form.fields["baseline"].text() == "60"
    form.fields["target"].setText("80")
    press(Qt.Key.Key_Return)
    assert goals.line is not None
    assert (goals.line.goal.metric, goals.line.goal.target) == ("Members present", 80.0)


def test_cycles_and_what_worked_by_keys(make_window: MakeWindow, sample: Workspace) -> None:
    window = make_window(sample, room="plans")
    window.go_to("plans", "cycles")
    QApplication.processEvents()
    pane = window.current
    assert isinstance(pane, PlansPane)
    view = pane.cycles
    assert not audit(window)
    view.new()
    type_("Calm stairs")
    press(Qt.Key.Key_Return)
    assert view.card.card is not None
    cycle = CycleId(view.shown)
    assert view.card.card.line.cycle.name == "Calm stairs"

    view.card.facts[CycleFact.STARTS].edit()
    type_("no day")
    press(Qt.Key.Key_Return)
    assert view.card.facts[CycleFact.STARTS].editing, "a text that is no day stays where it was typed"
    view.card.facts[CycleFact.STARTS]._editor.setPlainText("2/2")
    press(Qt.Key.Key_Return)
    assert sample.ask(cycles.card, cycle).line.cycle.starts_on == date(2026, 2, 2)

    view.card.add_task.click()
    type_("Post list")
    view.card.task.fields["who"].setText("Nobody At All")
    press(Qt.Key.Key_Return)
    assert view.card.task.who.is_wrong
    view.card.task.fields["who"].setText("")
    press(Qt.Key.Key_Return)
    assert [each.text for each in sample.ask(cycles.card, cycle).actions] == ["Post list"]

    view.card.decisions[CycleDecision.ADAPT].click()
    QApplication.processEvents()
    assert view.shown == cycle, "a decided cycle stays in view"
    view.card.next_turn.click()
    QApplication.processEvents()
    assert view.card.card.line.cycle.number == 2
    assert not audit(window)

    # what worked: found by a word, used again elsewhere
    pane.open_record("strategies")
    QApplication.processEvents()
    bank = pane.bank
    everything = len(bank.table.records)
    bank.filter.setText("cafeteria tables")
    assert 0 < len(bank.table.records) < everything
    bank.table.setFocus()
    bank.table.choose(bank.table.records[0].id)
    QApplication.processEvents()
    assert not audit(window)
    problem = bank.card.problem.value
    bank.card.use.click()
    QApplication.processEvents()
    there = sample.ask(problem_board.card, ProblemId(problem)).solutions[-1]
    assert there.came_from == bank.shown
    bank.card.toggle.click()
    QApplication.processEvents()
    assert there.came_from not in {line.id for line in sample.ask(strategies.bank)}


def test_the_palette_finds_goals_cycles_and_what_worked(make_window: MakeWindow, sample: Workspace) -> None:
    found = {(hit.kind, hit.title) for hit in sample.ask(search.find, "upper hall")}
    assert {kind for kind, _ in found} >= {"cycle", "strategy"}
    window = make_window(sample, room="today")
    entries: list[Entry] = []
    for text in ("posts on the upper", "expectations", "tables leave"):
        found_entries(window, text, entries.extend)
    for kind, view in (("cycle", "cycles"), ("goal", "goals"), ("strategy", "strategies")):
        entry = next(each for each in entries if each.key.startswith(f"{kind}:"))
        entry.run()
        QApplication.processEvents()
        assert isinstance(window.current, PlansPane)
        assert window.current.view == view
        assert window.current.record_id == entry.key


def test_what_was_typed_to_change_a_solution_or_a_goal_comes_back_as_a_change(
    make_window: MakeWindow, sample: Workspace, qtbot: QtBot
) -> None:
    """Of the record it was typed for: it came back as a new one, and to keep it would have made a second."""
    window = make_window(sample, room="plans")
    window.go_to("plans", "problems")
    view = window.current.problems  # type: ignore[attr-defined]
    shown = next(
        line.id for line in reversed(view.content.lines) if sample.ask(problem_board.card, ProblemId(line.id)).solutions
    )
    view.show_problem(shown)
    solution = view.card.card.solutions[0]
    view.card.change_solution(solution)
    QTest.keyClicks(view.card.form.fields["text"], " qz")
    crash(window)
    window = make_window(sample, room="plans")
    window.go_to("plans", "problems")
    view = window.current.problems  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view.card.form.isVisible() and view.shown == shown)
    assert view.card.form.fields["text"].text() == f"{solution.text} qz"
    assert view.card.form.heading.text() == "Change solution"
    view.card.form.submit()
    qtbot.waitUntil(lambda: view.card.card.solutions[0].text == f"{solution.text} qz")
    window.go_to("plans", "goals")
    view = window.current.goals  # type: ignore[attr-defined]
    line = view.lines[-1]
    view.open_form()
    view.fill_form(line)
    QTest.keyClicks(view.form.fields["metric"], " qz")
    crash(window)
    window = make_window(sample, room="plans")
    window.go_to("plans", "goals")
    view = window.current.goals  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view.form_is_open)
    assert view.form.heading.text() == "Change goal"
    assert view.form.fields["metric"].text() == f"{line.goal.metric} qz"


def test_without_a_team_the_way_to_the_first_one_comes_before_a_form_for_nobody(
    make_window: MakeWindow, bare_workspace: Workspace
) -> None:
    window = make_window(bare_workspace, room="plans")
    for view in ("problems", "goals", "cycles"):
        window.go_to("plans", view)
        QApplication.processEvents()
        shown = window.current._view(view)  # type: ignore[attr-defined]
        assert shown.empty.button.text() == "Add a team"
        shown.new()
        assert window.current.room.key == "teams"
