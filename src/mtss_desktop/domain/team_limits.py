"""The rules of the working-smarter audit in words, and the limits a place may set for some of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said


@dataclass(frozen=True)
class Limits:
    """From where on a rule speaks; the defaults are the published or usual ones.

    ``same_staff`` and ``same_purpose`` in percent; ``most_teams`` and ``most_hours`` (a month) of one person; ``longest_wait`` in days,
    for a question without an agreed time (practice-policy cycle: at least monthly).
    """

    same_staff: int = 75
    same_purpose: int = 60
    most_teams: int = 3
    most_hours: int = 10
    longest_wait: int = 30


@dataclass(frozen=True)
class Limit:
    """What a limit may be; ``unit`` stands after the number."""

    name: str
    least: int
    most: int
    unit: Said


@dataclass(frozen=True)
class AuditRule:
    """One rule: what it is called, when it speaks, and its limit where a place can set one."""

    name: str
    title: Said
    looks_for: Said
    limit: Limit | None = None


RULES: tuple[AuditRule, ...] = (
    AuditRule(
        "same_outcome_and_target",
        said("Same outcome, same target group"),
        said("Two teams of a place have the same outcome measure for the same people."),
    ),
    AuditRule(
        "same_purpose",
        said("One purpose twice"),
        said("Two purposes share most of their words."),
        Limit("same_purpose", 30, 100, said("% of the words")),
    ),
    AuditRule(
        "same_staff",
        said("Mostly the same people"),
        said("Two teams of a place share most people of the smaller one."),
        Limit("same_staff", 40, 100, said("% of the smaller team")),
    ),
    AuditRule(
        "no_purpose_and_outcome",
        said("Nothing defined"),
        said("A team has written neither a purpose nor an outcome measure."),
    ),
    AuditRule("incomplete", said("Half defined"), said("Either the purpose or the outcome measure is missing.")),
    AuditRule(
        "two_meetings_at_once",
        said("Two meetings at once"),
        said("Somebody is on two teams that meet at the same time."),
    ),
    AuditRule(
        "unanswered",
        said("No answer yet"),
        said("A question waits longer than agreed, or than this where no time was agreed."),
        Limit("longest_wait", 5, 120, said("days")),
    ),
    AuditRule(
        "circular", said("Questions go round"), said("Teams pass questions round in a ring, so that none decides.")
    ),
    AuditRule(
        "no_link",
        said("Stands apart"),
        said("A team tells no other team anything and hears from none, while others have agreed it."),
    ),
    AuditRule(
        "purpose_without_team",
        said("Purpose without a team"),
        said("A tier of a school, or what a retired team did, has no team."),
    ),
    AuditRule("initiative_without_team", said("Initiative without a team"), said("Nobody carries an initiative.")),
    AuditRule(
        "initiative_with_two_teams", said("Initiative with two teams"), said("Two teams of a place carry the same one.")
    ),
    AuditRule(
        "on_many_teams",
        said("On many teams"),
        said("One person is on more teams than one can serve well."),
        Limit("most_teams", 1, 12, said("teams")),
    ),
    AuditRule(
        "many_hours",
        said("Many hours in meetings"),
        said("One person spends more hours a month in team meetings."),
        Limit("most_hours", 1, 60, said("hours a month")),
    ),
    AuditRule("no_goal", said("No goal"), said("A team is tied to no goal of the school or strategic plan.")),
    AuditRule("no_data", said("No data"), said("A team looks at no data.")),
    AuditRule("no_primary", said("A role is open"), said("Nobody facilitates, takes minutes or prepares the data.")),
    AuditRule("no_backup", said("No backup"), said("One of these three roles has nobody behind it.")),
    AuditRule(
        "data_nobody_looks_at",
        said("Data nobody looks at"),
        said("Data that is here, or was looked at last year, is named by no team."),
    ),
)


def limits_of(pairs: Iterable[tuple[str, int]]) -> Limits:
    """What a place has set by name over what is usual; names that are none of ours are passed over."""
    known = set(Limits.__dataclass_fields__)
    return Limits(**{name: int(value) for name, value in pairs if name in known})
