"""What a rating came to: the score and why, against its criteria, beside others, item by item with what is done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Boxes,
    Bullets,
    Cell,
    Column,
    Columns,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    Inline,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts import ratings as parts
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.instruments import Item, Section, entry_order
from mtss_desktop.domain.rating_views import OtherSource, ResultView, Sheet, SheetItem
from mtss_desktop.domain.ratings import AdministrationKind, AdministrationState
from mtss_desktop.domain.scoring import Score, State

_LEFT, _CHART = 196.0, 150.0
_MOST_BOXES = 4
"""Points of a scale that are drawn as boxes; longer scales show the number alone."""
_AGREED = {
    AgreedBy.CONSENSUS: said("consensus"),
    AgreedBy.MAJORITY: said("majority"),
    AgreedBy.EXPERT: said("expert"),
}


@dataclass(frozen=True)
class ResultFacts:
    """``figure`` is the way so far, there from the second finished rating on. ``public`` leaves items, notes and actions out."""

    division: Text
    view: ResultView
    sheet: Sheet
    printed: Printed
    figure: Figure | None = None
    public: bool = False


def document(facts: ResultFacts) -> Document:
    head = facts.view.head
    name = parts.named(head)
    day = head.administration.held_on
    return Document(
        title=said("{name}, {day:date}", name=name, day=day),
        kind=said("Instrument result"),
        owner=facts.division,
        subtitle=said("{place}, {team}", place=head.place, team=head.team) if head.team else head.place,
        facts=tuple(_facts(facts)),
        blocks=(*_first(facts), *_scores(facts), *_items(facts), *_notes(facts)),
        footer_class=FooterClass.PUBLIC if facts.public else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("{name} · {day:date}", name=name, day=day),
        running_name=parts.short(head.title.partition(" (")[0]),
        running=parts.short(head.place),
        running_right=said("Result, {day:date}", day=day),
    )


def _facts(facts: ResultFacts) -> Iterator[Fact]:
    view = facts.view
    yield Fact(said("Rated by"), said("members of staff") if facts.public else parts.rated_by(view.head))
    outside = _outside(view)
    if outside is not None and not facts.public:
        yield Fact(said("From outside"), said("{who}, {day:date}", who=outside.rater, day=outside.held_on))
    if len(view.instrument.scales) == 1:
        yield Fact(said("Scale"), parts.scale_words(view.instrument.scales[0]), share=1.0)


def _outside(view: ResultView) -> OtherSource | None:
    return next((each for each in view.beside if each.kind is AdministrationKind.EXTERNAL), None)


# The score ---------------------------------------------------------------------------------------------------------------------


def _first(facts: ResultFacts) -> Iterator[Block]:
    left = tuple(_headline(facts))
    if facts.figure is None:
        yield from left
    else:
        yield Columns((left, (FigureBlock(facts.figure, height=_CHART),)), widths=(_LEFT, 0.0))


def _headline(facts: ResultFacts) -> Iterator[Block]:
    view, sheet = facts.view, facts.sheet
    head = view.headline
    draft = view.head.administration.state is AdministrationState.DRAFT
    if head.percent is None and head.mean is None:
        yield Paragraph(said("{n} of {of} items rated", n=sheet.rated, of=sheet.of), TextRole.BIG)
        yield Paragraph(
            said("A draft: no percent yet.") if draft else said("No percent: an item that is not rated is not zero."),
            TextRole.SMALL,
        )
    else:
        yield Paragraph(parts.score(head), TextRole.HUGE)
        found = view.result.score(head.key)
        counted = parts.points(found)
        line = said("{title}, {points} points", title=head.title, points=counted) if counted else head.title
        yield Paragraph(bold(line), TextRole.SMALL)
        if draft:
            yield Paragraph(said("A draft: it counts once it is finished."), TextRole.SMALL)
    if view.criteria:
        yield Bullets(tuple(_criterion(view, place) for place in range(len(view.criteria))))
    if not facts.public:
        yield from _others(view)


def _criterion(view: ResultView, place: int) -> Rich:
    line = view.criteria[place]
    text: list[Text | Inline] = [said("{title}: ", title=line.title), parts.standing(line.met)]
    if line.why is not None:
        text.append(said(", {why}", why=line.why))
    if line.once_a_year:
        text.append(said("; {n} in a row, now once a year", n=line.in_a_row))
    return tuple(text)


def _others(view: ResultView) -> Iterator[Block]:
    for each in view.beside:
        found = dict(each.percents).get(view.headline.key)
        if each.respondents is not None:
            yield from _staff(view, each)
            continue
        who = parts.KINDS[each.kind]
        if found is not None:
            yield Paragraph(
                said("Rated {who} on {day:date}: {percent}.", who=who, day=each.held_on, percent=parts.percent(found)),
                TextRole.SMALL,
            )
    agreed = view.agreement
    if agreed is not None and agreed.same is not None:
        same = agreed.both - len(agreed.differences)
        yield Paragraph(
            said("The same on {same} of {both} items rated by both, {percent}.", same=same, both=agreed.both,
                 percent=parts.percent(agreed.same)),
            TextRole.SMALL,
        )  # fmt: skip


def _staff(view: ResultView, staff: OtherSource) -> Iterator[Block]:
    """The staff's implementation average, and how far the team is from it: where they differ, both are asked why."""
    average = dict(staff.percents).get("total")
    if average is None:
        return
    answered = said(
        "{n} members of staff on {day:date}: {percent} in place or half in place ({title}).",
        n=staff.respondents, day=staff.held_on, percent=parts.percent(average), title=parts.short(staff.title),
    )  # fmt: skip
    yield Paragraph(answered, TextRole.SMALL)


def _scores(facts: ResultFacts) -> Iterator[Block]:
    """Every section with its points; the total last. Where one section is all there is, its parts stand over their items."""
    view = facts.view
    asked = [section for section in facts.sheet.sections if section.asked]
    if len(asked) < 2 and not (facts.public and len(view.result.sections) > 1):
        return
    last = dict(view.last.percents) if view.last is not None else {}
    columns = [
        Column(said("Part"), names_row=True),
        Column(said("Points"), width=70.0, align=Align.RIGHT),
        Column(said("Score"), width=60.0, align=Align.RIGHT),
    ]
    if view.last is not None:
        columns.append(Column(said("{day:date}", day=view.last.held_on), width=70.0, align=Align.RIGHT))
    columns.append(Column(said("Not counted"), width=170.0))
    inner = {part.key: part.part_of for part in view.instrument.sections if part.part_of}
    left_out = {section.key for section in facts.sheet.sections if not section.asked}
    shown = [each for each in view.result.sections if inner.get(each.key, each.key) not in left_out]
    rows = [_score_row(each, last, view, deep=each.key in inner) for each in shown]
    if not left_out:
        rows.append(_score_row(view.result.total, last, view, total=True))
    yield Heading(said("Scores by part"))
    yield Table(tuple(columns), tuple(rows), said("Points and score of every part"))


def _score_row(
    found: Score, last: Mapping[str, object], view: ResultView, *, deep: bool = False, total: bool = False
) -> Row:
    title: Rich = (quiet(said("of it: ")), found.title) if deep else found.title
    cells: list[Rich | Cell] = [title, parts.points(found), Cell(parts.score(found), bold=not deep)]
    if view.last is not None:
        before = last.get(found.key)
        cells.append(parts.percent(before) if not isinstance(before, str | type(None)) else "–")  # type: ignore[arg-type]
    cells.append(_not_counted(found))
    return Row(tuple(cells), RowKind.TOTAL if total else RowKind.BODY)


def _not_counted(found: Score) -> Text:
    said_: list[Text] = []
    if found.unanswered:
        said_.append(said("{n} not rated", n=len(found.unanswered)))
    if found.tied:
        said_.append(said("{n} tied", n=len(found.tied)))
    if found.not_applicable:
        said_.append(said("{n} not applicable", n=found.not_applicable))
    return said("{parts}", parts=tuple(said_)) if said_ else ""


# Item by item ------------------------------------------------------------------------------------------------------------------


def _items(facts: ResultFacts) -> Iterator[Block]:
    view = facts.view
    if facts.public:
        return
    if view.head.administration.only_totals:
        yield Paragraph(said("Totals from a file: nothing is known of any item."), TextRole.SMALL)
        return
    last = dict(view.last.items) if view.last is not None else {}
    outside = _outside(view)
    beside = dict(outside.items) if outside is not None else {}
    columns = [Column(said("Item"), width=28.0), Column(said("What"), names_row=True), Column(said("Now"), width=54.0)]
    if view.last is not None:
        columns.append(Column(said("{day:date}", day=view.last.held_on), width=52.0))
    if outside is not None:
        columns.append(Column(said("Outside"), width=46.0))
    columns += [
        Column(said("Agreed by"), width=50.0),
        Column(said("Evidence and note"), width=104.0),
        Column(said("Action"), width=74.0),
    ]
    rows = tuple(_item_rows(facts, len(columns), last if view.last is not None else None,
                            beside if outside is not None else None))  # fmt: skip
    yield Heading(said("Item by item"))
    yield Table(
        tuple(columns), rows, said("Each item with its rating, what stands behind it and what is done"), dense=True
    )


def _item_rows(
    facts: ResultFacts, width: int, last: Mapping[str, int] | None, beside: Mapping[str, int] | None
) -> Iterator[Row]:
    view = facts.view
    told = {item.number: item for item in facts.sheet.items}
    for group in entry_order(view.instrument):
        if not any(item.number in told for item in group.items):
            continue  # left out this time
        parts_of = view.instrument.parts_of(group.section.key)
        if not parts_of:
            yield _group_row(view, group.section, width)
        seen: Section | None = None
        for item in group.items:
            part = next((each for each in parts_of if item.number in each.items), None)
            if part is not None and part is not seen:
                yield _group_row(view, part, width, group.section)
            seen = part
            if item.number in told:
                yield _item_row(view, item, told[item.number], last, beside)


def _group_row(view: ResultView, section: Section, width: int, whole: Section | None = None) -> Row:
    found = view.result.score(section.key)
    title: Text = said("{whole}: {part}", whole=whole.title, part=section.title) if whole else section.title
    counted = parts.points(found)
    if not found.complete:
        aside: Text = said("{n} of {of} items rated", n=found.rated + found.not_applicable, of=_of(found))
    elif counted:
        aside = said("{points} points, {score}", points=counted, score=parts.score(found))
    else:
        aside = parts.score(found) if parts.score(found) != "–" else ""
    del width
    return row(title, aside, kind=RowKind.GROUP) if aside else row(title, kind=RowKind.GROUP)


def _of(found: Score) -> int:
    return found.rated + found.not_applicable + len(found.unanswered) + len(found.tied)


def _item_row(
    view: ResultView, item: Item, told: SheetItem, last: Mapping[str, int] | None, beside: Mapping[str, int] | None
) -> Row:
    cells: list[Rich | Cell] = [item.number, parts.asked(told.label or item.label), _now(view, item)]
    value = dict(view.result.items)[item.number].value
    if last is not None:
        cells.append(_before(value, last.get(item.number)))
    if beside is not None:
        other = beside.get(item.number)
        differs = other is not None and value is not None and other != value
        cells.append("–" if other is None else (str(other), " ", bold(said("differs"))) if differs else str(other))
    cells.append(_AGREED[told.agreed_by] if told.agreed_by is not None else "")
    cells += [_evidence(told), _actions(told)]
    return Row(tuple(cells))


def _now(view: ResultView, item: Item) -> Rich:
    found, scale = dict(view.result.items)[item.number], view.instrument.scale(item)
    match found.state:
        case State.NOT_APPLICABLE:
            return quiet(said("not applicable"))
        case State.TIED:
            return said("tied: {values}", values=tuple(str(value) for value in found.tied))
        case State.UNANSWERED:
            return said("not rated")
    if found.value is None:
        return ""
    if item.takes == "count" or scale.top > _MOST_BOXES:
        return bold(str(found.value))
    return (Boxes(found.value, scale.top), bold(str(found.value)))


def _before(now: int | None, before: int | None) -> Rich:
    """The value of last time, and how far it moved."""
    if before is None:
        return "–"
    if now is None or now == before:
        return str(before)
    moved = said("up {n}", n=now - before) if now > before else said("down {n}", n=before - now)
    return (str(before), ", ", bold(moved))


def _evidence(told: SheetItem) -> Rich:
    found: list[Text] = [chip.title for chip in told.evidence]
    if told.note:
        found.append(told.note)
    return said("{parts}", parts=tuple(found)) if found else quiet(said("none added"))


def _actions(told: SheetItem) -> Rich:
    lines: list[Text | Inline] = []
    for action in told.actions:
        if lines:
            lines.append("\n")
        lines.append(action.text)
        if action.done_on is not None:
            lines.append(quiet(said(", done {day:date}", day=action.done_on)))
        elif action.due_on is not None:
            lines.append(quiet(said(", by {day:date}", day=action.due_on)))
    return tuple(lines)


def _notes(facts: ResultFacts) -> Iterator[Block]:
    view = facts.view
    if view.head.administration.note and not facts.public:
        yield Paragraph((bold(said("Note: ")), view.head.administration.note), TextRole.SMALL)
    yield Paragraph(
        quiet(said("Percent = points ÷ most points of what applies × 100, rounded half up; a criterion is compared with the exact value. "
                   "What is not rated is not zero: a part with such an item has no percent.")),
        TextRole.NOTE,
    )  # fmt: skip
    sources = tuple(dict.fromkeys(line.source for line in view.criteria if line.source))
    if sources:
        yield Paragraph(quiet(said("Criteria: {sources}", sources=sources)), TextRole.NOTE)
    yield parts.source(view.instrument)
