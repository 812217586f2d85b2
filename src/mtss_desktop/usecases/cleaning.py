"""What every use case asks of typed text."""

from __future__ import annotations

from datetime import date, time

from mtss_desktop.base.errors import UserError

LONGEST_NAME = 120
LONGEST_TEXT = 20_000


def clean_name(name: str, what: str) -> str:
    """One line without needless spaces. Raises ``UserError`` ("Give the team a name.") when nothing is left."""
    cleaned = " ".join(_typed(name).split())
    if not cleaned:
        raise UserError(f"Give {what} a name.")
    if len(cleaned) > LONGEST_NAME:
        raise UserError(f"This name is longer than {LONGEST_NAME} letters.", "Shorten it.")
    return cleaned


def clean_text(text: str) -> str:
    """Any text, without characters that no keyboard types and without blank ends."""
    if len(text) > LONGEST_TEXT:
        raise UserError(
            f"This text is longer than {LONGEST_TEXT:,} letters.", "Put the rest into a file and attach it."
        )
    return _typed(text).strip()


def _typed(text: str) -> str:
    """Without the control characters that no keyboard types and that a server refuses."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")


def in_order(start: date | time | None, end: date | time | None, sentence: str) -> None:
    """Raises ``UserError`` with the sentence when both are there and the end comes first."""
    if start is not None and end is not None and end < start:  # type: ignore[operator]
        raise UserError(sentence)
