"""What the pictures do not show: every form, dialog, menu and page behind an act, the wall of a meeting, the start screen."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QMenu

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.ui.crash import CrashDialog
from mtss_desktop.ui.kit.asking import SystemDialogs
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.lookfors.pane import LookforsPane
from mtss_desktop.ui.panes.meetings.photos import PhotoDialog
from mtss_desktop.ui.start_screen import doors
from mtss_desktop.ui.start_screen.doors import GoodBackup, Request, Way
from mtss_desktop.ui.start_screen.sheet import RecoveryDialog
from mtss_desktop.ui.start_screen.window import StartWindow
from mtss_desktop.usecases import papers
from tests import shots
from tests.shots import Shot

Bring = Callable[[MainWindow], object]

StartBring = Callable[[StartWindow], None]


def after(bring: Bring, *keys: str) -> Bring:
    """A screen, and what comes when its acts are done one after the other."""

    def go(window: MainWindow) -> None:
        bring(window)
        for key in keys:
            QApplication.processEvents()
            act = next((each for each in window.current.acts() if each.key == key), None)
            if act is None or act.why_not():
                raise LookupError(f"{key}: {act.why_not() if act is not None else 'no such act'}")
            act.run()

    return go


def room(key: str, record: str = "") -> Bring:
    return lambda window: window.go_to(key, record)


def toured(window: MainWindow) -> None:
    window.go_to("teams")
    window.tour.begin()
    window.tour.turn(1)


def trouble(window: MainWindow) -> None:
    """The strip over the rooms, with its ways out."""
    window.go_to("today")
    window.older.say(
        "This file is older than the one that was open on this computer on Tuesday.",
        [("Open the newer one", lambda: None), ("Go on with this one", lambda: None)],
    )


def nothing_fits(window: MainWindow) -> None:
    window.open_palette()
    window.palette_view.field.setText("zzz")
    window.palette_view._ask()


def whole_palette(window: MainWindow) -> None:
    window.go_to("teams")
    window.open_palette()


def helped(key: str) -> Bring:
    def bring(window: MainWindow) -> None:
        window.go_to(key)
        window.toggle_help()

    return bring


def menu(find: Callable[[MainWindow], QMenu]) -> Bring:
    def bring(window: MainWindow) -> None:
        find(window).popup(window.mapToGlobal(QPoint(40, 40)))

    return bring


def crashed(window: MainWindow) -> None:
    CrashDialog("Teams", "details", window).open()


def recovery(window: MainWindow) -> None:
    RecoveryDialog(window.workspace, ImmediateJobs(), SystemDialogs(), window).open()


def photo(window: MainWindow) -> None:
    image = QImage(640, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("gray"))
    PhotoDialog(window.words, image, "Chart paper of the second group", window).open()


def wall(window: MainWindow) -> None:
    shots.meeting_live(window).wall.toggle()


def lists(window: MainWindow) -> LookforsPane:
    window.go_to("lookfors", "instruments")
    pane = window.current
    assert isinstance(pane, LookforsPane)
    return pane


def own_list(window: MainWindow) -> None:
    """A copy of an instrument, open to be changed."""
    page = lists(window).instruments
    page.lists.table.selectRow(0)
    page.copy()


def evidence_adding(window: MainWindow) -> None:
    shots.lookfors_view("evidence", "Systems-coaching look-fors", finished=False)(window)
    pane = window.current
    assert isinstance(pane, LookforsPane)
    view = pane.evidence_view
    view.start_adding(view.items[0].item.number)


def receipt(window: MainWindow) -> None:
    window.go_to("imports")
    pane = window.current
    pane.receipts.table.selectRow(0)  # type: ignore[attr-defined]


def data_table(window: MainWindow) -> None:
    pane = shots.data_of(window, "Piney Ridge")
    pane.show_view("progress")
    pane.progress_view.group.toggle_table()


def tabled(key: str) -> Bring:
    return after(shots.meeting_live, key)


def in_window() -> tuple[Shot, ...]:
    """Names begin with the room."""
    teams = shots.teams_view
    data = lambda window: shots.data_of(window, "Holcomb")  # noqa: E731
    agenda, card = shots.meeting_agenda, shots.team_card
    goals, problems, cycles, strategies = (
        shots.plans_view(view) for view in ("goals", "problems", "cycles", "strategies")
    )
    visit = shots.lookfors_view("visits", "Classroom walkthrough")
    kinds = [kind.name for kind in papers.kinds()]
    rooms = ("today", "schools", "meetings", "plans", "lookfors", "data", "imports", "print")
    return (
        Shot("schools_new", after(room("schools"), "add")),
        Shot("schools_change", after(room("schools"), "change")),
        Shot("schools_calendar", after(room("schools"), "calendar")),
        Shot("teams_join", after(card, "join")),
        Shot("teams_retired", after(card, "retire", "retired")),
        Shot("teams_new_initiative", after(teams("initiatives"), "add_initiative")),
        Shot("meetings_move", after(room("meetings"), "move")),
        Shot("meetings_shorten", after(room("meetings"), "shorten")),
        Shot("meetings_cancel", after(room("meetings"), "cancel")),
        Shot("meetings_live_actions", tabled("actions")),
        Shot("meetings_live_present", tabled("present")),
        Shot("meetings_live_agenda", tabled("agenda")),
        Shot("meetings_live_problem", tabled("new-problem")),
        Shot("meetings_move_agenda", after(agenda, "move")),
        Shot("meetings_wall", wall),
        Shot("meetings_photo", photo),
        Shot("plans_new_problem", after(problems, "new")),
        Shot("plans_new_solution", after(problems, "new_solution")),
        Shot("plans_change_goal", after(goals, "change_goal")),
        Shot("plans_cycle_open", cycles),
        Shot("plans_cycle_adopt", after(shots.plans_new("cycles"), "cycle_adopt")),
        Shot("plans_use_again", after(strategies, "use_again")),
        Shot("lookfors_instruments", lists),
        Shot("lookfors_own_list", own_list),
        Shot("lookfors_adding_evidence", evidence_adding),
        Shot(
            "lookfors_finish",
            after(shots.lookfors_view("rate", "Systems-coaching look-fors", finished=False), "finish"),
        ),
        Shot("lookfors_visits", visit),
        Shot("data_add", after(data, "add")),
        Shot("data_group_table", data_table),
        Shot("data_decide", after(shots.data_student, "decide")),
        Shot("import_receipt", receipt),
        *(Shot(f"print_{name}", room("print", name)) for name in kinds),
        *(Shot(f"help_{key}", helped(key)) for key in rooms),
        Shot("window_tour", toured),
        Shot("window_trouble", trouble),
        Shot("palette_all", whole_palette),
        Shot("palette_nothing", nothing_fits),
        Shot("dialog_crash", crashed),
        Shot("dialog_recovery", recovery),
        *(
            Shot(f"menu_{at}", menu(lambda window, at=at: window.menus.menus[at]))  # type: ignore[misc]
            for at in range(5)
        ),
        Shot("menu_year", menu(lambda window: window.top._year_menu)),
        Shot("menu_place", menu(lambda window: window.top._place_menu)),
        Shot("menu_names", menu(lambda window: window.top._names_menu)),
    )


# -- the start screen -------------------------------------------------------------------------------------------------


def _unlock(window: StartWindow) -> None:
    window.show_unlock(str(doors.sample_path()))


def _locked(window: StartWindow) -> None:
    window.show_unlock(str(doors.sample_path()), locked_at=datetime(2026, 2, 12, 15, 40, tzinfo=UTC))


def _refused(window: StartWindow) -> None:
    _unlock(window)
    window.unlock.refused(Way("wrong key", "This passphrase does not open the file."))


def _in_use(window: StartWindow) -> None:
    _unlock(window)
    window.unlock._last = Request("ashby-county.mtss", passphrase="-")
    window.unlock.refused(Way("in use", "The file is open on another computer.", "Close it there.", may_take_over=True))


def _backup(window: StartWindow) -> None:
    _unlock(window)
    window.unlock._last = Request("ashby-county.mtss", passphrase="-")
    found = GoodBackup(Path("ashby-county.mtss"), datetime(2026, 2, 11, 17, 5, tzinfo=UTC))
    window.unlock.offer_backup(found, Way("damaged", "The file is damaged."))


def _by_sheet(window: StartWindow) -> None:
    _unlock(window)
    window.unlock.other_way.click()


def _new_passphrase(window: StartWindow) -> None:
    _unlock(window)
    window.unlock.ask_new_passphrase()


def _own_refused(window: StartWindow) -> None:
    window._pick("own")
    window.own.make.click()


def _own_filled(window: StartWindow) -> None:
    window._pick("own")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "schools.csv"
        file.write_text("School,Grades\nPiney Ridge Elementary,K-5\nHolcomb Middle,6-8\n", encoding="utf-8")
        window.own.take_file(file)


def _files(window: StartWindow) -> None:
    window.show_open()
    window.say_trouble("This file is not where it was.")


def _sheet(window: StartWindow) -> None:
    window.recovery.begin()
    window.show_page(window.recovery, "own", focus=True)


def on_start() -> dict[str, StartBring]:
    return {
        "start": lambda window: window.show_first(),
        "start_ready": lambda window: (window.show_first(), window._ready())[0],
        "start_own": lambda window: window._pick("own"),
        "start_own_refused": _own_refused,
        "start_own_filled": _own_filled,
        "start_files": _files,
        "start_unlock": _unlock,
        "start_locked": _locked,
        "start_refused": _refused,
        "start_in_use": _in_use,
        "start_backup": _backup,
        "start_by_sheet": _by_sheet,
        "start_new_passphrase": _new_passphrase,
        "start_sheet": _sheet,
    }
