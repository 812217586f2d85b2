"""What a spreadsheet would run is written as text."""

from __future__ import annotations

import pytest

from mtss_desktop.base.cells import neutral


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)"]
)
def test_formulas_get_an_apostrophe(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-", "-1.5", "+12%", "2–3", "Ann", "1=1", "–"])
def test_other_cells_stay(cell: str) -> None:
    assert neutral(cell) == cell
