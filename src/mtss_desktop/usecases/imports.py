"""Files in: check one, apply it, take it back, and the receipts of all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.domain.facts import ImportResult
from mtss_desktop.domain.files import ImportId, ImportState, Mode
from mtss_desktop.domain.integrity import Finding
from mtss_desktop.importing.profile import FACTS, shipped_profiles
from mtss_desktop.store import journal, ledger, taking_back
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.import_plans import (
    ImportPlan,
    allowed_mode,
    knowledge_of,
    planned,
    prepare,
)
from mtss_desktop.usecases.import_prepared import Knowledge, Prepared
from mtss_desktop.usecases.import_writing import forget_old, write
from mtss_desktop.usecases.integrity import findings
from mtss_desktop.usecases.use_case import question, use_case

BYTES_A_ROW = 1_200
"""What a file's row may need on the disk: its facts, their indexes and the write-ahead copy of both."""


@dataclass(frozen=True)
class Receipt:
    """One import as the list of imports shows it; ``by`` is a person's name."""

    id: ImportId
    key: int
    kind: str
    file_name: str
    sha256: str
    profile: str
    profile_version: str
    mode: Mode
    rows: int
    new: int
    changed: int
    unchanged: int
    gone: int
    skipped: int
    left_out: int
    problems: int
    state: ImportState
    applied_at: str
    by: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class ProfileLine:
    key: str
    name: str
    version: int
    takes: str
    source: str


# Checking ---------------------------------------------------------------------------------------------------------------


@question("Check a file")
def plan(
    work: Work,
    file: str = "",
    *,
    profile: str = "",
    mode: Mode | None = None,
    answers: tuple[tuple[str, str], ...] = (),
    prepared: Prepared | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """What applying a file would do, with a verdict for every row. Nothing is written.

    ``prepared`` saves reading the file inside the question. Raises ``UserError`` where the file or the mode cannot be used.
    """
    used = allowed_mode(work, mode)
    progress = progress or silent()
    if prepared is None:
        prepared = prepare(
            file,
            today=work.today(),
            profile=profile,
            answers=answers,
            knowledge=knowledge_of(work),
            progress=progress,
        )
    return planned(work, prepared, used, progress)


# Applying ----------------------------------------------------------------------------------------------------------------


@use_case("Import", kind="import")
def apply(work: Work, plan: ImportPlan, *, complete: bool = False, progress: Progress | None = None) -> ImportResult:
    """Writes what a plan shows, in one step. Planned again first where anything changed since.

    ``complete``: the coach says that the file has everything of its scope, so what is gone from it is retracted. The same file again
    writes nothing and names the earlier import. Raises ``UserError`` for one of several tables that is said to be complete.
    """
    progress = progress or silent()
    if complete:
        only_alone(plan.prepared)
    allowed_mode(work, plan.mode)
    work.need_room(BYTES_A_ROW * plan.result.rows)
    if ledger.latest_step(work) != plan.stamp:
        plan = _again(work, plan, progress)
    made = plan.plan
    if plan.same_as and not made.changes_something and not (complete and len(made.gone)):
        return replace(plan.result, import_id=plan.same_as)
    if not made.used().any() and not (complete and len(made.gone)) and not made.changes_something:
        return plan.result
    if work.rules.mode is None and (plan.prepared.profile.takes in FACTS or plan.mode is not Mode.COUNTS):
        work.change_rules(
            mode=plan.mode.value
        )  # a list of schools or staff holds no student, so it decides nothing unasked
    receipt = write(work, plan, complete, progress)
    forget_old(work)
    progress.step("Saving")
    return replace(plan.result, import_id=receipt.id)


def only_alone(prepared: Prepared) -> None:
    """Raises ``UserError`` for a table that cannot be complete, since what it lacks may stand in the one beside it."""
    if not prepared.alone:
        raise UserError(
            f"{prepared.understood.sketch.file_name} is one of several tables of the same kind, so it cannot be complete by itself.",
            "Import it without saying so, or put all the rows into one table.",
        )


def _again(work: Work, plan: ImportPlan, progress: Progress) -> ImportPlan:
    left_out = plan.plan.left_out.nonzero()[0].tolist()
    return planned(work, plan.prepared, plan.mode, progress).leave_out(left_out)


# Taking back ---------------------------------------------------------------------------------------------------------------


@use_case("Take import back", kind="take-back")
def take_back(work: Work, import_id: ImportId, *, progress: Progress | None = None) -> None:
    """As if the import had never been, at any later time. Undone by bringing it back."""
    found = work.imports.get(import_id)
    if found.state is ImportState.TAKEN_BACK:
        raise UserError(f"{found.file_name} was taken back already.")
    journal.seal(work)
    work.step.import_key = found.key
    work.step.undoes = taking_back.step_of(work, found.key)
    work.relabel(f"Take back {found.file_name}")
    taking_back.take_back(work, found.key, progress)


@use_case("Bring import back", kind="bring-back")
def bring_back(work: Work, import_id: ImportId, *, progress: Progress | None = None) -> None:
    """Puts an import that was taken back in its place again, at any time its rows are still kept.

    Raises ``UserError`` where it stands or its rows are gone, ``Conflict`` where a record it made was changed since.
    """
    found = work.imports.get(import_id)
    if found.state is not ImportState.TAKEN_BACK:
        raise UserError(f"{found.file_name} was not taken back.")
    (progress or silent()).step("Bringing the rows back")
    took = taking_back.take_back_step(work, found.key)
    journal.seal(work)
    work.step.undoes, work.step.import_key = took.seq, found.key
    journal.turn_back(work, took)
    work.relabel(f"Bring back {found.file_name}")


# Receipts ------------------------------------------------------------------------------------------------------------------------


@question("Imports")
def receipts(work: Work) -> tuple[Receipt, ...]:
    """All imports, newest first."""
    people = {person.id: person.name for person in work.people.list()}
    found = sorted(work.imports.list(), key=lambda each: -each.key)
    return tuple(
        Receipt(
            *(each.id, each.key, each.kind, each.file_name, each.sha256, each.profile, each.profile_version, each.mode),
            *(each.rows, each.new, each.changed, each.unchanged, each.gone, each.skipped, each.left_out, each.problems),
            state=each.state,
            applied_at=each.applied_at.isoformat() if each.applied_at else "",
            by=people.get(each.made_by, ""),  # type: ignore[call-overload]
            rules=each.rules,
        )
        for each in found
    )


@question("What was learned of files")
def knowledge(work: Work) -> Knowledge:
    """Layouts mapped by hand and answers that hold for every file to come: what reading a file needs of this database."""
    return knowledge_of(work)


@question("Import profiles")
def profiles(work: Work) -> tuple[ProfileLine, ...]:
    """The layouts that are known."""
    return tuple(ProfileLine(p.key, p.name, p.version, p.takes, p.source) for p in shipped_profiles())


@question("Data integrity")
def integrity(work: Work) -> tuple[Finding, ...]:
    """What looks wrong in the data: duplicates, impossible dates, unknown schools, scores out of range, gaps in months."""
    return findings(work)
