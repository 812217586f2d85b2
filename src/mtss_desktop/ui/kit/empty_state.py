"""A list without rows: the next act as a heading, one sentence, one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look


class EmptyState(QWidget):
    """Stands at the text edge of the list it replaces; never with a picture."""

    def __init__(
        self,
        heading: str,
        sentence: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        icon: str = "",
        primary: bool = True,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.heading = label(heading, "heading")
        self.sentence = Prose(sentence)
        self.button = Button(button, act, kind="primary" if primary else "", icon_name=icon)
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                look().measures.space.half,
                self.sentence,
                space.s2,
                row(self.button, None),
                None,
                margins=(0, space.s3, 0, 0),
            )
        )
        self.button.setVisible(bool(button))

    def say(self, heading: str, sentence: str, button: str = "") -> None:
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.button.say(button)
        self.button.setVisible(bool(button))
