"""The window: rail, strips and the room that is shown. It joins parts; each part does its own work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import ChangeSet
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.find import found_entries, window_entries
from mtss_desktop.ui.frame import Frame, read_frame
from mtss_desktop.ui.help_view import HelpView, read_page
from mtss_desktop.ui.jobs import Feed
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.palette import Palette
from mtss_desktop.ui.rail import Rail
from mtss_desktop.ui.rooms import panes
from mtss_desktop.ui.status_strip import StatusStrip
from mtss_desktop.ui.theme import THEMES, FocusRing, look
from mtss_desktop.ui.top_strip import NAMES_WORDS, TopStrip
from mtss_desktop.ui.undo_actions import UndoActions
from mtss_desktop.ui.window_menus import WindowMenus

SMALLEST = QSize(1024, 640)
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
        self.kinds = {kind.room.key: kind for kind in (panes() if kinds is None else kinds)}
        self.panes: dict[str, Pane] = {}
        self.scope, self.frame, self.past = Scope(), None, []  # type: tuple[Scope, Frame | None, list[str]]
        self.setWindowTitle(f"{workspace.location.name} – MTSS Desktop")
        self.undo_actions = UndoActions(workspace, jobs, self, self.save_what_is_open)
        self.menus = WindowMenus(self, words)
        self._fill_menus()
        self.top = TopStrip(self.menus.menus, self.undo_actions.undo, words)
        self.rail = Rail([kind.room for kind in self.kinds.values()], words=words)
        self.page = QStackedWidget()
        self.page.setProperty("kind", "page")
        self.help_view = HelpView(words)
        self.status = StatusStrip(words)
        self.palette_view = Palette(self, words)
        middle = row(self.rail, self.page, self.help_view)
        middle.setStretch(1, 1)
        whole = column(self.top, middle, self.status)
        whole.setStretch(1, 1)
        self.setCentralWidget(box(whole, "page"))
        self._ring = FocusRing(self)
        self._connect()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock_requested)
        self._factor = look().factor
        self._fit()
        self._restore_place()
        self.reread()
        self.go_to(remembered.value.last_room if remembered.value.last_room in self.kinds else next(iter(self.kinds)))

    def _connect(self) -> None:
        self._feed = Feed(self.workspace.changes, self._heard, self)
        self.rail.went.connect(self.go_to)
        self.top.find_asked.connect(self.open_palette)
        self.top.scope_picked.connect(self.use_scope)
        self.status.undo_asked.connect(self.undo_actions.undo.trigger)
        self.status.help_asked.connect(self.toggle_help)
        self.undo_actions.noticed.connect(self.notice)
        self.help_view.closed.connect(self._back_to_page)
        self.remembered.changed.connect(self._prefer)
        look().changed.connect(self._regrow)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self.status.show_file(
            _file_name(self.workspace), encrypted=self.workspace.encrypted, read_only=not self.workspace.can_write
        )

    def _fill_menus(self) -> None:
        add, menus = self.menus.add, self.menus
        add(menus.file, "Open another file…", self.close_requested.emit, "Ctrl+O", icon_name="ph.folder")
        add(menus.file, "Lock now", self.lock_requested.emit, "Ctrl+L", icon_name="ph.lock-simple")
        add(menus.file, "Preferences…", self.open_preferences, "Ctrl+,", icon_name="ph.gear")
        menus.file.addSeparator()
        add(menus.file, "Quit", self.close, "Ctrl+Q")
        menus.edit.addAction(self.undo_actions.undo)
        menus.edit.addAction(self.undo_actions.redo)
        add(menus.edit, "History…", self.open_history, "Ctrl+H", icon_name="ph.clock")
        add(menus.view, "Small rail", self.toggle_rail, "Ctrl+B", icon_name="ph.list")
        menus.view.addSeparator()
        themes = (
            ("system", "Same theme as this computer"),
            *zip(THEMES, ("Light", "Dark", "High contrast"), strict=True),
        )
        self._themes = menus.add_choices(menus.view, themes, self._use_theme)
        menus.view.addSeparator()
        add(menus.view, "Larger text", partial(self._text_by, 10), "Ctrl++", "Ctrl+=")
        add(menus.view, "Smaller text", partial(self._text_by, -10), "Ctrl+-")
        add(menus.view, "Usual text size", partial(self._text_by, 0))
        menus.add_rooms([kind.room for kind in self.kinds.values()], self.go_to)
        menus.go.addSeparator()
        add(menus.go, "Find or do anything", self.open_palette, "Ctrl+K", icon_name="ph.magnifying-glass")
        add(menus.go, "Back", self.go_back, "Alt+Left", icon_name="ph.arrow-left")
        add(menus.go, "Next column", partial(self._column, 1), "F6")
        add(menus.go, "Previous column", partial(self._column, -1), "Shift+F6")
        add(menus.help, "Help on this page", self.toggle_help, "F1", icon_name="ph.question")

    # -- rooms --------------------------------------------------------------------------------------------------------

    @property
    def current(self) -> Pane:
        pane = self.page.currentWidget()
        assert isinstance(pane, Pane)
        return pane

    def pane(self, key: str) -> Pane:
        """The pane of a room, made when it is first wanted."""
        if key not in self.panes:
            made = self.kinds[key](self.workspace, self.jobs, words=self.words)
            made.rooms = frozenset(self.kinds)
            made.noticed.connect(self.notice)
            made.actions_changed.connect(self._acts_changed)
            made.asked_to_go.connect(self.go_to)
            made.use_scope(self.scope)
            self.page.addWidget(made)
            self.panes[key] = made
        return self.panes[key]

    def go_to(self, key: str, record_id: str = "", *, remember: bool = True) -> None:
        """Shows a room, and a record in it where one is named."""
        if self.page.count():
            if remember and self.current.room.key != key:
                self.past.append(self.current.room.key)
            self.current.leave()
        pane = self.pane(key)
        self.page.setCurrentWidget(pane)
        self.menus.show_acts(pane.acts())
        self.rail.mark(key)
        self._fit()
        if record_id:
            pane.open_record(record_id)
        first = next(iter(pane.columns()), pane)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.help_view.isVisible():
            self._show_help()

    def _back_to_page(self) -> None:
        next(iter(self.current.columns()), self.current).setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        if self.past:
            self.go_to(self.past.pop(), remember=False)

    def use_scope(self, scope: Scope) -> None:
        """Another year, place or way of naming, for every room."""
        self.scope = scope
        self.top.show_scope(scope)
        for pane in self.panes.values():
            pane.use_scope(scope)

    def save_what_is_open(self) -> None:
        for pane in self.panes.values():
            pane.leave()

    def _acts_changed(self) -> None:
        self.menus.refresh_acts()

    # -- what the frame says ------------------------------------------------------------------------------------------

    def reread(self) -> None:
        self.jobs.run(partial(read_frame, self.workspace), then=self._show_frame, owner=self)

    def _show_frame(self, frame: Frame) -> None:
        self.frame, self.words = frame, frame.words
        self.top.show_frame(frame)
        self.rail.show_place(frame.division)
        self.rail.show_waiting(self._waiting(frame))
        self.undo_actions.show_labels(frame.undo, frame.redo, frame.words)

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

    def show_backup(self, sentence: str, *, trouble: bool = False) -> None:
        self.status.show_backup(sentence, trouble=trouble)

    # -- find, help, preferences --------------------------------------------------------------------------------------

    def open_palette(self) -> None:
        """The palette: acts, rooms, and what the database holds."""
        masked = NAMES_WORDS[self.scope.names]
        foot = "" if self.scope.names is Names.ON else self.words("{names}: no students here").format(names=masked)
        self.palette_view.open(lambda: window_entries(self), lambda text, then: found_entries(self, text, then), foot)

    def toggle_help(self) -> None:
        if self.help_view.isVisible():
            self.help_view.hide_help()
        else:
            self._show_help()

    def _show_help(self) -> None:
        self.help_view.show_page(read_page(self.current.room.help_page), read_page("everywhere"))

    def open_preferences(self) -> None:
        from mtss_desktop.ui.dialogs.preferences import PreferencesDialog

        PreferencesDialog(self.remembered, self, self.words).open()

    def open_history(self) -> None:
        from mtss_desktop.ui.dialogs.history import HistoryDialog

        HistoryDialog(self.workspace, self.jobs, self, self.words).open()

    def _use_theme(self, key: str) -> None:
        self.remembered.change(theme=key)

    def _text_by(self, by: int) -> None:
        now = self.remembered.value.text_size
        self.remembered.change(text_size=min(200, max(80, now + by)) if by else 100)

    def _prefer(self) -> None:
        self._themes[self.remembered.value.theme].setChecked(True)
        self._wake()

    # -- room on the screen -------------------------------------------------------------------------------------------

    def toggle_rail(self) -> None:
        """Small or wide, kept for this room."""
        key, narrow = self.current.room.key, set(self.remembered.value.narrow_rail)
        narrow ^= {key}
        self.remembered.change(narrow_rail=tuple(sorted(narrow)))
        self._fit()

    def _fit(self) -> None:
        self.setMinimumSize(SMALLEST)
        room = self.current.room.key if self.page.count() else ""
        wanted = room in self.remembered.value.narrow_rail
        small = self.width() < look().px(NARROW_BELOW)
        if (small or wanted) != self.rail.is_narrow:
            self.rail.narrow(small or wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._back_to_page()

    def _regrow(self) -> None:
        """Another text size: rooms are built anew at that size; what was being typed comes back by itself."""
        self._fit()
        if look().factor == self._factor or not self.page.count():
            return
        self._factor, key, record = look().factor, self.current.room.key, self.current.record_id
        self.save_what_is_open()
        for pane in self.panes.values():
            self.page.removeWidget(pane)
            pane.deleteLater()
        self.panes.clear()
        self.go_to(key, record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _column(self, by: int) -> None:
        """F6: rail, the columns of the page, help."""
        stops = [self.rail.list, *self.current.columns()]
        if self.help_view.isVisible():
            stops.append(self.help_view.area)
        stops = [stop for stop in stops if stop.isVisible()]
        focused = QApplication.focusWidget()
        at = next((n for n, stop in enumerate(stops) if focused is not None and _belongs(stop, focused)), 0)
        stops[(at + by) % len(stops)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _restore_place(self) -> None:
        x, y, width, height, full = (*self.remembered.value.window, 0, 0, 0, 0, 0)[:5]
        self.resize(width or 1280, height or 800)
        screen = self.screen().availableGeometry()
        if width and screen.contains(x + 40, y + 40):
            self.move(x, y)
        if full:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    # -- end and idle -------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent | QMouseEvent) and self._idle.parent() is self:
            self._wake()
        return super().eventFilter(watched, event)

    def _wake(self) -> None:
        minutes = self.remembered.value.lock_after
        if minutes and self.workspace.encrypted:
            self._idle.start(minutes * 60_000)
        else:
            self._idle.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is open is saved; what cannot be saved stays in the typing file."""
        self.save_what_is_open()
        box_ = self.normalGeometry()
        full = int(self.isMaximized())
        self.remembered.change(
            window=(box_.x(), box_.y(), box_.width(), box_.height(), full), last_room=self.current.room.key
        )
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._feed.leave()
        super().closeEvent(event)


def _file_name(workspace: Workspace) -> str:
    path = workspace.location.path
    return path.name if path is not None else workspace.location.name


def _belongs(stop: QWidget, focused: QWidget) -> bool:
    """Whether the focus is in the column that ``stop`` stands for: the widget itself, or the scroll area around it."""
    return stop is focused or stop.isAncestorOf(focused)
