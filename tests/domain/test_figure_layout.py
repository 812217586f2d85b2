"""Where things stand: ticks, limits, labels that do not touch, boxes that do not overlap."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.domain.figure_layout import lay_out
from mtss_desktop.domain.figure_plot import runs
from mtss_desktop.domain.figure_scales import day_ticks, day_words, tick_words, value_ticks
from mtss_desktop.domain.figure_shapes import (
    Extent,
    Layout,
    Look,
    Marker,
    Polyline,
    Rect,
    Style,
    Words,
    extent_of,
    spread,
    wrapped,
)
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

START = date(2026, 8, 24)


def measure(text: str, size: float, bold: bool) -> float:
    return len(text) * size * (0.56 if bold else 0.52)


LOOK = Look(
    styles={role: Style(str(role), 1.0, marker="circle", fill="f") for role in Role},
    text=8,
    small=7,
    value=8,
    heading=10,
    card_title=11,
    card_text=8.5,
    leading=1.3,
    axis_width=0.75,
    grid_width=0.5,
    tick=2,
    halo=2.5,
    nudge=9,
    marker_stroke=1,
    bar_share=0.5,
    bar_gap=14,
    bar_outline=0.4,
    pattern_step=4,
    pattern_line=1,
    card_rule=2,
    card_frame=0.75,
    interval_cap=6,
)


def figure(*marks: object, x: XAxis | None = None, y: YAxis | None = None, **more: object) -> Figure:
    axis = x or XAxis(AxisKind.DATE)
    return Figure("Title", said("alt"), said("finding"), axis, y or YAxis("Score"), tuple(marks), **more)  # type: ignore[arg-type]


def laid(made: Figure, width: float = 400, height: float = 180) -> Layout:
    return lay_out(made, width, height, ENGLISH, LOOK, measure)


def texts(layout: Layout) -> dict[str, Words]:
    return {shape.text: shape for shape in layout.shapes if isinstance(shape, Words)}


def line_of(layout: Layout, role: Role) -> list[Polyline]:
    return [shape for shape in layout.shapes if isinstance(shape, Polyline) and shape.ink == str(role)]


def weekly(values: list[float], role: Role = Role.DATA, label: str = "") -> Points:
    points = tuple(Point(START + timedelta(weeks=i), value) for i, value in enumerate(values))
    return Points(role, points, str(role), label=label)


# Scales


@pytest.mark.parametrize(
    ("values", "axis", "expected"),
    [
        ([2.25], YAxis(), [0, 1, 2, 3]),
        ([38, 80], YAxis(from_zero=False, low=20), [20, 40, 60, 80]),
        ([70], YAxis(low=0, high=100), [0, 50, 100]),
        ([0], YAxis(), [0, 1]),
        ([0.9], YAxis(), [0, 0.5, 1]),
    ],
)
def test_ticks_are_round_and_start_at_zero(values: list[float], axis: YAxis, expected: list[float]) -> None:
    assert value_ticks(values, axis, 3) == expected


@given(st.lists(st.floats(0, 1e5), min_size=1), st.integers(2, 6))
def test_ticks_hold_every_value(values: list[float], wanted: int) -> None:
    ticks = value_ticks(values, YAxis(), wanted)
    assert ticks[0] <= min(*values, 0)
    assert ticks[-1] >= max(values) * (1 - 1e-9)
    assert all(b > a for a, b in pairwise(ticks))


def test_ratios_have_a_log_axis() -> None:
    axis = YAxis(low=0.25, high=4, scale="log")
    assert value_ticks([], axis, 4) == [0.25, 0.5, 1, 2, 4]
    assert tick_words([0.25, 0.5, 1, 2, 4], axis, ENGLISH) == ["\u00bc", "\u00bd", "1", "2", "4"]


def test_days_are_mondays_then_months() -> None:
    weeks = day_ticks(START.toordinal(), (START + timedelta(weeks=6)).toordinal(), 300, 30)
    assert all(day.weekday() == 0 for day in weeks)
    months = day_ticks(START.toordinal(), (START + timedelta(days=270)).toordinal(), 300, 30)
    assert day_words(months, ENGLISH)[:2] == ["Sep", "Oct"]
    assert "Jan 2027" in day_words(months, ENGLISH)
    every_other = [date(2024, 10, 1), date(2024, 12, 1), date(2025, 2, 1), date(2025, 4, 1)]
    assert day_words(every_other, ENGLISH) == ["Oct 2024", "Dec", "Feb 2025", "Apr"], "no year goes unsaid"
    years = day_ticks(date(2024, 10, 1).toordinal(), date(2026, 10, 1).toordinal(), 98, 31)
    assert len(years) >= 2
    assert all(text[-4:].isdigit() for text in day_words(years, ENGLISH))


@given(st.lists(st.floats(0, 100), max_size=8))
def test_end_labels_never_touch(wanted: list[float]) -> None:
    placed = sorted(spread(wanted, [9.0] * len(wanted), 0, 100))
    assert all(b - a >= 9 - 1e-6 for a, b in pairwise(placed))


def test_words_wrap_and_a_long_word_stands_alone() -> None:
    assert wrapped("repeated reading ten minutes", 10, False, 95, measure) == ["repeated reading", "ten minutes"]
    assert wrapped("extraordinarily long", 10, False, 20, measure) == ["extraordinarily", "long"]


# Plots


def test_everything_stays_inside() -> None:
    layout = laid(
        figure(
            weekly([1.6, 1.8, 2.0, 1.4, 1.2], label="office referrals"),
            Level(Role.GOAL, 0.9, "goal 0.9"),
            PhaseLine(START + timedelta(days=18), "9/11 staggered release and re-teaching", "mean 1.3"),
            n="n = 5",
        )
    )
    for shape in layout.shapes:
        if isinstance(shape, Words):
            extent = extent_of(shape, measure)
            assert extent.x >= -0.5
            assert extent.x + extent.width <= 400.5
            assert extent.y >= -0.5
            assert extent.y + extent.height <= 180.5


def test_the_path_breaks_at_phases_gaps_and_missing_values() -> None:
    points = Points(
        Role.DATA,
        tuple(
            Point(START + timedelta(weeks=w), v)
            for w, v in [(0, 1), (1, 2), (2, 3), (3, 4), (8, 5), (9, None), (10, 6)]
        ),
    )
    made = figure(points, PhaseLine(START + timedelta(days=10), "change"), break_gap=21)
    assert [[point.y for point in run] for run in runs(made, points)] == [[1, 2], [3, 4], [5], [6]]


def test_a_note_without_a_line_does_not_break_the_path() -> None:
    points = weekly([1, 2, 3])
    made = figure(points, PhaseLine(START, "Before", role=Role.BEFORE))
    assert len(list(runs(made, points))) == 1
    assert line_of(laid(made), Role.BEFORE) == []


def test_phase_notes_that_would_touch_move_to_another_row() -> None:
    layout = laid(
        figure(
            weekly([1, 2, 3, 4, 5, 6]),
            PhaseLine(START + timedelta(days=3), "small group, four times thirty minutes"),
            PhaseLine(START + timedelta(days=10), "repeated reading added, ten minutes a day"),
        )
    )
    notes = [extent_of(words, measure) for text, words in texts(layout).items() if "group" in text or "reading" in text]
    assert len(notes) >= 2
    assert not any(a.meets(b) for a, b in combinations(notes, 2))


def test_end_labels_are_nudged_apart() -> None:
    layout = laid(
        figure(
            weekly([50, 50, 50], label="first"),
            weekly([50, 50, 50.5], Role.SERIES_2, "second"),
            Level(Role.GOAL, 50, "goal 50"),
        )
    )
    places = sorted(texts(layout)[text].y for text in ("first", "second", "goal 50"))
    assert all(b - a >= 9 - 1e-6 for a, b in pairwise(places))


def test_labels_inside_the_plot_avoid_points() -> None:
    layout = laid(figure(weekly([1, 3, 2, 3, 1]), Level(Role.MEAN, 2, "mean 2.0", START, START + timedelta(weeks=4))))
    label = extent_of(texts(layout)["mean 2.0"], measure)
    points = [Extent(s.x - 2, s.y - 2, 4, 4) for s in layout.shapes if isinstance(s, Marker)]
    assert not any(label.meets(point) for point in points)


def test_labels_do_not_lie_on_each_other() -> None:
    close = [
        Line(Role.TREND, ((START, 2), (START + timedelta(weeks=2), 2.0)), "Trend", f"trend {n} a week")
        for n in range(3)
    ]
    layout = laid(figure(*close, weekly([1, 3, 2, 3, 1, 2, 2, 2])))
    labels = [extent_of(words, measure) for text, words in texts(layout).items() if text.startswith("trend")]
    assert len(labels) == 3
    assert not any(a.meets(b) for a, b in combinations(labels, 2))


def test_a_note_near_the_edge_stands_left_of_its_line() -> None:
    late = PhaseLine(START + timedelta(weeks=7), "staggered release and re-teaching", "mean 1.2")
    layout = laid(figure(weekly([1, 3, 2, 3, 1, 2, 2, 2]), PhaseLine(START, "Before", role=Role.BEFORE), late))
    (note,) = (words for text, words in texts(layout).items() if text.startswith("staggered"))
    assert note.anchor == "end"
    assert extent_of(note, measure).x >= 0


def test_values_over_narrow_bars_do_not_touch() -> None:
    bars = Bars(Role.BAR, tuple(Bar(i, 100.5 + i) for i in range(24)))
    layout = laid(
        figure(bars, x=XAxis(AxisKind.CATEGORY, "", tuple(str(i) for i in range(24))), y=YAxis(places=1)), 300
    )
    values = [extent_of(words, measure) for text, words in texts(layout).items() if text.endswith(".5")]
    assert 3 < len(values) < 24
    assert "123.5" in texts(layout)
    assert not any(a.meets(b) for a, b in combinations(values, 2))


def test_school_days_stand_under_their_weeks_and_both_thin_out() -> None:
    weeks = [START + timedelta(weeks=i) for i in range(30)]
    axis = XAxis(
        AxisKind.DATE,
        ticks=tuple(weeks),
        under=tuple((week, said("{n}", n=5)) for week in weeks),
        under_name=said("days"),
    )
    made = figure(weekly([1.0] * 30), x=axis)
    layout = laid(made)
    shown = [s for s in layout.shapes if isinstance(s, Words) and "/" in s.text]
    assert 4 < len(shown) < 30
    extents = [extent_of(words, measure) for words in shown]
    assert not any(a.meets(b) for a, b in pairwise(extents))
    assert "days" in texts(layout)


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    layout = laid(figure(weekly([38, 52]), y=YAxis("Words", low=20, from_zero=False)))
    assert "axis starts at 20" in texts(layout)
    assert not any("axis starts" in text for text in texts(laid(figure(weekly([38, 52])))))


def test_a_month_without_school_days_shows_no_bar_and_the_chosen_bar_is_bold() -> None:
    bars = Bars(Role.BAR, (Bar(0, 3.1), Bar(1, None, said("< 10")), Bar(2, 7.0, chosen=True)))
    layout = laid(figure(bars, x=XAxis(AxisKind.CATEGORY, "", ("Aug", "Sep", "Oct"))))
    assert len([s for s in layout.shapes if isinstance(s, Rect) and s.fill]) == 2
    assert texts(layout)["7"].bold
    assert texts(layout)["Oct"].bold
    assert "< 10" in texts(layout)


def test_readings_go_from_left_to_right_and_know_their_phase() -> None:
    layout = laid(figure(weekly([1, 2, 3, 4]), PhaseLine(START + timedelta(days=10), "change")))
    assert [reading.group for reading in layout.readings] == [0, 0, 1, 1]
    assert [reading.x for reading in layout.readings] == sorted(reading.x for reading in layout.readings)
    words = [ENGLISH.write(part) for part in layout.readings[2].words]
    assert words == ["9/7/2026", "3", "since change"], "what was decided before it is read with the point"


def test_an_empty_figure_still_has_axes() -> None:
    layout = laid(figure(Points(Role.DATA, ())))
    assert any(isinstance(shape, Polyline) for shape in layout.shapes)
    assert layout.readings == ()


def test_the_same_figure_gives_the_same_layout() -> None:
    made = figure(weekly([1, 2, 3]), Level(Role.GOAL, 2, "goal"))
    assert laid(made) == laid(made)


def test_a_goal_line_with_two_lines_of_label_keeps_them_together() -> None:
    goal = Line(Role.GOAL, ((START, 1), (START + timedelta(weeks=4), 9)), "Goal", "goal 9", "by 9/21", end_marker=True)
    found = texts(laid(figure(goal, weekly([1, 2, 3, 4, 5]))))
    assert 0 < found["by 9/21"].y - found["goal 9"].y < 14


# Rows, cells, panels


def test_long_names_wrap_and_push_the_height() -> None:
    names = tuple(f"Bus, to and from school, route number {n} and the long way home" for n in range(8))
    bars = Bars(Role.BAR, tuple(Bar(i, i + 1) for i in range(8)))
    layout = laid(figure(bars, x=XAxis(AxisKind.CATEGORY, "", names), y=YAxis(shown=False), horizontal=True), 220, 60)
    assert layout.height > 60
    extents = [extent_of(s, measure) for s in layout.shapes if isinstance(s, Words)]
    assert not any(a.overlap(b) > 1 for a, b in combinations(extents, 2))


def test_stack_texts_fit_their_part_or_shorten() -> None:
    stack = Stack(
        (StackPart(Role.HIGH, "At"), StackPart(Role.LOW, "Below")),
        (StackRow(0, (97, 3), ("97% \u00b7 97", "3% \u00b7 3"), "100 of 101"), StackRow(1, (), (), "not tested")),
    )
    axis = YAxis(low=0, high=100, percent=True, shown=False)
    layout = laid(figure(stack, x=XAxis(AxisKind.CATEGORY, "", ("K", "1")), y=axis, horizontal=True))
    assert "97% \u00b7 97" in texts(layout)
    assert "3% \u00b7 3" not in texts(layout)
    empty = [s for s in layout.shapes if isinstance(s, Rect) and not s.fill]
    assert len(empty) == 1
    assert len(layout.readings) == 2


def test_a_hidden_interval_keeps_its_row_and_draws_nothing() -> None:
    marks = (Interval(0, 1.9, 1.3, 2.7), Interval(1, None, None, None, note="< 10"))
    axis = YAxis(low=0.25, high=4, scale="log")
    layout = laid(figure(*marks, x=XAxis(AxisKind.CATEGORY, "", ("A", "B")), y=axis, horizontal=True))
    assert len([s for s in layout.shapes if isinstance(s, Marker)]) == 1
    assert {"A", "B"} <= texts(layout).keys()
    assert ENGLISH.write(layout.readings[1].words[1]) == "< 10"


def test_cells_get_darker_and_keep_their_words_readable() -> None:
    marks = (Cell(0, 0, "1", 0.1), Cell(0, 1, "10", 1.0), Cell(0, 2, "< 10"))
    layout = laid(
        figure(*marks, x=XAxis(AxisKind.CATEGORY, "", ("Mon", "Tue", "Wed")), y=YAxis("Place", categories=("Hall",)))
    )
    found = texts(layout)
    assert (found["1"].ink, found["10"].ink, found["< 10"].ink) == ("ink", "ground", "ink")


def test_panels_stand_beside_each_other_and_wrap() -> None:
    panels = tuple(figure(weekly([1, 2])) for _ in range(5))
    wide, narrow = laid(figure(panels=panels), 900, 120), laid(figure(panels=panels), 300, 120)
    assert narrow.height > wide.height
    assert len(wide.readings) == 10
    assert [reading.group // 100 for reading in wide.readings] == sorted(r.group // 100 for r in wide.readings)


# Structure charts


def structure(places: int, teams: int) -> Figure:
    boxes = [Box("d", "Division leadership team", -1, 0, ("Barriers in, answers out",), "all tiers")]
    links = []
    for place in range(places):
        keys = [f"{place}-{team}" for team in range(teams)]
        for index, key in enumerate(keys):
            band = 1 if not index else 2 if index < teams - 1 else 3
            lines = ("F Okafor \u00b7 M Thornton \u00b7 D Nguyen", "2nd Tue, 3:15 to 4:15 PM")
            boxes.append(Box(key, f"Schoolwide team {index}", place, band, lines, "TFI 70%"))
        links += [Arrow("d", keys[0], "barriers up, answers down", True)]
        links += [Arrow(a, b, "minutes, monthly", True) for a, b in pairwise(keys)]
    columns = tuple(Column(f"Cedar Fork {place} Elementary", "438 students") for place in range(places))
    bands = ("Division", "Schools", "Tier 1", "Added support")
    return figure(*boxes, *links, x=XAxis(AxisKind.NONE), columns=columns, bands=bands)


@pytest.mark.parametrize(("places", "teams"), [(1, 4), (3, 4), (4, 10), (8, 5)])
@pytest.mark.parametrize("width", [520, 1130])
def test_structure_charts_are_readable_at_every_size(places: int, teams: int, width: float) -> None:
    made = structure(places, teams)
    layout = laid(made, width, 300)
    cards = [s for s in layout.shapes if isinstance(s, Rect)]
    assert len(cards) == places * teams + 1
    extents = [Extent(card.x, card.y, card.width, card.height) for card in cards]
    assert not any(a.overlap(b) > 0.01 for a, b in combinations(extents, 2))
    assert all(e.x >= 0 and e.x + e.width <= width + 0.5 and e.y + e.height <= layout.height for e in extents)
    words = [s for s in layout.shapes if isinstance(s, Words)]
    assert min(shape.size for shape in words) >= LOOK.small
    taken = [extent_of(shape, measure) for shape in words]
    assert not any(a.overlap(b) > 1 for a, b in combinations(taken, 2))


def test_no_line_runs_through_a_card_in_a_usual_chart() -> None:
    layout = laid(structure(3, 5), 1130, 300)
    cards = [Extent(s.x + 1, s.y + 1, s.width - 2, s.height - 2) for s in layout.shapes if isinstance(s, Rect)]
    lines = [s for s in layout.shapes if isinstance(s, Polyline) and s.ink == str(Role.KEEP) and s.width == 1.0]
    assert len(lines) == 15
    for line in lines:
        for (x1, y1), (x2, y2) in pairwise(line.points):
            way = Extent(min(x1, x2), min(y1, y2), abs(x2 - x1) + 0.01, abs(y2 - y1) + 0.01)
            assert not any(way.meets(card) for card in cards)


def test_every_team_can_be_read() -> None:
    assert len(laid(structure(3, 4), 1130, 300).readings) == 13


def test_a_line_to_the_division_goes_around_the_teams_between() -> None:
    """Two division teams, a leadership card over the whole place, and a school team that answers to the far one."""
    boxes = (
        Box("dlt", "Division leadership", -1, 0, ("Time and money.",)),
        Box("dit", "Implementation", -1, 0, ("Training.",)),
        *(Box(f"lead{place}", "School leadership", place, 0, ("Direction.",)) for place in range(3)),
        *(Box(f"t1{place}{n}", "Tier 1", place, 1, ("Every child.",)) for place in range(3) for n in range(2)),
    )
    arrows = tuple(Arrow(f"t1{place}1", "dit", "Barriers") for place in range(3))
    figure = Figure(
        "Teams",
        said("Structure chart."),
        said("Structure chart."),
        XAxis(AxisKind.NONE),
        YAxis(),
        (*boxes, *arrows),
        columns=(Column("A"), Column("B"), Column("C")),
        bands=("Leadership", "Tier 1"),
    )
    layout = laid(figure, 1130, 400)
    cards = [shape for shape in layout.shapes if isinstance(shape, Rect) and shape.width > 60]
    assert len(cards) == len(boxes)
    for line in (shape for shape in layout.shapes if isinstance(shape, Polyline) and len(shape.points) > 2):
        for (x1, y1), (x2, y2) in pairwise(line.points):
            way = Extent(min(x1, x2), min(y1, y2), abs(x2 - x1) + 0.1, abs(y2 - y1) + 0.1)
            inside = [c for c in cards if way.meets(Extent(c.x + 2, c.y + 2, c.width - 4, c.height - 4))]
            assert not inside
