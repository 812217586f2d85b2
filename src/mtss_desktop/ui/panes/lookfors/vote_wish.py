"""What a team would agree on after a vote: what was chosen since, else what stands, else what the votes say."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.domain.administrations import AgreedBy, VoteRound, proposed
from mtss_desktop.ui.panes.lookfors.vote_round import VoteShown


@dataclass(frozen=True)
class Wish:
    """Chosen since the votes were shown, None where nothing was: the score, whether the item does not apply, and the way."""

    value: int | None = None
    skips: bool | None = None
    way: AgreedBy | None = None


NO_WISH = Wish()


def skips(shown: VoteShown | None, wish: Wish) -> bool:
    """Whether it would be agreed that the item does not apply: chosen so, or standing so already."""
    if shown is None or not shown.scale.not_applicable or shown.round is None or not shown.round.revealed:
        return False
    return wish.skips if wish.skips is not None else wish.value is None and not shown.agreed.applies


def proposal(shown: VoteShown | None, wish: Wish) -> tuple[int | None, AgreedBy | None]:
    """The score and the way that would be agreed now. A way without a score: the item does not apply."""
    if shown is None or shown.round is None or not shown.round.revealed:
        return None, None
    if skips(shown, wish):
        return None, wish.way or (None if shown.agreed.applies else shown.agreed_by) or AgreedBy.CONSENSUS
    votes_say = proposed(VoteRound(shown.round.votes)) if shown.round.votes else None
    value = wish.value
    if value is None and shown.agreed.values:
        value = shown.agreed.values[0]
    if value is None and votes_say is not None:
        value = votes_say[0]
    way = wish.way or (shown.agreed_by if value in shown.agreed.values else None)
    if way is None and value is not None:
        way = votes_say[1] if votes_say is not None and votes_say[0] == value else AgreedBy.CONSENSUS
    return value, way
