"""The rules of the working-smarter audit as a place uses them: what each looks for, its limit, and how often it speaks now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said
from mtss_desktop.domain.records import Permission
from mtss_desktop.domain.team_cards import AuditLine
from mtss_desktop.domain.team_limits import RULES, Limits, limits_of
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import team_grid
from mtss_desktop.usecases.use_case import question, use_case


@dataclass(frozen=True)
class RuleLine:
    """``limit`` None: the rule has none. ``usual`` is what it is where a place has set nothing; ``found`` its findings now."""

    rule: str
    title: Said
    looks_for: Said
    limit: int | None
    usual: int | None
    unit: Said | str
    found: int


@dataclass(frozen=True)
class Audit:
    """What the audit finds, most useful first, and every rule with how often it speaks in it."""

    findings: tuple[AuditLine, ...]
    rules: tuple[RuleLine, ...]


@question("Worth a talk, with the rules")
def audit(work: Work, *, place_id: str = "") -> Audit:
    """Both from one look at the teams, for a page that shows one beside the other."""
    findings = team_grid.audit_lines(work, place_id=place_id)
    return Audit(findings, _lines(work, findings))


@question("Rules of the audit")
def lines(work: Work, *, place_id: str = "") -> tuple[RuleLine, ...]:
    """Every rule in the order in which its findings matter; findings that were kept are not counted."""
    return audit(work, place_id=place_id).rules


def _lines(work: Work, findings: tuple[AuditLine, ...]) -> tuple[RuleLine, ...]:
    now, usual = limits_of(work.rules.audit_limits), Limits()
    n = Counter(each.rule for each in findings)
    return tuple(
        RuleLine(
            rule.name,
            rule.title,
            rule.looks_for,
            getattr(now, rule.limit.name) if rule.limit is not None else None,
            getattr(usual, rule.limit.name) if rule.limit is not None else None,
            rule.limit.unit if rule.limit is not None else "",
            n[rule.name],
        )
        for rule in RULES
    )


@use_case("Set limit of a rule", needs=Permission.COORDINATOR)
def set_limit(work: Work, rule: str, *, limit: int | None = None) -> None:
    """From where on a rule speaks in this database; without a number it is the usual one again.

    Raises ``UserError`` for a rule without a limit, or a number outside what makes sense.
    """
    found = next((each for each in RULES if each.name == rule), None)
    if found is None or found.limit is None:
        with_limits = ", ".join(each.name for each in RULES if each.limit is not None)
        raise UserError(f"“{rule}” has no limit that can be set.", f"Choose one of: {with_limits}.")
    kind = found.limit
    if limit is not None and not kind.least <= limit <= kind.most:
        raise UserError(f"This limit is between {kind.least} and {kind.most}.", "Type another number.")
    kept = {name: value for name, value in work.rules.audit_limits if name != kind.name}
    if limit is not None and limit != getattr(Limits(), kind.name):
        kept[kind.name] = limit
    work.change_rules(audit_limits=tuple(sorted(kept.items())))
