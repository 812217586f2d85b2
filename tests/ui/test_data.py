"""The room of data on the sample division, driven by keys: views, schools, names, where from, scores by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.precise import Narrowing, Part
from mtss_desktop.domain.students import Names as StudentNames
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.data.adding import day_of
from mtss_desktop.ui.panes.data.pane import DataPane
from mtss_desktop.ui.panes.data.words import file_stem
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import data, data_plans, imports, meetings, places, problems, teams
from tests.ui.audit import audit, audit_in_every_theme
from tests.ui.conftest import MakeWindow

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PINEY, HOLCOMB = "Piney Ridge", "Holcomb"


def key(which: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, which, held)
    QApplication.processEvents()


def type_(text: str) -> None:
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    QApplication.processEvents()


def school(workspace: Workspace, name: str) -> OrganizationId:
    return next(place.id for place in workspace.ask(places.places) if place.short_name == name)


def of(window: MainWindow) -> DataPane:
    pane = window.current
    assert isinstance(pane, DataPane)
    return pane


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.fixture
def window(make_window: MakeWindow, sample: Workspace) -> MainWindow:
    """The window in the room of data, looking at the elementary school with progress scores."""
    made = make_window(sample, room="data")
    made.use_scope(Scope(place_id=school(sample, PINEY)))
    made.go_to("data")
    QApplication.processEvents()
    return made


@pytest.fixture
def notices(window: MainWindow) -> Iterator[list[Notice]]:
    found: list[Notice] = []
    of(window).noticed.connect(found.append)
    return found  # type: ignore[return-value]


# Views ------------------------------------------------------------------------------------------------------------------------


def test_screening_says_its_finding_first(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    facts = sample.ask(data.screening, school(sample, PINEY)).pages[0].facts
    words = pane.words
    assert pane.header.title.text() == "Screening"
    assert pane.screening.statement.finding.text() == words.write(facts.finding)
    assert "Tier 1" in pane.screening.statement.finding.text(), "tiers are said in the words of the file"
    figure = pane.screening.figure.view.figure
    assert figure is not None
    assert [words.write(name) for name in figure.x.categories] == ["Kindergarten", *(f"Grade {n}" for n in range(1, 6))]


def test_who_moved_is_said_in_words_that_fit_the_table(window: MainWindow, sample: Workspace) -> None:
    page = sample.ask(data.screening, school(sample, PINEY)).pages[0]
    assert page.moved is not None
    table = [[int(str(value.value("n"))) for value in row.values[:3]] for row in page.facts.movement]  # type: ignore[union-attr]
    assert sum(table[at][at] for at in range(3)) == page.moved.stayed
    assert sum(table[before][now] for before in range(3) for now in range(before)) == page.moved.less
    assert of(window).screening.moved.text() == of(window).words.say(page.moved.sentence)


def test_the_window_before_stands_beside_on_request(window: MainWindow) -> None:
    pane = of(window).screening
    pane.windows.stop.setFocus()
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Space)
    figure = pane.figure.view.figure
    assert figure is not None
    assert len(figure.x.categories) == 24, "six grades in four windows"
    key(Qt.Key.Key_Left)
    key(Qt.Key.Key_Space)
    assert pane.figure.view.figure is not None
    assert len(pane.figure.view.figure.x.categories) == 6


def test_keys_go_from_view_to_view(window: MainWindow) -> None:
    pane = of(window)
    key(Qt.Key.Key_2, ALT)
    assert pane.header.title.text() == "Progress, group of 18"
    key(Qt.Key.Key_3, ALT)
    assert pane.header.title.text() == "Behavior"
    assert pane.behavior.core.statement.finding.text().startswith("24 referrals in 105 school days")
    key(Qt.Key.Key_1, ALT)
    assert pane.header.title.text() == "Screening"


def test_behavior_compares_with_the_same_day_last_year(window: MainWindow) -> None:
    pane = of(window)
    pane.show_view("behavior")
    assert "By this day last year: " in pane.behavior.core.statement.detail.text()
    table = pane.behavior.core.months.view.figure
    assert table is not None
    heads = [pane.words.write(column) for column in table.table().columns]
    assert "Last year" in heads


def test_a_figure_is_read_by_keyboard_and_shown_as_a_table(window: MainWindow) -> None:
    pane = of(window)
    pane.show_view("behavior")
    view = pane.behavior.core.bars[Part.WHERE].view
    view.setFocus()
    key(Qt.Key.Key_Right)
    assert view.spoken()[0] == "Classroom"
    key(Qt.Key.Key_T)
    assert view.shows_table
    assert view.table.item(0, 0).text() == "Classroom"


def hallway_team(workspace: Workspace) -> TeamId:
    cards = workspace.ask(teams.cards, place_id=school(workspace, HOLCOMB))
    return next(card.id for card in cards if card.name == "Tier 1 team")


def test_bars_narrow_to_a_problem_with_its_goal_by_keys(window: MainWindow, sample: Workspace) -> None:
    window.use_scope(Scope(place_id=school(sample, HOLCOMB)))
    pane = of(window)
    key(Qt.Key.Key_4, ALT)
    assert pane.behavior.page is pane.behavior.precise
    foot, bars = pane.behavior.foot, pane.behavior.precise.bars
    assert not foot.make.isEnabled()
    bars[Part.WHERE].view.setFocus()
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Right)  # the second bar: Classroom
    key(Qt.Key.Key_Space)
    assert pane.bars.narrowing == Narrowing(("Classroom",))
    assert "classroom" in foot.sentence.plain
    key(Qt.Key.Key_Left)
    key(Qt.Key.Key_Space, CTRL)  # one more: Hallway
    assert set(pane.bars.narrowing.locations) == {"Classroom", "Hallway"}
    key(Qt.Key.Key_Backspace)
    assert pane.bars.narrowing == Narrowing(("Classroom",))
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    assert focused() is bars[Part.WHO].view
    key(Qt.Key.Key_Space)
    assert pane.bars.narrowing.grades == ("6",)
    assert not foot.make.isEnabled()
    assert "too few for a pattern" in foot.few.text()
    key(Qt.Key.Key_Backspace)
    foot.why.setFocus()
    type_("new seats")
    foot.make.click()
    QApplication.processEvents()
    made = sample.ask(problems.of_team, hallway_team(sample))[-1].problem
    assert (made.where, made.who, made.why) == ("Classroom", "", "new seats")
    assert pane.header.title.text() == "Goal"
    assert pane.views.chosen == "", "the page is none of the three views"
    assert focused() is pane.goal_page.form.target
    key(Qt.Key.Key_Return)
    goal = sample.ask(problems.of_team, hallway_team(sample))[-1].goals[0]
    assert goal.target is not None
    assert goal.baseline == made.baseline
    assert goal.target < goal.baseline  # type: ignore[operator]
    key(Qt.Key.Key_Escape)
    assert (pane.header.title.text(), pane.views.chosen) == ("Behavior", "behavior")
    assert pane.behavior.precise.list.isVisible(), "the bars of the problem are saved"
    assert foot.make.text() == f"Update “{made.title}”"


def test_a_goal_that_is_no_number_is_said_at_its_field(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    pane.open_record(f"goal:{sample.ask(problems.of_team, hallway_team(sample))[0].problem.id}")
    form = pane.goal_page.form
    for goal, due, wrong in (("half", "5/20", form.target_field), ("0.5", "soon", form.due_field)):
        form.target.setText(goal)
        form.due.setText(due)
        form.submit()
        assert wrong.is_wrong
        assert (form.target.text(), form.due.text()) == (goal, due), "nothing typed is lost"
    form.target.setText("99")
    form.due.setText("5/20")
    form.submit()
    assert "not below the baseline" in form.message.text()


# Progress ---------------------------------------------------------------------------------------------------------------------


def test_the_list_says_what_the_rule_says(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    pane.show_view("progress")
    view = sample.ask(data.group, school(sample, PINEY))
    rows = {row.key: row for row in pane.progress_view.list.rows.keyed.rows}
    change = [line for line in view.lines if line.decision is not None and line.decision.value == "change instruction"]
    assert change
    for line in change:
        assert rows[f"student:{line.student}"].spoken == f"Student {line.number:04}, Change"
    assert str(len(change)) in pane.progress_view.group.statement.finding.text()


def test_down_in_the_list_opens_a_grade_then_a_student(window: MainWindow) -> None:
    pane = of(window)
    pane.show_view("progress")
    pane.progress_view.list.setFocus()
    key(Qt.Key.Key_Down)
    assert pane.header.title.text() == "Grade 1, group of 5"
    assert len([cell for cell in pane.progress_view.group.cells if cell.isVisible()]) == 5
    key(Qt.Key.Key_Down)
    student = pane.progress_view.student
    assert pane.header.title.text().startswith("Student ")
    assert pane.progress_view.shows_student
    assert focused() is pane.progress_view.list, "the focus stays in the list"
    numbers = " ".join((*student.numbers.texts, *student.rules.texts))
    for name in ("Last score", "Baseline", "Goal by", "Needed growth", "Four-point rule"):
        assert name in numbers
    assert "rule set 1" in student.statement.detail.text()


def test_arrows_go_from_chart_to_chart_and_enter_opens(window: MainWindow) -> None:
    pane = of(window)
    pane.show_view("progress")
    cells = pane.progress_view.group.cells
    cells[0].setFocus()
    key(Qt.Key.Key_Right)
    assert focused() is cells[1]
    key(Qt.Key.Key_Down)
    spots = pane.progress_view.group.spots
    assert spots[cells.index(focused())][0] == spots[1][0] + 1, "the line below, also where a grade's ends early"  # type: ignore[arg-type]
    key(Qt.Key.Key_Up)
    line = cells[1].line
    assert line is not None
    key(Qt.Key.Key_Return)
    assert pane.header.title.text() == f"{line.shown}, grade {line.grade}"
    assert pane.record_id == f"student:{line.student}"


def test_a_grade_begins_a_line_and_has_its_own_scale(window: MainWindow) -> None:
    pane = of(window)
    pane.use_scope(Scope(place_id=school(window.workspace, PINEY)))
    pane.show_view("progress")
    group = pane.progress_view.group
    page = group._page()
    grades = [line.grade for line, _ in page]
    assert len(set(grades)) > 1
    for at, grade in enumerate(grades):
        if at and grade != grades[at - 1]:
            assert group.spots[at][1] == 0
    tops = {grade: {figure.y.high for line, figure in page if line.grade == grade} for grade in grades}
    assert all(len(top) == 1 for top in tops.values()), "one scale within a grade"
    assert len({next(iter(top)) for top in tops.values()}) > 1
    assert [each.text() for each in group.headings if each.isVisible()][:2] == [
        f"Grade {g}" for g in dict.fromkeys(grades)
    ][:2]
    assert group.count.text().endswith("Same scale within a grade.")
    group.order.choose("distance")
    group._reorder()
    assert len({figure.y.high for _, figure in group._page()}) == 1
    assert not [each for each in group.headings if each.isVisible()]


def test_a_decision_for_one_by_d_and_for_all_by_shift_d(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    key(Qt.Key.Key_2, ALT)
    group = pane.progress_view.group
    group.cells[2].setFocus()
    first = group.cells[2].line
    assert first is not None
    key(Qt.Key.Key_D)
    assert group.deciding.isVisible()
    assert first.shown in group.deciding.heading.text()
    key(Qt.Key.Key_Escape)
    assert not group.deciding.isVisible()
    wanted = [line.student for line in group.view.group if line.decision is Decision.CHANGE]  # type: ignore[union-attr]
    key(Qt.Key.Key_D, SHIFT)
    assert str(len(wanted)) in group.deciding.heading.text()
    group.deciding.note.setFocus()
    type_("repeated reading")
    key(Qt.Key.Key_Return)
    assert not group.deciding.isVisible()
    lines = {line.student: line for line in pane.content.group.lines}  # type: ignore[union-attr]
    assert all(lines[student].decision is Decision.NOT_ENOUGH for student in wanted)
    assert all(lines[student].scores == 0 for student in wanted)
    item = sample.ask(meetings.show, sample.ask(data_plans.askers, school(sample, PINEY))[0].meeting_id).agenda[-1]
    assert "repeated reading" in item.title
    sample.undo()


def test_a_student_gets_a_goal_with_its_arithmetic(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    key(Qt.Key.Key_2, ALT)
    pane.open_student(pane.content.group.lines[3].student)  # type: ignore[union-attr]
    page = pane.progress_view.student
    page.goal_button.click()
    assert focused() is page.goal.target
    assert len(page.goal.takes) >= 1
    page.goal.target.setText("many")
    key(Qt.Key.Key_Return)
    assert page.goal.target_field.is_wrong
    page.goal.target.setText("55")
    key(Qt.Key.Key_Return)
    assert not page.goal.isVisible()
    assert any(text.endswith(" 55") or " 55 " in text for text in page.numbers.texts)
    page.decide.note.setFocus()
    type_("group of three")
    key(Qt.Key.Key_Return)
    assert page.decide.note.text() == ""
    assert any("group of three" in text for text in page.numbers.texts)


def test_charts_of_a_group_share_one_scale(sample: Workspace) -> None:
    view = sample.ask(data.group, school(sample, PINEY), grade="3")
    assert {line.grade for line in view.group} == {"3"}
    assert len(view.lines) > len(view.group), "the list keeps the others"
    assert len({(figure.y.low, figure.y.high, figure.x.start, figure.x.end) for figure in view.figures}) == 1


def test_by_distance_puts_the_furthest_below_first(window: MainWindow) -> None:
    pane = of(window)
    pane.show_view("progress")
    group = pane.progress_view.group
    group.order.stop.setFocus()
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Space)
    off = [cell.line.off for cell in group.cells if cell.line is not None and cell.isVisible()]
    known = [each for each in off if each is not None]
    assert known == sorted(known)
    assert group.on.isVisible()
    assert group.on.isEnabled()
    group.on.click()
    assert not group.on.isEnabled()
    assert group.on.toolTip() == "These are the last"


def test_too_few_scores_give_no_verdict(sample: Workspace) -> None:
    view = sample.ask(data.group, school(sample, PINEY))
    few = [line for line in view.lines if line.decision is not None and line.decision.value == "not enough data"]
    assert few
    one = sample.ask(data.student, few[0].student)
    assert one.verdicts[0].have < one.verdicts[0].need


# Names ------------------------------------------------------------------------------------------------------------------------


def test_names_off_leaves_counts_alone(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    assert pane.screening.students.isVisibleTo(pane.screening)
    pane.show_view("progress")
    window.use_scope(Scope(place_id=school(sample, PINEY), names=Names.OFF))
    assert pane.header.title.text() == "Screening"
    assert not pane.screening.students.isVisibleTo(pane.screening)
    assert pane.screening.near.isVisibleTo(pane.screening)
    assert [button for button in pane.views._buttons.values() if not button.isHidden()] != list(
        pane.views._buttons.values()
    )
    act = next(act for act in pane.acts() if act.key == "progress")
    assert act.why_not() == "Names are off: single students are not shown"


def test_masked_names_stay_masked_everywhere(window: MainWindow, sample: Workspace) -> None:
    shown = {line.shown for line in sample.ask(data.group, school(sample, PINEY), names=StudentNames.ON).lines}
    pane = of(window)
    pane.show_view("progress")
    texts = [row.spoken + row.text for row in pane.progress_view.list.rows.keyed.rows]
    pane.open_student(pane.content.group.lines[0].student)  # type: ignore[union-attr]
    texts += [pane.header.title.text(), window.windowTitle(), pane.progress_view.student.figure.stem]
    assert not [text for text in texts for name in shown if name in text]
    window.use_scope(Scope(place_id=school(sample, PINEY), names=Names.ON))
    pane.open_student(pane.content.group.lines[0].student)  # type: ignore[union-attr]
    assert any(name in pane.header.title.text() for name in shown)
    assert not any(name in window.windowTitle() for name in shown)
    assert pane.progress_view.student.figure.stem.startswith("progress-student-0")


def test_near_a_cut_lists_as_many_as_the_counts_say(window: MainWindow, sample: Workspace) -> None:
    page = sample.ask(data.screening, school(sample, PINEY)).pages[0]
    counted = sum(int(str(value.value("n"))) for row in page.facts.near for value in row.values)  # type: ignore[union-attr]
    year, name = page.window
    found = sample.ask(data.near_cut, school(sample, PINEY), measure_key=page.measure_key, year=year, window=name)
    assert len(found) == counted
    assert [abs(each.off) for each in found] == sorted(abs(each.off) for each in found)
    pane = of(window).screening
    assert len(pane.students.records) == 7
    pane.more.setFocus()
    key(Qt.Key.Key_Space)
    assert len(pane.students.records) == counted


# Schools ----------------------------------------------------------------------------------------------------------------------


def test_all_schools_lets_one_be_chosen_in_the_page(window: MainWindow) -> None:
    pane = of(window)
    assert not pane.filters.school.isVisible(), "the header's school is the one"
    window.use_scope(Scope())
    assert pane.filters.school.isVisible()
    pane.filters.school.setFocus()
    key(Qt.Key.Key_Down)
    assert pane.filters.school.currentText() == "Piney Ridge"
    assert pane.header.sentence.text().startswith("Piney Ridge")


def test_a_measure_can_be_chosen_where_there_are_several(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    assert not pane.filters.measure.isVisible()
    window.use_scope(Scope(place_id=school(sample, HOLCOMB)))
    assert pane.filters.measure.isVisible()
    first = pane.header.sentence.text()
    pane.filters.measure.setFocus()
    key(Qt.Key.Key_Down)
    assert pane.header.sentence.text() != first


def test_an_empty_view_says_what_would_fill_it(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    window.use_scope(Scope(place_id=school(sample, HOLCOMB)))
    pane.show_view("progress")
    assert pane.empty.heading.text() == "Bring in progress scores, or type them"
    assert pane.add_button.isVisible()
    assert pane.add_button.property("kind") == "", "one main way, and another beside it"
    assert "Holcomb" in pane.empty.sentence.text()
    pane.empty.button.setFocus()
    key(Qt.Key.Key_Space)
    assert window.current.room.key == "imports"


def test_a_file_without_data_has_three_empty_views(make_window: MakeWindow, bare_workspace: Workspace) -> None:
    window = make_window(bare_workspace)
    window.go_to("data")
    headings = []
    for view in ("screening", "progress", "behavior"):
        of(window).show_view(view)
        headings.append(of(window).empty.heading.text())
        if view == "progress":
            assert not of(window).add_button.isVisible(), "one way leads on: scores need a student"
            assert of(window).scores.why_not().startswith("No student of this school is known yet")
    assert headings == ["Bring in a screening file", "Bring in students or progress scores", "Bring in referrals"]


def test_links_lead_to_a_school_a_student_a_problem(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    window.use_scope(Scope())
    window.go_to("data", school(sample, HOLCOMB))
    assert pane.header.sentence.text().startswith("Holcomb")
    window.go_to("data", "behavior")
    assert pane.header.title.text() == "Behavior"
    with sample._database.read() as work:
        problem = work.problems.list()[0]
        place = work.organizations.get(work.teams.get(problem.team_id).organization_id)
    window.go_to("data", problem.id)
    assert pane.header.title.text() == "Behavior"
    assert pane.header.sentence.text().startswith(place.short_name)


# Where from -------------------------------------------------------------------------------------------------------------------


def test_where_from_names_the_file_and_opens_the_import(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    pane.screening.figure.view.setFocus()
    key(Qt.Key.Key_I, CTRL, SHIFT)
    where = pane.screening.figure.where
    assert where.isVisible()
    assert focused() is where.buttons[0]
    assert where.buttons[0].accessibleName() == "Open import mclass_dibels8_2025.csv"
    key(Qt.Key.Key_Space)
    assert window.current.room.key == "imports"
    receipt = window.current.receipts.current  # type: ignore[attr-defined]
    assert receipt.file_name == "mclass_dibels8_2025.csv"


def test_progress_says_how_many_rows_are_used_and_left_out(sample: Workspace) -> None:
    view = sample.ask(data.group, school(sample, PINEY))
    one = sample.ask(data.student, view.lines[0].student)
    assert sum(each.used or 0 for each in one.where_from) == view.lines[0].scores
    assert all(each.rules and each.by and each.rows for each in one.where_from)


def test_every_figure_says_how_much_of_a_file_is_counted_in_it(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    page = pane.screening.page
    assert page is not None
    assert sum(share.used for share in page.behind) == int(page.base[0][1].value("n"))  # type: ignore[call-overload]
    assert sum(share.used for share in page.flows[0].behind) == page.flows[0].moved.both
    assert len(page.behind_earlier) == 2, "last year's file stands in the windows before"
    pane.use_scope(Scope(place_id=school(sample, HOLCOMB)))
    pane.show_view("behavior")
    pane.bars.narrow(Narrowing(("Hallway",), hours=(12,)))
    content = pane.content.behavior  # type: ignore[union-attr]
    assert content is not None
    for step in content.precise.steps:
        counted = sum(share.used for share in step.behind)
        assert 0 < counted <= int(step.aside.value("n"))  # type: ignore[call-overload]
        assert counted + sum(share.left_out for share in step.behind) == content.precise.all
    pane.behavior.show_page("precise")
    for panel in (*pane.behavior.core.panels, *pane.behavior.precise.panels):
        assert panel.where.buttons or panel.view.isHidden(), f"{panel.heading.text()}: the way to its import"
    students = content.core.band_figure
    assert students is not None
    assert sum(n for _, n, _ in content.core.bands) == sum(share.used for share in content.core.bands_behind)
    assert len(students.table().rows) == 3
    where = pane.behavior.precise.bars[Part.WHEN].where
    told = " ".join(each.text() for each in where.findChildren(Prose))
    assert "299 rows in the file. 151 counted in this figure, 94 left out." in " ".join(told.split())
    assert "version 1" in told


def test_a_picture_is_saved_as_png_and_svg(window: MainWindow, tmp_path: Path, notices: list[Notice]) -> None:
    class Chosen:
        def __init__(self, name: str) -> None:
            self.name, self.offered = name, ""

        def where_to_save(self, _parent: QWidget, _title: str, suggested: Path, _kinds: str) -> Path:
            self.offered = suggested.name
            return tmp_path / self.name

    pane = of(window)
    for view, name in (("behavior", "months.svg"), ("progress", "group.png"), ("behavior", "no-folder/x.png")):
        pane.show_view(view)
        QApplication.processEvents()
        pane.asking = chosen = Chosen(name)  # type: ignore[assignment]
        key(Qt.Key.Key_S, CTRL, SHIFT)
        assert chosen.offered.endswith(".png")
    drawn = (tmp_path / "months.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<?xml")
    for words in ("By month, referrals per school day", "Behavior \u00b7 ", "incidents_2025.csv"):
        assert words in drawn, "a picture says what it shows, of whom, and from which file"
    assert (tmp_path / "group.png").read_bytes()[:4] == b"\x89PNG"
    assert [notice.tone for notice in notices] == ["success", "success", "danger"]


def test_a_group_is_copied_with_its_finding(window: MainWindow) -> None:
    pane = of(window)
    pane.show_view("progress")
    group = pane.progress_view.group
    group.copy_button.setFocus()
    key(Qt.Key.Key_Space)
    text = QGuiApplication.clipboard().text()
    assert group.statement.finding.text() in text
    line = group.cells[0].line
    assert line is not None
    assert f"{line.shown}\t" in text


# Scores by hand ---------------------------------------------------------------------------------------------------------------


def test_scores_are_typed_downward_and_taken_back_in_one_step(
    window: MainWindow, sample: Workspace, notices: list[Notice]
) -> None:
    pane = of(window)
    pane.show_view("progress")
    before = {line.student: line.scores for line in sample.ask(data.group, school(sample, PINEY)).lines}
    key(Qt.Key.Key_N, CTRL)
    assert focused() is pane.scores.form.table
    students = [row.line.student for row in pane.scores.form.table.rows.keyed.rows]
    type_("31")
    key(Qt.Key.Key_Return)
    type_("27,5")
    key(Qt.Key.Key_Return)
    type_("3x")
    key(Qt.Key.Key_Return)
    assert [score.value for score in pane.scores.form.scores] == [31.0, 27.5]
    assert pane.scores.form.add.text() == "Add 2 scores"
    assert "1 is not a number" in pane.scores.form.message.text()
    key(Qt.Key.Key_Return, CTRL)
    after = {line.student: line.scores for line in sample.ask(data.group, school(sample, PINEY)).lines}
    assert [after[each] - before[each] for each in students[:3]] == [1, 1, 0]
    assert notices[-1].text == "2 scores added"
    assert notices[-1].undoable
    assert pane.scores.is_open, "what is no number waits"
    window.undo_actions.undo.trigger()
    back = {line.student: line.scores for line in sample.ask(data.group, school(sample, PINEY)).lines}
    assert back == before


def test_what_was_typed_waits_when_the_form_is_left(window: MainWindow) -> None:
    pane = of(window)
    pane.scores.start()
    assert pane.views.chosen == "progress", "scores are typed for this view, wherever the form was opened"
    type_("44")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Escape)
    assert not pane.scores.is_open
    pane.scores.start()
    assert [score.value for score in pane.scores.form.scores] == [44.0]


def test_what_was_typed_outlives_the_program(
    window: MainWindow, make_window: MakeWindow, sample: Workspace, notices: list[Notice]
) -> None:
    pane = of(window)
    pane.show_view("progress")
    pane.scores.start()
    type_("44")
    key(Qt.Key.Key_Return)
    other = make_window(sample)
    other.use_scope(Scope(place_id=school(sample, PINEY)))
    other.go_to("data")
    of(other).show_view("progress")
    of(other).scores.start()
    assert [score.value for score in of(other).scores.form.scores] == [44.0]
    of(other).scores.form.submit()
    assert not [each for each in sample.typing.pending() if each.key == "scores:by hand"]


def test_a_number_belongs_to_the_measure_it_was_typed_for(window: MainWindow) -> None:
    pane = of(window)
    pane.show_view("progress")
    pane.scores.start()
    type_("44")
    key(Qt.Key.Key_Return)
    first = pane.scores.form.measure.value
    pane.scores.form.measure.setFocus()
    key(Qt.Key.Key_Up)
    assert pane.scores.form.measure.value != first
    assert pane.scores.form.scores == ()
    assert pane.scores.form.holds_something


def test_a_day_that_has_not_come_is_said_at_its_field(window: MainWindow, sample: Workspace) -> None:
    pane = of(window)
    pane.show_view("progress")
    pane.scores.start()
    type_("44")
    key(Qt.Key.Key_Return)
    pane.scores.form.day.setText("12/31/2026")
    pane.scores.form.submit()
    assert pane.scores.form.day_field.message == "This day has not come yet. Type the day of the test."
    assert not [each for each in sample.ask(imports.receipts) if each.profile == "by hand"]


def test_days_as_people_type_them() -> None:
    from datetime import date

    today = date(2026, 2, 12)
    assert day_of("2/12", today) == today
    assert day_of("11/14", today) == date(2025, 11, 14), "the last such day, not one to come"
    assert day_of("2/3/26", today) == date(2026, 2, 3)
    assert day_of("2/30", today) is None
    assert day_of("tomorrow", today) is None


def test_file_names_are_plain() -> None:
    assert file_stem(["Screening", "Piney Ridge", "Zoë / x"]) == "screening-piney-ridge-zo-x"


# Speed and looks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["screening", "behavior"])
def test_system_views_read_counts_alone(sample: Workspace, view: str) -> None:
    """No table of single students is touched."""
    seen: list[str] = []
    engine = sample._database.engines.reader
    sa.event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    question = data.screening if view == "screening" else data.referrals
    sample.ask(question, school(sample, PINEY))
    assert seen
    assert not [
        each for each in seen if any(f"FROM {table}" in each for table in ("score", "student", "incident ", "absence "))
    ]


def test_a_group_costs_the_same_statements_for_any_number(sample: Workspace) -> None:
    seen: list[str] = []
    sa.event.listen(sample._database.engines.reader, "before_cursor_execute", lambda *args: seen.append(args[2]))
    counts = []
    for name in ("Piney Ridge", "Cedar Fork"):
        seen.clear()
        sample.ask(data.group, school(sample, name))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


STATES = ("screening", "group", "student", "behavior", "precise", "goal", "adding", "where", "off", "table", "empty")


def show_state(window: MainWindow, sample: Workspace, state: str) -> None:
    pane = of(window)
    match state:
        case "group" | "table":
            pane.show_view("progress")
            if state == "table":
                pane.progress_view.group.toggle_table()
        case "student":
            pane.show_view("progress")
            pane.open_student(pane.content.group.lines[3].student)  # type: ignore[union-attr]
        case "behavior":
            pane.show_view("behavior")
        case "precise":
            window.use_scope(Scope(place_id=school(sample, HOLCOMB)))
            pane.start_builder()
            pane.bars.narrow(Narrowing(("Hallway",), hours=(12,), grades=("7",)))
            pane.bars.save()
        case "goal":
            pane.open_record(f"goal:{sample.ask(problems.of_team, hallway_team(sample))[0].problem.id}")
        case "adding":
            pane.show_view("progress")
            pane.scores.start()
            type_("7x")
            key(Qt.Key.Key_Return)
        case "where":
            pane.screening.figure.toggle_where()
        case "off":
            window.use_scope(Scope(names=Names.OFF))
        case "empty":
            window.use_scope(Scope(place_id=school(sample, HOLCOMB)))
            pane.show_view("progress")
    QApplication.processEvents()


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wrong_with_the_room(window: MainWindow, sample: Workspace, state: str) -> None:
    show_state(window, sample, state)
    assert "\n".join(map(str, audit(window))) == ""


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wrong_in_any_look(make_window: MakeWindow, sample: Workspace, percent: int, state: str) -> None:
    look().use("light", percent)
    window = make_window(sample, room="data")
    window.use_scope(Scope(place_id=school(sample, PINEY)))
    window.go_to("data")
    show_state(window, sample, state)
    assert audit_in_every_theme(window) == ""


@pytest.mark.parametrize("state", ["screening", "group", "student", "precise", "adding"])
def test_the_smallest_window_holds_it(make_window: MakeWindow, sample: Workspace, state: str) -> None:
    window = make_window(sample, width=1024, height=640)
    window.use_scope(Scope(place_id=school(sample, PINEY)))
    window.go_to("data")
    show_state(window, sample, state)
    assert (window.width(), window.height()) == (1024, 640)
    assert "\n".join(map(str, audit(window))) == ""
