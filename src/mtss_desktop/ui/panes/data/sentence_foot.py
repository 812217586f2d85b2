"""The foot of the behavior page: the precise problem as a sentence that grows, why the team thinks so, and what to make of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.precise import Piece
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.layouts import FlowLayout, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import Unsaved
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.data_precise import PreciseView

KEPT = "precise"
"""What the typing file calls it; the record is the school whose problem is being made precise."""


class Sentence(QLabel):
    """Filled parts stand on the selection's ground, missing ones are underlined questions."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.pieces: tuple[Piece, ...] = ()
        self.faint = False
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("kind", "statement")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look().changed.connect(self._write)

    def say(self, pieces: Sequence[Piece], *, faint: bool) -> None:
        """``faint``: too few for a pattern, so the sentence stays gray."""
        self.pieces, self.faint = tuple(pieces), faint
        self._write()

    @property
    def plain(self) -> str:
        """The sentence as it is read out."""
        return " ".join(self.words.write(piece.text) for piece in self.pieces)

    def _write(self) -> None:
        self.setAccessibleName(self.plain)
        self.setText(" ".join(self._piece(piece) for piece in self.pieces))

    def _piece(self, piece: Piece) -> str:
        text = escape(self.words.write(piece.text)).replace(" ", "&nbsp;")
        if piece.filled is None:
            ink = look().color("ink_faint" if self.faint else "ink").name()
            return f'<span style="font-weight:400; color:{ink}">{text.replace("&nbsp;", " ")}</span>'
        if not piece.filled:
            ink = look().color("warning").name()
            return f'<span style="font-weight:400; text-decoration:underline; color:{ink}">{text}</span>'
        ground = look().color("selection").name()
        ink = look().color("ink_faint" if self.faint else "selection_ink").name()
        return f'<span style="background-color:{ground}; color:{ink}">&nbsp;{text}&nbsp;</span>'


class SentenceFoot(QWidget):
    """``made`` and ``updated`` carry why; ``saved`` to keep the bars; ``why_changed`` comes after each pause in typing."""

    made = Signal(str, str)
    updated = Signal(str)
    saved = Signal()
    goal_wanted = Signal()
    cleared = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        self.words = words
        self.view: PreciseView | None = None
        self.parts, self.base = label("", "caption"), label("", "caption")
        self.sentence = Sentence(words)
        self.few = Prose("", "base", "ink_soft")
        self.why = Field(name=words("Because"), placeholder=words("Why, as the team sees it"))
        self.why.setMaxLength(200)
        self.team = Choice(name=words("Team"))
        self.unsaved = Unsaved({"why": self.why, "team": self.team}, typing, KEPT)
        self.make = Button(words("Make it a problem"), self._make, kind="primary")
        self.save = Button(words("Save these bars"), self.saved.emit, size="large")
        self.goal = Button(words("Set a goal"), self.goal_wanted.emit, size="large")
        self.clear = Button(words("Clear choices"), self.cleared.emit, kind="quiet")
        self.advice = Prose("", "caption", "ink_soft")
        self._build()

    def _build(self) -> None:
        space = look().measures.space
        top = FlowLayout(space.s2)  # where both come from stands under it on a narrow page
        top.addWidget(self.parts)
        top.addWidget(self.base)
        because = row(label(self.words("because"), "medium"), self.why, spacing=space.s1)
        because.setStretch(1, 1)
        acts = QWidget()
        flow = FlowLayout(space.s1)
        for each in (self.make, self.team, self.goal, self.save, self.clear):
            flow.addWidget(each)
        acts.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        acts.setSizePolicy(policy)
        inner = column(
            top, self.sentence, self.few, because, acts, self.advice,
            spacing=look().px(6), margins=(space.s3, look().px(10), space.s3, look().px(10)),
        )  # fmt: skip
        self.setLayout(column(hairline(), inner))

    def offer_teams(self, teams: Sequence[tuple[str, str]]) -> None:
        """Those of the school; the one that was chosen stays."""
        self.team.offer([(key, self.words("for {team}").format(team=name)) for key, name in teams], self.team.value)
        self.team.setVisible(len(teams) > 1)

    def show_view(self, view: PreciseView) -> None:
        if self.view is None or self.view.place_id != view.place_id:
            self.unsaved.serve(str(view.place_id))  # of the same school it stays: the choices are still being made
        self.view = view
        words = self.words
        pieces = view.pieces[:-2]  # why is typed beside it
        filled = sum(piece.filled is True for piece in pieces) + bool(self.why.text().strip())
        asked = sum(piece.filled is not None for piece in view.pieces)
        self.parts.setText(words.say(said("Precise problem, {n} of {all} parts", n=filled, all=asked)))
        files = ", ".join(view.files)
        kinds = {"major": words("majors only"), "minor": words("minors only")}
        parts = [
            words.say(said("{n} of {all} {label.referral.many} fit", n=view.n, all=view.all)),
            kinds.get(view.severity, ""),
            words("from {files}").format(files=files) if files else "",
        ]
        self.base.setText(" · ".join(part for part in parts if part))
        self.sentence.say(pieces, faint=view.few is not None)
        self.few.setText(words.say(view.few) if view.few is not None and view.narrowing.count else "")
        self.few.setVisible(bool(self.few.text()))
        self._allow(view)
        self._advise(view)

    def _allow(self, view: PreciseView) -> None:
        words, chosen = self.words, bool(view.narrowing.count)
        reason = "" if chosen else words("Choose a bar first")
        if not reason and view.few is not None:
            reason = words("Fewer than 10 are left: take a choice back")
        if not reason and not self.team.count():
            reason = words("This school has no team yet")
        self.make.say(
            words("Update “{problem}”").format(problem=view.same.title) if view.same else words("Make it a problem")
        )
        self.make.allow(not reason, reason)
        self.team.setVisible(view.same is None and self.team.count() > 1)
        self.save.allow(chosen, words("Choose a bar first"))
        self.goal.setVisible(view.same is not None)
        self.clear.say(words.say(said("Clear {n} choice", many="Clear {n} choices", count="n", n=view.narrowing.count)))
        self.clear.setVisible(chosen)

    def _advise(self, view: PreciseView) -> None:
        words = self.words
        texts = []
        if view.baseline is not None and view.narrowing.count:
            texts.append(
                words.say(
                    said(
                        "Baseline {rate:2} a school day: {n} in {days} days.",
                        rate=view.baseline,
                        n=view.n,
                        days=view.days,
                    )
                )
            )
        if view.advised is not None and view.advised.target is not None and view.due_on is not None:
            texts.append(
                words.say(
                    said(
                        "Goal as advised: {aim:2} a day by {due:date}, half.", aim=view.advised.target, due=view.due_on
                    )
                )
            )
        self.advice.setText(" ".join(texts))
        self.advice.setVisible(bool(texts))

    def suggest(self, text: str) -> None:
        """An idea from the minutes, to be changed by whoever types."""
        self.why.setText(text)
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self) -> None:
        """It is in the database: the field is free again."""
        self.why.clear()
        self.unsaved.settle()

    def _make(self) -> None:
        why = self.why.text().strip()
        if self.view is not None and self.view.same is not None:
            self.updated.emit(why)
        else:
            self.made.emit(self.team.value, why)
