"""Survey forms of paper, typed in one person after another in print order. What was typed of a form stays until it is kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.instruments import SURVEY_ANSWERS
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import announce, hairline, label
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.lookfors.rate_view import RateView, SheetShown
from mtss_desktop.ui.panes.lookfors.showing import NOTHING, Given
from mtss_desktop.ui.theme import look

LEGEND_FROM = 420
"""Height of the questions in pixels at 100 % from which the keys are listed: a survey has few sections beside them."""
OPEN = "-"
"""How an open question stands in a row of answers."""


class SurveyEntry(QWidget):
    """Digits answer, Space leaves a question open; after the last one comes what the person wrote, and Enter keeps the form.

    ``kept`` carries ({item: answer as text}, comment); ``taken_off`` asks for the last form to be taken off again.
    """

    kept = Signal(object, str)
    taken_off = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._typing = words, typing
        self._blank: SheetShown | None = None
        self._answered = 0
        self._given: dict[str, Given] = {}
        self._under_way = False
        self.questions = RateView(words, typing, list, paper=True, heads=(words("Question"), words("This form")))
        self.questions.legend_from = LEGEND_FROM
        self.comment = Field(
            name=words("What this person wrote"),
            placeholder=words("What this person wrote, if anything; without names"),
        )
        self._typed = Typed(self.comment, "", typing)
        self.message = Prose("", "base", "danger")
        self.keep_button = Button(words("Keep form, next person"), self.keep, kind="primary")
        self.off_button = Button(words("Take the last form off"), self.taken_off.emit, kind="quiet")
        self.caps = label(words("Enter"), "key")
        self.caps.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._build()
        self.questions.rated.connect(self._rated)
        self.questions.ended.connect(self.to_comment)
        self.comment.returnPressed.connect(self.keep)

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        heading = label(self._words("In their own words"), "heading")
        foot = row(self.keep_button, self.caps, None, self.off_button, spacing=px(12))
        below = column(
            hairline(),
            heading,
            self.comment,
            self.message,
            foot,
            spacing=px(8),
            margins=(space.s3, 0, space.s3, space.s2),
        )
        whole = column(self.questions, box(below))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.message.hide()

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_form(self, blank: SheetShown, answered: int) -> None:
        """``blank`` is the form without answers; ``answered`` how many people's are kept. A form half typed stays."""
        another = self._blank is None or self._blank.id != blank.id
        if another:
            self._given, self._under_way = {}, False
            self._typed.key = f"survey:{blank.id}:comment"
            self._put_comment("")
        self._blank, self._answered = blank, answered
        self._show(self._first_open() if another else "")

    def _show(self, at: str = "") -> None:
        blank = self._blank
        if blank is None:
            return
        sections = tuple(
            replace(
                each,
                items=tuple(
                    replace(item, today=self._given.get(item.number, NOTHING), unanswered="No answer")
                    for item in each.items
                ),
            )
            for each in blank.sections
        )
        n, left = self._answered, SURVEY_ANSWERS - self._answered
        kept = self._words.say(said("{n} form is kept.", many="{n} forms are kept.", count="n", n=n)) if n else ""
        few = said("{n} more, and the answers can be read.", n=left)
        rest = " ".join(part for part in (kept, self._words.say(few) if left > 0 else "") if part)
        count = self._words("Form {n}").format(n=n + 1)
        self.questions.show_sheet(replace(blank, sections=sections, counted=count, rest=rest), at=at)
        why_not = blank.why_not
        self.comment.setReadOnly(bool(why_not))
        self.keep_button.allow(not why_not, why_not)
        self.off_button.setVisible(bool(n) and not why_not)

    def _first_open(self) -> str:
        numbers = [item.number for item in self._blank.items] if self._blank is not None else []
        return next((each for each in numbers if each not in self._given), numbers[-1] if numbers else "")

    # -- typing -------------------------------------------------------------------------------------------------------

    def _rated(self, item: str, given: Given) -> None:
        self._given[item] = given
        if not given.is_rated:
            del self._given[item]
        self._complain("")
        if self._blank is not None:
            self._typing.keep_soon(f"survey:{self._blank.id}:answers", " ".join(self.answers))
        self._show()

    @property
    def answers(self) -> tuple[str, ...]:
        """In print order, ``-`` where a question is open."""
        items = self._blank.items if self._blank is not None else ()
        given = (self._given.get(item.number, NOTHING) for item in items)
        return tuple(str(each.values[0]) if each.values else OPEN for each in given)

    def to_comment(self) -> None:
        self.comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keeps this person's form; the next one begins once it is written."""
        if self._blank is None or self._blank.why_not or self._under_way:
            return
        if not self._given and not self.comment.text().strip():
            self._complain(self._words("Nothing was answered. Type a digit for each question, Space leaves one open."))
            self.to_keys()
            return
        self._under_way = True
        self._typed.flush()
        given = {item: str(each.values[0]) for item, each in self._given.items()}
        self.kept.emit(given, self.comment.text().strip())

    @property
    def holds_form(self) -> bool:
        """Whether a form is half typed."""
        return bool(self._given or self.comment.text().strip())

    def landed(self) -> None:
        """The form is kept: an empty one stands here, at its first question."""
        self._under_way = False
        self._given = {}
        self._put_comment("")
        self._typed.forget()
        self._complain("")
        if self._blank is not None:
            self._typing.forget_soon(f"survey:{self._blank.id}:answers")
            self._show(self._first_open())
        self.to_keys()

    def complain(self, words: str) -> None:
        """The form was not kept; it stands as it was typed."""
        self._under_way = False
        self._complain(words)

    def _complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            announce(self, words)

    def _put_comment(self, text: str) -> None:
        self.comment.blockSignals(True)
        self.comment.setText(text)
        self.comment.blockSignals(False)

    def bring_back(self, typed: dict[str, str]) -> None:
        """A form that was being typed when the program ended."""
        if self._blank is None:
            return
        marks = typed.get(f"survey:{self._blank.id}:answers", "").split()
        for item, mark in zip(self._blank.items, marks, strict=False):
            if mark.isdigit() and int(mark) in item.scale.values:
                self._given[item.number] = Given((int(mark),))
        text = typed.get(f"survey:{self._blank.id}:comment", "")
        if text and not self.comment.text().strip():
            self.comment.setText(text)
        self._show(self._first_open())

    def leave(self) -> None:
        self._typed.flush()

    def to_keys(self) -> None:
        self.questions.to_keys()

    def columns(self) -> tuple[QWidget, ...]:
        return (*self.questions.columns(), self.comment)
