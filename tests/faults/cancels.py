"""Imports that somebody cancels: at every report of a small one, and at any moment while it works. All of it or nothing."""

from __future__ import annotations

import random
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

from mtss_desktop.app import opening
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import Cancelled
from mtss_desktop.base.progress import Progress, ProgressState
from mtss_desktop.domain.files import ImportId, Mode
from mtss_desktop.usecases import import_plans, imports
from tests.faults.children import score_file
from tests.faults.sweeps import Result, workshop
from tests.helpers.tables import contents
from tests.store.files import PASSPHRASE

TODAY = date(2026, 2, 12)
ROWS = 45_000
"""Written in three parts, and read in two pieces."""


class Watched(Progress):
    """Cancels itself at the ``at``-th report, 0 for never; ``wrong`` are reports that cannot be true."""

    def __init__(self, at: int = 0) -> None:
        super().__init__(self._heard)
        self.at, self.calls = at, 0
        self.wrong: list[str] = []
        self._before = ProgressState()

    def step(self, what: str, done: int = 0, total: int = 0, unit: str = "") -> None:
        self.calls += 1
        if self.calls == self.at:
            self.cancel()
        super().step(what, done, total, unit)

    def _heard(self, now: ProgressState) -> None:
        if self.cancelled and self.at:
            self.wrong.append(f"“{now.what}” was said after the cancel")
        if now.total and now.done > now.total:
            self.wrong.append(f"{now.what}: {now.done} of {now.total}")
        if now.what == self._before.what and now.done < self._before.done:
            self.wrong.append(f"{now.what}: {now.done} after {self._before.done}")
        self._before = now


class Importer:
    """One file, read, planned, applied and taken back, with what the database held at every stand."""

    def __init__(self, workspace: Workspace, file: Path) -> None:
        self.workspace, self.file = workspace, file
        self.before = self._now()
        self.applied: Any = None
        self.import_id = ImportId("")

    def run(self, progress: Progress) -> None:
        """Raises ``Cancelled``."""
        prepared = import_plans.prepare(str(self.file), today=TODAY, progress=progress)
        plan = self.workspace.ask(imports.plan, prepared=prepared, mode=Mode.PSEUDONYMS, progress=progress)
        self.import_id = self.workspace.do(imports.apply, plan, progress=progress).value.import_id
        self.applied = self._now()
        self.workspace.do(imports.take_back, self.import_id, progress=progress)

    def wrong(self, *, cancelled: bool) -> list[str]:
        """What is neither all nor nothing; leaves the database as it was."""
        now = self._now()
        if not self.import_id:
            return [] if now == self.before else ["something was written before the cancel"]
        if not cancelled:
            return [] if now[0] == self.before[0] else ["taken back, something stayed"]
        found = [] if now == self.applied else ["half taken back"]
        self.workspace.do(imports.take_back, self.import_id)
        return found if self._now()[0] == self.before[0] else [*found, "taken back afterwards, something stayed"]

    def _now(self) -> tuple[Any, int]:
        """All that is live, and how many acts the history tells."""
        return contents(self.workspace), len(self.workspace.history(1_000))


def cancelled_imports(times: int, seed: int = 18, rows: int = ROWS) -> Result:
    """Half at reports, evenly spread over all that a run makes; half at any moment, from another thread."""
    result, chance = Result("cancel files being imported"), random.Random(seed)
    with workshop() as folder:
        first = opening.FirstFacts(division="Ashby")
        with opening.create(folder / "ashby.mtss", passphrase=PASSPHRASE, first=first).workspace as workspace:
            _keep_one(workspace, score_file(folder, 1))
            file = score_file(folder, 2, rows)
            begun = time.monotonic()
            whole = Watched()
            result.broken += _once(workspace, file, whole, result)
            longest = time.monotonic() - begun
            for number in range(times):
                if number % 2:
                    result.broken += _at_any_moment(workspace, file, chance.uniform(0, longest), result)
                else:
                    at = 1 + number * whole.calls // max(times, 1)
                    result.broken += _once(workspace, file, Watched(at), result)
                result.tried += 1
    return result


def every_report(workspace: Workspace, folder: Path, rows: int = 300) -> list[str]:
    """Cancels at each report that a run makes."""
    result, whole = Result("every report"), Watched()
    _keep_one(workspace, score_file(folder, 1, rows))
    file = score_file(folder, 2, rows)
    wrong = _once(workspace, file, whole, result)
    for at in range(1, whole.calls + 1):
        wrong += _once(workspace, file, Watched(at), result)
    return wrong if result.seen["finished"] == 1 else [*wrong, f"cancels were not heard: {result.seen}"]


def _keep_one(workspace: Workspace, file: Path) -> None:
    """Something that is there before, and stays."""
    plan = workspace.ask(imports.plan, str(file), mode=Mode.PSEUDONYMS)
    workspace.do(imports.apply, plan)  # the first import also says how much is kept of a student


def _at_any_moment(workspace: Workspace, file: Path, seconds: float, result: Result) -> list[str]:
    progress = Watched()
    timer = threading.Timer(seconds, progress.cancel)
    timer.start()
    try:
        return _once(workspace, file, progress, result)
    finally:
        timer.cancel()
        timer.join()


def _once(workspace: Workspace, file: Path, progress: Watched, result: Result) -> list[str]:
    importer = Importer(workspace, file)
    try:
        importer.run(progress)
    except Cancelled:
        result.seen[f"cancelled: {progress.state.what.split(' ')[0].lower() or 'before anything'}"] += 1
        return [*progress.wrong, *importer.wrong(cancelled=True)]
    result.seen["finished"] += 1
    return [*progress.wrong, *importer.wrong(cancelled=False)]
