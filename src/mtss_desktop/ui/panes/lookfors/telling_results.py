"""A result as this room shows it: scores, criteria, and what stands beside it."""

from __future__ import annotations

from fractions import Fraction

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.instruments import Rule
from mtss_desktop.domain.rating_views import OtherSource, ResultView, Sheet
from mtss_desktop.domain.scoring import Score, half_up
from mtss_desktop.ui.panes.lookfors.result_view import Apart, CriterionLine, ResultShown, ScoreLine
from mtss_desktop.ui.panes.lookfors.showing import (
    point_words,
)
from mtss_desktop.ui.panes.lookfors.telling import sections_shown
from mtss_desktop.ui.panes.lookfors.words import (
    KINDS,
    full_title,
    mean_words,
    month_words,
    percent_words,
    score_words,
)


def result_shown(words: Words, view: ResultView, sheet: Sheet) -> ResultShown:
    if view.head.administration.only_totals:
        return _totals_shown(words, view)
    scores = [_score_line(words, view.result.total, part=False)]
    asked = {section.key for section in sheet.sections if section.asked}
    own = {section.key for section in view.instrument.sections if section.part_of in asked}
    scores += [
        _score_line(words, each, part=each.key in own)
        for each in view.result.sections
        if each.key in asked or each.key in own
    ]
    whole = [each for each in scores if not each.part]
    if len(whole) == 2:  # one section: its score is the total
        scores = scores[1:]
    finding, detail = _finding(words, view, sheet.of - sheet.rated)
    return ResultShown(
        finding,
        detail,
        tuple(scores),
        tuple(CriterionLine(each.title, each.met, each.source) for each in view.criteria),
        sections_shown(words, sheet),
        words("Last time, {day}").format(day=month_words(words, sheet.last_on)) if sheet.last_on is not None else "",
        tuple(_beside(words, each, view) for each in view.beside),
        _apart(words, view),
        agreement_words(words, view),
    )


def _totals_shown(words: Words, view: ResultView) -> ResultShown:
    """Scores of a file without items: no more than it said."""
    finding, _ = _finding(words, view, 0)
    scores = (view.result.total, *view.result.sections)
    return ResultShown(
        finding,
        words("Totals from a file: nothing is known of any item."),
        tuple(_score_line(words, each, part=False) for each in scores if each.percent is not None),
        tuple(CriterionLine(each.title, each.met, each.source) for each in view.criteria if each.met is not None),
        (),
        beside=tuple(_beside(words, each, view) for each in view.beside),
    )


def _finding(words: Words, view: ResultView, left: int) -> tuple[str, str]:
    """``left`` items that were asked this time are not rated."""
    line = view.headline
    told = score_words(words, line)
    if not told:
        if view.result.total.rule in (Rule.LEVELS, Rule.SHARES, Rule.NONE) and not left:
            return words("Everything is rated; this list makes no percent."), ""
        sentence = said(
            "{n} item is not rated: no percent yet.", many="{n} items are not rated: no percent yet.", count="n", n=left
        )
        return words.say(sentence), words("Unanswered is not zero.")
    if line.met is None:
        return words("{title}: {score}.").format(title=line.title, score=told), ""
    verdict = words("meets {criterion}") if line.met else words("below {criterion}")
    return (
        words("{title}: {score}, {verdict}.").format(
            title=line.title, score=told, verdict=verdict.format(criterion=line.criterion)
        ),
        words("{points} of {most} points.").format(points=line.points, most=line.most),
    )


def _score_line(words: Words, score: Score, *, part: bool) -> ScoreLine:
    if score.percent is not None:
        value, share = percent_words(score.percent), float(score.percent) / 100
    elif score.mean is not None:
        value, share = mean_words(score.mean), None
    else:
        value, share = "–", None
    notes = []
    if score.unanswered:
        notes.append(words.say(said("{n} not rated", n=len(score.unanswered))))
    if score.tied:
        notes.append(words.say(said("{n} tied", n=len(score.tied))))
    if score.not_applicable:
        notes.append(words.say(said("{n} not applicable", n=score.not_applicable)))
    if score.rule is Rule.PERCENT and score.percent is not None and score.most:
        notes.insert(0, words("{points} of {most} points").format(points=score.points, most=score.most))
    if score.shares:
        notes.append(", ".join(f"{each.label} {each.n}" for each in score.shares))
    return ScoreLine(words("Total") if score.key == "total" else score.title, value, " · ".join(notes), share, part)


def _beside(words: Words, other: OtherSource, view: ResultView) -> tuple[str, str, str]:
    if other.respondents is not None:
        return staff_beside(words, other, view.headline.percent)
    wanted = dict(other.percents).get(view.headline.key)
    name = ", ".join(part for part in (other.rater or words(KINDS[other.kind]), words.day(other.held_on)) if part)
    note = "" if other.title == view.head.title else full_title(other.title, other.edition)
    return name, percent_words(wanted) if wanted is not None else "–", note


def staff_beside(words: Words, staff: OtherSource, team: Fraction | None) -> tuple[str, str, str]:
    """What staff answered, as their implementation average, and how far the team stands from it."""
    average = dict(staff.percents).get("total")
    name = words("Staff survey, {day}, n = {n}").format(day=words.day(staff.held_on), n=staff.respondents)
    if average is None:
        return name, "–", full_title(staff.title, staff.edition)
    note = words("{title}: all of “in place”, half of “partially”").format(title=full_title(staff.title, staff.edition))
    apart = int(half_up(team)) - int(half_up(average)) if team is not None else 0
    if apart:
        side = words("The team says {n} points more.") if apart > 0 else words("The team says {n} points less.")
        note = f"{note}. {side.format(n=abs(apart))}"
    return name, percent_words(average), note


def agreement_words(words: Words, view: ResultView) -> str:
    """80% of 20 items agree; differing by one point at most 95%."""
    found = view.agreement
    if found is None or found.same is None:
        return ""
    told = words("{percent} of {n} items agree").format(percent=percent_words(found.same), n=found.both)
    if found.within_one is not None:
        told += words(", {percent} within one point").format(percent=percent_words(found.within_one))
    return told


def _apart(words: Words, view: ResultView) -> tuple[Apart, ...]:
    found = view.agreement
    if found is None:
        return ()
    lines = []
    for each in found.differences:
        item = view.instrument.item(each.item)
        scale = view.instrument.scale(item)
        lines.append(
            Apart(
                each.item,
                item.label or words("Item {number}").format(number=item.number),
                point_words(words, scale, each.one),
                point_words(words, scale, each.other),
                found.other,
            )
        )
    return tuple(lines)
