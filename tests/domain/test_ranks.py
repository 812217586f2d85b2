"""A text between any two texts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtss_desktop.domain.ranks import between, ranks


@given(st.lists(st.integers(0, 1000), max_size=60))
def test_a_rank_fits_anywhere_however_often(places: list[int]) -> None:
    order: list[str] = []
    for place in places:
        at = place % (len(order) + 1)
        order.insert(at, between(order[at - 1] if at else "", order[at] if at < len(order) else ""))
    assert order == sorted(set(order))


@pytest.mark.parametrize("count", [0, 1, 5, 35, 36, 400, 5000])
def test_many_ranks_at_once_are_in_order_with_room_between(count: int) -> None:
    made = ranks(count)
    assert list(made) == sorted(set(made))
    assert all(low < between(low, high) < high for low, high in itertools.pairwise(made))


def test_ranks_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        between("b", "a")
