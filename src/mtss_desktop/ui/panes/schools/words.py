"""Sentences of the room of schools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.caseload import TeamDays
from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.domain.rating_rollups import HeatCell
from mtss_desktop.domain.scoring import half_up
from mtss_desktop.usecases.schools import SchoolLine, SchoolPage


def header_sentence(words: Words, lines: Sequence[SchoolLine]) -> str:
    """Sorted by need. Piney Ridge comes first: last visit 9 weeks ago, 2 actions late."""
    if not lines:
        return words("No school yet.")
    if not any(line.teams for line in lines):
        schools = said("{n} place is ready", many="{n} places are ready", count="n", n=len(lines))
        return words("No team yet. {schools}.").format(schools=words.say(schools))
    first = lines[0]
    if first.need < 1:
        return words("Sorted by need. Nothing is late.")
    why = words.say(first.why)
    return words("Sorted by need. {school} comes first: {why}.").format(
        school=first.short_name or first.name, why=why.rstrip(".")
    )


def why_sentence(words: Words, line: SchoolLine) -> str:
    why = words.say(line.why)
    return why[:1].upper() + why[1:]


def about(words: Words, line: SchoolLine) -> str:
    """K–5 · 4 teams."""
    teams = words.say(said("{n} team", many="{n} teams", count="n", n=line.teams))
    kind = words.label("division").capitalize() if line.kind is OrganizationKind.DIVISION else line.grades
    return " · ".join(part for part in (kind, teams) if part)


def last_visit(words: Words, line: SchoolLine, today: date) -> str:
    if line.last_visit is None:
        return words("no visit on record")
    day = line.last_visit
    return f"{day.month}/{day.day}, {words.ago(day, today)}"


def next_meeting(words: Words, line: SchoolLine, today: date) -> str:
    if line.next_meeting is None:
        return words("no next meeting")
    day = words("today") if line.next_meeting == today else words.day(line.next_meeting)
    return words("next {day}").format(day=day)


def held(words: Words, line: SchoolLine) -> str:
    if not line.planned:
        return words("none planned")
    return words("{held} of {planned}").format(held=line.held, planned=line.planned)


def page_sentence(words: Words, page: SchoolPage) -> str:
    """K–5 · 4 teams · 16 people. Last visit 9 weeks ago, 2 actions late."""
    people = words.say(said("{n} person", many="{n} people", count="n", n=len(page.people)))
    why = why_sentence(words, page.line).rstrip(".")
    return f"{about(words, page.line)} · {people}. {why}."


def day_of_school(words: Words, page: SchoolPage) -> tuple[str, str]:
    """("School today", "Day 109 of 177."), ("No school today, snow", "109 of 177 school days so far.")."""
    if not page.days_in_year:
        return words("No calendar yet"), words("With the first and last day of school, rates count school days.")
    so_far = words("{n} of {all} school days so far.").format(n=page.days_so_far, all=page.days_in_year)
    if page.school_today is None:
        return words("No school at the moment"), so_far
    if page.school_today:
        return words("School today"), words("Day {n} of {all}.").format(n=page.days_so_far, all=page.days_in_year)
    reason = f", {page.off_reason}" if page.off_reason else ""
    return words("No school today{reason}").format(reason=reason), so_far


def spans(page: SchoolPage) -> list[tuple[date, date, str]]:
    """(first, last, reason) of the days without school to come; days in a row with one reason are one, weekends between."""
    found: list[tuple[date, date, str]] = []
    for each in page.days_off:
        if each.day <= page.today:
            continue
        first, last, reason = found[-1] if found else (each.day, date.min, "")
        if found and reason == each.reason and (each.day - last).days <= (3 if each.day.weekday() == 0 else 1):
            found[-1] = (first, each.day, reason)
        else:
            found.append((each.day, each.day, each.reason))
    return found


def span_of(words: Words, first: date, last: date) -> str:
    return words.day(first) if first == last else f"{words.day(first)} \u2013 {words.day(last)}"


def files_end(words: Words, day: date | None, what: str, today: date) -> str:
    """Referrals to 2/11, yesterday."""
    if day is None:
        return words("No {what} this year").format(what=what)
    sentence = words("{what} to {day}, {ago}")
    return sentence.format(what=what[:1].upper() + what[1:], day=f"{day.month}/{day.day}", ago=words.ago(day, today))


def met_words(words: Words, days: TeamDays | None) -> tuple[str, str]:
    """("met 1/20", ink_soft), ("no next date", warning): what a team's line says, and in which ink."""
    if days is None or days.coming is None:
        return words("no next date"), "warning"
    if days.met is None:
        return words("meets {day}").format(day=words.day(days.coming)), "ink_soft"
    return words("met {day}").format(day=f"{days.met.month}/{days.met.day}"), "ink_soft"


def read_day(text: str) -> date | None:
    """8/24/2026, 8/24/26 or 2026-08-24; None where it is no date."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    try:
        month, day, year = (int(part) for part in text.strip().split("/"))
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def newest_percent(line: SchoolLine) -> float:
    """What the wall sorts fidelity by; a place that was never rated stands before all others."""
    return float(line.fidelity.points[-1][1]) if line.fidelity is not None else -1.0


def fidelity_line(words: Words, line: SchoolLine) -> str:
    """Tiered Fidelity Inventory, Tier 1: 77% on 10/21/2025, asked for 70%; before that 61%, 49%."""
    found = line.fidelity
    if found is None:
        return words("Not rated")
    name = f"{found.title}, {found.part}" if found.part else found.title
    *before, (day, percent, _) = found.points
    now = said("{name}: {p:0}% on {day:date}", name=name, p=half_up(percent), day=day)
    parts = [words.say(now)]
    if found.criterion is not None:
        parts.append(words.say(said(", asked for {p:0}%", p=half_up(found.criterion))))
    if before:
        told = ", ".join(words.say(said("{p:0}%", p=half_up(percent))) for _, percent, _ in reversed(before))
        parts.append(words("; before that {percents}").format(percents=told))
    return "".join(parts)


def fidelity_sentence(words: Words, cell: HeatCell) -> str:
    """Tiered Fidelity Inventory 3.0, Tier 1: 61%."""
    line = cell.headline
    part = f", {line.title}" if line.key != "total" else ""
    name = f"{cell.title} {cell.edition}{part}"
    if line.percent is not None:
        return f"{name}: {words.say(said('{p:0}%', p=half_up(line.percent)))}"
    if line.mean is not None:
        return f"{name}: {words.say(said('{m:1}', m=line.mean))}"
    return name


def fidelity_detail(words: Words, cell: HeatCell, today: date) -> str:
    """2/3, 9 days ago. 50% at Tier 1: reached."""
    day = f"{cell.held_on.month}/{cell.held_on.day}/{cell.held_on.year}, {words.ago(cell.held_on, today)}"
    line = cell.headline
    if not line.criterion:
        return day
    verdicts = {True: "{criterion}: reached", False: "{criterion}: not yet", None: "{criterion}: not to be said yet"}
    return f"{day}. {words(verdicts[line.met]).format(criterion=line.criterion)}"


def fidelity_mark(cell: HeatCell) -> str:
    """The shape of a verdict: full, half, or a list without one."""
    return {True: "ph.check-circle", False: "ph.circle-half", None: "ph.checks"}[cell.headline.met]
