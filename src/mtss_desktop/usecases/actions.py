"""Actions: who does what by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.action_board import BoardLine, OwnerMail, moved, owner_mail
from mtss_desktop.domain.meetings import MeetingId, MinutesLineId
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import Action, ActionId, Priority, is_open
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.queries import caseload as queries
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
def mark_done(work: Work, action_id: ActionId, *, on: date | None = None, hours: float | None = None) -> None:
    """On a day, today unless given; with the hours it took where somebody says them."""
    if hours is not None and hours < 0:
        raise UserError("Hours cannot be below 0.", "Give 0 or more.")
    action = work.actions.get(action_id)
    spent = action.hours if hours is None else hours
    work.actions.save(replace(action, done_on=on or work.today(), withdrawn_on=None, hours=spent))


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
    evaluate_on: date | None = None,
    note: str | None = None,
    no_owner: bool = False,
    no_due: bool = False,
    no_priority: bool = False,
    no_evaluate: bool = False,
) -> None:
    """Its words, owner, date, priority, the day the team looks whether it helped, and how it will know; what is not given stays.

    ``no_owner``, ``no_due``, ``no_priority`` and ``no_evaluate`` take it away.
    """
    action = work.actions.get(action_id)
    said = action.text if text is None else clean_text(text)
    if not said:
        raise UserError("Say what is to be done.")
    work.actions.save(
        replace(
            action,
            text=said,
            owner_id=None if no_owner else owner_id or action.owner_id,
            due_on=None if no_due else due_on or action.due_on,
            priority=None if no_priority else priority or action.priority,
            evaluate_on=None if no_evaluate else evaluate_on or action.evaluate_on,
            note=action.note if note is None else clean_text(note),
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


# All teams on one board ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActionBoard:
    """Every open action over all teams. ``owners`` are those who may take one over: all people who have not left."""

    today: date
    lines: tuple[BoardLine, ...]
    owners: tuple[tuple[PersonId, str], ...]
    sender: str


@question("Actions board")
def board(work: Work, *, place_id: str = "") -> ActionBoard:
    """Open actions of all teams, of one place where it is given: owner, what each belongs to, team, date."""
    today = work.today()
    me = work.people.find(work.me) if work.me else None
    return ActionBoard(
        today,
        queries.board(work, today, place_id=place_id),
        queries.staff(work, today),
        me.name if me is not None else "",
    )


@question("Action")
def show(work: Work, action_id: ActionId) -> Action:
    """Everything about one action. Raises ``NotFound``."""
    return work.actions.get(action_id)


@question("Mail to an owner")
def mail(work: Work, owner_id: PersonId) -> OwnerMail:
    """All open actions of one person over all teams, as a mail would say them. Raises ``UserError`` where there are none."""
    today = work.today()
    lines = queries.board(work, today, owner_id=owner_id)
    owner = work.people.get(owner_id)
    if not lines:
        raise UserError(f"{owner.name} has no open action.", "There is nothing to write about.")
    me = work.people.find(work.me) if work.me else None
    return owner_mail(lines, today, first_name=owner.first_name or owner.name, sender=me.name if me else "")


@dataclass(frozen=True)
class DueAction:
    """An open action for the calendar of its owner; ``changes`` rises with every change, so that a calendar takes the newest."""

    uid: str
    title: str
    day: date
    note: str
    changes: int


@question("Due days of an owner")
def due_days(work: Work, owner_id: PersonId) -> tuple[DueAction, ...]:
    """Every open action of one person that has a date, over all teams, the earliest first."""
    lines = [line for line in queries.board(work, work.today(), owner_id=owner_id) if line.due_on is not None]
    versions: dict[str, int] = {
        each.id: each.version for each in work.actions.list(id=tuple(line.id for line in lines))
    }
    return tuple(
        DueAction(
            f"{line.id}@mtss-desktop",
            line.text,
            line.due_on,
            ", ".join(part for part in (line.place, line.team, line.parent) if part),
            versions[line.id] - 1,
        )
        for line in lines
        if line.due_on is not None
    )


@use_case("Move dates")
def move_dates(work: Work, action_ids: tuple[ActionId, ...], *, to: str) -> int:
    """New dates for one or many: `+1w` counts from each one's own date, `12/4`, `fri` or `next meeting` from today.

    Says how many were moved. Raises ``UserError`` where one of them has no such day; then none is moved.
    """
    today = work.today()
    lines = {line.id: line for line in queries.board(work, today)}
    closed = next((work.actions.get(each) for each in action_ids if each not in lines), None)
    if closed is not None:
        raise UserError(f"“{closed.text}” is not open any more.", "Leave it out, or open it again first.")
    wanted = [moved(lines[each], to, today) for each in action_ids]
    stays = next((each for each in wanted if each.due_on is None), None)
    if stays is not None:
        said_why = ENGLISH.say(stays.why_not) if stays.why_not else ""
        raise UserError(
            f"“{to.strip()}” is {said_why} for “{lines[stays.action_id].text}”."
            if said_why.startswith("not")
            else f"There is {said_why} for “{lines[stays.action_id].text}”.",
            "Write +1w, 12/4, fri or next meeting.",
        )
    for each in wanted:
        found = work.actions.get(ActionId(each.action_id))
        if found.due_on != each.due_on:
            work.actions.save(replace(found, due_on=each.due_on))
    _relabel(work, "Move the date of {n} actions", "Move date", len(wanted))
    return len(wanted)


@use_case("Hand over")
def hand_over(work: Work, action_ids: tuple[ActionId, ...], *, owner_id: PersonId) -> None:
    """Another person has one or many of them from now on."""
    owner = work.people.get(owner_id)
    for each in action_ids:
        work.actions.save(replace(work.actions.get(each), owner_id=owner.id))
    _relabel(work, f"Hand {{n}} actions to {owner.name}", f"Hand an action to {owner.name}", len(action_ids))


@use_case("Mark actions done")
def mark_all_done(work: Work, action_ids: tuple[ActionId, ...], *, on: date | None = None) -> None:
    """One or many, on a day, today unless given."""
    for each in action_ids:
        work.actions.save(replace(work.actions.get(each), done_on=on or work.today(), withdrawn_on=None))
    _relabel(work, "Mark {n} actions done", "Mark action done", len(action_ids))


@use_case("Withdraw actions")
def withdraw_all(work: Work, action_ids: tuple[ActionId, ...]) -> None:
    """One or many will not be done; they stay in the history."""
    for each in action_ids:
        work.actions.save(replace(work.actions.get(each), withdrawn_on=work.today()))
    _relabel(work, "Withdraw {n} actions", "Withdraw action", len(action_ids))


def _relabel(work: Work, many: str, one: str, n: int) -> None:
    work.relabel(one if n == 1 else many.format(n=n))
