"""The room of imports: a file in, every row checked, applied in one step, taken back whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.integrity import Finding
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import TABLES, Asking, SystemDialogs
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import Pages, box, column, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Room
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.trouble import Trouble
from mtss_desktop.ui.panes.imports import words as say
from mtss_desktop.ui.panes.imports.arrivals import Asked
from mtss_desktop.ui.panes.imports.check_flow import CheckFlow
from mtss_desktop.ui.panes.imports.check_view import CheckView
from mtss_desktop.ui.panes.imports.host import Content, ImportsHost, read_content
from mtss_desktop.ui.panes.imports.integrity_view import IntegrityView
from mtss_desktop.ui.panes.imports.levels_flow import LevelsFlow
from mtss_desktop.ui.panes.imports.mapping_flow import MappingFlow
from mtss_desktop.ui.panes.imports.reading_flow import ReadingFlow
from mtss_desktop.ui.panes.imports.receipts_flow import ReceiptsFlow
from mtss_desktop.ui.panes.imports.receipts_view import ReceiptsView
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import imports
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.import_prepared import Knowledge


class ImportsPane(ImportsHost):
    """Its pages: the receipts, the check of one file after the other, the columns of an unknown one, what looks wrong, levels."""

    room: ClassVar[Room] = Room("imports", "Import", "ph.download-simple", "In and out", "Ctrl+I", "import")
    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.IMPORTS, Topic.RULES, Topic.PEOPLE, Topic.WORDS})
    takes_files: ClassVar[bool] = True

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self.asking: Asking = SystemDialogs()
        self.content: Content | None = None
        self._chosen = ""
        self._aside = False
        """The check waits behind the list of levels and words."""
        space = look().measures.space
        self.trouble = Trouble((space.s3, 0, space.s3, space.s2))
        self.empty = EmptyState(
            words("Drop a file anywhere on this window"),
            words("A table or a workbook, a folder or a ZIP of them. You see every row before anything is written."),
            words("Choose a file"),
            self.choose,
            icon="ph.file",
        )
        self.receipts = ReceiptsView(words)
        self.check = CheckView(words)
        self.integrity = IntegrityView(words)
        self.choose_button = Button(words("Choose a file"), self.choose, kind="primary", icon_name="ph.file")
        self.leave_button = Button(words("Leave it"), self.leave_file, size="large")
        self.doubts_button = Button(words("Data integrity"), self.show_integrity, size="large")
        self.levels_button = Button(words("Levels and words"), self.open_levels, size="large")
        self.back_button = Button(words("Back to imports"), self.leave_page, size="large")
        self.own_button = Button(words("Layouts"), size="large", caret=True)
        self._own = QMenu(self.own_button)
        self._own.aboutToShow.connect(self._fill_own)
        self.own_button.setMenu(self._own)
        self.reading = ReadingFlow(self)
        self.checking = CheckFlow(self, self.reading)
        self.turning = ReceiptsFlow(self, self.receipts)
        self.mapping = MappingFlow(self)
        self.levels = LevelsFlow(self)
        self._buttons = [
            self.doubts_button,
            self.levels_button,
            self.back_button,
            self.own_button,
            self.turning.turn_button,
            self.choose_button,
            self.leave_button,
            self.checking.layout_button,
            self.mapping.over_button,
            self.checking.apply_button,
            self.mapping.check_button,
        ]
        self.header = PageHeader(words("Import"), self._buttons)
        self._build()

    @property
    def apply_button(self) -> Button:
        return self.checking.apply_button

    @property
    def turn_button(self) -> Button:
        return self.turning.turn_button

    @property
    def needs_quiet(self) -> bool:
        """The rows of a file, its columns, and what is asked about them."""
        return self.is_open or self.is_on_levels

    @property
    def holds_work(self) -> bool:
        """A file that is being checked is nowhere but here."""
        return super().holds_work or self.reading.asked is not None or self.reading.waiting

    def _build(self) -> None:
        side = look().measures.space.s3
        self._body = Pages()
        self._empty_page = box(column(self.empty, margins=(side, 0, side, 0)))
        for page in (self._empty_page, self.receipts, self.check, self.integrity):
            self._body.addWidget(page)
        layout = column(self.header, self.progress, self.trouble, self._body)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.trouble.shown.connect(lambda shown: self.empty.setVisible(not shown))
        self.check.look_up.connect(self._look_up)
        self.integrity.opened.connect(self._open_source)
        self.integrity.left.connect(self.leave_page)
        self.show_home()

    # -- reading --------------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.background(partial(read_content, self.workspace), self._show_content)

    def _show_content(self, content: Content) -> None:
        self.content = content
        self.receipts.show_receipts(content.receipts, {each.key: each.name for each in content.profiles})
        self._mark_receipt()
        if self.is_doubting:
            self.show_integrity()
        elif self.is_on_levels:
            self.levels.read()
        elif not self.is_open:
            self.show_home()
        self.actions_changed.emit()

    def choose_receipt(self, import_id: str) -> None:
        """The import just made or turned is the chosen one, as soon as its receipt is in the list."""
        self._chosen = import_id
        self._mark_receipt()

    def _mark_receipt(self) -> None:
        if self._chosen and self.receipts.table.choose(self._chosen):
            self._chosen = ""

    def open_record(self, record_id: str) -> None:
        """The receipt of one import, or a list of levels and words; a check that is open stays."""
        if record_id.partition(":")[0] in ("levels", "words"):
            self.open_levels(record_id)
        else:
            self.choose_receipt(record_id)

    # -- pages ----------------------------------------------------------------------------------------------------------------

    @property
    def is_checking(self) -> bool:
        return self._body.currentWidget() is self.check

    @property
    def is_mapping(self) -> bool:
        return self.mapping.made and self._body.currentWidget() is self.mapping.view

    @property
    def is_open(self) -> bool:
        return self.is_checking or self.is_mapping or self._aside

    @property
    def is_doubting(self) -> bool:
        return self._body.currentWidget() is self.integrity

    @property
    def is_on_levels(self) -> bool:
        return self.levels.made and self._body.currentWidget() is self.levels.view

    def add_page(self, page: QWidget) -> None:
        self._body.addWidget(page)
        tab_in_reading_order(self)

    def _show(self, page: QWidget, *buttons: Button) -> None:
        """A page with these acts and no others in the header; pages that are not shown claim no room."""
        for place in range(self._body.count()):
            each = self._body.widget(place)
            kind = QSizePolicy.Policy.Preferred if each is page else QSizePolicy.Policy.Ignored
            if each is not None:
                each.setSizePolicy(kind, kind)
        self._body.setCurrentWidget(page)
        for button in self._buttons:
            button.setVisible(button in buttons)
        self._fold()

    def show_home(self) -> None:
        found = self.content.receipts if self.content is not None else ()
        focused = QApplication.focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        home = (self.doubts_button, self.levels_button, self.own_button, self.turn_button, self.choose_button)
        if found:
            self._show(self.receipts, *home)
        else:
            self._show(self._empty_page, self.levels_button, self.own_button)
        self.header.say(self.words("Import"), say.receipts_sentence(self.words, found) if self.content else "")
        reason = self.read_only()
        for button in (self.choose_button, self.empty.button):
            button.allow(not reason, reason)
        self.turning.show()
        if here and self.isVisible():
            self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_check(self, plan: ImportPlan, *, keep: bool) -> None:
        self._aside = False
        self._show_check_page()
        self.checking.show(plan, keep=keep)
        self.actions_changed.emit()

    def _show_check_page(self) -> None:
        self._show(self.check, self.leave_button, self.checking.layout_button, self.apply_button)

    def show_mapping(self) -> None:
        self.trouble.clear()
        self._show(self.mapping.view, self.leave_button, self.mapping.over_button, self.mapping.check_button)
        self.actions_changed.emit()

    def show_levels(self) -> bool:
        if self.is_open and not self._aside:
            return False
        self.trouble.clear()
        self.back_button.say(self.words("Back to the check") if self._aside else self.words("Back to imports"))
        self._show(self.levels.view, self.back_button)
        self.header.say(self.words("Levels and words"), self.levels.sentence)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """In a narrow window the menu of layouts leads to levels and words, and a check has shorter words."""
        home = self._body.currentWidget() in (self.receipts, self._empty_page)
        self.levels_button.setVisible(home and self.width() >= look().px(900))
        self.checking.fold()

    def queue_changed(self) -> None:
        self.checking.fold()

    def use_scope(self, scope: Scope) -> None:
        """A check is not read again for another way of naming: only its cells are."""
        self.scope = scope
        self.check.use_names(scope.names)
        if self.mapping.made:
            self.mapping.view.use_names(scope.names)

    # -- a file in ------------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        if not self.read_only():
            self.take_files(self.asking.which_files(self, self.words("Choose a file"), Path.home(), TABLES))

    def take_files(self, files: Sequence[Path]) -> None:
        self.reading.take_files(files)

    def map_file(self, file: Path) -> None:
        asked = self.reading.asked
        if asked is not None and asked.inside:
            self.trouble.say(
                self.words("Save this table as a file of its own and hand it over: then its columns can be named."),
                tone="ink",
            )
            return
        self.trouble.clear()
        self.mapping.open(file)

    def map_columns(self) -> None:
        """What the columns of the open file mean is said by hand."""
        if self.reading.asked is not None:
            self.map_file(self.reading.asked.file)

    def read_mapped(
        self, file: Path, key: str, answers: tuple[tuple[str, str], ...], knowledge: Knowledge, second: str
    ) -> None:
        self.keep_knowledge(knowledge)
        if second:
            self.reading.let_go(Path(second))
        mode = self.reading.asked.mode if self.reading.asked is not None else None
        self.reading.read(Asked(file, key, mode, answers, second=second))

    def not_read(self, error: Exception) -> None:
        self.reading.not_read(error)

    def leave_file(self) -> None:
        """Nothing was written; the next file, or the receipts."""
        if self._aside or not self.is_open:
            self.leave_page()
            return
        self.reading.stop()
        self.mapping.stop_counting()
        self.reading.next_file()

    # -- data that came in ----------------------------------------------------------------------------------------------------

    def show_integrity(self) -> None:
        """What looks wrong in the data; a line leads to its import."""
        self.ask(imports.integrity, self._show_findings)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        if self.is_open:
            return
        first = not self.is_doubting
        self.trouble.clear()
        self._show(self.integrity, *((self.back_button,) if findings else ()))
        self.integrity.show_findings(findings)
        self.back_button.say(self.words("Back to imports"))
        self.header.say(self.words("Data integrity"), self.integrity.sentence(findings))
        if first:
            self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def leave_page(self) -> None:
        """Back to the receipts, or to the check that waits: its rows are held beside what the words mean now."""
        self.trouble.clear()
        if self._aside:
            self._aside = False
            self._show_check_page()
            self.reading.compare_again()
            return
        self.show_home()
        self.actions_changed.emit()

    def _open_source(self, import_id: str) -> None:
        self.leave_page()
        self.open_record(import_id)

    def open_levels(self, chosen: str = "levels") -> None:
        self.levels.open(chosen)

    def _look_up(self, chosen: str) -> None:
        """The word a row asks about, where words are kept; the check waits."""
        self._aside = True
        self.levels.open(chosen)

    def _fill_own(self) -> None:
        self.mapping.fill_menu(self._own, self.content.own if self.content is not None else ())
        self._own.addSeparator()
        self._own.addAction(self.words("Levels and words")).triggered.connect(lambda _checked=False: self.open_levels())

    # -- acts -----------------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words, turning = self.words, self.turning
        return (
            Action("apply", words("Apply rows"), self.go_on, "ph.check", "Ctrl+Return", self._why_not_go_on),
            Action("next_question", words("Next question"), self._next_question, "", "F4", self._why_no_question),
            Action("again", words("Read this file again"), self.reading.read_anew, "", "F5", self._why_no_rows),
            Action("choose", words("Choose a file"), self.choose, "ph.file", "Ctrl+N", self.read_only),
            Action("integrity", words("Data integrity"), self.show_integrity, why_not=self._why_busy),
            Action("levels", words("Levels and words"), self.open_levels, why_not=self._why_busy),
            Action("leave", words("Leave this file"), self.leave_file, "ph.x", "Esc", self._why_no_file),
            Action(
                *("take_back", words("Take import back"), turning.take_back, "ph.arrow-u-up-left"),
                why_not=turning.why_not_back,
            ),
            Action(
                *("bring_back", words("Bring import back"), turning.bring_back, "ph.arrow-u-up-right"),
                why_not=turning.why_not_again,
            ),
        )

    def go_on(self) -> None:
        """From the columns to the rows, or from the rows to the database; where something is asked first, goes there."""
        (self.mapping.check if self.is_mapping else self.checking.apply)()

    def apply(self) -> None:
        self.checking.apply()

    def _next_question(self) -> None:
        (self.mapping.view if self.is_mapping else self.check).next_question()

    def _why_no_file(self) -> str:
        aside = self.is_doubting or self.is_on_levels
        return "" if self.is_open or aside else self.words("No file is open")

    def _why_no_rows(self) -> str:
        return "" if self.is_checking else self.words("Choose a file first")

    def _why_busy(self) -> str:
        return self.words("Finish or leave the file first") if self.is_open else ""

    def _why_no_question(self) -> str:
        if self.is_mapping:
            return ""
        if not self.is_checking:
            return self.words("Choose a file first")
        return "" if self.check.asks else self.words("Nothing is asked")

    def _why_not_go_on(self) -> str:
        """Pressed while something is asked, the key goes to the question: a key that does nothing says nothing."""
        return self.read_only() or ("" if self.is_open else self.words("Choose a file first"))

    def columns(self) -> tuple[QWidget, ...]:
        if self.is_checking:
            return (self.check.table,)
        if self.is_mapping:
            return (self.mapping.view.groups, self.mapping.view.columns, self.mapping.view.understood)
        if self.is_on_levels:
            return self.levels.view.columns()
        if self._body.currentWidget() is self.receipts:
            return (self.receipts.table,)
        if self.is_doubting:
            fine = self.integrity.fine.isVisibleTo(self.integrity)
            return (self.integrity.fine.button if fine else self.integrity.table,)
        return (self.empty.button,)
