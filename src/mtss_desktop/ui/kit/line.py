"""A line: what it is, a second line that says why, and one act. Painted, so that forty cost little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mtss_desktop.ui.kit.buttons import Button, paint_check
from mtss_desktop.ui.kit.chips import StatusChip
from mtss_desktop.ui.kit.prose import paint_prose, prose_height
from mtss_desktop.ui.kit.row_delegate import paint_tier
from mtss_desktop.ui.theme import look, paint_icon

Act = Callable[[], object]
LEAD = 112
"""Width of the column before the words (when a meeting is), in pixels at 100 %."""
SIDE = 144
"""Width of the column at the right where there is one in the middle, too."""
INSET = 8
"""How far a line reaches beyond its words, so that these stand on the page edge and the focus ring around them."""
UNDER_BELOW = 460
"""Width of a line in pixels at 100 % under which owner and date join the second line."""
LEAST_WORDS = 136
"""Room for words in pixels at 100 %, below which chip and button stand under them."""


@dataclass(frozen=True)
class LineText:
    """``lead`` is a column of two lines before the words; ``middle`` and ``side`` stand in columns at the right; ``late`` is the part
    of ``detail`` that is late or missing.

    ``check`` None draws no box. ``chip`` is (words, tone, icon). ``opens`` is what Enter and a click do, ``act`` what Space
    and the button do; ``act_words`` "" leaves the button out. A line with neither cannot get the focus.
    """

    key: str
    text: str
    detail: str = ""
    late: str = ""
    lead: tuple[str, str] = ("", "")
    icon: str = ""
    icon_role: str = "ink_soft"
    mark: int = 0
    middle: str = ""
    side: str = ""
    side_role: str = "ink"
    check: bool | None = None
    soft: bool = False
    chip: tuple[str, str, str] | None = None
    opens: Act | None = None
    act: Act | None = None
    act_words: str = ""
    spoken: str = ""
    tip: str = ""

    @property
    def said(self) -> str:
        parts = (*self.lead, self.text, self.detail, self.middle, self.side, self.chip[0] if self.chip else "")
        return self.spoken or ", ".join(part for part in parts if part)


class Line(QAbstractButton):
    """One line. ``stepped`` asks the group for the line above or below; ``entered`` tells it which one has the focus."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, roomy: bool = False) -> None:
        super().__init__()
        self.shown = LineText("", "")
        self._pad = 12 if roomy else 6
        self.chip: StatusChip | None = None
        self.button: Button | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("ring", "own")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda _checked=False: self.open())
        look().changed.connect(self._dress_anew)

    # -- content ------------------------------------------------------------------------------------------------------

    def show_line(self, line: LineText) -> None:
        self.shown = line
        self.setText(line.text)
        self.setAccessibleName(line.said)
        self.setToolTip(line.tip)
        self.setCheckable(line.check is not None)
        self.setChecked(bool(line.check))
        self.setCursor(Qt.CursorShape.PointingHandCursor if line.opens else Qt.CursorShape.ArrowCursor)
        self._show_chip()
        self._show_button()
        self.updateGeometry()
        self._place()
        self.update()

    def _show_chip(self) -> None:
        if self.shown.chip is None:
            if self.chip is not None:
                self.chip.hide()
            return
        words, tone, icon = self.shown.chip
        if self.chip is None:
            self.chip = StatusChip(words, tone=tone, icon=icon)
            self.chip.setParent(self)
            self.chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        else:
            self.chip.say(words, tone=tone, icon=icon)
        self.chip.show()

    def _show_button(self) -> None:
        words = self.shown.act_words
        if self.button is None and words:
            self.button = Button(words, self.do_act, size="small")
            self.button.setParent(self)
            self.button.installEventFilter(self)
        if self.button is not None:
            self.button.setVisible(bool(words))
            self.button.say(words)
            self.button.setAccessibleName(f"{words}: {self.shown.text}")

    @property
    def takes_focus(self) -> bool:
        return self.shown.opens is not None or self.shown.act is not None

    def be_stop(self, stop: bool) -> None:
        """Whether Tab comes here; the others of the group are reached with Up and Down."""
        usual = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(usual if self.takes_focus else Qt.FocusPolicy.NoFocus)
        if self.button is not None:
            self.button.setFocusPolicy(usual)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        if self.shown.opens is not None:
            self.shown.opens()
        elif self.shown.act is not None:
            self.shown.act()

    def do_act(self) -> None:
        (self.shown.act or self.open)()

    def nextCheckState(self) -> None:
        """The record says whether it is checked, not the click."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        on_box = self.shown.check is not None and event.position().x() < look().px(32 + INSET)
        if on_box and self.shown.act is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.shown.act()
        elif self.takes_focus:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.open()
            case Qt.Key.Key_Space:
                self.do_act()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Right if self.button is not None and self.button.isVisible():
                self.button.setFocus(Qt.FocusReason.TabFocusReason)
            case _:
                super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button of the line: Left goes back to the line, Up and Down to the lines beside it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Left:
                self.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        elif event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    # -- size ---------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self._words_height(width)
        lead = look().line() + look().line("caption") if any(self.shown.lead) else 0
        height = max(words, lead)
        if self._extras() and self._under(width):
            height += self._extras_height() + look().px(8)
        elif self._extras():
            height = max(height, self._extras_height())
        return height + 2 * look().px(self._pad_now()) + look().measures.line.hairline

    def _pad_now(self) -> int:
        return max(self._pad, 8) if self.shown.detail else self._pad

    def sizeHint(self) -> QSize:
        width = look().px(280)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().line() + 2 * look().px(self._pad))

    def _kind(self) -> str:
        return "base" if self.shown.check is not None or not self.shown.detail else "medium"

    def _words_height(self, whole: int) -> int:
        width, detail = self._words_width(whole), self._detail(whole)
        height = prose_height(self.shown.text, self._kind(), width)
        return height + (prose_height(detail, "base", width) if detail else 0)

    def _detail(self, whole: int) -> str:
        """The second line, with what has no column of its own in a narrow place."""
        line = self.shown
        if not self._columns_under(whole):
            return line.detail
        return ", ".join(part for part in (line.detail, line.middle, line.side) if part)

    def _left(self) -> int:
        line = self.shown
        left = look().px(INSET) + (look().px(LEAD + 16) if any(line.lead) else 0)
        left += look().px(32) if line.check is not None else 0
        return left + (look().px(24) if line.icon else look().px(20) if line.mark else 0)

    def _columns(self) -> tuple[int, int]:
        """Widths of the middle and the side column."""
        line = self.shown
        if line.middle:
            return look().px(136), look().px(SIDE)
        metrics = QFontMetrics(look().font("medium"))
        return 0, metrics.horizontalAdvance(line.side) + look().px(16) if line.side else 0

    def _words_width(self, width: int) -> int:
        beside = sum(self._columns()) if not self._columns_under(width) else 0
        beside += (
            look().px(12) if beside and self.shown.middle else 0
        )  # words and a name beside them read as one without
        if self._extras() and not self._under(width):
            beside += self._extras_width() + look().px(12)
        return max(look().px(60), width - self._left() - beside - look().px(INSET))

    def _columns_under(self, width: int) -> bool:
        """Too narrow for owner and date beside the words: they join the second line."""
        return bool(self.shown.middle) and width < look().px(UNDER_BELOW)

    def _extras(self) -> list[QWidget]:
        return [part for part in (self.chip, self.button) if part is not None and not part.isHidden()]

    def _extras_width(self) -> int:
        parts = self._extras()
        return sum(_size(part).width() for part in parts) + look().px(8) * (len(parts) - 1)

    def _extras_height(self) -> int:
        return max(_size(part).height() for part in self._extras())

    def _under(self, width: int) -> bool:
        left = width - self._left() - self._extras_width() - look().px(12 + INSET)
        return left < look().px(LEAST_WORDS)

    def _dress_anew(self) -> None:
        """Another theme may have wider edges: chip and button take the room they want now."""
        self.updateGeometry()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Chip and button: in a row at the right, or under the words."""
        parts = self._extras()
        if not parts:
            return
        under, pad = self._under(self.width()), look().px(self._pad_now())
        tall = self._extras_height()
        x = self._left() if under else self.width() - self._extras_width() - look().px(INSET)
        top = self.height() - pad - tall if under else (self.height() - tall) // 2
        for part in parts:
            hint = _size(part)
            part.setGeometry(QRect(x, top + (tall - hint.height()) // 2, hint.width(), hint.height()))
            x += hint.width() + look().px(8)

    # -- paint --------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.takes_focus and self.underMouse():
            painter.fillRect(self.rect(), look().color("hover"))
        hair, inset = look().measures.line.hairline, look().px(INSET)
        rule = QRect(inset, self.height() - hair, self.width() - 2 * inset, hair)
        painter.fillRect(rule, look().color("hairline"))
        self._paint_before(painter)
        self._paint_words(painter)
        if self.hasFocus():
            width = look().measures.line.focus
            painter.setPen(QPen(look().color("focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(edge, look().px(4), look().px(4))

    def _paint_before(self, painter: QPainter) -> None:
        """Lead column, check box, icon or tier mark: on the first line of the words."""
        line, pad = self.shown, look().px(self._pad_now())
        x, tall = look().px(INSET), look().line()
        if any(line.lead):
            width = look().px(LEAD + 8)
            self._text(painter, QRect(x, pad, width, tall), line.lead[0], "strong", "ink")
            below = QRect(x, pad + tall, width, look().line("caption"))
            self._text(painter, below, line.lead[1], "caption", "ink_soft")
            x += look().px(LEAD + 16)
        if line.check is not None:
            side = look().measures.icon.control
            box = QRectF(x + look().px(1), pad + (tall - side) / 2, side, side)
            paint_check(painter, box, Qt.CheckState.Checked if line.check else Qt.CheckState.Unchecked)
            x += look().px(32)
        if line.icon:
            side = look().measures.icon.control
            area = QRect(x, pad + (tall - side) // 2, side, side)
            paint_icon(painter, area, line.icon, look().color(line.icon_role))
        elif line.mark:
            paint_tier(painter, QRect(x, pad, look().px(20), tall), line.mark)

    def _paint_words(self, painter: QPainter) -> None:
        line, pad, left = self.shown, look().px(self._pad_now()), self._left()
        width, kind = self._words_width(self.width()), self._kind()
        ink = "ink_soft" if line.soft else "ink"
        high = prose_height(line.text, kind, width)
        paint_prose(painter, QRect(left, pad, width, high), line.text, kind, ink)
        detail = self._detail(self.width())
        if detail:
            paint_prose(painter, QRect(left, pad + high, width, self.height()), detail, "base", "ink_soft", line.late)
        if not self._columns_under(self.width()):
            self._paint_columns(painter, pad)

    def _paint_columns(self, painter: QPainter, pad: int) -> None:
        line, tall = self.shown, look().line()
        middle, side = self._columns()
        end = self.width() - look().px(INSET)
        if line.middle:
            area = QRect(end - middle - side, pad, middle - look().px(8), tall)
            self._text(painter, area, line.middle, "base", "ink_soft")
        if line.side:
            role = "ink_soft" if line.soft else line.side_role
            kind = "medium" if role in ("danger", "warning") else "base"
            area = QRect(end - side, pad, side, tall)
            self._text(painter, area, line.side, kind, role, right=True)

    @staticmethod
    def _text(painter: QPainter, area: QRect, text: str, kind: str, role: str, *, right: bool = False) -> None:
        painter.setFont(look().font(kind, tabular=right))
        painter.setPen(look().color(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _size(part: QWidget) -> QSize:
    """What the part wants, within what it may."""
    part.ensurePolished()
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
