"""An audit of what is on the screen: names, labels, contrast on pixels, keyboard reach, visible focus, sizes, cut text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
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
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from mtss_desktop.ui.kit.prose import EditableText
from mtss_desktop.ui.theme import THEMES, look
from tests.ui.audit_cut import cut, on_each_other, sticks_out
from tests.ui.audit_pixels import contrast, pale, pixel_contrast

__all__ = ["Finding", "audit", "audit_in_every_theme", "contrast", "pixel_contrast"]

FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
INTERACTIVE = (QAbstractButton, *FIELDS, QAbstractItemView, QTextEdit)
MOST_STOPS = 120


@dataclass(frozen=True, order=True)
class Finding:
    """``rule`` says what is wrong, ``where`` which widget."""

    rule: str
    where: str


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
    QApplication.sendPostedEvents()  # a choice takes its longest words' width by a timer, its layout mends that one event later
    widgets = shown(root)
    picture = root.grab().toImage()
    found: set[Finding] = set()
    for widget in (root, *widgets):
        found |= set(_one(root, widget)) if widget is not root else set()
        told = (*pale(root, widget, picture), *cut(widget), *on_each_other(widget), *sticks_out(root, widget))
        found |= {Finding(rule, f"{ident(widget)}{f', {part}' if part else ''}") for rule, part in told}
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
    pressed = isinstance(widget, QAbstractButton) and not isinstance(widget, QCheckBox | QRadioButton | EditableText)
    if pressed and (widget.width() < 24 or widget.height() < 22):
        found.append(Finding(f"target {widget.width()}×{widget.height()}", ident(widget)))
    return found


def _has_buddy(root: QWidget, widget: QWidget) -> bool:
    return any(label.buddy() is widget for label in root.findChildren(QLabel))


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
        found += _step(root)
        now = QApplication.focusWidget()
        if now is None or now in ring:
            break
        ring.append(now)
        if now is not root and root.isAncestorOf(now) and not _shows_focus(root, now, before):
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


def _step(root: QWidget) -> list[Finding]:
    """Tab. A grid that takes Tab for its own cells has to let F6 go on; then its next stop is as if Tab had left it."""
    at = QApplication.focusWidget() or root
    QTest.keyClick(at, Qt.Key.Key_Tab)
    QApplication.processEvents()
    if QApplication.focusWidget() is not at or not isinstance(at, QAbstractItemView):
        return []
    QTest.keyClick(at, Qt.Key.Key_F6)
    QApplication.processEvents()
    if QApplication.focusWidget() is at:
        return [Finding("focus is trapped", ident(at))]
    following = at.nextInFocusChain()
    while not _is_stop(following) or at.isAncestorOf(following):
        following = following.nextInFocusChain()
    following.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return []


def _is_stop(widget: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    return widget.isVisible() and widget.isEnabled() and bool(takes)


def _scrolled(root: QWidget) -> list[tuple[int, bool]]:
    """Where every page of it stands, and which parts are shown."""
    return [(each.value(), each.isVisible()) for each in root.findChildren(QScrollBar)]


def _shows_focus(root: QWidget, widget: QWidget, before: QImage) -> bool:
    """Around the widget something changed when the focus came."""
    out = look().measures.line.focus + look().measures.line.focus_gap  # further out the ring of a neighbor has gone
    out += look().px(widget.property("ring_room") or 0)
    area = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-out, -out, out, out)
    area = area.intersected(root.rect())
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
