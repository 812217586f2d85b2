"""A file nobody knows, from the first proposal to a layout that is kept; and the layouts that are kept already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.importing.counting import Counted
from mtss_desktop.importing.mapped import FirstLook
from mtss_desktop.ui.kit.asking import TABLES
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.imports import mapping_words as say
from mtss_desktop.ui.panes.imports.host import ImportsHost
from mtss_desktop.ui.panes.imports.mapping_view import MappingView
from mtss_desktop.usecases import imports, layouts, mapping
from mtss_desktop.usecases.import_prepared import Knowledge
from mtss_desktop.usecases.layouts import OwnLayout
from mtss_desktop.usecases.mapping import Mapped

KINDS = "Layouts (*.toml)"


def _keep(workspace: Workspace, content: str, _progress: Progress) -> tuple[str, int, Knowledge]:
    done = workspace.do(layouts.keep, content)
    return done.value, done.step, workspace.ask(imports.knowledge)


class MappingFlow:
    """The steps around ``MappingView``. ``pane`` shows the pages and runs what takes time."""

    def __init__(self, pane: ImportsHost) -> None:
        words = pane.words
        self._pane = pane
        self.over_button = Button(words("Start over"), self.start_over, size="large")
        self.check_button = Button(words("Check rows"), self.check, kind="primary")
        self._turn = 0
        self._looking: Progress | None = None
        self._looked_at: Mapped | None = None
        self._counting: Progress | None = None
        self._counted_of: Mapped | None = None
        self._told = ""
        """The question that was pointed at: the next press goes on without an answer."""

    @cached_property
    def view(self) -> MappingView:
        """Made when a file asks for it: most files are known."""
        made = MappingView(self._pane.words)
        made.changed.connect(self._changed)
        made.second_wanted.connect(self.join)
        made.joined_by.connect(self._join_by)
        made.kind_wanted.connect(self._as_kind)
        made.encoding_told.connect(self._in_encoding)
        made.refused.connect(lambda why: self._pane.trouble.say(why, tone="ink"))
        made.use_names(self._pane.scope.names)
        self._pane.add_page(made)
        return made

    @property
    def made(self) -> bool:
        return "view" in self.__dict__

    # -- a file -------------------------------------------------------------------------------------------------------------

    def open(self, file: Path) -> None:
        """The mapping as it stood where this file was mapped before; otherwise a proposal."""
        now = self.view.now
        if now is not None and now.file == str(file):
            self._show(now)
            return
        self._read(file)

    def _read(self, file: Path) -> None:
        what = self._pane.words("Looking at {file}").format(file=file.name)
        work = partial(_open, str(file))
        self._pane.background(work, self._show, fail=self._pane.not_read, lane="pool", what=what)

    def start_over(self) -> None:
        if self.view.now is not None:
            self._read(Path(self.view.now.file))

    # -- a second file ------------------------------------------------------------------------------------------------------

    def join(self) -> None:
        """A file whose rows have the same ids: its columns stand beside those of the open one."""
        pane, now = self._pane, self.view.now
        if now is None:
            return
        file = pane.asking.which_file(pane, pane.words("Choose the second file"), Path(now.file).parent, TABLES)
        if file is not None:
            self._join(now, file)

    def _join_by(self, here: str, there: str) -> None:
        now = self.view.now
        if now is not None and now.second:
            self._join(now, Path(now.second), here, there)

    def _join(self, now: Mapped, file: Path, here: str = "", there: str = "") -> None:
        self._pane.trouble.clear()
        what = self._pane.words("Looking at {file}").format(file=file.name)
        work = partial(_with_second, now, str(file), here, there)
        self._pane.background(work, self._show, fail=self._not_joined, lane="pool", what=what)

    def _as_kind(self, takes: str) -> None:
        now = self.view.now
        if now is not None:
            what = self._pane.words("Looking at {file}").format(file=Path(now.file).name)
            self._pane.background(partial(_with_kind, now, takes), partial(self._of_kind, now), lane="pool", what=what)

    def _of_kind(self, before: Mapped, now: Mapped) -> None:
        if self.view.now is before:
            self._show(now)
            self.view.takes.setFocus()

    def _in_encoding(self, encoding: str) -> None:
        now = self.view.now
        if now is not None:
            what = self._pane.words("Looking at {file}").format(file=Path(now.file).name)
            work = partial(_in_encoding, now, encoding)
            self._pane.background(work, self._show, fail=self._not_joined, lane="pool", what=what)

    def _not_joined(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, UserError):
            raise error
        self._pane.trouble.say(str(error), [(self._pane.words("Choose another second file"), self.join)])

    def _show(self, now: Mapped) -> None:
        self._pane.show_mapping()
        self._pane.leave_button.say(self._pane.words("Leave it"))
        self._count(now)
        self._looked_at = None
        self.view.show_file(now, self._pane.today(), self._pane.scope.names)

    def _count(self, now: Mapped) -> None:
        """The first rows stand at once; how many there are in all fills in after."""
        if self._counted_of is not None and self._counted_of.sketch is now.sketch and self.view.counted is not None:
            return
        self.stop_counting()
        self.view.show_counts(None, counting=True)
        self._counted_of = now
        what = self._pane.words("Counting {file}").format(file=Path(now.file).name)
        self._counting = self._pane.background(
            partial(_count, now),
            partial(self._counted, now),
            fail=partial(self._not_counted, now),
            lane="pool",
            what=what,
        )

    def stop_counting(self) -> None:
        """The file is left, or another one stands here."""
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def _counted(self, of: Mapped, counted: Counted) -> None:
        if of is self._counted_of:
            self._counting = None
            self.view.show_counts(counted)
            self._say_header()

    def _not_counted(self, of: Mapped, error: Exception) -> None:
        """Whatever is wrong with a later row is said where rows are checked; who stops the counting goes on without."""
        if not isinstance(error, UserError | Cancelled):
            raise error
        if of is self._counted_of:
            self._counting = None
            self.view.show_counts(None)

    def _say_header(self) -> None:
        now, pane = self.view.now, self._pane
        if now is not None and pane.is_mapping:
            pane.header.say(pane.words("What is in this file?"), say.file_sentence(pane.words, now, self.view.counted))

    def _changed(self, now: Mapped) -> None:
        self._say_header()
        reason = self.why_not_check()
        self.check_button.allow(not reason, reason)
        before, self._looked_at = self._looked_at, now
        if before is None or not _means_the_same(before, now):
            self._look(now)
        self._pane.actions_changed.emit()

    def _look(self, now: Mapped) -> None:
        """The first rows as they are understood now; a look that has not begun makes room for the newer one."""
        if self._looking is not None:
            self._looking.cancel()
        self._turn += 1
        work = partial(_rows, now, self._pane.today())
        self._looking = self._pane.background(
            work, partial(self._rows, self._turn), fail=partial(self._no_rows, self._turn), lane="pool"
        )

    def _rows(self, turn: int, seen: FirstLook) -> None:
        if turn == self._turn:
            lacking = say.lacking_words(self._pane.words, self.view.now) if self.view.now is not None else ""
            self.view.show_rows(seen, lacking)

    def _no_rows(self, turn: int, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, UserError):
            raise error
        if turn == self._turn:
            self.view.show_rows(FirstLook(), error.message)

    def why_not_check(self) -> str:
        if self.view.now is None:
            return self._pane.words("Choose a file first")
        return self._pane.read_only() or say.lacking_words(self._pane.words, self.view.now)

    def check(self) -> None:
        """Keeps the layout under its name and goes on to the rows."""
        now = self.view.now
        if now is None or self.why_not_check():
            self._say_what_is_asked()
            return
        asked = self.view.question.text
        if asked and self._told != f"{now.file} {asked}":
            self._told = f"{now.file} {asked}"
            words = self._pane.words
            first = words("Before rows are checked: {question}").format(question=asked)
            self._pane.trouble.say(
                words("{first} Once more goes on without an answer.").format(first=first), tone="ink"
            )
            self.view.next_question()
            return
        self.stop_counting()
        self._pane.trouble.clear()
        try:
            content = mapping.profile_text(now)
        except UserError as error:
            self._pane.trouble.say(str(error))
            return
        work = partial(_keep, self._pane.workspace, content)
        self._pane.background(work, partial(self._kept, now), fail=self._not_kept, lane="write")

    def _say_what_is_asked(self) -> None:
        """Why the rows cannot be checked yet, and to where that is answered."""
        self._pane.trouble.say(f"{self.why_not_check()}.", tone="ink")
        now = self.view.now
        if now is not None and now.lacking == ("name",):
            self.view.name.setFocus()
        elif now is not None:
            self.view.next_question()

    def _kept(self, now: Mapped, kept: tuple[str, int, Knowledge]) -> None:
        key, step, knowledge = kept
        if step:
            text = self._pane.words("Layout “{name}” kept").format(name=now.layout.name)
            self._pane.noticed.emit(Notice(text, undoable=True))
        self._pane.read_mapped(Path(now.file), key, now.answers_for_file, knowledge, now.second)

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._pane.trouble.say(str(error), reader=self.view.name)

    # -- layouts that are kept ----------------------------------------------------------------------------------------------

    def fill_menu(self, menu: QMenu, own: tuple[OwnLayout, ...]) -> None:
        """Each layout with what can be done with it; a colleague's comes in from a file."""
        words = self._pane.words
        menu.clear()
        for each in own:
            part = menu.addMenu(each.name.replace("&", "&&"))
            self._act(part, words("Save for a colleague…"), partial(self.give, each))
            self._act(part, words("Remove"), partial(self.remove, each))
        if own:
            menu.addSeparator()
        self._act(menu, words("Take a colleague’s layout…"), self.take)

    @staticmethod
    def _act(menu: QMenu, text: str, act: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(lambda _checked=False: act())

    def give(self, layout: OwnLayout) -> None:
        pane = self._pane
        target = pane.asking.where_to_save(
            pane, pane.words("Save layout"), Path.home() / f"{layout.key}.toml", pane.words(KINDS)
        )
        if target is None:
            return

        def write(content: str) -> None:
            try:
                layouts.write_file(target, content)
            except UserError as error:
                pane.trouble.say(str(error))
                return
            pane.noticed.emit(Notice(pane.words("Layout “{name}” saved").format(name=layout.name)))

        pane.ask(layouts.text, write, key=layout.key)

    def take(self) -> None:
        pane = self._pane
        source = pane.asking.which_file(pane, pane.words("Choose a layout"), Path.home(), pane.words(KINDS))
        if source is None:
            return
        try:
            content = layouts.read_file(source)
        except UserError as error:
            pane.trouble.say(str(error), [(pane.words("Choose another file"), self.take)])
            return
        said = pane.words("Layout taken from {file}").format(file=source.name)
        pane.do(layouts.keep, content=content, said=said, fail=self._not_kept)

    def remove(self, layout: OwnLayout) -> None:
        said = self._pane.words("Layout “{name}” removed").format(name=layout.name)
        self._pane.do(layouts.remove, key=layout.key, said=said)


def _open(file: str, progress: Progress) -> Mapped:
    return mapping.open_file(file, progress)


def _with_second(now: Mapped, file: str, here: str, there: str, progress: Progress) -> Mapped:
    return mapping.with_second(now, file, here, there, progress)


def _in_encoding(now: Mapped, encoding: str, _progress: Progress) -> Mapped:
    return mapping.in_encoding(now, encoding)


def _count(now: Mapped, progress: Progress) -> Counted:
    return mapping.count(now, progress)


def _with_kind(now: Mapped, takes: str, _progress: Progress) -> Mapped:
    return mapping.as_kind(now, takes)


def _means_the_same(one: Mapped, other: Mapped) -> bool:
    """Only the name of the layout differs."""
    if one.sketch is not other.sketch or bool(one.layout.name) != bool(other.layout.name):
        return False
    return replace(one.layout, name="") == replace(other.layout, name="")


def _rows(now: Mapped, today: date, progress: Progress) -> FirstLook:
    progress.step("")
    return mapping.first_look(now, today)
