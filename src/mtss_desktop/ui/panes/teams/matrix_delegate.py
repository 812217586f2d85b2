"""How the working-smarter matrix draws a cell and opens an editor in it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.row_delegate import RowDelegate
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.teams.matrix_cells import Index, MatrixModel, typing_key
from mtss_desktop.ui.theme import look


class MatrixDelegate(RowDelegate):
    """Captions over the whole width, cells with lines on both sides, an editor that keeps what is typed."""

    typed_text = Signal(str)
    """What stands in the open editor, at every key."""
    finished = Signal(object, str, object)
    """An editor was left with a text: the cell's index, the text, and what keeps it in the typing file."""

    def __init__(self, view: QAbstractItemView, cells: MatrixModel, typing: TypingFile) -> None:
        super().__init__(view)
        self._cells, self._typing = cells, typing
        self.editor: Field | None = None
        self.typed: Typed | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row = self._cells.rows[index.row()]
        hair = look().measures.line.hairline
        if row.caption:
            painter.fillRect(rect, look().color("sunken"))
            painter.setFont(look().font("strong"))
            painter.setPen(look().color("ink"))
            inner = rect.adjusted(look().px(8), 0, -look().px(8), 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.caption)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), hair, look().color("hairline"))
            return
        super().paint(painter, option, index)
        painter.fillRect(rect.right(), rect.top(), hair, rect.height(), look().color("hairline"))

    def _hovered_row(self) -> int:
        return -1

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        key = self._cells.key_at(index)
        self.editor = Field(name=self._cells.spoken(index), kind="inline")
        self.editor.setParent(parent)
        self.editor.textChanged.connect(self.typed_text.emit)
        self.typed = Typed(self.editor, typing_key(key), self._typing)
        return self.editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once, when it opens: what comes from elsewhere later must not overwrite what is being typed."""
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, Field)
        typed, self.typed = self.typed, None
        if typed is not None:
            typed.flush()
        self.finished.emit(index, " ".join(editor.text().split()), typed)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Left by Esc: what was typed is let go."""
        if self.typed is not None:
            self.typed.forget()
        self.typed, self.editor = None, None
        super().destroyEditor(editor, index)
