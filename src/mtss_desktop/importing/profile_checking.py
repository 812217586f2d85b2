"""A profile somebody wrote, checked for its author: which file, which line, what to write instead; and how it fits an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing import file_bytes, reading
from mtss_desktop.importing.profile import Profile, read_profile
from mtss_desktop.importing.recognize import fit, known_words, with_values

LARGEST = 1_000_000


@dataclass(frozen=True)
class CheckedProfile:
    """``fault`` is one sentence with file, line and what to write instead; "" where the profile is in order.

    ``fits`` says of every example how well the profile fits it.
    """

    file: str
    key: str = ""
    takes: str = ""
    fault: str = ""
    fits: tuple[str, ...] = ()


def check(path: Path, examples: Sequence[Path] = ()) -> tuple[CheckedProfile, ...]:
    """One file, or every profile of a folder. Raises ``UserError`` where there is none."""
    files = sorted(each for each in path.glob("*.toml") if each.name != "words.toml") if path.is_dir() else [path]
    if not files:
        raise UserError(f"There is no profile in {path.name}.", "A profile's name ends in .toml.")
    return tuple(_checked(file, examples) for file in files)


def _checked(file: Path, examples: Sequence[Path]) -> CheckedProfile:
    try:
        if file.stat().st_size > LARGEST:
            return CheckedProfile(file.name, fault=f"{file.name} is too large: a profile is a few pages of text.")
        profile = read_profile(file)
        return CheckedProfile(
            file.name, profile.key, profile.takes, "", tuple(_fits(profile, each) for each in examples)
        )
    except UserError as error:
        return CheckedProfile(file.name, fault=str(error))
    except OSError:
        return CheckedProfile(file.name, fault=f"{file.name} cannot be read. Check that it is there and may be opened.")


def _fits(profile: Profile, example: Path) -> str:
    words = known_words() | profile.words()
    sketch = reading.look(file_bytes.read_bytes(example), example.name, words)
    match = with_values(fit(profile, sketch), sketch)
    lacking = f"; it has no column for {', '.join(match.lacking).replace('_', ' ')}" if match.lacking else ""
    return f"{example.name}: {round(match.confidence * 100)} percent sure, {match.why}{lacking}."
