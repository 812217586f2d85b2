"""The sample division as a database: complete, sound, and on its own day."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.app import demo, opening, safekeeping, sample_sheets
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress, ProgressState
from mtss_desktop.domain.files import Mode
from mtss_desktop.store import keys
from mtss_desktop.store.engine import raw_connection
from mtss_desktop.usecases import imports, meetings, people, places, problems, teams


def test_all_of_the_sheets_is_there(sample: Workspace) -> None:
    sheets = sample_sheets.sheet("teams")["teams"]
    assert len(sample.ask(places.places)) == 4
    assert len(sample.ask(people.everyone)) == 60
    cards = sample.ask(teams.cards)
    assert len(cards) == len(sheets) == 14
    found = [meeting for card in cards for meeting in sample.ask(meetings.of_team, card.id)]
    written = [each for year in ("2024", "2025") for each in sample_sheets.sheet(f"meetings_{year}")["meetings"]]
    assert sorted((each.day, each.starts_at, each.state) for each in found) == sorted(
        (each["day"], each["start"], each["state"]) for each in written
    )
    defined = [record for card in cards for record in sample.ask(problems.of_team, card.id, closed=True)]
    assert sum(len(record.reviews) for record in defined) == sum(
        len(each["reviews"]) for each in sample_sheets.sheet("problems")["problems"]
    )


def test_every_export_came_through_the_importer(sample: Workspace) -> None:
    receipts = sample.ask(imports.receipts)
    assert {each.file_name for each in receipts} == {path.name for path in sample_sheets.exports()}
    assert [each.file_name for each in receipts if each.problems or each.left_out or each.skipped] == []
    assert sample.ask(places.rules).mode is Mode.NAMES


def test_it_lives_on_its_own_day_as_its_coach(sample: Workspace) -> None:
    assert sample.ask(places.today) == date(2026, 2, 12)
    me = sample.ask(places.me)
    assert me is not None
    assert me.name == "Renee Whitlock"
    assert {line.person_id for line in sample.history(200)} == {me.id}


def test_it_is_sound_and_undo_begins_with_the_first_act_of_the_person(sample: Workspace) -> None:
    assert safekeeping.check(sample).is_well
    assert (sample.undo_label(), sample.redo_label()) == ("", "")
    with pytest.raises(UserError, match="nothing to undo"):
        sample.undo()
    made, *before = sample.history(1000)
    assert (made.kind, made.label) == ("start", "Make the sample division")
    assert len(before) > 300
    assert not any(line.undone for line in before)
    sample.do(places.add_school, name="Ridge Primary", grades="K–2")
    assert sample.undo_label() == "Add school"
    sample.undo()
    assert sample.undo_label() == ""


def test_stopping_half_way_leaves_nothing(tmp_path: Path) -> None:
    def stop(state: ProgressState) -> None:
        if state.what == "Teams":
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        demo.make_sample(tmp_path / "a.mtss", secret="", progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_stands_where_the_demo_goes_is_told_for_what_it_is(tmp_path: Path) -> None:
    """Someone's own file, and a sample that an unfinished version left; neither is touched."""
    file = tmp_path / demo.FILE_NAME
    opening.create(file, passphrase=demo.passphrase()).workspace.close()
    for sentence in ("is there already and is not the sample", "was made by an unfinished version of this program"):
        before = file.read_bytes()
        with pytest.raises(UserError, match=sentence):
            demo.make_demo(tmp_path)
        assert file.read_bytes() == before
        with closing(raw_connection(file, keys.unlock(file, demo.passphrase()))) as connection:
            connection.execute("DROP TABLE IF EXISTS word")
