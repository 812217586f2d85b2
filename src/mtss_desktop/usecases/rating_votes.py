"""A team's vote on one item: everyone's vote is hidden until the reveal, then the team talks, votes again or agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import said
from mtss_desktop.domain import scoring
from mtss_desktop.domain.administrations import AgreedBy, VoteRound, proposed
from mtss_desktop.domain.instruments import Instrument, Item, Takes
from mtss_desktop.domain.rating_views import Head
from mtss_desktop.domain.ratings import ABSTAINS, WAITING, AdministrationId, AdministrationKind, Vote
from mtss_desktop.domain.scoring import Answer
from mtss_desktop.domain.vote_views import AgreedItem, BesideValue, RoundView, VoteView
from mtss_desktop.store.queries import ratings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import rating_giving as giving
from mtss_desktop.usecases import rating_scores as scores
from mtss_desktop.usecases import rating_sheet as sheets
from mtss_desktop.usecases.rating_beside import other_side, source
from mtss_desktop.usecases.use_case import question, use_case

MOST_SEATS = 60
LONGEST = 120
"""Minutes a round may be timed for."""


@use_case("Open vote", topic="ratings")
def open_vote(
    work: Work, administration_id: AdministrationId, item: str, seats: int, *, minutes: int | None = None
) -> int:
    """The first round on an item, for so many people; with `minutes` it is timed. Says the number of the round."""
    record = scores.draft_of(work, administration_id)
    instrument = scores.asked_of(work, record)
    _votable(scores.item_of(instrument, item))
    if not 1 <= seats <= MOST_SEATS:
        raise UserError(f"A vote takes 1 to {MOST_SEATS} people, not {seats}.", "Say how many vote.")
    if _rounds(work, administration_id, item):
        raise UserError(f"Item {item} was voted on already.", "Vote again, or agree on a score.")
    work.relabel(f"Open vote on {item}")
    return _added(work, administration_id, item, 1, seats, minutes)


def _votable(item: Item) -> None:
    if item.takes in (Takes.COUNT, Takes.RESPONDENTS):
        raise UserError(f"Item {item.number} is counted, not voted on.", "Choose an item that is rated.")


def _added(
    work: Work, administration_id: AdministrationId, item: str, number: int, seats: int, minutes: int | None
) -> int:
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise UserError(f"A round takes 1 to {LONGEST} minutes.", "Give another time, or none.")
    record = scores.draft_of(work, administration_id)
    ends_at = work.now() + timedelta(minutes=minutes) if minutes is not None else None
    work.votes.add(
        Vote(
            organization_id=record.organization_id,
            private_to=record.private_to,
            administration_id=record.id,
            item=item,
            round=number,
            seats=seats,
            votes=(WAITING,) * seats,
            ends_at=ends_at,
        )
    )
    return number


@use_case("Vote", topic="ratings")
def cast(work: Work, administration_id: AdministrationId, item: str, seat: int, value: int | None = None) -> None:
    """The vote of one seat (1, 2 …); without a value it abstains. A vote may be changed until the reveal."""
    record = scores.draft_of(work, administration_id)
    instrument = scores.asked_of(work, record)
    asked = scores.item_of(instrument, item)
    now = _open_round(work, administration_id, item)
    if not 1 <= seat <= now.seats:
        raise UserError(f"There are {now.seats} seats, no seat {seat}.", "Choose one of them.")
    if value is not None:
        scoring.item_score(asked, instrument.scale(asked), Answer((value,)))
    votes = list(now.votes)
    votes[seat - 1] = ABSTAINS if value is None else value
    work.relabel(f"Vote on {item}")
    work.votes.save(replace(now, votes=tuple(votes)))


@use_case("Reveal votes", topic="ratings")
def reveal(work: Work, administration_id: AdministrationId, item: str) -> None:
    """Shows all votes of the round at once; who has not voted by then abstains."""
    scores.draft_of(work, administration_id)
    now = _open_round(work, administration_id, item)
    if all(vote == WAITING for vote in now.votes):
        raise UserError("Nobody has voted yet.", "Wait for the first vote.")
    votes = tuple(ABSTAINS if vote == WAITING else vote for vote in now.votes)
    # In the order of the values, so that nothing is left of who sat where.
    work.relabel(f"Reveal votes on {item}")
    work.votes.save(replace(now, votes=tuple(sorted(votes, reverse=True)), revealed=True))


@use_case("Vote again", topic="ratings")
def vote_again(
    work: Work, administration_id: AdministrationId, item: str, *, seats: int | None = None, minutes: int | None = None
) -> int:
    """Another round after the team has talked; the earlier ones stay. Says the number of the round."""
    rounds = _rounds(work, administration_id, item)
    if not rounds or not rounds[-1].revealed:
        raise UserError("The round before is still hidden.", "Reveal it first.")
    work.relabel(f"Vote again on {item}")
    return _added(work, administration_id, item, rounds[-1].round + 1, seats or rounds[-1].seats, minutes)


@use_case("Agree on score", topic="ratings")
def agree(
    work: Work,
    administration_id: AdministrationId,
    item: str,
    value: int | None = None,
    *,
    agreed_by: AgreedBy = AgreedBy.CONSENSUS,
    note: str | None = None,
) -> None:
    """The team's score for an item and how it came to it; without a value the item does not apply.

    BoQ and others that count members' marks keep the votes of the last round as the marks.
    """
    record = scores.draft_of(work, administration_id)
    instrument = scores.asked_of(work, record)
    rounds = _rounds(work, administration_id, item)
    if rounds and not rounds[-1].revealed:
        raise UserError("The votes are still hidden.", "Reveal them first.")
    work.relabel(f"Agree on {item}")
    answer = Answer((value,)) if value is not None else scoring.DOES_NOT_APPLY
    giving.give(work, record, instrument, item, answer, note=note, agreed_by=agreed_by)


def _rounds(work: Work, administration_id: AdministrationId, item: str) -> tuple[Vote, ...]:
    return work.votes.list(administration_id=administration_id, item=item, order=("round",))


def _open_round(work: Work, administration_id: AdministrationId, item: str) -> Vote:
    rounds = _rounds(work, administration_id, item)
    if not rounds:
        raise UserError(f"No vote on item {item} is open.", "Open one first.")
    if rounds[-1].revealed:
        raise UserError("This round is revealed.", "Vote again to change a vote.")
    return rounds[-1]


# What is shown ---------------------------------------------------------------------------------------------------------------------


@question("Team vote", topic="ratings")
def vote(work: Work, administration_id: AdministrationId, item: str) -> VoteView:
    """The rounds of an item, hidden ones as a count alone, what others found, and how far the team has come."""
    head = scores.head_of(work, administration_id)
    record = head.administration
    instrument = scores.asked_of(work, record)
    asked = scores.item_of(instrument, item)
    rounds = _rounds(work, administration_id, item)
    given = {each.item: each for each in work.ratings.list(administration_id=record.id)}
    found = dict(scoring.result(instrument, scores.answers(given.values())).items)
    now = rounds[-1] if rounds else None
    points = tuple((point.value, point.label) for point in instrument.scale(asked).points)
    items = tuple(
        AgreedItem(
            *(number, instrument.item(number).label, found[number].value),
            *(found[number].state is not scoring.State.NOT_APPLICABLE,),
            found[number].state is not scoring.State.UNANSWERED,
        )
        for number in scores.asked_items(instrument, record)
    )
    own = given.get(item)
    return VoteView(
        head=head,
        number=item,
        label=asked.label,
        hint=asked.evidence,
        look_for=asked.look_for,
        points=points,
        can_skip=instrument.scale(asked).not_applicable,
        rounds=tuple(_round(each, points) for each in rounds),
        proposed=proposed(_told(now)) if now is not None and now.revealed and _told(now).given else None,
        agreed=found[item].value,
        agreed_by=own.agreed_by if own else None,
        note=own.note if own else "",
        beside=tuple(_beside(work, head, instrument, item)),
        evidence=queries.chips(work, record.id).get(item, ()),
        items=items,
        agreed_items=sum(each.rated for each in items),
    )


def _told(vote: Vote) -> VoteRound:
    return VoteRound(tuple(None if each == ABSTAINS else each for each in vote.votes))


def _round(vote: Vote, points: tuple[tuple[int, str], ...]) -> RoundView:
    voted = sum(each != WAITING for each in vote.votes)
    shown = (vote.round, vote.seats, voted, vote.revealed, vote.ends_at)
    if not vote.revealed:
        return RoundView(*shown)
    told = _told(vote)
    counts = told.tally([value for value, _ in points])
    tally = tuple((value, label, n) for (value, label), n in zip(points, counts, strict=True))
    return RoundView(*shown, told.abstained, tally, bool(told.given) and told.unanimous)


def _beside(work: Work, head: Head, instrument: Instrument, item: str) -> list[BesideValue]:
    """The rating from outside nearest to this one, and last time's."""
    record = head.administration
    kinds = (AdministrationKind.EXTERNAL,)
    found = queries.found(work, place_id=record.organization_id, family=head.key, kinds=kinds, finished=True)
    values = []
    for each in found[:1]:
        value = scores.values_of(scores.result_of(work, each.head.administration)[1]).get(item)
        if value is not None:
            day = each.head.administration.held_on
            values.append(BesideValue(said("Visiting rater, {day:short}", day=day), str(value)))
    last = sheets.last_of(work, head)
    if last is not None:
        value = scores.values_of(scores.result_of(work, last.administration)[1]).get(item)
        if value is not None:
            values.append(BesideValue(said("Last time, {day:short}", day=last.administration.held_on), str(value)))
    for other in other_side(work, head):
        staff = source(work, other)
        average = dict(staff.percents).get("total")
        if average is not None:
            values.append(
                BesideValue(said("Staff survey, n = {n}", n=staff.respondents), f"{int(scoring.half_up(average))}%")
            )
    return values
