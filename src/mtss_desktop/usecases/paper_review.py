"""The data review's facts: the newest screening window of a school, a page for each measure."""

from __future__ import annotations

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import said, school_year
from mtss_desktop.documents import data_review as review
from mtss_desktop.documents.blocks import Document
from mtss_desktop.domain.people import Organization
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import data_screening
from mtss_desktop.usecases.data_screening import ScreeningPage
from mtss_desktop.usecases.paper_common import division, printed, schools
from mtss_desktop.usecases.places import year_of


def document(work: Work, *, school_id: str | None) -> Document:
    """Of the school asked for, else of the first that has a screening. Raises ``UserError`` where there is none."""
    year = year_of(work, work.today()).start
    for place in schools(work):
        if school_id in (None, work.home_id, place.id):
            pages = data_screening.pages(work, place, year)
            if pages:
                return review.document(_facts(work, place, pages, year))
    raise UserError("No screening of this school year has been brought in.", "Import the file of a screening first.")


def _facts(work: Work, place: Organization, pages: tuple[ScreeningPage, ...], year: int) -> review.DataReviewFacts:
    return review.DataReviewFacts(
        division=division(work).name,
        place=place.name,
        pages=tuple(_page(page) for page in pages),
        printed=printed(work, counts.sources(work, "screening_count", place.key, year)),
        readers=said("the school's teams"),
    )


def _page(page: ScreeningPage) -> review.ReviewPage:
    year, window = page.window
    return review.ReviewPage(
        measure=page.measure,
        window=said("{window} {year}", window=window.lower(), year=school_year(year)),
        facts=page.facts,
        base=tuple((name, value) for name, value, _ in page.base),
        moved=page.moved.sentence if page.moved is not None else "",
    )
