"""Sentences of the Data room."""

from __future__ import annotations

from collections.abc import Sequence

from mtss_desktop.base.words import Words, said, school_year
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.provenance import WhereFrom, where_head
from mtss_desktop.usecases.data import (
    RULES,
    BehaviorView,
    GroupView,
    ProgressLine,
    ProgressView,
    ScreeningPage,
)

VIEWS = (("screening", "Screening"), ("progress", "Progress"), ("behavior", "Behavior"))
SOURCES = 3
"""Files that are named below a picture."""
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


def source_line(words: Words, sources: Sequence[WhereFrom]) -> str:
    """Below a picture that leaves the window: the newest files first, the others as a number."""
    applied = sorted(sources, key=lambda each: (each.applied_at is not None, each.applied_at or 0), reverse=True)
    named = [f"{each.file_name} ({where_head(words, each)})" for each in applied[:SOURCES]]
    if not named:
        return ""
    more = len(applied) - len(named)
    others = words.say(said(", and {n} more file", many=", and {n} more files", count="n", n=more)) if more else ""
    return words("From {files}").format(files="; ".join(named)) + others


def file_stem(words: Sequence[str]) -> str:
    """A file name of plain letters: never a person's name."""
    text = "-".join(words).casefold()
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text).split())
