"""Running text with the program's line height, and the same text as something to click and change."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy

from mtss_desktop.ui.theme import look


def _lines(text: str, font: QFont, width: int, late: str = "") -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    if late and late in text:
        part, ink = QTextLayout.FormatRange(), QTextCharFormat()
        ink.setForeground(look().color("danger"))
        part.start, part.length, part.format = text.index(late), len(late), ink
        layout.setFormats([part])
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
    layout.endLayout()
    return layout


def prose_height(text: str, kind: str, width: int) -> int:
    """Height of a text wrapped to ``width``, at the line height of its kind."""
    return _height(text, kind, width, look().serial) if text else look().line(kind)


@lru_cache(4096)
def _height(text: str, kind: str, width: int, _serial: int) -> int:
    """A layout asks for the same height some twenty times before it has found its places."""
    return _lines(text, look().font(kind), width).lineCount() * look().line(kind)


@lru_cache(2048)
def _natural_width(text: str, kind: str, _serial: int) -> int:
    return int(_lines(text, look().font(kind), 100_000).boundingRect().toRect().width()) + 4


def paint_prose(painter: QPainter, rect: QRect, text: str, kind: str, role: str, late: str = "") -> None:
    """Wrapped text in a token's color; each line stands in the middle of its line height. The part of it that is ``late``
    has the color of what is late."""
    layout, step = _lines(text, look().font(kind), rect.width(), late), look().line(kind)
    painter.setPen(look().color(role))
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        line.setPosition(QPointF(0, 0))
        line.draw(painter, QPointF(rect.left(), rect.top() + number * step + (step - line.height()) / 2))


class Prose(QLabel):
    """A wrapped paragraph. ``kind`` is the text style, ``role`` the token of its ink."""

    def __init__(self, text: str = "", kind: str = "base", role: str = "ink_soft") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._kind, self._role = kind, role
        # Minimum, not Fixed: a fixed height would be that of the hint, which knows no narrow column.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)
        look().changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    def use_role(self, role: str) -> None:
        self._role = role
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return prose_height(self.text(), self._kind, width) if self.text() else 0

    def sizeHint(self) -> QSize:
        width = min(look().px(560), _natural_width(self.text(), self._kind, look().serial))
        return QSize(width, self.heightForWidth(max(width, 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(60), look().line(self._kind) if self.text() else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_prose(QPainter(self), self.rect(), self.text(), self._kind, self._role)


class EditableText(QAbstractButton):
    """A value that opens its editor with F2, Enter, Space or a click. Empty, it says what is not there."""

    def __init__(self, name: str, *, kind: str = "base", empty: str = "not set") -> None:
        super().__init__()
        self._name, self._kind, self._empty = name, kind, empty
        self._role = "ink"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleDescription("Press F2 to change it")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look().changed.connect(self.updateGeometry)
        self.show_text("")

    def show_text(self, text: str, role: str = "ink") -> None:
        self._role = role
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text or self._empty}")
        self.updateGeometry()
        self.update()

    def say_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(f"{name}: {self.text() or self._empty}")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return prose_height(self.text() or self._empty, self._kind, width)

    def sizeHint(self) -> QSize:
        width = look().px(240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(80), max(look().line(self._kind), look().measures.height.chip))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), look().px(4), look().px(4))
        role = self._role if self.text() else "ink_faint"
        paint_prose(painter, self.rect(), self.text() or self._empty, self._kind, role)
