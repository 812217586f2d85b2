"""Surveys: one response for each person, without a name, read only where five or more answered."""

from __future__ import annotations

import random
from fractions import Fraction

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import scoring
from mtss_desktop.domain.instruments import SURVEY_ANSWERS, Instrument, Takes
from mtss_desktop.domain.ratings import AdministrationId, Response
from mtss_desktop.domain.scoring import Answer, Share
from mtss_desktop.domain.vote_views import SurveyItem, SurveyView
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.use_case import question, use_case


@use_case("Add survey answer", topic="ratings")
def add_response(
    work: Work, administration_id: AdministrationId, answers: tuple[str, ...], *, comment: str = ""
) -> None:
    """What one person answered, in the order of the form: a value, or `-` where nothing was answered.

    Raises ``UserError`` naming the item whose value its scale has not.
    """
    record = scores.draft_of(work, administration_id)
    instrument = scores.asked_of(work, record)
    order = scores.asked_items(instrument, record)
    if len(answers) > len(order):
        raise UserError(f"There are {len(answers)} answers for {len(order)} questions.", "Check where a line slipped.")
    given = {
        number: _value(instrument, number, text)
        for number, text in zip(order, answers, strict=False)
        if text.strip() not in ("", "-", "–")
    }
    said = clean_text(comment)
    if not given and not said:
        raise UserError("Nothing was answered.", "Give one answer or a comment.")
    work.responses.add(
        Response(
            organization_id=record.organization_id,
            private_to=record.private_to,
            administration_id=record.id,
            answers=given,
            comment=said,
        )
    )


def _value(instrument: Instrument, number: str, text: str) -> int:
    item = scores.item_of(instrument, number)
    if item.takes is not Takes.RESPONDENTS:
        raise UserError(f"Item {number} is not answered by people.", "Rate it instead.")
    try:
        value = int(text)
    except ValueError:
        raise UserError(
            f"“{text}” is no answer to question {number}.", "Write a value, or - to leave it out."
        ) from None
    scoring.item_score(item, instrument.scale(item), Answer((value,)))
    return value


@use_case("Take last survey answer off", topic="ratings")
def remove_response(work: Work, administration_id: AdministrationId) -> None:
    """The answer that was typed last, when it was typed twice or wrongly."""
    record = scores.draft_of(work, administration_id)
    found = work.responses.list(administration_id=record.id, order=("made_at",))
    if not found:
        raise UserError("Nobody has answered yet.")
    work.responses.remove(found[-1].id)


@question("Survey", topic="ratings")
def survey(work: Work, administration_id: AdministrationId) -> SurveyView:
    """Shares for each question and comments in no order of arrival; nothing of either where fewer than five answered."""
    head = scores.head_of(work, administration_id)
    record = head.administration
    instrument = scores.asked_of(work, record)
    responses = work.responses.list(administration_id=record.id)
    hidden = len(responses) < SURVEY_ANSWERS
    items = () if hidden else tuple(_items(instrument, scores.survey_answers(responses)))
    return SurveyView(
        head=head,
        answered=len(responses),
        asked=record.asked,
        rate=scoring.response_rate(len(responses), record.asked) if record.asked else None,
        least=SURVEY_ANSWERS,
        hidden=hidden,
        items=items,
        average=_average(items),
        comments=() if hidden else shuffled(record.id, responses),
    )


def shuffled(administration_id: str, responses: tuple[Response, ...]) -> tuple[str, ...]:
    """Comments in an order that is the same every time and has nothing to do with who came first."""
    comments = sorted(each.comment for each in responses if each.comment)
    random.Random(administration_id).shuffle(comments)
    return tuple(comments)


def _items(instrument: Instrument, answers: dict[str, Answer]) -> list[SurveyItem]:
    """A question that fewer than five people answered shows nothing, however many answered others."""
    found = []
    for section in instrument.whole_sections:
        for number in section.items:
            item = instrument.item(number)
            values = answers[number].values if number in answers else ()
            shown = values if len(values) >= SURVEY_ANSWERS else ()
            points = instrument.scale(item).points
            shares = tuple(Share(point.label, point.value, shown.count(point.value)) for point in points)
            average = scoring.implementation_average(shares) if scoring.is_status(shares) and shown else None
            found.append(SurveyItem(number, item.label, section.key, shares if shown else (), len(shown), average))
    return found


def _average(items: tuple[SurveyItem, ...]) -> Fraction | None:
    """Over all answers of all questions, of a status scale."""
    shown = [each for each in items if each.average is not None]
    answered = sum(each.answered for each in shown)
    return (
        sum((each.average * each.answered for each in shown if each.average is not None), Fraction(0)) / answered
        if (answered)
        else None
    )
