"""Staff, family and community members: who they are and where they work. Never students."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.people import OrganizationId, Person, PersonId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name, clean_text
from mtss_desktop.usecases.use_case import question, use_case


@dataclass(frozen=True)
class PersonLine:
    """One person as lists and name completion show them."""

    id: PersonId
    name: str
    list_name: str
    position: str
    email: str
    place_id: str
    place: str
    left_on: date | None


@use_case("Add person")
def add(
    work: Work,
    *,
    last_name: str,
    first_name: str = "",
    place_id: OrganizationId | None = None,
    position: str = "",
    email: str = "",
    expertise: tuple[str, ...] = (),
    started_on: date | None = None,
) -> PersonId:
    """Someone who works at a place (the division unless named) or belongs to its families or community."""
    person = Person(
        organization_id=place_id or work.home_id,
        first_name=clean_text(first_name),
        last_name=clean_name(last_name, "the person"),
        position=clean_text(position),
        email=clean_email(email),
        expertise=tuple(clean_text(each) for each in expertise if each.strip()),
        started_on=started_on,
    )
    return work.people.add(person).id


@use_case("Change person")
def change(
    work: Work, person_id: PersonId, *, first_name: str, last_name: str, position: str = "", email: str = ""
) -> None:
    """Name, position and mail address."""
    work.people.save(
        replace(
            work.people.get(person_id),
            first_name=clean_text(first_name),
            last_name=clean_name(last_name, "the person"),
            position=clean_text(position),
            email=clean_email(email),
        )
    )


@use_case("Person left")
def leave(work: Work, person_id: PersonId, *, on: date | None = None) -> None:
    """Ends the person's time here and every membership that is still open; history keeps both."""
    day = on or work.today()
    work.people.save(replace(work.people.get(person_id), left_on=day))
    for member in work.memberships.list(person_id=person_id, ended_on=None):
        work.memberships.save(replace(member, ended_on=day))


@use_case("Person is back")
def come_back(work: Work, person_id: PersonId) -> None:
    """The person works here again; memberships are given anew."""
    work.people.save(replace(work.people.get(person_id), left_on=None))


@question("People")
def everyone(work: Work, *, with_former: bool = False) -> tuple[PersonLine, ...]:
    """All people by last name; those who left only when asked for."""
    places: dict[str, str] = {place.id: place.short_name or place.name for place in work.organizations.list()}
    found = work.people.list(order=("last_name_folded", "first_name_folded"))
    return tuple(
        PersonLine(
            person.id,
            person.name,
            person.list_name,
            person.position,
            person.email,
            person.organization_id,
            places.get(person.organization_id, ""),
            person.left_on,
        )
        for person in found
        if with_former or person.left_on is None
    )


def clean_email(email: str) -> str:
    """Raises ``UserError`` for what no mail program would take."""
    cleaned = email.strip()
    if cleaned and ("@" not in cleaned.strip("@") or any(letter.isspace() for letter in cleaned)):
        raise UserError(f"“{cleaned}” is no mail address.", "An address reads like name@school.org.")
    return cleaned


@use_case("Say my name", kind="told", undoable=False)
def i_am(work: Work, *, name: str) -> PersonId:
    """Who uses this database: the person of that name, someone new of the division where nobody has it.

    Visits are counted from the meetings this person was at, and papers say who prepared them.
    """
    try:
        person = by_typed_name(work, name, work.home_id)
    except UserError as error:  # here is no list to choose from
        hint = "Type your middle name or initial, too." if "are called" in error.message else error.hint
        raise UserError(error.message, hint) from None
    work.tell_about("me", person.id)
    work.touch(Topic.PEOPLE, person.id)  # visits count anew wherever they stand
    return person.id


def by_typed_name(work: Work, typed: str, place_id: str) -> Person:
    """The person of that name, "First Last" or "Last, First"; someone new of that place where nobody has it.

    Raises ``UserError`` when several people share the name.
    """
    name = clean_name(typed, "the person")
    last, comma, first = name.partition(",")
    wanted = fold(f"{first} {last}" if comma else name)
    same = [person for person in work.people.list(left_on=None) if fold(person.name) == wanted]
    near = [person for person in same if person.organization_id == place_id]
    if len(near) == 1 or len(same) == 1:
        return near[0] if near else same[0]
    if same:
        raise UserError(f"{len(same)} people are called {same[0].name}.", "Choose one from the list.")
    if comma:
        return work.people.add(Person(organization_id=place_id, first_name=first.strip(), last_name=last.strip()))
    first, _, last = name.rpartition(" ")
    return work.people.add(Person(organization_id=place_id, first_name=first, last_name=last))
