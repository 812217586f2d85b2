"""Icons: glyphs of the Phosphor font that QtAwesome carries, drawn in a token's color when they are painted.

The font file is used directly: importing QtAwesome itself would read six fonts before the first window stands.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from mtss_desktop.ui.theme.look import look


@cache
def _font_folder() -> Path:
    found = importlib.util.find_spec("qtawesome")
    if found is None or found.origin is None:
        raise RuntimeError("QtAwesome is not installed: the icons of the window come from it")
    return Path(found.origin).parent / "fonts"


@cache
def _glyphs() -> dict[str, str]:
    """Icon name → the character that draws it."""
    (file,) = _font_folder().glob("phosphor-charmap-*.json")
    return {name: chr(int(code, 16)) for name, code in json.loads(file.read_text(encoding="utf-8")).items()}


@cache
def _family() -> str:
    (file,) = _font_folder().glob("phosphor-*.ttf")
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))[0]


def glyph(name: str) -> str:
    """``name`` as in the Phosphor set, with or without ``ph.`` before it."""
    return _glyphs()[name.removeprefix("ph.")]


def paint_icon(painter: QPainter, rect: QRect, name: str, color: QColor) -> None:
    """Draws the icon as large as the smaller side of ``rect``; in a wide one at its left, which leaves a gap beside it."""
    painter.save()
    font = QFont(_family())
    font.setPixelSize(max(1, min(rect.width(), rect.height())))
    painter.setFont(font)
    painter.setPen(color)
    side = Qt.AlignmentFlag.AlignLeft if rect.width() > rect.height() else Qt.AlignmentFlag.AlignHCenter
    painter.drawText(QRectF(rect), side | Qt.AlignmentFlag.AlignVCenter, glyph(name))
    painter.restore()


class _Engine(QIconEngine):
    """Asks for the color at every painting, so a change of theme needs nothing more than a repaint."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        role = {QIcon.Mode.Disabled: "ink_disabled", QIcon.Mode.Selected: "selection_ink"}.get(mode, self._role)
        paint_icon(painter, rect, self._name, look().color(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> _Engine:
        return _Engine(self._name, self._role)


def icon(name: str, role: str = "ink") -> QIcon:
    """An icon in the color of the token ``role``; disabled and selected colors follow by themselves."""
    return QIcon(_Engine(name, role))
