"""A small invented division with teams, for windows in tests and pictures."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store import database
from mtss_desktop.store.location import at
from mtss_desktop.store.typing import TypingFile
from mtss_desktop.usecases import people, places, teams
from mtss_desktop.usecases.places import NewSchool
from mtss_desktop.usecases.teams import TeamFact

TODAY = date(2026, 11, 17)
SCHOOLS = (
    NewSchool("Piney Ridge Elementary", "K–5", short_name="Piney Ridge"),
    NewSchool("Holcomb Middle", "6–8", short_name="Holcomb"),
    NewSchool("Ashby County High", "9–12", short_name="Ashby High"),
)
STAFF = (
    *("Tamika Greene", "Hannah Cole", "Thu Nguyễn", "José Ortega", "Owen Pratt", "Marcus Bell", "Elena Ruiz"),
    *("Carla Mendes", "Zoë Lambert", "Łukasz Żak", "Priya Raman", "Grace Whitfield", "Sam O’Neill"),
)
TEAMS = (
    ("", "Division leadership", 0, 9),
    ("Piney Ridge Elementary", "School leadership", 0, 7),
    ("Piney Ridge Elementary", "Tier 1 team", 1, 8),
    ("Piney Ridge Elementary", "Tier 2 team", 2, 5),
    ("Piney Ridge Elementary", "Attendance team", 1, 4),
    ("Holcomb Middle", "School leadership", 0, 7),
    ("Holcomb Middle", "Tier 1 team", 1, 0),
    ("Holcomb Middle", "School climate", 1, 7),
    ("Holcomb Middle", "Tier 2 team", 2, 6),
    ("Holcomb Middle", "Tier 3 team", 3, 6),
    ("Ashby County High", "School leadership", 0, 8),
    ("Ashby County High", "Tier 1 team", 1, 7),
)
FACTS = {
    TeamFact.PURPOSE: "Every student knows, practices and is noticed for the three school expectations.",
    TeamFact.OUTCOME_MEASURE: "Referrals per school day: 5.8 in November, goal 4.5 by 6/1/2027",
    TeamFact.TARGET_GROUP: "All students, grades 6–8",
    TeamFact.MEETS: "3rd Tuesday, 2:45–3:45 PM, Room 114",
    TeamFact.DATA: "monthly: Referrals, tardies, TFI Tier 1",
    TeamFact.DECISION_RULES: "2 months above last year: define the problem",
    TeamFact.AUTHORITY: "Decides within the school plan",
    TeamFact.LINKED_GOAL: "School plan 2.1",
    TeamFact.NORMS: "Start with a success. Data before opinions. Silence is not consent. Phones face down.",
}
ROLES = (
    ("facilitator", "Tamika Greene", "Hannah Cole", "Agenda by the Thursday before"),
    ("minute_taker", "Thu Nguyễn", "José Ortega", "Minutes within 24 hours"),
    ("data_analyst", "Owen Pratt", "", "Report on the screen by 2:50"),
    ("timekeeper", "José Ortega", "Thu Nguyễn", ""),
    ("administrator", "Marcus Bell", "Elena Ruiz", "Decides on time and money"),
    ("family", "Carla Mendes", "", ""),
)


@dataclass(frozen=True)
class Town:
    """``team`` is the one with all its facts: Tier 1 of Holcomb Middle."""

    file: Path
    team: TeamId


def build(file: Path) -> Town:
    database.create(file, None)
    with Workspace(database.open_database(file)) as workspace:
        workspace.do(places.set_up, division="Ashby County Public Schools", first_year=2026, schools=SCHOOLS)
        workspace.do(places.stay_on, day=TODAY)
        found = {place.name: place.id for place in workspace.ask(places.places)}
        division = workspace.ask(places.places)[0].id
        for name in STAFF:
            first, _, last = name.partition(" ")
            workspace.do(people.add, first_name=first, last_name=last, place_id=found["Holcomb Middle"])
        added = {}
        for place, name, tier, members in TEAMS:
            where = found.get(place, division)
            team = workspace.do(
                teams.add, where, name=name, tier=tier, members=STAFF[:members], started_on=date(2024, 8, 1)
            )
            added[place, name] = team.value
        full = added["Holcomb Middle", "Tier 1 team"]
        _fill(workspace, full, added)
    return Town(file, full)


def _fill(workspace: Workspace, team: TeamId, added: dict[tuple[str, str], TeamId]) -> None:
    for fact, text in FACTS.items():
        workspace.do(teams.write_fact, team, fact=fact, text=text)
    for role, primary, backup, brings in ROLES:
        workspace.do(teams.name_role, team, role=role, name=primary)
        if backup:
            workspace.do(teams.name_role, team, role=role, name=backup, backup=True)
        if brings:
            card = workspace.ask(teams.card, team)
            member = next(each for each in card.members if each.role == role and not each.backup)
            workspace.do(teams.set_brings, member.id, brings=brings)
    workspace.do(teams.add_named, team, names=("Zoë Lambert",))
    leadership = added["Holcomb Middle", "School leadership"]
    link = workspace.do(
        *(teams.add_link, team),
        to_team_id=leadership,
        what="barriers and wins",
        how_often="monthly",
        answer_within_days=10,
    ).value
    workspace.do(teams.ask_through, link, waiting_for="who covers stair B?", since=date(2026, 10, 14))
    workspace.do(teams.add_link, added["Holcomb Middle", "School climate"], to_team_id=team, what="")


def open_copy(town: Town, folder: Path, name: str = "ashby-county.mtss") -> Workspace:
    """A workspace on a copy, with its typing file."""
    file = folder / name
    shutil.copyfile(town.file, file)
    location = at(file)
    return Workspace(database.open_database(location), typing=TypingFile(location))


def empty_workspace(folder: Path) -> Workspace:
    """A division with its schools and no team."""
    file = folder / "new.mtss"
    database.create(file, None)
    location = at(file)
    workspace = Workspace(database.open_database(location), typing=TypingFile(location))
    workspace.do(places.set_up, division="Ashby County Public Schools", first_year=2026, schools=SCHOOLS)
    workspace.do(places.stay_on, day=TODAY)
    return workspace
