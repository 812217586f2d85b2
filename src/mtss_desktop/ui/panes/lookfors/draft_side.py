"""Beside the form: the item as it will be rated, to be tried with the keys, and what is to be done before the list is ready."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.instrument_checks import Finding
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, hairline, label
from mtss_desktop.ui.kit.typed import NoTypingFile
from mtss_desktop.ui.panes.lookfors.rating_card import RatingCard
from mtss_desktop.ui.panes.lookfors.scale_bar import NOT_APPLICABLE
from mtss_desktop.ui.panes.lookfors.showing import Given, ItemShown
from mtss_desktop.ui.theme import look


class Preview(QWidget):
    """The card of the rating page. What is rated here is kept nowhere, and it says so."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._instrument: Instrument | None = None
        self._number = ""
        self._tried: dict[str, Given] = {}
        self.card = RatingCard(words, NoTypingFile())
        self.card.offer_evidence(False)
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.told = Prose(words("Try it: nothing pressed here is kept."), "caption", "ink_soft")
        self.nothing = Prose(words("Choose an item to see it as it will be rated."), "base", "ink_soft")
        self.card.picked.connect(self._pick)
        self.setLayout(
            column(
                label(words("As it will be rated"), "statement"),
                self.card,
                self.told,
                self.nothing,
                spacing=look().px(10),
            )
        )

    def show_item(self, instrument: Instrument, number: str) -> None:
        """ "" shows that there is no item to try."""
        self._instrument, self._number = instrument, number
        for part in (self.card, self.told):
            part.setVisible(bool(number))
        self.nothing.setVisible(not number)
        if number:
            self._show()

    def _show(self) -> None:
        assert self._instrument is not None
        item = self._instrument.item(self._number)
        shown = ItemShown(
            item.number, item.label or self._words("No label yet"), item.look_for, item.evidence, "",
            self._instrument.scale(item), item.takes, self._tried.get(item.number, Given()),
        )  # fmt: skip
        self.card.show_item(shown, f"try:{item.number}")
        self.card.act.hide()

    def _pick(self, key: str) -> None:
        given = (
            Given((), applies=False) if key == NOT_APPLICABLE else Given((int(key),)) if key.isdecimal() else Given()
        )
        self._tried[self._number] = given
        self._show()

    def try_it(self) -> None:
        """To the steps of the card; number keys press them too."""
        stops = [each for each in self.card.scale.buttons if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if stops and self.card.scale.isVisible():
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        known = {button.choice.key for button in self.card.scale.buttons}
        if self._number and key in known:
            self._pick(key)
        else:
            super().keyPressEvent(event)


class Checks(QWidget):
    """Before it is ready: each finding with its one act. ``split`` and ``went`` carry an item's number."""

    split = Signal(str)
    went = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._shown: tuple[Finding, ...] = ()
        self._lines: list[QWidget] = []
        self._list = column(spacing=0)
        self.later = Prose(
            words("Changing it later makes the next version; ratings keep the version they were made with."), "caption", "ink_soft"
        )  # fmt: skip
        self.heading = label(words("Before it is ready"), "statement")
        self.setLayout(column(self.heading, self._list, self.later, spacing=look().px(8)))

    def show_findings(self, findings: Sequence[Finding], *, can_change: bool) -> None:
        if tuple(findings) == self._shown:
            return
        self._shown = tuple(findings)
        for gone in self._lines:
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._lines = []
        for place, found in enumerate(findings):
            for made in ([hairline()] if place else []) + [self._line(found, can_change=can_change)]:
                self._list.addWidget(made)
                self._lines.append(made)

    def _line(self, found: Finding, *, can_change: bool) -> QWidget:
        words = self._words
        icon, role = ("ph.check", "success") if found.ok else ("ph.warning", "danger" if found.holds_up else "warning")
        parts: list[QWidget] = [IconLabel(icon, role), Prose(words(found.sentence), "base", "ink")]
        if found.can_split and can_change:
            parts.append(
                Button(words("Split"), partial(self.split.emit, found.item), kind="quiet", help_text=found.sentence)
            )
        elif found.item:
            parts.append(
                Button(words("Go there"), partial(self.went.emit, found.item), kind="quiet", help_text=found.sentence)
            )
        line = row(*parts, spacing=look().px(8), margins=(0, look().px(6), 0, look().px(6)))
        line.setStretch(1, 1)
        return box(line)
