"""A picture of every screen in every theme and size, for a person to look at: ``python -m tests.shots [FOLDER] [WORD …]``.

Screens × light, dark, high contrast × 1280×800, 1024×640, 1920×1080 × 100 and 200 % text; full (the sample division) and
empty. A WORD keeps only the pictures whose file name holds it (``today``, ``meetings_1280x800_light_100``). ``--theme dark``,
``--size 1024x640`` and ``--percent 200`` keep one look each. ``--state full``, ``empty`` or ``long`` takes *all* screens there
are, forms, dialogs, menus and start pages too, in a division with its data, with none, or with names as long as people make
them; what cannot be reached in that state is counted and left out. Open Sans stands in for the system font, so that pictures
of two machines can be held beside each other.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QThread
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from mtss_desktop.app import demo
from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.precise import Narrowing
from mtss_desktop.domain.ratings import AdministrationState
from mtss_desktop.store import database
from mtss_desktop.store.location import at
from mtss_desktop.store.typing import TypingFile
from mtss_desktop.ui.dialogs.history import HistoryDialog
from mtss_desktop.ui.dialogs.preferences import PreferencesDialog
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.wall import Wall
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.data.pane import DataPane
from mtss_desktop.ui.panes.imports.pane import ImportsPane
from mtss_desktop.ui.panes.lookfors.pane import LookforsPane
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.ui.panes.plans.pane import PlansPane
from mtss_desktop.ui.panes.schools.pane import SchoolsPane
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.ui.panes.today.pane import TodayPane
from mtss_desktop.ui.rooms import panes
from mtss_desktop.ui.start_screen.window import StartWindow
from mtss_desktop.ui.theme import THEMES, look
from mtss_desktop.usecases import meetings, minutes, places, problems, ratings, teams
from mtss_desktop.usecases.teams import TeamFact
from tests.shots_imports import bring_by_name
from tests.ui.town import empty_workspace

SIZES = ((1280, 800), (1024, 640), (1920, 1080))
PERCENTS = (100, 200)
TEAM = "Tier 1 team"
PLACE = "Holcomb Middle School"
PAPERS = ("agenda", "minutes", "minutes-confidential", "student-progress", "data-review")

Bring = Callable[[MainWindow], object]


@dataclass(frozen=True)
class Shot:
    """``bring`` takes the window to the screen; ``full`` False is a database that was just made; ``long`` one in which every
    name is as long as people make them."""

    name: str
    bring: Bring
    full: bool = True
    long: bool = False


def room(key: str) -> Bring:
    return lambda window: window.go_to(key)


def team_card(window: MainWindow) -> TeamsPane:
    window.go_to("teams")
    pane = window.current
    assert isinstance(pane, TeamsPane)
    wanted = next(line.id for line in pane._lines if line.name.startswith(TEAM) and line.place.startswith(PLACE))
    pane.open_record(wanted)
    return pane


def plans_selected(window: MainWindow) -> None:
    window.go_to("plans")
    pane = window.current
    assert isinstance(pane, PlansPane)
    first = pane.board.list.lines[:2]
    pane.board.list.mark({line.id for line in first})
    pane.board.bar.field.setText("+1w")


def plans_view(view: str) -> Bring:
    return lambda window: window.go_to("plans", view)


def plans_new(view: str) -> Bring:
    def bring(window: MainWindow) -> None:
        window.go_to("plans", view)
        pane = window.current
        assert isinstance(pane, PlansPane)
        pane.new_button.click()

    return bring


def plans_change_action(window: MainWindow) -> None:
    window.go_to("plans", "actions")
    pane = window.current
    assert isinstance(pane, PlansPane)
    pane.board.change_action()


def plans_decided(window: MainWindow) -> None:
    window.go_to("plans", "cycles")
    pane = window.current
    assert isinstance(pane, PlansPane)
    pane.cycles.decided.setChecked(True)
    first = next(line for line in pane.cycles.table.records if line.cycle.decision is not None)
    pane.cycles.show_cycle(first.id)


def teams_view(view: str, place: str = "") -> Bring:
    def bring(window: MainWindow) -> None:
        pane = team_card(window)
        if place:
            found = next(each for each in pane._places if each.short_name == place)
            pane.use_scope(replace(pane.scope, place_id=found.id))
        pane.show_view(view)

    return bring


def teams_sideways(window: MainWindow) -> None:
    """All columns, scrolled to the last: the team stays where it is."""
    teams_view("matrix", "Holcomb")(window)
    pane = window.current
    assert isinstance(pane, TeamsPane)
    grid = pane._made["matrix"].grid  # type: ignore[attr-defined]
    for place in range(grid.model().columnCount()):
        grid.setColumnHidden(place, False)
    QApplication.processEvents()
    grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().maximum())


def teams_rules(window: MainWindow) -> None:
    teams_view("matrix", "Holcomb")(window)
    pane = window.current
    assert isinstance(pane, TeamsPane)
    pane._made["matrix"].show_rules()  # type: ignore[attr-defined]


def teams_new_link(window: MainWindow) -> None:
    teams_view("links")(window)
    pane = window.current
    assert isinstance(pane, TeamsPane)
    pane._made["links"].start()  # type: ignore[attr-defined]


def teams_form(window: MainWindow) -> None:
    pane = team_card(window)
    pane.start_team()
    pane.form.submit()


def teams_editing(window: MainWindow) -> None:
    team_card(window).card.facts[TeamFact.PURPOSE].edit()


def teams_conflict(window: MainWindow) -> None:
    pane = team_card(window)
    purpose = pane.card.facts[TeamFact.PURPOSE]
    purpose.edit("Every student knows the three expectations.")
    card = pane.card.card
    assert card is not None
    theirs = "Every student is known by name, in every hallway."
    window.workspace.do(teams.write_fact, card.id, fact=TeamFact.PURPOSE, text=theirs)
    purpose.finish()


def teams_agreeing(window: MainWindow) -> None:
    team_card(window).agree.open()


def teams_filter(window: MainWindow) -> None:
    team_card(window).list.filter.setText("stair")


def data_of(window: MainWindow, school: str) -> DataPane:
    """The Data room of one school."""
    place = next(each.id for each in window.workspace.ask(places.places) if each.short_name.startswith(school))
    window.use_scope(Scope(place_id=place))
    window.go_to("data")
    pane = window.current
    assert isinstance(pane, DataPane)
    return pane


def data_student(window: MainWindow) -> None:
    pane = data_of(window, "Piney Ridge")
    pane.show_view("progress")
    assert pane.content is not None
    assert pane.content.group is not None
    pane.open_student(pane.content.group.lines[3].student)
    pane.students.start_goal()


def data_group(window: MainWindow) -> None:
    pane = data_of(window, "Piney Ridge")
    pane.show_view("progress")
    pane.students.open_for_all()


def data_behavior(window: MainWindow) -> None:
    pane = data_of(window, "Holcomb")
    pane.show_view("behavior")
    pane.bars.narrow(Narrowing(("Hallway",), hours=(12,), grades=("7",)))


def data_precise(window: MainWindow) -> None:
    pane = data_of(window, "Holcomb")
    pane.start_builder()
    pane.bars.narrow(Narrowing(("Hallway",), hours=(12,), grades=("7",)))
    pane.bars.save()


def lookfors_view(view: str, title: str = "Tiered Fidelity Inventory", *, finished: bool = True) -> Bring:
    """A view of the newest rating of a list, finished or a draft that has begun."""

    def bring(window: MainWindow) -> None:
        wanted = AdministrationState.FINISHED if finished else AdministrationState.DRAFT
        lines = window.workspace.ask(ratings.list_)
        found = next(each.id for each in lines if each.title == title and each.state is wanted and each.rated)
        window.go_to("lookfors", f"{view}:{found}")

    return bring


def lookfors_wall(window: MainWindow) -> None:
    lookfors_view("vote", finished=False)(window)
    pane = window.current
    assert isinstance(pane, LookforsPane)
    pane.toggle_projector()


def lookfors_builder(window: MainWindow) -> None:
    """A copy of the first list that is shipped, to be changed."""
    window.go_to("lookfors")
    pane = window.current
    assert isinstance(pane, LookforsPane)
    pane.show_instruments()
    pane.instruments.copy()


def import_integrity(window: MainWindow) -> None:
    window.go_to("imports")
    pane = window.current
    assert isinstance(pane, ImportsPane)
    pane.show_integrity()


def data_goal(window: MainWindow) -> None:
    pane = data_of(window, "Holcomb")
    cards = window.workspace.ask(teams.cards, place_id=pane.scope.place_id)
    team = next(each.id for each in cards if each.name == TEAM)
    pane.open_record(f"goal:{window.workspace.ask(problems.of_team, team)[0].problem.id}")


def meeting_agenda(window: MainWindow) -> MeetingsPane:
    """The agenda of the next meeting of the team."""
    line = next(
        each
        for each in window.workspace.ask(teams.cards)
        if each.name.startswith(TEAM) and each.place.startswith(PLACE)
    )
    coming = window.workspace.ask(meetings.next_of, line.id)
    assert coming is not None
    window.go_to("meetings")
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    pane.open_record(coming.id)
    return pane


def meeting_live(window: MainWindow) -> MeetingsPane:
    """Running, with its first problem on the table."""
    pane = meeting_agenda(window)
    pane.start_meeting()
    shown = pane.live.live
    assert shown is not None
    for text in (
        "19 hallway referrals in 10 school days.",
        "@Greene post the release schedule !fri",
        "decision: two posts",
    ):
        window.workspace.do(minutes.write_line, shown.meeting.id, text=text)
    pane.live.table.put_on_table(next(item for item in shown.agenda if item.problem_id))
    return pane


def meeting_solutions(window: MainWindow) -> None:
    meeting_live(window).live.show_details()


def meeting_closing(window: MainWindow) -> None:
    meeting_live(window).close_out()


def meeting_new(window: MainWindow) -> None:
    window.go_to("meetings")
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    pane.planning.start_new()


def meeting_wall(window: MainWindow) -> None:
    """The projector's own window, over the one of the minutes."""
    pane = meeting_live(window)
    pane.live.entry.line.insertPlainText("@Greene walk the upper hall with the new posts !fri #hallway")
    pane.wall.toggle()
    assert pane.wall.projector is not None
    pane.wall.projector.resize(window.size())


def data_entry(window: MainWindow) -> None:
    pane = data_of(window, "Piney Ridge")
    pane.show_view("progress")
    pane.scores.start()


def data_windows(window: MainWindow) -> None:
    """Windows before beside this one."""
    pane = data_of(window, "Piney Ridge")
    pane.show_view("screening")
    pane.screening.windows.choose("before")
    pane.screening._show_figure()


def data_where(window: MainWindow) -> None:
    pane = data_of(window, "Piney Ridge")
    pane.show_view("screening")
    pane.screening.figure.toggle_where()


def school_page(window: MainWindow) -> None:
    window.go_to("schools")
    pane = window.current
    assert isinstance(pane, SchoolsPane)
    pane.open_page()


def today_who(window: MainWindow) -> None:
    """A first team, and nobody has said whose file it is."""
    window.workspace.do(teams.add, window.workspace.ask(places.places)[1].id, name=TEAM)
    window.go_to("today")
    pane = window.current
    assert isinstance(pane, TodayPane)
    pane.ask_who()


def printing_of(paper: str) -> Bring:
    return lambda window: window.go_to("print", paper)


def long_names(workspace: Workspace) -> None:
    """Names as people make them: of a place, a team, a problem, an agenda item, an action."""
    for place in workspace.ask(places.places):
        workspace.do(places.change_school, place.id, name=f"{place.name} and Early Learning Center of the Upper Valley",
                     short_name=f"{place.short_name} and Early Learning Center", grades=place.grades)  # fmt: skip
    for team in workspace.ask(teams.cards):
        name = f"{team.name} for reading, mathematics and the first weeks of school"
        workspace.do(teams.write_fact, team.id, fact=TeamFact.NAME, text=name)
        for line in workspace.ask(problems.of_team, team.id):
            title = f"{line.problem.title}, between the gym and the bus loop after early release"
            workspace.do(problems.change, line.problem.id, title=title)


def palette(window: MainWindow) -> None:
    team_card(window)
    window.open_palette()
    window.palette_view.field.setText("team")
    window.palette_view._ask()


def help_page(window: MainWindow) -> None:
    team_card(window)
    window.toggle_help()


def preferences(window: MainWindow) -> None:
    PreferencesDialog(window.remembered, window).open()


def history(window: MainWindow) -> None:
    HistoryDialog(window.workspace, window.jobs, window).open()


def shots() -> tuple[Shot, ...]:
    """The rooms as they open, full and empty; then states worth a picture of their own."""
    rooms = [kind.room.key for kind in panes()]
    return (
        *(Shot(f"{key}", team_card if key == "teams" else room(key)) for key in rooms),
        *(Shot(f"{key}_empty", room(key), full=False) for key in rooms),
        Shot("teams_form", teams_form),
        Shot("teams_editing", teams_editing),
        Shot("teams_conflict", teams_conflict),
        Shot("teams_no_hits", teams_filter),
        Shot("teams_agreeing", teams_agreeing),
        Shot("teams_matrix", teams_view("matrix", "Holcomb")),
        Shot("teams_matrix_sideways", teams_sideways),
        Shot("teams_rules", teams_rules),
        Shot("teams_new_link", teams_new_link),
        Shot("teams_links", teams_view("links")),
        Shot("teams_chart", teams_view("chart")),
        Shot("teams_initiatives", teams_view("initiatives")),
        Shot("plans_selected", plans_selected),
        Shot("plans_problems", plans_view("problems")),
        Shot("plans_goals", plans_view("goals")),
        Shot("plans_cycles", plans_decided),
        Shot("plans_change_action", plans_change_action),
        Shot("plans_worked", plans_view("strategies")),
        Shot("plans_new_goal", plans_new("goals")),
        Shot("plans_new_cycle", plans_new("cycles")),
        Shot("plans_problems_empty", plans_view("problems"), full=False),
        Shot("plans_goals_empty", plans_view("goals"), full=False),
        Shot("plans_cycles_empty", plans_view("cycles"), full=False),
        Shot("plans_worked_empty", plans_view("strategies"), full=False),
        Shot("lookfors_division", lambda window: window.go_to("lookfors", "division")),
        Shot("lookfors_start", lambda window: window.go_to("lookfors", "start")),
        Shot("lookfors_rate", lookfors_view("rate", "Systems-coaching look-fors", finished=False)),
        Shot("lookfors_vote", lookfors_view("vote", finished=False)),
        Shot("lookfors_wall", lookfors_wall),
        Shot("lookfors_result", lookfors_view("result")),
        Shot("lookfors_trend", lookfors_view("trend")),
        Shot("lookfors_evidence", lookfors_view("evidence", "Systems-coaching look-fors")),
        Shot("lookfors_answers", lookfors_view("answers", "Staff satisfaction survey")),
        Shot("lookfors_builder", lookfors_builder),
        Shot("lookfors_visit", lookfors_view("rate", "Classroom walkthrough")),
        *(Shot(f"{key}_long", room(key), long=True) for key in ("today", "schools", "meetings", "data", "print")),
        Shot("today_who", today_who, full=False),
        Shot("today_tour", lambda window: window.tour.begin()),
        Shot("schools_page", school_page),
        Shot("schools_page_long", school_page, long=True),
        Shot("data_entry", data_entry),
        Shot("data_windows", data_windows),
        Shot("data_where", data_where),
        Shot("data_student", data_student),
        Shot("data_group", data_group),
        Shot("data_behavior", data_behavior),
        Shot("data_precise", data_precise),
        Shot("data_goal", data_goal),
        Shot("import_integrity", import_integrity),
        *(Shot(name, bring) for name, bring in bring_by_name().items()),
        Shot("meetings_agenda", meeting_agenda),
        Shot("meetings_live", meeting_live),
        Shot("meetings_solutions", meeting_solutions),
        Shot("meetings_closing", meeting_closing),
        Shot("meetings_new", meeting_new),
        Shot("meetings_projector", meeting_wall),
        Shot("meetings_agenda_long", meeting_agenda, long=True),
        Shot("meetings_live_long", meeting_live, long=True),
        Shot("meetings_closing_long", meeting_closing, long=True),
        *(Shot(f"print_{name.replace('-', '_')}", printing_of(name)) for name in PAPERS),
        Shot("palette", palette),
        Shot("help", help_page),
        Shot("preferences", preferences),
        Shot("history", history),
    )


def stand_in_font() -> None:
    for file in paths.resource("fonts").glob("OpenSans-*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont("Open Sans")
    font.setPixelSize(13)
    look().use_system_font(font)


def settle(app: QApplication) -> None:
    for _ in range(12):
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QThread.msleep(5)


def picture(window: QWidget) -> QWidget:
    """The dialog or menu over the window where there is one, or the picture for the wall, else the window."""
    over = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
    wall = next((each for each in over if isinstance(each, Wall | QMenu)), None)
    if wall is not None:
        return wall
    return next((dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()), window)


@contextmanager
def opened(file: Path, folder: Path) -> Iterator[Workspace]:
    copy = folder / "ashby-county.mtss"
    shutil.copyfile(file, copy)
    location = at(copy)
    with Workspace(database.open_database(location), typing=TypingFile(location)) as workspace:
        yield workspace
    for left in folder.glob(f"{copy.name}*"):  # what was being typed in the picture before
        left.unlink()


@contextmanager
def bare(folder: Path) -> Iterator[Workspace]:
    with empty_workspace(folder) as workspace:
        yield workspace
    (folder / "new.mtss").unlink()


@dataclass(frozen=True)
class Wish:
    """Which pictures are asked for; ``state`` is empty where each screen comes in the state it is listed with."""

    words: tuple[str, ...] = ()
    themes: tuple[str, ...] = THEMES
    sizes: tuple[tuple[int, int], ...] = SIZES
    percents: tuple[int, ...] = PERCENTS
    state: str = ""

    def named(self, name: str) -> Iterator[tuple[str, int, int, int, Path]]:
        """Theme, text size, width, height and file name of each picture of a screen that is asked for."""
        for theme in self.themes:
            for percent in self.percents:
                for width, height in self.sizes:
                    file = f"{name}_{width}x{height}_{theme}_{percent}.png"
                    if not self.words or any(word in file for word in self.words):
                        yield theme, percent, width, height, Path(file)


@dataclass(frozen=True)
class Samples:
    """The files copied for each screen, made when the first screen needs them."""

    folder: Path

    def full(self) -> Path:
        file = self.folder / "sample.mtss"
        if not file.exists():
            demo.make_sample(file, secret="").close()
        return file

    def long(self) -> Path:
        file = self.folder / "long.mtss"
        if not file.exists():
            shutil.copyfile(self.full(), file)
            with Workspace(database.open_database(at(file))) as workspace:
                long_names(workspace)
        return file


def take(app: QApplication, shot: Shot, wish: Wish, samples: Samples, into: Path) -> int:
    """The pictures of one screen that were asked for; returns how many."""
    taken = 0
    for theme, percent, width, height, name in wish.named(shot.name):
        look().use(theme, percent)
        remembered = Remembered(Preferences(theme=theme, text_size=percent, tour_seen=bool(wish.state)))
        full, long = wish.state != "empty" and shot.full, shot.long or wish.state == "long"
        file = (samples.long() if long else samples.full()) if full else None
        with opened(file, samples.folder) if file is not None else bare(samples.folder) as workspace:
            window = MainWindow(workspace, ImmediateJobs(), remembered)
            window.resize(width, height)
            window.show()
            settle(app)
            try:
                shot.bring(window)
                settle(app)
                picture(window).grab().save(str(into / name))
                taken += 1
            except (LookupError, AssertionError, AttributeError, RuntimeError, StopIteration, UserError):
                if not wish.state:
                    raise
            finally:
                close(app, window)
    return taken


def close(app: QApplication, window: QWidget) -> None:
    for over in QApplication.topLevelWidgets():
        if over is not window and over.isVisible():
            over.close()
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.close()
    window.deleteLater()
    settle(app)


def take_start(app: QApplication, name: str, bring: Callable[[StartWindow], object], wish: Wish, into: Path) -> int:
    taken = 0
    for theme, percent, width, height, file in wish.named(name):
        look().use(theme, percent)
        window = StartWindow(ImmediateJobs(), Remembered(Preferences(theme=theme, text_size=percent)))
        window.resize(width, height)
        window.show()
        window.get_ready()
        settle(app)
        bring(window)
        settle(app)
        picture(window).grab().save(str(into / file))
        close(app, window)
        taken += 1
    return taken


def asked(arguments: list[str]) -> tuple[Path, Wish]:
    """Where to, and what; ``--size`` as 1024x640."""
    sizes = {f"{width}x{height}": (width, height) for width, height in SIZES}
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("shots"))
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--size", choices=sizes, action="append")
    parser.add_argument("--percent", choices=PERCENTS, type=int, action="append")
    parser.add_argument("--state", choices=("full", "empty", "long"), default="")
    got = parser.parse_args(arguments)
    return got.folder, Wish(
        words=tuple(got.words),
        themes=tuple(got.theme or THEMES),
        sizes=tuple(sizes[each] for each in got.size or sizes),
        percents=tuple(got.percent or PERCENTS),
        state=got.state,
    )


def screens(state: str) -> tuple[dict[str, Shot], dict[str, Callable[[StartWindow], object]]]:
    """By name: in the window, and of the start. A state asks for all there are, each once."""
    if not state:
        return {shot.name: shot for shot in shots()}, {"start": StartWindow.show_first}
    from tests.audit.screens import in_window, on_start  # it copies from here

    every = {shot.name: shot for shot in (*in_window(), *shots())}
    return {name: shot for name, shot in every.items() if (shot.full or state == "empty") and not shot.long}, dict(
        on_start()
    )


def main(arguments: list[str]) -> int:
    """Writes the pictures and says how many and where."""
    into, wish = asked(arguments)
    into.mkdir(parents=True, exist_ok=True)
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    rooms, starts = screens(wish.state)
    missing = []
    with tempfile.TemporaryDirectory() as place:
        os.environ["MTSS_HOME"] = place
        samples = Samples(Path(place))
        stand_in_font()
        taken = 0
        for shot in rooms.values():
            got = take(app, shot, wish, samples, into)
            taken += got
            if not got and any(wish.named(shot.name)):
                missing.append(shot.name)
        taken += sum(take_start(app, name, bring, wish, into) for name, bring in starts.items())
    print(f"{taken} pictures in {into}")
    if missing:
        print(f"Not to be reached in this state: {', '.join(missing)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
