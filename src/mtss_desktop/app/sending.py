"""What leaves as a file: a mail draft with the minutes or with an owner's actions, and a calendar entry. Nothing is sent from here."""

from __future__ import annotations

from pathlib import Path

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.action_board import mail_text
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.people import PersonId
from mtss_desktop.usecases import actions, close_out, papers
from mtss_desktop.usecases.papers import Scope


def write_mail_draft(workspace: Workspace, meeting_id: MeetingId, target: Path, *, paper: str = "minutes") -> Path:
    """An .eml to the team with the minutes as PDF, whole or not at all. ``paper`` names another document to attach.

    Raises ``UserError`` for an address that is none and for trouble with the disk.
    """
    from mtss_desktop.documents import mail, pdf

    told = workspace.ask(close_out.mail, meeting_id)
    document = workspace.ask(papers.make, paper, scope=Scope(meeting=meeting_id))
    data = mail.draft(
        subject=told.subject,
        body=told.body,
        to=told.to,
        when=workspace.database.now(),
        attachment=pdf.pdf_bytes(document, words=workspace.words()),
        file_name=told.file_name,
    )
    pdf.save(data, target)
    return target


def write_calendar_file(workspace: Workspace, meeting_id: MeetingId, target: Path) -> Path:
    """An .ics of one meeting, whole or not at all. Raises ``UserError`` for a meeting without times."""
    from mtss_desktop.documents import calendar_file, pdf

    entry = workspace.ask(close_out.calendar_entry, meeting_id)
    event = calendar_file.Event(
        uid=entry.uid,
        title=entry.title,
        starts=entry.starts,
        ends=entry.ends,
        zone=entry.zone,
        stamp=workspace.database.now(),
        place=entry.place,
        note=entry.note,
        changes=entry.changes,
        cancelled=entry.cancelled,
        organizer=entry.organizer,
        organizer_email=entry.organizer_email,
    )
    pdf.save(calendar_file.calendar(event), target)
    return target


def write_owner_draft(workspace: Workspace, owner_id: PersonId, target: Path) -> Path:
    """An .eml to one person with all their open actions, and their dates as a calendar file in it, whole or not at all."""
    from mtss_desktop.documents import mail, pdf

    told = workspace.ask(actions.mail, owner_id)
    words = workspace.words()
    data = mail.draft(
        subject=words.say(told.subject),
        body=mail_text(words, told) + "\n",
        to=told.to,
        when=workspace.database.now(),
        calendar=_owner_calendar(workspace, owner_id),
        calendar_name="actions.ics",
    )
    pdf.save(data, target)
    return target


def write_owner_calendar(workspace: Workspace, owner_id: PersonId, target: Path) -> Path:
    """An .ics with a whole day for each open action of one person that has a date. Raises ``UserError`` where there is none."""
    from mtss_desktop.documents import pdf

    data = _owner_calendar(workspace, owner_id)
    if not data:
        raise UserError("None of these actions has a date.", "Give one a date first.")
    pdf.save(data, target)
    return target


def _owner_calendar(workspace: Workspace, owner_id: PersonId) -> bytes:
    """Empty where no action has a date."""
    from mtss_desktop.documents import calendar_file

    now = workspace.database.now()
    due = [
        calendar_file.DueDay(each.uid, each.title, each.day, now, each.note, each.changes)
        for each in workspace.ask(actions.due_days, owner_id)
    ]
    return calendar_file.calendar(due=due) if due else b""


def write_owner_drafts(workspace: Workspace, owner_ids: tuple[PersonId, ...], target: Path) -> tuple[Path, ...]:
    """One draft for each owner beside ``target``: actions-01.eml, actions-02.eml … File names say nothing of whom or what."""
    return tuple(
        write_owner_draft(workspace, owner_id, target.with_name(f"{target.stem}-{n:02}{target.suffix or '.eml'}"))
        for n, owner_id in enumerate(owner_ids, 1)
    )
