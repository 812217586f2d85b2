"""Which profile fits a file, how sure that is and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.profile import ColumnRule, Profile, shipped_profiles
from mtss_desktop.importing.reading import Sketch, plain_name

SURE = 0.5
NEAR_TIE = 0.06


@dataclass(frozen=True)
class Match:
    """How well a profile fits: ``confidence`` from 0 to 1, ``why`` in words, ``found`` by meaning, ``lacking`` what is needed."""

    profile: Profile
    confidence: float
    why: str
    found: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...] = ()

    @property
    def usable(self) -> float:
        """Confidence, less where something needed is lacking."""
        return self.confidence * (0.3 if self.lacking else 1.0)

    def header(self, means: str) -> str:
        return dict(self.found).get(means, "")


def known_words() -> frozenset[str]:
    """Header words any shipped profile has a use for."""
    return frozenset().union(*(profile.words() for profile in shipped_profiles()))


def fit(profile: Profile, sketch: Sketch) -> Match:
    """How well one profile fits. Peculiar headers weigh three times; order, case, spaces and other columns do not matter."""
    by_word = headers_by_word(sketch.names)
    found, weight, reached, lacking = [], 0.0, 0.0, []
    for rule in profile.columns:
        share = 3.0 if rule.mark else 1.0
        header = header_for(rule, by_word)
        weight += share
        if header and header not in sketch.never_read:
            found.append((rule.means, header))
            reached += share
        elif rule.needed:
            lacking.append(rule.means)
    wide = profile.unpivot_words()
    if wide:
        hits = sum(word in by_word for word in wide)
        weight += 10.0
        reached += 10.0 * min(hits / len(wide) * 1.3, 1.0)
        if not hits:
            lacking.append("scores")
    confidence = reached / weight
    if profile.plain:
        confidence = 0.9 * len({header for _, header in found}) / len(sketch.names)
    if not any(means in dict(found) for means in ("local_id", "state_id", "other_id", "full_name", "last_name")):
        lacking.append("student")
    if profile.takes == "scores" and not lacking and not wide and not _dated(dict(found)):
        lacking.append("date or window")
    why = f"{len(found)} of {len(profile.columns)} columns of {profile.name} are in the file"
    return Match(profile, round(confidence, 3), why, tuple(found), tuple(lacking))


def _dated(found: dict[str, str]) -> bool:
    return "taken_on" in found or "window" in found


def headers_by_word(names: Sequence[str]) -> dict[str, str]:
    by_word: dict[str, str] = {}
    for name in names:
        by_word.setdefault(plain_name(name), name)
    return by_word


def header_for(rule: ColumnRule, by_word: dict[str, str]) -> str:
    """The file's header for a rule: the first of the rule's words that the file has."""
    return next((by_word[plain_name(name)] for name in rule.names if plain_name(name) in by_word), "")


def candidates(sketch: Sketch) -> tuple[Match, ...]:
    """All profiles, best first."""
    matches = (fit(profile, sketch) for profile in shipped_profiles())
    return tuple(sorted(matches, key=lambda match: (-match.usable, -len(match.found), match.profile.key)))


def recognize(sketch: Sketch) -> Match:
    """The profile that fits. Raises ``UserError`` for an unknown layout, and for a near tie, naming both."""
    ranked = candidates(sketch)
    best = ranked[0]
    incomplete = next((match for match in ranked if match.lacking and not match.profile.plain), best)
    if (
        incomplete.lacking
        and incomplete.confidence >= SURE
        and (best.profile.plain or best.usable < incomplete.confidence)
    ):
        raise _incomplete(incomplete, sketch)
    if best.usable < SURE:
        raise UserError(
            f"The layout of {sketch.file_name} is not known, so nothing was taken from it.",
            f"Known layouts: {', '.join(sorted(profile.name for profile in shipped_profiles()))}. "
            "Export one of these, or rename the headers to those of a plain roster or of scores with one per row.",
        )
    second = ranked[1]
    if best.usable - second.usable < NEAR_TIE and len(second.found) >= len(best.found):
        raise UserError(
            f"{sketch.file_name} could be {best.profile.name} or {second.profile.name}.",
            f"Choose the profile: {best.profile.key} or {second.profile.key}.",
        )
    return best


def _incomplete(match: Match, sketch: Sketch) -> UserError:
    lacking = ", ".join(means.replace("_", " ") for means in match.lacking)
    return UserError(
        f"{sketch.file_name} looks like {match.profile.name}, but it has no column for {lacking}.",
        "Nothing was changed. Export the file with these columns, or choose another profile.",
    )


def recognize_as(profile: Profile, sketch: Sketch) -> Match:
    """A profile that somebody chose. Raises ``UserError`` that names what the file lacks for it."""
    match = fit(profile, sketch)
    if match.lacking:
        raise _incomplete(match, sketch)
    return match
