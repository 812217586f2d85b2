"""Invented ratings for the pages about instruments: no school or person of these names is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from mtss_desktop.domain.administrations import AgreedBy, Difference
from mtss_desktop.domain.evidence_views import Binder, BinderItem, BinderPiece, BinderSection, UsedAt
from mtss_desktop.domain.instruments import Instrument, at_level, entry_order
from mtss_desktop.domain.rating_rollups import (
    Heat,
    HeatCell,
    HeatColumn,
    HeatRow,
    PracticeLine,
    StageCell,
    StageItem,
    Stages,
    TallyLine,
    Walkthroughs,
)
from mtss_desktop.domain.rating_trends import (
    CriterionSpan,
    Moved,
    MovedItem,
    Trend,
    TrendLine,
    TrendPoint,
    VersionBreak,
)
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
from mtss_desktop.domain.scoring import Answer, Share, State, is_met, rated, result
from mtss_desktop.domain.vote_views import SurveyItem, SurveyView
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


# Over time, rolled up, evidence ---------------------------------------------------------------------------------------------------


def point(day: date, edition: str, percent: Fraction | None, *, estimated: bool = False) -> TrendPoint:
    return TrendPoint(AdministrationId("a"), day, edition, percent, None, estimated=estimated)


def trend(*, sections: int = 3) -> Trend:
    """Three ratings with 2.1, two with 3.0, one of them not complete in its parts."""
    days = (date(2024, 9, 10), date(2025, 1, 14), date(2025, 10, 7), date(2026, 3, 3), date(2026, 10, 6))
    editions = ("2.1", "2.1", "2.1", "3.0", "3.0")
    values = (Fraction(130, 3), Fraction(50), Fraction(70), Fraction(225, 4), Fraction(245, 4))
    points = tuple(map(point, days, editions, values))
    estimate = (point(days[2], "3.0", Fraction(4427, 100), estimated=True),)
    lines = [TrendLine("tier1", "Tier 1", "", points, estimate)]
    lines += [
        TrendLine(f"part{n}", f"Part {n}", "tier1", (*points[:4], replace(points[4], percent=None)))
        for n in range(sections)
    ]
    spans = (
        CriterionSpan(
            "tier1", "70% at Tier 1", "2.1", Fraction(70), days[0], days[2], "https://pbisapps.org/products/tfi"
        ),
        CriterionSpan("tier1", "50% at Tier 1", "3.0", Fraction(50), days[3], days[4], "https://pbisapps.org/resource"),
    )
    breaks = (VersionBreak(days[2], days[3], "2.1", "3.0"),)
    return Trend(
        "o", invented.SCHOOL, "tfi", "Tiered Fidelity Inventory", "3.0", "tier1", tuple(lines), breaks, spans, 5, 1
    )


def no_trend() -> Trend:
    return replace(trend(), lines=(), breaks=(), criteria=(), administrations=0, incomplete=0)


def moved() -> Moved:
    def item(number: str, before: int, after: int, *actions: str, stuck: bool = False) -> MovedItem:
        done = tuple(ItemAction("t", text, "Ruiz", None, None, BEFORE, 7.0) for text in actions)
        hours = 7.0 * len(actions)
        return MovedItem(
            number, f"Label {number}", "tier1", before, after, "", "", 4, done, hours, 3 if stuck else 1, stuck
        )

    items = (
        item("1.9", 1, 3, "Ticket system", "Grade meetings"),
        item("1.2", 3, 3),
        item("1.11", 1, 1, "Family evening", stuck=True),
        item("1.8", 3, 2),
    )
    return Moved("o", invented.SCHOOL, "tfi", "Tiered Fidelity Inventory", "3.0", BEFORE, DAY, items, 21.0, ("1.11",))


def nothing_moved() -> Moved:
    return replace(moved(), from_on=None, to_on=None, items=(), stuck=())


def stages(values: tuple[int | None, ...] = (2, 1, 0), level: str = "school") -> Stages:
    """A list of a school or the division; its values repeat over the items."""
    asked = at_level(SHIPPED["look_fors"], level)
    found, cells = [], {}
    for group in entry_order(asked):
        for item in group.items:
            value = values[len(found) % len(values)]
            label = asked.scale(item).label(value) if value is not None else ""
            found.append(
                StageItem(item.number, item.label, group.section.key, item.stage, item.evidence, value, label, "", ())
            )
            cells.setdefault((group.section.key, item.stage), []).append(value)
    order = tuple(dict.fromkeys(item.stage for item in found))
    return Stages(
        head(asked),
        tuple((group.section.key, group.section.title) for group in entry_order(asked)),
        order,
        tuple(StageCell(*key, v.count(2), v.count(1), v.count(0), 0, v.count(None), None) for key, v in cells.items()),
        tuple((stage, None if None in values else Fraction(50)) for stage in order),
        tuple(found),
    )


def walkthroughs(visits: int = 12, *, corrections: int = 16) -> Walkthroughs:
    asked = SHIPPED["walkthrough"]
    practices = tuple(
        PracticeLine(
            item.number,
            item.label,
            item.evidence,
            (("not seen", 2), ("partly", 3), ("seen", n)),
            n + 5,
            Fraction(100 * n, n + 5),
        )
        for n, item in enumerate(asked.items[:8])
    )
    unused = replace(practices[0], number="9", applied=0, percent=None)
    tallies = (
        TallyLine("T1", "Specific praise", "praise", 52, 6),
        TallyLine("T4", "Minutes watched", "minutes", 60, 6),
    )
    ratio = (Fraction(52, corrections), 1) if corrections else (Fraction(52), 0)
    return Walkthroughs(
        "o",
        invented.SCHOOL,
        asked.title,
        BEFORE,
        DAY,
        visits,
        8,
        (*practices, unused),
        tallies,
        Fraction(60),
        ratio,
        Fraction(3, 2),
    )


def heat(columns: int = 9) -> Heat:
    def cell(n: int) -> HeatCell | None:
        if n % 4 == 3:
            return None
        percent = None if n % 5 == 4 else Fraction(50 + n, 1)
        met = None if percent is None else n % 2 == 0
        line = Headline("total", "Total", 1, 2, percent, None, met, "70% in all" if n % 3 else "")
        return HeatCell(AdministrationId("a"), "f", "Inventory", DAY, "2.1" if n % 2 else "3.0", line)

    heads = tuple(
        HeatColumn(f"f{n}", f"School Fidelity Inventory {n}", "70% in all" if n % 3 else "", n, 1)
        for n in range(columns)
    )
    rows = tuple(
        HeatRow("o", f"Elementary School {n} of the Upper Valley", "school", tuple(cell(n + c) for c in range(columns)))
        for n in range(12)
    )
    return Heat(2026, heads, rows)


def binder(*, rated: bool = True) -> Binder:
    asked = tier_one()
    top = head(asked)
    told = sheet(asked, ratings_of(asked, TFI_1) if rated else {}, top)
    used = (UsedAt(AdministrationId("a"), top.title, "2.1", "1.1", top.place, DAY),)

    def piece(tab: int, kind: EvidenceKind, title: str, address: str = "", media: str = "") -> BinderPiece:
        return BinderPiece(
            EvidenceId(f"e{tab}"), tab, kind, title, "Who is on the team", address, None, media, 1, None, True, DAY, "", used
        )  # fmt: skip

    pieces = (
        piece(1, EvidenceKind.LINK, "Roster", "https://files.example/teams/roster"),
        piece(2, EvidenceKind.FILE, "Handbook.docx", media="application/msword"),
        piece(3, EvidenceKind.FILE, "Poster.jpg", media="image/jpeg"),
        piece(4, EvidenceKind.MINUTES, "Minutes 10/13/2026"),
        piece(5, EvidenceKind.NOTE, "What staff said"),
    )
    items = tuple(
        BinderItem(item.number, item.label, item.section, item.hint, item.rated, item.value, item.value_label, item.note,
                   tuple(each.evidence_id for each in pieces) if not place and rated else ())
        for place, item in enumerate(told.items)
    )  # fmt: skip
    missing = tuple(item.number for item in items if item.rated and not item.pieces)
    counts = (BinderSection("tier1", "Tier 1", int(rated), len(items)),)
    return Binder(top, counts, items, pieces if rated else (), missing, 15 if rated else 0, int(rated))


def survey(answered: int = 7, *, comments: tuple[str, ...] = ("Come more often.",)) -> SurveyView:
    asked = SHIPPED["satisfaction"]
    hidden = answered < 5
    items = tuple(
        SurveyItem(
            item.number, item.label, "answers",
            tuple(Share(point.label, point.value, answered if point.value == 3 else 0) for point in asked.scales[0].points),
            answered if n else 3, None,
        )
        for n, item in enumerate(asked.items)
    )  # fmt: skip
    return SurveyView(
        head(asked, kind=AdministrationKind.SURVEY), answered, 9, Fraction(100 * answered, 9), 5, hidden,
        () if hidden else items, None, () if hidden else comments,
    )  # fmt: skip
