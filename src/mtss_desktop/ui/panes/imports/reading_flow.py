"""From files handed over to rows to check: one file after the other, each read, cleaned and compared behind the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress, ProgressState
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing.recognize import Incomplete, Undecided, UnknownLayout
from mtss_desktop.ui.kit.trouble import Act
from mtss_desktop.ui.panes.imports import words as say
from mtss_desktop.ui.panes.imports.arrivals import Arrivals, Asked, is_one_table, open_all, passed_over
from mtss_desktop.ui.panes.imports.host import ImportsHost
from mtss_desktop.usecases import import_files, import_plans, imports
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.import_prepared import Knowledge, Prepared


def _prepare(asked: Asked, today: date, knowledge: Knowledge, progress: Progress) -> Prepared:
    if asked.second:
        return import_files.prepare_joined(
            str(asked.file),
            asked.second,
            profile=asked.profile,
            today=today,
            answers=asked.answers,
            knowledge=knowledge,
            progress=progress,
        )
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


class ReadingFlow:
    """The files that wait, and the one that is open. ``pane`` shows what came of it."""

    def __init__(self, pane: ImportsHost) -> None:
        self._pane = pane
        self.asked: Asked | None = None
        self.passed = ""
        """What was handed over with the open file and brings nothing."""
        self.place, self.of = 1, 1
        self._queue: list[Asked] = []
        self._working: Progress | None = None
        self._keep = False
        """The rows are held beside what words mean now: what was left out stays so."""

    @property
    def waiting(self) -> bool:
        return bool(self._queue)

    # -- files handed over ------------------------------------------------------------------------------------------------

    def take_files(self, files: Sequence[Path]) -> None:
        """One check after the other. What is handed over while a file is open waits behind it."""
        if not files or self._pane.read_only():
            return
        if is_one_table(files):
            self._line_up(Arrivals((Asked(files[0]),)))
            return
        self.stop()
        self._pane.trouble.clear()
        self._working = self._pane.background(
            partial(open_all, tuple(files), self._pane.today(), self._pane.knowledge()),
            self._opened,
            fail=partial(self._not_opened, tuple(files)),
            lane="pool",
            what=self._pane.words("Looking at {file}").format(file=files[0].name),
        )

    def _opened(self, found: Arrivals) -> None:
        self._working = None
        self._line_up(found)

    def _line_up(self, found: Arrivals) -> None:
        passed = passed_over(self._pane.words, found)
        if self._pane.is_open:
            if self._is_open_file(found):
                self.read_anew()
                return
            self._queue += found.waiting
            self.of += len(found.waiting)
            self._pane.queue_changed()
            if passed:
                self._pane.trouble.say(passed, tone="ink")
            return
        self._queue, self.place, self.of = list(found.waiting), 0, len(found.waiting)
        self.next_file(passed)
        if passed and not found.waiting:
            self._pane.trouble.say(passed, self._other_file(), tone="danger" if found.refused else "ink")

    def _is_open_file(self, found: Arrivals) -> bool:
        """The file that is being checked was handed over again: it was mended, so it is read anew."""
        if self.asked is None or not self._pane.is_checking or len(found.waiting) != 1:
            return False
        return found.waiting[0].file == self.asked.file and not self.asked.inside

    def _not_opened(self, files: Sequence[Path], error: Exception) -> None:
        self._working = None
        if isinstance(error, Cancelled):
            self._say_stopped(ProgressState(), partial(self.take_files, files))
        elif isinstance(error, UserError):
            self._pane.trouble.say(str(error), self._other_file())
        else:
            raise error

    def _other_file(self) -> list[Act]:
        return [(self._pane.words("Choose another file"), self._pane.choose)]

    def next_file(self, passed: str = "") -> None:
        """The next that waits, or home. ``passed``: what was handed over with it and brings nothing."""
        self.passed = passed
        if not self._queue:
            self.asked = None
            self._pane.show_home()
            return
        self.place += 1
        self.read(self._queue.pop(0))

    def let_go(self, file: Path) -> None:
        """A file that waits is done with: another one took what it holds."""
        kept = [each for each in self._queue if each.file != file or each.inside]
        self.of -= len(self._queue) - len(kept)
        self._queue = kept

    # -- one file ---------------------------------------------------------------------------------------------------------

    def read(self, asked: Asked) -> None:
        """Reads and cleans in the pool, compares in the read lane; nothing is written."""
        self.stop()
        self.asked = asked
        self._pane.trouble.clear()
        self._prepare(asked, partial(_prepare, asked, self._pane.today(), self._pane.knowledge()))

    def read_again(self) -> None:
        """What was opened, once more."""
        if self.asked is not None:
            self.read(self.asked)

    def compare_again(self) -> None:
        """The same rows beside what words mean now."""
        self._pane.ask(imports.knowledge, self._known)

    def _known(self, knowledge: Knowledge) -> None:
        self._pane.keep_knowledge(knowledge)
        if self.asked is not None:
            self._keep = True
            self.read(self.asked)

    def read_anew(self) -> None:
        """From the disk, as after mending a row there; a table that came with others is opened with them."""
        asked = self.asked
        if asked is None:
            return
        if asked.prepared is None:
            self.read(asked)
            return
        self.stop()
        self._working = self._pane.background(
            partial(open_all, asked.handed, self._pane.today(), self._pane.knowledge()),
            partial(self._opened_anew, asked),
            fail=self.not_read,
            lane="pool",
            what=self._pane.words("Reading {file}").format(file=asked.file.name),
        )

    def _opened_anew(self, asked: Asked, found: Arrivals) -> None:
        self._working = None
        if asked is not self.asked or asked.prepared is None:
            return
        name = asked.prepared.understood.sketch.file_name
        fresh = (each for each in found.waiting if each.prepared is not None and each.file == asked.file)
        same = next(
            (each for each in fresh if each.prepared and each.prepared.understood.sketch.file_name == name), None
        )
        if same is None:
            self.not_read(UserError(f"{name} is not there any more.", "Choose its file again."))
            return
        self.read(replace(same, mode=asked.mode, profile=asked.profile, answers=asked.answers))

    def read_as(self, profile: str) -> None:
        if self.asked is not None:
            self.read(replace(self.asked, profile=profile, answers=()))

    def use_mode(self, mode: str) -> None:
        if self.asked is not None:
            self.read(replace(self.asked, mode=Mode(mode)))

    def answer(self, plan: ImportPlan, key: str, choice: str) -> None:
        """One more answer; the file is not opened again for it."""
        if self.asked is None:
            return
        self.stop()
        others = tuple(each for each in self.asked.answers if each[0] != key)
        self.asked = replace(self.asked, answers=(*others, (key, choice)))
        self._prepare(self.asked, partial(_answer, plan.prepared, key, choice, self._pane.today()))

    def _prepare(self, asked: Asked, work: Callable[[Progress], Prepared]) -> None:
        self._working = self._pane.background(
            work,
            partial(self._prepared, asked),
            fail=self.not_read,
            lane="pool",
            what=self._pane.words("Reading {file}").format(file=asked.file.name),
        )

    def _prepared(self, asked: Asked, prepared: Prepared) -> None:
        if asked is self.asked and prepared.lacks_second:
            self.not_read(UserError(prepared.understood.nothing))
        elif asked is self.asked:
            what = self._pane.words("Comparing with what is here")
            work = partial(_plan, self._pane.workspace, prepared, asked.mode)
            self._working = self._pane.background(work, partial(self._planned, asked), fail=self.not_read, what=what)

    def _planned(self, asked: Asked, plan: ImportPlan) -> None:
        if asked is self.asked:
            self._working = None
            keep, self._keep = self._keep or bool(asked.answers), False
            self._pane.show_check(plan, keep=self._pane.is_checking and keep)

    def stop(self) -> None:
        """A file that is still being read makes room for the next."""
        if self._working is not None:
            self._working.cancel()
            self._working = None

    # -- what went wrong --------------------------------------------------------------------------------------------------

    def not_read(self, error: Exception) -> None:
        """What can be done about it stands beside the sentence; the receipts stay where they are."""
        working, self._working = self._working, None
        if isinstance(error, Cancelled):
            self._say_stopped(working.state if working is not None else ProgressState(), self.read_again)
            return
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, UnknownLayout) and self.asked is not None:
            self._pane.map_file(self.asked.file)
            return
        trouble = self._pane.trouble
        trouble.say(self._with_file(error), self._ways_out(error), menu=self._as_another(error))
        if self._pane.isVisible() and isinstance(error, Undecided):
            trouble.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_file(self, error: UserError) -> str:
        """Another file may stand below, so the sentence names the one it is about."""
        text = say.undecided(self._pane.words, error) if isinstance(error, Undecided) else str(error)
        return text if self.asked is None or self.asked.file.name in text else f"{self.asked.file.name}: {text}"

    def _ways_out(self, error: UserError) -> list[Act]:
        words = self._pane.words
        acts: list[Act] = []
        if isinstance(error, Undecided):
            acts = [(each.profile.name, partial(self.read_as, each.profile.key)) for each in error.choices]
        if isinstance(error, Incomplete) and self.asked is not None:
            acts.append((words("Say what the columns mean"), partial(self._pane.map_file, self.asked.file)))
        acts += self._other_file()
        if self._queue:
            acts.append((words("Go on with the next file"), self.next_file))
        return acts

    def _as_another(self, error: UserError) -> tuple[str, list[Act]] | None:
        """Only a table can be read as another kind of table."""
        if self.asked is None or not (isinstance(error, Incomplete | Undecided) or self.asked.profile):
            return None
        return (self._pane.words("Read it as…"), self.layout_choices())

    def layout_choices(self) -> list[Act]:
        """Every layout the open file can be read by, those mapped by hand first."""
        content = self._pane.content
        if content is None:
            return []
        known = [(each.key, each.name) for each in content.own] + [(each.key, each.name) for each in content.profiles]
        return [(name, partial(self.read_as, key)) for key, name in known]

    def _say_stopped(self, state: ProgressState, again: Callable[[], object]) -> None:
        words = self._pane.words
        at = words("Stopped at row {n}.").format(n=words.number(state.done)) if state.done else words("Stopped.")
        self._pane.trouble.say(
            f"{at} {words('Nothing was written. The file can be read again.')}",
            [(words("Read again"), again)],
            tone="ink",
        )
