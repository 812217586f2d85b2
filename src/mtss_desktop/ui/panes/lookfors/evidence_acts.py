"""Bringing evidence in and taking it off: files that are dropped, pasted or chosen, links, minutes."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPixmap

from mtss_desktop.app import viewing
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.evidence_views import BinderPiece
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.ratings import EvidenceId
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.panes.lookfors.evidence_panels import PICTURE
from mtss_desktop.ui.panes.lookfors.evidence_view import EvidenceView
from mtss_desktop.ui.panes.lookfors.open_rating import OpenRating
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import files, rating_evidence

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
ANY = "All files (*)"


@dataclass(frozen=True)
class Given:
    """A file as the use case takes it."""

    name: str
    media_type: str
    content: str


def read_file(path: Path, _progress: Progress) -> Given:
    """Off the window's thread. Raises ``UserError`` for a file that is too large, gone or locked."""
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"“{path.name}” is larger than 20 MB.", "Keep it where it is: add its folder as a link.")
        content = path.read_bytes()
    except OSError:
        raise UserError(f"“{path.name}” cannot be read.", "Check that it is still there.") from None
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Given(path.name, media, base64.b64encode(content).decode("ascii"))


def _png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(kept.data())


class EvidenceActs:
    """What the evidence view asks for, done; trouble is said in the status strip or beside the link."""

    def __init__(self, pane: Pane, rating: OpenRating, view: EvidenceView, asking: Callable[[], Asking]) -> None:
        self._pane, self._rating, self._view, self._asking = pane, rating, view, asking
        view.given.connect(self.take)
        view.picture_wanted.connect(self._picture)
        view.adding.file_wanted.connect(self.choose_files)
        view.adding.link_wanted.connect(self._link)
        view.adding.minutes_wanted.connect(self._minutes)
        view.panel.shows_changed.connect(self._shows)
        view.panel.printable_changed.connect(self._printable)
        view.panel.open_wanted.connect(self.open)
        view.panel.off_wanted.connect(self.take_off)
        view.panel.view_wanted.connect(self.look_at)
        view.panel.replace_wanted.connect(self.replace)

    # -- in -----------------------------------------------------------------------------------------------------------

    def take(self, item: str, mime: QMimeData) -> None:
        """What was dropped or pasted: files first, then a picture, then an address."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            for path in paths:
                self._file(item, path)
        elif mime.hasImage() and not mime.hasText():
            image = mime.imageData()
            if isinstance(image, QImage) and not image.isNull():
                content = base64.b64encode(_png(image)).decode("ascii")
                self._attach(item, Given("picture.png", "image/png", content))
        elif mime.text().strip():
            self._link(item, mime.text().strip().splitlines()[0], "")

    def paste(self, item: str) -> None:
        self.take(item, QGuiApplication.clipboard().mimeData())

    def choose_files(self, item: str) -> None:
        title = self._pane.words("Files that stand behind {item}").format(item=item)
        for path in self._asking().which_files(self._pane.window(), title, Path.home(), ANY):
            self._file(item, path)

    def _file(self, item: str, path: Path) -> None:
        work = partial(read_file, path)
        self._pane.background(work, partial(self._attach, item), lane="pool", what=self._pane.words("Reading the file"))

    def _attach(self, item: str, given: Given) -> None:
        self._do(
            rating_evidence.attach_file,
            said=self._pane.words("{file} stands behind {item}").format(file=given.name, item=item),
            then=lambda _: self._view.added(),
            administration_id=self._rating.id,
            item=item,
            name=given.name,
            media_type=given.media_type,
            content=given.content,
        )

    def _link(self, item: str, address: str, title: str) -> None:
        self._do(
            rating_evidence.attach_link,
            said=self._pane.words("The link stands behind {item}").format(item=item),
            then=lambda _: self._view.added(),
            refused=self._view.adding.complain,
            administration_id=self._rating.id,
            item=item,
            address=address,
            title=title,
        )

    def _minutes(self, item: str, meeting_id: str) -> None:
        self._do(
            rating_evidence.attach_minutes,
            said=self._pane.words("The minutes stand behind {item}").format(item=item),
            then=lambda _: self._view.added(),
            refused=self._view.adding.complain,
            administration_id=self._rating.id,
            item=item,
            meeting_id=MeetingId(meeting_id),
        )

    # -- what is there ------------------------------------------------------------------------------------------------

    def _shows(self, piece: str, text: str) -> None:
        self._do(
            rating_evidence.change_evidence,
            then=lambda _: self._view.panel.saved(piece, text),
            evidence_id=EvidenceId(piece),
            shows=text,
        )

    def _printable(self, piece: str, printable: bool) -> None:
        self._do(rating_evidence.change_evidence, evidence_id=EvidenceId(piece), printable=printable)

    def take_off(self, piece: str, item: str) -> None:
        """Off this item; what stands behind others stays there, and the line says where."""
        found = self._piece(piece)
        here = (self._rating.id, item)
        others = (
            [use for use in found.used_at if (use.administration_id, use.item) != here] if found is not None else []
        )
        said = self._pane.words("Taken off {item}").format(item=item)
        if others:
            where = ", ".join(f"{use.item} {self._pane.words.date(use.held_on)}" for use in others[:3])
            said = self._pane.words("Taken off {item}; it still stands behind {others}").format(item=item, others=where)
        self._do(
            rating_evidence.take_off,
            said=said,
            evidence_id=EvidenceId(piece),
            administration_id=self._rating.id,
            item=item,
        )

    def _piece(self, piece: str) -> BinderPiece | None:
        opened = self._rating.opened
        pieces = opened.binder.pieces if opened is not None and opened.binder is not None else ()
        return next((each for each in pieces if each.evidence_id == piece), None)

    def _picture(self, piece: str) -> None:
        found = self._piece(piece)
        if found is not None and found.attachment_id and found.media_type.startswith("image/"):
            self._pane.ask(files.read, partial(self._show_picture, piece), attachment_id=found.attachment_id)

    def _show_picture(self, piece: str, content: files.Content) -> None:
        shown = QPixmap()
        shown.loadFromData(QByteArray(base64.b64decode(content.content)))
        if self._view.panel.piece is not None and self._view.panel.piece.id == piece and not shown.isNull():
            wide, high = look().px(240), look().px(PICTURE)
            smooth = Qt.TransformationMode.SmoothTransformation
            self._view.panel.show_picture(shown.scaled(wide, high, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def open(self, piece: str) -> None:
        """Minutes in their room, an address on the clipboard, a file as a copy where a person wants it."""
        found, words = self._piece(piece), self._pane.words
        if found is None:
            return
        if found.meeting_id:
            self._pane.asked_to_go.emit("meetings", str(found.meeting_id))
        elif found.address:
            QGuiApplication.clipboard().setText(found.address)
            self._pane.noticed.emit(Notice(words("The address is copied")))
        elif found.attachment_id:
            title = words("Where the copy is kept")
            target = self._asking().where_to_save(self._pane.window(), title, Path.home() / found.title, ANY)
            if target is not None:
                work = partial(_write_copy, self._pane.workspace, found.attachment_id, target)
                self._pane.background(work, self._copied)

    def look_at(self, piece: str) -> None:
        """In the program the system has for it, as a copy that is taken away again."""
        found = self._piece(piece)
        if found is not None and found.attachment_id:
            work = partial(_copy_to_view, self._pane.workspace, found.attachment_id)
            self._pane.background(work, self._viewed, fail=self._refuse)

    def _viewed(self, copy: Path) -> None:
        if not self._asking().view(copy):
            self._rating.refuse(
                self._pane.words("No program here shows this kind of file. Save a copy to take it elsewhere.")
            )

    def replace(self, piece: str) -> None:
        """Another file in its place, behind all the items it stands behind."""
        title = self._pane.words("The file that takes its place")
        path = self._asking().which_file(self._pane.window(), title, Path.home(), ANY)
        if path is not None:
            work = partial(read_file, path)
            said = self._pane.words("Reading the file")
            self._pane.background(work, partial(self._replace, piece), lane="pool", what=said)

    def _replace(self, piece: str, given: Given) -> None:
        self._do(
            rating_evidence.replace_file,
            said=self._pane.words("{file} takes its place").format(file=given.name),
            then=lambda _: self._picture(piece),
            evidence_id=EvidenceId(piece),
            name=given.name,
            media_type=given.media_type,
            content=given.content,
        )

    def _copied(self, target: Path) -> None:
        self._pane.noticed.emit(Notice(self._pane.words("Saved {file}").format(file=target.name)))

    def _do(self, use_case: Callable[..., Any], **arguments: Any) -> None:
        refused: Callable[[str], None] = arguments.pop("refused", self._rating.refuse)
        self._pane.do(use_case, fail=partial(self._refuse, refused=refused), **arguments)

    def _refuse(self, error: Exception, *, refused: Callable[[str], None] | None = None) -> None:
        if isinstance(error, UserError):
            (refused or self._rating.refuse)(str(error))
        else:
            self._pane.failed(error)


def _copy_to_view(workspace: Workspace, attachment_id: str, _progress: Progress) -> Path:
    return viewing.copy_to_view(workspace, attachment_id)


def _write_copy(workspace: Workspace, attachment_id: str, target: Path, _progress: Progress) -> Path:
    content = base64.b64decode(workspace.ask(files.read, attachment_id).content)
    try:
        target.write_bytes(content)
    except OSError:
        raise UserError("The file could not be written there.", "Choose another folder.") from None
    return target
