"""Real pages on the screen: the page in view, thumbnails below, turned by keys.

Pages are drawn by the pool, never in the window thread. What is shown stays until its successor is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.documents import pages
from mtss_desktop.documents.pages import PageSize, Picture
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.theme import look

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
MARGIN = 12
"""Pixels at 100 % around the page."""
THUMB = 64
THUMB_ROW = 100
_KEPT = 6
"""Pages kept as pictures."""
_BATCH = 8
_OVERSIZE = 4
_THUMBS_FROM = 340
"""Height of the preview in pixels at 100 % under which the page takes all of it."""
_LONGEST_SPOKEN = 4000
_STAMP = 0.35
"""Share of its size on paper under which a page cannot be made out."""
_SETTLE = 120
"""Milliseconds a new size has to last before the page is drawn for it."""
_TURNS = {
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}
_SCROLLS = {
    Qt.Key.Key_PageUp: -0.9,
    Qt.Key.Key_PageDown: 0.9,
    Qt.Key.Key_Up: -0.15,
    Qt.Key.Key_Down: 0.15,
    Qt.Key.Key_Space: 0.9,
}
"""Shares of the view, where the page is larger than it; at its end the same key turns the page."""


class Run(Protocol):
    """Does work beside the window thread and hands the result back to it (``Pane.background`` in the pool)."""

    def __call__(
        self,
        work: Callable[[Progress], Any],
        then: Callable[[Any], None],
        *,
        fail: Callable[[Exception], None] | None = None,
    ) -> object: ...


def image_of(picture: Picture) -> QImage:
    """A picture of its own: the bytes may go."""
    return QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32).copy()


def _drawn(data: bytes, number: int, scale: float, _progress: Progress) -> tuple[QImage, str]:
    return image_of(pages.picture(data, number, scale)), pages.words_on(data, number)


def _thumbs(data: bytes, wanted: Sequence[tuple[int, float]], _progress: Progress) -> list[tuple[int, QImage]]:
    """Drawn larger and made small: a hairline is never thinner than a pixel, and a small page would be all lines."""
    drawn = pages.pictures(data, [(number, scale * _OVERSIZE) for number, scale in wanted])
    return [(number, _smaller(image_of(each))) for (number, _), each in zip(wanted, drawn, strict=True)]


def _smaller(image: QImage) -> QImage:
    return image.scaledToHeight(max(1, image.height() // _OVERSIZE), Qt.TransformationMode.SmoothTransformation)


def _fit(page: QSizeF, room: QRectF) -> QRectF:
    """The largest rectangle of the page's proportions in the room, in its middle."""
    size = page.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.center() - QPointF(size.width() / 2, size.height() / 2)
    return QRectF(left, size)


class PageView(QWidget):
    """One page at its true proportions, as it comes from the printer: no theme touches it."""

    turned = Signal(int)
    """By how many pages; ±10,000 for the first and the last."""
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self.image = QImage()
        self._wish: bool | None = None
        self._size = QSizeF(612, 792)
        self._wheel, self._down = 0, 0.0

    def show_page(self, image: QImage, size: PageSize) -> None:
        self.image, self._size = image, QSizeF(size.width, size.height)
        self._down = min(self._down, self._hidden())
        self.update()

    def to_top(self) -> None:
        self._down = 0.0

    @property
    def full_width(self) -> bool:
        """As wide as there is room, to be scrolled by Up and Down: as wished, or where the whole page would be a stamp."""
        if self._wish is not None:
            return self._wish
        return _fit(self._size, self._room()).width() < self._size.width() * _STAMP

    def use_full_width(self, full: bool) -> None:
        self._wish, self._down = full, 0.0
        self.resized.emit()
        self.update()

    def scale_for(self, size: PageSize) -> float:
        """Device pixels for a point, so that the page fills the view."""
        place = self._place(QSizeF(size.width, size.height))
        return max(0.05, place.width() / size.width) * self.devicePixelRatioF()

    def _place(self, size: QSizeF) -> QRectF:
        room = self._room()
        if not self.full_width:
            return _fit(size, room)
        height = room.width() * size.height() / size.width()
        return QRectF(room.left(), room.top() - self._down, room.width(), height)

    def _hidden(self) -> float:
        """Pixels of the page that do not fit into the view."""
        return max(0.0, self._place(self._size).height() - self._room().height()) if self.full_width else 0.0

    def scroll_by(self, share: float) -> bool:
        """By a share of the view; False where the page ends."""
        down = max(0.0, min(self._down + share * self._room().height(), self._hidden()))
        moved = down != self._down
        self._down = down
        self.update()
        return moved

    def _room(self) -> QRectF:
        margin = look().px(MARGIN)
        return QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(160))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().color("sunken"))
        if not self.image.isNull():
            self._paint_page(painter)
        if self.hasFocus():
            painter.setPen(QPen(look().color("focus"), look().measures.line.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _paint_page(self, painter: QPainter) -> None:
        place = self._place(self._size)
        own = QSizeF(self.image.size()) / self.devicePixelRatioF()
        if abs(own.width() - place.width()) < 2:  # drawn for this very size: pixel for pixel
            place = QRectF(place.topLeft().toPoint(), own)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self.image)
        painter.setPen(QPen(look().color("rule"), look().measures.line.hairline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.use_full_width(not self.full_width)
        elif key in _SCROLLS and self.scroll_by(_SCROLLS[key]):
            event.accept()
        elif not _turn_by_key(event, self.turned.emit):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / 120)
        if steps:
            self._wheel -= steps * 120
            if not self.scroll_by(-steps * 0.2):
                self.turned.emit(-steps)
        event.accept()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.use_full_width(not self.full_width)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)


def _turn_by_key(event: QKeyEvent, turn: Callable[[int], object]) -> bool:
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    key = Qt.Key(event.key())
    by = {Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}.get(key) or _TURNS.get(key, 0)
    if by:
        turn(by)
    return bool(by)


class _ThumbModel(QAbstractListModel):
    def __init__(self, parent: QListView, words: Words) -> None:
        super().__init__(parent)
        self._words = words
        self.sizes: tuple[PageSize, ...] = ()
        self.images: dict[int, QImage] = {}

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return page_words(self._words, index.row(), len(self.sizes))
        return None

    def show_sizes(self, sizes: tuple[PageSize, ...]) -> None:
        """Other pages; the pictures of before stay until theirs come."""
        if len(sizes) != len(self.sizes):
            self.beginResetModel()
            self.sizes = sizes
            self.images = {number: image for number, image in self.images.items() if number < len(sizes)}
            self.endResetModel()
        elif sizes != self.sizes:
            self.sizes = sizes
            self.layoutChanged.emit()

    def put(self, number: int, image: QImage) -> None:
        self.images[number] = image
        self.dataChanged.emit(self.index(number, 0), self.index(number, 0))


class _ThumbDelegate(QStyledItemDelegate):
    def __init__(self, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        size = self._view.rows.sizes[index.row()]
        wide = min(2.0, size.width / size.height) * look().px(THUMB)
        return QSize(int(wide) + look().px(MARGIN), look().px(THUMB_ROW - 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, rect = self._view, QRect(option.rect)
        here = index == view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = view.rows.sizes[index.row()]
        room = QRectF(rect.left(), rect.top() + look().px(6), rect.width(), look().px(THUMB))
        page = _fit(QSizeF(size.width, size.height), room)
        painter.fillRect(page, Qt.GlobalColor.white)
        image = view.rows.images.get(index.row())
        if image is not None:
            painter.drawImage(page, image)
        painter.setPen(QPen(look().color("rule"), look().measures.line.hairline))
        painter.drawRect(page)
        if here:
            role = "focus" if view.hasFocus() else "accent"
            painter.setPen(QPen(look().color(role), look().measures.line.focus * (2 if view.hasFocus() else 1)))
            painter.drawRect(page.adjusted(-2, -2, 2, 2))
        painter.setFont(look().font("caption", tabular=True))
        painter.setPen(look().color("ink" if here else "ink_soft"))
        foot = QRectF(rect.left(), page.bottom() + look().px(4), rect.width(), rect.bottom() - page.bottom())
        painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(index.row() + 1))
        painter.restore()


class Thumbnails(QListView):
    """All pages in one row; arrows, Page Up and Down, Home and End choose."""

    turned = Signal(int)
    chosen = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._quiet = False
        self.rows = _ThumbModel(self, words)
        self.setModel(self.rows)
        self.setItemDelegate(_ThumbDelegate(self))
        self.setAccessibleName(words("Pages"))
        self.setProperty("ring", "own")
        self.setProperty("kind", "clear")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSpacing(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._fit_row()
        look().changed.connect(self._fit_row)

    def _fit_row(self) -> None:
        self.setFixedHeight(look().px(THUMB_ROW) + self.horizontalScrollBar().sizeHint().height())
        self.viewport().setAutoFillBackground(False)
        self.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.center()

    def center(self) -> None:
        """A short row stands in the middle, under its page."""
        wide = sum(self.sizeHintForIndex(self.rows.index(number, 0)).width() for number in range(len(self.rows.sizes)))
        left = max(0, (self.width() - wide) // 2)
        if self.viewportMargins().left() != left:
            self.setViewportMargins(left, 0, 0, 0)

    def show_page(self, number: int) -> None:
        """Marks the page in view without announcing it."""
        self._quiet = True
        self.setCurrentIndex(self.rows.index(number, 0))
        self._quiet = False
        self.viewport().update()

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _turn_by_key(event, self.turned.emit):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar, delta = self.horizontalScrollBar(), event.angleDelta()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()


def page_words(words: Words, number: int, count: int) -> str:
    """Page 2 of 8 (``number`` from 0)."""
    return words("Page {n} of {total}").format(n=words.number(number + 1), total=words.number(count))


class DocumentPreview(QWidget):
    """``show_pdf`` brings other pages and keeps the page in view; ``turned`` says which page that is (from 0)."""

    turned = Signal(int)

    def __init__(self, run: Run, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._run, self._words = run, words
        self._data, self._title = b"", ""
        self.sizes: tuple[PageSize, ...] = ()
        self.number = 0
        self._kept: dict[tuple[int, float], tuple[QImage, str]] = {}
        self.page = PageView()
        self.page.setAccessibleName(words("Preview"))
        self.thumbs = Thumbnails(words)
        layout = column(self.page, self.thumbs)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.thumbs.hide()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._settled.timeout.connect(self._want_page)
        self.page.turned.connect(self.turn)
        self.page.resized.connect(self._resized)
        self.thumbs.turned.connect(self.turn)
        self.thumbs.chosen.connect(self.go_to)
        look().changed.connect(self.page.update)

    def show_pdf(self, data: bytes, sizes: tuple[PageSize, ...], title: str, *, number: int | None = None) -> None:
        """``number`` is the page wanted (from 0), the one in view where it is not given."""
        wanted = self.number if number is None else number
        self._data, self.sizes, self._title = data, sizes, title
        self.number = max(0, min(wanted, len(sizes) - 1))
        self._kept.clear()
        self.thumbs.rows.show_sizes(sizes)
        self._show_thumbs()
        self.thumbs.show_page(self.number)
        self._want_page()
        self._want_thumbs(data, tuple(range(len(sizes))))
        self.turned.emit(self.number)

    def forget(self) -> None:
        """No page at all: what was shown may not be seen any longer."""
        self._data, self.sizes, self.number = b"", (), 0
        self._kept.clear()
        self.thumbs.rows.show_sizes(())
        self.page.show_page(QImage(), PageSize(612, 792))
        self.page.setAccessibleName(self._words("Preview"))
        self.page.setAccessibleDescription("")
        self._show_thumbs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_thumbs()

    def _show_thumbs(self) -> None:
        self.thumbs.setVisible(len(self.sizes) > 1 and self.height() >= look().px(_THUMBS_FROM))
        self.thumbs.center()

    # -- turning ------------------------------------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        self.go_to(self.number + by)

    def go_to(self, number: int) -> None:
        number = max(0, min(number, len(self.sizes) - 1))
        if not self.sizes or number == self.number:
            return
        self.number = number
        self.page.to_top()
        self.thumbs.show_page(number)
        self._want_page()
        self.turned.emit(number)

    # -- drawing ------------------------------------------------------------------------------------------------------

    def _resized(self) -> None:
        if self.sizes:
            self._settled.start()

    def _want_page(self) -> None:
        if not self.sizes:
            return
        scale = self._scale(self.number)
        if (self.number, scale) in self._kept:
            self._show()
        else:
            self._draw(self.number, scale)

    def _scale(self, number: int) -> float:
        return round(self.page.scale_for(self.sizes[number]), 4)

    def _draw(self, number: int, scale: float) -> None:
        data = self._data
        self._run(partial(_drawn, data, number, scale), partial(self._came, data, number, scale))

    def _came(self, data: bytes, number: int, scale: float, result: tuple[QImage, str]) -> None:
        if data is not self._data:  # other pages have come since
            return
        while len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[number, scale] = result
        if number == self.number:
            self._show()

    def _show(self) -> None:
        found = self._kept.get((self.number, self._scale(self.number)))
        if found is None:
            return
        image, text = found
        self.page.show_page(image, self.sizes[self.number])
        self.page.setAccessibleName(f"{page_words(self._words, self.number, len(self.sizes))}, {self._title}")
        self.page.setAccessibleDescription(text[:_LONGEST_SPOKEN])
        following = self.number + 1
        if following < len(self.sizes) and not any(number == following for number, _ in self._kept):
            self._draw(following, self._scale(following))

    def _want_thumbs(self, data: bytes, numbers: tuple[int, ...]) -> None:
        """A batch at a time, those near the page in view first, so that a turned page never waits for hundreds."""
        if data is not self._data or len(self.sizes) < 2 or not numbers:
            return
        near = sorted(numbers, key=lambda number: abs(number - self.number))
        now, rest = near[:_BATCH], tuple(near[_BATCH:])
        side = look().px(THUMB) * self.devicePixelRatioF()
        wanted = [(number, side / max(1.0, self.sizes[number].height)) for number in now]
        self._run(partial(_thumbs, data, wanted), partial(self._thumbs_came, data, rest))

    def _thumbs_came(self, data: bytes, rest: tuple[int, ...], drawn: list[tuple[int, QImage]]) -> None:
        if data is not self._data:
            return
        for number, image in drawn:
            self.thumbs.rows.put(number, image)
        self._want_thumbs(data, rest)
