"""Which document of the Print room says on paper what a view shows."""

from __future__ import annotations

from mtss_desktop.domain.instruments import Rule
from mtss_desktop.domain.rating_views import Sheet
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.ui.panes.lookfors.reading import EVIDENCE, RESULT, TREND, VISITS


def document_of(view: str, sheet: Sheet) -> str:
    """The document's name, "" where a view has none. Visits are read together; a survey and levels have pages of their own."""
    if view == EVIDENCE:
        return "evidence-binder"
    if view not in (RESULT, TREND, VISITS):
        return ""
    match sheet.head.administration.kind:
        case AdministrationKind.WALKTHROUGH:
            return "walkthrough-summary"
        case AdministrationKind.SURVEY:
            return "survey-result"
    if view == TREND:
        return "instrument-trend"
    return "practice-profile" if sheet.instrument.total is Rule.LEVELS else "instrument-result"


def record_of(view: str, sheet: Sheet) -> str:
    """The document of this rating, as the Print room takes it; "" where there is none."""
    document = document_of(view, sheet)
    return f"{document}:rating:{sheet.head.administration.id}" if document else ""
