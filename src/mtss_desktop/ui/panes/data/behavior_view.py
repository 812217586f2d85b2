"""Behavior: the core reports in their own shape, and the builder in which each chart counts what the bars before it leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.precise import NOTHING_CHOSEN, Narrowing, Part
from mtss_desktop.domain.provenance import behind
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.layouts import Pages, box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.statement import Statement
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.where_from import OpenImport
from mtss_desktop.ui.panes.data.figure_panel import FigurePanel
from mtss_desktop.ui.panes.data.sentence_foot import SentenceFoot
from mtss_desktop.ui.panes.data.words import file_stem
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.behavior_bars import Step
from mtss_desktop.usecases.data import BehaviorView
from mtss_desktop.usecases.data_precise import CoreReports, PreciseView, SavedBars

CHART = 196
MONTHS = 240
BAR, BAR_OF_TWO, FOOT, LONG_NAME = 26, 38, 16, 13
LIST = 224
LIST_BELOW = 900
MOST_SAVED = 8
"""Rows of saved bars in sight; more of them scroll."""
LOW = 520
"""Height in pixels at 100 % under which the foot scrolls with the charts."""
CORE, PRECISE = "core", "precise"
WHOLE = {
    Part.WHERE: "Location",
    Part.WHAT: "Behavior",
    Part.WHEN: "Time of day",
    Part.WEEKDAY: "Weekday",
    Part.WHO: "Grade",
}
ASKED = {Part.WHERE: "Where", Part.WHAT: "What", Part.WHEN: "When, by hour", Part.WHO: "Who, by grade"}


@dataclass(frozen=True)
class BehaviorContent:
    """Everything this page shows, read at once."""

    view: BehaviorView
    precise: PreciseView
    core: CoreReports
    saved: tuple[SavedBars, ...]
    teams: tuple[tuple[str, str], ...]


class Bars(FigurePanel):
    """A chart whose bars can be chosen. ``chosen`` carries the narrowing it leads to."""

    chosen = Signal(object)

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport, part: Part) -> None:
        super().__init__(words, asking, way, compact=True)
        self.part = part
        self.step: Step | None = None
        self.narrowing = Narrowing()
        self.view.pickable = True
        self.view.picked.connect(self._picked)

    def show_step(self, step: Step, narrowing: Narrowing, content: BehaviorContent, title: str) -> None:
        self.step, self.narrowing = step, narrowing
        self.stem = file_stem(["referrals", content.view.place, self.part.value])
        if step.figure is None:
            nothing = self.words("Nothing is left to count here.")
            self.show_missing(title, self.words.say(step.skipped) if step.skipped is not None else nothing)
            return
        sources = behind(content.view.where_from, step.behind)
        self.show_figure(step.figure, sources, title=title, height=_height(step.figure))
        self.say_aside(self.words.say(step.aside))

    def _picked(self, at: int, more: bool) -> None:
        """The bar alone, or with Ctrl one more; a chosen bar is taken back."""
        if self.step is None or at >= len(self.step.values):
            return
        value: str | int = self.step.values[at]
        if self.part in (Part.WHEN, Part.WEEKDAY):
            value = int(value)
        now = set(self.narrowing.of(self.part))
        wanted = now ^ {value} if more or value in now else {value}
        self.chosen.emit(self.narrowing.with_choices(self.part, wanted))  # type: ignore[arg-type]


class CorePage(QWidget):
    """Months, place, behavior; time, weekday, grade, students by referrals."""

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.statement = Statement()
        self.months = FigurePanel(words, asking, way)
        self.bars = {part: Bars(words, asking, way, part) for part in Part}
        self.bands = FigurePanel(words, asking, way, compact=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look().measures.space.s3)
        self._grid.setVerticalSpacing(look().measures.space.s2)
        content = box(column(self.statement, look().measures.space.s2, self._grid, None))
        layout = content.layout()
        assert layout is not None
        space = look().measures.space
        layout.setContentsMargins(space.s3, look().px(4), space.s3, space.s2)
        self.setLayout(column(content))
        self._across, self._tall = 2, 0
        self._place(2)

    def show_content(self, content: BehaviorContent) -> None:
        view, words = content.view, self.words
        self.statement.say(words.say(view.statement), words.say(view.detail))
        self.months.stem = file_stem(["referrals", view.place, "months"])
        self._tall = max(
            (_height(step.figure) for step in content.core.steps[:2] if step.figure is not None), default=0
        )
        self.months.show_figure(view.months, view.where_from, height=self._months_height)
        for step in content.core.steps:
            self.bars[step.part].show_step(step, content.precise.narrowing, content, words(WHOLE[step.part]))
        self._show_bands(content)

    def _show_bands(self, content: BehaviorContent) -> None:
        words, core = self.words, content.core
        title = words("Students by referrals")
        if core.band_figure is None:
            self.bands.show_missing(title, words("No enrollment is on record, so students cannot be counted."))
            return
        self.bands.stem = file_stem(["students by referrals", content.view.place])
        sources = behind(content.view.students_from, core.bands_behind)
        self.bands.show_figure(core.band_figure, sources, title=title, height=_height(core.band_figure))

    @property
    def _months_height(self) -> int:
        """Where places and behaviors stand beside it, as tall as they are, in pixels at 100 %."""
        return max(MONTHS, self._tall) if self._across == 4 else MONTHS

    def fit(self, width: int) -> None:
        """By the room of the page, never by its own width: that hangs on how many charts stand beside each other."""
        across = 4 if width >= look().px(1000) else 2 if width >= look().px(560) else 1
        if across != self._across:
            self._across = across
            self._place(across)
            self.months.view.setFixedHeight(look().px(self._months_height))

    def _place(self, across: int) -> None:
        where, what, when, weekday, who = (self.bars[part] for part in Part)
        if across == 4:
            spots: list[tuple[QWidget, int, int, int]] = [(self.months, 0, 0, 2), (where, 0, 2, 1), (what, 0, 3, 1)]
            spots += [(when, 1, 0, 1), (weekday, 1, 1, 1), (who, 1, 2, 1), (self.bands, 1, 3, 1)]
        else:
            rest: list[QWidget] = [where, what, when, weekday, who, self.bands]
            spots = [(self.months, 0, 0, across)]
            spots += [(each, 1 + at // across, at % across, 1) for at, each in enumerate(rest)]
        for part, line, at, span in spots:
            self._grid.addWidget(part, line, at, 1, span, Qt.AlignmentFlag.AlignTop)
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    @property
    def panels(self) -> tuple[FigurePanel, ...]:
        return (self.months, *self.bars.values(), self.bands)


class PrecisePage(QWidget):
    """Saved bars at left; where, what, when, who, how often, why."""

    picked = Signal(object)
    idea = Signal(str)

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.saved: dict[str, SavedBars] = {}
        self.list: SectionList[str] = SectionList(words("Saved bars"), self._paint, height="two_line_row")
        self.list.waits = True  # bars that were just picked stay until others are chosen
        self.list.chosen.connect(lambda key: self.picked.emit(self.saved[key].narrowing))
        self.list_help = Prose(
            words("Opened again, they are counted with today’s data beside the old number."), "caption"
        )
        self.bars = {part: Bars(words, asking, way, part) for part in ASKED}
        self.often = FigurePanel(words, asking, way, compact=True)
        self.why_text = Prose("", "base", "ink_soft")
        self.ideas = column(spacing=look().measures.space.s1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look().measures.space.s3)
        self._grid.setVerticalSpacing(look().measures.space.s2)
        self._build()

    def _build(self) -> None:
        words, space = self.words, look().measures.space
        why = column(label(words("Why, as the team sees it"), "heading"), self.why_text, self.ideas, None,
                     spacing=space.s1)  # fmt: skip
        self.why = box(why)
        self._side = box(column(label(words("Saved bars"), "heading"), space.half, self.list, space.s1,
                                self.list_help, None))  # fmt: skip
        self._line = hairline(Qt.Orientation.Vertical)
        grid = box(column(self._grid, None))
        self._columns = row(self._side, self._line, grid, spacing=space.s3)
        self._columns.setStretch(2, 1)
        self._columns.setContentsMargins(space.s3, look().px(4), space.s3, space.s2)
        self.setLayout(self._columns)
        self._across = 3
        self._place(3)

    def show_content(self, content: BehaviorContent) -> None:
        words, view = self.words, content.precise
        for step in view.steps:
            self.bars[step.part].show_step(step, view.narrowing, content, words(ASKED[step.part]))
        if view.often is None:
            self.often.show_missing(words("How often"), words("Nothing is left to count here."))
        else:
            self.often.show_figure(view.often, behind(content.view.where_from, view.often_behind), height=CHART)
            self.often.say_aside(words.say(said("{n} of those", n=view.n)))
        self._show_why(view)
        self._show_saved(content)

    def _show_why(self, view: PreciseView) -> None:
        words = self.words
        while (item := self.ideas.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        text = words("Data cannot say why. Type it below.")
        if view.ideas:
            text = words("Data cannot say why. From the minutes:")
        self.why_text.setText(text)
        for idea in view.ideas:
            button = Button(_shortened(idea.text), partial(self.idea.emit, idea.text))
            button.setToolTip(f"{idea.text} ({words.date(idea.day)})")
            button.setAccessibleName(words("Use “{text}”").format(text=idea.text))
            self.ideas.addWidget(button)

    def _show_saved(self, content: BehaviorContent) -> None:
        self.saved = {each.id: each for each in content.saved}
        self.list.show_rows([Row(each.id, each.name, each.id, spoken=self._spoken(each)) for each in content.saved])
        now = next((each.id for each in content.saved if each.narrowing.is_like(content.precise.narrowing)), "")
        self.list.blockSignals(True)
        self.list.choose(now)
        self.list.blockSignals(False)
        self.list.setVisible(bool(content.saved))
        self.list.setFixedHeight(min(len(content.saved), MOST_SAVED) * look().measures.height.two_line_row)
        self.list_help.setText(
            self.words("Opened again, they are counted with today’s data beside the old number.")
            if content.saved
            else self.words("Save what you chose: next month it is counted again, with the old number beside it.")
        )

    def _spoken(self, each: SavedBars) -> str:
        return f"{each.name}, {self.words.say(_then(each))}, {self.words.number(each.now)}"

    def _paint(self, painter: QPainter, rect: QRect, row_: Row[str], selected: bool) -> None:
        each = self.saved[row_.key]
        ink = "selection_ink" if selected else "ink"
        half = rect.height() // 2
        top = QRect(rect.left(), rect.top() + look().px(3), rect.width(), half)
        painter.setPen(look().color(ink))
        painter.setFont(look().font("strong"))
        now = self.words.number(each.now)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, now)
        room = rect.width() - painter.fontMetrics().horizontalAdvance(now) - look().px(10)
        painter.setFont(look().font())
        name = painter.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("selection_ink" if selected and look().theme.is_contrast else "ink_soft"))
        below = QRect(rect.left(), rect.top() + half, rect.width(), half - look().px(3))
        text = painter.fontMetrics().elidedText(self.words.say(_then(each)), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def fit(self, width: int) -> None:
        """By the room of the page, never by its own width: that hangs on how many charts stand beside each other."""
        wide = width >= look().px(LIST_BELOW)
        self._columns.setDirection(self._columns.Direction.LeftToRight if wide else self._columns.Direction.BottomToTop)
        self._line.setVisible(wide)
        self._side.setMaximumWidth(look().px(LIST) if wide else 16_777_215)
        self._side.setMinimumWidth(look().px(LIST) if wide else 0)
        room = width - (look().px(LIST + 48) if wide else 0)
        across = 3 if room >= look().px(740) else 2 if room >= look().px(480) else 1
        if across != self._across:
            self._across = across
            self._place(across)

    def _place(self, across: int) -> None:
        parts: list[QWidget] = [*self.bars.values(), self.often, self.why]
        for at, part in enumerate(parts):
            self._grid.addWidget(part, at // across, at % across, Qt.AlignmentFlag.AlignTop)
        for at in range(3):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    @property
    def panels(self) -> tuple[FigurePanel, ...]:
        return (*self.bars.values(), self.often)


P = TypeVar("P", CorePage, PrecisePage)


class BehaviorPane(QWidget):
    """Counts alone: no student is read here. ``narrowed`` carries the bars that are wanted now."""

    narrowed = Signal(object)
    severity_picked = Signal(str)
    made = Signal(str, str)
    updated = Signal(str)
    keep_wanted = Signal()
    goal_wanted = Signal()
    noticed = Signal(object)

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words, self._asking, self._way = words, asking, way
        self._which, self.about = CORE, ""
        self.content: BehaviorContent | None = None
        self._history: list[Narrowing] = []
        self.pages = Segmented(((CORE, words("Core reports")), (PRECISE, words("Precise problem"))), words("Reports"))
        self.pages.picked.connect(self.show_page)
        self.severity = Segmented(
            (("major", words("Majors")), ("minor", words("Minors")), ("all", words("All"))), words("Kind of referral")
        )
        self.severity.picked.connect(self.severity_picked.emit)
        self._stack = Pages()
        self._up_to_date: set[str] = set()
        self.foot = SentenceFoot(words, typing)
        space = look().measures.space
        self._top = row(self.pages, self.severity, None, spacing=space.s2, margins=(space.s3, 0, space.s3, space.s1))
        self._inside = column(self._stack)
        self._scroller = scrolling(box(self._inside), words("Behavior"))
        self._outside = column(self._top, self._scroller)
        self._outside.setStretch(1, 1)
        self.setLayout(self._outside)
        self._outside.addWidget(self.foot)
        self._foot_inside = False
        self._connect()

    # -- pages, each made when it is first wanted: their charts are most of the work of this view --------------------------

    @cached_property
    def core(self) -> CorePage:
        return self._added(CorePage(self.words, self._asking, self._way))

    @cached_property
    def precise(self) -> PrecisePage:
        made = self._added(PrecisePage(self.words, self._asking, self._way))
        made.picked.connect(self._narrow)
        made.idea.connect(self.foot.suggest)
        return made

    def _added(self, page: P) -> P:
        self._stack.addWidget(page)
        for bars in page.bars.values():
            bars.chosen.connect(self._narrow)
            bars.view.stepped.connect(partial(self._step, bars))
        for panel in page.panels:
            panel.noticed.connect(self.noticed)
        return page

    def _fill(self) -> None:
        """The page in front shows what was read last; the other one when it comes to the front."""
        page = self.page
        if self.content is not None and self._which not in self._up_to_date:
            self._up_to_date.add(self._which)
            page.show_content(self.content)
            for panel in page.panels:
                panel.about = self.about
            tab_in_reading_order(self)
        self._stack.setCurrentWidget(page)

    def _connect(self) -> None:
        self.foot.made.connect(self.made)
        self.foot.updated.connect(self.updated)
        self.foot.saved.connect(self.keep_wanted)
        self.foot.goal_wanted.connect(self.goal_wanted)
        self.foot.cleared.connect(partial(self._narrow, NOTHING_CHOSEN))

    # -- content ------------------------------------------------------------------------------------------------------

    def show_content(self, content: BehaviorContent) -> None:
        if self.content is not None and self.content.view.place_id != content.view.place_id:
            self._history.clear()
            self.foot.unsaved.put_away()
        self.content = content
        self.severity.setVisible(content.precise.severities)
        self.severity.choose(content.precise.severity or "major")
        self.foot.offer_teams(content.teams)
        self._up_to_date.clear()
        self._fill()
        self.foot.show_view(content.precise)
        self._fold()

    def show_page(self, which: str) -> None:
        self._which = which
        self.pages.choose(which)
        self._fill()
        self._fold()

    @property
    def page(self) -> CorePage | PrecisePage:
        return self.core if self._which == CORE else self.precise

    @property
    def panels(self) -> tuple[FigurePanel, ...]:
        return self.page.panels

    def _narrow(self, narrowing: Narrowing) -> None:
        if self.content is not None:
            self._history.append(self.content.precise.narrowing)
        self.narrowed.emit(narrowing)

    def step_back(self) -> bool:
        """Takes the last choice back; False where there is none."""
        if not self._history:
            return False
        self.narrowed.emit(self._history.pop())
        return True

    def _step(self, bars: Bars, by: int) -> None:
        """Up and Down go from chart to chart."""
        there = [each for each in self.page.bars.values() if not each.view.isHidden()]
        if bars in there:
            at = there.index(bars) + by
            if 0 <= at < len(there):
                there[at].view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and self.step_back():
            return
        super().keyPressEvent(event)

    def stops(self) -> tuple[QWidget, ...]:
        return (self.pages.stop, *(panel.view for panel in self.panels if panel.view.isVisible()), self.foot.why)

    # -- room ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """The foot stays in view where there is height for it, else it scrolls with the charts."""
        inside = self.height() < look().px(LOW)
        if inside != self._foot_inside:
            self._foot_inside = inside
            (self._inside if inside else self._outside).addWidget(self.foot)
        for key in (CORE, PRECISE):
            page = vars(self).get(key)
            if page is not None:  # only the page in view asks for room
                page.fit(self.width())
                policy = QSizePolicy.Policy.Preferred if key == self._which else QSizePolicy.Policy.Ignored
                page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._stack.adjustSize()


def _then(each: SavedBars) -> Said:
    """Saved 10/20, was 41."""
    if each.problem_id is not None:
        return said("problem since {day:short}, was {n}", day=each.saved_on, n=each.was)
    return said("saved {day:short}, was {n}", day=each.saved_on, n=each.was)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def _height(figure: Figure) -> int:
    """In pixels at 100 %; a name of several words may take two lines."""
    if not figure.horizontal:
        return CHART
    wraps = any(len(str(name)) > LONG_NAME for name in figure.x.categories)
    return FOOT + (BAR_OF_TWO if wraps else BAR) * len(figure.x.categories)
