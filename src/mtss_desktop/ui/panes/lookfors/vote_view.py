"""A team votes item by item: each vote is hidden until the reveal, then the dots stand there without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.administrations import AgreedBy, VoteRound, proposed
from mtss_desktop.domain.instruments import Scale, ScalePoint
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.statement import Number, NumberList
from mtss_desktop.ui.kit.texts import IconLabel, announce, hairline, label
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.lookfors.scale_bar import NOT_APPLICABLE, ScaleBar
from mtss_desktop.ui.panes.lookfors.showing import NOTHING, Chip, Given
from mtss_desktop.ui.panes.lookfors.vote_stage import RoundShown, SmallRound, VoteStage, votes_words
from mtss_desktop.ui.theme import look

LEFT, SIDE = 224, 208
"""Widths of the outer columns in pixels at 100 %."""
WITHOUT_LEFT, WITHOUT_SIDE, ONE_LINE = 1000, 760, 1240
"""Widths of the page in pixels at 100 % under which a column goes, and from which score and way stand in one line."""
NOT_APPLICABLE_WIDE = 168
"""What the longer scale takes more of that line."""
SEATS = range(2, 31)
TIME_BOX = 2
"""Minutes of a timed round."""
TICK = 500


@dataclass(frozen=True)
class VoteLine:
    """An item and what was agreed for it, "" while nothing is."""

    number: str
    label: str
    agreed: str


@dataclass(frozen=True)
class VoteShown:
    """One item on the table. ``beside`` are other sources as (name, value), without weight."""

    id: str
    number: str
    label: str
    hint: str
    scale: Scale
    lines: tuple[VoteLine, ...]
    rounds: tuple[RoundShown, ...]
    seats: int
    agreed: Given = NOTHING
    agreed_by: AgreedBy | None = None
    note: str = ""
    ends_at: datetime | None = None
    beside: tuple[tuple[str, str], ...] = ()
    chips: tuple[Chip, ...] = ()
    why_not: str = ""

    @property
    def round(self) -> RoundShown | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def done(self) -> int:
        return sum(bool(line.agreed) for line in self.lines)


class VoteItems(SectionList[VoteLine]):
    """Items and agreed scores, the one on the table marked."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Items and agreed scores"), self._paint, inset=0)
        self._words = words

    def show_lines(self, lines: Sequence[VoteLine], now: str) -> None:
        rows: list[Row[VoteLine]] = [Row("head", self._words("Items and agreed scores"))]
        for line in lines:
            told = self._words("now") if line.number == now else line.agreed
            rows.append(
                Row(
                    line.number,
                    line.label,
                    line,
                    spoken=", ".join(part for part in (line.number, line.label, told) if part),
                    tip=line.label,
                )
            )
        self._now = now
        self.show_rows(rows)
        self.choose(now)

    def _paint(self, painter: QPainter, rect: QRect, row: Row[VoteLine], selected: bool) -> None:
        line = row.record
        assert line is not None
        painter.setFont(look().font("strong" if selected else "base", tabular=True))
        painter.setPen(look().color("selection_ink" if selected else "ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        told = self._words("now") if selected and not line.agreed else line.agreed
        wide = painter.fontMetrics().horizontalAdvance(told) + look().px(8)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, told)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | middle, line.number)
        number = max(look().px(36), painter.fontMetrics().horizontalAdvance(line.number) + look().px(8))
        area = rect.adjusted(number, 0, -wide, 0)
        shown = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)


class StageBox(QWidget):
    """Holds the stage and takes the keys: ``pressed`` carries them."""

    pressed = Signal(str)

    def __init__(self, stage: VoteStage) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(stage, margins=(4, 4, 4, 4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Backspace: "Backspace",
            Qt.Key.Key_Return: "Enter",
            Qt.Key.Key_Enter: "Enter",
            Qt.Key.Key_Down: "Down",
            Qt.Key.Key_Up: "Up",
        }
        known = keys.get(Qt.Key(event.key())) or event.text().upper()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier) or not known:
            super().keyPressEvent(event)
        elif known.isdigit() or known in "ARVTECMXN" or len(known) > 1:
            self.pressed.emit(known)
        else:
            super().keyPressEvent(event)


class VoteView(QWidget):
    """Emits what the team wants; whoever holds it does it and shows the round again."""

    opened = Signal(str)
    """Another item is put on the table."""
    round_wanted = Signal(int, int)
    """(seats, minutes): the first round; 0 minutes is without a time."""
    cast = Signal(int, object)
    """(seat from 1, value; None abstains): the seat's hidden vote."""
    revealed = Signal()
    again = Signal(int, int)
    """(seats, minutes): another round."""
    agreed = Signal(object, object, str)
    """(value, AgreedBy, note); value None: the item does not apply."""
    noted = Signal(str, str)
    changed = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.shown: VoteShown | None = None
        self._key = self._seen = ""
        self._wished: int | None = None
        self._skips: bool | None = None
        self._way: AgreedBy | None = None
        self._under_way = 0
        self._next_seat: int | None = None
        self._seats = 0
        self.items = VoteItems(words)
        self.count, self.rest = label("", "heading"), Prose("")
        self.about, self.voted, self.clock = label("", "soft"), label("", "soft"), label("", "medium")
        self.title = Prose("", "title", "ink")
        self.hint = Prose("")
        self.stage = VoteStage(words)
        self.box = StageBox(self.stage)
        self.box.setAccessibleName(words("Votes"))
        self.message = Prose("", "base", "danger")
        self.score = ScaleBar(words)
        self.way = Segmented(
            [(AgreedBy.CONSENSUS, words("Consensus")), (AgreedBy.MAJORITY, words("Majority")), (AgreedBy.EXPERT, words("Expert"))],
            words("Agreed by"),
        )  # fmt: skip
        self.note = Field(name=words("What was seen"), placeholder=words("What was seen, in your words"))
        self._typed = Typed(self.note, "", typing)
        self.show_votes = Button(words("Show the votes"), self._reveal, size="large")
        self.vote_again = Button(words("Vote again"), self._again, size="large")
        self.time_box = Button(words("Two minutes"), self._time, kind="quiet", icon_name="ph.clock")
        self.next = Button(words("Agree, next item"), self.agree, kind="primary")
        self.caps = label("V", "key")
        self.caps.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.seats = Choice([(str(n), words("{n} vote").format(n=n)) for n in SEATS], name=words("How many vote"))
        self.small_title, self.small = label("", "heading"), SmallRound(words)
        self.small_rest = Prose("")
        self.beside = NumberList()
        self.beside_title = label(words("Beside the team"), "heading")
        self.behind_title, self.behind = label(words("Evidence"), "heading"), column(spacing=look().px(8))
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK)
        self._ticker.timeout.connect(self._tick)
        self._now = datetime.now
        self._build()
        self._connect()

    def use_clock(self, now: object) -> None:
        """Where the time comes from."""
        self._now = now  # type: ignore[assignment]

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        left = column(
            self.items, column(self.count, px(2), self.rest, margins=(px(8), px(16), 0, space.s2)),
            margins=(space.s3 - px(8), 0, space.s2 - px(8), 0),
        )  # fmt: skip
        left.setStretch(0, 1)
        self._left = box(left)
        head = row(self.about, None, self.clock, self.time_box, self.voted, spacing=px(12))
        chosen = row(label(self._words("Agreed score"), "heading"), self.score, spacing=px(12))
        by = row(label(self._words("by"), "soft"), self.way, spacing=px(12))
        chosen.addStretch(1)
        by.addStretch(1)
        self._agree_row = row(chosen, by, spacing=px(12))
        foot = row(self.show_votes, self.vote_again, self.caps, None, self.next, spacing=px(12))
        self._agree = box(column(self._agree_row, self.note, spacing=px(12)))
        main = column(
            head, self.title, self.hint, px(8), self.box, self.message, hairline(), self._agree, foot, spacing=px(8),
            margins=(space.s3, 0, space.s3, space.s2),
        )  # fmt: skip
        main.setStretch(4, 1)
        side = column(
            self.seats, px(16), self.small_title, px(4), self.small_rest, px(8), self.small, px(20), self.beside_title, self.beside, px(20),
            self.behind_title, px(8), self.behind, None, margins=(space.s3, px(4), space.s3, space.s2),
        )  # fmt: skip
        self._side = scrolling(box(side), self._words("Beside the vote"))
        self._rules = [hairline(Qt.Orientation.Vertical) for _ in range(2)]
        whole = row(self._left, self._rules[0])
        whole.addLayout(main, 1)
        whole.addWidget(self._rules[1])
        whole.addWidget(self._side)
        self.setLayout(whole)
        self.message.hide()
        self.clock.hide()
        self._fit()

    def _connect(self) -> None:
        self.box.pressed.connect(self.press)
        self.items.opened.connect(lambda line: self._go(line.number))
        self.items.clicked.connect(lambda _: self._go(self.items.current_key))
        self.score.picked.connect(lambda key: self._skip() if key == NOT_APPLICABLE else self._wish(int(key)))
        self.score.left.connect(self.to_keys)
        self.way.picked.connect(self._choose_way)
        self.note.returnPressed.connect(self.to_keys)
        self._typed.paused.connect(self.save_note)
        self.seats.chosen_changed.connect(self._choose_seats)
        look().changed.connect(self._fit)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_vote(self, shown: VoteShown) -> None:
        """The round as it stands in the database; a note being typed stays."""
        another = self.shown is None or (self.shown.id, self.shown.number) != (shown.id, shown.number)
        if another:
            self.save_note()
            self._wished, self._skips, self._way, self._under_way, self._seats = None, None, None, 0, 0
            self._key = f"vote:{shown.id}:{shown.number}:note"
            self._typed.key = self._key
            self._put_note(shown.note)
            self._complain("")
        elif not self.note.hasFocus() and self.note.text() == self._seen:
            self._put_note(shown.note)
        before, now = self.shown.round if self.shown is not None and not another else None, shown.round
        if now is None or before is None or (before.number, before.revealed) != (now.number, now.revealed):
            self._wished, self._skips, self._next_seat = None, None, None
        if self._under_way and before is not None and (now is None or (not now.revealed and now.voted < before.voted)):
            shown = replace(shown, rounds=(*shown.rounds[: before.number - 1], before))  # votes are still on their way
        self.shown = shown
        self._fit()
        self._arrange()

    def _arrange(self) -> None:
        shown, words = self.shown, self._words
        if shown is None:
            return
        round_ = self._round_of(shown)
        self.items.show_lines(shown.lines, shown.number)
        self.count.setText(words("{n} of {all} agreed").format(n=shown.done, all=len(shown.lines)))
        rest = words("No percent until every item is agreed or marked not applicable.")
        self.rest.setText("" if shown.done == len(shown.lines) else rest)
        self.about.setText(words("Item {item} · round {n} · without names").format(item=shown.number, n=round_.number))
        self.voted.setText(votes_words(words, round_) if round_.revealed else "")
        self.title.setText(shown.label or words("Item {number}").format(number=shown.number))
        self.hint.setText(words("Look for: {hint}").format(hint=shown.hint) if shown.hint else "")
        self.hint.setVisible(bool(shown.hint))
        value, way = self.proposal
        self.stage.show_round(shown.scale, round_, value, self._asking(shown, round_))
        chosen = Given(applies=not self.skips) if value is None else Given((value,))
        self.score.show_scale(_numbers_only(shown.scale), chosen, words("Agreed score"))
        self.way.choose(way or "")
        self._agree.setVisible(round_.revealed)
        self.next.setVisible(round_.revealed)
        self.show_votes.setVisible(not round_.revealed)
        self.show_votes.allow(round_.voted > 0, words("Nobody has voted yet."))
        self.vote_again.setVisible(round_.revealed)
        self.caps.setText("V" if round_.revealed else "R")
        self.time_box.setVisible(shown.round is None or round_.revealed)
        self.next.allow(value is not None or self.skips, words("Choose the agreed score first."))
        self.seats.choose(str(self._how_many(shown)))
        self.seats.setEnabled((shown.round is None or round_.revealed) and not shown.why_not)
        for each in (self.vote_again, self.show_votes, self.next, self.time_box):
            if shown.why_not:
                each.allow(False, shown.why_not)
        self._show_side(shown)
        self._tick()
        self.changed.emit()

    def _asking(self, shown: VoteShown, round_: RoundShown) -> str:
        if round_.all_voted and self._next_seat is None:
            return self._words("All have voted. R shows the votes.")
        values = self._spoken_values(shown.scale)
        return self._words("Vote {n}: type {values}, or A to abstain. Nobody sees the number.").format(
            n=self._seat(round_) + 1, values=values
        )

    def _spoken_values(self, scale: Scale) -> str:
        *first, last = (str(value) for value in scale.values)
        return self._words("{values} or {last}").format(values=", ".join(first), last=last) if first else last

    def _show_side(self, shown: VoteShown) -> None:
        words = self._words
        before = [each for each in shown.rounds[:-1] if each.revealed]
        for widget in (self.small_title, self.small, self.small_rest):
            widget.setVisible(bool(before))
        if before:
            last = before[-1]
            self.small_title.setText(words("Round {n}").format(n=last.number))
            spread = (min(last.votes), max(last.votes)) if last.votes else (0, 0)
            told = words("Votes from {low} to {high}.").format(low=spread[0], high=spread[1])
            self.small_rest.setText(told if spread[0] != spread[1] else words("All the same."))
            self.small.show_round(shown.scale, last)
        self.beside_title.setVisible(bool(shown.beside))
        self.beside.show_numbers([Number(name, value) for name, value in shown.beside])
        self.behind_title.setVisible(bool(shown.chips))
        while (item := self.behind.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for chip in shown.chips:
            line = row(IconLabel(chip.icon, "ink_soft", 13), Prose(chip.title), spacing=look().px(8))
            line.setStretch(1, 1)
            self.behind.addWidget(box(line))

    @property
    def skips(self) -> bool:
        """Whether it would be agreed that the item does not apply: chosen so, or standing so already."""
        shown = self.shown
        if shown is None or not shown.scale.not_applicable or shown.round is None or not shown.round.revealed:
            return False
        return self._skips if self._skips is not None else self._wished is None and not shown.agreed.applies

    @property
    def proposal(self) -> tuple[int | None, AgreedBy | None]:
        """The score and the way that would be agreed now: what was chosen, else what stands, else what the votes say.

        A way without a score: the item does not apply.
        """
        shown = self.shown
        if shown is None or shown.round is None or not shown.round.revealed:
            return None, None
        if self.skips:
            return None, self._way or (None if shown.agreed.applies else shown.agreed_by) or AgreedBy.CONSENSUS
        said_ = proposed(VoteRound(shown.round.votes)) if shown.round.votes else None
        value = self._wished
        if value is None and shown.agreed.values:
            value = shown.agreed.values[0]
        if value is None and said_ is not None:
            value = said_[0]
        way = self._way or (shown.agreed_by if value in shown.agreed.values else None)
        if way is None and value is not None:
            way = said_[1] if said_ is not None and said_[0] == value else AgreedBy.CONSENSUS
        return value, way

    def _seat(self, round_: RoundShown) -> int:
        """Whose turn it is, from 0; one that took its vote back votes once more."""
        return self._next_seat if self._next_seat is not None else min(round_.voted, round_.seats - 1)

    def _how_many(self, shown: VoteShown) -> int:
        return self._seats or shown.seats

    def _round_of(self, shown: VoteShown) -> RoundShown:
        """The round that is going on, or the first one before it is opened."""
        return shown.round or RoundShown(1, self._how_many(shown), 0, revealed=False)

    def _choose_seats(self, n: str) -> None:
        self._seats = int(n)
        self._arrange()
        self.to_keys()

    # -- time ---------------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        shown = self.shown
        running = shown is not None and shown.ends_at is not None and not (shown.round and shown.round.revealed)
        self.clock.setVisible(running)
        if not running:
            self._ticker.stop()
            return
        assert shown is not None
        assert shown.ends_at is not None
        left = int((shown.ends_at - self._now()).total_seconds())
        told = (
            self._words("Time is up")
            if left <= 0
            else self._words("{time} left").format(time=f"{left // 60}:{left % 60:02}")
        )
        self.clock.setText(told)
        self.clock.setProperty("kind", "warning" if left <= 0 else "medium")
        self.clock.style().unpolish(self.clock)
        self.clock.style().polish(self.clock)
        if left <= 0:
            self._ticker.stop()
            announce(self, told)
        elif not self._ticker.isActive():
            self._ticker.start()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """Before the reveal digits vote and A abstains; after it digits set the agreed score."""
        shown = self.shown
        if shown is None:
            return
        if key in ("Down", "Up"):
            self._step(1 if key == "Down" else -1)
            return
        if shown.why_not:
            self._complain(shown.why_not)
            return
        self._complain("")
        round_ = shown.round
        revealed = round_ is not None and round_.revealed
        if key == "E" and revealed:
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        elif revealed:
            self._after(key)
        else:
            self._before(key)

    def _before(self, key: str) -> None:
        shown = self.shown
        assert shown is not None
        round_ = self._round_of(shown)
        if key.isdigit():
            if int(key) not in shown.scale.values:
                told = self._words("Item {item} takes {values}, not {digit}.")
                self._complain(told.format(item=shown.number, values=self._spoken_values(shown.scale), digit=key))
            else:
                self._vote(round_, int(key))
        elif key == "A":
            self._vote(round_, None)
        elif key == "Backspace":
            self._vote_once_more(round_)
        elif key == "T":
            self._time()
        elif key in ("R", "Enter"):
            self._reveal()

    def _vote(self, round_: RoundShown, value: int | None) -> None:
        assert self.shown is not None
        if round_.all_voted and self._next_seat is None:
            self._complain(self._words("All have voted. R shows the votes, Backspace lets the last one vote again."))
            return
        if self.shown.round is None:
            self.shown = replace(self.shown, rounds=(round_,))
            self.round_wanted.emit(round_.seats, 0)
        seat, self._next_seat = self._seat(round_), None
        self._under_way += 1
        self._put_round(replace(round_, voted=max(round_.voted, seat + 1)))
        self.cast.emit(seat + 1, value)

    def _vote_once_more(self, round_: RoundShown) -> None:
        """The seat before votes again; what it had voted is shown to nobody."""
        if round_.voted:
            self._next_seat = max(0, (self._next_seat if self._next_seat is not None else round_.voted) - 1)
            self._arrange()

    def landed(self) -> None:
        """A vote is written."""
        self._under_way = max(0, self._under_way - 1)

    def _put_round(self, round_: RoundShown) -> None:
        """Counts at once, before the database has answered: the next seat may type."""
        assert self.shown is not None
        self.shown = replace(self.shown, rounds=(*self.shown.rounds[:-1], round_))
        self._arrange()

    def _after(self, key: str) -> None:
        shown = self.shown
        assert shown is not None
        ways = {"C": AgreedBy.CONSENSUS, "M": AgreedBy.MAJORITY, "X": AgreedBy.EXPERT}
        if key.isdigit():
            if int(key) in shown.scale.values:
                self._wish(int(key))
            else:
                told = self._words("Item {item} takes {values}, not {digit}.")
                self._complain(told.format(item=shown.number, values=self._spoken_values(shown.scale), digit=key))
        elif key == NOT_APPLICABLE:
            self._skip()
        elif key in ways:
            self._choose_way(ways[key])
        elif key == "V":
            self._again()
        elif key == "T":
            self._time()
        elif key == "Enter":
            self.agree()

    def _wish(self, value: int) -> None:
        self._wished, self._skips = value, False
        self._arrange()

    def _skip(self) -> None:
        """The item is to be marked not applicable, where its scale has that."""
        assert self.shown is not None
        if not self.shown.scale.not_applicable:
            told = self._words("Item {item} takes {values}; it cannot be marked not applicable.")
            self._complain(told.format(item=self.shown.number, values=self._spoken_values(self.shown.scale)))
            return
        self._wished, self._skips = None, True
        self._arrange()

    def _choose_way(self, way: str) -> None:
        self._way = AgreedBy(way)
        self._arrange()

    def _reveal(self) -> None:
        shown = self.shown
        if shown is None or shown.round is None or not shown.round.voted:
            self._complain(self._words("Nobody has voted yet."))
        elif not shown.round.revealed:
            self.revealed.emit()
            self.to_keys()

    def _again(self) -> None:
        self._another_round(0)

    def _another_round(self, minutes: int) -> None:
        if self.shown is not None:
            self._wished = self._skips = self._way = None
            self.again.emit(self._how_many(self.shown), minutes)
            self.to_keys()

    def _time(self) -> None:
        """A round of two minutes: the first one, or another."""
        shown = self.shown
        if shown is None or shown.why_not:
            return
        if shown.round is None:
            self.round_wanted.emit(self._how_many(shown), TIME_BOX)
            self.to_keys()
        elif shown.round.revealed:
            self._another_round(TIME_BOX)

    def agree(self) -> None:
        """Keeps the agreed score with its way and note, and goes on."""
        value, way = self.proposal
        if way is None or (value is None and not self.skips):
            self._complain(self._words("Choose the agreed score first, or vote again with V."))
            return
        note = self.note.text().strip()
        self._seen = self.note.text()
        self._typed.forget()
        self.agreed.emit(value, way, note)
        self._step(1)
        self.to_keys()

    def _step(self, by: int) -> None:
        shown = self.shown
        if shown is None:
            return
        numbers = [line.number for line in shown.lines]
        at = numbers.index(shown.number) + by
        if 0 <= at < len(numbers):
            self._go(numbers[at])

    def _go(self, number: str) -> None:
        if number and self.shown is not None and number != self.shown.number:
            self.save_note()
            self.opened.emit(number)

    @property
    def item(self) -> str:
        """The number of the item on the table."""
        return self.shown.number if self.shown is not None else ""

    def to_keys(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            announce(self, words)

    def complain(self, words: str) -> None:
        """What could not be written."""
        self._under_way = 0
        self._complain(words)

    # -- the note -----------------------------------------------------------------------------------------------------

    def _put_note(self, text: str) -> None:
        self._seen = text
        self.note.blockSignals(True)
        self.note.setText(text)
        self.note.blockSignals(False)

    def save_note(self) -> None:
        if self.shown is None or self.shown.why_not or self.note.text() == self._seen:
            return
        self._typed.flush()
        self.noted.emit(self.shown.number, self.note.text())

    def note_saved(self, item: str, text: str) -> None:
        if self.shown is not None and self.shown.number == item:
            self._seen = text
            if self.note.text() == text:
                self._typed.forget()

    def bring_back(self, typed: dict[str, str]) -> None:
        text = typed.get(self._key, "")
        if text and not self.note.text().strip():
            self.note.setText(text)

    def leave(self) -> None:
        self.save_note()

    # -- places -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, space = look().px, look().measures.space
        wide = self.width() >= px(WITHOUT_LEFT)
        self._left.setVisible(wide)
        self._rules[0].setVisible(wide)
        self._left.setFixedWidth(px(LEFT) + space.s3)
        beside = self.width() >= px(WITHOUT_SIDE)
        self._side.setVisible(beside)
        self._rules[1].setVisible(beside)
        self._side.setFixedWidth(px(SIDE) + 2 * space.s3)
        longer = NOT_APPLICABLE_WIDE if self.shown is not None and self.shown.scale.not_applicable else 0
        one_line = self.width() >= px(ONE_LINE + longer)
        ways = self._agree_row.Direction
        direction = ways.LeftToRight if one_line else ways.TopToBottom
        self._agree_row.setDirection(direction)

    def columns(self) -> tuple[QWidget, ...]:
        found: list[QWidget] = [self.box]
        if self._left.isVisibleTo(self):
            found.append(self.items)
        if self._side.isVisibleTo(self) and self.seats.isEnabled():
            found.append(self.seats)
        return tuple(found)


def _numbers_only(scale: Scale) -> Scale:
    """The agreed score is chosen by number: the words stand under the columns."""
    points = tuple(ScalePoint(point.value, str(point.value)) for point in scale.points)
    return replace(scale, points=points)


def agreed_text(words: Words, scale: Scale, given: Given) -> str:
    """What stands beside an item in the list: its number, or n/a."""
    if not given.applies:
        return words("n/a")
    return str(given.values[0]) if given.values else ""
