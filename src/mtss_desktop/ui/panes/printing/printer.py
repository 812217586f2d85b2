"""Pages onto a printer, drawn at 300 dots an inch or better, beside the window thread.

Every sheet gets its page's own size and orientation. A printer that refuses is said in words; nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.documents import pages
from mtss_desktop.documents.pages import POINTS, PageSize, Picture
from mtss_desktop.ui.kit.asking import SystemDialogs

LEAST_DPI = 300
_TROUBLE = {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}


class PaperDialogs(Protocol):
    """What the room asks the person through the system's own dialogs."""

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None: ...

    def which_folder(self, parent: QWidget, title: str) -> Path | None: ...

    def which_printer(self, parent: QWidget, title: str, count: int, *, two_sided: bool) -> QPrinter | None: ...


class SystemPaperDialogs(SystemDialogs):
    """The system's dialogs. ``which_printer`` raises ``UserError`` where there is no printer."""

    def which_folder(self, parent: QWidget, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(parent, title)
        return Path(name) if name else None

    def which_printer(self, parent: QWidget, title: str, count: int, *, two_sided: bool) -> QPrinter | None:
        if not QPrinterInfo.availablePrinterNames():
            raise UserError(
                "This computer has no printer.", "Add one in the settings of the system, or save the PDF instead."
            )
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        if two_sided:
            printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.setMinMax(1, count)
        for option in (
            QPrintDialog.PrintDialogOption.PrintPageRange,
            QPrintDialog.PrintDialogOption.PrintCurrentPage,
            QPrintDialog.PrintDialogOption.PrintToFile,
        ):
            dialog.setOption(option)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return printer if accepted else None


def numbers_for(printer: QPrinter, count: int, in_view: int) -> tuple[int, ...]:
    """Which pages (from 0) the dialog asked for, as often as a printer that cannot count copies needs them."""
    match printer.printRange():
        case QPrinter.PrintRange.PageRange if printer.fromPage():
            wanted = range(printer.fromPage() - 1, min(printer.toPage() or count, count))
        case QPrinter.PrintRange.CurrentPage:
            wanted = range(in_view, in_view + 1)
        case _:
            wanted = range(count)
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    return tuple(wanted) * copies


def dots_for(resolution: int) -> int:
    """Dots an inch to draw at: a whole part of the printer's own and at least 300, so that no dot falls between two."""
    divided = (resolution // part for part in range(8, 0, -1) if resolution % part == 0)
    return next((dots for dots in divided if dots >= LEAST_DPI), LEAST_DPI)


def layout_for(size: PageSize) -> QPageLayout:
    """The sheet of a page: its paper upright, and turned where the page is wider than high."""
    upright = QSizeF(min(size.width, size.height), max(size.width, size.height))
    turned = QPageLayout.Orientation.Landscape if size.landscape else QPageLayout.Orientation.Portrait
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(paper, turned, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def send(printer: QPrinter, data: bytes, sizes: Sequence[PageSize], numbers: Sequence[int], progress: Progress) -> int:
    """Draws the pages (from 0) onto the printer and returns how many. Runs in the pool, as Qt allows for printers.

    Raises ``UserError`` where the printer refuses; cancelled between two pages, the job is withdrawn.
    """
    painter = QPainter()
    try:
        for at, number in enumerate(numbers):
            progress.step("Printing", at, len(numbers), "pages")
            _sheet(printer, painter, sizes[number])
            _draw(printer, painter, pages.picture(data, number, dots_for(printer.resolution()) / POINTS))
    except (Cancelled, UserError):
        if painter.isActive():
            printer.abort()
            painter.end()
        raise
    if not painter.end() or printer.printerState() in _TROUBLE:
        raise _refused()
    return len(numbers)


def _sheet(printer: QPrinter, painter: QPainter, size: PageSize) -> None:
    """A new sheet with the paper and orientation of its page."""
    printer.setFullPage(True)
    printer.setPageLayout(layout_for(size))
    ready = printer.newPage() if painter.isActive() else painter.begin(printer)
    if not ready or printer.printerState() in _TROUBLE:
        raise _refused()


def _draw(printer: QPrinter, painter: QPainter, picture: Picture) -> None:
    """Over the whole sheet; its corner is the painter's origin."""
    image = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    share = printer.resolution() / dots_for(printer.resolution())
    painter.drawImage(QRectF(0, 0, picture.width * share, picture.height * share), image)


def _refused() -> UserError:
    return UserError(
        "The printer did not take the pages.",
        "See that it is on and connected and has paper, or save the PDF instead.",
    )
