"""Pages onto a printer: the pool draws a page at 300 dots an inch or better, the window hands it over in bands.

Every sheet gets its page's own size and orientation. A printer that refuses is said in words; nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.documents import pages
from mtss_desktop.documents.pages import POINTS, PageSize
from mtss_desktop.ui.kit.asking import SystemDialogs
from mtss_desktop.ui.kit.document_preview import Run, image_of

LEAST_DPI = 300
_BANDS = 8
"""Parts of a page handed over one at a time, so that the window answers in between."""


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


class Sending(QObject):
    """One job on its way. ``done`` is called once, with the number of pages, or ``failed`` with what went wrong."""

    def __init__(
        self,
        parent: QObject,
        run: Run,
        printer: QPrinter,
        data: bytes,
        sizes: Sequence[PageSize],
        numbers: Sequence[int],
        done: Callable[[int], object],
        failed: Callable[[UserError], object],
        words: Words,
    ) -> None:
        super().__init__(parent)
        self._run, self._printer, self._data = run, printer, data
        self._sizes, self._numbers = tuple(sizes), tuple(numbers)
        self._done, self._failed, self._words = done, failed, words
        self._painter = QPainter()
        self._dots = dots_for(printer.resolution())

    def start(self) -> None:
        self._next(0)

    def _next(self, at: int) -> None:
        if at == len(self._numbers):
            self._end(at)
            return
        place = (at, len(self._numbers))
        work = partial(_page, self._data, self._numbers[at], self._dots / POINTS, place)
        self._run(work, partial(self._sheet, at), fail=self._stopped)

    def _sheet(self, at: int, image: QImage) -> None:
        layout = layout_for(self._sizes[self._numbers[at]])
        self._printer.setFullPage(True)
        self._printer.setPageLayout(layout)
        ready = self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)
        if not ready or self._printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
            self._refused()
            return
        self._band(at, image, 0)

    def _band(self, at: int, image: QImage, band: int) -> None:
        top, below = (image.height() * edge // _BANDS for edge in (band, band + 1))
        sheet = self._sheet_rect(image)
        share = sheet.height() / image.height()
        place = QRectF(sheet.left(), sheet.top() + top * share, sheet.width(), (below - top) * share)
        self._painter.drawImage(place, image.copy(0, top, image.width(), below - top))
        if band + 1 < _BANDS:
            QTimer.singleShot(0, self, partial(self._band, at, image, band + 1))
        else:
            QTimer.singleShot(0, self, partial(self._next, at + 1))

    def _sheet_rect(self, image: QImage) -> QRectF:
        """The whole sheet in the painter's dots; its origin is the corner of the sheet."""
        share = self._printer.resolution() / self._dots
        return QRectF(0, 0, image.width() * share, image.height() * share)

    def _end(self, count: int) -> None:
        well = self._painter.end() and self._printer.printerState() is not QPrinter.PrinterState.Error
        if well:
            self._done(count)
        else:
            self._refused()
        self.deleteLater()

    def _stopped(self, error: Exception) -> None:
        """Cancelled by the person; anything else is a bug."""
        self._give_up()
        if not isinstance(error, Cancelled):
            raise error

    def _give_up(self) -> None:
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self.deleteLater()

    def _refused(self) -> None:
        self._give_up()
        self._failed(
            UserError(
                self._words("The printer did not take the pages."),
                self._words("See that it is on and connected and has paper, or save the PDF instead."),
            )
        )


def _page(data: bytes, number: int, scale: float, place: tuple[int, int], progress: Progress) -> QImage:
    progress.step("Printing", *place, "pages")
    return image_of(pages.picture(data, number, scale))
