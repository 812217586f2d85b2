"""The audit of 400 teams with 3,000 memberships; in the window the matrix of 60 teams and the board of 5,000 actions."""

from __future__ import annotations

import os
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from tests.bench.measured import Measured, at_most

TEAMS, SCHOOLS, SEATS, ON_GRID, ACTIONS = 400, 20, 8, 60, 5000
TIMES = 5


def measure() -> list[Measured]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        audit = _audit(Path(folder) / "division.mtss")
        shown, key = _matrix(Path(folder) / "school.mtss")
        filtered = _board(Path(folder) / "board.mtss")
    return [
        at_most(f"audit of {TEAMS} teams, {TEAMS * SEATS:,} memberships", audit, "ms", 500),
        at_most(f"matrix of {ON_GRID} teams shown", shown, "ms", 150),
        at_most("a key in the matrix", key, "ms", 16),
        at_most(f"board of {ACTIONS:,} actions filtered", filtered, "ms", 50),
    ]


def _division(file: Path, schools: int, teams_: int) -> None:
    """Teams of eight, each person on two or three of them."""
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.domain.team_matrix import MatrixCell, MatrixColumn, NewRow
    from mtss_desktop.store import database
    from mtss_desktop.usecases import matrix, places

    database.create(file, None)
    with Workspace(database.open_database(file)) as workspace:
        names = tuple(places.NewSchool(f"School {number}") for number in range(schools))
        workspace.do(places.set_up, division="Large County", first_year=2025, schools=names)
        where = [each.id for each in workspace.ask(places.places)[1:]]
        rows = []
        for number in range(teams_):
            people = "; ".join(f"First{(number * 3 + seat) % 1200} Last" for seat in range(SEATS))
            texts = {
                MatrixColumn.NAME: f"Team {number}",
                MatrixColumn.TIER: str(number % 4),
                MatrixColumn.PURPOSE: f"Purpose {number} of several words about {number * 7}",
                MatrixColumn.OUTCOME_MEASURE: f"Measure {number}",
                MatrixColumn.MEETS: f"{1 + number % 4} Tuesday".replace("1 ", "1st ").replace("2 ", "2nd "),
                MatrixColumn.STAFF: people,
            }
            cells = tuple(MatrixCell(column, text) for column, text in texts.items())
            rows.append(NewRow(where[number % schools], cells))
        workspace.do(matrix.write, new_rows=tuple(rows), pasted=True)


def _audit(file: Path) -> float:
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.store import database
    from mtss_desktop.usecases import teams

    _division(file, SCHOOLS, TEAMS)
    taken = []
    with Workspace(database.open_database(file)) as workspace:
        for _ in range(TIMES):
            start = perf_counter()
            workspace.ask(teams.audit)
            taken.append((perf_counter() - start) * 1000)
    return statistics.median(taken)


def _matrix(file: Path) -> tuple[float, float]:
    """Milliseconds from the act to the painted grid, and of one key in an open cell."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from mtss_desktop.app.jobs import ImmediateJobs
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.store import database
    from mtss_desktop.store.location import at
    from mtss_desktop.store.typing import TypingFile
    from mtss_desktop.ui.panes.teams.matrix_view import MatrixView
    from mtss_desktop.ui.panes.teams.pane import TeamsPane
    from mtss_desktop.ui.theme import look

    app = QApplication.instance() or QApplication([])
    look().use("light", 100)
    _division(file, 1, ON_GRID)
    location = at(file)
    with Workspace(database.open_database(location), typing=TypingFile(location)) as workspace:
        pane = TeamsPane(workspace, ImmediateJobs())
        pane.resize(1280, 800)
        pane.show()
        pane.show_view("matrix")
        app.processEvents()
        view = pane._made["matrix"]
        assert isinstance(view, MatrixView)
        shown = []
        for _ in range(TIMES):
            start = perf_counter()
            view.refresh()
            view.grid.viewport().repaint()
            shown.append((perf_counter() - start) * 1000)
        view.grid.go_to((view.grid.model_.rows[1].key, view.grid.current_key[1]))  # type: ignore[index]
        view.grid.setFocus()
        QTest.keyClick(view.grid, Qt.Key.Key_F2)
        editor = view.grid.delegate.editor
        assert editor is not None
        keys = []
        for _ in range(40):
            start = perf_counter()
            QTest.keyClick(editor, Qt.Key.Key_A)
            app.processEvents()
            keys.append((perf_counter() - start) * 1000)
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        pane.close()
    return statistics.median(shown), statistics.median(keys)


def _board(file: Path) -> float:
    """Milliseconds from a key in the filter to the painted board."""
    from PySide6.QtWidgets import QApplication

    from mtss_desktop.app.jobs import ImmediateJobs
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.domain.plans import Action
    from mtss_desktop.store import database
    from mtss_desktop.store.location import at
    from mtss_desktop.store.typing import TypingFile
    from mtss_desktop.store.work import Step
    from mtss_desktop.ui.panes.plans.pane import PlansPane
    from mtss_desktop.ui.theme import look

    app = QApplication.instance() or QApplication([])
    look().use("light", 100)
    _division(file, SCHOOLS, ON_GRID)
    opened = database.open_database(file)
    with opened.write(Step("Fill", "bench.fill")) as work:
        teams, people = work.teams.list(), work.people.list()
        for n in range(ACTIONS):
            team = teams[n % len(teams)]
            made = Action(
                organization_id=team.organization_id,
                text=f"Call family {n} about {('hallway', 'bus', 'attendance', 'reading')[n % 4]}",
                team_id=team.id,
                owner_id=people[n % len(people)].id,
                due_on=work.today() + timedelta(days=n % 60 - 20),
            )
            work.actions.add(made)
    taken = []
    with Workspace(opened, typing=TypingFile(at(file))) as workspace:
        pane = PlansPane(workspace, ImmediateJobs())
        pane.resize(1280, 800)
        pane.show()
        app.processEvents()
        assert len(pane.board.list.lines) == ACTIONS
        for text in ("h", "ha", "hal", "hall", "hallw", "hallway", "hallway 1", "", "b", "bu", "bus", ""):
            start = perf_counter()
            pane.board.filter.setText(text)
            pane.board.list.viewport().repaint()
            taken.append((perf_counter() - start) * 1000)
        pane.close()
    return statistics.median(taken)
