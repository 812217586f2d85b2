"""Text into lines. Widths in points; nothing is ever cut off: a word wider than its line breaks, first at a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mtss_desktop.base.words import Said, Words
from mtss_desktop.documents import fonts
from mtss_desktop.documents.blocks import Bar, Boxes, Checkbox, Inline, Mark, PageOf, Rich, Run, WriteLine, runs
from mtss_desktop.documents.style import Style, TextStyle

BOX_GAP = 1.5
"""Points between the boxes of a row."""
Drawn = Mark | Checkbox | WriteLine | Bar | Boxes
_SOFT = "-–/·_@."
_CLOCK = r"\d{1,2}(?::\d\d)?(?: [AP]M)?"
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
_WHOLE = re.compile(
    rf"(?:{_CLOCK}[-–])?{_CLOCK}(?<=M)\b|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{{1,2}}/\d{{1,2}}|{_MONTH} \d{{1,2}}(?:, \d{{4}})?\b"
)
"""Times and dates, whose parts stay on one line: 2:45–4:00 PM, Thu 2/12, February 12, 2026."""
_HELD = "\x1f"
"""Stands for a blank that no line ends at; no text on paper holds control characters."""
_PAGE_ROOM = "000"  # a page number takes at most this much room


@dataclass(frozen=True)
class TextPart:
    """Text in one style. ``page_of`` names an anchor whose page number is painted instead of ``text``."""

    text: str
    style: TextStyle
    width: float
    language: str = ""
    anchor: str = ""
    page_of: str = ""


@dataclass(frozen=True)
class DrawnPart:
    """A shape, box, blank or bar with its own width (the room after it included)."""

    what: Drawn
    width: float


Part = TextPart | DrawnPart


@dataclass(frozen=True)
class Line:
    parts: tuple[Part, ...]
    width: float

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))


@dataclass(frozen=True)
class _Word:
    """Parts without a space between them. ``lead`` is the room before it inside a line; ``breaks`` ends the line before it."""

    parts: tuple[Part, ...]
    lead: float = 0.0
    space: TextStyle | None = None
    breaks: bool = False

    @property
    def width(self) -> float:
        return sum(part.width for part in self.parts)


@dataclass(frozen=True)
class Setter:
    """Sets text: says it with ``words``, in the looks of ``style``."""

    words: Words
    style: Style

    def say(self, text: Said | str) -> str:
        """Finished, printable text. A plain ``str`` is said as it is: it may be a name a person typed."""
        return fonts.clean(text if isinstance(text, str) else self.words.say(text))

    def lines(self, content: Rich, style: TextStyle, width: float) -> list[Line]:
        """The content broken into lines of at most ``width``; empty content has no line."""
        if isinstance(content, str | Said):
            text = self.say(content)
            plain = self._short(text, style, width)
            if plain is not None:
                return plain
        return list(_fill(self.split(runs(content), style, width), width))

    def _short(self, text: str, style: TextStyle, width: float) -> list[Line] | None:
        """Most cells: a few words that fit on one line."""
        if not text.strip():
            return []
        if "\n" in text or "  " in text:
            return None
        wide = measure(text, style)
        return [Line((TextPart(text, style, wide),), wide)] if wide <= width else None

    def split(self, content: Iterable[Inline], style: TextStyle, width: float) -> Iterator[_Word]:
        """Words in order. A run that does not start with a space sticks to what stands before it."""
        held: _Word | None = None
        for inline in content:
            for word, joined in self._pieces(inline, style, width):
                if held is not None and joined:
                    held = replace(held, parts=held.parts + word.parts)
                    continue
                if held is not None:
                    yield held
                held = word
        if held is not None:
            yield held

    def _pieces(self, inline: Inline, style: TextStyle, width: float) -> Iterator[tuple[_Word, bool]]:
        """(word, does it stick to the one before?)"""
        match inline:
            case Run():
                yield from _run_words(self.say(inline.text), inline, _run_style(style, inline))
            case PageOf(anchor=anchor, before=before, quiet=gray):
                shown = style.colored("gray_1") if gray and style.color == "ink" else style
                yield from _run_words(self.say(before), Run(before), shown)
                part = TextPart(_PAGE_ROOM, shown, measure(_PAGE_ROOM, shown), anchor=anchor, page_of=anchor)
                yield _Word((part,)), True
            case Mark(word=word, bold=heavy):
                yield from self._labeled(inline, self.style.mark.size, word, style.bold() if heavy else style, lead=0.0)
            case Checkbox(word=word):
                lead = self.style.space.box_gap
                yield from self._labeled(inline, self.style.mark.checkbox, word, style, lead=lead)
            case WriteLine(width=asked):
                yield _Word((DrawnPart(inline, asked or width),)), True
            case Bar():
                yield _Word((DrawnPart(inline, width),)), True
            case Boxes(most=most):
                size = self.style.mark.checkbox
                yield _Word((DrawnPart(inline, most * (size + BOX_GAP) + self.style.space.mark_gap),)), False

    def _labeled(
        self, what: Drawn, size: float, word: Said | str, style: TextStyle, *, lead: float
    ) -> Iterator[tuple[_Word, bool]]:
        """A drawn thing and its word, which stay on one line."""
        gap = self.style.space.mark_gap
        said = self.say(word)
        drawn = DrawnPart(what, size + (gap if said else 0.0))
        first, *rest = _split(said) if said else [""]
        parts: tuple[Part, ...] = (drawn, _text(first, style)) if first else (drawn,)
        yield _Word(parts, lead=lead, space=style), False
        for text in rest:
            yield _Word((_text(text, style),), space=style), False


def measure(text: str, style: TextStyle) -> float:
    return fonts.width(text, fonts.face(style.weight, style.family), style.size, style.track)


def widest_word(content: Rich, setter: Setter, style: TextStyle) -> float:
    """The width of the longest unbreakable stretch, for column widths."""
    words = setter.split(runs(content), style, 0.0)
    return max((word.width for word in words), default=0.0)


def _text(text: str, style: TextStyle) -> TextPart:
    return TextPart(text, style, measure(text, style))


def _run_style(style: TextStyle, run: Run) -> TextStyle:
    shown = style.bold() if run.bold else style
    shown = shown.italic() if run.italic else shown
    return shown.colored("gray_1") if run.quiet and shown.color == "ink" else shown


def _split(text: str) -> list[str]:
    """At blanks, but never inside a time or a date."""
    if not any(letter.isdigit() for letter in text):
        return text.split(" ")
    held = _WHOLE.sub(lambda found: found[0].replace(" ", _HELD), text)
    return [word.replace(_HELD, " ") for word in held.split(" ")]


def _run_words(text: str, run: Run, style: TextStyle) -> Iterator[tuple[_Word, bool]]:
    """A blank at the end of a run separates it from the next: it is kept as an empty word."""
    joined = True
    for number, row in enumerate(text.split("\n")):
        if number:
            yield _Word((), breaks=True), False
            joined = True
        for position, word in enumerate(_split(row)):
            if position:
                joined = False
            if word:
                part = TextPart(word, style, measure(word, style), run.language, run.anchor)
                yield _Word((part,), space=style), joined
                joined = True
            elif position:
                yield _Word((), space=style), False
                joined = True


def _fill(words: Iterable[_Word], width: float) -> Iterator[Line]:
    """Greedy: as many words on a line as fit."""
    line: list[Part] = []
    used = extra = 0.0
    for word in words:
        if word.breaks:
            yield _line(line, goes_on=True)
            line, used = [], 0.0
        if not word.parts:
            extra += _gap(word)
            continue
        gap = _gap(word) + extra if line else 0.0
        extra = 0.0
        if line and used + gap + word.width > width + 0.01:
            yield _line(line, goes_on=True)
            line, used, gap = [], 0.0, 0.0
        if word.width > width + 0.01:
            *full, word = _broken(word, width)
            yield from (_line(list(part.parts)) for part in full)
        if gap:
            line.append(_space(word, gap))
        line += word.parts
        used += gap + word.width
    if line:
        yield _line(line)


def _gap(word: _Word) -> float:
    space = measure(" ", word.space) if word.space is not None else 0.0
    return space + word.lead


def _space(word: _Word, gap: float) -> TextPart:
    style = word.space
    if style is None:
        raise ValueError("a word after a space knows its style")
    return TextPart(" ", style, gap)


def _line(parts: list[Part], *, goes_on: bool = False) -> Line:
    """Neighbors of one look become one part: fewer operators, and text that can be searched.

    A line that ``goes_on`` ends in a blank without width: whoever reads aloud or searches would join two words otherwise.
    """
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, TextPart) and isinstance(last, TextPart) and _alike(last, part):
            merged[-1] = replace(last, text=last.text + part.text, width=last.width + part.width)
        else:
            merged.append(part)
    last = merged[-1] if merged else None
    if goes_on and isinstance(last, TextPart) and not last.page_of:
        merged[-1] = replace(last, text=f"{last.text} ")
    return Line(tuple(merged), sum(part.width for part in merged))


def _alike(first: TextPart, second: TextPart) -> bool:
    if first.page_of or second.page_of:
        return False
    if second.text == " ":
        return abs(second.width - measure(" ", second.style)) < 0.01 and first.style == second.style
    stretched = abs(first.width - measure(first.text, first.style)) > 0.01
    return not stretched and (first.style, first.language, first.anchor) == (
        second.style,
        second.language,
        second.anchor,
    )


def _broken(word: _Word, width: float) -> Iterator[_Word]:
    """A word wider than a line, cut after soft places where there are some, else after any letter."""
    line: list[Part] = []
    used = 0.0
    for part in word.parts:
        rest = part
        while isinstance(rest, TextPart) and used + rest.width > width and len(rest.text) > 1:
            cut = _cut(rest.text, rest.style, width - used, must=not line)
            if cut:
                line.append(_resized(rest, rest.text[:cut]))
                rest = _resized(rest, rest.text[cut:])
            yield replace(word, parts=tuple(line), lead=0.0)
            line, used = [], 0.0
        line.append(rest)
        used += rest.width
    yield replace(word, parts=tuple(line), lead=0.0)


def _resized(part: TextPart, text: str) -> TextPart:
    return replace(part, text=text, width=measure(text, part.style))


def _cut(text: str, style: TextStyle, width: float, *, must: bool) -> int:
    """How many letters fit, preferably ending at a soft place; with ``must`` at least one."""
    fits = 0
    while fits < len(text) and measure(text[: fits + 1], style) <= width:
        fits += 1
    blank = text.rfind(" ", 0, fits) + 1  # of a time or a date that is wider than its line
    soft = max((place + 1 for place in range(fits) if text[place] in _SOFT), default=0)
    return blank or soft or fits or (1 if must else 0)
