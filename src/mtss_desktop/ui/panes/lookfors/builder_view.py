"""Making a list of one's own: outline | item | how it will be rated."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, Pages, ScrollPage, box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.lookfors.draft_forms import DraftForm, ItemForm, ListForm, SectionForm
from mtss_desktop.ui.panes.lookfors.draft_outline import ITEM, LIST, SECTION, Outline, Spot, keys_help
from mtss_desktop.ui.panes.lookfors.draft_side import Checks, Preview
from mtss_desktop.ui.panes.lookfors.open_draft import OpenDraft
from mtss_desktop.ui.panes.lookfors.rate_view import KeyLegend
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import builder
from mtss_desktop.usecases.builder import DraftView

OUTLINE, BESIDE, LOW = 256, 760, 560
"""Pixels at 100 %: width of the outline; of the rest from which the card stands beside the form; height from which keys are listed."""


class BuilderView(QWidget):
    """Shows ``draft.view``; every act goes through ``draft`` and comes back as another view."""

    file_wanted = Signal()
    changed_place = Signal()

    def __init__(self, words: Words, typing: TypingFile, draft: OpenDraft) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._draft = words, draft
        self._next = ""
        self._write = False
        self.outline = Outline(words)
        self.count = label("", "soft")
        self.add_item = Button(
            words("Item"), self._add_item, kind="quiet", icon_name="ph.plus", help_text=words("Adds an item")
        )
        self.add_section = Button(
            words("Section"), self._add_section, kind="quiet", icon_name="ph.plus", help_text=words("Adds a section")
        )
        self.from_file = Button(words("Items from a file"), self.file_wanted.emit, kind="quiet", icon_name="ph.file")
        self.paste = Button(words("Paste a list"), self._paste, kind="quiet", icon_name="ph.copy")
        self.legend = KeyLegend(words)
        self.legend.show_keys(keys_help(words))
        self.item_form, self.section_form, self.list_form = (
            ItemForm(words, typing),
            SectionForm(words, typing),
            ListForm(words, typing),
        )
        self.preview, self.checks = Preview(words), Checks(words)
        self._forms = Pages()
        self._build()
        self._connect()
        tab_in_reading_order(self)

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        head = row(label(self._words("Outline"), "statement"), None, self.count, margins=(px(8), 0, px(8), 0))
        first = FlowLayout(px(4))
        for each in (self.add_item, self.add_section):
            first.addWidget(each)
        self._tools = box(column(first, row(self.paste, None), row(self.from_file, None), spacing=0))
        left = column(head, self.outline, self._tools, px(8), self.legend, spacing=px(6))
        left.setStretch(1, 1)
        self._left = box(left)
        self._left.setFixedWidth(px(OUTLINE))
        for form in (self.list_form, self.section_form, self.item_form):
            self._forms.addWidget(form)
        side = box(column(self.preview, space.s2, self.checks, None))
        self._inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inside.setSpacing(space.s3)
        self._inside.setContentsMargins(space.s3, 0, space.s3, space.s2)
        self._inside.addWidget(self._forms, 4)
        self._inside.addWidget(side, 5)
        self._page: ScrollPage = scrolling(box(self._inside), self._words("Item and how it is rated"))
        whole = row(self._left, hairline(Qt.Orientation.Vertical), self._page, margins=(space.s2, 0, 0, space.s1))
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        outline, draft = self.outline, self._draft
        outline.chosen.connect(lambda _: self._show_spot())
        outline.opened.connect(lambda _: self.to_form())
        outline.added.connect(self._add_item)
        outline.pasted.connect(self._add_text)
        outline.moved.connect(self._move)
        outline.removed.connect(self._remove)
        outline.sectioned.connect(self._to_section)
        self.item_form.wanted.connect(self._write_item)
        self.item_form.ruled.connect(lambda rules: draft.rule(self._at.name, rules))
        self.section_form.wanted.connect(self._write_section)
        self.list_form.wanted.connect(self._write_list)
        self.list_form.scaled.connect(draft.scale)
        self.list_form.not_applicable_changed.connect(draft.allow_not_applicable)
        for form in (self.item_form, self.section_form, self.list_form):
            form.left.connect(self.to_outline)
        self.item_form.entered.connect(self._add_item)
        self.section_form.entered.connect(self._add_item)
        self.checks.split.connect(self._split)
        self.checks.went.connect(self.go_to)

    # -- content ------------------------------------------------------------------------------------------------------

    @property
    def _at(self) -> Spot:
        return self.outline.current or Spot(LIST)

    @property
    def item_number(self) -> str:
        return self._at.name if self._at.kind == ITEM else ""

    def show_draft(self, view: DraftView, *, at: str = "") -> None:
        """``at`` is the number of an item to open; else what was open stays open."""
        words, can_change = self._words, self._draft.can_change()
        n, sections = len(view.instrument.items), len(view.instrument.whole_sections)
        self.count.setText(words.say(said("{n} item", many="{n} items", count="n", n=n)))
        self.count.setAccessibleName(words("{n} items in {s} sections").format(n=n, s=sections))
        was, self._next = self._next or (Spot(ITEM, at).key if at else ""), ""
        self.outline.show_list(view.instrument)
        if was:
            self.outline.choose(was)
        self._tools.setVisible(can_change)
        self.legend.setVisible(can_change and self.height() >= look().px(LOW))
        self.checks.show_findings(view.findings, can_change=can_change)
        self.checks.heading.setText(words("Before it is ready") if view.changeable else words("What to know"))
        self._show_spot()
        if self._write:
            self._write = False
            self.to_form()

    def _show_spot(self) -> None:
        view, spot = self._draft.view, self._at
        if view is None:
            return
        instrument, can_change = view.instrument, self._draft.can_change()
        if spot.kind == ITEM:
            section = next(each.title for each in instrument.whole_sections if spot.name in each.items)
            self.item_form.show_item(view.id, instrument, spot.name, section, can_change=can_change)
            self._forms.setCurrentWidget(self.item_form)
        elif spot.kind == SECTION:
            self.section_form.show_section(view.id, instrument, spot.name, can_change=can_change)
            self._forms.setCurrentWidget(self.section_form)
        else:
            self.list_form.show_list(view.id, instrument, can_change=can_change)
            self._forms.setCurrentWidget(self.list_form)
        self.preview.show_item(instrument, spot.name if spot.kind == ITEM else _first(instrument, spot))
        self.changed_place.emit()

    def bring_back(self, typed: dict[str, dict[str, str]]) -> None:
        """Texts that waited in the typing file, by place and fact: the first place is opened."""
        for place, facts in typed.items():
            for form in (self.item_form, self.section_form, self.list_form):
                if any(text.key.startswith(f"instrument:{place}:") for text in form.texts.values()):
                    form.bring_back(facts)

    # -- what is typed ------------------------------------------------------------------------------------------------

    def _write_item(self, fact: str, text: str) -> None:
        form, number = self.item_form, self._number_of(self.item_form)
        self._draft.write_item(number, fact, text, lambda _: _saved(form, fact, text), partial(form.complain, fact))

    def _number_of(self, form: DraftForm) -> str:
        """The item the form speaks of, which is no more the chosen one where leaving it saved it."""
        key = next(iter(form.texts.values())).key
        return key.split(":")[2] if key.count(":") >= 3 else self._at.name

    def _write_section(self, fact: str, text: str) -> None:
        form, key = self.section_form, self._number_of(self.section_form)
        self._draft.change(
            builder.rename_section, lambda _: form.saved(fact, text), partial(form.complain, fact), key=key, title=text
        )

    def _write_list(self, fact: str, text: str) -> None:
        form = self.list_form
        self._draft.write_list(fact, text, lambda _: form.saved(fact, text), partial(form.complain, fact))

    def leave(self) -> None:
        for form in (self.item_form, self.section_form, self.list_form):
            form.leave()

    # -- acts on the outline ------------------------------------------------------------------------------------------

    def _then_open(self, *, write: bool) -> Callable[[Any], None]:
        """Opens what an act has made: numbers of items, one of them, or a section's key."""

        def then(made: Any) -> None:
            number = made[0] if isinstance(made, tuple) and made else made
            if isinstance(number, str):
                view = self._draft.view
                known = view is not None and any(each.key == number for each in view.instrument.sections)
                kind = SECTION if number.islower() or known else ITEM
                self._next = Spot(kind, number).key
                self._write = write
                if not self.outline.choose(self._next):
                    return  # the list that holds it is on its way
                self._next = ""
                if write:
                    self._write = False
                    self.to_form()

        return then

    def _add_item(self) -> None:
        self.leave()
        after = self._at.name if self._at.kind == ITEM else ""
        self._draft.change(builder.add_items, self._then_open(write=True), section=self._section(), after=after)

    def _section(self) -> str:
        view, spot = self._draft.view, self._at
        if view is None or spot.kind == LIST:
            return ""
        if spot.kind == SECTION:
            return spot.name
        return next((each.key for each in view.instrument.whole_sections if spot.name in each.items), "")

    def _add_section(self) -> None:
        self.leave()
        title = self._words("New section")
        self._draft.change(builder.add_section, self._then_open(write=True), title=title, after=self._section())

    def _paste(self) -> None:
        from PySide6.QtGui import QGuiApplication

        self._add_text(QGuiApplication.clipboard().text())

    def _add_text(self, text: str) -> None:
        if not text.strip():
            self._draft.refuse(self._words("Nothing is copied. Copy a list, one item a line, then paste it here."))
            return
        self.leave()
        after = self._at.name if self._at.kind == ITEM else ""
        self._draft.change(
            builder.add_items, self._then_open(write=False), section=self._section(), text=text, after=after
        )

    def _move(self, down: bool) -> None:
        if self._at.kind == ITEM:
            self.leave()
            self._draft.change(builder.move_item, self._then_open(write=False), number=self._at.name, down=down)

    def _remove(self) -> None:
        if self._at.kind == ITEM:
            self._draft.change(builder.remove_item, number=self._at.name)
        elif self._at.kind == SECTION:
            self._draft.change(builder.remove_section, key=self._at.name)

    def _to_section(self) -> None:
        if self._at.kind == ITEM:
            self.leave()
            self._draft.change(builder.to_section, self._then_open(write=False), number=self._at.name)

    def _split(self, number: str) -> None:
        self.leave()
        self._draft.change(builder.split_item, lambda _: self.go_to(number), number=number)

    def go_to(self, number: str) -> None:
        self.outline.choose(Spot(ITEM, number).key)
        self.to_form()

    # -- focus --------------------------------------------------------------------------------------------------------

    def to_form(self) -> None:
        form = self._forms.currentWidget()
        assert isinstance(form, DraftForm)
        first = next(iter(form.texts.values())).editor
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if hasattr(first, "selectAll"):
            first.selectAll()

    def to_outline(self) -> None:
        self.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_it(self) -> None:
        self.preview.try_it()

    def columns(self) -> tuple[QWidget, ...]:
        return (self.outline, self._forms)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = look().px
        outline = max(min(px(OUTLINE), self.width() * 3 // 10), self._tools.minimumSizeHint().width())
        self._left.setFixedWidth(outline)
        rest = self.width() - outline
        beside = rest >= px(BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._inside.direction() != direction:
            self._inside.setDirection(direction)
        self.legend.setVisible(self._draft.can_change() and self.height() >= px(LOW))


def _first(instrument: Instrument, spot: Spot) -> str:
    """The item shown where no item is chosen: the first of the section, or of the list."""
    if spot.kind == SECTION:
        items = next((each.items for each in instrument.whole_sections if each.key == spot.name), ())
        return items[0] if items else ""
    return instrument.items[0].number if instrument.items else ""


def _saved(form: DraftForm, fact: str, text: str) -> None:
    if fact in form.texts:
        form.saved(fact, text)
