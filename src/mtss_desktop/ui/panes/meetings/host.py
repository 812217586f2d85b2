"""The room of meetings as its planning, its files and its walls see it."""

from __future__ import annotations

from datetime import date, datetime

from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import Pages
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.panes.meetings.live import LivePage
from mtss_desktop.ui.panes.meetings.meeting_list import MeetingList
from mtss_desktop.ui.panes.meetings.open_meetings import OpenMeetings
from mtss_desktop.ui.panes.meetings.reading import ListContent, MeetingContent


class MeetingsHost(Pane):
    """``meeting`` is the one that is open, "" while the list is shown; ``stage`` is list, agenda, live or closing."""

    asking: Asking
    meeting: str
    stage: str
    content: ListContent | None
    shown: MeetingContent | None
    today: date | None
    list: MeetingList
    list_body: Pages
    new_button: Button
    open_meetings: OpenMeetings

    @property
    def live(self) -> LivePage:
        """The page of the meeting that is shown."""
        raise NotImplementedError

    def now(self) -> datetime:
        """The wall clock here, on the day the database stays on where it has one; as stamps have it."""
        raise NotImplementedError

    def leave_meeting(self) -> None:
        """The list is shown at once, with what it held."""
        raise NotImplementedError

    def show_running(self, meeting: str) -> None:
        """Another meeting that is being written, as its line was left."""
        raise NotImplementedError

    def focus_page(self) -> None:
        """The focus is where this page begins."""
        raise NotImplementedError
