"""Numbers typed by hand: scores and how many students schools have. Each is an import like any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import Facts
from mtss_desktop.domain.files import Import, ImportId, ImportState, Mode
from mtss_desktop.domain.people import OrganizationId, OrganizationKind, school_year_of
from mtss_desktop.store import ledger, recount, roster
from mtss_desktop.store.bulk import next_key
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.import_plans import allowed_mode, known_words
from mtss_desktop.usecases.use_case import use_case

MOST_IN_A_SCHOOL = 20_000


@dataclass(frozen=True)
class HandScore:
    """A score typed by hand. ``student`` is the student's number, ``window`` a word such as Fall or "" for a progress score."""

    student: int
    measure: str
    taken_on: date
    value: float
    window: str = ""


@dataclass(frozen=True)
class SchoolCount:
    """A number of students typed by hand."""

    place_id: OrganizationId
    students: int


# Scores by hand --------------------------------------------------------------------------------------------------------------


@use_case("Type scores", kind="import")
def type_scores(work: Work, scores: tuple[HandScore, ...]) -> ImportId:
    """Scores typed by hand: one import per person and day. Raises ``UserError`` for students or measures that are not known."""
    if allowed_mode(work, None) is Mode.COUNTS:
        raise UserError("This database keeps counts only, so it has no students to give scores to.")
    if not scores:
        raise UserError("There are no scores to keep.", "Type at least one.")
    receipt = _hand_import(work, len(scores))
    facts = _hand_facts(work, scores)
    work.step.import_key = receipt.key
    ledger.write_again(work, receipt.key, facts)
    recount.after_write(work, (facts,))
    return receipt.id


def _hand_import(work: Work, scores: int) -> Import:
    name = f"by hand {work.today().isoformat()}"
    mine = work.imports.first(kind="hand", file_name=name, made_by=work.me, state=ImportState.APPLIED)
    if mine is not None:
        return work.imports.save(replace(mine, rows=mine.rows + scores, new=mine.new + scores))
    key = next_key(work, "import")
    mode = allowed_mode(work, None)
    made = Import(
        organization_id=work.home_id, key=key, kind="hand", file_name=name, mode=mode, rows=scores, new=scores
    )
    return work.imports.add(replace(made, applied_at=work.now(), profile="by hand", profile_version="1"))


def _hand_facts(work: Work, scores: tuple[HandScore, ...]) -> Facts:
    words = known_words(work)
    students = {row.number: row.key for row in roster.known_students(work)}
    for score in scores:
        if score.student not in students:
            raise UserError(f"There is no Student {score.student:04}.")
        if fold(score.measure) not in words["measure"]:
            raise UserError(f"There is no measure “{score.measure}”.")
        if score.window and fold(score.window) not in words["window"]:
            raise UserError(f"There is no season “{score.window}”.")
        if score.taken_on > work.today():
            raise UserError("This date has not come yet.", "Type the day of the test.")
    return ledger.hand_facts(
        [
            (
                students[s.student],
                words["measure"][fold(s.measure)],
                s.taken_on,
                s.value,
                words["window"].get(fold(s.window), 0),
            )
            for s in scores
        ]
    )


# Numbers of students by hand -------------------------------------------------------------------------------------------------


@use_case("Type enrollment", kind="import")
def type_enrollment(work: Work, schools: tuple[SchoolCount, ...]) -> ImportId:
    """How many students schools have today, typed by hand. A roster of the same school and year replaces it."""
    if not schools:
        raise UserError("There are no numbers to keep.", "Type at least one.")
    if any(not 1 <= each.students <= MOST_IN_A_SCHOOL for each in schools):
        raise UserError(f"A school has between 1 and {MOST_IN_A_SCHOOL} students.")
    key = next_key(work, "import")
    today = work.today()
    receipt = work.imports.add(
        Import(
            organization_id=work.home_id,
            key=key,
            kind="hand",
            file_name=f"enrollment by hand {today.isoformat()}",
            mode=Mode.COUNTS,
            rows=len(schools),
            new=len(schools),
            applied_at=work.now(),
            profile="by hand",
            profile_version="1",
        )
    )
    work.step.import_key = key
    work.touch(Topic.IMPORTS, receipt.id)
    places = {place.id: place.key for place in work.organizations.list(kind=OrganizationKind.SCHOOL)}
    year, day = school_year_of(today), today.toordinal()
    recount.write_enrollment(work, key, [(places[each.place_id], year, day, each.students) for each in schools])
    return receipt.id
