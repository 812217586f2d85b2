"""Photos of chart paper in the minutes: pasted, dropped or chosen; they go to a line, or become one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from mtss_desktop.domain.meetings import MinutesLineId
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.meetings.live_host import LiveHost
from mtss_desktop.ui.panes.meetings.photos import PhotoDialog, Picked, Read, read
from mtss_desktop.ui.panes.meetings.writing import Writing
from mtss_desktop.usecases import minutes


class PhotoActs:
    """The photos of one page."""

    def __init__(self, page: LiveHost, writing: Writing) -> None:
        self._page, self._writing = page, writing

    def add(self, picked: Sequence[Picked]) -> None:
        """To the chosen line above; else each becomes a line of its own. What is being typed stays."""
        page = self._page
        if page.why_not():
            page.pane.noticed.emit(Notice(page.why_not(), tone="danger"))
            return
        line = self._writing.chosen.id if self._writing.chosen is not None else None
        for each in picked:
            page.pane.background(partial(read, each), partial(self._add_to, line), lane="pool",
                                  what=page.words("Reading the photo"))  # fmt: skip

    def _add_to(self, line_id: MinutesLineId | None, photo: Read) -> None:
        page = self._page
        assert page.live is not None
        given: dict[str, Any] = {"meeting_id": page.live.meeting.id, "name": photo.name, "media_type": photo.media_type,
                 "content": photo.content}  # fmt: skip
        if line_id is not None:
            page.pane.do(minutes.attach_photo, said=page.words("Photo added"), line_id=line_id, **given)
            return
        running = page.live.running
        page.pane.do(minutes.add_photo, said=page.words("Photo added"), at=page.clock_now(),
                      item_id=running.id if running is not None else None, **given)  # fmt: skip

    def show(self) -> None:
        """Large: of the chosen line above, else the newest."""
        page = self._page
        lines = page.live.lines if page.live is not None else ()
        line = self._writing.chosen or next((each for each in reversed(lines) if each.photos), None)
        images = [page.photos.whole(each) for each in line.photos] if line is not None else []
        image = next((each for each in images if each is not None), None)
        if line is None or image is None:
            page.pane.noticed.emit(
                Notice(page.words("This line has no photo. Paste one, or drop a picture file here."))
            )
            return
        PhotoDialog(page.words, image, page.lines.said(line), page.window()).open()
