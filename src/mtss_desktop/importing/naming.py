"""Names of people in one cell → last and first name."""

from __future__ import annotations

_AFTER = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
"""What stands after a last name and belongs to it."""
_BEFORE = frozenset(
    {
        "de",
        "del",
        "la",
        "las",
        "los",
        "da",
        "das",
        "dos",
        "du",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "st",
        "bin",
        "al",
        "el",
        "y",
    }
)
"""What stands before a last name and belongs to it."""


def split_name(full: str) -> tuple[str, str]:
    """(last, first) of "Last, First" or "First Last"; Jr. and de la stay with the last name."""
    parts = [part.strip() for part in full.split(",") if part.strip()]
    after = " ".join(part for part in parts[1:] if _plain(part) in _AFTER)
    parts = [parts[0], *(part for part in parts[1:] if _plain(part) not in _AFTER)] if parts else []
    if len(parts) > 1:
        return f"{parts[0]} {after}".strip(), ", ".join(parts[1:])
    words = parts[0].split() if parts else []
    at = len(words) - 1
    while at > 1 and _plain(words[at]) in _AFTER:
        at -= 1
    while at > 1 and _plain(words[at - 1]) in _BEFORE:
        at -= 1
    at = max(at, 0)
    return f"{' '.join(words[at:])} {after}".strip(), " ".join(words[:at])


def _plain(word: str) -> str:
    return word.casefold().rstrip(".")
