"""What the data room says of one screening beyond its paper page: who moved in words, windows beside each other, the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mtss_desktop.base.words import Said, said, school_year
from mtss_desktop.documents.parts.screening_page import ScreeningFacts
from mtss_desktop.domain import charts
from mtss_desktop.domain.charts import LevelShare
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.people import Organization
from mtss_desktop.domain.provenance import Share, shares
from mtss_desktop.domain.screening import Measure, grade_name
from mtss_desktop.store.queries import counts
from mtss_desktop.store.queries.counts import Counted, LevelCount, Movement
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import paper_screening
from mtss_desktop.usecases.paper_screening import TIERS

_TIER_NAMES = tuple(said(f"{{label.tier_{tier}}}") for tier in TIERS)
Window = tuple[int, str]
MOST_WINDOWS = 4


@dataclass(frozen=True)
class Moved:
    """Students tested in both windows: how many asked for less, for more, or for the same support; one sentence."""

    less: int
    more: int
    stayed: int
    sentence: Said

    @property
    def both(self) -> int:
        return self.less + self.more + self.stayed


@dataclass(frozen=True)
class WindowFlow:
    """Who moved between two windows that follow each other, the same students only; ``name`` is "Fall to winter"."""

    name: Said
    figure: Figure
    moved: Moved
    behind: tuple[Share, ...] = ()


@dataclass(frozen=True)
class ScreeningPage:
    """One measure in its newest window. ``facts`` are those of the paper page; ``earlier`` puts up to three windows
    before beside it; ``flows`` are between windows that follow each other, newest last. ``behind`` are the imports that
    stand in the figure of this window, ``behind_earlier`` those in the figure with the windows before. ``fell`` names the
    grade that lost most since the window before.

    ``base`` are (label, value, note) of what the numbers rest on; ``window`` is (first year, word).
    """

    measure_key: int
    measure: str
    window: Window
    facts: ScreeningFacts
    earlier: Figure | None
    flows: tuple[WindowFlow, ...]
    moved: Moved | None
    base: tuple[tuple[Said, Said, Said | str], ...]
    behind: tuple[Share, ...] = ()
    behind_earlier: tuple[Share, ...] = ()
    fell: Said | str = ""

    @property
    def imports(self) -> tuple[int, ...]:
        """Keys of all imports behind its figures."""
        every = (self.behind, self.behind_earlier, *(flow.behind for flow in self.flows))
        return tuple(sorted({share.import_key for each in every for share in each}))


def pages(work: Work, place: Organization, year: int) -> tuple[ScreeningPage, ...]:
    """One for each measure that speaks for a whole test. A fixed number of statements for each measure."""
    made, _ = paper_screening.latest(work, place, year)
    if not made:
        return ()
    found = counts.screening(work, place.key, years=(year - 1, year))
    spoken = [each for each in found if each.year == year and each.tier is not None]
    moves = (*counts.movement(work, place.key, to_year=year - 1), *counts.movement(work, place.key, to_year=year))
    enrolled = counts.enrolled_by_grade(work, place.key, year)
    years = (year - 1, year)
    behind = (
        *counts.screening_imports(work, place.key, years=years),
        *counts.movement_imports(work, place.key, years=years),
    )
    return tuple(
        _page(
            *(work, facts, measure, [each for each in found if each.measure_key == measure.key], moves, enrolled),
            [each for each in behind if each.measure_key == measure.key],
        )
        for facts, (measure, _) in zip(made, paper_screening.by_measure(work, spoken), strict=True)
    )


def _page(
    work: Work,
    facts: ScreeningFacts,
    measure: Measure,
    found: Sequence[LevelCount],
    moves: Sequence[Movement],
    enrolled: dict[int | None, int],
    behind: Sequence[Counted],
) -> ScreeningPage:
    windows = list(dict.fromkeys((each.year, each.window) for each in found if each.tier is not None))
    now = windows[-1]
    beside = windows[-MOST_WINDOWS:]
    mine = [each for each in moves if each.measure_key == measure.key and (each.to_year, each.to_window) == now]
    return ScreeningPage(
        measure.key,
        measure.name,
        now,
        facts,
        _beside(facts, measure, found, beside) if len(windows) > 1 else None,
        tuple(replace(flow, behind=_behind(behind, [ends])) for ends, flow in _flows(moves, measure, beside)),
        moved(mine),
        _base(work, measure, [each for each in found if (each.year, each.window) == now], enrolled),
        _behind(behind, [(now,)]),
        _behind(behind, [(each,) for each in beside]),
        most_lost(found, windows),
    )


def most_lost(found: Sequence[LevelCount], windows: Sequence[Window]) -> Said | str:
    """The grade whose share at Tier 1 alone is furthest below that of the window before in the same year, or of the same
    window a year ago; "" where none is lower."""
    *earlier, now = windows
    before = next((each for each in reversed(earlier) if each[0] == now[0] or each[1] == now[1]), None)
    if before is None:
        return ""
    changes = []
    for grade in sorted({each.grade for each in found if each.grade is not None}):
        was, is_ = _counts(found, before, grade), _counts(found, now, grade)
        if sum(was) and sum(is_):
            changes.append((is_[0] / sum(is_) - was[0] / sum(was), grade, was, is_))
    if not changes or min(changes)[0] >= 0:
        return ""
    _, grade, was, is_ = min(changes)
    return said(
        "{grade} lost most since {window}: {now:0}% after {was:0}%.",
        grade=paper_screening.grade_words(grade),
        window=before[1].lower() if before[0] == now[0] else _window_words(before),
        now=is_[0] * 100 / sum(is_),
        was=was[0] * 100 / sum(was),
    )


def _behind(behind: Sequence[Counted], windows: Sequence[tuple[Window, ...]]) -> tuple[Share, ...]:
    """The imports that stand in a figure of these windows, or of these pairs of windows."""
    return shares((each.import_key, each.n, each.spoken) for each in behind if each.windows in windows)


def _beside(
    facts: ScreeningFacts, measure: Measure, found: Sequence[LevelCount], windows: Sequence[Window]
) -> Figure | None:
    """Each grade now, and under it the windows before, newest first."""
    *earlier, now = windows
    rows = []
    for grade in sorted({each.grade for each in found if each.grade is not None and (each.year, each.window) == now}):
        rows.append(LevelShare(paper_screening.grade_words(grade), _counts(found, now, grade)))
        rows += [
            LevelShare(_window_words(each), _counts(found, each, grade), earlier=True) for each in reversed(earlier)
        ]
    title = said("{title}, and the windows before", title=facts.title)
    return charts.screening_stack(title, measure.name, _TIER_NAMES, rows, supports=True)


def _flows(
    moves: Sequence[Movement], measure: Measure, windows: Sequence[Window]
) -> list[tuple[tuple[Window, Window], WindowFlow]]:
    """Each with the two windows it is between."""
    found = []
    for start, end in pairwise(windows):
        mine = [
            each
            for each in moves
            if each.measure_key == measure.key
            and (each.from_year, each.from_window) == start
            and (each.to_year, each.to_window) == end
        ]
        said_moved = moved(mine)
        if said_moved is None:
            continue
        between: dict[tuple[int, int], int] = {}
        for each in mine:
            if each.from_tier and each.to_tier:
                place = (each.from_tier, each.to_tier)
                between[place] = between.get(place, 0) + each.n
        name = said("{a} to {b}", a=start[1], b=end[1].lower())
        figure = charts.movement_flow(
            said("Who moved, {name}", name=name),
            said("{window} {year}", window=start[1], year=school_year(start[0])),
            said("{window} {year}", window=end[1], year=school_year(end[0])),
            _TIER_NAMES,
            between,
            finding=said_moved.sentence,
        )
        found.append(((start, end), WindowFlow(name, figure, said_moved)))
    return found


def _counts(found: Sequence[LevelCount], window: Window, grade: int) -> tuple[int, ...]:
    mine = [each for each in found if (each.year, each.window) == window and each.grade == grade]
    return tuple(sum(each.n for each in mine if each.tier == tier) for tier in TIERS)


def _window_words(window: Window) -> Said:
    return said("{window} {year}", window=window[1].lower(), year=school_year(window[0]))


def moved(moves: Sequence[Movement]) -> Moved | None:
    """Of the newest earlier window; None where nobody was tested in both."""
    if not moves:
        return None
    start = (moves[-1].from_year, moves[-1].from_window)
    less = more = stayed = 0
    for each in moves:
        if (each.from_year, each.from_window) != start or not each.from_tier or not each.to_tier:
            continue
        if each.to_tier < each.from_tier:
            less += each.n
        elif each.to_tier > each.from_tier:
            more += each.n
        else:
            stayed += each.n
    if not less + more + stayed:
        return None
    sentence = said(
        "{moved} of {both} students tested in both windows moved: {less} to less support, {more} to more; {stayed} stayed.",
        moved=less + more,
        both=less + more + stayed,
        less=less,
        more=more,
        stayed=stayed,
    )
    return Moved(less, more, stayed, sentence)


def _base(
    work: Work, measure: Measure, now: Sequence[LevelCount], enrolled: dict[int | None, int]
) -> tuple[tuple[Said, Said, Said | str], ...]:
    """Tested of enrolled, who was least tested, scores without a cut, the table of levels in force."""
    tested = {grade: sum(each.n for each in now if each.grade == grade) for grade in {each.grade for each in now}}
    lines = [_tested(sum(tested.values()), sum(enrolled.get(grade, 0) for grade in tested))]
    gaps = [(enrolled.get(grade, 0) - n, grade) for grade, n in tested.items() if grade is not None]
    most, grade = max(gaps, default=(0, None))
    if grade is not None and most > 0:
        name = said("Not screened, grade {grade}", grade=grade_name(grade))
        lines.append((name, said("{n} of {all}", n=most, all=enrolled.get(grade, 0)), ""))
    without = sum(each.n for each in now if each.tier is None)
    if without:
        words = said("{n} score", many="{n} scores", count="n", n=without)
        lines.append((said("Without a level"), words, said("not in the bars")))
    return (*lines, _levels(work, measure, now))


def _tested(tested: int, enrolled: int) -> tuple[Said, Said, Said | str]:
    if not enrolled:
        return said("Screened"), said("{n}", n=tested), said("no enrollment on record")
    left = said("some have left since") if tested > enrolled else ""
    return said("Screened"), charts.tested_of(tested, enrolled), left


def _levels(work: Work, measure: Measure, now: Sequence[LevelCount]) -> tuple[Said, Said, Said | str]:
    """Which table of levels speaks, and since when."""
    today = work.today()
    keys = {level.key for level in work.levels.list() if level.word in {each.level for each in now}}
    lines = [
        line
        for line in work.level_tiers.list()
        if line.measure_key in (0, measure.key) and line.level_key in keys and line.valid_from <= today
    ]
    if not lines:
        return said("Levels"), said("no table in force"), ""
    newest = max(lines, key=lambda line: line.valid_from)
    if newest.valid_from.year <= 2000:  # the table that came with the file's layout: in force for every day
        return said("Levels"), said("unchanged since the first file"), newest.source
    return said("Levels"), said("in force since {day:date}", day=newest.valid_from), newest.source
