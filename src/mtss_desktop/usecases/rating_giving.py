"""Keeping what was given for one item, whoever gave it: a key, a paper, a team's agreement, a file."""

from __future__ import annotations

from dataclasses import replace

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import scoring
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.instruments import Instrument, Item, Takes
from mtss_desktop.domain.ratings import Administration, Rating
from mtss_desktop.domain.scoring import Answer
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.cleaning import clean_text


def give(
    work: Work,
    record: Administration,
    instrument: Instrument,
    number: str,
    answer: Answer,
    *,
    note: str | None = None,
    agreed_by: AgreedBy | None = None,
) -> None:
    """Keeps what was given for one item of a draft."""
    item = scores.item_of(instrument, number)
    wanted = _fitting(instrument, item, answer)
    found = work.ratings.first(administration_id=record.id, item=number)
    said = (found.note if found else "") if note is None else clean_text(note)
    if found is None:
        work.ratings.add(
            Rating(
                organization_id=record.organization_id,
                private_to=record.private_to,
                administration_id=record.id,
                item=number,
                values=wanted.values,
                applies=wanted.applies,
                note=said,
                agreed_by=agreed_by,
            )
        )
    else:
        kept = replace(found, values=wanted.values, applies=wanted.applies, note=said, agreed_by=agreed_by)
        work.ratings.save(kept)


def _fitting(instrument: Instrument, item: Item, answer: Answer) -> Answer:
    """The answer as it is kept. Raises ``UserError`` for one the item does not take."""
    if item.takes is Takes.RESPONDENTS:
        raise UserError(f"Item {item.number} is answered by people.", "Add what each person answered.")
    if not answer.applies:
        answer = Answer(applies=False)
    elif item.takes is Takes.PLANS and not answer.values:
        answer = Answer((0,))
    elif not answer.values:
        raise UserError(f"Say how item {item.number} is rated.", "Clear it to leave it open.")
    if item.takes in (Takes.RATING, Takes.COUNT) and len(answer.values) > 1:
        raise UserError(f"Item {item.number} takes one value.", "Give one.")
    scoring.item_score(item, instrument.scale(item), answer)
    return answer
