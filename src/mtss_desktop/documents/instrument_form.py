"""An instrument for the clipboard: rated by hand, typed later in the same order. Walkthroughs tally, surveys ask one person each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Checkbox,
    Column,
    Document,
    FooterClass,
    Heading,
    Inline,
    KeepTogether,
    PageBreak,
    Paragraph,
    Rich,
    Row,
    Table,
    Text,
    TextRole,
    WriteLine,
    WriteLines,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts import ratings as parts
from mtss_desktop.domain.instruments import (
    SURVEY_ANSWERS,
    EntryGroup,
    Instrument,
    Item,
    Rule,
    Scale,
    Takes,
    entry_order,
)

_FIELD, _LINE, _TALLY, _SURVEY = 26.0, 22.0, 30.0, 24.0
"""Heights in points: a field of the head, an item, room for tallies, a question of a survey."""
_BOX, _NUMBER, _NOTE = 27.0, 31.0, 118.0
_SEVERAL = {Takes.LOWEST: 4, Takes.PLANS: 3}
"""How many interventions or plans a sheet has room for."""
_LEVELS = {"school": said("School"), "division": said("Division")}


@dataclass(frozen=True)
class FormFacts:
    """What is known is printed, the rest is for the hand."""

    division: Text
    instrument: Instrument
    place: Text = ""
    team: Text = ""


def document(facts: FormFacts) -> Document:
    """As many pages as the items need; a level that another person rates starts a page of its own."""
    asked = facts.instrument
    return Document(
        title=_name(asked),
        kind=_kind(asked),
        owner=facts.division,
        subtitle=_version(asked),
        blocks=(*_head(facts), *_how(asked), *_groups(asked), *_end(asked)),
        footer_class=FooterClass.FORM,
        provenance=_footer(asked),
        code=said("{title}, form", title=parts.short(_name(asked))),
        running_name=parts.short(_name(asked)),
        running=said("version {version}", version=asked.version),
        running_right=said("Instrument form"),
    )


def is_survey(instrument: Instrument) -> bool:
    """Every person answers on a sheet of their own, without a name."""
    return bool(instrument.items) and all(item.takes is Takes.RESPONDENTS for item in instrument.items)


def has_tallies(instrument: Instrument) -> bool:
    return any(item.takes is Takes.COUNT for item in instrument.items)


def _name(instrument: Instrument) -> str:
    """Without what stands in brackets behind it: the sentence under the head says that."""
    return instrument.title.partition(" (")[0]


def _version(instrument: Instrument) -> Said:
    items = said("{n} item", many="{n} items", count="n", n=len(instrument.items))
    return said("Version {version}, {items}", version=instrument.version, items=items)


def _kind(instrument: Instrument) -> Said:
    if is_survey(instrument):
        return said("Survey form · one sheet for each person, without names")
    if has_tallies(instrument):
        return said("Walkthrough form · write and type in the same order")
    return said("Instrument form · rate and type in the same order")


def _footer(instrument: Instrument) -> Said:
    if is_survey(instrument):
        return said("No name on this sheet. Answers are shown only when {n} or more people answered.", n=SURVEY_ANSWERS)
    if has_tallies(instrument):
        return said("No teacher and no student is named on this sheet.")
    return said("No student is named on this sheet.")


# The head ----------------------------------------------------------------------------------------------------------------------


def _head(facts: FormFacts) -> Iterator[Block]:
    asked = facts.instrument
    if is_survey(asked):
        yield _fields(
            said("Place and day"), (said("School or team"), facts.place or facts.team, 0.0), (said("Date"), "", 110.0)
        )
        return
    if has_tallies(asked):
        yield _fields(
            said("The visit"), (said("School"), facts.place, 120.0), (said("Grade and subject, no names"), "", 0.0),
            (said("Observer"), "", 100.0), (said("Date"), "", 58.0), (said("Began"), "", 50.0), (said("Ended"), "", 50.0),
        )  # fmt: skip
        return
    yield _fields(
        said("Place and day"), (said("Place"), facts.place, 180.0), (said("Team"), facts.team, 0.0),
        (said("Date"), "", 82.0),
    )  # fmt: skip
    yield _fields(
        said("Who rates"),
        (said("Rated by"), "", 180.0),
        (said("Facilitator"), "", 0.0),
        (said("Members present"), "", 82.0),
    )


def _fields(summary: Said, *fields: tuple[Said, Text, float]) -> Table:
    """One row of boxes, each with its name in the corner."""
    cells = tuple(Cell(_named(name, value), header=True) for name, value, _ in fields)
    columns = tuple(Column(width=width) for _, _, width in fields)
    return Table(columns, (Row(cells, height=_FIELD),), summary, head=False, boxed=True, dense=True)


def _named(name: Said, value: Text) -> Rich:
    return (quiet(name), "\n", bold(value)) if value else (quiet(name),)


def _how(instrument: Instrument) -> Iterator[Block]:
    """How to fill it in, in two or three sentences."""
    if instrument.shell:
        yield Paragraph(
            (bold(said("Enter your own licensed items.")), " ",
             said("Only short labels and numbers are printed here. Read the items in the published form while you rate.")),
            TextRole.SMALL,
        )  # fmt: skip
    yield Paragraph(tuple(_sentences(instrument)), TextRole.SMALL)


def _sentences(instrument: Instrument) -> Iterator[Text | Inline]:
    takes = {item.takes for item in instrument.items}
    if is_survey(instrument):
        yield said("Check one box for each line. Leave a line empty when you cannot say.")
        return
    yield said("Check one box for each item. An empty line is not zero: it stays unanswered.")
    if any(scale.not_applicable for scale in instrument.scales):
        yield said(" N: does not apply here.")
    if Takes.LOWEST in takes:
        yield said(" Where lines A to D stand, write a value for each intervention; the lowest counts.")
    if Takes.PLANS in takes:
        yield said(" Where lines A to C stand, write a value for each of up to three plans.")
    if Takes.MOST_FREQUENT in takes:
        yield said(" Each member marks a sheet of their own; the value most members gave counts.")
    if Takes.COUNT in takes:
        yield said(" Tally what you see and hear, and write the sum.")


# The items ---------------------------------------------------------------------------------------------------------------------


def _groups(instrument: Instrument) -> Iterator[Block]:
    level = ""
    for group in entry_order(instrument):
        own = group.items[0].level
        if own != level and level:
            yield PageBreak()
            if own in _LEVELS:
                yield _fields(
                    _LEVELS[own], (_LEVELS[own], "", 0.0), (said("Rated by"), "", 180.0), (said("Date"), "", 82.0)
                )
        level = own
        yield from _group(instrument, group)


def _group(instrument: Instrument, group: EntryGroup) -> Iterator[Block]:
    """Items of one scale stand under the same heads; another scale, and tallies, get heads of their own."""
    several = tuple(way for way in _SEVERAL if any(item.takes is way for item in group.items))
    blocks = tuple(_section(instrument, group, several))
    if several:  # what the letters stand for is of no use on another page
        yield KeepTogether(blocks)
    else:
        yield from blocks
    if _adds_up(instrument, group):
        yield _points(instrument, group)


def _section(instrument: Instrument, group: EntryGroup, several: Sequence[Takes]) -> Iterator[Block]:
    runs = [tuple(each) for _, each in groupby(group.items, key=lambda item: (item.scale, item.takes is Takes.COUNT))]
    for place, items in enumerate(runs):
        tallied = items[0].takes is Takes.COUNT
        aside = said("one stroke each time") if tallied else ""
        yield Heading(_more(tallied), level=3, aside=aside) if place else Heading(group.section.title, aside=aside)
        if not place:
            yield from (_names_of(way) for way in several)
        yield _tallies(group, items) if tallied else _rated(group, items, instrument.scale(items[0]))


def _more(tallied: bool) -> Said:
    return said("Tallies") if tallied else said("On another scale")


def _names_of(way: Takes) -> Table:
    """Which intervention or plan stands behind each letter."""
    name = said("Intervention {letter}") if way is Takes.LOWEST else said("Plan {letter}, without a name")
    fields = ((said(name.text, letter=letter), "", 0.0) for letter in _letters(way))
    return _fields(said("What the letters stand for"), *fields)


def _letters(way: Takes) -> str:
    return "ABCD"[: _SEVERAL[way]]


def _tallies(group: EntryGroup, items: Sequence[Item]) -> Table:
    columns = (
        Column(said("No."), width=_NUMBER, names_row=True),
        Column(said("What"), width=150.0),
        Column(said("Tallies")),
        Column(said("Sum"), width=52.0),
    )
    rows = tuple(row(item.number, _asked(item), "", "", height=_TALLY) for item in items)
    return Table(columns, rows, _summary(group), dense=True, boxed=True)


def _summary(group: EntryGroup) -> Said:
    return said("{section}: number, item and room for what is rated", section=group.section.title)


def _rated(group: EntryGroup, items: Sequence[Item], scale: Scale) -> Table:
    """A box for each point of the scale; where there are several interventions or plans, a line for each instead."""
    survey = all(item.takes is Takes.RESPONDENTS for item in items)
    points = [
        Column(_head_of(str(each.value), each.label), width=_wide(scale), align=Align.CENTER) for each in scale.points
    ]
    if scale.not_applicable:
        points.append(Column(bold(said("N")), width=_BOX, align=Align.CENTER))
    columns = (Column(said("No."), width=_NUMBER, names_row=True), Column(said("Item")), *points)
    if not survey:
        columns += (Column(said("Evidence and note"), width=_NOTE),)
    rows = tuple(
        row(item.number, _asked(item), *_answers(item, len(points)), *(() if survey else ("",)),
            height=_SURVEY if survey else _LINE)
        for item in items
    )  # fmt: skip
    return Table(columns, rows, _summary(group), dense=True, boxed=True)


def _answers(item: Item, points: int) -> tuple[Rich | Cell, ...]:
    if item.takes not in _SEVERAL:
        return tuple(Checkbox() for _ in range(points))
    line: list[Text | Inline] = []
    for letter in _letters(item.takes):
        line += [" ", letter, " ", WriteLine(18.0)]
    return (Cell(tuple(line[1:]), columns=points),)


def _head_of(value: str, label: str) -> Rich:
    return bold(value) if value == label else (bold(value), "\n", label)


def _wide(scale: Scale) -> float:
    """Narrow where the points have no words."""
    worded = any(point.label != str(point.value) for point in scale.points)
    return (46.0 if len(scale.points) <= 4 else 40.0) if worded else _BOX


def _asked(item: Item) -> Rich:
    """What is asked, and under it the stage it belongs to and where to look."""
    stage = item.stage[:1].upper() + item.stage[1:]
    small = " · ".join(part for part in (stage, item.look_for, item.evidence) if part)
    return (item.label, "\n", quiet(small)) if small else item.label


def _adds_up(instrument: Instrument, group: EntryGroup) -> bool:
    """Points on paper make sense where every line has a value of its own and none is left out."""
    plain = all(item.takes is Takes.RATING and not instrument.scale(item).not_applicable for item in group.items)
    return group.section.rule is Rule.PERCENT and plain


def _points(instrument: Instrument, group: EntryGroup) -> Block:
    most = sum(item.weight * instrument.scale(item).top for item in group.items)
    text = (
        said("Points, {section}", section=group.section.title),
        " ",
        WriteLine(44.0),
        " ",
        said("of {most}", most=most),
    )
    return Paragraph(text, TextRole.SMALL, Align.RIGHT)


# The end -----------------------------------------------------------------------------------------------------------------------


def _end(instrument: Instrument) -> Iterator[Block]:
    heading = said("In your own words") if is_survey(instrument) else said("Notes and next steps")
    yield KeepTogether((Heading(heading), WriteLines(4 if is_survey(instrument) else 2)))
    yield Paragraph(quiet(_source(instrument)), TextRole.NOTE)


def _source(instrument: Instrument) -> Said:
    """Who rates and when, whose instrument it is, and under which license."""
    given = (
        said("Who: {who}", who=_closed(instrument.who)) if instrument.who else "",
        said("When: {when}", when=_closed(instrument.when)) if instrument.when else "",
        said("Publisher: {publisher}.", publisher=instrument.publisher) if instrument.publisher else "",
        said("License: {license}.", license=instrument.license) if instrument.license else "",
        instrument.address,
    )
    parts = [each for each in given if each]
    return Said(
        " ".join(f"{{p{n}}}" for n in range(len(parts))), tuple((f"p{n}", part) for n, part in enumerate(parts))
    )


def _closed(sentence: str) -> str:
    return sentence.rstrip(".") + "."
