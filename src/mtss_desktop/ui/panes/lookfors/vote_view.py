"""A team votes item by item: each vote is hidden until the reveal, then the dots stand there without names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.instruments import Scale
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import announce, hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.lookfors.scale_bar import NOT_APPLICABLE, ScaleBar
from mtss_desktop.ui.panes.lookfors.showing import Given
from mtss_desktop.ui.panes.lookfors.vote_clock import VoteClock
from mtss_desktop.ui.panes.lookfors.vote_items import VoteItems
from mtss_desktop.ui.panes.lookfors.vote_note import VoteNote
from mtss_desktop.ui.panes.lookfors.vote_round import RoundShown, VoteShown, votes_words
from mtss_desktop.ui.panes.lookfors.vote_side import VoteSide
from mtss_desktop.ui.panes.lookfors.vote_stage import StageBox, VoteStage
from mtss_desktop.ui.panes.lookfors.vote_wish import NO_WISH, Wish, proposal, skips
from mtss_desktop.ui.theme import look

LEFT, SIDE = 224, 208
"""Widths of the outer columns in pixels at 100 %."""
WITHOUT_LEFT, WITHOUT_SIDE, LOW = 1000, 760, 720
"""Widths of the page in pixels at 100 % under which a column goes, and the height of the window under which it is low."""
TIME_BOX = 2
"""Minutes of a timed round."""


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
    """What is shown is different, or the time has gone on."""

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.shown: VoteShown | None = None
        self._wish = NO_WISH
        self._under_way = 0
        self._next_seat: int | None = None
        self._seats = 0
        self.items = VoteItems(words)
        self.count, self.rest = label("", "heading"), Prose("")
        self.about, self.voted, self.clock = label("", "soft"), label("", "soft"), VoteClock(words)
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
        self.note = VoteNote(words, typing)
        self.show_votes = Button(words("Show the votes"), self._reveal, size="large")
        self.vote_again = Button(words("Vote again"), self._again, size="large")
        self.time_box = Button(words("Two minutes"), self._time, kind="quiet", icon_name="ph.clock")
        self.next = Button(words("Agree, next item"), self.agree, kind="primary")
        self.caps = label("V", "key")
        self.caps.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.side = VoteSide(words)
        self._build()
        self._connect()

    def use_clock(self, now: Callable[[], datetime]) -> None:
        """Where the time comes from."""
        self.clock.now = now

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        left = column(
            self.items, column(self.count, px(2), self.rest, margins=(px(8), px(16), 0, space.s2)),
            margins=(space.s3 - px(8), 0, space.s2 - px(8), 0),
        )  # fmt: skip
        left.setStretch(0, 1)
        self._left = box(left)
        head = row(self.title, self.clock, self.time_box, self.voted, spacing=px(12))
        head.setStretch(0, 1)
        self._score_title, self._by_title = (
            label(self._words("Agreed score"), "heading"),
            label(self._words("by"), "soft"),
        )
        chosen = row(self._score_title, self.score, spacing=px(12))
        by = row(self._by_title, self.way, spacing=px(12))
        chosen.addStretch(1)
        by.addStretch(1)
        self._agree_row = row(chosen, by, spacing=px(12))
        foot = row(self.show_votes, self.vote_again, self.caps, None, self.next, spacing=px(12))
        self._agree = box(column(self._agree_row, self.note, spacing=px(12)))
        main = column(
            self.about, head, self.hint, px(8), self.box, self.message, hairline(), self._agree, foot, spacing=px(8),
            margins=(space.s3, 0, space.s3, space.s2),
        )  # fmt: skip
        main.setStretch(4, 1)
        self._side = scrolling(self.side, self._words("Beside the vote"))
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
        self.score.picked.connect(lambda key: self._skip() if key == NOT_APPLICABLE else self._choose(int(key)))
        self.score.left.connect(self.to_keys)
        self.way.picked.connect(self._choose_way)
        self.note.returnPressed.connect(self.to_keys)
        self.note.noted.connect(self.noted)
        self.clock.ticked.connect(self.changed)
        self.side.seats_chosen.connect(self._choose_seats)
        look().changed.connect(self._fit)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_vote(self, shown: VoteShown) -> None:
        """The round as it stands in the database; a note being typed stays."""
        another = self.shown is None or (self.shown.id, self.shown.number) != (shown.id, shown.number)
        if another:
            self._wish, self._under_way, self._seats = NO_WISH, 0, 0
            self.note.open(shown.id, shown.number, shown.note)
            self._complain("")
        else:
            self.note.follow(shown.note)
        self.note.allow(not shown.why_not)
        before, now = self.shown.round if self.shown is not None and not another else None, shown.round
        if now is None or before is None or (before.number, before.revealed) != (now.number, now.revealed):
            self._wish, self._next_seat = Wish(way=self._wish.way), None
        if self._under_way and before is not None and (now is None or (not now.revealed and now.voted < before.voted)):
            shown = replace(shown, rounds=(*shown.rounds[: before.number - 1], before))  # votes are still on their way
        self.shown = shown
        self._fit()
        self._arrange()

    def _arrange(self) -> None:
        shown, words = self.shown, self._words
        if shown is None:
            return
        round_ = self.round_of(shown)
        self.items.show_lines(shown.lines, shown.number)
        self.count.setText(words("{n} of {all} agreed").format(n=shown.done, all=len(shown.lines)))
        rest = words("No percent until every item is agreed or marked not applicable.")
        self.rest.setText("" if shown.done == len(shown.lines) else rest)
        self.voted.setText(votes_words(words, round_) if round_.revealed else "")
        self.hint.setText(words("Look for: {hint}").format(hint=shown.hint) if shown.hint else "")
        self.hint.setVisible(bool(shown.hint))
        value, way = self.proposal
        self.stage.show_round(shown.scale, round_, value, self._asking(shown, round_))
        chosen = Given(applies=not self.skips) if value is None else Given((value,))
        self.score.show_scale(shown.scale, chosen, words("Agreed score"), bare=True)
        self.way.choose(way or "")
        self._agree.setVisible(round_.revealed)
        self.next.setVisible(round_.revealed)
        self.show_votes.setVisible(not round_.revealed)
        self.show_votes.allow(round_.voted > 0, words("Nobody has voted yet."))
        self.vote_again.setVisible(round_.revealed)
        self.caps.setText("V" if round_.revealed else "R")
        self.time_box.setVisible(shown.round is None or round_.revealed)
        self.next.allow(value is not None or self.skips, words("Choose the agreed score first."))
        self.side.seats.choose(str(self._how_many(shown)))
        self.side.seats.setEnabled((shown.round is None or round_.revealed) and not shown.why_not)
        for each in (self.vote_again, self.show_votes, self.next, self.time_box):
            if shown.why_not:
                each.allow(False, shown.why_not)
        self.side.show_vote(shown)
        self.clock.run_to(None if round_.revealed else shown.ends_at)
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

    @property
    def skips(self) -> bool:
        """Whether it would be agreed that the item does not apply."""
        return skips(self.shown, self._wish)

    @property
    def proposal(self) -> tuple[int | None, AgreedBy | None]:
        """The score and the way that would be agreed now."""
        return proposal(self.shown, self._wish)

    def _seat(self, round_: RoundShown) -> int:
        """Whose turn it is, from 0; one that took its vote back votes once more."""
        return self._next_seat if self._next_seat is not None else min(round_.voted, round_.seats - 1)

    def _how_many(self, shown: VoteShown) -> int:
        return self._seats or shown.seats

    def round_of(self, shown: VoteShown) -> RoundShown:
        """The round that is going on, or the first one before it is opened."""
        return shown.round or RoundShown(1, self._how_many(shown), 0, revealed=False)

    def _choose_seats(self, n: int) -> None:
        self._seats = n
        self._arrange()
        self.to_keys()

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
        round_ = self.round_of(shown)
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
                self._choose(int(key))
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

    def _choose(self, value: int) -> None:
        self._wish = replace(self._wish, value=value, skips=False)
        self._arrange()

    def _skip(self) -> None:
        """The item is to be marked not applicable, where its scale has that."""
        assert self.shown is not None
        if not self.shown.scale.not_applicable:
            told = self._words("Item {item} takes {values}; it cannot be marked not applicable.")
            self._complain(told.format(item=self.shown.number, values=self._spoken_values(self.shown.scale)))
            return
        self._wish = replace(self._wish, value=None, skips=True)
        self._arrange()

    def _choose_way(self, way: str) -> None:
        self._wish = replace(self._wish, way=AgreedBy(way))
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
            self._wish = NO_WISH
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
        self.agreed.emit(value, way, self.note.take())
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
            self.note.save()
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

    def bring_back(self, typed: dict[str, str]) -> None:
        self.note.bring_back(typed)

    def leave(self) -> None:
        self.note.save()

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
        main = self.width() - sum(part.width() for part in (self._left, self._side) if part.isVisibleTo(self))
        one_line = self._agree_needs() <= main - 2 * space.s3
        ways = self._agree_row.Direction
        self._agree_row.setDirection(ways.LeftToRight if one_line else ways.TopToBottom)
        self._name_item()

    def _agree_needs(self) -> int:
        """The width in pixels that score and way take in one line."""
        parts = (self._score_title, self.score, self._by_title, self.way)
        return sum(part.sizeHint().width() for part in parts) + 4 * look().px(12)

    @property
    def _is_low(self) -> bool:
        """In a low window the line over the item's name goes into it: the score to agree on has to be seen."""
        return self.window().height() < look().px(LOW)

    def _name_item(self) -> None:
        shown = self.shown
        if shown is None:
            return
        low, n = self._is_low, self.round_of(shown).number
        name = shown.label or self._words("Item {number}").format(number=shown.number)
        about = self._words("Item {item} · round {n} · without names").format(item=shown.number, n=n)
        self.title.setText(self._words("{item} · round {n}").format(item=name, n=n) if low else name)
        self.about.setText(about)
        self.about.setVisible(not low)

    def columns(self) -> tuple[QWidget, ...]:
        found: list[QWidget] = [self.box]
        if self._left.isVisibleTo(self):
            found.append(self.items)
        if self._side.isVisibleTo(self) and self.side.seats.isEnabled():
            found.append(self.side.seats)
        return tuple(found)
