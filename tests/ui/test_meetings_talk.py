"""While the team talks, by keys: level, next step, solutions and goal of a problem; photos; masked names; two meetings at once."""

from __future__ import annotations

import base64
from datetime import date, time
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.problems import Fidelity, NextStep, SolutionKind
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.ui.panes.meetings.photos import Picked
from mtss_desktop.usecases import files, meetings, minutes, papers, problems, teams
from tests.ui.test_meetings import ALT, Key, meeting, press, running, say, school_year, shown
from tests.ui.town import TODAY, Town

CTRL = Qt.KeyboardModifier.ControlModifier
__all__ = ["meeting", "running", "school_year"]


def test_level_next_step_solutions_and_goal_are_marked_where_the_talk_is(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    problem = shown(workspace, meeting).problems[0].problem.id
    for kind, text in ((SolutionKind.PREVENT, "Two adults stand at posts"), (SolutionKind.TEACH, "Walk it again")):
        workspace.do(problems.add_solution, problem, kind=kind, text=text)
    press(Key.Key_Down, ALT)
    say("still ty")
    item = running.live.item
    item.level.level.setFocus()
    say("1.9")
    press(Key.Key_Return)
    item.next_step.segments.findChildren(Button)[0].setFocus()
    press(Key.Key_Right)
    press(Key.Key_Space)
    press(Key.Key_4, ALT)
    details = running.live.details
    assert details.isVisible()
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Down)  # not started, partial, with fidelity
    details.text.setFocus()
    say("Split the release")
    press(Key.Key_Return)
    details.target.setFocus()
    say("0.9")
    details.due.setFocus()
    say("1/29")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert running.live.entry.line.hasFocus()
    assert running.live.entry.line.text == "still ty"
    found = shown(workspace, meeting).problems[0]
    assert found.review is not None
    assert (found.review.level, found.review.next_step) == (1.9, NextStep.MODIFY)
    assert found.fidelities[:2] == (Fidelity.WITH_FIDELITY, None)
    assert found.solutions[2].text == "Split the release"
    assert (found.goals[0].target, found.goals[0].due_on) == (0.9, date(2027, 1, 29))


def test_the_problem_starts_from_the_lowest_until_it_is_marked_itself(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    del running
    problem = shown(workspace, meeting).problems[0].problem.id
    first, second = (
        workspace.do(problems.add_solution, problem, kind=SolutionKind.TEACH, text=text).value for text in ("A", "B")
    )

    def fidelity() -> Fidelity | None:
        review = shown(workspace, meeting).problems[0].review
        return review.fidelity if review is not None else None

    workspace.do(problems.set_fidelity, first, meeting, fidelity=Fidelity.WITH_FIDELITY)
    assert fidelity() is Fidelity.WITH_FIDELITY
    workspace.do(problems.set_fidelity, second, meeting, fidelity=Fidelity.NOT_STARTED)
    assert fidelity() is Fidelity.NOT_STARTED
    workspace.do(problems.mark, problem, meeting, fidelity=Fidelity.PARTIAL)
    workspace.do(problems.set_fidelity, second, meeting, fidelity=Fidelity.STOPPED)
    assert fidelity() is Fidelity.PARTIAL


def test_a_level_that_is_no_number_is_said_and_stays(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    press(Key.Key_Down, ALT)
    field = running.live.item.level.level
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    say("many")
    press(Key.Key_Return)
    assert field.text() == "many"
    assert field.property("wrong") == "true"
    assert shown(workspace, meeting).problems[0].review is None


def photo(folder: Path, name: str = "wall.jpg") -> Path:
    """A picture that says where it was taken."""
    traces = Image.Exif()
    traces[0x010F] = "A phone of Ann's"
    Image.new("RGB", (640, 480), "beige").save(folder / name, exif=traces)
    return folder / name


def test_photos_are_pasted_and_dropped_without_their_traces_and_undone(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId, tmp_path: Path, qtbot: QtBot
) -> None:
    say("still ty")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(photo(tmp_path)))])
    running.live.entry.line.insertFromMimeData(dropped)
    qtbot.waitUntil(lambda: bool(shown(workspace, meeting).lines))
    line = shown(workspace, meeting).lines[0]
    assert line.text == "Photo of chart paper"
    assert running.live.entry.line.text == "still ty"
    raw = base64.b64decode(workspace.ask(files.read, line.photos[0]).content)
    with Image.open(BytesIO(raw)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((640, 480), {})
    assert running.live.photos.small(line.photos[0]) is not None
    workspace.undo()
    assert shown(workspace, meeting).lines == ()
    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    clipboard.clear()
    assert len(shown(workspace, meeting).lines[0].photos) == 1
    document = workspace.ask(papers.make, "minutes", scope=papers.Scope(meeting=meeting))
    assert any("Photo of chart paper" in str(block) for block in document.blocks)


def test_a_photo_that_is_too_large_or_none_is_said(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId, tmp_path: Path
) -> None:
    told: list[str] = []
    running.noticed.connect(lambda notice: told.append(notice.text))
    (tmp_path / "huge.jpg").write_bytes(b"x" * (20 * 1024 * 1024 + 1))
    (tmp_path / "broken.png").write_bytes(b"no picture")
    running.live.photo_acts.add([Picked(name, tmp_path / name) for name in ("huge.jpg", "broken.png", "gone.png")])
    assert [text.split(".")[0] for text in told] == [
        "“huge", "This picture cannot be read", "“gone",
    ]  # fmt: skip
    assert "larger than 20 MB" in told[0]
    assert shown(workspace, meeting).lines == ()


def test_two_meetings_are_open_at_once_each_with_its_line_its_clock_and_its_wall(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId, town: Town
) -> None:
    school = workspace.ask(teams.card, town.team).place_id
    other_team = workspace.do(teams.add, school, name="Attendance crew").value
    other = workspace.do(meetings.plan, other_team, day=TODAY, starts_at=time(15, 0), ends_at=time(16, 0)).value
    workspace.do(meetings.add_item, other, title="Referrals", minutes=10)
    first = running.live
    say("first, not ")
    press(Key.Key_F9)
    wall = running.wall.projector
    assert wall is not None
    press(Key.Key_Up, CTRL)  # all meetings
    running.open_record(other)
    running.start_meeting()
    second = running.live
    assert second is not first
    assert second.entry.line.hasFocus()
    assert second.entry.line.text == ""
    say("second")
    assert not any("second" in text for text in wall.texts)
    press(Key.Key_F9)
    assert running.wall.projector is not None
    assert running.wall.projector is not wall
    assert any("second" in text for text in running.wall.projector.texts)
    assert any("first, not" in text for text in wall.texts)
    press(Key.Key_M, ALT)
    assert running.record_id == meeting
    assert first.entry.line.hasFocus()
    assert (first.entry.line.text, second.entry.line.text) == ("first, not ", "second")
    say("last")
    press(Key.Key_Return)
    assert [line.text for line in shown(workspace, meeting).lines] == ["first, not last"]
    assert any("first, not last" in text for text in wall.texts)
    workspace.do(minutes.write_line, other, text="Written elsewhere", item_id=shown(workspace, other).agenda[0].id)
    assert any("Written elsewhere" in text for text in running.open_meetings.walls[other].texts)
    assert (shown(workspace, meeting).running, shown(workspace, other).running) != (None, None)
    press(Key.Key_M, ALT)
    press(Key.Key_Return)
    assert [line.text for line in shown(workspace, other).lines][-1] == "second"
    running.close_out()
    assert list(running.open_meetings.walls) == [meeting]
    running.open_meetings.close_walls()
