"""Where the numbers of a figure come from: the imports behind it, how much of each stands in it, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mtss_desktop.base.words import Said, Words, said


@dataclass(frozen=True)
class Share:
    """Of one import (its key): ``used`` are counted in a figure, ``left_out`` came for the same thing and are not counted."""

    import_key: int
    used: int
    left_out: int = 0


def shares(found: Iterable[tuple[int, int, bool]]) -> tuple[Share, ...]:
    """(import, how many, whether they are counted) → one share for each import that has some, in the order of the imports."""
    used: dict[int, int] = {}
    left: dict[int, int] = {}
    for key, n, counted in found:
        into = used if counted else left
        into[key] = into.get(key, 0) + n
    return tuple(Share(key, used.get(key, 0), left.get(key, 0)) for key in sorted(used | left))


@dataclass(frozen=True)
class WhereFrom:
    """One import behind a figure: file, when and by whom, the rows of the file and how many of them were not taken.

    ``used`` are counted in the figure, ``left_out`` came for the same thing and are not; None where no single figure is
    meant. ``rules`` are the layout the file was read by, with its version, and what else was applied.
    """

    import_id: str
    key: int
    file_name: str
    applied_at: datetime | None
    by: str
    rows: int
    not_taken: int
    used: int | None
    left_out: int | None
    rules: tuple[Said | str, ...]

    def in_figure(self, share: Share) -> WhereFrom:
        """The same import behind one figure."""
        return replace(self, used=share.used, left_out=share.left_out)


def behind(sources: Sequence[WhereFrom], figure: Sequence[Share]) -> tuple[WhereFrom, ...]:
    """Of the imports behind a page those behind one of its figures, with how much of them stands in it."""
    found = {each.import_key: each for each in figure}
    return tuple(each.in_figure(found[each.key]) for each in sources if each.key in found)


def where_head(words: Words, where: WhereFrom) -> str:
    """When and by whom a file was brought in."""
    when = words.date(words.local(where.applied_at).date()) if where.applied_at is not None else words("not applied")
    return words("{when}, {who}").format(when=when, who=where.by or words("not known"))


def where_lines(words: Words, where: WhereFrom) -> list[str]:
    """Rows of the file, what of it is counted in this figure and what is not, and the rules they went by.

    A row may hold several scores, so more can be counted than there are rows.
    """
    rows = words.say(said("{n} row in the file", many="{n} rows in the file", count="n", n=where.rows))
    if where.not_taken:
        rows += words.say(said(", {n} not taken", n=where.not_taken))
    parts = [f"{rows}."]
    if where.used is not None:
        left = said("none left out") if not where.left_out else said("{n} left out", n=where.left_out)
        counted = words.say(said("{n} counted in this figure", n=where.used))
        parts.append(f"{counted}, {words.say(left)}.")
    rules = [text for rule in where.rules if (text := words.write(rule))]
    if rules:
        parts.append(words("Read as {layout}.").format(layout=rules[0]))
    return [*parts, *rules[1:]]
