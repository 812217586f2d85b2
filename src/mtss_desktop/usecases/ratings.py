"""Ratings with an instrument: start one, rate item by item or from paper, finish, open again; and what was rated.

Votes, evidence, surveys and what is read over time are modules of their own under the same topic.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import scoring
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.instruments import Takes
from mtss_desktop.domain.people import OrganizationId, PersonId
from mtss_desktop.domain.plans import Action, ActionId
from mtss_desktop.domain.ratings import (
    Administration,
    AdministrationId,
    AdministrationKind,
    AdministrationState,
    Rating,
)
from mtss_desktop.domain.scoring import Answer, State
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_giving as giving
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.rating_evidence import (
    attach_file,
    attach_link,
    attach_minutes,
    attach_note,
    binder,
    change_evidence,
    evidence,
    remove_evidence,
    replace_file,
    take_off,
    use_evidence,
)
from mtss_desktop.usecases.rating_results import agreement, heat, latest, moved, result, stages, trend
from mtss_desktop.usecases.rating_sheet import list_, sheet
from mtss_desktop.usecases.rating_surveys import add_response, remove_response, survey
from mtss_desktop.usecases.rating_visits import walkthroughs
from mtss_desktop.usecases.rating_votes import agree, cast, open_vote, reveal, vote, vote_again
from mtss_desktop.usecases.use_case import use_case

__all__ = [
    "add_response",
    "agree",
    "agreement",
    "attach_file",
    "attach_link",
    "attach_minutes",
    "attach_note",
    "binder",
    "cast",
    "change",
    "change_evidence",
    "clear",
    "evidence",
    "finish",
    "heat",
    "latest",
    "list_",
    "make_action",
    "moved",
    "note",
    "open_vote",
    "rate",
    "rate_all",
    "remove",
    "remove_evidence",
    "remove_response",
    "reopen",
    "replace_file",
    "result",
    "reveal",
    "sheet",
    "stages",
    "start",
    "survey",
    "take_off",
    "tally",
    "trend",
    "use_evidence",
    "vote",
    "vote_again",
    "walkthroughs",
]

# Begin and end ---------------------------------------------------------------------------------------------------------------------


@use_case("Start rating")
def start(
    work: Work,
    instrument: str,
    place_id: OrganizationId,
    *,
    held_on: date | None = None,
    kind: AdministrationKind = AdministrationKind.TEAM,
    name: str = "",
    team_id: TeamId | None = None,
    rated_by: PersonId | None = None,
    rater: str = "",
    sections: tuple[str, ...] = (),
    setting: str = "",
    asked: int | None = None,
    started_at: time | None = None,
    private: bool = False,
) -> AdministrationId:
    """A draft with an instrument (its key, or the id of a version) for a place. `sections` limits what is rated this time.

    A day to come makes it planned. `private` keeps it to the person who uses this database.
    """
    version = scores.ready_version(work, instrument)
    place = work.organizations.get(place_id)
    record = Administration(
        organization_id=place.id,
        private_to=work.me if private else None,
        instrument_id=version.id,
        held_on=held_on or work.today(),
        kind=kind,
        name=clean_text(name),
        team_id=team_id,
        rated_by=rated_by,
        rater=clean_text(rater),
        sections=sections,
        setting=clean_text(setting),
        asked=asked,
        started_at=started_at,
    )
    _checked(work, record)
    work.relabel(f"Start {version.title}")
    return work.administrations.add(record).id


def _checked(work: Work, record: Administration) -> None:
    instrument = scores.asked_of(work, record)
    keys = tuple(each.key for each in instrument.whole_sections)
    stray = next((each for each in record.sections if each not in keys), None)
    if stray is not None:
        raise UserError(f"“{stray}” is no section of {instrument.title} here.", f"It has {', '.join(keys)}.")
    if record.asked is not None and record.asked < 0:
        raise UserError("The number of people asked cannot be below 0.", "Give 0 or more, or leave it open.")
    if record.minutes_watched is not None and record.minutes_watched < 0:
        raise UserError("Minutes watched cannot be below 0.", "Give 0 or more, or leave them open.")


@use_case("Change rating's facts")
def change(
    work: Work,
    administration_id: AdministrationId,
    *,
    held_on: date | None = None,
    kind: AdministrationKind | None = None,
    name: str | None = None,
    team_id: TeamId | None = None,
    rated_by: PersonId | None = None,
    rater: str | None = None,
    sections: tuple[str, ...] | None = None,
    setting: str | None = None,
    asked: int | None = None,
    started_at: time | None = None,
    minutes_watched: float | None = None,
    note: str | None = None,
) -> None:
    """Day, kind, name, team, rater, sections, setting, people asked, minutes watched or note; what is not given stays."""
    record = scores.draft_of(work, administration_id)
    texts = {"name": name, "rater": rater, "setting": setting, "note": note}
    facts: dict[str, Any] = {field: clean_text(text) for field, text in texts.items() if text is not None}
    given = {
        "held_on": held_on, "kind": kind, "team_id": team_id, "rated_by": rated_by, "sections": sections, "asked": asked,
        "started_at": started_at, "minutes_watched": minutes_watched,
    }  # fmt: skip
    facts |= {field: value for field, value in given.items() if value is not None}
    changed = replace(record, **facts)
    _checked(work, changed)
    work.administrations.save(changed)


@use_case("Finish rating")
def finish(work: Work, administration_id: AdministrationId) -> None:
    """Its scores are reckoned and kept. Items may be open; then the scores they belong to have no percent.

    Raises ``UserError`` where nothing was rated.
    """
    record = scores.draft_of(work, administration_id)
    instrument, result = scores.result_of(work, record)
    answered = len(work.responses.list(administration_id=record.id)) if scores.is_survey(instrument) else 0
    if not answered and all(score.state is State.UNANSWERED for _, score in result.items):
        raise UserError("Nothing is rated yet.", "Rate at least one item first.")
    work.administrations.save(
        replace(
            record,
            state=AdministrationState.FINISHED,
            finished_at=work.now(),
            scores=scores.kept(result),
            met=scores.verdicts(instrument, result, record),
        )
    )


@use_case("Open rating again")
def reopen(work: Work, administration_id: AdministrationId, *, reason: str = "") -> None:
    """A draft again; the history keeps why."""
    record = scores.administration_of(work, administration_id)
    if record.only_totals:
        raise UserError("Only totals are known of this one.", "Start a new administration to rate its items.")
    said = " ".join(clean_text(reason).split())
    work.relabel(f"Open rating again: {said}" if said else "Open rating again")
    work.administrations.save(replace(record, state=AdministrationState.DRAFT, finished_at=None, scores=(), met=()))


@use_case("Remove rating")
def remove(work: Work, administration_id: AdministrationId) -> None:
    """With everything given in it. Its actions and its evidence stay. Undo brings it back."""
    record = scores.administration_of(work, administration_id)
    for each in work.actions.list(administration_id=record.id):
        work.actions.save(replace(each, administration_id=None, item=""))
    for records in (work.ratings, work.votes, work.evidence_uses, work.responses):
        for row in records.list(administration_id=record.id):
            records.remove(row.id)
    work.administrations.remove(record.id)


# Rate ------------------------------------------------------------------------------------------------------------------------------


@use_case("Rate item")
def rate(
    work: Work,
    administration_id: AdministrationId,
    item: str,
    values: tuple[int, ...] = (),
    *,
    applies: bool = True,
    note: str | None = None,
    agreed_by: AgreedBy | None = None,
) -> None:
    """One value, or one for each intervention, plan or member where the item takes several. `--no-applies` marks it not applicable.

    Raises ``UserError`` for a value its scale has not; then nothing changes.
    """
    record = scores.draft_of(work, administration_id)
    work.relabel(f"Rate {item}")
    giving.give(
        work, record, scores.asked_of(work, record), item, Answer(values, applies), note=note, agreed_by=agreed_by
    )


@use_case("Type ratings from paper")
def rate_all(work: Work, administration_id: AdministrationId, marks: tuple[str, ...], *, first: str = "") -> int:
    """Marks in the order of the printed form, from its first item or from `first`: a value, `n` for not applicable, `-` to skip.

    Several values of one item are written 2,1,2. Says how many items were rated. Raises ``UserError`` naming the item; then none is kept.
    """
    record = scores.draft_of(work, administration_id)
    instrument = scores.asked_of(work, record)
    order = scores.asked_items(instrument, record)
    if first:
        scores.item_of(instrument, first)
        order = order[order.index(first) :] if first in order else ()
    if len(marks) > len(order):
        raise UserError(f"There are {len(marks)} marks for {len(order)} items.", "Check where the line slipped.")
    given = 0
    for number, mark in zip(order, marks, strict=False):
        answer = _read_mark(number, mark)
        if answer is not None:
            giving.give(work, record, instrument, number, answer)
            given += 1
    work.relabel(f"Type {given} ratings")
    return given


def _read_mark(number: str, mark: str) -> Answer | None:
    text = mark.strip().casefold()
    if text in ("", "-", "–"):
        return None
    if text in ("n", "na", "n/a"):
        return scoring.DOES_NOT_APPLY
    try:
        return Answer(tuple(int(part) for part in text.split(",")))
    except ValueError:
        raise UserError(f"“{mark}” is no mark for item {number}.", "Write a value, n, or - to skip.") from None


@use_case("Clear rating")
def clear(work: Work, administration_id: AdministrationId, item: str) -> None:
    """Unanswered again, which is not 0; a note stays."""
    record = scores.draft_of(work, administration_id)
    found = work.ratings.first(administration_id=record.id, item=item)
    work.relabel(f"Clear {item}")
    if found is not None and found.note:
        work.ratings.save(replace(found, values=(), applies=True, agreed_by=None))
    elif found is not None:
        work.ratings.remove(found.id)


@use_case("Write note")
def note(work: Work, administration_id: AdministrationId, item: str, text: str) -> None:
    """What was seen for an item; it may be written before the item is rated."""
    record = scores.draft_of(work, administration_id)
    scores.item_of(scores.asked_of(work, record), item)
    found = work.ratings.first(administration_id=record.id, item=item)
    said = clean_text(text)
    work.relabel(f"Note for {item}")
    work.merge_with(f"rating-note:{record.id}:{item}")
    if found is not None:
        if not said and not found.values and found.applies:
            work.ratings.remove(found.id)
        else:
            work.ratings.save(replace(found, note=said))
    elif said:
        work.ratings.add(
            Rating(
                organization_id=record.organization_id,
                private_to=record.private_to,
                administration_id=record.id,
                item=item,
                note=said,
            )
        )


@use_case("Count")
def tally(work: Work, administration_id: AdministrationId, item: str, *, by: int = 1) -> int:
    """One more of what is counted (or fewer, with `by` below 0). Says the new count; never below 0."""
    record = scores.draft_of(work, administration_id)
    instrument = scores.asked_of(work, record)
    if scores.item_of(instrument, item).takes is not Takes.COUNT:
        raise UserError(f"Item {item} is rated, not counted.", "Rate it instead.")
    found = work.ratings.first(administration_id=record.id, item=item)
    count = max(0, (sum(found.values) if found else 0) + by)
    work.relabel(f"Count {item}")
    giving.give(work, record, instrument, item, Answer((count,)))
    return count


@use_case("Make action")
def make_action(
    work: Work,
    administration_id: AdministrationId,
    item: str,
    text: str,
    *,
    team_id: TeamId | None = None,
    owner_id: PersonId | None = None,
    due_on: date | None = None,
    started_on: date | None = None,
) -> ActionId:
    """What is to be done so that an item moves; the next administration shows whether it did."""
    record = scores.administration_of(work, administration_id)
    scores.item_of(scores.asked_of(work, record), item)
    said = clean_text(text)
    if not said:
        raise UserError("Say what is to be done.")
    action = Action(
        organization_id=record.organization_id,
        private_to=record.private_to,
        text=said,
        team_id=team_id or record.team_id,
        owner_id=owner_id,
        due_on=due_on,
        started_on=started_on or work.today(),
        administration_id=record.id,
        item=item,
    )
    return work.actions.add(action).id
