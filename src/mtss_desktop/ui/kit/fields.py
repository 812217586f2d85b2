"""Fields people type into or choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from mtss_desktop.base.folding import fold
from mtss_desktop.ui.kit.buttons import paint_caret
from mtss_desktop.ui.kit.drop_edge import has_files
from mtss_desktop.ui.kit.texts import set_kind
from mtss_desktop.ui.theme import icon, look


class Field(QLineEdit):
    """One line. ``kept`` False is for fields that only look for something or set up a paper: what is typed into others
    is in the typing file at once. ``name`` is what a screen reader says; a ``FormField`` around it sets its own."""

    kept = True

    def __init__(self, text: str = "", *, name: str = "", placeholder: str = "", kind: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        if kind:
            self.setProperty("kind", kind)

    def show_wrong(self, wrong: bool) -> None:
        """The red edge; the words for it stand beside the field."""
        set_kind(self, "true" if wrong else "false", "wrong")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is for the window, and its name no text."""
        if has_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)


ICON = 16
"""Pixels at 100 %."""


class SearchField(Field):
    """A field with a magnifying glass; Esc empties it, Down leaves it for the list."""

    kept = False

    left_downward = Signal()

    def __init__(self, *, name: str, placeholder: str) -> None:
        super().__init__(name=name, placeholder=placeholder)
        self._glass = icon("ph.magnifying-glass", "ink_soft")
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        """The glass grows with the text; an icon of Qt's own beside the line would stay at 16 pixels."""
        self.setTextMargins(look().px(ICON) + look().px(4), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = look().px(ICON)
        painter = QPainter(self)
        self._glass.paint(painter, QRect(look().px(8), (self.height() - side) // 2, side, side))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downward.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class SecretField(Field):
    """A passphrase: hidden as it is typed, shown by the eye at its end, never in an undo history of the system."""

    kept = False

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = QAction("Show what is typed", self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        """The eye is painted here and grows with the text; Qt's own beside the line stays at 16 pixels and only takes the
        click."""
        self.setTextMargins(0, 0, look().px(ICON) - ICON, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        taker, wide = self.findChild(QToolButton), look().px(ICON) + 2 * look().px(8)
        if taker is not None:
            taker.setGeometry(self.width() - wide, 0, wide, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = look().px(ICON)
        painter = QPainter(self)
        eye = icon("ph.eye" if self._eye.isChecked() else "ph.eye-slash", "ink_soft")
        eye.paint(painter, QRect(self.width() - look().px(8) - side, (self.height() - side) // 2, side, side))
        painter.end()

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.update()


CHOICE_WIDTHS = (160, 440)
"""Pixels at 100 % that a choice keeps at least, and that long words get at most."""


class Choice(QComboBox):
    """One of a list, by (value, words). Words longer than the box end in an ellipsis; the tip then has all of them."""

    chosen_changed = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]] = (), *, name: str = "", chosen: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "choice")
        # Linux reads the current words as the name, so the purpose stands in the description too.
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # what is offered changes later
        self._wished = ""
        self.offer(choices, chosen)
        self.currentTextChanged.connect(lambda _: self._tell_whole())
        self.activated.connect(lambda _: self.chosen_changed.emit(self.value))

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.choose(chosen)
        if self._wished:
            self.wish(self._wished)

    def choose(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))

    def wish(self, value: str) -> None:
        """Chooses it, at the latest when something is offered next; what is not on offer then changes nothing."""
        found = self.findData(value)
        self._wished = value if found < 0 and not self.count() else ""
        if found >= 0:
            self.setCurrentIndex(found)

    @property
    def value(self) -> str:
        return str(self.currentData() or "")

    def sizeHint(self) -> QSize:
        """A little more than the style asks for, whose width of the words is short by a step at large text."""
        most = look().px(CHOICE_WIDTHS[1])
        return (super().sizeHint() + QSize(look().px(4), 0)).boundedTo(QSize(most, most))

    def minimumSizeHint(self) -> QSize:
        """Long words are no reason to push the page over the edge of the window."""
        return super().minimumSizeHint().boundedTo(QSize(look().px(CHOICE_WIDTHS[0]), look().px(CHOICE_WIDTHS[0])))

    def words_width(self, option: QStyleOptionComboBox) -> int:
        """Pixels the words of the box have, as the style draws them: it cuts what is wider, an ellipsis too."""
        part = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2

    def _tell_whole(self) -> None:
        option = QStyleOptionComboBox()
        super().initStyleOption(option)
        cut = self.fontMetrics().horizontalAdvance(self.currentText()) > self.words_width(option)
        self.setToolTip(self.currentText() if cut else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, self.words_width(option)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_caret(self, "ink_soft" if self.isEnabled() else "ink_disabled")


class TextBox(QPlainTextEdit):
    """Several lines; grows with its text, and Tab goes on to the next field. ``left`` comes when the focus has gone.

    A file that is dropped goes to the window, unless the box ``takes_files``.
    """

    left = Signal()
    takes_files = False

    def __init__(self, text: str = "", *, name: str = "", lines: int = 2) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = lines
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        look().changed.connect(self._fit)
        self.setPlainText(text)
        self._fit()

    def _fit(self, *_: object) -> None:
        lines = max(self._lines, int(self.document().size().height()))
        edges = 2 * (look().edge + look().px(4)) + int(2 * self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + edges)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()) and not self.takes_files:
            event.ignore()
        else:
            super().dragEnterEvent(event)


class NameCompleter(QCompleter):
    """Completes names from any part, without regard to accents and case: "nguy" finds Thu Nguyễn."""

    def __init__(self, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(list(names), parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = self.popup()
        if popup is not None:
            popup.setAccessibleName("Names that fit")


def fitting(text: str, names: Sequence[str]) -> list[str]:
    """Names that hold what was typed, those that begin with it first."""
    wanted = fold(text)
    found = [name for name in names if wanted in fold(name)]
    return sorted(found, key=lambda name: (not fold(name).startswith(wanted), fold(name)))
