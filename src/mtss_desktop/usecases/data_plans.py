"""What a team decides for single students, and the goals it sets for them: phase lines, goal lines, a question on the next agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.base.words import Said, Words, said, school_year
from mtss_desktop.domain import goal_advice, growth
from mtss_desktop.domain.goal_advice import Cut, Norm, Proposal
from mtss_desktop.domain.growth import Score
from mtss_desktop.domain.meetings import AgendaItemId, MeetingId, MeetingState
from mtss_desktop.domain.people import Organization, OrganizationId
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.domain.student_plans import (
    GoalWay,
    StudentDecision,
    StudentDecisionId,
    StudentGoal,
    StudentGoalId,
    StudentStep,
)
from mtss_desktop.store.queries import counts, progress
from mtss_desktop.store.queries.progress import ProgressRow
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import meetings
from mtss_desktop.usecases.cleaning import LONGEST_NAME, clean_text
from mtss_desktop.usecases.paper_common import words_of
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question, use_case

ASK_MINUTES = 5
FEW_NAMED = 4
"""Students named by number in one agenda item; more are counted."""
DECIDED = {
    StudentStep.CONTINUE: said("kept as it is"),
    StudentStep.CHANGE: said("instruction changed"),
    StudentStep.RAISE: said("goal raised"),
    StudentStep.MORE: said("support added"),
    StudentStep.FADE: said("support faded"),
    StudentStep.END: said("support ended"),
}


@dataclass(frozen=True)
class Asker:
    """A team's next meeting, on whose agenda a question can be put. Teams of added support come first."""

    meeting_id: MeetingId
    team: str
    day: date
    tier: int


@dataclass(frozen=True)
class StudentGoalAdvice:
    """From the baseline to a day: ``ways`` with their arithmetic; the team's own is always open. ``due_on`` can be changed."""

    student: int
    measure_key: int
    start_on: date
    start_value: float
    start_words: Said
    due_on: date
    ways: tuple[Proposal, ...]


@question("Next meetings that can ask")
def askers(work: Work, place_id: OrganizationId) -> tuple[Asker, ...]:
    """Next meetings of a school's teams, those of added support first."""
    teams = {team.id: team for team in work.teams.list(organization_id=place_id, ended_on=None)}
    planned = work.meetings.list(team_id=tuple(teams), state=MeetingState.PLANNED, order=("day", "starts_at"))
    first: dict[str, Asker] = {}
    for meeting in planned:
        if meeting.day >= work.today() and meeting.team_id not in first:
            team = teams[meeting.team_id]
            first[meeting.team_id] = Asker(meeting.id, team.name, meeting.day, team.tier)
    return tuple(sorted(first.values(), key=lambda each: (each.tier not in (2, 3), each.tier, each.team)))


@use_case("Decide for students")
def decide(
    work: Work,
    *,
    students: tuple[int, ...],
    measure_key: int,
    step: StudentStep,
    note: str = "",
    day: date | None = None,
    meeting_id: MeetingId | None = None,
) -> tuple[StudentDecisionId, ...]:
    """From today, or ``day`` on: one phase line for each student, and one question on a meeting's agenda where one is named.

    Raises ``UserError`` for no students, a day to come further than a month, or minutes that are locked.
    """
    if not students:
        raise UserError("Nobody is chosen.", "Choose a student first.")
    since = day or work.today()
    if (since - work.today()).days > 31:
        raise UserError("This day is more than a month away.", "Decide closer to it.")
    rows = [_row(work, student, measure_key) for student in dict.fromkeys(students)]
    cleaned = clean_text(note)
    item = _ask(work, rows, step, cleaned, since, meeting_id) if meeting_id else None
    return tuple(
        work.student_decisions.add(
            StudentDecision(
                organization_id=_place(work, row).id,
                student=row.student.key,
                measure_key=measure_key,
                day=since,
                step=step,
                note=cleaned,
                asked_in=item,
            )
        ).id
        for row in rows
    )


@use_case("Take a decision back")
def remove_decision(work: Work, decision_id: StudentDecisionId) -> None:
    """Its phase line goes; a question already on an agenda stays there."""
    work.student_decisions.remove(decision_id)


def _ask(
    work: Work, rows: list[ProgressRow], step: StudentStep, note: str, since: date, meeting_id: MeetingId
) -> AgendaItemId:
    """Students stand on agendas by number, whatever the window shows."""
    say = words_of(work).say
    numbers = [f"{row.student.number:04}" for row in rows]
    who = Said("Student {n}", (("n", tuple(numbers)), ("how_many", len(numbers))), "Students {n}", "how_many")
    if len(numbers) > FEW_NAMED:
        who = said("{n} students in {measure}", n=len(numbers), measure=_measure(work, rows[0].measure))
    head = say(said("{who}: {what} {day:short}", who=who, what=DECIDED[step], day=since))
    tail = say(said("Is it helping?"))
    room = LONGEST_NAME - len(head) - len(tail) - 4
    about = f" ({note if len(note) <= room else note[: room - 1].rstrip() + '…'})" if note and room > 8 else ""
    return meetings.add_item(work, meeting_id, title=f"{head}{about}. {tail}"[:LONGEST_NAME], minutes=ASK_MINUTES)


def _measure(work: Work, key: int) -> str:
    found = work.measures.first(key=key)
    return found.name if found is not None else ""


# Goals ---------------------------------------------------------------------------------------------------------------------


@question("Goals for a student")
def goals(work: Work, student_key: int, *, measure_key: int, due_on: date | None = None) -> StudentGoalAdvice:
    """Cut, usual growth and one and a half times the own growth to the last school day, or ``due_on``."""
    row = _row(work, student_key, measure_key)
    start_on, start, words = baseline_of(row)
    due = due_on or _last_day(work, row, start_on)
    if due <= start_on:
        raise UserError("The goal is due before it starts.", f"Choose a day after {Words.date(start_on)}.")
    scores = tuple(Score(day, value) for day, value in row.scores)
    ways = goal_advice.of_student(start, start_on, due, scores, _cut(work, row), _norm(work, row))
    return StudentGoalAdvice(student_key, measure_key, start_on, start, words, due, ways)


@use_case("Set goal of a student")
def set_goal(
    work: Work,
    student_key: int,
    *,
    measure_key: int,
    target: float,
    due_on: date | None = None,
    way: GoalWay = GoalWay.OWN,
) -> StudentGoalId:
    """A goal line from the baseline. An older goal line ends where this one starts.

    Raises ``UserError`` for a goal that is the baseline itself, outside the measure, or due before it starts.
    """
    advice = goals(work, student_key, measure_key=measure_key, due_on=due_on)
    measure = work.measures.first(key=measure_key)
    if target == advice.start_value:
        raise UserError("The goal is the baseline itself.", "Type another number.")
    if measure is not None and measure.lowest is not None and target < measure.lowest:
        raise UserError(f"The goal is below what this measure allows ({measure.lowest:g}).", "Type another number.")
    if measure is not None and measure.highest is not None and target > measure.highest:
        raise UserError(f"The goal is above what this measure allows ({measure.highest:g}).", "Type another number.")
    row = _row(work, student_key, measure_key)
    return work.student_goals.add(
        StudentGoal(
            organization_id=_place(work, row).id,
            student=student_key,
            measure_key=measure_key,
            started_on=advice.start_on,
            start_value=advice.start_value,
            due_on=advice.due_on,
            target=target,
            way=way,
        )
    ).id


def baseline_of(row: ProgressRow) -> tuple[date, float, Said]:
    """(day, value, words): the median of the first three scores; where a goal line is already there, of the last three."""
    if row.goal is None:
        first = row.scores[:3]
        words = said("median of the first {n} scores", n=len(first))
        return first[-1][0], growth.baseline([value for _, value in first]), words
    last = row.scores[-3:]
    return (
        last[-1][0],
        growth.baseline([value for _, value in last]),
        said("median of the last {n} scores", n=len(last)),
    )


def _row(work: Work, student_key: int, measure_key: int) -> ProgressRow:
    year = year_of(work, work.today()).start
    found = progress.rows(work, year=year, measure_key=measure_key, student_key=student_key)
    if not found:
        if progress.find_student(work, student_key) is None:
            raise NotFound(
                "This student is no longer here.", "The file that brought the student may have been taken back."
            )
        raise UserError("This student has no scores of this measure this year.", "Bring in a file, or type them.")
    return found[0]


def _place(work: Work, row: ProgressRow) -> Organization:
    place = work.organizations.first(key=row.school) if row.school is not None else None
    return place or work.organizations.get(work.home_id)


def _last_day(work: Work, row: ProgressRow, start: date) -> date:
    """The last school day of this year, or 18 weeks on where no calendar is known or the year is over."""
    days = calendar_days(work, _place(work, row).id, year_of(work, work.today()).id)
    return days[-1] if days and days[-1] > start else date.fromordinal(start.toordinal() + 18 * 7)


def _cut(work: Work, row: ProgressRow) -> Cut | None:
    tier = counts.tier_of(work)
    levels = tuple(level.key for level in work.levels.list() if tier(row.measure, level.key) == 1)
    found = progress.end_cut(work, measure_key=row.measure, grade=row.grade, tier_1=levels)
    if found is None:
        return None
    where = said("lowest score of Tier 1 in {window} {year}", window=found.window.lower(), year=school_year(found.year))
    return Cut(found.value, where)


def _norm(work: Work, row: ProgressRow) -> Norm | None:
    """Usual growth of the same grade, last year where there were enough students, else this year."""
    year = year_of(work, work.today()).start
    grade = grade_name(row.grade) if row.grade is not None else ""
    for start in (year - 1, year):
        others = [
            tuple(Score(day, value) for day, value in each.scores)
            for each in progress.rows(work, year=start, measure_key=row.measure)
            if each.grade == row.grade and each.student.key != row.student.key
        ]
        found = goal_advice.norm_growth(
            others, said("grade {grade}, {year}, progress scores", grade=grade, year=school_year(start))
        )
        if found is not None:
            return found
    return None
