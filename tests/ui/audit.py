"""An audit of what is on the screen: names, labels, contrast on pixels, keyboard reach, visible focus, sizes, cut text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QStackedLayout,
    QTextEdit,
    QWidget,
)

from mtss_desktop.ui.kit.prose import EditableText, Prose
from mtss_desktop.ui.kit.texts import ElidedLabel
from mtss_desktop.ui.theme import THEMES, look

FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
INTERACTIVE = (QAbstractButton, *FIELDS, QAbstractItemView, QTextEdit)
MOST_STOPS = 120
OVER = 3
"""Pixels of each other's ground that two parts may share: rounding."""


@dataclass(frozen=True, order=True)
class Finding:
    """``rule`` says what is wrong, ``where`` which widget."""

    rule: str
    where: str


def luminance(color: QColor) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(color.red()) + 0.7152 * part(color.green()) + 0.0722 * part(color.blue())


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return (interface.text(QAccessible.Text.Name) if interface is not None else "").strip()


def ident(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else widget.accessibleName()
    return f"{type(widget).__name__} {text or widget.objectName() or name_of(widget)!r}"[:90]


def inner(widget: QWidget) -> bool:
    """Parts of Qt's own compound widgets, named through their owner."""
    parent = widget.parent()
    if isinstance(parent, QAbstractSpinBox | QComboBox | QLineEdit | QMenuBar) or widget.objectName().startswith("qt_"):
        return True
    return isinstance(parent, QAbstractScrollArea) and not isinstance(widget, INTERACTIVE)


def shown(root: QWidget) -> list[QWidget]:
    """Visible widgets of a window that somebody can see: hidden by nothing, at least partly in the window."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and not inner(widget) and widget.window() is root.window() and not widget.size().isEmpty()
    ]


def audit(root: QWidget, *, reach: bool = True) -> list[Finding]:
    """Everything wrong in a shown window, sorted; ``reach`` False leaves the tab ring out (what holds the focus on purpose)."""
    for _ in range(3):  # layouts settle from the outside in
        QApplication.processEvents()
    widgets = shown(root)
    picture = root.grab().toImage()
    found = {finding for widget in widgets for finding in (*_one(root, widget), *_contrast(root, widget, picture))}
    found |= {finding for widget in (root, *widgets) for finding in _on_each_other(widget)}
    if reach:
        found |= set(_ring(root))
    return sorted(found)


def _one(root: QWidget, widget: QWidget) -> list[Finding]:
    found: list[Finding] = []
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if (tab or isinstance(widget, INTERACTIVE)) and not name_of(widget):
        found.append(Finding("no accessible name", ident(widget)))
    if isinstance(widget, FIELDS) and not widget.accessibleName() and not _has_buddy(root, widget):
        found.append(Finding("field without a label", ident(widget)))
    if isinstance(widget, QPlainTextEdit | QTextEdit) and not widget.tabChangesFocus():
        found.append(Finding("Tab is trapped", ident(widget)))
    if isinstance(widget, QAbstractButton) and not isinstance(widget, QCheckBox | QRadioButton | EditableText):
        if widget.width() < 24 or widget.height() < 22:
            found.append(Finding(f"target {widget.width()}×{widget.height()}", ident(widget)))
        if widget.width() + 1 < widget.minimumSizeHint().width():
            found.append(Finding("text is cut off", ident(widget)))
    if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel | Prose) and widget.text():
        found += [Finding("text is cut off", ident(widget))] * (_too_narrow(widget))
    if isinstance(widget, Prose) and widget.text() and widget.height() + 1 < widget.heightForWidth(widget.width()):
        found.append(Finding("text is cut off", ident(widget)))
    return found


def _on_each_other(widget: QWidget) -> list[Finding]:
    """Parts that a layout has pushed over each other, because it had too little room for them."""
    layout = widget.layout()
    if layout is None or isinstance(layout, QStackedLayout):
        return []
    parts = [part for part in _laid_out(layout) if part.isVisible() and not part.size().isEmpty()]
    found = []
    for place, one in enumerate(parts):
        for other in parts[place + 1 :]:
            both = one.geometry().intersected(other.geometry())
            if both.width() > OVER and both.height() > OVER:
                found.append(Finding("lies on another part", f"{ident(one)} on {ident(other)}"))
    return found


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _too_narrow(label: QLabel) -> bool:
    return not label.wordWrap() and label.width() + 1 < label.sizeHint().width()


def _has_buddy(root: QWidget, widget: QWidget) -> bool:
    return any(label.buddy() is widget for label in root.findChildren(QLabel))


def _contrast(root: QWidget, widget: QWidget, picture: QImage) -> list[Finding]:
    """What can be seen of the widget now, on the ground it stands on; the rest is measured when it is scrolled to."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    if not text.strip() or not widget.isEnabled():
        return []
    least = 7.0 if look().theme.is_contrast else 4.5
    seen = widget.visibleRegion().boundingRect()
    if seen.height() < widget.height() * 0.9 or seen.width() < widget.width() * 0.9:
        return []
    ratio = pixel_contrast(picture.copy(seen.translated(widget.mapTo(root, QPoint(0, 0)))))
    return [] if ratio >= least else [Finding(f"contrast {ratio:.1f} < {least}", ident(widget))]


def pixel_contrast(image: QImage) -> float:
    """The strongest ink of the picture against its ground: measured on pixels, not taken from a palette."""
    small = image.convertToFormat(QImage.Format.Format_RGB32)
    counts: Counter[int] = Counter(memoryview(small.constBits()).cast("I"))
    ground = QColor(counts.most_common(1)[0][0])
    return max((contrast(QColor(color), ground) for color in counts), default=1.0)


def _ring(root: QWidget) -> list[Finding]:
    """Every stop is reached with Tab, the focus shows at each, and it comes round."""
    found: list[Finding] = []
    root.activateWindow()
    start = QApplication.focusWidget()
    if start is None or not root.isAncestorOf(start):
        root.setFocus()
    ring: list[QWidget] = []
    before, places = root.grab().toImage(), _scrolled(root)
    for _ in range(MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget() or root, Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        if now is None or now in ring:
            break
        ring.append(now)
        if root.isAncestorOf(now) and not _shows_focus(root, now, before):
            found.append(Finding("focus does not show", ident(now)))
        if places != (places := _scrolled(root)):  # a picture of the whole is dear: only where the page has moved
            before = root.grab().toImage()
    else:
        found.append(Finding("focus never comes round", ident(ring[-1])))
    for widget in shown(root):  # an editor that was open has closed behind the focus
        wanted = (
            bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None
        )
        if wanted and widget not in ring and not any(widget.isAncestorOf(stop) for stop in ring):
            found.append(Finding("not reached with Tab", ident(widget)))
    return found


def _scrolled(root: QWidget) -> list[tuple[int, bool]]:
    """Where every page of it stands, and which parts are shown."""
    return [(each.value(), each.isVisible()) for each in root.findChildren(QScrollBar)]


def _shows_focus(root: QWidget, widget: QWidget, before: QImage) -> bool:
    """Around the widget something changed when the focus came."""
    area = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-6, -6, 6, 6).intersected(root.rect())
    after = root.grab(area).toImage()
    if before.copy(area) != after:
        return True
    widget.clearFocus()  # a page that scrolled puts like rows on the same spot: then only taking the focus away tells
    without = root.grab(area).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return without != after


def audit_in_every_theme(window: QWidget, **more: bool) -> str:
    """A line for each finding, with its theme; the size of the text and what the window shows stay."""
    found = []
    for theme in THEMES:
        look().use(theme, look().percent)
        found += [f"{theme}: {finding}" for finding in audit(window, **more)]
    return "\n".join(found)
