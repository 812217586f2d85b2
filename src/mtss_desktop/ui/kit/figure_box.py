"""A figure under its heading, with what every figure can: stand as a table, be copied, be saved as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look

PICTURES = "PNG (*.png);;SVG (*.svg)"


class FigureBox(QWidget):
    """``noticed`` carries a ``Notice``. ``stem`` is the name a saved picture is offered under."""

    noticed = Signal(object)

    def __init__(self, words: Words, asking: Callable[[], Asking], *, stem: str = "figure") -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words, self.stem, self._asking = words, stem, asking
        self.heading, self.aside = Prose("", "heading", "ink"), label("", "caption")
        self.view = FigureView(words)
        self.table_button = self._tool("ph.table", words("Show as table"), self.toggle_table)
        self.copy_button = self._tool("ph.copy", words("Copy as text"), self.copy)
        self.save_button = self._tool("ph.download-simple", words("Save as picture"), self.save)
        head = row(self.heading, self.aside, look().px(8), self.table_button, self.copy_button, self.save_button)
        head.setStretch(0, 1)
        head.setAlignment(self.heading, Qt.AlignmentFlag.AlignVCenter)
        whole = column(head, self.view, spacing=look().measures.space.half)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _tool(self, icon: str, name: str, act: Callable[[], object]) -> Button:
        return Button("", act, kind="quiet", size="small", icon_name=icon, name=name)

    def show_figure(self, figure: Figure, *, title: str = "", aside: str = "") -> None:
        self.heading.setText(title or self.words.write(figure.title))
        self.aside.setText(aside)
        self.aside.setVisible(bool(aside))
        if figure != self.view.figure:
            self.view.show_figure(figure)
        for button in (self.table_button, self.copy_button, self.save_button):
            button.setAccessibleDescription(self.heading.text())

    def toggle_table(self) -> None:
        self.view.show_table(not self.view.shows_table)
        self.table_button.show_icon("ph.chart-line" if self.view.shows_table else "ph.table")

    def copy(self) -> None:
        self.view.copy()
        self.noticed.emit(Notice(self.words("Copied: {title}").format(title=self.heading.text())))

    def save(self) -> None:
        """Asks where, then writes PNG or SVG by the name's ending."""
        suggested = Path.home() / f"{self.stem}.png"
        path = self._asking().where_to_save(self, self.words("Save as picture"), suggested, PICTURES)
        if path is None:
            return
        if path.suffix.lower() not in (".png", ".svg"):
            path = path.with_suffix(".png")
        try:
            self.view.save_picture(path)
        except OSError:
            sentence = self.words("The picture could not be written there. Choose another folder.")
            self.noticed.emit(Notice(sentence, tone="danger"))
            return
        self.noticed.emit(Notice(self.words("Saved {file}").format(file=path.name)))
