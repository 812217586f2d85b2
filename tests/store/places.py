"""A division with one school and one year, for tests that need some place to be."""

from __future__ import annotations

from mtss_desktop.domain.people import Organization, OrganizationKind, SchoolYear
from mtss_desktop.store.database import Database
from mtss_desktop.store.work import Step


def division(db: Database) -> str:
    with db.write(Step("Set up", "test.division")) as work:
        home = work.organizations.add(Organization(name="Ashby County", kind=OrganizationKind.DIVISION, key=1))
        work.tell_about("home", home.id)
        school = Organization(name="Holcomb Middle", key=2, parent_id=home.id, code="030")
        work.organizations.add(school)
        work.school_years.add(SchoolYear(organization_id=home.id, start=2025))
    return home.id
