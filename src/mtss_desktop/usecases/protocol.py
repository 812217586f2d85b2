"""The communication protocol: who tells whom what, over all teams, and the questions that wait for an answer."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import division_rules
from mtss_desktop.domain.team_cards import ProtocolLine
from mtss_desktop.domain.teams import TeamLink
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import team_grid
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.people import by_typed_name
from mtss_desktop.usecases.use_case import question, use_case


class LinkFact(StrEnum):
    """One line of a link, typed as text."""

    AUDIENCE = "audience"
    WHAT = "what"
    HOW = "how"
    HOW_OFTEN = "how_often"
    WHO = "who"
    ANSWER_WITHIN = "answer_within"
    WAITING_FOR = "waiting_for"


_SPOKEN = {
    LinkFact.AUDIENCE: "audience",
    LinkFact.WHAT: "what is told",
    LinkFact.HOW: "how it is told",
    LinkFact.HOW_OFTEN: "how often",
    LinkFact.WHO: "who tells it",
    LinkFact.ANSWER_WITHIN: "time for an answer",
    LinkFact.WAITING_FOR: "open question",
}


@question("Communication protocol")
def lines(work: Work, *, place_id: str = "") -> tuple[ProtocolLine, ...]:
    """Every link from or to a working team of a place (all places unless named), those that need an answer first."""
    division = team_grid.division_now(work)
    rings = {team for found in division_rules.circular(division) for team in found.teams}
    made = []
    for link in division.links:
        sender, receiver = division.by_id.get(link.team_id), division.by_id.get(link.to_team_id or "")
        if sender is None or (link.to_team_id and receiver is None):
            continue
        here = {each.team.organization_id for each in (sender, receiver) if each is not None}
        if place_id and place_id not in here:
            continue
        made.append(
            ProtocolLine(
                link.id,
                link.team_id,
                division.called(sender),
                link.to_team_id or "",
                division.called(receiver) if receiver is not None else link.audience,
                link.what,
                link.how,
                link.how_often,
                division.name(link.person_id) if link.person_id else "",
                link.answer_within_days,
                link.waiting_since,
                link.waiting_for,
                (division.today - link.waiting_since).days if link.waiting_since else 0,
                division_rules.is_unanswered(link, division),
                link.team_id in rings and (link.to_team_id or "") in rings,
            )
        )
    return tuple(sorted(made, key=lambda line: (not line.late, not line.circular, line.waiting_since is None)))


@use_case("Change link")
def write(work: Work, link_id: str, *, fact: LinkFact, text: str) -> None:
    """One fact of a link. An open question that is emptied has its answer; a new one waits from today."""
    link = work.team_links.get(link_id)
    work.relabel(f"Change {_SPOKEN[fact]}")
    work.merge_with(f"{link_id}:{fact}")
    work.team_links.save(_with(work, link, fact, clean_text(text)))


def _with(work: Work, link: TeamLink, fact: LinkFact, text: str) -> TeamLink:
    match fact:
        case LinkFact.AUDIENCE:
            if link.to_team_id is not None:
                raise UserError("This goes to a team.", "Remove the link and agree another one to change who is told.")
            if not text:
                raise UserError("Say who is told: a team or an audience.")
            return replace(link, audience=text)
        case LinkFact.WHO:
            person = by_typed_name(work, text, link.organization_id) if text else None
            return replace(link, person_id=person.id if person is not None else None)
        case LinkFact.ANSWER_WITHIN:
            return replace(link, answer_within_days=_days(text))
        case LinkFact.WAITING_FOR:
            since = (link.waiting_since or work.today()) if text else None
            return replace(link, waiting_for=text, waiting_since=since)
        case LinkFact.WHAT:
            return replace(link, what=text)
        case LinkFact.HOW:
            return replace(link, how=text)
    return replace(link, how_often=text)


def _days(text: str) -> int | None:
    """``10``, ``10 days``, or nothing. Raises ``UserError``."""
    if not text:
        return None
    number = text.split(maxsplit=1)[0]
    if not number.isdigit() or not 1 <= int(number) <= 365:
        raise UserError("This is no number of days.", "Type a number from 1 to 365, or nothing.")
    return int(number)
