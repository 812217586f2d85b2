"""What the room of imports says: verdicts, levels, effects and receipts in a coach's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.domain.facts import Difference, PlanRow, Verdict
from mtss_desktop.domain.files import ImportState, Mode
from mtss_desktop.importing.recognize import Undecided
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.imports import Receipt

ORDER = (
    Verdict.NEW,
    Verdict.CHANGED,
    Verdict.GONE,
    Verdict.QUESTION,
    Verdict.PROBLEM,
    Verdict.SKIPPED,
    Verdict.UNCHANGED,
)
"""How the chips stand."""
ICONS = {
    Verdict.NEW: "ph.plus",
    Verdict.CHANGED: "ph.pencil-simple",
    Verdict.UNCHANGED: "ph.check",
    Verdict.GONE: "ph.x",
    Verdict.SKIPPED: "ph.arrow-bend-down-right",
    Verdict.QUESTION: "ph.warning",
    Verdict.PROBLEM: "ph.prohibit",
}
TONES = {
    Verdict.NEW: "success",
    Verdict.CHANGED: "accent",
    Verdict.UNCHANGED: "ink_soft",
    Verdict.GONE: "danger",
    Verdict.SKIPPED: "ink_soft",
    Verdict.QUESTION: "warning",
    Verdict.PROBLEM: "danger",
}
_ONE = {
    Verdict.NEW: "New",
    Verdict.CHANGED: "Changed",
    Verdict.UNCHANGED: "Same",
    Verdict.GONE: "Gone",
    Verdict.SKIPPED: "Skipped",
    Verdict.QUESTION: "Question",
    Verdict.PROBLEM: "Problem",
}
_MANY = {
    Verdict.NEW: said("{n} new", many="{n} new", count="n"),
    Verdict.CHANGED: said("{n} changed", many="{n} changed", count="n"),
    Verdict.UNCHANGED: said("{n} same", many="{n} same", count="n"),
    Verdict.GONE: said("{n} gone", many="{n} gone", count="n"),
    Verdict.SKIPPED: said("{n} skipped", many="{n} skipped", count="n"),
    Verdict.QUESTION: said("{n} question", many="{n} questions", count="n"),
    Verdict.PROBLEM: said("{n} problem", many="{n} problems", count="n"),
}
MODES = {Mode.COUNTS: "Counts only", Mode.PSEUDONYMS: "Pseudonyms", Mode.NAMES: "Names"}
THINGS = {
    "scores": (said("{n} score", many="{n} scores", count="n"), "score"),
    "students": (said("{n} enrollment", many="{n} enrollments", count="n"), "enrollment"),
    "incidents": (said("{n} referral", many="{n} referrals", count="n"), "referral"),
    "absences": (said("{n} day", many="{n} days", count="n"), "day"),
    "staff": (said("{n} person", many="{n} people", count="n"), "person"),
    "teams": (said("{n} team row", many="{n} team rows", count="n"), "team row"),
    "schools": (said("{n} school", many="{n} schools", count="n"), "school"),
    "calendar": (said("{n} day without school", many="{n} days without school", count="n"), "day without school"),
    "ratings": (said("{n} rating", many="{n} ratings", count="n"), "rating"),
    "answers": (said("{n} survey answer", many="{n} survey answers", count="n"), "survey answer"),
    "nothing": (said("{n} row", many="{n} rows", count="n"), "row"),
    "later": (said("{n} row", many="{n} rows", count="n"), "row"),
}
_LISTS = frozenset({"staff", "teams", "schools", "calendar", "ratings", "answers", "nothing", "later"})
_ANSWERS = {
    "mdy": "Month first, 4/5 is April 5",
    "dmy": "Day first, 4/5 is May 4",
    "point": "Between thousands, 1,234 is more than a thousand",
    "comma": "Before decimals, 12,5 is twelve and a half",
    "thousands": "Between thousands, 1.250 is more than a thousand",
    "decimals": "Before decimals, 1.250 is one and a quarter",
    "parts": "A part of one, 0.45 is 45 percent",
    "as they are": "As it stands, 0.45 is less than one",
    "begins": "It begins in this year",
    "ends": "It ends in this year",
    "calendar": "The year of the calendar",
    "afternoon": "Yes, 1:05 is after noon",
    "24 hours": "No, 1:05 is at night",
    "cp1252": "Western European, Windows",
    "cp1250": "Central European, Windows",
    "cp1253": "Greek, Windows",
    "cp1251": "Cyrillic, Windows",
    "cp1254": "Turkish, Windows",
    "cp1257": "Baltic, Windows",
    "cp1258": "Vietnamese, Windows",
    "cp1255": "Hebrew, Windows",
    "cp1256": "Arabic, Windows",
    "mac-roman": "Western European, Mac",
    "cp437": "Western, DOS",
    "cp852": "Central European, DOS",
    "in order": "Fall, winter and spring, in this order",
    "own": "Seasons of their own",
    "yes": "Yes, the same",
    "no": "No, others",
    "percent": "Percent",
    "points": "Points",
    "add": "Add it",
    "leave out": "Leave its days out",
}


@dataclass(frozen=True)
class Heads:
    """Heads of the four columns that depend on what the file brings; "" leaves a column out."""

    what: str
    when: str
    value: str
    level: str


HEADS = {
    "scores": Heads("Measure", "When", "Score", "Level"),
    "students": Heads("Grade", "School year", "", ""),
    "incidents": Heads("Behavior", "Day", "Time", "Place"),
    "absences": Heads("What", "Day", "Part of day", ""),
    "staff": Heads("Person", "Mail address", "", "Position"),
    "teams": Heads("Person", "Role", "", "Team"),
    "schools": Heads("School", "Grades", "", "Code"),
    "calendar": Heads("Reason", "Day", "", ""),
    "ratings": Heads("Instrument", "Day", "", "Items"),
    "answers": Heads("Survey", "Day", "", "Questions"),
    "nothing": Heads("What", "When", "", ""),
    "later": Heads("What", "When", "", ""),
}


def has_students(takes: str) -> bool:
    """Are the rows of such a file about students?"""
    return takes not in _LISTS


def counted(words: Words, template: Said, n: int) -> str:
    return words.say(Said(template.text, (("n", n),), template.many, template.count))


def verdict_word(words: Words, verdict: Verdict) -> str:
    return words(_ONE[verdict])


def chip_words(words: Words, verdict: Verdict, n: int) -> str:
    return counted(words, _MANY[verdict], n)


def answer_words(words: Words, choice: str) -> str:
    return words(_ANSWERS[choice]) if choice in _ANSWERS else choice


def level_mark(plan: ImportPlan, level: str) -> int:
    """1 above, 2 at, 3 below, 4 well below; 0 for a word the layout does not rank."""
    profile = plan.prepared.profile
    if level not in profile.levels or len(profile.tiers) != len(profile.levels):
        return 0
    place = profile.levels.index(level)
    tier = profile.tiers[place]
    return tier + 1 if tier > 1 else (1 if place == 0 else 2)


def who(words: Words, row: PlanRow, names: Names) -> str:
    """ "Student 0417" unless names are on and known; a student this file brings has no number yet. A row that asks names whom it may be."""
    if names is Names.ON and row.name:
        return row.name
    if row.number:
        return words("Student {number}").format(number=f"{row.number:04}")
    if row.question is not None and row.question.topic == "student":
        return _perhaps(words, row, names)
    return words("new student") if row.verdict is Verdict.NEW else "–"


def _perhaps(words: Words, row: PlanRow, names: Names) -> str:
    """Student 0302 or 0320?"""
    assert row.question is not None
    found = [each for each in row.question.choices if each.number]
    if not found:
        return "–"
    if names is Names.ON and all(each.name for each in found):
        told = [each.name for each in found]
    else:
        first, *rest = found
        told = [
            words("Student {number}").format(number=f"{first.number:04}"),
            *(f"{each.number:04}" for each in rest),
        ]
    return words("{one}?").format(one=words(" or ").join(told))


# The foot of the check -------------------------------------------------------------------------------------------------


def row_title(words: Words, row: PlanRow, names: Names, takes: str, *, counts: bool) -> str:
    line = words("Line {n}").format(n=words.number(row.line)) if row.line else words("In an earlier file")
    if not has_students(takes):
        return f"{line}, {row.what}" if row.what else line
    known = bool(row.number) or row.verdict is Verdict.NEW or (names is Names.ON and bool(row.name))
    if counts or names is Names.OFF or not known:
        return line
    return f"{line}, {who(words, row, names)}"


def row_sentence(words: Words, row: PlanRow, takes: str, *, out: bool) -> str:
    """What happens to one row."""
    if out:
        return words("Left out by you. Space takes it in again.")
    match row.verdict:
        case Verdict.NEW:
            return words("Is added: {why}.").format(why=row.why)
        case Verdict.CHANGED:
            return words("{changes} The old value stays in the history.").format(
                changes=" ".join(_difference(words, each) for each in row.differences) or f"{row.why.capitalize()}."
            )
        case Verdict.UNCHANGED:
            return words("Is here already. Nothing is written for it.")
        case Verdict.GONE:
            return words(
                "Was in an earlier file and is not in this one. It stays until you say that this file is complete."
            )
        case Verdict.SKIPPED:
            return words("Is passed over: {why}").format(why=row.why)
    if row.question is not None:
        return words("{why} It stays out until you answer: press Enter.").format(why=_sentence(row.why))
    if row.verdict is Verdict.QUESTION:
        return words("{why} It stays out until then.").format(why=_sentence(row.why))
    return words("{why} It stays out. Mend it in the file and press F5 to read it again, or go on without it.").format(
        why=_sentence(row.why)
    )


def _difference(words: Words, each: Difference) -> str:
    name = each.field.capitalize()
    if each.field == "level":
        return words("{name} “{old}” becomes “{new}”.").format(name=name, old=each.old, new=each.new)
    return words("{name} {old} becomes {new}.").format(
        name=name, old=each.old or words("empty"), new=each.new or words("empty")
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text[:1].upper()}{text[1:]}."


def effect(words: Words, plan: ImportPlan, new: int, changed: int, gone: int, *, complete: bool) -> str:
    """What applying does, with the numbers as they stand now."""
    template = THINGS[plan.prepared.profile.takes][0]
    things = counted(words, template, new)
    replaced = words("{n} replaced").format(n=words.number(changed))
    first = words("{things} added, {replaced}, in one step.").format(things=things, replaced=replaced)
    if not new + changed:
        first = words("Nothing is added.")
    elif not changed:
        first = words("{things} added, in one step.").format(things=things)
    if plan.mode is Mode.COUNTS and has_students(plan.prepared.profile.takes):
        first = words("{things} counted, in one step; no row of a student is kept.").format(
            things=counted(words, template, new + changed)
        )
    parts = [first, _made(words, plan) if new + changed else ""]
    if complete and gone:
        parts.append(words("{n} gone are taken out.").format(n=words.number(gone)))
    elif gone:
        parts.append(words("Nothing is removed: gone rows stay until you say so."))
    else:
        parts.append(words("Nothing is removed.") if new + changed else "")
    return " ".join(part for part in parts if part)


def _made(words: Words, plan: ImportPlan) -> str:
    found = plan.result.proposals
    students = said("{n} new student", many="{n} new students", count="n", n=found.students)
    schools = said("{n} new school", many="{n} new schools", count="n", n=found.schools)
    parts = []
    if found.students and plan.mode is not Mode.COUNTS:
        parts.append(words.say(students))
    if found.schools:
        parts.append(words.say(schools))
    return words("It makes {things}.").format(things=words.listed(parts)) if parts else ""


def mode_line(words: Words, plan: ImportPlan) -> str:
    """Pseudonyms · 4 columns never read."""
    never = said("{n} column never read", many="{n} columns never read", count="n", n=len(plan.never_read))
    parts = [words(MODES[plan.mode])] if has_students(plan.prepared.profile.takes) else []
    return " · ".join([*parts, words.say(never)] if plan.never_read else parts)


def check_sentence(words: Words, plan: ImportPlan, place: int, of: int) -> str:
    rows = words.say(said("{n} row", many="{n} rows", count="n", n=plan.result.rows))
    parts = [
        words("{n} of {all}").format(n=place, all=of) if of > 1 else "",
        words("{file}, {rows}, recognized as {layout}").format(
            file=plan.result.file, rows=rows, layout=plan.prepared.profile.name
        ),
        words("brought in before") if plan.same_as else "",
    ]
    return " · ".join(part for part in parts if part)


def asked_sentence(words: Words, question: str, why: str, rest: str) -> str:
    """What stands between the rows and the database. ``rest``: what the button does without an answer, "" for nothing."""
    if question and rest:
        first = words("Before rows are applied: {question}").format(question=question)
        return words("{first} Once more does without an answer: {act}.").format(first=first, act=rest.lower())
    if question:
        return words("Before rows are applied: {question}").format(question=question)
    return why if why.endswith(".") else f"{why}."


def applied_sentence(words: Words, written: int, file: str) -> str:
    template = said("{n} row of {file} applied", many="{n} rows of {file} applied", count="n", n=written, file=file)
    return words.say(template)


def undecided(words: Words, error: Undecided) -> str:
    """Which layouts fit about as well, and that a person chooses."""
    names = words.listed([each.profile.name for each in error.choices])
    return words("This file could be {names}. Which one is it?").format(names=names)


# Receipts --------------------------------------------------------------------------------------------------------------


def when(words: Words, receipt: Receipt) -> str:
    if not receipt.applied_at:
        return ""
    at = words.local(datetime.fromisoformat(receipt.applied_at))
    return f"{words.date(at.date())}, {words.time(at.time())}"


def state_word(words: Words, receipt: Receipt) -> str:
    return words("taken back") if receipt.state is ImportState.TAKEN_BACK else words("applied")


def receipts_sentence(words: Words, receipts: tuple[Receipt, ...]) -> str:
    if not receipts:
        return words("Nothing has been brought in.")
    files = words.say(said("{n} file", many="{n} files", count="n", n=len(receipts)))
    day = when(words, receipts[0]).split(",", maxsplit=1)[0]
    return words("{files} brought in, the last on {day}.").format(files=files, day=day)
