"""An instrument written as a pack: the text that is kept, given to others and read back the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from mtss_desktop.domain.instruments import Condition, Criterion, Instrument, Item, Rule, Scale, Section, Takes
from mtss_desktop.packs.instruments import FORMAT, WORDS


def text(instrument: Instrument) -> str:
    """The whole pack as TOML, one item a line; ``packs.instruments.read_text`` of it is the instrument again."""
    blocks = [_head(instrument), *(_scale(scale) for scale in instrument.scales)]
    blocks += [_section(instrument, section) for section in instrument.whole_sections]
    blocks += [_part(section) for section in instrument.sections if section.part_of]
    blocks += [_criterion(criterion) for criterion in instrument.criteria]
    blocks += [
        _lines(
            "[[conversions]]", section=each.section, to=each.to, slope=_number(each.slope), offset=_number(each.offset)
        )
        for each in instrument.conversions
    ]
    return "\n\n".join(blocks) + "\n"


def _head(instrument: Instrument) -> str:
    words = {name: getattr(instrument, name) for name in WORDS}
    return _lines(
        "",
        format=FORMAT,
        title=instrument.title,
        version=instrument.version,
        unit=instrument.unit,
        total=instrument.total if instrument.total is not Rule.PERCENT else "",
        shell=instrument.shell,
        **words,
    )


def _scale(scale: Scale) -> str:
    points = ", ".join(f"[{point.value}, {_value(point.label)}]" for point in scale.points)
    table = _lines("[[scales]]", name=scale.name)
    return "\n".join([table, f"points = [{points}]", *(["not_applicable = true"] if scale.not_applicable else [])])


def _section(instrument: Instrument, section: Section) -> str:
    head = _lines(
        "[[sections]]",
        key=section.key,
        title=section.title,
        rule=section.rule if section.rule is not Rule.PERCENT else "",
    )
    items = "\n".join(f"    {_item(instrument.item(number))}," for number in section.items)
    return f"{head}\nitems = [\n{items}\n]"


def _item(item: Item) -> str:
    takes = item.takes if item.takes is not Takes.RATING else ""
    weight = item.weight if item.weight != 1 else None
    facts = {
        "number": item.number,
        "label": item.label,
        "scale": item.scale,
        "takes": takes,
        "weight": weight,
        "evidence": item.evidence,
        "stage": item.stage,
        "level": item.level,
        "look_for": item.look_for,
        "asks_note": item.asks_note,
        "counts": item.counts,
    }
    return "{ " + ", ".join(_pairs(facts)) + " }"


def _part(part: Section) -> str:
    return _lines("[[parts]]", key=part.key, title=part.title, of=part.part_of, rule=part.rule, items=list(part.items))


def _criterion(criterion: Criterion) -> str:
    conditions = ", ".join("{ " + ", ".join(_pairs(_condition(each))) + " }" for each in criterion.conditions)
    head = _lines(
        "[[criteria]]",
        title=criterion.title,
        scope=criterion.scope,
        source=criterion.source,
        valid_from=criterion.valid_from,
        valid_to=criterion.valid_to,
        in_a_row=criterion.in_a_row or "",
    )
    return f"{head}\nconditions = [{conditions}]"


def _condition(condition: Condition) -> dict[str, Any]:
    if condition.at_least is not None:
        return {"score": condition.score, "at_least": _number(condition.at_least)}
    return {"score": condition.score, "at_most_missed": condition.at_most_missed}


def _number(value: Fraction) -> str:
    """In quotes and exact: as a decimal where it is one, else as a fraction."""
    scaled = value * 10**6
    return f"{float(value):g}" if scaled.denominator == 1 and Fraction(f"{float(value):g}") == value else str(value)


def _lines(heading: str, **facts: Any) -> str:
    return "\n".join([*([heading] if heading else []), *_pairs(facts)])


def _pairs(facts: dict[str, Any]) -> Iterable[str]:
    """What is empty is left out: the reader knows the same defaults."""
    return (
        f"{name} = {_value(value)}"
        for name, value in facts.items()
        if value is not None and value is not False and value != ""
    )


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case list():
            return "[" + ", ".join(_value(each) for each in value) + "]"
    # A basic TOML string takes the same escapes as JSON, but no raw delete sign.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
