"""Pages as pictures and words: true sizes, real text, and what a printer without color makes of them."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents import pages, pdf
from mtss_desktop.documents.blocks import Document, Heading, PageBreak, Paper, Paragraph


@pytest.fixture(scope="module")
def paper() -> bytes:
    blocks = (Heading("Purpose", 2), Paragraph("Every student is known."), PageBreak(Paper.TABLOID_LANDSCAPE))
    document = Document("Team", "Packet", "Ashby", (*blocks, Heading("The grid", 2)))
    return pdf.pdf_bytes(document, words=ENGLISH)


def plain(red: float, green: float, blue: float) -> bytes:
    """One untagged page with a filled square."""
    target = BytesIO()
    canvas = Canvas(target, (612, 792))
    canvas.setFillColorRGB(red, green, blue)
    canvas.rect(100, 100, 200, 200, stroke=0, fill=1)
    canvas.save()
    return target.getvalue()


def test_every_page_has_its_own_size(paper: bytes) -> None:
    first, second = pages.sizes(paper)
    assert (first.width, first.height, first.landscape) == (612, 792, False)
    assert (second.width, second.height, second.landscape) == (1224, 792, True)


def test_a_picture_is_as_large_as_asked_and_holds_ink_on_white(paper: bytes) -> None:
    picture = pages.picture(paper, 0, 2.0)
    assert (picture.width, picture.height) == (1224, 1584)
    assert len(picture.data) == picture.stride * picture.height
    pixels = set(memoryview(picture.data).cast("I"))
    assert {each & 0xFFFFFF for each in pixels} >= {0xFFFFFF, 0x1A1A1A}


def test_the_words_of_a_page_can_be_read(paper: bytes) -> None:
    assert "Every student is known." in pages.words_on(paper, 0)
    assert "The grid" in pages.words_on(paper, 1)


def test_our_pages_are_tagged_and_gray(paper: bytes) -> None:
    assert pages.checked(paper) == pages.Checks(tagged=True, colored=False, faint=())


@pytest.mark.parametrize(
    ("color", "colored", "faint"),
    [((1, 1, 0.4), True, (1,)), ((0.09, 0.31, 0.42), True, ()), ((0.8, 0.8, 0.8), False, ())],
    ids=["pale yellow is lost", "dark blue stays", "gray is no color"],
)
def test_colors_are_measured(color: tuple[float, float, float], colored: bool, faint: tuple[int, ...]) -> None:
    assert pages.checked(plain(*color)) == pages.Checks(tagged=False, colored=colored, faint=faint)


def test_a_photo_is_nobodys_to_mend() -> None:
    """Only what the program draws is measured; the photo still stands on the page."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    target = BytesIO()
    canvas = Canvas(target, (612, 792))
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), (255, 240, 120))), 100, 100, 200, 200)
    canvas.save()
    assert pages.checked(target.getvalue()) == pages.Checks(tagged=False, colored=False, faint=())
    assert 0xFFF078 in {each & 0xFFFFFF for each in memoryview(pages.picture(target.getvalue(), 0, 0.5).data).cast("I")}
