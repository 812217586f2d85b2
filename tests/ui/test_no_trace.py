"""With names on, a coach's way through every room leaves no student's name outside the database, and no connection."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import log, paths
from mtss_desktop.store.engine import raw_connection
from mtss_desktop.ui.crash import CrashGuard
from mtss_desktop.ui.kit.asking import SystemDialogs
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.data.pane import DataPane
from mtss_desktop.ui.panes.imports.pane import ImportsPane
from mtss_desktop.ui.panes.printing.pane import PrintingPane
from tests import shots
from tests.ui.conftest import MakeWindow


@dataclass
class Saves(SystemDialogs):
    """Saves under the name that is offered."""

    folder: Path
    offered: list[str] = field(default_factory=list)

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        self.offered.append(suggested.name)
        return self.folder / suggested.name


def names_in(database: Path) -> list[str]:
    """Every student's whole name both ways round, and the last names that no adult has."""
    with closing(raw_connection(database, None, mode="ro")) as connection:
        found = connection.execute("SELECT first_name, last_name FROM student WHERE last_name <> ''").fetchall()
        adults = {last for (last,) in connection.execute("SELECT last_name FROM person")}
    assert len(found) > 300
    whole = [name for first, last in found for name in (f"{first} {last}", f"{last}, {first}")]
    return [*whole, *sorted({last for _, last in found if len(last) > 5} - adults)]


def holding(folder: Path, names: list[str]) -> dict[str, list[str]]:
    """Which files below a folder hold one of the names, in their content, as Qt or Python writes text, or in their path."""
    wanted = [(name, tuple(name.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))) for name in names]
    found: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        content = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        held = [name for name, forms in wanted if any(form in content for form in forms)]
        if held:
            found[str(path.relative_to(folder))] = held
    return found


def connections() -> set[str]:
    """The sockets of this process, by whatever library (where the system shows them)."""
    found = set()
    for handle in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):
            found.add(str(handle.readlink()))
    return {each for each in found if each.startswith("socket:")}


def walk(window: MainWindow, saves: Saves) -> Iterator[None]:
    """Every room, and the ways in which students come onto the screen and out of the program."""
    window.use_scope(Scope(names=Names.ON))
    for key in window.rooms.kinds:
        window.go_to(key)
        yield
    shots.data_student(window)
    data = window.current
    assert isinstance(data, DataPane)
    window.use_scope(replace(window.rooms.scope, names=Names.ON))
    data.open_student(data.content.group.lines[3].student)  # type: ignore[union-attr]
    data.asking = saves
    data.progress_view.student.figure.save()
    yield
    window.go_to("print", "student-progress")
    printing = window.current
    assert isinstance(printing, PrintingPane)
    printing.asking = saves
    printing.save()
    printing.copy()
    yield
    window.go_to("imports")
    imports = window.current
    assert isinstance(imports, ImportsPane)
    imports.take_files((paths.resource("sample", "exports", "students_2025.csv"),))
    assert imports.is_checking
    yield
    window.open_palette()
    window.palette_view.field.setText("Student")
    window.palette_view._ask()
    yield


def test_no_name_and_no_connection_is_left(
    make_window: MakeWindow,
    sample: Workspace,
    sample_path: Path,
    own_folders: Path,
    tmp_path: Path,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("fault in the program")
    names = names_in(sample_path)
    planted = own_folders / "temp" / f"{names[0]}.txt"
    planted.write_text(f"{names[2]} and {names[-1]}", encoding="utf-16-le")
    (found,) = holding(own_folders, names).values()
    assert {names[0], names[2], names[-1]} <= set(found)
    planted.unlink()
    log.start_logging()
    before = connections()
    window = make_window(sample, room="today")
    saves = Saves(tmp_path)
    titles, on_screen = set(), set()
    for _ in walk(window, saves):
        QApplication.processEvents()
        titles |= {widget.windowTitle() for widget in QApplication.topLevelWidgets()}
        on_screen |= {each.text() for each in window.findChildren(QLabel)}
    guard = CrashGuard(lambda: window)
    guard.caught(KeyError, KeyError(names[0]), None)
    assert guard.dialog is not None
    guard.dialog.reject()
    window.close()
    assert [Path(name).suffix for name in saves.offered] == [".png", ".pdf"]
    assert any(name in text for name in names for text in on_screen), "names were on"
    assert holding(own_folders, names) == {}
    assert [name for name in names for text in (*titles, *saves.offered) if name in text] == []
    assert connections() <= before
    assert "PySide6.QtNetwork" not in sys.modules
