"""Instruments of one's own: all that are there, and the one in the making."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import said
from mtss_desktop.domain.instrument_lists import ReadList
from mtss_desktop.domain.ratings import InstrumentVersionId, VersionState
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import TABLES, Asking
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import Pages, column, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.lookfors.builder_view import BuilderView
from mtss_desktop.ui.panes.lookfors.lists_view import SHIPPED, ListLine, ListsView, list_lines
from mtss_desktop.ui.panes.lookfors.open_draft import OpenDraft, default_name, written
from mtss_desktop.usecases import builder, instruments
from mtss_desktop.usecases.builder import DraftView

PACKS = "Lists (*.toml)"
LISTS = TABLES.replace(" *.zip", "")


@dataclass(frozen=True)
class AllLists:
    """What the first page shows."""

    lines: tuple[ListLine, ...]


@dataclass(frozen=True)
class OpenedList:
    """A list with the texts of it that waited in the typing file, by place and fact."""

    view: DraftView
    typed: dict[str, dict[str, str]]


def read_lists(workspace: Workspace, _progress: object) -> AllLists:
    """All instruments."""
    return AllLists(list_lines(workspace.ask(builder.own), workspace.ask(instruments.shipped)))


def read_draft(workspace: Workspace, list_id: str, first: bool, _progress: object) -> OpenedList:
    """One list, and at the ``first`` look what an earlier evening left."""
    view = workspace.ask(builder.draft, InstrumentVersionId(list_id))
    typed: dict[str, dict[str, str]] = {}
    waiting = workspace.typing.pending() if first and workspace.can_write else ()
    for each in waiting:
        head, place, fact = _parts(each.key)
        if head == "instrument" and place.startswith(list_id):
            typed.setdefault(place, {})[fact] = each.text
    return OpenedList(view, typed)


def _parts(key: str) -> tuple[str, str, str]:
    """instrument, what it is about (a list, an item or section of it), the fact."""
    head, _, rest = key.partition(":")
    place, _, fact = rest.rpartition(":")
    return head, place, fact


class InstrumentsPage(QWidget):
    """``left`` goes back to the ratings; everything else stays in here."""

    left = Signal()
    moved = Signal()
    """Another list, or another place in it."""

    def __init__(self, pane: Pane, typing: TypingFile, asking: Callable[[], Asking]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._pane, self._asking = pane, asking
        words = pane.words
        self.draft = OpenDraft(pane)
        self.list_id = ""
        self._looked: set[str] = set()
        self._at = ""
        self.to_ratings = Button(words("All look-fors"), self.left.emit, kind="quiet", icon_name="ph.arrow-left")
        self.to_lists = Button(words("All instruments"), self.go_to_lists, kind="quiet", icon_name="ph.arrow-left")
        self.new = Button(words("New list"), self.make, kind="primary", icon_name="ph.plus")
        self.try_it = Button(words("Try it"), self._try, size="large")
        self.edit = Button(words("Change it"), self.change_open, size="large")
        self.ready = Button(words("Ready to use"), self.make_ready, kind="primary", icon_name="ph.check")
        self.header = PageHeader(
            words("Instruments"), [self.to_ratings, self.to_lists, self.try_it, self.edit, self.new, self.ready]
        )
        self.lists = ListsView(words, self._list_acts())
        self.building = BuilderView(words, typing, self.draft)
        self._pages = Pages()
        self._pages.addWidget(self.lists)
        self._pages.addWidget(self.building)
        whole = column(self.header, self._pages)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.lists.opened.connect(self._open_line)
        self.lists.deleted.connect(lambda _: self.remove())
        self.lists.chosen.connect(self._offer)
        self.building.file_wanted.connect(self.add_from_file)
        self.building.changed_place.connect(self.moved)
        self._dress()
        tab_in_reading_order(self)

    OPEN, COPY, CHANGE = "Open", "Copy it", "Change it"
    RETIRE, TAKE_UP, REMOVE = "Retire it", "Take it up again", "Remove it"
    GIVE, TAKE, FILE = "Give it to others", "Take one from a file", "New from a spreadsheet"

    def _list_acts(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        return (
            (self.OPEN, self._open_current), (self.COPY, self.copy), (self.CHANGE, self.change_current),
            (self.RETIRE, self.retire), (self.TAKE_UP, self.take_up), (self.REMOVE, self.remove),
            (self.GIVE, self.give), (self.TAKE, self.take), (self.FILE, self.make_from_file),
        )  # fmt: skip

    # -- what is shown ------------------------------------------------------------------------------------------------

    def open(self, list_id: str = "", *, item: str = "") -> None:
        """All instruments, or one list at an item."""
        self.leave()
        self.list_id, self._at = list_id, item
        self._dress()
        self.refresh()

    def go_to_lists(self) -> None:
        was = self.list_id
        self.leave()
        self.list_id = ""
        self._at = was
        self._dress()
        self.refresh()
        self.moved.emit()

    def refresh(self) -> None:
        pane = self._pane
        if not self.list_id:
            pane.background(partial(read_lists, pane.workspace), self._show_lists)
            return
        first = self.list_id not in self._looked
        self._looked.add(self.list_id)
        pane.background(partial(read_draft, pane.workspace, self.list_id, first), self._show_draft, fail=self._gone)

    def _show_lists(self, found: AllLists) -> None:
        if self.list_id:
            return
        at, self._at = self._at, ""
        self.lists.show_lines(found.lines, at=at)
        self._dress()
        self._pane.actions_changed.emit()

    def _show_draft(self, found: OpenedList) -> None:
        if found.view.id != self.list_id:
            return
        self.draft.view = found.view
        at, self._at = self._at, ""
        opened = self._pages.currentWidget() is not self.building
        self._pages.setCurrentWidget(self.building)
        self.building.show_draft(found.view, at=at)
        if found.typed:
            self.building.bring_back(found.typed)
        self._dress()
        self._pane.actions_changed.emit()
        if opened and self.isVisible():
            self.building.to_outline() if found.view.instrument.items else self.building.to_form()

    def _gone(self, error: Exception) -> None:
        """The list was removed, here by Undo or by somebody else."""
        if not isinstance(error, UserError):
            self._pane.failed(error)
            return
        self.go_to_lists()

    def _dress(self) -> None:
        words, is_open = self._pane.words, bool(self.list_id)
        can_write = self._pane.workspace.can_write
        view = self.draft.view if is_open else None
        self.to_ratings.setVisible(not is_open)
        self.to_lists.setVisible(is_open)
        self.new.setVisible(not is_open and can_write)
        self.try_it.setVisible(view is not None)
        self.edit.setVisible(view is not None and not view.changeable and can_write)
        self.ready.setVisible(view is not None and view.changeable and can_write)
        self.ready.setEnabled(view is not None and not view.holds_up)
        if not is_open:
            self._pages.setCurrentWidget(self.lists)
            told = words(
                "Lists of your own, and those the program brings. Ratings keep the version they were made with."
            )
            self.header.say(words("Instruments"), told)
        elif view is not None:
            self.header.say(view.instrument.title, self._sentence(view))

    def _sentence(self, view: DraftView) -> str:
        words = self._pane.words
        version = words("version {n}").format(n=view.instrument.version)
        state = {
            VersionState.DRAFT: words("Own list, {version}, draft"),
            VersionState.READY: words("Own list, {version}, ready to use"),
            VersionState.RETIRED: words("Own list, {version}, retired"),
        }[view.state].format(version=version)
        rated = words.say(said("rated with once", many="rated with {n} times", count="n", n=view.uses))
        return f"{state} · {rated if view.uses else words('nothing is rated with it yet')}"

    def leave(self) -> None:
        self.building.leave()

    @property
    def record_id(self) -> str:
        item = self.building.item_number if self.list_id else ""
        return ":".join(part for part in (self.list_id, item) if part)

    def columns(self) -> tuple[QWidget, ...]:
        return self.building.columns() if self.list_id else (self.lists.table,)

    # -- acts on a chosen one -----------------------------------------------------------------------------------------

    def _offer(self) -> None:
        line, can_write = self.lists.table.current, self._pane.workspace.can_write
        own = line is not None and not line.is_shipped
        state = line.state if line is not None else None
        self.lists.offer(
            {
                self.OPEN: own,
                self.COPY: line is not None and can_write,
                self.CHANGE: own and state is not VersionState.DRAFT and can_write,
                self.RETIRE: state is VersionState.READY and can_write,
                self.TAKE_UP: state is VersionState.RETIRED and can_write,
                self.REMOVE: own and can_write and line is not None and not line.uses,
                self.GIVE: own,
                self.TAKE: can_write,
                self.FILE: can_write,
            }
        )

    def _own(self) -> InstrumentVersionId | None:
        line = self.lists.table.current
        return InstrumentVersionId(line.id) if line is not None and not line.is_shipped else None

    def _open_line(self, line: ListLine) -> None:
        if line.is_shipped:
            self.copy()
        else:
            self.open(line.id)
            self.moved.emit()

    def _open_current(self) -> None:
        line = self.lists.table.current
        if line is not None:
            self._open_line(line)

    def _opened(self, made: str) -> None:
        self.open(made)
        self.moved.emit()

    def make(self) -> None:
        self.draft.act(builder.make, self._opened, title=self._pane.words("New list"))

    def copy(self) -> None:
        line = self.lists.table.current
        if line is not None:
            self.draft.act(builder.copy, self._opened, of=line.id.removeprefix(SHIPPED))

    def change_current(self) -> None:
        own = self._own()
        if own is not None:
            self.draft.act(builder.edit, self._opened, instrument_id=own)

    def change_open(self) -> None:
        self.draft.act(builder.edit, self._opened, instrument_id=self.draft.id)

    def retire(self) -> None:
        own = self._own()
        if own is not None:
            self.draft.act(builder.retire, said=self._pane.words("The list is retired"), instrument_id=own)

    def take_up(self) -> None:
        own = self._own()
        if own is not None:
            self.draft.act(builder.take_up, instrument_id=own)

    def remove(self) -> None:
        own = self._own()
        if own is not None:
            self.draft.act(builder.remove, said=self._pane.words("The list is removed"), instrument_id=own)

    def make_ready(self) -> None:
        self.leave()
        if self.draft.view is not None:
            self.draft.act(
                builder.make_ready, said=self._pane.words("The list is ready to use"), instrument_id=self.draft.id
            )

    def _try(self) -> None:
        self.building.try_it()

    # -- files --------------------------------------------------------------------------------------------------------

    def _which(self, kinds: str) -> Path | None:
        return self._asking().which_file(self, self._pane.words("Choose a list"), Path.home(), kinds)

    def give(self) -> None:
        """Without any rating: labels, scale and rules."""
        own, pane = self._own(), self._pane
        line = self.lists.table.current
        if own is None or line is None:
            return
        path = self._asking().where_to_save(
            self, pane.words("Give the list to others"), Path.home() / default_name(line.title), PACKS
        )
        if path is None:
            return

        def write(content: str) -> None:
            wrong = written(path, content)
            told = pane.words("The list is in {name}; it holds no rating").format(name=path.name)
            pane.noticed.emit(Notice(wrong, tone="danger") if wrong else Notice(told))

        pane.ask(builder.text, write, instrument_id=own)

    def take(self) -> None:
        path = self._which(PACKS)
        if path is None:
            return
        try:
            content = builder.read_file(path)
        except UserError as error:
            self.draft.refuse(str(error))
            return
        self.draft.act(builder.take, self._opened, content=content)

    def make_from_file(self) -> None:
        """A new list from a spreadsheet or text file."""
        path = self._which(LISTS)
        if path is not None:
            title = path.stem.replace("_", " ").strip() or self._pane.words("New list")
            self.draft.act(builder.make_from_file, partial(self._read_in, path), title=title, file=str(path))

    def add_from_file(self) -> None:
        path = self._which(LISTS)
        if path is not None:
            self.draft.change(builder.add_list, lambda _: self._tell_unread(path), file=str(path))

    def _read_in(self, path: Path, made: str) -> None:
        self._opened(made)
        self._tell_unread(path)

    def _tell_unread(self, path: Path) -> None:
        """Lines that hold text and no label are said, so that nothing is missed."""

        def tell(read: ReadList) -> None:
            words = self._pane.words
            if read.unread:
                lines = ", ".join(str(line) for line, _ in read.unread[:5])
                told = words.say(
                    said(
                        "{n} line was not read (line {lines}): it has no label. Type it where it belongs.",
                        many="{n} lines were not read (lines {lines}): they have no label. Type them where they belong.",
                        count="n", n=len(read.unread), lines=lines,
                    )
                )  # fmt: skip
                self._pane.noticed.emit(Notice(told, tone="danger"))

        self._pane.ask(builder.read_list, tell, file=str(path))

    # -- menus --------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self._pane.words
        if self.list_id:
            return (
                Action("ready", words("Make the list ready"), self.make_ready, "ph.check", primary=True, why_not=self._why_not_ready),
                Action("try", words("Try the item"), self._try),
                Action("lists", words("All instruments"), self.go_to_lists, "ph.checks"),
            )  # fmt: skip
        return (
            Action("new-list", words("New list"), self.make, "ph.plus", primary=True, why_not=self._why_no_writing),
            Action("copy-list", words("Copy the instrument"), self.copy, why_not=self._why_no_writing),
            Action("ratings", words("All look-fors"), self.left.emit, "ph.checks"),
        )

    def _why_no_writing(self) -> str:
        can_write = self._pane.workspace.can_write
        return "" if can_write else self._pane.words("This database is open for reading only.")

    def _why_not_ready(self) -> str:
        view = self.draft.view
        if self.draft.why_not() or view is None:
            return self.draft.why_not()
        return next((found.sentence for found in view.findings if found.holds_up), "")
