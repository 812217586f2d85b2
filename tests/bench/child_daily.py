"""Minutes of 400 lines and pages in view, in a process of its own; prints milliseconds and commits as JSON."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import time as wall
from pathlib import Path

import sqlalchemy as sa
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mtss_desktop.app import demo, printing
from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.opening import open_workspace
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.documents import pages, pdf
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.document_preview import DocumentPreview
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.usecases import meetings, papers, places, series

LINES, RUNS, TWENTY = 400, 5, 20
TYPED = "@Ruiz calls the bus office !12/1 #hallway, and the front office tells the drivers by Friday. "


def main(file: str) -> int:
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, Path(folder) / "copy.mtss"))
        with open_workspace(copy, passphrase=demo.passphrase()).workspace as workspace:
            keys, commits = _minutes(app, workspace)
            facts = {
                "key_ms": keys,
                "commits": commits,
                "six_ms": max(_previewed(app, workspace, name, 1) for name in ("agenda", "minutes", "instrument-form")),
                "twenty_ms": _previewed(app, workspace, "team-structure", TWENTY),
            }
    print(json.dumps(facts), flush=True)
    return 0


def _minutes(app: QApplication, workspace: Workspace) -> tuple[float, int]:
    """The slowest but one key in a hundred on the window's thread, and the commits made on that thread."""
    today = workspace.ask(places.today)
    planned = next(
        each
        for each in workspace.ask(series.between, first=today, last=today.replace(year=today.year + 1))
        if each.state is MeetingState.PLANNED
    )
    workspace.do(meetings.start, planned.id, at=wall(13))
    lines = tuple(
        meetings.LineEntry(f"Line {number} about the stair and who stands where", item=0) for number in range(LINES)
    )
    workspace.do(meetings.record, planned.id, lines=lines)
    jobs = WindowJobs()
    window = MainWindow(workspace, jobs, Remembered())
    window.resize(1280, 800)
    window.show()
    window.go_to("meetings", planned.id)
    pane = window.pane("meetings")
    assert isinstance(pane, MeetingsPane)
    _wait(app, lambda: not jobs.busy)
    pane.back_to_minutes()
    _wait(app, lambda: not jobs.busy and pane.live.lines.rows.rowCount() >= LINES)
    commits: list[int] = []
    own = threading.get_ident()
    engine = workspace.database.engines.writer
    note = lambda _connection: commits.append(threading.get_ident())  # noqa: E731
    sa.event.listen(engine, "commit", note)
    taken = []
    for letter in TYPED:
        begun = time.thread_time()
        QTest.keyClick(pane.live.entry.line, letter)
        app.processEvents()
        taken.append((time.thread_time() - begun) * 1000)
        time.sleep(0.005)
    QTest.qWait(1500)
    sa.event.remove(engine, "commit", note)
    assert pane.live.entry.line.text == TYPED
    window.close()
    _wait(app, lambda: not jobs.busy)
    return sorted(taken)[-2], sum(each == own for each in commits)


def _previewed(app: QApplication, workspace: Workspace, name: str, least: int) -> float:
    """From the choice of a paper to its first page on the screen, all lanes together; ``least``: repeated to so many pages."""
    jobs = ImmediateJobs()
    view = DocumentPreview(lambda work, then, *, fail=None: jobs.run(work, then=then, fail=fail))
    view.resize(1000, 760)
    view.show()
    app.processEvents()
    taken, times = [], 1
    while least > 1 and _pages(workspace, name, times) < least:
        times += 1
    for _ in range(RUNS + 1):
        begun = time.process_time()
        document = workspace.ask(papers.make, name, scope=papers.Scope())
        document = replace(document, blocks=document.blocks * times)
        data = pdf.pdf_bytes(document, words=workspace.words(), progress=printing.silent())
        view.show_pdf(data, pages.sizes(data), name, number=0)
        app.processEvents()
        view.grab()
        taken.append((time.process_time() - begun) * 1000)
    view.close()
    return statistics.median(taken[1:])


def _pages(workspace: Workspace, name: str, times: int) -> int:
    document = workspace.ask(papers.make, name, scope=papers.Scope())
    document = replace(document, blocks=document.blocks * times)
    return len(pages.sizes(pdf.pdf_bytes(document, words=workspace.words(), progress=printing.silent())))


def _wait(app: QApplication, until: Callable[[], bool]) -> None:
    patience = time.monotonic() + 30
    while not until():
        if time.monotonic() > patience:
            raise TimeoutError("the minutes were not shown")
        app.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
