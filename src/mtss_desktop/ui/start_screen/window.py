"""The start screen at work: makes, opens and recovers databases; each page says what is wanted, this does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

from mtss_desktop.app.jobs import Jobs, Lane
from mtss_desktop.app.settings import Preferences
from mtss_desktop.base import paths
from mtss_desktop.base.errors import Cancelled
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.asking import DATABASES, Asking, SystemDialogs
from mtss_desktop.ui.kit.progress_strip import ProgressStrip
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.start_screen import doors
from mtss_desktop.ui.start_screen.doors import GoodBackup, Own, Request, Way
from mtss_desktop.ui.start_screen.screen import StartScreen

if TYPE_CHECKING:
    from mtss_desktop.app.opening import Opened
    from mtss_desktop.ui.start_screen.open_page import FilesPage, UnlockPage
    from mtss_desktop.ui.start_screen.own_page import Filled, OwnPage
    from mtss_desktop.ui.start_screen.recovery_page import RecoveryPage
    from mtss_desktop.ui.start_screen.sample_page import SamplePage

    AnyPage = TypeVar("AnyPage", SamplePage, OwnPage, FilesPage, UnlockPage, RecoveryPage)

T = TypeVar("T")


class StartWindow(StartScreen):
    """``opened`` carries an ``Opened`` once a database may be shown."""

    opened = Signal(object)
    closed = Signal()

    def __init__(
        self, jobs: Jobs, remembered: Remembered, *, asking: Asking | None = None, words: Words = ENGLISH
    ) -> None:
        super().__init__(words)
        self.jobs, self.remembered = jobs, remembered
        self.asking: Asking = asking or SystemDialogs()
        self._waits: Opened | None = None
        self.setAcceptDrops(True)
        self.choices.picked.connect(self._pick)

    @property
    def waits_for_sheet(self) -> bool:
        return self._waits is not None

    @property
    def preferences(self) -> Preferences:
        return self.remembered.value

    # -- pages ------------------------------------------------------------------------------------------------------------------

    def show_first(self) -> None:
        """What is offered at the start: the last file where there is one, otherwise the sample."""
        recent = self.preferences.recent_files
        if recent and self.preferences.open_last:
            self.show_unlock(recent[0])
        else:
            self.show_page(self.sample, "sample")
            self.choices.cards["sample"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_unlock(self, place: str, *, locked_at: datetime | None = None) -> None:
        """The passphrase of one file."""
        self.unlock.ask_for(place, locked_at=locked_at)
        self.show_page(self.unlock, "open", focus=True)

    def show_open(self) -> None:
        """The files used before, another one, a server."""
        self.files.trouble.clear()
        self.files.show_files(self.preferences.recent_files)
        self.show_page(self.files, "open")

    def say_trouble(self, sentence: str) -> None:
        """On the page that is shown, where it has a place for it."""
        page = self.unlock if self.page is self.unlock else self.files
        page.trouble.say(sentence)

    def _pick(self, key: str) -> None:
        if key == "open":
            self.show_open()
        elif key == "own":
            self.show_page(self.own, "own")
        else:
            self.show_page(self.sample, "sample")

    # Pages are made when they are first wanted: the first painting does not wait for all five.

    def _added(self, page: AnyPage) -> AnyPage:
        page.hide()
        self._deck_pages.append(page)
        self._deck_layout.addWidget(page)
        return page

    @cached_property
    def sample(self) -> SamplePage:
        from mtss_desktop.ui.start_screen.sample_page import SamplePage

        page = self._added(SamplePage(self.words))
        page.wanted.connect(self._open_sample)
        return page

    @cached_property
    def own(self) -> OwnPage:
        from mtss_desktop.domain.people import school_year_of
        from mtss_desktop.ui.start_screen.own_page import OwnPage

        page = self._added(OwnPage(self._advice, school_year_of(doors.local_now().date()), self.words))
        page.wanted.connect(self._make_own)
        return page

    @cached_property
    def files(self) -> FilesPage:
        from mtss_desktop.ui.start_screen.open_page import FilesPage

        page = self._added(FilesPage(self.words))
        page.picked.connect(self._choose)
        page.wants_other.connect(self._choose_file)
        return page

    @cached_property
    def unlock(self) -> UnlockPage:
        from mtss_desktop.ui.start_screen.open_page import UnlockPage

        page = self._added(UnlockPage(self._advice, self.words))
        page.wanted.connect(self._open)
        page.renewed.connect(self._renew)
        page.restore_wanted.connect(self._restore)
        page.wants_another.connect(self.show_open)
        return page

    @cached_property
    def recovery(self) -> RecoveryPage:
        from mtss_desktop.ui.start_screen.recovery_page import RecoveryPage
        from mtss_desktop.ui.start_screen.sheet import RecoverySheet

        page = self._added(RecoveryPage(self.words))
        page.finished.connect(self._go_on)
        self._sheet = RecoverySheet(page, self.jobs, self.asking, self.words)
        return page

    # -- after the first painting ---------------------------------------------------------------------------------------------

    def get_ready(self) -> None:
        """Imports behind the screen what a database needs."""
        self._run(doors.load, lambda _: self._ready(), lane="pool")

    def _ready(self) -> None:
        self.sample.know(there=doors.sample_path().exists(), passphrase=doors.sample_passphrase())

    def _advice(self, passphrase: str) -> tuple[bool, str]:
        return doors.advice(passphrase, self.words)

    def _run(
        self,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        *,
        fail: Callable[[Exception], None] | None = None,
        strip: ProgressStrip | None = None,
        lane: Lane = "write",
    ) -> None:
        started: list[Progress] = []

        def ended() -> None:
            if strip is not None:
                strip.end(started[0] if started else None)

        def came(result: T) -> None:
            ended()
            then(result)

        def failed(error: Exception) -> None:
            ended()
            if fail is None:
                raise error
            fail(error)

        progress = self.jobs.run(work, then=came, fail=failed, owner=self, lane=lane)
        started.append(progress)
        if strip is not None and bool(getattr(self.jobs, "busy", False)):
            strip.follow(progress, self.words("Opening"))

    # -- the sample ---------------------------------------------------------------------------------------------------------------

    def _open_sample(self, afresh: bool) -> None:
        self.sample.trouble.clear()
        self.sample.busy(True)

        def fail(error: Exception) -> None:
            self.sample.busy(False)
            self.sample.know(there=doors.sample_path().exists())
            if not isinstance(error, Cancelled):
                way = doors.refusal(error)
                self.sample.trouble.say(f"{way.message} {way.hint}".strip())

        def then(opened: Opened) -> None:
            self.sample.busy(False)
            self.sample.know(there=True)
            self._leave(opened)

        self._run(partial(doors.open_sample, afresh=afresh), then, fail=fail, strip=self.sample.progress)

    # -- a new one ---------------------------------------------------------------------------------------------------------------

    def _make_own(self, filled: Filled) -> None:
        paths.make_private(paths.data_folder())
        suggested = paths.data_folder() / self.words("My division.mtss")
        path = self.asking.where_to_save(self, self.words("Where the new file is kept"), suggested, DATABASES)
        if path is None:
            return
        self.own.busy(True)
        own = Own(path, filled.passphrase, filled.first_year, filled.labels, filled.schools)
        self._run(lambda _: doors.make_own(own), self._made, fail=self._not_made, strip=self.own.progress)

    def _not_made(self, error: Exception) -> None:
        self.own.busy(False)
        if not isinstance(error, Cancelled):
            way = doors.refusal(error)
            self.own.trouble.say(f"{way.message} {way.hint}".strip(), reader=self.own.make)

    def _made(self, opened: Opened) -> None:
        self.own.busy(False)
        self._waits = opened
        self.recovery.begin()
        self._sheet.workspace = opened.workspace
        self.show_page(self.recovery, "own", focus=True)

    # -- the recovery sheet -------------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._waits is not None:
            opened, self._waits = self._waits, None
            self._leave(opened)

    # -- one that is there --------------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        recent = self.preferences.recent_files
        folder = Path(recent[0]).parent if recent else paths.data_folder()
        path = self.asking.which_file(self, self.words("Open a database"), folder, DATABASES)
        if path is not None:
            self._choose(str(path))

    def _choose(self, place: str) -> None:
        """An encrypted file asks for its passphrase; a plain one and a server open at once."""

        def then(encrypted: bool) -> None:
            if encrypted:
                self.show_unlock(place)
            else:
                self._open(Request(place))

        def fail(error: Exception) -> None:
            way = doors.refusal(error)
            if way.kind == "damaged":
                self.show_unlock(place)
                self.unlock.trouble.say(
                    self.words("{what} Type the passphrase to look for a backup that is whole.").format(
                        what=way.message
                    )
                )
            else:
                self._refuse_choice(way, place)

        self.files.trouble.clear()
        self._run(lambda _: doors.is_locked_file(place), then, fail=fail, lane="read")

    def _refuse_choice(self, way: Way, place: str) -> None:
        self.show_page(self.files, "open")
        acts = []
        if place in self.preferences.recent_files:
            acts = [(self.words("Take it off the list"), lambda: self._forget(place))]
        self.files.trouble.say(f"{way.message} {way.hint}".strip(), acts)

    def _forget(self, place: str) -> None:
        self.remembered.use(self.preferences.forgotten(place))
        self.files.trouble.clear()
        self.files.show_files(self.preferences.recent_files)
        self.files.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, request: Request) -> None:
        self.unlock.busy(True)
        then = self._came if request.recovery is None else self._recovered
        self._run(
            partial(doors.open_place, request), then, fail=partial(self._refused, request), strip=self.unlock.progress
        )

    def _came(self, opened: Opened) -> None:
        self.unlock.busy(False)
        self._leave(opened)

    def _recovered(self, opened: Opened) -> None:
        """The sheet's key fits: the file is closed again for its new passphrase."""
        self.unlock.busy(True)

        def then(_: None) -> None:
            self.unlock.busy(False)
            self.unlock.ask_new_passphrase()

        self._run(lambda _: opened.workspace.close(), then)

    def _refused(self, request: Request, error: Exception) -> None:
        self.unlock.busy(False)
        if isinstance(error, Cancelled):
            return
        way = doors.refusal(error)
        if self.page is not self.unlock:  # a plain file or a server, opened from the list
            self._refuse_choice(way, request.place)
        elif way.kind == "damaged":
            self._run(
                lambda _: doors.newest_backup(request),
                partial(self._offer, way),
                strip=self.unlock.progress,
                lane="read",
            )
        else:
            self.unlock.refused(way)
            self.show_part(self.unlock.secret_field)

    def _offer(self, way: Way, found: GoodBackup | None) -> None:
        self.unlock.offer_backup(found, way)

    def _renew(self, request: Request, passphrase: str) -> None:
        self.unlock.busy(True)

        def then(opened: Opened) -> None:
            self.unlock.busy(False)
            self._made(opened)

        self._run(
            lambda progress: doors.renew(request, passphrase, progress),
            then,
            fail=partial(self._refused, request),
            strip=self.unlock.progress,
        )

    def _restore(self, request: Request, backup: Path) -> None:
        self.unlock.busy(True)
        self._run(
            lambda progress: doors.restore(request, backup, progress),
            self._came,
            fail=partial(self._refused, request),
            strip=self.unlock.progress,
        )

    # -- leaving ------------------------------------------------------------------------------------------------------------------

    def _leave(self, opened: Opened) -> None:
        for name in ("unlock", "own"):
            if name in self.__dict__:  # a page that was never made keeps no secret
                getattr(self, name).forget()
        location = opened.workspace.location
        if not location.is_server:
            self.remembered.use(self.preferences.opened(str(location.file)))
        self.opened.emit(opened)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A new file that waits for its sheet is closed whole; the sheet can be made another day."""
        if self._waits is not None:
            self._waits.workspace.close()
            self._waits = None
        super().closeEvent(event)
        self.closed.emit()

    # -- drops --------------------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A database opens; any other file is a list of schools."""
        path = _file(event.mimeData())
        if path is None or self._waits is not None:
            return
        event.acceptProposedAction()
        if path.suffix.casefold() == ".mtss":
            self._choose(str(path))
        else:
            self.show_page(self.own, "own")
            self.own.take_file(path)


def _file(data: QMimeData) -> Path | None:
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
