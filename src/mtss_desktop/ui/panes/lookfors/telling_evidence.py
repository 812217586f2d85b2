"""What stands behind ratings, as this room shows it."""

from __future__ import annotations

from collections.abc import Sequence

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.evidence_views import Binder, BinderPiece
from mtss_desktop.domain.rating_views import Sheet
from mtss_desktop.ui.panes.lookfors.evidence_shown import EvidenceShown, Missing, Piece
from mtss_desktop.ui.panes.lookfors.telling import sections_shown
from mtss_desktop.ui.panes.lookfors.words import (
    ICONS,
    full_title,
)


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
