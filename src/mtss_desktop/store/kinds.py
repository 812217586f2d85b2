"""Which kind of record lives in which table, what it is about, and which of its words can be searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Table

from mtss_desktop.base.changes import Topic
from mtss_desktop.domain import (
    cycles,
    files,
    initiatives,
    meetings,
    people,
    plans,
    precise,
    problems,
    ratings,
    screening,
    strategies,
    student_plans,
    teams,
)
from mtss_desktop.domain.records import Record
from mtss_desktop.store.schema import records as tables

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True)
class Kind(Generic[R_co]):
    """``about`` is the field that holds the id screens know: a membership is about its team."""

    record: type[R_co]
    table: Table
    topic: Topic
    about: str = "id"
    search: tuple[str, ...] = ()


ORGANIZATION = Kind(people.Organization, tables.organization, Topic.ORGANIZATIONS, search=("name", "short_name"))
SCHOOL_YEAR = Kind(people.SchoolYear, tables.school_year, Topic.CALENDAR)
CALENDAR = Kind(people.Calendar, tables.calendar, Topic.CALENDAR, "organization_id")
DAY_WITHOUT_SCHOOL = Kind(people.DayWithoutSchool, tables.day_without_school, Topic.CALENDAR, "organization_id")
PERSON = Kind(people.Person, tables.person, Topic.PEOPLE, search=("first_name", "last_name", "position"))
TEAM = Kind(teams.Team, tables.team, Topic.TEAMS, search=("name", "short_name"))
TEAM_YEAR = Kind(
    teams.TeamYear, tables.team_year, Topic.TEAMS, "team_id", search=("purpose", "outcome_measure", "target_group")
)
MEMBERSHIP = Kind(teams.Membership, tables.membership, Topic.TEAMS, "team_id")
TEAM_LINK = Kind(teams.TeamLink, tables.team_link, Topic.TEAMS, "team_id")
TEAM_DECISION = Kind(teams.TeamDecision, tables.team_decision, Topic.TEAMS)
INITIATIVE = Kind(initiatives.Initiative, tables.initiative, Topic.TEAMS)
MEETING = Kind(meetings.Meeting, tables.meeting, Topic.MEETINGS)
AGENDA_ITEM = Kind(meetings.AgendaItem, tables.agenda_item, Topic.MEETINGS, "meeting_id", search=("title",))
MINUTES_LINE = Kind(meetings.MinutesLine, tables.minutes_line, Topic.MEETINGS, "meeting_id", search=("text",))
MEETING_ATTENDANCE = Kind(meetings.MeetingAttendance, tables.meeting_attendance, Topic.MEETINGS, "meeting_id")
CHECKLIST_MARK = Kind(meetings.ChecklistMark, tables.checklist_mark, Topic.MEETINGS, "meeting_id")
PROBLEM = Kind(problems.Problem, tables.problem, Topic.PROBLEMS, search=("title", "what", "where", "who", "tag"))
PROBLEM_REVIEW = Kind(problems.ProblemReview, tables.problem_review, Topic.PROBLEMS, "problem_id")
SOLUTION = Kind(problems.Solution, tables.solution, Topic.PROBLEMS, "problem_id", search=("text",))
SOLUTION_FIDELITY = Kind(problems.SolutionFidelity, tables.solution_fidelity, Topic.PROBLEMS, "solution_id")
GOAL = Kind(plans.Goal, tables.goal, Topic.GOALS, search=("statement", "metric"))
ACTION = Kind(plans.Action, tables.action, Topic.ACTIONS, search=("text",))
INSTRUMENT_VERSION = Kind(
    ratings.InstrumentVersion, tables.instrument_version, Topic.INSTRUMENTS, search=("title", "edition", "key")
)
ADMINISTRATION = Kind(
    ratings.Administration, tables.administration, Topic.RATINGS, search=("name", "setting", "rater", "note")
)
RATING = Kind(ratings.Rating, tables.rating, Topic.RATINGS, "administration_id", search=("note",))
VOTE = Kind(ratings.Vote, tables.vote, Topic.RATINGS, "administration_id")
EVIDENCE = Kind(ratings.Evidence, tables.evidence, Topic.EVIDENCE, search=("title", "shows"))
EVIDENCE_USE = Kind(ratings.EvidenceUse, tables.evidence_use, Topic.RATINGS, "administration_id")
RESPONSE = Kind(ratings.Response, tables.response, Topic.RATINGS, "administration_id")
CYCLE = Kind(
    cycles.ImprovementCycle,
    tables.improvement_cycle,
    Topic.CYCLES,
    search=("name", "question", "plan", "learned", "result"),
)
STRATEGY_NOTE = Kind(strategies.StrategyNote, tables.strategy_note, Topic.PROBLEMS, "solution_id", search=("note",))
DRILL_DOWN = Kind(precise.DrillDown, tables.drill_down, Topic.PROBLEMS)
STUDENT_DECISION = Kind(student_plans.StudentDecision, tables.student_decision, Topic.STUDENTS)
STUDENT_GOAL = Kind(student_plans.StudentGoal, tables.student_goal, Topic.STUDENTS)
MEASURE = Kind(screening.Measure, tables.measure, Topic.WORDS)
LEVEL = Kind(screening.Level, tables.level, Topic.WORDS)
LEVEL_TIER = Kind(screening.LevelTier, tables.level_tier, Topic.WORDS)
WORD = Kind(screening.Word, tables.word, Topic.WORDS)
IMPORT = Kind(files.Import, tables.import_, Topic.IMPORTS)
SAVED_PROFILE = Kind(files.SavedProfile, tables.saved_profile, Topic.IMPORTS)
IMPORT_ANSWER = Kind(files.ImportAnswer, tables.import_answer, Topic.WORDS)
ATTACHMENT = Kind(files.Attachment, tables.attachment, Topic.FILES, search=("name",))
LINK = Kind(files.Link, tables.link, Topic.FILES)
RULE = Kind(files.Rule, tables.rule, Topic.RULES, "name")

KINDS: tuple[Kind[Record], ...] = (
    ORGANIZATION,
    SCHOOL_YEAR,
    CALENDAR,
    DAY_WITHOUT_SCHOOL,
    PERSON,
    TEAM,
    TEAM_YEAR,
    MEMBERSHIP,
    TEAM_LINK,
    TEAM_DECISION,
    INITIATIVE,
    MEETING,
    AGENDA_ITEM,
    MINUTES_LINE,
    MEETING_ATTENDANCE,
    CHECKLIST_MARK,
    PROBLEM,
    PROBLEM_REVIEW,
    SOLUTION,
    SOLUTION_FIDELITY,
    GOAL,
    INSTRUMENT_VERSION,
    ADMINISTRATION,
    RATING,
    VOTE,
    EVIDENCE,
    EVIDENCE_USE,
    RESPONSE,
    ACTION,
    CYCLE,
    STRATEGY_NOTE,
    DRILL_DOWN,
    STUDENT_DECISION,
    STUDENT_GOAL,
    MEASURE,
    LEVEL,
    LEVEL_TIER,
    WORD,
    IMPORT,
    SAVED_PROFILE,
    IMPORT_ANSWER,
    ATTACHMENT,
    LINK,
    RULE,
)

BY_TABLE = {kind.table.name: kind for kind in KINDS}
