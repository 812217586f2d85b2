"""The order in which an instrument asks, and what it asks of a place of one level."""

from __future__ import annotations

from fractions import Fraction

from mtss_desktop.domain.instruments import (
    Condition,
    Criterion,
    Instrument,
    Item,
    Scale,
    ScalePoint,
    Section,
    at_level,
    entry_order,
)

SCALE = Scale("place", (ScalePoint(0, "no"), ScalePoint(1, "yes")))


def instrument() -> Instrument:
    """Items stand in another order than the sections ask for; a part is no section of its own to rate."""
    items = (
        Item("B1", "", "place", level="division"),
        Item("A2", "", "place", level="school"),
        Item("A1", "", "place"),
    )
    return Instrument(
        "own",
        "Own",
        "1",
        "school",
        items,
        (
            Section("a", "A", ("A1", "A2")),
            Section("part", "Part", ("A1",), part_of="a"),
            Section("empty", "Empty", ()),
            Section("b", "B", ("B1",)),
        ),
        (SCALE,),
        criteria=(
            Criterion("B", (Condition("b", Fraction(80)),)),
            Criterion("Total", (Condition("total", Fraction(80)),)),
        ),
    )


def test_items_are_asked_section_by_section() -> None:
    groups = entry_order(instrument())
    assert [(group.section.key, [item.number for item in group.items]) for group in groups] == [
        ("a", ["A1", "A2"]),
        ("b", ["B1"]),
    ]


def test_a_school_is_not_asked_what_a_division_does() -> None:
    school = at_level(instrument(), "school")
    assert [item.number for item in school.items] == ["A2", "A1"]
    assert [section.key for section in school.sections] == ["a", "part"]
    assert [criterion.title for criterion in school.criteria] == ["Total"]
    division = at_level(instrument(), "division")
    assert [group.section.key for group in entry_order(division)] == ["a", "b"]
    assert len(division.criteria) == 2


def test_an_instrument_without_that_level_stays_as_it_is() -> None:
    plain = at_level(instrument(), "school")
    assert at_level(plain, "school") == plain
