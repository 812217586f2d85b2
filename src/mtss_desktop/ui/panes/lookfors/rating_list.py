"""Look-fors one under another, in the order of the form. The one under the cursor is open: it is the card of the page.

Number keys rate it; what they mean is what its scale says.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.prose import paint_prose, prose_height
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.panes.lookfors.marks import paint_rating
from mtss_desktop.ui.panes.lookfors.rating_card import RatingCard
from mtss_desktop.ui.panes.lookfors.showing import Given, ItemShown, SectionShown, given_mark, given_words
from mtss_desktop.ui.theme import look

NUMBER, TODAY, LAST, GAP = 44, 136, 136, 12
"""Widths of the columns in pixels at 100 %: the item's number, today, last time, and what parts them."""
ROW, PAD, LOW, LOW_PAD = 48, 14, 32, 6
"""Least height of a line, and the space above and below its words, in pixels at 100 %; low ones stand as on paper."""
WITHOUT_LAST = 600
"""Width of a line under which last time stands in the open item only."""


class Places:
    """Where the columns of a line are."""

    def __init__(self, rect: QRect, *, last: bool) -> None:
        px = look().px
        right = rect.right() + 1
        wide = rect.width() >= px(WITHOUT_LAST)
        self.last = QRect()
        if last and wide:
            self.last = QRect(right - px(LAST), rect.top(), px(LAST), rect.height())
            right -= px(LAST)
        self.today = QRect(right - px(TODAY), rect.top(), px(TODAY), rect.height())
        right -= px(TODAY) + px(GAP)
        self.number = QRect(rect.left(), rect.top(), px(NUMBER), rect.height())
        left = rect.left() + px(NUMBER)
        self.text = QRect(left, rect.top(), max(px(40), right - left), rect.height())


class RatingList(SectionList[ItemShown]):
    """``pressed`` carries a key that rates (a digit, N, ?, Space or Backspace), ``noted`` the wish to write,
    ``acting`` the wish to make an action."""

    pressed = Signal(str)
    noted = Signal()
    acting = Signal()

    card: RatingCard | None = None

    def __init__(self, words: Words, card: RatingCard | None = None) -> None:
        """Without a card it is the form on paper: one line an item, the open one marked."""
        super().__init__(words("Look-fors"), self._paint, inset=0)
        self._words, self.card = words, card
        self._has_last = False
        self._laying_out = False
        if card is not None:
            card.setParent(self.viewport())
            card.hide()
            card.resized.connect(self.lay_out)
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            app.focusChanged.connect(self._follow)
        self.setMinimumWidth(look().px(320))
        self.setMinimumHeight(look().px(200))

    # -- rows ---------------------------------------------------------------------------------------------------------

    def show_sections(self, sections: Sequence[SectionShown]) -> None:
        """Keeps what is open. The card shows it as it is now."""
        items = [item for section in sections for item in section.items]
        self._has_last = any(item.last is not None for item in items)
        rows: list[Row[ItemShown]] = []
        for section in sections:
            rows.append(Row(f"section {section.key}", section.title))
            rows += [Row(item.number, item.label, item, spoken=self._spoken(item)) for item in section.items]
        self.show_rows(rows)
        if self.current is None:
            self.choose_first()
        self.lay_out()

    def _spoken(self, item: ItemShown) -> str:
        words = self._words
        parts = [item.number, item.label, given_words(words, item, item.today, counted=item.counted)]
        if item.last is not None:
            parts.append(words("last time {value}").format(value=given_words(words, item, item.last)))
        return ", ".join(parts)

    @property
    def items(self) -> list[ItemShown]:
        return [row.record for row in self.rows.keyed.rows if row.record is not None]

    @property
    def has_last(self) -> bool:
        return self._has_last

    # -- the card -----------------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Heights anew, and the card over the line it opens."""
        if self.isVisible() and not self._laying_out:
            self._laying_out = True
            self.doItemsLayout()
            self.place_card()
            self._laying_out = False

    def place_card(self) -> None:
        if self.card is None:
            return
        index = self.currentIndex()
        shown = index.isValid() and self.current is not None
        self.card.setVisible(shown)
        if shown:
            gap = look().px(4)
            self.card.setGeometry(self.visualRect(index).adjusted(0, gap, 0, -gap))

    def open_row(self) -> None:
        """After another line was chosen: its height, and all of it in view."""
        self.lay_out()
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)
            self.place_card()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What gets the focus in a card higher than the list is brought into view."""
        if new is None or self.card is None or not self.isVisible() or not self.card.isAncestorOf(new):
            return
        top = new.mapTo(self.viewport(), QPoint(0, 0)).y()
        bottom, bar, gap = top + new.height(), self.verticalScrollBar(), look().px(8)
        if top < gap:
            bar.setValue(bar.value() + top - gap)
        elif bottom > self.viewport().height() - gap:
            bar.setValue(bar.value() + bottom - self.viewport().height() + gap)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.place_card()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.place_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def row_height(self, row: Row[ItemShown], place: int) -> int:
        px, width = look().px, self.viewport().width()
        if row.is_caption:
            return px(44 if place else 32)
        if row.key == self.current_key and self.card is not None:
            return self.card.height_for(width) + px(8)
        at = Places(QRect(0, 0, width, 0), last=self._has_last)
        high = prose_height(row.text, "base", at.text.width())
        return max(px(ROW), high + 2 * px(PAD)) if self.card is not None else max(px(LOW), high + 2 * px(LOW_PAD))

    def is_marked(self, _row: Row[ItemShown], selected: bool) -> bool:
        return selected and self.card is None  # the card says which one is open

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
            return
        typed = event.text()
        if typed.isdigit() or typed == "?":
            self.pressed.emit(typed)
        elif event.key() == Qt.Key.Key_Backspace:
            self.pressed.emit("Backspace")
        elif typed.upper() == "N":
            self.pressed.emit("N")
        elif typed.upper() == "E" or event.key() == Qt.Key.Key_F2:
            self.noted.emit()
        elif typed.upper() == "A":
            self.acting.emit()
        elif typed == " ":
            self.pressed.emit("Space")
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the page, they look for nothing."""

    # -- looks --------------------------------------------------------------------------------------------------------

    def paint_caption(self, painter: QPainter, rect: QRect, row: Row[ItemShown], _place: int) -> None:
        at = Places(rect, last=self._has_last)
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("ink_faint"))
        area = QRect(at.text.left(), rect.top(), rect.right() - at.text.left(), rect.height() - look().px(9))
        text = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().color("rule"))

    def _paint(self, painter: QPainter, rect: QRect, row: Row[ItemShown], selected: bool) -> None:
        item = row.record
        assert item is not None
        if row.key == self.current_key and self.card is not None:
            return  # it stands there
        rect = rect.adjusted(-look().px(8), 0, look().px(8), 0)
        at = Places(rect, last=self._has_last)
        faint = (
            "selection_ink" if selected else "ink_faint"
        )  # a chosen line may stand on a ground that swallows faint ink
        self._line(painter, at.number.adjusted(look().px(8), 0, 0, 0), item.number, faint)
        told = item.label or self._words("Item {number}").format(number=item.number)
        high = prose_height(told, "base", at.text.width())
        text = QRect(at.text.left(), rect.center().y() - high // 2, at.text.width(), high)
        painter.setFont(look().font("base"))
        ink, soft = ("selection_ink", "selection_ink") if selected else ("ink", "ink_soft")
        paint_prose(painter, text, told, "base", ink if item.label else soft)
        self._rating(painter, at.today, item, item.today, item.counted, ink)
        if item.last is not None:
            self._rating(painter, at.last, item, item.last, None, soft)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().color("hairline"))

    def _rating(
        self, painter: QPainter, area: QRect, item: ItemShown, given: Given, counted: int | None, role: str
    ) -> None:
        if area.isEmpty():
            return
        ink = role if given.is_rated or role == "selection_ink" else "ink_faint"
        if not (item.is_count and given.values):
            mark = given_mark(item, given, counted)
            left = paint_rating(painter, area, mark, look().color(ink), applies=given.applies)
            area = QRect(left, area.top(), area.right() - left, area.height())
        self._line(painter, area, given_words(self._words, item, given, counted=counted), ink)

    @staticmethod
    def _line(painter: QPainter, area: QRect, text: str, role: str) -> None:
        painter.setFont(look().font("base"))
        painter.setPen(look().color(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class RatingHead(QWidget):
    """Heads of the columns, caption size, a rule below."""

    def __init__(self, words: Words, shown: RatingList, now: str = "", what: str = "") -> None:
        """``now`` is the head of what is rated, Today unless it is said; ``what`` of the items."""
        super().__init__()
        self._list = shown
        self._look_for, self._today, self._last = what or words("Look-for"), now or words("Today"), ""
        self._fit()
        look().changed.connect(self._fit)

    def say_last(self, text: str) -> None:
        self._last = text
        self.update()

    def _fit(self) -> None:
        self.setFixedHeight(look().measures.height.table_head)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("ink_faint"))
        at = Places(QRect(0, 0, self._list.viewport().width(), self.height()), last=self._list.has_last)
        for area, text in ((at.text, self._look_for), (at.today, self._today), (at.last, self._last)):
            if not area.isEmpty() and text:
                painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look().color("rule"))
