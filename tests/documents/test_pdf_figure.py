"""Figures on paper: vectors, embedded letters, readable without color."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import pairwise

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.documents import pdf_figure
from mtss_desktop.documents.style import house_style, large_print
from mtss_desktop.domain import charts
from mtss_desktop.domain.behavior import Rate, Span
from mtss_desktop.domain.charts import LevelShare, Phase
from mtss_desktop.domain.figure_marks import Role
from mtss_desktop.domain.figure_shapes import Rect, Words
from mtss_desktop.domain.figures import Arrow, Box, Column, Figure

WEEKS = [Rate(date(2026, 8, 24) + timedelta(weeks=i), 9 - i // 2, 5) for i in range(12)]
BEFORE_AFTER = charts.before_after_chart(
    "Hallway", "referrals", WEEKS, Phase(date(2026, 10, 5), "Nguyễn's plan"), Span(50, 30), Span(30, 30), goal=0.9
)
STACK = charts.screening_stack("R", "reading", ["At", "Below", "Well below"], [LevelShare("K", (44, 16, 10), 71)])


def drawn(figure: Figure, width: float = 350, height: float = 134, *, large: bool = False) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    pdf_figure.draw(figure, canvas, width, height, ENGLISH, large_print() if large else house_style())
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        text = page.get_textpage()
        found = text.get_text_range()
        text.close()
        page.close()
        return str(found)
    finally:
        document.close()


def pixels(pdf: bytes) -> tuple[int, int, bytes]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=2, grayscale=True)
        data = (image.width, image.height, bytes(image.buffer))
        image.close()
        page.close()
        return data
    finally:
        document.close()


def test_words_can_be_read_back_with_their_accents() -> None:
    found = words_of(drawn(BEFORE_AFTER))
    assert "goal 0.9" in found
    assert "Nguyễn" in found
    assert "mean 1.67" in found


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert drawn(BEFORE_AFTER) == drawn(BEFORE_AFTER)


def test_the_letters_are_embedded() -> None:
    pdf = drawn(BEFORE_AFTER)
    assert pdf.count(b"/FontFile2") >= 2
    assert b"OpenSans-SemiBold" in pdf


def test_levels_differ_without_color() -> None:
    """Light, striped, dark: the three parts have clearly different grays and the middle one varies inside."""
    width, height, data = pixels(drawn(STACK, 400, 60))
    # a row of pixels a little above the lower edge of the bar, where no words stand
    layout = pdf_figure.arranged(STACK, 400, 60, ENGLISH, house_style())
    bars = [s for s in layout.shapes if isinstance(s, Rect) and s.width > 20 and s.height > 15]
    assert len(bars) == 3
    stride = len(data) // height
    grays = []
    for bar in bars:
        y = round((bar.y + bar.height - 3) * 2)
        row = data[y * stride : y * stride + width]
        inside = row[round(bar.x * 2) + 6 : round((bar.x + bar.width) * 2) - 6]
        grays.append((sum(inside) / len(inside), max(inside) - min(inside)))
    assert grays[0][0] > grays[1][0] > grays[2][0]
    assert grays[1][1] > 80
    assert grays[2][0] < 90


def test_large_print_has_no_small_letters() -> None:
    layout = pdf_figure.arranged(BEFORE_AFTER, 500, 240, ENGLISH, large_print())
    sizes = {shape.size for shape in layout.shapes if isinstance(shape, Words)}
    assert min(sizes) >= house_style().rules.large_print_min


def test_nothing_on_paper_is_smaller_than_the_style_allows() -> None:
    layout = pdf_figure.arranged(BEFORE_AFTER, 350, 134, ENGLISH, house_style())
    sizes = {shape.size for shape in layout.shapes if isinstance(shape, Words)}
    assert min(sizes) >= house_style().rules.chart_min


def test_a_structure_chart_asks_for_the_height_it_needs() -> None:
    boxes = [
        Box("d", "Division team", -1, 0, ("purpose",)),
        *(Box(str(i), f"Team {i}", 0, 1, ("a", "b")) for i in range(6)),
    ]
    links = [Arrow("d", str(i), "answers", True) for i in range(6)]
    made = charts.structure_chart("S", [Column("Piney Ridge")], ["Division", "Schools"], boxes, links)
    needed = pdf_figure.needed_height(made, 518, ENGLISH, house_style())
    assert needed > 150
    found = words_of(drawn(made, 518, needed))
    assert all(f"Team {i}" in found for i in range(6))
    squeezed = words_of(drawn(made, 518, needed / 2))
    assert all(f"Team {i}" in squeezed for i in range(6))


def test_a_structure_chart_of_forty_teams_takes_sheets_and_keeps_its_size() -> None:
    boxes = [
        Box("d", "Division team", -1, 0, ("purpose",)),
        *(
            Box(f"{p}.{i}", f"Team {p}.{i}", p, 1, ("what it is for", "3rd Tuesday"))
            for p in range(8)
            for i in range(5)
        ),
    ]
    places = [Column(f"School {p}") for p in range(8)]
    made = charts.structure_chart("S", places, ["Division", "Schools"], boxes, [])
    sheets = pdf_figure.sheets(made, 1130, 420, ENGLISH, house_style())
    assert [len(sheet.columns) for sheet in sheets] == [4, 4]
    assert all(sheet.of(Box)[0].title == "Division team" for sheet in sheets)
    assert all(pdf_figure.needed_height(sheet, 1130, ENGLISH, house_style()) <= 420 for sheet in sheets)
    assert pdf_figure.sheets(BEFORE_AFTER, 350, 10, ENGLISH, house_style()) == (BEFORE_AFTER,)


@pytest.mark.parametrize("pattern", ["stripe", "cross", "dots"])
def test_stripes_cover_the_whole_area(pattern: str) -> None:
    rect = Rect(10, 20, 60, 15, pattern=pattern, step=4)
    lines = pdf_figure.stripes(rect)
    assert len(lines) >= (60 + 15) / (4 * 2**0.5) - 1
    same_way = [start[0] for start, _ in lines[: len(lines) // (2 if pattern == "cross" else 1)]]
    assert all(b - a == pytest.approx(4 * 2**0.5) for a, b in pairwise(same_way))


def test_every_role_has_a_look() -> None:
    look = pdf_figure.paper_look(house_style())
    assert all(look.style(role).ink in house_style().color for role in Role)


def test_an_empty_figure_can_be_drawn() -> None:
    empty = charts.before_after_chart("H", "referrals", [], Phase(date(2026, 10, 5), "x"), Span(0, 0), Span(0, 0))
    assert "goal" not in words_of(drawn(empty))
    assert ENGLISH.say(said("x")) in words_of(drawn(empty))
