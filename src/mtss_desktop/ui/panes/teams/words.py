"""Sentences of the Teams room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.team_cards import LinkLine, TeamLine
from mtss_desktop.usecases.teams import TeamCard, TeamFact

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def count_word(words: Words, n: int) -> str:
    """Small numbers at the start of a sentence are words."""
    return words(_NUMBERS[n]) if n < len(_NUMBERS) else words.number(n)


def header_sentence(words: Words, teams: Sequence[TeamLine]) -> str:
    """14 teams in 4 places. Two have a role without a backup."""
    places = len({team.place_id for team in teams})
    first = words.say(
        said(
            "{n} team in {place}.", many="{n} teams in {place}.", count="n", n=len(teams), place=_places(words, places)
        )
    )
    gaps = sum(1 for team in teams if team.without_backup)
    if not gaps:
        return first
    second = said(
        "{n} has a role without a backup.",
        many="{n} have a role without a backup.",
        count="gaps",
        n=count_word(words, gaps),
        gaps=gaps,
    )
    return f"{first} {words.say(second)}"


def _places(words: Words, n: int) -> str:
    return words.say(said("{n} place", many="{n} places", count="n", n=n))


def tier_word(words: Words, tier: int) -> str:
    return words.label(f"tier_{tier}") if tier else words("No tier in particular")


def card_sentence(words: Words, card: TeamCard) -> str:
    """Holcomb Middle · since 8/2024 · decides within the school plan."""
    parts = [card.place]
    if card.ended_on is not None and card.ended_on < card.today:
        parts.append(words("retired {date}").format(date=words.date(card.ended_on)))
    elif card.started_on is not None:
        parts.append(words("since {month}/{year}").format(month=card.started_on.month, year=card.started_on.year))
    parts.append(words.say(said("{n} person", many="{n} people", count="n", n=card.people)))
    return " · ".join(parts)


def meets_text(words: Words, card: TeamCard) -> str:
    """The pattern with the staff hours it costs a month."""
    pattern = card.fact(TeamFact.MEETS)
    if card.hours is None or not pattern:
        return pattern
    hours = said("{n} staff hour a month", many="{n} staff hours a month", count="n", n=round(card.hours, 1))
    return f"{pattern} · {words.say(hours)}"


def link_sentence(words: Words, link: LinkLine) -> str:
    """To School leadership monthly: barriers and wins, answer in 10 school days."""
    start = words("To {other}") if link.outgoing else words("From {other}")
    sentence = start.format(other=link.other)
    details = [part for part in (link.how_often, link.how) if part]
    if details:
        sentence += f" {', '.join(details)}"
    sentence += f": {link.what}" if link.what else f": {words('nothing agreed yet')}"
    if link.person:
        sentence += f" ({link.person})"
    if link.answer_within_days:
        days = said("{n} school day", many="{n} school days", count="n", n=link.answer_within_days)
        sentence += words(", answer in {days}").format(days=words.say(days))
    return sentence + "."


def open_question(words: Words, link: LinkLine, today: date) -> str:
    """1 question open for 34 days, "" where none is."""
    if link.waiting_since is None:
        return ""
    days = (today - link.waiting_since).days
    sentence = words.say(said("Open for {n} day", many="Open for {n} days", count="n", n=days))
    return f"{sentence}: {link.waiting_for}" if link.waiting_for else sentence


def role_word(words: Words, role: str) -> str:
    """The label of a usual role, own words as they are."""
    if role == "member":
        return words.label("member", many=True)
    shown = words.label(role)
    return shown[:1].upper() + shown[1:]
