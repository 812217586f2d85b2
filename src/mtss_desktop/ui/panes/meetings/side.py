"""Beside the minutes: actions of today and from before, and who is here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import ScrollPage, box, column, row
from mtss_desktop.ui.kit.lines import INSET, Lines, LineText
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.panes.meetings.words import action_detail, presence_words
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.live import ActionShown, LiveMinutes, Presence, PresenceLine

MOST = 40


class ActionsPanel(ScrollPage):
    """``turned`` carries an action whose box was clicked."""

    turned = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.heading, self.aside = label(words("Actions"), "heading"), label("", "soft")
        self.here = Lines(words("From today"), most=MOST, words=words)
        self.before = Lines(words("Brought from earlier meetings"), most=MOST, words=words)
        for part in (self.here, self.before):
            part.say_heading(part.heading.text(), "caption-head")
        self.head = box(row(self.heading, None, self.aside, margins=(look().px(INSET), 0, look().px(INSET), 0)))
        space = look().measures.space
        self.hold(box(column(self.head, self.here, self.before, None, spacing=space.s1)), words("Actions"))

    def show_actions(self, live: LiveMinutes, today: date, allowed: bool) -> None:
        here = [each for each in live.actions if each.from_here]
        before = [each for each in live.actions if not each.from_here]
        done = sum(each.done_on is not None for each in live.actions)
        open_before = sum(each.done_on is None for each in before)
        counts = self._words("{new} new, {open} open, {done} done")
        self.aside.setText(counts.format(new=len(here), open=open_before, done=done))
        self.here.show_lines(
            [self._line(each, today, allowed) for each in here],
            nothing=self._words("Type @ and a name, or ! and a date: the line becomes an action."),
        )
        self.before.show_lines([self._line(each, today, allowed) for each in before])

    def _line(self, action: ActionShown, today: date, allowed: bool) -> LineText:
        detail, late = action_detail(self._words, action, today)

        def turn() -> None:
            self.turned.emit(action)

        return LineText(
            action.id,
            action.text,
            detail,
            late=late,
            check=action.done_on is not None,
            soft=action.done_on is not None,
            act=turn if allowed else None,
        )


class PresentPanel(ScrollPage):
    """``turned`` carries a person whose box was clicked, ``everybody`` all who are not marked, ``guest`` a name."""

    turned = Signal(object)
    everybody = Signal()
    guest = Signal(str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.heading, self.aside = label(words("Present"), "heading"), label("", "soft")
        self.all = Button(words("Everybody else is here"), self.everybody.emit, size="small", icon_name="ph.users")
        self.back = Button(words("Done"), self.left.emit, kind="quiet", size="small")
        self.lines = Lines(words("Members"), most=MOST, words=words)
        self.lines.say_heading(words("Space marks who is here"), "caption-head")
        self.name = Field(name=words("Guest or late addition"), placeholder=words("First and last name"))
        self.name.returnPressed.connect(self._add)
        side = look().px(INSET)
        self.head = box(row(self.heading, None, self.aside, margins=(side, 0, side, 0)))
        acts = row(self.all, None, self.back, margins=(side, 0, 0, 0))
        add = column(label(words("Guest"), "medium"), self.name, spacing=look().px(4), margins=(side, 8, side, 0))
        self.hold(
            box(column(self.head, acts, self.lines, add, None, spacing=look().measures.space.s1)), words("Present")
        )

    def show_presence(self, presence: Presence, allowed: bool) -> None:
        self.aside.setText(presence_words(self._words, presence))
        self.all.setEnabled(allowed and any(each.present is None for each in presence.lines))
        self.name.setEnabled(allowed)
        self.lines.show_lines([self._line(each, allowed) for each in presence.lines])

    def _line(self, person: PresenceLine, allowed: bool) -> LineText:
        def turn() -> None:
            self.turned.emit(person)

        words = self._words
        role = words.label(person.role).capitalize() if person.role else ""
        if not person.member:
            role = words("Guest")
        mark = {None: words("not marked"), True: "", False: words("absent")}[person.present]
        return LineText(
            person.person_id,
            person.name,
            " · ".join(part for part in (role, mark) if part),
            check=person.present is True,
            act=turn if allowed else None,
        )

    def _add(self) -> None:
        name = self.name.text().strip()
        if name:
            self.name.clear()
            self.guest.emit(name)


class AddLine(QWidget):
    """A quiet button that becomes a field; Enter adds and waits for the next, Esc closes."""

    wanted = Signal(str)

    def __init__(self, words: str, name: str, hint: str) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.button = Button(words, self.open, kind="quiet", icon_name="ph.plus")
        self.field = Field(name=name, placeholder=hint)
        self.field.returnPressed.connect(self._add)
        self.field.hide()
        self.setLayout(row(self.button, self.field))

    def open(self) -> None:
        self.button.hide()
        self.field.show()
        self.field.setFocus()

    def close_field(self) -> None:
        self.field.clear()
        self.field.hide()
        self.button.show()
        self.button.setFocus()

    def _add(self) -> None:
        text = self.field.text().strip()
        if not text:
            self.close_field()
            return
        self.field.clear()
        self.wanted.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.field.isVisible() and event.key() == Qt.Key.Key_Escape:
            self.close_field()
        elif self.field.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)


class PresenceSummary(QWidget):
    """Who is here, under the agenda; *Change* opens the list."""

    def __init__(self, words: Words, change: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.aside = label("", "soft")
        self.names, self.roles = Prose("", "base", "ink"), Prose("", "caption")
        self.change = Button(words("Mark who is here"), change, kind="quiet", size="small")
        head = row(label(words("Present"), "heading"), None, self.aside)
        self.setLayout(column(head, self.names, self.roles, row(self.change, None), spacing=look().px(4)))

    def say(self, count: str, names: str, roles: str) -> None:
        self.aside.setText(count)
        self.names.setText(names)
        self.names.setVisible(bool(names))
        self.roles.setText(roles)
        self.roles.setVisible(bool(roles))
