"""The room of paper, by keys: real pages, choices, saving, printing, copying, and what is said when something is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.jobs import ImmediateJobs, Lane
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.documents import pages
from mtss_desktop.documents.blocks import Audience, Paper
from mtss_desktop.domain.meetings import LineKind, MeetingId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.formatted import plain_text
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.printing import words as sentences
from mtss_desktop.ui.panes.printing.pane import PrintingPane
from mtss_desktop.ui.panes.printing.periods import period, read_day
from mtss_desktop.ui.panes.printing.printer import SystemPaperDialogs, dots_for, layout_for
from mtss_desktop.ui.panes.printing.words import group_of
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import meetings, papers, places, teams
from mtss_desktop.usecases.meetings import AgendaEntry, LineEntry
from tests.ui.audit import audit, audit_in_every_theme
from tests.ui.conftest import MakeWindow
from tests.ui.town import TODAY, Town

LOOKS = [("light", 100), ("dark", 100), ("contrast", 100), ("light", 200)]


class Answers:
    """Stands for the system's dialogs; remembers what was suggested."""

    def __init__(self, path: Path | None = None, printer: QPrinter | None = None) -> None:
        self.path, self.printer = path, printer
        self.suggested: list[Path] = []
        self.counts: list[int] = []

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        del parent, title, kinds
        self.suggested.append(suggested)
        return self.path

    def which_folder(self, parent: QWidget, title: str) -> Path | None:
        del parent, title
        return self.path

    def which_printer(self, parent: QWidget, title: str, count: int, *, two_sided: bool) -> QPrinter | None:
        del parent, title, two_sided
        self.counts.append(count)
        return self.printer


class LaterJobs(ImmediateJobs):
    """The pool's work waits until it is asked for, as it does beside a window."""

    def __init__(self) -> None:
        self.hold = False
        self.held: list[Callable[[], object]] = []

    def run(self, work: Any, *, lane: Lane = "read", **more: Any) -> Progress:
        if self.hold and lane == "pool":
            self.held.append(lambda: ImmediateJobs.run(self, work, lane=lane, **more))
            return Progress()
        return super().run(work, lane=lane, **more)

    def let_go(self) -> None:
        self.hold = False
        while self.held:
            self.held.pop(0)()


@pytest.fixture
def planned(workspace: Workspace, town: Town) -> MeetingId:
    """The next meeting of the Tier 1 team, with an agenda."""
    return workspace.do(
        meetings.plan,
        town.team,
        day=date(2026, 12, 15),
        starts_at=time(14, 45),
        ends_at=time(15, 45),
        agenda=(AgendaEntry("Hallway, grade 7", 15), AgendaEntry("Celebrations", 10)),
    ).value


def room(window: MainWindow, record: str = "") -> PrintingPane:
    window.go_to("print", record)
    QApplication.processEvents()
    shown = window.current
    assert isinstance(shown, PrintingPane)
    return shown


@pytest.fixture
def pane(window: MainWindow, planned: MeetingId) -> PrintingPane:
    del planned
    return room(window)


@pytest.fixture
def notices(pane: PrintingPane) -> list[Notice]:
    heard: list[Notice] = []
    pane.noticed.connect(heard.append)
    return heard


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
        QApplication.processEvents()


def settle() -> None:
    """A new size of the window has been drawn for."""
    QTest.qWait(200)


def text_of(pane: PrintingPane) -> str:
    assert pane._made is not None
    return "\n".join(pages.words_on(pane._made.data, number) for number in range(len(pane._made.sizes)))


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_room_opens_with_the_packet_of_the_next_meeting(pane: PrintingPane) -> None:
    assert pane.header.title.text() == "Walk-in packet"
    assert pane.header.sentence.text().startswith("Tier 1 team, Holcomb Middle · ")
    assert "Hallway, grade 7" in text_of(pane)
    captions = [row.text for row in pane.list.list.rows.keyed.rows if row.is_caption]
    assert captions == ["Meetings", "Teams", "Look-fors", "Evidence", "Coaching"]
    groups = {kind.name: group_of(kind) for kind in pane._offer.kinds}
    assert (groups["minutes-blank"], groups["behavior-report"]) == ("Meetings", "Evidence")


def test_a_form_of_any_instrument_is_chosen_by_its_name(pane: PrintingPane) -> None:
    pane.open_record("instrument-form:tfi_2_1")
    settle()
    assert pane.choices.instrument.currentText() == "Tiered Fidelity Inventory 2.1"
    assert not pane.choices.instrument_field.isHidden()
    assert pane.choices.scope().instrument == "tfi_2_1"
    assert "Team operating procedures" in text_of(pane)
    pane.choose_paper("agenda")
    assert pane.choices.instrument_field.isHidden()


def test_pages_of_ratings_say_what_to_do_where_nothing_was_rated(pane: PrintingPane) -> None:
    pane.open_record("instrument-result")
    settle()
    assert not pane.choices.rating_field.isHidden()
    assert pane.choices.rating.currentText() == "Newest finished"
    assert pane.choices.instrument.currentText() == "Newest rated"
    assert pane.choices.scope().instrument == ""
    assert "no rating yet" in " ".join(each.text() for each in pane.problem.findChildren(QLabel))


def test_the_page_has_its_true_proportions_and_no_theme_touches_it(pane: PrintingPane) -> None:
    settle()
    image = pane.preview.page.image
    assert image.width() / image.height() == pytest.approx(612 / 792, abs=0.005)
    light = image.copy()
    look().use("dark", 100)
    settle()
    assert pane.preview.page.image == light
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_keys_turn_the_pages(pane: PrintingPane) -> None:
    settle()
    count = len(pane.preview.sizes)
    assert count > 2
    pane.preview.page.setFocus()
    first = QImage(pane.preview.page.image)
    press(Qt.Key.Key_PageDown)
    assert pane.preview.number == 1
    assert pane.preview.page.image != first
    assert pane.preview.page.accessibleName() == f"Page 2 of {count}, Walk-in packet"
    press(Qt.Key.Key_End)
    assert pane.preview.number == count - 1
    press(Qt.Key.Key_PageDown)
    assert pane.preview.number == count - 1, "the last page is the last"
    press(Qt.Key.Key_Home)
    assert pane.preview.number == 0
    assert pane.preview.page.image == first


def test_thumbnails_follow_and_lead(pane: PrintingPane) -> None:
    count = len(pane.preview.sizes)
    assert sorted(pane.preview.thumbs.rows.images) == list(range(count))
    pane.preview.thumbs.setFocus()
    press(Qt.Key.Key_Right)
    assert pane.preview.number == pane.preview.thumbs.currentIndex().row() == 1


def test_full_width_scrolls_before_it_turns(pane: PrintingPane) -> None:
    pane.preview.page.setFocus()
    press(Qt.Key.Key_Return)
    assert pane.preview.page.full_width
    settle()
    assert pane.preview.page.image.width() > 500
    press(Qt.Key.Key_PageDown)
    assert pane.preview.number == 0, "the rest of the page first"
    press(*[Qt.Key.Key_PageDown] * 3)
    assert pane.preview.number >= 1


def test_a_screen_reader_gets_the_words_of_the_page(pane: PrintingPane) -> None:
    assert "Every student knows, practices and is noticed" in pane.preview.page.accessibleDescription()


def test_a_choice_changes_the_pages_and_keeps_the_page_in_view(pane: PrintingPane) -> None:
    pane.preview.go_to(1)
    before = len(pane.preview.sizes)
    pane.choices.large.stop.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert pane._made is not None
    assert pane._made.scope.large_print
    assert len(pane.preview.sizes) > before
    assert pane.preview.number == 1
    pane.choices.paper.setFocus()
    press(Qt.Key.Key_End)
    assert pane._made.scope.paper is Paper.A4
    assert round(pane.preview.sizes[0].height) == 842


def test_parts_of_the_packet_are_left_out_and_its_contents_follow(pane: PrintingPane) -> None:
    assert pane._made is not None
    whole = len(pane._made.sizes)
    assert [box.text() for box in pane.choices.parts.boxes.values()][:2] == ["Wins", "Sign-in sheet"]
    assert "Signature" in text_of(pane)
    assert "Agenda and sign-in" in text_of(pane)
    for part in ("sign-in", "notes"):
        pane.choices.parts.boxes[part].setFocus()
        press(Qt.Key.Key_Space)
    assert len(pane._made.sizes) == whole - 1
    assert "Signature" not in text_of(pane)
    assert "Agenda and sign-in" not in text_of(pane)
    pane.choices.sides.stop.setFocus()
    press(Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert pane._made.document.two_sided is False
    assert "sheet" not in pane.header.sentence.text(), "as many sheets as pages"
    pane.open_record("agenda")
    assert pane._made.scope.without == ()
    assert pane.choices.parts.isHidden()
    with pytest.raises(UserError) as refused:
        pane.workspace.ask(papers.make, "agenda", scope=papers.Scope(without=("notes",)))
    assert refused.value.hint == "Print it whole."


def test_old_pages_stay_until_the_new_ones_are_there(
    make_window: MakeWindow, workspace: Workspace, planned: MeetingId
) -> None:
    del planned
    jobs = LaterJobs()
    pane = room(make_window(workspace, jobs=jobs, room="print"))
    before = QImage(pane.preview.page.image)
    jobs.hold = True
    pane.list.list.setFocus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert pane.preview.page.image == before
    pane.choose_paper("team-structure")
    jobs.let_go()
    assert pane.header.title.text() == "Team structure"
    assert pane._made is not None
    assert pane._made.name == "team-structure", "the last one asked for, whatever came home first"
    assert pane.preview.page.image != before


def test_saving_while_pages_are_made_saves_the_new_ones(
    make_window: MakeWindow, workspace: Workspace, planned: MeetingId, tmp_path: Path
) -> None:
    del planned
    jobs = LaterJobs()
    pane = room(make_window(workspace, jobs=jobs, room="print"))
    pane.asking = Answers(tmp_path / "new.pdf")
    jobs.hold = True
    pane.choose_paper("agenda")
    pane.save()
    assert not (tmp_path / "new.pdf").exists()
    jobs.let_go()
    assert pane._made is not None
    assert pane._made.name == "agenda"
    assert (tmp_path / "new.pdf").read_bytes() == pane._made.data


def test_no_page_is_drawn_in_the_window_thread(
    make_window: MakeWindow, workspace: Workspace, planned: MeetingId, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    del planned
    threads: set[int] = set()
    drawn = pages._picture

    def spied(*args: Any, **more: Any) -> pages.Picture:
        threads.add(threading.get_ident())
        return drawn(*args, **more)

    monkeypatch.setattr(pages, "_picture", spied)
    jobs = WindowJobs()
    try:
        pane = room(make_window(workspace, jobs=jobs, room="print"))
        qtbot.waitUntil(lambda: len(pane.preview.thumbs.rows.images) > 2 and not jobs.busy, timeout=20_000)
        assert not pane.preview.page.image.isNull()
    finally:
        jobs.close()
    assert threads
    assert threading.get_ident() not in threads


def test_pages_follow_what_changes(pane: PrintingPane, workspace: Workspace, planned: MeetingId) -> None:
    assert "Duty at the stairs" not in text_of(pane)
    workspace.do(meetings.add_item, planned, title="Duty at the stairs", minutes=5)
    assert "Duty at the stairs" in text_of(pane)


# --- choices ---------------------------------------------------------------------------------------------------------


def test_a_link_names_document_and_meeting(
    window: MainWindow, workspace: Workspace, planned: MeetingId, town: Town
) -> None:
    later = workspace.do(meetings.plan, town.team, day=date(2027, 1, 19), agenda=(AgendaEntry("Snow days", 5),)).value
    pane = room(window, f"agenda:{later}")
    assert pane.header.title.text() == "Agenda"
    assert "Snow days" in text_of(pane)
    assert pane.record_id == f"agenda:{later}"
    pane = room(window, f"walk-in-packet:{planned}")
    assert pane.choices.meeting.value == planned
    assert "Hallway, grade 7" in text_of(pane)


def test_a_team_narrows_the_meetings(pane: PrintingPane, workspace: Workspace) -> None:
    other = next(line for line in workspace.ask(teams.cards) if line.name == "School climate")
    workspace.do(meetings.plan, TeamId(other.id), day=date(2026, 12, 1))
    assert pane.choices.meeting.count() == 3
    pane.choices.team.setFocus()
    pane.choices.team.choose(other.id)
    pane.choices.team.chosen_changed.emit(other.id)
    assert [pane.choices.meeting.itemText(place) for place in range(2)] == [
        "Next meeting",
        "12/1/2026, School climate, Holcomb",
    ]
    assert "School climate" in pane.header.sentence.text()


def test_public_is_offered_where_there_is_a_public_page(pane: PrintingPane) -> None:
    assert pane.choices._audience_box.isHidden(), "a packet is internal"
    pane.choose_paper("team-structure")
    assert not pane.choices._audience_box.isHidden()
    assert pane.choices.who.text() == "For the team, internal."
    pane.choices.audience.stop.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert pane._made is not None
    assert pane._made.document.audience is Audience.PUBLIC
    assert pane.choices.who.text() == "For everyone: may leave the schools."


def test_other_days_stay_as_typed_where_they_are_no_date(pane: PrintingPane) -> None:
    pane.choose_paper("coaching-summary")
    assert pane.choices.who.text() == "For leaders, internal."
    assert pane.header.sentence.text() == "Systems coaching, 2026–27 to 11/17/2026 · 2 pages on 1 sheet"
    made = pane._made
    pane.choices.period.setFocus()
    press(Qt.Key.Key_End)
    assert pane.choices.last.text() == "11/17/2026"
    assert pane._made is not made
    pane.choices.first.setFocus()
    pane.choices.first.setText("13/45")
    press(Qt.Key.Key_Return)
    assert pane.choices.first_field.is_wrong
    assert pane.choices.first.text() == "13/45"
    pane.choices.first.setText("10/1")
    press(Qt.Key.Key_Return)
    assert not pane.choices.first_field.is_wrong
    assert pane._made is not None
    assert pane._made.scope.first == date(2026, 10, 1)


def test_days_and_periods_read_as_people_write_them() -> None:
    assert read_day("10/24", TODAY) == date(2026, 10, 24)
    assert read_day("12/24", TODAY) == date(2025, 12, 24), "the last such day"
    assert read_day("2/29/24", TODAY) == date(2024, 2, 29)
    assert read_day("2/30/2026", TODAY) is None
    assert read_day("soon", TODAY) is None
    assert period("month", TODAY) == (date(2026, 11, 1), TODAY)
    assert period("before", date(2027, 1, 5)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert period("", TODAY) == (None, None)


def test_names_off_hides_papers_of_single_students(window: MainWindow, pane: PrintingPane) -> None:
    shown = [row.key for row in pane.list.list.rows.keyed.rows if not row.is_caption]
    assert "student-progress" in shown
    window.rooms.use_scope(Scope(names=Names.OFF))
    shown = [row.key for row in pane.list.list.rows.keyed.rows if not row.is_caption]
    assert "student-progress" not in shown
    assert "data-review" in shown
    heard: list[Notice] = []
    pane.noticed.connect(heard.append)
    window.go_to("print", "student-progress:12")
    assert heard[-1].text == "This document is not offered while names are off."
    assert pane.header.title.text() == "Walk-in packet"


def test_a_page_of_a_student_goes_with_the_names(
    make_window: MakeWindow, workspace: Workspace, planned: MeetingId
) -> None:
    del planned
    jobs = LaterJobs()
    window = make_window(workspace, jobs=jobs, room="print")
    pane = room(window)
    assert pane._made is not None
    pane._made = replace(pane._made, name="student-progress")
    jobs.hold = True
    window.rooms.use_scope(Scope(names=Names.OFF))
    assert pane.preview.page.image.isNull(), "at once, not when the next page is there"
    jobs.let_go()
    assert not pane.preview.page.image.isNull()


# --- what was checked, and problems ----------------------------------------------------------------------------------


def test_the_last_line_says_for_whom_and_what_was_checked(pane: PrintingPane) -> None:
    assert pane.choices.who.text() == "For the team, internal."
    assert pane.choices.check.text() == "Black and gray only. Tagged for screen readers."
    faint = pages.Checks(tagged=False, colored=True, faint=(2, 3))
    said = sentences.checked_words(pane.words, faint)
    assert said == "A color is faint in black and white on page 2 and 3. Not tagged for screen readers."


def test_a_confidential_paper_says_so(window: MainWindow, workspace: Workspace, town: Town) -> None:
    workspace.do(
        meetings.record,
        workspace.do(meetings.plan, town.team, day=date(2026, 11, 10), confidential=True).value,
        lines=(LineEntry("Two posts stay", LineKind.DECISION),),
    )
    pane = room(window, "minutes-confidential")
    assert "Two posts stay" in text_of(pane)
    assert pane.choices.who.text() == "Confidential. For the members of this team only."
    assert not pane.choices.closed_icon.isHidden()


def test_without_a_meeting_the_room_says_what_to_do(window: MainWindow) -> None:
    pane = room(window)
    assert pane._middle.currentIndex() == 1
    assert pane.problem.heading.text() == "No meeting is planned."
    assert pane.problem.sentence.text() == "Plan the next meeting of a team first."
    assert not pane.print_button.isEnabled()
    assert pane.print_button.toolTip() == "There are no pages for this choice yet"
    pane.problem.button.setFocus()
    press(Qt.Key.Key_Space)
    assert window.current.room.key == ("meetings" if "meetings" in window.kinds else "teams")


def test_a_new_database_has_a_room_without_pages(make_window: MakeWindow, bare_workspace: Workspace) -> None:
    pane = room(make_window(bare_workspace, room="print"), "team-structure")
    assert pane.problem.heading.text() == "There is no team yet."
    assert pane.problem.button.text() == "Add teams"


# --- onto the disk ---------------------------------------------------------------------------------------------------


def test_saving_writes_the_pages_that_are_shown(
    pane: PrintingPane, planned: MeetingId, notices: list[Notice], tmp_path: Path
) -> None:
    answers = pane.asking = Answers(tmp_path / "packet")
    QTest.keyClick(pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert pane._made is not None
    assert (tmp_path / "packet.pdf").read_bytes() == pane._made.data
    assert answers.suggested[0].name == "walk-in-packet-2026-11-17.pdf"
    assert notices[-1].text == "Saved as packet.pdf"
    assert pane.workspace.ask(meetings.show, planned).meeting.packet_made_at is not None, "Today asks for it no more"


def test_a_target_that_cannot_be_written_is_said_and_nothing_is_lost(
    pane: PrintingPane, notices: list[Notice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "open.pdf"
    target.write_bytes(b"what was there")
    pane.asking = Answers(target)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "open elsewhere", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr("time.sleep", lambda _: None)
    pane.save()
    assert notices[-1].tone == "danger"
    assert notices[-1].text.startswith("The paper could not be written there: the file is open in another program")
    assert target.read_bytes() == b"what was there"
    assert [each.name for each in tmp_path.glob("*.p*")] == ["open.pdf"]
    assert pane._made is not None, "the pages are still there"


def test_one_file_for_each_school_replaces_nothing(pane: PrintingPane, notices: list[Notice], tmp_path: Path) -> None:
    pane.choose_paper("team-structure")
    (tmp_path / "team-structure-holcomb.pdf").write_bytes(b"mine")
    pane.asking = Answers(tmp_path)
    pane.save_all()
    assert sorted(each.name for each in tmp_path.glob("team-structure-*.pdf")) == [
        "team-structure-ashby-high.pdf",
        "team-structure-holcomb-2.pdf",
        "team-structure-holcomb.pdf",
        "team-structure-piney-ridge.pdf",
    ]
    assert (tmp_path / "team-structure-holcomb.pdf").read_bytes() == b"mine"
    made = (tmp_path / "team-structure-holcomb-2.pdf").read_bytes()
    assert "Holcomb" in "".join(pages.words_on(made, number) for number in range(len(pages.sizes(made))))
    assert notices[-1].text == "3 papers saved in the folder."


def test_a_paper_that_is_not_of_one_school_is_not_made_for_many(pane: PrintingPane) -> None:
    act = next(act for act in pane.acts() if act.key == "all")
    assert act.why_not() == "This document is not about one school"
    pane.choose_paper("student-progress")
    assert act.why_not() == "This document is not about one school"


# --- onto the clipboard ----------------------------------------------------------------------------------------------


def test_copying_brings_formatted_and_plain_text(pane: PrintingPane, notices: list[Notice]) -> None:
    QTest.keyClick(pane, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert "<h1>Tier 1 team</h1>" in data.html()
    assert "Hallway, grade 7" in data.text()
    assert "<" not in data.text()
    assert notices[-1].text.startswith("Copied.")


def test_plain_text_keeps_rows_and_cells() -> None:
    page = "<head><title>No</title></head><h1>A &amp; B</h1><table><tr><th>x</th><td>1</td></tr></table><ul><li>y</li></ul>"
    assert plain_text(page) == "A & B\nx\t1\n– y"
    formula = "<table><tr><th>=A1</th><td>-1.5</td></tr></table>"
    assert plain_text(formula) == "'=A1\t-1.5", "nothing runs in a spreadsheet"


# --- onto a printer --------------------------------------------------------------------------------------------------


def ink(data: bytes) -> int:
    """Dark dots of the first page at 300 an inch."""
    values = pages.picture(data, 0, 300 / 72).data[::4]
    return values.translate(bytes(each < 128 for each in range(256))).count(1)


def pdf_printer(target: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def printed(pane: PrintingPane, target: Path, notices: list[Notice], qtbot: QtBot) -> list[tuple[int, int, float]]:
    """(width, height in points, dots an inch) of every sheet that came out."""
    pane.asking = Answers(printer=pdf_printer(target))
    QTest.keyClick(pane, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(notices) and "printer" in notices[-1].text, timeout=60_000)
    document = pypdfium2.PdfDocument(target.read_bytes())
    sheets = []
    for page in document:
        width, height = page.get_size()
        found = [each for each in page.get_objects() if isinstance(each, pypdfium2.PdfImage)]
        dots = sum(each.get_px_size()[1] for each in found) / (height / 72)
        sheets.append((round(width), round(height), dots))
    document.close()
    return sheets


def test_a_printer_gets_the_same_pages_at_300_dots(
    pane: PrintingPane, notices: list[Notice], tmp_path: Path, qtbot: QtBot
) -> None:
    pane.choose_paper("team-structure")
    pane.choices.school.choose(pane._offer.schools[0].id)
    pane.choices.changed.emit()
    wanted = [(round(size.width), round(size.height)) for size in pane.preview.sizes]
    assert len(set(wanted)) > 1, "a document of two papers"
    sheets = printed(pane, tmp_path / "out.pdf", notices, qtbot)
    assert [(width, height) for width, height, _ in sheets] == wanted
    assert all(dots >= 299 for _, _, dots in sheets)
    assert notices[-1].text == f"{len(wanted)} pages sent to the printer"
    shown, sheet = ink(pane._made.data), ink((tmp_path / "out.pdf").read_bytes())
    assert sheet == pytest.approx(shown, rel=0.05), "as much ink as on the page that was looked at"


def test_a_range_of_pages_is_printed_alone(
    pane: PrintingPane, notices: list[Notice], tmp_path: Path, qtbot: QtBot
) -> None:
    printer = pdf_printer(tmp_path / "one.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    pane.asking = Answers(printer=printer)
    pane.print_pages()
    qtbot.waitUntil(lambda: bool(notices), timeout=60_000)
    assert notices[-1].text == "1 page sent to the printer"
    assert len(pypdfium2.PdfDocument((tmp_path / "one.pdf").read_bytes())) == 1


@pytest.mark.qt_log_ignore("QPainter::begin\\(\\): Returned false")
def test_a_printer_that_refuses_is_said(pane: PrintingPane, notices: list[Notice], tmp_path: Path) -> None:
    pane.asking = Answers(printer=pdf_printer(tmp_path / "not there" / "out.pdf"))
    pane.print_pages()
    assert notices[-1].tone == "danger"
    assert notices[-1].text.startswith("The printer did not take the pages.")
    assert pane._made is not None


def test_no_printer_is_said(pane: PrintingPane, notices: list[Notice], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    pane.asking = SystemPaperDialogs()
    pane.print_pages()
    assert notices[-1].text == (
        "This computer has no printer. Add one in the settings of the system, or save the PDF instead."
    )


def test_dots_and_sheets() -> None:
    assert [dots_for(resolution) for resolution in (1200, 600, 720, 360, 300, 203)] == [300, 300, 360, 360, 300, 300]
    layout = layout_for(pages.PageSize(1224, 792))
    assert layout.orientation() == layout.Orientation.Landscape
    assert layout.fullRectPoints().width() == 1224


# --- all of it -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[100, 200])
def text_size(request: pytest.FixtureRequest, usual_look: None) -> int:
    look().use("light", request.param)
    return int(request.param)


@pytest.mark.slow
@pytest.mark.parametrize("state", ["pages", "choices", "problem", "no hits"])
def test_nothing_is_wrong_with_the_room(
    text_size: int, make_window: MakeWindow, workspace: Workspace, town: Town, state: str
) -> None:
    if state != "problem":
        workspace.do(meetings.plan, town.team, day=date(2026, 12, 15))
    pane = room(make_window(workspace, room="print"), "team-structure" if state == "choices" else "")
    if state == "choices":
        pane.tabs._pick("choices")
    if state == "no hits":
        pane.list.filter.setText("stair")
    assert audit_in_every_theme(pane.window()) == ""


def test_nothing_is_wrong_in_the_smallest_window(
    make_window: MakeWindow, workspace: Workspace, planned: MeetingId
) -> None:
    del planned
    pane = room(make_window(workspace, width=1024, height=640, room="print"), "coaching-summary")
    assert audit(pane.window()) == []


def test_columns_are_reached_with_f6(pane: PrintingPane) -> None:
    pane.list.list.setFocus()
    stops = []
    for _ in range(3):
        QTest.keyClick(pane, Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert pane.preview.page in stops
    assert pane.choices.paper in stops


def test_an_error_of_a_place_says_the_hint() -> None:
    school = places.Place(*("s", 1, places.OrganizationKind.SCHOOL, "Piney Ridge Elementary", "Piney Ridge", "K–5"))
    done = (sentences.SchoolPaper(school, problem=UserError("There is no team yet.").message),)
    from mtss_desktop.base.words import ENGLISH

    assert sentences.saved_words(ENGLISH, done) == (
        "0 papers saved in the folder. Left out: Piney Ridge (There is no team yet)."
    )
