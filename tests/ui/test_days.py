"""Dates that cannot be read, as people type them, and the words that mend them."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.ui.kit.days import day_trouble

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2/30/2027", "February has 28 days. Did you mean 3/2/2027?"),
        ("2/30/28", "February has 29 days. Did you mean 3/1/2028?"),
        ("2/30", "February has 28 days. Did you mean 3/2/2027?"),
        ("11/31", "November has 30 days. Did you mean 12/1/2026?"),
        ("24/10/2026", "The month comes first. Did you mean 10/24/2026?"),
        ("31/2/2027", "Type a day."),
        ("13/13", "Type a day."),
        ("2/45", "Type a day."),
        ("2/0", "Type a day."),
        ("2/30/0001", "Type a day."),
        ("2/28/2027", "Type a day."),
        ("soon", "Type a day."),
        ("", "Type a day."),
    ],
)
def test_a_date_that_is_nearly_one_names_the_day_that_may_be_meant(typed: str, said: str) -> None:
    assert day_trouble(ENGLISH, typed, TODAY, "Type a day.") == said
