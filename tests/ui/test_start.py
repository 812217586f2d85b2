"""The start screen by keys and clicks: the sample, a file of one's own with its recovery sheet, opening and locking."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app import opening, safekeeping, settings
from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.opening import FirstFacts
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.store import keys
from mtss_desktop.store.engine import raw_connection
from mtss_desktop.store.queries import counts
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.start import Session
from mtss_desktop.ui.start_screen import doors, paper
from mtss_desktop.ui.start_screen.sheet import RecoveryDialog
from mtss_desktop.ui.start_screen.window import StartWindow
from mtss_desktop.usecases import imports, places
from tests.helpers.fresh_python import run
from tests.helpers.troubles import refuse_to_open
from tests.ui.audit import audit

SECRET = "anchor cloud pepper lamp"
OTHER = "violin gravel sunday moss"
MakeStart = Callable[..., StartWindow]


@dataclass
class Answers:
    """Answers the system's dialogs; ``asked`` keeps what was suggested."""

    save: Path | None = None
    open: Path | None = None
    asked: list[Path] = field(default_factory=list)

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        self.asked.append(suggested)
        return self.save

    def which_file(self, parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
        self.asked.append(folder)
        return self.open

    def which_files(self, parent: QWidget, title: str, folder: Path, kinds: str) -> tuple[Path, ...]:
        return (self.open,) if self.open is not None else ()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path) -> Iterator[list[Workspace]]:
    """Workspaces that the start screen handed over; closed at the end, before the folder goes."""
    found: list[Workspace] = []
    yield found
    for workspace in found:
        workspace.close()


@pytest.fixture
def make_start(qtbot: QtBot, usual_look: None, answers: Answers, opened: list[Workspace]) -> Iterator[MakeStart]:
    made: list[StartWindow] = []

    def make(*recent: Path, width: int = 1280, height: int = 800) -> StartWindow:
        preferences = Preferences(theme="light", recent_files=tuple(map(str, recent)))
        window = StartWindow(ImmediateJobs(), Remembered(preferences), asking=answers)
        window.opened.connect(lambda found: opened.append(found.workspace))
        window.resize(width, height)
        window.show_first()
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        QApplication.processEvents()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """An encrypted file with two schools."""
    path = tmp_path / "ashby-county.mtss"
    schools = (places.NewSchool("Piney Ridge", "K–5"), places.NewSchool("Holcomb", "6–8"))
    opening.create(path, passphrase=SECRET, first=FirstFacts("Ashby County", 2026, schools)).workspace.close()
    return path


def type_into(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keyClicks(widget, text)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def wrong(field: FormField) -> str:
    """What is said to be wrong with a field, "" where nothing is."""
    return field.message if field.is_wrong else ""


# Before the first painting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("recent", [False, True], ids=["first start", "last file"])
def test_nothing_heavy_is_imported_before_the_screen_is_painted(own_file: Path, recent: bool) -> None:
    if recent:
        settings.write(Preferences(recent_files=(str(own_file),)))
    code = """
import sys
from mtss_desktop.ui import start
from mtss_desktop.ui.start_screen import doors
seen = []
doors.load = lambda progress: seen.append(sorted(sys.modules))
start.StartWindow._ready = lambda self: start.QApplication.instance().quit()
code = start.main([])
names = {name.split(".")[0] for name in seen[0]}
heavy = {"sqlalchemy", "alembic", "sqlcipher3", "pandas", "numpy", "pyqtgraph", "reportlab", "argon2", "keyring", "psycopg"}
ours = {name for name in seen[0] if name.startswith(("mtss_desktop.store", "mtss_desktop.usecases", "mtss_desktop.importing",
        "mtss_desktop.documents", "mtss_desktop.app.opening", "mtss_desktop.ui.main_window"))}
print("heavy:", sorted(names & heavy), sorted(ours))
sys.exit(code)
"""
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    assert "heavy: [] []" in done.stdout


def test_what_is_behind_the_screen_is_imported_after_it(qtbot: QtBot) -> None:
    done = run(
        "-c",
        "import linecache, sys\n"
        "from mtss_desktop.ui import start\n"
        "start.StartWindow._ready = lambda self: start.QApplication.instance().quit()\n"
        "start.main([])\n"
        "print(all(name in sys.modules for name in ('sqlalchemy', 'reportlab', 'mtss_desktop.ui.main_window')))\n"
        "print(len(linecache.cache))\n",
    )
    there, lines_kept = done.stdout.split()[-2:]
    assert there == "True", done.stderr
    assert int(lines_kept) < 20, "the sources of what was imported stay in memory"


# The ways in ---------------------------------------------------------------------------------------------------------------


def test_arrows_go_through_the_ways_and_enter_goes_on(make_start: MakeStart) -> None:
    window = make_start()
    assert window.choices.chosen == "sample"
    press(Qt.Key.Key_Down)
    assert window.choices.chosen == "own"
    assert window.page is window.own
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert window.choices.chosen == "open", "the last one is the last"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Right)
    assert window.own.passphrases.first.hasFocus()


def test_f1_opens_the_help_and_takes_it_away(make_start: MakeStart) -> None:
    window = make_start()
    window.toggle_help()
    assert window._help is not None
    assert window._help.isVisible()
    window.toggle_help()
    assert not window._help.isVisible()


# The sample ----------------------------------------------------------------------------------------------------------------


def test_the_sample_shows_its_passphrase_and_opens(
    make_start: MakeStart, opened: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mtss_desktop.app import demo

    def small(path: Path, *, progress: object = None) -> Workspace:
        return opening.create(path, passphrase=demo.passphrase(), first=FirstFacts("Ashby County", 2025)).workspace

    monkeypatch.setattr(demo, "make_sample", small)
    window = make_start()
    window.get_ready()
    assert window.sample.secret.text() == demo.passphrase()
    assert window.sample.afresh.isHidden(), "there is nothing to start over yet"
    QTest.mouseClick(window.sample.open, Qt.MouseButton.LeftButton)
    first = opened.pop()
    first.do(places.add_school, name="New School")
    first.close()
    QTest.mouseClick(window.sample.open, Qt.MouseButton.LeftButton)
    again = opened.pop()
    assert "New School" in [place.name for place in again.ask(places.places)], "it is as it was left"
    again.close()
    QTest.mouseClick(window.sample.afresh, Qt.MouseButton.LeftButton)
    assert not opened, "the first press says what is lost"
    QTest.mouseClick(window.sample.afresh, Qt.MouseButton.LeftButton)
    assert "New School" not in [place.name for place in opened[-1].ask(places.places)]
    assert list(doors.sample_path().parent.glob("new-*")) == []


# A file of one's own -------------------------------------------------------------------------------------------------------


def test_help_with_the_passphrase_is_a_sentence(make_start: MakeStart) -> None:
    window = make_start()
    window.choices.cards["own"].click()
    page = window.own.passphrases
    type_into(page.first, "anchor")
    assert "9 characters more" in page.first_field.message
    assert wrong(page.first_field) == "", "nothing is wrong while somebody types"
    press(Qt.Key.Key_Tab)
    assert "9 characters more" in wrong(page.first_field)
    type_into(page.first, " cloud pepper lamp")
    assert page.first_field.message.startswith("Good.")
    type_into(page.again, "anchor cloud")
    assert wrong(page.again_field) == "", "so far it is the same"
    QTest.keyClicks(page.again, "x")
    assert wrong(page.again_field) == "Not the same yet."


def test_nothing_is_made_while_something_is_missing(make_start: MakeStart, answers: Answers) -> None:
    window = make_start()
    window.choices.cards["own"].click()
    window.own.make.click()
    assert window.own.passphrases.first.hasFocus()
    type_into(window.own.passphrases.first, SECRET)
    window.own.make.click()
    assert window.own.passphrases.again.hasFocus()
    type_into(window.own.passphrases.again, SECRET)
    window.own.schools.setPlainText("Piney Ridge\nPiney Ridge")
    window.own.make.click()
    assert "stands here twice" in window.own.schools_field.message
    assert answers.asked == []


def fill(window: StartWindow) -> None:
    window.choices.cards["own"].click()
    type_into(window.own.passphrases.first, SECRET)
    type_into(window.own.passphrases.again, SECRET)
    window.own.schools.setPlainText("Piney Ridge Elementary, K–5, 412\nHolcomb Middle, 6-8")


def test_a_new_file_comes_with_its_recovery_sheet_whose_key_opens_it(
    make_start: MakeStart, answers: Answers, opened: list[Workspace], tmp_path: Path
) -> None:
    window = make_start()
    fill(window)
    answers.save = tmp_path / "ashby-county"
    window.own.make.click()
    assert window.page is window.recovery
    assert not opened, "the sheet comes first"
    assert not window.choices.cards["open"].isEnabled()
    answers.save = tmp_path / "sheet.pdf"
    window.recovery.save.click()
    assert "sheet.pdf" in window.recovery.done.text()
    window.recovery.go_on.click()
    workspace = opened[-1]
    assert [place.name for place in workspace.ask(places.places)] == [
        "Ashby County",
        "Holcomb Middle",
        "Piney Ridge Elementary",
    ]
    assert [place.grades for place in workspace.ask(places.places)] == ["", "6–8", "K–5"]
    (typed,) = workspace.ask(imports.receipts)
    assert (typed.kind, typed.rows) == ("hand", 1), "the number of students has a receipt like every other number"
    with workspace.database.read() as work:
        ridge = work.organizations.first(name="Piney Ridge Elementary")
        assert ridge is not None
        assert counts.enrollment(work, ridge.key, work.school_years.list()[0].start) == 412
    opened.pop().close()
    printed = pdfium.PdfDocument(tmp_path / "sheet.pdf")[0].get_textpage().get_text_range()
    groups = [
        word for word in printed.split() if (len(word) == 4 and word.isupper()) or (word.isdigit() and len(word) == 4)
    ]
    key = opening.find_key(opening.location_of(str(tmp_path / "ashby-county.mtss")), SECRET)
    assert key is not None
    wanted = keys.recovery_text(key)
    assert [group for group in groups if group in wanted] == list(wanted)
    with opening.open_workspace(tmp_path / "ashby-county.mtss", recovery=" ".join(wanted)).workspace as again:
        assert again.can_write


def test_the_sheet_can_be_put_off_only_with_open_eyes(
    make_start: MakeStart, answers: Answers, opened: list[Workspace], tmp_path: Path
) -> None:
    window = make_start()
    fill(window)
    answers.save = tmp_path / "ashby.mtss"
    window.own.make.click()
    window.recovery.later.click()
    assert not opened
    assert window.recovery.now.hasFocus(), "the careful answer is the near one"
    window.recovery.without.click()
    assert opened[-1].location.file == tmp_path / "ashby.mtss"


def test_closing_before_the_sheet_leaves_a_whole_file(make_start: MakeStart, answers: Answers, tmp_path: Path) -> None:
    window = make_start()
    fill(window)
    answers.save = tmp_path / "ashby.mtss"
    window.own.make.click()
    window.close()
    with opening.open_workspace(tmp_path / "ashby.mtss", passphrase=SECRET).workspace as workspace:
        assert len(workspace.ask(places.places)) == 3


def test_a_file_that_is_there_is_not_overwritten(
    make_start: MakeStart, answers: Answers, own_file: Path, opened: list[Workspace]
) -> None:
    window = make_start()
    fill(window)
    answers.save = own_file
    before = own_file.read_bytes()
    window.own.make.click()
    assert window.page is window.own
    assert window.own.trouble.text
    assert own_file.read_bytes() == before
    assert not opened


@pytest.mark.skipif(os.name != "posix", reason="other systems open files elsewhere")
def test_what_stands_in_the_way_is_one_sentence_and_leaves_the_file_alone(
    make_start: MakeStart, answers: Answers, tmp_path: Path, opened: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may only be read, an unfinished and a newer database, another program's, another kind of file, a full disk."""
    plain, early, foreign = (tmp_path / f"{name}.mtss" for name in ("plain", "early", "foreign"))
    opening.create(plain, passphrase=None, first=FirstFacts("Ashby", 2026)).workspace.close()
    shutil.copy(plain, early)
    with closing(raw_connection(early, None)) as connection:
        connection.execute("DROP TABLE word")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
    window = make_start(plain, early, foreign)
    assert "unfinished version of this program" in refused(window, early)
    assert "database of another program" in refused(window, foreign)
    with monkeypatch.context() as patch:
        refuse_to_open(patch, "-lock", errno.EROFS)
        assert "Nothing can be written in the folder" in refused(window, plain)
    with closing(raw_connection(plain, None)) as connection:
        connection.execute("PRAGMA user_version=99")
    assert "newer version of this program" in refused(window, plain)
    refuse_to_open(monkeypatch, ".part", errno.ENOSPC)
    window.show_first()
    fill(window)
    answers.save = tmp_path / "notes.docx"
    window.own.make.click()
    assert "ends in .mtss, such as notes.mtss" in window.own.trouble.text
    answers.save = tmp_path / "new.mtss"
    window.own.make.click()
    assert "is full" in window.own.trouble.text
    assert not answers.save.exists()
    assert not opened


def refused(window: StartWindow, file: Path) -> str:
    """What the start screen says when a file of the list is opened, which is as it was."""
    before = file.read_bytes()
    window.show_open()
    next(each for each in window.files.files if file.stem in each.text()).click()
    assert file.read_bytes() == before
    return window.files.trouble.text


def drop(window: StartWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    act, none, left = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(10, 10), act, data, left, none))


def said(window: StartWindow, dropped: Path) -> str:
    drop(window, dropped)
    return window.own.schools_field.message


def test_schools_come_from_a_dropped_file(make_start: MakeStart, tmp_path: Path) -> None:
    window = make_start()
    table = tmp_path / "schools.csv"
    table.write_text("Code,Name,Grades\n0110,Piney Ridge,K-5\n0120,Holcomb,6-8\n", encoding="cp1252")
    drop(window, table)
    assert window.page is window.own
    assert window.own.schools.toPlainText() == "Piney Ridge, K–5\nHolcomb, 6–8"
    assert [school.code for school in window.own.listed()] == ["0110", "0120"]
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"\x00\x01")
    for nothing in (tmp_path, tmp_path / "gone.csv"):
        assert "drop it again" in said(window, nothing)
    assert "No schools were found" in said(window, empty)
    assert window.own.schools.toPlainText().startswith("Piney Ridge"), "what stands there stays"


# Opening -------------------------------------------------------------------------------------------------------------------


def test_the_last_file_asks_for_its_passphrase_and_enter_opens(
    make_start: MakeStart, own_file: Path, opened: list[Workspace]
) -> None:
    window = make_start(own_file, own_file.with_name("older.mtss"))
    assert window.unlock.heading.text() == "Open ashby-county.mtss"
    assert window.unlock.secret.hasFocus()
    QTest.keyClicks(window.unlock.secret, SECRET)
    press(Qt.Key.Key_Return)
    assert opened[-1].location.file == own_file
    assert window.preferences.recent_files[0] == str(own_file)


def test_a_wrong_passphrase_is_told_and_selected(make_start: MakeStart, own_file: Path) -> None:
    window = make_start(own_file)
    QTest.keyClicks(window.unlock.secret, "ANCHOR cloud")
    press(Qt.Key.Key_Return)
    message = window.unlock.secret_field.message
    assert message.startswith("This passphrase does not open the file.")
    assert message.endswith("The file itself is undamaged.")
    assert "Caps Lock is on." not in message, "the last letters were small"
    assert window.unlock.secret.hasFocus()
    assert (window.unlock.secret.selectionStart(), window.unlock.secret.selectionLength()) == (0, len("ANCHOR cloud"))


def test_caps_lock_is_named(make_start: MakeStart, own_file: Path) -> None:
    window = make_start(own_file)
    secret = window.unlock.secret
    QTest.sendKeyEvent(QTest.KeyAction.Click, secret, Qt.Key.Key_A, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not secret.caps_lock
    QTest.sendKeyEvent(QTest.KeyAction.Click, secret, Qt.Key.Key_B, "B", Qt.KeyboardModifier.NoModifier)
    assert secret.caps_lock
    assert window.unlock.secret_field.message == "Caps Lock is on.", "before it does harm"
    press(Qt.Key.Key_Return)
    assert "Caps Lock is on." in window.unlock.secret_field.message


def test_a_damaged_file_is_told_apart_and_its_backup_offered(
    make_start: MakeStart, own_file: Path, opened: list[Workspace]
) -> None:
    with opening.open_workspace(own_file, passphrase=SECRET).workspace as workspace:
        workspace.do(places.add_school, name="Third School")
        safekeeping.back_up(workspace)
    content = bytearray(own_file.read_bytes())
    content[3 * 4096 : 3 * 4096 + 64] = os.urandom(64)
    own_file.write_bytes(bytes(content))
    window = make_start(own_file)
    QTest.keyClicks(window.unlock.secret, SECRET)
    press(Qt.Key.Key_Return)
    assert "is damaged" in window.unlock.trouble.text
    assert not window.unlock.secret_field.is_wrong
    (restore,) = window.unlock.trouble.buttons
    assert restore.text().startswith("Restore the backup of")
    restore.click()
    assert "Third School" in [place.name for place in opened[-1].ask(places.places)]


def test_a_file_in_use_names_its_holder_and_opens_for_reading(
    make_start: MakeStart, own_file: Path, opened: list[Workspace]
) -> None:
    with opening.open_workspace(own_file, passphrase=SECRET).workspace:
        window = make_start(own_file)
        QTest.keyClicks(window.unlock.secret, SECRET)
        press(Qt.Key.Key_Return)
        assert "is open by" in window.unlock.trouble.text
        assert not opened
        button = next(each for each in window.unlock.trouble.buttons if each.text() == "Open for reading")
        button.click()
        assert not opened[-1].can_write


def test_the_recovery_sheet_opens_and_asks_for_a_new_passphrase(
    make_start: MakeStart, own_file: Path, opened: list[Workspace]
) -> None:
    key = opening.find_key(opening.location_of(str(own_file)), SECRET)
    assert key is not None
    groups = keys.recovery_text(key)
    window = make_start(own_file)
    window.unlock.other_way.click()
    type_into(window.unlock.recovery, " ".join(groups[:-1]))
    press(Qt.Key.Key_Return)
    assert "14 groups of four" in window.unlock.recovery_field.message
    window.unlock.recovery.clear()
    type_into(window.unlock.recovery, "-".join(groups).lower())
    press(Qt.Key.Key_Return)
    assert window.unlock.new.first.hasFocus()
    assert not opened
    type_into(window.unlock.new.first, OTHER)
    type_into(window.unlock.new.again, OTHER)
    press(Qt.Key.Key_Return)
    assert window.page is window.recovery, "a new passphrase makes a new sheet"
    window.recovery.later.click()
    window.recovery.without.click()
    opened.pop().close()
    with opening.open_workspace(own_file, passphrase=OTHER).workspace as workspace:
        assert len(workspace.ask(places.places)) == 3
        sheet = str(doors.recovery_document(workspace))
        assert "earlier sheets open only earlier backups" in sheet
        assert workspace.ask(places.rules).name in sheet


def test_a_missing_file_and_a_plain_one(
    make_start: MakeStart, answers: Answers, tmp_path: Path, opened: list[Workspace]
) -> None:
    plain = tmp_path / "plain.mtss"
    opening.create(plain, passphrase=None, first=FirstFacts("Ashby", 2026)).workspace.close()
    gone = tmp_path / "gone.mtss"
    window = make_start(gone, plain)
    window.show_open()
    window.files.files[0].click()
    assert "There is no database" in window.files.trouble.text
    window.files.trouble.buttons[0].click()
    assert settings.read().recent_files == (str(plain),)
    answers.open = plain
    window.files.other.click()
    assert opened[-1].location.file == plain, "no passphrase is asked where there is none"


def test_a_server_address_needs_to_be_one(make_start: MakeStart, opened: list[Workspace]) -> None:
    window = make_start()
    window.choices.cards["open"].click()
    window.files.go_there.click()
    assert window.files.address_field.is_wrong
    type_into(window.files.address, "mysql://somewhere/mtss")
    press(Qt.Key.Key_Return)
    assert window.files.trouble.text
    assert not opened


# The sheet on paper --------------------------------------------------------------------------------------------------------


def test_the_printed_sheet_holds_the_key(own_file: Path, usual_look: None, tmp_path: Path) -> None:
    with opening.open_workspace(own_file, passphrase=SECRET).workspace as workspace:
        document = doors.recovery_document(workspace)
        groups = safekeeping.recovery_groups(workspace)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert paper.print_to(printer, document, ENGLISH)
    printed = pdfium.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 1
    words = printed[0].get_textpage().get_text_range().split()
    assert [word for word in words if word in groups] == list(groups)


def test_the_sheet_can_be_made_later(own_file: Path, usual_look: None, answers: Answers, tmp_path: Path) -> None:
    answers.save = tmp_path / "later.pdf"
    with opening.open_workspace(own_file, passphrase=SECRET).workspace as workspace:
        dialog = RecoveryDialog(workspace, ImmediateJobs(), answers)
        dialog.show()
        dialog.page.save.click()
        assert (tmp_path / "later.pdf").exists()
        dialog.page.go_on.click()
        assert dialog.result() == 1
        dialog.deleteLater()


# A whole session -----------------------------------------------------------------------------------------------------------


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)
    assert condition()


def quiet(session: Session) -> bool:
    return isinstance(session.jobs, WindowJobs) and session.jobs.busy == 0


def is_open(session: Session) -> bool:
    return session.window is not None


@pytest.fixture
def session(qtbot: QtBot, usual_look: None, answers: Answers, tmp_path: Path) -> Iterator[Session]:
    made = Session(WindowJobs(), Remembered(Preferences(theme="light")), asking=answers)
    yield made
    window = made.window
    if window is not None:
        window.close()
    made.start.close()
    made.end()
    if window is not None:
        window.deleteLater()
    made.start.deleteLater()
    made.deleteLater()
    QApplication.processEvents()


def test_open_lock_and_open_again_with_real_threads(session: Session, own_file: Path) -> None:
    session.begin(str(own_file))
    wait_for(lambda: quiet(session) and session.start._was_painted)
    QTest.keyClicks(session.start.unlock.secret, SECRET)
    QTest.keyClick(session.start.unlock.secret, Qt.Key.Key_Return)
    wait_for(lambda: is_open(session))
    window = session.window
    assert window is not None
    assert session.start.isHidden()
    assert session.start.unlock.secret.text() == "", "the passphrase is not kept"
    assert session.start.unlock._last is None
    assert "Recovery sheet…" in [act.text() for act in window.menus.file.actions()][:-1]
    assert "ashby-county" in window.windowTitle()
    window.lock_requested.emit()
    assert not is_open(session)
    assert session.start.isVisible()
    assert session.start.unlock.sentence.text().startswith("Locked at")
    assert session.start.unlock.secret.text() == "", "the passphrase is not kept"
    wait_for(lambda: quiet(session))
    with opening.open_workspace(own_file, passphrase=SECRET).workspace as elsewhere:
        assert elsewhere.can_write, "the lock was given back"
    QTest.keyClicks(session.start.unlock.secret, SECRET)
    QTest.keyClick(session.start.unlock.secret, Qt.Key.Key_Return)
    wait_for(lambda: is_open(session))


def test_a_computer_that_slept_is_locked(session: Session, own_file: Path) -> None:
    session.show_database(opening.open_workspace(own_file, passphrase=SECRET))
    session._look_at_clock()
    assert is_open(session)
    session._last_beat -= 3600
    session._look_at_clock()
    assert not is_open(session)
    wait_for(lambda: quiet(session))


def test_another_file_can_be_chosen_from_the_window(session: Session, own_file: Path) -> None:
    session.show_database(opening.open_workspace(own_file, passphrase=SECRET))
    window = session.window
    assert window is not None
    window.close_requested.emit()
    assert not is_open(session)
    assert session.start.page is session.start.files
    wait_for(lambda: quiet(session))


# The audit -----------------------------------------------------------------------------------------------------------------


def show_state(window: StartWindow, state: str) -> None:
    match state:
        case "sample":
            window.get_ready()
        case "own":
            fill(window)
            window.own.passphrases.again.setText("not this")
        case "open":
            window.show_open()
        case "wrong":
            window.unlock.refused(doors.Way("wrong key", "no"))
        case "in use":
            window.unlock._ask = lambda request: setattr(window.unlock, "_last", request)  # type: ignore[method-assign]
            window.unlock._open()
            window.unlock.refused(doors.Way("in use", "“a.mtss” is open by maria on LAPTOP.", "Close it there.", True))
        case "recovery":
            window.show_page(window.recovery, "own", focus=True)
            window.recovery.later.click()
        case "help":
            window.toggle_help()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("state", ["sample", "own", "open", "wrong", "in use", "recovery", "help"])
def test_nothing_is_wrong_with_the_start_screen(
    make_start: MakeStart, own_file: Path, theme: str, percent: int, state: str
) -> None:
    from mtss_desktop.ui.theme import look

    look().use(theme, percent)
    window = make_start(own_file) if state in ("wrong", "in use") else make_start()
    show_state(window, state)
    assert "\n".join(map(str, audit(window))) == ""


def test_nothing_is_wrong_in_the_smallest_window(make_start: MakeStart) -> None:
    window = make_start(width=1024, height=640)
    fill(window)
    assert "\n".join(map(str, audit(window))) == ""


def test_every_button_says_what_it_does(make_start: MakeStart) -> None:
    window = make_start()
    for key in ("own", "open", "sample"):
        window.choices.cards[key].click()
        assert all(button.accessibleName() for button in window.findChildren(Button) if button.isVisible())
