"""Files in: check one, apply it, take it back, and the receipts of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.domain.facts import Facts, ImportResult, PlanRow, Verdict
from mtss_desktop.domain.files import Import, ImportId, ImportState, Mode
from mtss_desktop.domain.people import Organization, OrganizationId, OrganizationKind, school_year_of
from mtss_desktop.domain.screening import Level, LevelTier, Measure, Word, WordKind
from mtss_desktop.importing import reading, recognize
from mtss_desktop.importing.cleaning import name_key
from mtss_desktop.importing.matching import KnownSchool, KnownStudents
from mtss_desktop.importing.plan import TABLES, Keys, Known, Plan
from mtss_desktop.importing.plan import plan as compare
from mtss_desktop.importing.profile import Profile, profile_named, shipped_profiles
from mtss_desktop.importing.showing import Shown
from mtss_desktop.importing.understanding import QUESTION, FileQuestion, Understood, understand
from mtss_desktop.store import journal, ledger, recount
from mtss_desktop.store.bulk import next_key
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.use_case import question, use_case

_WINDOWS = {"fall": 1, "winter": 2, "spring": 3}
MOST_IN_A_SCHOOL = 20_000
_LONG_AGO = date(2000, 1, 1)
BYTES_A_ROW = 1_200
"""What a file's row may need on the disk: its facts, their indexes and the write-ahead copy of both."""


@dataclass(frozen=True)
class Prepared:
    """A file that was read, recognized and cleaned; no database was asked yet."""

    file: str
    understood: Understood = field(repr=False)
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def profile(self) -> Profile:
        return self.understood.match.profile

    @property
    def confidence(self) -> float:
        return self.understood.match.confidence

    @property
    def why(self) -> str:
        return self.understood.match.why


@dataclass(frozen=True)
class ImportPlan:
    """What applying a file would do. ``result`` is what the terminal prints; ``rows`` what the window shows.

    ``assumed`` are sentences about what the file does not say; ``questions`` are answered by planning again with ``answers``.
    """

    result: ImportResult
    mode: Mode
    assumed: tuple[str, ...]
    questions: tuple[FileQuestion, ...]
    never_read: tuple[str, ...]
    stamp: int
    same_as: str = ""
    prepared: Prepared = field(repr=False, kw_only=True)
    shown: Shown = field(repr=False, kw_only=True)

    @property
    def plan(self) -> Plan:
        return self.shown.plan

    def count(self, verdict: Verdict | None = None) -> int:
        """How many lines the check shows, of one verdict or all."""
        return self.shown.count(verdict)

    def rows(self, start: int, stop: int, verdict: Verdict | None = None) -> tuple[PlanRow, ...]:
        """A screenful of the check, by the file's lines; what is gone comes last."""
        return self.shown.rows(start, stop, verdict)

    def leave_out(self, entries: Sequence[int], *, out: bool = True) -> ImportPlan:
        """Without (or again with) some rows, by ``PlanRow.entry``."""
        changed = self.plan.leave_out(entries, out=out)
        return replace(self, shown=replace(self.shown, plan=changed), result=_result(changed, self.prepared))


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


@dataclass(frozen=True)
class ProfileLine:
    key: str
    name: str
    version: int
    takes: str
    source: str


# Checking ---------------------------------------------------------------------------------------------------------------


def prepare(
    file: str,
    *,
    today: date,
    profile: str = "",
    answers: tuple[tuple[str, str], ...] = (),
    progress: Progress | None = None,
) -> Prepared:
    """Reads, recognizes and cleans a file, away from any database. Raises ``UserError`` with one sentence for what cannot be used."""
    progress = progress or silent()
    path = Path(file)
    progress.step(f"Opening {path.name}")
    sketch = reading.look(reading.read_bytes(path), path.name, recognize.known_words())
    match = recognize.recognize_as(profile_named(profile), sketch) if profile else recognize.recognize(sketch)
    understood = understand(sketch, match, today=today, progress=progress, answers=dict(answers))
    return Prepared(file, understood, answers)


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
        prepared = prepare(file, today=work.today(), profile=profile, answers=answers, progress=progress)
    return _planned(work, prepared, used, progress)


def _planned(work: Work, prepared: Prepared, mode: Mode, progress: Progress) -> ImportPlan:
    found = prepared.understood
    same = work.imports.first(
        sha256=found.sketch.sha256, state=ImportState.APPLIED, mode=mode, profile=prepared.profile.key
    )
    made = compare(found, _known(work, found, mode, same), progress, dict(prepared.answers))
    return ImportPlan(
        result=_result(made, prepared),
        mode=mode,
        assumed=tuple(made.found.assumed),
        questions=tuple(made.found.questions),
        never_read=found.sketch.never_read,
        stamp=ledger.latest_step(work),
        same_as=same.id if same is not None else "",
        prepared=prepared,
        shown=Shown(made, _names_of_words(work, mode)),
    )


def _names_of_words(work: Work, mode: Mode) -> dict[str, dict[int, str]]:
    names: dict[str, dict[int, str]] = {}
    for word in work.words.list():
        names.setdefault(word.kind.value, {})[word.key] = word.name
    names["measure"] = {measure.key: measure.name for measure in work.measures.list()}
    names["level"] = {level.key: level.word for level in work.levels.list()}
    if mode is Mode.NAMES:
        names["student"] = {row.key: f"{row.first_name} {row.last_name}".strip() for row in ledger.known_students(work)}
    return names


def allowed_mode(work: Work, asked: Mode | None) -> Mode:
    """The mode an import runs in. Raises ``UserError`` for one looser than the database's."""
    kept = work.rules.mode
    if kept is None:
        return asked or Mode.COUNTS
    if asked is not None and asked.looseness > kept.looseness:
        raise UserError(
            f"This database keeps {kept.value} only, so nothing looser is taken into it.",
            f"Import with mode {kept.value}, or make another file for {asked.value}.",
        )
    return asked or kept


def _result(made: Plan, prepared: Prepared) -> ImportResult:
    count = made.count
    used = sum(count(verdict) for verdict in (Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED))
    return ImportResult(
        file=made.file_name,
        status="recognized" if used or made.rows_of_file else "nothing to take",
        profile=prepared.profile.key,
        rows=made.rows_of_file,
        new=count(Verdict.NEW),
        changed=count(Verdict.CHANGED),
        unchanged=count(Verdict.UNCHANGED),
        gone=count(Verdict.GONE),
        skipped_rows=made.row_count(Verdict.SKIPPED),
        question_rows=made.row_count(Verdict.QUESTION),
        problem_rows=made.row_count(Verdict.PROBLEM),
        proposals=made.proposals,
        problems=made.problems(),
        questions=made.problems(QUESTION),
    )


# What the database knows -------------------------------------------------------------------------------------------------


def _known(work: Work, found: Understood, mode: Mode, same: Import | None) -> Known:
    table = TABLES[found.match.profile.takes]
    words = _words(work)
    limits = {m.key: (m.lowest, m.highest) for m in work.measures.list() if (m.lowest, m.highest) != (None, None)}
    known = Known(mode=mode, schools=_schools(work), words=words, limits=limits, same_file=same is not None)
    if mode is Mode.COUNTS:
        return replace(known, counted=recount.live_scopes(work, table))
    students = ledger.known_students(work)
    years = sorted({int(year) for year in set(found.whole["year"].tolist()) if year > 0})
    among: dict[str, Sequence[int]] = {"year": years}
    if table == "score":
        among["measure"] = _known_keys(words["measure"], found.words["measure"].words)
    facts = {table: ledger.live(work, table, **among)} if students else {}
    if students and "goal_from" in found.whole:
        facts["goal_line"] = ledger.live(work, "goal_line", measure=among["measure"])
    names = _names(students) if mode is Mode.NAMES else {}
    digest = None if mode is Mode.NAMES else (lambda text: ledger.pseudonym(work, text))
    return replace(
        known,
        students=KnownStudents(ledger.known_ids(work), names, digest),
        numbers={row.key: row.number for row in students},
        facts=facts,
        stays=ledger.live(work, "student_year", year=years) if students else {},
        profiles={each.key: each.profile for each in work.imports.list()},
    )


def _known_keys(known: Mapping[str, int], words: Sequence[str]) -> list[int]:
    return [known[fold(word)] for word in words if fold(word) in known]


def _names(students: Sequence[ledger.StudentRow]) -> dict[tuple[str, int], tuple[int, ...]]:
    names: dict[tuple[str, int], tuple[int, ...]] = {}
    for row in students:
        if row.last_name and row.birth_day:
            who = (name_key(row.first_name, row.last_name), row.birth_day)
            names[who] = (*names.get(who, ()), row.key)
    return names


def _schools(work: Work) -> tuple[KnownSchool, ...]:
    places = work.organizations.list(kind=OrganizationKind.SCHOOL)
    return tuple(
        KnownSchool(
            place.key, place.name, place.short_name, tuple(code for code in (place.code, place.state_code) if code)
        )
        for place in places
    )


def _words(work: Work) -> dict[str, dict[str, int]]:
    """By kind: every folded name and spelling → key."""
    words: dict[str, dict[str, int]] = {kind.value: {} for kind in WordKind}
    for word in work.words.list():
        for spelling in (*word.spellings, word.name):
            words[word.kind.value][fold(spelling)] = word.key
    words["measure"] = {fold(measure.name): measure.key for measure in work.measures.list()}
    words["level"] = {fold(level.word): level.key for level in work.levels.list()}
    return words


# Applying ----------------------------------------------------------------------------------------------------------------


@use_case("Import", kind="import")
def apply(work: Work, plan: ImportPlan, *, complete: bool = False, progress: Progress | None = None) -> ImportResult:
    """Writes what a plan shows, in one step. Planned again first where anything changed since.

    ``complete``: the coach says that the file has everything of its scope, so what is gone from it is retracted. The same file again
    writes nothing and names the earlier import.
    """
    progress = progress or silent()
    allowed_mode(work, plan.mode)
    work.need_room(BYTES_A_ROW * plan.result.rows)
    if ledger.latest_step(work) != plan.stamp:
        plan = _again(work, plan, progress)
    made = plan.plan
    if plan.same_as and not made.changes_something and not (complete and len(made.gone)):
        return replace(plan.result, import_id=plan.same_as)
    if not made.used().any() and not (complete and len(made.gone)):
        return plan.result
    if work.rules.mode is None:
        work.change_rules(mode=plan.mode.value)
    receipt = _write(work, plan, complete, progress)
    _forget_old(work)
    progress.step("Saving")
    return replace(plan.result, import_id=receipt.id)


def _again(work: Work, plan: ImportPlan, progress: Progress) -> ImportPlan:
    left_out = plan.plan.left_out.nonzero()[0].tolist()
    return _planned(work, plan.prepared, plan.mode, progress).leave_out(left_out)


def _write(work: Work, plan: ImportPlan, complete: bool, progress: Progress) -> Import:
    made = plan.plan
    progress.step("Making new words and places")
    import_key = next_key(work, "import")
    words = {kind: _make_words(work, made, kind, plan.prepared.profile) for kind in made.new_words}
    schools = _make_schools(work, made)
    receipt = work.imports.add(_receipt(work, plan, import_key, complete))
    work.step.import_key = import_key
    work.relabel(f"Import {made.file_name}")
    work.touch(Topic.IMPORTS, receipt.id)
    if plan.mode is Mode.COUNTS:
        keys = Keys(range(1, len(made.students.proposals) + 1), schools, words)
        progress.step("Counting")
        recount.write_counts(work, import_key, made.facts(keys))
        return receipt
    facts = _write_facts(
        work, plan, Keys(_make_students(work, made, import_key, plan.mode), schools, words), complete, progress
    )
    progress.step("Counting anew")
    recount.after_write(work, facts)
    return receipt


def _write_facts(work: Work, plan: ImportPlan, keys: Keys, complete: bool, progress: Progress) -> tuple[Facts, ...]:
    facts = plan.plan.facts(keys, complete=complete)
    key = work.step.import_key or 0
    for each in facts:
        ledger.write(work, key, each, progress)
    _learn(work, plan)
    return facts


def _receipt(work: Work, plan: ImportPlan, key: int, complete: bool) -> Import:
    result, made = plan.result, plan.plan
    profile = plan.prepared.profile
    years = sorted({int(year) for year in set(made.columns["year"][made.used()].tolist())})
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
        gone=result.gone if complete else 0,
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
    fresh = ledger.add_students(work, import_key, [made.students.proposals[place] for place in places], mode)
    for place, key in zip(places, fresh, strict=True):
        keys[place] = key
    if fresh:
        work.touch(Topic.STUDENTS, str(import_key))
    return keys


def _learn(work: Work, plan: ImportPlan) -> None:
    """Ids (and names) that the file has and the database lacks for students it knows."""
    made = plan.plan
    ids, names = made.news_of_known_students()
    ledger.learn_ids(work, ids, plan.mode)
    if plan.mode is Mode.NAMES:
        ledger.learn_names(work, names)


def _forget_old(work: Work) -> None:
    """Rows of imports taken back longer ago than the rules keep them."""
    for old in work.imports.list(state=ImportState.TAKEN_BACK):
        if old.taken_back_at is not None and (work.now() - old.taken_back_at).days > work.rules.keep_taken_back_days:
            ledger.forget(work, old.key)


# Taking back ---------------------------------------------------------------------------------------------------------------


@use_case("Take import back", kind="take-back", undoable=False)
def take_back(work: Work, import_id: ImportId, *, progress: Progress | None = None) -> None:
    """As if the import had never been, at any later time. Redo puts it back."""
    found = work.imports.get(import_id)
    if found.state is ImportState.TAKEN_BACK:
        raise UserError(f"{found.file_name} was taken back already.")
    journal.seal(work)
    work.step.import_key = found.key
    work.step.undoes = ledger.step_of(work, found.key)
    work.relabel(f"Take back {found.file_name}")
    ledger.take_back(work, found.key, progress)


@use_case("Bring import back", kind="redo", undoable=False)
def bring_back(work: Work, import_id: ImportId, *, progress: Progress | None = None) -> None:
    """Puts an import that was taken back in its place again, at any time its rows are still kept.

    Raises ``UserError`` where it stands or its rows are gone, ``Conflict`` where a record it made was changed since.
    """
    found = work.imports.get(import_id)
    if found.state is not ImportState.TAKEN_BACK:
        raise UserError(f"{found.file_name} was not taken back.")
    kept = work.rules.keep_taken_back_days
    if found.taken_back_at is not None and (work.now() - found.taken_back_at).days > kept:
        raise UserError(f"{found.file_name} was taken back more than {kept} days ago.", "Choose the file again.")
    (progress or silent()).step("Bringing the rows back")
    journal.redo(work, ledger.take_back_step(work, found.key))
    work.relabel(f"Bring back {found.file_name}")


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
    words = _words(work)
    students = {row.number: row.key for row in ledger.known_students(work)}
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


@question("Import profiles")
def profiles(work: Work) -> tuple[ProfileLine, ...]:
    """The layouts that are known."""
    return tuple(ProfileLine(p.key, p.name, p.version, p.takes, p.source) for p in shipped_profiles())
