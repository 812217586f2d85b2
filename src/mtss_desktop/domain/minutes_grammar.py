"""One line of minutes: ``@Ruiz call SRO !10/24 #hallway`` is an action with an owner, a date and a problem.

The signs count only at a word's start and only before something that reads as person, date or tag: "Great!", "a@b.org" and
"#1 priority" stay text. Nothing here fails and nothing typed is lost: what cannot be understood stays in the text and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.meetings import LineKind
from mtss_desktop.domain.minutes_words import (
    LONGEST_NAME_WORDS,
    WORDS,
    Known,
    KnownPerson,
    ReadDate,
    doubtful,
    is_title,
    read_date,
    spelled,
)
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.problems import ProblemId


class Part(StrEnum):
    """What a stretch of the line is."""

    PREFIX = "prefix"
    OWNER = "owner"
    DATE = "date"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` (not included) of the text as typed. ``trouble`` says why it was not understood, "" where it was."""

    start: int
    end: int
    part: Part
    trouble: Said | str = ""


@dataclass(frozen=True)
class ParsedLine:
    """``typed`` is the line as it is; ``text`` what it says without the understood signs and their words.

    ``owner`` is set where the name is beyond doubt. ``candidates`` are the people a quiet choice offers (members first);
    ``new_person`` is a name nobody has, to be offered as new. ``due_doubtful``: more than nine months ahead. ``spans`` are in order.
    """

    typed: str
    kind: LineKind
    text: str
    owner: PersonId | None = None
    candidates: tuple[KnownPerson, ...] = ()
    new_person: str = ""
    due: date | None = None
    due_doubtful: bool = False
    problem: ProblemId | None = None
    spans: tuple[Span, ...] = ()

    @property
    def unresolved(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.trouble)

    def sentence(self, *, answered: bool = False) -> str:
        """What an action made from the line says: signs go, and so do days that are none.

        A name nobody has yet stays as a word until somebody is named as the owner (``answered``).
        """
        whole = [not span.trouble or _says_nothing(span, answered) for span in self.spans]
        gone = (
            Span(span.start, span.end if all_of_it else span.start + 1, span.part)
            for span, all_of_it in zip(self.spans, whole, strict=True)
        )
        return _without(self.typed, tuple(gone)) or self.typed


PREFIXES = {
    "action": LineKind.ACTION,
    "decision": LineKind.DECISION,
    "parking": LineKind.PARKING_LOT,
    "parking lot": LineKind.PARKING_LOT,
    "win": LineKind.CELEBRATION,
    "celebrate": LineKind.CELEBRATION,
    "celebration": LineKind.CELEBRATION,
    "note": LineKind.NOTE,
}

_PREFIX = re.compile(
    r"\s*(" + "|".join(sorted(PREFIXES, key=len, reverse=True)).replace(" ", r"\s+") + r")\s*:", re.IGNORECASE
)
_SIGN = re.compile(r"(?:(?<=[\s(\[“\"])|^)[@!#](?=\S)")
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=\w))*")
_GAP = re.compile(r"[.,]?[ \u00a0]")
_TAG = re.compile(r"[^\W_](?:[\w]|-(?=\w))*")

_EMPTY = re.compile(r"\s*(?:\([\s,;&]*\)|\[[\s,;&]*\]|“\s*”|\"\s*\")")
_BEFORE = re.compile(r"^(?:[,;:.]+(?=\s|$)\s*|[-–—]+(?:\s+|$))+")
_BEHIND = re.compile(r"(?:\s+[-–—,;:]+)+$")

TWO_OWNERS = said("One owner: the first name is taken.")
TWO_DATES = said("One day: the first is taken.")
TWO_PROBLEMS = said("The first problem is taken.")
WHICH_PERSON = said("Several people fit: choose one.")
NO_SUCH_DATE = said("No such day. Type !10/24, !fri or !+2w.")
PAST_DATE = said("Before the meeting. Type !fri or !+2w.")
OTHER_WEEKDAY = said("On another weekday. Type !fri or !10/24.")
NO_NEXT_MEETING = said("The next meeting has no date yet. Type !10/24.")
NO_SUCH_TAG = said("No open problem has this tag.")


def parse(text: str, *, day: date, known: Known, kind: LineKind | None = None) -> ParsedLine:
    """``day`` is the meeting's. ``kind`` as chosen by key wins over a prefix, a prefix over the signs; without any a line is a note."""
    line = ParsedLine(text, LineKind.NOTE, "")
    prefix = _PREFIX.match(text)
    if prefix:
        line = replace(line, spans=(Span(prefix.start(1), prefix.end(), Part.PREFIX),))
    for start in _signs(text, prefix.end() if prefix else 0):
        if not line.spans or start >= line.spans[-1].end:
            line = _READERS[text[start]](line, start, day, known)
    meant = kind or (PREFIXES[_single(prefix[1])] if prefix else _by_signs(line))
    return replace(line, kind=meant, text=_without(text, line.spans))


def _signs(text: str, start: int) -> Iterator[int]:
    return (found.start() for found in _SIGN.finditer(text) if found.start() >= start)


def _single(words: str) -> str:
    return " ".join(words.lower().split())


def _by_signs(line: ParsedLine) -> LineKind:
    asks = any(span.part in (Part.OWNER, Part.DATE) for span in line.spans)
    return LineKind.ACTION if asks else LineKind.NOTE


def _without(text: str, spans: tuple[Span, ...]) -> str:
    """The text less what was understood, with single spaces where something was taken out."""
    kept, at = [], 0
    for span in spans:
        if not span.trouble:
            kept.append(text[at : span.start])
            at = span.end
    kept.append(text[at:])
    whole = kept[0]
    for piece in kept[1:]:
        whole = _joined(whole, piece)
    return _tidy(whole) if len(kept) > 1 else whole.strip()


def _tidy(text: str) -> str:
    """Without the empty brackets, and the comma or dash at an end, that stood around what was taken out."""
    whole = _EMPTY.sub("", text).strip()
    return _BEHIND.sub("", _BEFORE.sub("", whole))


def _says_nothing(span: Span, answered: bool) -> bool:
    """A day that is none; a name that was answered by naming the owner. Words of a second owner or day stay."""
    if span.part is Part.DATE:
        return span.trouble != TWO_DATES
    return answered and span.part is Part.OWNER and span.trouble != TWO_OWNERS


def _joined(left: str, right: str) -> str:
    if right[:1] in (".", ",", ";", ":", "?", "!", ")"):
        return left.rstrip() + right
    apart = left[-1:].isspace() or right[:1].isspace()
    return f"{left.rstrip()} {right.lstrip()}" if apart else left + right


# The three signs -----------------------------------------------------------------------------------------------------------


def _owner(line: ParsedLine, start: int, day: date, known: Known) -> ParsedLine:
    del day
    words = tuple(_name_words(line.typed, start + 1))
    for count in range(len(words), 0, -1):
        name = line.typed[start + 1 : words[count - 1].end()]
        if _speaks_of(name, known):
            return line
        fitting = known.named(name) if _may_be_initials(words[:count]) else ()
        if fitting:
            return _named(line, Span(start, _end_of(line.typed, words[count - 1]), Part.OWNER), fitting, known)
    return _unnamed(line, start, words, known) if words else line


def _name_words(text: str, start: int) -> Iterator[re.Match[str]]:
    """Words of letters with a single space (or comma or period, and space) between them; none where the first goes on as an address."""
    for _ in range(LONGEST_NAME_WORDS):
        word = _NAME.match(text, start)
        if word is None or text[word.end() : word.end() + 1] in ("@", "_"):
            return
        yield word
        gap = _GAP.match(text, word.end())
        if gap is None:
            return
        start = gap.end()


def _speaks_of(name: str, known: Known) -> bool:
    """Ruiz’s class: words about somebody, not for them."""
    return name[-2:] in ("'s", "’s") and (" " not in name or bool(known.named(name[:-2])))


def _may_be_initials(words: tuple[re.Match[str], ...]) -> bool:
    """Ann B is somebody, "Ann a list of books" is not."""
    return all(len(word[0]) > 1 or word[0].isupper() for word in words[1:])


def _end_of(text: str, last: re.Match[str]) -> int:
    """With the period of an initial where the sentence goes on."""
    after = text[last.end() : last.end() + 3]
    return last.end() + (1 if len(last[0]) == 1 and after[:2] == ". " and after[2:].islower() else 0)


def _named(line: ParsedLine, span: Span, fitting: tuple[KnownPerson, ...], known: Known) -> ParsedLine:
    """One member is taken; of several, or where a member's name begins so and only another's is so, somebody chooses."""
    if _has(line, Part.OWNER):
        return _with(line, replace(span, trouble=TWO_OWNERS))
    members = tuple(person for person in fitting if person.member)
    beginning = known.beginning(line.typed[span.start + 1 : span.end]) if not members else ()
    near = tuple(person for person in beginning if person.member)
    choice = members or tuple(dict.fromkeys((*near, *fitting)))
    if len(choice) == 1:
        return _with(replace(line, owner=choice[0].id), span)
    return _with(replace(line, candidates=choice), replace(span, trouble=WHICH_PERSON))


def _unnamed(line: ParsedLine, start: int, words: tuple[re.Match[str], ...], known: Known) -> ParsedLine:
    """A name nobody has: those it may begin, and the offer to add it. A small-letter word that fits nobody is text."""
    if len(words) > 1 and is_title(words[0][0]):
        words = words[1:]
    first = words[0][0]
    near = known.beginning(first)
    if not near and not first[0].isupper():
        return line
    two = len(words) > 1 and not near and words[1][0][0].isupper() and words[1].start() == words[0].end() + 1
    count = 2 if two else 1
    span = Span(start, words[count - 1].end(), Part.OWNER)
    if _has(line, Part.OWNER):
        return _with(line, replace(span, trouble=TWO_OWNERS))
    name = line.typed[words[0].start() : span.end]
    trouble = WHICH_PERSON if near else said("{name} is not known yet.", name=name)
    return _with(replace(line, candidates=near, new_person=name), replace(span, trouble=trouble))


def _date(line: ParsedLine, start: int, day: date, known: Known) -> ParsedLine:
    found = read_date(line.typed, start + 1, day, known.next_meeting)
    if found is None:
        return line
    end, read = found
    span = Span(start, end, Part.DATE)
    if _has(line, Part.DATE):
        return _with(line, replace(span, trouble=TWO_DATES))
    if read.day is None:
        return _with(line, replace(span, trouble=_no_day(read)))
    return _with(replace(line, due=read.day, due_doubtful=doubtful(read.day, day)), span)


def _no_day(read: ReadDate) -> Said:
    if read.past:
        return PAST_DATE
    if read.unknown:
        return NO_NEXT_MEETING
    return OTHER_WEEKDAY if read.other_weekday else NO_SUCH_DATE


def _problem(line: ParsedLine, start: int, day: date, known: Known) -> ParsedLine:
    del day
    tag = _TAG.match(line.typed, start + 1)
    if tag is None or tag[0].isdigit():
        return line
    span = Span(start, tag.end(), Part.PROBLEM)
    found = known.tagged(tag[0])
    if found is None:
        return _with(line, replace(span, trouble=NO_SUCH_TAG)) if tag[0][0].isalpha() else line
    if _has(line, Part.PROBLEM):
        return _with(line, replace(span, trouble=TWO_PROBLEMS))
    return _with(replace(line, problem=found.id), span)


_READERS = {"@": _owner, "!": _date, "#": _problem}


def _has(line: ParsedLine, part: Part) -> bool:
    return any(span.part is part for span in line.spans)


def _with(line: ParsedLine, span: Span) -> ParsedLine:
    return replace(line, spans=(*line.spans, span))


# Completing -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Completion:
    """``rest`` stands gray behind the caret. Tab replaces ``start`` to the caret with ``insert``, which ends with a space."""

    start: int
    insert: str
    rest: str


def complete(text: str, caret: int, known: Known) -> Completion | None:
    """What the word before the caret may become; None where nothing fits, nothing is left to add, or the caret is inside a word."""
    if not 0 < caret <= len(text) or text[caret : caret + 1].strip():
        return None
    starts = [start for start in _signs(text[:caret], 0) if caret - start <= 60]
    for start in reversed(starts):
        typed = text[start + 1 : caret]
        if text[start] == "@" and known.named(typed) and len(typed.split()[-1]) > 1:
            return None
        for name in _offers(text[start], typed, known):
            rest = rest_of(name, typed)
            if rest:
                return Completion(start, f"{text[start]}{name} ", rest)
    return None


def _offers(sign: str, typed: str, known: Known) -> Iterator[str]:
    begun = fold(typed)
    if sign == "@" and (called := spelled(typed)):
        yield from (name for start, name, _ in known.starts if start.startswith(called))
    elif sign == "#" and begun:
        yield from (problem.tag for problem in known.problems if fold(problem.tag).startswith(begun))
    elif sign == "!" and begun:
        yield from (word for word in WORDS if word.startswith(begun))


def rest_of(name: str, typed: str) -> str:
    """What a name has beyond what was typed, without regard to case, accents and marks; "" where it does not begin so."""
    begun, inside = spelled(typed), typed[-1:].isalnum()
    for length in range(len(name) + 1):
        if spelled(name[:length]) == begun and (inside or not name[length - 1 : length].isalnum()):
            return name[length:]
    return ""
