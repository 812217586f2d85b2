"""A team's vote on the wall: the item, its scale, who has voted as seats, and after the reveal the dots. No names, no notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.wall import Big, Wall, px, scale
from mtss_desktop.ui.panes.lookfors.vote_round import RoundShown, VoteShown, time_words, votes_words
from mtss_desktop.ui.panes.lookfors.vote_stage import VoteStage
from mtss_desktop.ui.panes.lookfors.vote_view import VoteView
from mtss_desktop.ui.theme import look

LOW = 420
"""The height in pixels at 100 % under which hint and foot give their place to the vote."""


class Seats(QWidget):
    """How many have voted, large, and a circle for each seat: full once it has voted, whatever it voted."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._round: RoundShown | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(px(100))

    def show_round(self, shown: RoundShown) -> None:
        self._round = shown
        self.setAccessibleName(votes_words(self._words, shown))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._round is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        n, gap = self._round.seats, px(10)
        font = look().font("title")
        font.setPixelSize(round(font.pixelSize() * scale()))
        painter.setFont(font)
        painter.setPen(look().color("ink"))
        line = painter.fontMetrics().height()
        side = min(px(44), (self.width() - gap * (n - 1)) // n, max(px(16), self.height() - line - px(24)))
        top = (self.height() - line - px(20) - side) // 2
        said = QRect(0, top, self.width(), line)
        painter.drawText(said, Qt.AlignmentFlag.AlignCenter, votes_words(self._words, self._round))
        left, top = (self.width() - n * side - (n - 1) * gap) // 2, top + line + px(20)
        for seat in range(n):
            self._paint_seat(painter, QRect(left + seat * (side + gap), top, side, side), seat)

    def _paint_seat(self, painter: QPainter, area: QRect, seat: int) -> None:
        assert self._round is not None
        has_voted = seat < self._round.voted
        font = look().font("strong", tabular=True)
        font.setPixelSize(max(1, round(area.width() * 0.42)))
        painter.setFont(font)
        painter.setPen(Qt.PenStyle.NoPen if has_voted else QPen(look().color("border"), px(1.5)))
        painter.setBrush(look().color("series1") if has_voted else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(area).adjusted(1, 1, -1, -1))
        painter.setPen(look().color("surface" if has_voted else "ink_soft"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(seat + 1))


class VoteWall(Wall):
    """Follows the vote on the table; before the reveal it knows no more than how many have voted."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.title, self.about = Big("title"), Big("base", "ink_soft")
        self.clock, self.voted = Big("title", right=True), Big("base", "ink_soft", right=True)
        self.hint = Big("medium", "ink_soft")
        self.seats = Seats(words)
        self.stage = VoteStage(words, scale=scale())
        self.stage.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.agreed, self.done = Big("heading"), Big("base", "ink_soft", right=True)
        self.foot = Big("base", "ink_soft")
        head = row(column(self.title, self.about), column(self.clock, self.voted), spacing=px(12))
        head.setStretch(0, 3)
        head.setStretch(1, 2)
        said = row(self.agreed, self.done, spacing=px(12))
        said.setStretch(0, 3)
        said.setStretch(1, 2)
        edge = px(26)
        whole = column(
            self.held, head, px(8), self.hint, px(8), self.seats, self.stage, px(8), said, self.foot,
            margins=(edge, px(18), edge, px(12)),
        )  # fmt: skip
        whole.setStretch(whole.indexOf(self.stage), 1)
        whole.setStretch(whole.indexOf(self.seats), 3)
        self.lay_out(whole)

    def show_vote(self, view: VoteView, heading: str, now: datetime) -> None:
        """``heading`` says which rating this is."""
        shown = view.shown
        if shown is not None:
            value, skips = view.proposal[0], view.skips
            self.follow(lambda: self._show(shown, view.round_of(shown), value, skips, heading, now))

    def _show(
        self, shown: VoteShown, round_: RoundShown, value: int | None, skips: bool, heading: str, now: datetime
    ) -> None:
        words, low = self._words, self.height() < px(LOW)
        self.title.say(
            f"{shown.number}  {shown.label}" if shown.label else words("Item {number}").format(number=shown.number)
        )
        about = words("Round {n}") if low else words("{rating} · round {n}")
        self.about.say(about.format(rating=heading, n=round_.number))
        waits = shown.ends_at is not None and not round_.revealed
        self.clock.say(time_words(words, shown.ends_at, now) if waits and shown.ends_at is not None else "")
        self.voted.say(votes_words(words, round_) if round_.revealed else "")
        self.hint.say(words("Look for: {hint}").format(hint=shown.hint) if shown.hint and not low else "")
        self.seats.setVisible(not round_.revealed)
        self.seats.show_round(round_)
        self.stage.show_round(shown.scale, round_, value, "")
        policy = QSizePolicy.Policy.Expanding if round_.revealed else QSizePolicy.Policy.Fixed
        self.stage.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        self.agreed.say(self._agreed_words(value, skips) if round_.revealed else "")
        self.done.say(words("{n} of {all} agreed").format(n=shown.done, all=len(shown.lines)))
        told = words("Votes have no names. Nothing of them is shown before all are shown; notes never are.")
        self.foot.say("" if low else told)

    def _agreed_words(self, value: int | None, skips: bool) -> str:
        if skips:
            return self._words("Does not apply")
        if value is None:
            return self._words("What did each of us see? Then we vote again.")
        return self._words("Score: {value}").format(value=value)


class VoteOnWall(QObject):
    """Opens and closes the picture of a pane's vote, and keeps it to what is on the table."""

    def __init__(self, pane: Pane, view: VoteView, heading: Callable[[], str], now: Callable[[], datetime]) -> None:
        super().__init__(pane)
        self._pane, self._view, self._heading, self._now = pane, view, heading, now
        self.wall: VoteWall | None = None
        view.changed.connect(self._follow)

    def toggle(self) -> None:
        """On the other screen where there is one; the keys stay with the vote."""
        if self.wall is not None:
            self.wall.close()
            return
        self.wall = VoteWall(self._pane.words)
        self.wall.closed.connect(self._closed)
        self._follow()
        focused = self._pane.window().focusWidget()
        self.wall.open_beside(self._pane.window())
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        if self.wall is not None:
            self.wall.close()

    def _follow(self) -> None:
        if self.wall is not None:
            self.wall.show_vote(self._view, self._heading(), self._now())

    def _closed(self, unplugged: bool) -> None:
        self.wall = None
        if unplugged:
            self._pane.noticed.emit(Notice(self._pane.words("The other screen is gone; the vote stays here.")))
