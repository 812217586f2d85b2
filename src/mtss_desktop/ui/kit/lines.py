"""Lines under headings, and columns of them.

One stop for Tab in each group; Up and Down move in it, Enter opens, Space does the act, Right goes to the button.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from mtss_desktop.base.words import ENGLISH, Words, said
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.formatted import as_table
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.line import INSET, Act, Line, LineText
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import ElidedLabel, label, set_kind
from mtss_desktop.ui.theme import look

__all__ = ["INSET", "Line", "LineColumn", "LineText", "Lines", "tab_through"]

HEAD = 28
"""Height of a heading with a button beside it, in pixels at 100 %."""


class Lines(QWidget):
    """A heading, what stands beside it, its lines, and "n more" where not all are shown: shown in place, or ``on_more``."""

    def __init__(
        self,
        heading: str,
        *,
        most: int = 3,
        roomy: bool = False,
        on_more: Act | None = None,
        words: Words = ENGLISH,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.setAccessibleName(heading)
        self._words, self.most, self._roomy, self._on_more = words, most, roomy, on_more
        self._all: tuple[LineText, ...] = ()
        self._open = False
        self._made: dict[str, Line] = {}
        self._stop = ""
        self.heading, self.aside = ElidedLabel(heading, "heading"), label("", "soft")
        self.heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.nothing = Prose("", "base", "ink_soft")
        in_place = on_more is None
        self.more = Button(
            "", self.toggle, kind="quiet" if in_place else "status-act", size="small" if in_place else ""
        )
        self._column: QVBoxLayout = column()
        self._head: QHBoxLayout = row(self.heading, None, self.aside, spacing=look().measures.space.s1)
        if on_more is not None:  # elsewhere, so beside the heading; what opens in place stands where it opens
            self._head.addWidget(self.more)
            self.heading.setMinimumHeight(look().px(HEAD))
        self._head.setContentsMargins(look().px(INSET), 0, look().px(INSET), 0)
        empty = row(self.nothing, margins=(look().px(INSET), 0, look().px(INSET), 0))
        self.setLayout(column(self._head, look().px(6), empty, self._column))
        if on_more is None:
            self.layout().addLayout(row(self.more, None, margins=(0, look().px(2), 0, 0)))  # type: ignore[union-attr]

    # -- content ------------------------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[LineText], *, aside: str = "", nothing: str = "") -> None:
        """Lines keep their identity by key, so the focus stays on the one it was on. ``nothing`` is said where there is none."""
        self._all = tuple(lines)
        self.aside.setText(aside)
        self.nothing.setText("" if lines else nothing)
        self.nothing.setVisible(bool(self.nothing.text()))
        self.setVisible(bool(lines or nothing))
        self._arrange()

    def say_heading(self, heading: str, kind: str = "heading") -> None:
        self.heading.setText(heading)
        set_kind(self.heading, kind)
        self.setAccessibleName(heading)

    def show_most(self, most: int) -> None:
        if most != self.most:
            self.most = most
            self._arrange()

    def _arrange(self) -> None:
        hidden = len(self._all) - self.most
        cut = hidden > 1 and not self._open  # "1 more" would take the room of the line itself
        shown = self._all[: self.most] if cut else self._all
        focused = next((key for key, line in self._made.items() if line.hasFocus()), "")
        wanted = {line.key for line in shown}
        for key in [key for key in self._made if key not in wanted]:
            self._drop(self._made.pop(key))
        for place, line in enumerate(shown):
            made = self._made.get(line.key) or self._make(line.key)
            if self._column.indexOf(made) != place:
                self._column.removeWidget(made)
                self._column.insertWidget(place, made)
            made.show_line(line)
        self._made = {line.key: self._made[line.key] for line in shown}
        self.more.setVisible(hidden > 1)
        self.more.say(self._words.say(said("{n} more", n=hidden)) if cut else self._words("Show fewer"))
        self.more.setAccessibleName(f"{self.heading.text()}: {self.more.text()}")
        self._rove(self._stop if self._stop in self._made else next(iter(self._made), ""))
        if focused and focused not in self._made:
            self.focus()

    def _make(self, key: str) -> Line:
        made = Line(self._roomy)
        made.setParent(self)
        made.stepped.connect(lambda by: self._step(key, by))
        made.entered.connect(lambda: self._rove(key))
        self._made[key] = made
        return made

    def _drop(self, line: Line) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def toggle(self) -> None:
        """All lines, or the first few again; the focus goes to the first that came."""
        if self._on_more is not None:
            self._on_more()
            return
        first_new = self._all[self.most].key if not self._open else ""
        self._open = not self._open
        self._arrange()
        if first_new in self._made:
            self._made[first_new].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- copying ------------------------------------------------------------------------------------------------------

    def grid(self) -> list[list[str]]:
        """The heading, then every line, also those not shown; columns that are empty everywhere are left out."""
        rows = [
            [" ".join(part for part in line.lead if part), line.text, line.detail, line.middle, line.side]
            for line in self._all
        ]
        kept = [place for place in range(5) if any(row[place] for row in rows)]
        heads = [self.heading.text() if place == 1 else "" for place in kept]
        return [heads, *([row[place] for place in kept] for row in rows)]

    def copy(self) -> None:
        """All lines as a table for Word or Docs, and as tab-separated text."""
        QGuiApplication.clipboard().setMimeData(as_table(self.grid()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self._all:
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._all:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._words("Copy as a table")).triggered.connect(self.copy)
        menu.popup(event.globalPos())

    # -- focus --------------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._made.values())

    def line(self, key: str) -> Line | None:
        return self._made.get(key)

    @property
    def stop(self) -> QWidget | None:
        """Where Tab and F6 come into this group."""
        line = self._made.get(self._stop)
        return line if line is not None and line.takes_focus else None

    def focus(self) -> None:
        stop = self.stop
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def chain(self) -> list[QWidget]:
        """Everything that can have the focus, in reading order, for the order of Tab."""
        found: list[QWidget] = []
        for line in self._made.values():
            found += [line] if line.button is None else [line, line.button]
        return [self.more, *found] if self._on_more is not None else [*found, self.more]

    def _rove(self, key: str) -> None:
        self._stop = key
        for other, line in self._made.items():
            line.be_stop(other == key)

    def _step(self, key: str, by: int) -> None:
        keys = [key for key, line in self._made.items() if line.takes_focus]
        at = keys.index(key) + by if key in keys else 0
        if 0 <= at < len(keys):
            self._made[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)


class LineColumn(QWidget):
    """Groups one under another; F6 comes in at the line Tab would come to.

    Not a focus proxy: an ancestor with a proxy in it makes Qt close the ring of Tab around it.
    """

    def __init__(
        self, *groups: Lines, foot: QLayout | None = None, last: QWidget | None = None, spacing: int = 0
    ) -> None:
        """``foot`` stands under the groups, with ``last`` in it."""
        super().__init__()
        self.setProperty("kind", "clear")
        self.groups, self._last = groups, last
        self.setLayout(column(*groups, *((foot,) if foot is not None else ()), None, spacing=spacing))

    @property
    def stop(self) -> QWidget | None:
        return next((group.stop for group in self.groups if group.stop is not None), self._last)

    def chain(self) -> list[QWidget]:
        """Everything in it that can have the focus, in reading order."""
        found = [part for group in self.groups for part in group.chain()]
        return found if self._last is None else [*found, self._last]

    def focusInEvent(self, event: QFocusEvent) -> None:
        stop = self.stop
        if stop is None:
            super().focusInEvent(event)
        else:
            stop.setFocus(event.reason())


def tab_through(columns: Sequence[LineColumn]) -> None:
    """Tab goes line by line and column by column, as the eye does."""
    for one, other in pairwise([part for each in columns for part in each.chain()]):
        QWidget.setTabOrder(one, other)
