"""What is typed about a list in the making: about the list, about a section, about an item."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain import instrument_drafts as drafts
from mtss_desktop.domain.instrument_drafts import LABEL_LENGTH, RATED_BY_WORDS, ItemFact, RatedBy
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.ui.kit.buttons import CheckBox
from mtss_desktop.ui.kit.fields import Choice, Field, TextBox
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.lookfors.draft_fields import DraftText
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.builder import ListFact

STAGES = ("", "exploration", "installation", "initial implementation", "full implementation")
CUSTOM = ""


@dataclass(frozen=True)
class Rules:
    """A rule of an item that was switched."""

    counts: bool | None = None
    asks_note: bool | None = None


class DraftForm(QWidget):
    """Fields with their names. ``wanted`` carries (fact, text); ``entered`` comes with Enter in a line, ``left`` with Esc."""

    wanted = Signal(str, str)
    entered = Signal()
    left = Signal()

    def __init__(self, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._typing = typing
        self._at = ""
        self.fields: dict[str, FormField] = {}
        self.texts: dict[str, DraftText] = {}

    def _add(self, fact: str, name: str, editor: Field | TextBox, help_text: str = "") -> FormField:
        made = FormField(name, editor, help_text=help_text)
        text = DraftText(editor, self._typing, self)
        text.wanted.connect(lambda typed, fact=fact: self.wanted.emit(fact, typed))
        self.fields[fact], self.texts[fact] = made, text
        return made

    def _show(self, at: str, facts: dict[str, str]) -> None:
        another, self._at = at != self._at, at
        for fact, text in facts.items():
            self.texts[fact].show_text(f"instrument:{at}:{fact}", text)
            if another:
                self.fields[fact].complain("")

    def saved(self, fact: str, text: str) -> None:
        self.texts[fact].saved(text)
        self.fields[fact].complain("")

    def complain(self, fact: str, words: str) -> None:
        self.fields[fact].complain(words)

    def bring_back(self, typed: dict[str, str]) -> None:
        """Texts of an earlier evening by fact."""
        for fact, text in typed.items():
            if fact in self.texts:
                self.texts[fact].bring_back(text)

    def leave(self) -> None:
        for text in self.texts.values():
            text.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ItemForm(DraftForm):
    """One item: what it is called, what to look for, what counts as evidence, and its rules."""

    ruled = Signal(object)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(typing)
        self._words = words
        self.heading = label("", "statement")
        self.label, self.look_for, self.evidence = Field(), TextBox(lines=2), Field()
        self.label.textChanged.connect(self._count)
        self._add(ItemFact.LABEL, words("Short label"), self.label)
        self._add(
            ItemFact.LOOK_FOR, words("Look for"), self.look_for,
            words("One behavior you can see or count. Shown under the label while rating."),
        )  # fmt: skip
        self._add(ItemFact.EVIDENCE, words("What counts as evidence"), self.evidence)
        self.stage = Choice(
            [(stage, words(stage[:1].upper() + stage[1:]) if stage else words("Any stage")) for stage in STAGES]
        )
        self.stage.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.stage.setMinimumContentsLength(8)
        self.stage.chosen_changed.connect(lambda stage: self.wanted.emit(ItemFact.STAGE, stage))
        self.stage_field = FormField(words("Stage of implementation"), self.stage)
        self.counts = CheckBox(words("Counts toward the total"))
        self.asks_note = CheckBox(words("Ask for a note on the lowest step"))
        self.counts.clicked.connect(lambda on: self.ruled.emit(Rules(counts=on)))
        self.asks_note.clicked.connect(lambda on: self.ruled.emit(Rules(asks_note=on)))
        px = look().px
        self.setLayout(
            column(
                self.heading, *(self.fields[fact] for fact in (ItemFact.LABEL, ItemFact.LOOK_FOR, ItemFact.EVIDENCE)),
                self.stage_field, label(words("Rules"), "medium"), column(self.counts, self.asks_note, spacing=px(6)), None,
                spacing=px(14),
            )
        )  # fmt: skip

    def show_item(self, list_id: str, instrument: Instrument, number: str, section: str, *, can_change: bool) -> None:
        item = instrument.item(number)
        self.heading.setText(self._words("Item {number}").format(number=number))
        self.heading.setAccessibleDescription(section)
        self._show(
            f"{list_id}:{number}",
            {ItemFact.LABEL: item.label, ItemFact.LOOK_FOR: item.look_for, ItemFact.EVIDENCE: item.evidence},
        )
        self.stage.choose(item.stage)
        self.counts.setChecked(item.weight > 0)
        self.asks_note.setChecked(item.asks_note)
        for editor in (self.label, self.look_for, self.evidence):
            editor.setReadOnly(not can_change)
        for each in (self.stage, self.counts, self.asks_note):
            each.setEnabled(can_change)
        self._count()

    def _count(self) -> None:
        n = len(self.label.text())
        told = self._words("{n} of {most} letters").format(n=n, most=LABEL_LENGTH)
        self.fields[ItemFact.LABEL].advise(told)


class SectionForm(DraftForm):
    """The title of a section."""

    TITLE = "section"

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(typing)
        self.title = Field()
        self._add(self.TITLE, words("Title of the section"), self.title)
        self.told = Prose("", "base", "ink_soft")
        self.setLayout(
            column(
                label(words("Section"), "statement"), self.fields[self.TITLE], self.told, None, spacing=look().px(14)
            )
        )
        self._words = words

    def show_section(self, list_id: str, instrument: Instrument, key: str, *, can_change: bool) -> None:
        section = next(each for each in instrument.whole_sections if each.key == key)
        self._show(f"{list_id}:{key}", {self.TITLE: section.title})
        self.title.setReadOnly(not can_change)
        self.told.setText(
            self._words("{n} items. Each section gets a result of its own.").format(n=len(section.items))
            if section.items
            else self._words("No item yet. Press Enter in the outline, or paste a list there.")
        )


class ListForm(DraftForm):
    """The whole list: its title, what it rates, who and when, its scale and from what percent on it counts as met."""

    scaled = Signal(str)
    not_applicable_changed = Signal(bool)
    POINTS = "points"

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(typing)
        self._words = words
        editors: dict[str, tuple[str, Field | TextBox, str]] = {
            ListFact.TITLE: (words("Title"), Field(), ""),
            ListFact.ABOUT: (words("What it is for"), TextBox(lines=2), ""),
            ListFact.UNIT: (words("What is rated"), Field(), words("School, classroom, team …")),
            ListFact.WHO: (words("Who rates"), Field(), ""),
            ListFact.WHEN: (words("When"), Field(), ""),
            ListFact.CRITERION: (words("Met from"), Field(), words("Percent of all points; empty for none.")),
            ListFact.LICENSE: (
                words("Where its words come from"),
                Field(),
                words("Printed at the foot of every form."),
            ),
            self.POINTS: (words("Words of the steps"), Field(), words("Lowest first, with commas between.")),
        }
        for fact, (name, editor, told) in editors.items():
            self._add(fact, name, editor, told)
        choices = [(how, f"{words(name)}: {words(told)}") for how, (name, told) in RATED_BY_WORDS.items()]
        self.scale = Choice([*choices, (CUSTOM, words("The publisher’s scales"))])
        self.scale.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scale.setMinimumContentsLength(8)
        self.scale.chosen_changed.connect(self.scaled)
        self.scale_field = FormField(words("How it is rated"), self.scale)
        self.not_applicable = CheckBox(words("“Not applicable” leaves the total"))
        self.not_applicable.clicked.connect(self.not_applicable_changed)
        first = [self.fields[fact] for fact in (ListFact.TITLE, ListFact.ABOUT, ListFact.UNIT)]
        rest = [self.fields[fact] for fact in (ListFact.CRITERION, ListFact.WHO, ListFact.WHEN, ListFact.LICENSE)]
        self.setLayout(
            column(
                label(words("About the list"), "statement"), *first, self.scale_field, self.fields[self.POINTS],
                self.not_applicable, *rest, None, spacing=look().px(14),
            )
        )  # fmt: skip

    def show_list(self, list_id: str, instrument: Instrument, *, can_change: bool) -> None:
        how = drafts.rated_by(instrument)
        met = next((each.conditions[0].at_least for each in instrument.criteria if each.scope == "local"), None)
        facts = {
            ListFact.TITLE: instrument.title,
            ListFact.ABOUT: instrument.about,
            ListFact.UNIT: instrument.unit,
            ListFact.WHO: instrument.who,
            ListFact.WHEN: instrument.when,
            ListFact.LICENSE: instrument.license,
            ListFact.CRITERION: f"{float(met):g}%" if met is not None else "",
            self.POINTS: ", ".join(point.label for point in instrument.scales[0].points),
        }
        self._show(list_id, facts)
        own = how is not None
        self.scale.choose(how if how is not None else CUSTOM)
        self.scale.setEnabled(can_change and own)
        self.fields[self.POINTS].setVisible(own and how is not RatedBy.TALLY)
        self.not_applicable.setVisible(own and how is not RatedBy.TALLY)
        self.not_applicable.setChecked(instrument.scales[0].not_applicable)
        self.not_applicable.setEnabled(can_change)
        given_met = bool(instrument.criteria) and met is None
        self.fields[ListFact.CRITERION].setVisible(not given_met)
        for text in self.texts.values():
            text.editor.setReadOnly(not can_change)
