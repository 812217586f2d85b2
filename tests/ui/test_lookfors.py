"""Look-fors rated by keys: alone, from paper and in a visit; what is typed, refused, finished and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.figures import Level, PhaseLine, Points, Role
from mtss_desktop.domain.instruments import entry_order
from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.domain.rating_views import Sheet, SheetItem
from mtss_desktop.domain.ratings import AdministrationId, AdministrationKind, AdministrationState
from mtss_desktop.ui.find import found_entries
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.palette import Entry
from mtss_desktop.ui.panes.lookfors.pane import LookforsPane
from mtss_desktop.ui.panes.lookfors.rate_view import RateView
from mtss_desktop.ui.panes.lookfors.telling_trend import trend_sentence
from mtss_desktop.ui.panes.lookfors.telling_visits import visits_shown
from mtss_desktop.ui.panes.plans.pane import PlansPane
from mtss_desktop.ui.panes.printing.pane import PrintingPane
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, builder, places, rating_results, rating_sheet, rating_surveys, ratings
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow
from tests.ui.keys import CONTROL, press, type_


@pytest.fixture
def window(make_window: MakeWindow, sample: Workspace) -> MainWindow:
    made = make_window(sample)
    made.go_to("lookfors")
    QApplication.processEvents()
    return made


def pane_of(window: MainWindow) -> LookforsPane:
    pane = window.current
    assert isinstance(pane, LookforsPane)
    return pane


def school_of(workspace: Workspace) -> str:
    return next(each.id for each in workspace.ask(places.places) if each.kind is OrganizationKind.SCHOOL)


def begin(
    window: MainWindow,
    workspace: Workspace,
    instrument: str = "look_fors",
    kind: AdministrationKind = AdministrationKind.TEAM,
) -> AdministrationId:
    """A draft of a school, open in the room."""
    made = workspace.do(ratings.start, instrument, school_of(workspace), kind=kind, held_on=date(2026, 2, 12)).value
    window.go_to("lookfors", str(made))
    QApplication.processEvents()
    return AdministrationId(made)


def sheet_of(workspace: Workspace, administration: AdministrationId) -> Sheet:
    return workspace.ask(rating_sheet.sheet, administration)


def items_of(workspace: Workspace, administration: AdministrationId) -> dict[str, SheetItem]:
    return {item.number: item for item in sheet_of(workspace, administration).items}


def view_of(window: MainWindow) -> RateView:
    view = pane_of(window)._shown_rating
    assert view is not None
    return view


def test_a_rating_is_started_by_keys_from_the_form(window: MainWindow, sample: Workspace) -> None:
    before = {line.id for line in sample.ask(ratings.list_)}
    pane = pane_of(window)
    press(Qt.Key.Key_N, CONTROL)
    assert pane.form.instrument.hasFocus()
    pane.form.day.setText("2/30")
    press(Qt.Key.Key_Return)
    assert pane.form.day_field.is_wrong
    assert {line.id for line in sample.ask(ratings.list_)} == before, "nothing is started on a day that is none"
    pane.form.day.setText("2/10/2026")
    press(Qt.Key.Key_Return)
    (made,) = {line.id for line in sample.ask(ratings.list_)} - before
    assert view_of(window).list.hasFocus()
    assert sheet_of(sample, made).head.administration.held_on == date(2026, 2, 10)
    assert "Start Systems-coaching look-fors" in sample.undo_label()


def test_number_keys_rate_and_go_on_and_undo_takes_back(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample)
    order = [item.number for item in sheet_of(sample, made).items]
    view = view_of(window)
    assert view.item_number == order[0]
    type_("21n0?")
    found = items_of(sample, made)
    assert [found[each].values for each in order[:5]] == [(2,), (1,), (), (0,), ()]
    assert not found[order[2]].applies
    assert not found[order[4]].rated, "not yet discussed is unanswered, which is not zero"
    assert view.item_number == order[5]
    assert view.count.text() == f"4 of {len(order)} rated"
    assert not view.result.isVisibleTo(view), "no percent before everything is rated"
    sample.undo()
    QApplication.processEvents()
    assert not items_of(sample, made)[order[3]].rated
    assert view.count.text() == f"3 of {len(order)} rated"


def test_what_its_scale_has_not_is_refused_in_place(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample)
    view, label = view_of(window), sample.undo_label()
    first = view.item_number
    type_("7")
    assert view.card is not None
    assert view.card.message.text() == f"Item {first} takes 0, 1 or 2, not 7."
    assert view.item_number == first
    assert sample.undo_label() == label
    assert not items_of(sample, made)[first].rated


def test_a_note_is_kept_as_typed_and_escape_returns_to_the_keys(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample)
    view = view_of(window)
    assert view.card is not None
    first = view.item_number
    press(Qt.Key.Key_E)
    assert view.card.note.hasFocus()
    type_("4 of 6 parts in November")
    view.card._typed.flush()
    assert any(each.text.startswith("4 of 6") for each in sample.typing.pending()), "safe before it is saved"
    press(Qt.Key.Key_Escape)
    assert view.list.hasFocus()
    assert items_of(sample, made)[first].note == "4 of 6 parts in November"
    type_("1")
    assert items_of(sample, made)[first].note == "4 of 6 parts in November", "rating it keeps the note"


def test_a_note_that_was_not_saved_comes_back(window: MainWindow, sample: Workspace, make_window: MakeWindow) -> None:
    made = begin(window, sample)
    third = [item.number for item in sheet_of(sample, made).items][2]
    sample.typing.keep_soon(f"rating:{made}:{third}:note", "half a sentence")
    pane = pane_of(window)
    pane._looked = False
    pane.open_record(str(made))
    QApplication.processEvents()
    view = view_of(window)
    assert view.card is not None
    assert view.item_number == third
    assert view.card.note.toPlainText() == "half a sentence"


def test_a_low_item_becomes_an_action(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample)
    view = view_of(window)
    assert view.card is not None
    first = view.item_number
    press(Qt.Key.Key_A)
    type_("Put the dates into the calendar")
    view.card.action.owner.setText("Nobody At All")
    press(Qt.Key.Key_Return)
    assert "Nobody At All" in view.card.action.message.text()
    assert view.card.action.text.text(), "what was typed stays"
    view.card.action.owner.setText(view._names()[0])
    view.card.action.due.setText("3/2")
    press(Qt.Key.Key_Return)
    assert view.list.hasFocus()
    action = next(each for each in sample.ask(actions.board).lines if each.text == "Put the dates into the calendar")
    assert action.due_on == date(2026, 3, 2)
    assert [each.text for each in items_of(sample, made)[first].actions] == ["Put the dates into the calendar"]
    assert view.open_item(first)
    QApplication.processEvents()
    (shows,) = view.card.made.buttons
    shows.click()  # from the item to the board …
    QApplication.processEvents()
    plans = window.current
    assert isinstance(plans, PlansPane)
    line = plans.board.list.current
    assert line is not None
    assert ENGLISH.say(line.belongs_to) == f"Item {first}, Systems-coaching look-fors"
    plans.board.list.opened.emit(line)  # … and from the board back to the item
    QApplication.processEvents()
    assert window.current is pane_of(window)
    assert view_of(window).item_number == first


def test_finishing_asks_about_open_items_and_can_be_taken_back(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample)
    pane, view = pane_of(window), view_of(window)
    type_("2")
    pane.finish()
    assert pane.open_items.question.isVisible()
    assert "no percent" in pane.open_items.question.text()
    pane.open_items.first_open.click()
    assert view.item_number == sheet_of(sample, made).items[1].number
    pane.finish()
    pane.open_items.finish_anyway.click()
    QApplication.processEvents()
    assert sheet_of(sample, made).head.administration.state is AdministrationState.FINISHED
    pane.open_record(f"rate:{made}")
    QApplication.processEvents()
    view = view_of(window)
    view.to_keys()
    type_("1")
    assert view.card is not None
    assert "finished" in view.card.message.text(), "a finished rating does not change by a key"
    pane.show_view("result")
    QApplication.processEvents()
    pane.result_view.list.setFocus()
    press(Qt.Key.Key_A)  # the team has seen the result and chooses what to do next
    assert view.card.action.text.hasFocus()
    type_("Ask the families")
    press(Qt.Key.Key_Return)
    assert [each.text for each in sample.ask(actions.board).lines if each.text == "Ask the families"]
    pane.reopen()
    QApplication.processEvents()
    assert sheet_of(sample, made).head.administration.state is AdministrationState.DRAFT
    part = sample.do(ratings.start, "tfi_3_0", school_of(sample), sections=("tier1",)).value
    sample.do(ratings.rate_all, part, ("2",) * 19)
    sample.do(ratings.finish, part)
    pane.open_record(f"result:{part}")
    assert pane.result_view.shown is not None
    assert pane.result_view.shown.finding.startswith("1 item is not rated"), "the tiers left out are not spoken of"


def test_an_own_list_asks_for_a_note_with_its_lowest_step(window: MainWindow, sample: Workspace) -> None:
    own = sample.do(builder.make, title="Doors").value
    sample.do(builder.add_items, own, text="Greeting at the door\nSeats are set")
    sample.do(builder.set_rules, own, number="A1", asks_note=True)
    sample.do(builder.make_ready, own)
    begin(window, sample, "doors")
    view = view_of(window)
    type_("0")
    assert view.card is not None
    assert view.card.note.hasFocus()
    assert view.item_number == "A1"
    type_("nobody stood there")
    press(Qt.Key.Key_Escape)
    type_("0")
    assert view.item_number == "A2", "the note is there now"


def test_from_paper_digits_alone_in_the_order_of_the_form(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample, kind=AdministrationKind.PAPER)
    sheet = sheet_of(sample, made)
    printed = [item.number for group in entry_order(sheet.instrument) for item in group.items]
    view = view_of(window)
    assert [item.number for item in view.list.items] == printed, "screen and paper form ask in one order"
    type_("210 2")
    found = items_of(sample, made)
    assert [found[each].values for each in printed[:5]] == [(2,), (1,), (0,), (), (2,)]
    press(Qt.Key.Key_Backspace)
    assert view.item_number == printed[4], "Backspace goes back"
    type_("1")
    assert items_of(sample, made)[printed[4]].values == (1,)


def test_survey_forms_are_typed_one_person_after_another(
    window: MainWindow, sample: Workspace, make_window: MakeWindow
) -> None:
    made = begin(window, sample, "satisfaction", AdministrationKind.SURVEY)
    pane = pane_of(window)
    entry = pane.survey_entry
    assert pane.where.view == "answers"
    assert [item.number for item in entry.questions.list.items] == [
        item.number for item in sheet_of(sample, made).items
    ], "the order of the paper"
    for person in range(4):
        type_("3 434443")  # the second is left open
        assert entry.comment.hasFocus(), "after the last question come the words"
        type_(f"words {person}")
        press(Qt.Key.Key_Return)
        assert entry.questions.list.hasFocus(), "the next person"
    assert entry.questions.count.text() == "Form 5"
    told = sample.ask(rating_surveys.survey, made)
    assert (told.answered, told.hidden) == (4, True)
    assert "1 more" in entry.questions.rest.text()
    press(Qt.Key.Key_Return)
    type_("9")
    assert "takes 1, 2, 3 or 4, not 9" in entry.questions.message.text(), "refused in place"
    type_("41")
    pane.finish()
    assert "half typed" in entry.message.text()
    again = make_window(sample)  # the program ended in the middle of a form
    again.go_to("lookfors", str(made))
    entry = pane_of(again).survey_entry
    assert entry.answers[:3] == ("4", "1", "-")
    entry.keep()
    QApplication.processEvents()
    told = sample.ask(rating_surveys.survey, made)
    assert (told.answered, told.hidden, len(told.comments)) == (5, False, 4)
    entry.off_button.click()
    QApplication.processEvents()
    assert sample.ask(rating_surveys.survey, made).hidden
    assert audit(again) == []
    sample.undo()
    pane_of(again).finish()
    QApplication.processEvents()
    assert pane_of(again).where.view == "result"


def test_several_values_of_one_item_come_to_one(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample, "tfi_2_1")
    item = next(each for each in sheet_of(sample, made).items if each.takes == "lowest")
    view = view_of(window)
    view.open_item(item.number)
    type_("212")
    press(Qt.Key.Key_Backspace)
    assert view.item_number == item.number, "it waits for the next intervention"
    found = items_of(sample, made)[item.number]
    assert (found.values, found.value) == ((2, 1), 1)


def test_a_visit_counts_by_letters_and_reckons_as_it_goes(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample, "walkthrough", AdministrationKind.WALKTHROUGH)
    view = pane_of(window).walk_view
    assert view.list.hasFocus()
    type_("ppppcooo")
    assert "4 : 1" in view.ratio.text()
    press(Qt.Key.Key_Backspace)
    type_("2")
    found = items_of(sample, made)
    assert [sum(found[each].values) for each in ("T1", "T2", "T3")] == [4, 1, 2]
    assert found["1"].values == (2,)
    press(Qt.Key.Key_Space)
    assert view.running
    view._before = 5.0
    press(Qt.Key.Key_Space)
    assert not view.running
    watched = sheet_of(sample, made).head.administration.minutes_watched
    assert watched is not None
    assert watched >= 5


def test_the_list_opens_removes_and_offers_the_way_back(window: MainWindow, sample: Workspace) -> None:
    made = begin(window, sample)
    pane = pane_of(window)
    pane.go_home()
    QApplication.processEvents()
    assert pane.home.table.hasFocus()
    current = pane.home.table.current
    assert current is not None
    assert current.id == made, "the one that was open is under the cursor"
    press(Qt.Key.Key_Delete)
    assert made not in {line.id for line in sample.ask(ratings.list_)}
    sample.undo()
    QApplication.processEvents()
    assert pane.home.table.choose(made)
    pane.home.table.setFocus()
    press(Qt.Key.Key_Return)
    assert pane.where.administration == made


def test_nothing_is_wrong_with_the_room(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    found = audit(window)
    pane.start_new()
    found += audit(window)
    begin(window, sample)
    found += audit(window)
    look().use("light", 200)
    QApplication.processEvents()
    found += audit(window)
    assert found == []


def test_instruments_of_our_own_are_a_view_of_the_room(window: MainWindow) -> None:
    pane = pane_of(window)
    pane.header.lists.click()
    assert pane.instruments.lists.table.hasFocus()
    assert pane.record_id == "instruments"
    pane.instruments.copy()
    assert pane.record_id.startswith(f"instruments:{pane.instruments.list_id}")
    assert not audit(window)
    where = pane.record_id
    pane.instruments.go_to_lists()
    pane.instruments.left.emit()
    assert pane.header.isVisible()
    window.go_to("lookfors", where)
    assert pane.instruments.list_id == where.split(":")[1]


def line_of(workspace: Workspace, title: str, place: str, kind: str = "team", edition: str = "") -> AdministrationId:
    """The newest finished one of the sample."""
    return next(
        line.id
        for line in workspace.ask(ratings.list_)
        if (line.title, line.place, line.kind) == (title, place, kind)
        and line.state is AdministrationState.FINISHED
        and line.edition == (edition or line.edition)
    )


def test_a_result_says_its_score_its_criterion_and_where_others_differ(window: MainWindow, sample: Workspace) -> None:
    made = line_of(sample, "Tiered Fidelity Inventory", "Holcomb", edition="3.0")
    pane = pane_of(window)
    pane.open_record(str(made))
    shown = pane.result_view.shown
    assert shown is not None
    assert shown.finding.startswith("Tier 1: 61%, meets 50%")
    assert [each.met for each in shown.criteria] == [True]
    assert all(each.source for each in shown.criteria), "a criterion names its source"
    assert pane.result_view.list.hasFocus()
    view = next(
        found
        for line in sample.ask(ratings.list_)
        if line.family == "tfi" and line.headline is not None
        if (found := sample.ask(rating_results.result, line.id)).agreement is not None
    )
    pane.open_record(f"result:{view.head.administration.id}")
    assert view.agreement is not None
    shown = pane.result_view.shown
    assert shown is not None
    assert len(shown.apart) == len(view.agreement.differences) > 0
    assert "items agree" in shown.agreement
    press(Qt.Key.Key_Down)
    second = pane.result_view.list.current_key
    press(Qt.Key.Key_Return)
    assert pane.where.view == "rate"
    assert view_of(window).item_number == second


def test_a_survey_of_too_few_says_nothing_of_anybody(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    few = line_of(sample, "Staff satisfaction survey", "Cedar Fork", "survey")
    pane.open_record(str(few))
    shown = pane.result_view.shown
    assert shown is not None
    assert "Too few answers" in shown.finding
    assert "Open it again" in shown.detail
    assert not shown.scores
    assert not shown.comments
    enough = line_of(sample, "Staff satisfaction survey", "Holcomb", "survey")
    pane.open_record(str(enough))
    shown = pane.result_view.shown
    assert shown is not None
    assert shown.scores
    assert audit(window) == []


def test_a_trend_breaks_at_the_version_and_says_what_was_done(window: MainWindow, sample: Workspace) -> None:
    made = line_of(sample, "Tiered Fidelity Inventory", "Holcomb", edition="3.0")
    pane = pane_of(window)
    pane.open_record(f"trend:{made}")
    shown = pane.trend_view.shown
    assert shown is not None
    assert shown.figure is not None
    assert [line.role for line in shown.figure.of(PhaseLine)] == [Role.VERSION]
    assert {level.value for level in shown.figure.of(Level)} == {70.0, 50.0}, "a criterion for each version"
    assert any(point.note for mark in shown.figure.of(Points) for point in mark.points), "estimates say so"
    trend = pane.rating.opened.trend if pane.rating.opened is not None else None
    assert trend is not None
    for stuck, told in (
        ((), ""),
        (("1.9",), "1.9 stands"),
        (("1.5", "1.9"), "1.5 and 1.9 stand"),
        ("abcde", "5 items stand"),
    ):
        sentence = trend_sentence(pane.words, replace(trend, stuck=tuple(stuck)))
        assert (f"; {told} for the third time." in sentence) is bool(told), sentence
        assert told or "third" not in sentence
    first = pane.trend_view.table.rows.keyed.rows[0]
    assert first.change > 0
    assert first.hours > 0
    pane.trend_view.chart.copy()
    assert "Tier 1" in QGuiApplication.clipboard().text()
    assert audit(window) == []


def test_the_division_stands_in_one_table_that_keys_go_through(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    pane.open_record("division")
    table = pane.heat.table
    assert table.hasFocus()
    rows = {name: place for place, name in table.shown.heat.places}
    cell = table.shown.heat.cells[(rows["Holcomb"], "tfi")]
    assert (cell.text, cell.met) == ("61%", True)
    assert "meets" in cell.spoken, "never color alone"
    table.copy()
    assert "61%" in QGuiApplication.clipboard().text()
    assert audit(window) == []
    table.setFocus()
    for step in [Qt.Key.Key_Down] * 2 + [Qt.Key.Key_Right] * 12:
        if table.current != cell:
            press(step)
    assert table.current == cell
    press(Qt.Key.Key_Return)
    assert pane.where.administration == cell.opens


def test_result_trend_and_binder_go_to_paper_with_this_rating(window: MainWindow, sample: Workspace) -> None:
    made = line_of(sample, "Tiered Fidelity Inventory", "Holcomb", edition="3.0")
    survey = line_of(sample, "Staff satisfaction survey", "Holcomb", "survey")
    ways = (
        (f"result:{made}", made, "print", "instrument-result"),
        (f"trend:{made}", made, "print", "instrument-trend"),
        (f"evidence:{made}", made, "print_binder", "evidence-binder"),
        (str(survey), survey, "print", "survey-result"),
    )
    for record, rating, button, document in ways:
        window.go_to("lookfors", record)
        QApplication.processEvents()
        getattr(pane_of(window).header, button).click()
        QApplication.processEvents()
        printing = window.current
        assert isinstance(printing, PrintingPane)
        assert printing._asked is not None
        assert (printing._asked.name, printing._asked.scope.rating) == (document, rating)
        assert printing._made is not None, f"{document} has pages"
    window.go_to("lookfors", f"rate:{made}")
    QApplication.processEvents()
    pane = pane_of(window)
    assert not pane.header.print.isVisible(), "what is being rated has no page yet"
    assert next(act for act in pane.acts() if act.key == "print").why_not()


def test_the_palette_finds_ratings_and_opens_them(window: MainWindow, sample: Workspace) -> None:
    made = line_of(sample, "Tiered Fidelity Inventory", "Holcomb", edition="3.0")
    found: list[Entry] = []
    found_entries(window, "fidelity inventory 3.0", found.extend)
    QApplication.processEvents()
    entry = next(each for each in found if each.key == f"administration:{made}")
    window.go_to("today")
    entry.run()
    QApplication.processEvents()
    assert pane_of(window).where.administration == made


def test_all_visits_of_a_place_are_read_together_from_five_on(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    visits = [line for line in sample.ask(ratings.list_) if line.kind is AdministrationKind.WALKTHROUGH]
    visits = [line for line in visits if line.state is AdministrationState.FINISHED]
    most = max(visits, key=lambda line: sum(each.place_id == line.place_id for each in visits))
    pane.home.table.choose(next(line.id for line in sample.ask(ratings.list_) if line.kind is AdministrationKind.TEAM))
    assert not pane.home.visits.isVisible()
    pane.home.table.choose(most.id)
    pane.home.visits.click()
    QApplication.processEvents()
    found = pane.rating.opened.visits if pane.rating.opened is not None else None
    shown = pane.result_view.shown
    assert found is not None
    assert found.visits >= 5
    assert shown is not None
    assert shown.finding == f"{found.visits} visits."
    percents = [line.share for line in shown.scores if line.share is not None]
    assert percents == [float(line.percent) / 100 for line in found.practices if line.percent is not None]
    assert percents
    assert pane.header.views.isVisible()
    assert audit(window) == []
    few = visits_shown(pane.words, replace(found, visits=4))
    assert (few.scores, few.finding) == ((), "Too few visits to show: it takes 5 finished ones.")
    assert few.detail.endswith("4 are finished so far.")
    assert not pane.header.new.isVisible()
    assert pane.rating.opened is not None
    pane.rating.opened = replace(pane.rating.opened, visits=replace(found, visits=4))
    pane._dress()
    assert pane.header.new.isVisible(), "one more visit is the next act"
    pane.rating.opened = replace(pane.rating.opened, visits=found)
    pane._dress()
    pane.header.print.click()
    QApplication.processEvents()
    printing = window.current
    assert isinstance(printing, PrintingPane)
    assert printing._asked is not None
    assert (printing._asked.name, printing._asked.scope.school) == ("walkthrough-summary", most.place_id)
