"""What the questions answer, as the views of this room show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.domain.fidelity_charts import line_chart
from mtss_desktop.domain.figures import SERIES, Figure, Point, Points
from mtss_desktop.domain.instruments import Counts, Instrument, Rule, Takes
from mtss_desktop.domain.rating_views import (
    Binder,
    BinderPiece,
    EvidenceChip,
    Heat,
    ItemAction,
    Moved,
    OtherSource,
    ResultView,
    Sheet,
    SheetItem,
    Trend,
    TrendLine,
    VoteView,
)
from mtss_desktop.domain.scoring import Answer as Answered
from mtss_desktop.domain.scoring import Score, half_up, result
from mtss_desktop.ui.panes.lookfors.evidence_shown import EvidenceShown, Missing, Piece
from mtss_desktop.ui.panes.lookfors.heat_table import HeatCell, HeatShown
from mtss_desktop.ui.panes.lookfors.rate_view import SheetShown
from mtss_desktop.ui.panes.lookfors.result_view import Apart, CriterionLine, ResultShown, ScoreLine
from mtss_desktop.ui.panes.lookfors.showing import (
    ActionShown,
    Chip,
    Given,
    ItemShown,
    SectionShown,
    first_open,
    point_words,
)
from mtss_desktop.ui.panes.lookfors.trend_view import Moved as MovedShown
from mtss_desktop.ui.panes.lookfors.trend_view import TrendShown
from mtss_desktop.ui.panes.lookfors.vote_round import RoundShown, VoteLine, VoteShown
from mtss_desktop.ui.panes.lookfors.walk_view import Tally, WalkShown
from mtss_desktop.ui.panes.lookfors.words import (
    ICONS,
    KINDS,
    full_title,
    head_sentence,
    head_title,
    mean_words,
    month_words,
    percent_words,
    score_words,
)

# One sheet -------------------------------------------------------------------------------------------------------------------------


def chip_shown(chip: EvidenceChip) -> Chip:
    return Chip(chip.evidence_id, chip.title, ICONS[chip.kind])


def item_shown(words: Words, instrument: Instrument, item: SheetItem) -> ItemShown:
    asked = instrument.item(item.number)
    last = Given(item.last.values) if item.last is not None and item.last.values else None
    return ItemShown(
        item.number,
        item.label,
        item.look_for,
        item.hint,
        item.section,
        instrument.scale(asked),
        asked.takes,
        Given(item.values, item.applies) if item.rated or not item.applies else Given(item.values),
        last,
        item.value if asked.takes not in (Takes.RATING, Takes.COUNT) else None,
        item.note,
        tuple(chip_shown(chip) for chip in item.evidence),
        tuple(_action(words, each) for each in item.actions if each.done_on is None),
        sum(each.done_on is not None for each in item.actions),
        asked.asks_note,
    )


def _action(words: Words, action: ItemAction) -> ActionShown:
    due = words("by {day}").format(day=words.day(action.due_on)) if action.due_on is not None else ""
    return ActionShown(action.id, action.text, ", ".join(part for part in (action.owner, due) if part))


def sections_shown(words: Words, sheet: Sheet) -> tuple[SectionShown, ...]:
    """Those asked this time, in the order of the form."""
    items = [item_shown(words, sheet.instrument, each) for each in sheet.items]
    found = (
        SectionShown(each.key, each.title, tuple(item for item in items if item.section == each.key))
        for each in sheet.sections
        if each.asked
    )
    return tuple(each for each in found if each.items)


def sheet_shown(words: Words, sheet: Sheet, why_not: str, *, can_act: bool = False) -> SheetShown:
    return SheetShown(
        sheet.head.administration.id,
        head_title(words, sheet.head),
        head_sentence(words, sheet.head),
        sections_shown(words, sheet),
        words("Last time, {day}").format(day=month_words(words, sheet.last_on)) if sheet.last_on is not None else "",
        _percent_so_far(sheet),
        why_not,
        can_act,
    )


def _percent_so_far(sheet: Sheet) -> str:
    """The percent or mean once everything asked is rated; "" before."""
    if sheet.rated < sheet.of or not sheet.of:
        return ""
    answers = {
        item.number: Answered(item.values, item.applies) for item in sheet.items if item.values or not item.applies
    }
    total = result(sheet.instrument, answers).total
    if total.percent is not None:
        return percent_words(total.percent)
    return mean_words(total.mean) if total.mean is not None else ""


# A visit ---------------------------------------------------------------------------------------------------------------------------

KEYS = {Counts.PRAISE: "P", Counts.CORRECTIONS: "C", Counts.RESPONSES: "O"}


def walk_shown(words: Words, sheet: Sheet, why_not: str) -> WalkShown:
    """Tallies stand beside, the rest is rated; minutes come from the clock, not from a tally."""
    given = sheet.head.administration
    tallies, free = [], iter("TUVWXYZ")
    values = {item.number: sum(item.values) for item in sheet.items}
    for item in sheet.instrument.items:
        if item.takes is Takes.COUNT and item.counts is not Counts.MINUTES:
            key = KEYS[item.counts] if item.counts is not None else next(free)
            tallies.append(Tally(item.number, item.label, key, item.counts or "", values.get(item.number, 0)))
    sections = []
    for section in sections_shown(words, sheet):
        items = tuple(item for item in section.items if not item.is_count)
        if items:
            sections.append(replace(section, items=items))
    counted = sum(values.get(item.number, 0) for item in sheet.instrument.items if item.counts is Counts.MINUTES)
    watched = given.minutes_watched or float(counted)
    return WalkShown(given.id, given.setting, tuple(sections), tuple(tallies), watched, why_not)


def is_visit(instrument: Instrument) -> bool:
    return any(item.takes is Takes.COUNT and item.counts is not None for item in instrument.items)


# Votes -----------------------------------------------------------------------------------------------------------------------------


def vote_shown(words: Words, view: VoteView, sheet: Sheet, seats: int, why_not: str) -> VoteShown:
    scale = sheet.instrument.scale(sheet.instrument.item(view.number))
    lines = []
    for each in view.items:
        told = "" if each.value is None else str(each.value)
        lines.append(
            VoteLine(
                each.number,
                each.label or words("Item {number}").format(number=each.number),
                told if each.applies else words("n/a"),
            )
        )
    applies = all(each.applies for each in view.items if each.number == view.number)
    rounds = tuple(
        RoundShown(
            each.round,
            each.seats,
            each.voted,
            each.revealed,
            tuple(value for value, _, n in each.tally for _ in range(n)),
            each.abstained or 0,
        )
        for each in view.rounds
    )
    return VoteShown(
        view.head.administration.id,
        view.number,
        view.label,
        view.look_for or view.hint,
        scale,
        tuple(lines),
        rounds,
        rounds[-1].seats if rounds else seats,
        Given(applies=applies) if view.agreed is None else Given((view.agreed,)),
        view.agreed_by,
        view.note,
        view.rounds[-1].ends_at if view.rounds else None,
        tuple((words.say(each.what), each.value) for each in view.beside),
        tuple(chip_shown(chip) for chip in view.evidence),
        why_not,
    )


# Results ---------------------------------------------------------------------------------------------------------------------------


def result_shown(words: Words, view: ResultView, sheet: Sheet) -> ResultShown:
    if view.head.administration.only_totals:
        return _totals_shown(words, view)
    scores = [_score_line(words, view.result.total, part=False)]
    asked = {section.key for section in sheet.sections if section.asked}
    own = {section.key for section in view.instrument.sections if section.part_of in asked}
    scores += [
        _score_line(words, each, part=each.key in own)
        for each in view.result.sections
        if each.key in asked or each.key in own
    ]
    whole = [each for each in scores if not each.part]
    if len(whole) == 2:  # one section: its score is the total
        scores = scores[1:]
    finding, detail = _finding(words, view, sheet.of - sheet.rated)
    return ResultShown(
        finding,
        detail,
        tuple(scores),
        tuple(CriterionLine(each.title, each.met, each.source) for each in view.criteria),
        sections_shown(words, sheet),
        words("Last time, {day}").format(day=month_words(words, sheet.last_on)) if sheet.last_on is not None else "",
        tuple(_beside(words, each, view) for each in view.beside),
        _apart(words, view),
        agreement_words(words, view),
    )


def _totals_shown(words: Words, view: ResultView) -> ResultShown:
    """Scores of a file without items: no more than it said."""
    finding, _ = _finding(words, view, 0)
    scores = (view.result.total, *view.result.sections)
    return ResultShown(
        finding,
        words("Totals from a file: nothing is known of any item."),
        tuple(_score_line(words, each, part=False) for each in scores if each.percent is not None),
        tuple(CriterionLine(each.title, each.met, each.source) for each in view.criteria if each.met is not None),
        (),
        beside=tuple(_beside(words, each, view) for each in view.beside),
    )


def _finding(words: Words, view: ResultView, left: int) -> tuple[str, str]:
    """``left`` items that were asked this time are not rated."""
    line = view.headline
    told = score_words(words, line)
    if not told:
        if view.result.total.rule in (Rule.LEVELS, Rule.SHARES, Rule.NONE) and not left:
            return words("Everything is rated; this list makes no percent."), ""
        sentence = said(
            "{n} item is not rated: no percent yet.", many="{n} items are not rated: no percent yet.", count="n", n=left
        )
        return words.say(sentence), words("Unanswered is not zero.")
    if line.met is None:
        return words("{title}: {score}.").format(title=line.title, score=told), ""
    verdict = words("meets {criterion}") if line.met else words("below {criterion}")
    return (
        words("{title}: {score}, {verdict}.").format(
            title=line.title, score=told, verdict=verdict.format(criterion=line.criterion)
        ),
        words("{points} of {most} points.").format(points=line.points, most=line.most),
    )


def _score_line(words: Words, score: Score, *, part: bool) -> ScoreLine:
    if score.percent is not None:
        value, share = percent_words(score.percent), float(score.percent) / 100
    elif score.mean is not None:
        value, share = mean_words(score.mean), None
    else:
        value, share = "–", None
    notes = []
    if score.unanswered:
        notes.append(words.say(said("{n} not rated", n=len(score.unanswered))))
    if score.tied:
        notes.append(words.say(said("{n} tied", n=len(score.tied))))
    if score.not_applicable:
        notes.append(words.say(said("{n} not applicable", n=score.not_applicable)))
    if score.rule is Rule.PERCENT and score.percent is not None and score.most:
        notes.insert(0, words("{points} of {most} points").format(points=score.points, most=score.most))
    if score.shares:
        notes.append(", ".join(f"{each.label} {each.n}" for each in score.shares))
    return ScoreLine(words("Total") if score.key == "total" else score.title, value, " · ".join(notes), share, part)


def _beside(words: Words, other: OtherSource, view: ResultView) -> tuple[str, str, str]:
    if other.respondents is not None:
        return staff_beside(words, other, view.headline.percent)
    wanted = dict(other.percents).get(view.headline.key)
    name = ", ".join(part for part in (other.rater or words(KINDS[other.kind]), words.day(other.held_on)) if part)
    note = "" if other.title == view.head.title else full_title(other.title, other.edition)
    return name, percent_words(wanted) if wanted is not None else "–", note


def staff_beside(words: Words, staff: OtherSource, team: Fraction | None) -> tuple[str, str, str]:
    """What staff answered, as their implementation average, and how far the team stands from it."""
    average = dict(staff.percents).get("total")
    name = words("Staff survey, {day}, n = {n}").format(day=words.day(staff.held_on), n=staff.respondents)
    if average is None:
        return name, "–", full_title(staff.title, staff.edition)
    note = words("{title}: all of “in place”, half of “partially”").format(title=full_title(staff.title, staff.edition))
    apart = int(half_up(team)) - int(half_up(average)) if team is not None else 0
    if apart:
        side = words("The team says {n} points more.") if apart > 0 else words("The team says {n} points less.")
        note = f"{note}. {side.format(n=abs(apart))}"
    return name, percent_words(average), note


def agreement_words(words: Words, view: ResultView) -> str:
    """80% of 20 items agree; differing by one point at most 95%."""
    found = view.agreement
    if found is None or found.same is None:
        return ""
    told = words("{percent} of {n} items agree").format(percent=percent_words(found.same), n=found.both)
    if found.within_one is not None:
        told += words(", {percent} within one point").format(percent=percent_words(found.within_one))
    return told


def _apart(words: Words, view: ResultView) -> tuple[Apart, ...]:
    found = view.agreement
    if found is None:
        return ()
    lines = []
    for each in found.differences:
        item = view.instrument.item(each.item)
        scale = view.instrument.scale(item)
        lines.append(
            Apart(
                each.item,
                item.label or words("Item {number}").format(number=item.number),
                point_words(words, scale, each.one),
                point_words(words, scale, each.other),
                found.other,
            )
        )
    return tuple(lines)


# Over time -------------------------------------------------------------------------------------------------------------------------


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
    aside = words.say(said("{n} administration", many="{n} administrations", count="n", n=trend.administrations))
    aside += (
        words(", {n} incomplete").format(n=trend.incomplete)
        if trend.incomplete
        else words(", all complete")
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


# The division ------------------------------------------------------------------------------------------------------------------------


def heat_shown(words: Words, heat: Heat) -> HeatShown:
    columns = tuple((each.family, each.title) for each in heat.columns)
    cells = {}
    for row in heat.rows:
        for column, cell in zip(heat.columns, row.cells, strict=True):
            if cell is None:
                continue
            told = score_words(words, cell.headline)
            day = words.day(cell.held_on)
            verdict = {True: words("meets {c}"), False: words("below {c}"), None: ""}[cell.headline.met]
            spoken = ", ".join(
                part for part in (told or words("incomplete"), verdict.format(c=cell.headline.criterion), day) if part
            )
            share = cell.headline.percent / 100 if cell.headline.percent is not None else None
            cells[(row.place_id, column.family)] = HeatCell(
                told or words("no score"), spoken, cell.administration_id, share, cell.headline.met
            )
    return HeatShown(tuple((row.place_id, row.place) for row in heat.rows), columns, cells)


# Evidence --------------------------------------------------------------------------------------------------------------------------


def evidence_shown(
    words: Words, binder: Binder, sheet: Sheet, minutes: Sequence[tuple[str, str]], why_not: str
) -> EvidenceShown:
    sections = sections_shown(words, sheet)
    items = {item.number: item for section in sections for item in section.items}
    given = binder.head.administration
    missing = []
    for number in binder.missing:
        if number in items:
            item = items[number]
            rating = next(each for each in binder.items if each.number == number)
            value = rating.value_label or words("rated")
            why = words("{value}, nothing behind it").format(value=value[:1].upper() + value[1:])
            missing.append(Missing(number, item.label or words("Item {number}").format(number=number), why))
    pieces = tuple(_piece(words, each, given.id) for each in binder.pieces)
    return EvidenceShown(given.id, sections, pieces, tuple(missing), tuple(minutes), why_not)


def _piece(words: Words, piece: BinderPiece, administration: str) -> Piece:
    facts = [(words("Added"), words.date(piece.added_on), piece.added_by)]
    if piece.attachment_id:
        facts.append((words("Size"), size_words(words, piece.size), ""))
    if piece.address:
        facts.append((words("Link"), "", piece.address))
    here = tuple(each.item for each in piece.used_at if each.administration_id == administration)
    others = [
        f"{full_title(each.title, each.edition)} {each.item}"
        for each in piece.used_at
        if each.administration_id != administration
    ]
    if len(here) > 1:
        facts.append((words("Behind items"), "", ", ".join(here)))
    if others:
        facts.append((words("Also used for"), "", ", ".join(others)))
    return Piece(
        piece.evidence_id, piece.title, ICONS[piece.kind], here, piece.shows, piece.printable, tuple(facts),
        opens=_opens(words, piece), is_file=bool(piece.attachment_id),
    )  # fmt: skip


def size_words(words: Words, size: int) -> str:
    """412 KB; 1.2 MB."""
    if size >= 1024 * 1024:
        return words("{n} MB").format(n=f"{size / 1024 / 1024:.1f}")
    return words("{n} KB").format(n=max(1, round(size / 1024)))


def first_unrated(sheet: SheetShown) -> str:
    """The number of the first item nobody has rated."""
    return first_open(sheet.sections)


def heat_sentence(words: Words, heat: Heat) -> str:
    """5 of 8 results meet their criterion; Holcomb Middle has the most to do."""
    cells = [cell for row in heat.rows for cell in row.cells if cell is not None and cell.headline.met is not None]
    if not cells:
        return words("No finished result has a criterion yet.")
    met = sum(bool(cell.headline.met) for cell in cells)
    return words("{n} of {all} newest results meet their criterion.").format(n=met, all=len(cells))


def evidence_sentence(words: Words, binder: Binder) -> str:
    """Holcomb Middle. 12 of 15 rated items have evidence; 3 stand on a rating alone."""
    told = words("{n} of {all} rated items have evidence").format(n=binder.rated_with_evidence, all=binder.rated)
    alone = binder.rated - binder.rated_with_evidence
    rest = words.say(said("{n} stands on a rating alone", many="{n} stand on a rating alone", count="n", n=alone))
    return f"{binder.head.place}. {told}; {rest}." if alone else f"{binder.head.place}. {told}."


def _opens(words: Words, piece: BinderPiece) -> str:
    """What the button at a piece does."""
    if piece.meeting_id:
        return words("Open the minutes")
    if piece.address:
        return words("Copy the address")
    return words("Save a copy") if piece.attachment_id else ""
