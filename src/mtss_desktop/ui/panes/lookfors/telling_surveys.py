"""Surveys as this room shows them: the empty form to type from, and what people answered."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.instruments import Takes
from mtss_desktop.domain.rating_views import OtherSource, ResultView, Sheet
from mtss_desktop.domain.ratings import AdministrationState
from mtss_desktop.domain.vote_views import SurveyView
from mtss_desktop.ui.panes.lookfors.rate_view import SheetShown
from mtss_desktop.ui.panes.lookfors.result_view import CriterionLine, ResultShown, ScoreLine
from mtss_desktop.ui.panes.lookfors.showing import NOTHING, ItemShown
from mtss_desktop.ui.panes.lookfors.telling import sheet_shown
from mtss_desktop.ui.panes.lookfors.words import full_title, percent_words


def form_shown(words: Words, sheet: Sheet, why_not: str) -> SheetShown:
    """One person's form: each question takes one answer, or is left open."""
    shown = sheet_shown(words, sheet, why_not)
    sections = tuple(
        replace(each, items=tuple(_question(i) for i in each.items if _is_answered(i))) for each in shown.sections
    )
    return replace(shown, sections=sections, last_head="", result="")


def _is_answered(item: ItemShown) -> bool:
    return item.takes is Takes.RESPONDENTS


def _question(item: ItemShown) -> ItemShown:
    scale = replace(item.scale, not_applicable=False)
    return replace(item, scale=scale, takes=Takes.RATING, today=NOTHING, last=None, counted=None)


def survey_shown(words: Words, survey: SurveyView, view: ResultView) -> ResultShown:
    """``view`` says which criteria the average meets, and what the team says of the same."""
    n = words.say(said("{n} person answered", many="{n} people answered", count="n", n=survey.answered))
    if survey.asked:
        n += words(" of {asked} asked").format(asked=survey.asked)
    if survey.rate is not None:
        n += f", {percent_words(survey.rate)}"
    if survey.hidden:
        finding = words("Too few answers to show: it takes {n} people.").format(n=survey.least)
        finished = survey.head.administration.state is AdministrationState.FINISHED
        more = " " + words("Open it again to add the forms of more people.") if finished else ""
        return ResultShown(finding, f"{n}.{more}", (), (), ())
    finding = (
        words("Implementation average {percent}").format(percent=percent_words(survey.average))
        if survey.average is not None
        else words("What staff answered")
    )
    lines = []
    for item in survey.items:
        whole = sum(share.n for share in item.shares) or 1
        told = ", ".join(f"{share.label} {percent_words(Fraction(100 * share.n, whole))}" for share in item.shares)
        if not item.shares:
            told = words("Fewer than {n} people answered it.").format(n=survey.least)
        value = percent_words(item.average) if item.average is not None else ""
        share = float(item.average) / 100 if item.average is not None else None
        name = f"{item.number} {item.label}".strip()
        lines.append(ScoreLine(name, value, told, share))
    note = words("Comments stand in no order.") if survey.comments else ""
    return ResultShown(
        f"{finding}.",
        f"{n}.",
        tuple(lines),
        tuple(CriterionLine(each.title, each.met, each.source) for each in view.criteria),
        (),
        beside=tuple(_team_beside(words, each) for each in view.beside),
        comments=survey.comments,
        comments_note=note,
    )


def _team_beside(words: Words, team: OtherSource) -> tuple[str, str, str]:
    """The team's own rating, beside what staff answered."""
    name = words("Team, {day}").format(day=words.day(team.held_on))
    said_ = [percent for _, percent in team.percents if percent is not None]
    found = dict(team.percents).get("total") or (said_[0] if said_ else None)
    return name, percent_words(found) if found is not None else "–", full_title(team.title, team.edition)
