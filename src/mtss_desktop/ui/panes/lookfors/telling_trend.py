"""A trend as this room shows it, with what moved and what was done for it."""

from __future__ import annotations

from dataclasses import replace

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.domain.fidelity_charts import line_chart
from mtss_desktop.domain.figures import SERIES, Figure, Point, Points
from mtss_desktop.domain.rating_trends import Moved, Trend, TrendLine
from mtss_desktop.ui.panes.lookfors.trend_view import Moved as MovedShown
from mtss_desktop.ui.panes.lookfors.trend_view import TrendShown
from mtss_desktop.ui.panes.lookfors.words import (
    month_words,
)

_NAMED = 4
"""Items a sentence names; more are counted."""


def trend_shown(words: Words, trend: Trend, moved: Moved) -> TrendShown:
    main = [line for line in trend.lines if line.key == trend.headline] or list(trend.lines[:1])
    figure = _chart(words, trend, main[0]) if main and _has_points(main[0]) else None
    small = tuple(
        (line.title, line_chart(trend, line, labels=False))
        for line in trend.lines
        if line.key != (main[0].key if main else "") and _has_points(line)
    )
    title = words("{title} over time").format(title=trend.title)
    aside = (
        words("{n} of {all} incomplete").format(n=trend.incomplete, all=trend.administrations)
        if trend.incomplete
        else words("All complete")
        if trend.administrations
        else ""
    )
    since = words.month(moved.from_on) if moved.from_on is not None else ""
    head = ""
    if moved.from_on is not None and moved.to_on is not None:
        head = words("{a} to {b}").format(a=month_words(words, moved.from_on), b=month_words(words, moved.to_on))
    return TrendShown(
        title,
        trend_sentence(words, trend),
        figure,
        aside,
        words("What moved since {month}, and what was done for it").format(month=since) if moved.items else "",
        head,
        tuple(
            MovedShown(
                each.number,
                each.label or words("Item {number}").format(number=each.number),
                f"{each.before} → {each.after}",
                _move(words, each.by),
                each.by,
                "; ".join(action.text for action in each.actions),
                each.hours,
                each.stuck,
            )
            for each in moved.items
        ),
        small,
        words("Before {day}: converted, estimated").format(day=month_words(words, trend.breaks[-1].before))
        if trend.breaks
        else "",
        words("Finish this one, and the next one makes a line."),
    )


def _has_points(line: TrendLine) -> bool:
    return any(point.percent is not None or point.mean is not None for point in line.points)


def trend_sentence(words: Words, trend: Trend) -> str:
    """Holcomb Middle. Up 5 points since March; 1.9 stands for the third time."""
    told = []
    if trend.change is not None and trend.since is not None:
        points = abs(round(float(trend.change)))
        way = words("Up") if trend.change > 0 else words("Down")
        amount = words.say(said("{n} point", many="{n} points", count="n", n=points))
        told.append(
            words("{way} {amount} since {month}").format(way=way, amount=amount, month=words.month(trend.since))
            if points
            else words("The same as in {month}").format(month=words.month(trend.since))
        )
    if trend.stuck:
        told.append(_stuck_words(words, trend.stuck))
    return f"{trend.place}. {'; '.join(told)}." if told else f"{trend.place}."


def _stuck_words(words: Words, stuck: tuple[str, ...]) -> str:
    """Named while a line can hold them, else counted."""
    if len(stuck) > _NAMED:
        return words("{n} items stand for the third time").format(n=len(stuck))
    one = words("{items} stands for the third time")
    return (one if len(stuck) == 1 else words("{items} stand for the third time")).format(items=words.listed(stuck))


def _move(words: Words, by: int) -> str:
    if not by:
        return words("same")
    return words("up {n}").format(n=by) if by > 0 else words("down {n}").format(n=-by)


def _chart(words: Words, trend: Trend, line: TrendLine) -> Figure:
    """The line by which the list is known, as it is printed, with what others found beside it."""
    made = line_chart(trend, line)
    means = any(each.mean is not None for each in line.points)
    title = line.title if means else said("{title}, percent of points", title=line.title)
    if line.key == "total":
        title = trend.title if means else said("{title}, percent of points", title=trend.title)
    sentence: Said = said("{sentence}", sentence=trend_sentence(words, trend))
    return replace(made, title=title, marks=(*made.marks, *_outside(line)), finding=sentence)


def _outside(line: TrendLine) -> tuple[Points, ...]:
    """What others found; scores that came without items say so."""
    found = sorted((each for each in line.beside if each.percent is not None), key=lambda each: each.held_on)
    points = tuple(
        Point(each.held_on, float(each.percent or 0), said("totals only") if each.only_total else "") for each in found
    )
    return (Points(SERIES[1], points, said("From outside"), label=said("From outside")),) if points else ()
