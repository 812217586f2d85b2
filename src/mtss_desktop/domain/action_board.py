"""The actions of all teams on one board: in groups, late ones first, moved many at a time, one mail for each owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.domain.caseload import ActionLine
from mtss_desktop.domain.minutes_words import read_date


class By(StrEnum):
    """What the board is grouped by; one at a time."""

    OWNER = "owner"
    SCHOOL = "school"
    DUE = "due"


class Which(StrEnum):
    ALL = "all"
    LATE = "late"
    THIS_WEEK = "this week"


@dataclass(frozen=True)
class BoardLine(ActionLine):
    """``gone``: the owner left the place or the team. ``next_meeting`` is the next planned day of the team."""

    owner_id: str = ""
    owner_last: str = ""
    email: str = ""
    gone: bool = False
    next_meeting: date | None = None
    meeting_day: date | None = None

    @cached_property
    def searched(self) -> str:
        """The folded words that typing is looked for in."""
        return fold(f"{self.text} {self.owner} {self.team} {self.place} {self.parent} {self.item} {self.instrument}")

    @cached_property
    def by_owner(self) -> tuple[int, str]:
        """Its place in a board by owner: last names in order, nobody's last."""
        return int(not self.owner_id), f"{fold(self.owner_last)} {fold(self.owner)} {self.owner_id}"

    @cached_property
    def by_place(self) -> tuple[int, str]:
        return 0, f"{fold(self.place)} {self.place_id}"

    @cached_property
    def by_text(self) -> str:
        return fold(self.text)

    @property
    def belongs_to(self) -> Said | str:
        """The problem's title, the rated item or the meeting it comes from, or nothing."""
        if self.parent:
            return self.parent
        if self.item:
            return said("Item {item}, {list}", item=self.item, list=self.instrument)
        return said("Meeting {day:short}", day=self.meeting_day) if self.meeting_day else ""


@dataclass(frozen=True)
class BoardGroup:
    """``title`` "" in a board by owner: nobody has them yet."""

    key: str
    title: Said | str
    lines: tuple[BoardLine, ...]
    late: int
    gone: bool = False


def is_late(line: ActionLine, today: date) -> bool:
    return line.due_on is not None and line.due_on < today


def is_this_week(line: ActionLine, today: date) -> bool:
    """Due within seven days from today."""
    return line.due_on is not None and today <= line.due_on <= today + timedelta(days=6)


def fitting(lines: Iterable[BoardLine], *, which: Which, text: str, today: date) -> tuple[BoardLine, ...]:
    """Lines of a chip in which every typed word occurs: in the action, its owner, team, place or what it belongs to."""
    wanted = fold(text).split()
    return tuple(line for line in lines if _is(which, line, today) and all(word in line.searched for word in wanted))


def _is(which: Which, line: BoardLine, today: date) -> bool:
    if which is Which.LATE:
        return is_late(line, today)
    return is_this_week(line, today) if which is Which.THIS_WEEK else True


def groups(lines: Sequence[BoardLine], by: By, today: date) -> tuple[BoardGroup, ...]:
    """Owners by last name with nobody's last, places by name, or spans of time; in a group the earliest date comes first."""

    def order(line: BoardLine) -> tuple[int, str]:
        return _order(line, by, today)

    ordered = sorted(lines, key=lambda line: (order(line), line.due_on is None, line.due_on or today, line.by_text))
    return tuple(_group(str(key), by, tuple(members), today) for key, members in groupby(ordered, key=order))


def _order(line: BoardLine, by: By, today: date) -> tuple[int, str]:
    match by:
        case By.OWNER:
            return line.by_owner
        case By.SCHOOL:
            return line.by_place
    return _span(line, today), ""


_SPANS = (said("Late"), said("This week"), said("Next week"), said("Later"), said("Without a date"))


def _span(line: BoardLine, today: date) -> int:
    if line.due_on is None:
        return 4
    days = (line.due_on - today).days
    return 0 if days < 0 else 1 if days < 7 else 2 if days < 14 else 3


def _group(key: str, by: By, lines: tuple[BoardLine, ...], today: date) -> BoardGroup:
    first = lines[0]
    titles: dict[By, Said | str] = {By.OWNER: first.owner, By.SCHOOL: first.place, By.DUE: _SPANS[_span(first, today)]}
    late = sum(is_late(line, today) for line in lines)
    return BoardGroup(f"{by}:{key}", titles[by], lines, late, by is By.OWNER and all(line.gone for line in lines))


# Moving dates ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """Where one action's date would go; ``why_not`` says why it stays."""

    action_id: str
    due_on: date | None
    why_not: Said | None = None


def moved(line: BoardLine, typed: str, today: date) -> Moved:
    """The new date of one action: `+1w` and `+3d` count from its own date, `12/4`, `fri` and `next meeting` from today.

    A date that is late and would still be counts from today instead.
    """
    wanted = typed.strip().lstrip("!").strip()
    start = line.due_on if wanted.startswith("+") and line.due_on is not None else today
    found = read_date(wanted, 0, start, line.next_meeting)
    if found is None or found[0] != len(wanted):
        return Moved(line.id, None, said("not a date"))
    if found[1].day is not None and found[1].day < today and start is not today:
        found = read_date(wanted, 0, today, line.next_meeting) or found
    if found[1].unknown:
        return Moved(line.id, None, said("no next meeting"))
    return Moved(line.id, found[1].day, None if found[1].day is not None else said("not a coming day"))


# Mail -----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnerMail:
    """What a mail to one owner says: all their open actions over all teams, the earliest first. Nothing is sent."""

    owner_id: str
    owner: str
    to: tuple[str, ...]
    subject: Said
    greeting: Said
    lines: tuple[tuple[str, Said], ...]
    closing: Said
    sender: str


def owner_mail(lines: Sequence[BoardLine], today: date, *, first_name: str, sender: str) -> OwnerMail:
    """``lines`` are the open actions of one owner."""
    ordered = sorted(lines, key=lambda line: (line.due_on is None, line.due_on or today, fold(line.text)))
    first = ordered[0]
    n = len(ordered)
    late = [line for line in ordered if is_late(line, today)]
    return OwnerMail(
        first.owner_id,
        first.owner,
        (first.email,) if first.email else (),
        said("{n} open action", many="{n} open actions", count="n", n=n),
        said("Hello {name},", name=first_name),
        tuple((line.text, _due(line)) for line in ordered),
        _closing(late, today),
        sender,
    )


def _due(line: BoardLine) -> Said:
    return said("{day:short}", day=line.due_on) if line.due_on else said("no date")


def _closing(late: Sequence[BoardLine], today: date) -> Said:
    if not late or late[0].due_on is None:
        return said("Tell me if a date no longer fits.")
    days = (today - late[0].due_on).days
    return said(
        "The first one is {n} day past. What would help?",
        many="The first one is {n} days past. What would help?",
        count="n",
        n=days,
    )


def mail_text(words: Words, told: OwnerMail) -> str:
    """The whole body, as the draft file has it."""
    lines = [f"{n}. {text} ({words.say(due)})" for n, (text, due) in enumerate(told.lines, 1)]
    head = [words.say(told.greeting), words("these are yours over all teams:")]
    parts = [*head, "", *lines, "", words.say(told.closing)]
    return "\n".join([*parts, told.sender] if told.sender else parts)
