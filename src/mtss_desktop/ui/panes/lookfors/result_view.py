"""What came out: scores and criteria with their sources | items with who saw what | where sources differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.chips import StatusChip
from mtss_desktop.ui.kit.layouts import Hanging, box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.statement import Number, NumberList, Statement
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.lookfors.rating_list import RatingHead, RatingList
from mtss_desktop.ui.panes.lookfors.showing import ItemShown, SectionShown
from mtss_desktop.ui.theme import look

LEFT, WITHOUT_LEFT, WIDEST = 300, 820, 640
"""Width of scores and criteria, of the page under which they stand above, and their widest; pixels at 100 %."""


@dataclass(frozen=True)
class ScoreLine:
    """A total or a section. ``share`` is 0 to 1 for the bar, None where no percent can be said; ``part`` belongs to the one above."""

    title: str
    value: str
    note: str
    share: float | None = None
    part: bool = False


@dataclass(frozen=True)
class CriterionLine:
    """``met`` None: not yet to be said. ``source`` says where it is written."""

    title: str
    met: bool | None
    source: str


@dataclass(frozen=True)
class Apart:
    """An item on which two sources stand apart."""

    number: str
    label: str
    one: str
    other: str
    who: str


@dataclass(frozen=True)
class ResultShown:
    """``finding`` is the sentence before everything; ``apart`` are (title, lines) per pair of sources."""

    finding: str
    detail: str
    scores: tuple[ScoreLine, ...]
    criteria: tuple[CriterionLine, ...]
    sections: tuple[SectionShown, ...]
    last_head: str = ""
    beside: tuple[tuple[str, str, str], ...] = ()
    apart: tuple[Apart, ...] = ()
    agreement: str = ""
    comments: tuple[str, ...] = ()
    comments_note: str = ""


class ScoreBar(QWidget):
    """A score as a bar on the whole scale."""

    def __init__(self, share: float | None) -> None:
        super().__init__()
        self._share = share
        self.setFixedHeight(look().px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for width, role in ((self.width(), "rule"), (round(self.width() * (self._share or 0)), "accent")):
            if width:
                painter.setBrush(look().color(role))
                painter.drawRoundedRect(QRect(0, 0, width, self.height()), 2, 2)


class ResultView(QWidget):
    """``opened`` carries the number of an item whose card is wanted."""

    opened = Signal(str)
    acting = Signal(str)
    """An item an action is wanted of."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.shown: ResultShown | None = None
        self.statement = Statement()
        self._scores, self._criteria = column(), column(spacing=look().px(10))
        self.criteria_title = label(words("Criteria"), "heading")
        self.beside_title, self.beside = label(words("Beside the team"), "heading"), NumberList()
        self.list = RatingList(words)
        self.head = RatingHead(words, self.list, words("This time"))
        self.list.opened.connect(lambda item: self.opened.emit(item.number))
        self.list.acting.connect(lambda: self.acting.emit(self.list.current_key))
        self.keys = Prose(words("Enter opens an item, A makes an action of it."), "caption")
        self.apart_title = label(words("Where sources differ"), "heading")
        self.agreement = Prose("")
        self.apart: RecordTable[Apart] = RecordTable(
            self._columns(), key=lambda each: f"{each.number} {each.who}", name=words("Where sources differ")
        )
        self.apart.opened.connect(lambda chosen: self.opened.emit(chosen[0].number))
        self.comments_title, self.comments_note = label(words("Comments"), "heading"), Prose("", "caption")
        self._comments = column(spacing=look().px(6))
        self._build()

    def _columns(self) -> list[Column[Apart]]:
        words = self._words
        return [
            Column("item", words("Item"), lambda each: Cell(each.number), width=56),
            Column("label", words("Look-for"), lambda each: Cell(each.label, tip=each.label)),
            Column("one", words("Team"), lambda each: Cell(each.one), width=104),
            Column("other", words("Other"), lambda each: Cell(each.other), width=104),
            Column("who", words("Who"), lambda each: Cell(each.who, tone="soft"), width=132),
        ]

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        left = column(
            self.statement, px(16), self._scores, px(20), self.criteria_title, px(8), self._criteria, px(20), self.beside_title,
            self.beside, px(20), self.comments_title, self.comments_note, px(6), self._comments, None,
            margins=(space.s3, 0, space.s3, space.s3),
        )  # fmt: skip
        inside = box(left)
        inside.setMaximumWidth(px(WIDEST))
        self._left = scrolling(box(row(inside, None)), self._words("Scores and criteria"))
        self._rule = hairline(Qt.Orientation.Vertical)
        main = column(
            self.head,
            self.list,
            px(8),
            self.keys,
            px(16),
            self.apart_title,
            self.agreement,
            px(4),
            Hanging(self.apart),
            margins=(space.s3 - px(4), 0, space.s3, space.s2),
        )
        main.setStretch(1, 1)
        self._main = box(main)
        self._whole = row(self._left, self._rule)
        self._whole.addWidget(self._main, 1)
        self.setLayout(self._whole)
        self._fit()
        look().changed.connect(self._fit)

    def show_result(self, shown: ResultShown) -> None:
        self.shown = shown
        self.statement.say(shown.finding, shown.detail)
        self._fill(self._scores, [self._score(each) for each in shown.scores])
        self.criteria_title.setVisible(bool(shown.criteria))
        self._fill(self._criteria, [self._criterion(each) for each in shown.criteria])
        self.beside_title.setVisible(bool(shown.beside))
        self.beside.show_numbers([Number(*each) for each in shown.beside])
        self.head.say_last(shown.last_head)
        self.list.show_sections(shown.sections)
        self.agreement.setText(shown.agreement)
        for part in (self.apart_title, self.apart, self.agreement):
            part.setVisible(bool(shown.apart))
        self._main.setVisible(bool(shown.sections))
        self.apart.show_records(shown.apart)
        self.apart.setFixedHeight(min(self.apart.whole_height(), look().px(180)))
        told = bool(shown.comments or shown.comments_note)
        self.comments_title.setVisible(told)
        self.comments_note.setText(shown.comments_note)
        self.comments_note.setVisible(bool(shown.comments_note))
        self._fill(self._comments, [Prose(each, "base", "ink") for each in shown.comments])
        self._fit()

    @staticmethod
    def _fill(layout: object, parts: Sequence[QWidget]) -> None:
        while (item := layout.takeAt(0)) is not None:  # type: ignore[attr-defined]
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for part in parts:
            layout.addWidget(part)  # type: ignore[attr-defined]

    def _score(self, score: ScoreLine) -> QWidget:
        px = look().px
        title = Prose(score.title, "base" if score.part else "medium", "ink_soft" if score.part else "ink")
        head = row(title, label(score.value, "base" if score.part else "strong"), spacing=px(8))
        head.setStretch(0, 1)
        parts: list[QWidget] = [box(head)]
        if score.share is not None and not score.part:
            parts.append(ScoreBar(score.share))
        if score.note:
            parts.append(Prose(score.note, "caption"))
        made = box(column(*parts, spacing=px(3), margins=(px(12) if score.part else 0, px(5), 0, px(5))))
        made.setAccessibleName(", ".join(part for part in (score.title, score.value, score.note) if part))
        return made

    def _criterion(self, criterion: CriterionLine) -> QWidget:
        words = self._words
        told = {
            True: (words("Met"), "success", "ph.check"),
            False: (words("Not met"), "warning", "ph.x"),
            None: (words("Not yet to be said"), "", "ph.clock"),
        }[criterion.met]
        chip = StatusChip(told[0], tone=told[1], icon=told[2])
        head = row(Prose(criterion.title, "base", "ink"), chip, spacing=look().px(8))
        head.setStretch(0, 1)
        parts: list[QWidget] = [box(head)]
        if criterion.source:
            source = label(criterion.source, "caption", wrap=True)
            source.setText(criterion.source.removeprefix("https://").removeprefix("http://"))
            source.setToolTip(criterion.source)
            parts.append(Prose(words("Source: {source}").format(source=source.text()), "caption"))
        made = box(column(*parts, spacing=look().px(2)))
        made.setAccessibleName(f"{criterion.title}: {told[0]}")
        return made

    def _fit(self) -> None:
        alone = self.shown is not None and not self.shown.sections
        beside = self.width() >= look().px(WITHOUT_LEFT) and not alone
        self._rule.setVisible(beside)
        way = self._whole.Direction.LeftToRight if beside else self._whole.Direction.TopToBottom
        if self._whole.direction() != way:
            self._whole.setDirection(way)
        if beside:
            self._left.setFixedWidth(look().px(LEFT) + look().measures.space.s3)
            self._left.setMinimumHeight(0)
            self._left.setMaximumHeight(16_777_215)
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
            high = 16_777_215 if alone else self.height() // 2
            self._left.setMinimumHeight(0 if alone else high)
            self._left.setMaximumHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def item(self) -> ItemShown | None:
        return self.list.current

    def columns(self) -> tuple[QWidget, ...]:
        if not self._main.isVisibleTo(self):
            return ()
        return (self.list, *((self.apart,) if self.apart.isVisibleTo(self) else ()))
