"""What is on the table: the problem in one sentence, its chart, and how it goes, with last time beside each mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.meetings import Meeting
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import ElidedLabel, hairline, label
from mtss_desktop.ui.panes.meetings.painted import paint_strip
from mtss_desktop.ui.panes.meetings.words import (
    EFFECT,
    FIDELITY,
    NEXT_STEP,
    goal_words,
    last_time,
    problem_opened,
    problem_sentence,
)
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.live import AgendaLine, ProblemOnTable

Mark = Callable[[str, str], None]
"""(what: fidelity, effect, level, level_days or next_step; value)."""
CHART, WIDE_CHART = (260, 176), (420, 208)
"""Width and height of the chart in pixels at 100 %: usually, and where there is room for it."""
GAP = 4
"""Between two rows of marks, in pixels at 100 %."""
WIDE = 900
"""Width of the page in pixels at 100 % from which the chart is large and the marks stand in two columns."""


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
        self.segments = Segmented(said, name, size="small")
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


class LevelRow(QWidget):
    """The level now, in the unit of the problem, and over how many school days it was counted; kept on Enter and when left."""

    def __init__(self, words: Words, mark: Mark) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._mark = words, mark
        self._shown: ProblemOnTable | None = None
        self.name = label(words("Now"), "soft")
        self.name.setFixedWidth(look().px(52))
        self.level, self.days = Field(), Field()
        for field, what in ((self.level, "level"), (self.days, "level_days")):
            field.setFixedWidth(look().px(64))
            field.editingFinished.connect(partial(self._entered, field, what))
        self.unit, self.over, self.before = ElidedLabel(""), label(words("over"), "soft"), label("", "caption")
        self.school_days = label(words("days"), "soft")
        self.unit.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        told = row(self.level, self.unit, self.over, self.days, self.school_days, self.before, spacing=look().px(8))
        line = row(self.name, spacing=look().px(12))
        line.addLayout(told)
        line.addStretch(1)
        self.setLayout(line)

    def show_level(self, on_table: ProblemOnTable) -> None:
        words, problem, review = self._words, on_table.problem, on_table.review
        another = self._shown is None or self._shown.problem.id != problem.id
        self._shown = on_table
        unit = problem.unit or words("level")
        self.unit.setText(unit)
        self.level.setAccessibleName(words("Level now, {unit}").format(unit=unit))
        self.days.setAccessibleName(words("School days counted"))
        now = {self.level: review.level if review else None, self.days: review.level_days if review else None}
        for field, value in now.items():
            if another or not field.hasFocus():  # what is being typed stays
                field.setText("" if value is None else f"{value:g}")
                field.show_wrong(False)
        last = on_table.last.level if on_table.last is not None else None
        self.before.setText("" if last is None else words("last time: {mark}").format(mark=words.number(last)))

    def _entered(self, field: Field, what: str) -> None:
        """Empty or as it stands: nothing to say."""
        text = field.text().strip()
        review = self._shown.review if self._shown is not None else None
        kept = getattr(review, what) if review is not None else None
        if text and text != ("" if kept is None else f"{kept:g}"):
            self._mark(what, text)

    def complain(self, what: str) -> None:
        """That was no number."""
        field = self.level if what == "level" else self.days
        field.show_wrong(True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow(self, allowed: bool) -> None:
        self.level.setEnabled(allowed)
        self.days.setEnabled(allowed)


class TableItem(QWidget):
    """``marked`` carries (what, value): fidelity, effect, level or next step. ``details`` asks for solutions and goal.

    Folded it is one line with the first two marks; *Show problem* opens it. Where there is height for all of it, it is open until
    somebody wants more room for the lines. ``asked_where`` asks where the numbers of the chart come from.
    """

    marked = Signal(str, str)
    details = Signal()
    asked_where = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._folded = self._least = self._wide = False
        self._wanted: bool | None = None
        self._shown: ProblemOnTable | None = None
        self._figure: Figure | None = None
        space = look().measures.space
        self.title, self.aside = ElidedLabel("", "heading"), label("", "soft")
        self.strip = Strip()
        self.sentence, self.goal = Prose("", "base", "ink"), Prose("")
        self.short = ElidedLabel("")
        self.figure = FigureView(words)
        self.fidelity = MarkRow(words, words("Fidelity"), "fidelity", FIDELITY, self.marked.emit)
        self.effect = MarkRow(words, words("Effect"), "effect", EFFECT, self.marked.emit)
        self.level = LevelRow(words, self.marked.emit)
        self.next_step = MarkRow(words, words("Next"), "next_step", NEXT_STEP, self.marked.emit)
        self.solutions = Button(words("Solutions and goal"), self.details.emit, kind="quiet", size="small")
        self.where = Button("", self.asked_where.emit, kind="quiet", size="small", icon_name="ph.info",
                            name=words("Where do these numbers come from?"))  # fmt: skip
        self.less = Button("", self.toggle, kind="quiet", size="small", icon_name="ph.caret-up",
                           name=words("Hide problem"))  # fmt: skip
        self.more = Button(words("Show problem"), self.toggle, kind="quiet", size="small")
        head = row(self.title, self.aside, self.more, spacing=space.s2)
        head.setStretch(0, 1)
        told = column(
            self.sentence, look().px(4), self.goal, look().px(4), row(self.solutions, None, self.less, self.where), None
        )
        self._facts = row(spacing=space.s3)
        self._facts.addLayout(told, 1)
        self._facts.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignTop)
        self.facts = box(self._facts)
        self._marks = row(self.fidelity, self.effect, None, spacing=space.s2)
        self._under = column(spacing=look().px(GAP))
        self._rest = box(column(self.level, self.next_step, spacing=look().px(GAP)))
        self._beside = row(spacing=space.s3)
        self._beside.addLayout(self._under)
        self._below = column(self._beside, self._marks, self._rest, spacing=look().px(GAP))
        self.marks = box(self._below)
        gap = look().px
        self._body = box(
            column(
                gap(6),
                self.strip,
                gap(4),
                self.short,
                self.facts,
                gap(8),
                self.marks,
                gap(10),
                hairline(),
            )
        )
        self.setLayout(column(head, self._body))
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
        step = review.next_step if review is not None else None
        self.next_step.show_mark(
            step.value if step else "", last_time(self._words, last.next_step if last else None, NEXT_STEP)
        )
        self.level.show_level(on_table)
        n = len(on_table.solutions)
        told = said("{n} solution and the goal", many="{n} solutions and the goal", count="n", n=n)
        self.solutions.say(self._words.say(told) if n else self._words("Solutions and goal"))

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
        for each in (self.fidelity, self.effect, self.next_step):
            each.allow(allowed)
        self.level.allow(allowed)

    # -- room ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(WIDE)
        if wide != self._wide:
            self._wide = wide
            self._arrange()

    def fold(self, folded: bool, *, least: bool = False) -> None:
        """``least``: no room even for one line of the problem and its marks until they are asked for."""
        if (folded, least) != (self._folded, self._least):
            self._folded, self._least, self._wanted = folded, least, None
            self._arrange()

    @property
    def is_open(self) -> bool:
        return not self._folded if self._wanted is None else self._wanted

    def toggle(self) -> None:
        """The whole problem, or one line again: more room for the lines."""
        if self._shown is not None:
            self._wanted = not self.is_open
            self._arrange()

    def _arrange(self) -> None:
        self.figure.setFixedSize(*(look().px(measure) for measure in (WIDE_CHART if self._wide else CHART)))
        opened = self.is_open
        compact = self._folded or not opened
        target: QBoxLayout = self._beside if self._wide and not compact else self._below
        if target.indexOf(self._rest) < 0:
            target.addWidget(self._rest)
        problem = self._shown is not None
        whole = problem and opened and not self._least
        self.facts.setVisible(whole)
        hidden = self._least and not opened
        self._body.setVisible(not hidden)
        self.short.setVisible(problem and not whole and not hidden)
        self.figure.setVisible(whole and self._figure is not None)
        self.where.setVisible(self._figure is not None)
        self.marks.setVisible(problem and not hidden)
        self._rest.setVisible(problem and opened)
        self.next_step.fold(compact)
        self.strip.setVisible(self._folded and not hidden)
        self.more.setVisible(problem and (self._folded or not opened))
        self.more.say(self._words("Hide problem") if opened else self._words("Show problem"))
        self.less.setVisible(not self._folded)
        self.aside.setVisible(self._folded or opened or not problem)
        for each in (self.fidelity, self.effect):
            each.fold(compact)
            into, other = (self._marks, self._under) if compact else (self._under, self._marks)
            if into.indexOf(each) < 0:
                other.removeWidget(each)
                into.insertWidget(0 if each is self.fidelity else into.indexOf(self.fidelity) + 1, each)
