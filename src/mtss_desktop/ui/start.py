"""The way in and out of the window: start screen, open database, lock, end. Nothing heavy before the first painting."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.log import log, start_logging
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.start_screen import doors
from mtss_desktop.ui.start_screen.window import StartWindow
from mtss_desktop.ui.theme import look

if TYPE_CHECKING:
    from mtss_desktop.app.jobs import Jobs
    from mtss_desktop.app.opening import Opened
    from mtss_desktop.ui.main_window import MainWindow

BEAT = 30_000
"""Milliseconds between two looks at the clock; a much longer gap means that the computer slept."""
SLEPT = 180.0


class Session(QObject):
    """One run of the program: the start screen, and the window of the database that is open."""

    def __init__(
        self, jobs: Jobs, remembered: Remembered, *, asking: Asking | None = None, words: Words = ENGLISH
    ) -> None:
        super().__init__()
        self.jobs, self.remembered, self.words = jobs, remembered, words
        self.window: MainWindow | None = None
        self.start = StartWindow(jobs, remembered, asking=asking, words=words)
        self.start.opened.connect(self.show_database)
        self.start.painted.connect(self.start.get_ready)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._look_at_clock)
        self._last_beat = time.time()
        self._beat.start()

    def begin(self, file: str = "") -> None:
        """Shows the start screen, at a file's passphrase where one is named."""
        paths.empty_viewed_copies()  # they do not outlive the file they come from
        if file:
            self.start.show_unlock(file)
        else:
            self.start.show_first()
        self.start.resize(look().px(1280), look().px(800))
        self.start.show()

    # -- a database --------------------------------------------------------------------------------------------------------

    def show_database(self, opened: Opened) -> None:
        """The main window takes the start screen's place."""
        from mtss_desktop.ui.kit.pane import Notice
        from mtss_desktop.ui.main_window import MainWindow

        self.window = MainWindow(opened.workspace, self.jobs, self.remembered, words=self.words)
        self.window.lock_requested.connect(self.lock)
        self.window.close_requested.connect(self.choose_another)
        if opened.workspace.encrypted:
            self._offer_recovery_sheet(self.window)
        self.window.show()
        self.start.hide()
        self.window.rooms.build_ahead()
        for sentence in opened.notices:
            self.window.notice(Notice(self.words.say(sentence)))
        self._show_last_backup(opened)

    def _offer_recovery_sheet(self, window: MainWindow) -> None:
        """In the File menu, above Quit."""
        menus = window.menus
        made = menus.add(menus.file, "Recovery sheet…", self.open_recovery_sheet, icon_name="ph.key")
        end = next((act for act in menus.file.actions() if act.isSeparator()), None)
        if end is not None:
            menus.file.insertAction(end, made)

    def open_recovery_sheet(self) -> None:
        """The sheet once more, for a file that is open."""
        from mtss_desktop.ui.start_screen.sheet import RecoveryDialog

        if self.window is not None:
            dialog = RecoveryDialog(self.window.workspace, self.jobs, self.start.asking, self.window, self.words)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _show_last_backup(self, opened: Opened) -> None:
        from mtss_desktop.app import safekeeping

        location, window = opened.workspace.location, self.window
        if location.is_server or window is None:
            return

        def then(made: list[datetime]) -> None:
            if made and window is self.window:
                window.show_backup(self._backup_sentence(made[0]))

        self.jobs.run(
            lambda _: [each.made_at for each in safekeeping.backups_of(location)], then=then, owner=window, lane="pool"
        )

    def _backup_sentence(self, made_at: datetime) -> str:
        made = made_at.astimezone()
        today = doors.local_now().date()
        near = 0 <= (today - made.date()).days < 2
        day = self.words.ago(made.date(), today) if near else self.words.day(made.date())
        return self.words("Backup {day} {time}, verified").format(day=day, time=self.words.time(made.time()))

    # -- away from it ------------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Closes the file and asks for its passphrase; what is being typed stays in its file."""
        place, encrypted = self._put_away()
        if encrypted:
            self.start.show_unlock(place, locked_at=doors.local_now())
        elif place:
            self.start.show_open()

    def choose_another(self) -> None:
        """Closes the file and shows those that can be opened."""
        if self._put_away()[0]:
            self.start.show_open()

    def _put_away(self) -> tuple[str, bool]:
        window, self.window = self.window, None
        if window is None:
            return "", False
        workspace = window.workspace
        place = workspace.location.url if workspace.location.is_server else str(workspace.location.file)
        encrypted = workspace.encrypted
        self.start.setGeometry(window.geometry())
        self.start.setWindowState(window.windowState())
        self.start.show()  # before the other one goes: the last window takes the program with it
        window.close()
        paths.empty_viewed_copies()
        window.deleteLater()
        self.jobs.run(lambda _: workspace.close(), then=lambda _: None, fail=self._not_closed, lane="write")
        return place, encrypted

    def _not_closed(self, error: Exception) -> None:
        """The file went away while it was open: what was acknowledged is in it, what was typed in the typing file."""
        if not isinstance(error, UserError):
            raise error
        self.start.say_trouble(str(error))

    def _look_at_clock(self) -> None:
        """A lid that was closed locks, like a long pause."""
        before, self._last_beat = self._last_beat, time.time()
        slept = self._last_beat - before > SLEPT + BEAT / 1000
        if slept and self.window is not None and self.window.workspace.encrypted and self.remembered.value.lock_after:
            self.lock()

    def guard(self) -> None:
        """From here on a fault of the program is said once and written down."""
        from mtss_desktop.ui.crash import CrashGuard

        CrashGuard(self.active_window, self.words).install()

    def active_window(self) -> QWidget | None:
        return self.window if self.window is not None else self.start

    def save(self) -> None:
        """The computer is being shut down."""
        if self.window is not None:
            self.window.save_what_is_open()

    def end(self) -> None:
        """After the last window: what is under way ends whole, then the file is closed."""
        self._beat.stop()
        paths.empty_viewed_copies()
        window, self.window = self.window, None
        if isinstance(self.jobs, WindowJobs):
            self.jobs.close()
        if window is not None:
            try:
                window.workspace.close()
            except UserError as error:
                log("window").info("the file could not be closed in order: %s", type(error).__name__)


def application(argv: Sequence[str] = ()) -> QApplication:
    """The one ``QApplication`` of the process."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["mtss-desktop", *argv])
    app.setApplicationName("MTSS Desktop")
    app.setDesktopFileName("mtss-desktop")
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the window, with ``--open FILE`` at that file's passphrase; with ``--self-check`` it ends once it is painted.

    Returns the exit code.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    file = given[1] if len(given) > 1 and given[0] == "--open" else ""
    app = application()
    start_logging()
    remembered = Remembered()
    look().use(remembered.value.theme, remembered.value.text_size)
    session = Session(WindowJobs(), remembered)
    session.start.painted.connect(session.guard)
    app.commitDataRequest.connect(lambda _manager: session.save())
    if "--self-check" in given:
        session.start.painted.connect(app.quit)
    session.begin(file)
    code = app.exec()
    session.end()
    log("window").info("ended")
    return code
