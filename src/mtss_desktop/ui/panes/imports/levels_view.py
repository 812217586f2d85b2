"""Levels and words: which tier each benchmark word asks for, per measure, and which codes of files count as one category."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import Pages, box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.panes.imports import levels_words as say
from mtss_desktop.ui.panes.imports.foot import Foot, FootColumn
from mtss_desktop.ui.panes.imports.levels_words import ListLine
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.levels import LevelLine, LevelVersion, TierEffect, WordLine


class LevelTable(RecordTable[LevelLine]):
    """1, 2, 3 and 0 ask for a tier; F2 or Enter edits the words that mean the same; Delete takes out what was set."""

    wanted = Signal(int)
    spelled = Signal(int, str)
    ordered = Signal(int, str)

    def __init__(self, words: Words) -> None:
        self._words = words
        columns = [
            Column[LevelLine](
                "word", words("Word in files"), lambda line: Cell(line.word, medium=True, tip=line.word), least=140
            ),
            Column[LevelLine](
                *("order", words("Order"), lambda line: Cell(words.number(line.order) if line.order else "–", "soft")),
                width=64,
                right=True,
                edit=lambda line, text: self.ordered.emit(line.level_key, text),
            ),
            Column[LevelLine]("tier", words("Asks for"), self._tier, width=120),
            Column[LevelLine](
                *("spellings", words("Also written"), lambda line: Cell(", ".join(line.spellings), "soft")),
                edit=lambda line, text: self.spelled.emit(line.level_key, text),
            ),
            Column[LevelLine]("since", words("Since"), self._since, width=120),
            Column[LevelLine](
                *("scores", words("Scores"), lambda line: Cell(words.number(line.scores) if line.scores else "–")),
                width=80,
                right=True,
            ),
        ]
        super().__init__(columns, key=lambda line: str(line.level_key), name=words("Levels"))
        self.horizontalHeader().setSectionsClickable(False)
        self.opened.connect(lambda _: self.edit_current())

    def _tier(self, line: LevelLine) -> Cell:
        known = line.tier is not None
        return Cell(
            say.tier_words(self._words, line.tier),
            "" if line.own else "soft" if known else "warning",
            "" if known else "ph.warning",
            medium=line.own,
        )

    def _since(self, line: LevelLine) -> Cell:
        if line.valid_from is None:
            return Cell("–", "soft")
        if line.valid_from.year <= 2000:
            return Cell(self._words("the beginning"), "soft")
        return Cell(self._words.date(line.valid_from), "soft")

    def edit_current(self) -> None:
        line = self.current
        if line is not None:
            self.edit_cell(str(line.level_key), "spellings")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, px = self.width(), look().px
        hidden = {"since", "order"} if width < px(680) else set()
        hidden |= {"scores"} if width < px(440) else set()
        for place, each in enumerate(self.rows.columns):
            self.setColumnHidden(place, each.key in hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tier = event.key() - Qt.Key.Key_0
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and tier in say.TIERS and self.current is not None:
            self.wanted.emit(tier)
        elif plain and event.key() == Qt.Key.Key_F2:
            self.edit_current()
        else:
            super().keyPressEvent(event)


def _codes(line: WordLine) -> str:
    return ", ".join((*line.gathered, *line.spellings))


class WordTable(RecordTable[WordLine]):
    """F2 or Enter edits the codes that count as a category."""

    spelled = Signal(int, str)

    def __init__(self, words: Words) -> None:
        columns = [
            Column[WordLine](
                "name", words("Counted as"), lambda line: Cell(line.name, medium=True, tip=line.name), least=108
            ),
            Column[WordLine](
                *(
                    "codes",
                    words("Codes and words of files"),
                    lambda line: Cell(_codes(line), "soft", tip=_codes(line)),
                ),
                edit=lambda line, text: self.spelled.emit(line.key, text),
            ),
        ]
        super().__init__(columns, key=lambda line: str(line.key), name=words("Words"))
        self.horizontalHeader().setSectionsClickable(False)
        self.opened.connect(lambda _: self.edit_current())

    def edit_current(self) -> None:
        if self.current is not None:
            self.edit_cell(str(self.current.key), "codes")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit_current()
        else:
            super().keyPressEvent(event)


WIDEST = 16_777_215
"""A measure that holds nothing back."""


class LevelsView(QWidget):
    """``tier_wanted`` comes before anything is written; ``agreed`` once its effect was seen."""

    listed = Signal(object)
    """Another ``ListLine`` was chosen."""
    tier_wanted = Signal(object, int)
    agreed = Signal(object)
    """The ``TierEffect`` that was seen."""
    taken_out = Signal(object)
    spelled = Signal(int, str)
    ordered = Signal(int, str)
    coded = Signal(int, str)
    added = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._history: tuple[LevelVersion, ...] = ()
        self.effect_shown: TierEffect | None = None
        lists = [Column[ListLine]("name", words("Lists"), self._list_cell, may_hide=False)]
        self.lists: RecordTable[ListLine] = RecordTable(lists, key=lambda line: line.key, name=words("Lists"))
        self.lists.horizontalHeader().setSectionsClickable(False)
        self.heading = Prose("", "heading", "ink")
        self.hint = Prose("")
        self.levels = LevelTable(words)
        self.words = WordTable(words)
        self.new = Field(name=words("A word that files use"))
        self.add_button = Button(words("Add"), self._add, size="large", icon_name="ph.plus")
        self.this_line = FootColumn("")
        self.effect = FootColumn("")
        self.tiers = Segmented([(str(tier), say.tier_words(words, tier)) for tier in say.TIERS], words("Asks for"))
        self.out_button = Button(words("Take this line out"), self._take_out, kind="quiet")
        self.agree_button = Button(words("Change it"), self._agree, icon_name="ph.check")
        self.keep_button = Button(words("Leave it"), self.forget_effect, kind="quiet")
        self._build()
        self._connect()

    def _build(self) -> None:
        space = look().measures.space
        self._left = box(column(self.lists))
        self.stack = Pages()
        self.stack.addWidget(self.levels)
        self.stack.addWidget(self.words)
        self.new.setMinimumWidth(look().px(120))
        self.new.setMaximumWidth(look().px(320))
        below = row(self.new, self.add_button, None, spacing=space.s1)
        below.setStretch(0, 3)
        right = column(self.heading, self.hint, self.stack, below, spacing=space.s1)
        right.setStretch(2, 1)
        self._between = hairline(Qt.Orientation.Vertical, "hairline")
        self._sides = sides = row(self._left, self._between, box(right), spacing=space.s2)
        sides.setStretch(2, 1)
        sides.setContentsMargins(space.s3, 0, space.s3, space.s2)
        self.this_line.body.insertLayout(2, row(self.tiers, self.out_button, None, spacing=space.s1))
        self.effect.body.insertLayout(2, row(self.agree_button, self.keep_button, None, spacing=space.s1))
        for each in (self.this_line, self.effect):
            each.body.setSpacing(space.s1)
        self.foot = Foot(self.this_line, self.effect)
        whole = column(box(sides), hairline(kind="rule"), self.foot)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.lists.chosen.connect(lambda _: self._chose_list())
        self.levels.chosen.connect(lambda _: self._show_line())
        self.levels.wanted.connect(self._want)
        self.levels.deleted.connect(lambda _: self._take_out())
        self.tiers.picked.connect(lambda tier: self._want(int(tier)))
        queued = Qt.ConnectionType.QueuedConnection  # the editor is still open while it tells
        self.levels.spelled.connect(self.spelled, queued)
        self.levels.ordered.connect(self.ordered, queued)
        self.words.spelled.connect(self.coded, queued)
        self.new.returnPressed.connect(self._add)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, stacked = self.width() > look().px(860), self._is_narrow
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if stacked else QBoxLayout.Direction.LeftToRight)
        self._between.setVisible(not stacked)
        height = look().measures.height
        some = height.table_head + 4 * height.table_row
        self.stack.setMinimumHeight(some if stacked else 0)
        self._left.setMaximumHeight(some if stacked else WIDEST)
        self._left.setMinimumHeight(some if stacked else 0)
        self._left.setMinimumWidth(0 if stacked else look().px(264 if wide else 184))
        self._left.setMaximumWidth(WIDEST if stacked else look().px(264 if wide else 184))
        self._show_foot()
        short = self.height() < look().px(400)
        self.hint.setVisible(not short)
        self.foot.stand(short=short)

    @property
    def _is_narrow(self) -> bool:
        return self.width() < look().px(620)

    def _show_foot(self) -> None:
        """What another tier would change stands beside the chosen line, or in its place where there is no room."""
        if self.effect_shown is None:
            self.foot.show_columns(self.this_line)
        elif self._is_narrow:
            self.foot.show_columns(self.effect)
        else:
            self.foot.show_columns(self.this_line, self.effect)

    # -- what is shown ------------------------------------------------------------------------------------------------------

    @property
    def list(self) -> ListLine | None:
        return self.lists.current

    def show_lists(self, lists: Sequence[ListLine], chosen: str) -> None:
        """A list that is not there any more gives way to the first."""
        self.lists.blockSignals(True)
        self.lists.show_records(lists)
        if not self.lists.choose(chosen):
            self.lists.choose(lists[0].key)
        self.lists.blockSignals(False)

    def show_levels(self, lines: Sequence[LevelLine], history: Sequence[LevelVersion]) -> None:
        line = self.list
        assert line is not None
        self._history = tuple(history)
        self.heading.setText(say.levels_heading(self._words, line))
        self.hint.setText(say.levels_hint(self._words, line))
        self.new.setPlaceholderText(self._words("Another level word, then Enter"))
        self.stack.setCurrentWidget(self.levels)
        self.levels.show_records(lines)
        if self.levels.current is None and lines:
            self.levels.choose(str(lines[0].level_key))
        self._show_line()

    def show_words(self, lines: Sequence[WordLine]) -> None:
        line = self.list
        assert line is not None
        self.heading.setText(say.words_heading(self._words, line))
        self.hint.setText(
            self._words(
                "Enter edits the codes of a line. A category written among the codes of another counts as it, in every figure."
            )
        )
        self.new.setPlaceholderText(self._words("Another category, then Enter"))
        self.stack.setCurrentWidget(self.words)
        self.words.show_records(lines)
        if self.words.current is None and lines:
            self.words.choose(str(lines[0].key))
        self.foot.hide()

    def show_effect(self, effect: TierEffect) -> None:
        """What another tier would change, with the button that does it."""
        self.effect_shown = effect
        self.effect.say(say.effect_heading(self._words, effect), say.effect_sentence(self._words, effect))
        self.agree_button.say(self._words("Set {tier}").format(tier=say.tier_words(self._words, effect.tier)))
        self._show_foot()
        self.tiers.choose(str(effect.tier))
        self.agree_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_effect(self) -> None:
        self._show_line()
        self.levels.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow(self, reason: str) -> None:
        """``reason``: why nothing can be written, "" where it can."""
        for part in (self.add_button, self.out_button, self.agree_button):
            part.allow(not reason, reason)

    def columns(self) -> tuple[QWidget, ...]:
        """Where F6 goes."""
        table: QWidget = self.levels if self.stack.currentWidget() is self.levels else self.words
        return (self.lists, table, self.new)

    # -- inside -------------------------------------------------------------------------------------------------------------

    def _list_cell(self, line: ListLine) -> Cell:
        own = self._words("{n} of its own").format(n=line.own) if line.own else ""
        icon = "ph.list-bullets" if line.kind is not None else "ph.chart-line"
        return Cell(f"{line.name}  ({own})" if own else line.name, "", icon, tip=line.name, state=own)

    def _chose_list(self) -> None:
        if self.list is not None:
            self.listed.emit(self.list)

    def _show_line(self) -> None:
        self.effect_shown = None
        line, chosen = self.levels.current, self.list
        self.foot.setVisible(line is not None)
        self._show_foot()
        if line is None or chosen is None:
            return
        title = f"“{line.word}”: {say.tier_words(self._words, line.tier)}"
        self.this_line.say(title, say.version_sentence(self._words, line, self._history, chosen.measure_key))
        self.tiers.choose("" if line.tier is None else str(line.tier))
        self.out_button.setVisible(self._own_line(line) is not None)

    def _own_line(self, line: LevelLine) -> LevelVersion | None:
        """The entry in force, where a person set it and it can be taken out again."""
        chosen = self.list
        if chosen is None or (chosen.measure_key and not line.own):
            return None
        mine = (line.level_key, chosen.measure_key, line.valid_from)
        found = (e for e in self._history if (e.level_key, e.measure_key, e.valid_from) == mine)
        entry = next(found, None)
        return entry if entry is not None and entry.valid_from.year > 2000 else None

    def _want(self, tier: int) -> None:
        line = self.levels.current
        if line is None:
            return
        if line.tier == tier and (line.own or not (self.list and self.list.measure_key)):
            self.forget_effect()
        else:
            self.tier_wanted.emit(line, tier)

    def _agree(self) -> None:
        if self.effect_shown is not None:
            self.agreed.emit(self.effect_shown)

    def _take_out(self) -> None:
        line = self.levels.current
        entry = self._own_line(line) if line is not None else None
        if entry is not None:
            self.taken_out.emit(entry)

    def _add(self) -> None:
        if self.new.text().strip():
            self.added.emit(self.new.text())
