"""Figures as values and their tables."""

from __future__ import annotations

from datetime import date

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.domain.figures import (
    Arrow,
    AxisKind,
    Bar,
    Bars,
    Box,
    Cell,
    Column,
    Figure,
    Interval,
    Level,
    Line,
    PhaseLine,
    Point,
    Points,
    Role,
    Stack,
    StackPart,
    StackRow,
    XAxis,
    YAxis,
)

DAY = date(2026, 9, 7)
NEXT = date(2026, 9, 14)


def figure(*marks: object, x: XAxis | None = None, y: YAxis | None = None, **more: object) -> Figure:
    axis = x or XAxis(AxisKind.DATE)
    return Figure("Title", said("alt"), said("finding"), axis, y or YAxis("Score"), tuple(marks), **more)  # type: ignore[arg-type]


def written(table_rows: tuple[tuple[object, ...], ...]) -> list[list[str]]:
    return [[ENGLISH.write(value) for value in row] for row in table_rows]


def test_rows_by_day_with_one_column_per_series() -> None:
    made = figure(
        Points(Role.DATA, (Point(DAY, 3), Point(NEXT, 4)), "Ours"), Points(Role.SERIES_2, (Point(NEXT, 9),), "Theirs")
    ).table()
    assert [ENGLISH.write(column) for column in made.columns] == ["Date", "Ours", "Theirs"]
    assert written(made.rows) == [["9/7/2026", "3", ""], ["9/14/2026", "4", "9"]]


def test_three_probes_on_one_day_are_three_rows() -> None:
    made = figure(Points(Role.BASELINE, tuple(Point(DAY, v) for v in (38, 41, 35)), "Baseline")).table()
    assert [row[1] for row in made.rows] == [38, 41, 35]


def test_phases_are_a_column_and_lines_are_notes() -> None:
    made = figure(
        Points(Role.DATA, (Point(DAY, 3), Point(NEXT, 4)), "Score"),
        PhaseLine(NEXT, "new group"),
        Line(Role.GOAL, ((DAY, 1), (NEXT, 9)), "Goal line"),
        Level(Role.CRITERION, 70, "criterion 70"),
        provenance="import 3",
    ).table()
    assert [row[-1] for row in written(made.rows)] == ["before", "new group"]
    notes = [ENGLISH.write(note) for note in made.notes]
    assert "Goal line: from 1 on 9/7/2026 to 9 on 9/14/2026" in notes
    assert "criterion 70" in notes
    assert "import 3" in notes


def test_a_hidden_value_says_so_in_the_table() -> None:
    made = figure(
        Bars(Role.BAR, (Bar(0, 12), Bar(1, None, said("< 10"))), "Referrals"),
        x=XAxis(AxisKind.CATEGORY, "Place", ("Hall", "Bus")),
    ).table()
    assert written(made.rows) == [["Hall", "12"], ["Bus", "< 10"]]


def test_stacks_show_their_parts_and_how_many_were_tested() -> None:
    stack = Stack(
        (StackPart(Role.HIGH, "At"), StackPart(Role.LOW, "Below")),
        (StackRow(0, (75, 25), ("75% · 30", "25% · 10"), "40 of 41"),),
        "Tested",
    )
    made = figure(stack, x=XAxis(AxisKind.CATEGORY, "Grade", ("K",))).table()
    assert written(made.rows) == [["K", "75% · 30", "25% · 10", "40 of 41"]]


def test_intervals_show_both_ends() -> None:
    marks = (Interval(0, 1.9, 1.3, 2.7, name="Ratio"), Interval(1, None, None, None, note=said("< 10")))
    made = figure(*marks, x=XAxis(AxisKind.CATEGORY, "Group", ("A", "B"))).table()
    assert written(made.rows) == [["A", "1.9", "1.3", "2.7"], ["B", "< 10", "", ""]]


def test_cells_are_a_table_already() -> None:
    made = figure(
        Cell(0, 0, "4"),
        Cell(0, 1, "< 10"),
        x=XAxis(AxisKind.CATEGORY, "", ("Mon", "Tue")),
        y=YAxis("Place", categories=("Hall",)),
    ).table()
    assert written((made.columns, *made.rows)) == [["Place", "Mon", "Tue"], ["Hall", "4", "< 10"]]


def test_teams_say_what_they_are_linked_with() -> None:
    made = figure(
        Box("a", "Division team", -1, 0, ("purpose",), "all tiers"),
        Box("b", "School team", 0, 1),
        Arrow("a", "b", "answers", True),
        x=XAxis(AxisKind.NONE),
        columns=(Column("Piney Ridge"),),
        bands=("Division", "Schools"),
    )
    assert written(made.table().rows) == [
        ["Division team", "Division", "all tiers, purpose", "School team (answers)"],
        ["School team", "Piney Ridge", "", "Division team (answers)"],
    ]
    assert written(made.links().rows) == [["Division team", "School team", "answers", "both ways"]]


def test_panels_become_one_table() -> None:
    one = figure(Points(Role.DATA, (Point(DAY, 1),), "T1"))
    two = figure(Points(Role.DATA, (Point(DAY, 2),), "T1"), Points(Role.SERIES_2, (Point(DAY, 3),), "T2"))
    made = figure(panels=(one, two)).table()
    assert [ENGLISH.write(column) for column in made.columns] == ["Chart", "Date", "T1", "T2"]
    assert written(made.rows) == [["Title", "9/7/2026", "1", ""], ["Title", "9/7/2026", "2", "3"]]


def test_every_row_has_as_many_values_as_columns() -> None:
    made = figure(
        Points(Role.DATA, (Point(DAY, 3),), "Score"),
        x=XAxis(AxisKind.DATE, under=((DAY, said("{n}", n=5)), (NEXT, said("{n}", n=4))), under_name=said("days")),
    ).table()
    assert {len(row) for row in made.rows} == {len(made.columns)}
    assert written(made.rows)[1] == ["9/14/2026", "", "4"]
