"""Background work: results in the window thread, in order, dropped when nobody wants them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.base.changes import ChangeFeed, ChangeSet
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.ui.jobs import Feed, WindowJobs


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[WindowJobs]:
    made = WindowJobs()
    yield made
    made.close()
    made.deleteLater()


def test_work_runs_elsewhere_and_results_come_home(jobs: WindowJobs, qtbot: QtBot) -> None:
    seen: list[tuple[bool, bool]] = []
    main = threading.current_thread()

    def then(was_main: bool) -> None:
        seen.append((was_main, QThread.currentThread().isMainThread()))

    jobs.run(lambda _: threading.current_thread() is main, then=then)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]
    assert jobs.busy == 0


def test_a_lane_keeps_the_order(jobs: WindowJobs, qtbot: QtBot) -> None:
    order: list[int] = []
    for number in range(20):
        jobs.run(lambda _, number=number: number, then=order.append, lane="write")
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))


def test_reading_goes_on_while_something_is_written(jobs: WindowJobs, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), []
    jobs.run(lambda _: gate.wait(5), then=lambda _: seen.append("written"), lane="write")
    jobs.run(lambda _: "read", then=seen.append, lane="read")
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["read"]
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)


def test_trouble_reaches_fail(jobs: WindowJobs, qtbot: QtBot) -> None:
    trouble: list[Exception] = []

    def work(_: Progress) -> None:
        raise UserError("The disk is full.")

    jobs.run(work, then=lambda _: None, fail=trouble.append)
    qtbot.waitUntil(lambda: bool(trouble))
    assert str(trouble[0]) == "The disk is full."


def test_trouble_that_nobody_takes_is_raised_in_the_window_thread(jobs: WindowJobs, qtbot: QtBot) -> None:
    def work(_: Progress) -> None:
        raise ValueError("fault")

    with qtbot.captureExceptions() as caught:
        jobs.run(work, then=lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ValueError


def test_a_result_is_dropped_when_its_owner_is_gone(jobs: WindowJobs, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), []
    owner = QWidget()
    jobs.run(lambda _: gate.wait(5), then=lambda _: seen.append("owner"), owner=owner)
    jobs.run(lambda _: None, then=lambda _: seen.append("nobody"))
    owner.deleteLater()
    del owner
    QApplication.processEvents()
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["nobody"]


def test_cancel_takes_effect_at_a_step(jobs: WindowJobs, qtbot: QtBot) -> None:
    begun, trouble = threading.Event(), []

    def work(progress: Progress) -> None:
        for number in range(100_000):
            begun.set()
            progress.step("Reading", number, 100_000, "rows")

    progress = jobs.run(work, then=lambda _: trouble.append(None), fail=trouble.append)
    begun.wait(5)
    progress.cancel()
    qtbot.waitUntil(lambda: bool(trouble))
    assert isinstance(trouble[0], Cancelled)
    assert 0 <= progress.state.done < 100_000


def test_closing_stops_what_runs_and_forgets_what_waits(qapp: QApplication) -> None:
    jobs, called = WindowJobs(), []
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.step("On and on")

    jobs.run(work, then=called.append, fail=called.append)
    jobs.run(lambda _: "waiting", then=called.append, fail=called.append)
    begun.wait(5)
    jobs.close()
    jobs.close()
    jobs.run(lambda _: "late", then=called.append)
    QApplication.processEvents()
    assert called == []
    jobs.deleteLater()


def test_changes_from_another_thread_are_heard_in_the_window_thread(qtbot: QtBot) -> None:
    feed, owner, heard = ChangeFeed(), QObject(), []
    Feed(feed, lambda changes: heard.append((changes.label, QThread.currentThread().isMainThread())), owner)
    thread = threading.Thread(target=feed.publish, args=(ChangeSet("Rename team"),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("Rename team", True)]


def test_a_feed_ends_with_its_owner(qapp: QApplication) -> None:
    feed, owner, heard = ChangeFeed(), QWidget(), []
    Feed(feed, heard.append, owner)
    assert len(feed._listeners) == 1
    owner.deleteLater()
    del owner
    QApplication.sendPostedEvents(None, 52)
    QApplication.processEvents()
    feed.publish(ChangeSet("Rename team"))
    assert heard == []
    assert feed._listeners == []


def test_immediate_jobs_do_the_same_at_once() -> None:
    seen: list[object] = []

    def fails(_: Progress) -> None:
        raise UserError("no")

    jobs = ImmediateJobs()
    jobs.run(lambda _: 1, then=seen.append)
    jobs.run(fails, then=seen.append, fail=lambda error: seen.append(str(error)))
    assert seen == [1, "no"]
    with pytest.raises(UserError):
        jobs.run(fails, then=seen.append)
