"""When and from what a page was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import Text


@dataclass(frozen=True)
class Printed:
    """``at`` local time of printing, ``records_of`` the day the records speak of, ``mode`` what of students is kept
    ("counts only"), ``sources`` further parts, most important first ("imports 27–31", "calendar version 3")."""

    at: datetime
    records_of: date | None = None
    mode: Text = ""
    sources: tuple[Text, ...] = ()


def provenance(printed: Printed) -> Said:
    """Parts divided by " · ", the least needed last: the footer drops them from the right."""
    if printed.records_of is None:
        first = said("Printed {at}", at=printed.at)
    else:
        first = said("Printed {at} from records of {day:date}", at=printed.at, day=printed.records_of)
    rest = [part for part in (printed.mode, *printed.sources) if part]
    text = " · ".join(["{first}", *(f"{{part{number}}}" for number in range(len(rest)))])
    return Said(text, (("first", first), *((f"part{number}", part) for number, part in enumerate(rest))))
