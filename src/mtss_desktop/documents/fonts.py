"""The embedded fonts: which face, how wide, and which face has a letter that Open Sans lacks.

No base-14 font is ever used. Faces are read once per process. A letter neither family has is printed as the replacement
character; the text beneath it stays what was typed (see ``Stretch.actual``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.documents.tagging import embedded_font

REGULAR, SEMIBOLD, BOLD, ITALIC, BOLD_ITALIC = "Regular", "SemiBold", "Bold", "Italic", "BoldItalic"
TEXT, DENSE, MONO = "text", "dense", "mono"
REPLACEMENT = "\ufffd"

_FILES = {
    (TEXT, REGULAR): "OpenSans-Regular",
    (TEXT, SEMIBOLD): "OpenSans-SemiBold",
    (TEXT, BOLD): "OpenSans-Bold",
    (TEXT, ITALIC): "OpenSans-Italic",
    (TEXT, BOLD_ITALIC): "OpenSans-BoldItalic",
    (DENSE, REGULAR): "OpenSansSemiCondensed-Regular",
    (DENSE, SEMIBOLD): "OpenSansSemiCondensed-SemiBold",
    (DENSE, BOLD): "OpenSansSemiCondensed-SemiBold",
    (DENSE, ITALIC): "OpenSansSemiCondensed-Regular",
    (DENSE, BOLD_ITALIC): "OpenSansSemiCondensed-SemiBold",
}
_MONO = "DejaVuSansMono-Bold"
_FALLBACK, _FALLBACK_BOLD = "DejaVuSans", "DejaVuSans-Bold"


class Face:
    """One cut. ``widths`` are in thousandths of the size; ``ascent`` and ``descent`` likewise (descent is negative)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.font: Any = embedded_font(name, str(paths.resource("fonts", f"{name}.ttf")))
        table = self.font.face
        self.letters = frozenset(table.charToGlyph) - {0}
        self.widths: dict[str, float] = {chr(code): float(table.getCharWidth(code)) for code in self.letters}
        self.widths["\u00a0"] = self.widths[" "]
        self.ascent, self.descent = float(table.ascent), float(table.descent)

    def covers(self, text: str) -> bool:
        return self.widths.keys() >= set(text)


@cache
def face(weight: str = REGULAR, family: str = TEXT) -> Face:
    """The cut of a family: ``weight`` is Regular, SemiBold, Bold, Italic or BoldItalic, ``family`` text, dense or mono."""
    return _named(_MONO if family == MONO else _FILES[family, weight])


@cache
def _named(name: str) -> Face:
    return Face(name)


def _fallback(of: Face) -> Face:
    return _named(_FALLBACK_BOLD if "Bold" in of.name else _FALLBACK)


@dataclass(frozen=True)
class Stretch:
    """Text that one face can print. ``actual`` is what was typed, where that differs from what is printed."""

    text: str
    face: Face
    actual: str = ""


def clean(text: str) -> str:
    """Composed letters, no control characters (line feeds stay), tabs as spaces: what can be printed."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ").replace("\u2028", "\n")
    return "".join(letter for letter in composed if letter == "\n" or unicodedata.category(letter) not in _UNPRINTABLE)


_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zp"})


@lru_cache(maxsize=20_000)
def stretches(text: str, of: Face) -> tuple[Stretch, ...]:
    """The text in runs of one face each: the wanted face where it has the letters, DejaVu where it lacks them."""
    if of.covers(text):
        return (Stretch(text, of),)
    return tuple(_split(text, of))


def _split(text: str, of: Face) -> Iterator[Stretch]:
    spare = _fallback(of)
    run, current = "", of
    for letter in text:
        if letter in of.widths:
            wanted = of
        elif letter in spare.widths:
            wanted = spare
        else:
            if run:
                yield Stretch(run, current)
            run = ""
            yield Stretch(REPLACEMENT, spare, actual=letter)
            continue
        if wanted is not current and run:
            yield Stretch(run, current)
            run = ""
        current = wanted
        run += letter
    if run:
        yield Stretch(run, current)


@lru_cache(maxsize=50_000)
def _units(text: str, of: Face) -> float:
    widths = of.widths
    try:
        return sum([widths[letter] for letter in text])
    except KeyError:
        return sum(sum(part.face.widths[letter] for letter in part.text) for part in stretches(text, of))


def width(text: str, of: Face, size: float, track: float = 0.0) -> float:
    """How wide the text is in points at a size; ``track`` is added after every letter."""
    return _units(text, of) * size / 1000.0 + track * len(text)
