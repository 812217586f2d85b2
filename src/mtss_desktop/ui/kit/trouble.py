"""What went wrong and what can be done about it, in place; nothing is shown while nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, announce
from mtss_desktop.ui.theme import look

Act = tuple[str, Callable[[], object]]


class Trouble(QWidget):
    """A sentence with its mark and a button for each way out. ``tone`` is danger, or ink for what the person did on purpose."""

    shown = Signal(bool)

    def __init__(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._icon = IconLabel("ph.warning", "danger")
        self._text = Prose("", "base", "danger")
        self._flow = FlowLayout(space.s1)
        self._acts = box(self._flow)
        self.buttons: list[Button] = []
        line = row(column(look().px(2), self._icon, None), column(self._text), spacing=space.s1)
        line.setStretch(1, 1)
        self.setLayout(column(line, self._acts, spacing=space.s1, margins=margins))
        self.clear()

    @property
    def text(self) -> str:
        return self._text.text() if not self.isHidden() else ""

    def say(
        self,
        text: str,
        acts: Sequence[Act] = (),
        *,
        tone: str = "danger",
        menu: tuple[str, Sequence[Act]] | None = None,
        reader: QWidget | None = None,
    ) -> None:
        """``menu`` is a last button with its choices; ``reader`` the field the sentence is about."""
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [Button(words, act) for words, act in acts]
        if menu is not None and menu[1]:
            self.buttons.append(self._with_menu(*menu))
        for button in self.buttons:
            self._flow.addWidget(button)
        self._text.setText(text)
        self._text.use_role(tone)
        self._icon.show_icon("ph.warning" if tone == "danger" else "ph.info", tone)
        self._acts.setVisible(bool(self.buttons))
        self.setVisible(bool(text))
        self.shown.emit(bool(text))
        if text:
            announce(reader or self, text)

    def _with_menu(self, words: str, acts: Sequence[Act]) -> Button:
        button = Button(words, caret=True)
        menu = QMenu(button)
        for text, act in acts:
            menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _checked=False, act=act: act())
        button.setMenu(menu)
        return button

    def clear(self) -> None:
        self.say("")
