"""Live minutes: lines and their actions, kinds in both directions, undo by line, time, attendance, parking lot."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.documents import html
from mtss_desktop.domain.meetings import LineKind
from mtss_desktop.domain.plans import Action
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.usecases import actions, live, meetings, minutes, papers, people, problems
from tests.helpers.tables import contents, differing
from tests.usecases.acts import Here


@pytest.fixture
def here(sample: Workspace) -> Here:
    return Here(sample)


def meeting(here: Here) -> Any:
    return here.planned.meeting.id


def write(here: Here, text: str, **more: Any) -> minutes.WrittenLine:
    return here.workspace.do(minutes.write_line, meeting(here), text=text, **more).value


def action_of(here: Here, line: minutes.WrittenLine) -> Action | None:
    with here.workspace.database.read() as work:
        return work.actions.first(line_id=line.line_id)


def shown(here: Here, line: minutes.WrittenLine) -> live.LineShown:
    return next(each for each in here.workspace.ask(live.show, meeting(here)).lines if each.id == line.line_id)


def test_a_students_name_in_an_open_line_is_a_number_in_open_minutes_alone(here: Here) -> None:
    with here.workspace.database.read() as work:
        number, first, last = queries.student_names(work, here.school)[0]
    meeting = here.held.meeting.id
    names = here.workspace.ask(minutes.names_to_mask, meeting)
    assert names.masked(f"Call {first} {last} and @Greene") == f"Call Student {number:04} and @Greene"
    here.workspace.do(minutes.write_line, meeting, text=f"Talked about {last}, {first}")
    scope = papers.Scope(meeting=meeting)
    opened, closed = (
        html.html(here.workspace.ask(papers.make, name, scope=scope), words=here.workspace.words())
        for name in ("minutes", "minutes-confidential")
    )
    assert f"Talked about Student {number:04}" in opened
    assert last not in opened
    assert f"Talked about {last}, {first}" in closed


def test_an_action_line_makes_its_action(here: Here) -> None:
    line = write(here, "@Greene call SRO !2/24 #hallway", at=time(15, 4))
    found = action_of(here, line)
    assert found is not None
    assert line.action_id == found.id
    assert (found.text, found.due_on, found.started_on) == ("call SRO", date(2026, 2, 24), date(2026, 2, 17))
    assert found.parent_topic == "problems"
    told = shown(here, line)
    assert told.text == "@Greene call SRO !2/24 #hallway", "the line stays as typed"
    assert told.action is not None
    assert (told.action.owner, told.action.problem) == ("Tamika Greene", here.problem.problem.title)
    assert here.workspace.undo_label() == "Add action"


def test_a_plain_line_makes_none(here: Here) -> None:
    line = write(here, "Mail ann@bell.org, #1 priority!")
    assert (line.kind, line.action_id) == (LineKind.NOTE, None)


def test_typing_in_one_line_is_one_step(here: Here) -> None:
    before = contents(here.workspace)
    line = write(here, "@Gre")
    for text in ("@Greene call", "@Greene call SRO !2/2", "@Greene call SRO !2/24 #hallway"):
        here.workspace.do(minutes.change_line, line.line_id, text=text)
    found = action_of(here, line)
    assert found is not None
    assert (found.text, found.due_on) == ("call SRO", date(2026, 2, 24))
    here.workspace.undo()
    assert differing(before, contents(here.workspace)) == {}


def test_the_kind_follows_the_signs_until_it_is_chosen(here: Here) -> None:
    line = write(here, "one color")
    assert (
        here.workspace.do(minutes.change_line, line.line_id, text="decision: one color").value.kind is LineKind.DECISION
    )
    here.workspace.do(minutes.turn_line, line.line_id, kind=LineKind.CELEBRATION)
    assert (
        here.workspace.do(minutes.change_line, line.line_id, text="@Greene one color").value.kind
        is LineKind.CELEBRATION
    )


def test_what_was_changed_elsewhere_is_the_truth(here: Here) -> None:
    line = write(here, "@Greene call SRO !2/24")
    assert line.action_id is not None
    here.workspace.do(actions.change, line.action_id, due_on=date(2026, 3, 3), text="Call Officer Hale")
    here.workspace.do(minutes.change_line, line.line_id, text="@Cole call SRO today !2/25")
    found = action_of(here, line)
    assert found is not None
    assert (found.text, found.due_on) == ("Call Officer Hale", date(2026, 3, 3))
    assert found.owner_id == next(each.id for each in here.workspace.ask(people.everyone) if each.name == "Hannah Cole")


def test_turning_back_removes_an_action_without_history(here: Here) -> None:
    line = write(here, "@Greene call SRO !2/24")
    here.workspace.do(minutes.turn_line, line.line_id, kind=LineKind.NOTE)
    assert action_of(here, line) is None
    again = here.workspace.do(minutes.turn_line, line.line_id, kind=LineKind.ACTION).value
    assert action_of(here, again) is not None


def test_turning_back_withdraws_an_action_with_history_and_turning_again_brings_it_back(here: Here) -> None:
    line = write(here, "@Greene call SRO !2/24")
    assert line.action_id is not None
    here.workspace.do(actions.change, line.action_id, due_on=date(2026, 3, 3))
    here.workspace.do(minutes.turn_line, line.line_id, kind=LineKind.DECISION)
    found = action_of(here, line)
    assert found is not None
    assert found.withdrawn_on is not None
    assert shown(here, line).action is None
    here.workspace.do(minutes.turn_line, line.line_id, kind=LineKind.ACTION)
    found = action_of(here, line)
    assert found is not None
    assert (found.withdrawn_on, found.due_on) == (None, date(2026, 3, 3))


def test_any_line_becomes_an_action_by_one_key(here: Here) -> None:
    line = write(here, "call the bus company")
    made = here.workspace.do(minutes.turn_line, line.line_id, kind=LineKind.ACTION).value
    found = action_of(here, made)
    assert found is not None
    assert (found.text, found.owner_id, found.due_on) == ("call the bus company", None, None)


def test_an_unread_date_stays_in_the_line_and_the_action_says_its_sentence(here: Here) -> None:
    line = write(here, "@Greene call !2/30")
    found = action_of(here, line)
    assert found is not None
    assert (found.text, found.due_on) == ("call", None)
    here.workspace.do(minutes.change_line, line.line_id, text="@Greene call the SRO !2/30")
    changed = action_of(here, line)
    assert changed is not None
    assert changed.text == "call the SRO"


def test_a_name_nobody_has_is_a_word_until_somebody_is_named(here: Here) -> None:
    line = write(here, "@Zobel call !32/1")
    found = action_of(here, line)
    assert found is not None
    assert (found.text, found.owner_id) == ("Zobel call", None)
    owner = here.workspace.do(people.add, last_name="Ames", first_name="Ola").value
    here.workspace.do(minutes.change_line, line.line_id, text="@Zobel call !32/1", owner_id=owner)
    here.workspace.do(minutes.change_line, line.line_id, text="@Zobel call them !32/1")
    answered = action_of(here, line)
    assert answered is not None
    assert (answered.text, answered.owner_id) == ("call them", owner)


def test_a_quiet_choice_names_the_owner(here: Here) -> None:
    twin = here.workspace.do(people.add, last_name="Greene", first_name="Ola").value
    line = write(here, "@Greene call", owner_id=twin)
    found = action_of(here, line)
    assert found is not None
    assert found.owner_id == twin


def test_a_removed_line_takes_its_action_along_unless_that_has_a_history(here: Here) -> None:
    plain, done = write(here, "@Greene call"), write(here, "@Cole count !2/24")
    assert done.action_id is not None
    here.workspace.do(actions.mark_done, done.action_id)
    for line in (plain, done):
        here.workspace.do(minutes.remove_line, line.line_id)
    with here.workspace.database.read() as work:
        assert work.actions.find(str(plain.action_id)) is None
        kept = work.actions.get(done.action_id)
    assert (kept.line_id, kept.withdrawn_on) == (None, date(2026, 2, 12))


def test_lines_move_under_items_and_behind_each_other(here: Here) -> None:
    first, second = write(here, "one"), write(here, "two")
    item = here.planned.agenda[1].id
    here.workspace.do(minutes.move_line, second.line_id, item_id=item)
    lines = here.workspace.ask(live.show, meeting(here)).lines
    assert [line.text for line in lines] == ["two", "one"]
    assert lines[0].item_id == item
    here.workspace.do(minutes.move_line, second.line_id, item_id=None, after=first.line_id)
    assert [line.text for line in here.workspace.ask(live.show, meeting(here)).lines] == ["one", "two"]


def test_an_empty_line_is_refused(here: Here) -> None:
    with pytest.raises(UserError, match="The line is empty"):
        write(here, " \x00 ")


def test_a_cancelled_meeting_takes_no_line(here: Here) -> None:
    here.workspace.do(meetings.cancel, meeting(here), reason="Snow.")
    with pytest.raises(UserError, match="is canceled"):
        write(here, "one")


# Time and attendance -------------------------------------------------------------------------------------------------------


def later(sample: Workspace, monkeypatch: pytest.MonkeyPatch, minutes_later: int) -> None:
    from mtss_desktop.store.work import Work

    real = Work.now
    monkeypatch.setattr(Work, "now", lambda work: real(work) + timedelta(minutes=minutes_later))


def test_minutes_of_an_item_are_written_down_when_the_next_opens(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = here.planned.agenda[0].id, here.planned.agenda[1].id
    here.workspace.do(minutes.open_item, first)
    running = here.workspace.ask(live.show, meeting(here)).running
    assert running is not None
    assert running.id == first
    later(here.workspace, monkeypatch, 7)
    here.workspace.do(minutes.open_item, second)
    shown_now = here.workspace.ask(live.show, meeting(here))
    assert (shown_now.agenda[0].used, shown_now.agenda[0].done) == (7, True)
    assert shown_now.running is not None
    assert shown_now.running.id == second


def test_a_paused_item_counts_on(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    first = here.planned.agenda[0].id
    here.workspace.do(minutes.open_item, first)
    later(here.workspace, monkeypatch, 3)
    here.workspace.do(minutes.pause_item, meeting(here))
    here.workspace.do(minutes.open_item, first)
    later(here.workspace, monkeypatch, 4)
    here.workspace.do(minutes.pause_item, meeting(here), done=True)
    found = here.workspace.ask(live.show, meeting(here))
    assert (found.agenda[0].used, found.agenda[0].done, found.running) == (7, True, None)


def test_ending_the_meeting_writes_down_the_item_on_the_table(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    here.workspace.do(minutes.open_item, here.planned.agenda[0].id)
    later(here.workspace, monkeypatch, 5)
    here.workspace.do(meetings.end, meeting(here), at=time(15, 45))
    found = here.workspace.ask(live.show, meeting(here))
    assert (found.agenda[0].used, found.agenda[0].done, found.running) == (5, True, None)


def test_half_a_minute_counts() -> None:
    began = datetime.fromisoformat("2026-02-17T15:00:00+00:00")
    assert [minutes.minutes_since(began, began + timedelta(seconds=s)) for s in (-5, 29, 30, 89, 90)] == [0, 0, 1, 1, 2]


def test_attendance_and_quorum(here: Here) -> None:
    before = here.workspace.ask(live.presence, meeting(here))
    assert (before.present, before.voting, before.quorum, before.met) == (0, 9, 7, False)
    assert all(line.present is None for line in before.lines)
    assert {line.role for line in before.lines} >= {"facilitator", "minute_taker", "data_analyst"}
    for line in before.lines[:6]:
        here.workspace.do(meetings.mark_present, meeting(here), person_id=line.person_id)
    assert not here.workspace.ask(live.presence, meeting(here)).met
    here.workspace.do(
        meetings.mark_present, meeting(here), person_id=before.lines[6].person_id, role_today="timekeeper"
    )
    here.workspace.do(meetings.mark_present, meeting(here), person_id=before.lines[6].person_id, left=time(15, 20))
    after = here.workspace.ask(live.presence, meeting(here))
    assert (after.present, after.met) == (7, True)
    assert (after.lines[6].role, after.lines[6].left) == ("timekeeper", time(15, 20))


def test_marks_of_a_problem_are_made_one_at_a_time(here: Here) -> None:
    problem = here.problem.problem.id
    here.workspace.do(problems.mark, problem, meeting(here), fidelity=Fidelity.PARTIAL)
    here.workspace.do(problems.mark, problem, meeting(here), effect=Effect.IMPROVED, level=0.8)
    here.workspace.do(problems.mark, problem, meeting(here), next_step=NextStep.MODIFY)
    found = here.workspace.ask(live.problem, meeting(here), problem)
    assert found.review is not None
    assert (found.review.fidelity, found.review.effect, found.review.level) == (Fidelity.PARTIAL, Effect.IMPROVED, 0.8)
    assert found.last is not None
    assert found.last.meeting_id == here.held.meeting.id


def test_a_problem_starts_from_its_lowest_solution(here: Here) -> None:
    for solution, fidelity in zip(here.problem.solutions, (Fidelity.WITH_FIDELITY, Fidelity.NOT_STARTED), strict=False):
        here.workspace.do(problems.set_fidelity, solution.id, meeting(here), fidelity=fidelity)
    assert here.workspace.ask(live.problem, meeting(here), here.problem.problem.id).lowest is Fidelity.NOT_STARTED


# Parking lot -----------------------------------------------------------------------------------------------------------------


def test_what_is_parked_returns_until_it_is_answered(here: Here) -> None:
    parked = here.workspace.ask(minutes.parked, meeting(here))
    assert "Slips: one color for the whole building?" in [line.text for line in parked]
    chosen = parked[-1]
    item = here.workspace.do(minutes.take_up, chosen.line_id, meeting(here), minutes=5).value
    assert chosen not in here.workspace.ask(minutes.parked, meeting(here))
    here.workspace.do(meetings.remove_item, item)
    assert chosen in here.workspace.ask(minutes.parked, meeting(here)), "a removed item answers nothing"
    here.workspace.do(minutes.let_go, chosen.line_id, meeting_id=meeting(here))
    assert chosen not in here.workspace.ask(minutes.parked, meeting(here))


# A long meeting --------------------------------------------------------------------------------------------------------------


def statements(here: Here) -> int:
    counted: list[str] = []
    engine = here.workspace.database.engines.reader

    def count(*args: Any) -> None:
        counted.append(args[2])

    sa.event.listen(engine, "before_cursor_execute", count)
    here.workspace.ask(live.show, meeting(here))
    sa.event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_statements_do_not_grow_with_the_minutes(here: Here) -> None:
    write(here, "@Greene call SRO !2/24 #hallway")
    few = statements(here)
    for number in range(30):
        write(here, f"@Cole task {number} !3/{number % 28 + 1}")
    assert statements(here) == few > 5
    assert len(here.workspace.ask(live.show, meeting(here)).lines) == 31
