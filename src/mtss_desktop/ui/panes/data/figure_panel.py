"""A figure with its heading and what can be done with it: where it comes from, as a table, copied, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure, Text
from mtss_desktop.domain.provenance import WhereFrom
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import column, row, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.where_from import OpenImport, WhereFromView
from mtss_desktop.ui.panes.data.words import source_line
from mtss_desktop.ui.theme import look

PICTURES = "PNG (*.png);;SVG (*.svg)"


class FigurePanel(QWidget):
    """``noticed`` carries a ``Notice``. ``stem`` is the name a saved picture is offered under."""

    noticed = Signal(object)

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport, *, compact: bool = False) -> None:
        """``compact``: one button with a menu in place of four, for charts beside each other."""
        super().__init__()
        self.setProperty("kind", "clear")
        self.words, self._asking, self._way = words, asking, way
        self.stem = "figure"
        self.about = ""
        self.sources: Sequence[WhereFrom] = ()
        self.aside = label("", "caption")
        self.missing = Prose("", "base", "ink_soft")
        self.heading = Prose("", "heading", "ink")
        self.view = FigureView(words)
        acts = self._acts()
        if compact:
            self.tools = [self._tool("ph.dots-three", words("More about this figure"), self._open_menu)]
        else:
            self.tools = [self._tool(*act) for act in acts]
        self._table_button = None if compact else self.tools[1]
        head = row(self.heading, self.aside, *self.tools, spacing=0)
        head.setStretch(0, 1)
        head.setAlignment(self.heading, Qt.AlignmentFlag.AlignVCenter)
        self._lines = column(head, self.view, self.missing, spacing=look().measures.space.half)
        self._lines.setStretch(1, 1)
        self.missing.hide()
        self.aside.hide()
        self.setLayout(self._lines)

    def _acts(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        """Icon, name and what it does."""
        words = self.words
        return (
            ("ph.info", words("Where do these numbers come from?"), self.toggle_where),
            ("ph.table", words("Show as table"), self.toggle_table),
            ("ph.copy", words("Copy as text"), self.copy),
            ("ph.download-simple", words("Save as picture"), self.save),
        )

    @cached_property
    def where(self) -> WhereFromView:
        """Made when somebody first asks."""
        made = WhereFromView(self.words, self._way)
        self._lines.insertWidget(1, made)
        made.show_sources(self.sources)
        return made

    def _tool(self, icon: str, name: str, act: Callable[[], object]) -> Button:
        return Button("", act, kind="quiet", size="small", icon_name=icon, name=name)

    def show_figure(
        self, figure: Figure | None, sources: Sequence[WhereFrom], *, title: Text = "", height: int = 0
    ) -> None:
        """``height`` in pixels at 100 %; a panel without a figure is not there."""
        self.setVisible(figure is not None)
        if figure is None:
            return
        self.heading.setText(self.words.write(title or figure.title))
        self.missing.hide()
        self.view.show()
        self._allow(True)
        if height:
            self.view.setFixedHeight(look().px(height))
        if figure != self.view.figure:
            self.view.show_figure(figure, keep_reading=self.view.pickable)
        self.sources = sources
        if "where" in vars(self):
            self.where.show_sources(sources)
        name = self.heading.text()
        whats = ("Where from", "As table", "Copy", "Save") if len(self.tools) > 1 else ("More",)
        for button, what in zip(self.tools, whats, strict=True):
            button.setAccessibleDescription(f"{self.words(what)}: {name}")

    def _allow(self, allowed: bool) -> None:
        """The menu of a chart that is not there has nothing to offer."""
        if self._table_button is None:
            self.tools[0].setEnabled(allowed)

    def show_missing(self, title: str, words: str) -> None:
        """The place of a figure that cannot be drawn, and why."""
        self.show()
        self.heading.setText(title)
        self.missing.setText(words)
        self.missing.show()
        self.view.hide()
        self.aside.hide()
        self._allow(False)

    def say_aside(self, words: str) -> None:
        self.aside.setText(words)
        self.aside.setVisible(bool(words))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for _icon, name, act in self._acts():
            menu.addAction(name, act)
        more = self.tools[0]
        menu.popup(more.mapToGlobal(more.rect().bottomLeft()))

    def toggle_where(self) -> None:
        if self.where.isHidden():
            self.where.open()
            tab_in_reading_order(self)
        else:
            self.where.hide()

    def toggle_table(self) -> None:
        self.view.show_table(not self.view.shows_table)
        showing = self.view.shows_table
        if self._table_button is not None:
            self._table_button.show_icon("ph.chart-line" if showing else "ph.table")

    def copy(self) -> None:
        self.view.copy()
        self.noticed.emit(Notice(self.words("Copied: {title}").format(title=self.heading.text())))

    def _source(self) -> str:
        return " \u00b7 ".join(part for part in (self.about, source_line(self.words, self.sources)) if part)

    def save(self) -> None:
        """Asks where, then writes PNG or SVG by the name's ending."""
        path = self._asking().where_to_save(
            self, self.words("Save as picture"), Path.home() / f"{self.stem}.png", PICTURES
        )
        if path is None:
            return
        if path.suffix.lower() not in (".png", ".svg"):
            path = path.with_suffix(".png")
        try:
            self.view.save_picture(path, title=self.heading.text(), source=self._source())
        except OSError:
            sentence = self.words("The picture could not be written there. Choose another folder.")
            self.noticed.emit(Notice(sentence, tone="danger"))
            return
        self.noticed.emit(Notice(self.words("Saved {file}").format(file=path.name)))
