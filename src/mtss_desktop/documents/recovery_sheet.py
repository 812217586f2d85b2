"""The recovery sheet: what opens the file when the passphrase is lost. One page, printed once, never kept by the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Columns,
    Document,
    Fact,
    FooterClass,
    Frame,
    Heading,
    KeyGroups,
    Paper,
    Paragraph,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    row,
)

_ROWS = 3
_PER_ROW = 5


@dataclass(frozen=True)
class RecoveryFacts:
    """``groups`` are the 14 groups of the key as the store makes them; ``database`` its name without folder or ending.

    ``sheet`` counts the sheets of this file (a new passphrase makes a new one), ``file_mark`` a short mark of the file.
    """

    database: str
    groups: tuple[str, ...]
    made_at: datetime
    made_by: Text = ""
    owner: Text = ""
    sheet: int = 1
    file_mark: str = ""


def document(facts: RecoveryFacts, *, paper: Paper = Paper.LETTER) -> Document:
    """One page. Raises ``ValueError`` unless there are 14 groups of four."""
    if len(facts.groups) != 14 or any(len(group) != 4 for group in facts.groups):
        raise ValueError("a recovery key has 14 groups of four")
    mark = facts.file_mark or facts.database
    return Document(
        title=said("If the passphrase is lost"),
        kind=said("Recovery sheet · keep on paper only"),
        owner=facts.owner or said("MTSS Desktop"),
        subtitle=said("MTSS Desktop, database “{database}”", database=facts.database),
        facts=_facts(facts),
        blocks=(_opening(), _key(facts), _use(), *_limits(), *_kept()),
        paper=paper,
        footer_class=FooterClass.SECRET,
        provenance=said("Printed {at} · the program keeps no copy of this key", at=facts.made_at),
        code=said("Recovery sheet {sheet} · {mark}", sheet=facts.sheet, mark=mark),
        two_sided=False,
    )


def _facts(facts: RecoveryFacts) -> tuple[Fact, ...]:
    sheet = said("{n}", n=facts.sheet)
    if facts.sheet > 1:
        sheet = said("{n} (earlier sheets open only earlier backups)", n=facts.sheet)
    found = [
        Fact(said("Made on"), said("{at}", at=facts.made_at)),
        Fact(said("Made by"), facts.made_by),
        Fact(said("Sheet"), sheet),
        Fact(said("File mark"), facts.file_mark),
    ]
    return tuple(fact for fact in found if fact.value)


def _opening() -> Block:
    text = (
        Run(said("This key opens the database when the passphrase is forgotten. ")),
        bold(said("Whoever holds this sheet and a copy of the file can read everything in it.")),
    )
    return Paragraph(text, TextRole.LEAD)


def _key(facts: RecoveryFacts) -> Block:
    how = said("Recovery key, 14 groups of 4. Read across; the last group checks the others. No letters I, L, O, U.")
    return Frame((Paragraph(how, TextRole.NOTE), KeyGroups(facts.groups, _PER_ROW)))


def _use() -> Block:
    steps = (
        said("Start the program and choose the file."),
        (Run(said("Choose ")), bold(said("I have a recovery sheet")), Run(".")),
        said("Type the 14 groups; spaces and capitals do not matter."),
        said("Set a new passphrase of at least 15 characters."),
        said("Print a new sheet. This one then opens only older backups."),
    )
    care = (
        said("Sealed envelope, name and date across the flap."),
        (
            Run(said("A locked place that is ")),
            bold(said("not")),
            Run(said(" where the laptop is kept, such as the principal’s or the {label.division}’s safe.")),
        ),
        said("Do not photograph, scan, copy or mail it."),
        said("Tell one other person where it is."),
    )
    left = (Heading(said("To open the file")), Bullets(steps, numbered=True))
    return Columns((left, (Heading(said("To keep it safe")), Bullets(care))), gap=24.0)


def _limits() -> tuple[Block, ...]:
    text = (
        Run(said("It does not bring back a file that is gone: keep the backups. Without the passphrase ")),
        bold(said("and")),
        Run(said(" without this sheet nobody can open the file, and that includes the people who made the program.")),
    )
    return Heading(said("What it cannot do")), Paragraph(text, TextRole.SMALL)


def _kept() -> tuple[Block, ...]:
    columns = (
        Column(said("Date"), width=70.0),
        Column(said("Place")),
        Column(said("Handed over by"), width=130.0),
        Column(said("Received by"), width=130.0),
    )
    rows = tuple(row("", "", "", "") for _ in range(_ROWS))
    table = Table(columns, rows, said("Handing over, to be filled in by hand"), boxed=True, row_height=24.0)
    return Heading(said("Where this sheet is kept")), table
