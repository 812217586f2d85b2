"""Values of printed t and binomial tables."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtss_desktop.domain.distributions import binomial_at_least, normal_quantile, t_below, t_quantile


@pytest.mark.parametrize(
    ("share", "degrees", "expected"),
    [
        (0.975, 1, 12.7062047),
        (0.975, 2, 4.30265273),
        (0.975, 6, 2.44691185),
        (0.95, 10, 1.81246112),
        (0.995, 30, 2.74999565),
        (0.025, 6, -2.44691185),
    ],
)
def test_t_quantiles_of_the_tables(share: float, degrees: int, expected: float) -> None:
    assert t_quantile(share, degrees) == pytest.approx(expected, abs=1e-7)


def test_t_comes_near_the_normal_with_many_degrees() -> None:
    assert t_quantile(0.975, 1e6) == pytest.approx(normal_quantile(0.975), abs=1e-5)
    assert t_quantile(1, 5) == inf


@given(st.floats(-20, 20), st.integers(1, 200))
def test_t_is_symmetric_and_its_quantile_undoes_it(t: float, degrees: int) -> None:
    assert t_below(t, degrees) + t_below(-t, degrees) == pytest.approx(1)
    share = t_below(t, degrees)
    if 1e-6 < share < 1 - 1e-6:
        assert t_quantile(share, degrees) == pytest.approx(t, abs=1e-5, rel=1e-5)


def test_binomial_tails() -> None:
    assert binomial_at_least(5, 5) == pytest.approx(1 / 32)
    assert binomial_at_least(0, 7) == pytest.approx(1)
    assert binomial_at_least(8, 10) == pytest.approx(56 / 1024)
    assert binomial_at_least(11, 10) == 0


def test_no_distribution_without_degrees_of_freedom() -> None:
    with pytest.raises(ValueError, match="positive"):
        t_below(1, 0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        t_quantile(1.2, 3)
