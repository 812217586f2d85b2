"""The closed list of words a place may call things by, with presets."""

from __future__ import annotations

from collections.abc import Mapping

from mtss_desktop.base.words import Label

NEUTRAL: Mapping[str, Label] = {
    "division": Label("district", "districts"),
    "school": Label("school", "schools"),
    "tier_1": Label("Tier 1", "Tier 1"),
    "tier_2": Label("Tier 2", "Tier 2"),
    "tier_3": Label("Tier 3", "Tier 3"),
    "look_for": Label("look-for", "look-fors"),
    "referral": Label("referral", "referrals"),
    "facilitator": Label("Facilitator", "Facilitators"),
    "minute_taker": Label("Minute taker", "Minute takers"),
    "data_analyst": Label("Data analyst", "Data analysts"),
    "timekeeper": Label("Timekeeper", "Timekeepers"),
    "administrator": Label("Administrator", "Administrators"),
    "family": Label("Family", "Families"),
    "community": Label("Community", "Community"),
    "coach": Label("Coach", "Coaches"),
    "member": Label("Member", "Members"),
}

VIRGINIA: Mapping[str, Label] = {**NEUTRAL, "division": Label("division", "divisions")}

PRESETS: Mapping[str, Mapping[str, Label]] = {"virginia": VIRGINIA, "neutral": NEUTRAL}


def labels(preset: str, own: tuple[tuple[str, str, str], ...] = ()) -> dict[str, Label]:
    """The preset with a place's own words (key, one, many) laid over it; unknown keys are left out."""
    found = dict(PRESETS.get(preset, NEUTRAL))
    found.update({key: Label(one, many) for key, one, many in own if key in found})
    return found
