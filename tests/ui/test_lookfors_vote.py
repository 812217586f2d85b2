"""A team session by keys: five people vote item by item, talk, vote again and agree."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.people import OrganizationId, OrganizationKind
from mtss_desktop.domain.ratings import AdministrationId, AdministrationState
from mtss_desktop.domain.vote_views import VoteView as Told
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.lookfors.pane import LookforsPane
from mtss_desktop.ui.panes.lookfors.vote_view import VoteView
from mtss_desktop.usecases import places, rating_sheet, rating_votes, ratings
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow


@pytest.fixture
def session(make_window: MakeWindow, sample: Workspace) -> tuple[MainWindow, AdministrationId]:
    """The vote on the first tier of an inventory, nobody has voted."""
    school = next(each.id for each in sample.ask(places.places) if each.kind is OrganizationKind.SCHOOL)
    made = sample.do(
        ratings.start, "tfi_3_0", OrganizationId(school), held_on=date(2026, 2, 12), sections=("tier1",)
    ).value
    window = make_window(sample)
    window.go_to("lookfors", f"vote:{made}")
    QApplication.processEvents()
    return window, AdministrationId(made)


def view_of(window: MainWindow) -> VoteView:
    pane = window.current
    assert isinstance(pane, LookforsPane)
    return pane.vote_view


def type_(text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)
    QApplication.processEvents()


def enter() -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_Return)
    QApplication.processEvents()


def vote_of(workspace: Workspace, administration: AdministrationId, item: str) -> Told:
    return workspace.ask(rating_votes.vote, administration, item)


def test_five_raters_vote_hidden_talk_vote_again_and_agree(
    session: tuple[MainWindow, AdministrationId], sample: Workspace
) -> None:
    window, made = session
    view = view_of(window)
    assert view.box.hasFocus()
    assert view.item == "1.1"
    view.side.seats.choose("5")
    view._choose_seats(5)
    type_("1342")
    told = view.stage.accessibleName()
    assert told.startswith("4 of 5 have voted. Vote 5")
    assert vote_of(sample, made, "1.1").rounds[-1].tally == (), "nothing is told before the reveal"
    type_("a")
    assert "All have voted" in view.stage.accessibleName()
    type_("r")
    shown = vote_of(sample, made, "1.1").rounds[-1]
    assert [n for _, _, n in shown.tally] == [0, 1, 1, 1, 1]
    assert shown.abstained == 1
    assert view.voted.text() == "4 voted, 1 abstains"
    assert view.proposal == (None, None), "four different votes propose nothing"
    enter()
    assert "agreed score" in view.message.text()
    assert not vote_of(sample, made, "1.1").items[0].rated
    type_("v")
    type_("33323")
    type_("r")
    assert view.side.small_title.text() == "Round 1"
    assert view.side.small.isVisible(), "the first round stays, small"
    assert view.proposal == (3, AgreedBy.MAJORITY)
    enter()
    first = vote_of(sample, made, "1.1")
    assert (first.agreed, first.agreed_by) == (3, AgreedBy.MAJORITY)
    assert view.item == "1.2", "and the next item is on the table"
    assert view.box.hasFocus()
    type_("22222r")
    assert view.proposal == (2, AgreedBy.CONSENSUS)
    type_("4x")
    enter()
    second = vote_of(sample, made, "1.2")
    assert (second.agreed, second.agreed_by) == (4, AgreedBy.EXPERT), "what the team says counts, not the votes"
    assert view.count.text() == f"2 of {len(second.items)} agreed"
    assert "Agree on 1.2" in sample.undo_label()
    sample.undo()
    QApplication.processEvents()
    assert view.count.text() == f"1 of {len(second.items)} agreed"


def test_the_wall_shows_seats_then_votes_and_closes_with_the_vote(
    session: tuple[MainWindow, AdministrationId], sample: Workspace
) -> None:
    window, made = session
    view, pane = view_of(window), window.current
    assert isinstance(pane, LookforsPane)
    view._choose_seats(3)
    QTest.keyClick(view.box, Qt.Key.Key_F9)
    QApplication.processEvents()
    wall = pane.on_wall.wall
    assert wall is not None
    assert view.box.hasFocus(), "the keys stay with the vote"
    type_("14")
    assert wall.seats.accessibleName() == "2 of 3 have voted"
    assert not any("vote for" in text or text in ("1", "4") for text in (*wall.texts, wall.stage.accessibleName()))
    type_("4")
    QTest.keyClick(wall, Qt.Key.Key_Space)
    type_("r")
    assert wall.seats.isVisible(), "held: the picture waits"
    QTest.keyClick(wall, Qt.Key.Key_Space)
    assert not wall.seats.isVisible()
    assert wall.stage.accessibleName() == "1 vote for 1; 2 votes for 4; 3 voted"
    assert "Score: 4" in wall.texts
    view.note.setText("Jordan told us")
    enter()
    assert not any("Jordan" in text for text in wall.texts), "notes stay off the wall"
    pane.go_home()
    assert pane.on_wall.wall is None
    assert made


def test_a_vote_can_be_taken_back_and_one_out_of_scale_is_refused(
    session: tuple[MainWindow, AdministrationId], sample: Workspace
) -> None:
    window, made = session
    view = view_of(window)
    view._choose_seats(5)
    type_("7")
    assert view.message.text() == "Item 1.1 takes 0, 1, 2, 3 or 4, not 7."
    assert vote_of(sample, made, "1.1").rounds == ()
    type_("r")
    assert view.message.text() == "Nobody has voted yet."
    type_("14")
    QTest.keyClick(view.box, Qt.Key.Key_Backspace)
    assert "Vote 2:" in view.stage.accessibleName()
    type_("1111r")
    assert [n for _, _, n in vote_of(sample, made, "1.1").rounds[-1].tally] == [0, 5, 0, 0, 0]


def test_a_round_can_be_timed_and_nothing_is_wrong_with_the_page(
    session: tuple[MainWindow, AdministrationId], sample: Workspace
) -> None:
    window, made = session
    view = view_of(window)
    assert audit(window) == []
    view.to_keys()
    type_("t")
    assert vote_of(sample, made, "1.1").rounds[-1].ends_at is not None
    assert view.clock.isVisible()
    assert "left" in view.clock.text()
    type_("2r")
    assert audit(window) == []
    view.to_keys()
    type_("e")
    assert view.note.hasFocus()
    type_("Charts shown in 9 of 10 meetings")
    enter()
    assert view.box.hasFocus()
    enter()
    assert next(each for each in sample.ask(rating_sheet.sheet, made).items).note == "Charts shown in 9 of 10 meetings"
    assert sample.ask(rating_sheet.sheet, made).head.administration.state is AdministrationState.DRAFT


def test_a_team_agrees_that_an_item_does_not_apply_where_the_scale_has_that(
    session: tuple[MainWindow, AdministrationId], sample: Workspace
) -> None:
    window, inventory = session
    view = view_of(window)
    view._choose_seats(2)
    type_("22rn")
    assert view.message.text() == "Item 1.1 takes 0, 1, 2, 3 or 4; it cannot be marked not applicable."
    assert view.proposal == (2, AgreedBy.CONSENSUS)
    school = sample.ask(rating_sheet.sheet, inventory).head.administration.organization_id
    made = sample.do(ratings.start, "look_fors", school, held_on=date(2026, 2, 12)).value
    window.go_to("lookfors", f"vote:{made}")
    QApplication.processEvents()
    first = view.item
    view._choose_seats(2)
    view.to_keys()
    type_("aar")
    assert view.proposal == (None, None), "nobody had anything to say"
    type_("n")
    assert (view.skips, view.proposal) == (True, (None, AgreedBy.CONSENSUS))
    assert audit(window) == []
    view.to_keys()
    enter()
    agreed = next(each for each in vote_of(sample, made, first).items if each.number == first)
    assert not agreed.applies
    assert view.item != first
    assert view.count.text().startswith("1 of ")
    window.go_to("lookfors", f"vote:{made}:{first}")
    QApplication.processEvents()
    assert view.skips, "it stands so when the item comes back"
    type_("1")
    assert view.proposal == (1, AgreedBy.CONSENSUS), "and can be given a score after all"
