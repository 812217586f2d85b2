"""What stands behind the ratings of an administration, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.ui.panes.lookfors.showing import ItemShown, SectionShown


@dataclass(frozen=True)
class Piece:
    """A piece of evidence; ``facts`` are (name, value, what stands below). ``opens`` is what its button does."""

    id: str
    title: str
    icon: str
    items: tuple[str, ...]
    shows: str
    printable: bool
    facts: tuple[tuple[str, str, str], ...] = ()
    opens: str = ""
    is_file: bool = False


@dataclass(frozen=True)
class Missing:
    """A rated item with nothing behind it: ``why`` says what it was rated."""

    number: str
    label: str
    why: str


@dataclass(frozen=True)
class EvidenceShown:
    """``minutes`` are meetings that can stand as evidence, as (id, title)."""

    id: str
    sections: tuple[SectionShown, ...]
    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...]
    minutes: tuple[tuple[str, str], ...] = ()
    why_not: str = ""

    @property
    def rated(self) -> tuple[ItemShown, ...]:
        return tuple(item for section in self.sections for item in section.items if item.today.is_rated)
