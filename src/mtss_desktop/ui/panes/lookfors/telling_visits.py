"""Visits of a place read together, in words: never a teacher, and nothing while there are so few that one could be known by it."""

from __future__ import annotations

from mtss_desktop.base.words import Words, said
from mtss_desktop.documents.walkthrough_summary import FEWEST
from mtss_desktop.domain.rating_rollups import PracticeLine, TallyLine, Walkthroughs
from mtss_desktop.domain.scoring import half_up
from mtss_desktop.ui.panes.lookfors.result_view import ResultShown, ScoreLine
from mtss_desktop.ui.panes.lookfors.words import percent_words


def visits_title(words: Words, found: Walkthroughs) -> str:
    return words("{title}, all visits").format(title=found.title)


def visits_sentence(words: Words, found: Walkthroughs) -> str:
    """Holcomb. Read together: no visit alone, no teacher."""
    return words("{place}. Read together: no visit alone, no teacher.").format(place=found.place)


def visits_shown(words: Words, found: Walkthroughs) -> ResultShown:
    if found.visits < FEWEST:
        finding = words("Too few visits to show: it takes {n} finished ones.").format(n=FEWEST)
        why = words("With fewer somebody could be known by what was seen.")
        so_far = words.say(said("{n} is finished so far.", many="{n} are finished so far.", count="n", n=found.visits))
        return ResultShown(finding, f"{why} {so_far}", (), (), ())
    lines = [
        *_counted(words, found),
        *(_practice(words, line) for line in found.practices),
        *(_tally(words, line) for line in found.tallies),
    ]
    return ResultShown(words("{n} visits").format(n=found.visits) + ".", _when(words, found), tuple(lines), (), ())


def _when(words: Words, found: Walkthroughs) -> str:
    if found.first_on is None or found.last_on is None:
        return ""
    first, last = words.write(found.first_on, "date"), words.write(found.last_on, "date")
    return words("Between {first} and {last}.").format(first=first, last=last)


def _counted(words: Words, found: Walkthroughs) -> list[ScoreLine]:
    """What the tallies come to: praise to corrections, and opportunities to respond a minute."""
    lines = []
    if found.ratio is not None:
        many, one = found.ratio
        told = words.number(half_up(many, 1 if one else 0))
        lines.append(ScoreLine(words("Praise to corrections"), f"{told} : {one}", words("often wanted: 4 or 5 to 1")))
    if found.responses_per_minute is not None:
        rate = words("{n} a minute").format(n=words.number(half_up(found.responses_per_minute, 1)))
        minutes = words("in {n} minutes watched").format(n=words.number(half_up(found.minutes, 0)))
        lines.append(ScoreLine(words("Opportunities to respond"), rate, minutes))
    return lines


def _practice(words: Words, line: PracticeLine) -> ScoreLine:
    name = f"{line.number} {line.label}".strip()
    if line.percent is None:
        return ScoreLine(name, "–", words("Applied nowhere"))
    told = ", ".join(f"{words(label)} {n}" for label, n in reversed(line.counts))
    return ScoreLine(name, percent_words(line.percent), told, float(line.percent) / 100)


def _tally(words: Words, line: TallyLine) -> ScoreLine:
    visits = words.say(said("in {n} visit", many="in {n} visits", count="n", n=line.visits))
    return ScoreLine(f"{line.number} {line.label}".strip(), words.number(line.total), visits)
