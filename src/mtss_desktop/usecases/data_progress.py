"""What the data room says of progress scores: charts, verdicts, the arithmetic beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import charts, growth
from mtss_desktop.domain.figure_scales import value_ticks
from mtss_desktop.domain.figures import Figure, YAxis
from mtss_desktop.domain.growth import Decision, GoalLine, RuleSet, Score, Verdict
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.domain.student_plans import StudentDecision, StudentStep
from mtss_desktop.domain.students import Names
from mtss_desktop.store.queries.progress import Goal, MeasureInUse, ProgressRow

STEPS = {
    StudentStep.CONTINUE: said("Keep going"),
    StudentStep.CHANGE: said("Change instruction"),
    StudentStep.RAISE: said("Raise the goal"),
    StudentStep.MORE: said("Add support"),
    StudentStep.FADE: said("Fade support"),
    StudentStep.END: said("End support"),
}
RULES = RuleSet()
"""The rule set in force; its version prints beside every verdict."""
FEW = 4
"""Fewer scores than this have no arithmetic: one says how many there are."""
TREND_FROM = 3


@dataclass(frozen=True)
class NumberLine:
    """A number beside a chart; ``note`` says its base."""

    name: Said
    value: Said
    note: Said | str = ""


@dataclass(frozen=True)
class ProgressLine:
    """A student in a list: ``shown`` is the name or number, as names are shown now; ``aside`` the arithmetic in a few words.

    ``scores`` are those the rule can count: of the present phase, where there is a goal line.
    ``off`` is the last score less the goal line on its day, None without a goal line.
    """

    student: int
    number: int
    shown: str
    grade: str
    scores: int
    last: float | None
    last_on: date | None
    goal: float | None
    goal_on: date | None
    decision: Decision | None
    sentence: Said
    aside: Said
    off: float | None


def usual(known: Sequence[MeasureInUse], key: int = 0) -> MeasureInUse | None:
    """The one asked for, else words read correctly, else the first."""
    asked = next((each for each in known if each.key == key), None)
    return asked or next((each for each in known if "correct" in each.name.casefold()), known[0] if known else None)


def title_of(row: ProgressRow, names: Names) -> str:
    """Student 0417, grade 3."""
    grade = f", grade {grade_name(row.grade)}" if row.grade is not None else ""
    return row.student.shown(names) + grade


def goal_of(row: ProgressRow) -> GoalLine:
    if row.goal is None:
        raise ValueError("no goal line")
    return GoalLine(row.goal.start, row.goal.start_value, row.goal.end, row.goal.end_value)


def probes_of(row: ProgressRow) -> tuple[Score, ...]:
    """Scores up to the day the first goal line starts: what its start was set from."""
    first = _first_line(row)
    return () if first is None else tuple(Score(day, value) for day, value in row.scores if day <= first.start)


def shown_scores(row: ProgressRow) -> tuple[Score, ...]:
    """Scores after the baseline, one a day, over all phases; all of them without a goal line."""
    first = _first_line(row)
    return growth.one_a_day(Score(day, value) for day, value in row.scores if first is None or day > first.start)


def last_score(row: ProgressRow) -> Score:
    """That of the newest day."""
    return growth.one_a_day(Score(day, value) for day, value in row.scores)[-1]


def _first_line(row: ProgressRow) -> Goal | None:
    return row.goals[0] if row.goals else row.goal


def later(row: ProgressRow) -> tuple[Score, ...]:
    """What rules look at: scores of the present phase, after the start of the goal line that is judged by."""
    since = phase_start(row)
    return tuple(
        score
        for score in shown_scores(row)
        if (row.goal is None or score.day > row.goal.start) and (since is None or score.day > since)
    )


def phases_of(row: ProgressRow) -> tuple[StudentDecision, ...]:
    """Decisions that begin a phase; keeping on as before does not."""
    return tuple(each for each in row.decisions if each.step.begins_a_phase)


def phase_start(row: ProgressRow) -> date | None:
    """The day of the last decision that began a phase; scores of that day still belong to what was before."""
    found = phases_of(row)
    return found[-1].day if found else None


def verdict_of(row: ProgressRow) -> Verdict | None:
    return growth.four_point(later(row), goal_of(row), RULES) if row.goal is not None else None


def verdicts_of(row: ProgressRow) -> tuple[Verdict, ...]:
    """Each rule's own sentence; the first decides."""
    verdict = verdict_of(row)
    if verdict is None:
        return ()
    scores, goal = later(row), goal_of(row)
    rest = (growth.three_point, growth.median_of_three, growth.trend_rule)
    return (verdict, *(rule(scores, goal, RULES) for rule in rest))


def chart_of(row: ProgressRow, measure: MeasureInUse, names: Names, *, small: bool = False) -> Figure:
    """The chart of one student; ``small`` leaves trends out, for charts beside each other. Without a goal line: scores alone."""
    who = said("{who}", who=row.student.shown(names) if small else title_of(row, names))
    scores, phases = shown_scores(row), _phases(row)
    if row.goal is None:
        return charts.scores_chart(who, measure.name, scores, phases=phases)
    trends = () if small else tuple(growth.trend(own) for own in by_phase(row) if _has_trend(own))
    figure = charts.progress_chart(
        who,
        measure.name,
        goal_of(row),
        probes_of(row),
        scores,
        phases=phases,
        trends=trends,
        verdict=verdict_of(row),
        earlier=earlier_goals(row),
    )
    return charts.small_progress(figure) if small else figure


def earlier_goals(row: ProgressRow) -> tuple[tuple[GoalLine, date], ...]:
    """(goal line, day it was replaced) of goals set before the one that is judged by."""
    return tuple(
        (GoalLine(goal.start, goal.start_value, goal.end, goal.end_value), following.start)
        for goal, following in pairwise(row.goals)
        if goal.start < following.start
    )


def _phases(row: ProgressRow) -> tuple[charts.Phase, ...]:
    """The line stands after the scores of its own day."""
    return tuple(
        charts.Phase(each.day + timedelta(days=1), each.note or STEPS[each.step], said("{day:date}", day=each.day))
        for each in phases_of(row)
    )


def by_phase(row: ProgressRow) -> tuple[tuple[Score, ...], ...]:
    """Scores after the baseline, phase by phase."""
    walls = [each.day for each in phases_of(row)]
    found: list[list[Score]] = [[] for _ in range(len(walls) + 1)]
    for score in shown_scores(row):
        found[sum(wall < score.day for wall in walls)].append(score)
    return tuple(tuple(scores) for scores in found)


def _has_trend(scores: Sequence[Score]) -> bool:
    return len({score.day for score in scores}) >= TREND_FROM


def one_scale(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Charts beside each other begin and end at the same values and days."""
    lows = [figure.y.low for figure in figures if figure.y.low is not None]
    highs = [figure.y.high for figure in figures if figure.y.high is not None]
    low = min(lows, default=0.0)
    high = value_ticks([max(highs, default=1.0)], YAxis(low=low), 4)[-1]
    days = [day for figure in figures for day in charts.days_shown(figure)]
    starts, ends = min(days, default=None), max(days, default=None)
    if starts is not None:
        starts -= timedelta(days=6)
    return tuple(
        replace(
            figure,
            x=replace(figure.x, start=starts, end=ends),
            y=replace(figure.y, low=low, high=high, from_zero=low == 0),
        )
        for figure in figures
    )


def scale_by_grade(figures: Sequence[Figure], grades: Sequence[str]) -> tuple[Figure, ...]:
    """The same days in all; the same values within a grade, so that a first grader's words are not a flat line under a fifth
    grader's."""
    own: dict[str, list[Figure]] = {}
    for figure, grade in zip(figures, grades, strict=True):
        own.setdefault(grade, []).append(figure)
    values = {grade: one_scale(mine)[0].y for grade, mine in own.items()}
    shared = one_scale(figures)
    return tuple(
        replace(
            figure,
            y=replace(figure.y, low=values[grade].low, high=values[grade].high, from_zero=values[grade].from_zero),
        )
        for figure, grade in zip(shared, grades, strict=True)
    )


def line_of(row: ProgressRow, names: Names) -> ProgressLine:
    verdict = verdict_of(row)
    newest = last_score(row)
    day, value = newest.day, newest.value
    off = value - goal_of(row).at(day) if row.goal else None
    return ProgressLine(
        row.student.key,
        row.student.number,
        row.student.shown(names),
        grade_name(row.grade) if row.grade is not None else "",
        verdict.have if verdict else len(row.scores),
        value,
        day,
        row.goal.end_value if row.goal else None,
        row.goal.end if row.goal else None,
        verdict.decision if verdict else None,
        verdict.sentence if verdict else said("No goal line has been set, so no rule can speak."),
        _aside(row, off),
        off,
    )


def _aside(row: ProgressRow, off: float | None) -> Said:
    """7 below the line, 1.6 a week of 2.0."""
    scores = later(row)
    if off is None:
        return said("{n} score", many="{n} scores", count="n", n=len(row.scores))
    if len(scores) < FEW or not _has_trend(scores):
        return said("{n} of {need} scores", n=len(scores), need=RULES.four_point_minimum)
    side = said("on the line") if abs(off) < growth.ON_LINE else said(
        "{off:0} above the line" if off > 0 else "{off:0} below the line", off=abs(off)
    )  # fmt: skip
    gained = growth.ols([growth.weeks(scores[0].day, score.day) for score in scores], [s.value for s in scores])[0]
    needed = goal_of(row).slope
    return said("{side}, {gained:1} a week of {needed:1}", side=side, gained=gained, needed=needed)


def group_statement(lines: Sequence[ProgressLine]) -> tuple[Said, Said]:
    """The group first where more than half of it is below; then what the verdicts rest on."""
    judged = [line for line in lines if line.decision not in (None, Decision.NOT_ENOUGH)]
    change = [line for line in judged if line.decision is Decision.CHANGE]
    below = len(change)
    where = said("below") if all((line.off or 0.0) <= 0 for line in change) else said("on the wrong side of")
    rest = len(lines) - len(judged)
    rule = said(
        "Four-point rule, rule set {version}. {rest}",
        version=RULES.version,
        rest=said(
            "{n} more has too few scores or no goal line.",
            many="{n} more have too few scores or no goal line.",
            count="n",
            n=rest,
        )
        if rest
        else said("All have enough scores for it."),
    )
    if not judged:
        return said("{n} students have progress scores; none has enough for a rule yet.", n=len(lines)), rule
    if below * 2 > len(judged):
        first = said("{n} of {all} are {where} their goal line on all of the last 4 scores. First ask about the group.",
                     n=below, all=len(judged), where=where)  # fmt: skip
        ask = said("When most of a group falls short, look at time, fit and fidelity before single students. {rule}",
                   rule=rule)  # fmt: skip
        return first, ask
    sentence = "{n} of {all} are {where} their goal line on all of the last 4 scores."
    return said(sentence, n=below, all=len(judged), where=where), rule


def numbers_of(row: ProgressRow) -> tuple[NumberLine, ...]:
    """Start, goal, what is needed, what was gained in each phase with its range, what was decided last."""
    newest = last_score(row)
    lines = [NumberLine(said("Last score"), said("{v}", v=newest.value), said("on {day:date}", day=newest.day))]
    if row.goal is not None:
        goal = goal_of(row)
        probes = probes_of(row)
        base = said("on {day:date}", day=goal.start)
        if len(probes) > 1 and len(row.goals) < 2:
            base = said("median of {n}", n=len(probes))
        lines += [
            NumberLine(said("Baseline"), said("{v}", v=goal.start_value), base),
            NumberLine(said("Goal by {day:date}", day=goal.end), said("{v}", v=goal.end_value)),
            NumberLine(said("Needed growth"), said("{v:2} a week", v=goal.slope)),
        ]
    lines += _growths(row)
    if row.decisions:
        last = row.decisions[-1]
        lines.append(NumberLine(said("Decided {day:short}", day=last.day), STEPS[last.step], last.note))
    return tuple(lines)


def rules_of(row: ProgressRow) -> tuple[NumberLine, ...]:
    """What each rule says, in one sentence with its numbers."""
    return tuple(_rule_line(verdict) for verdict in verdicts_of(row))


def _growths(row: ProgressRow) -> list[NumberLine]:
    """What was gained a week in each phase, with its range."""
    names: list[Said] = [said("Growth, before"), *(said("Growth, {phase}", phase=phase.note) for phase in _phases(row))]
    if len(names) == 1:
        names = [said("Growth so far")]
    found = []
    for name, scores in zip(names, by_phase(row), strict=True):
        if not _has_trend(scores):
            if len(names) > 1:
                found.append(NumberLine(name, said("{n} of {need}", n=len(scores), need=TREND_FROM), said("scores")))
            continue
        line = growth.trend(scores)
        note = said("{n} scores, 95%: {low:1} to {high:1}", n=line.n, low=line.low, high=line.high)
        found.append(NumberLine(name, said("{v:2} a week", v=line.slope), note))
    return found


RULE_NAMES = {
    "four-point": said("Four-point rule"),
    "three-point": said("Three-point rule"),
    "median": said("Median of the last 3"),
    "trend-line": said("Trend-line rule"),
}


def _rule_line(verdict: Verdict) -> NumberLine:
    """A rule that cannot speak yet says how many scores it has of how many it needs."""
    name = RULE_NAMES[verdict.rule]
    if verdict.decision is Decision.NOT_ENOUGH:
        value = said("{have} of {need}", have=min(verdict.have, verdict.need), need=verdict.need)
        if verdict.have < verdict.need:
            return NumberLine(name, value, said("needs {need} scores in this phase", need=verdict.need))
        return NumberLine(name, value, verdict.sentence)
    return NumberLine(name, said(verdict.decision.value), verdict.sentence)
