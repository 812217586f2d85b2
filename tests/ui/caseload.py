"""Meetings, actions and calendars for the invented town, and rooms that only note where they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.pane import Pane, Room
from mtss_desktop.usecases import actions, meetings, people, places, teams
from mtss_desktop.usecases.meetings import AgendaEntry
from tests.ui.town import TODAY


@dataclass(frozen=True)
class Caseload:
    """``held`` is a meeting of four weeks ago at which the coach was; ids by place and name."""

    places: dict[str, OrganizationId]
    teams: dict[tuple[str, str], TeamId]
    meetings: tuple[str, ...]
    actions: tuple[str, ...]


def fill(workspace: Workspace) -> Caseload:
    """Today is a Tuesday: two meetings today, one tomorrow without an agenda, three late actions, two due this week."""
    found = {place.short_name: place.id for place in workspace.ask(places.places)}
    there = {(line.place, line.name): line.id for line in workspace.ask(teams.cards)}
    holcomb, piney = ("Holcomb Middle", "Tier 1 team"), ("Piney Ridge Elementary", "Tier 2 team")
    me = workspace.ask(people.everyone)[0].id
    workspace.do(places.set_me, me)
    _held(workspace, there[holcomb], TODAY - timedelta(days=20), me)
    _held(workspace, there[piney], TODAY - timedelta(days=40), me)
    agenda = tuple(AgendaEntry(title) for title in ("Celebrations", "Hallway", "Next steps"))
    planned = (
        _plan(workspace, there[holcomb], TODAY, time(14, 45), agenda),
        _plan(workspace, there[piney], TODAY, time(7, 50), agenda),
        _plan(workspace, there["Ashby County High", "School leadership"], TODAY + timedelta(days=1), time(15, 30), ()),
        _plan(workspace, there["Ashby County High", "Tier 1 team"], TODAY + timedelta(days=6), time(9), agenda),
        _plan(workspace, there["Holcomb Middle", "Tier 2 team"], TODAY + timedelta(days=8), time(9), agenda),
        _plan(workspace, there["Holcomb Middle", "Tier 3 team"], TODAY + timedelta(days=9), time(9), agenda),
    )
    workspace.do(meetings.agenda_sent, planned[0])
    made = [
        workspace.do(actions.add, there[team], text=text, owner_id=me, due_on=TODAY + timedelta(days=days)).value
        for team, text, days in (
            (piney, "Send fall fluency file to the division", -5),
            (holcomb, "Re-teach stair expectations in 7A and 7B", -4),
            (holcomb, "Write purpose for Character education", -1),
            (holcomb, "Confirm tardy codes with the front office", 1),
            (holcomb, "Share October minutes with grade 6 team", 3),
            (holcomb, "Map who stands where at 12:10", 30),
        )
    ]
    return Caseload(found, there, tuple(planned), tuple(made))


def _held(workspace: Workspace, team: TeamId, day: date, me: str) -> None:
    meeting = workspace.do(meetings.plan, team, day=day, starts_at=time(9), ends_at=time(10)).value
    workspace.do(meetings.record, meeting, present=(me,))


def _plan(workspace: Workspace, team: TeamId, day: date, at: time, agenda: tuple[AgendaEntry, ...]) -> str:
    ends = time(at.hour + 1, at.minute)
    return workspace.do(meetings.plan, team, day=day, starts_at=at, ends_at=ends, place="Room 114", agenda=agenda).value


def set_calendars(workspace: Workspace, caseload: Caseload) -> None:
    """School from 8/24 on, division-wide."""
    division = workspace.ask(places.places)[0].id
    year = workspace.ask(places.this_year).id
    workspace.do(places.set_calendar, division, year, first_day=date(2026, 8, 24), last_day=date(2027, 6, 10))
    assert caseload.places


class _Noting(Pane):
    """A room with one field that notes which record it was sent to."""

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self.sent_to: list[str] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("Field")
        self.setLayout(column(self.progress, self.field))

    def refresh(self) -> None:
        """It shows nothing of the database."""

    def open_record(self, record_id: str) -> None:
        self.sent_to.append(record_id)

    def columns(self) -> tuple[QLineEdit, ...]:
        return (self.field,)


class MeetingsRoom(_Noting):
    room: ClassVar[Room] = Room("meetings", "Meetings", "ph.chat-text", "Work", "Ctrl+4", "teams")


class PrintRoom(_Noting):
    room: ClassVar[Room] = Room("print", "Print", "ph.printer", "In and out", "Ctrl+P", "teams")


class ImportRoom(_Noting):
    room: ClassVar[Room] = Room("imports", "Import", "ph.download-simple", "In and out", "Ctrl+I", "teams")


class DataRoom(_Noting):
    room: ClassVar[Room] = Room("data", "Data", "ph.chart-line", "Evidence", "Ctrl+7", "teams")
