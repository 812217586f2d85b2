"""The working-smarter matrix: all teams of a place read at once, and many cells written in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.people import OrganizationId, SchoolYearId
from mtss_desktop.domain.team_division import TeamOnGrid
from mtss_desktop.domain.team_matrix import (
    COUNTED,
    CellTrouble,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    NewRow,
    TypedCell,
    parse_decision,
    parse_tier,
)
from mtss_desktop.domain.team_roles import names_in
from mtss_desktop.domain.team_words import data_text, parse_data, parse_pattern, pattern_of, pattern_text
from mtss_desktop.domain.teams import Membership, Team, TeamId, TeamYear, members_on, staff_hours_a_month
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import teams
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.places import year_of
from mtss_desktop.usecases.use_case import question, use_case

T = TypeVar("T")


@question("Working-smarter matrix")
def grid(work: Work, *, place_id: str = "", year_id: SchoolYearId | None = None) -> Matrix:
    """Every working team of a place (all places unless named) in a school year, this one unless named."""
    year = work.school_years.get(year_id) if year_id else year_of(work, work.today())
    years: dict[str, TeamYear] = {each.team_id: each for each in work.team_years.list(year_id=year.id)}
    members: dict[str, list[Membership]] = {}
    for member in members_on(work.memberships.list(), work.today()):
        members.setdefault(member.team_id, []).append(member)
    places = {place.id: place for place in work.organizations.list()}
    where = {"organization_id": place_id} if place_id else {}
    found = work.teams.list(ended_on=None, order=("tier", "name_folded"), **where)
    ordered = sorted(
        found,
        key=lambda team: (team.organization_id != work.home_id, places[OrganizationId(team.organization_id)].name),
    )
    rows = []
    for team in ordered:
        place = places[OrganizationId(team.organization_id)]
        on_grid = TeamOnGrid(team, years.get(team.id), tuple(members.get(team.id, ())))
        rows.append(_row(on_grid, place.short_name or place.name))
    people = {person for row in rows for person in row.people}
    shown = work.organizations.get(place_id).name if place_id else ""
    total = sum(row.hours or 0.0 for row in rows)
    return Matrix(SchoolYearId(year.id), year.start, place_id, shown, tuple(rows), len(people), total)


def _row(each: TeamOnGrid, place: str) -> MatrixRow:
    team, year = each.team, each.year or TeamYear(team_id=each.team.id, year_id=SchoolYearId(""))
    hours = staff_hours_a_month(year, len(each.people))
    cells = tuple(MatrixCell(column, _text(team, year, column, len(each.people), hours)) for column in MatrixColumn)
    return MatrixRow(
        team.id, OrganizationId(team.organization_id), place, team.tier, cells, tuple(sorted(each.people)), hours
    )


def _text(team: Team, year: TeamYear, column: MatrixColumn, people: int, hours: float | None) -> str:
    match column:
        case MatrixColumn.NAME:
            return team.name
        case MatrixColumn.TIER:
            return f"Tier {team.tier}" if team.tier else ""
        case MatrixColumn.STAFF:
            return str(people)
        case MatrixColumn.HOURS:
            return "" if hours is None else f"{hours:.1f}"
        case MatrixColumn.MEETS:
            return pattern_text(pattern_of(year), ENGLISH)
        case MatrixColumn.DATA:
            return data_text(year.data_reviewed)
        case MatrixColumn.DECISION:
            return year.status.value.capitalize()
    return str(getattr(year, column.value))


@use_case("Change cells")
def write(
    work: Work,
    *,
    cells: tuple[TypedCell, ...] = (),
    new_rows: tuple[NewRow, ...] = (),
    year_id: SchoolYearId | None = None,
    pasted: bool = False,
) -> tuple[CellTrouble, ...]:
    """Writes all cells that fit, and adds a team for each new row with a name, in one step. Names under Staff join the team.

    Returns the cells that do not fit, with the reason; nothing of them is written and nothing of them is lost by the caller.
    """
    if len(cells) == 1 and not new_rows:
        work.merge_with(f"{cells[0].team_id}:{cells[0].column}")
    if pasted:
        rows = len({cell.team_id for cell in cells}) + len(new_rows)
        work.relabel("Paste one row" if rows == 1 else f"Paste {rows} rows")
    troubles: list[CellTrouble] = []
    by_team: dict[TeamId, list[TypedCell]] = {}
    for cell in cells:
        by_team.setdefault(cell.team_id, []).append(cell)
    year = work.school_years.get(year_id) if year_id else year_of(work, work.today())
    for team_id, typed in by_team.items():
        troubles += write_team(work, team_id, typed, SchoolYearId(year.id))
    for number, new in enumerate(new_rows):
        troubles += _add_row(work, number, new, SchoolYearId(year.id))
    return tuple(troubles)


def write_team(work: Work, team_id: TeamId, typed: list[TypedCell], year_id: SchoolYearId) -> list[CellTrouble]:
    """Cells of one team; returns those that do not fit."""
    team = work.teams.get(team_id)
    found = work.team_years.first(team_id=team_id, year_id=year_id)
    year = found or TeamYear(organization_id=team.organization_id, team_id=team_id, year_id=year_id)
    people = {
        each.person_id
        for each in members_on(work.memberships.list(team_id=team_id), work.today())
        if each.role != "coach"
    }
    hours = staff_hours_a_month(year, len(people))
    troubles = []
    changed_team, changed_year = team, year
    for cell in typed:
        if cell.column is MatrixColumn.STAFF and any(letter.isalpha() for letter in cell.text):
            troubles += _add_people(work, team_id, cell)
            continue
        now = _text(team, year, cell.column, len(people), hours)
        text = clean_text(cell.text)
        if text == now:
            continue
        try:
            _must_be_seen(cell, now)
            changed_team, changed_year = _with(work, changed_team, changed_year, cell.column, text)
        except UserError as error:
            troubles.append(CellTrouble(team_id, -1, cell.column, cell.text, str(error)))
    if changed_team != team:
        work.teams.save(changed_team)
    if changed_year != year:
        teams.save_year(work, changed_year)
    return troubles


def _add_people(work: Work, team_id: TeamId, cell: TypedCell) -> list[CellTrouble]:
    """Names pasted under Staff join the team; who is on it already is passed over."""
    try:
        teams.add_named(work, team_id, names=names_in(cell.text))
    except UserError as error:
        return [CellTrouble(team_id, -1, cell.column, cell.text, str(error))]
    return []


def _must_be_seen(cell: TypedCell, now: str) -> None:
    """Raises ``UserError`` where the cell holds something else than when typing began."""
    if cell.seen is not None and cell.seen != now:
        raise UserError(f"Someone changed this meanwhile to “{now}”.", "Press Enter twice to write yours.")


def _with(work: Work, team: Team, year: TeamYear, column: MatrixColumn, text: str) -> tuple[Team, TeamYear]:
    """Raises ``UserError`` where the text does not fit the column."""
    if column in COUNTED:
        what = "Staff is" if column is MatrixColumn.STAFF else "Hours are"
        hint = "Names pasted here join the team." if column is MatrixColumn.STAFF else "Change those on the card."
        raise UserError(f"{what} counted from members and meeting times.", hint)
    match column:
        case MatrixColumn.NAME:
            return replace(team, name=teams.free_name(work, team.organization_id, text, team.id)), year
        case MatrixColumn.TIER:
            return replace(
                team, tier=_parsed(parse_tier, text, "This is no tier.", "Type 1, 2 or 3, or nothing.")
            ), year
        case MatrixColumn.MEETS:
            hint = "Type it like: 3rd Tuesday, 2:45-3:45 PM, Room 114."
            return team, replace(year, **vars(_parsed(parse_pattern, text, "This time cannot be.", hint)))
        case MatrixColumn.DATA:
            return team, replace(year, data_reviewed=parse_data(text))
        case MatrixColumn.DECISION:
            status = _parsed(parse_decision, text, "This is no decision.", "Type keep, merge or retire.")
            return team, replace(year, status=status)
    changed: dict[str, Any] = {column.value: text}
    return team, replace(year, **changed)


def _parsed(parse: Callable[[str], T], text: str, trouble: str, hint: str) -> T:
    try:
        return parse(text)
    except ValueError:
        raise UserError(trouble, hint) from None


def _add_row(work: Work, number: int, new: NewRow, year_id: SchoolYearId) -> list[CellTrouble]:
    """A team for a pasted row; a row without a name of its own stays as it is with every cell."""
    texts = {
        cell.column: cell.text for cell in new.cells if cell.text.strip() and cell.column is not MatrixColumn.HOURS
    }
    try:
        team_id = teams.add(work, new.place_id, name=texts.pop(MatrixColumn.NAME, ""))
    except UserError as error:
        return [CellTrouble("", number, cell.column, cell.text, str(error)) for cell in new.cells if cell.text.strip()]
    typed = [TypedCell(team_id, column, text) for column, text in texts.items()]
    return write_team(work, team_id, typed, year_id)
