"""What a file would do to this database: read, recognized, cleaned and held beside what is there. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.base.memory import uncollected
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.domain.facts import ImportResult, PlanRow, Verdict
from mtss_desktop.domain.files import Import, ImportState, Mode
from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.importing import reading, recognize
from mtss_desktop.importing.asking import READ_ANEW
from mtss_desktop.importing.cleaning import level_question, name_key
from mtss_desktop.importing.comparing import SCOPES
from mtss_desktop.importing.deliveries import joined_match
from mtss_desktop.importing.findings import QUESTION, FileQuestion, Understood
from mtss_desktop.importing.habits import ENCODING
from mtss_desktop.importing.list_entries import plan_list
from mtss_desktop.importing.list_plan import ListPlan, ShownList
from mtss_desktop.importing.matching import KnownSchool, KnownStudents
from mtss_desktop.importing.measure_names import MEASURE
from mtss_desktop.importing.plan import CODED, TABLES, Known, Plan, is_code
from mtss_desktop.importing.planning import plan as compare
from mtss_desktop.importing.profile import FACTS, RATED
from mtss_desktop.importing.rating_long import plan_ratings
from mtss_desktop.importing.showing import Shown
from mtss_desktop.importing.understanding import understand
from mtss_desktop.importing.vocabulary import level_key
from mtss_desktop.store import ledger, recount, roster
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import import_files
from mtss_desktop.usecases.import_lists import known_lists
from mtss_desktop.usecases.import_prepared import Knowledge, Prepared, chosen_profile, own_profiles
from mtss_desktop.usecases.import_ratings import known_ratings

MOST_MEASURES = 7
"""Tests that are here and are offered as answers."""


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
    shown: Shown | ShownList = field(repr=False, kw_only=True)

    @property
    def plan(self) -> Plan | ListPlan:
        return self.shown.plan

    @property
    def has_levels(self) -> bool:
        return isinstance(self.shown, ShownList) or self.shown.has_levels

    def count(self, verdict: Verdict | None = None) -> int:
        """How many lines the check shows, of one verdict or all."""
        return self.shown.count(verdict)

    def rows(self, start: int, stop: int, verdict: Verdict | None = None) -> tuple[PlanRow, ...]:
        """A screenful of the check, by the file's lines; what is gone comes last."""
        return self.shown.rows(start, stop, verdict)

    def leave_out(self, entries: Sequence[int], *, out: bool = True) -> ImportPlan:
        """Without (or again with) some rows, by ``PlanRow.entry``."""
        shown: Shown | ShownList
        if isinstance(self.shown, ShownList):
            shown = ShownList(self.shown.plan.leave_out(entries, out=out))
        else:
            shown = replace(self.shown, plan=self.shown.plan.leave_out(entries, out=out))
        return replace(self, shown=shown, result=_result(shown.plan, self.prepared))


def prepare(
    file: str,
    *,
    today: date,
    profile: str = "",
    answers: tuple[tuple[str, str], ...] = (),
    knowledge: Knowledge | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Reads, recognizes and cleans a file, away from any database. Raises ``UserError`` with one sentence for what cannot be used.

    A folder or ZIP is taken where one of its tables brings something, or all of them bring nothing; see ``import_files`` for several.
    Of a workbook it is the first sheet; the plan says which others are not in it.
    """
    found = import_files.prepare_all(
        [file], today=today, profile=profile, answers=answers, knowledge=knowledge, progress=progress, quiet=False
    )[0]
    own = next((each for each in found.prepared if each.understood.sketch.file_name == found.name), None)
    if own is not None:
        return _of_several(own, found)
    if len(found.prepared) > 1:
        names = ", ".join(each.understood.sketch.file_name for each in found.prepared)
        raise UserError(f"{found.name} holds more than one table to take: {names}.", "Hand them over one by one.")
    if found.prepared:
        return found.prepared[0]
    if found.unknown:
        raise found.unknown[0][1]
    return found.empty[0]


def _of_several(own: Prepared, found: import_files.Delivery) -> Prepared:
    """One sheet of a workbook that is taken by itself: what is left behind is said."""
    names = [each.understood.sketch.file_name for each in found.prepared if each is not own]
    names += [name for name, _ in found.unknown]
    left = [name.removeprefix(f"{found.name}, ") for name in names]
    if not left:
        return own
    said = f"Not in this check: {', '.join(left)}. Hand the workbook over again to check every sheet in its turn."
    return replace(own, remarks=(*own.remarks, said))


def read_as(prepared: Prepared, profile: str, *, today: date, progress: Progress | None = None) -> Prepared:
    """The same table read by a layout that a person chose. Raises ``UserError`` where the layout does not fit."""
    sketch = prepared.understood.sketch
    match = recognize.recognize_as(chosen_profile(profile, own_profiles(prepared.knowledge)), sketch)
    found = understand(
        sketch, match, today=today, progress=progress or silent(), answers=prepared.all_answers, others=prepared.others
    )
    return replace(prepared, understood=found)


def answered(prepared: Prepared, key: str, value: str, *, today: date, progress: Progress | None = None) -> Prepared:
    """The same file with one more answer; its cells are read again only where the answer changes what they mean."""
    answers = (*(each for each in prepared.answers if each[0] != key), (key, value))
    changed = replace(prepared, answers=answers)
    if not key.startswith(READ_ANEW):
        return changed
    found = prepared.understood
    told = changed.all_answers
    if key == ENCODING:
        sketch = reading.look_again(found.sketch, value, recognize.known_words())
        match = joined_match(sketch, found.match.profile, prepared.others)
        found = replace(found, sketch=sketch, match=match)
    return replace(
        changed,
        understood=understand(
            found.sketch,
            found.match,
            today=today,
            progress=progress or silent(),
            answers=told,
            others=prepared.others,
        ),
    )


def knowledge_of(work: Work) -> Knowledge:
    """The words of the table of levels are answers, too: a word that stands there is known in every file."""
    levels = work.levels.list(order=("key",))
    return Knowledge(
        tuple(each.text for each in work.saved_profiles.list(order=("name",))),
        (
            *(
                (level_question(spelling), level.word)
                for level in levels
                for spelling in (*level.spellings, level.word)
            ),
            *((each.key, each.value) for each in work.import_answers.list(order=("key",))),
        ),
    )


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


@uncollected()
def planned(work: Work, prepared: Prepared, mode: Mode, progress: Progress) -> ImportPlan:
    found = prepared.understood
    if prepared.profile.takes not in FACTS or found.nothing:
        return _planned_list(work, prepared, mode)
    same = work.imports.first(
        sha256=found.sketch.sha256, state=ImportState.APPLIED, mode=mode, profile=prepared.profile.key
    )
    known = replace(_known(work, found, mode, same), alone=prepared.alone)
    made = compare(found, known, progress, prepared.all_answers)
    if mode is Mode.COUNTS and same is None:
        _replaces_none_beside(work, prepared, made)
    return ImportPlan(
        result=_result(made, prepared),
        mode=mode,
        assumed=(*made.found.assumed, *prepared.remarks),
        questions=tuple(_with_measures(work, each) for each in made.found.questions),
        never_read=found.sketch.never_read,
        stamp=ledger.latest_step(work),
        same_as=same.id if same is not None else "",
        prepared=prepared,
        shown=Shown(made, _names_of_words(work, mode)),
    )


def _replaces_none_beside(work: Work, prepared: Prepared, made: Plan) -> None:
    """Raises ``UserError`` where the counts of a table would replace those of one that came with it."""
    applied = work.imports.list(state=ImportState.APPLIED, mode=Mode.COUNTS) if prepared.beside else []
    keys = [each.key for each in applied if each.sha256 in prepared.beside]
    if not keys:
        return
    table = TABLES[prepared.profile.takes]
    used = made.used()
    mine = set(zip(*(made.columns[name][used].tolist() for name in SCOPES[table]), strict=True))
    if mine & recount.live_scopes(work, table, keys):
        raise UserError(
            f"{made.file_name} is about the same school and time as a table that came with it. Where only counts are kept, "
            "it would replace that one.",
            "Put the rows of both into one sheet or file and import that.",
        )


def _with_measures(work: Work, asked: FileQuestion) -> FileQuestion:
    """Which test it is, is offered by the names of those that are here."""
    if asked.key != MEASURE:
        return asked
    here = [each.name for each in work.measures.list(order=("name",))][:MOST_MEASURES]
    return replace(asked, choices=tuple(dict.fromkeys((*here, *asked.choices))))


def _planned_list(work: Work, prepared: Prepared, mode: Mode) -> ImportPlan:
    """A list of people, teams, places or days, or a layout with nothing to take."""
    found = prepared.understood.fresh()
    same = work.imports.first(sha256=found.sketch.sha256, state=ImportState.APPLIED, profile=prepared.profile.key)
    schools = _schools(work)
    if prepared.profile.takes in RATED:
        made = plan_ratings(found, known_ratings(work, schools), prepared.all_answers)
    else:
        made = plan_list(found, known_lists(work, schools), prepared.all_answers)
    result = _result(made, prepared)
    if found.nothing:
        result = replace(result, status="nothing to take")
    return ImportPlan(
        result=result,
        mode=mode,
        assumed=(*found.assumed, *((found.nothing,) if found.nothing else ()), *prepared.remarks),
        questions=tuple(found.questions),
        never_read=found.sketch.never_read,
        stamp=ledger.latest_step(work),
        same_as=same.id if same is not None else "",
        prepared=prepared,
        shown=ShownList(made),
    )


def _names_of_words(work: Work, mode: Mode) -> dict[str, dict[int, str]]:
    names: dict[str, dict[int, str]] = {}
    for word in work.words.list():
        names.setdefault(word.kind.value, {})[word.key] = word.name
    names["measure"] = {measure.key: measure.name for measure in work.measures.list()}
    names["level"] = {level.key: level.word for level in work.levels.list()}
    if mode is Mode.NAMES:
        names["student"] = {row.key: f"{row.first_name} {row.last_name}".strip() for row in roster.known_students(work)}
    return names


def _result(made: Plan | ListPlan, prepared: Prepared) -> ImportResult:
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
    words = known_words(work)
    limits = {m.key: (m.lowest, m.highest) for m in work.measures.list() if (m.lowest, m.highest) != (None, None)}
    known = Known(
        mode=mode,
        schools=_schools(work),
        words=words,
        limits=limits,
        same_file=same is not None,
        spoken=_spoken(work),
    )
    if mode is Mode.COUNTS:
        return replace(known, counted=recount.live_scopes(work, table))
    students = roster.known_students(work)
    years = sorted({int(year) for year in set(found.whole["year"].tolist()) if year > 0})
    among: dict[str, Sequence[int]] = {"year": years}
    if table == "score":
        among["measure"] = _known_keys(words["measure"], found.words["measure"].words)
    facts = {table: ledger.live(work, table, **among)} if students else {}
    if students and "goal_from" in found.whole:
        facts["goal_line"] = ledger.live(work, "goal_line", measure=among["measure"])
    names = _names(students) if mode is Mode.NAMES else {}
    last_names = {row.key: fold(row.last_name) for row in students if row.last_name} if mode is Mode.NAMES else {}
    digest = None if mode is Mode.NAMES else (lambda text: roster.pseudonym(work, text))
    return replace(
        known,
        students=KnownStudents(roster.known_ids(work), names, digest, last_names),
        numbers={row.key: row.number for row in students},
        facts=facts,
        stays=ledger.live(work, "student_year", year=years) if students else {},
        profiles={each.key: each.profile for each in work.imports.list()},
    )


def _known_keys(known: Mapping[str, int], words: Sequence[str]) -> list[int]:
    return [known[fold(word)] for word in words if fold(word) in known]


def _names(students: Sequence[roster.StudentRow]) -> dict[tuple[str, int], tuple[int, ...]]:
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


def _spoken(work: Work) -> frozenset[str]:
    """Kinds of word that are mostly words here, so that a code among them asks."""
    found = set()
    for kind in CODED:
        names = [word.name for word in work.words.list(kind=WordKind(kind))]
        if names and sum(is_code(name) for name in names) * 2 < len(names):
            found.add(kind)
    return frozenset(found)


def known_words(work: Work) -> dict[str, dict[str, int]]:
    """By kind: every folded name and spelling → key."""
    words: dict[str, dict[str, int]] = {kind.value: {} for kind in WordKind}
    for word in work.words.list():
        for spelling in (*word.spellings, word.name):
            words[word.kind.value][fold(spelling)] = word.key
    words["measure"] = {fold(measure.name): measure.key for measure in work.measures.list()}
    words["level"] = {
        level_key(spelling): level.key for level in work.levels.list() for spelling in (*level.spellings, level.word)
    }
    return words
