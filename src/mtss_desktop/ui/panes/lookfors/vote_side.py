"""Beside a vote: how many vote, the round before, what others found for the item, and what is behind it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.statement import Number, NumberList
from mtss_desktop.ui.kit.texts import IconLabel, label
from mtss_desktop.ui.panes.lookfors.vote_round import VoteShown
from mtss_desktop.ui.panes.lookfors.vote_stage import SmallRound
from mtss_desktop.ui.theme import look

SEATS = range(2, 31)


class VoteSide(QWidget):
    """``seats_chosen`` says how many are to vote in the next round."""

    seats_chosen = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.seats = Choice([(str(n), words("{n} vote").format(n=n)) for n in SEATS], name=words("How many vote"))
        self.small_title, self.small = label("", "heading"), SmallRound(words)
        self.small_rest = Prose("")
        self.beside = NumberList()
        self.beside_title = label(words("Beside the team"), "heading")
        self.behind_title, self.behind = label(words("Evidence"), "heading"), column(spacing=look().px(8))
        space, px = look().measures.space, look().px
        self.setLayout(
            column(
                self.seats, px(16), self.small_title, px(4), self.small_rest, px(8), self.small, px(20), self.beside_title,
                self.beside, px(20), self.behind_title, px(8), self.behind, None,
                margins=(space.s3, px(4), space.s3, space.s2),
            )
        )  # fmt: skip
        self.seats.chosen_changed.connect(lambda n: self.seats_chosen.emit(int(n)))

    def show_vote(self, shown: VoteShown) -> None:
        self._show_round_before(shown)
        self.beside_title.setVisible(bool(shown.beside))
        self.beside.show_numbers([Number(name, value) for name, value in shown.beside])
        self._show_evidence(shown)

    def _show_round_before(self, shown: VoteShown) -> None:
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

    def _show_evidence(self, shown: VoteShown) -> None:
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
