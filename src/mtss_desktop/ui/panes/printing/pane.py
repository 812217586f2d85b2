"""The room of paper: choose, look at the real pages, save, print, copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from mtss_desktop.app import printing
from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.printing import Made, SchoolPaper
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.paths import completed
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words, said
from mtss_desktop.documents.pages import Checks
from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import PDFS
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.document_preview import DocumentPreview
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.formatted import mime
from mtss_desktop.ui.kit.layouts import Pages, ScrollPage, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane, Room
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.kit.texts import announce, hairline
from mtss_desktop.ui.panes.printing.choices import ChoicesView, Offer
from mtss_desktop.ui.panes.printing.paper_list import PaperList, in_groups
from mtss_desktop.ui.panes.printing.words import (
    PACKET,
    checked_words,
    file_name,
    for_whom,
    group_of,
    header_words,
    is_closed,
    looks_back,
    saved_words,
)
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import builder, instruments, papers, places, rating_sheet, series, teams
from mtss_desktop.usecases.papers import Needs, PaperKind

if TYPE_CHECKING:
    from mtss_desktop.ui.panes.printing.printer import PaperDialogs

LIST = 280
"""Width of the list in pixels at 100 %: its longest title also fits where it is chosen, and so bold."""
COLUMNS_FROM = 860
"""Width of the page in pixels at 100 % from which on list, pages and choices stand side by side."""
_REACH = timedelta(days=400)
"""How far around today meetings are offered."""


RATING = "rating:"
"""How a link names the rating a document is about."""


@dataclass(frozen=True)
class Asked:
    """What pages were asked for: the answer to another question is not shown."""

    name: str
    scope: papers.Scope


def read_offer(workspace: Workspace, place_id: str, _progress: Progress) -> Offer:
    """Runs in the read lane."""
    today = workspace.ask(places.today)
    everywhere = workspace.ask(places.places)
    return Offer(
        workspace.ask(papers.catalogue),
        workspace.ask(teams.cards, place_id=place_id),
        workspace.ask(series.between, first=today - _REACH, last=today + _REACH, place_id=place_id),
        tuple(place for place in everywhere if place.kind is not OrganizationKind.DIVISION),
        read_instruments(workspace),
        workspace.ask(rating_sheet.list_),
        today,
    )


def read_instruments(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """What a form can be printed of: those the program brings, then our own."""
    brought = [(each.key, f"{each.title} {each.version}") for each in workspace.ask(instruments.shipped)]
    own = [(str(each.id), f"{each.title} {each.version}") for each in workspace.ask(builder.own)]
    return (*brought, *own)


def make_pages(workspace: Workspace, asked: Asked, progress: Progress) -> Made:
    """Runs in the pool."""
    return printing.made(workspace, asked.name, asked.scope, progress)


class PrintingPane(Pane):
    """Documents, pages and choices; pages are made again when what they say has changed."""

    room: ClassVar[Room] = Room("print", "Print", "ph.printer", "In and out", "Ctrl+P", "print")
    topics: ClassVar[frozenset[Topic]] = frozenset(Topic)

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self._offer = Offer()
        self._name = ""
        self._meeting: str | None = None
        self._asked: Asked | None = None
        self._made: Made | None = None
        self._making: Progress | None = None
        self._waiting: list[Callable[[Made], object]] = []
        self._problem_way: Callable[[], None] | None = None
        self.save_button = Button(words("Save PDF"), self.save, size="large", icon_name="ph.file")
        self.print_button = Button(words("Print"), self.print_pages, kind="primary", icon_name="ph.printer")
        self.more = Button(words("More"), size="large", caret=True)
        self._more_menu = QMenu(self.more)
        self._more_menu.aboutToShow.connect(self._fill_more)
        self.more.setMenu(self._more_menu)
        self.header = PageHeader(words("Print"), [self.more, self.save_button, self.print_button])
        self.list = PaperList(words)
        self.switch = Choice(name=words("Document"))
        self.tabs = Segmented([("pages", words("Pages")), ("choices", words("Choices"))], words("View"))
        self.preview = DocumentPreview(self._in_pool, words)
        self.problem = EmptyState("", "", " ", self._mend)
        self._build()
        self._connect()

    def _build(self) -> None:
        space = look().measures.space
        self._middle = Pages()
        self._side = ScrollPage()
        self._switch_row = box(
            row(self.switch, None, self.tabs, spacing=space.s2, margins=(space.s3, 0, space.s3, space.s1))
        )
        self._lines = (hairline(Qt.Orientation.Vertical), hairline(Qt.Orientation.Vertical))
        self._columns = row(self.list, self._lines[0], self._middle, self._lines[1], self._side)
        self._columns.setStretch(2, 1)
        layout = column(self.header, self.progress, self._switch_row)
        layout.addLayout(self._columns, 1)
        self.setLayout(layout)
        self._middle.addWidget(self.preview)
        self._middle.addWidget(box(column(self.problem, None, margins=(space.s3, 0, space.s3, 0))))
        tab_in_reading_order(self)
        self._fold()
        look().changed.connect(self._fold)

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose_paper)
        self.switch.chosen_changed.connect(self.choose_paper)
        self.tabs.picked.connect(lambda _: self._fold())
        self.preview.turned.connect(self._say_page)

    @cached_property
    def asking(self) -> PaperDialogs:
        """What Qt needs to print is loaded with the first question."""
        from mtss_desktop.ui.panes.printing.printer import SystemPaperDialogs

        return SystemPaperDialogs()

    @cached_property
    def choices(self) -> ChoicesView:
        """Made in a quiet moment, or with the first document that is shown: it is as large as all else in the room."""
        made = ChoicesView(self.words)
        made.changed.connect(self._make)
        self._side.hold(made, self.words("Choices"))
        tab_in_reading_order(self)
        return made

    def prepare(self) -> None:
        self.choices.updateGeometry()

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.background(partial(read_offer, self.workspace, self.scope.place_id), self._show_offer)

    def _show_offer(self, offer: Offer) -> None:
        hidden = self.scope.names is Names.OFF
        kinds = tuple(kind for kind in offer.kinds if not (hidden and Needs.STUDENT in kind.takes))
        self._offer = replace(offer, kinds=kinds)
        self.list.show_kinds(kinds)
        self.switch.offer([(kind.name, self.words(kind.title)) for kind in in_groups(kinds)], self._name)
        self.choices.show_offer(self._offer, self.scope.place_id)
        if self._made is not None and all(kind.name != self._made.name for kind in kinds):
            self._made = None
            self.preview.forget()
        if self._kind is None and kinds:
            self._name = in_groups(kinds)[0].name
        self._asked = None
        self._show_kind()

    @property
    def _kind(self) -> PaperKind | None:
        return next((kind for kind in self._offer.kinds if kind.name == self._name), None)

    @property
    def record_id(self) -> str:
        meeting = self.choices.meeting.value if self._kind is not None and Needs.MEETING in self._kind.takes else ""
        return f"{self._name}:{meeting}" if meeting else self._name

    def open_record(self, record_id: str) -> None:
        """``document`` or ``document:id``, what it is about: the id of a meeting, a school or an instrument, ``rating:`` and the id of
        a rating, or the number of a student.
        """
        name, _, about = record_id.partition(":")
        self._name, self._meeting = name, about
        if self._offer.kinds and self._kind is None:  # of a single student, while names are off
            self._name = self._asked.name if self._asked is not None else ""
            self.noticed.emit(Notice(self.words("This document is not offered while names are off."), tone="danger"))
        elif self._offer.kinds:
            self._show_kind()

    def choose_paper(self, name: str) -> None:
        """Another document, of what is chosen already."""
        if name != self._name:
            self._name = name
            self._show_kind()

    def _show_kind(self) -> None:
        kind = self._kind
        if kind is None:
            return
        self.list.choose(kind.name)
        self.switch.choose(kind.name)
        about, self._meeting = self._meeting, None
        if about and Needs.STUDENT in kind.takes:
            self.choices.student.setText(about)
        elif about and about.startswith(RATING):
            self.choices.show_kind(kind)
            self.choices.choose_rating(about.removeprefix(RATING))
        elif about and Needs.INSTRUMENT in kind.takes:
            self.choices.show_kind(kind)
            self.choices.choose_instrument(about)
        elif about and Needs.SCHOOL in kind.takes:
            self.choices.school.choose(about)
        self.choices.show_kind(kind, about if Needs.MEETING in kind.takes else None)
        self._make()

    # -- pages --------------------------------------------------------------------------------------------------------

    def _in_pool(
        self,
        work: Callable[[Progress], object],
        then: Callable[[object], None],
        *,
        fail: Callable[[Exception], None] | None = None,
    ) -> Progress:
        return self.background(work, then, fail=fail, lane="pool", what=self.words("Drawing pages"))

    def _make(self) -> None:
        """Asks for the pages of what is chosen; the pages of before stay until these are there."""
        asked = Asked(self._name, self.choices.scope())
        if asked == self._asked:
            return
        if self._making is not None:
            self._making.cancel()
        self._asked = asked
        self.actions_changed.emit()
        self._making = self.background(
            partial(make_pages, self.workspace, asked),
            partial(self._came, asked),
            fail=partial(self._refused, asked),
            lane="pool",
            what=self.words("Making the pages"),
        )

    def _came(self, asked: Asked, made: Made) -> None:
        if asked is not self._asked:
            return
        other = self._made is None or self._made.name != made.name
        self._made = made
        title = self._title()
        self.header.say(title, header_words(self.words, made))
        self.choices.say(for_whom(self.words, made), "", closed=is_closed(made))
        self._middle.setCurrentIndex(0)
        self.preview.show_pdf(made.data, made.sizes, title, number=0 if other else None)
        self._in_pool(lambda _progress: printing.checked(made), partial(self._say_checked, made))
        self._allow()
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each(made)

    def _title(self) -> str:
        kind = self._kind
        return self.words(kind.title) if kind is not None else self.words("Print")

    def _say_checked(self, made: Made, checks: object) -> None:
        if made is self._made and isinstance(checks, Checks):
            good = checks.tagged and not checks.faint
            text = checked_words(self.words, checks)
            self.choices.say(for_whom(self.words, made), text, closed=is_closed(made), good=good)

    def _say_page(self, _number: int) -> None:
        announce(self.preview.page, self.preview.page.accessibleName())

    def _refused(self, asked: Asked, error: Exception) -> None:
        """No pages: why, and the way to mend it. Pages of something else would mislead, so they go."""
        if asked is not self._asked:
            return
        self._waiting.clear()
        if isinstance(error, Cancelled):
            self._asked = None
            return
        if not isinstance(error, UserError):
            raise error
        self._made = None
        words = self.words
        self.header.say(self._title(), words("There are no pages for this choice yet."))
        self.choices.say("", "")
        label, self._problem_way = self._way_out()
        self.problem.say(words(error.message), words(error.hint), label)
        self._middle.setCurrentIndex(1)
        self._allow()
        announce(self.problem, str(error))

    def _way_out(self) -> tuple[str, Callable[[], None] | None]:
        """The room where what is missing can be made, and the words of its button."""
        kind, words = self._kind, self.words
        if kind is None:
            return "", None
        if Needs.MEETING in kind.takes:
            label = words("Go to meetings") if looks_back(kind) else words("Plan a meeting")
            ways: tuple[tuple[str, str], ...] = (("meetings", ""), ("teams", self.choices.team.value))
        elif group_of(kind) == "Look-fors":
            label, ways = words("Go to look-fors"), (("lookfors", ""),)
        elif group_of(kind) == "Evidence":
            label, ways = words("Go to data"), (("data", ""), ("import", ""))
        elif Needs.PERIOD in kind.takes:
            label, ways = words("Go to schools"), (("schools", ""),)
        else:
            label, ways = words("Add teams"), (("teams", ""),)
        way = self.way_to(*ways)
        if way is not None and "meetings" not in self.rooms and Needs.MEETING in kind.takes:
            label = words("Go to teams")
        return (label, way) if way is not None else ("", None)

    def _mend(self) -> None:
        if self._problem_way is not None:
            self._problem_way()

    def _allow(self) -> None:
        reason = self._needs_pages()
        for button in (self.save_button, self.print_button, self.more):
            button.allow(not reason, reason)
        self.actions_changed.emit()

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words, needs = self.words, self._needs_pages
        return (
            Action("print", words("Print…"), self.print_pages, "ph.printer", primary=True, why_not=needs),
            Action("save", words("Save PDF…"), self.save, "ph.file", "Ctrl+S", why_not=needs),
            Action("copy", words("Copy as formatted text"), self.copy, "ph.copy", "Ctrl+Shift+C", why_not=needs),
            Action("all", words("Save for every school…"), self.save_all, "ph.folder", why_not=self._needs_schools),
            Action("width", self._width_words(), self.toggle_width, "ph.magnifying-glass", why_not=needs),
            Action("filter", words("Filter documents"), self.focus_filter, "ph.magnifying-glass", "Ctrl+F"),
        )

    def _needs_pages(self) -> str:
        return "" if self._made is not None else self.words("There are no pages for this choice yet")

    def _needs_schools(self) -> str:
        if self._kind is None or Needs.SCHOOL not in self._kind.takes or Needs.STUDENT in self._kind.takes:
            return self.words("This document is not about one school")
        return "" if len(self._offer.schools) > 1 else self.words("There is only one school")

    def _fill_more(self) -> None:
        self._more_menu.clear()
        for act in self.acts()[2:5]:
            entry = self._more_menu.addAction(act.label)
            entry.setEnabled(not act.why_not())
            entry.triggered.connect(lambda _checked=False, act=act: act.run())

    def _when_made(self, then: Callable[[Made], object]) -> None:
        """With the pages of what is chosen now: at once, or when they are there."""
        if self._made is not None and self._asked == Asked(self._made.name, self._made.scope):
            then(self._made)
        elif self._asked is not None:
            self._waiting.append(then)
        else:
            self._waiting.append(then)
            self._make()

    def save(self) -> None:
        """Asks where, then writes the very pages that are shown."""
        self._when_made(self._save)

    def _save(self, made: Made) -> None:
        name = file_name(made, self.choices.place_words(), self._offer.today)
        path = self.asking.where_to_save(self, self.words("Save PDF"), Path.home() / name, PDFS)
        if path is None:
            return
        target = completed(path, ".pdf")
        self._in_pool(lambda _progress: printing.save(made, target), partial(self._saved, made))

    def _saved(self, made: Made, path: object) -> None:
        if isinstance(path, Path):
            self.noticed.emit(Notice(self.words("Saved as {name}").format(name=path.name)))
            self._note_packet(made)

    def _note_packet(self, made: Made) -> None:
        """Today need not ask for a packet that was printed or saved."""
        if made.name == PACKET and self.workspace.can_write:
            self.do(papers.packet_made, meeting_id=made.scope.meeting, team_id=made.scope.team)

    def save_all(self) -> None:
        """The chosen document once for each school, into a folder."""
        if self._needs_schools():
            return
        folder = self.asking.which_folder(self, self.words("Folder for the papers"))
        if folder is None:
            return
        name, scope, schools = self._name, self.choices.scope(), self._offer.schools
        self._in_pool(
            lambda progress: printing.write_for_schools(self.workspace, name, schools, folder, scope, progress),
            self._saved_all,
        )

    def _saved_all(self, done: object) -> None:
        papers_done: Sequence[SchoolPaper] = done if isinstance(done, tuple) else ()
        tone = "success" if any(each.path for each in papers_done) else "danger"
        self.noticed.emit(Notice(saved_words(self.words, papers_done), tone=tone))

    def copy(self) -> None:
        """Formatted and plain on the clipboard."""
        self._when_made(lambda made: self._in_pool(lambda _progress: printing.html(self.workspace, made), self._copied))

    def _copied(self, page: object) -> None:
        QGuiApplication.clipboard().setMimeData(mime(str(page)))
        self.noticed.emit(Notice(self.words("Copied. Paste it into a mail or a document.")))

    def print_pages(self) -> None:
        """Through the system's dialog."""
        self._when_made(self._print)

    def _print(self, made: Made) -> None:
        from mtss_desktop.ui.panes.printing.printer import numbers_for, send

        try:
            title, two = self._title(), made.document.two_sided
            printer = self.asking.which_printer(self, title, len(made.sizes), two_sided=two)
        except UserError as error:
            self.failed(error)
            return
        if printer is None:
            return
        numbers = numbers_for(printer, len(made.sizes), self.preview.number)
        self._in_pool(partial(send, printer, made.data, made.sizes, numbers), partial(self._printed, made))

    def _printed(self, made: Made, count: object) -> None:
        text = said("{n} page sent to the printer", many="{n} pages sent to the printer", count="n", n=count)
        self.noticed.emit(Notice(self.words.say(text)))
        self._note_packet(made)

    def _width_words(self) -> str:
        return self.words("Show the whole page") if self.preview.page.full_width else self.words("Show at full width")

    def toggle_width(self) -> None:
        self.preview.page.use_full_width(not self.preview.page.full_width)
        self.actions_changed.emit()

    def focus_filter(self) -> None:
        target: QWidget = self.switch if self.list.isHidden() else self.list.filter
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- size ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self.list.list.scrollTo(self.list.list.currentIndex())

    def _fold(self) -> None:
        """Three columns where they fit; else the list is a field, and pages and choices are two views."""
        wide = self.width() >= look().px(COLUMNS_FROM)
        self.list.setVisible(wide)
        self._lines[0].setVisible(wide)
        self._lines[1].setVisible(wide)
        self._switch_row.setVisible(not wide)
        self._middle.setVisible(wide or self.tabs.chosen == "pages")
        self._side.setVisible(wide or self.tabs.chosen == "choices")
        self.list.setFixedWidth(look().px(LIST))
        if wide:
            self._side.setFixedWidth(look().px(264))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)

    def columns(self) -> tuple[QWidget, ...]:
        shown = self._middle.currentIndex() == 0
        page: QWidget = self.preview.page if shown else self.problem.button
        stops: tuple[QWidget, ...] = (
            self.switch if self.list.isHidden() else self.list.list,
            page,
            self.choices.paper,
        )
        return tuple(stop for stop in stops if stop.isVisible())
