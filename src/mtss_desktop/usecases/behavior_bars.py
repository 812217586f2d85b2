"""Bars over a school year's referrals: by place, behavior, time, weekday and grade, within what is chosen or over all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import behavior, charts, precise
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.precise import IncidentRow, Narrowing, Part
from mtss_desktop.domain.provenance import Share, shares
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.places import calendar_days, year_of

_TITLES = {
    Part.WHERE: said("Where"),
    Part.WHAT: said("What"),
    Part.WHEN: said("When, by hour"),
    Part.WEEKDAY: said("Weekday"),
    Part.WHO: said("Who, by grade"),
}
_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Step:
    """One chart of the builder: what is counted within the choices before it. ``values`` stand beside the bars of ``figure``.

    ``skipped`` says why there is no chart (no time of day in the file, no grade). ``behind`` are the imports whose referrals are
    counted in it, and how many of the year are not.
    """

    part: Part
    figure: Figure | None
    values: tuple[str, ...]
    chosen: tuple[str, ...]
    aside: Said
    skipped: Said | None = None
    behind: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Held:
    """A school year's referrals with its school days so far."""

    rows: tuple[IncidentRow, ...]
    days: tuple[date, ...]
    year: int
    severities: bool
    severity: str
    every: tuple[IncidentRow, ...] = ()

    def behind(self, counted: Iterable[IncidentRow]) -> tuple[Share, ...]:
        """The imports of these rows, and how many referrals of the year came with them and are not among them."""
        mine = list(counted)
        there = set(map(id, mine))
        rest = (row for row in self.every if id(row) not in there)
        return shares(
            (*((row.import_key, row.n, True) for row in mine), *((row.import_key, row.n, False) for row in rest))
        )


def held(work: Work, place_id: OrganizationId, year: int = 0, severity: str = "") -> Held:
    """``severity`` is major, minor or all. Where the file tells major from minor, "" is major: they are never mixed by accident."""
    place = work.organizations.get(place_id)
    found_year = next((each for each in work.school_years.list() if each.start == year), year_of(work, work.today()))
    rows = counts.incidents(work, place.key, found_year.start)
    told = any(row.major is not None for row in rows)
    kind = (severity or "major") if told else ""
    every, rows = rows, precise.of_severity(rows, kind)
    school_days = calendar_days(work, place_id, found_year.id)
    through = behavior.counted_through((row.day for row in every), school_days, work.today())
    days = tuple(day for day in school_days if day <= through)
    return Held(tuple(row for row in rows if row.day <= through), days, found_year.start, told, kind, every)


def step_of_all(here: Held, narrowing: Narrowing, part: Part, enrolled: dict[str, int]) -> Step:
    per_100 = enrolled if part is Part.WHO and enrolled else None
    aside = said("per 100 students") if per_100 else said("")
    if part is Part.WHEN and not precise.has_time(here.rows):
        return Step(part, None, (), (), aside, said("No time of day in the file."))
    made = bars(here.rows, narrowing, part, per_100=per_100)
    return Step(part, *made, aside, behind=here.behind(precise.drawn(here.rows, part, made[1])))


def step_within(here: Held, narrowing: Narrowing, part: Part) -> Step:
    before = precise.earlier(part)
    rows = precise.kept(here.rows, narrowing, before)
    n = precise.total(rows)
    aside = said("{n} {label.referral.many}", n=n) if part is Part.WHERE else said("{n} of those", n=n)
    if part is Part.WHEN and not precise.has_time(here.rows):
        return Step(part, None, (), (), aside, said("No time of day in the file: this step is skipped."))
    if part is Part.WHO and not any(row.grade for row in here.rows):
        return Step(part, None, (), (), aside, said("No grade in the file: this step is skipped."))
    made = bars(rows, narrowing, part)
    return Step(part, *made, aside, behind=here.behind(precise.drawn(rows, part, made[1])))


def bars(
    rows: Sequence[IncidentRow], narrowing: Narrowing, part: Part, *, per_100: dict[str, int] | None = None
) -> tuple[Figure | None, tuple[str, ...], tuple[str, ...]]:
    """A chart of one part with its chosen bars, the value behind each bar, and those chosen. None where nothing is counted."""
    found = [(value, n) for value, n in precise.counted(rows, part) if value not in ("", None)]
    found = found[: precise.MOST_CHOICES] if part in (Part.WHERE, Part.WHAT) else found
    chosen = narrowing.of(part)
    if not found:
        return None, (), tuple(str(each) for each in chosen)
    shown = tuple((_bar_name(part, value), _height(n, value, per_100)) for value, n in found)
    figure = charts.category_bars(
        _TITLES[part],
        said("{label.referral.many}") if per_100 is None else said("{label.referral.many} per 100 students"),
        shown,
        horizontal=part in (Part.WHERE, Part.WHAT),
        places=0 if per_100 is None else 1,
    )
    values = tuple(str(value) for value, _ in found)
    return charts.chosen_bars(figure, {at for at, (value, _) in enumerate(found) if value in chosen}), values, tuple(
        str(each) for each in chosen
    )  # fmt: skip


def _height(n: int, value: object, per_100: dict[str, int] | None) -> float | None:
    if per_100 is None:
        return float(n)
    enrolled = per_100.get(str(value), 0)
    return behavior.rate_per_100(n, enrolled)


def _bar_name(part: Part, value: object) -> Said | str:
    if part is Part.WHEN:
        return precise.hour_words(value)
    if part is Part.WEEKDAY:
        return said(_SHORT_DAYS[int(value)] if isinstance(value, int) else "")
    return str(value)


def how_often(rows: Sequence[IncidentRow], days: Sequence[date]) -> Figure:
    by_day: dict[date, int] = {}
    for row in rows:
        by_day[row.day] = by_day.get(row.day, 0) + row.n
    return charts.month_bars(said("How often"), said("{label.referral.many}"), behavior.by_month(by_day, days))
