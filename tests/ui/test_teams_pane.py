"""The room of teams, by keys alone: list, card, roles, forms, conflict, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.ui.panes.teams.roles import role_rows
from mtss_desktop.usecases import people, places, teams
from mtss_desktop.usecases.teams import TeamCard, TeamFact
from tests.ui.conftest import MakeWindow
from tests.ui.town import TEAMS, Town, open_copy


@pytest.fixture
def pane(window: MainWindow, town: Town) -> TeamsPane:
    shown = window.current
    assert isinstance(shown, TeamsPane)
    shown.open_record(town.team)
    return shown


@pytest.fixture
def notices(pane: TeamsPane) -> list[str]:
    heard: list[str] = []
    pane.noticed.connect(lambda notice: heard.append(notice.text))
    return heard


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
        QApplication.processEvents()  # a cell's editor hands its text over in a moment


def type_text(text: str) -> None:
    """Names with any letters: key clicks know only Latin-1."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit):
        focused.setText(text)
    else:
        focused.setPlainText(text)


def card(workspace: Workspace, team: str) -> TeamCard:
    return workspace.ask(teams.card, TeamId(team))


def cell(pane: TeamsPane, row: int, column: int) -> str:
    return str(pane.card.roles.rows.index(row, column).data())


def test_the_list_shows_every_team_by_place(pane: TeamsPane) -> None:
    rows = pane.list.list.rows.keyed.rows
    captions = [row.text for row in rows if row.is_caption]
    assert captions == ["Division", "Ashby County High", "Holcomb Middle", "Piney Ridge Elementary"]
    assert len(rows) - len(captions) == len(TEAMS)
    assert pane.header.sentence.text() == "12 teams in 4 places. One has a role without a backup."
    spoken = next(row.spoken for row in rows if row.key == pane.record_id)
    assert spoken == "Tier 1 team, Holcomb Middle, Tier 1, 9 members, a role without a backup"


def test_down_changes_the_card_at_once(pane: TeamsPane) -> None:
    pane.list.list.setFocus()
    press(Qt.Key.Key_Down)
    assert pane.card.card.name == "Tier 2 team"
    assert pane.list.list.hasFocus(), "the focus stays in the list"


def test_the_filter_finds_names_and_places_and_says_when_nothing_fits(pane: TeamsPane) -> None:
    QTest.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.list.filter.hasFocus()
    type_text("holcomb tier")
    press(Qt.Key.Key_Down)
    assert [row.text for row in pane.list.list.rows.keyed.rows if not row.is_caption] == [
        "Tier 1 team",
        "Tier 2 team",
        "Tier 3 team",
    ]
    type_text_into = pane.list.filter
    type_text_into.setText("stair")
    assert pane.list.nothing.heading.text() == "No team fits “stair”"
    pane.list.nothing.button.click()
    assert pane.list.filter.text() == ""


def test_a_purpose_is_changed_by_keys_alone_and_undone(
    window: MainWindow, pane: TeamsPane, workspace: Workspace, town: Town
) -> None:
    before = card(workspace, town.team).fact(TeamFact.PURPOSE)
    pane.card.facts[TeamFact.NAME].view.setFocus()
    for _ in range(4):
        press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is pane.card.facts[TeamFact.PURPOSE].view:
            break
    press(Qt.Key.Key_F2)
    type_text("Every student is known by name.")
    press(Qt.Key.Key_Return)
    assert card(workspace, town.team).fact(TeamFact.PURPOSE) == "Every student is known by name."
    assert QApplication.focusWidget() is pane.card.facts[TeamFact.PURPOSE].view
    window.undo_actions.undo.trigger()
    assert pane.card.facts[TeamFact.PURPOSE].view.text() == before


def test_facts_read_as_people_say_them(pane: TeamsPane) -> None:
    shown = {fact: view.view.text() for fact, view in pane.card.facts.items()}
    assert shown[TeamFact.MEETS] == "3rd Tuesday, 2:45–3:45 PM, Room 114 · 9 staff hours a month"
    assert shown[TeamFact.DATA] == "Referrals, tardies, TFI Tier 1"
    assert pane.card._labels[TeamFact.DATA].text() == "Data, monthly"
    assert shown[TeamFact.TIER] == "Tier 1"
    pane.card.facts[TeamFact.MEETS].edit()
    assert pane.card.facts[TeamFact.MEETS].text == "3rd Tuesday, 2:45–3:45 PM, Room 114", "hours are not typed"


def test_the_tier_is_chosen(pane: TeamsPane, workspace: Workspace, town: Town) -> None:
    pane.card.facts[TeamFact.TIER].view.setFocus()
    press(Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert card(workspace, town.team).tier == 2


def test_a_time_that_cannot_be_stays_in_the_field(pane: TeamsPane, workspace: Workspace, town: Town) -> None:
    meets = pane.card.facts[TeamFact.MEETS]
    before = card(workspace, town.team).fact(TeamFact.MEETS)
    meets.edit()
    type_text("3:45-2:45 PM")
    press(Qt.Key.Key_Return)
    assert meets.text == "3:45-2:45 PM"
    assert meets._message.text().startswith("This time cannot be.")
    assert card(workspace, town.team).fact(TeamFact.MEETS) == before
    type_text("2:45-3:30 PM")
    press(Qt.Key.Key_Return)
    assert not meets.editing


def test_naming_a_backup_by_keys(
    window: MainWindow, pane: TeamsPane, workspace: Workspace, town: Town, notices: list[str]
) -> None:
    roles = pane.card.roles
    assert cell(pane, 2, 2) == "Name a backup"
    roles.setFocus()
    roles.choose("data_analyst:0", 2)
    press(Qt.Key.Key_Return)
    type_text("nguyen, thu")
    press(Qt.Key.Key_Return)
    assert cell(pane, 2, 2) == "Thu Nguyễn"
    assert notices == ["nguyen, thu is backup for data analyst"]
    assert window.top.undo.text() == "Undo: name backup data analyst"
    window.undo_actions.undo.trigger()
    assert cell(pane, 2, 2) == "Name a backup"
    assert roles.current.key == "data_analyst:0", "the cursor stays"


def test_a_missing_backup_of_a_core_role_is_marked_and_said(pane: TeamsPane) -> None:
    core = pane.card.roles.rows.columns[2].cell(pane.card.roles.rows.keyed.rows[2])
    other = pane.card.roles.rows.columns[2].cell(pane.card.roles.rows.keyed.rows[5])
    assert (core.tone, core.state, other.tone) == ("warning", "not set", "accent")
    spoken = pane.card.roles.rows.index(2, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Backup, Name a backup, not set"


def test_delete_opens_a_role_and_takes_a_member_off(
    pane: TeamsPane, workspace: Workspace, town: Town, notices: list[str]
) -> None:
    roles = pane.card.roles
    roles.setFocus()
    roles.choose("family:0", 1)
    press(Qt.Key.Key_Delete)
    names = [row.primary.name for row in roles.rows.keyed.rows if row.role == "member" and row.primary]
    assert names == ["Carla Mendes", "Zoë Lambert"] or names == ["Zoë Lambert", "Carla Mendes"]
    row = next(row for row in roles.rows.keyed.rows if row.primary and row.primary.name == "Zoë Lambert")
    roles.choose(row.key, 1)
    press(Qt.Key.Key_Delete)
    assert "Zoë Lambert" not in {member.name for member in card(workspace, town.team).members}
    assert notices == ["Role is open again", "Zoë Lambert is off the team"]


def test_what_a_role_brings_is_typed_in_its_cell(pane: TeamsPane) -> None:
    roles = pane.card.roles
    roles.setFocus()
    roles.choose("timekeeper:0", 3)
    press(Qt.Key.Key_F2)
    type_text("Two-minute warnings")
    press(Qt.Key.Key_Return)
    assert cell(pane, 3, 3) == "Two-minute warnings"


def test_a_member_joins_by_name_and_the_field_waits_for_the_next(
    pane: TeamsPane, workspace: Workspace, town: Town
) -> None:
    pane.join.button.setFocus()
    press(Qt.Key.Key_Space)
    for name in ("Łukasz Żak", "Someone New"):
        type_text(name)
        press(Qt.Key.Key_Return)
    names = {member.name for member in card(workspace, town.team).members}
    assert {"Łukasz Żak", "Someone New"} <= names
    assert "Someone New" in {person.name for person in workspace.ask(people.everyone)}
    press(Qt.Key.Key_Escape)
    assert pane.join.button.hasFocus()


def test_two_people_of_one_name_are_a_question_and_nothing_is_written(
    pane: TeamsPane, workspace: Workspace, town: Town, notices: list[str]
) -> None:
    holcomb = workspace.ask(teams.card, town.team).place_id
    for _ in range(2):
        workspace.do(people.add, first_name="Ana", last_name="Diaz", place_id=holcomb)
    pane.on_team.add_member("ana diaz")
    assert notices[-1] == "2 people are called Ana Diaz. Choose one from the list."
    assert "Ana Diaz" not in {member.name for member in card(workspace, town.team).members}


def test_a_new_team_by_keys_alone(window: MainWindow, pane: TeamsPane, workspace: Workspace) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pane.form.name.hasFocus()
    assert pane.form.place.value == card(workspace, pane.record_id).place_id, "the place of the card is offered"
    press(Qt.Key.Key_Return)
    assert pane.form.name_field.message == "Give the team a name."
    type_text("Family engagement")
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    type_text("Families decide with us.")
    press(Qt.Key.Key_Tab)
    type_text("Carla Mendes\nOrtega, José")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown = pane.card.card
    assert (shown.name, shown.people) == ("Family engagement", 2)
    assert shown.fact(TeamFact.PURPOSE) == "Families decide with us."
    assert pane.list.list.current_key == shown.id
    assert pane.form.name.text() == ""
    assert workspace.typing.pending() == ()


def test_a_name_that_is_taken_stays_in_the_form(pane: TeamsPane, workspace: Workspace) -> None:
    before = len(workspace.ask(teams.cards))
    pane.start_team()
    pane.form.name.setText("school CLIMATE")
    pane.form.submit()
    assert pane.form_is_open
    assert pane.form.name_field.message.startswith("There is already a team called")
    assert len(workspace.ask(teams.cards)) == before


def test_escape_leaves_the_form_and_keeps_what_was_typed(pane: TeamsPane) -> None:
    pane.start_team()
    pane.form.name.setText("Half a na")
    press(Qt.Key.Key_Escape)
    assert not pane.form_is_open
    pane.start_team()
    assert pane.form.name.text() == "Half a na"


def test_retiring_can_be_undone_and_shown(window: MainWindow, pane: TeamsPane, town: Town, notices: list[str]) -> None:
    pane.on_team.retire()
    assert notices == ["Tier 1 team retired"]
    assert town.team not in {line.id for line in pane._lines}
    pane.toggle_retired()
    assert town.team in {line.id for line in pane._lines}
    pane.open_record(town.team)
    assert "bring_back" in {act.key for act in pane.acts()}
    pane.on_team.bring_back()
    window.undo_actions.undo.trigger()
    window.undo_actions.undo.trigger()
    assert pane.card.card.ended_on is None


def test_a_question_is_answered_in_its_line(pane: TeamsPane, workspace: Workspace, town: Town) -> None:
    (link, _) = card(workspace, town.team).links
    acts = dict(pane.on_team.link_acts(link))
    assert set(acts) == {"Answer came", "Remove"}
    acts["Answer came"]()
    assert card(workspace, town.team).links[0].waiting_since is None
    assert set(dict(pane.on_team.link_acts(card(workspace, town.team).links[0]))) == {"Remove"}


def test_a_way_of_talking_is_agreed_in_its_place(pane: TeamsPane, workspace: Workspace, town: Town) -> None:
    agree = pane.agree
    agree.button.setFocus()
    press(Qt.Key.Key_Space)
    assert agree.to.hasFocus()
    assert agree.to.currentText() == "School leadership, Holcomb Middle", "teams of the same place come first"
    agree.submit()
    assert agree._what_field.message == "Say what goes there."
    agree.to.choose("audience")
    agree._show_audience()
    agree.what.setText("celebrations")
    agree.submit()
    assert agree._audience_field.message == "Say who is told."
    agree.audience.setText("Families")
    agree.how_often.setText("monthly")
    agree.submit()
    link = next(link for link in card(workspace, town.team).links if link.what == "celebrations")
    assert (link.outgoing, link.other, link.how_often, link.answer_within_days) == (True, "Families", "monthly", None)
    assert agree.button.hasFocus()
    QApplication.processEvents()
    assert workspace.typing.pending() == ()


@pytest.mark.parametrize("mine", [True, False])
def test_a_conflict_is_asked_over_the_field_and_typing_elsewhere_goes_on(
    pane: TeamsPane, workspace: Workspace, town: Town, mine: bool
) -> None:
    purpose, norms = pane.card.facts[TeamFact.PURPOSE], pane.card.facts[TeamFact.NORMS]
    purpose.edit()
    type_text("My purpose")
    workspace.do(teams.write_fact, town.team, fact=TeamFact.PURPOSE, text="Their purpose")
    assert purpose.text == "My purpose", "a change from elsewhere leaves the typed text"
    purpose.finish()
    assert purpose.has_open_question
    assert card(workspace, town.team).fact(TeamFact.PURPOSE) == "Their purpose"
    norms.edit()
    type_text("Listen first.")
    norms.finish()
    assert card(workspace, town.team).fact(TeamFact.NORMS) == "Listen first."
    take, keep, _ = purpose._conflict.buttons
    (keep if mine else take).click()
    assert card(workspace, town.team).fact(TeamFact.PURPOSE) == ("My purpose" if mine else "Their purpose")
    assert purpose.view.text() == ("My purpose" if mine else "Their purpose")
    assert workspace.typing.pending() == ()


def test_what_was_being_typed_when_the_light_went_out_is_back(
    make_window: MakeWindow, town: Town, tmp_path: Path, qtbot: QtBot
) -> None:
    workspace = open_copy(town, tmp_path, "cut.mtss")
    key = f"team:{town.team}:{card(workspace, town.team).year_id}:purpose"
    workspace.typing.keep(key, "Every student is kno")
    workspace.typing.keep("team:new:name", "Family engag")
    window = make_window(workspace)
    pane = window.current
    assert isinstance(pane, TeamsPane)
    assert pane.record_id == town.team, "the team with waiting text is shown first"
    assert pane.card.facts[TeamFact.PURPOSE].text == "Every student is kno"
    assert pane.form.name.text() == "Family engag"
    assert window.status.notice.text() == "What you were typing is back in its place."
    window.close()
    workspace.close()


def test_every_key_is_in_the_typing_file_before_the_record_is_saved(
    pane: TeamsPane, workspace: Workspace, town: Town, qtbot: QtBot
) -> None:
    pane.card.facts[TeamFact.NORMS].edit()
    type_text("Start with a succ")
    qtbot.wait(60)
    assert workspace.typing.flush()
    assert [typed.text for typed in workspace.typing.pending()] == ["Start with a succ"]
    assert card(workspace, town.team).fact(TeamFact.NORMS) != "Start with a succ"
    pane.card.facts[TeamFact.NORMS].finish()
    assert workspace.typing.pending() == ()


def test_another_team_saves_what_was_typed_for_the_one_before(
    pane: TeamsPane, workspace: Workspace, town: Town
) -> None:
    pane.card.facts[TeamFact.NORMS].edit()
    type_text("Listen first.")
    other = next(line.id for line in pane._lines if line.name == "School climate")
    pane.open_record(other)
    assert card(workspace, town.team).fact(TeamFact.NORMS) == "Listen first."
    assert card(workspace, other).fact(TeamFact.NORMS) == ""


def test_a_change_elsewhere_keeps_choice_scroll_and_focus(pane: TeamsPane, workspace: Workspace, town: Town) -> None:
    pane.list.list.setFocus()
    pane.list.list.verticalScrollBar().setValue(40)
    scroll = pane.list.list.verticalScrollBar().value()
    place = card(workspace, town.team).place_id
    workspace.do(teams.add, place, name="Another team")
    assert pane.list.list.current_key == town.team
    assert pane.list.list.hasFocus()
    assert pane.list.list.verticalScrollBar().value() == scroll


def test_a_hidden_room_reads_only_when_it_is_shown_again(
    window: MainWindow, pane: TeamsPane, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[bool] = []
    monkeypatch.setattr(pane, "refresh", lambda: reads.append(True))
    window.hide()
    workspace.do(people.add, last_name="Bell")
    assert reads == []
    window.show()
    assert reads == [True]


@pytest.fixture
def statements(workspace: Workspace) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    reader = workspace._database.engines.reader
    sa.event.listen(reader, "before_cursor_execute", note)
    yield seen
    sa.event.remove(reader, "before_cursor_execute", note)


def test_the_list_costs_the_same_however_many_teams(
    pane: TeamsPane, workspace: Workspace, town: Town, statements: list[str]
) -> None:
    def cost() -> int:
        statements.clear()
        pane.refresh()
        return len(statements)

    few = cost()
    place = card(workspace, town.team).place_id
    for number in range(20):
        workspace.do(teams.add, place, name=f"Team {number:02}")
    assert cost() == few


def test_without_a_team_the_page_says_what_comes_first(make_window: MakeWindow, bare_workspace: Workspace) -> None:
    window = make_window(bare_workspace)
    pane = window.current
    assert isinstance(pane, TeamsPane)
    assert pane.header.sentence.text() == "No team yet. Ready: Ashby High, Holcomb, Piney Ridge."
    assert not pane.add_button.isVisible(), "the one button stands where the first team will stand"
    assert QApplication.focusWidget() is pane.empty.button
    press(Qt.Key.Key_Space)
    assert pane.form.name.hasFocus()
    pane.form.left.emit()
    assert pane.empty.button.isVisible()


def test_a_removed_team_says_so_and_another_is_shown(pane: TeamsPane, notices: list[str]) -> None:
    pane._team = "gone"
    pane._ask_card(pane._show_if_wanted)
    assert notices == ["This team is no longer there. Choose another one."]


def test_rows_of_roles_pair_primaries_with_backups(workspace: Workspace, town: Town) -> None:
    rows = role_rows(card(workspace, town.team))
    assert [row.role for row in rows] == [
        *("facilitator", "minute_taker", "data_analyst", "timekeeper", "administrator", "family", "member")
    ]
    assert (rows[0].primary.name, rows[0].backup.name) == ("Tamika Greene", "Hannah Cole")
    second = workspace.do(people.add, first_name="Ana", last_name="Diaz").value
    workspace.do(teams.add_member, town.team, second, role="family")
    family = [row for row in role_rows(card(workspace, town.team)) if row.role == "family"]
    assert [row.primary.name for row in family] == ["Carla Mendes", "Ana Diaz"]
    assert [row.first for row in family] == [True, False]


def test_trouble_is_said_in_the_status_strip(window: MainWindow, pane: TeamsPane) -> None:
    pane.noticed.emit(Notice("The disk is full. Free some space, then try again.", tone="danger"))
    assert window.status.notice.text().startswith("The disk is full.")
    assert not window.status.undo.isVisible()


def test_places_are_there_for_the_form(workspace: Workspace) -> None:
    assert len(workspace.ask(places.places)) == 4
