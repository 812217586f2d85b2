"""Progress: the students of a school in a list, the group as small charts, one student's chart with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSplitter, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.screening import GRADES
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.goal_form import GoalForm
from mtss_desktop.ui.kit.layouts import Pages, box, column, row, scrolling
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.statement import Number, NumberList, Statement
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.where_from import OpenImport
from mtss_desktop.ui.panes.data.deciding import DecideForm
from mtss_desktop.ui.panes.data.figure_panel import FigurePanel
from mtss_desktop.ui.panes.data.group_view import GroupPage
from mtss_desktop.ui.panes.data.words import file_stem, verdict
from mtss_desktop.ui.theme import look, paint_icon
from mtss_desktop.usecases.data import GroupView, ProgressLine, ProgressView
from mtss_desktop.usecases.data_plans import Asker, StudentGoalAdvice

GROUP, GRADE, STUDENT = "group", "grade:", "student:"
LIST = 236
LIST_BELOW = 860
"""Width in pixels at 100 % under which the list becomes a field above the chart."""
SIDE = 256
ONE_COLUMN_BELOW = 760
CHART_HEIGHT = 430
KEPT_GOAL = "student goal"
"""What the typing file calls a goal; the record is student/measure."""
MOST_CHART, AROUND_CHART = 600, 210
"""Height a chart can have, and what stands over and under it, in pixels at 100 %."""


class StudentPage(QWidget):
    """Statement, chart, numbers of one student."""

    goal_wanted = Signal()

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.view: ProgressView | None = None
        self.statement = Statement()
        self.figure = FigurePanel(words, asking, way)
        self.numbers = NumberList()
        self.rules = NumberList()
        self.rules_head = label(words("What the rules say"), "heading")
        self.decide = DecideForm(words, typing)
        self.goal_button = Button(words("Set a goal"), self.goal_wanted.emit)
        self.goal = GoalForm(words, typing=typing, key=KEPT_GOAL)
        self.goal.left.connect(self.close_goal)
        self._opened_for = (0, 0)
        space = look().measures.space
        self._acts = box(column(row(self.goal_button, None), space.s2, self.decide))
        self._side = box(
            column(
                *(label(words("The numbers"), "heading"), space.half, self.numbers, space.s2, self._acts, self.goal),
                *(space.s2, self.rules_head, space.half, self.rules, None),
            )
        )
        self.goal.hide()
        self._line = hairline(Qt.Orientation.Vertical)
        main = box(column(self.statement, space.s2, self.figure, None))
        self._columns: QHBoxLayout = row(main, self._line, self._side, spacing=space.s3)
        self._columns.setStretch(0, 1)
        self._columns.setContentsMargins(space.s3, look().px(4), space.s3, space.s3)
        self.setLayout(column(scrolling(box(self._columns), words("Student"))))

    def show_view(self, view: ProgressView, askers: Sequence[Asker], today: date, *, may_write: bool) -> None:
        """The forms keep what is typed while the same chart is shown."""
        self.view = view
        words = self.words
        if self._opened_for != (view.student, view.measure.key):
            self._opened_for = (view.student, view.measure.key)
            advised = view.verdicts[0].decision if view.verdicts else None
            self.decide.open((view.student,), view.measure.key, askers, today, advised=advised)
            self.close_goal(focus=False)
        self._acts.setVisible(may_write and self.goal.isHidden())
        self.goal_button.say(words("Set a goal") if not view.verdicts else words("Set another goal"))
        self.statement.say(words.say(view.statement), words.say(view.detail))
        self.figure.stem = file_stem(["progress", "student", f"{view.number:04}"])
        self.figure.show_figure(
            view.figure, view.where_from, title=words("Scores and goal line"), height=self._chart_height()
        )
        self.numbers.show_numbers(
            [Number(words.say(each.name), words.say(each.value), words.write(each.note)) for each in view.numbers]
        )
        self.rules.show_numbers(
            [Number(words.say(each.name), words.say(each.value), words.write(each.note)) for each in view.rules]
        )
        self.rules_head.setVisible(bool(view.rules))

    def open_goal(self, advice: StudentGoalAdvice, today: date, *, fresh: bool) -> None:
        """The form stands in the place of the decision."""
        words = self.words
        base = said("Baseline {value} on {day:date}, {how}.", value=advice.start_value, day=advice.start_on,
                    how=advice.start_words)  # fmt: skip
        record = f"{advice.student}/{advice.measure_key}"
        self.goal.open(
            record, advice.ways, today=today, due=advice.due_on, base=base, unit=words("a score"), fresh=fresh
        )
        self._acts.hide()
        self.goal.show()
        if fresh:
            self.goal.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_goal(self, *, focus: bool = True) -> None:
        had = self.goal.isVisible()
        self.goal.hide()
        self._acts.show()
        if had and focus:
            self.goal_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chart_height(self) -> int:
        """In pixels at 100 %: a high window gives the chart more room, and its numbers stay beside it."""
        room = round((self.height() - look().px(AROUND_CHART)) / look().factor)
        return max(CHART_HEIGHT, min(MOST_CHART, room))

    def stops(self) -> tuple[QWidget, ...]:
        last: QWidget = self.decide.step if not self._acts.isHidden() else self.goal.target
        return (self.figure.view, last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.figure.view.setFixedHeight(look().px(self._chart_height()))
        narrow = self.width() < look().px(ONE_COLUMN_BELOW)
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down)
        self._line.setVisible(not narrow)
        self._side.setMinimumWidth(0 if narrow else look().px(SIDE))
        self._side.setMaximumWidth(16_777_215 if narrow else look().px(SIDE))


class ProgressPane(QWidget):
    """``chosen`` carries what is to be shown: "group", "grade:3" or "student:417"."""

    chosen = Signal(str)

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.lines: dict[str, ProgressLine] = {}
        self.list: SectionList[str] = SectionList(words("Students"), self._paint, height="list_row")
        self.list.chosen.connect(self.chosen.emit)
        self.switch = Choice(name=words("Student or group"))
        self.switch.chosen_changed.connect(self.chosen)
        self.group = GroupPage(words, asking, way, typing)
        self.group.opened.connect(lambda student: self.chosen.emit(f"{STUDENT}{student}"))
        self.student = StudentPage(words, asking, way, typing)
        self._main = Pages()
        self._main.addWidget(self.group)
        self._main.addWidget(self.student)
        space = look().measures.space
        self._switch_row = box(column(self.switch, margins=(space.s3, 0, space.s3, space.s1)))
        right = column(self._switch_row, self._main)
        right.setStretch(1, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(look().measures.line.hairline)
        self._split.setChildrenCollapsible(False)
        self._holder = box(column(self.list, margins=(space.s2, 0, space.s1, 0)))
        self._split.addWidget(self._holder)
        self._split.addWidget(box(right))
        self._split.setStretchFactor(1, 1)
        self.setLayout(column(self._split))
        self._fold()

    def know(self, typed: Mapping[str, str]) -> None:
        """What an earlier evening left in the typing file comes back when its form is opened."""
        for unsaved in (self.group.deciding.unsaved, self.student.decide.unsaved, self.student.goal.unsaved):
            unsaved.know(typed)

    # -- content ------------------------------------------------------------------------------------------------------

    def show_group(self, view: GroupView) -> None:
        """The list with its verdicts, and the charts of the group or of one grade."""
        self.lines = {f"{STUDENT}{line.student}": line for line in view.lines}
        rows = self._rows(view)
        self.list.show_rows(rows)
        self.list.viewport().update()
        self.switch.offer([(row.key, row.spoken) for row in rows])
        self.group.show_view(view)
        self.mark(f"{GRADE}{view.grade}" if view.grade else GROUP)
        self._main.setCurrentWidget(self.group)

    def mark(self, key: str) -> None:
        """Shows which one is chosen without announcing it."""
        self.list.blockSignals(True)
        self.list.choose(key)
        self.list.blockSignals(False)
        self.switch.choose(key)

    def show_student(self, view: ProgressView, askers: Sequence[Asker], today: date, *, may_write: bool) -> None:
        self.mark(f"{STUDENT}{view.student}")
        self.student.show_view(view, askers, today, may_write=may_write)
        self._main.setCurrentWidget(self.student)

    @property
    def shows_student(self) -> bool:
        return self._main.currentWidget() is self.student

    def _rows(self, view: GroupView) -> list[Row[str]]:
        whole = self.words("Group of {n}").format(n=len(view.lines))
        rows: list[Row[str]] = [Row(GROUP, whole, GROUP, spoken=whole)]
        for grade in sorted(
            {line.grade for line in view.lines}, key=lambda grade: GRADES.index(grade) if grade else 99
        ):
            mine = [line for line in view.lines if line.grade == grade]
            if grade:
                name = self.words("Grade {grade}, group of {n}").format(grade=grade, n=len(mine))
                rows.append(Row(f"{GRADE}{grade}", name, f"{GRADE}{grade}", spoken=name))
            rows += [self._row(line) for line in mine]
        return rows

    def _row(self, line: ProgressLine) -> Row[str]:
        text, _, _ = verdict(self.words, line)
        key = f"{STUDENT}{line.student}"
        return Row(key, line.shown, key, spoken=f"{line.shown}, {text}")

    def _paint(self, painter: QPainter, rect: QRect, row: Row[str], selected: bool) -> None:
        line = self.lines.get(row.key)
        room = rect
        if line is not None:
            taken = self._paint_verdict(painter, rect, line, selected)
            room = rect.adjusted(look().px(12), 0, -taken, 0)
        painter.setFont(look().font("strong" if selected or line is None else "base"))
        painter.setPen(look().color("selection_ink" if selected else "ink"))
        name = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_verdict(self, painter: QPainter, rect: QRect, line: ProgressLine, selected: bool) -> int:
        """The word with its icon at the right end; returns the width it took."""
        text, tone, icon = verdict(self.words, line)
        ink = look().color("selection_ink" if selected and look().theme.is_contrast else tone or "ink_soft")
        painter.setFont(look().font("caption"))
        width = painter.fontMetrics().horizontalAdvance(text)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if not icon:
            return width + look().px(8)
        side = look().px(13)
        at = QRect(rect.right() - width - side - look().px(5), rect.center().y() - side // 2, side, side)
        paint_icon(painter, at, icon, ink)
        return width + side + look().px(12)

    # -- room ---------------------------------------------------------------------------------------------------------

    def stops(self) -> tuple[QWidget, ...]:
        """Where F6 goes: list, then charts."""
        first: QWidget = self.switch if self._holder.isHidden() else self.list
        page = self.student.stops() if self.shows_student else self.group.stops()
        return (first, *page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < look().px(LIST_BELOW)
        self._holder.setVisible(not narrow)
        self._holder.setMinimumWidth(look().px(LIST))
        self._switch_row.setVisible(narrow)
