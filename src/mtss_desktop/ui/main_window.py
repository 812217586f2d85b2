"""The window: rail, strips and the room that is shown. It joins parts; each part does its own work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import ChangeSet
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui import window_place
from mtss_desktop.ui.find import found_entries, window_entries
from mtss_desktop.ui.frame import Frame, read_frame
from mtss_desktop.ui.help_view import HelpView, read_page
from mtss_desktop.ui.idle import IdleLock
from mtss_desktop.ui.jobs import Feed
from mtss_desktop.ui.kept import KeptEditors, read_kept
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.drop_edge import DropEdge, dropped_files, has_files
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.kit.trouble import Trouble
from mtss_desktop.ui.kit.typed import NoTypingFile
from mtss_desktop.ui.palette import Palette
from mtss_desktop.ui.rail import Rail
from mtss_desktop.ui.room_scroll import RoomScroll
from mtss_desktop.ui.room_stack import RoomStack
from mtss_desktop.ui.rooms import panes
from mtss_desktop.ui.status_strip import StatusStrip
from mtss_desktop.ui.theme import FocusRing, look
from mtss_desktop.ui.top_strip import NAMES_WORDS, TopStrip
from mtss_desktop.ui.tour import Tour
from mtss_desktop.ui.undo_actions import UndoActions
from mtss_desktop.ui.window_menus import WindowMenus

NARROW_BELOW = 1120
"""Window width in pixels at 100 % under which the rail goes small by itself."""


class MainWindow(QMainWindow):
    """``lock_requested``: the file is to be closed and its passphrase asked again; ``close_requested``: another file."""

    lock_requested = Signal()
    close_requested = Signal()

    def __init__(
        self,
        workspace: Workspace,
        jobs: Jobs,
        remembered: Remembered,
        *,
        kinds: Sequence[type[Pane]] | None = None,
        words: Words = ENGLISH,
    ) -> None:
        super().__init__()
        self.workspace, self.jobs, self.remembered, self.words = workspace, jobs, remembered, words
        self.frame: Frame | None = None
        self.setWindowTitle(f"{workspace.location.name} – MTSS Desktop")
        self._build(panes() if kinds is None else kinds)
        self._connect()
        window_place.restore(self, remembered.value.window)
        self.reread()

    def _build(self, kinds: Sequence[type[Pane]]) -> None:
        rooms = [kind.room for kind in kinds]
        self.rooms = RoomStack(self.workspace, self.jobs, kinds, self.words)
        self.undo_actions = UndoActions(self.workspace, self.jobs, self, self.save_what_is_open)
        self.tour = Tour({room.key: room for room in rooms}, self.words)
        self.menus = WindowMenus(self, self.words)
        self.menus.fill(self, rooms)
        self.top = TopStrip(self.menus.menus, self.undo_actions.undo, self.words)
        self.rail = Rail(rooms, words=self.words)
        self.help_view = HelpView(self.words)
        self.status = StatusStrip(self.words)
        self.palette_view = Palette(self, self.words)
        side = look().measures.space.s3
        self.older = Trouble((side, look().measures.space.s2, side, look().measures.space.s2))
        whole, middle = column(), row()
        self.setCentralWidget(
            box(whole, "page")
        )  # first: parts that get their parents late are dressed again each time
        whole.addWidget(self.top)
        whole.addWidget(self.older)
        whole.addLayout(middle, 1)
        whole.addWidget(self.tour)
        whole.addWidget(self.status)
        middle.addWidget(self.rail)
        self.page = RoomScroll(self.rooms, self.words("Page"))
        middle.addWidget(self.page, 1)
        middle.addWidget(self.help_view)
        self.setAcceptDrops(True)
        self.edge = DropEdge(self)
        path = self.workspace.location.path
        self.status.show_file(
            path.name if path is not None else self.workspace.location.name,
            encrypted=self.workspace.encrypted,
            read_only=not self.workspace.can_write,
        )

    def _connect(self) -> None:
        self._feed = Feed(self.workspace.changes, self._heard, self)
        self._idle = IdleLock(self, self._patience)
        self._idle.tired.connect(self.lock_requested)
        self._ring = FocusRing(self)
        typing = self.workspace.typing if self.workspace.can_write else NoTypingFile()
        self.kept = KeptEditors(self, typing, lambda: bool(getattr(self.jobs, "busy", 0)))
        self.rooms.carried.kept = self.kept
        self.kept.brought_back.connect(
            lambda: self.notice(Notice(self.words("What you were typing is back in its place.")))
        )
        self.older.shown.connect(lambda _: self._fit())  # the strip of the tour gives way to it
        self.rail.went.connect(self.go_to)
        self.rooms.shown.connect(self._room_shown)
        self.rooms.noticed.connect(self.notice)
        self.rooms.acts_changed.connect(self._acts_changed)
        self.top.find_asked.connect(self.open_palette)
        self.top.scope_picked.connect(self.use_scope)
        self.status.undo_asked.connect(self.undo_actions.undo.trigger)
        self.status.help_asked.connect(self.toggle_help)
        self.undo_actions.noticed.connect(self.notice)
        self.help_view.closed.connect(self._help_closed)
        self.palette_view.lost_focus.connect(self.rooms.focus_page)
        self.tour.went.connect(self.go_to)
        self.tour.closed.connect(self._tour_over)
        self.remembered.changed.connect(self._prefer)
        self._say_older()
        look().changed.connect(self._fit)

    # -- rooms --------------------------------------------------------------------------------------------------------

    @property
    def kinds(self) -> dict[str, type[Pane]]:
        return self.rooms.kinds

    @property
    def current(self) -> Pane:
        return self.rooms.current

    def acts(self) -> tuple[Action, ...]:
        return self.rooms.acts()

    def pane(self, key: str) -> Pane:
        return self.rooms.pane(key)

    def go_to(self, key: str, record_id: str = "") -> None:
        """Shows a room, and a record in it where one is named."""
        self.rooms.go_to(key, record_id)

    def _room_shown(self, pane: Pane) -> None:
        self.menus.show_acts(pane.acts())
        self.rail.mark(pane.room.key)
        self.tour.follow(pane.room.key)
        self._fit()
        if self.help_view.isVisible():
            self._show_help()
        if self.kept.waits_in(pane):
            self._open_kept(pane, 100)

    def _acts_changed(self) -> None:
        self.menus.show_acts(self.rooms.acts())
        self._fit()

    def use_scope(self, scope: Scope) -> None:
        """Another year, place or way of naming, for every room."""
        self.top.show_scope(scope)
        self.rooms.use_scope(scope)

    @property
    def scope(self) -> Scope:
        return self.rooms.scope

    def save_what_is_open(self) -> None:
        self.rooms.save_what_is_open()

    def next_column(self, by: int) -> None:
        """F6: rail, the columns of the page, help, tour."""
        front = self.rooms.front
        columns = () if front is None else front.columns()
        stops = [stop for stop in (self.rail.list, *columns, self.help_view.area, self.tour.stop) if stop.isVisible()]
        focused = QApplication.focusWidget()
        inside = (
            n for n, stop in enumerate(stops) if focused is not None and (stop is focused or stop.isAncestorOf(focused))
        )
        stops[(next(inside, 0) + by) % len(stops)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what the frame says ------------------------------------------------------------------------------------------

    def reread(self) -> None:
        self.jobs.run(partial(read_frame, self.workspace), then=self._show_frame, owner=self)

    def _show_frame(self, frame: Frame) -> None:
        """The first room comes with the first answer: it speaks the words of this database."""
        self.frame, self.words = frame, frame.words
        self.rooms.use_words(frame.words)
        if not self.rooms.count():
            last = self.remembered.value.last_room
            self.go_to(last if last in self.kinds else next(iter(self.kinds)))
            if self.workspace.can_write:
                self.jobs.run(partial(read_kept, self.workspace), then=self._bring_back, owner=self, lane="pool")
            if frame.fixed_day and not self.remembered.value.tour_seen:
                self.tour.begin()
        self.top.show_frame(frame)
        self.rail.show_place(frame.division)
        self.rail.show_waiting(self._waiting(frame))
        self.undo_actions.show_labels(frame.undo, frame.redo, frame.words)

    def _bring_back(self, texts: dict[str, str]) -> None:
        """What was being typed into a field when the last run broke off: to its room, and into the field."""
        self.kept.know(texts)
        place = self.kept.next_place()
        if place is not None and place[0] in self.kinds:
            self.go_to(*place)
            self._open_kept(self.current, 100)

    def _open_kept(self, pane: Pane, patience: int) -> None:
        """Once the room has read what it shows."""
        if patience and (getattr(self.jobs, "busy", 0) or not self.isVisible()):
            QTimer.singleShot(50, self, lambda: self._open_kept(pane, patience - 1))
        elif pane is self.rooms.front:
            self.kept.bring_back(pane)

    def _waiting(self, frame: Frame) -> dict[str, int]:
        """Meetings of today beside their room; late actions beside the plans, or the day while these have no room."""
        late = "plans" if "plans" in self.kinds else "today"
        return {"meetings": frame.waiting.meetings, late: frame.waiting.late}

    def _heard(self, _changes: ChangeSet) -> None:
        self.status.show_saved(datetime.now().astimezone())
        self.status.next_act()
        self.reread()

    def notice(self, notice: Notice) -> None:
        self.status.show_notice(notice)

    def _say_older(self) -> None:
        """Stands above the page until the person has said which file is meant."""
        found = self.workspace.older_than_seen()
        if found is not None:
            self.older.say(
                self.words.say(found),
                (
                    (self.words("Choose another file"), self.close_requested.emit),
                    (self.words("Use this copy"), self._use_this_copy),
                ),
            )

    def _use_this_copy(self) -> None:
        self.jobs.run(lambda _: self.workspace.accept_as_it_is(), then=self._copy_accepted, owner=self, lane="pool")

    def _copy_accepted(self, _nothing: None) -> None:
        self.older.clear()
        self.rooms.focus_page()

    def show_backup(self, sentence: str, *, trouble: bool = False) -> None:
        self.status.show_backup(sentence, trouble=trouble)

    # -- find, help, preferences --------------------------------------------------------------------------------------

    def open_palette(self) -> None:
        """Acts, rooms, and what the database holds."""
        if not self.rooms.count():
            return
        masked = self.words(NAMES_WORDS[self.scope.names])
        foot = "" if self.scope.names is Names.ON else self.words("{names}: no students here").format(names=masked)
        self.palette_view.open(partial(window_entries, self), partial(found_entries, self), foot)

    def toggle_help(self) -> None:
        if self.help_view.isVisible():
            self.help_view.hide_help()
        elif self.rooms.count():
            self._show_help()

    def _show_help(self) -> None:
        self.help_view.show_page(read_page(self.current.room.help_page), read_page("everywhere"))
        self._fit()

    def _help_closed(self) -> None:
        self._fit()
        self.rooms.focus_page()

    def _tour_over(self, had_focus: bool) -> None:
        """It stays in the Help menu and does not come by itself again."""
        self.remembered.change(tour_seen=True)
        if had_focus:
            self.rooms.focus_page()

    def open_preferences(self) -> None:
        from mtss_desktop.ui.dialogs.preferences import PreferencesDialog

        PreferencesDialog(self.remembered, self, self.words).open()

    def open_history(self) -> None:
        from mtss_desktop.ui.dialogs.history import HistoryDialog

        HistoryDialog(self.workspace, self.jobs, self, self.words).open()

    def use_theme(self, key: str) -> None:
        self.remembered.change(theme=key)

    def text_by(self, by: int) -> None:
        """Larger or smaller by so many percent, 0 for the usual size."""
        now = self.remembered.value.text_size
        self.remembered.change(text_size=min(200, max(80, now + by)) if by else 100)

    def _prefer(self) -> None:
        self.menus.themes[self.remembered.value.theme].setChecked(True)
        self._idle.wake()

    def _patience(self) -> int:
        return self.remembered.value.lock_after if self.workspace.encrypted else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that means nothing to the room closes the tour."""
        if event.key() == Qt.Key.Key_Escape and self.tour.isVisible():
            self.tour.end()
        else:
            super().keyPressEvent(event)

    # -- size and end -------------------------------------------------------------------------------------------------

    def toggle_rail(self) -> None:
        """Small or wide, kept for this room."""
        if not self.rooms.count():
            return
        narrow = set(self.remembered.value.narrow_rail) ^ {self.current.room.key}
        self.remembered.change(narrow_rail=tuple(sorted(narrow)))
        self._fit()

    def _fit(self) -> None:
        front = self.rooms.front
        room = "" if front is None else front.room.key
        small = self.width() < look().px(NARROW_BELOW) or room in self.remembered.value.narrow_rail
        small = small or (front is not None and front.small_rail)
        self.tour.wait((front is not None and front.needs_quiet) or not self.older.isHidden())
        if small != self.rail.is_narrow:
            self.rail.narrow(small)
        self.page.setVisible(self.help_view.share(self.width() - self.rail.minimumWidth()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.rooms.count():
            self.rooms.focus_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is open is saved; what cannot be saved stays in the typing file."""
        self.save_what_is_open()
        self.remembered.change(window=window_place.kept(self))
        if self.tour.is_on:
            self.remembered.change(tour_seen=True)
        if self.rooms.count():
            self.remembered.change(last_room=self.current.room.key)
        self._idle.end()
        self.kept.end()
        self._feed.leave()
        super().closeEvent(event)

    # -- files from outside -------------------------------------------------------------------------------------------

    def _room_for_files(self) -> str:
        """The room that takes what is dropped anywhere; "" where nothing can be taken."""
        found = (key for key, kind in self.kinds.items() if kind.takes_files)
        return next(found, "") if self.workspace.can_write else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()) and self._room_for_files():
            event.acceptProposedAction()
            self.edge.show_edge(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.edge.show_edge(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.edge.show_edge(False)
        key = self._room_for_files()
        if key:
            event.acceptProposedAction()
            self.go_to(key)
            self.pane(key).take_files(dropped_files(event.mimeData()))
