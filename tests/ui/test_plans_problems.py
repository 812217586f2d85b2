"""Problems and goals in the room of plans, by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.ui.panes.plans.pane import PlansPane
from mtss_desktop.usecases import problem_board
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, which, modifier)
    QApplication.processEvents()


def type_(text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)
    QApplication.processEvents()


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
    key(Qt.Key.Key_Down)
    assert view.shown != first
    assert not audit(window)

    # a part of the statement, in its place
    view.card.facts["when"].edit()
    type_(" and Fridays")
    key(Qt.Key.Key_Return)
    wanted = ProblemId(view.shown)
    assert sample.ask(problem_board.card, wanted).line.problem.when.endswith("and Fridays")

    # a solution is added, changed, withdrawn; undo brings it back
    before = len(sample.ask(problem_board.card, wanted).solutions)
    view.card.add.click()
    key(Qt.Key.Key_Return)
    assert view.card.form.text.is_wrong
    type_("Walk the stairs together")
    view.card.form.fields["by"].setText("no day")
    key(Qt.Key.Key_Return)
    assert view.card.form.by.is_wrong
    view.card.form.fields["by"].setText("+2w")
    key(Qt.Key.Key_Return)
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
    key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
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

    # a new problem
    view.new_problem()
    type_("Late buses")
    key(Qt.Key.Key_Return)
    assert view.card.card is not None
    assert view.card.card.line.problem.title == "Late buses"

    pane.show_view("goals")
    QApplication.processEvents()
    assert pane.goals.lines
    assert not audit(window)
    pane.goals.table.setFocus()
    key(Qt.Key.Key_Return)
    assert pane.view == "problems"
