"""The style file holds what it promises."""

from __future__ import annotations

import pytest

from mtss_desktop.documents.blocks import FooterClass, Paper
from mtss_desktop.documents.style import Rules, house_style, large_print, rgb
from mtss_desktop.documents.style import _typed as typed


def luminance(color: tuple[float, float, float]) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(color: tuple[float, float, float]) -> float:
    return 1.05 / (luminance(color) + 0.05)


def test_every_paper_and_footer_is_there() -> None:
    style = house_style()
    assert set(style.sheets) == set(Paper)
    assert set(style.footer.words) == set(FooterClass)


def test_text_widths_are_those_of_the_binder() -> None:
    widths = {paper: round(sheet.text_width, 1) for paper, sheet in house_style().sheets.items()}
    assert widths[Paper.LETTER] == 518.4
    assert widths[Paper.LEGAL_LANDSCAPE] == 928.8
    assert widths[Paper.TABLOID_LANDSCAPE] == 1130.4


def test_nothing_is_smaller_than_can_be_read() -> None:
    style = house_style()
    assert all(text.size >= style.rules.chart_min for text in style.type.values())
    assert style.type["table_dense"].size >= style.rules.table_min
    assert style.type["body"].size >= style.rules.body_min
    assert all(text.size >= style.rules.large_print_min for text in large_print().type.values())


@pytest.mark.parametrize("style", [house_style(), large_print()], ids=["plain", "large"])
def test_every_text_color_can_be_read(style) -> None:
    assert all(contrast(style.color[text.color]) >= 4.5 for text in style.type.values())


def test_large_print_has_no_gray_text() -> None:
    assert {text.color for text in large_print().type.values()} == {"ink"}


def test_the_binding_side_swaps_on_even_pages() -> None:
    sheet = house_style().sheet(Paper.LETTER)
    assert sheet.left(1) == sheet.left(3) == 54.0
    assert sheet.left(2) == pytest.approx(39.6)
    assert sheet.left(2, two_sided=False) == 54.0


def test_a_key_nobody_knows_is_named() -> None:
    with pytest.raises(ValueError, match="smallest"):
        typed(Rules, {"smallest": 1.0})


def test_colors_are_parts_of_one() -> None:
    assert rgb("#ff0080") == (1.0, 0.0, 128 / 255)
