"""Actions: who does what by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.meetings import MeetingId, MinutesLineId
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import Action, ActionId, Priority, is_open
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.use_case import question, use_case


@use_case("Add action")
def add(
    work: Work,
    team_id: TeamId,
    *,
    text: str,
    owner_id: PersonId | None = None,
    due_on: date | None = None,
    started_on: date | None = None,
    priority: Priority | None = None,
    parent_topic: str = "",
    parent_id: str = "",
    meeting_id: MeetingId | None = None,
    line_id: MinutesLineId | None = None,
) -> ActionId:
    """Something a team has agreed to do. Owner and date may come later; close-out asks for them."""
    team = work.teams.get(team_id)
    said = clean_text(text)
    if not said:
        raise UserError("Say what is to be done.")
    action = Action(
        organization_id=team.organization_id,
        text=said,
        team_id=team_id,
        owner_id=owner_id,
        due_on=due_on,
        started_on=started_on or work.today(),
        priority=priority,
        parent_topic=parent_topic,
        parent_id=parent_id,
        meeting_id=meeting_id,
        line_id=line_id,
    )
    return work.actions.add(action).id


@use_case("Mark action done")
def mark_done(work: Work, action_id: ActionId, *, on: date | None = None) -> None:
    """On a day, today unless given."""
    work.actions.save(replace(work.actions.get(action_id), done_on=on or work.today(), withdrawn_on=None))


@use_case("Open action again")
def reopen(work: Work, action_id: ActionId) -> None:
    """Not done after all, or not withdrawn."""
    work.actions.save(replace(work.actions.get(action_id), done_on=None, withdrawn_on=None))


@use_case("Withdraw action")
def withdraw(work: Work, action_id: ActionId) -> None:
    """It will not be done; it stays in the history."""
    work.actions.save(replace(work.actions.get(action_id), withdrawn_on=work.today()))


@use_case("Change action")
def change(
    work: Work,
    action_id: ActionId,
    *,
    text: str | None = None,
    owner_id: PersonId | None = None,
    due_on: date | None = None,
    priority: Priority | None = None,
) -> None:
    """Its words, owner, date or priority; what is not given stays."""
    action = work.actions.get(action_id)
    said = action.text if text is None else clean_text(text)
    if not said:
        raise UserError("Say what is to be done.")
    work.actions.save(
        replace(
            action,
            text=said,
            owner_id=owner_id or action.owner_id,
            due_on=due_on or action.due_on,
            priority=priority or action.priority,
        )
    )


@use_case("Clear owner or date")
def clear(work: Work, action_id: ActionId, *, owner: bool = False, due: bool = False) -> None:
    """Nobody owns it, or it has no date; close-out will ask again."""
    action = work.actions.get(action_id)
    cleared = replace(action, owner_id=None if owner else action.owner_id, due_on=None if due else action.due_on)
    work.actions.save(cleared)


@question("Actions of a team")
def of_team(work: Work, team_id: TeamId, *, only_open: bool = True) -> tuple[Action, ...]:
    """By due date; those without a date last."""
    found = work.actions.list(team_id=team_id)
    chosen = [action for action in found if is_open(action) or not only_open]
    return tuple(sorted(chosen, key=lambda action: (action.due_on is None, action.due_on or date.max, action.text)))
