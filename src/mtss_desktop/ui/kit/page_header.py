"""Title, one sentence of context, and at the right what the page can do: one primary button at most."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look


class PageHeader(QWidget):
    """``acts`` stand in the order views, filters, secondary buttons, primary button."""

    def __init__(self, title: str, acts: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self.title = label(title, "title")
        self.sentence = Prose("", "base", "ink_soft")
        self._acts: QHBoxLayout = row(spacing=look().px(12))
        for act in acts:
            self._acts.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        words = column(self.title, self.sentence, None, spacing=look().px(2))
        whole = row(margins=(space.s3, look().px(20), space.s3, look().px(14)), spacing=space.s3)
        whole.addLayout(words, 1)
        whole.addLayout(self._acts)
        self.setLayout(whole)
        self._fit()
        look().changed.connect(self._fit)

    def put_first(self, act: QWidget) -> None:
        """A widget before the others at the right; it may have stood elsewhere."""
        if self._acts.indexOf(act) != 0:
            self._acts.insertWidget(0, act, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, title: str, sentence: str) -> None:
        self.title.setText(title)
        self.sentence.setText(sentence)

    def _fit(self) -> None:
        self.title.setFixedHeight(look().line("title"))
        self.setMinimumHeight(look().measures.height.page_header)
