"""Instruments: what the program brings to rate how well a system of supports is in place."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.packs import instruments as packs
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.use_case import question


@dataclass(frozen=True)
class InstrumentLine:
    """``shell``: short labels and numbers only; the team enters the items it is licensed to use."""

    key: str
    title: str
    version: str
    unit: str
    items: int
    shell: bool
    about: str
    publisher: str
    license: str
    address: str


@question("Instruments")
def shipped(work: Work) -> tuple[InstrumentLine, ...]:
    """What each rates, its size, its publisher and what may be shipped of it."""
    return tuple(
        InstrumentLine(
            each.key,
            each.title,
            each.version,
            each.unit,
            len(each.items),
            each.shell,
            each.about,
            each.publisher,
            each.license,
            each.address,
        )
        for each in packs.shipped()
    )
