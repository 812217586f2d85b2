"""The start screen: three ways in at the left, what the chosen one asks at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QFont, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from mtss_desktop.app.jobs import Jobs, Lane
from mtss_desktop.app.settings import Preferences
from mtss_desktop.base import paths
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.asking import DATABASES, PDFS, Asking, SystemDialogs
from mtss_desktop.ui.kit.layouts import box, column, scrolling
from mtss_desktop.ui.kit.progress_strip import ProgressStrip
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.start_screen import doors
from mtss_desktop.ui.start_screen.choices import Choice, Choices
from mtss_desktop.ui.start_screen.doors import GoodBackup, Own, Request, Way
from mtss_desktop.ui.theme import FocusRing, look

if TYPE_CHECKING:
    from mtss_desktop.app.opening import Opened
    from mtss_desktop.ui.start_screen.open_page import FilesPage, UnlockPage
    from mtss_desktop.ui.start_screen.own_page import Filled, OwnPage
    from mtss_desktop.ui.start_screen.recovery_page import RecoveryPage
    from mtss_desktop.ui.start_screen.sample_page import SamplePage

    Page = SamplePage | OwnPage | FilesPage | UnlockPage | RecoveryPage
    AnyPage = TypeVar("AnyPage", bound=Page)

T = TypeVar("T")
SMALLEST = (1024, 640)
WIDE = 920
"""Width of the two columns side by side, in pixels at 100 %; below it they stand one under the other."""


_WIDEST = 16_777_215  # Qt's own "no limit"


class Lead(QLabel):
    """The line under the title, in the size of a heading and the weight of running text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "soft")
        self.setWordWrap(True)
        self._dress()
        look().changed.connect(self._dress)

    def _dress(self) -> None:
        font = look().font("heading")
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)


def _choices(words: Words) -> tuple[Choice, ...]:
    return (
        Choice(
            "sample",
            words("Try the sample division"),
            words("Three schools, fourteen teams, two years.\nRehearse a meeting, then reset."),
            "ph.play",
        ),
        Choice(
            "own",
            words("Start my own"),
            words("A passphrase, the school year, your schools.\nAbout four minutes."),
            "ph.plus",
        ),
        Choice(
            "open",
            words("Open what I have"),
            words("A file from this computer, a USB stick, or a server."),
            "ph.folder",
        ),
    )


class StartWindow(QWidget):
    """``opened`` carries an ``Opened`` once a database may be shown; ``painted`` comes after the first painting."""

    opened = Signal(object)
    painted = Signal()
    closed = Signal()

    def __init__(
        self,
        jobs: Jobs,
        remembered: Remembered,
        *,
        asking: Asking | None = None,
        words: Words = ENGLISH,
    ) -> None:
        super().__init__()
        self.jobs, self.remembered, self.words = jobs, remembered, words
        self.asking: Asking = asking or SystemDialogs()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("MTSS Desktop")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._was_painted = False
        self._waits: Opened | None = None
        self.choices = Choices(_choices(words), words("Ways to start"))
        self._deck_pages: list[Page] = []
        self._deck_layout = column()
        self.page: Page | None = None
        self._build()
        self.choices.picked.connect(self._pick)
        self.choices.entered.connect(self._enter)
        FocusRing(self)
        look().changed.connect(self._arrange)

    @property
    def preferences(self) -> Preferences:
        return self.remembered.value

    # -- layout ---------------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        words, space = self.words, look().measures.space
        self._head = box(
            column(
                label("MTSS Desktop", "title"),
                Lead(words("For the coach of the teams. Everything stays on this computer, in one encrypted file.")),
                spacing=look().px(2),
            )
        )
        self._note = box(
            column(
                label(words("No student names are needed"), "medium"),
                Prose(
                    words(
                        "A new file counts students and never lists them. A file made for counts stays so; for names make another file."
                    )
                ),
            )
        )
        self._left = box(column(self.choices, space.s3, self._note, None))
        self._deck = box(self._deck_layout)
        self._line = hairline(Qt.Orientation.Vertical, "rule")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._line)
        self._columns.addWidget(self._deck, 1)
        self._foot = box(
            column(
                Prose(
                    words(
                        "Nothing is sent anywhere. If the passphrase and the recovery sheet are both lost, nobody can open the file."
                    ),
                    "caption",
                    "ink_faint",
                )
            )
        )
        self._gap = column(self._head)
        self._inside = column(self._gap, self._columns, None, space.s3, self._foot)
        self._content = box(self._inside)
        self._scroll = scrolling(self._content, words("Start"))
        self.setLayout(column(self._scroll))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns in the middle of the window; one under the other where there is no room for both.

        A card's words stand on the text edge, so the card itself reaches 16 pixels into the margin.
        """
        px = look().px
        wide = self.width() >= px(WIDE) + 2 * px(40)
        tall = self.height() >= px(720)
        out = px(16)
        side = (self.width() - px(WIDE)) // 2 - out if wide else px(24) - out
        self._inside.setContentsMargins(side, px(72) if tall else px(24), side + out, px(24) if tall else px(12))
        self._gap.setContentsMargins(out, 0, 0, px(40) if tall and wide else px(24))
        for part in (self._note, self._foot):
            part.setContentsMargins(out, 0, 0, 0)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(px(56) if wide else px(24))
        self._deck.setContentsMargins(0 if wide else out, 0, 0, 0)
        self._line.setVisible(wide)
        self._note.setVisible(wide)
        self._left.setMinimumWidth(px(416) if wide else 0)
        self._left.setMaximumWidth(px(416) if wide else _WIDEST)

    # -- pages ------------------------------------------------------------------------------------------------------------------

    def show_page(self, page: Page, choice: str, *, focus: bool = False) -> None:
        """One page at the right; the choice it belongs to is marked."""
        self.page = page
        for each in self._deck_pages:
            each.setVisible(each is page)
        self.choices.choose(choice)
        waits = self._waits is not None
        self.choices.allow(not waits, self.words("The recovery sheet comes first") if waits else "")
        if focus:
            self._enter()

    def _enter(self) -> None:
        if self.page is not None:
            self.page.first_field().setFocus(Qt.FocusReason.TabFocusReason)

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

        page = self._added(RecoveryPage(self.words))
        page.print_wanted.connect(self._print_sheet)
        page.save_wanted.connect(self._save_sheet)
        page.finished.connect(self._go_on)
        return page

    # -- after the first painting ---------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

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
        if not path.suffix:
            path = path.with_name(f"{path.name}.mtss")
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
        self.show_page(self.recovery, "own", focus=True)

    # -- the recovery sheet -------------------------------------------------------------------------------------------------------

    def _save_sheet(self) -> None:
        if self._waits is None:
            return
        workspace = self._waits.workspace
        suggested = workspace.location.file.with_name(
            self.words("Recovery sheet {name}.pdf").format(name=workspace.location.name)
        )
        path = self.asking.where_to_save(self, self.words("Where the recovery sheet is saved"), suggested, PDFS)
        if path is not None:
            self._run(
                lambda _: doors.recovery_pdf(workspace, path, self.words),
                lambda done: self.recovery.made(
                    self.words(
                        "Saved as {file}. Print it, then delete the file: whoever has it can open yours."
                    ).format(file=done.name)
                ),
                fail=self._no_sheet,
                strip=self.recovery.progress,
                lane="pool",
            )

    def _print_sheet(self) -> None:
        if self._waits is None:
            return
        from mtss_desktop.ui.start_screen import paper

        try:
            if paper.print_sheet(self, doors.recovery_document(self._waits.workspace), self.words):
                self.recovery.made(self.words("Sent to the printer. Look at the page before you go on."))
        except UserError as error:
            self.recovery.failed(str(error))

    def _no_sheet(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            way = doors.refusal(error)
            self.recovery.failed(f"{way.message} {way.hint}".strip())

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
        if path.suffix == ".mtss":
            self._choose(str(path))
        else:
            self.show_page(self.own, "own")
            self.own.take_file(path)


def _file(data: QMimeData) -> Path | None:
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
