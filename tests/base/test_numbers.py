"""A typed number is the one that was meant, or none."""

from __future__ import annotations

import pytest

from mtss_desktop.base.numbers import typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("75", 75.0),
        (" 7.5 ", 7.5),
        (".5", 0.5),
        ("1,250", 1250.0),
        ("1,250.5", 1250.5),
        ("12,345,678", 12345678.0),
        ("7,5", 7.5),
        ("12,50", 12.5),
        ("0,250", 0.25),
        ("1250,5", 1250.5),
        ("85 %", 85.0),
        ("\u22123", -3.0),
        ("+4", 4.0),
        ("1,25,0", None),
        ("1.250,5", None),
        ("12/20", None),
        ("1e400", None),
        ("nan", None),
        ("inf", None),
        ("9" * 15, None),
        ("x", None),
        ("", None),
    ],
)
def test_a_typed_number(text: str, number: float | None) -> None:
    assert typed_number(text) == number
