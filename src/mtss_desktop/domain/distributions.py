"""Student's t and the binomial, from the standard library alone."""

from __future__ import annotations

from functools import lru_cache
from math import comb, exp, inf, isinf, lgamma, log
from statistics import NormalDist

_STEPS = 300
_CLOSE = 1e-15
_TINY = 1e-300


def normal_quantile(share: float) -> float:
    return NormalDist().inv_cdf(share)


def t_below(t: float, degrees: float) -> float:
    """P(T ≤ t) with ``degrees`` of freedom, through the regularized incomplete beta function."""
    if degrees <= 0:
        raise ValueError("degrees of freedom must be positive")
    if isinf(t):
        return 1.0 if t > 0 else 0.0
    tail = _beta_share(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=256)
def t_quantile(share: float, degrees: float) -> float:
    """The t that ``share`` of the distribution lies below; inf at 1. By bisection, to about 1e-13."""
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    if share in (0.0, 1.0):
        return inf if share else -inf
    if share < 0.5:
        return -t_quantile(1 - share, degrees)
    low, high = 0.0, 1.0
    while t_below(high, degrees) < share:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_below(middle, degrees) < share else (low, middle)
    return (low + high) / 2


def binomial_at_least(k: int, n: int, p: float = 0.5) -> float:
    """P(X ≥ k) for n trials."""
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("trials cannot be negative and a chance lies between 0 and 1")
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(max(k, 0), n + 1))


def _beta_share(a: float, b: float, x: float) -> float:
    """I_x(a, b), by the continued fraction where it converges fast (Abramowitz & Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's method."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            d = 1 / _away(1 + part * d)
            c = _away(1 + part / c)
            value *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return value


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
