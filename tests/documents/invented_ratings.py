"""Invented ratings for the pages about instruments: no school or person of these names is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from mtss_desktop.domain.administrations import AgreedBy, Difference
from mtss_desktop.domain.instruments import Instrument, at_level, entry_order
from mtss_desktop.domain.rating_views import (
    Agreement,
    CriterionLine,
    EvidenceChip,
    Head,
    Headline,
    ItemAction,
    OtherSource,
    ResultView,
    Sheet,
    SheetItem,
    SheetSection,
)
from mtss_desktop.domain.ratings import (
    Administration,
    AdministrationId,
    AdministrationKind,
    AdministrationState,
    EvidenceId,
    EvidenceKind,
    InstrumentVersionId,
)
from mtss_desktop.domain.scoring import Answer, State, is_met, rated, result
from mtss_desktop.packs import instruments as packs
from tests.documents import invented

SHIPPED = {each.key: each for each in packs.shipped()}
DAY, BEFORE = date(2026, 10, 29), date(2026, 3, 12)
TFI_1 = (2, 2, 2, 1, 1, 2, 1, 1, 2, 1, 0, 2, 2, 1, 1)


def tier_one() -> Instrument:
    """Tier 1 of the inventory alone, with its parts."""
    whole = SHIPPED["tfi_2_1"]
    kept = {number for section in whole.sections if section.key == "tier1" for number in section.items}
    sections = tuple(each for each in whole.sections if each.key == "tier1" or each.part_of == "tier1")
    criteria = tuple(each for each in whole.criteria if each.conditions[0].score == "tier1")
    return replace(whole, items=tuple(i for i in whole.items if i.number in kept), sections=sections, criteria=criteria)


def head(instrument: Instrument, **changes: object) -> Head:
    record = Administration(
        id=AdministrationId("a"),
        organization_id="o",  # type: ignore[arg-type]
        instrument_id=InstrumentVersionId("i"),
        held_on=DAY,
        state=AdministrationState.FINISHED,
    )
    record = replace(record, **{name: value for name, value in changes.items() if hasattr(record, name)})
    own = {name: value for name, value in changes.items() if not hasattr(record, name)}
    made = Head(
        record, instrument.key, instrument.key, instrument.title, instrument.version, instrument.unit, instrument.shell,
        invented.SCHOOL, "school", "Schoolwide (Tier 1) Team", "Whitlock, Dana",
    )  # fmt: skip
    return replace(made, **own)


def ratings_of(instrument: Instrument, values: tuple[int | None, ...]) -> dict[str, Answer]:
    numbers = [item.number for group in entry_order(instrument) for item in group.items]
    return {number: rated(value) for number, value in zip(numbers, values, strict=False) if value is not None}


def sheet(instrument: Instrument, ratings: Mapping[str, Answer], top: Head) -> Sheet:
    found = dict(result(instrument, ratings).items)
    items = []
    for group in entry_order(instrument):
        for place, item in enumerate(group.items):
            score = found[item.number]
            items.append(
                SheetItem(
                    *(item.number, item.label, group.section.key, item.scale, item.takes, item.evidence),
                    stage=item.stage,
                    rated=score.state is not State.UNANSWERED,
                    value=score.value,
                    value_label=instrument.scale(item).label(score.value) if score.value is not None else "",
                    note="Posters in 22 of 22 rooms." if place == 2 else "",
                    agreed_by=AgreedBy.MAJORITY if place == 3 else AgreedBy.CONSENSUS,
                    evidence=(EvidenceChip(EvidenceId("e"), "u", EvidenceKind.FILE, "roster 9/8"),)
                    if not place
                    else (),
                    actions=(ItemAction("t", "Booster lesson", "Ruiz", None, date(2027, 1, 5), None, 2.0),)
                    if place == 3
                    else (),
                )
            )
    count = sum(item.rated for item in items)
    sections = tuple(SheetSection(g.section.key, g.section.title, 0, len(g.items)) for g in entry_order(instrument))
    return Sheet(top, instrument, sections, tuple(items), count, len(items))


def result_view(instrument: Instrument, ratings: Mapping[str, Answer], top: Head, *, beside: bool = True) -> ResultView:
    found = result(instrument, ratings)
    met = [is_met(each, found, instrument) for each in instrument.criteria]
    key = next((one.score for each in instrument.criteria for one in each.conditions), "total")
    score = found.score(key if key in {each.key for each in found.sections} else "total")
    outside = OtherSource(
        AdministrationId("x"), AdministrationKind.EXTERNAL, instrument.title, instrument.version, date(2026, 10, 27),
        "Bell, Corinne", ((score.key, Fraction(200, 3)),), tuple((item.number, 1) for item in instrument.items),
    )  # fmt: skip
    last = replace(outside, kind=AdministrationKind.TEAM, held_on=BEFORE, percents=((score.key, Fraction(63)),))
    agreed = Agreement(
        AdministrationId("a"), AdministrationId("x"), "Team", "Outside", 15, Fraction(1400, 15), Fraction(100),
        (Difference("1.4", 1, 0),), (),
    )  # fmt: skip
    return ResultView(
        top,
        instrument,
        found,
        Headline(score.key, score.title, score.points, score.most, score.percent, score.mean, met[0] if met else None),
        tuple(
            CriterionLine(each.title, each.scope, each.source, verdict, None, each.in_a_row)
            for each, verdict in zip(instrument.criteria, met, strict=True)
        ),
        (),
        last if beside else None,
        (outside,) if beside else (),
        agreed if beside else None,
    )


def school_look_fors() -> Instrument:
    return at_level(SHIPPED["look_fors"], "school")
