"""Title, one sentence of context, and at the right what the page can do: one primary button at most."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QWidget

from mtss_desktop.ui.kit.layouts import FlowLayout, column, items_of, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look

LEAST_WORDS = 260
"""Width in pixels at 100 % that title and sentence keep beside the buttons."""


class PageHeader(QWidget):
    """``acts`` stand in the order views, filters, secondary buttons, primary button."""

    def __init__(self, title: str, acts: Sequence[QWidget] = (), *, title_gives_way: bool = False) -> None:
        """``title_gives_way``: a long title is shortened rather than the acts put under it, where height is dear."""
        super().__init__()
        self._title_gives_way, self._least_words = title_gives_way, LEAST_WORDS
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._title = title
        self._folded_for = -1
        self.title = label(title, "title")
        self.title.setMinimumWidth(1)
        self.sentence = Prose("", "base", "ink_soft")
        self._acts: QHBoxLayout = row(spacing=look().px(12))
        for act in acts:
            self._acts.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        self._flow = FlowLayout(look().px(8))
        words = column(self.title, self.sentence, None, spacing=look().px(2))
        self._whole = row(margins=(space.s3, look().px(20), space.s3, look().px(14)), spacing=space.s3)
        self._whole.addLayout(words, 1)
        self._whole.addLayout(self._acts)
        self._whole.addLayout(self._flow)
        self.setLayout(self._whole)
        self._fit()
        look().changed.connect(self._fit)

    def put_first(self, act: QWidget) -> None:
        """A widget before the others at the right; it may have stood elsewhere."""
        acts = self._there()
        if acts and acts[0] is act:
            return
        self._put((act, *(other for other in acts if other is not act)), under=self._is_under)

    def say(self, title: str, sentence: str) -> None:
        self._title = title
        self.title.setText(title)
        self.sentence.setText(sentence)
        self._fold()

    def leave_words(self, width: int) -> None:
        """Pixels at 100 % that title and sentence keep beside the buttons, where another number than the usual suits them."""
        if width != self._least_words:
            self._least_words = width
            self._fold()

    @property
    def whole_title(self) -> str:
        """The title as it was said, also where the page shows only its beginning."""
        return self._title

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fold()

    def _fold(self) -> None:
        """What can be done stands under the words where beside it the title would be cut, or the sentence a column of words."""
        margins = self._whole.contentsMargins()
        acts = self._folded_for = self._acts_width()
        left = self.width() - margins.left() - margins.right() - acts - look().measures.space.s3
        self.title.ensurePolished()
        metrics = self.title.fontMetrics()
        title = 0 if self._title_gives_way else metrics.horizontalAdvance(self._title)
        wanted = max(title, look().px(self._least_words))
        under = bool(acts) and left < wanted
        if under != self._is_under:
            self._put(self._there(), under=under)
        if self.isVisible():
            beside = acts and not under
            self._shorten(metrics, left if beside else self.width() - margins.left() - margins.right())
        self._keep_high()

    def _acts_width(self) -> int:
        """Of all buttons in one line."""
        shown = [act for act in self._there() if not act.isHidden()]
        return sum(act.sizeHint().width() for act in shown) + self._acts.spacing() * max(0, len(shown) - 1)

    @property
    def _is_under(self) -> bool:
        return self._whole.direction() == QBoxLayout.Direction.TopToBottom

    def _there(self) -> tuple[QWidget, ...]:
        """The acts in their order, wherever they stand now."""
        layout: QLayout = self._flow if self._flow.count() else self._acts
        return tuple(widget for item in items_of(layout) if (widget := item.widget()) is not None)

    def _put(self, acts: Sequence[QWidget], *, under: bool) -> None:
        """In one line beside the words, or under them in as many as they need."""
        for act in acts:
            self._acts.removeWidget(act)
            self._flow.removeWidget(act)
        for act in acts:
            if under:
                self._flow.addWidget(act)
            else:
                self._acts.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        directions = QBoxLayout.Direction
        self._whole.setDirection(directions.TopToBottom if under else directions.LeftToRight)
        self._whole.setSpacing(look().px(8) if under else look().measures.space.s3)

    def event(self, event: QEvent) -> bool:
        """A part that has got its size, from the style or by other words."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            if (
                self._acts_width() != self._folded_for
            ):  # a button came, went or has other words: the title has other room
                self._fold()
            self._keep_high()
        return done

    def _keep_high(self) -> None:
        """A page that is too low takes its room elsewhere: the two lines of the header never lie on each other."""
        needed = self._whole.totalHeightForWidth(self.width()) if self.isVisible() else 0
        least = max(look().measures.height.page_header, needed)
        if least != self.minimumHeight():
            self.setMinimumHeight(least)

    def _shorten(self, metrics: QFontMetrics, room: int) -> None:
        """A title longer than the page ends in an ellipsis; the tip and a screen reader have all of it."""
        room = max(room, look().px(self._least_words)) - look().px(4)  # the last letter is wider than its step
        shown = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        if shown != self.title.text():
            self.title.setText(shown)
        self.title.setToolTip(self._title if shown != self._title else "")
        self.title.setAccessibleName(self._title if shown != self._title else "")

    def _fit(self) -> None:
        letters = QFontMetrics(look().font("title")).height()  # g and y hang lower than the line of the design has it
        self.title.setFixedHeight(max(letters, look().line("title")))
        self._keep_high()
