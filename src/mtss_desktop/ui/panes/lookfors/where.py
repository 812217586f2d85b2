"""What the room shows, and where in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.panes.lookfors.reading import (
    ANSWERS,
    EVIDENCE,
    RATE,
    RESULT,
    TREND,
    VISITS,
    VOTE,
)

HOME, START, DIVISION, LISTS = "home", "start", "division", "instruments"
NOT_OPEN = (HOME, START, DIVISION, LISTS)
"""Views in which no administration is open."""
VIEWS = {
    RATE: "Rate",
    ANSWERS: "Answers",
    VOTE: "Team vote",
    RESULT: "Result",
    VISITS: "All visits",
    TREND: "Trend",
    EVIDENCE: "Evidence",
}
"""Views of one administration, in their order."""

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Where:
    """What is shown: a view of the list (no administration), or a view of one administration ("" its usual one), at an item."""

    view: str = HOME
    administration: str = ""
    item: str = ""

    @classmethod
    def read(cls, record_id: str) -> Where:
        """``view:administration:item`` or an administration alone."""
        view, _, rest = record_id.partition(":")
        if view in (*NOT_OPEN, *VIEWS):
            administration, _, item = rest.partition(":")
            return cls(view, administration, item)
        return cls("", record_id) if record_id else cls()
