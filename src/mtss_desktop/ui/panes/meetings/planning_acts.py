"""Meetings that are to come: planned, moved, shortened or canceled in one form over the list."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.meetings import MeetingId, MeetingState
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.layouts import scrolling
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.meetings.host import MeetingsHost
from mtss_desktop.ui.panes.meetings.planning import PlanForm, Wish
from mtss_desktop.usecases import meetings, series
from mtss_desktop.usecases.live import LiveMinutes
from mtss_desktop.usecases.series import Clash, MeetingLine, ProposedDay


class PlanningActs:
    """Of one pane; the form is made when it is first wanted."""

    def __init__(self, pane: MeetingsHost) -> None:
        self._pane = pane
        self.wanted_team = ""
        """The team a new meeting was asked for from elsewhere, until the list is there."""

    @cached_property
    def form(self) -> PlanForm:
        form = PlanForm(self._pane.words)
        form.planned.connect(self._plan)
        form.moved.connect(self._move)
        form.cancelled.connect(self._cancel)
        form.shortened.connect(self._shorten)
        form.left.connect(self._leave)
        form.team_picked.connect(self._team_picked)
        form.day_typed.connect(self._day_typed)
        return form

    @cached_property
    def _area(self) -> QWidget:
        area = scrolling(self.form, self._pane.words("Meeting form"))
        self._pane.list_body.addWidget(area)
        return area

    @property
    def is_open(self) -> bool:
        return self.is_shown and self._pane.stage == "list"

    @property
    def is_shown(self) -> bool:
        return "_area" in self.__dict__ and self._pane.list_body.currentWidget() is self._area

    def start_wanted(self) -> None:
        """The form for the team that was asked for from another room, where it is still there."""
        wanted, self.wanted_team = self.wanted_team, ""
        content = self._pane.content
        if wanted and content is not None and any(team.id == wanted for team in content.teams):
            self.start_new(wanted)

    def start_new(self, team_id: str = "") -> None:
        """An empty form; one in which something was typed, and that was only left for another page, stands there again."""
        pane = self._pane
        content = pane.content
        if content is None or not content.teams or not pane.workspace.can_write:
            return
        half_typed = "form" in self.__dict__ and self.form.holds_typed
        self._open()
        if half_typed:
            self.form.go.setFocus(Qt.FocusReason.OtherFocusReason)
            pane.noticed.emit(
                Notice(pane.words("You were planning this meeting. Plan it, or go back to begin another."))
            )
            pane.actions_changed.emit()
            return
        chosen = pane.list.list.current
        team_id = team_id or (chosen.team_id if chosen else content.teams[0].id)
        self.form.open_new(content.teams, team_id, content.templates, content.today)
        self._team_picked(self.form.team_id)
        pane.actions_changed.emit()

    def _open(self) -> None:
        self._pane.list_body.setCurrentWidget(self._area)
        self._pane.new_button.hide()

    def close(self, *, focus: bool = True) -> None:
        pane = self._pane
        if not self.is_shown:
            return
        empty = pane.content is None or not pane.content.lines
        pane.list_body.setCurrentIndex(1 if empty else 0)
        pane.new_button.setVisible(not empty)
        pane.actions_changed.emit()
        if focus:
            pane.focus_page()

    def _leave(self) -> None:
        self.form.discard()
        self.close()

    def _team_picked(self, team_id: str) -> None:
        content = self._pane.content
        if content is not None:
            self.form.use_tier(next((team.tier for team in content.teams if team.id == team_id), 0))
        self._pane.ask(series.proposed, partial(self._days_came, team_id), team_id=TeamId(team_id), count=6)

    def _days_came(self, team_id: str, days: tuple[ProposedDay, ...]) -> None:
        if team_id == self.form.team_id:
            self.form.show_proposed(days)

    def _day_typed(self, day: Any) -> None:
        starts_at, ends_at = self.form.times
        self._pane.ask(series.clashes, self._clashes_came, team_id=TeamId(self.form.team_id), day=day, starts_at=starts_at,
                 ends_at=ends_at, without=MeetingId(self.form.meeting_id) if self.form.meeting_id else None)  # fmt: skip

    def _clashes_came(self, clashes: tuple[Clash, ...]) -> None:
        self.form.show_clashes(clashes)

    def _plan(self, wish: Wish) -> None:
        self.make(wish.team, wish, wish.template)

    def make(self, team_id: str, wish: Wish, template: str | None) -> None:
        pane = self._pane

        def made(done: Done[MeetingId]) -> None:
            if "form" in self.__dict__:
                self.form.discard()
            self.close(focus=False)
            pane.open_record(done.value)

        pane.do(
            series.new_meeting,
            then=made,
            fail=self._failed,
            said=pane.words("Meeting planned"),
            team_id=TeamId(team_id),
            day=wish.day,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            room=wish.room,
            template=template,
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self.is_open:
            self.form.complain(str(error))
        else:
            self._pane.failed(error)

    def chosen(self) -> MeetingLine | None:
        """The open meeting, else the one under the cursor of the list."""
        pane = self._pane
        lines = pane.content.lines if pane.content is not None else ()
        open_here = pane.stage == "agenda"
        wanted = pane.meeting if open_here else pane.list.list.current_key
        listed = next((line for line in lines if line.id == wanted), None)
        if open_here and pane.shown is not None and pane.shown.live.meeting.id == wanted:
            return _line_of(pane.shown.live, listed)  # it may be in no list that was read, or have changed since
        return listed

    def line(self) -> MeetingLine | None:
        """The planned meeting the acts are meant for."""
        found = self.chosen()
        return found if found is not None and found.state is MeetingState.PLANNED else None

    def start_move(self) -> None:
        if (line := self._to_change()) is not None:
            self._pane.ask(series.proposed, partial(self._open_move, line), team_id=line.team_id, count=6)

    def _open_move(self, line: MeetingLine, days: tuple[ProposedDay, ...]) -> None:
        self.form.open_move(line, days, self._today)
        self._pane.actions_changed.emit()

    def start_cancel(self) -> None:
        if (line := self._to_change()) is not None:
            self.form.open_cancel(line, self._today)
            self._pane.actions_changed.emit()

    def start_shorten(self) -> None:
        if (line := self._to_change()) is not None:
            self.form.open_shorten(line, self._today)
            self._pane.actions_changed.emit()

    def _to_change(self) -> MeetingLine | None:
        """The planned meeting the act is meant for, with the form in front."""
        line = self.line()
        if line is not None:
            self._pane.leave_meeting()
            self._open()
            self._pane.list_body.show()
        return line

    @property
    def _today(self) -> date:
        assert self._pane.today is not None, "it came with the line"
        return self._pane.today

    def _shorten(self, wish: Wish) -> None:
        assert wish.ends_at is not None
        self._pane.do(meetings.shorten, then=lambda _done: self.close(), fail=self._failed,
                said=self._pane.words("Meeting shortened"), meeting_id=MeetingId(wish.meeting), ends_at=wish.ends_at,
                reason=wish.reason)  # fmt: skip

    def _move(self, wish: Wish) -> None:
        pane = self._pane

        def moved(done: Done[MeetingId]) -> None:
            self.close(focus=False)
            pane.open_record(done.value)

        pane.do(meetings.move, then=moved, fail=self._failed, said=pane.words("Meeting moved"),
                meeting_id=MeetingId(wish.meeting), day=wish.day, starts_at=wish.starts_at, ends_at=wish.ends_at,
                reason=wish.reason)  # fmt: skip

    def _cancel(self, wish: Wish) -> None:
        self._pane.do(meetings.cancel, then=lambda _done: self.close(), fail=self._failed,
                said=self._pane.words("Meeting canceled"), meeting_id=MeetingId(wish.meeting), reason=wish.reason)  # fmt: skip

    # -- what can be done ---------------------------------------------------------------------------------------------

    def new_act(self) -> Action:
        words = self._pane.words
        if self.is_shown:  # Ctrl+Enter, and Ctrl+N, do what the form is for; what is typed in it stays
            return Action("new", self.form.go.text(), self.form.submit, "ph.check", primary=True)
        return Action("new", words("New meeting"), self.start_new, "ph.plus", primary=True, why_not=self._needs_team)

    def acts(self) -> tuple[Action, ...]:
        """For the planned meeting that is open, or under the cursor of the list."""
        words, why_not = self._pane.words, self._needs_planned
        return (
            Action("move", words("Move meeting"), self.start_move, "ph.calendar-blank", why_not=why_not),
            Action("shorten", words("Shorten meeting"), self.start_shorten, "ph.clock", why_not=why_not),
            Action("cancel", words("Cancel meeting"), self.start_cancel, "ph.x", why_not=why_not),
        )

    def _needs_team(self) -> str:
        pane = self._pane
        if not pane.workspace.can_write:
            return pane.words("This file is open for reading only")
        teams = pane.content.teams if pane.content is not None else ()
        return "" if teams else pane.words("Add a team first")

    def _needs_planned(self) -> str:
        if not self._pane.workspace.can_write:
            return self._pane.words("This file is open for reading only")
        return "" if self.line() is not None else self._pane.words("Choose a meeting that is still to come")


def _line_of(live: LiveMinutes, listed: MeetingLine | None) -> MeetingLine:
    """A meeting as a list has it, from its own page."""
    meeting, team = live.meeting, live.team
    return MeetingLine(
        id=meeting.id,
        team_id=team.id,
        team=team.name,
        tier=team.tier,
        place_id=team.organization_id,
        place=live.place,
        day=meeting.day,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        state=meeting.state,
        room=meeting.place,
        agenda_items=len(live.agenda),
        agenda_sent=meeting.agenda_sent_at is not None,
        minutes_sent=meeting.sent_at is not None,
        locked=meeting.locked_at is not None,
        confidential=meeting.confidential,
        reason=meeting.reason,
        shortened=meeting.shortened_from is not None,
        new_day=listed.new_day if listed is not None else None,
    )
