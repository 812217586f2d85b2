"""What stands behind each rating: items with their pieces | what is missing, most useful first | the chosen piece."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.buttons import Button, CheckBox
from mtss_desktop.ui.kit.fields import Choice, Field, TextBox
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.statement import Number, NumberList
from mtss_desktop.ui.kit.texts import IconLabel, hairline, label
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.lookfors.marks import paint_rating
from mtss_desktop.ui.panes.lookfors.showing import ItemShown, SectionShown, given_mark, given_words
from mtss_desktop.ui.theme import look

LEFT, SIDE = 216, 260
"""Widths of the outer columns in pixels at 100 %."""
WITHOUT_LEFT, WITHOUT_SIDE = 980, 720
PICTURE = 140
NUMBER, GIVEN = 36, 112


@dataclass(frozen=True)
class Piece:
    """A piece of evidence; ``facts`` are (name, value, what stands below). ``opens`` is what its button does."""

    id: str
    title: str
    icon: str
    items: tuple[str, ...]
    shows: str
    printable: bool
    facts: tuple[tuple[str, str, str], ...] = ()
    opens: str = ""
    is_file: bool = False


@dataclass(frozen=True)
class Missing:
    """A rated item with nothing behind it: ``why`` says what it was rated."""

    number: str
    label: str
    why: str


@dataclass(frozen=True)
class EvidenceShown:
    """``minutes`` are meetings that can stand as evidence, as (id, title)."""

    id: str
    sections: tuple[SectionShown, ...]
    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...]
    minutes: tuple[tuple[str, str], ...] = ()
    why_not: str = ""

    @property
    def rated(self) -> tuple[ItemShown, ...]:
        return tuple(item for section in self.sections for item in section.items if item.today.is_rated)


class Behind(SectionList[SectionShown]):
    """Sections with how many of their items have something behind them."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Items with evidence"), self._paint, inset=0)
        self._words = words

    def show_sections(self, sections: Sequence[SectionShown]) -> None:
        rows: list[Row[SectionShown]] = [Row("head", self._words("Items with evidence"))]
        rows += [
            Row(each.key, each.title, each, spoken=f"{each.title}, {self._count(each)}", tip=each.title)
            for each in sections
        ]
        self.show_rows(rows)

    def _count(self, section: SectionShown) -> str:
        n = sum(bool(item.chips) for item in section.items)
        return self._words("{n} of {all}").format(n=n, all=len(section.items))

    def _paint(self, painter: QPainter, rect: QRect, row: Row[SectionShown], selected: bool) -> None:
        section = row.record
        assert section is not None
        painter.setFont(look().font("strong" if selected else "base", tabular=True))
        painter.setPen(look().color("selection_ink" if selected else "ink"))
        count, middle = self._count(section), Qt.AlignmentFlag.AlignVCenter
        area = rect.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(count) - look().px(8), 0)
        shown = painter.fontMetrics().elidedText(section.title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, count)


class GivenMark(QWidget):
    """Today's rating as mark and word."""

    def __init__(self, words: Words, item: ItemShown) -> None:
        super().__init__()
        self._words, self._item = words, item
        self.setFixedSize(look().px(GIVEN), look().line())
        self.setAccessibleName(given_words(words, item, item.today, counted=item.counted))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, item = QPainter(self), self._item
        ink = look().color("ink" if item.today.is_rated else "ink_faint")
        mark = given_mark(item, item.today, item.counted)
        left = paint_rating(painter, self.rect(), mark, ink, applies=item.today.applies)
        area = self.rect().adjusted(left, 0, 0, 0)
        painter.setFont(look().font())
        painter.setPen(ink)
        told = painter.fontMetrics().elidedText(self.accessibleName(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)


class EvidenceItem(QWidget):
    """An item with its pieces and *Add*; what is dropped on it comes to it."""

    chosen = Signal(str)
    adding = Signal(str)
    given = Signal(str, object)
    """(item, mime data) that was dropped."""

    def __init__(self, words: Words, item: ItemShown, current: str, *, allowed: bool) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.item = item
        self.setAcceptDrops(allowed)
        px = look().px
        number = label(item.number, "faint")
        number.setFixedWidth(px(NUMBER))
        head = row(
            number,
            Prose(item.label or words("Item {number}").format(number=item.number), "base", "ink"),
            GivenMark(words, item),
        )
        head.setStretch(1, 1)
        for part in (number, head.itemAt(2).widget()):  # type: ignore[union-attr]
            head.setAlignment(part, Qt.AlignmentFlag.AlignTop)  # type: ignore[arg-type]
        flow = FlowLayout(px(8))
        self.chips: dict[str, Button] = {}
        for chip in item.chips:
            made = Button(chip.title, partial(self.chosen.emit, chip.id), kind="chip", icon_name=chip.icon)
            made.setCheckable(True)
            made.setChecked(chip.id == current)
            made.setAccessibleDescription(words("Evidence for {item}").format(item=item.number))
            flow.addWidget(made)
            self.chips[chip.id] = made
        self.add = Button(
            words("Add"), partial(self.adding.emit, item.number), kind="quiet", size="small", icon_name="ph.plus"
        )
        self.add.setAccessibleName(words("Add evidence for {item}").format(item=item.number))
        self.add.setVisible(allowed)
        flow.addWidget(self.add)
        behind = QWidget()
        behind.setProperty("kind", "clear")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        behind.setSizePolicy(policy)
        behind.setLayout(flow)
        under = row(px(NUMBER), behind)
        under.setStretch(1, 1)
        self.setLayout(column(head, under, hairline(), spacing=px(6), margins=(0, px(8), 0, 0)))

    @property
    def holds_focus(self) -> bool:
        return any(each.hasFocus() for each in (self.add, *self.chips.values()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.given.emit(self.item.number, event.mimeData())


class AddPanel(QWidget):
    """Three ways to bring something in for an item: a file, a link, the minutes of a meeting."""

    file_wanted = Signal(str)
    link_wanted = Signal(str, str, str)
    """(item, address, title)."""
    minutes_wanted = Signal(str, str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._item = ""
        self.title = Prose("", "heading", "ink")
        self.file = Button(words("Choose a file"), lambda: self.file_wanted.emit(self._item), icon_name="ph.paperclip")
        self.address = Field(placeholder="https://")
        self.name = Field()
        self.address_field = FormField(words("Link or folder"), self.address)
        self.keep_link = Button(words("Add the link"), self._link)
        self.meeting = Choice()
        self.keep_minutes = Button(words("Add the minutes"), self._minutes)
        self._minutes_box = box(
            column(FormField(words("Minutes of"), self.meeting), row(self.keep_minutes, None), spacing=look().px(8))
        )
        self.cancel = Button(words("Cancel"), self.left.emit, kind="quiet")
        self.help = Prose(words("Or drop a file on the item, or paste a picture with Ctrl+V."), "caption")
        space = look().measures.space
        self.setLayout(
            column(
                self.title, row(self.file, None), self.help, hairline(), self.address_field,
                FormField(words("What it is called"), self.name), row(self.keep_link, None), hairline(), self._minutes_box,
                row(self.cancel, None), None, spacing=space.s1 + look().px(4),
            )
        )  # fmt: skip

    def open(self, item: str, meetings: Sequence[tuple[str, str]]) -> None:
        self._item = item
        self.title.setText(self._words("Evidence for {item}").format(item=item))
        self.address.clear()
        self.name.clear()
        self.address_field.complain("")
        self.meeting.offer(meetings)
        self._minutes_box.setVisible(bool(meetings))
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def item(self) -> str:
        return self._item

    def _link(self) -> None:
        address = self.address.text().strip()
        if not address:
            self.address_field.complain(self._words("Type or paste an address."))
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.link_wanted.emit(self._item, address, self.name.text().strip())

    def _minutes(self) -> None:
        if self.meeting.value:
            self.minutes_wanted.emit(self._item, self.meeting.value)

    def complain(self, words: str) -> None:
        self.address_field.complain(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (self.address.hasFocus() or self.name.hasFocus()):
            self._link()
        else:
            super().keyPressEvent(event)


class PiecePanel(QWidget):
    """The chosen piece: what it is, where it is used, what it shows, and whether it may be printed."""

    shows_changed = Signal(str, str)
    printable_changed = Signal(str, bool)
    open_wanted = Signal(str)
    off_wanted = Signal(str, str)
    """(piece, item) to part."""

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.piece: Piece | None = None
        self.item = ""
        self._seen = ""
        self.title, self.of = Prose("", "heading", "ink"), label("", "caption")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.facts = NumberList()
        self.printable = CheckBox(words("May be printed: no student is visible"))
        self.shows = TextBox(name=words("What it shows"), lines=3)
        self._typed = Typed(self.shows, "", typing)
        self.open_button = Button(words("Open"), self._open)
        self.off = Button(words("Take off"), self._off, kind="quiet")
        px = look().px
        head = row(self.title, self.of, spacing=px(8))
        head.setStretch(0, 1)
        self.setLayout(
            column(
                head, px(8), self.picture, px(4), self.facts, px(10), self.printable, px(10),
                FormField(words("What it shows"), self.shows), px(12), row(self.open_button, self.off, None, spacing=px(12)), None,
            )
        )  # fmt: skip
        self.shows.left.connect(self.save)
        self._typed.paused.connect(self.save)
        self.printable.clicked.connect(self._print)

    def show_piece(self, piece: Piece, item: str, *, allowed: bool) -> None:
        another = self.piece is None or self.piece.id != piece.id
        if another:
            self.save()
            self._typed.key = f"evidence:{piece.id}:shows"
            self.picture.hide()
        self.piece, self.item = piece, item
        self.title.setText(piece.title)
        self.of.setText(self._words("for {item}").format(item=item) if item else "")
        self.facts.show_numbers([Number(*each) for each in piece.facts])
        self.printable.setVisible(piece.is_file)
        self.printable.setChecked(piece.printable)
        self.printable.setEnabled(allowed)
        if another or (not self.shows.hasFocus() and self.shows.toPlainText() == self._seen):
            self._seen = piece.shows
            self.shows.blockSignals(True)
            self.shows.setPlainText(piece.shows)
            self.shows.blockSignals(False)
        self.shows.setReadOnly(not allowed)
        self.open_button.say(piece.opens)
        self.open_button.setVisible(bool(piece.opens))
        self.off.setVisible(allowed)

    def show_picture(self, picture: QPixmap) -> None:
        self.picture.setPixmap(picture)
        self.picture.setVisible(not picture.isNull())
        self.picture.setAccessibleName(self.piece.title if self.piece is not None else "")

    def save(self) -> None:
        if self.piece is not None and self.shows.toPlainText() != self._seen:
            self._typed.flush()
            self._typed.stop_waiting()
            self.shows_changed.emit(self.piece.id, self.shows.toPlainText())

    def saved(self, piece: str, text: str) -> None:
        if self.piece is not None and self.piece.id == piece:
            self._seen = text
            if self.shows.toPlainText() == text:
                self._typed.forget()

    def bring_back(self, typed: dict[str, str]) -> None:
        text = typed.get(self._typed.key, "")
        if text.strip():
            self.shows.setPlainText(text)

    def _print(self, checked: bool) -> None:
        if self.piece is not None:
            self.printable_changed.emit(self.piece.id, checked)

    def _open(self) -> None:
        if self.piece is not None:
            self.open_wanted.emit(self.piece.id)

    def _off(self) -> None:
        if self.piece is not None:
            self.off_wanted.emit(self.piece.id, self.item)


class EvidenceView(QWidget):
    """``given`` carries (item, mime data), the panels' signals carry the rest; ``chosen`` asks for the picture of a piece."""

    given = Signal(str, object)
    picture_wanted = Signal(str)
    rate_wanted = Signal(str)

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
        left = column(self.sections, told, margins=(space.s3 - px(8), 0, space.s2, 0))
        left.setStretch(0, 1)
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
