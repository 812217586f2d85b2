"""One delegate paints every state of a row or cell from tokens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from mtss_desktop.ui.kit.buttons import paint_check
from mtss_desktop.ui.kit.fields import Field, NameCompleter
from mtss_desktop.ui.theme import look, paint_icon

CELL = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_TONES = {"soft": "ink_soft", "faint": "ink_faint", "disabled": "ink_disabled"}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. ``tone`` is a token for its ink, "" for ink; ``state`` is said beside the text.

    ``value`` is what an editor starts with where that differs from the text. ``mark`` is a tier 1 to 3,
    ``level`` a screening level 1 (highest) to 4. ``look_here`` is
    "", warning or danger: a corner triangle. ``old`` is a struck value before the text.
    """

    text: str = ""
    tone: str = ""
    icon: str = ""
    mark: int = 0
    level: int = 0
    state: str = ""
    value: str | None = None
    strong: bool = False
    medium: bool = False
    struck: bool = False
    old: str = ""
    look_here: str = ""
    found: bool = False
    check: Qt.CheckState | None = None
    tip: str = ""


class RowDelegate(QStyledItemDelegate):
    """Rest, hover, selected, current, editing, look here, found, struck, disabled: see the theme's tokens."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().px(40), look().measures.height.table_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, rect, index, cell, selected=selected)
        if self._view.indexWidget(self._model_index(index)) is None and not self._is_edited(index):
            right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
            paint_cell(painter, rect.adjusted(look().px(8), 0, -look().px(8), 0), cell, selected=selected, right=right)
        if cell.look_here:
            _corner(painter, rect, look().color(cell.look_here))
        if self._view.hasFocus() and index == self._view.currentIndex():
            _inner_ring(painter, rect, selected=selected)
        painter.restore()

    def _model_index(self, index: Index) -> QModelIndex:
        return self._view.model().index(index.row(), index.column())

    def _is_edited(self, index: Index) -> bool:
        view = self._view
        return view.state() == QAbstractItemView.State.EditingState and index == view.currentIndex()

    def _ground(self, painter: QPainter, rect: QRect, index: Index, cell: Cell, *, selected: bool) -> None:
        if selected:
            painter.fillRect(rect, look().color("selection"))
        elif cell.found:
            painter.fillRect(rect, look().color("warning_wash"))
        elif self._hovered_row() == index.row():
            painter.fillRect(rect, look().color("hover"))
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), look().measures.line.hairline, look().color("hairline")
        )

    def _hovered_row(self) -> int:
        viewport = self._view.viewport()
        if not viewport.underMouse():
            return -1
        return self._view.indexAt(viewport.mapFromGlobal(self._view.cursor().pos())).row()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The tip of a cell; without one the whole words, where the cell ends in an ellipsis."""
        cell = index.data(CELL)
        if event.type() == QEvent.Type.ToolTip and isinstance(cell, Cell) and not cell.tip:
            rect: QRect = option.rect
            metrics = QFontMetrics(look().font("strong" if cell.strong else "medium" if cell.medium else "base"))
            beside = look().px(16) + look().px(22) * sum(map(bool, (cell.icon, cell.mark, cell.level, cell.check)))
            if metrics.horizontalAdvance(cell.text) > rect.width() - beside:
                QToolTip.showText(event.globalPos(), cell.text, view)
                return True
        return super().helpEvent(event, view, option, self._model_index(index))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._view.model().columns[index.column()]  # type: ignore[attr-defined]
        editor = Field(name=column.head, kind="inline")
        editor.setParent(parent)
        if column.offers is not None:
            editor.setCompleter(NameCompleter(column.offers(), editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, Field)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, Field)
        if editor.text() != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)


def paint_cell(painter: QPainter, rect: QRect, cell: Cell, *, selected: bool, right: bool = False) -> None:
    """Mark, check box, icon, old value and text of a cell, from left to right."""
    ink = look().color(_ink(cell, selected=selected))
    left = rect.left()
    if cell.check is not None:
        side = look().measures.icon.control
        paint_check(painter, QRectF(left, rect.center().y() - side / 2 + 0.5, side, side), cell.check)
        left += side + look().px(8)
    if cell.mark:
        left = paint_tier(painter, QRect(left, rect.top(), rect.width(), rect.height()), cell.mark, selected=selected)
    if cell.level:
        left = paint_level(painter, QRect(left, rect.top(), rect.width(), rect.height()), cell.level, selected=selected)
    if cell.icon:
        side = look().px(14)
        paint_icon(painter, QRect(left, rect.center().y() - side // 2, side, side), cell.icon, ink)
        left += side + look().px(7)
    if cell.old and not right:
        old = QRect(left, rect.top(), rect.right() - left, rect.height())
        left = _struck(painter, old, cell.old, selected=selected)
    area = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
    font = look().font("strong" if cell.strong else "medium" if cell.medium else "base", tabular=right)
    if cell.struck:
        font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(ink)
    side_flag = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, side_flag | Qt.AlignmentFlag.AlignVCenter, shown)
    if cell.old and right:
        used = painter.fontMetrics().horizontalAdvance(cell.text) + look().px(8)
        _struck(painter, area.adjusted(0, 0, -used, 0), cell.old, selected=selected, right=True)


def _ink(cell: Cell, *, selected: bool) -> str:
    if selected and (look().theme.is_contrast or not cell.tone or cell.tone in _TONES):
        return "selection_ink"
    return _TONES.get(cell.tone, cell.tone) or "ink"


def _struck(painter: QPainter, rect: QRect, text: str, *, selected: bool, right: bool = False) -> int:
    font = look().font("base", tabular=right)
    font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(look().color("selection_ink" if selected and look().theme.is_contrast else "ink_soft"))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)
    return rect.left() + painter.fontMetrics().horizontalAdvance(text) + look().px(8)


def paint_tier(painter: QPainter, rect: QRect, tier: int, *, selected: bool = False, size: int = 10) -> int:
    """The mark of a tier of supports at the left of ``rect``; returns where the word starts. ● ▲ ■, never color alone."""
    side = look().px(size)
    x, y = float(rect.left()), rect.center().y() - side / 2 + 0.5
    role = "selection_ink" if selected and look().theme.is_contrast else f"tier{tier}"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().color(role))
    match tier:
        case 1:
            painter.drawEllipse(QRectF(x, y, side, side))
        case 2:
            painter.drawPolygon(
                QPolygonF([QPointF(x + side / 2, y), QPointF(x + side, y + side), QPointF(x, y + side)])
            )
        case 3:
            painter.drawRect(QRectF(x + 0.5, y + 0.5, side - 1, side - 1))
    painter.restore()
    return rect.left() + side + look().px(8)


def paint_level(painter: QPainter, rect: QRect, level: int, *, selected: bool = False, size: int = 10) -> int:
    """The mark of a screening level, ▲ ● ◆ ■ from the highest down; returns where the word starts."""
    side = look().px(size)
    x, y = float(rect.left()), rect.center().y() - side / 2 + 0.5
    role = "selection_ink" if selected and look().theme.is_contrast else f"level{level}"
    half = side / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().color(role))
    match level:
        case 1:
            painter.drawPolygon(QPolygonF([QPointF(x + half, y), QPointF(x + side, y + side), QPointF(x, y + side)]))
        case 2:
            painter.drawEllipse(QRectF(x, y, side, side))
        case 3:
            corners = [(half, 0.0), (float(side), half), (half, float(side)), (0.0, half)]
            painter.drawPolygon(QPolygonF([QPointF(x + a, y + b) for a, b in corners]))
        case 4:
            painter.drawRect(QRectF(x + 0.5, y + 0.5, side - 1, side - 1))
    painter.restore()
    return rect.left() + side + look().px(8)


def _corner(painter: QPainter, rect: QRect, color: QColor) -> None:
    side = look().px(6)
    corner = QPointF(rect.right() + 1, rect.top())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([corner - QPointF(side, 0), corner, corner + QPointF(0, side)]))


def _inner_ring(painter: QPainter, rect: QRect, *, selected: bool) -> None:
    width = look().measures.line.focus
    # On the solid selection of the contrast theme a ring in the same color would not be seen.
    role = "selection_ink" if selected and look().theme.is_contrast else "focus"
    painter.setPen(QPen(look().color(role), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2))
