"""One seed: a copy of the sample in the real window, so many steps, and what stands at the end."""

from __future__ import annotations

import gc
import os
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mtss_desktop.app import opening, safekeeping
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.asking import SystemDialogs
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.printing.printer import SystemPaperDialogs
from mtss_desktop.ui.start import Session
from mtss_desktop.ui.theme import look
from tests.helpers.tables import contents, differing
from tests.monkey import hands, naughty
from tests.monkey.watch import Finding, JobsHere, Watch

LOST_FOR = 25
"""Steps without any focus, with the window in front, that are too many."""
STUCK_FOR = 40
"""Steps in front of one dialog after which the monkey closes it."""
LOCKS = 0.004
"""Chance that a step closes the file and opens it again."""


@dataclass
class Played:
    """``acts`` has what was done at each step; ``findings`` the first of each kind and place. ``compared``: everything
    could be taken back, and the tables were held against those of the beginning."""

    seed: int
    steps: int
    acts: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    stalls: list[Finding] = field(default_factory=list)
    slowest: float = 0.0
    seconds: float = 0.0
    undone: int = 0
    compared: bool = False


class Picker:
    """Stands in the place of the system's file dialogs: nothing, a fine file, or one that is not."""

    def __init__(self, folder: Path) -> None:
        self.chance = random.Random(0)
        self._files = naughty.files(folder / "picked")
        self._targets = (folder / "out.pdf", folder / "out.csv", folder / "no" / "such" / "out.pdf", folder)

    def _one(self, of: tuple[Path, ...]) -> Path | None:
        return self.chance.choice((None, *of))

    @contextmanager
    def instead(self) -> Iterator[None]:
        answers = {
            (SystemDialogs, "where_to_save"): lambda *_: self._one(self._targets),
            (SystemDialogs, "which_file"): lambda *_: self._one(self._files),
            (SystemDialogs, "which_files"): lambda *_: tuple(filter(None, (self._one(self._files),))),
            (SystemDialogs, "view"): lambda *_: self.chance.choice((True, False)),
            (SystemPaperDialogs, "which_folder"): lambda *_: self._one(self._targets[-2:]),
            (SystemPaperDialogs, "which_printer"): lambda *_, **__: None,
        }
        kept = {(kind, name): vars(kind)[name] for kind, name in answers}
        for (kind, name), answer in answers.items():
            setattr(kind, name, answer)
        try:
            yield
        finally:
            for (kind, name), own in kept.items():
                setattr(kind, name, own)


class Monkey:
    """Plays ``steps`` of ``seed`` on ``file``, which it owns. Step n draws from a chance of its own, so that leaving
    others out leaves it alone."""

    def __init__(self, seed: int, steps: int, file: Path, *, threads: bool = False, skip: Collection[int] = ()) -> None:
        self.seed, self.steps, self.file, self.skip = seed, steps, file, skip
        self.watch = Watch()
        self.played = Played(seed, steps)
        self.jobs: WindowJobs | JobsHere = WindowJobs() if threads else JobsHere(self.watch)
        self.session = Session(self.jobs, Remembered(Preferences(theme="light", open_last=False)))
        self.picker = Picker(file.parent)
        self._begun = _begin(file)
        self._lost = self._stuck = 0
        self._front: QWidget | None = None
        self._guard = QTimer()
        self._guard.setInterval(20)
        self._guard.timeout.connect(self._get_out)

    def play(self) -> Played:
        begun = time.monotonic()
        before = _top_levels()
        with self.watch.on(), self.picker.instead():
            self._guard.start()
            self._open()
            for step in range(self.steps):
                if step not in self.skip:
                    self._step(step)
            self.watch.step, self.watch.act = self.steps, "the end"
            self._end()
            self._guard.stop()
        self._nothing_left(before)
        self.played.seconds = time.monotonic() - begun
        self._tell()
        return self.played

    # -- a step -------------------------------------------------------------------------------------------------------

    def _step(self, step: int) -> None:
        chance = random.Random(self.seed * 1_000_003 + step)
        self.picker.chance = chance
        self.watch.step = step
        window = self._window()
        hand = chance.choices(list(hands.HANDS), list(hands.HANDS.values()))[0]
        before = window.current.room.key if window.rooms.count() else "no room"
        self.watch.act = f"{hand.__name__} in {before}"
        locks = chance.random() < LOCKS
        with nullcontext() if locks else self.watch.timed():
            try:
                said = self._lock() if locks else hand(chance, window)
            except Exception as error:  # noqa: BLE001 - an act that was run by itself raises here
                said = f"{self.watch.act}, raised"
                self.watch.caught(type(error), error, error.__traceback__)
            self.watch.act = f"{said} (in {before})"
        with self.watch.timed():
            self._settle()
        self.played.acts.append(f"{step:5} {said}")
        self._look_around()

    def _window(self) -> MainWindow:
        window = self.session.window
        if window is None or not window.isVisible():
            self.session.choose_another()
            self._open()
            window = self.session.window
        assert window is not None
        if not window.isActiveWindow() and QApplication.activeModalWidget() is None:
            window.activateWindow()
        return window

    def _open(self) -> None:
        for turn in (self._finish, self._pick, self._finish):
            turn()
        self._must_be_open()

    def _pick(self) -> None:
        self.session.start.files.picked.emit(str(self.file))

    def _must_be_open(self) -> None:
        if self.session.window is None:
            raise RuntimeError("the sample does not open")
        QApplication.processEvents()

    def _lock(self) -> str:
        """Each turn is timed by itself, as a person waits for each: the start screen, the file, its first room."""
        for turn in (self.session.lock, self._finish, self._pick, self._finish):
            with self.watch.timed():
                turn()
        self._must_be_open()
        return "lock and open again"

    def _settle(self) -> None:
        QApplication.processEvents()
        _delete()

    def _finish(self) -> None:
        """Waits for the threads, where there are any."""
        patience = time.monotonic() + 60
        while getattr(self.jobs, "busy", 0) and time.monotonic() < patience:
            QApplication.processEvents()
            time.sleep(0.002)
        self._settle()

    def _look_around(self) -> None:
        """Focus is somewhere, and no dialog holds the person forever."""
        window = self.session.window
        front = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        self._stuck = self._stuck + 1 if front is not None and front is self._front else 0
        self._front = front
        if front is not None and self._stuck > STUCK_FOR:
            front.close()
            if isinstance(front, QDialog) and front.isVisible():
                self.watch.find("stuck", type(front).__name__)
        lost = front is None and window is not None and window.isActiveWindow() and QApplication.focusWidget() is None
        self._lost = self._lost + 1 if lost else 0
        if self._lost == LOST_FOR and window is not None:
            self.watch.find(
                "focus", f"lost in {window.current.room.key}", " | ".join(self.played.acts[-LOST_FOR - 2 :])
            )
            window.rooms.focus_page()

    def _get_out(self) -> None:
        """Out of a loop inside the loop; the program has none that a test could not leave."""
        if QThread.currentThread().loopLevel() > 0 and (front := QApplication.activeModalWidget()) is not None:
            self.watch.find("loop", type(front).__name__)
            front.close()

    # -- the end ------------------------------------------------------------------------------------------------------

    def _end(self) -> None:
        window = self._window()
        for front in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if front is not None:
                front.close()
        self._finish()
        self._dialogs_left(window)
        self.session.choose_another()
        self._finish()
        self.session.start.close()
        self.session.end()
        self._take_back()

    def _dialogs_left(self, window: MainWindow) -> None:
        """A dialog that was closed goes away; one that is kept is kept once."""
        gc.collect()
        _delete()
        kept = Counter(type(each).__name__ for each in window.findChildren(QDialog) if not each.isVisible())
        for name, count in kept.items():
            if count > 1:
                self.watch.find("left", f"{count} × {name} behind the window")

    def _take_back(self) -> None:
        """What was done is taken back to the sample as it was; the database is well before and after."""
        try:
            with opening.open_workspace(self.file, careful=False).workspace as workspace:
                self._must_be_well(workspace, "after playing")
                self.played.undone = _undo_all(workspace, self._begun.seq)
                self._must_be_well(workspace, "after taking everything back")
                if _standing(workspace) == self._begun.standing:
                    self._must_be_as_before(workspace)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self.watch.caught(type(error), error, error.__traceback__)

    def _must_be_as_before(self, workspace: Workspace) -> None:
        self.played.compared = True
        now = contents(workspace)
        for table, (went, came) in differing(self._begun.tables, now).items():
            if self._counted_anew(table, now):
                continue
            self.watch.find("database", f"{table} differs after taking everything back", f"{went} became {came}"[:600])

    def _counted_anew(self, table: str, now: dict[str, Counter[Any]]) -> bool:
        """Counts of an import that was brought back are the same under other keys."""
        if not table.endswith("_count"):
            return False
        (before,), (after,) = self._begun.tables[table], now[table]
        return bool(before[0] == after[0])

    def _must_be_well(self, workspace: Workspace, when: str) -> None:
        found = safekeeping.check(workspace)
        if not found.is_well:
            problems = "; ".join(workspace.words().say(each) for each in found.problems)
            self.watch.find("database", f"not well {when}", problems)

    def _nothing_left(self, before: set[int]) -> None:
        self.session.start.deleteLater()
        self.session.deleteLater()
        self.session = None  # type: ignore[assignment]
        _delete()
        gc.collect()
        _delete()
        for widget in QApplication.topLevelWidgets():
            if widget.parent() is None and id_of(widget) not in before:
                self.watch.find("left", f"window {type(widget).__name__}")
        look().use("light", 100)

    def _tell(self) -> None:
        first: dict[tuple[str, str], Finding] = {}
        for each in self.watch.findings:
            first.setdefault(each.key, each)
        self.played.findings = list(first.values())
        self.played.stalls, self.played.slowest = self.watch.stalls, self.watch.slowest


@dataclass(frozen=True)
class Begun:
    """The database as it was: its last step, which steps stand, and what its tables hold."""

    seq: int
    standing: frozenset[int]
    tables: dict[str, Counter[Any]]


def _begin(file: Path) -> Begun:
    with opening.open_workspace(file, careful=False).workspace as workspace:
        return Begun(workspace.history(1)[0].seq, _standing(workspace), contents(workspace))


def _standing(workspace: Workspace) -> frozenset[int]:
    lines = workspace.history(100_000)
    return frozenset(line.seq for line in lines if line.kind not in ("undo", "redo") and not line.undone)


def _undo_all(workspace: Workspace, base: int) -> int:
    """Steps after ``base``, newest first, until none stands or one cannot be taken back."""
    done = 0
    while any(seq > base for seq in _standing(workspace)):
        try:
            workspace.undo()
        except UserError:
            return done
        done += 1
    return done


def _delete() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def id_of(widget: QWidget) -> int:
    import shiboken6

    return int(shiboken6.getCppPointer(widget)[0])


def _top_levels() -> set[int]:
    return {id_of(widget) for widget in QApplication.topLevelWidgets() if widget.parent() is None}


def play(
    seed: int, steps: int, sample: Path, folder: Path, *, threads: bool = False, skip: Collection[int] = ()
) -> Played:
    """Plays on a copy of ``sample`` in ``folder``, as on a computer that has seen no other copy of it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = Path(shutil.copy(sample, folder / "ashby.mtss"))
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"MTSS_HOME": home}):
        return Monkey(seed, steps, file, threads=threads, skip=skip).play()


def shrink(seed: int, steps: int, key: tuple[str, str], sample: Path, folder: Path, *, threads: bool) -> list[str]:
    """The acts of the shortest replay that was found in which the finding still comes."""
    skip: set[int] = set()

    def still(without: set[int], count: int) -> Played | None:
        for old in folder.glob("ashby.mtss*"):
            old.unlink()
        played = play(seed, count, sample, folder, threads=threads, skip=without)
        return played if key in [each.key for each in played.findings] else None

    last = still(skip, steps)
    if last is None:
        return []
    steps = min(steps, next(each.step for each in last.findings if each.key == key) + 1)
    size = max(1, steps // 2)
    while size:
        for begin in range(0, steps, size):
            chunk = set(range(begin, min(begin + size, steps)))
            if not chunk <= skip and (found := still(skip | chunk, steps)) is not None:
                skip, last = skip | chunk, found
        size //= 2 if size > 1 else size + 1
    return last.acts
