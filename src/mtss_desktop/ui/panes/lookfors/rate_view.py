"""Rating an instrument by keys: categories | look-fors with the open one | nothing between the person and the number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.texts import announce, hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.lookfors.rating_card import RatingCard
from mtss_desktop.ui.panes.lookfors.rating_list import RatingHead, RatingList
from mtss_desktop.ui.panes.lookfors.showing import Given, ItemShown, SectionShown, first_open, point_words
from mtss_desktop.ui.theme import look

LEFT, WITHOUT_LEFT, LEGEND_FROM = 216, 760, 560
"""Width of the categories and of the page under which they go, height from which the keys are listed; pixels at 100 %."""
ROOMY, LEFT_ROOMY = 1300, 272
"""Width of a page from which the categories are wider, and how wide; pixels at 100 %."""
MOST_COUNTED = 9999


@dataclass(frozen=True)
class SheetShown:
    """What is being rated. ``result`` is the percent in words, "" before everything is rated; ``why_not`` why nothing can be changed."""

    id: str
    title: str
    sentence: str
    sections: tuple[SectionShown, ...]
    last_head: str = ""
    result: str = ""
    why_not: str = ""
    can_act: bool = False
    """Whether an action can be made, which also a finished rating allows: that is when the team chooses its items."""
    counted: str = ""
    """What stands in place of how many are rated, with ``rest`` under it."""
    rest: str = ""

    @property
    def items(self) -> tuple[ItemShown, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def rated(self) -> int:
        return sum(section.rated for section in self.sections)


class Categories(SectionList[SectionShown]):
    """Sections with how many of their items are rated; Enter goes to the first open one of it."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Categories"), self._paint, inset=0)
        look().changed.connect(self.fit_rows)
        self._words = words

    def show_sections(self, sections: Sequence[SectionShown]) -> None:
        rows: list[Row[SectionShown]] = [Row("head", self._words("Categories"))]
        rows += [
            Row(each.key, each.title, each, spoken=f"{each.title}, {self._count(each)}", tip=each.title)
            for each in sections
        ]
        self.show_rows(rows)
        self.fit_rows()

    def _count(self, section: SectionShown) -> str:
        return self._words("{n} of {all}").format(n=section.rated, all=len(section.items))

    def _paint(self, painter: QPainter, rect: QRect, row: Row[SectionShown], selected: bool) -> None:
        section = row.record
        assert section is not None
        painter.setFont(look().font("strong" if selected else "base", tabular=True))
        painter.setPen(look().color("selection_ink" if selected else "ink"))
        count = self._count(section)
        middle = Qt.AlignmentFlag.AlignVCenter
        wide = painter.fontMetrics().horizontalAdvance(count) + look().px(8)
        area = rect.adjusted(0, 0, -wide, 0)
        shown = painter.fontMetrics().elidedText(section.title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, count)


class KeyLegend(QWidget):
    """The keys of the open item, as caps with words."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._shown: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(12))
        self._grid.setVerticalSpacing(look().px(5))
        self._grid.setColumnStretch(1, 1)
        heading = label(words("Keys"), "caption-head")
        self.setLayout(column(heading, look().px(6), self._grid))

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        if tuple(keys) == self._shown:
            return
        self._shown = tuple(keys)
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for place, (key, what) in enumerate(keys):
            self._grid.addWidget(label(key, "key"), place, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(label(what, "soft"), place, 1)


def keys_of(words: Words, item: ItemShown, *, paper: bool) -> list[tuple[str, str]]:
    """What the keys do for this item."""
    found: list[tuple[str, str]] = []
    if item.is_count:
        found.append(("0–9", words("the number")))
    else:
        for value in item.scale.values:
            told = point_words(words, item.scale, value)
            found.append(
                (str(value), told.lower() if told != str(value) else words("rate {value}").format(value=value))
            )
    if item.scale.not_applicable:
        found.append(("N", words("not applicable")))
    if paper:
        return [*found, ("Space", words("leave it open")), ("←", words("Backspace: one back"))]
    return [
        *found,
        ("?", words("not yet discussed")),
        ("E", words("what was seen")),
        ("A", words("make an action")),
        ("↓", words("next item")),
    ]


class RateView(QWidget):
    """Emits what the person wants; whoever holds it does it. ``rated`` carries (item, Given); values already on the way are shown."""

    rated = Signal(str, object)
    noted = Signal(str, str)
    action_wanted = Signal(object)
    evidence_wanted = Signal(str)
    chip_opened = Signal(str)
    action_opened = Signal(str)
    moved = Signal()
    ended = Signal()
    """The last item has been passed."""

    def __init__(
        self,
        words: Words,
        typing: TypingFile,
        names: Callable[[], Sequence[str]],
        *,
        paper: bool = False,
        heads: tuple[str, str] = ("", ""),
    ) -> None:
        """``names`` are the people an action can be given to; ``paper`` is typing from a sheet filled in by hand; ``heads`` are
        those over the items and over what is given, where they are no look-fors of today."""
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._names, self._paper = words, names, paper
        self.sheet: SheetShown | None = None
        self.legend_from = LEGEND_FROM
        self._under_way: dict[str, Given] = {}
        self.card = RatingCard(words, typing) if not paper else None
        self.list = RatingList(words, self.card)
        self.head = RatingHead(words, self.list, heads[1], heads[0])
        self.categories = Categories(words)
        self.count, self.result = label("", "heading"), label("", "title")
        self.rest = Prose("")
        self.legend = KeyLegend(words)
        self.message = Prose("", "base", "danger")
        self._build()
        self._connect()

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        told = column(
            self.result, self.count, px(2), self.rest, px(18), self.legend, margins=(px(8), px(16), 0, space.s2)
        )
        left = column(self.categories, told, None, margins=(space.s3 - px(8), 0, space.s2, 0))
        left.setStretch(0, 1000)
        self._left = box(left)
        self._left.setFixedWidth(px(LEFT) + space.s2)
        self._rule = hairline(Qt.Orientation.Vertical)
        main = column(self.head, self.message, self.list, margins=(space.s3 - px(4), 0, space.s3, 0))
        main.setStretch(2, 1)
        whole = row(self._left, self._rule)
        whole.addLayout(main, 1)
        self.setLayout(whole)
        self.message.hide()
        self.result.hide()

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _: self._opened())
        self.list.pressed.connect(self.press)
        self.list.opened.connect(lambda _: self.write_note())
        self.categories.opened.connect(self._enter_category)
        self.categories.clicked.connect(lambda _: self._enter_category(self.categories.current))
        look().changed.connect(self._fit)
        if self.card is not None:
            self.list.noted.connect(self.write_note)
            self.list.acting.connect(self.start_action)
            self.card.picked.connect(self.press)
            self.card.left.connect(self.to_keys)
            self.card.noted.connect(self.noted)
            self.card.acting.connect(self.start_action)
            self.card.action_wanted.connect(self.action_wanted)
            self.card.evidence_wanted.connect(lambda: self.evidence_wanted.emit(self.item_number))
            self.card.chip_opened.connect(self.chip_opened)
            self.card.action_opened.connect(self.action_opened)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: SheetShown, *, at: str = "") -> None:
        """``at`` is the item to open; without it the open one stays, or the first that nobody has rated."""
        another = self.sheet is None or self.sheet.id != sheet.id
        if another:
            self._under_way.clear()
        for item in sheet.items:
            if self._under_way.get(item.number) == item.today:
                del self._under_way[item.number]
        self.sheet = sheet
        self.head.say_last(sheet.last_head)
        self._show(at or (first_open(sheet.sections) if another else ""))

    def _show(self, at: str = "") -> None:
        sheet = self._as_given()
        if sheet is None:
            return
        self.list.show_sections(sheet.sections)
        if at:
            self.list.choose(at)
        self.categories.show_sections(sheet.sections)
        self._show_count(sheet)
        self._opened()

    def _as_given(self) -> SheetShown | None:
        """The sheet with what is on its way to the database."""
        if self.sheet is None or not self._under_way:
            return self.sheet

        def now(item: ItemShown) -> ItemShown:
            given = self._under_way.get(item.number)
            return item if given is None else replace(item, today=given, counted=None)

        sections = tuple(replace(each, items=tuple(now(item) for item in each.items)) for each in self.sheet.sections)
        return replace(self.sheet, sections=sections, result="")

    def _show_count(self, sheet: SheetShown) -> None:
        words, all_ = self._words, len(sheet.items)
        if sheet.counted:
            self.count.setText(sheet.counted)
            self.rest.setText(sheet.rest)
            return
        self.count.setText(words("{n} of {all} rated").format(n=sheet.rated, all=all_))
        self.result.setText(sheet.result)
        self.result.setVisible(bool(sheet.result))
        done = sheet.rated == all_
        self.rest.setText(
            ""
            if done
            else words("A percent appears when all {all} are rated or marked not applicable.").format(all=all_)
        )

    def _opened(self) -> None:
        """Another item, or the same one with other values."""
        item, sheet = self.list.current, self.sheet
        if item is None or sheet is None:
            return
        if self.card is not None:
            self.card.show_item(item, f"rating:{sheet.id}:{item.number}", why_not=sheet.why_not, can_act=sheet.can_act)
        self.legend.show_keys(keys_of(self._words, item, paper=self._paper))
        self.list.open_row()
        self.categories.choose(item.section)
        self.moved.emit()

    @property
    def item_number(self) -> str:
        return self.list.current_key

    def open_item(self, number: str) -> bool:
        return self.list.choose(number)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """A digit, N, ?, Space or Backspace for the open item. What its scale has not is refused with a sentence."""
        item = self.list.current
        if item is None or self.sheet is None:
            return
        if self.sheet.why_not:
            self._complain(self.sheet.why_not)
            return
        self._complain("")
        if key == "Space":
            self._next() if self._paper else self.write_note()
        elif key == "Backspace":
            self._back(item)
        elif key == "?":
            self._give(item, Given(), on=True)
        elif key == "N":
            self._leave_out(item)
        else:
            self._number(item, int(key))

    def _leave_out(self, item: ItemShown) -> None:
        if item.scale.not_applicable:
            self._give(item, Given(applies=False), on=True)
        else:
            self._complain(
                self._words("Item {item} has no “not applicable”. Rate it {values}.").format(
                    item=item.number, values=self._values(item)
                )
            )

    def _number(self, item: ItemShown, digit: int) -> None:
        if item.is_count:
            so_far = sum(item.today.values) if item.today.values else 0
            self._give(item, Given((min(so_far * 10 + digit, MOST_COUNTED),)))
        elif digit not in item.scale.values:
            self._complain(
                self._words("Item {item} takes {values}, not {digit}.").format(
                    item=item.number, values=self._values(item), digit=digit
                )
            )
        elif item.takes_many:
            self._give(item, Given((*item.today.values, digit)))
        elif self._asks_why(item, digit):
            self._give(item, Given((digit,)))
            self.write_note()
            self._complain(self._words("Say in a few words what was seen; Esc brings the number keys back."))
        else:
            self._give(item, Given((digit,)), on=True)

    def _asks_why(self, item: ItemShown, digit: int) -> bool:
        """Whether the author of the list wants a note with its lowest step, and there is none yet."""
        note = self.card.note.toPlainText() if self.card is not None else ""
        return item.asks_note and self.card is not None and digit == min(item.scale.values) and not note.strip()

    def _back(self, item: ItemShown) -> None:
        """The last digit or value goes; on paper, where there is none, one item back."""
        if item.is_count and item.today.values:
            left = sum(item.today.values) // 10
            self._give(item, Given((left,)) if left else Given())
        elif item.takes_many and item.today.values:
            self._give(item, Given(item.today.values[:-1]))
        elif self._paper:
            self.list.step(-1)
        elif item.today.is_rated:
            self._give(item, Given())

    def _values(self, item: ItemShown) -> str:
        *first, last = (str(value) for value in item.scale.values)
        return self._words("{values} or {last}").format(values=", ".join(first), last=last) if first else last

    def _give(self, item: ItemShown, given: Given, *, on: bool = False) -> None:
        if given != item.today:
            self._under_way[item.number] = given
            self.rated.emit(item.number, given)
            self._show()
        if on:
            self._next()

    def _next(self) -> None:
        before = self.list.current_key
        self.list.step(1)
        if self.list.current_key == before:
            self.ended.emit()

    def refused(self, item: str, words: str) -> None:
        """The rating was not written."""
        self._under_way.pop(item, None)
        self._show()
        self._complain(words)

    def _complain(self, words: str) -> None:
        if self.card is not None:
            self.card.complain(words)
            self.list.open_row()
        else:
            self.message.setText(words)
            self.message.setVisible(bool(words))
            if words:
                announce(self, words)

    # -- moving -------------------------------------------------------------------------------------------------------

    def to_keys(self) -> None:
        """The number keys again."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def write_note(self) -> None:
        if self.card is not None and self.list.current is not None:
            self.card.write()

    def start_action(self) -> None:
        if self.card is not None and self.list.current is not None and self.sheet is not None and self.sheet.can_act:
            self.card.open_action(self._names())

    def _enter_category(self, section: SectionShown | None) -> None:
        if section is not None and section.items:
            self.list.choose(first_open((section,)))
            self.to_keys()

    def leave(self) -> None:
        if self.card is not None:
            self.card.leave()

    def bring_back(self, typed: dict[str, str]) -> None:
        """Texts an earlier evening left for this sheet: opens the item of the first and puts it back."""
        if self.sheet is None or self.card is None:
            return
        start = f"rating:{self.sheet.id}:"
        waiting: dict[str, dict[str, str]] = {}
        for key, text in typed.items():
            if key.startswith(start) and text.strip():
                item, _, field = key.removeprefix(start).partition(":")
                waiting.setdefault(item, {})[field] = text
        for item, texts in waiting.items():
            if self.list.choose(item):
                self.card.bring_back(texts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= look().px(WITHOUT_LEFT)
        self._left.setVisible(wide)
        self._rule.setVisible(wide)
        left = LEFT_ROOMY if self.width() >= look().px(ROOMY) else LEFT
        self._left.setFixedWidth(look().px(left) + look().measures.space.s2)
        self.legend.setVisible(self.height() >= look().px(self.legend_from))

    def columns(self) -> tuple[QWidget, ...]:
        """The keys that rate come first, wherever they stand."""
        return (self.list, self.categories) if self._left.isVisibleTo(self) else (self.list,)
