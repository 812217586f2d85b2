"""An own list from its first line to its second version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents.html import html
from mtss_desktop.domain.instrument_drafts import ItemFact, RatedBy
from mtss_desktop.domain.ratings import Administration, VersionState
from mtss_desktop.store import database
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import builder, papers, places
from mtss_desktop.usecases.builder import ListFact
from mtss_desktop.usecases.use_case import use_case


@use_case("Rate once")
def rate_once(work: Work, instrument_id: str) -> None:
    """An administration without ratings."""
    work.administrations.add(
        Administration(organization_id=work.home_id, instrument_id=instrument_id, held_on=date(2026, 2, 12))
    )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("builder") / "a.mtss"
    database.create(path, None)
    with Workspace(database.open_database(path)) as opened:
        opened.do(places.set_up, division="Ashby County", first_year=2025, schools=())
        yield opened


def seen(opened: Workspace, made: str) -> list[tuple[str, str]]:
    return [(item.number, item.label) for item in opened.ask(builder.draft, made).instrument.items]


def test_a_list_is_typed_made_ready_used_and_changed(opened: Workspace) -> None:
    made = opened.do(builder.make, title="Classroom routines").value
    with pytest.raises(UserError, match="no item yet"):
        opened.do(builder.make_ready, made)
    numbers = opened.do(
        builder.add_items, made, text="Start of class:\nRules\tReadable\tWalls\nGreeting, by name"
    ).value
    assert numbers == ("A1", "A2")
    assert opened.ask(builder.draft, made).instrument.item("A1").evidence == "Walls"
    opened.do(builder.add_section, made, title="During class")
    opened.do(builder.add_items, made, text="Corrections are short and calm")
    opened.do(builder.split_item, made, number="B1")
    opened.do(builder.set_item, made, number="A2", fact=ItemFact.LOOK_FOR, text="At the door")
    opened.do(builder.set_rules, made, number="A1", counts=False, asks_note=True)
    opened.do(builder.rate_by, made, how=RatedBy.FOUR_STEPS, not_applicable=False)
    opened.do(builder.word_points, made, words=("never", "rarely", "often", "always"))
    opened.do(builder.set_list, made, fact=ListFact.CRITERION, text="80 %")
    assert seen(opened, made) == [
        ("A1", "Rules"),
        ("A2", "Greeting, by name"),
        ("B1", "Corrections are short"),
        ("B2", "Corrections are calm"),
    ]
    assert opened.do(builder.move_item, made, number="A2", down=True).value == "B1"
    opened.do(builder.add_section, made, title="Left empty")
    opened.do(builder.make_ready, made)
    ready = opened.ask(builder.draft, made)
    assert [section.title for section in ready.instrument.sections] == ["Start of class", "During class"]
    assert ready.instrument.criteria[0].title == "80% of points"
    with pytest.raises(UserError, match="stays as it is"):
        opened.do(builder.add_items, made, text="Late")
    assert opened.do(builder.edit, made).value == made, "nothing is rated with it yet"
    opened.do(builder.make_ready, made)

    opened.do(rate_once, made)
    second = opened.do(builder.edit, made).value
    assert second != made
    assert opened.do(builder.edit, made).value == second, "one draft at a time"
    opened.do(builder.remove_item, second, number="B2")
    assert opened.do(builder.add_items, second, text="New one", section="b").value == ("B4",), (
        "a number stays with its item"
    )
    opened.do(builder.make_ready, second)
    states = [(each.version, each.state, each.uses) for each in opened.ask(builder.own)]
    assert states == [("2", VersionState.READY, 0), ("1", VersionState.READY, 1)]
    with pytest.raises(UserError, match="was rated with once"):
        opened.do(builder.remove, made)
    opened.do(builder.retire, made)
    opened.do(builder.take_up, made)
    opened.do(builder.remove, second)


def test_a_shell_is_copied_with_its_numbers_and_given_to_others(opened: Workspace, tmp_path: Path) -> None:
    copied = opened.do(builder.copy, of="tfi_3_0").value
    opened.do(builder.set_item, copied, number="1.1", fact=ItemFact.LABEL, text="Our licensed words")
    assert seen(opened, copied)[0] == ("1.1", "Our licensed words")
    with pytest.raises(UserError, match="publisher’s scales"):
        opened.do(builder.rate_by, copied, how=RatedBy.TALLY)
    file = tmp_path / "given.toml"
    file.write_text(opened.ask(builder.text, copied), encoding="utf-8")
    taken = opened.do(builder.take, content=builder.read_file(file)).value
    assert seen(opened, taken) == seen(opened, copied)
    with pytest.raises(UserError, match="line 1"):
        opened.do(builder.take, content="no pack at all")


def test_an_own_list_prints_as_a_form(opened: Workspace) -> None:
    copied = opened.do(builder.copy, of="satisfaction", title="Our staff survey").value
    opened.do(builder.set_item, copied, number="1", fact=ItemFact.LABEL, text="The coach knows our hall")
    made = opened.ask(papers.make, "instrument-form", scope=papers.Scope(instrument=copied))
    assert made.title == "Our staff survey"
    assert "The coach knows our hall" in html(made, words=ENGLISH)
    bare = opened.do(builder.make, title="Nothing in it").value
    with pytest.raises(UserError, match="has no item yet"):
        opened.ask(papers.make, "instrument-form", scope=papers.Scope(instrument=bare))


def test_a_list_from_a_workbook_or_a_csv(opened: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text('Category,Item,Evidence\nData,"Rules, posted",Wall\nPractices,Praise,\nPractices,,only notes\n')
    read = opened.ask(builder.read_list, str(file))
    assert (len(read.items), read.unread) == (2, ((4, "Practices · only notes"),))
    made = opened.do(builder.make, title="From a file").value
    assert opened.do(builder.add_list, made, file=str(file)).value == ("A1", "B1")
    file.write_text("\n\n")
    with pytest.raises(UserError, match="is empty"):
        opened.do(builder.add_list, made, file=str(file))


@pytest.mark.parametrize("typed", ["many", "0", "101", "-3"])
def test_a_criterion_is_a_percent(opened: Workspace, typed: str) -> None:
    made = opened.do(builder.make, title=f"Criterion {typed}").value
    with pytest.raises(UserError, match="no percent"):
        opened.do(builder.set_list, made, fact=ListFact.CRITERION, text=typed)
