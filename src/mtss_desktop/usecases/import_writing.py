"""Writes what a plan shows: new words and places, the receipt, facts or counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.folding import fold
from mtss_desktop.base.memory import uncollected
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.facts import Facts
from mtss_desktop.domain.files import Import, ImportAnswer, ImportState, Mode
from mtss_desktop.domain.people import Organization, OrganizationId
from mtss_desktop.domain.screening import Level, LevelTier, Measure, Word, WordKind
from mtss_desktop.importing.list_plan import ListPlan
from mtss_desktop.importing.plan import Keys, Plan
from mtss_desktop.importing.profile import RATED, Profile
from mtss_desktop.store import ledger, recount, roster, taking_back
from mtss_desktop.store.bulk import next_key
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.import_lists import write_list
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.import_prepared import Prepared
from mtss_desktop.usecases.import_ratings import write_ratings

_WINDOWS = {"fall": 1, "winter": 2, "spring": 3}
_LONG_AGO = date(2000, 1, 1)


@uncollected()
def write(work: Work, plan: ImportPlan, complete: bool, progress: Progress) -> Import:
    made = plan.plan
    progress.step("Making new words and places")
    import_key = next_key(work, "import")
    if isinstance(made, ListPlan):
        return _write_list(work, plan, made, import_key)
    words = {kind: _make_words(work, made, kind, plan.prepared.profile) for kind in made.new_words}
    schools = _make_schools(work, made)
    receipt = work.imports.add(_receipt(work, plan, import_key, complete))
    work.step.import_key = import_key
    work.relabel(f"Import {made.file_name}")
    work.touch(Topic.IMPORTS, receipt.id)
    _remember(work, plan.prepared)
    if plan.mode is Mode.COUNTS:
        keys = Keys(range(1, len(made.students.proposals) + 1), schools, words)
        progress.step("Counting")
        recount.write_counts(work, import_key, made.facts(keys))
        return receipt
    facts = _write_facts(
        work, plan, Keys(_make_students(work, made, import_key, plan.mode), schools, words), complete, progress
    )
    progress.step("Counting again")
    recount.after_write(work, facts)
    return receipt


def _write_facts(work: Work, plan: ImportPlan, keys: Keys, complete: bool, progress: Progress) -> tuple[Facts, ...]:
    assert isinstance(plan.plan, Plan)
    facts = plan.plan.facts(keys, complete=complete)
    key = work.step.import_key or 0
    for each in facts:
        ledger.write(work, key, each, progress)
    _learn(work, plan)
    return facts


def _write_list(work: Work, plan: ImportPlan, made: ListPlan, import_key: int) -> Import:
    receipt = work.imports.add(_receipt(work, plan, import_key, complete=False))
    work.step.import_key = import_key
    work.relabel(f"Import {made.file_name}")
    work.touch(Topic.IMPORTS, receipt.id)
    takes = plan.prepared.profile.takes
    if takes in RATED:
        write_ratings(work, takes, made.written())
    else:
        write_list(work, takes, made.written())
    return receipt


def _remember(work: Work, prepared: Prepared) -> None:
    """Answers that hold for every file to come."""
    for key, value in prepared.learned.items():
        there = work.import_answers.first(key=key)
        if there is None:
            work.import_answers.add(ImportAnswer(organization_id=work.home_id, key=key, value=value))
        else:
            work.import_answers.save(replace(there, value=value))


def _receipt(work: Work, plan: ImportPlan, key: int, complete: bool) -> Import:
    result, made = plan.result, plan.plan
    profile = plan.prepared.profile
    years = (
        [] if isinstance(made, ListPlan) else sorted({int(y) for y in set(made.columns["year"][made.used()].tolist())})
    )
    return Import(
        organization_id=work.home_id,
        key=key,
        file_name=made.file_name,
        sha256=made.found.sketch.sha256,
        profile=profile.key,
        profile_version=str(profile.version),
        mode=plan.mode,
        rows=result.rows,
        new=result.new,
        changed=result.changed,
        unchanged=result.unchanged,
        gone=result.gone if complete else 0 if isinstance(made, ListPlan) else len(made.removed),
        skipped=result.skipped_rows,
        left_out=int(made.left_out.sum()) + result.question_rows,
        problems=result.problem_rows,
        applied_at=work.now(),
        scope=(profile.takes, *(str(year) for year in years)),
        rules=(f"{profile.key} {profile.version}", *plan.assumed),
    )


def _make_words(work: Work, made: Plan, kind: str, profile: Profile) -> list[int]:
    """Records for new words, as far as a written fact needs them; returns their keys by place."""
    names = made.new_words[kind]
    keys = [0] * len(names)
    for place in made.used_words(kind):
        keys[place] = _make_word(work, kind, names[place], profile)
    return keys


def _make_word(work: Work, kind: str, name: str, profile: Profile) -> int:
    if kind == "measure":
        return _make_measure(work, name, profile)
    if kind == "level":
        return _make_level(work, name, profile)
    key = next_key(work, "word", kind=kind)
    order = _WINDOWS.get(fold(name), key) if kind == "window" else 0
    work.words.add(Word(organization_id=work.home_id, kind=WordKind(kind), key=key, name=name, order=order))
    return key


def _make_measure(work: Work, name: str, profile: Profile) -> int:
    key = next_key(work, "measure")
    short = name.rpartition(", ")[0] or name
    work.measures.add(
        Measure(
            organization_id=work.home_id,
            key=key,
            name=name,
            short_name=short,
            unit=profile.unit,
            screening=profile.screening,
        )
    )
    return key


def _make_level(work: Work, name: str, profile: Profile) -> int:
    key = next_key(work, "level")
    order = profile.levels.index(name) + 1 if name in profile.levels else 0
    work.levels.add(Level(organization_id=work.home_id, key=key, word=name, order=order))
    if order and profile.tiers:
        tier = profile.tiers[order - 1]
        work.level_tiers.add(
            LevelTier(organization_id=work.home_id, level_key=key, tier=tier, valid_from=_LONG_AGO, source=profile.name)
        )
    return key


def _make_schools(work: Work, made: Plan) -> list[int]:
    keys = [0] * len(made.schools.proposals)
    for place in made.used_schools():
        school = made.schools.proposals[place]
        key = next_key(work, "organization")
        parent = OrganizationId(work.home_id) if work.home_id else None
        work.organizations.add(
            Organization(key=key, name=school.name, short_name=school.name, code=school.code, parent_id=parent)
        )
        keys[place] = key
    return keys


def _make_students(work: Work, made: Plan, import_key: int, mode: Mode) -> list[int]:
    places = made.used_students()
    keys = [0] * len(made.students.proposals)
    fresh = roster.add_students(work, import_key, [made.students.proposals[place] for place in places], mode)
    for place, key in zip(places, fresh, strict=True):
        keys[place] = key
    if fresh:
        work.touch(Topic.STUDENTS, str(import_key))
    return keys


def _learn(work: Work, plan: ImportPlan) -> None:
    """Ids (and names) that the file has and the database lacks for students it knows."""
    made = plan.plan
    if isinstance(made, ListPlan):
        return
    ids, names = made.news_of_known_students()
    roster.learn_ids(work, ids, plan.mode)
    if plan.mode is Mode.NAMES:
        roster.learn_names(work, names)


def forget_old(work: Work) -> None:
    """Rows of imports taken back longer ago than the rules keep them."""
    for old in work.imports.list(state=ImportState.TAKEN_BACK):
        if old.taken_back_at is not None and (work.now() - old.taken_back_at).days > work.rules.keep_taken_back_days:
            taking_back.forget(work, old.key)
