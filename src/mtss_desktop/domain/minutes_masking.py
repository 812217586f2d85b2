"""Students' names in what is typed: on the wall and in open minutes they become numbers.

People write "Jordan Miller", "Miller, Jordan", "Jordan" or "Miller's". Whole names are masked however they are written; one name alone only
with a capital and where nobody who works here bears it and it is no everyday word, so that "Ruiz" the teacher and "May 12" stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from mtss_desktop.base.folding import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_OWN = re.compile(r"['’]s$")
_BETWEEN = re.compile(r"[ ,]{1,2}")
_SIGNS = "@#"
LONGEST = 6
"""Words of a whole name that are looked at."""

_WORDS = (
    "april august autumn baker bell best black bright brown burns case chance chase church cook cross dawn "
    "day english faith field fields forest french german good grace grant gray green hall hill holiday home "
    "hope hunter joy june king lane long love major mark marsh may mercy miles moon north page park parks pat "
    "penny post power price rich rose sky small south star stone street strong summer sunday swift trinity "
    "true walker wall ward west white will winter wise wood woods young"
)
EVERYDAY = frozenset(_WORDS.split(" "))
"""Names that are words as well: alone they stay."""


@dataclass(frozen=True)
class NamesToMask:
    """``students`` are (number, first name, last name), ``known`` the names of people who work here and of places."""

    students: tuple[tuple[int, str, str], ...] = ()
    known: tuple[str, ...] = ()

    @cached_property
    def _cache(self) -> dict[str, str]:
        return {}

    @cached_property
    def _whole(self) -> dict[tuple[str, ...], set[int]]:
        found: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, first, last in self.students:
            one, two = _words(first), _words(last)
            if one and two:
                found[(*one, *two)].add(number)
                found[(*two, *one)].add(number)
        return dict(found)

    @cached_property
    def _alone(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        spared = EVERYDAY | {word for name in self.known for word in _words(name)}
        for number, first, last in self.students:
            for name in (*_words(first), *_words(last)):
                if len(name) > 2 and name not in spared:
                    found[name].add(number)
        return dict(found)

    def masked(self, text: str) -> str:
        """The text with "Student 0417" for every name of one student, "a student" where several bear it."""
        if not self.students or not text:
            return text
        if text not in self._cache:
            if len(self._cache) > 2000:
                self._cache.clear()
            self._cache[text] = "".join(self._parts(text))
        return self._cache[text]

    def _parts(self, text: str) -> Iterator[str]:
        words = list(_WORD.finditer(text))
        at = place = 0
        while place < len(words):
            length, numbers = self._found(text, words, place)
            if not length:
                place += 1
                continue
            last = words[place + length - 1]
            yield text[at : words[place].start()]
            yield f"Student {next(iter(numbers)):04}" if len(numbers) == 1 else "a student"
            own = _OWN.search(last.group())
            yield own.group() if own else ""
            at, place = last.end(), place + length
        yield text[at:]

    def _found(self, text: str, words: list[re.Match[str]], place: int) -> tuple[int, set[int]]:
        """How many words from here on are a name, and whose."""
        for length in range(min(LONGEST, len(words) - place), 1, -1):
            run = words[place : place + length]
            key = tuple(_plain(word.group()) for word in run)
            if key in self._whole and _stand_together(text, run):
                return length, self._whole[key]
        word = words[place]
        before = text[word.start() - 1 : word.start()]
        if word.group()[0].isupper() and before not in tuple(_SIGNS):
            return (1, numbers) if (numbers := self._alone.get(_plain(word.group()), set())) else (0, set())
        return 0, set()


def _stand_together(text: str, run: list[re.Match[str]]) -> bool:
    gaps = (text[one.end() : two.start()] for one, two in pairwise(run))
    return all(_BETWEEN.fullmatch(gap) for gap in gaps)


def _plain(word: str) -> str:
    return fold(_OWN.sub("", word)).replace("’", "'")


def _words(name: str) -> tuple[str, ...]:
    return tuple(_plain(word.group()) for word in _WORD.finditer(name))
