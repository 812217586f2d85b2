"""Start my own: a passphrase, the school year, the words of the place and its schools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH, Words, school_year
from mtss_desktop.domain.school_list import ListedSchool, from_lines, same_name
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, TextBox
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.progress_strip import ProgressStrip
from mtss_desktop.ui.kit.texts import IconLabel, label
from mtss_desktop.ui.kit.trouble import Trouble
from mtss_desktop.ui.start_screen import doors
from mtss_desktop.ui.start_screen.secret import PassphraseField
from mtss_desktop.ui.theme import look

Advice = Callable[[str], tuple[bool, str]]


@dataclass(frozen=True)
class Filled:
    """What was typed, ready to be made."""

    passphrase: str = field(repr=False)
    first_year: int
    labels: str
    schools: tuple[ListedSchool, ...]


class SchoolsBox(TextBox):
    """One school a line; a file dropped on it becomes lines."""

    dropped = Signal(object)
    takes_files = True

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(_file_in(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        path = _file_in(source)
        if path is None:
            super().insertFromMimeData(source)
        else:
            self.dropped.emit(path)


def _file_in(source: QMimeData) -> Path | None:
    return next((Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()), None)


class Passphrases(QWidget):
    """A new passphrase, typed twice, with a sentence of help instead of a meter."""

    def __init__(self, advice: Advice, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._advice = words, advice
        self.first, self.again = PassphraseField(), PassphraseField()
        self.first_field = FormField(
            words("Passphrase"), self.first, help_text=words("Three or four words of your own.")
        )
        self.again_field = FormField(words("Once more"), self.again)
        self.first.textChanged.connect(self._typed)
        self.first.left.connect(self._left_first)
        self.again.textChanged.connect(self._typed_again)
        self.again.left.connect(self._left_again)
        self.setLayout(column(self.first_field, self.again_field, spacing=look().measures.space.s2))

    @property
    def value(self) -> str:
        return self.first.text()

    def problem(self) -> QWidget | None:
        """Complains in place; the field that needs a hand, None where both are fine."""
        self._left_first(required=True)
        if self.first_field.is_wrong:
            return self.first
        self._left_again(required=True)
        return self.again if self.again_field.is_wrong else None

    def _typed(self, text: str) -> None:
        fine, sentence = self._advice(text) if text else (False, "")
        (self.first_field.praise if fine else self.first_field.advise)(sentence)
        self._typed_again(self.again.text())

    def _left_first(self, *, required: bool = False) -> None:
        text = self.first.text()
        if not text and not required:
            return
        fine, sentence = self._advice(text)
        if not fine:
            self.first_field.complain(sentence)

    def _typed_again(self, text: str) -> None:
        if text and text == self.first.text():
            self.again_field.praise(self._words("The same."))
        elif text and not self.first.text().startswith(text):
            self.again_field.complain(self._words("Not the same yet."))
        else:
            self.again_field.advise("")

    def _left_again(self, *, required: bool = False) -> None:
        text = self.again.text()
        if (text or required) and text != self.first.text():
            self.again_field.complain(self._words("Not the same yet."))


class OwnPage(QWidget):
    """``wanted`` carries what was ``Filled`` in, once nothing is missing."""

    wanted = Signal(object)

    def __init__(self, advice: Advice, this_year: int, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._words = words
        self._codes: dict[str, str] = {}
        self.passphrases = Passphrases(advice, words)
        years = [(str(year), school_year(year)) for year in (this_year - 1, this_year, this_year + 1)]
        self.year = Choice(years, chosen=str(this_year))
        self.labels = Choice([("virginia", words("Virginia")), ("neutral", words("Other states"))], chosen="virginia")
        self.schools = SchoolsBox(lines=3)
        self.schools.setPlaceholderText(words("Piney Ridge Elementary, K–5, 412"))
        self.schools.dropped.connect(self._take_file)
        self.schools.left.connect(self._check_schools)
        self.schools_field = FormField(words("Schools, one a line, or drop a CSV or OneRoster file"), self.schools)
        self.make = Button(words("Make the file"), self._make, kind="primary")
        self.trouble = Trouble()
        self.progress = ProgressStrip(words)
        half = row(
            FormField(words("School year"), self.year), FormField(words("Words for"), self.labels), spacing=space.s2
        )
        half.setStretch(0, 1)
        half.setStretch(1, 1)
        foot = row(
            IconLabel("ph.printer"),
            label(words("Next: print the recovery sheet"), "soft"),
            None,
            self.make,
            spacing=space.s1,
        )
        self.setLayout(
            column(
                label(words("Start my own"), "heading"),
                look().px(10),
                self.passphrases,
                space.s2,
                half,
                space.s2,
                self.schools_field,
                space.s3,
                foot,
                look().px(12),
                self.trouble,
                self.progress,
                None,
            )
        )

    def first_field(self) -> QWidget:
        return self.passphrases.first

    def busy(self, busy: bool) -> None:
        self.make.allow(not busy, self._words("The file is being made") if busy else "")

    def forget(self) -> None:
        """No secret stays in a page that is not looked at."""
        self.passphrases.first.clear()
        self.passphrases.again.clear()

    def listed(self) -> tuple[ListedSchool, ...]:
        """What stands in the box; a school that came from a file keeps its code."""
        typed = from_lines(self.schools.toPlainText())
        return tuple(replace(school, code=self._codes.get(school.name.casefold(), "")) for school in typed)

    def _check_schools(self) -> bool:
        twice = same_name(self.listed())
        words = self._words("“{name}” stands here twice. Name each school once.").format(name=twice) if twice else ""
        self.schools_field.complain(words)
        return not twice

    def take_file(self, path: Path) -> None:
        """Schools of a dropped file, as lines that can still be changed."""
        try:
            found = doors.schools_in(path)
        except UserError as error:
            self.schools_field.complain(str(error))
            return
        self._codes = {school.name.casefold(): school.code for school in found}
        self.schools.setPlainText("\n".join(school.line() for school in found))
        self.schools_field.praise(self._words("{n} schools from {file}.").format(n=len(found), file=path.name))

    def _take_file(self, path: object) -> None:
        if isinstance(path, Path):
            self.take_file(path)

    def _make(self) -> None:
        lacking = self.passphrases.problem()
        if lacking is None and not self._check_schools():
            lacking = self.schools
        if lacking is not None:
            lacking.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.trouble.clear()
        self.wanted.emit(Filled(self.passphrases.value, int(self.year.value), self.labels.value, self.listed()))
