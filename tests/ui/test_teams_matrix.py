"""The working-smarter matrix on the sample division, driven by keys."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.team_matrix import MatrixColumn
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.teams.chart_view import ChartView
from mtss_desktop.ui.panes.teams.initiatives_view import InitiativesView
from mtss_desktop.ui.panes.teams.links_view import LinksView
from mtss_desktop.ui.panes.teams.matrix_cells import COLUMNS
from mtss_desktop.ui.panes.teams.matrix_view import MatrixView
from mtss_desktop.ui.panes.teams.matrix_words import cells_of
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.usecases import initiatives, matrix, places, protocol, teams
from mtss_desktop.usecases.teams import TeamFact
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow
from tests.ui.keys import CONTROL, SHIFT, press, type_


@pytest.fixture
def view(make_window: MakeWindow, sample: Workspace) -> MatrixView:
    window: MainWindow = make_window(sample)
    window.go_to("teams")
    pane = window.current
    assert isinstance(pane, TeamsPane)
    holcomb = next(place.id for place in sample.ask(places.places) if place.short_name == "Holcomb")
    pane.use_scope(Scope(place_id=holcomb))
    pane.show_view("matrix")
    QApplication.processEvents()
    made = pane._made["matrix"]
    assert isinstance(made, MatrixView)
    return made


def go(view: MatrixView, team: str, column: MatrixColumn) -> None:
    row = next(row for row in view.grid.model_.rows if row.row is not None and row.row.text(MatrixColumn.NAME) == team)
    view.grid.go_to((row.key, column))
    view.grid.setFocus()


def text(view: MatrixView, team: str, column: MatrixColumn) -> str:
    """What the database has."""
    scope = view._host.pane.scope
    rows = view._host.pane.workspace.ask(matrix.grid, place_id=scope.place_id).rows
    return next(row.text(column) for row in rows if row.text(MatrixColumn.NAME) == team)


def test_typing_replaces_enter_goes_down_tab_right_and_escape_lets_go(view: MatrixView, sample: Workspace) -> None:
    go(view, "School climate", MatrixColumn.PURPOSE)
    type_("Calm halls")
    assert view.line.text() == "School climate, purpose: Calm halls"
    press(Qt.Key.Key_Return)
    assert text(view, "School climate", MatrixColumn.PURPOSE) == "Calm halls"
    assert view.grid.current_key is not None
    assert view.grid.model_.spoken(view.grid.currentIndex()).startswith("Tier 1 team, Purpose")
    press(Qt.Key.Key_Tab)
    assert view.grid.current_key[1] is MatrixColumn.OUTCOME_MEASURE
    before = text(view, "Tier 1 team", MatrixColumn.OUTCOME_MEASURE)
    press(Qt.Key.Key_F2)
    type_("nonsense")
    press(Qt.Key.Key_Escape)
    assert text(view, "Tier 1 team", MatrixColumn.OUTCOME_MEASURE) == before
    assert not sample.typing.pending()
    sample.undo()
    assert text(view, "School climate", MatrixColumn.PURPOSE) != "Calm halls"


def test_a_block_is_pasted_as_one_step_and_what_does_not_fit_is_marked_in_place(
    view: MatrixView, sample: Workspace
) -> None:
    before = sample.ask(matrix.grid)
    go(view, "Tier 2 team", MatrixColumn.PURPOSE)
    QGuiApplication.clipboard().setText("New words\tNew measure\nOther words\tOther measure")
    press(Qt.Key.Key_V, CONTROL)
    assert text(view, "Tier 2 team", MatrixColumn.OUTCOME_MEASURE) == "New measure"
    assert text(view, "Tier 3 team", MatrixColumn.PURPOSE) == "Other words"
    sample.undo()
    assert sample.ask(matrix.grid) == before

    go(view, "Tier 2 team", MatrixColumn.TIER)
    QGuiApplication.clipboard().setText("Tier 9\tKept words")
    press(Qt.Key.Key_V, CONTROL)
    assert text(view, "Tier 2 team", MatrixColumn.PURPOSE) == "Kept words"
    assert text(view, "Tier 2 team", MatrixColumn.TIER) == "Tier 2"
    go(view, "Tier 2 team", MatrixColumn.TIER)
    index = view.grid.currentIndex()
    assert view.grid.model_.text(index) == "Tier 9"
    assert "Type 1, 2 or 3" in view.line.text()
    assert {line.text for line in sample.typing.pending()} == {"Tier 9"}
    type_("3")
    press(Qt.Key.Key_Return)
    assert text(view, "Tier 2 team", MatrixColumn.TIER) == "Tier 3"
    assert not sample.typing.pending()


def test_rows_under_the_last_team_become_teams_or_wait_for_a_name(view: MatrixView, sample: Workspace) -> None:
    there = len(sample.ask(teams.cards))
    go(view, "Tier 3 team", MatrixColumn.NAME)
    QGuiApplication.clipboard().setText("Tier 3 team\t3\nSafety committee\t1\n\t2")
    press(Qt.Key.Key_V, CONTROL)
    assert len(sample.ask(teams.cards)) == there + 1
    assert text(view, "Safety committee", MatrixColumn.TIER) == "Tier 1"
    key = next(row.key for row in view.grid.model_.rows if row.extra is not None)
    view.grid.go_to((key, MatrixColumn.NAME))
    type_("Spirit group")
    press(Qt.Key.Key_Return)
    assert text(view, "Spirit group", MatrixColumn.TIER) == "Tier 2"
    assert not view.writing.extra
    assert not sample.typing.pending()


def test_rows_with_their_heads_go_where_the_heads_say(view: MatrixView, sample: Workspace) -> None:
    """As a spreadsheet has them: other columns, another order, several people in one cell, a team that is there."""
    there = len(sample.ask(teams.cards))
    said: list[str] = []
    view._host.pane.noticed.connect(lambda notice: said.append(notice.text))
    go(view, "School leadership", MatrixColumn.PURPOSE)
    QGuiApplication.clipboard().setText(
        "Purpose\tCommittee\tBudget\tStaff Involved\n"
        'Safe halls\tSafety committee\t$200\t"Ann Bell (facilitator)\nBo Lund"\n'
        "Calm halls\tSchool climate\t\t\n"
    )
    press(Qt.Key.Key_V, CONTROL)
    assert len(sample.ask(teams.cards)) == there + 1
    assert text(view, "Safety committee", MatrixColumn.PURPOSE) == "Safe halls"
    assert text(view, "Safety committee", MatrixColumn.STAFF) == "2"
    assert text(view, "School climate", MatrixColumn.PURPOSE) == "Calm halls"
    assert "2 rows pasted, without Budget: there is no such column" in said
    sample.undo()
    assert len(sample.ask(teams.cards)) == there


def test_new_rows_need_a_school(view: MatrixView, sample: Workspace) -> None:
    there = len(sample.ask(teams.cards))
    said: list[str] = []
    pane = view._host.pane
    pane.noticed.connect(lambda notice: said.append(notice.text))
    pane.use_scope(replace(pane.scope, place_id=""))
    QGuiApplication.clipboard().setText("Team\tPurpose\nSafety committee\tSafe halls")
    view.paste()
    assert said[-1].startswith("Choose the school of the new teams")
    assert len(sample.ask(teams.cards)) == there


def test_a_block_is_copied_filled_down_and_emptied(view: MatrixView) -> None:
    go(view, "School climate", MatrixColumn.TARGET_GROUP)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_C, CONTROL)
    rows = QGuiApplication.clipboard().text().split("\n")
    assert len(rows) == 2
    press(Qt.Key.Key_D, CONTROL)
    assert text(view, "Tier 1 team", MatrixColumn.TARGET_GROUP) == rows[0]
    press(Qt.Key.Key_Delete)
    assert text(view, "School climate", MatrixColumn.TARGET_GROUP) == ""
    press(Qt.Key.Key_V, CONTROL)
    assert text(view, "Tier 1 team", MatrixColumn.TARGET_GROUP) == rows[1]


def test_everything_is_copied_as_a_table_with_its_heads(view: MatrixView) -> None:
    go(view, "School climate", MatrixColumn.TARGET_GROUP)
    press(Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.html().count("<td") == 1, "one cell is a table of one cell for a document"
    press(Qt.Key.Key_C, CONTROL | SHIFT)
    data = QGuiApplication.clipboard().mimeData()
    heads, *rows = (line.split("\t") for line in data.text().strip().split("\n"))
    assert heads[0] == "Team"
    assert len(heads) == len(view.grid.shown_columns)
    assert len(rows) == sum(row.row is not None for row in view.grid.model_.rows)
    assert data.html().count("<tr>") == len(rows) + 1


def test_the_team_stays_in_view_and_what_was_chosen_is_kept(view: MatrixView, sample: Workspace) -> None:
    grid, bar = view.grid, view.grid.horizontalScrollBar()
    for place in range(len(COLUMNS)):
        grid.setColumnHidden(place, False)
    QApplication.processEvents()
    assert not grid.frozen.isVisible()
    go(view, "Tier 1 team", MatrixColumn.DECISION)
    QApplication.processEvents()
    assert bar.value() > 0
    assert grid.frozen.isVisible()
    assert not audit(view.window())
    row = grid.currentIndex().row()
    assert grid.frozen.rowViewportPosition(row) == grid.rowViewportPosition(row)
    for _ in range(6):
        press(Qt.Key.Key_Left)
        assert grid.visualRect(grid.currentIndex()).left() >= grid.frozen.covers - 1, (
            "the cell under the cursor is seen"
        )
    QTest.mouseClick(grid.frozen.viewport(), Qt.MouseButton.LeftButton, pos=grid.frozen.viewport_point(row))
    assert grid.currentIndex().column() == 0

    view._choose_tier("1")
    view._show_column(COLUMNS.index(MatrixColumn.HOURS), False)
    again = MatrixView(view._host)
    assert again._tier == "1"
    assert again.grid.isColumnHidden(COLUMNS.index(MatrixColumn.HOURS))
    assert not again.grid.isColumnHidden(COLUMNS.index(MatrixColumn.PURPOSE))
    again.deleteLater()


def test_a_limit_is_set_beside_its_rule(view: MatrixView, sample: Workspace) -> None:
    view.side.rules.click()
    QApplication.processEvents()
    assert not audit(view.window(), reach=False)
    limit = view.rules.limits["on_many_teams"]
    limit.edit()
    type_("many")
    press(Qt.Key.Key_Return)
    assert limit.editing, "what is no number stays where it was typed"
    limit._editor.setPlainText("1")
    press(Qt.Key.Key_Return)
    assert "on_many_teams" in {each.rule for each in sample.ask(teams.audit)}
    assert view.rules._notes["on_many_teams"].text().endswith("usually 3")
    view.rules.back.click()
    assert view.side.list.hasFocus()


def test_f4_goes_to_the_cells_of_the_next_finding_and_a_merge_is_undone(view: MatrixView, sample: Workspace) -> None:
    go(view, "School leadership", MatrixColumn.NAME)
    first = view.side.list.current
    assert first is not None
    press(Qt.Key.Key_F4)
    assert view.side.list.current == first
    assert view.grid.current_key in cells_of(first)
    press(Qt.Key.Key_F4)
    assert view.side.list.current != first
    view.side.list.choose_first()
    before = sample.ask(matrix.grid)
    view.side.keep.click()
    assert view.side.complaint.text().startswith("Say in a few words")
    view.side.merge.click()
    assert len(sample.ask(matrix.grid).rows) == len(before.rows) - 1
    assert all(each.rule != first.rule for each in sample.ask(teams.audit))
    sample.undo()
    assert sample.ask(matrix.grid) == before
    view.side.list.choose_first()
    assert view.side.list.current == first
    view.side.reason.setText("Two schedules")
    view.side.reason.setFocus()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.side.merge, "Enter leads to the decisions, it takes none"
    view.side.keep.click()
    assert first not in sample.ask(teams.audit)


def test_somebody_else_changed_the_cell_meanwhile(view: MatrixView, sample: Workspace) -> None:
    go(view, "School climate", MatrixColumn.PURPOSE)
    type_("Mine")
    key = view.grid.current_key
    assert key is not None
    sample.do(teams.write_fact, TeamId(key[0]), fact=TeamFact.PURPOSE, text="Theirs")
    QApplication.processEvents()
    press(Qt.Key.Key_Return)
    assert text(view, "School climate", MatrixColumn.PURPOSE) == "Theirs"
    assert view.writing.bad[key][0] == "Mine"
    go(view, "School climate", MatrixColumn.PURPOSE)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert text(view, "School climate", MatrixColumn.PURPOSE) == "Mine"


def test_a_key_is_quick(view: MatrixView) -> None:
    go(view, "School climate", MatrixColumn.PURPOSE)
    press(Qt.Key.Key_F2)
    start = perf_counter()
    type_("Twenty keys in a row")
    assert (perf_counter() - start) / 20 < 0.1  # aim: 16 ms on a quiet machine
    press(Qt.Key.Key_Escape)


def test_links_chart_and_initiatives_are_reached_by_keys_and_edited_in_place(
    view: MatrixView, sample: Workspace
) -> None:
    pane = view._host.pane
    assert isinstance(pane, TeamsPane)
    pane.use_scope(Scope())
    pane.show_view("links")
    links = pane._made["links"]
    assert isinstance(links, LinksView)
    assert links.lines[0].late
    links.table.setFocus()
    assert links.table.edit_cell(links.lines[0].id, "how")
    type_("by phone")
    press(Qt.Key.Key_Return)
    assert sample.ask(protocol.lines)[0].how == "by phone"
    links.answered.click()
    assert not any(line.late for line in sample.ask(protocol.lines))
    links.start()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert links.agree._what_field.is_wrong
    type_("bell times")
    press(Qt.Key.Key_Return)
    (made,) = (line for line in sample.ask(protocol.lines) if line.what == "bell times")
    assert made.from_id == links.agree.from_.value
    assert links.table.current is not None
    assert links.table.current.id == made.id
    pane.show_view("chart")
    chart = pane._made["chart"]
    assert isinstance(chart, ChartView)
    assert chart.figure.readings
    pane.show_view("initiatives")
    shown = pane._made["initiatives"]
    assert isinstance(shown, InitiativesView)
    shown.start()
    type_("Peer mediation")
    press(Qt.Key.Key_Return)
    assert "Peer mediation" in {line.name for line in sample.ask(initiatives.lines)}
    pane.show_view("cards")
    assert pane.columns()[0] is pane._list_stop()


def test_nothing_is_wrong_with_the_views_of_all_teams(view: MatrixView) -> None:
    """Tab goes through the cells of a row before it leaves the grid, so the way round is not walked here."""
    pane = view._host.pane
    assert isinstance(pane, TeamsPane)
    for name in ("matrix", "links", "chart", "initiatives"):
        pane.show_view(name)
        QApplication.processEvents()
        assert "\n".join(map(str, audit(pane.window(), reach=False))) == "", name


def test_tab_leaves_the_grid_at_the_end_of_a_row(view: MatrixView) -> None:
    go(view, "School climate", MatrixColumn.DECISION)
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not view.grid
