"""Finished pages as pictures and words: for the preview and for printers.

PDFium knows one thread at a time, so everything here goes through one lock. Nothing is written to disk.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS = 72
_LOCK = threading.Lock()
_COLORED = 24
"""Distance between the strongest and the weakest part of a color, of 255, from which on it is not taken for gray."""
_FAINT = 3.0
"""Contrast to white under which a thin line or a small mark is lost (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True)
class PageSize:
    """Points (1/72 in)."""

    width: float
    height: float

    @property
    def landscape(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True)
class Picture:
    """Rows of ``stride`` bytes, four for a pixel: blue, green, red, unused."""

    width: int
    height: int
    stride: int
    data: bytes


@dataclass(frozen=True)
class Checks:
    """``faint`` names the pages (from 1) with a color that is lost in black and white."""

    tagged: bool
    colored: bool
    faint: tuple[int, ...]


@contextmanager
def _open(data: bytes) -> Iterator[PdfDocument]:
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def sizes(data: bytes) -> tuple[PageSize, ...]:
    """Width and height of every page, as it is read."""
    with _open(data) as document:
        return tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))


def picture(data: bytes, number: int, scale: float) -> Picture:
    """The page ``number`` (from 0), ``scale`` pixels for a point."""
    return pictures(data, [(number, scale)])[0]


def pictures(data: bytes, wanted: Sequence[tuple[int, float]]) -> list[Picture]:
    """Several (page from 0, scale) in one go."""
    with _open(data) as document:
        return [_picture(document, number, scale) for number, scale in wanted]


def _picture(document: PdfDocument, number: int, scale: float, *, smooth: bool = True, photos: bool = True) -> Picture:
    """Without ``photos`` only what the program drew itself: nobody can mend the colors of a photo."""
    from pypdfium2 import raw

    page = document[number]
    if not photos:
        for image in list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,))):
            page.remove_obj(image)
    bitmap = page.render(
        scale=scale,
        prefer_bgrx=True,
        no_smoothtext=not smooth,
        no_smoothimage=not smooth,
        no_smoothpath=not smooth,
    )
    made = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return made


def png(data: bytes, number: int = 0, dpi: int = 144) -> bytes:
    """A page as a PNG, for copies that go into a letter or a mail."""
    from io import BytesIO

    from PIL import Image

    made = picture(data, number, dpi / POINTS)
    image = Image.frombytes("RGB", (made.width, made.height), made.data, "raw", "BGRX", made.stride)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def words_on(data: bytes, number: int) -> str:
    """The text of a page in the order it is drawn, for who cannot see the picture."""
    with _open(data) as document:
        page = document[number]
        text = page.get_textpage()
        found = str(text.get_text_bounded())
        text.close()
        page.close()
    return found.replace("\r\n", "\n")


def checked(data: bytes) -> Checks:
    """What a printer without color and a screen reader make of it: measured on the drawn pages, not promised."""
    from pypdfium2 import raw

    with _open(data) as document:
        count, tagged = len(document), bool(raw.FPDFCatalog_IsTagged(document.raw))
    colors = [_colors_on(data, number) for number in range(count)]
    faint = tuple(number for number, page in enumerate(colors, 1) if any(_contrast(*each) < _FAINT for each in page))
    return Checks(tagged, any(colors), faint)


def _colors_on(data: bytes, number: int) -> list[tuple[int, int, int]]:
    """One page for each opening: a page that is waited for on the screen goes between."""
    with _open(data) as document:
        drawn = _picture(document, number, 0.5, smooth=False, photos=False)
    return _colors(drawn)


def _colors(drawn: Picture) -> list[tuple[int, int, int]]:
    """Every color of a page that is not a gray, as red, green, blue."""
    pixels = set(memoryview(drawn.data).cast("I"))
    parts = (((each >> 16) & 255, (each >> 8) & 255, each & 255) for each in pixels)
    return [each for each in parts if max(each) - min(each) > _COLORED]


def _contrast(*color: int) -> float:
    """To white paper (WCAG 2)."""
    red, green, blue = (_linear(part / 255) for part in color)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
