"""Trends of ratings: versions apart, criteria as long as they held, estimates that nobody takes for ratings."""

from __future__ import annotations

from datetime import date

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.charts import Rating
from mtss_desktop.domain.fidelity_charts import VersionRun, section_trends, trend_chart
from mtss_desktop.domain.figures import Label, Level, Line, PhaseLine, Points, Role

OLD = VersionRun(
    "2.1",
    tuple(
        Rating(day, v) for day, v in ((date(2024, 9, 10), 43.3), (date(2025, 1, 14), 50.0), (date(2025, 10, 7), 70.0))
    ),
    70.0,
)
NEW = VersionRun(
    "3.0",
    (Rating(date(2026, 3, 3), 56.25), Rating(date(2026, 10, 6), 61.25)),
    50.0,
    Rating(date(2025, 10, 7), 44.27, True),
)


def say(text: object) -> str:
    return ENGLISH.write(text)


def test_versions_are_parted_each_with_its_own_criterion() -> None:
    made = trend_chart("Tier 1", "Tier 1, percent of points", [OLD, NEW])
    [line] = made.of(PhaseLine)
    assert line.role is Role.VERSION
    assert date(2025, 10, 7) < line.x < date(2026, 3, 3)
    assert say(line.note) == "version 3.0"
    first, second = made.of(Level)
    assert (first.value, first.start, first.end) == (70.0, None, line.x)
    assert (second.value, second.start, second.end) == (50.0, line.x, None)
    data = next(each for each in made.of(Points) if each.role is Role.DATA)
    assert [point.y for point in data.points] == [43.3, 50.0, 70.0, 56.25, 61.25]


def test_an_estimate_is_hollow_dashed_and_says_so() -> None:
    made = trend_chart("Tier 1", "Tier 1", [OLD, NEW])
    rough = next(each for each in made.of(Points) if each.role is Role.ESTIMATED)
    assert [(point.y, say(point.note)) for point in rough.points] == [(44.27, "estimated")]
    assert made.of(Line)[0].role is Role.ESTIMATED
    assert "44% on 3.0, estimated" in [say(label.text) for label in made.of(Label)]
    assert "estimated" in " ".join(say(value) for row in made.table().rows for value in row) + say(made.table().columns)


def test_what_it_says() -> None:
    made = trend_chart("Tier 1", "Tier 1", [OLD, NEW])
    assert say(made.finding) == "Up 5 points since March 2026: from 56% to 61%."
    assert say(made.alt) == (
        "Line chart, Tier 1, September 2024 to October 2026, n = 5. First 43%, last 61%; criterion 50%; 2 versions, not joined."
    )
    assert say(trend_chart("T", "Tier 1", [OLD]).finding) == "Up 20 points since January 2025: from 50% to 70%."
    down = VersionRun("1", (Rating(date(2026, 1, 1), 40), Rating(date(2026, 2, 1), 39)))
    assert say(trend_chart("T", "T", [down]).finding) == "Down 1 point since January 2026: from 40% to 39%."
    one = trend_chart("T", "T", [VersionRun("1", down.ratings[:1])])
    assert say(one.finding) == "40% with version 1; one rating shows no way yet."


def test_nothing_rated_is_said() -> None:
    made = trend_chart("T", "T", [VersionRun("1", (), 70.0)])
    assert say(made.finding) == "Nothing has been finished yet."
    assert made.marks == ()


def test_sections_share_their_axes() -> None:
    parts = [trend_chart(name, name, [OLD, NEW], labels=False) for name in ("Teams", "Evaluation")]
    made = section_trends("Sections", parts)
    assert len({(panel.x.start, panel.x.end, panel.y.high) for panel in made.panels}) == 1
    assert not made.panels[0].of(Label)
