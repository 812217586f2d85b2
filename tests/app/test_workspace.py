"""Ask, do, undo, redo and what listeners hear."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import ChangeSet, Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.records import Permission
from mtss_desktop.store import database
from mtss_desktop.usecases import people, places, ratings, use_case


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ashby.mtss"
    database.create(path, None)
    return path


@pytest.fixture
def workspace(file: Path) -> Iterator[Workspace]:
    with Workspace(database.open_database(file)) as opened:
        opened.do(places.set_up, division="Ashby County", first_year=2025)
        yield opened


def school(workspace: Workspace, name: str = "Holcomb Middle School") -> str:
    return workspace.do(places.add_school, name=name).value


def names(workspace: Workspace) -> list[str]:
    return [place.name for place in workspace.ask(places.places)]


def test_doing_is_one_step_heard_once(workspace: Workspace) -> None:
    heard: list[ChangeSet] = []
    leave = workspace.changes.subscribe(heard.append)
    done = workspace.do(places.add_school, name="Holcomb Middle School")
    leave()
    school(workspace, "Piney Ridge Elementary School")
    assert heard == [done.changes]
    assert done.changes.ids(Topic.ORGANIZATIONS) == {done.value}
    assert (done.changes.label, done.changes.step, done.changes.origin) == ("Add school", done.step, "here")


def test_listeners_may_ask_while_they_hear(workspace: Workspace) -> None:
    seen: list[list[str]] = []
    workspace.changes.subscribe(lambda _: seen.append(names(workspace)))
    school(workspace)
    assert seen == [["Ashby County", "Holcomb Middle School"]]


def test_undo_and_redo_say_what_they_would_do(workspace: Workspace) -> None:
    school(workspace)
    assert (workspace.undo_label(), workspace.redo_label()) == ("Add school", "")
    workspace.undo()
    assert (names(workspace), workspace.redo_label()) == (["Ashby County"], "Add school")
    workspace.redo()
    assert names(workspace) == ["Ashby County", "Holcomb Middle School"]


def test_what_was_done_before_somebody_said_who_they_are_is_still_theirs(workspace: Workspace) -> None:
    before = names(workspace)
    own = workspace.do(ratings.start, "coaching_profile", school(workspace), private=True).value
    workspace.do(people.i_am, name="Renee Whitlock")
    school(workspace, "Piney Ridge Elementary School")
    assert own in {each.id for each in workspace.ask(ratings.list_)}
    labels = ["Add school", "Start Coaching practice profile", "Add school"]
    assert [workspace.undo().changes.label for _ in labels] == labels
    assert names(workspace) == before
    assert [workspace.redo().changes.label for _ in labels] == labels[::-1]
    me = workspace.ask(places.me)
    assert me is not None
    assert me.name == "Renee Whitlock", "who it is was told, and stays so"


def test_nothing_to_undo_is_said(file: Path) -> None:
    with Workspace(database.open_database(file)) as empty:
        with pytest.raises(UserError, match="nothing to undo"):
            empty.undo()
        with pytest.raises(UserError, match="nothing to redo"):
            empty.redo()


def test_bad_input_leaves_everything_as_it_was(workspace: Workspace) -> None:
    school(workspace)
    before = workspace.history()
    for wrong in ("", "  ", "x" * 200, "holcomb middle school"):
        with pytest.raises(UserError):
            school(workspace, wrong)
    assert workspace.history() == before


def test_a_reader_may_ask_and_not_do(file: Path) -> None:
    with Workspace(database.open_database(file)) as owner:
        owner.do(places.set_up, division="Ashby County", first_year=2025)
    with Workspace(database.open_database(file), grants=Permission.READER) as reader:
        assert names(reader) == ["Ashby County"]
        with pytest.raises(UserError, match="role"):
            school(reader)
        with pytest.raises(UserError, match="role"):
            reader.undo()


def test_only_registered_functions_are_asked_and_done(workspace: Workspace) -> None:
    with pytest.raises(KeyError):
        workspace.ask(lambda work: work.today())


def test_reading_goes_on_while_something_is_written(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow act holds the write lane; a question in another thread is answered from the last commit meanwhile."""
    inside, go_on = threading.Event(), threading.Event()

    @use_case.use_case("Slow act")
    def slow(work) -> None:
        work.change_rules(smallest_cell=7)
        inside.set()
        assert go_on.wait(10)

    writer = threading.Thread(target=workspace.do, args=(slow,))
    writer.start()
    assert inside.wait(10)
    assert workspace.ask(places.rules).smallest_cell == 10
    go_on.set()
    writer.join()
    use_case._BY_FUNCTION.pop(slow)
    assert workspace.ask(places.rules).smallest_cell == 7


def test_a_school_without_a_calendar_of_its_own_has_its_divisions(workspace: Workspace) -> None:
    here = school(workspace)
    home, year = workspace.ask(places.places)[0].id, workspace.ask(places.years)[0].id
    workspace.do(places.set_calendar, home, year, first_day=date(2026, 2, 9), last_day=date(2026, 2, 20))
    workspace.do(places.no_school, home, first=date(2026, 2, 16), reason="Presidents' Day")
    workspace.do(places.no_school, here, first=date(2026, 2, 12), last=date(2026, 2, 15), reason="Water main")
    days = workspace.ask(places.days_of_school, here, year)
    assert [day.day for day in days] == [9, 10, 11, 17, 18, 19, 20]
    workspace.do(places.school_after_all, here, day=date(2026, 2, 12))
    assert 12 in {day.day for day in workspace.ask(places.days_of_school, here, year)}
    assert [day.day for day in workspace.ask(places.days_of_school, home, year)] == [9, 10, 11, 12, 13, 17, 18, 19, 20]


def test_what_was_done_is_there_after_closing(file: Path) -> None:
    with Workspace(database.open_database(file)) as first:
        first.do(places.set_up, division="Ashby County", first_year=2025)
        school(first)
    with Workspace(database.open_database(file)) as again:
        assert names(again) == ["Ashby County", "Holcomb Middle School"]
        again.undo()
        assert names(again) == ["Ashby County"]
        with pytest.raises(UserError, match="nothing to undo"):
            again.undo()
