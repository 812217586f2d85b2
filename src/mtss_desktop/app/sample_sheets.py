"""The sample division's records: read from its own sheets and built by the same use cases a coach's acts run through."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mtss_desktop.app import sample_plans, sample_ratings
from mtss_desktop.app.opening import FirstFacts
from mtss_desktop.app.sample_known import Known
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.meetings import Answer, LineKind, MeetingId, WeWill
from mtss_desktop.domain.people import SchoolYearId
from mtss_desktop.domain.plans import Direction, Priority
from mtss_desktop.domain.problems import Effect, Fidelity, MeasuredBy, NextStep, ProblemId, SolutionId, SolutionKind
from mtss_desktop.domain.teams import DataReviewed, Rhythm, TeamId, TeamStatus, TeamYear
from mtss_desktop.usecases import actions, initiatives, meetings, people, places, problems, teams
from mtss_desktop.usecases.meetings import ActionEntry, AgendaEntry, LineEntry
from mtss_desktop.usecases.places import NewSchool

Sheet = dict[str, Any]


def fill(workspace: Workspace, division: Sheet, progress: Progress) -> None:
    """Everything, files included, with each act as a step of its own."""
    known = Known(division["sample"]["coach"])
    zone = ZoneInfo(division["sample"]["time_zone"])
    progress.step("Places, calendars and people")
    _places(workspace, division, known)
    _people(workspace, division, known)
    _exports(workspace, progress)
    progress.step("Teams")
    _teams(workspace, sheet("teams"), known)
    progress.step("Problems and plans")
    found = sheet("problems")
    for problem in found["problems"]:
        _problem(workspace, problem, known)
    for line in found["actions"]:
        _action(workspace, line, known)
    _meetings(workspace, found["problems"], known, zone, progress)
    for problem in found["problems"]:
        _reviews(workspace, problem, known)
    sample_plans.fill(workspace, sheet("plans"), known)
    progress.step("Ratings")
    sample_ratings.fill(workspace, sheet("ratings")["ratings"], known)


def sheet(name: str) -> Sheet:
    """One of the sample's own files; its head says what is in it."""
    with paths.resource("sample", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


# Places and people ---------------------------------------------------------------------------------------------------------


def first_facts(sheet: Sheet) -> FirstFacts:
    """What a new database is asked first."""
    division = sheet["division"]
    schools = tuple(
        NewSchool(
            school["name"],
            f"{school['first_grade']}\u2013{school['last_grade']}",
            school["code"],
            school["state_code"],
            school["short"],
        )
        for school in sheet["schools"]
    )
    return FirstFacts(
        division["name"],
        min(year["year"] for year in sheet["years"]),
        schools,
        division["code"],
        division["state_code"],
        division["short"],
    )


def _places(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    workspace.do(places.stay_on, day=sheet["sample"]["today"])
    workspace.do(places.set_mode, mode=Mode.NAMES)
    codes = {place["name"]: place["code"] for place in (sheet["division"], *sheet["schools"])}
    known.places = {codes[place.name]: place.id for place in workspace.ask(places.places)}
    known.years = {year.start: year.id for year in workspace.ask(places.years)}
    home = known.places[sheet["division"]["code"]]
    for year in sheet["years"]:
        start = year["year"]
        if start not in known.years:
            known.years[start] = workspace.do(places.add_year, start=start).value
        days = {"first_day": year["first_day"], "last_day": year["last_day"]}
        workspace.do(places.set_calendar, home, known.years[start], **days)
        for off in year["days_off"]:
            workspace.do(places.no_school, home, **off)


def _people(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    for person in sorted(sheet["staff"], key=lambda person: person["key"] != known.coach):
        known.people[person["key"]] = workspace.do(
            people.add,
            first_name=person["first"],
            last_name=person["last"],
            place_id=known.places[person["place"]],
            position=person["position"],
            email=person["email"],
            expertise=tuple(person["expertise"]),
        ).value
        if person["key"] == known.coach:
            workspace.do(places.set_me, known.people[known.coach])


# Files ----------------------------------------------------------------------------------------------------------------------


def exports() -> tuple[Path, ...]:
    """The sample's exports, rosters first: the other files are about students whom these name."""
    found = paths.resource("sample", "exports").glob("*.csv")
    return tuple(sorted(found, key=lambda path: (not path.name.startswith("students"), path.name)))


def _exports(workspace: Workspace, progress: Progress) -> None:
    from mtss_desktop.usecases import imports

    for path in exports():
        plan = workspace.ask(imports.plan, str(path), progress=progress)
        workspace.do(imports.apply, plan, progress=progress)


# Teams ----------------------------------------------------------------------------------------------------------------------


def _teams(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    for team in sheet["teams"]:
        team_id = workspace.do(
            teams.add,
            known.places[team["place"]],
            name=team["name"],
            short_name=team["short"],
            tier=team["tier"],
            started_on=team["starts"],
        ).value
        known.teams[team["key"]] = team_id
        for year in team["years"]:
            year_id = known.years[year["year"]]
            workspace.do(teams.describe, team_id, year_id, year=_team_year(team_id, year_id, year))
        for member in team["members"]:
            workspace.do(
                teams.add_member,
                team_id,
                known.people[member["person"]],
                role=member["role"],
                backup=member["is_backup"],
                brings=member.get("brings", ""),
                started_on=member["since"],
            )
    for link in sheet["links"]:
        _link(workspace, link, known)
    for each in sheet["initiatives"]:
        workspace.do(
            initiatives.add,
            known.places[each["place"]],
            name=each["name"],
            purpose=each["purpose"],
            evidence=each["evidence"],
            measure=each["measure"],
            started_on=each["starts"],
            team_ids=tuple(known.teams[team] for team in each["teams"]),
        )


def _team_year(team_id: TeamId, year_id: SchoolYearId, year: Sheet) -> TeamYear:
    words = (
        "purpose",
        "outcome_measure",
        "target_group",
        "authority",
        "decision_rules",
        "linked_goal",
        "norms",
        "room",
    )
    return TeamYear(
        team_id=team_id,
        year_id=year_id,
        data_reviewed=tuple(DataReviewed(**each) for each in year["data_reviewed"]),
        rhythm=Rhythm(year["rhythm"]) if "rhythm" in year else None,
        weeks_of_month=tuple(year["weeks_of_month"]),
        weekday=year["weekday"],
        starts_at=year["start"],
        ends_at=year["end"],
        status=TeamStatus(year["status"]),
        **{name: year.get(name, "") for name in words},
    )


def _link(workspace: Workspace, link: Sheet, known: Known) -> None:
    workspace.do(
        teams.add_link,
        known.teams[link["from"]],
        what=link["what"],
        to_team_id=known.teams.get(link.get("to", "")),
        audience=link.get("audience", ""),
        how=link["how"],
        how_often=link["how_often"],
        person_id=known.people[link["who"]],
        answer_within_days=link.get("response_days"),
        waiting_since=link.get("waiting_since"),
        waiting_for=link.get("waiting_for", ""),
    )


# Problems and plans -----------------------------------------------------------------------------------------------------------


def _problem(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    key = _problem_key(sheet)
    parts = ("title", "tag", "what", "where", "when", "who", "why", "how_often")
    problem_id = workspace.do(
        problems.define,
        known.teams[sheet["team"]],
        baseline=sheet["baseline"]["value"],
        unit=sheet["measure"]["unit"],
        data_source=sheet["measure"]["source"],
        measured_by=_measured_by(sheet["measure"]),
        location_word=sheet["measure"].get("location", ""),
        opened_on=sheet["opened"],
        **{name: sheet[name] for name in parts},
    ).value
    known.problems[key] = problem_id
    if "plan_from" in sheet:
        label, ask = sheet.get("plan_label", ""), sheet.get("ask", "")
        workspace.do(problems.date_plan, problem_id, plan_from=sheet["plan_from"], label=label, question=ask)
    known.solutions[key] = [_solution(workspace, problem_id, each, known) for each in sheet["solutions"]]
    goal = sheet["goal"]
    workspace.do(
        problems.set_goal,
        problem_id,
        metric=goal["metric"],
        unit=sheet["measure"]["unit"],
        baseline=goal["baseline"],
        target=goal["target"],
        direction=Direction(goal["direction"]),
        started_on=sheet["opened"],
        due_on=goal["due"],
    )


def _measured_by(measure: Sheet) -> MeasuredBy:
    if measure["source"] == "attendance":
        return MeasuredBy.TARDIES if measure.get("flag") == "tardy" else MeasuredBy.ABSENCES
    return {"incidents": MeasuredBy.REFERRALS, "screening": MeasuredBy.SCREENING}.get(
        measure["source"], MeasuredBy.TEAM
    )


def _problem_key(sheet: Sheet) -> str:
    return f"{sheet['team']}/{sheet['tag']}"


def _solution(workspace: Workspace, problem_id: ProblemId, sheet: Sheet, known: Known) -> SolutionId:
    return workspace.do(
        problems.add_solution,
        problem_id,
        kind=SolutionKind(sheet["kind"]),
        text=sheet["text"],
        person_id=known.people[sheet["who"]],
        by_when=sheet["by"],
        started_on=sheet.get("starts"),
        fidelity_measure=sheet["fidelity_measure"],
        outcome_measure=sheet["outcome_measure"],
    ).value


def _reviews(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    key = _problem_key(sheet)
    for each in sheet["reviews"]:
        meeting_id = known.meetings[sheet["team"], each["meeting"]]
        # First, since the problem starts from the lowest of its solutions; then the team says its own mark.
        for solution_id, fidelity in zip(known.solutions[key], each["solution_fidelity"], strict=False):
            workspace.do(problems.set_fidelity, solution_id, meeting_id, fidelity=Fidelity(fidelity))
        workspace.do(
            problems.review,
            known.problems[key],
            meeting_id,
            fidelity=Fidelity(each["fidelity"]),
            effect=Effect(each["effect"]),
            level=each["level"],
            level_days=each.get("days"),
            next_step=NextStep(each["next_step"]),
            note=each["note"],
        )
    if "closed" in sheet:
        workspace.do(problems.close, known.problems[key], on=sheet["closed"])


def _action(workspace: Workspace, sheet: Sheet, known: Known) -> None:
    parent = known.problems.get(sheet.get("problem", ""), ProblemId(""))
    action_id = workspace.do(
        actions.add,
        known.teams[sheet["team"]],
        text=sheet["what"],
        owner_id=known.people[sheet["owner"]],
        due_on=sheet["due"],
        started_on=sheet["made"],
        priority=Priority(sheet["priority"]),
        parent_topic="problems" if parent else "",
        parent_id=parent,
    ).value
    if "done" in sheet:
        workspace.do(actions.mark_done, action_id, on=sheet["done"])


# Meetings -----------------------------------------------------------------------------------------------------------------------


def _meetings(workspace: Workspace, found: list[Sheet], known: Known, zone: ZoneInfo, progress: Progress) -> None:
    """In the order of their days; a moved meeting makes the one it was moved to."""
    opened: dict[tuple[str, date], list[ProblemId]] = {}
    for problem in found:
        opened.setdefault((problem["team"], problem["opened"]), []).append(known.problems[_problem_key(problem)])
    all_of_them = list(_all_meetings())
    for number, sheet in enumerate(all_of_them):
        progress.step("Meetings", number, len(all_of_them), "meetings")
        _meeting(workspace, sheet, tuple(opened.get((sheet["team"], sheet["day"]), ())), known, zone)


def _all_meetings() -> Iterator[Sheet]:
    found = [meeting for year in ("2024", "2025") for meeting in sheet(f"meetings_{year}")["meetings"]]
    yield from sorted(found, key=lambda meeting: (meeting["day"], meeting["start"]))


def _meeting(workspace: Workspace, sheet: Sheet, opened: tuple[ProblemId, ...], known: Known, zone: ZoneInfo) -> None:
    key = (sheet["team"], sheet["day"])
    state = sheet["state"]
    agenda = tuple(_agenda_entry(each, known) for each in sheet.get("agenda", ()))
    if key not in known.meetings:
        known.meetings[key] = _plan(workspace, sheet, agenda if state == "planned" else (), known)
    meeting_id = known.meetings[key]
    match state:
        case "canceled":
            workspace.do(meetings.cancel, meeting_id, reason=sheet["reason"])
        case "moved":
            known.meetings[sheet["team"], sheet["moved_to"]] = workspace.do(
                meetings.move, meeting_id, day=sheet["moved_to"], reason=sheet["reason"]
            ).value
        case "held":
            _held(workspace, meeting_id, sheet, agenda, opened, known)
            _closed_out(workspace, meeting_id, sheet, zone)


def _plan(workspace: Workspace, sheet: Sheet, agenda: tuple[AgendaEntry, ...], known: Known) -> MeetingId:
    return workspace.do(
        meetings.plan,
        known.teams[sheet["team"]],
        day=sheet["day"],
        starts_at=sheet["start"],
        ends_at=sheet["end"],
        place=sheet["room"],
        agenda=agenda,
    ).value


def _held(
    workspace: Workspace,
    meeting_id: MeetingId,
    sheet: Sheet,
    agenda: tuple[AgendaEntry, ...],
    opened: tuple[ProblemId, ...],
    known: Known,
) -> None:
    there = [*sheet["present"], *([known.coach] if sheet["coach_present"] else [])]
    workspace.do(
        meetings.record,
        meeting_id,
        started_at=sheet.get("actual_start"),
        ended_at=sheet.get("actual_end"),
        present=tuple(known.people[key] for key in there),
        agenda=agenda,
        lines=tuple(_line_entry(each, known) for each in sheet.get("lines", ())),
        opened=opened,
    )


def _closed_out(workspace: Workspace, meeting_id: MeetingId, sheet: Sheet, zone: ZoneInfo) -> None:
    if "rating" in sheet:
        answers = {name: Answer(answer) for name, answer in sheet["rating"].items()}
        workspace.do(meetings.rate, meeting_id, **answers)
    if "minutes_sent" in sheet:
        left: datetime = sheet["minutes_sent"].replace(tzinfo=zone)
        workspace.do(meetings.minutes_sent, meeting_id, at=left.astimezone(UTC))


def _agenda_entry(sheet: Sheet, known: Known) -> AgendaEntry:
    return AgendaEntry(
        sheet["title"],
        sheet["minutes"],
        known.people[sheet["lead"]],
        WeWill(sheet["kind"]),
        known.problems[sheet["problem"]] if "problem" in sheet else None,
        sheet.get("minutes_used"),
    )


def _line_entry(sheet: Sheet, known: Known) -> LineEntry:
    action = _action_entry(sheet, known) if sheet["kind"] == "action" else None
    return LineEntry(
        sheet["text"],
        LineKind(sheet["kind"]),
        sheet.get("item", 0),
        sheet.get("at"),
        action=action,
    )


def _action_entry(sheet: Sheet, known: Known) -> ActionEntry:
    return ActionEntry(
        sheet["what"],
        known.people[sheet["owner"]],
        sheet["due"],
        Priority(sheet["priority"]),
        known.problems[sheet["problem"]] if "problem" in sheet else None,
        sheet.get("done"),
    )
