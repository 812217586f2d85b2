"""A team's open problems on paper, two on a page, each with its chart, its solutions and boxes for today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import Block, Document, Fact, FooterClass, KeepTogether, Paragraph, Text
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.documents.parts.problem_page import ProblemFacts, problem_page


@dataclass(frozen=True, kw_only=True)
class ProblemPagesFacts:
    """``day`` is the meeting the boxes are for, None where none is planned."""

    division: Text
    school: Text
    team: Text
    day: date | None
    printed: Printed
    problems: tuple[ProblemFacts, ...] = ()
    confidential: bool = False


def document(facts: ProblemPagesFacts) -> Document:
    return Document(
        title=said("{team}, problems", team=facts.team),
        kind=said("Problem pages"),
        owner=facts.division,
        subtitle=facts.school,
        facts=(Fact(said("For the meeting of"), said("{day:long}", day=facts.day)),) if facts.day else (),
        blocks=tuple(_blocks(facts)),
        footer_class=FooterClass.CONFIDENTIAL if facts.confidential else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        restriction=said("For the members of this team only.") if facts.confidential else "",
        code=said("Problem pages"),
        running_name=facts.team,
        running=facts.school,
        running_right=said("Problem pages"),
    )


def _blocks(facts: ProblemPagesFacts) -> Iterator[Block]:
    if not facts.problems:
        yield Paragraph(
            said("No problem is open. The next one starts with what happens, where, when, who and how often.")
        )
    for number, problem in enumerate(facts.problems, 1):
        yield KeepTogether(tuple(problem_page(problem, number)))
