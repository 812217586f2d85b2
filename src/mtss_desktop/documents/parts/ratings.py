"""What pages say of a rating: scores without a percent that is not there, marks with their word, whose instrument it is."""

from __future__ import annotations

from fractions import Fraction

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import Mark, Paragraph, Rich, Shape, Text, TextRole, quiet
from mtss_desktop.domain.instruments import Instrument, Rule, Scale
from mtss_desktop.domain.rating_views import Head, Headline
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.domain.scoring import Score, half_up

LONGEST_NAME = 38
"""Letters of a name in a running head: it names a page, it does not tell it."""
KINDS = {
    AdministrationKind.ALONE: said("one person"),
    AdministrationKind.TEAM: said("the team"),
    AdministrationKind.EXTERNAL: said("from outside"),
    AdministrationKind.WALKTHROUGH: said("walkthrough"),
    AdministrationKind.SURVEY: said("survey"),
    AdministrationKind.PAPER: said("on paper"),
}


def short(name: str, longest: int = LONGEST_NAME) -> str:
    """Cut after a whole word for a running head."""
    return name if len(name) <= longest else name[: longest + 1].rpartition(" ")[0] or name[:longest]


def percent(value: Fraction | float | None) -> Text:
    """70%, half up; a dash where there is none."""
    return "–" if value is None else said("{n}%", n=int(half_up(Fraction(value))))


def mean(value: Fraction) -> Said:
    return said("{n:1}", n=float(half_up(value, 1)))


def score(value: Score | Headline) -> Text:
    """Percent, or mean, or a dash: an unfinished score has none, and 0 is a score."""
    if value.percent is not None:
        return percent(value.percent)
    return mean(value.mean) if value.mean is not None else "–"


def points(value: Score) -> Text:
    """21 of 30; nothing for rules that add no points up."""
    if value.rule not in (Rule.PERCENT, Rule.MEAN_OF_PARTS) or not value.most:
        return ""
    return said("{points} of {most}", points=value.points, most=value.most)


def standing(met: bool | None) -> Mark:
    """Against the criterion, in words and as a mark."""
    if met is None:
        return Mark(Shape.NOT_RATED, said("cannot be said yet"))
    return Mark(Shape.IN_PLACE, said("met")) if met else Mark(Shape.NOT_YET, said("not met"))


def level_shape(value: int | None, scale: Scale) -> Shape:
    """Top, bottom, or between."""
    if value is None:
        return Shape.NOT_RATED
    if value >= scale.top:
        return Shape.IN_PLACE
    return Shape.NOT_YET if value <= min(scale.values) else Shape.PARTIAL


def rated_by(head: Head) -> Text:
    """A person, or how it was done and with whom: the team with Whitlock, Dana."""
    kind = head.administration.kind
    if kind is AdministrationKind.ALONE and head.rater:
        return head.rater
    if not head.rater or kind is AdministrationKind.SURVEY:
        return KINDS[kind]
    return said(
        "{how} with {who}" if kind is AdministrationKind.TEAM else "{how}, {who}", how=KINDS[kind], who=head.rater
    )


def named(head: Head) -> Said:
    """Tiered Fidelity Inventory 2.1."""
    return said("{title} {edition}", title=head.title.partition(" (")[0], edition=head.edition)


def asked(label: str) -> Rich:
    """What an item asks; shells have numbers alone, their words stand in the published form."""
    return label or quiet(said("as in the published form"))


def scale_words(scale: Scale) -> Said:
    """0 not, 1 partly, 2 fully in place."""
    words = tuple(
        str(point.value) if point.label == str(point.value) else said("{v} {word}", v=point.value, word=point.label)
        for point in scale.points
    )
    return said("{words}", words=words)


def source(instrument: Instrument) -> Paragraph:
    """Whose instrument it is, under which license; of a shell that only short labels stand here."""
    parts: list[Text] = []
    if instrument.shell:
        parts.append(said("Short labels only; read the items in the published form."))
    if instrument.publisher:
        parts.append(said("Instrument: {who}.", who=instrument.publisher.rstrip(".")))
    if instrument.license:
        parts.append(said("License: {license}.", license=instrument.license.rstrip(".")))
    if instrument.address:
        parts.append(instrument.address)
    text = Said(
        " ".join(f"{{p{n}}}" for n in range(len(parts))), tuple((f"p{n}", part) for n, part in enumerate(parts))
    )
    return Paragraph(quiet(text), TextRole.NOTE)
