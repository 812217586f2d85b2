"""Sentences of the Data room."""

from __future__ import annotations

from collections.abc import Sequence

from mtss_desktop.base.words import Words, said, school_year
from mtss_desktop.domain.growth import Decision
from mtss_desktop.usecases.data import (
    RULES,
    BehaviorView,
    GroupView,
    ProgressLine,
    ProgressView,
    ScreeningPage,
    WhereFrom,
)

VIEWS = (("screening", "Screening"), ("progress", "Progress"), ("behavior", "Behavior"))
_VERDICTS = {
    Decision.CHANGE: ("Change", "warning", "ph.warning"),
    Decision.RAISE: ("Raise goal", "accent", "ph.arrow-up"),
    Decision.CONTINUE: ("Keep going", "success", "ph.check"),
}


def verdict(words: Words, line: ProgressLine) -> tuple[str, str, str]:
    """(words, tone, icon) of a student's chip."""
    if line.decision in _VERDICTS:
        text, tone, icon = _VERDICTS[line.decision]
        return words(text), tone, icon
    if line.decision is None:
        return words("No goal line"), "", ""
    need = RULES.four_point_minimum
    return words.say(said("{n} of {need} scores", n=min(line.scores, need), need=need)), "", ""


def screening_sentence(words: Words, place: str, page: ScreeningPage | None, year: int) -> str:
    if page is None:
        return f"{place} · {school_year(year)}" if year else place
    window = f"{page.window[1].lower()} {school_year(page.window[0])}"
    return f"{place} · {page.measure} · {window}"


def progress_sentence(view: GroupView | ProgressView) -> str:
    measure = view.measure.name if view.measure is not None else ""
    return " · ".join(part for part in (measure, view.place) if part)


def behavior_sentence(words: Words, view: BehaviorView) -> str:
    return f"{view.place} · {school_year(view.year)}"


def where_head(words: Words, where: WhereFrom) -> str:
    """When and by whom a file was brought in."""
    when = words.date(words.local(where.applied_at).date()) if where.applied_at is not None else words("not applied")
    return words("{when}, {who}").format(when=when, who=where.by or words("not known"))


def where_lines(words: Words, where: WhereFrom) -> list[str]:
    """Rows of the file, rows behind this figure, rows left out, and the rules they went by."""
    rows = words.say(said("{n} row in the file", many="{n} rows in the file", count="n", n=where.rows))
    counts = [rows]
    if where.used is not None:
        counts.append(words.say(said("{n} behind these numbers", n=where.used)))
    if where.left_out is not None:
        counts.append(words.say(said("{n} left out", n=where.left_out)))
    rules = words("Rules: {rules}").format(rules=", ".join(rule for rule in where.rules if rule)) if where.rules else ""
    return [part for part in ("; ".join(counts) + ".", rules) if part]


def file_stem(words: Sequence[str]) -> str:
    """A file name of plain letters: never a person's name."""
    text = "-".join(words).casefold()
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text).split())
