"""Screening of one school as a paper shows it: shares by tier of support and grade, movement since the window before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mtss_desktop.base.words import Said, said, school_year
from mtss_desktop.documents.parts.screening_page import ScreeningFacts, ShareRow
from mtss_desktop.domain import charts
from mtss_desktop.domain.charts import LevelShare
from mtss_desktop.domain.people import Organization
from mtss_desktop.domain.screening import Measure, grade_name
from mtss_desktop.store.queries import counts
from mtss_desktop.store.queries.counts import LevelCount, Movement, Source
from mtss_desktop.store.work import Work

TIERS = (1, 2, 3)
_TIER_NAMES = {1: said("{label.tier_1}"), 2: said("{label.tier_2}"), 3: said("{label.tier_3}")}
Window = tuple[int, str]


def latest(work: Work, place: Organization, year: int) -> tuple[tuple[ScreeningFacts, ...], tuple[Source, ...]]:
    """One page for each measure that speaks for a whole test in its newest window of the year, and the imports behind them."""
    found = [each for each in counts.screening(work, place.key, years=(year,)) if each.tier is not None]
    moves = counts.movement(work, place.key, to_year=year)
    enrolled = counts.enrolled_by_grade(work, place.key, year) if found else {}
    pages = [
        _page(work, measure, place, window, enrolled, [each for each in mine if _window(each) == window], moves)
        for measure, mine in by_measure(work, found)
        for window in [_window(mine[-1])]
    ]
    return tuple(pages), counts.sources(work, "screening_count", place.key, year) if pages else ()


def findings(work: Work, place: Organization, year: int) -> tuple[tuple[Said, Said, Said], ...]:
    """(what was screened, finding, the grade furthest from it) for the same measures and windows, without figures and tables."""
    found = [each for each in counts.screening(work, place.key, years=(year,)) if each.tier is not None]
    told = []
    for measure, mine in by_measure(work, found):
        window = _window(mine[-1])
        newest = [each for each in mine if _window(each) == window]
        shares = {
            grade: _tiers(newest, grade) for grade in sorted({each.grade for each in newest if each.grade is not None})
        }
        total = [sum(shares[grade][at] for grade in shares) for at in range(len(TIERS))]
        what = said(
            "{measure}, {window} {year}", measure=measure.name, window=window[1].lower(), year=school_year(window[0])
        )
        told.append((what, *_finding(total, shares)))
    return tuple(told)


def by_measure(work: Work, found: Iterable[LevelCount]) -> list[tuple[Measure, list[LevelCount]]]:
    """Composites and whole tests only; a subtest's page would say the same thing in parts."""
    held: dict[int, list[LevelCount]] = defaultdict(list)
    for each in found:
        held[each.measure_key].append(each)
    measures = {measure.key: measure for measure in work.measures.list()}
    whole = [key for key in held if "composite" in measures[key].name.casefold()]
    return [(measures[key], held[key]) for key in sorted(whole or held, key=lambda key: measures[key].name)]


def _window(each: LevelCount) -> Window:
    return each.year, each.window


def _page(
    work: Work,
    measure: Measure,
    place: Organization,
    window: Window,
    enrolled: dict[int | None, int],
    found: list[LevelCount],
    moves: tuple[Movement, ...],
) -> ScreeningFacts:
    grades = sorted({each.grade for each in found if each.grade is not None})
    shares = {grade: _tiers(found, grade) for grade in grades}
    total = [sum(shares[grade][at] for grade in grades) for at in range(len(TIERS))]
    rows = tuple(LevelShare(grade_words(grade), tuple(shares[grade]), enrolled.get(grade)) for grade in grades)
    title = said(
        "Screening, {measure}, {window} {year}",
        measure=measure.name,
        window=window[1].lower(),
        year=school_year(window[0]),
    )
    finding, more = _finding(total, shares)
    figure = charts.screening_stack(
        title, measure.name, tuple(_TIER_NAMES[tier] for tier in TIERS), rows, supports=True, finding=finding
    )
    mine = [each for each in moves if each.measure_key == measure.key and (each.to_year, each.to_window) == window]
    title_of_move, aside, table = _movement(mine)
    near = counts.near_cut(work, place.key, year=window[0], measure=measure.key, window=window[1])
    return ScreeningFacts(
        title=title,
        aside=said("{school}, {n} students tested", school=place.short_name or place.name, n=sum(total)),
        finding=finding,
        more=more,
        figure=figure,
        columns=(*(_TIER_NAMES[tier] for tier in TIERS), said("Tested")),
        rows=(
            *(ShareRow(grade_words(grade), _texts(shares[grade])) for grade in grades),
            ShareRow(said("All"), _texts(total), total=True),
        ),
        movement_title=title_of_move,
        movement_aside=aside,
        movement_columns=(*(_TIER_NAMES[tier] for tier in TIERS), said("Not tested")) if table else (),
        movement=table,
        near_columns=(said("Just below"), said("Just above")),
        near=tuple(
            ShareRow(grade_words(grade), (said("{n}", n=low), said("{n}", n=high)))
            for grade, low, high in near
            if grade is not None
        ),
        near_aside=said("within {n} points", n=work.rules.near_points),
        note=said(
            "Tiers are supports that a level of the test asks for, by the table of levels in force; they never name a student."
        ),
        questions=_questions(total, shares),
    )


def _tiers(found: Iterable[LevelCount], grade: int) -> list[int]:
    held = [0, 0, 0]
    for each in found:
        if each.grade == grade and each.tier in TIERS:
            held[TIERS.index(each.tier)] += each.n
    return held


def grade_words(grade: int) -> Said:
    name = grade_name(grade)
    return said("Kindergarten") if name == "K" else said("Pre-K") if name == "PK" else said("Grade {n}", n=name)


def _texts(values: list[int]) -> tuple[Said, ...]:
    total = sum(values)
    cells = tuple(said("{p:0}% · {n}", p=value * 100 / total, n=value) if total else said("none") for value in values)
    return (*cells, said("{n}", n=total))


def _finding(total: list[int], shares: dict[int, list[int]]) -> tuple[Said, Said]:
    """The share whose level asks for Tier 1 supports alone, against 80 percent, and the grade that is furthest from it."""
    everyone = sum(total)
    if not everyone:
        return said("Nobody was tested."), said("")
    core = total[0] * 100 / everyone
    finding = said(
        "{share:0}% of {n} students are served by {label.tier_1} alone; the mark is 80%.", share=core, n=everyone
    )
    furthest = min(shares, key=lambda grade: shares[grade][0] / max(1, sum(shares[grade])))
    low = shares[furthest]
    more = said("Furthest from it is {grade}, {n} of {all}.", grade=grade_words(furthest), n=low[0], all=sum(low))
    return finding, more


def _movement(moves: list[Movement]) -> tuple[Said | str, Said | str, tuple[ShareRow, ...]]:
    """The newest earlier window, rows by the tier before, columns by the tier now."""
    if not moves:
        return "", "", ()
    start = (moves[-1].from_year, moves[-1].from_window)
    mine = [each for each in moves if (each.from_year, each.from_window) == start]
    rows = []
    for tier in TIERS:
        now = [sum(each.n for each in mine if each.from_tier == tier and each.to_tier == to) for to in (*TIERS, None)]
        tested = sum(now[:3])
        cells = tuple(said("{n} · {p:0}%", n=n, p=n * 100 / tested) if tested else said("{n}", n=n) for n in now[:3])
        rows.append(ShareRow(_TIER_NAMES[tier], (*cells, said("{n}", n=now[3]))))
    both = sum(each.n for each in mine if each.from_tier and each.to_tier)
    title = said("From {window} {year}", window=start[1].lower(), year=school_year(start[0]))
    return title, said("{n} students with both scores", n=both), tuple(rows)


def _questions(total: list[int], shares: dict[int, list[int]]) -> tuple[Said, ...]:
    everyone = sum(total)
    low = [grade for grade, values in shares.items() if sum(values) and values[0] / sum(values) < 0.8]
    asked = []
    if everyone and total[0] / everyone < 0.8:
        asked.append(
            said(
                "Fewer than 80% are served by {label.tier_1} alone: what in core instruction would reach most of them?"
            )
        )
    if low and len(low) < len(shares):
        names = tuple(grade_words(grade) for grade in low)
        asked.append(
            said("Which grades need the first look ({grades}), and what do the others do differently?", grades=names)
        )
    asked.append(said("Which students moved to more support since the window before, and what has been tried?"))
    return tuple(asked)
