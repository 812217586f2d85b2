"""A screen costs the same number of statements however many rows it shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.store import database
from mtss_desktop.store.location import at
from mtss_desktop.usecases import (
    actions,
    agendas,
    close_out,
    data,
    data_precise,
    live,
    places,
    problem_board,
    schools,
    series,
    teams,
    today,
)
from tests.helpers.counting import counted, made_larger

Asked = dict[str, Callable[[], object]]


@pytest.fixture(scope="module")
def copy(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("statements") / "ashby.mtss"))
    with Workspace(database.open_database(at(path))) as workspace:
        yield workspace


def screens(workspace: Workspace) -> Asked:
    """What each room asks for, of the school and the meeting that have most."""
    ask = workspace.ask
    found = {place.short_name: place.id for place in ask(places.places)}
    middle, elementary = found["Holcomb"], found["Piney Ridge"]
    day = ask(places.today)
    held = ask(series.between, first=day.replace(year=2025), last=day)
    meeting = next(each.id for each in reversed(held) if each.state is MeetingState.HELD)
    page = ask(data.screening, elementary).pages[0]
    near = {"measure_key": page.measure_key, "year": page.window[0], "window": page.window[1]}
    return {
        "today": lambda: ask(today.show),
        "schools": lambda: ask(schools.wall),
        "school": lambda: ask(schools.page, middle),
        "teams": lambda: ask(teams.cards),
        "meetings": lambda: ask(series.between, first=day.replace(year=2025), last=day),
        "live minutes": lambda: ask(live.show, meeting),
        "agenda": lambda: ask(agendas.waiting, meeting),
        "close-out": lambda: ask(close_out.show, meeting),
        "actions": lambda: ask(actions.board),
        "screening": lambda: ask(data.screening, elementary),
        "near a cut": lambda: ask(data.near_cut, elementary, **near),
        "behavior": lambda: ask(data.referrals, middle),
        "precise problem": lambda: ask(data_precise.narrow, middle),
        "core reports": lambda: ask(data_precise.core, middle),
        "progress": lambda: ask(data.group, elementary),
        "problems": lambda: ask(problem_board.lines),
        "goals": lambda: ask(problem_board.goals),
    }


def test_statements_do_not_grow_with_the_rows(copy: Workspace) -> None:
    before = {name: counted(copy, each) for name, each in screens(copy).items()}
    made_larger(copy)
    after = {name: counted(copy, each) for name, each in screens(copy).items()}
    assert after == before
    assert max(before.values()) < 80
