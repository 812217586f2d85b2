"""What the questions answer, as the views of this room show it."""

from __future__ import annotations

from dataclasses import replace

from mtss_desktop.base.words import Words
from mtss_desktop.domain.instruments import Counts, Instrument, Takes
from mtss_desktop.domain.rating_views import EvidenceChip, ItemAction, Sheet, SheetItem
from mtss_desktop.domain.scoring import Answer as Answered
from mtss_desktop.domain.scoring import result
from mtss_desktop.domain.vote_views import VoteView
from mtss_desktop.ui.panes.lookfors.rate_view import SheetShown
from mtss_desktop.ui.panes.lookfors.showing import (
    ActionShown,
    Chip,
    Given,
    ItemShown,
    SectionShown,
    first_open,
)
from mtss_desktop.ui.panes.lookfors.vote_round import RoundShown, VoteLine, VoteShown
from mtss_desktop.ui.panes.lookfors.walk_view import Tally, WalkShown
from mtss_desktop.ui.panes.lookfors.words import (
    ICONS,
    head_sentence,
    head_title,
    mean_words,
    month_words,
    percent_words,
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


def first_unrated(sheet: SheetShown) -> str:
    """The number of the first item nobody has rated."""
    return first_open(sheet.sections)
