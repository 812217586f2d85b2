"""What a meeting leaves open, and whether its minutes left in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mtss_desktop.base.words import Said

SEND_WITHIN = timedelta(hours=24)


class Gap(StrEnum):
    """What may be missing. ``record_id`` of a gap is an action, an action, a solution, a problem, or the meeting itself."""

    OWNER = "owner"
    DATE = "date"
    FIDELITY_MEASURE = "fidelity_measure"
    REVIEW = "review"
    ATTENDANCE = "attendance"
    NEXT_MEETING = "next_meeting"
    RATING = "rating"


@dataclass(frozen=True)
class Missing:
    """``title`` is what it is about, ``ask`` the question that fills it."""

    gap: Gap
    record_id: str
    title: str
    ask: Said


def in_time(ended: datetime, sent: datetime | None) -> bool | None:
    """Whether minutes left within 24 hours of the end; None where they have not left."""
    return None if sent is None else sent - ended <= SEND_WITHIN
