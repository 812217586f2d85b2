"""A memorandum of agreement between a team, its school and the division: parties, purpose, who does what, how long, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    FooterClass,
    Heading,
    Paragraph,
    Run,
    SignatureLines,
    Table,
    Text,
    TextRole,
    WriteLines,
    row,
)
from mtss_desktop.documents.parts.printed import Printed, provenance


@dataclass(frozen=True)
class AgreementFacts:
    """``meets`` and ``hours`` a month are what the agreement costs; what is not known leaves lines to write on."""

    division: Text
    place: Text
    team: Text
    year: Text
    as_of: date
    first_day: date | None
    last_day: date | None
    printed: Printed
    principal: Text = ""
    facilitator: Text = ""
    coach: Text = ""
    purpose: Text = ""
    outcome: Text = ""
    target: Text = ""
    meets: Text = ""
    hours: float | None = None
    authority: Text = ""
    data: Text = ""
    reports: tuple[tuple[Text, Text, Text], ...] = ()


def document(facts: AgreementFacts) -> Document:
    """One page to sign; every commitment comes from the team's card."""
    return Document(
        title=said("Memorandum of agreement"),
        kind=said("Team agreement, {year}", year=facts.year),
        owner=facts.division,
        subtitle=said("{team}, {place}", team=facts.team, place=facts.place),
        blocks=tuple(_blocks(facts)),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Memorandum of agreement"),
        running_name=said("Memorandum of agreement"),
        running=facts.team,
        running_right=facts.place,
    )


def _blocks(facts: AgreementFacts) -> list[Block]:
    parties = (
        (said("The team"), facts.team, facts.facilitator),
        (said("The school"), facts.place, facts.principal),
        (said("The division"), facts.division, facts.coach),
    )
    columns = (Column(said("Party"), names_row=True, width=110.0), Column(said("Name")), Column(said("Speaks for it")))
    rows = tuple(row(party, name, person or _open()) for party, name, person in parties)
    made: list[Block] = [
        Heading(said("Who agrees")),
        Table(columns, rows, said("Who agrees")),
        Heading(said("What it is for")),
        *_or_lines(facts.purpose),
        Paragraph(
            said("For {group}. Seen in: {outcome}", group=facts.target or said("all"), outcome=facts.outcome),
            TextRole.BODY,
        )
        if facts.outcome
        else WriteLines(1),
        Heading(said("What each brings")),
        Bullets(_commitments(facts)),
    ]
    if facts.reports:
        columns = (Column(said("Who hears"), names_row=True), Column(said("What")), Column(said("How often")))
        reports = tuple(row(*each) for each in facts.reports)
        made += [Heading(said("Who hears what")), Table(columns, reports, said("Who hears what"), dense=True)]
    made += [Heading(said("How long")), Paragraph(_term(facts))]
    made += [
        Heading(said("Signatures")),
        SignatureLines((said("For the team"), said("For the school"), said("For the division"))),
    ]
    return made


def _open() -> Run:
    return Run(said("to be named"), quiet=True)


def _or_lines(text: Text) -> list[Block]:
    return [Paragraph(text)] if text else [WriteLines(2)]


def _commitments(facts: AgreementFacts) -> tuple[Text, ...]:
    meets = facts.meets or said("as agreed")
    hours = said(" (about {hours:0} staff hours a month)", hours=facts.hours) if facts.hours else ""
    team: list[Text] = [
        said(
            "The team meets {meets}{hours}; it has a facilitator, a minute taker and a data analyst, each with a backup.",
            meets=meets,
            hours=hours,
        ),
        said("The team sends its minutes within 24 hours and keeps its actions and problems up to date."),
    ]
    if facts.data:
        team.append(said("The team looks at its data before it decides: {data}.", data=facts.data))
    if facts.authority:
        team.append(said("What the team may decide: {authority}.", authority=facts.authority))
    return (
        *team,
        said(
            "The school gives the time and the room, an administrator who attends, and substitutes where they are needed."
        ),
        said("The division gives coaching, access to the data, and an answer to every question in the time agreed."),
    )


def _term(facts: AgreementFacts) -> Text:
    if facts.first_day and facts.last_day:
        return said(
            "From {first:date} to {last:date}. The parties look at it again in the last month; each may end it in writing.",
            first=facts.first_day,
            last=facts.last_day,
        )
    return said(
        "For the school year {year}. The parties look at it again in the last month; each may end it in writing.",
        year=facts.year,
    )
