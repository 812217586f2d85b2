"""Lines under a heading: what it is, a second line that says why, and one act. Painted, so that forty cost little.

One stop for Tab in each group; Up and Down move in it, Enter opens, Space does the act, Right goes to the button.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from mtss_desktop.base.words import ENGLISH, Words, said
from mtss_desktop.ui.kit.buttons import Button, paint_check
from mtss_desktop.ui.kit.chips import StatusChip
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.prose import Prose, paint_prose, prose_height
from mtss_desktop.ui.kit.row_delegate import paint_tier
from mtss_desktop.ui.kit.texts import label, set_kind
from mtss_desktop.ui.theme import look, paint_icon

Act = Callable[[], object]
LEAD = 112
"""Width of the column before the words (when a meeting is), in pixels at 100 %."""
SIDE = 144
"""Width of the column at the right where there is one in the middle, too."""
INSET = 8
"""How far a line reaches beyond its words, so that these stand on the page edge and the focus ring around them."""
HEAD = 28
"""Height of a heading with a button beside it, in pixels at 100 %."""
UNDER_BELOW = 460
"""Width of a line in pixels at 100 % under which owner and date join the second line."""
LEAST_WORDS = 136
"""Room for words in pixels at 100 %, below which chip and button stand under them."""


@dataclass(frozen=True)
class LineText:
    """``lead`` is a column of two lines before the words; ``middle`` and ``side`` stand in columns at the right.

    ``check`` None draws no box. ``chip`` is (words, tone, icon). ``opens`` is what Enter and a click do, ``act`` what Space
    and the button do; ``act_words`` "" leaves the button out. A line with neither cannot get the focus.
    """

    key: str
    text: str
    detail: str = ""
    detail_role: str = "ink_soft"
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
        look().changed.connect(self.updateGeometry)

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
            paint_prose(painter, QRect(left, pad + high, width, self.height()), detail, "base", line.detail_role)
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


class Lines(QWidget):
    """A heading, what stands beside it, its lines, and "n more" where not all are shown: shown in place, or ``on_more``."""

    def __init__(
        self,
        heading: str,
        *,
        most: int = 3,
        roomy: bool = False,
        on_more: Act | None = None,
        words: Words = ENGLISH,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.setAccessibleName(heading)
        self._words, self.most, self._roomy, self._on_more = words, most, roomy, on_more
        self._all: tuple[LineText, ...] = ()
        self._open = False
        self._made: dict[str, Line] = {}
        self._stop = ""
        self.heading, self.aside = label(heading, "heading"), label("", "soft")
        self.nothing = Prose("", "base", "ink_soft")
        in_place = on_more is None
        self.more = Button(
            "", self.toggle, kind="quiet" if in_place else "status-act", size="small" if in_place else ""
        )
        self._column: QVBoxLayout = column()
        self._head: QHBoxLayout = row(self.heading, None, self.aside, spacing=look().measures.space.s1)
        if on_more is not None:  # elsewhere, so beside the heading; what opens in place stands where it opens
            self._head.addWidget(self.more)
            self.heading.setMinimumHeight(look().px(HEAD))
        self._head.setContentsMargins(look().px(INSET), 0, look().px(INSET), 0)
        empty = row(self.nothing, margins=(look().px(INSET), 0, look().px(INSET), 0))
        self.setLayout(column(self._head, look().px(6), empty, self._column))
        if on_more is None:
            self.layout().addLayout(row(self.more, None, margins=(0, look().px(2), 0, 0)))  # type: ignore[union-attr]

    # -- content ------------------------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[LineText], *, aside: str = "", nothing: str = "") -> None:
        """Lines keep their identity by key, so the focus stays on the one it was on. ``nothing`` is said where there is none."""
        self._all = tuple(lines)
        self.aside.setText(aside)
        self.nothing.setText("" if lines else nothing)
        self.nothing.setVisible(bool(self.nothing.text()))
        self.setVisible(bool(lines or nothing))
        self._arrange()

    def say_heading(self, heading: str, kind: str = "heading") -> None:
        self.heading.setText(heading)
        set_kind(self.heading, kind)
        self.setAccessibleName(heading)

    def show_most(self, most: int) -> None:
        if most != self.most:
            self.most = most
            self._arrange()

    def _arrange(self) -> None:
        hidden = len(self._all) - self.most
        cut = hidden > 1 and not self._open  # "1 more" would take the room of the line itself
        shown = self._all[: self.most] if cut else self._all
        focused = next((key for key, line in self._made.items() if line.hasFocus()), "")
        wanted = {line.key for line in shown}
        for key in [key for key in self._made if key not in wanted]:
            self._drop(self._made.pop(key))
        for place, line in enumerate(shown):
            made = self._made.get(line.key) or self._make(line.key)
            if self._column.indexOf(made) != place:
                self._column.removeWidget(made)
                self._column.insertWidget(place, made)
            made.show_line(line)
        self._made = {line.key: self._made[line.key] for line in shown}
        self.more.setVisible(hidden > 1)
        self.more.say(self._words.say(said("{n} more", n=hidden)) if cut else self._words("Show fewer"))
        self.more.setAccessibleName(f"{self.heading.text()}: {self.more.text()}")
        self._rove(self._stop if self._stop in self._made else next(iter(self._made), ""))
        if focused and focused not in self._made:
            self.focus()

    def _make(self, key: str) -> Line:
        made = Line(self._roomy)
        made.setParent(self)
        made.stepped.connect(lambda by: self._step(key, by))
        made.entered.connect(lambda: self._rove(key))
        self._made[key] = made
        return made

    def _drop(self, line: Line) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def toggle(self) -> None:
        """All lines, or the first few again; the focus goes to the first that came."""
        if self._on_more is not None:
            self._on_more()
            return
        first_new = self._all[self.most].key if not self._open else ""
        self._open = not self._open
        self._arrange()
        if first_new in self._made:
            self._made[first_new].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- focus --------------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._made.values())

    def line(self, key: str) -> Line | None:
        return self._made.get(key)

    @property
    def stop(self) -> QWidget | None:
        """Where Tab and F6 come into this group."""
        line = self._made.get(self._stop)
        return line if line is not None and line.takes_focus else None

    def focus(self) -> None:
        stop = self.stop
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def chain(self) -> list[QWidget]:
        """Everything that can have the focus, in reading order, for the order of Tab."""
        found: list[QWidget] = []
        for line in self._made.values():
            found += [line] if line.button is None else [line, line.button]
        return [self.more, *found] if self._on_more is not None else [*found, self.more]

    def _rove(self, key: str) -> None:
        self._stop = key
        for other, line in self._made.items():
            line.be_stop(other == key)

    def _step(self, key: str, by: int) -> None:
        keys = [key for key, line in self._made.items() if line.takes_focus]
        at = keys.index(key) + by if key in keys else 0
        if 0 <= at < len(keys):
            self._made[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)


class LineColumn(QWidget):
    """Groups one under another; F6 comes in at the line Tab would come to.

    Not a focus proxy: an ancestor with a proxy in it makes Qt close the ring of Tab around it.
    """

    def __init__(
        self, *groups: Lines, foot: QLayout | None = None, last: QWidget | None = None, spacing: int = 0
    ) -> None:
        """``foot`` stands under the groups, with ``last`` in it."""
        super().__init__()
        self.setProperty("kind", "clear")
        self.groups, self._last = groups, last
        self.setLayout(column(*groups, *((foot,) if foot is not None else ()), None, spacing=spacing))

    @property
    def stop(self) -> QWidget | None:
        return next((group.stop for group in self.groups if group.stop is not None), self._last)

    def chain(self) -> list[QWidget]:
        """Everything in it that can have the focus, in reading order."""
        found = [part for group in self.groups for part in group.chain()]
        return found if self._last is None else [*found, self._last]

    def focusInEvent(self, event: QFocusEvent) -> None:
        stop = self.stop
        if stop is None:
            super().focusInEvent(event)
        else:
            stop.setFocus(event.reason())


def tab_through(columns: Sequence[LineColumn]) -> None:
    """Tab goes line by line and column by column, as the eye does."""
    for one, other in pairwise([part for each in columns for part in each.chain()]):
        QWidget.setTabOrder(one, other)
