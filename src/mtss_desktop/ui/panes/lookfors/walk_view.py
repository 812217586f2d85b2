"""A short visit to a classroom: tallies by single keys, a running time, the ratio as it grows, and what was seen. No teacher."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.administrations import per_minute, praise_ratio
from mtss_desktop.domain.scoring import half_up
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import announce, hairline, label
from mtss_desktop.ui.panes.lookfors.rating_list import RatingHead, RatingList
from mtss_desktop.ui.panes.lookfors.showing import Given, ItemShown, SectionShown
from mtss_desktop.ui.theme import look

SIDE, UNDER_BELOW = 300, 760
"""Width of time and tallies, and of the page under which they stand above the list; pixels at 100 %."""
TICK, KEEP_EVERY = 500, 60
"""Milliseconds between two looks at the clock, seconds after which the minutes watched are kept."""


@dataclass(frozen=True)
class Tally:
    """A counted item with the key that counts it; ``counts`` is praise, corrections, responses or ""."""

    item: str
    label: str
    key: str
    counts: str
    n: int


@dataclass(frozen=True)
class WalkShown:
    """``minutes`` watched so far."""

    id: str
    setting: str
    sections: tuple[SectionShown, ...]
    tallies: tuple[Tally, ...]
    minutes: float
    why_not: str = ""


class TallyRow(QWidget):
    """A count in large figures with its key; a click counts, too."""

    def __init__(self, tally: Tally, count: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.number = label("0", "title")
        self.number.setFixedWidth(look().px(52))
        self.button = Button(tally.label, count)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        cap = label(tally.key, "key")
        cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line = row(self.number, self.button, cap, spacing=look().px(12))
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_tally(self, tally: Tally) -> None:
        self.number.setText(str(tally.n))
        self.button.setAccessibleName(f"{tally.label}: {tally.n}")
        self.button.setAccessibleDescription(tally.key)


class WalkList(RatingList):
    """Letters count; Space starts and stops the time."""

    counted = Signal(str)
    toggled = Signal()

    keys: frozenset[str] = frozenset()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        typed = event.text().upper()
        if plain and typed in self.keys and typed:
            self.counted.emit(typed)
        elif plain and typed == " ":
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class WalkView(QWidget):
    """``tallied`` carries (item, by), ``rated`` (item, Given), ``watched`` the minutes so far."""

    tallied = Signal(str, int)
    rated = Signal(str, object)
    watched = Signal(float)

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._now = words, now
        self.shown: WalkShown | None = None
        self._counts: dict[str, int] = {}
        self._last: list[str] = []
        self._under_way: dict[str, Given] = {}
        self._started: datetime | None = None
        self._before = 0.0
        self._kept = 0.0
        self.clock = label("0:00", "title")
        self.start = Button(words("Start the time"), self.toggle, icon_name="ph.clock", size="large")
        self.space = label(words("Space"), "key")
        self.space.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ratio, self.rate = label("", "statement"), Prose("")
        self.message = Prose("", "base", "danger")
        self.back = Button(words("Take the last one back"), self.take_back, kind="quiet", size="small")
        self.list = WalkList(words)
        self.head = RatingHead(words, self.list)
        self._tallies = column(spacing=look().px(10))
        self._rows: dict[str, TallyRow] = {}
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK)
        self._ticker.timeout.connect(self._tick)
        self._build()
        self.list.pressed.connect(self.press)
        self.list.counted.connect(self.count)
        self.list.toggled.connect(self.toggle)

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        words = self._words
        start = row(self.start, self.space, None, spacing=px(12))
        left = column(
            label(words("Time watched"), "caption-head"), self.clock, px(6), start, px(20),
            label(words("Count while you watch"), "caption-head"), px(8), self._tallies, px(4), row(self.back, None), px(18),
            self.ratio, self.rate, None,
            margins=(space.s3, px(4), space.s3, space.s2),
        )  # fmt: skip
        self._left = box(left)
        self._rule = hairline(Qt.Orientation.Vertical)
        main = column(self.head, self.message, self.list, margins=(space.s3 - px(4), 0, space.s3, 0))
        main.setStretch(2, 1)
        self._whole = row(self._left, self._rule)
        self._whole.addLayout(main, 1)
        self.setLayout(self._whole)
        self.message.hide()
        look().changed.connect(self._fit)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_walk(self, shown: WalkShown) -> None:
        another = self.shown is None or self.shown.id != shown.id
        if another:
            self.stop()
            self._under_way.clear()
            self._last = []
            self._before = self._kept = shown.minutes
        self.shown = shown
        self._counts = {each.item: each.n for each in shown.tallies}
        for section in shown.sections:
            for item in section.items:
                if self._under_way.get(item.number) == item.today:
                    del self._under_way[item.number]
        self.list.keys = frozenset(each.key for each in shown.tallies)
        self._show_tallies(shown.tallies)
        self.list.show_sections(shown.sections)
        for part in (self.start, self.back):
            part.setEnabled(not shown.why_not)
        self._tick()

    def _show_tallies(self, tallies: Sequence[Tally]) -> None:
        if list(self._rows) != [each.item for each in tallies]:
            while (item := self._tallies.takeAt(0)) is not None:
                gone = item.widget()
                if gone is not None:
                    gone.hide()
                    gone.deleteLater()
            self._rows = {}
            for tally in tallies:
                made = TallyRow(tally, lambda key=tally.key: self.count(key))  # type: ignore[misc]
                self._tallies.addWidget(made)
                self._rows[tally.item] = made
        for tally in tallies:
            self._rows[tally.item].show_tally(tally)
        self._show_ratio()

    def _show_ratio(self) -> None:
        words = self._words
        found = {each.counts: self._counts.get(each.item, 0) for each in self.shown.tallies} if self.shown else {}
        if "praise" in found or "corrections" in found:
            praise, corrections = found.get("praise", 0), found.get("corrections", 0)
            one, other = praise_ratio(praise, corrections)
            told = f"{float(half_up(one, 1)):g} : {1 if corrections else 0}" if praise or corrections else "–"
            self.ratio.setText(words("Praise to corrections {ratio}").format(ratio=told))
            self.ratio.setToolTip(words("{n} : {m}").format(n=one, m=other))
        minutes = Fraction(self.minutes).limit_denominator(600)
        rate = per_minute(found.get("responses", 0), minutes)
        if rate is None:
            self.rate.setText(words("Opportunities to respond in a minute appear when the time runs."))
        else:
            self.rate.setText(
                words("{n} opportunities to respond in a minute").format(n=f"{float(half_up(rate, 1)):g}")
            )

    # -- time ---------------------------------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        return self._started is not None

    @property
    def minutes(self) -> float:
        """Watched so far, this run with it."""
        run = (self._now() - self._started).total_seconds() / 60 if self._started is not None else 0.0
        return self._before + run

    def toggle(self) -> None:
        if self.shown is None or self.shown.why_not:
            return
        if self.running:
            self.stop()
        else:
            self._started = self._now()
            self._ticker.start()
            self.start.say(self._words("Stop the time"))
        self._tick()

    def stop(self) -> None:
        """The time stands; what was watched is kept."""
        if self._started is None:
            return
        self._before, self._started = self.minutes, None
        self._ticker.stop()
        self.start.say(self._words("Go on with the time"))
        self._keep()
        self._tick()

    def _keep(self) -> None:
        self._kept = self.minutes
        self.watched.emit(round(self.minutes, 2))

    def _tick(self) -> None:
        seconds = int(self.minutes * 60)
        self.clock.setText(f"{seconds // 60}:{seconds % 60:02}")
        self._show_ratio()
        if self.running and (self.minutes - self._kept) * 60 >= KEEP_EVERY:
            self._keep()

    # -- counting and rating ------------------------------------------------------------------------------------------

    def count(self, key: str) -> None:
        shown = self.shown
        if shown is None:
            return
        if shown.why_not:
            self._complain(shown.why_not)
            return
        tally = next((each for each in shown.tallies if each.key == key), None)
        if tally is not None:
            self._add(tally.item, 1)
            self._last.append(tally.item)

    def _add(self, item: str, by: int) -> None:
        self._counts[item] = self._counts.get(item, 0) + by
        row_ = self._rows[item]
        row_.number.setText(str(self._counts[item]))
        announce(row_, str(self._counts[item]))
        self._show_ratio()
        self.tallied.emit(item, by)

    def take_back(self) -> None:
        while self._last:
            item = self._last.pop()
            if self._counts.get(item, 0) > 0:
                self._add(item, -1)
                return

    def press(self, key: str) -> None:
        item = self.list.current
        if item is None or self.shown is None:
            return
        if self.shown.why_not:
            self._complain(self.shown.why_not)
        elif key == "Backspace":
            self.take_back()
        elif key == "?":
            self._give(item, Given())
        elif key == "N":
            if item.scale.not_applicable:
                self._give(item, Given(applies=False))
        elif key.isdigit() and int(key) in item.scale.values:
            self._give(item, Given((int(key),)))
        elif key.isdigit():
            told = ", ".join(str(value) for value in item.scale.values)
            self._complain(self._words("This takes {values}, not {digit}.").format(values=told, digit=key))

    def _give(self, item: ItemShown, given: Given) -> None:
        self._complain("")
        if given != item.today:
            self.rated.emit(item.number, given)
        self.list.step(1)

    def _complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            announce(self, words)

    def complain(self, words: str) -> None:
        self._complain(words)

    def leave(self) -> None:
        if self.running:
            self._keep()

    # -- places -------------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        beside = self.width() >= look().px(UNDER_BELOW)
        self._rule.setVisible(beside)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._whole.direction() != way:
            self._whole.setDirection(way)
        if beside:
            self._left.setFixedWidth(look().px(SIDE) + 2 * look().measures.space.s3)
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def columns(self) -> tuple[QWidget, ...]:
        return (self.list, self.start)
