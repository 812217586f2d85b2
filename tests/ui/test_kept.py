"""Nothing that is typed into a field of any room is lost, whoever made the field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.ui.kept import key_of
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.goal_form import GoalForm
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.typed import Editor, Typed, text_of
from mtss_desktop.ui.kit.unsaved import Unsaved
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.data.pane import GOAL_OF, DataPane
from mtss_desktop.ui.panes.data.progress_view import KEPT_GOAL
from mtss_desktop.ui.panes.data.waiting import first_waiting
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.ui.panes.meetings.problem_panel import ProblemPanel
from mtss_desktop.ui.panes.meetings.side import AddLine
from mtss_desktop.ui.panes.teams.adding import JoinLine, NewTeamForm
from mtss_desktop.ui.panes.teams.agreeing import AgreeLine
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.usecases import meetings, places, problems, teams
from tests.ui.conftest import HeldJobs, MakeWindow
from tests.ui.town import Town

FORMS = {"add", "new", "change", "move", "cancel"}
"""Acts that open something to type into."""


def texts(workspace: Workspace) -> str:
    assert workspace.typing.flush()
    return "\n".join(each.text for each in workspace.typing.pending())


def crash(window: MainWindow) -> None:
    """The process ends here: nothing is said to anybody. What stays is what the typing file holds."""
    QTest.qWait(100)
    assert window.workspace.typing.flush()
    window.kept.end()
    window.save_what_is_open = lambda: None  # type: ignore[method-assign]
    window.hide()


def editors(pane: Pane) -> Iterator[Editor]:
    for editor in (*pane.findChildren(QLineEdit), *pane.findChildren(QPlainTextEdit)):
        if getattr(editor, "kept", True) and not editor.isReadOnly() and editor.isEnabled():
            yield editor


def open_everything(window: MainWindow, records: dict[str, str] | None = None) -> Iterator[Pane]:
    """Every room in every state in which there is something to type into, with a record of it where one is named."""
    for key in window.kinds:
        window.go_to(key, (records or {}).get(key, ""))
        pane = window.current
        yield pane
        for part in pane.findChildren(QWidget):
            if isinstance(part, JoinLine | AgreeLine | AddLine) and part.isVisible():
                part.open()
                yield pane
        for act in [act for act in pane.acts() if not act.why_not() and act.key in FORMS]:
            window.go_to(key)
            act.run()
            yield window.current


def must_keep(pane: Pane, workspace: Workspace, seen: list[Editor]) -> None:
    """A letter goes into each editor that is open and was not tried yet."""
    for editor in editors(pane):
        if not editor.isVisible() or any(editor is each for each in seen):
            continue
        seen.append(editor)
        editor.setFocus()
        QTest.keyClicks(editor, "qz")
        QTest.qWait(70)
        assert "qz" in texts(workspace), f"“{editor.accessibleName()}” in {pane.room.key} keeps nothing"
        editor.clear()


def test_a_letter_in_any_field_is_kept_within_a_tenth_of_a_second(
    make_window: MakeWindow, workspace: Workspace, town: Town
) -> None:
    window = make_window(workspace)
    seen: list[Editor] = []
    for pane in open_everything(window):
        must_keep(pane, workspace, seen)
    assert len(seen) >= 12, f"forms were not opened: {[each.accessibleName() for each in seen]}"
    seen.clear()
    for pane in stages_of_a_meeting(window, workspace, town):
        must_keep(pane, workspace, seen)
    assert len(seen) >= 8, "a stage of the meeting was not opened"


def test_what_was_typed_into_any_form_stands_in_its_field_again_after_a_crash(
    make_window: MakeWindow, workspace: Workspace, town: Town
) -> None:
    """To be kept is half of it: at the latest when its form is opened again, the field has it back, and each choice beside it."""
    window = make_window(workspace)
    typed: dict[str, str] = {}
    chosen: dict[str, str] = {}
    records: dict[str, str] = {}
    seen: list[Editor] = []
    for pane in open_everything(window):
        records.setdefault(pane.room.key, pane.record_id)
        for editor in editors(pane):
            if editor.isVisible() and not any(editor is each for each in seen):
                seen.append(editor)
                editor.setFocus()
                text = f"qz{len(seen)}"
                QTest.keyClicks(editor, text)
                typed[text] = f"{editor.accessibleName()} in {pane.room.key}"
        for choice in choices(pane):
            chosen.setdefault(f"{choice.accessibleName()} in {pane.room.key}", choose_another(choice))
    assert len(chosen) >= 2, "no choice was offered beside a text"
    crash(window)
    again = make_window(workspace)
    for pane in open_everything(again, records):
        for choice in choices(pane):
            if chosen.get(name := f"{choice.accessibleName()} in {pane.room.key}") == choice.value:
                del chosen[name]
        for editor in editors(pane):
            if editor.isVisible():
                editor.setFocus()
                QApplication.processEvents()
                typed = {text: where for text, where in typed.items() if text not in text_of(editor)}
    assert len(seen) >= 12, f"forms were not opened: {[each.accessibleName() for each in seen]}"
    assert not typed
    assert not chosen


def choices(pane: Pane) -> list[Choice]:
    """What can be chosen beside a text that is kept."""
    found = [each for each in pane.findChildren(QComboBox) if isinstance(each, Choice) and each.findChildren(Typed)]
    return [each for each in found if each.isVisible() and each.count() > 1]


def choose(choice: Choice, value: str) -> None:
    choice.choose(value)
    choice.activated.emit(choice.currentIndex())


def choose_another(choice: Choice) -> str:
    """As a person does, the last on offer."""
    choose(choice, str(choice.itemData(choice.count() - 1)))
    return choice.value


class File:
    """A typing file that is only remembered."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def keep_soon(self, key: str, text: str) -> None:
        self.texts[key] = text

    def forget_soon(self, key: str) -> None:
        self.texts.pop(key, None)


KINDS = [("teach", "Teach"), ("reward", "Reward"), ("correct", "Correct")]


def a_form(qtbot: QtBot, file: File, offered: Sequence[tuple[str, str]] = KINDS) -> tuple[Unsaved, Field, Choice]:
    text, kind = Field(), Choice(offered)
    qtbot.addWidget(kind)
    qtbot.addWidget(text)
    return Unsaved({"text": text, "kind": kind}, file, "solution"), text, kind


@pytest.mark.parametrize("late", [False, True])
def test_a_choice_comes_back_with_the_text_beside_it(qtbot: QtBot, usual_look: None, late: bool) -> None:
    """Also where what is on offer is only known later; what the program itself chose was never in the typing file."""
    file = File()
    form, text, kind = a_form(qtbot, file)
    form.serve("one", {"kind": "reward"})
    form.flush()
    assert not file.texts
    QTest.keyClicks(text, "Greet at the door")
    assert choose_another(kind) == "correct"
    form.flush()
    form.serve("two", {"kind": "teach"})
    assert (text.text(), kind.value) == ("", "teach")

    again, text, kind = a_form(qtbot, file, () if late else KINDS)
    assert again.know(file.texts) == ["one"]
    assert again.serve("one", {"kind": "reward"})
    if late:
        kind.offer(KINDS)
    assert (text.text(), kind.value) == ("Greet at the door", "correct")
    assert again.has_some
    again.settle()
    assert not file.texts
    assert not again.has_some


@pytest.mark.parametrize("first", ["teach", "correct"])
def test_a_choice_made_for_one_record_stays_out_of_the_others(qtbot: QtBot, usual_look: None, first: str) -> None:
    """There and back, as often as one likes, where nothing is known of the choices: each record has its own."""
    file = File()
    form, text, kind = a_form(qtbot, file)
    form.serve("a")
    QTest.keyClicks(text, "Greet at the door")
    choose(kind, first)
    for there in ("b", "a", "b"):
        form.serve(there)
    choose(kind, "reward")
    for _ in range(2):
        form.serve("a")
        assert (text.text(), kind.value) == ("Greet at the door", first)
        form.serve("c")
        assert (text.text(), kind.value) == ("", "teach"), "a choice stood in the form of another record"
        form.serve("b")
        assert (text.text(), kind.value) == ("", "reward")
    form.keep()
    assert file.texts["solution:b:kind"] == "reward"
    assert file.texts.get("solution:a:kind", "teach") == first
    assert not any(key.startswith("solution:c:") for key in file.texts)


def test_a_choice_alone_opens_no_form(qtbot: QtBot, usual_look: None) -> None:
    """It was touched in passing, and waits until the form is opened."""
    form, _, kind = a_form(qtbot, File())
    assert form.know({"solution:one:kind": "reward", "solution:two:text": "Greet"}) == ["two"]
    form.serve("one")
    assert kind.value == "reward"
    form, _, kind = a_form(qtbot, File())
    assert not form.take_up({"solution:kind": "reward"})
    assert kind.value == "reward"
    assert form.take_up({"solution:kind": "reward", "solution:text": "Greet"})
    team = NewTeamForm(ENGLISH, File())
    qtbot.addWidget(team)
    assert not team.bring_back({"tier": "2", "name": ""})
    assert team.bring_back({"tier": "2", "purpose": "Attendance"})
    chosen = {"decide:7/1:step": "fade", "decide:7/1:asker": "3", "precise:one:team": "4"}
    assert first_waiting(chosen) == ("", "")
    assert first_waiting(chosen | {"decide:8/1:note": "in threes"}) == ("decide", "8/1")


def stages_of_a_meeting(window: MainWindow, workspace: Workspace, town: Town) -> Iterator[Pane]:
    today = workspace.ask(places.today)
    made = workspace.do(meetings.plan, town.team, day=today, starts_at=time(14, 45), ends_at=time(15, 45)).value
    workspace.do(meetings.add_item, made, title="Welcome", minutes=5)
    window.go_to("meetings", made)
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    yield pane
    pane.start_meeting()
    pane.live.add_item.open()
    yield pane
    pane.live.shape.show("present")
    yield pane
    pane.live.start_problem()
    yield pane
    pane.live.to_entry()
    QTest.keyClicks(pane.live.entry.line, "@Ruiz call SRO")
    QTest.keyClick(pane.live.entry.line, Qt.Key.Key_Return)
    pane.close_out()
    yield pane


def test_fields_of_a_room_are_told_apart(make_window: MakeWindow, workspace: Workspace) -> None:
    window = make_window(workspace)
    for pane in open_everything(window):
        inner = QAbstractSpinBox | QComboBox
        open_to_all = [each for each in editors(pane) if not isinstance(each.parentWidget(), inner)]
        keys = [key for editor in open_to_all if (key := key_of(editor))]
        without = [each.accessibleName() for each in open_to_all if not key_of(each) and not each.findChildren(Typed)]
        assert not without, f"fields of {pane.room.key} that keep nothing"
        assert len(keys) == len(set(keys)), f"two fields of {pane.room.key} write under one key"


def teams_of(window: MainWindow, town: Town) -> TeamsPane:
    window.go_to("teams", town.team)
    pane = window.current
    assert isinstance(pane, TeamsPane)
    return pane


@pytest.mark.parametrize("column", ["primary", "backup", "brings", "join"])
def test_a_cell_of_the_card_comes_back_after_a_crash(
    make_window: MakeWindow, workspace: Workspace, town: Town, column: str, qtbot: QtBot
) -> None:
    window = make_window(workspace)
    pane = teams_of(window, town)
    if column == "join":
        pane.join.open()
    else:
        roles = pane.card.roles
        named = next(each for each in roles.records if each.primary is not None and each.can_have_backup)
        assert roles.edit_cell(named.key, column)
        QTest.keySequence(QApplication.focusWidget(), "Ctrl+A")
    QTest.keyClicks(QApplication.focusWidget(), "Quinn")
    crash(window)
    again = make_window(workspace)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.waitUntil(lambda: field.text() == "Quinn")
    assert again.current.room.key == "teams"
    QTest.keyClick(field, Qt.Key.Key_Return)
    card = workspace.ask(teams.card, town.team)
    if column == "brings":
        assert any(member.brings == "Quinn" for member in card.members)
    qtbot.waitUntil(lambda: "Quinn" not in texts(workspace))


def test_what_was_entered_is_kept_until_it_is_written(
    make_window: MakeWindow, workspace: Workspace, town: Town, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import may hold the write lane for a minute: a name that left its field is in the typing file until then."""
    window = make_window(workspace)
    busy = [True]
    window.kept._busy = lambda: busy[0]
    pane = teams_of(window, town)
    pane.join.wanted.disconnect()
    pane.join.open()
    field = pane.join.field
    for name in ("Ana Lee", "Bo Ruiz"):
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.qWait(300)
    assert {"Ana Lee", "Bo Ruiz"} <= set(texts(workspace).split("\n"))
    busy[0] = False
    qtbot.waitUntil(lambda: texts(workspace) == "")


def students_of(window: MainWindow, sample: Workspace) -> tuple[DataPane, tuple[int, ...]]:
    """The room of data, in which a school's students can be opened."""
    place = next(place.id for place in sample.ask(places.places) if place.short_name == "Piney Ridge")
    window.use_scope(Scope(place_id=place))
    window.go_to("data")
    pane = window.current
    assert isinstance(pane, DataPane)
    pane.show_view("progress")
    assert pane.content is not None
    assert pane.content.group is not None
    return pane, tuple(line.student for line in pane.content.group.lines)


def test_a_note_of_a_decision_stays_with_its_student(make_window: MakeWindow, sample: Workspace) -> None:
    window = make_window(sample)
    pane, students = students_of(window, sample)
    pane.open_student(students[0])
    note = pane.progress_view.student.decide.note
    note.setFocus()
    QTest.keyClicks(note, "group of three")
    pane.open_student(students[1])
    assert note.text() == "", "a note stood in the form of another student"
    pane.open_student(students[0])
    assert note.text() == "group of three"
    crash(window)
    again = make_window(sample)
    pane, _ = students_of(again, sample)
    note = pane.progress_view.student.decide.note
    pane.open_student(students[1])
    assert note.text() == ""
    pane.open_student(students[0])
    assert note.text() == "group of three"
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert note.text() == ""
    assert "group of three" not in texts(sample)
    sample.undo()


def test_a_goal_that_was_typed_stays_with_its_student(make_window: MakeWindow, sample: Workspace, qtbot: QtBot) -> None:
    window = make_window(sample)
    pane, students = students_of(window, sample)
    pane.open_student(students[0])
    page = pane.progress_view.student
    page.goal_button.click()
    qtbot.waitUntil(page.goal.isVisible)
    proposed = page.goal.target.text()
    QTest.qWait(100)
    assert texts(sample) == "", "what was proposed was kept as if it were typed"
    QTest.keySequence(page.goal.target, "Ctrl+A")
    QTest.keyClicks(page.goal.target, "77")
    pane.open_student(students[1])
    page.goal_button.click()
    qtbot.waitUntil(page.goal.isVisible)
    assert page.goal.target.text() != "77", "a goal stood in the form of another student"
    crash(window)
    again = make_window(sample)
    pane, _ = students_of(again, sample)
    page = pane.progress_view.student
    pane.open_student(students[0])
    page.goal_button.click()
    qtbot.waitUntil(page.goal.isVisible)
    assert page.goal.target.text() == "77" != proposed
    QTest.keyClick(page.goal.target, Qt.Key.Key_Return)
    qtbot.waitUntil(page.goal.isHidden)
    assert texts(sample) == ""
    sample.undo()


def test_a_goal_that_was_typed_stays_with_its_problem(make_window: MakeWindow, sample: Workspace, qtbot: QtBot) -> None:
    window = make_window(sample)
    problem = problems_with_goals(sample)
    window.go_to("data")
    for text, typed in zip(("66", "67"), problem, strict=True):
        form = goal_of(window, typed, qtbot)
        QTest.keySequence(form.target, "Ctrl+A")
        QTest.keyClicks(form.target, text)
    crash(window)
    again = make_window(sample)
    again.go_to("data")
    for text, typed in zip(("66", "67"), problem, strict=True):
        assert goal_of(again, typed, qtbot).target.text() == text


@pytest.mark.parametrize("what", ["note", "goal", "why", "problem"])
def test_what_waits_in_data_opens_by_itself_with_the_room(
    make_window: MakeWindow, sample: Workspace, qtbot: QtBot, what: str
) -> None:
    """Once, at the first visit: whoever goes elsewhere after that, or comes for something, is not led back."""
    window = make_window(sample)
    pane, students = students_of(window, sample)
    if what == "note":
        pane.open_student(students[2])
        field = pane.progress_view.student.decide.note
    elif what == "goal":
        pane.open_student(students[2])
        pane.progress_view.student.goal_button.click()
        field = pane.progress_view.student.goal.target
    elif what == "why":
        field = builder_of(window, sample, "Piney Ridge")
    else:
        field = goal_of(window, problems_with_goals(sample)[0], qtbot).target
    qtbot.waitUntil(field.isVisible)
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, "88")
    crash(window)
    again = make_window(sample)
    again.go_to("data")
    pane = again.current
    assert isinstance(pane, DataPane)
    open_now = {
        "note": lambda: pane.progress_view.student.decide.note,
        "goal": lambda: pane.progress_view.student.goal.target,
        "why": lambda: pane.behavior.foot.why,
        "problem": lambda: pane.goal_page.form.target,
    }[what]
    qtbot.waitUntil(lambda: open_now().isVisible() and open_now().text() == "88")
    pane.show_view("screening")
    assert pane.view == "screening"
    again.use_theme("dark")
    QApplication.processEvents()
    again.go_to("data")
    assert isinstance(again.current, DataPane)
    assert again.current.view == "screening"
    for each in sample.typing.pending():
        sample.typing.forget_soon(each.key)


def test_what_waits_in_data_leads_nobody_away_from_where_they_went(make_window: MakeWindow, sample: Workspace) -> None:
    jobs = HeldJobs()
    pane, students = students_of(make_window(sample, jobs=jobs), sample)
    assert pane.content is not None
    assert pane.content.group is not None
    assert pane.content.group.measure is not None
    place, measure = pane.place, pane.content.group.measure.key
    jobs.hold()
    pane._waiting._look_for(KEPT_GOAL, f"{students[2]}/{measure}")
    pane.show_view("screening")
    jobs.let_home()
    assert (pane.view, pane.student) == ("screening", 0), "the answer came after the person had gone on"
    pane._open_waiting_student(place, 0, measure, goal=True)
    pane.open_student(students[1])
    assert pane.progress_view.shows_student
    assert not pane.progress_view.student.goal.isVisible(), "the form waited for another student"


def problems_with_goals(sample: Workspace) -> list[str]:
    found = [each.problem.id for card in sample.ask(teams.cards) for each in sample.ask(problems.of_team, card.id)]
    return [str(each) for each in found[:2]]


def goal_of(window: MainWindow, problem: str, qtbot: QtBot) -> GoalForm:
    pane = window.current
    assert isinstance(pane, DataPane)
    pane.open_record(f"{GOAL_OF}{problem}")
    qtbot.waitUntil(lambda: pane.goal_page.content is not None and pane.goal_page.content.advice.problem.id == problem)
    return pane.goal_page.form


def test_why_a_problem_is_so_stays_with_its_school(make_window: MakeWindow, sample: Workspace) -> None:
    window = make_window(sample)
    why = builder_of(window, sample, "Piney Ridge")
    why.setFocus()
    QTest.keyClicks(why, "the bell rings late")
    assert builder_of(window, sample, "Holcomb") is why
    assert why.text() == "", "why stood in the sentence of another school"
    crash(window)
    again = make_window(sample)
    assert builder_of(again, sample, "Holcomb").text() == ""
    assert builder_of(again, sample, "Piney Ridge").text() == "the bell rings late"


def builder_of(window: MainWindow, sample: Workspace, school: str) -> QLineEdit:
    window.use_scope(Scope(place_id=next(each.id for each in sample.ask(places.places) if each.short_name == school)))
    window.go_to("data")
    pane = window.current
    assert isinstance(pane, DataPane)
    pane.start_builder()
    return pane.behavior.foot.why


def test_what_was_typed_about_a_problem_on_the_table_stays_with_it(
    make_window: MakeWindow, workspace: Workspace, town: Town, qtbot: QtBot
) -> None:
    today = workspace.ask(places.today)
    made = workspace.do(meetings.plan, town.team, day=today, starts_at=time(14, 45), ends_at=time(15, 45)).value
    for title in ("Hallway", "Stairs"):
        problem = workspace.do(problems.define, town.team, title=title, tag=title.lower(), opened_on=today).value
        workspace.do(meetings.add_item, made, title=title, minutes=15, problem_id=problem)
    window = make_window(workspace)
    window.go_to("meetings", made)
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    pane.start_meeting()
    panel = on_table(pane, 0, qtbot)
    QTest.qWait(100)
    assert texts(workspace) == "", "what is known was kept as if it were typed"
    QTest.keyClicks(panel.text, "Split the release")
    QTest.keyClicks(panel.target, "0.9")
    on_table(pane, 1, qtbot)
    assert (panel.text.text(), panel.target.text()) == ("", "")
    on_table(pane, 0, qtbot)
    assert (panel.text.text(), panel.target.text()) == ("Split the release", "0.9")
    crash(window)
    again = make_window(workspace)
    again.go_to("meetings", made)
    pane = again.current
    assert isinstance(pane, MeetingsPane)
    panel = on_table(pane, 1, qtbot)
    assert (panel.text.text(), panel.target.text()) == ("", "")
    on_table(pane, 0, qtbot)
    assert (panel.text.text(), panel.target.text()) == ("Split the release", "0.9")
    for field in (panel.text, panel.target):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(workspace) == "")


def test_a_new_problem_that_was_begun_comes_back_in_its_meeting(
    make_window: MakeWindow, workspace: Workspace, town: Town, qtbot: QtBot
) -> None:
    today = workspace.ask(places.today)
    made = workspace.do(meetings.plan, town.team, day=today, starts_at=time(14, 45), ends_at=time(15, 45)).value
    window = make_window(workspace)
    window.go_to("meetings", made)
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    pane.start_meeting()
    qtbot.waitUntil(lambda: pane.stage == "live")
    pane.live.start_problem()
    QTest.keyClicks(pane.live.problem.fields["title"], "Late buses")
    pane.live.back_to_line()
    pane.live.start_problem()
    assert pane.live.problem.fields["title"].text() == "Late buses"
    crash(window)
    again = make_window(workspace)
    again.go_to("meetings", made)
    pane = again.current
    assert isinstance(pane, MeetingsPane)
    pane.live.start_problem()
    assert pane.live.problem.fields["title"].text() == "Late buses"
    pane.live.problem.submit()
    qtbot.waitUntil(lambda: texts(workspace) == "")


def on_table(pane: MeetingsPane, at: int, qtbot: QtBot) -> ProblemPanel:
    """The solutions and the goal of a problem of the agenda."""
    qtbot.waitUntil(lambda: pane.live.live is not None)
    assert pane.live.live is not None
    item = pane.live.live.agenda[at]
    pane.live.table.put_on_table(item)
    qtbot.waitUntil(lambda: pane.live.on_table is not None and pane.live.on_table.problem.title == item.title)
    pane.live.show_details()
    return pane.live.details


def test_a_field_that_looks_for_something_keeps_nothing(make_window: MakeWindow, workspace: Workspace) -> None:
    window = make_window(workspace)
    field = window.current.list.filter  # type: ignore[attr-defined]
    field.setFocus()
    QTest.keyClicks(field, "tier")
    QTest.qWait(60)
    assert texts(workspace) == ""
    assert not field.findChildren(Typed)
