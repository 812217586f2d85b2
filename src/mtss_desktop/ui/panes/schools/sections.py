"""What is said about one place, group by group: on the card under the wall and, with all its lines, on the place's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.caseload import ActionLine, MeetingLine
from mtss_desktop.domain.caseload_words import due_words, meeting_detail, meeting_when
from mtss_desktop.domain.people import OrganizationKind, Person
from mtss_desktop.domain.rating_rollups import HeatCell
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.ui.kit.line import LineText
from mtss_desktop.ui.kit.lines import Lines
from mtss_desktop.ui.panes.schools.words import (
    day_of_school,
    fidelity_detail,
    fidelity_mark,
    fidelity_sentence,
    files_end,
    met_words,
    span_of,
    spans,
)
from mtss_desktop.usecases.schools import SchoolPage


class Acts(Protocol):
    """What a line asks of the room."""

    def way_to(self, *ways: tuple[str, str]) -> Callable[[], None] | None: ...

    def toggle(self, action: ActionLine) -> None: ...

    def turn_today(self) -> None: ...

    def set_calendar(self) -> None: ...

    def is_done(self, action_id: str) -> bool: ...

    def done_here(self) -> Iterable[ActionLine]: ...

    @property
    def may_write(self) -> bool: ...


class Sections:
    """Seven groups of lines; ``brief`` shows the first few of each and sends "n more" to the page."""

    def __init__(self, words: Words, acts: Acts, *, brief: bool, on_more: Callable[[], object] | None = None) -> None:
        self.words, self._acts, self.brief = words, acts, brief

        def group(heading: str, few: int, many: int) -> Lines:
            return Lines(words(heading), most=few if brief else many, on_more=on_more if brief else None, words=words)

        self.teams = group("Teams", 4, 12)
        self.people = None if brief else group("People", 0, 12)
        self.meetings = group("Next meetings", 2, 5)
        self.actions = group("Open actions", 2, 8)
        self.fidelity = group("Fidelity", 2, 6)
        self.data = group("Data", 2, 6)
        self.calendar = group("Calendar", 1, 4)

    def show(self, words: Words, page: SchoolPage) -> None:
        self.words = words
        people = said("{n} person", many="{n} people", count="n", n=len(page.people))
        self.teams.show_lines(
            [self._team(each, page) for each in page.teams],
            aside=words.say(people) if self.brief else "",
            nothing=words("No team yet."),
        )
        if self.people is not None:
            self.people.show_lines([self._person(each) for each in page.people], nothing=words("Nobody yet."))
        self.meetings.show_lines(
            [self._meeting(each, page) for each in page.meetings], nothing=words("No next meeting is planned.")
        )
        self._show_actions(page)
        self.data.show_lines(self._data(page), nothing=words("The division’s data stands with its schools."))
        self.fidelity.show_lines(
            [self._fidelity(each, page) for each in page.fidelity], nothing=words("Nothing is rated yet.")
        )
        self.calendar.show_lines(self._calendar(page))

    def _fidelity(self, cell: HeatCell, page: SchoolPage) -> LineText:
        return LineText(
            cell.administration_id,
            fidelity_sentence(self.words, cell),
            fidelity_detail(self.words, cell, page.today),
            icon=fidelity_mark(cell),
            opens=self._acts.way_to(("lookfors", cell.administration_id)),
        )

    def _team(self, team: TeamLine, page: SchoolPage) -> LineText:
        """When it met last, or that it plans no meeting."""
        days = next((each for each in page.met if each.team_id == team.id), None)
        side, role = met_words(self.words, days)
        return LineText(
            team.id,
            team.name,
            mark=team.tier,
            side=side,
            side_role=role,
            opens=self._acts.way_to(("teams", team.id)),
        )

    def _person(self, person: Person) -> LineText:
        return LineText(person.id, person.name, person.position, icon="ph.user")

    def _meeting(self, meeting: MeetingLine, page: SchoolPage) -> LineText:
        opens = self._acts.way_to(("meetings", meeting.id), ("teams", meeting.team_id))
        lead = meeting_when(self.words, meeting, page.today, None)
        if self.brief:
            return LineText(meeting.id, meeting.team, side=lead[0], side_role="ink_soft", opens=opens)
        return LineText(meeting.id, meeting.team, meeting_detail(self.words, meeting), lead=lead, opens=opens)

    def _show_actions(self, page: SchoolPage) -> None:
        open_ids = {each.id for each in page.actions}
        done = [each for each in self._acts.done_here() if each.id not in open_ids and each.place_id == page.place.id]
        shown = sorted((*page.actions, *done), key=lambda each: (each.due_on is None, str(each.due_on), each.id))
        late = page.line.late
        aside = self.words.say(said("{n} late", n=late)) if late else ""
        lines = [self._action(each, page) for each in shown]
        self.actions.show_lines(lines, aside=aside, nothing=self.words("No action is open."))

    def _action(self, action: ActionLine, page: SchoolPage) -> LineText:
        done = self._acts.is_done(action.id)
        due, role = due_words(self.words, action, page.today)
        return LineText(
            action.id,
            action.text,
            middle="" if self.brief else action.owner or self.words("no owner"),
            side=self.words("done today") if done else due,
            side_role=role,
            check=done,
            soft=done,
            opens=self._acts.way_to(*action.opens),
            act=partial(self._acts.toggle, action) if self._acts.may_write else None,
            tip=", ".join(part for part in (action.owner, action.team) if part),
        )

    def _data(self, page: SchoolPage) -> list[LineText]:
        words = self.words
        if page.place.kind is not OrganizationKind.SCHOOL:
            return []
        data, files = self._acts.way_to(("data", page.place.id)), self._acts.way_to(("imports", ""))
        lines = [
            LineText(
                f"screening:{place}",
                words.say(found.finding),
                f"{words.say(found.what)}. {words.say(found.more)}" if not self.brief else words.say(found.what),
                icon="ph.chart-line",
                opens=data,
            )
            for place, found in enumerate(page.screening)
        ]
        if not lines:
            lines = [LineText("screening", words("No screening this year"), icon="ph.chart-line", opens=files)]
        referrals = files_end(words, page.last_referral, words.label("referral", many=True), page.today)
        attendance = files_end(words, page.last_absence, words("attendance"), page.today)
        lines.append(LineText("files", referrals, attendance, icon="ph.download-simple", opens=files))
        return lines

    def _calendar(self, page: SchoolPage) -> list[LineText]:
        what, detail = day_of_school(self.words, page)
        act_words, act = self._today_act(page)
        shown = [LineText("today", what, detail, icon="ph.calendar-blank", act=act, act_words=act_words)]
        if not self.brief:
            shown += [
                LineText(
                    str(first), span_of(self.words, first, last), reason or self.words("No school"), icon="ph.moon"
                )
                for first, last, reason in spans(page)
            ]
        return shown

    def _today_act(self, page: SchoolPage) -> tuple[str, Callable[[], object] | None]:
        if not self._acts.may_write:
            return "", None
        if not page.days_in_year:
            return self.words("Set the calendar"), self._acts.set_calendar
        if page.school_today:
            return self.words("No school today"), self._acts.turn_today
        if page.school_today is False and page.off_here:
            return self.words("School after all"), self._acts.turn_today
        return "", None
