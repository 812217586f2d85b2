"""Every document by name: what there is, what it needs, and the document itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mtss_desktop.base.errors import UserError
from mtss_desktop.documents.blocks import Audience, Document
from mtss_desktop.documents.parts.packet_facts import PARTS
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import (
    paper_action_plan,
    paper_agenda,
    paper_behavior,
    paper_cycles,
    paper_forms,
    paper_instruments,
    paper_minutes,
    paper_packet,
    paper_progress,
    paper_ratings,
    paper_review,
    paper_structure,
    paper_summary,
    paper_team,
    paper_tips,
)
from mtss_desktop.usecases.paper_kinds import EVERYTHING, Entry, Needs, PaperKind, Scope
from mtss_desktop.usecases.use_case import question, use_case

__all__ = ["Needs", "PaperKind", "Scope", "catalogue", "file_stem", "kinds", "make", "packet_made"]


def _packet(work: Work, scope: Scope) -> Document:
    return paper_packet.document(
        work, paper_packet.meeting_for(work, scope.meeting, scope.team), frozenset(scope.without)
    )


def _summary(work: Work, scope: Scope) -> Document:
    return paper_summary.document(work, school_id=scope.school, first=scope.first, last=scope.last)


def _structure(work: Work, scope: Scope) -> Document:
    return paper_structure.document(work, school_id=scope.school, public=scope.audience is Audience.PUBLIC)


def _profile(work: Work, scope: Scope) -> Document:
    return paper_team.profile_document(work, scope.team, public=scope.audience is Audience.PUBLIC)


def _agreement(work: Work, scope: Scope) -> Document:
    return paper_team.agreement_document(work, scope.team)


def _review(work: Work, scope: Scope) -> Document:
    return paper_review.document(work, school_id=scope.school)


def _behavior(work: Work, scope: Scope) -> Document:
    return paper_behavior.document(work, school_id=scope.school)


def _progress(work: Work, scope: Scope) -> Document:
    return paper_progress.document(work, number=scope.student, school_id=scope.school)


def _agenda(work: Work, scope: Scope) -> Document:
    return paper_agenda.document(work, paper_packet.meeting_for(work, scope.meeting, scope.team))


def _minutes(work: Work, scope: Scope) -> Document:
    return paper_minutes.document(work, paper_minutes.meeting_for(work, scope.meeting, scope.team))


def _all_minutes(work: Work, scope: Scope) -> Document:
    return paper_minutes.document(work, paper_minutes.meeting_for(work, scope.meeting, scope.team), everything=True)


def _minutes_for_staff(work: Work, scope: Scope) -> Document:
    return paper_minutes.staff(work, paper_minutes.meeting_for(work, scope.meeting, scope.team, open_only=True))


def _minutes_for_absent(work: Work, scope: Scope) -> Document:
    return paper_minutes.absent(work, paper_minutes.meeting_for(work, scope.meeting, scope.team))


def _minutes_form(work: Work, scope: Scope) -> Document:
    return paper_forms.minutes_form(work, scope.team)


def _agenda_form(work: Work, scope: Scope) -> Document:
    return paper_forms.agenda_form(work, scope.team)


def _problem_pages(work: Work, scope: Scope) -> Document:
    return paper_forms.problems_of(work, scope.team)


def _action_plan(work: Work, scope: Scope) -> Document:
    return paper_action_plan.document(
        work,
        team_id=scope.team,
        school_id=scope.school,
        first=scope.first,
        last=scope.last,
        public=scope.audience is Audience.PUBLIC,
    )


def _cycles(work: Work, scope: Scope) -> Document:
    return paper_cycles.document(work, scope.team)


def _tips(work: Work, scope: Scope) -> Document:
    return paper_tips.document(work, paper_minutes.meeting_for(work, scope.meeting, scope.team))


_CATALOGUE = (
    Entry(
        PaperKind(
            "walk-in-packet",
            "Walk-in packet",
            "All a team needs on the table: purpose, agenda, last minutes, open actions, problems with their charts, sign-in.",
            (Needs.MEETING, Needs.TEAM),
            (Audience.TEAM,),
            PARTS,
        ),
        _packet,
    ),
    Entry(
        PaperKind(
            "agenda",
            "Agenda",
            "What the next meeting is about: times, who leads, what is decided, which actions are due.",
            (Needs.MEETING, Needs.TEAM),
            (Audience.TEAM,),
        ),
        _agenda,
    ),
    Entry(
        PaperKind(
            "minutes",
            "Minutes",
            "What was decided, by whom, by when, of the last meeting. Open minutes come without confidential lines.",
            (Needs.MEETING, Needs.TEAM),
            (Audience.TEAM,),
        ),
        _minutes,
    ),
    Entry(
        PaperKind(
            "minutes-confidential",
            "Minutes with confidential lines",
            "All lines of the minutes, for the members of the team only.",
            (Needs.MEETING, Needs.TEAM),
            (Audience.TEAM,),
        ),
        _all_minutes,
    ),
    Entry(
        PaperKind(
            "minutes-for-staff",
            "Minutes for staff",
            "Decisions only, on half a page. Not for confidential meetings.",
            (Needs.MEETING, Needs.TEAM),
            (Audience.TEAM,),
        ),
        _minutes_for_staff,
    ),
    Entry(
        PaperKind(
            "minutes-for-absent",
            "Minutes for absent members",
            "Half a page for each member who was not there: decisions, their actions, the next date.",
            (Needs.MEETING, Needs.TEAM),
            (Audience.TEAM,),
        ),
        _minutes_for_absent,
    ),
    Entry(
        PaperKind(
            "problem-pages",
            "Problem pages",
            "A team's open problems, half a page each: statement, chart, goal, solutions with fidelity, boxes for today.",
            (Needs.TEAM,),
            (Audience.TEAM,),
        ),
        _problem_pages,
    ),
    Entry(
        PaperKind(
            "minutes-blank",
            "Minutes form",
            "Minutes by hand, in the order in which they are typed later. With a team its members are printed.",
            (Needs.TEAM,),
            (Audience.TEAM,),
        ),
        _minutes_form,
    ),
    Entry(
        PaperKind(
            "agenda-blank",
            "Agenda form",
            "An agenda by hand, in the order in which it is typed later. With a team the items of its template are printed.",
            (Needs.TEAM,),
            (Audience.TEAM,),
        ),
        _agenda_form,
    ),
    Entry(
        PaperKind(
            "tips-fc-result",
            "TIPS-FC result",
            "A meeting against the eighteen items of the checklist: proposed from the record with the reason, and by the team.",
            (Needs.MEETING, Needs.TEAM),
            (Audience.TEAM,),
        ),
        _tips,
    ),
    Entry(
        PaperKind(
            "action-plan",
            "Action plan",
            "Every goal with its actions: who, by when, looked at when, how the team will know. Of a team or of all teams of a school.",
            (Needs.TEAM, Needs.SCHOOL, Needs.PERIOD),
            (Audience.TEAM, Audience.PUBLIC),
        ),
        _action_plan,
    ),
    Entry(
        PaperKind(
            "improvement-cycle",
            "Improvement cycle",
            "What a team tries, a page a cycle: plan, do, study, act, with its chart. Without a cycle an empty page to write on.",
            (Needs.TEAM,),
            (Audience.TEAM,),
        ),
        _cycles,
    ),
    Entry(
        PaperKind(
            "coaching-summary",
            "Coaching summary",
            "What was done, how well, with what result, per school or for the division, over a period.",
            (Needs.SCHOOL, Needs.PERIOD),
            (Audience.LEADERS,),
        ),
        _summary,
    ),
    Entry(
        PaperKind(
            "team-structure",
            "Team structure",
            "All teams of a place as a grid, and who hears from whom as a chart.",
            (Needs.SCHOOL,),
            (Audience.TEAM, Audience.PUBLIC),
        ),
        _structure,
    ),
    Entry(
        PaperKind(
            "team-profile",
            "Team profile",
            "One team on one page: purpose, members with roles and backups, how it works, what it looks at, who hears from it.",
            (Needs.TEAM,),
            (Audience.TEAM, Audience.PUBLIC),
        ),
        _profile,
    ),
    Entry(
        PaperKind(
            "memorandum-of-agreement",
            "Memorandum of agreement",
            "What a team, its school and the division promise each other for the year, to sign.",
            (Needs.TEAM,),
            (Audience.TEAM,),
        ),
        _agreement,
    ),
    Entry(
        PaperKind(
            "data-review",
            "Data review",
            "The newest screening of a school: shares by grade, who moved, who is close to a cut; counts alone, a page a measure.",
            (Needs.SCHOOL,),
            (Audience.TEAM,),
        ),
        _review,
    ),
    Entry(
        PaperKind(
            "behavior-report",
            "Behavior report",
            "Referrals of a school on one page: per school day by month, place, behavior, time, weekday, grade, students by referrals.",
            (Needs.SCHOOL,),
            (Audience.TEAM,),
        ),
        _behavior,
    ),
    Entry(
        PaperKind(
            "student-progress",
            "Student progress",
            "One student's chart, what the rules say, and all scores. Confidential; the student is a number on it.",
            (Needs.STUDENT, Needs.SCHOOL),
            (Audience.TEAM,),
        ),
        _progress,
    ),
    *paper_instruments.ENTRIES,
    *paper_ratings.ENTRIES,
)


def kinds() -> tuple[PaperKind, ...]:
    """The catalogue itself: it is the same for every database."""
    return tuple(entry.kind for entry in _CATALOGUE)


def file_stem(name: str, scope: Scope = EVERYTHING) -> str:
    """What a saved document is called, without ending: a student is a number in it, never a name."""
    return f"{name}-{scope.student:04}" if scope.student is not None else name


@use_case("Note packet", kind="told", undoable=False)
def packet_made(
    work: Work, *, meeting_id: MeetingId | None = None, team_id: TeamId | None = None, at: datetime | None = None
) -> None:
    """Notes when the packet of a meeting, else of the next one, was printed or saved (UTC; now unless given).

    Nobody did it on purpose, so that undo passes it."""
    meeting = paper_packet.meeting_for(work, meeting_id, team_id)
    work.meetings.save(replace(meeting, packet_made_at=at or work.now()))


@question("Documents")
def catalogue(work: Work) -> tuple[PaperKind, ...]:
    """Every document that can be printed without a further act."""
    del work
    return kinds()


@question("Make a document")
def make(work: Work, name: str, *, scope: Scope = EVERYTHING) -> Document:
    """What a document says, ready to be laid out. Raises ``UserError`` for an unknown name or a scope without content."""
    entry = next((each for each in _CATALOGUE if each.kind.name == name), None)
    if entry is None:
        names = ", ".join(each.kind.name for each in _CATALOGUE)
        raise UserError(f"There is no document “{name}”.", f"Choose one of: {names}.")
    if scope.audience is Audience.PUBLIC and Audience.PUBLIC not in entry.kind.audiences:
        raise UserError(f"{entry.kind.title} is for the team only.", "Leave the audience out.")
    parts = [part for part, _ in entry.kind.parts]
    unknown = [part for part in scope.without if part not in parts]
    if unknown:
        hint = f"Choose from: {', '.join(parts)}." if parts else "Print it whole."
        raise UserError(f"{entry.kind.title} has no part “{unknown[0]}” that can be left out.", hint)
    made = entry.make(work, scope)
    two_sided = made.two_sided and not scope.one_sided
    return replace(made, paper=scope.paper or made.paper, large_print=scope.large_print, two_sided=two_sided)
