"""What stands behind each rating: items with their pieces | what is missing, most useful first | the chosen piece."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.lookfors.evidence_items import NUMBER, Behind, EvidenceItem
from mtss_desktop.ui.panes.lookfors.evidence_panels import AddPanel, PiecePanel
from mtss_desktop.ui.panes.lookfors.evidence_shown import EvidenceShown
from mtss_desktop.ui.theme import look

LEFT, SIDE = 216, 260
"""Widths of the outer columns in pixels at 100 %."""
WITHOUT_LEFT, WITHOUT_SIDE = 980, 720


class EvidenceView(QWidget):
    """``given`` carries (item, mime data), the panels' signals carry the rest; ``chosen`` asks for the picture of a piece."""

    given = Signal(str, object)
    picture_wanted = Signal(str)

    def __init__(self, words: Words, typing: TypingFile, paste: Callable[[str], None]) -> None:
        """``paste`` takes what the clipboard holds for an item."""
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._paste = words, paste
        self.shown: EvidenceShown | None = None
        self._section = self._current = self._item = ""
        self.sections = Behind(words)
        self.count, self.rest = label("", "heading"), Prose("")
        self.title, self.pieces = Prose("", "heading", "ink"), label("", "caption")
        self.missing_title, self.missing_count = (
            label(words("Missing, most useful first"), "heading"),
            label("", "caption"),
        )
        self._items, self._missing = column(), column()
        self.items: list[EvidenceItem] = []
        self.adding, self.panel = AddPanel(words), PiecePanel(words, typing)
        self.none = Prose(words("Choose a piece to see what it shows, or add one to an item."))
        self._build()
        self._connect()

    def _build(self) -> None:
        space, px, words = look().measures.space, look().px, self._words
        told = column(
            self.count, px(2), self.rest, px(18), label(words("Bring in"), "caption-head"), px(4),
            Prose(words("Drop files on an item, paste a picture or a link, or add the minutes of a meeting.")),
            margins=(px(8), px(16), 0, space.s2),
        )  # fmt: skip
        left = column(self.sections, told, None, margins=(space.s3 - px(8), 0, space.s2, 0))
        left.setStretch(0, 1000)
        self._left = box(left)
        head = row(self.title, self.pieces, spacing=px(12))
        head.setStretch(0, 1)
        missing = row(self.missing_title, None, self.missing_count)
        middle = column(
            head, self._items, px(24), missing, self._missing, None, margins=(space.s3, px(4), space.s3, space.s2)
        )
        self._middle = scrolling(box(middle), words("Items"))
        side = column(self.none, self.adding, self.panel, None, margins=(space.s3, px(4), space.s3, space.s2))
        self._side = scrolling(box(side), words("The chosen piece"))
        self._rules = [hairline(Qt.Orientation.Vertical) for _ in range(2)]
        self._whole = row(self._left, self._rules[0])
        self._whole.addWidget(self._middle, 1)
        self._whole.addWidget(self._rules[1])
        self._whole.addWidget(self._side)
        self.setLayout(self._whole)
        self._show_side("none")

    def _connect(self) -> None:
        self.sections.chosen.connect(lambda section: self._choose_section(section.key))
        self.sections.opened.connect(lambda _: self._into_items())
        self.adding.left.connect(lambda: self._show_side("none"))
        look().changed.connect(self._fit)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_evidence(self, shown: EvidenceShown) -> None:
        another = self.shown is None or self.shown.id != shown.id
        self.shown = shown
        if another:
            self._section = self._current = ""
            self._show_side("none")
        if not any(each.key == self._section for each in shown.sections) and shown.sections:
            self._section = shown.sections[0].key
        self.sections.show_sections(shown.sections)
        self.sections.choose(self._section)
        rated = shown.rated
        behind = sum(bool(item.chips) for item in rated)
        self.count.setText(self._words("{n} of {all} rated").format(n=behind, all=len(rated)))
        self.rest.setText(self._words("items have a file, a link or minutes behind them."))
        self._show_items()
        piece = next((each for each in shown.pieces if each.id == self._current), None)
        if piece is not None:
            self.panel.show_piece(piece, self._item, allowed=not shown.why_not)
        elif self._current:
            self._current = ""
            self._show_side("none")

    def _show_items(self) -> None:
        shown = self.shown
        if shown is None:
            return
        section = next((each for each in shown.sections if each.key == self._section), None)
        focused = next((each.item.number for each in self.items if each.holds_focus), "")
        _clear(self._items)
        self.items = []
        self.title.setText(section.title if section is not None else "")
        chips = {chip.id for item in section.items for chip in item.chips} if section is not None else set()
        told = said("{n} piece of evidence", many="{n} pieces of evidence", count="n", n=len(chips))
        self.pieces.setText(self._words.say(told))
        for item in section.items if section is not None else ():
            made = EvidenceItem(self._words, item, self._current, allowed=not shown.why_not)
            made.chosen.connect(partial(self._choose_for, item.number))
            made.adding.connect(self.start_adding)
            made.given.connect(self.given)
            self._items.addWidget(made)
            self.items.append(made)
            if item.number == focused:
                made.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_missing(shown)

    def _show_missing(self, shown: EvidenceShown) -> None:
        _clear(self._missing)
        for part in (self.missing_title, self.missing_count):
            part.setVisible(bool(shown.missing))
        self.missing_count.setText(self._words("{n} of {all}").format(n=len(shown.missing), all=len(shown.rated)))
        px = look().px
        for each in shown.missing:
            number = label(each.number, "faint")
            number.setFixedWidth(px(NUMBER))
            head = row(number, Prose(each.label, "base", "ink"))
            head.setStretch(1, 1)
            add = Button(
                self._words("Add"),
                partial(self.start_adding, each.number),
                kind="quiet",
                size="small",
                icon_name="ph.plus",
            )
            add.setAccessibleName(self._words("Add evidence for {item}").format(item=each.number))
            add.setVisible(not shown.why_not)
            why = label(each.why, "warning")
            under = row(px(NUMBER), IconLabel("ph.warning", "warning", 14), px(6), why, px(8), add, None)
            self._missing.addWidget(
                box(column(head, under, px(4), hairline(), spacing=px(4), margins=(0, px(8), 0, 0)))
            )

    def _choose_section(self, key: str) -> None:
        if key != self._section:
            self._section = key
            self._show_items()

    def _into_items(self) -> None:
        if self.items:
            first = next(iter(self.items[0].chips.values()), self.items[0].add)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_for(self, item: str, piece: str) -> None:
        self._item = item
        self.choose(piece)

    def choose(self, piece: str) -> None:
        """Shows a piece at the right."""
        shown = self.shown
        found = next((each for each in shown.pieces if each.id == piece), None) if shown is not None else None
        if found is None or shown is None:
            return
        if self._item not in found.items:
            self._item = found.items[0] if found.items else ""
        self._current = piece
        for each in self.items:
            for key, chip in each.chips.items():
                chip.setChecked(key == piece)
        self.panel.show_piece(found, self._item, allowed=not shown.why_not)
        self._show_side("piece")
        if found.is_file:
            self.picture_wanted.emit(piece)

    def open_item(self, number: str) -> None:
        """The section of an item, its first piece chosen."""
        shown = self.shown
        section = next((s for s in shown.sections if any(i.number == number for i in s.items)), None) if shown else None
        if section is None:
            return
        self._section = section.key
        self.sections.choose(section.key)
        self._show_items()
        item = next(each for each in section.items if each.number == number)
        if item.chips:
            self._choose_for(number, item.chips[0].id)
        else:
            self.start_adding(number)

    def start_adding(self, number: str) -> None:
        if self.shown is None or self.shown.why_not:
            return
        self._item = number
        self._show_side("adding")
        self.adding.open(number, self.shown.minutes)

    def added(self) -> None:
        """It is written: the panel closes, the focus goes to where it can go on."""
        self._show_side("none")
        found = next((each for each in self.items if each.item.number == self._item), None)
        if found is not None:
            found.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_side(self, which: str) -> None:
        self.none.setVisible(which == "none")
        self.adding.setVisible(which == "adding")
        self.panel.setVisible(which == "piece")
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self._current and self.shown is not None and not self.shown.why_not:
            self.panel.off_wanted.emit(self._current, self._item)
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """What the clipboard holds comes to the item that is open."""
        focused = next((each.item.number for each in self.items if each.holds_focus), "")
        item = focused or self._item
        if item:
            self._item = item
            self._paste(item)

    # -- places -------------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        self.panel.save()

    def _fit(self) -> None:
        px, space = look().px, look().measures.space
        wide, beside = self.width() >= px(WITHOUT_LEFT), self.width() >= px(WITHOUT_SIDE)
        self._left.setVisible(wide)
        self._rules[0].setVisible(wide)
        self._left.setFixedWidth(px(LEFT) + space.s2)
        self._rules[1].setVisible(beside)
        way = self._whole.Direction.LeftToRight if beside else self._whole.Direction.TopToBottom
        if self._whole.direction() != way:
            self._whole.setDirection(way)
        self._side.setVisible(beside or not self.none.isVisibleTo(self._side))
        if beside:
            self._side.setFixedWidth(px(SIDE) + 2 * space.s3)
            self._side.setMaximumHeight(16_777_215)
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
            self._side.setFixedHeight(self.height() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def columns(self) -> tuple[QWidget, ...]:
        found: list[QWidget] = [self.sections] if self._left.isVisibleTo(self) else []
        if self.items:
            found.append(next(iter(self.items[0].chips.values()), self.items[0].add))
        return tuple(found)


def _clear(layout: object) -> None:
    while (item := layout.takeAt(0)) is not None:  # type: ignore[attr-defined]
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()
