"""What all pages of minutes have in common: title, facts under it, foot, and the words for effects."""

from __future__ import annotations

from collections.abc import Sequence

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import Block, Document, Fact, FooterClass, Paper, Text
from mtss_desktop.documents.parts.minutes_facts import MinutesFacts
from mtss_desktop.documents.parts.printed import provenance
from mtss_desktop.domain.problems import Effect

EFFECTS = {
    Effect.WORSE: said("worse"),
    Effect.NO_CHANGE: said("no change"),
    Effect.IMPROVED: said("improved"),
    Effect.GOAL_MET: said("goal met"),
}


def minutes_document(
    facts: MinutesFacts, words: Words, kind: Said, blocks: list[Block], *, paper: Paper, large_print: bool
) -> Document:
    return Document(
        title=said("{team}, minutes", team=facts.team),
        kind=_kicker(facts, kind),
        owner=facts.division,
        subtitle=facts.school,
        facts=_title_facts(facts, words),
        blocks=tuple(blocks),
        paper=paper,
        footer_class=FooterClass.CONFIDENTIAL if facts.confidential else FooterClass.INTERNAL,
        provenance=_provenance(facts),
        restriction=facts.restriction if facts.confidential else "",
        code=facts.code or said("Minutes · {day:date}", day=facts.day),
        running_name=facts.team,
        running=facts.school,
        running_right=said("Minutes, {day:date}", day=facts.day),
        large_print=large_print,
    )


def _kicker(facts: MinutesFacts, kind: Said) -> Said:
    """Draft · Minutes · Tier 1 · open."""
    access = said("confidential") if facts.confidential else said("open")
    return _dotted([said("Draft") if facts.draft else "", kind, facts.tier, access])


def _title_facts(facts: MinutesFacts, words: Words) -> tuple[Fact, ...]:
    when: Text = said("{day:day}/{year}", day=facts.day, year=str(facts.day.year))
    if facts.started_at and facts.ended_at:
        when = said("{when}, {span}", when=when, span=words.time_range(facts.started_at, facts.ended_at))
    found = [Fact(said("This meeting"), when), Fact(said("Place"), facts.place), Fact(said("Changed"), facts.changed)]
    found += [Fact(label, name) for label, name in facts.roles]
    found.append(Fact(said("Next meeting"), next_meeting(facts)))
    return tuple(fact for fact in found if fact.value)


def next_meeting(facts: MinutesFacts) -> Text:
    if facts.next_day is None:
        return said("no date yet")
    day = said("{day:day}/{year}", day=facts.next_day, year=str(facts.next_day.year))
    return said("{day}, {at}", day=day, at=facts.next_at) if facts.next_at else day


def _provenance(facts: MinutesFacts) -> Said:
    parts: list[Text] = []
    if facts.sent_at is not None and facts.sent_after_minutes is not None:
        hours, minutes = divmod(facts.sent_after_minutes, 60)
        parts.append(said("Sent {at} ({h} h {m} min after the end)", at=facts.sent_at, h=hours, m=minutes))
    if facts.locked_on is not None:
        parts.append(said("final, locked {day:short}", day=facts.locked_on))
    else:
        parts.append(said("draft") if facts.draft else said("not locked"))
    parts.append(provenance(facts.printed))
    return _dotted(parts)


def _dotted(parts: Sequence[Text]) -> Said:
    """Those that are not empty, with dots between."""
    there = [part for part in parts if part]
    text = " · ".join(f"{{part{number}}}" for number in range(len(there)))
    return Said(text, tuple((f"part{number}", part) for number, part in enumerate(there)))
