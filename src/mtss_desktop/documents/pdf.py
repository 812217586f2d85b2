"""Blocks → tagged PDF (PDF/UA-1), laid out once, painted once.

All pages are laid out before the first is painted, so that "page x of y" and the contents know their numbers.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.paths import names_a_kind
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.base.words import Said, Words
from mtss_desktop.documents import fonts
from mtss_desktop.documents.blocks import Block, Document, PageBreak, Paper, TitleBlock
from mtss_desktop.documents.layout.build import Builder
from mtss_desktop.documents.layout.flow import Flow, Page, Piece, Placed
from mtss_desktop.documents.layout.furniture import Furniture
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.text import Setter
from mtss_desktop.documents.style import Sheet, Style, house_style, large_print
from mtss_desktop.documents.tagging import Node, TaggedCanvas

_TRIES, _PAUSE = 5, 0.1  # a file being looked at by a viewer or scanner is free again soon
_PAPERS = (".pdf", ".eml", ".ics", ".html")  # what this program writes here, and may write anew
_RECURS = 3  # pages with the same footer, from which on a reader knows it as furniture
_LONG_EDGE = {Paper.TABLOID_LANDSCAPE}


@dataclass(frozen=True)
class PdfResult:
    """``pages`` is how many; ``places`` the page of each anchor; ``path`` where the file is (None for a stream)."""

    pages: int
    places: dict[str, int]
    size: int
    path: Path | None = None


@dataclass(frozen=True)
class _Laid:
    page: Page
    sheet: Sheet


@dataclass(frozen=True)
class _Section:
    paper: Paper
    blocks: tuple[Block, ...]


def write_pdf(
    document: Document, target: Path | BinaryIO, *, words: Words, progress: Progress | None = None
) -> PdfResult:
    """Writes the document. A file appears whole or not at all; trouble with the disk is a ``UserError``."""
    result, data = _made(document, words, progress or silent())
    if isinstance(target, Path):
        save(data, target)
        return replace(result, path=target)
    target.write(data)
    return result


def pdf_bytes(document: Document, *, words: Words, progress: Progress | None = None) -> bytes:
    """The document as bytes; the same input gives the same bytes."""
    return _made(document, words, progress or silent())[1]


def style_of(document: Document) -> Style:
    return large_print() if document.large_print else house_style()


def _made(document: Document, words: Words, progress: Progress) -> tuple[PdfResult, bytes]:
    setter = Setter(words, style_of(document))
    first = setter.style.sheet(document.paper)
    canvas = TaggedCanvas(
        (first.width, first.height),
        title=setter.say(document.title),
        language=document.language or words.language,
        font=fonts.face().name,
    )
    titles: dict[str, Said | str] = {}
    furniture = Furniture(document, setter)
    pages = list(_laid_out(document, setter, furniture, canvas.root, titles, progress))
    places = {anchor: number for number, laid in enumerate(pages, 1) for anchor in laid.page.anchors}
    pen = Pen(canvas, setter, places, titles)
    read = _read_pages(pages, two_sided=document.two_sided)
    for number, laid in enumerate(pages, 1):
        progress.step("Painting pages", number, len(pages), "pages")
        _paint(pen, furniture, laid, number, len(pages), read=number in read)
    data = canvas.finish()
    return PdfResult(len(pages), places, len(data)), data


def _sections(document: Document) -> Iterator[_Section]:
    """Stretches of one paper. A page break that changes the paper starts the next."""
    start: list[Block] = []
    if document.title_block:
        title = TitleBlock(document.title, document.kind, document.owner, document.subtitle, document.facts)
        start.append(title)
    paper = document.paper
    for block in document.blocks:
        if isinstance(block, PageBreak) and block.paper not in (None, paper):
            if start:
                yield _Section(paper, tuple(start))
            start, paper = [], block.paper or paper
        else:
            start.append(block)
    if start:
        yield _Section(paper, tuple(start))


def _laid_out(
    document: Document,
    setter: Setter,
    furniture: Furniture,
    root: Node,
    titles: dict[str, Said | str],
    progress: Progress,
) -> Iterator[_Laid]:
    done = 0
    for section in _sections(document):
        sheet = setter.style.sheet(section.paper)
        room = sheet.text_height - furniture.head_height
        builder = Builder.start(setter, sheet.text_width, root, titles, room)
        builder.poster = section.paper in _LONG_EDGE
        flow = Flow(sheet.text_height, room, first_page=done + 1)
        pages = flow.add(_reported(builder.pieces(section.blocks), progress))
        for page in _used(pages):
            done += 1
            yield _Laid(page, sheet)


def _read_pages(pages: list[_Laid], *, two_sided: bool) -> set[int]:
    """Pages whose footer is read, not only seen: the last, and those of a short paper whose footer recurs too seldom to
    be taken for furniture (the ends swap on even pages, which makes two footers of one)."""
    sides = [two_sided and laid.sheet.mirrored and number % 2 == 0 for number, laid in enumerate(pages, 1)]
    enough = min(_RECURS, len(pages)) if len(pages) > 2 * _RECURS - 1 else len(pages)
    seldom = {number for number, side in enumerate(sides, 1) if sides.count(side) < enough}
    return seldom | {len(pages)}


def _reported(pieces: Iterator[Piece], progress: Progress) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        if number % 50 == 0:
            progress.step("Laying out pages", number, 0, "parts")
        yield piece


def _used(pages: list[Page]) -> list[Page]:
    """Without an empty last page, which a page break at the end leaves."""
    while len(pages) > 1 and not pages[-1].placed:
        pages = pages[:-1]
    return pages


def _paint(pen: Pen, furniture: Furniture, laid: _Laid, number: int, count: int, *, read: bool) -> None:
    sheet, canvas = laid.sheet, pen.canvas
    canvas.setPageSize((sheet.width, sheet.height))
    left = sheet.left(number, two_sided=furniture.document.two_sided)
    top = sheet.height - sheet.top
    if not laid.page.opens:
        furniture.running_head(pen, sheet, left)
        top -= furniture.head_height
    for placed in laid.page.placed:
        _paint_piece(pen, placed, left, top)
    furniture.footer(pen, sheet, left, number, count, canvas.root if read else None)
    canvas.finish_page()


def _paint_piece(pen: Pen, placed: Placed, left: float, top: float) -> None:
    if placed.repeated:
        with pen.as_repeat():
            placed.piece.paint(pen, left, top - placed.down)
    else:
        placed.piece.paint(pen, left, top - placed.down)


# --- the file --------------------------------------------------------------------------------------------------------


def save(data: bytes, target: Path) -> None:
    """Under another name in the same folder first, so that a full disk or a lost plug never leaves half a paper.

    Replaces papers only. Raises ``UserError`` where another kind of file has the name, such as a database.
    """
    _refuse_other_kinds(target)
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(part, target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _explained(error, target) from error


def _refuse_other_kinds(target: Path) -> None:
    other = False
    with suppress(OSError):  # writing says what is wrong with such a name
        other = target.suffix.casefold() not in _PAPERS and target.exists() and not target.is_dir()
    if target.suffix.casefold() not in _PAPERS and names_a_kind(target) and not other:
        raise UserError(f"“{target.name}” has the ending of another kind of file.", "Choose a name that ends in .pdf.")
    if other:
        raise UserError(f"“{target.name}” is there and is no paper.", "Choose another name, one that ends in .pdf.")


def _replace(part: Path, target: Path) -> None:
    for attempt in range(_TRIES):
        try:
            part.replace(target)
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE * 2**attempt)
        else:
            return


def _explained(error: OSError, target: Path) -> UserError:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            "The disk is full, so the paper was not written.", "Make room or choose another folder, then print again."
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserError("The folder for the paper is not there.", "Choose another folder, then print again.")
    if target.is_dir() or isinstance(error, IsADirectoryError):
        return UserError("The name chosen for the paper is that of a folder.", "Choose another name, then print again.")
    if isinstance(error, PermissionError):
        return UserError(
            "The paper could not be written there: the file is open in another program or the folder is read-only.",
            "Close the file or choose another folder, then print again.",
        )
    if error.errno == errno.EROFS:
        return UserError("The folder for the paper is read-only.", "Choose another folder, then print again.")
    return UserError("The paper could not be written.", "Choose another folder, then print again.")
