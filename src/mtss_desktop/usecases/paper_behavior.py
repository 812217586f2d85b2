"""The behavior report's facts: the core reports of a school, counts alone."""

from __future__ import annotations

from collections.abc import Iterable

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, said
from mtss_desktop.documents import behavior_report as report
from mtss_desktop.documents.blocks import Document
from mtss_desktop.domain import behavior, precise
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.people import Organization
from mtss_desktop.domain.precise import IncidentRow, Narrowing, Part
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import behavior_bars, data, data_precise
from mtss_desktop.usecases.paper_common import division, printed, schools


def document(work: Work, *, school_id: str | None) -> Document:
    """Of the school asked for, else of the one with most referrals. Raises ``UserError`` where there are none."""
    best: tuple[int, Organization, behavior_bars.Held] | None = None
    for place in schools(work):
        if school_id in (None, work.home_id, place.id):
            here = behavior_bars.held(work, place.id)
            n = precise.total(here.rows)
            if n and here.days and (best is None or n > best[0]):
                best = (n, place, here)
    if best is None:
        raise UserError("No referrals of this school year have been brought in.", "Import the file of referrals first.")
    return report.document(_facts(work, *best))


def _facts(work: Work, n: int, place: Organization, here: behavior_bars.Held) -> report.BehaviorFacts:
    view, core = data.referrals(work, place.id), data_precise.core(work, place.id)
    figures: dict[Part, Figure | None] = {step.part: step.figure for step in core.steps}
    assert view.months is not None
    rate = n / len(here.days)
    base: list[tuple[Said, Said]] = [
        (said("Counted"), said("{n} {label.referral.many}", n=n)),
        (said("Per school day"), said("{rate:2} in {days} days", rate=rate, days=len(here.days))),
    ]
    per_100 = behavior.rate_per_100(n, core.enrolled, len(here.days)) if core.enrolled else None
    if per_100 is not None:
        base.append((said("Per 100 students a day"), said("{rate:2}, {n} enrolled", rate=per_100, n=core.enrolled)))
    base.append((said("For"), said("the school's teams")))
    return report.BehaviorFacts(
        division=division(work).name,
        place=place.name,
        title=said("Referrals, {first:date} to {last:date}", first=here.days[0], last=here.days[-1]),
        base=tuple(base),
        finding=view.statement,
        months=view.months,
        locations=figures[Part.WHERE],
        behaviors=figures[Part.WHAT],
        times=figures[Part.WHEN],
        weekdays=figures[Part.WEEKDAY],
        grades=figures[Part.WHO],
        bands=tuple((name, count, said("{p:1}%", p=share * 100)) for name, count, share in core.bands),
        spot=_spot(here.rows, len(here.days)),
        printed=printed(work, counts.sources(work, "incident_count", place.key, here.year)),
    )


def _spot(rows: Iterable[IncidentRow], days: int) -> Said | str:
    """The bar with most referrals, then the hour and the grade with most within it, as far as ten are left."""
    rows, narrowing = list(rows), Narrowing()
    everyone = precise.total(rows)
    for part in (Part.WHERE, Part.WHEN, Part.WHO):
        found = [
            (value, n) for value, n in precise.counted(precise.kept(rows, narrowing), part) if value not in ("", None)
        ]
        value, n = max(found, key=lambda item: item[1], default=("", 0))
        if n < precise.ENOUGH:
            break
        narrowing = narrowing.with_choices(part, [value])  # type: ignore[arg-type]
    if not narrowing.count:
        return ""
    n = precise.total(precise.kept(rows, narrowing))
    return said(
        "{name}: {n} of {all} referrals ({p:0}%), {often}.",
        name=precise.name_of(narrowing),
        n=n,
        all=everyone,
        p=n * 100 / everyone,
        often=precise.often_words(n, days),
    )
