"""What is done beside the minutes: actions of last time, and who is here."""

from __future__ import annotations

from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.meetings.live_host import LiveHost
from mtss_desktop.usecases import actions, meetings
from mtss_desktop.usecases.live import ActionShown, PresenceLine


class SideActs:
    """Of one page."""

    def __init__(self, page: LiveHost) -> None:
        self._page = page

    def turn_action(self, action: ActionShown) -> None:
        page = self._page
        assert page.live is not None
        if action.done_on is None:
            said = page.words("Done: {action}").format(action=action.text)
            page.pane.do(actions.mark_done, said=said, action_id=action.id, on=page.live.meeting.day)
        else:
            page.pane.do(actions.reopen, said=page.words("Open again"), action_id=action.id)

    def turn_present(self, person: PresenceLine) -> None:
        page = self._page
        page.pane.do(
            meetings.mark_present,
            meeting_id=page.meeting_id,
            person_id=person.person_id,
            present=person.present is not True,
        )

    def all_present(self) -> None:
        page = self._page
        assert page.live is not None
        for each in page.live.presence.lines:
            if each.present is None and each.member:
                page.pane.do(meetings.mark_present, meeting_id=page.meeting_id, person_id=each.person_id, present=True)

    def add_guest(self, name: str) -> None:
        page = self._page
        found = next((each for each in page.known.people if each.name.casefold() == name.casefold()), None)
        if found is None:
            said = page.words("{name} is not known here. Type @ and the name in the line to add somebody new.")
            page.pane.noticed.emit(Notice(said.format(name=name), tone="danger"))
            return
        page.pane.do(meetings.mark_present, meeting_id=page.meeting_id, person_id=found.id, present=True)
