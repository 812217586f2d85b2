"""The division, its schools, school years and calendars, and the rules of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.people import (
    FIRST_YEAR,
    LAST_YEAR,
    Calendar,
    DayWithoutSchool,
    Organization,
    OrganizationId,
    OrganizationKind,
    Person,
    PersonId,
    SchoolYear,
    SchoolYearId,
    school_days,
    school_year_of,
    shortened,
)
from mtss_desktop.domain.records import Permission
from mtss_desktop.domain.rules import Rules
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name, clean_text, in_order
from mtss_desktop.usecases.use_case import question, use_case


@dataclass(frozen=True)
class NewSchool:
    """A school as typed at the start: name, grade span ("K–5"), its codes in files."""

    name: str
    grades: str = ""
    code: str = ""
    state_code: str = ""
    short_name: str = ""


@dataclass(frozen=True)
class Place:
    """A place with the names of what it belongs to, for lists and filters."""

    id: OrganizationId
    key: int
    kind: OrganizationKind
    name: str
    short_name: str
    grades: str


# Setting up ------------------------------------------------------------------------------------------------------------


@use_case("Set up the database", needs=Permission.COORDINATOR, kind="start", undoable=False)
def set_up(
    work: Work,
    *,
    division: str,
    first_year: int,
    schools: tuple[NewSchool, ...] = (),
    code: str = "",
    state_code: str = "",
    short_name: str = "",
    labels: str = "virginia",
) -> OrganizationId:
    """The first step of every database: its division, first school year and schools. Only once."""
    if work.home_id:
        raise UserError("This database is already set up.", "Add schools in the Schools room.")
    _must_be_a_year(first_year)
    home = work.organizations.add(
        Organization(
            key=1,
            kind=OrganizationKind.DIVISION,
            name=clean_name(division, "the division"),
            short_name=short_name,
            code=code,
            state_code=state_code,
        )
    )
    work.tell_about("home", home.id)
    work.change_rules(name=home.name, label_preset=labels)
    work.school_years.add(SchoolYear(organization_id=home.id, start=first_year))
    for school in schools:
        _add_school(work, school)
    return home.id


@use_case("Add school")
def add_school(
    work: Work, *, name: str, grades: str = "", code: str = "", state_code: str = "", short_name: str = ""
) -> OrganizationId:
    """A school of the division. A name or code that is there already is refused."""
    return _add_school(work, NewSchool(name, grades, code, state_code, short_name))


def _add_school(work: Work, school: NewSchool) -> OrganizationId:
    name = clean_name(school.name, "the school")
    there = work.organizations.list()
    if any(place.name.casefold() == name.casefold() for place in there):
        raise UserError(f"There is already a place called “{name}”.", "Give this one another name.")
    added = work.organizations.add(
        Organization(
            key=max((place.key for place in there), default=0) + 1,
            name=name,
            short_name=clean_text(school.short_name) or shortened(name, (place.name for place in there)),
            grades=clean_text(school.grades),
            code=clean_text(school.code),
            state_code=clean_text(school.state_code),
            parent_id=OrganizationId(work.home_id),
        )
    )
    _part_from(work, name, there)
    return added.id


def _part_from(work: Work, name: str, others: Sequence[Organization]) -> None:
    """Schools whose shortened name would now be read as another's get the word back that parts them."""
    names = [other.name for other in others]
    for school in others:
        apart = [other for other in names if other != school.name]
        if school.parent_id and school.short_name == shortened(school.name, apart):
            longer = shortened(school.name, (*apart, name))
            if longer != school.short_name:
                work.organizations.save(replace(school, short_name=longer))


@use_case("Change school")
def change_school(
    work: Work, school_id: OrganizationId, *, name: str, short_name: str = "", grades: str = "", code: str = ""
) -> None:
    """Its name, short name, grade span and code in files."""
    school = work.organizations.get(school_id)
    others = [place.name for place in work.organizations.list() if place.id != school_id]
    work.organizations.save(
        replace(
            school,
            name=clean_name(name, "the school"),
            short_name=clean_text(short_name) or shortened(name, others),
            grades=clean_text(grades),
            code=clean_text(code),
        )
    )


@use_case("Add school year")
def add_year(work: Work, *, start: int) -> SchoolYearId:
    """``start`` is the calendar year it begins in. Teams are carried over by their own use case."""
    _must_be_a_year(start)
    if work.school_years.first(start=start):
        raise UserError(f"The school year {start}–{(start + 1) % 100:02} is already there.")
    return work.school_years.add(SchoolYear(organization_id=work.home_id, start=start)).id


def _must_be_a_year(start: int) -> None:
    if not FIRST_YEAR <= start <= LAST_YEAR:
        raise UserError(f"{start} is no school year.", "Type the year it begins in, for example 2026.")


@use_case("Set calendar")
def set_calendar(
    work: Work, place_id: OrganizationId, year_id: SchoolYearId, *, first_day: date, last_day: date
) -> None:
    """First and last day of school of a place in a year."""
    in_order(first_day, last_day, "The last day of school is before the first.")
    if (last_day - first_day).days > 400:
        raise UserError("A school year has less than 400 days.", "Check both dates.")
    found = work.calendars.first(organization_id=place_id, year_id=year_id)
    calendar = Calendar(organization_id=place_id, year_id=year_id, first_day=first_day, last_day=last_day)
    if found is None:
        work.calendars.add(calendar)
    else:
        work.calendars.save(replace(found, first_day=first_day, last_day=last_day))


@use_case("No school")
def no_school(work: Work, place_id: OrganizationId, *, first: date, last: date | None = None, reason: str = "") -> None:
    """One day or a span without school at a place and the schools below it. Weekends and days already marked are passed over."""
    end = last or first
    in_order(first, end, "The last day is before the first.")
    year = year_of(work, first)
    marked = {each.day for each in work.days_without_school.list(organization_id=place_id, year_id=year.id)}
    for day in school_days(first, end, marked):
        work.days_without_school.add(
            DayWithoutSchool(organization_id=place_id, year_id=year.id, day=day, reason=clean_text(reason))
        )


@use_case("School after all")
def school_after_all(work: Work, place_id: OrganizationId, *, day: date) -> None:
    """Takes a day without school back."""
    for each in work.days_without_school.list(organization_id=place_id, day=day):
        work.days_without_school.remove(each.id)


@use_case("Say who I am", undoable=False)
def set_me(work: Work, person_id: PersonId) -> None:
    """Which person uses this database; steps and undo are theirs from now on."""
    person = work.people.get(person_id)
    work.tell_about("me", person.id)


# Rules -----------------------------------------------------------------------------------------------------------------


@use_case("Change rules", needs=Permission.COORDINATOR)
def change_rules(
    work: Work,
    *,
    smallest_cell: int | None = None,
    label_preset: str | None = None,
    paper: str | None = None,
    quorum_percent: int | None = None,
    near_points: int | None = None,
) -> None:
    """Decisions of the place: the smallest group that may be shown in public, its words, its paper."""
    if smallest_cell is not None and not 5 <= smallest_cell <= 30:
        raise UserError("The smallest group shown in public is between 5 and 30.")
    if quorum_percent is not None and not 1 <= quorum_percent <= 100:
        raise UserError("A quorum is between 1 and 100 percent.")
    given = {
        "smallest_cell": smallest_cell,
        "label_preset": label_preset,
        "paper": paper,
        "quorum_percent": quorum_percent,
        "near_points": near_points,
    }
    work.change_rules(**{name: value for name, value in given.items() if value is not None})


@use_case("Set how much of a student is kept", needs=Permission.COORDINATOR, kind="mode", undoable=False)
def set_mode(work: Work, *, mode: Mode) -> None:
    """How much of a student this database keeps, while it holds none yet; after that it only becomes stricter by importing so."""
    if work.rules.mode is not None and mode.looseness > work.rules.mode.looseness:
        raise UserError("A file made for less stays so.", "For names make another file.")
    work.change_rules(mode=mode.value)


@use_case("Stay on one day", needs=Permission.COORDINATOR)
def stay_on(work: Work, *, day: date) -> None:
    """Keeps the database on its own day, so that a sample never ages."""
    work.change_rules(fixed_day=day.isoformat())


# Questions ---------------------------------------------------------------------------------------------------------------


@question("Places")
def places(work: Work) -> tuple[Place, ...]:
    """The division first, then its schools by name."""
    found = work.organizations.list(closed_on=None, order=("name_folded",))
    ordered = sorted(found, key=lambda place: place.kind is not OrganizationKind.DIVISION)
    return tuple(
        Place(place.id, place.key, place.kind, place.name, place.short_name or place.name, place.grades)
        for place in ordered
    )


@question("School years")
def years(work: Work) -> tuple[SchoolYear, ...]:
    """Newest first."""
    return tuple(reversed(work.school_years.list(order=("start",))))


@question("This school year")
def this_year(work: Work) -> SchoolYear:
    """The year of today, else the newest there is."""
    return year_of(work, work.today())


@question("School days")
def days_of_school(work: Work, place_id: OrganizationId, year_id: SchoolYearId) -> tuple[date, ...]:
    """Every day of school at a place in a year; empty where no calendar is known."""
    return calendar_days(work, place_id, year_id)


@question("Rules")
def rules(work: Work) -> Rules:
    """What this place has decided, with the defaults for the rest."""
    return work.rules


@question("Me")
def me(work: Work) -> Person | None:
    """The person who uses this database, nobody before that is known."""
    return work.people.find(work.me) if work.me else None


@question("Today's date")
def today(work: Work) -> date:
    """The local day, or the sample's own."""
    return work.today()


def year_of(work: Work, day: date) -> SchoolYear:
    """The school year of a day, else the newest there is. Raises ``UserError`` where there is none."""
    found = work.school_years.list(order=("start",))
    if not found:
        raise UserError("There is no school year yet.", "Add the school year first.")
    return next((year for year in found if year.start == school_year_of(day)), found[-1])


def calendar_days(work: Work, place_id: str, year_id: str) -> tuple[date, ...]:
    """A school's own calendar or its division's, less the days without school of both."""
    tree: Sequence[str] = (place_id, work.home_id)
    calendar = next(
        filter(None, (work.calendars.first(organization_id=place, year_id=year_id) for place in tree)), None
    )
    if calendar is None:
        return ()
    off = work.days_without_school.list(organization_id=tuple(set(tree)), year_id=year_id)
    return school_days(calendar.first_day, calendar.last_day, (each.day for each in off))
