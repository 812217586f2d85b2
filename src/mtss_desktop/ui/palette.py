"""Find or do anything: one field, one list, from everywhere with Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import box, row
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.texts import ElidedLabel, IconLabel, hairline, label
from mtss_desktop.ui.theme import look, paint_icon

MOST = 4
"""Lines in a group."""
_WAIT = 120
"""Milliseconds after the last key before the database is asked."""


@dataclass(frozen=True)
class Entry:
    """``group`` is the caption it stands under; ``context`` says where or whose; ``why_not`` keeps it from being run."""

    key: str
    group: str
    title: str
    run: Callable[[], object]
    icon: str = "ph.caret-right"
    context: str = ""
    hint: str = ""
    why_not: str = ""


Search = Callable[[str, Callable[[tuple[Entry, ...]], None]], None]
"""Asks the database for a text and calls back with what it found."""


class Palette(QWidget):
    """Covers the window with a scrim; the card in it is 640 wide and stands 88 under the top."""

    closed = Signal()
    lost_focus = Signal()
    """Closed, and what had the focus before is no more."""

    def __init__(self, window: QWidget, words: Words = ENGLISH) -> None:
        super().__init__(window)
        self._words = words
        self._entries: Callable[[], Sequence[Entry]] = tuple
        self._search: Search | None = None
        self._found: tuple[Entry, ...] = ()
        self._back_to: QWidget | None = None
        self.field = Field(name=words("Find or do anything"), placeholder=words("Find or do anything"), kind="palette")
        self.field.setProperty("ring", "none")
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.list: SectionList[Entry] = SectionList(words("What fits"), self._paint, height="palette_row")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _: self._run())
        self._nothing = label("", "soft")
        self._foot = ElidedLabel("", "caption")
        self._foot.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT)
        self._wait.timeout.connect(self._ask)
        self._card = self._build()
        window.installEventFilter(self)
        look().changed.connect(self._place)
        self.hide()

    def _build(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("kind", "palette")
        card.setAccessibleName(self._words("Find or do anything"))
        side = look().measures.space.s2
        keys = [("↑ ↓", "choose"), ("Enter", "open"), ("Esc", "close")]
        hints = row(spacing=look().px(6))
        for key, what in keys:
            hints.addWidget(label(key, "key"))
            hints.addWidget(label(self._words(what), "caption"))
            hints.addSpacing(look().px(8))
        hints.addStretch(1)
        hints.addWidget(self._foot)
        foot = QFrame()
        foot.setProperty("kind", "palette-foot")
        foot.setLayout(hints)
        hints.setContentsMargins(side, look().px(8), side, look().px(8))
        layout = QVBoxLayout(card)
        edge = look().edge
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(0)
        layout.addLayout(row(IconLabel("ph.magnifying-glass", "ink_soft"), self.field, margins=(side, 0, side, 0)))
        layout.addWidget(hairline())
        layout.addWidget(self.list, 1)
        layout.addWidget(box(row(self._nothing, None, margins=(side, side, side, side))))
        layout.addWidget(foot)
        return card

    def open(self, entries: Callable[[], Sequence[Entry]], search: Search | None, foot: str) -> None:
        """``entries`` are acts and rooms; ``search`` asks the database; ``foot`` says what is not searched."""
        window = self.parentWidget()
        assert window is not None
        self._back_to = window.focusWidget()
        self._entries, self._search, self._found = entries, search, ()
        self._foot.setText(foot)
        self.field.clear()
        self._show()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self, *, back: bool = True) -> None:
        self._wait.stop()
        self.hide()
        if back and self._back_to is not None:
            if shiboken6.isValid(self._back_to):
                self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
            else:  # its room was built anew behind the palette
                self.lost_focus.emit()
        self._back_to = None
        self.closed.emit()

    # -- what fits ----------------------------------------------------------------------------------------------------

    def _typed(self, _text: str) -> None:
        self._found = ()
        self._show()
        self._wait.start()

    def _ask(self) -> None:
        text = self.field.text().strip()
        if text and self._search is not None and self.isVisible():
            self._search(text, lambda found, text=text: self._came(text, found))  # type: ignore[misc]

    def _came(self, text: str, found: tuple[Entry, ...]) -> None:
        if text == self.field.text().strip():
            self._found = found
            self._show()

    def _show(self) -> None:
        wanted = fold(self.field.text()).split()
        acts = [
            entry for entry in self._entries() if all(word in fold(f"{entry.title} {entry.context}") for word in wanted)
        ]
        rows: list[Row[Entry]] = []
        for group, entries in _grouped((*acts, *self._found)).items():
            rows.append(Row(f"caption:{group}", group))
            shown = entries[: MOST if wanted else 12]
            rows += [
                Row(entry.key, entry.title, entry, spoken=_spoken(entry), enabled=not entry.why_not) for entry in shown
            ]
        self.list.show_rows(rows)
        self.list.choose_first()
        self.list.setVisible(bool(rows))
        text = self.field.text().strip()
        self._nothing.setText("" if rows else self._words("Nothing fits “{text}”.").format(text=text))
        parent = self._nothing.parentWidget()
        if parent is not None:
            parent.setVisible(not rows)
        self._place()

    def _paint(self, painter: QPainter, rect: QRect, row_: Row[Entry], selected: bool) -> None:
        entry = row_.record
        assert entry is not None
        ink, soft = look().color("ink"), look().color("ink_soft")
        if selected:
            ink = soft = look().color("selection_ink")
        side = look().px(17)
        paint_icon(
            painter, QRect(rect.left() + look().px(8), rect.center().y() - side // 2, side, side), entry.icon, ink
        )
        area = rect.adjusted(look().px(8) + side + look().px(12), 0, -look().px(8), 0)
        used = self._paint_title(painter, area, entry.title, ink)
        painter.setFont(look().font())
        painter.setPen(soft)
        rest = area.adjusted(used + look().px(12), 0, 0, 0)
        hint = "Enter" if selected else entry.hint
        if hint:
            painter.setFont(look().font("caption"))
            painter.drawText(rest, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hint)
            rest.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(hint) - look().px(12), 0)
            painter.setFont(look().font())
        context = painter.fontMetrics().elidedText(entry.context, Qt.TextElideMode.ElideRight, max(0, rest.width()))
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, context)

    def _paint_title(self, painter: QPainter, area: QRect, title: str, ink: QColor) -> int:
        """Letters that were typed are set in 600; returns the width used."""
        painter.setPen(ink)
        left = area.left()
        for text, matched in _pieces(title, fold(self.field.text())):
            font: QFont = look().font("strong" if matched else "base")
            painter.setFont(font)
            room = area.right() - left
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
            spot = QRect(left, area.top(), max(0, room), area.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            left += painter.fontMetrics().horizontalAdvance(shown)
        return left - area.left()

    # -- keys and place -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down:
                self.list.step(1)
            case Qt.Key.Key_Up:
                self.list.step(-1)
            case Qt.Key.Key_PageDown:
                self.list.step(MOST)
            case Qt.Key.Key_PageUp:
                self.list.step(-MOST)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run()
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                self.list.step(1 if event.key() == Qt.Key.Key_Tab else -1)
            case _:
                return False
        return True

    def _run(self) -> None:
        entry = self.list.current
        if entry is not None and not entry.why_not:
            self.close_palette()
            entry.run()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        margin, top = look().measures.space.s3, min(look().px(88), window.height() // 8)
        width = min(look().measures.width.palette, window.width() - 2 * margin)
        rows = sum(self.list.row_height(row_, n) for n, row_ in enumerate(self.list.rows.keyed.rows))
        fixed = look().measures.height.palette_input + look().px(44)
        height = min(fixed + max(rows + look().px(8), look().px(56)), window.height() - top - margin)
        self._card.setGeometry((window.width() - width) // 2, top, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scrim = look().color("scrim")
        scrim.setAlphaF(look().theme.scrim_opacity)
        QPainter(self).fillRect(self.rect(), scrim)


def _grouped(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.group, []).append(entry)
    return found


def _spoken(entry: Entry) -> str:
    return ", ".join(part for part in (entry.title, entry.context, entry.why_not, entry.hint) if part)


def _pieces(title: str, wanted: str) -> list[tuple[str, bool]]:
    """The title cut where the first typed words stand: (text, matched). Accents may differ, lengths stay."""
    plain = "".join(fold(letter)[:1] or letter for letter in title)
    at = plain.find(wanted) if wanted else -1
    if at < 0:
        return [(title, False)]
    end = at + len(wanted)
    pieces = [(title[:at], False), (title[at:end], True), (title[end:], False)]
    return [piece for piece in pieces if piece[0]]
