"""Meetings at the same time, each with its picture on the wall: what one says never stands on the other's wall."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.meetings.host import MeetingsHost
from mtss_desktop.ui.panes.meetings.live import LivePage
from mtss_desktop.ui.panes.meetings.projector import Projector
from mtss_desktop.usecases import live as live_minutes
from mtss_desktop.usecases.live import LiveMinutes


class WallActs:
    """Of one pane."""

    def __init__(self, pane: MeetingsHost) -> None:
        self._pane = pane

    @property
    def projector(self) -> Projector | None:
        """The picture on the wall of the meeting that is shown."""
        return self._pane.open_meetings.walls.get(self._pane.meeting)

    def toggle(self) -> None:
        """The second window, on the other screen where there is one; the line keeps the focus."""
        pane = self._pane
        meeting = pane.meeting
        if meeting in pane.open_meetings.walls:
            pane.open_meetings.close_wall(meeting)
            return
        if pane.stage != "live":
            return
        wall = Projector(pane.words)
        wall.closed.connect(partial(self._closed, meeting))
        pane.open_meetings.walls[meeting] = wall
        self.show(pane.live)
        focused = pane.window().focusWidget()
        wall.open_beside(pane.window())
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_over(self) -> dict[str, QWidget]:
        """The wall of the meeting that is shown, for the room that takes this one's place; no page follows others meanwhile."""
        wall = self._pane.open_meetings.walls.pop(self._pane.meeting, None)
        if wall is None:
            return {}
        wall.closed.disconnect()
        return {self._pane.meeting: wall}

    def take_over(self, meeting: str, wall: QWidget) -> None:
        """It goes on as it stood, held or not, on its screen."""
        if isinstance(wall, Projector):
            wall.closed.connect(partial(self._closed, meeting))
            self._pane.open_meetings.walls[meeting] = wall
            wall.fit_parts()

    def show(self, page: LivePage) -> None:
        """What a page says goes to its own wall alone."""
        pane = self._pane
        wall = pane.open_meetings.walls.get(pane.open_meetings.shown_for(page))
        if wall is not None and page.live is not None and page.names is not None:
            entry = page.entry
            typed = "" if entry.confidential or page.writing.editing else entry.line.text
            wall.show_minutes(page.live, page.on_table, page.figure, typed, page.lines.said, pane.now(), page.names)

    def _closed(self, meeting: str, unplugged: bool) -> None:
        pane = self._pane
        pane.open_meetings.walls.pop(meeting, None)
        if unplugged:
            pane.noticed.emit(Notice(pane.words("The other screen is gone; the minutes stay here.")))

    def go_to_other(self) -> None:
        """The next meeting that runs; its line is as it was left."""
        pane = self._pane
        running = pane.open_meetings.running()
        others = [each for each in running if each != pane.meeting]
        if not others:
            pane.noticed.emit(Notice(pane.words("No other meeting is open. Start it from All meetings (Ctrl+Up).")))
            return
        after = running[running.index(pane.meeting) + 1 :] if pane.meeting in running else []
        pane.live.leave()
        pane.show_running((after or others)[0])

    def follow_others(self) -> None:
        """What changed in a meeting that is on a wall, or waits behind this one, is shown there too."""
        pane = self._pane
        for meeting in pane.open_meetings.running():
            page = pane.open_meetings.page(meeting)
            if meeting != pane.meeting and page.live is not None:
                pane.ask(live_minutes.show, partial(self._follow, page), meeting_id=MeetingId(meeting))

    def _follow(self, page: LivePage, found: LiveMinutes) -> None:
        pane = self._pane
        if page.live is not None and page.live.meeting.id == found.meeting.id and pane.today is not None:
            page.show_minutes(found, pane.words, pane.today)

    def acts(self) -> tuple[Action, ...]:
        words = self._pane.words
        return (
            Action("projector", words("Projector view"), self.toggle, "ph.projector-screen", "F9"),
            Action("other", words("Other open meeting"), self.go_to_other, "", "Alt+M"),
        )
