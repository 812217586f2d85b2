"""Students' names in typed lines become numbers, other words stay."""

from __future__ import annotations

import pytest

from mtss_desktop.domain.minutes_masking import NamesToMask

NAMES = NamesToMask(
    (
        (417, "Jordan", "Miller"),
        (12, "Zoë", "Nguyễn"),
        (13, "Will", "Hall"),
        (14, "María José", "de la Cruz"),
        (15, "Tyrell", "Ruiz"),
        (16, "Tyrell", "O’Neil"),
    ),
    ("Elena Ruiz", "Cole", "Holcomb Middle School"),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Jordan Miller hit twice", "Student 0417 hit twice"),
        ("jordan miller hit twice", "Student 0417 hit twice"),
        ("Miller, Jordan: call home", "Student 0417: call home"),
        ("Talk to Jordan’s mother", "Talk to Student 0417’s mother"),
        ("Miller was sent out", "Student 0417 was sent out"),
        ("ZOE NGUYEN and Zoë", "Student 0012 and Student 0012"),
        ("María José de la Cruz read 41 words", "Student 0014 read 41 words"),
        ("Tyrell was calm", "a student was calm"),
        ("Tyrell O'Neil was calm", "Student 0016 was calm"),
        ("Ruiz calls the SRO, @Ruiz brings Tyrell Ruiz", "Ruiz calls the SRO, @Ruiz brings Student 0015"),
        ("Will the hall be open in May?", "Will the hall be open in May?"),
        ("Hall duty at Holcomb", "Hall duty at Holcomb"),
        ("Will Hall", "Student 0013"),
        ("the miller and a jordan almond", "the miller and a jordan almond"),
        ("", ""),
    ],
)
def test_names_become_numbers(typed: str, shown: str) -> None:
    assert NAMES.masked(typed) == shown


def test_without_names_nothing_changes() -> None:
    assert NamesToMask().masked("Jordan Miller") == "Jordan Miller"
