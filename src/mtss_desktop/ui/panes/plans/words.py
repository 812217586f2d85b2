"""What the room of plans says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.action_board import BoardGroup, BoardLine, By, Moved, is_late
from mtss_desktop.domain.caseload_words import due_words


def header_sentence(words: Words, lines: Sequence[BoardLine], today: date) -> str:
    if not lines:
        return words("Nothing is open.")
    late = sum(is_late(line, today) for line in lines)
    parts = [
        words.say(said("{n} open action", many="{n} open actions", count="n", n=len(lines))),
        words.say(said("in {n} team", many="in {n} teams", count="n", n=len({line.team_id for line in lines}))),
    ]
    late_words = words("{n} late").format(n=late) if late else words("none late")
    return words("{what}, {late}. Each shows what it belongs to.").format(what=" ".join(parts), late=late_words)


def group_title(words: Words, group: BoardGroup, by: By) -> str:
    return words.say(group.title) or (words("Nobody yet") if by is By.OWNER else "")


def group_count(words: Words, group: BoardGroup) -> str:
    return words.say(said("{n} open", n=len(group.lines)))


def group_late(words: Words, group: BoardGroup) -> str:
    return words("{n} late").format(n=group.late) if group.late else ""


def team_name(line: BoardLine) -> str:
    return ", ".join(part for part in (line.place, line.team.removesuffix(" team")) if part)


def spoken(words: Words, line: BoardLine, today: date, *, marked: bool) -> str:
    """What a screen reader says of a line."""
    parts = [
        words("selected") if marked else "",
        line.text,
        line.owner or words("nobody has it yet"),
        words("no longer in the team") if line.gone else "",
        words.say(line.belongs_to),
        team_name(line),
        due_words(words, line, today)[0],
    ]
    return ", ".join(part for part in parts if part)


def moved_words(words: Words, moves: Sequence[Moved]) -> tuple[str, bool]:
    """(the new dates, or why there are none; whether all can be moved). The first few dates, then how many more."""
    stays = next((each for each in moves if each.due_on is None), None)
    if stays is not None:
        return (words.say(stays.why_not) if stays.why_not else ""), False
    days = sorted({each.due_on for each in moves if each.due_on is not None})
    shown = ", ".join(words.write(day, "short") for day in days[:3])
    return (words("{days} and {n} more").format(days=shown, n=len(days) - 3) if len(days) > 3 else shown), True


def acted(words: Words, one: str, many: str, n: int) -> str:
    return words.say(said(one, many=many, count="n", n=n))
