"""A field with its label, its help and, where something is wrong, the words that mend it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, announce, label, set_kind
from mtss_desktop.ui.theme import look

Input = Field | QComboBox | QPlainTextEdit | QWidget


class FormField(QWidget):
    """``complain`` and ``praise`` replace the help; the message is the input's accessible description and is announced.

    ``beside`` is a button for what is typed: it stands in the line of the input, seen wherever that is seen.
    """

    def __init__(
        self, name: str, field: Input, *, help_text: str = "", unit: str = "", beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.field, self._help = field, help_text
        field.setAccessibleName(name)
        self.label = label(name, "medium")
        self.label.setBuddy(field)
        self._remark: tuple[IconLabel, Prose] | None = None
        self.is_wrong = False
        line: QHBoxLayout = row(field, spacing=look().measures.space.s1)
        if unit:
            line.addWidget(label(unit, "soft"))
        if beside is not None:
            line.addWidget(beside)
        if field.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed:
            line.addStretch(1)
        self._lines = column(self.label, line, spacing=look().measures.space.half)
        self.setLayout(self._lines)
        self._say(help_text, "ink_soft", wrong=False)

    def complain(self, words: str) -> None:
        """What is wrong and how to mend it; "" takes it back."""
        self._say(words or self._help, "danger" if words else "ink_soft", wrong=bool(words))
        if words:
            announce(self.field, words)

    def praise(self, words: str) -> None:
        """Good news under the field."""
        self._say(words, "success", wrong=False)

    def advise(self, words: str) -> None:
        """Help that changes with what is typed; neither good news nor a complaint."""
        self._say(words or self._help, "ink_soft", wrong=False)

    @property
    def message(self) -> str:
        return self._remark[1].text() if self._remark is not None else ""

    def _say(self, words: str, role: str, *, wrong: bool) -> None:
        if words and self._remark is None:  # most fields never say anything: their words are made when there are some
            self._remark = IconLabel("ph.warning", "danger", 13), Prose("", "caption", "ink_soft")
            line = row(spacing=look().px(6))
            line.addWidget(self._remark[0], 0, Qt.AlignmentFlag.AlignTop)  # beside the first of several lines
            line.addWidget(self._remark[1], 1)
            self._lines.addLayout(line)
        if self._remark is not None:
            icon, message = self._remark
            message.setText(words)
            message.use_role(role)
            message.setVisible(bool(words))
            icon.setVisible(wrong)
        self.is_wrong = wrong
        self.field.setAccessibleDescription(words)
        set_kind(self.field, "true" if wrong else "false", "wrong")


def legend(text: str) -> QLabel:
    """The heading of a group of fields."""
    return label(text, "heading")
