"""A meeting's way: proposed from pattern and calendar, filled, held, closed out, locked, reopened, sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.close_out import Gap, in_time
from mtss_desktop.domain.meetings import Answer, LineKind, MeetingState
from mtss_desktop.domain.plans import ActionId
from mtss_desktop.domain.problems import SolutionId, SolutionKind
from mtss_desktop.usecases import (
    actions,
    agendas,
    checklist,
    close_out,
    live,
    meetings,
    minutes,
    papers,
    places,
    problems,
    series,
    teams,
)
from tests.usecases.acts import Here


@pytest.fixture
def here(sample: Workspace) -> Here:
    return Here(sample)


def clear(here: Here) -> None:
    """Takes all planned meetings of the team away, so that its pattern is free."""
    for meeting in here.workspace.ask(meetings.of_team, here.team):
        if meeting.state is MeetingState.PLANNED:
            here.workspace.do(meetings.cancel, meeting.id, reason="Planned anew.")


# Series --------------------------------------------------------------------------------------------------------------------


def test_days_come_from_the_pattern_and_pass_over_what_is_planned(here: Here) -> None:
    found = here.workspace.ask(series.proposed, here.team)
    planned = {each.day for each in here.workspace.ask(meetings.of_team, here.team)}
    assert not planned & {each.day for each in found}


def test_a_day_without_school_gives_way_and_says_why(here: Here) -> None:
    team = here.workspace.do(teams.add, here.school, name="Data crew").value
    here.workspace.do(places.no_school, here.school, first=date(2026, 3, 17), last=date(2026, 3, 18), reason="Snow")
    with here.workspace.database.read() as work:
        year = work.team_years.first(team_id=here.team, year_id=here.year)
    assert year is not None
    here.workspace.do(teams.describe, team, here.year, year=replace(year, team_id=team))
    found = here.workspace.ask(series.proposed, team)
    assert [each.day for each in found][:2] == [date(2026, 2, 17), date(2026, 3, 19)]
    assert (found[1].instead_of, found[1].reason) == (date(2026, 3, 17), "Snow")
    assert (found[0].starts_at, found[0].room) == (time(14, 45), "Room 114")


def test_a_clash_is_shown_and_nothing_is_blocked(here: Here) -> None:
    day = here.planned.meeting.day
    names = tuple(member.name for member in here.card.members[:2])
    team = here.workspace.do(teams.add, here.school, name="Sunshine", members=names).value
    (clash,) = here.workspace.ask(series.clashes, team, day=day, starts_at=time(15, 0), ends_at=time(16, 0))
    assert clash.team == here.planned.team.name
    assert set(clash.people) == set(names)
    assert here.workspace.ask(series.clashes, team, day=day, starts_at=time(15, 45), ends_at=time(16, 0)) == ()
    made = here.workspace.do(series.new_meeting, team, day=day, starts_at=time(15, 0), ends_at=time(16, 0)).value
    assert here.workspace.ask(meetings.show, made).meeting.day == day


def test_a_series_is_one_step(here: Here) -> None:
    before = len(here.workspace.ask(meetings.of_team, here.team))
    here.workspace.do(series.plan, here.team, days=(date(2026, 4, 2), date(2026, 5, 7), date(2026, 4, 2)))
    assert here.workspace.undo_label() == "Plan 2 meetings"
    assert len(here.workspace.ask(meetings.of_team, here.team)) == before + 2
    here.workspace.undo()
    assert len(here.workspace.ask(meetings.of_team, here.team)) == before


def test_a_list_of_meetings_tells_what_is_done(here: Here) -> None:
    found = here.workspace.ask(series.between, first=date(2026, 1, 1), last=date(2026, 2, 28), team_id=here.team)
    assert [(line.day, line.state) for line in found] == [
        (date(2026, 1, 20), MeetingState.HELD), (date(2026, 2, 17), MeetingState.PLANNED),
    ]  # fmt: skip
    assert (found[0].minutes_sent, found[0].agenda_items, found[1].starts_at) == (True, 8, time(14, 45))
    assert len(here.workspace.ask(series.between, first=date(2026, 1, 1), last=date(2026, 2, 28))) > 10


def test_no_pattern_asks_for_a_day(here: Here) -> None:
    team = here.workspace.do(teams.add, here.school, name="No days").value
    with pytest.raises(UserError, match="no pattern of days"):
        here.workspace.do(series.new_meeting, team)


# New meeting ---------------------------------------------------------------------------------------------------------------


def test_a_new_meeting_takes_what_waits(here: Here) -> None:
    here.workspace.do(minutes.write_line, here.held.meeting.id, text="parking: bells")
    here.workspace.do(meetings.item_took, here.held.agenda[5].id, minutes=0, done=False)
    clear(here)
    made = here.workspace.do(series.new_meeting, here.team).value
    shown = here.workspace.ask(meetings.show, made)
    assert shown.meeting.day == date(2026, 2, 17)
    titles = [item.title for item in shown.agenda]
    assert "Winter screening, first look" in titles, "unfinished last time"
    assert "bells" in " ".join(titles)
    about = [item for item in shown.agenda if item.problem_id]
    assert {item.problem_id for item in about} == {
        each.problem.id for each in here.workspace.ask(problems.of_team, here.team)
    }
    assert all(item.lead_id for item in about), "the data analyst leads"
    assert here.workspace.ask(minutes.parked, made) == (), "what is on the agenda is parked no longer"
    carried = next(item for item in shown.agenda if item.title == "Winter screening, first look")
    assert carried.carried_from == here.held.meeting.id


def test_a_confidential_template_makes_the_meeting_so(here: Here) -> None:
    cards = here.workspace.ask(teams.cards, place_id=here.school)
    team = next(card.id for card in cards if card.tier == 2)
    made = here.workspace.do(series.new_meeting, team, day=date(2026, 4, 3)).value
    assert here.workspace.ask(meetings.show, made).meeting.confidential


def test_an_unknown_template_names_those_there_are(here: Here) -> None:
    with pytest.raises(UserError, match="tier_1, tier_2_3"):
        here.workspace.do(agendas.fill, here.planned.meeting.id, template="tips")
    assert here.workspace.ask(agendas.templates, 2)[0].name == "tier_2_3"


def test_roles_are_those_marked_today_else_whose_turn_it_is(here: Here) -> None:
    meeting = here.planned.meeting.id
    before = {role.role: role for role in here.workspace.ask(agendas.roles, meeting)}
    assert before["facilitator"].person_id == here.member.person_id
    assert not before["facilitator"].chosen
    here.workspace.do(meetings.mark_present, meeting, person_id=here.stranger.id, role_today="facilitator")
    after = {role.role: role for role in here.workspace.ask(agendas.roles, meeting)}
    assert (after["facilitator"].person_id, after["facilitator"].chosen) == (here.stranger.id, True)


# Close out -------------------------------------------------------------------------------------------------------------------


def held(here: Here) -> Any:
    meeting = here.planned.meeting.id
    here.workspace.do(meetings.start, meeting, at=time(14, 46))
    here.workspace.do(minutes.write_line, meeting, text="action: ask the cafeteria")
    here.workspace.do(minutes.write_line, meeting, text="decision: one color")
    here.workspace.do(
        problems.add_solution, here.problem.problem.id, kind=SolutionKind.PREVENT, text="Split the release"
    )
    here.workspace.do(meetings.end, meeting, at=time(15, 43))
    return meeting


def gaps(here: Here, meeting: Any) -> list[tuple[Gap, str]]:
    return [(each.gap, each.title) for each in here.workspace.ask(close_out.what_is_missing, meeting)]


def test_only_what_is_missing_is_asked_and_filling_makes_it_vanish(here: Here) -> None:
    meeting = held(here)
    found = gaps(here, meeting)
    assert found[:3] == [
        (Gap.OWNER, "ask the cafeteria"), (Gap.DATE, "ask the cafeteria"), (Gap.FIDELITY_MEASURE, "Split the release"),
    ]  # fmt: skip
    assert {gap for gap, _ in found[3:]} == {Gap.REVIEW, Gap.ATTENDANCE, Gap.RATING}
    asked = here.workspace.ask(close_out.what_is_missing, meeting)
    here.workspace.do(
        actions.change, ActionId(asked[0].record_id), owner_id=here.member.person_id, due_on=date(2026, 3, 1)
    )
    here.workspace.do(problems.change_solution, SolutionId(asked[2].record_id), fidelity_measure="Release log, weekly")
    here.workspace.do(meetings.all_present, meeting)
    here.workspace.do(
        meetings.rate, meeting, time_well_used=Answer.YES, tasks_tracked=Answer.YES, tasks_completed=Answer.SO_SO,
        effect_on_students=Answer.YES,
    )  # fmt: skip
    assert {gap for gap, _ in gaps(here, meeting)} == {Gap.REVIEW}


def test_the_page_says_what_happened(here: Here) -> None:
    meeting = held(here)
    page = here.workspace.ask(close_out.show, meeting)
    assert (page.happened.used, page.happened.planned, page.happened.decisions) == (57, 60, 1)
    assert (page.happened.actions, page.happened.actions_with_owner) == (1, 0)
    assert len(page.checklist) == 18
    assert page.checklist[1].points is None
    assert page.send_by == datetime(2026, 2, 18, 20, 43, tzinfo=UTC)
    assert page.in_time is None
    here.workspace.do(meetings.minutes_sent, meeting, at=datetime(2026, 2, 18, 20, 43, tzinfo=UTC))
    assert here.workspace.ask(close_out.show, meeting).in_time is True


def test_the_next_meeting_is_asked_for_only_where_there_is_none(here: Here) -> None:
    meeting = held(here)
    clear(here)
    assert (Gap.NEXT_MEETING, "") in gaps(here, meeting)
    made = here.workspace.do(close_out.plan_next, meeting).value
    assert (Gap.NEXT_MEETING, "") not in gaps(here, meeting)
    assert here.workspace.ask(meetings.show, meeting).meeting.next_meeting_id == made
    with pytest.raises(UserError, match="a later one of the same team"):
        here.workspace.do(close_out.set_next, made, next_meeting_id=meeting)


def test_locking_works_with_gaps_and_only_reopening_opens(here: Here) -> None:
    meeting = held(here)
    stays = here.workspace.do(close_out.lock, meeting).value
    assert stays == here.workspace.ask(close_out.what_is_missing, meeting)
    line = here.workspace.ask(live.show, meeting).lines[0]
    refused: list[tuple[Any, dict[str, Any]]] = [
        (minutes.write_line, {"meeting_id": meeting, "text": "x"}),
        (minutes.change_line, {"line_id": line.id, "text": "x"}),
        (minutes.turn_line, {"line_id": line.id, "kind": LineKind.NOTE}),
        (minutes.remove_line, {"line_id": line.id}),
        (minutes.open_item, {"item_id": here.planned.agenda[0].id}),
        (meetings.add_item, {"meeting_id": meeting, "title": "x"}),
        (meetings.remove_item, {"item_id": here.planned.agenda[0].id}),
        (meetings.mark_present, {"meeting_id": meeting, "person_id": here.stranger.id}),
        (meetings.rate, {"meeting_id": meeting}),
        (problems.mark, {"problem_id": here.problem.problem.id, "meeting_id": meeting}),
    ]
    for act, arguments in refused:
        with pytest.raises(UserError, match="locked"):
            here.workspace.do(act, **arguments)
    with pytest.raises(UserError, match="Say why"):
        here.workspace.do(close_out.reopen, meeting, reason=" ")
    here.workspace.do(close_out.reopen, meeting, reason="A name was wrong.")
    assert here.workspace.undo_label() == "Reopen minutes: A name was wrong."
    here.workspace.do(minutes.write_line, meeting, text="x")


def test_a_meeting_that_did_not_end_is_not_locked(here: Here) -> None:
    with pytest.raises(UserError, match="has not ended"):
        here.workspace.do(close_out.lock, here.planned.meeting.id)


def test_24_hours_run_from_the_end() -> None:
    end = datetime(2026, 2, 17, 20, 43, tzinfo=UTC)
    assert in_time(end, None) is None
    assert in_time(end, end + timedelta(hours=24)) is True
    assert in_time(end, end + timedelta(hours=24, seconds=1)) is False


# Checklist -----------------------------------------------------------------------------------------------------------------


def test_the_team_marks_beside_what_the_record_proposes(here: Here) -> None:
    meeting = held(here)
    proposed = [each.proposed.points for each in here.workspace.ask(checklist.show, meeting).items]
    here.workspace.do(checklist.mark, meeting, number=2, points=2)
    here.workspace.do(checklist.mark, meeting, number=7, points=0, note="Not reached.")
    found = here.workspace.ask(checklist.show, meeting)
    assert found.marked
    assert [each.proposed.points for each in found.items] == proposed
    assert (found.items[1].points, found.items[6].points) == (2, 0)
    assert found.team_points[0].out_of == found.proposed_points[0].out_of + 2
    assert here.workspace.ask(close_out.show, meeting).foundations == found.team_points[0]
    here.workspace.do(checklist.mark, meeting, number=2)
    assert here.workspace.ask(checklist.show, meeting).items[1].points is None
    with pytest.raises(UserError, match="items 1 to 18"):
        here.workspace.do(checklist.mark, meeting, number=19, points=1)
    with pytest.raises(UserError, match="0, 1 or 2"):
        here.workspace.do(checklist.mark, meeting, number=1, points=3)


def test_when_the_minutes_left_is_said_to_the_minute(here: Here) -> None:
    meeting = held(here)
    here.workspace.do(meetings.minutes_sent, meeting, at=datetime(2026, 2, 17, 23, 53, tzinfo=UTC))
    found = here.workspace.ask(checklist.show, meeting).items[8].proposed
    assert (found.points, here.workspace.words().say(found.reason)) == (2, "minutes left 3 h 10 min after the end")


# Roles in turn -------------------------------------------------------------------------------------------------------------


def test_roles_go_round_over_a_whole_series_and_the_absent_do_not_count(here: Here) -> None:
    clear(here)
    names = [member.name for member in here.card.members if member.role == "member"][:2]
    team = here.workspace.do(teams.add, here.school, name="Turns", members=tuple(names)).value
    ids = [member.person_id for member in here.workspace.ask(teams.card, team).members]
    for person in ids:
        here.workspace.do(teams.add_member, team, person, role="facilitator")
    days = (date(2026, 3, 3), date(2026, 4, 7), date(2026, 5, 5), date(2026, 6, 2))
    planned = here.workspace.do(series.plan, team, days=days).value

    def facilitators() -> list[Any]:
        asked = (here.workspace.ask(agendas.roles, each) for each in planned)
        return [next(role for role in found if role.role == "facilitator") for found in asked]

    first, second = facilitators()[0].person_id, facilitators()[1].person_id
    assert {first, second} == set(ids)
    assert [each.person_id for each in facilitators()] == [first, second, first, second]
    assert [each.next_id for each in facilitators()] == [second, first, second, first]
    here.workspace.do(agendas.give_role, planned[1], role="facilitator", person_id=first)
    assert [each.person_id for each in facilitators()][1:3] == [first, second]
    assert facilitators()[1].chosen
    here.workspace.do(agendas.give_role, planned[1], role="facilitator")
    assert facilitators()[1].person_id == second
    here.workspace.do(meetings.mark_present, planned[0], person_id=first, present=False)
    assert facilitators()[1].person_id == first
    with pytest.raises(UserError, match="no role that goes round"):
        here.workspace.do(agendas.give_role, planned[0], role="coach", person_id=first)


def test_a_meeting_is_shortened_moved_or_cancelled_with_its_reason_everywhere(here: Here) -> None:
    meeting = here.planned.meeting
    here.workspace.do(meetings.shorten, meeting.id, ends_at=time(15, 20), reason="Fire drill.")
    with pytest.raises(UserError, match="before its planned end"):
        here.workspace.do(meetings.shorten, meeting.id, ends_at=time(15, 45), reason="Longer")
    with pytest.raises(UserError, match="Say why"):
        here.workspace.do(meetings.shorten, meeting.id, ends_at=time(15, 0), reason=" ")
    assert here.workspace.ask(meetings.show, meeting.id).meeting.shortened_from == time(15, 45)

    def line(day: date) -> Any:
        return here.workspace.ask(series.between, first=day, last=day, team_id=here.team)[0]

    def note(of: Any) -> str:
        return str(here.workspace.ask(close_out.calendar_entry, of).note)

    assert (line(meeting.day).shortened, line(meeting.day).reason) == (True, "Fire drill.")
    assert note(meeting.id) == "Shortened, planned until 3:45 PM: Fire drill."
    moved = here.workspace.do(meetings.move, meeting.id, day=date(2026, 2, 19), reason="Snow").value
    assert (line(meeting.day).new_day, line(meeting.day).reason) == (date(2026, 2, 19), "Snow")
    assert note(meeting.id) == note(moved) == "Moved from Tue 2/17: Snow."  # one entry, on the day it went to
    assert not here.workspace.ask(close_out.calendar_entry, meeting.id).cancelled
    assert here.workspace.ask(meetings.show, moved).meeting.ends_at == time(15, 45)
    here.workspace.do(meetings.cancel, moved, reason="No quorum")
    assert note(moved) == "Canceled: No quorum."
    page = here.workspace.ask(papers.make, "agenda", scope=papers.Scope(meeting=moved))
    assert "canceled: No quorum" in [here.workspace.words().say(fact.value) for fact in page.facts]
