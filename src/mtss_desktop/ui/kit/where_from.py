"""The imports behind a figure, each with the way to its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.provenance import WhereFrom, where_head, where_lines
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.theme import look

OpenImport = Callable[[str], Callable[[], None] | None]
"""Import id → the way to its receipt, None where there is none."""


class WhereFromView(QWidget):
    """Every import behind a figure: file, day, person, rows, rules, and the way to its receipt."""

    def __init__(self, words: Words, way: OpenImport) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._way = words, way
        self._rows = column(spacing=look().measures.space.s1)
        self.close_button = Button(words("Close"), self.hide, kind="quiet", size="small")
        head = row(label(words("Where do these numbers come from?"), "strong"), None, self.close_button)
        space = look().measures.space
        self.setLayout(
            column(hairline(), head, self._rows, hairline(), spacing=space.half, margins=(0, space.s1, 0, space.s1))
        )
        self.buttons: list[Button] = []
        self.hide()

    def show_sources(self, sources: Sequence[WhereFrom], *, nothing: str = "") -> None:
        """``nothing`` is said where no import stands behind the figure."""
        self.buttons = []
        while (item := self._rows.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for source in sources:
            self._rows.addWidget(self._source(source))
        if not sources:
            self._rows.addWidget(Prose(nothing or self._words("No import stands behind this figure.")))

    def _source(self, source: WhereFrom) -> QWidget:
        words = self._words
        text = Prose("\n".join([where_head(words, source), *where_lines(words, source)]), "caption")
        parts: list[QWidget] = [label(source.file_name, "medium", wrap=True), text]
        line = row(column(*parts), spacing=look().measures.space.s1)
        line.setStretch(0, 1)
        way = self._way(source.import_id)
        if way is not None:
            button = Button(words("Open import"), way, size="small")
            button.setAccessibleName(words("Open import {file}").format(file=source.file_name))
            self.buttons.append(button)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return box(line)

    def open(self) -> None:
        """The focus is on the first way to an import."""
        self.show()
        target = self.buttons[0] if self.buttons else self.close_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
