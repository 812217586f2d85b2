"""Photos of chart paper: pasted or dropped, read beside the window, shown small under their line and large when asked."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import column, row, scrolling
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import files
from mtss_desktop.usecases.files import Content

MEDIA = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
PICTURES = "Pictures (*.jpg *.jpeg *.png *.webp *.tif *.tiff)"
LARGEST = 20 * 1024 * 1024
"""Bytes of one photo."""
WIDE, HIGH = 240, 132
"""Room for a small picture in pixels at 100 %."""


@dataclass(frozen=True)
class Picked:
    """A picture that was given: a file, or bytes where it came from the clipboard."""

    name: str
    path: Path | None = None
    content: bytes = b""


@dataclass(frozen=True)
class Read:
    """A picture as the use case takes it."""

    name: str
    media_type: str
    content: str


def holds_pictures(mime: QMimeData) -> bool:
    """A picture file; or a picture alone: a table copied in a spreadsheet brings its text and a picture of it."""
    return (mime.hasImage() and not mime.hasText()) or any(
        Path(url.toLocalFile()).suffix.casefold() in MEDIA for url in mime.urls()
    )


def pictures_in(mime: QMimeData) -> list[Picked]:
    """Files first: a file copied in a file manager may bring its icon as an image."""
    named = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    found = [Picked(path.name, path) for path in named if path.suffix.casefold() in MEDIA]
    if not found and mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            found = [Picked("photo.jpg", content=_jpeg(image))]
    return found


def pasted_pictures() -> list[Picked]:
    """What the clipboard holds, empty where that is no picture."""
    clipboard = QGuiApplication.clipboard()
    mime = clipboard.mimeData()
    if not holds_pictures(mime):
        return []
    if mime.hasUrls():
        return pictures_in(mime)
    image = clipboard.image()
    return [] if image.isNull() else [Picked("photo.jpg", content=_jpeg(image))]


def _jpeg(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(90)
    writer.write(image.convertToFormat(QImage.Format.Format_RGB32))
    return bytes(buffer.data().data())


def read(picked: Picked, progress: Progress) -> Read:
    """Off the window's thread. Raises ``UserError`` for a file that is too large, gone or locked."""
    del progress
    content = picked.content
    if picked.path is not None:
        try:
            size = picked.path.stat().st_size
            if size > LARGEST:
                raise UserError(f"“{picked.name}” is larger than 20 MB.", "Make it smaller and add it again.")
            content = picked.path.read_bytes()
        except OSError:
            raise UserError(f"“{picked.name}” cannot be read.", "Check that it is still there.") from None
    media = MEDIA.get(Path(picked.name).suffix.casefold(), "")
    return Read(picked.name, media, base64.b64encode(content).decode("ascii"))


class Photos:
    """Pictures of one room by the id of their file, asked for once; ``came`` is told when one is there."""

    def __init__(self, pane: Pane, came: Callable[[], object]) -> None:
        self._pane, self._came = pane, came
        self._found: dict[str, QPixmap | None] = {}
        self._whole: dict[str, QImage] = {}

    def small(self, attachment_id: str) -> QPixmap | None:
        """None while it is on its way, and for what is no picture."""
        if attachment_id not in self._found:
            self._found[attachment_id] = None
            self._pane.ask(files.read, partial(self._keep, attachment_id), attachment_id=attachment_id)
        return self._found[attachment_id]

    def whole(self, attachment_id: str) -> QImage | None:
        return self._whole.get(attachment_id)

    def _keep(self, attachment_id: str, content: Content) -> None:
        image = QImage.fromData(base64.b64decode(content.content))
        if image.isNull():
            return
        if image.width() * image.height() > 6_000_000:  # a wall of four meters needs no more
            image = image.scaled(2800, 2800, Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH)
        self._whole[attachment_id] = image
        ratio = self._pane.devicePixelRatioF()
        size = (round(look().px(WIDE) * ratio), round(look().px(HIGH) * ratio))
        small = QPixmap.fromImage(image.scaled(*size, Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH))
        small.setDevicePixelRatio(ratio)
        self._found[attachment_id] = small
        self._came()


_SMOOTH = Qt.TransformationMode.SmoothTransformation


class PhotoDialog(QDialog):
    """One photo as large as the window allows; Esc closes it."""

    def __init__(self, words: Words, image: QImage, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("Photo"))
        room = parent.size() * 0.9
        fitted = image
        if image.width() > room.width() or image.height() > room.height():
            fitted = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH)
        picture = QLabel()
        picture.setPixmap(QPixmap.fromImage(fitted))
        picture.setAccessibleName(caption)
        close = Button(words("Close"), self.close)
        whole = column(scrolling(picture, caption), row(None, close), spacing=look().px(8),
                       margins=(look().px(12),) * 4)  # fmt: skip
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(fitted.width() + look().px(40), fitted.height() + look().px(80))
