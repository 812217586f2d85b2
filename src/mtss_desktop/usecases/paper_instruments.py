"""Instruments on paper: the form for the clipboard, and what was rated with it."""

from __future__ import annotations

from dataclasses import replace

from mtss_desktop.base.errors import UserError
from mtss_desktop.documents import instrument_form
from mtss_desktop.documents.blocks import Audience, Document
from mtss_desktop.domain.instruments import Instrument, at_level
from mtss_desktop.domain.ratings import InstrumentVersionId, VersionState
from mtss_desktop.packs import instruments as packs
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.paper_common import division
from mtss_desktop.usecases.paper_kinds import Entry, Needs, PaperKind, Scope


def form(work: Work, scope: Scope) -> Document:
    """Of the instrument that is named, else of the first; of a school or the division what is asked there."""
    asked = instrument_named(work, scope.instrument)
    if not asked.items:
        raise UserError(f"“{asked.title}” has no item yet.", "Add its items first.")
    place = work.organizations.get(scope.school) if scope.school is not None else None
    if place is not None:
        asked = at_level(asked, "division" if place.id == work.home_id else "school")
    return instrument_form.document(
        instrument_form.FormFacts(division(work).name, asked, place.name if place is not None else "")
    )


def instrument_named(work: Work, wanted: str) -> Instrument:
    """By the id of one of its versions or by its key, of our own as of those that are brought; the first one where none is wanted.

    Raises ``UserError`` for an unknown one.
    """
    known = packs.shipped()
    brought = next((each for each in known if wanted in ("", each.key)), None)
    if brought is not None:
        return brought
    version = work.instrument_versions.find(InstrumentVersionId(wanted))
    own = [version] if version is not None else work.instrument_versions.list(key=wanted)
    if own:
        newest = max(own, key=lambda each: each.id)
        found = packs.read_text(newest.content, newest.key, draft=newest.state is VersionState.DRAFT)
        return replace(found, shell=found.shell and not all(item.label for item in found.items))
    names = ", ".join(each.key for each in known)
    raise UserError(f"There is no instrument “{wanted}”.", f"Choose one of: {names}.")


ENTRIES = (
    Entry(
        PaperKind(
            "instrument-form",
            "Instrument form",
            "An instrument to rate by hand, on a clipboard, in the order in which it is typed later.",
            (Needs.INSTRUMENT, Needs.SCHOOL),
            (Audience.TEAM,),
        ),
        form,
    ),
)
