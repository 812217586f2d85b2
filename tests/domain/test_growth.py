"""Goal lines, trends and decision rules against worked cases."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain import growth
from mtss_desktop.domain.growth import Decision, GoalLine, RuleSet, Score


def scores(text: str, year: int) -> list[Score]:
    return [
        Score(date(year, int(day[:2]), int(day[3:])), float(value))
        for day, value in (part.split("=") for part in text.split(", "))
    ]


A = scores("09-22=37, 09-29=40, 10-06=39, 10-13=42, 10-20=41, 10-27=40, 11-03=42, 11-10=41", 2025)
B = scores("09-15=15, 09-29=19, 10-03=18, 10-20=23, 10-27=24, 11-10=27, 11-24=29, 12-08=31", 2025)
C = scores("09-08=22, 09-15=21, 09-22=23, 09-29=24, 10-06=24, 10-13=27", 2025)
D = scores("10-13=8, 10-20=8, 10-27=7, 11-03=7, 11-10=7, 11-17=6", 2025)
GOAL_A = GoalLine(date(2025, 9, 15), 38, date(2026, 5, 22), 80)
GOAL_B = GoalLine(date(2025, 9, 8), 14, date(2026, 1, 30), 30)
GOAL_C = GoalLine(date(2025, 9, 1), 20, date(2026, 1, 19), 40)
GOAL_D = GoalLine(date(2025, 10, 6), 8, date(2025, 12, 15), 2)
CASES = {
    "A": (
        A,
        GOAL_A,
        1.1807229,
        0.47619048,
        38.107143,
        1.2894566,
        0.19896748,
        (-0.010665, 0.963046),
        0.45,
        0.4,
        0.28571429,
    ),
    "B": (
        B,
        GOAL_B,
        0.77777778,
        1.3477161,
        14.225115,
        0.76451713,
        0.069785354,
        (1.176958, 1.518475),
        4 / 3,
        1.375,
        1.5714286,
    ),
    "C": (C, GOAL_C, 1, 1, 20, 1, 0.23904572, (0.336303, 1.663697), 1, 1, 0.8),
    "D": (
        D,
        GOAL_D,
        -0.6,
        -0.37142857,
        8.4666667,
        0.32366944,
        0.077371794,
        (-0.586247, -0.156610),
        -1 / 3,
        -0.375,
        -0.3,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_worked_cases(name: str) -> None:
    data, goal, aim, slope, intercept, see, se, interval, theil, thirds, by_hand = CASES[name]
    line = growth.trend(data, origin=goal.start)
    assert goal.slope == pytest.approx(aim, abs=5e-8)
    assert line.slope == pytest.approx(slope, abs=5e-8)
    assert line.intercept == pytest.approx(intercept, abs=5e-7)
    assert (line.see, line.se) == (pytest.approx(see, abs=5e-8), pytest.approx(se, abs=5e-9))
    assert (line.low, line.high) == (pytest.approx(interval[0], abs=1e-6), pytest.approx(interval[1], abs=1e-6))
    assert growth.trend(data, "Theil-Sen").slope == pytest.approx(theil)
    assert growth.trend(data, "thirds").slope == pytest.approx(thirds)
    assert growth.tukey_by_hand([score.value for score in data]) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("data", "goal", "three", "four", "line"),
    [
        (A, GOAL_A, Decision.CHANGE, Decision.CHANGE, Decision.CHANGE),
        (B, GOAL_B, Decision.RAISE, Decision.RAISE, Decision.RAISE),
        (C, GOAL_C, Decision.CONTINUE, Decision.CONTINUE, Decision.NOT_ENOUGH),
        (D, GOAL_D, Decision.CHANGE, Decision.CHANGE, Decision.NOT_ENOUGH),
    ],
)
def test_verdicts(data: list[Score], goal: GoalLine, three: Decision, four: Decision, line: Decision) -> None:
    assert growth.three_point(data, goal).decision is three
    assert growth.four_point(data, goal).decision is four
    assert growth.trend_rule(data, goal).decision is line


def test_baseline_is_the_median_and_even_counts_take_the_middle() -> None:
    assert growth.baseline([38, 41, 35]) == 38
    assert growth.baseline([10, 14]) == 12
    with pytest.raises(ValueError, match="probe"):
        growth.baseline([])


def test_published_rates() -> None:
    assert growth.needed_per_week(58, 92, 15) == pytest.approx(2.2667, abs=1e-4)
    start = date(2022, 9, 1)
    rate = growth.rate_of_improvement(Score(start, 101), Score(start + timedelta(days=124), 137))
    assert rate == pytest.approx(2.032258, abs=1e-6)
    assert growth.slope_error(2, 3) == pytest.approx(1.4142, abs=5e-5)
    assert growth.slope_error(18, 20) == pytest.approx(0.6980, abs=5e-5)
    assert growth.goal_from_growth(58, 2, 15) == 88


def test_a_point_on_the_line_breaks_the_run() -> None:
    goal = GoalLine(date(2025, 9, 1), 20, date(2026, 1, 19), 40)
    data = [Score(goal.start + timedelta(weeks=w), 20 + w - 1) for w in range(1, 7)]
    assert growth.four_point(data, goal).decision is Decision.CHANGE
    data[-1] = Score(data[-1].day, goal.at(data[-1].day))
    verdict = growth.four_point(data, goal)
    assert verdict.decision is Decision.CONTINUE
    assert "not all on one side" in ENGLISH.say(verdict.sentence)


def test_sentences_name_the_numbers() -> None:
    verdict = growth.four_point(A, GOAL_A)
    expected = "Last 4 of 4 points below the goal line (41, 40, 42, 41 vs 43.9, 45.1, 46.3, 47.4): change instruction."
    assert ENGLISH.say(verdict.sentence) == expected
    assert ENGLISH.say(growth.four_point(A[:5], GOAL_A).sentence) == "Not enough data: 5 of 6 points."
    assert "above the goal line" in ENGLISH.say(growth.four_point(D, GOAL_D).sentence)
    sentence = ENGLISH.say(growth.trend_rule(A, GOAL_A).sentence)
    assert sentence == "Trend 0.48 a week (95% interval \u22120.01 to 0.96), needed 1.18: change instruction."


def test_order_of_entry_does_not_matter() -> None:
    assert growth.four_point(A[::-1], GOAL_A) == growth.four_point(A, GOAL_A)
    assert growth.trend(B[::-1]) == growth.trend(B)


def test_the_median_rule_compares_with_the_middle_day() -> None:
    verdict = growth.median_of_three(A, GOAL_A)
    assert verdict.decision is Decision.CHANGE
    assert "(41.0 vs 46.3)" in ENGLISH.say(verdict.sentence)
    assert growth.median_of_three(A[:2], GOAL_A).decision is Decision.NOT_ENOUGH


def test_the_trend_rule_wants_four_weeks_and_says_when_the_interval_is_wide() -> None:
    goal = GoalLine(date(2025, 9, 1), 20, date(2025, 12, 1), 46)
    close = [Score(goal.start + timedelta(days=d), 20 + d) for d in range(8)]
    assert growth.trend_rule(close, goal).decision is Decision.NOT_ENOUGH
    noisy = [Score(goal.start + timedelta(weeks=w), 20 + w + (9 if w % 2 else -9)) for w in range(8)]
    assert "includes the needed growth" in ENGLISH.say(growth.trend_rule(noisy, goal).sentence)
    assert growth.trend_rule(noisy, goal, RuleSet(version=3, trend_tolerance=5)).decision is Decision.CONTINUE
    assert growth.trend_rule(noisy, goal, RuleSet(version=3)).version == 3


def test_lines_refuse_too_few_points() -> None:
    with pytest.raises(ValueError, match="two points"):
        growth.trend(A[:1])
    with pytest.raises(ValueError, match="two days"):
        growth.trend([A[0], A[0]])
    with pytest.raises(ValueError, match="three points"):
        growth.trend(A[:2], "thirds")
    two = growth.trend(A[:2])
    assert two.se is None
    assert two.slope == 3


def test_trend_lines_of_reference_phases(shared: Path) -> None:
    folder = shared / "stats"
    phases: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for name in ("exampleAB", "Grosche2011"):
        path = folder / "series" / f"{name}.csv"
        if path.exists():
            for row in csv.DictReader(path.open()):
                phases.setdefault((name, row["case"], row["phase"]), []).append(
                    (float(row["mt"]), float(row["values"]))
                )
    checked = 0
    for row in csv.DictReader((folder / "trend_lines.tsv").open(), delimiter="\t"):
        points = phases.get((row["dataset"], row["case"], row["phase"]))
        if points is None:
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        assert growth.ols(xs, ys)[0] == pytest.approx(float(row["ols_slope"]), abs=1e-8)
        assert growth.theil_sen(xs, ys) == pytest.approx(
            (float(row["theil_sen_slope"]), float(row["theil_sen_intercept_median"])), abs=1e-7
        )
        assert growth.tukey_thirds(xs, ys)[0] == pytest.approx(float(row["tukey_thirds_slope"]), abs=1e-8)
        assert growth.tukey_by_hand(ys) == pytest.approx(float(row["tukey_ncii_slope"]), abs=1e-8)
        shifted = (float(row["splitmiddle_slope"]), float(row["splitmiddle_intercept_shifted"]))
        assert growth.split_middle(xs, ys) == pytest.approx(shifted, abs=1e-7)
        checked += 1
    assert checked >= 6


def test_standard_errors_of_the_table(shared: Path) -> None:
    for row in csv.DictReader((shared / "stats" / "se_slope_table.tsv").open(), delimiter="\t"):
        n = int(row["n_weekly_probes"])
        for see in (2, 4, 10, 18):
            assert growth.slope_error(see, n) == pytest.approx(float(row[f"SEE={see}"]), abs=6e-5)


AIMS = {
    "A": ("39.180723; 40.361446; 41.542169; 42.722892; 43.903614; 45.084337; 46.265060; 47.445783", "--------"),
    "B": ("14.777778; 16.333333; 16.777778; 18.666667; 19.444444; 21; 22.555556; 24.111111", "++++++++"),
    "C": ("21; 22; 23; 24; 25; 26", "+-00-+"),
    "D": ("7.4; 6.8; 6.2; 5.6; 5.0; 4.4", "++++++"),
}
PROBES = {"A": (38, 41, 35), "B": (12, 15, 14), "C": (20, 20, 20), "D": (9, 7, 8)}
WEEKS = {"A": 35.571429, "B": 20.571429, "C": 20, "D": 10}


def sign(difference: float) -> str:
    return "0" if abs(difference) < 1e-9 else "+" if difference > 0 else "-"


@pytest.mark.parametrize("name", AIMS)
def test_goal_lines_of_the_worked_cases_point_by_point(name: str) -> None:
    data, goal = CASES[name][0], CASES[name][1]
    aims, signs = AIMS[name]
    assert growth.baseline(PROBES[name]) == goal.start_value
    assert growth.weeks(goal.start, goal.end) == pytest.approx(WEEKS[name], abs=5e-7)
    assert [goal.at(score.day) for score in data] == pytest.approx([float(each) for each in aims.split("; ")], abs=5e-7)
    assert "".join(sign(score.value - goal.at(score.day)) for score in data) == signs


def test_every_value_of_the_worked_examples(shared: Path) -> None:
    """The whole table, read as it is: another case in it is checked too."""
    told: dict[str, dict[str, str]] = {}
    noted: dict[str, str] = {}
    for row in csv.DictReader((shared / "stats" / "pm_worked_examples.tsv").open(), delimiter="\t"):
        told.setdefault(row["example"], {})[row["quantity"]] = row["value"]
        if row["quantity"] == "data":
            noted[row["example"]] = row["note"]
    assert len(told) >= 4
    words = {"change instruction": Decision.CHANGE, "raise goal": Decision.RAISE, "continue": Decision.CONTINUE}
    for case, value in told.items():
        probes, start, target, end = re.fullmatch(
            r"baseline probes \[(.*)\] on (\S+); goal (\S+) on (\S+)", noted[case]
        ).groups()  # type: ignore[union-attr]
        middle = growth.baseline([float(each) for each in probes.split(",")])
        goal = GoalLine(date.fromisoformat(start), middle, date.fromisoformat(end), float(target))
        data = [Score(date.fromisoformat(day), float(y)) for day, y in (p.split("=") for p in value["data"].split(";"))]
        line = growth.trend(data, origin=goal.start)
        assert line.low is not None
        assert line.high is not None
        found = {
            "baseline_median": [middle],
            "weeks_to_goal": [growth.weeks(goal.start, goal.end)],
            "aim_slope_per_week": [goal.slope],
            "aim_values": [goal.at(score.day) for score in data],
            "ols_slope_per_week": [line.slope],
            "ols_intercept": [line.intercept],
            "ols_SEE": [line.see],
            "ols_SE_slope": [line.se],
            "ols_slope_CI95": [line.low, line.high],
            "theil_sen_slope": [growth.trend(data, "Theil-Sen").slope],
            "tukey_thirds_slope(date-based)": [growth.trend(data, "thirds").slope],
            "tukey_ncii_per_point": [growth.tukey_by_hand([score.value for score in data])],
        }
        for quantity, figures in found.items():
            wanted = [float(each) for each in value[quantity].split(";")]
            assert figures == pytest.approx(wanted, abs=1e-6), f"{case}: {quantity}"
        assert "".join(sign(score.value - goal.at(score.day)) for score in data) == value["signs(point-aim)"], case
        rules = {"three_point": growth.three_point, "four_point": growth.four_point, "trend": growth.trend_rule}
        for quantity, said in value.items():
            name = quantity.partition("_rule")[0]
            if quantity != name:
                assert rules[name](data, goal).decision is words.get(said, Decision.NOT_ENOUGH), f"{case}: {quantity}"
