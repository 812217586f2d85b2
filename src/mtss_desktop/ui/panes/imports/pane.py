"""The room of imports: a file in, every row checked, applied in one step, taken back whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QStackedWidget, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress, ProgressState
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.facts import ImportResult
from mtss_desktop.domain.files import ImportId, ImportState, Mode
from mtss_desktop.domain.integrity import Finding
from mtss_desktop.importing.recognize import Incomplete, Undecided, UnknownLayout
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import TABLES, Asking, SystemDialogs
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import box, column, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Room
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.trouble import Trouble
from mtss_desktop.ui.panes.imports import words as say
from mtss_desktop.ui.panes.imports.arrivals import Arrivals, Asked, is_one_table, open_all, passed_over
from mtss_desktop.ui.panes.imports.check_view import CheckView
from mtss_desktop.ui.panes.imports.integrity_view import IntegrityView
from mtss_desktop.ui.panes.imports.mapping_flow import MappingFlow, MappingHost
from mtss_desktop.ui.panes.imports.mapping_view import MappingView
from mtss_desktop.ui.panes.imports.receipts_view import ReceiptsView
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import import_plans, imports, layouts, places
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.import_prepared import Knowledge, Prepared
from mtss_desktop.usecases.imports import ProfileLine, Receipt
from mtss_desktop.usecases.layouts import OwnLayout


@dataclass(frozen=True)
class Content:
    """All the room reads of the database while no file is open."""

    receipts: tuple[Receipt, ...]
    mode: Mode | None
    today: date
    profiles: tuple[ProfileLine, ...]
    knowledge: Knowledge
    own: tuple[OwnLayout, ...]


def read_content(workspace: Workspace, _progress: Progress) -> Content:
    """Runs in the read lane."""
    return Content(
        workspace.ask(imports.receipts),
        workspace.ask(places.rules).mode,
        workspace.ask(places.today),
        workspace.ask(imports.profiles),
        workspace.ask(imports.knowledge),
        workspace.ask(layouts.own),
    )


def _prepare(asked: Asked, today: date, knowledge: Knowledge, progress: Progress) -> Prepared:
    if asked.prepared is None:
        return import_plans.prepare(
            str(asked.file),
            today=today,
            profile=asked.profile,
            answers=asked.answers,
            knowledge=knowledge,
            progress=progress,
        )
    found = replace(asked.prepared, knowledge=knowledge)
    if asked.profile:
        found = import_plans.read_as(found, asked.profile, today=today, progress=progress)
    for key, value in asked.answers:
        found = import_plans.answered(found, key, value, today=today, progress=progress)
    return found


def _answer(prepared: Prepared, key: str, value: str, today: date, progress: Progress) -> Prepared:
    return import_plans.answered(prepared, key, value, today=today, progress=progress)


def _plan(workspace: Workspace, prepared: Prepared, mode: Mode | None, progress: Progress) -> ImportPlan:
    plan = workspace.ask(imports.plan, prepared=prepared, mode=mode, progress=progress)
    plan.shown.rows(0, 1)  # puts the rows in order here, not in the window's thread
    return plan


def _apply(
    workspace: Workspace, plan: ImportPlan, out: Sequence[int], complete: bool, progress: Progress
) -> Done[ImportResult]:
    chosen = plan.leave_out(out) if out else plan
    return workspace.do(imports.apply, chosen, complete=complete, progress=progress)


def _turn(workspace: Workspace, use_case: Callable[..., None], import_id: ImportId, progress: Progress) -> Done[None]:
    return workspace.do(use_case, import_id, progress=progress)


class ImportsPane(MappingHost):
    """Receipts, or the check of one file after the other."""

    room: ClassVar[Room] = Room("imports", "Import", "ph.download-simple", "In and out", "Ctrl+I", "import")
    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.IMPORTS, Topic.RULES, Topic.PEOPLE})
    takes_files: ClassVar[bool] = True

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self.asking: Asking = SystemDialogs()
        self.content: Content | None = None
        self._asked: Asked | None = None
        self._queue: list[Asked] = []
        self._passed = ""
        self._place, self._of = 1, 1
        self._working: Progress | None = None
        self._chosen = ""
        self.choose_button = Button(words("Choose a file"), self.choose, kind="primary", icon_name="ph.file")
        self.turn_button = Button(words("Take back"), self.turn, size="large", icon_name="ph.arrow-u-up-left")
        self.leave_button = Button(words("Leave it"), self.leave_file, size="large")
        self.layout_button = Button(words("Another layout"), size="large", caret=True)
        self.apply_button = Button("", self.apply, kind="primary", icon_name="ph.check")
        self._layouts = QMenu(self.layout_button)
        self._layouts.aboutToShow.connect(self._fill_layouts)
        self.layout_button.setMenu(self._layouts)
        self.mapping = MappingFlow(self)
        self.doubts_button = Button(words("Data integrity"), self.show_integrity, size="large")
        self.back_button = Button(words("Back to imports"), self.leave_integrity, size="large")
        self.own_button = Button(words("Layouts"), size="large", caret=True)
        self._own = QMenu(self.own_button)
        self._own.aboutToShow.connect(self._fill_own)
        self.own_button.setMenu(self._own)
        self.header = PageHeader(
            words("Import"),
            [
                self.doubts_button,
                self.back_button,
                self.own_button,
                self.turn_button,
                self.choose_button,
                self.leave_button,
                self.layout_button,
                self.mapping.over_button,
                self.apply_button,
                self.mapping.check_button,
            ],
        )
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
        self._build()
        self._connect()

    @property
    def needs_quiet(self) -> bool:
        """The rows of a file, its columns, and what is asked about them."""
        return self.is_checking or self.is_mapping

    @property
    def holds_work(self) -> bool:
        """A file that is being checked is nowhere but here."""
        return super().holds_work or self._asked is not None or bool(self._queue)

    def _build(self) -> None:
        side = look().measures.space.s3
        self._body = QStackedWidget()
        self._empty_page = box(column(self.empty, margins=(side, 0, side, 0)))
        for page in (self._empty_page, self.receipts, self.check, self.integrity):
            self._body.addWidget(page)
        layout = column(self.header, self.progress, self.trouble, self._body)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self._show_home()

    def _connect(self) -> None:
        self.trouble.shown.connect(lambda shown: self.empty.setVisible(not shown))
        self.receipts.table.chosen.connect(lambda _: self._show_turn())
        self.receipts.table.deleted.connect(lambda _: self.take_back())
        self.check.counted.connect(self._show_number)
        self.integrity.opened.connect(self._open_source)
        self.integrity.left.connect(self.leave_integrity)
        self.check.answered.connect(self._answer_file)
        self.check.mode_picked.connect(self._use_mode)

    # -- reading --------------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.background(partial(read_content, self.workspace), self._show_content)

    def _show_content(self, content: Content) -> None:
        self.content = content
        self.receipts.show_receipts(content.receipts, {each.key: each.name for each in content.profiles})
        self._mark_receipt()
        if self.is_doubting:
            self.show_integrity()
        elif not self.is_checking and not self.is_mapping:
            self._show_home()
        self.actions_changed.emit()

    def _mark_receipt(self) -> None:
        """The import just made or turned is the chosen one, as soon as its receipt is in the list."""
        if self._chosen and self.receipts.table.choose(self._chosen):
            self._chosen = ""

    def open_record(self, record_id: str) -> None:
        """The receipt of one import; a check that is open stays."""
        self._chosen = record_id
        self._mark_receipt()

    @property
    def is_checking(self) -> bool:
        return self._body.currentWidget() is self.check

    @property
    def is_mapping(self) -> bool:
        return self.mapping.made and self._body.currentWidget() is self.mapping.view

    def add_mapping(self, view: MappingView) -> None:
        view.use_names(self.scope.names)
        self._body.addWidget(view)
        tab_in_reading_order(self)

    def _show_buttons(self, *shown: Button) -> None:
        """These acts and no other stand in the header."""
        for button in (
            *(
                self.doubts_button,
                self.back_button,
                self.own_button,
                self.turn_button,
                self.choose_button,
                self.leave_button,
                self.layout_button,
            ),
            *(self.apply_button, self.mapping.over_button, self.mapping.check_button),
        ):
            button.setVisible(button in shown)

    def _show_page(self, page: QWidget) -> None:
        """Pages that are not shown claim no room."""
        for place in range(self._body.count()):
            each = self._body.widget(place)
            kind = QSizePolicy.Policy.Preferred if each is page else QSizePolicy.Policy.Ignored
            if each is not None:
                each.setSizePolicy(kind, kind)
        self._body.setCurrentWidget(page)

    def _show_home(self) -> None:
        """The receipts, or what to do first where there is none."""
        found = self.content.receipts if self.content is not None else ()
        focused = QApplication.focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        self._show_page(self.receipts if found else self._empty_page)
        self.header.say(self.words("Import"), say.receipts_sentence(self.words, found) if self.content else "")
        home = (self.doubts_button, self.own_button, self.turn_button, self.choose_button)
        self._show_buttons(*(home if found else (self.own_button,)))
        self._allow()
        self._show_turn()
        if here and self.isVisible():
            self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        reason = self.read_only()
        for button in (self.choose_button, self.empty.button):
            button.allow(not reason, reason)

    def use_scope(self, scope: Scope) -> None:
        """A check is not read again for another way of naming: only its cells are."""
        self.scope = scope
        self.check.use_names(scope.names)
        if self.mapping.made:
            self.mapping.view.use_names(scope.names)

    # -- a file in ------------------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        if not self.read_only():
            files = self.asking.which_files(self, self.words("Choose a file"), Path.home(), TABLES)
            self.take_files(files)

    def take_files(self, files: Sequence[Path]) -> None:
        """One check after the other. What is handed over while a file is open waits behind it."""
        if not files or self.read_only():
            return
        if is_one_table(files):
            self._line_up(Arrivals((Asked(files[0]),)))
            return
        self._stop()
        self.trouble.clear()
        what = self.words("Looking at {file}").format(file=files[0].name)
        self._working = self.background(
            partial(open_all, tuple(files), self.today(), self._knowledge()),
            self._opened,
            fail=partial(self._not_opened, tuple(files)),
            lane="pool",
            what=what,
        )

    def _opened(self, found: Arrivals) -> None:
        self._working = None
        self._line_up(found)

    def _line_up(self, found: Arrivals) -> None:
        passed = passed_over(self.words, found)
        if self.is_checking or self.is_mapping:
            self._queue += found.waiting
            self._of += len(found.waiting)
            self._fold()
            if passed:
                self.trouble.say(passed, tone="ink")
            return
        self._queue, self._place, self._of = list(found.waiting), 0, len(found.waiting)
        self._next_file(passed)
        if passed and not found.waiting:
            self.trouble.say(passed, self._other_file(), tone="danger" if found.refused else "ink")

    def _not_opened(self, files: Sequence[Path], error: Exception) -> None:
        self._working = None
        if isinstance(error, Cancelled):
            self._say_stopped(ProgressState(), partial(self.take_files, files))
        elif isinstance(error, UserError):
            self.trouble.say(str(error), self._other_file())
        else:
            raise error

    def _other_file(self) -> list[tuple[str, Callable[[], object]]]:
        return [(self.words("Choose another file"), self.choose)]

    def _next_file(self, passed: str = "") -> None:
        """``passed``: what was handed over with it and brings nothing."""
        self._passed = passed
        if not self._queue:
            self._asked = None
            self._show_home()
            return
        self._place += 1
        self.read(self._queue.pop(0))

    def read(self, asked: Asked) -> None:
        """Reads and cleans in the pool, compares in the read lane; nothing is written."""
        self._stop()
        self._asked = asked
        self.trouble.clear()
        what = self.words("Reading {file}").format(file=asked.file.name)
        self._working = self.background(
            partial(_prepare, asked, self.today(), self._knowledge()),
            partial(self._prepared, asked),
            fail=self.not_read,
            lane="pool",
            what=what,
        )

    def today(self) -> date:
        return self.content.today if self.content is not None else self.workspace.ask(places.today)

    def _knowledge(self) -> Knowledge:
        return self.content.knowledge if self.content is not None else self.workspace.ask(imports.knowledge)

    def _prepared(self, asked: Asked, prepared: Prepared) -> None:
        if asked is self._asked:
            what = self.words("Comparing with what is here")
            work = partial(_plan, self.workspace, prepared, asked.mode)
            self._working = self.background(work, partial(self._planned, asked), fail=self.not_read, what=what)

    def _planned(self, asked: Asked, plan: ImportPlan) -> None:
        if asked is self._asked:
            self._working = None
            self.show_plan(plan, keep=self.is_checking and bool(asked.answers))

    def not_read(self, error: Exception) -> None:
        """What can be done about it stands beside the sentence; the receipts stay where they are."""
        working, self._working = self._working, None
        if isinstance(error, Cancelled):
            self._say_stopped(working.state if working is not None else ProgressState(), self._read_again)
            return
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, UnknownLayout) and self._asked is not None:
            self.mapping.open(self._asked.file)
            return
        acts: list[tuple[str, Callable[[], object]]] = []
        if isinstance(error, Undecided):
            acts = [(each.profile.name, partial(self._use_layout, each.profile.key)) for each in error.choices]
        if isinstance(error, Incomplete):
            acts.append((self.words("Say what the columns mean"), self.map_columns))
        acts.append((self.words("Choose another file"), self.choose))
        if self._queue:
            acts.append((self.words("Go on with the next file"), self._next_file))
        text = say.undecided(self.words, error) if isinstance(error, Undecided) else str(error)
        if self._asked is not None and self._asked.file.name not in text:  # another file may stand below
            text = f"{self._asked.file.name}: {text}"
        self.trouble.say(text, acts, menu=(self.words("Read it as…"), self._layout_choices()))
        if self.isVisible() and isinstance(error, Undecided):
            self.trouble.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_stopped(self, state: ProgressState, again: Callable[[], object]) -> None:
        at = self.words("Stopped at row {n}.").format(n=self.words.number(state.done)) if state.done else ""
        self.trouble.say(
            f"{at or self.words('Stopped.')} {self.words('Nothing was written. The file can be read again.')}",
            [(self.words("Read again"), again)],
            tone="ink",
        )

    def _read_again(self) -> None:
        if self._asked is not None:
            self.read(self._asked)

    def _stop(self) -> None:
        """A file that is still being read makes room for the next."""
        if self._working is not None:
            self._working.cancel()
            self._working = None

    # -- a file nobody knows --------------------------------------------------------------------------------------------------

    def map_columns(self) -> None:
        """What the columns of the open file mean is said by hand."""
        if self._asked is None:
            return
        if self._asked.inside:
            self.trouble.say(
                self.words("Take this table out of its ZIP and hand it over by itself: then its columns can be named."),
                tone="ink",
            )
            return
        self.trouble.clear()
        self.mapping.open(self._asked.file)

    def show_mapping(self) -> None:
        self.trouble.clear()
        self._show_page(self.mapping.view)
        self._show_buttons(self.leave_button, self.mapping.over_button, self.mapping.check_button)
        self.actions_changed.emit()

    def check_mapped(self, file: Path, key: str, answers: tuple[tuple[str, str], ...], knowledge: Knowledge) -> None:
        """Goes on to the rows by the layout just kept."""
        if self.content is not None:
            self.content = replace(self.content, knowledge=knowledge)
        mode = self._asked.mode if self._asked is not None else None
        self.read(Asked(file, key, mode, answers))

    # -- data that came in ----------------------------------------------------------------------------------------------------

    @property
    def is_doubting(self) -> bool:
        return self._body.currentWidget() is self.integrity

    def show_integrity(self) -> None:
        """What looks wrong in the data; a line leads to its import."""
        self.ask(imports.integrity, self._show_findings)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        if self.is_checking or self.is_mapping:
            return
        first = not self.is_doubting
        self.trouble.clear()
        self._show_page(self.integrity)
        self.integrity.show_findings(findings)
        self.header.say(self.words("Data integrity"), self.integrity.sentence(findings))
        self._show_buttons(*((self.back_button,) if findings else ()))
        if first:
            self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def leave_integrity(self) -> None:
        self._show_home()
        self.actions_changed.emit()

    def _open_source(self, import_id: str) -> None:
        self._show_home()
        self.open_record(import_id)
        self.actions_changed.emit()

    def _fill_own(self) -> None:
        self.mapping.fill_menu(self._own, self.content.own if self.content is not None else ())

    # -- the check ------------------------------------------------------------------------------------------------------------

    def show_plan(self, plan: ImportPlan, *, keep: bool = False) -> None:
        self.trouble.say(self._passed, tone="ink")
        mode_is_open = self.content is not None and self.content.mode is None
        self._show_page(self.check)
        self._show_buttons(self.leave_button, self.layout_button, self.apply_button)
        self.check.show_plan(plan, self.scope.names, mode_is_open=mode_is_open, keep=keep)
        self._fold()
        asks = plan.questions and not (keep and self.check.table.hasFocus())
        first = self.check.question.buttons[0] if asks else self.check.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """In a narrow window the header keeps the two acts that every check needs, and shorter words."""
        plan = self.check.plan
        if plan is None or not self.is_checking:
            return
        narrow = self.width() < look().px(760)
        self.layout_button.setVisible(not narrow)
        title = self.words("Check the rows") if narrow else self.words("Check before anything is written")
        self.header.say(title, say.check_sentence(self.words, plan, self._place, self._of))

    def _show_number(self, n: int) -> None:
        """The button shows what it does."""
        template = self.words("Apply {n} row") if n == 1 else self.words("Apply {n} rows")
        self.apply_button.say(template.format(n=self.words.number(n)))
        self.apply_button.allow(n > 0 and not self.read_only(), self.read_only() or self._why_nothing())
        self.actions_changed.emit()

    def _why_nothing(self) -> str:
        plan = self.check.plan
        if plan is not None and plan.questions:
            return self.words("Answer the question first")
        return self.words("Nothing in this file would be written")

    def _answer_file(self, key: str, choice: str) -> None:
        """One more answer; the file is not opened again for it."""
        plan = self.check.plan
        if self._asked is None or plan is None:
            return
        self._stop()
        others = tuple(each for each in self._asked.answers if each[0] != key)
        asked = replace(self._asked, answers=(*others, (key, choice)))
        self._asked = asked
        work = partial(_answer, plan.prepared, key, choice, self.today())
        what = self.words("Reading {file}").format(file=asked.file.name)
        self._working = self.background(
            work, partial(self._prepared, asked), fail=self.not_read, lane="pool", what=what
        )

    def _use_mode(self, mode: str) -> None:
        if self._asked is not None:
            self.read(replace(self._asked, mode=Mode(mode)))

    def _use_layout(self, profile: str) -> None:
        if self._asked is not None:
            self.read(replace(self._asked, profile=profile, answers=()))

    def _layout_choices(self) -> list[tuple[str, Callable[[], object]]]:
        found = self.content.profiles if self.content is not None else ()
        own = self.content.own if self.content is not None else ()
        known = [(each.key, each.name) for each in own] + [(each.key, each.name) for each in found]
        return [(name, partial(self._use_layout, key)) for key, name in known]

    def _fill_layouts(self) -> None:
        self._layouts.clear()
        by_hand = self._layouts.addAction(self.words("Say what the columns mean…"))
        by_hand.triggered.connect(lambda _checked=False: self.map_columns())
        self._layouts.addSeparator()
        for name, act in self._layout_choices():
            self._layouts.addAction(name.replace("&", "&&")).triggered.connect(lambda _checked=False, act=act: act())

    def leave_file(self) -> None:
        """Nothing was written; the next file, or the receipts."""
        if self.is_doubting:
            self.leave_integrity()
            return
        self._stop()
        self._next_file()

    # -- applying -------------------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        plan = self.check.plan
        if plan is None or not self.is_checking or not self.apply_button.isEnabled():
            return
        self.trouble.clear()
        self._hold(True)
        what = self.words("Writing {file}").format(file=plan.result.file)
        work = partial(_apply, self.workspace, plan, sorted(self.check.out), self.check.is_complete)
        self._working = self.background(work, self._applied, fail=self._not_applied, lane="write", what=what)

    def _hold(self, busy: bool) -> None:
        reason = self.words("The rows are being written") if busy else ""
        for button in (self.apply_button, self.leave_button, self.layout_button):
            button.allow(not busy, reason)
        self.check.setEnabled(not busy)
        if not busy and self.isVisible() and QApplication.focusWidget() is None:
            self.check.table.setFocus(Qt.FocusReason.OtherFocusReason)  # what was held back had lost it

    def _applied(self, done: Done[ImportResult]) -> None:
        self._working = None
        self._hold(False)
        result, rows = done.value, self.check.used
        self._chosen = result.import_id
        self._mark_receipt()
        written = sum(rows(each) for each in say.ORDER[:2])
        if done.step:
            text = self.words("{n} rows of {file} applied").format(n=self.words.number(written), file=result.file)
            self.noticed.emit(Notice(text, undoable=True))
        else:
            self.noticed.emit(Notice(self.words("Nothing new in {file}").format(file=result.file)))
        self._next_file()

    def _not_applied(self, error: Exception) -> None:
        working, self._working = self._working, None
        self._hold(False)
        if isinstance(error, Cancelled):
            self._say_stopped(working.state if working is not None else ProgressState(), self.apply)
            self.trouble.say(
                self.words("Stopped. Nothing was written: the database is as it was."),
                [(self.apply_button.text().replace("&&", "&"), self.apply)],
                tone="ink",
            )
        elif isinstance(error, UserError):
            self.trouble.say(str(error), [(self.words("Read again"), self._read_again)])
        else:
            raise error

    # -- back again -----------------------------------------------------------------------------------------------------------

    def _show_turn(self) -> None:
        """One button: take back what stands, bring back what was taken back."""
        receipt = self.receipts.current
        back = receipt is not None and receipt.state is ImportState.TAKEN_BACK
        self.turn_button.say(self.words("Bring back") if back else self.words("Take back"))
        self.turn_button.show_icon("ph.arrow-u-up-right" if back else "ph.arrow-u-up-left")
        reason = self._needs_receipt()
        self.turn_button.allow(not reason, reason)

    def turn(self) -> None:
        receipt = self.receipts.current
        if receipt is not None and receipt.state is ImportState.TAKEN_BACK:
            self.bring_back()
        else:
            self.take_back()

    def take_back(self) -> None:
        """Asks nothing: bringing it back undoes it."""
        receipt = self.receipts.current
        if receipt is None or receipt.state is ImportState.TAKEN_BACK or self.read_only():
            return
        self._chosen = receipt.id
        text = self.words("{file} taken back").format(file=receipt.file_name)
        self._turn(imports.take_back, receipt, text)

    def bring_back(self) -> None:
        receipt = self.receipts.current
        if receipt is None or receipt.state is not ImportState.TAKEN_BACK or self.read_only():
            return
        self._chosen = receipt.id
        text = self.words("{file} is back").format(file=receipt.file_name)
        self._turn(imports.bring_back, receipt, text)

    def _turn(self, use_case: Callable[..., None], receipt: Receipt, text: str) -> None:
        def then(_: Done[None]) -> None:
            self.noticed.emit(Notice(text))

        self.background(partial(_turn, self.workspace, use_case, receipt.id), then, lane="write", what=text)

    # -- acts -----------------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        return (
            Action("apply", words("Apply rows"), self.go_on, "ph.check", "Ctrl+Return", self._why_not_apply),
            Action("next_question", words("Next question"), self._next_question, "", "F4", self._why_no_question),
            Action("choose", words("Choose a file"), self.choose, "ph.file", "Ctrl+N", self.read_only),
            Action("integrity", words("Data integrity"), self.show_integrity, why_not=self._why_busy),
            Action("leave", words("Leave this file"), self.leave_file, "ph.x", "Esc", self._why_no_file),
            Action(
                "take_back", words("Take import back"), self.take_back, "ph.arrow-u-up-left", why_not=self._why_not_back
            ),
            Action(
                "bring_back",
                words("Bring import back"),
                self.bring_back,
                "ph.arrow-u-up-right",
                why_not=self._why_not_again,
            ),
        )

    def read_only(self) -> str:
        return "" if self.workspace.can_write else self.words("This file is open for reading only")

    def _needs_receipt(self) -> str:
        return self.read_only() or ("" if self.receipts.current is not None else self.words("Choose an import first"))

    def _why_no_file(self) -> str:
        open_now = self.is_checking or self.is_mapping or self.is_doubting
        return "" if open_now else self.words("No file is open")

    def _why_busy(self) -> str:
        return self.words("Finish or leave the file first") if self.is_checking or self.is_mapping else ""

    def _next_question(self) -> None:
        (self.mapping.view if self.is_mapping else self.check).next_question()

    def _why_no_question(self) -> str:
        if self.is_mapping:
            return ""
        if not self.is_checking:
            return self.words("Choose a file first")
        return "" if self.check.asks else self.words("Nothing is asked")

    def go_on(self) -> None:
        """From the columns to the rows, or from the rows to the database."""
        if self.is_mapping:
            self.mapping.check()
        else:
            self.apply()

    def _why_not_apply(self) -> str:
        if self.is_mapping:
            return self.mapping.why_not_check()
        if not self.is_checking:
            return self.words("Choose a file first")
        return "" if self.apply_button.isEnabled() else self._why_nothing()

    def _why_not_back(self) -> str:
        receipt = self.receipts.current
        gone = receipt is not None and receipt.state is ImportState.TAKEN_BACK
        return self._needs_receipt() or (self.words("It was taken back already") if gone else "")

    def _why_not_again(self) -> str:
        receipt = self.receipts.current
        stands = receipt is not None and receipt.state is not ImportState.TAKEN_BACK
        return self._needs_receipt() or (self.words("It was not taken back") if stands else "")

    def columns(self) -> tuple[QWidget, ...]:
        if self.is_checking:
            return (self.check.table,)
        if self.is_mapping:
            return (self.mapping.view.groups, self.mapping.view.columns, self.mapping.view.understood)
        if self._body.currentWidget() is self.receipts:
            return (self.receipts.table,)
        if self.is_doubting:
            fine = self.integrity.fine.isVisibleTo(self.integrity)
            return (self.integrity.fine.button if fine else self.integrity.table,)
        return (self.empty.button,)
