"""A figure with its heading and what can be done with it: where it comes from, as a table, copied, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure, Text
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.data.words import source_line, where_head, where_lines
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.data import WhereFrom

PICTURES = "PNG (*.png);;SVG (*.svg)"
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

    def show_sources(self, sources: Sequence[WhereFrom]) -> None:
        self.buttons = []
        while (item := self._rows.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for source in sources:
            self._rows.addWidget(self._source(source))
        if not sources:
            self._rows.addWidget(Prose(self._words("No import stands behind this figure.")))

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
        self.where.setVisible(self.where.isHidden())
        if not self.where.isHidden():
            tab_in_reading_order(self)
            target = self.where.buttons[0] if self.where.buttons else self.where.close_button
            target.setFocus(Qt.FocusReason.OtherFocusReason)

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
