"""What is on the table: the problem in one sentence, its chart, and how it goes, with last time beside each mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.meetings import Meeting
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import ElidedLabel, hairline, label
from mtss_desktop.ui.panes.meetings.painted import paint_strip
from mtss_desktop.ui.panes.meetings.words import (
    EFFECT,
    FIDELITY,
    goal_words,
    last_time,
    problem_opened,
    problem_sentence,
)
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.live import AgendaLine, ProblemOnTable

Mark = Callable[[str, str], None]
"""("fidelity" or "effect", value)."""
CHART = 260
"""Width of the chart in pixels at 100 %."""


class Strip(QWidget):
    """Time used of planned."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(look().px(4))

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_strip(QPainter(self), self.rect(), self._share)


class MarkRow(QWidget):
    """One question with its answers side by side, or as a list where there is little room."""

    def __init__(self, words: Words, name: str, key: str, choices: tuple[tuple[str, str], ...], mark: Mark) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._choices = words, choices
        said = [(value, words(text)) for value, text in choices]
        self.name = label(name, "soft")
        self.name.setFixedWidth(look().px(52))
        self.segments = Segmented(said, name)
        self.segments.choose("")
        self.list = Choice([("", words("Not marked")), *said], name=name)
        self.before = label("", "caption")
        self.segments.picked.connect(partial(mark, key))
        self.list.chosen_changed.connect(lambda value: mark(key, value) if value else None)
        self._row = row(self.name, self.segments, self.list, self.before, None, spacing=look().px(12))
        self.setLayout(self._row)
        self.list.hide()

    def show_mark(self, value: str, before: str) -> None:
        if value != self.segments.chosen:
            self.segments.choose(value)
        if value != self.list.value:
            self.list.choose(value)
        self.before.setText(before)

    def fold(self, folded: bool) -> None:
        self.segments.setVisible(not folded)
        self.list.setVisible(folded)
        self.before.setVisible(not folded)

    def allow(self, allowed: bool) -> None:
        self.segments.setEnabled(allowed)
        self.list.setEnabled(allowed)


class TableItem(QWidget):
    """``marked`` carries (what, value). Folded it is one line with the marks; *Show problem* opens it."""

    marked = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._folded = self._opened = self._least = False
        self._shown: ProblemOnTable | None = None
        self._figure: Figure | None = None
        space = look().measures.space
        self.title, self.aside = ElidedLabel("", "heading"), label("", "soft")
        self.strip = Strip()
        self.sentence, self.goal = Prose("", "base", "ink"), Prose("")
        self.short = ElidedLabel("")
        self.figure = FigureView(words)
        self.figure.setFixedWidth(look().px(CHART))
        self.figure.setFixedHeight(look().px(160))
        self.fidelity = MarkRow(words, words("Fidelity"), "fidelity", FIDELITY, self.marked.emit)
        self.effect = MarkRow(words, words("Effect"), "effect", EFFECT, self.marked.emit)
        self.more = Button(words("Show problem"), self.toggle, kind="quiet", size="small")
        head = row(self.title, self.aside, self.more, spacing=space.s2)
        head.setStretch(0, 1)
        told = column(self.sentence, look().px(4), self.goal, None)
        self._facts = row(spacing=space.s3)
        self._facts.addLayout(told, 1)
        self._facts.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignTop)
        self.facts = box(self._facts)
        self._marks = row(self.fidelity, self.effect, None, spacing=space.s2)
        self._under = column(spacing=look().px(6))
        self.marks = box(column(self._under, self._marks))
        self.setLayout(
            column(
                head,
                look().px(6),
                self.strip,
                look().px(4),
                self.short,
                self.facts,
                look().px(8),
                self.marks,
                look().px(10),
                hairline(),
            )
        )
        self._arrange()

    def show_item(self, item: AgendaLine | None, on_table: ProblemOnTable | None, meeting: Meeting) -> None:
        """``item`` None: nothing is on the table."""
        words = self._words
        self.title.setText(item.title if item else words("Nothing on the table yet"))
        self._shown = on_table
        if on_table is not None:
            self.aside.setText(problem_opened(words, on_table, meeting))
            self.sentence.setText(problem_sentence(on_table))
            self.short.setText(problem_sentence(on_table))
            self.goal.setText(goal_words(words, on_table))
            self.goal.setVisible(bool(self.goal.text()))
            self._show_marks(on_table)
        self._arrange()

    def _show_marks(self, on_table: ProblemOnTable) -> None:
        """What this meeting said; before that, the lowest fidelity of the solutions is where it starts."""
        review, last = on_table.review, on_table.last
        fidelity = review.fidelity if review is not None and review.fidelity else on_table.lowest
        effect = review.effect if review is not None else None
        self.fidelity.show_mark(
            fidelity.value if fidelity else "", last_time(self._words, last.fidelity if last else None, FIDELITY)
        )
        self.effect.show_mark(
            effect.value if effect else "", last_time(self._words, last.effect if last else None, EFFECT)
        )

    def show_figure(self, figure: Figure | None) -> None:
        if figure == self._figure and (figure is None) == self.figure.isHidden():
            return
        self._figure = figure
        if figure is not None:
            self.figure.show_figure(figure)
        self._arrange()

    def show_time(self, words: str, share: float | None) -> None:
        """Used of planned beside the title where the agenda is not in sight."""
        self.strip.show_share(share or 0.0)
        if self._folded or self._shown is None:
            self.aside.setText(words)

    def allow(self, allowed: bool) -> None:
        self.fidelity.allow(allowed)
        self.effect.allow(allowed)

    # -- room ---------------------------------------------------------------------------------------------------------

    def fold(self, folded: bool, *, least: bool = False) -> None:
        """``least``: no room even for one line of the problem and its marks until they are asked for."""
        if (folded, least) != (self._folded, self._least):
            self._folded, self._least, self._opened = folded, least, False
            self._arrange()

    @property
    def can_toggle(self) -> bool:
        return self._folded and self._shown is not None

    def toggle(self) -> None:
        """The whole problem, or one line again."""
        if self.can_toggle:
            self._opened = not self._opened
            self._arrange()

    def _arrange(self) -> None:
        problem = self._shown is not None
        whole = problem and (not self._folded or (self._opened and not self._least))
        self.facts.setVisible(whole)
        hidden = self._least and not self._opened
        self.short.setVisible(problem and not whole and not hidden)
        self.figure.setVisible(whole and self._figure is not None)
        self.more.setVisible(self._folded and problem)
        self.marks.setVisible(problem and not hidden)
        self.strip.setVisible(self._folded and not hidden)
        self.more.say(self._words("Hide problem") if self._opened else self._words("Show problem"))
        for each in (self.fidelity, self.effect):
            each.fold(self._folded)
            target, other = (self._marks, self._under) if self._folded else (self._under, self._marks)
            if target.indexOf(each) < 0:
                other.removeWidget(each)
                target.insertWidget(0 if each is self.fidelity else target.indexOf(self.fidelity) + 1, each)
