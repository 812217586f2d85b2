"""The parts panes are made of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import shiboken6
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot

from mtss_desktop.base.errors import Conflict, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.ui.kit.buttons import Button, CheckBox, Segmented
from mtss_desktop.ui.kit.chips import FilterChip, FilterChips, StatusChip
from mtss_desktop.ui.kit.conflict import where_they_part
from mtss_desktop.ui.kit.fact import Fact
from mtss_desktop.ui.kit.fields import Choice, Field, SearchField, SecretField, fitting
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.keyed import MOST_MOVES, KeyedRows
from mtss_desktop.ui.kit.layouts import box, column, least_height, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.progress_strip import SHOWN_AFTER, ProgressStrip
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.typed import Typed
from mtss_desktop.ui.theme import look


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    hours: int = 0


PEOPLE = tuple(
    Person(str(number), name, number * 3 % 7) for number, name in enumerate(("Cole", "Ruiz", "Nguyễn", "Pratt"))
)


@pytest.fixture
def table(qtbot: QtBot, usual_look: None) -> RecordTable[Person]:
    made: RecordTable[Person] = RecordTable(
        (
            Column("name", "Name", lambda person: Cell(person.name)),
            Column(
                "hours", "Hours", lambda person: Cell(str(person.hours)), sort=lambda person: person.hours, right=True
            ),
        ),
        key=lambda person: person.id,
        name="People",
    )
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    QAbstractItemModelTester(made.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_records(PEOPLE)
    return made


def names(table: RecordTable[Person]) -> list[str]:
    return [person.name for person in table.rows.keyed.rows]


class _List(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.keyed: KeyedRows[tuple[str, int]] = KeyedRows(self, lambda row: row[0])

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.keyed.rows)

    def data(self, index: QModelIndex, role: int = 0) -> object:
        return None


@settings(max_examples=60)
@given(
    st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2), max_size=8), min_size=1, max_size=5),
    st.randoms(),
)
def test_any_list_becomes_any_other_by_true_signals(lists: list[dict[str, int]], random: object) -> None:
    model = _List()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    for wanted in lists:
        rows = list(wanted.items())
        random.shuffle(rows)  # type: ignore[attr-defined]
        model.keyed.show(rows)
        assert model.keyed.rows == rows
        assert [model.keyed.place(key) for key, _ in rows] == list(range(len(rows)))


def test_many_moves_are_one_reset() -> None:
    model, resets = _List(), []
    model.modelReset.connect(lambda: resets.append(True))
    assert not model.keyed.show([(str(n), 0) for n in range(MOST_MOVES)])
    assert model.keyed.show([(str(-n), 1) for n in range(MOST_MOVES)])
    assert len(resets) == 1


def test_rows_that_come_while_rows_are_shown_are_shown_after_them() -> None:
    """A signal of the first showing leads to a reading that comes back before it has ended."""
    model = _List()
    model.keyed.show([("a", 0), ("b", 0), ("c", 0)])
    later = [("c", 2)]
    model.dataChanged.connect(lambda *_: model.keyed.show(later))
    model.keyed.show([("a", 1), ("b", 1), ("c", 1)])
    assert model.keyed.rows == later
    assert [model.keyed.place(key) for key in ("a", "c")] == [-1, 0]


def test_a_column_with_cut_words_gets_the_room_that_others_do_not_need(qtbot: QtBot, usual_look: None) -> None:
    long = "Visit before the first day of school"
    made: RecordTable[Person] = RecordTable(
        (
            Column("name", "Name", lambda person: Cell(person.name)),
            Column("note", "Note", lambda _: Cell(long), width=80),
            Column("hours", "Hours", lambda person: Cell(str(person.hours)), width=80),
        ),
        key=lambda person: person.id,
        name="People",
    )
    qtbot.addWidget(made)
    made.resize(240, 200)
    made.show()
    made.show_records(PEOPLE)
    head = made.horizontalHeader()
    assert head.sectionSize(1) == 80
    made.resize(900, 200)
    assert head.sectionSize(1) > made.fontMetrics().horizontalAdvance(long)
    assert 80 < head.sectionSize(2) < head.sectionSize(1), "what nobody needs does not stand behind the first alone"
    head.resizeSection(1, 120)  # as with the mouse
    made.resize(901, 200)
    made.show_records(PEOPLE[:2])
    assert head.sectionSize(1) == 120


def test_another_order_takes_along_what_is_chosen_and_tells_it_once(qapp: QApplication) -> None:
    model, view = _List(), QTableView()
    view.setModel(model)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    rows = [(f"{n:03}", n) for n in range(60)]
    model.keyed.show(rows)
    view.setCurrentIndex(model.index(7, 0))
    view.selectAll()
    told: list[str] = []
    model.layoutChanged.connect(lambda *_: told.append("order"))
    model.rowsMoved.connect(lambda *_: told.append("move"))
    assert not model.keyed.show([(key, n + 1) for key, n in reversed(rows)])
    assert told == ["order"]
    assert (view.currentIndex().row(), model.keyed.rows[52], model.keyed.place("007")) == (52, ("007", 8), 52)
    assert len(view.selectionModel().selectedRows()) == 60
    view.selectionModel().select(model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    model.keyed.show(rows)
    assert [index.row() for index in view.selectionModel().selectedIndexes()] == [59]


def test_selection_focus_and_scroll_survive_a_change(table: RecordTable[Person]) -> None:
    table.choose("2", 1)
    table.verticalScrollBar().setValue(5)
    scroll = table.verticalScrollBar().value()
    table.show_records((Person("9", "Bell"), *(replace(person, hours=9) for person in PEOPLE[1:])))
    assert table.current == Person("2", "Nguyễn", 9)
    assert table.currentIndex().column() == 1
    assert [person.id for person in table.selected] == ["2"]
    assert table.verticalScrollBar().value() == scroll


def test_selection_survives_a_reset(table: RecordTable[Person]) -> None:
    table.choose("2")
    table.show_records((*(Person(f"n{n}", f"New {n}") for n in range(400)), PEOPLE[2]))
    assert table.current == PEOPLE[2]
    assert table.selected == [PEOPLE[2]]


def test_what_is_gone_is_no_longer_chosen(table: RecordTable[Person]) -> None:
    table.choose("2")
    table.show_records(PEOPLE[:2])
    assert "2" not in {person.id for person in table.selected}


def test_typing_filters_without_accents_and_says_how_many(table: RecordTable[Person]) -> None:
    counts: list[tuple[int, int]] = []
    table.counted.connect(lambda shown, total: counts.append((shown, total)))
    table.filter_by("nguyen")
    assert names(table) == ["Nguyễn"]
    table.filter_by("")
    assert counts == [(1, 4), (4, 4)]


def test_a_click_on_the_head_sorts_by_value_and_again_turns_it(table: RecordTable[Person]) -> None:
    table.horizontalHeader().sectionClicked.emit(1)
    assert [person.hours for person in table.rows.keyed.rows] == sorted(person.hours for person in PEOPLE)
    table.horizontalHeader().sectionClicked.emit(1)
    assert [person.hours for person in table.rows.keyed.rows] == sorted(
        (person.hours for person in PEOPLE), reverse=True
    )
    table.show_records((*PEOPLE, Person("7", "Bell", 100)))
    assert names(table)[0] == "Bell", "a sorted table stays sorted"


def test_copied_text_has_heads_and_tabs(table: RecordTable[Person]) -> None:
    table.choose("1")
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tHours\nRuiz\t3\n"
    table.column_menu().actions()[1].setChecked(False)
    assert table.as_text(PEOPLE[:1]) == "Name\nCole\n"


def test_every_cell_says_column_value_and_state(table: RecordTable[Person]) -> None:
    assert table.rows.data(table.rows.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Hours, 0"


def test_enter_opens_and_delete_acts_on_the_selection(table: RecordTable[Person]) -> None:
    told: list[tuple[str, list[str]]] = []
    table.opened.connect(lambda people: told.append(("opened", [person.name for person in people])))
    table.deleted.connect(lambda people: told.append(("deleted", [person.name for person in people])))
    table.choose("0")
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert told == [("opened", ["Cole"]), ("deleted", ["Cole", "Ruiz"])]


def test_captions_are_passed_over(qtbot: QtBot, usual_look: None) -> None:
    made: SectionList[str] = SectionList("Rooms", lambda *_: None)
    qtbot.addWidget(made)
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    made.show_rows([Row("c1", "Work"), Row("a", "A", "a"), Row("c2", "More"), Row("b", "B", "b")])
    made.choose_first()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(made, key)
    assert chosen == ["a", "b", "a"]
    made.show_rows([Row("c2", "More"), Row("b", "B", "b"), Row("a", "A!", "a")])
    assert made.current_key == "a"
    assert chosen == ["a", "b", "a"], "a change of the list announces nothing"


def test_rows_that_wrap_are_measured_again_in_another_width(qtbot: QtBot, usual_look: None) -> None:
    class Wrapping(SectionList[str]):
        def row_height(self, _row: Row[str], _place: int) -> int:
            return 20_000 // max(1, self.viewport().width())

    made = Wrapping("Items", lambda *_: None)
    qtbot.addWidget(made)
    made.show_rows([Row(each, each, each) for each in "abcdefghij"])
    made.resize(400, 300)
    made.show()
    made.resize(200, 300)  # the rows grow, a scroll bar comes and makes them narrower still

    def second() -> int:
        return made.visualRect(made.rows.index(1, 0)).top() - made.visualRect(made.rows.index(0, 0)).top()

    qtbot.waitUntil(lambda: second() == 20_000 // made.viewport().width())


def test_segments_move_by_arrow_and_pick_by_space(qtbot: QtBot, usual_look: None) -> None:
    made = Segmented((("a", "One"), ("b", "Two")), "View")
    qtbot.addWidget(made)
    made.show()
    picked: list[str] = []
    made.picked.connect(picked.append)
    first, second = made.findChildren(Button)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert made.chosen == "a"
    QTest.keyClick(second, Qt.Key.Key_Space)
    assert (made.chosen, picked) == ("b", ["b"])
    assert not first.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, usual_look: None) -> None:
    pressed: list[str] = []
    button = Button("Add a team", lambda: pressed.append("once"))
    qtbot.addWidget(button)
    button.show()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == ["once", "once"]


def test_a_disabled_button_says_why(qtbot: QtBot, usual_look: None) -> None:
    button = Button("Merge & go", help_text="Joins two teams")
    qtbot.addWidget(button)
    button.allow(False, "Choose two teams first")
    assert button.accessibleDescription() == button.toolTip() == "Choose two teams first"
    button.allow(True)
    assert (button.accessibleName(), button.accessibleDescription()) == ("Merge & go", "Joins two teams")


def test_a_check_box_is_drawn_in_three_states(qtbot: QtBot, usual_look: None) -> None:
    box = CheckBox("Use")
    qtbot.addWidget(box)
    box.setTristate(True)
    pictures = []
    for state in (Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked):
        box.setCheckState(state)
        pictures.append(box.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_a_form_field_tells_the_screen_reader_what_is_wrong(qtbot: QtBot, usual_look: None) -> None:
    field = Field()
    form = FormField("Next meeting", field, help_text="Month/day")
    qtbot.addWidget(form)
    assert (field.accessibleName(), field.accessibleDescription()) == ("Next meeting", "Month/day")
    form.complain("February has 28 days.")
    assert field.accessibleDescription() == form.message == "February has 28 days."
    assert form.is_wrong
    form.complain("")
    assert (form.message, form.is_wrong) == ("Month/day", False)


def test_fields_and_their_keys(qtbot: QtBot, usual_look: None) -> None:
    search, secret = SearchField(name="Filter", placeholder="Filter"), SecretField(name="Passphrase")
    choice = Choice((("a", "One"), ("b", "Two")), name="Place", chosen="b")
    for widget in (search, secret, choice):
        qtbot.addWidget(widget)
    search.setText("x")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert secret.echoMode() == SecretField.EchoMode.Password
    secret.actions()[0].trigger()
    assert secret.echoMode() == SecretField.EchoMode.Normal
    assert (choice.value, choice.currentText()) == ("b", "Two")


@pytest.mark.parametrize("percent", [100, 200])
def test_a_choice_cut_short_shows_its_whole_ellipsis(qtbot: QtBot, percent: int) -> None:
    look().use("light", percent)
    choice = Choice((("a", "Words read correctly in one minute, all grades"),), name="Measure")
    qtbot.addWidget(choice)
    choice.setFixedWidth(look().px(150))
    choice.show()
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    field = choice.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, choice
    )
    assert option.currentText.endswith("\u2026")
    assert choice.fontMetrics().horizontalAdvance(option.currentText) <= field.width()
    assert choice.toolTip() == "Words read correctly in one minute, all grades"
    look().use("light", 100)


def test_names_are_found_from_any_part() -> None:
    assert fitting("nguy", ("Thu Nguyễn", "Nguya Obi", "José Ortega")) == ["Nguya Obi", "Thu Nguyễn"]


def test_chips_choose_one_and_keep_their_focus(qtbot: QtBot, usual_look: None) -> None:
    chips = FilterChips("Verdict")
    qtbot.addWidget(chips)
    chips.show()
    picked: list[str] = []
    chips.picked.connect(picked.append)
    chips.show_chips((FilterChip("all", "All 3"), FilterChip("new", "2 new", "ph.plus")), "all")
    button = chips.findChildren(Button)[1]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    chips.show_chips((FilterChip("all", "All 4"), FilterChip("new", "3 new", "ph.plus")), "new")
    assert picked == ["new"]
    assert button.isChecked()
    assert button.accessibleName() == "Verdict: 3 new"


def test_a_chosen_chip_has_room_for_its_bold_words(qtbot: QtBot, usual_look: None) -> None:
    chips = FilterChips("Verdict")
    qtbot.addWidget(chips)
    chips.show()
    chips.show_chips((FilterChip("all", "All 126"),), "all")
    (button,) = chips.findChildren(Button)
    words = QFontMetrics(look().font("strong")).horizontalAdvance("All 126")
    assert button.sizeHint().width() >= words + 2 * look().px(8)


def test_a_title_longer_than_the_page_ends_in_an_ellipsis_and_comes_back_whole(qtbot: QtBot, usual_look: None) -> None:
    header = PageHeader("")
    qtbot.addWidget(header)
    header.resize(600, 84)
    header.show()
    long = "Holcomb Middle School, division-wide literacy, attendance and school climate steering team"
    header.say(long, "Meeting 7")
    header.resize(601, 84)
    assert header.title.text().endswith("…")
    assert (header.title.accessibleName(), header.title.toolTip(), header.whole_title) == (long, long, long)
    header.resize(1400, 84)
    assert (header.title.text(), header.title.toolTip()) == (long, "")
    chip = StatusChip("4 days late", tone="danger", icon="ph.clock")
    qtbot.addWidget(chip)
    before = chip.grab().toImage()
    chip.say("Sent", tone="success", icon="ph.check")
    assert chip.grab().toImage() != before


def test_progress_shows_only_what_takes_time(qtbot: QtBot, usual_look: None) -> None:
    holder = QWidget()
    layout, strip = QVBoxLayout(holder), ProgressStrip()
    layout.addWidget(strip)
    qtbot.addWidget(holder)
    holder.show()
    progress = Progress()
    strip.follow(progress, "Reading attendance_fall.csv")
    progress.step("Reading attendance_fall.csv", 1204, 8930, "rows")
    qtbot.wait(150)
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible, timeout=int(SHOWN_AFTER * 1000) + 500)
    assert strip._count.text() == "1,204 of 8,930 rows"
    QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    assert progress.cancelled
    strip.end(progress)
    assert not strip.isVisible()


class Kept:
    """A typing file that remembers what it was told and when."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.writes: list[float] = []

    def keep_soon(self, key: str, text: str) -> None:
        self.writes.append(time.monotonic())
        self.texts[key] = text

    def forget_soon(self, key: str) -> None:
        self.texts.pop(key, None)


def test_typing_is_kept_within_a_tenth_of_a_second_even_by_a_fast_typist(qtbot: QtBot, usual_look: None) -> None:
    field, kept = Field(name="Line"), Kept()
    qtbot.addWidget(field)
    Typed(field, "line", kept)
    start = time.monotonic()
    while time.monotonic() - start < 0.4:
        field.insert("a")
        qtbot.wait(10)
    qtbot.waitUntil(lambda: kept.texts.get("line") == field.text(), timeout=200)
    waits = [later - earlier for earlier, later in zip([start, *kept.writes], kept.writes, strict=False)]
    assert max(waits) < 0.1


class Owner:
    """Saves as it is told to."""

    def __init__(self) -> None:
        self.saved: list[tuple[str, str]] = []
        self.trouble: Exception | None = None

    def save(self, seen: str, text: str, saved: object, failed: object) -> None:
        if self.trouble is not None:
            failed(self.trouble)  # type: ignore[operator]
        else:
            self.saved.append((seen, text))
            saved()  # type: ignore[operator]


@pytest.fixture
def fact(qtbot: QtBot, usual_look: None) -> Iterator[tuple[Fact, Owner, Kept]]:
    owner, kept = Owner(), Kept()
    holder = QWidget()
    layout, made = QVBoxLayout(holder), Fact("Purpose", owner.save, kept)
    layout.addWidget(made)
    layout.addWidget(Field(name="Another"))
    qtbot.addWidget(holder)
    holder.show()
    with qtbot.waitActive(holder):
        holder.activateWindow()
    made.show_value("team:1:purpose", "Expectations")
    made.view.setFocus()
    yield made, owner, kept
    holder.close()


def type_into(fact: Fact, text: str) -> None:
    editor = QApplication.focusWidget()
    assert editor is fact._editor
    editor.setPlainText(text)


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_fact_is_edited_where_it_stands(fact: tuple[Fact, Owner, Kept], key: Qt.Key) -> None:
    made, owner, _ = fact
    QTest.keyClick(made.view, key)
    type_into(made, "Every student knows")
    QTest.keyClick(made._editor, Qt.Key.Key_Return)
    assert owner.saved == [("Expectations", "Every student knows")]
    assert not made.editing
    assert made.view.hasFocus()


def test_a_pause_saves_and_goes_on(fact: tuple[Fact, Owner, Kept], qtbot: QtBot) -> None:
    made, owner, kept = fact
    made.edit()
    type_into(made, "Every")
    qtbot.waitUntil(lambda: bool(owner.saved), timeout=1600)
    assert made.editing
    assert kept.texts == {}
    type_into(made, "Every student")
    made.finish()
    assert owner.saved == [("Expectations", "Every"), ("Every", "Every student")]


def test_escape_closes_and_never_discards(fact: tuple[Fact, Owner, Kept]) -> None:
    made, owner, _ = fact
    made.edit()
    type_into(made, "Kept all the same")
    QTest.keyClick(made._editor, Qt.Key.Key_Escape)
    assert owner.saved == [("Expectations", "Kept all the same")]
    assert not made.editing


def test_leaving_the_field_saves(fact: tuple[Fact, Owner, Kept]) -> None:
    made, owner, _ = fact
    made.edit()
    type_into(made, "Left")
    QTest.keyClick(made._editor, Qt.Key.Key_Tab)
    assert owner.saved == [("Expectations", "Left")]
    assert QApplication.focusWidget().accessibleName() == "Another"


def test_nothing_typed_saves_nothing(fact: tuple[Fact, Owner, Kept]) -> None:
    made, owner, _ = fact
    made.edit()
    made.finish()
    assert owner.saved == []


def test_a_refused_text_stays_with_the_words_that_mend_it(fact: tuple[Fact, Owner, Kept]) -> None:
    made, owner, kept = fact
    owner.trouble = UserError("This time cannot be.", "Type it like 2:45-3:45.")
    made.edit()
    type_into(made, "3:45-2:45")
    made.finish()
    assert made.editing
    assert made.text == "3:45-2:45"
    assert kept.texts == {"team:1:purpose": "3:45-2:45"}
    assert made._editor.accessibleDescription() == "This time cannot be. Type it like 2:45-3:45."
    owner.trouble = None
    made.finish()
    assert not made.editing
    assert kept.texts == {}


@pytest.mark.parametrize("mine", [True, False])
def test_a_conflict_is_asked_in_place(fact: tuple[Fact, Owner, Kept], mine: bool) -> None:
    made, owner, kept = fact
    owner.trouble = Conflict("Tamika Greene changed the purpose at 3:04 PM, while you were typing.")
    met: list[str] = []
    made.conflict_met.connect(met.append)
    made.edit()
    type_into(made, "mine")
    made.finish()
    assert met == ["Tamika Greene changed the purpose at 3:04 PM, while you were typing."]
    made.show_conflict(met[0], "theirs")
    assert made.has_open_question
    assert made.text == "mine"
    assert kept.texts == {"team:1:purpose": "mine"}
    owner.trouble = None
    take, keep, compare = made._conflict.buttons
    QTest.keyClick(compare, Qt.Key.Key_Space)
    assert made._conflict._whole.isVisible()
    QTest.keyClick(keep if mine else take, Qt.Key.Key_Space)
    assert owner.saved == ([("theirs", "mine")] if mine else [])
    assert not made.editing
    assert kept.texts == {}


def test_long_texts_are_shown_where_they_part() -> None:
    start = "Every student knows, practices and is noticed for the three school expectations in every hallway "
    theirs, mine = where_they_part(f"{start}and on the bus.", f"{start}and in the cafeteria.")
    assert (theirs, mine) == ("… and on the bus.", "… and in the cafeteria.")
    assert where_they_part("1.5 a day", "1.3 a day") == ("1.5 a day", "1.3 a day")


def test_a_change_from_elsewhere_leaves_the_typed_text(fact: tuple[Fact, Owner, Kept]) -> None:
    made, _, _ = fact
    made.edit()
    type_into(made, "mine")
    made.show_value("team:1:purpose", "theirs")
    assert made.text == "mine"


def test_another_record_saves_what_was_typed_for_the_one_before(fact: tuple[Fact, Owner, Kept]) -> None:
    made, owner, _ = fact
    made.edit()
    type_into(made, "for team 1")
    made.show_value("team:2:purpose", "Other")
    assert owner.saved == [("Expectations", "for team 1")]
    assert made.view.text() == "Other"


def test_a_conflict_nobody_was_asked_about_yet_is_not_met_again_when_another_record_comes(
    fact: tuple[Fact, Owner, Kept],
) -> None:
    """The owner reads what stands now; by then another record may be shown, and showing it closes the field."""
    made, owner, kept = fact
    owner.trouble = Conflict("Somebody changed the purpose.")
    met: list[str] = []
    left: list[tuple[str, str, str]] = []

    def answer(happened: str) -> None:
        met.append(happened)
        made.show_value("team:2:purpose", "Other")
        made.show_conflict(happened, "Other")

    made.conflict_met.connect(answer)
    made.stranded.connect(lambda *told: left.append(told))
    made.edit()
    type_into(made, "for team 1")
    made.finish()
    assert met == ["Somebody changed the purpose."]
    assert left == [("team:1:purpose", "for team 1", met[0])]
    assert kept.texts == {"team:1:purpose": "for team 1"}
    assert (made.editing, made.has_open_question, made.view.text()) == (False, False, "Other")


def test_tab_goes_as_the_eye_does(qtbot: QtBot, usual_look: None) -> None:
    window = QWidget()
    late, early = Field(name="late"), Field(name="early")
    layout = QVBoxLayout(window)
    layout.addWidget(late)
    layout.insertWidget(0, early)
    qtbot.addWidget(window)
    tab_in_reading_order(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    early.setFocus()
    QTest.keyClick(early, Qt.Key.Key_Tab)
    assert late.hasFocus()


def test_going_over_a_layout_leaves_nothing_that_outlives_its_parts(qtbot: QtBot) -> None:
    """What Qt holds a part in goes with the part; PySide took what stood in its place later for it, and the program ended."""
    parts = [QLabel("Tier 1 team") for _ in range(20)]
    page = box(column(*parts))
    qtbot.addWidget(page)
    before = known_items()
    tab_in_reading_order(page)
    least_height(page, 400)
    assert known_items() == before
    assert all(shiboken6.isValid(part) for part in parts)
    for part in parts:
        shiboken6.delete(part)
    assert known_items() == before


def known_items() -> int:
    return sum(type(each) is QWidgetItem for each in shiboken6.getAllValidWrappers())
