"""What is in this file? Columns in groups at left, one group or pattern at right, the first rows as understood below."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Words
from mtss_desktop.domain.layouts import ColumnGroup, LayoutQuestion
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing.counting import Counted
from mtss_desktop.importing.findings import FileQuestion
from mtss_desktop.importing.habits import ENCODING
from mtss_desktop.importing.mapped import FirstLook
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.imports import mapping_words as say
from mtss_desktop.ui.panes.imports.mapping_tables import Change, ColumnTable, GroupTable, UnderstoodTable
from mtss_desktop.ui.panes.imports.question_line import QuestionLine
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import mapping
from mtss_desktop.usecases.mapping import GroupLine, Mapped


class LayoutQuestions(QWidget):
    """One question at a time, with buttons (for columns, where one of them answers) or, where only typing tells, a field."""

    answered = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.line = QuestionLine(words, say.choice_words)
        self.line.answered.connect(self.answered)
        self.field = Field(name=words("Answer"), placeholder=words("Type the answer, then Enter"))
        self.field.setMaximumWidth(look().px(320))
        self.field.returnPressed.connect(self._typed)
        self.setLayout(column(self.line, self.field, spacing=look().measures.space.half))
        self.hide()

    @property
    def key(self) -> str:
        return self.line.key

    @property
    def text(self) -> str:
        """What is asked, "" for nothing."""
        return "" if self.isHidden() else self.line.text

    @property
    def buttons(self) -> list[Button]:
        return self.line.buttons

    def ask(self, question: LayoutQuestion | FileQuestion | None, choices: tuple[str, ...]) -> None:
        """``None`` asks nothing."""
        self.setVisible(question is not None)
        if question is None:
            self.line.ask("", "", ())
            return
        if question.key != self.key:
            self.field.clear()
        self.line.ask(question.key, question.text, choices)
        self.field.setVisible(question.key == "measure")

    def _typed(self) -> None:
        if self.field.text().strip():
            self.answered.emit(self.key, self.field.text())

    @property
    def first(self) -> QWidget | None:
        """Where an answer is given; ``None`` where a column is the answer."""
        if self.isHidden():
            return None
        return self.buttons[0] if self.buttons else None if self.field.isHidden() else self.field


class SecondLine(QWidget):
    """Which file is joined, by which two columns, and how many of the first rows find a partner."""

    joined_by = Signal(str, str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.text = label("", "soft")
        self.here = Choice(name=words("Column of this file"))
        self.there = Choice(name=words("Column of the second file"))
        self.count = label("", "soft")
        self.leave = Button(words("Leave it out"), self.left.emit, kind="quiet")
        self._flow = FlowLayout(look().measures.space.s1)
        for each in (self.text, self.here, label("=", "soft"), self.there, self.count, self.leave):
            self._flow.addWidget(each)
        self.setLayout(column(box(self._flow)))
        for each in (self.here, self.there):
            each.chosen_changed.connect(lambda _: self.joined_by.emit(self.here.value, self.there.value))
        self.hide()

    def show_second(self, now: Mapped) -> None:
        second = now.layout.second
        self.setVisible(second is not None)
        if second is None or now.alone is None:
            return
        never = {*now.alone.never_read, *(each.header for each in now.proposal.columns if each.never)}
        self.text.setText(self._words("Joined with {file} where").format(file=second.file_name))
        self.here.offer([(name, name) for name in now.alone.names if name not in never], second.here)
        self.there.offer([(name, name) for name in second.headers], second.there)
        self.count.setText(
            self._words("{n} of the first {all} rows found").format(
                n=self._words.number(second.found), all=self._words.number(second.rows)
            )
        )


WIDEST = 16_777_215
"""A width that holds nothing back."""


def _answered(now: Mapped, *, key: str, text: str) -> Mapped:
    """By one of the columns, or by a word."""
    header = text.removeprefix(say.COLUMN)
    if header in mapping.offered(now, key):
        return mapping.with_column(now, key, header)
    return mapping.with_answer(now, key, text)


class MappingView(QWidget):
    """``changed`` comes with every new ``Mapped``; who listens brings the rows as understood by ``show_rows``."""

    changed = Signal(object)
    second_wanted = Signal()
    """Another file is to be joined."""
    joined_by = Signal(str, str)
    """(column of this file, column of the second) that hold the same ids."""
    kind_wanted = Signal(str)
    """The file holds something else: every column is looked at again."""
    encoding_told = Signal(str)
    """The file is to be read anew in this encoding."""
    refused = Signal(str)
    """Why a step was not taken, in one sentence."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.now: Mapped | None = None
        self.today = date(2000, 1, 1)
        self._names = Names.MASKED
        self.counted: Counted | None = None
        self._asked_of_file: tuple[FileQuestion, ...] = ()
        self._shown_choices: tuple[str, ...] = ()
        self._trouble, self._has_rows, self._counting = "", False, False
        self.name = Field(name=words("Name of the layout"), placeholder=words("Name of the layout"))
        self.takes = Choice([(key, words(text)) for key, text in say.TAKES.items()], name=words("What the file holds"))
        self.second_button = Button(words("Join a second file…"), self.second_wanted.emit, size="small")
        self.second = SecondLine(words)
        self.question = LayoutQuestions(words)
        self.groups = GroupTable(words)
        self.heading = label("", "heading")
        self.pattern = Field(name=words("Pattern of the column names"))
        self.part = Choice([(key, words(text)) for key, text in say.PARTS.items()], name=words("What the columns hold"))
        self.fits = label("", "soft")
        self.columns = ColumnTable(words)
        self.understood = UnderstoodTable(words)
        self.below = label(words("Rows as understood"), "heading")
        self.note = label("", "soft")
        self._build()
        self._connect()

    def _build(self) -> None:
        words, space = self._words, look().measures.space
        flow = FlowLayout(look().px(16))
        for each in (
            box(row(label(words("Kept as"), "soft"), self.name, spacing=8)),
            box(row(label(words("It holds"), "soft"), self.takes, spacing=8)),
            self.second_button,
        ):
            flow.addWidget(each)
        named = box(flow)
        self.name.setMinimumWidth(look().px(160))
        self.name.setMaximumWidth(look().px(280))
        top = column(named, self.second, self.question, spacing=space.s1, margins=(space.s3, 0, space.s3, space.s1))
        self.hint = Prose(
            words(
                "Like names are mapped once. 1 to 5 move a column: ids, who, where, when, what. Delete leaves it out, F2 names it."
            ),
            "caption",
        )
        left = column(self.groups, self.hint, spacing=space.s1)
        left.setStretch(0, 1)
        self._left = box(left)
        self.pattern.setMinimumWidth(look().px(120))
        self._family = box(row(self.pattern, self.part, spacing=8))
        head = row(self.heading, None, self.fits, spacing=8)
        right = column(head, self._family, self.columns, spacing=space.s1)
        right.setStretch(2, 1)
        self._between = hairline(Qt.Orientation.Vertical, "hairline")
        self._sides = sides = row(self._left, self._between, box(right), spacing=space.s2)
        sides.setStretch(2, 1)
        sides.setContentsMargins(space.s3, 0, space.s3, space.s1)
        self._heads = row(self.below, None, self.note)
        below = column(self._heads, self.understood, margins=(space.s3, space.s1, space.s3, space.s1))
        below.setStretch(1, 1)
        below.addStretch(0)  # without rows the words stay at the top
        whole = column(top, box(sides), hairline(kind="rule"), box(below))
        whole.setStretch(1, 3)
        whole.setStretch(3, 2)
        self.setLayout(column(scrolling(box(whole), words("Columns of the file"))))
        self._fit()

    def _connect(self) -> None:
        self.groups.chosen.connect(lambda _: self._show_group())
        self.columns.moved.connect(self._move)
        queued = Qt.ConnectionType.QueuedConnection  # the editor is still open while it tells
        self.columns.meant.connect(self._mean, queued)
        self.columns.called.connect(self._call, queued)
        self.columns.season_called.connect(self._call_season, queued)
        self.pattern.textEdited.connect(lambda _: self._use_pattern())
        self.part.chosen_changed.connect(lambda _: self._use_pattern())
        self.question.answered.connect(self._answer)
        self.takes.chosen_changed.connect(self.kind_wanted)
        self.second.joined_by.connect(self.joined_by)
        self.second.left.connect(lambda: self.change(mapping.without_second))
        self.name.textEdited.connect(lambda text: self.change(lambda now: mapping.named(now, text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() > look().px(900)
        stacked = self.width() < look().px(620)
        self.hint.setVisible(stacked or self.height() > 26 * look().line("base"))
        height = look().measures.height
        for table, rows in ((self.groups, 4), (self.columns, 4), (self.understood, 2)):
            table.setMinimumHeight(height.table_head + rows * height.table_row)
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if stacked else QBoxLayout.Direction.LeftToRight)
        self._heads.setDirection(down if stacked else QBoxLayout.Direction.LeftToRight)
        self._between.setVisible(not stacked)
        if stacked:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(WIDEST)
        else:
            self._left.setFixedWidth(look().px(304 if wide else 216))

    # -- what is shown ------------------------------------------------------------------------------------------------------

    def show_file(self, now: Mapped, today: date, names: Names) -> None:
        self.today, self._names = today, names
        self.name.setText(now.layout.name)
        self.now, self._asked_of_file = None, ()
        self._use(now)
        families = [line for line in now.groups if line.family >= 0]
        self.groups.choose((families or list(now.groups))[0].key)
        (self.question.first or self.groups).setFocus(Qt.FocusReason.OtherFocusReason)

    def use_names(self, names: Names) -> None:
        self._names = names
        if self.now is not None:
            self._show_group()
            self.understood.names = names
            self.understood.viewport().update()

    def change(self, step: Change, *, ask_next: bool = False) -> None:
        """One step of the coach; everything below follows."""
        if self.now is None:
            return
        try:
            after = step(self.now)
        except UserError as error:
            self.refused.emit(str(error))
            return
        if after is not self.now:
            self._use(after)
            if ask_next:
                self.next_question()

    def _use(self, now: Mapped) -> None:
        self.now = now
        self.takes.choose(now.takes)
        self.second_button.setVisible(not now.second)
        self.second.show_second(now)
        self.groups.now = now
        chosen = self.groups.current.key if self.groups.current is not None else ""
        self.groups.show_records(now.groups)
        if not self.groups.choose(chosen) and now.groups:
            self.groups.choose(now.groups[0].key)
        self._show_group()
        self._ask()
        self.changed.emit(now)

    def _ask(self) -> None:
        """The first question: about the columns, then about how the whole file is written."""
        if self.now is None:
            return
        keys = {each.key for each in self.now.questions}
        of_file = (each for each in self._asked_of_file if each.key not in keys and not self._told(each.key))
        asked = next(iter(self.now.questions), None) or next(of_file, None)
        if asked is None or asked.key != self.question.key or self._choices(asked) != self._shown_choices:
            self._shown_choices = self._choices(asked)
            self.question.ask(asked, self._shown_choices)

    def _told(self, key: str) -> bool:
        return self.now is not None and bool(self.now.layout.answer(key))

    def _choices(self, asked: LayoutQuestion | FileQuestion | None) -> tuple[str, ...]:
        if asked is not None and asked.key == "year":
            this = school_year_of(self.today)
            return tuple(str(year) for year in (this, this - 1, this - 2))
        if asked is None or self.now is None:
            return ()
        found = asked.choices or mapping.offered(self.now, asked.key)
        return tuple(f"{say.COLUMN}{each}" for each in found) if asked.key == "measure" else found

    def _show_group(self) -> None:
        line = self.groups.current
        if self.now is None:
            return
        self.columns.show_columns(self.now, line, self._names)
        self.heading.setText(say.right_heading(self._words, line, self.now))
        family = self.now.family(line.family) if line is not None else None
        self._family.setVisible(family is not None)
        if family is not None and not self.pattern.hasFocus():
            self.pattern.setText(say.pattern_words(family.pattern))
        if family is not None:
            self.part.choose(family.part)
        self.fits.setText(say.fit_words(self._words, self.now, line) if family is not None and line is not None else "")

    def show_rows(self, seen: FirstLook, trouble: str) -> None:
        """The first rows as understood, or in one sentence why there are none; and what is asked about the file."""
        rows = seen.rows
        self.understood.names = self._names
        self.understood.show_records(sorted(rows, key=lambda each: each.line))
        self.understood.setVisible(bool(rows))
        if rows and not self.understood.currentIndex().isValid():
            self.understood.setCurrentIndex(self.understood.rows.index(0, 0))
        self._trouble, self._has_rows = trouble, bool(rows)
        self._asked_of_file = seen.questions
        self._ask()
        self._note()

    def _note(self) -> None:
        said = ""
        if self.now is not None and self._has_rows:
            said = say.rows_note(self._words, self.now, self.counted, counting=self._counting)
        self.note.setText(self._trouble or said)

    def show_counts(self, counted: Counted | None, *, counting: bool = False) -> None:
        """What was counted over the whole file; ``None`` while that goes on, and where somebody stopped it."""
        self.counted, self._counting = counted, counting
        self.columns.show_filled(counted, counting=counting)
        self._note()

    # -- what the coach does ------------------------------------------------------------------------------------------------

    def _move(self, headers: tuple[str, ...], group: ColumnGroup) -> None:
        place = max(0, self.columns.currentIndex().row())
        self.change(lambda now: mapping.with_group(now, headers, group))
        last = self.columns.rows.rowCount() - 1
        if last >= 0:
            self.columns.setCurrentIndex(self.columns.rows.index(min(place, last), 0))

    def _call(self, measure: str, text: str) -> None:
        self.change(lambda now: mapping.with_measure_called(now, measure, text))

    def _call_season(self, header: str, text: str) -> None:
        self.change(lambda now: mapping.with_season_called(now, header, text))

    def _answer(self, key: str, text: str) -> None:
        if key == ENCODING:
            self.encoding_told.emit(text)
        else:
            self.change(partial(_answered, key=key, text=text), ask_next=True)

    def _mean(self, header: str, text: str) -> None:
        if self.now is None:
            return
        wanted = text.strip().casefold()
        key = next((each.key for each in self.now.meanings if each.label.casefold() == wanted), None)
        if key is None and wanted in ("", self._words("Not used").casefold()):
            key = ""
        if key is not None:
            self.change(lambda now: mapping.with_meaning(now, header, key))

    def _use_pattern(self) -> None:
        line: GroupLine | None = self.groups.current
        if line is None or line.family < 0:
            return
        pattern, part = say.pattern_of(self.pattern.text()), self.part.value
        before = self.now
        self.change(lambda now: mapping.with_pattern(now, line.family, pattern, part))
        self.pattern.show_wrong(self.now is before and bool(before) and self._differs(line, pattern, part))

    def _differs(self, line: GroupLine, pattern: str, part: str) -> bool:
        family = self.now.family(line.family) if self.now is not None else None
        return family is None or (family.pattern, family.part) != (pattern, part)

    def next_question(self) -> None:
        """To the field or button that answers, or to the columns where one of them does."""
        first = self.question.first
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.now is not None and self.now.questions:
            self.groups.choose(ColumnGroup.OTHER.value)
            self.columns.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.groups.setFocus(Qt.FocusReason.OtherFocusReason)
