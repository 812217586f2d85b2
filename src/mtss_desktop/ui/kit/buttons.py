"""Buttons in the five looks of the program, check boxes and the segmented control."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from mtss_desktop.ui.kit.texts import set_kind
from mtss_desktop.ui.theme import icon, look, paint_icon

_ICON_ROLE = {
    "primary": "accent_ink",
    "quiet": "accent",
    "status": "ink_soft",
    "status-problem": "danger",
    "status-act": "accent",
    "chip-warning": "warning",
    "search": "ink_faint",
}
_ICON_GAP = 4
"""Pixels added to the style's own 4 between icon and word."""
_CARET = 16
"""Pixels at the right end that the caret takes."""


class Button(QPushButton):
    """``kind`` is "", primary, quiet, strip, status, segment, chip …; ``size`` small, "" or large.

    A button without words needs ``name``, which is also its tooltip. ``caret`` draws the arrow of a menu.
    """

    def __init__(
        self,
        text: str = "",
        act: Callable[[], object] | None = None,
        *,
        icon_name: str = "",
        kind: str = "",
        size: str = "",
        name: str = "",
        help_text: str = "",
        caret: bool = False,
    ) -> None:
        super().__init__()
        self._icon_name, self._caret = icon_name, caret
        self._icon_size = "chip" if kind.startswith(("status", "chip")) else "control"
        self._help = help_text
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind:
            self.setProperty("kind", kind)
        if size:
            self.setProperty("size", size)
        if name:
            self.setToolTip(name)
        self.setAccessibleDescription(help_text)
        self._name = name
        self.say(text)
        self._dress()
        look().changed.connect(self._dress)
        if act is not None:
            self.clicked.connect(lambda _checked=False: act())

    def say(self, text: str) -> None:
        """Other words on the button; an ampersand is shown, not taken as a mnemonic."""
        words = text.replace("&", "&&")
        if words != self.text():
            self.setText(words)
            self._dress()
        self.setAccessibleName(self._name or text)

    def show_only_icon(self, name: str) -> None:
        """No room for the words: they become tooltip and accessible name."""
        self.setText("")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._dress()

    def show_icon(self, name: str) -> None:
        self._icon_name = name
        self._dress()

    def set_kind(self, kind: str) -> None:
        set_kind(self, kind)
        self._dress()

    def allow(self, enabled: bool, reason: str = "") -> None:
        """Enables or disables; a disabled button says why in its tooltip and description."""
        self.setEnabled(enabled)
        self.setToolTip(self._name if enabled else reason)
        self.setAccessibleDescription(self._help if enabled else reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does; outside of dialogs Qt lets it pass."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not event.isAutoRepeat():
            if self.menu() is not None:
                self.showMenu()
            else:
                self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        if self._icon_name:
            kind = str(self.property("kind") or "")
            side = getattr(look().measures.icon, self._icon_size)
            gap = look().px(_ICON_GAP) if self.text() else 0
            self.setIcon(icon(self._icon_name, _ICON_ROLE.get(kind, "ink")))
            self.setIconSize(QSize(side + gap, side))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.property("kind") in (
            "segment",
            "chip",
            "chip-warning",
        ):  # chosen, its words are bold; the place beside it must not move
            text, plain = self.text().replace("&&", "&"), QFontMetrics(look().font())
            hint += QSize(
                QFontMetrics(look().font("strong")).horizontalAdvance(text) - plain.horizontalAdvance(text), 0
            )
        return QSize(hint.width() + look().px(_CARET), hint.height()) if self._caret else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._caret:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        option.rect = option.rect.adjusted(0, 0, -look().px(_CARET), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.end()
        paint_caret(self, "ink_soft" if self.isEnabled() else "ink_disabled")


def paint_caret(widget: QWidget, role: str) -> None:
    """The small arrow at the right end that says: opens a list."""
    side = look().px(12)
    rect = widget.rect().adjusted(0, 0, -look().px(8), 0)
    rect.setLeft(rect.right() - side)
    paint_icon(QPainter(widget), rect, "ph.caret-down", look().color(role))


def button_for(action: QAction, *, kind: str = "", size: str = "", icon_name: str = "") -> Button:
    """A button that does what a menu entry does and is enabled with it."""
    made = Button(action.iconText(), action.trigger, kind=kind, size=size, icon_name=icon_name)

    def follow() -> None:
        made.say(action.iconText())
        made.allow(action.isEnabled(), action.statusTip())
        if made.parent() is not None or not action.isVisible():  # shown without a parent it would be a window
            made.setVisible(action.isVisible())

    action.changed.connect(follow)
    follow()
    return made


class CheckBox(QCheckBox):
    """Drawn from tokens: 16 pixels, a check or, for a mixed state, a dash."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        side = look().measures.icon.control
        gap = look().measures.space.s1 if self.text() else 0
        return QSize(side + gap + text + 2, max(look().measures.height.chip, self.fontMetrics().height()))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = look().measures.icon.control
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_check(painter, box, self.checkState(), enabled=self.isEnabled())
        painter.setPen(look().color("ink" if self.isEnabled() else "ink_disabled"))
        rest = self.rect().adjusted(side + look().measures.space.s1, 0, 0, 0)
        painter.drawText(
            rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text().replace("&&", "&")
        )


def paint_check(painter: QPainter, box: QRectF, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """The same check box in tables and forms."""
    colors, half = look().colors, max(1.5, 1.5 * look().edge) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = state != Qt.CheckState.Unchecked
    edge = QColor(colors.rule if not enabled else colors.accent if on else colors.border)
    painter.setPen(QPen(edge, 2 * half))
    painter.setBrush(look().color("accent") if on and enabled else look().color("raised"))
    radius = look().px(3)
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
    if on:
        painter.setPen(QPen(look().color("accent_ink" if enabled else "ink_disabled"), look().px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        w, x, y = box.width(), box.x(), box.y()
        if state == Qt.CheckState.PartiallyChecked:
            painter.drawLine(QPointF(x + 0.28 * w, y + 0.5 * w), QPointF(x + 0.72 * w, y + 0.5 * w))
        else:
            mark = [QPointF(x + a * w, y + b * w) for a, b in ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32))]
            painter.drawPolyline(QPolygonF(mark))
    painter.restore()


class Segmented(QFrame):
    """One of a few choices side by side: arrows move, Space picks; Tab comes to the chosen one."""

    picked = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, chosen: str = "", *, size: str = "") -> None:
        """``choices`` are (value, words); ``name`` says what is chosen, for screen readers; ``size`` small or ""."""
        super().__init__()
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (value, words) in enumerate(choices):
            button = Button(words, kind="segment", size=size, name="")
            button.setAccessibleName(f"{name}: {words}")
            button.setProperty("place", {0: "first", len(choices) - 1: "last"}.get(number, "middle"))
            button.setCheckable(True)
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, value=value: self._pick(value))
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)
        self.choose(chosen or choices[0][0])

    def choose(self, value: str) -> None:
        """Shows a choice without announcing it; "" for none yet."""
        before = self.chosen
        follows = bool(value) and before not in ("", value) and self._buttons[before].hasFocus()
        self._group.setExclusive(bool(value))
        for key, button in self._buttons.items():
            button.setChecked(key == value)
        self._group.setExclusive(True)
        stop = value or next(iter(self._buttons))
        for key, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus)
        if follows:  # another way led to this choice: the focus is not left on the one before
            self._buttons[value].setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, value: str, words: str) -> None:
        """Other words on one choice, as where it counts something."""
        self._buttons[value].say(words)
        self._buttons[value].setAccessibleName(f"{self.accessibleName()}: {words}")

    def offer(self, value: str, offered: bool) -> None:
        """Shows or hides one choice."""
        self._buttons[value].setVisible(offered)

    def show_choice(self, value: str, shown: bool) -> None:
        """Takes a choice between others away, or brings it back; it must not be the first, the last or the chosen one."""
        self._buttons[value].setVisible(shown)

    @property
    def stop(self) -> QWidget:
        """Where Tab comes to: the choice, or the first where there is none yet."""
        return self._buttons[self.chosen or next(iter(self._buttons))]

    @property
    def chosen(self) -> str:
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def _pick(self, value: str) -> None:
        self.choose(value)
        self.picked.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
            if event.key() in step:
                buttons = [button for button in self._buttons.values() if not button.isHidden()]
                at = next(n for n, button in enumerate(buttons) if button is watched)
                buttons[(at + step[Qt.Key(event.key())]) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
