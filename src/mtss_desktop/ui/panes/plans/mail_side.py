"""At the right: the mail to the owner under the cursor, as it would read. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.action_board import OwnerMail, mail_text
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.theme import look


class MailSide(QWidget):
    """Heading, to, subject, body, and what can be done with it."""

    def __init__(
        self, words: Words, save: Callable[[], object], copy: Callable[[], object], calendar: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        space = look().measures.space
        self.heading = Prose("", "heading")
        self.note = Prose(words("A draft for your mail program. Nothing is sent from here."), "caption", "ink_soft")
        self.to = Prose("")
        self.subject = Prose("")
        self.body = Prose("")
        self.save_button = Button(words("Save draft"), save, icon_name="ph.envelope-simple")
        self.copy_button = Button(words("Copy"), copy, kind="quiet", icon_name="ph.copy")
        self.calendar_button = Button(words("Calendar file"), calendar, icon_name="ph.calendar-blank")
        acts = FlowLayout(space.s1)
        for button in (self.save_button, self.copy_button, self.calendar_button):
            acts.addWidget(button)
        content = box(
            column(
                self.heading,
                self.note,
                space.s2,
                self._fact(words("To"), self.to),
                hairline(),
                self._fact(words("Subject"), self.subject),
                hairline(),
                space.s2,
                self.body,
                space.s2,
                box(acts),
                None,
                spacing=look().px(4),
                margins=(space.s3, 0, space.s3, space.s3),
            )
        )
        self.setLayout(column(scrolling(content, words("Mail draft"))))
        self.told: OwnerMail | None = None
        self.show_mail(words, None)

    def _fact(self, name: str, value: Prose) -> QWidget:
        caption = label(name, "soft")
        caption.setFixedWidth(look().px(64))
        made = row(caption, value, margins=(0, look().px(4), 0, look().px(4)))
        made.setStretch(1, 1)
        return box(made)

    def show_mail(self, words: Words, told: OwnerMail | None) -> None:
        """None: the line under the cursor has no owner to write to."""
        self._words, self.told = words, told
        there = told is not None
        for part in (self.save_button, self.copy_button, self.calendar_button):
            part.setVisible(there)
        if told is None:
            self.heading.setText(words("Mail draft"))
            self.to.setText(words("Nobody has this action yet."))
            self.subject.setText("")
            self.body.setText("")
            return
        self.heading.setText(words("Mail draft, {owner}").format(owner=told.owner))
        self.to.setText(told.owner if told.to else words("{owner}, no address known").format(owner=told.owner))
        self.subject.setText(words.say(told.subject))
        self.body.setText(mail_text(words, told))
