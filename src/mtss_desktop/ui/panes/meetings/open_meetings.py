"""Meetings that are being written at the same time: each has its own page with its line, its clock and its picture on the wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.ui.panes.meetings.live import LivePage
from mtss_desktop.ui.panes.meetings.projector import Projector


class OpenMeetings:
    """``make`` builds a page; a page whose meeting ended is used again for the next one."""

    def __init__(self, make: Callable[[], LivePage]) -> None:
        self._make = make
        self._pages: dict[str, LivePage] = {}
        self._free: list[LivePage] = []
        self.walls: dict[str, Projector] = {}

    def __iter__(self) -> Iterator[LivePage]:
        return iter((*self._pages.values(), *self._free))

    def has(self, meeting_id: str) -> bool:
        return meeting_id in self._pages

    def page(self, meeting_id: str) -> LivePage:
        """The page of a meeting; of none: any."""
        if not meeting_id:
            return next(iter(self), None) or self._add_free()
        if meeting_id not in self._pages:
            self._pages[meeting_id] = self._free.pop() if self._free else self._make()
        return self._pages[meeting_id]

    def _add_free(self) -> LivePage:
        self._free.append(self._make())
        return self._free[-1]

    def shown_for(self, page: LivePage) -> str:
        """The meeting a page stands for, "" where it is free."""
        return next((meeting for meeting, each in self._pages.items() if each is page), "")

    def leave(self) -> None:
        """What is being typed is kept at once, in all of them."""
        for page in self:
            page.leave()

    def running(self) -> list[str]:
        """Meetings that run, in the order they were opened."""
        return [meeting for meeting, page in self._pages.items() if _runs(page)]

    def keep_only_running(self, current: str) -> None:
        """A page whose meeting has ended is free, unless it is looked at."""
        for meeting in [each for each in self._pages if each != current and not _runs(self._pages[each])]:
            self.close_wall(meeting)
            self._free.append(self._pages.pop(meeting))

    def close_wall(self, meeting_id: str) -> None:
        wall = self.walls.pop(meeting_id, None)
        if wall is not None:
            wall.close()

    def close_walls(self) -> None:
        for meeting in list(self.walls):
            self.close_wall(meeting)


def _runs(page: LivePage) -> bool:
    return page.live is not None and page.live.meeting.state is MeetingState.RUNNING
