"""People by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.store import database
from mtss_desktop.usecases import people, places


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with Workspace(database.open_database(path)) as opened:
        opened.do(places.set_up, division="Ashby County", first_year=2025)
        yield opened


def test_people_are_listed_by_last_name_whatever_their_accents(workspace: Workspace) -> None:
    for first, last in (("Łukasz", "Żak"), ("Thu", "Nguyễn"), ("Ada", "Öberg"), ("José", "Ortega")):
        workspace.do(people.add, first_name=first, last_name=last)
    assert [line.list_name for line in workspace.ask(people.everyone)] == [
        "Nguyễn, Thu",
        "Öberg, Ada",
        "Ortega, José",
        "Żak, Łukasz",
    ]


def test_a_person_is_changed_and_the_change_undone(workspace: Workspace) -> None:
    person = workspace.do(people.add, first_name="Hannah", last_name="Cole", email=" cole@ashby.org ").value
    workspace.do(people.change, person, first_name="Hannah", last_name="Cole-Ruiz", email="cole@ashby.org")
    assert workspace.ask(people.everyone)[0].name == "Hannah Cole-Ruiz"
    workspace.undo()
    (line,) = workspace.ask(people.everyone)
    assert (line.name, line.email) == ("Hannah Cole", "cole@ashby.org")


def test_leaving_and_coming_back(workspace: Workspace) -> None:
    person = workspace.do(people.add, last_name="Bell").value
    workspace.do(people.leave, person)
    assert workspace.ask(people.everyone) == ()
    workspace.do(people.come_back, person)
    assert [line.name for line in workspace.ask(people.everyone)] == ["Bell"]


@pytest.mark.parametrize("email", ["cole", "@", "a b@c.org"])
def test_what_no_mail_program_takes_is_refused(workspace: Workspace, email: str) -> None:
    with pytest.raises(UserError, match="no mail address"):
        workspace.do(people.add, last_name="Cole", email=email)
    assert workspace.ask(people.everyone) == ()


def test_a_person_needs_a_last_name(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Give the person a name"):
        workspace.do(people.add, first_name="Hannah", last_name=" ")


def test_a_school_that_arrives_gives_its_namesake_the_word_back_that_parts_them(workspace: Workspace) -> None:
    def shown() -> list[str]:
        return [place.short_name for place in workspace.ask(places.places)[1:]]

    workspace.do(places.add_school, name="Bethel Elementary School")
    assert shown() == ["Bethel"]
    workspace.do(places.add_school, name="Bethel High School")
    assert shown() == ["Bethel Elementary", "Bethel High"]
    workspace.undo()
    assert shown() == ["Bethel"]
