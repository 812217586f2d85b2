"""Preferences, made from the fields of the record itself. What is picked takes effect at once; there is nothing to save."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from mtss_desktop.app.settings import About, Preferences, about
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button, CheckBox, Segmented
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.theme import FocusRing, look


class PreferencesDialog(QDialog):
    """One row for each field that has a label, in groups; Esc or *Close* closes."""

    def __init__(self, remembered: Remembered, parent: QWidget | None = None, words: Words = ENGLISH) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("Preferences"))
        self.setAccessibleName(words("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._remembered, self._words = remembered, words
        self.inputs: dict[str, QWidget] = {}
        self.usual = Button(words("Back to the usual"), self._usual, kind="quiet")
        self.close_button = Button(words("Close"), self.accept)
        self._content = QWidget()
        self._rows = QVBoxLayout(self._content)
        self._fill()
        space = look().measures.space
        self.setLayout(
            column(
                scrolling(self._content, words("Preferences")),
                hairline(),
                row(self.usual, None, self.close_button, margins=(space.s3, space.s2, space.s3, space.s2)),
            )
        )
        self._ring = FocusRing(self)
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        room = self.screen().availableGeometry().size() * 0.9
        self.resize(min(look().px(600), room.width()), min(look().px(640), room.height()))

    def _fill(self) -> None:
        space = look().measures.space
        self._rows.setContentsMargins(space.s3, space.s3, space.s3, space.s3)
        self._rows.setSpacing(space.s2)
        self._rows.addWidget(label(self._words("Preferences"), "title"))
        self._rows.addWidget(Prose(self._words("Yours, on this computer. Everything takes effect at once.")))
        group = ""
        for field in fields(Preferences):
            said = about(field)
            if said is None:
                continue
            if said.group != group:
                group = said.group
                self._rows.addSpacing(space.s1)
                self._rows.addWidget(label(self._words(group), "heading"))
            self._rows.addWidget(self._row(field.name, said, getattr(self._remembered.value, field.name)))
        self._rows.addStretch(1)

    def _row(self, name: str, said: About, value: Any) -> QWidget:
        if isinstance(value, bool):
            box = CheckBox(self._words(said.label))
            box.setChecked(value)
            box.toggled.connect(lambda on, name=name: self._change(name, on))
            self.inputs[name] = box
            help_text = Prose(self._words(said.help), "caption")
            holder = QWidget()
            holder.setLayout(column(box, help_text, spacing=look().measures.space.half))
            box.setAccessibleDescription(self._words(said.help))
            return holder
        field: QWidget
        if said.limits is not None:
            field = self._numbers(name, said, value)
        elif look().percent >= 150:
            choice = Choice([(key, self._words(text)) for key, text in said.choices], chosen=value)
            choice.chosen_changed.connect(lambda picked, name=name: self._change(name, picked))
            field = choice
        else:
            segments = Segmented(
                [(key, self._words(text)) for key, text in said.choices], self._words(said.label), value
            )
            segments.picked.connect(lambda picked, name=name: self._change(name, picked))
            field = segments
        self.inputs[name] = field
        return FormField(self._words(said.label), field, help_text=self._words(said.help))

    def _numbers(self, name: str, said: About, value: int) -> Choice:
        assert said.limits is not None
        least, most, step = said.limits
        unit = "%" if said.unit == "%" else f" {self._words(said.unit)}"
        steps = [(str(number), f"{number}{unit}") for number in range(least, most + 1, step)]
        if said.none_word and least == 0:
            steps[0] = ("0", self._words(said.none_word))
        choice = Choice(steps, chosen=str(value))
        choice.chosen_changed.connect(lambda picked, name=name: self._change(name, int(picked)))
        return choice

    def _change(self, name: str, value: Any) -> None:
        self._remembered.change(**{name: value})

    def _usual(self) -> None:
        shown = {field.name: field.default for field in fields(Preferences) if about(field) is not None}
        self._remembered.change(**shown)
        for name, value in shown.items():
            field = self.inputs[name]
            if isinstance(field, CheckBox):
                field.setChecked(bool(value))
            elif isinstance(field, Segmented | Choice):
                field.choose(str(value))
