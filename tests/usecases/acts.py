"""For every use case one way to do it on the sample division: the arguments, and what has to be there first."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from mtss_desktop.app import sample_sheets
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.cycles import CycleDecision
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.instrument_drafts import ItemFact, RatedBy
from mtss_desktop.domain.meetings import Answer, LineKind, WeWill
from mtss_desktop.domain.plans import Direction, Priority
from mtss_desktop.domain.precise import Narrowing
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, SolutionKind
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.domain.student_plans import StudentStep
from mtss_desktop.domain.team_matrix import MatrixCell, MatrixColumn, NewRow, TypedCell
from mtss_desktop.domain.teams import Rhythm, TeamYear
from mtss_desktop.usecases import (
    actions,
    builder,
    by_hand,
    close_out,
    cycles,
    data,
    data_plans,
    data_precise,
    files,
    goals,
    imports,
    initiatives,
    layouts,
    meetings,
    minutes,
    people,
    places,
    problems,
    ratings,
    strategies,
    team_decisions,
    teams,
)
from mtss_desktop.usecases.builder import ListFact
from mtss_desktop.usecases.cycles import CycleFact
from mtss_desktop.usecases.initiatives import InitiativeFact
from mtss_desktop.usecases.meetings import ActionEntry, AgendaEntry, LineEntry
from mtss_desktop.usecases.protocol import LinkFact
from mtss_desktop.usecases.teams import TeamFact

LAYOUT = """key = "our-screener"
version = 1
name = "Our screener"
takes = "scores"
[columns.local_id]
names = ["Pupil"]
cleaner = "id"
[columns.value]
names = ["Result"]
cleaner = "score"
needed = true
"""


@dataclass(frozen=True)
class Here:
    """Where to act in the sample: the Tier 1 team of Holcomb and what belongs to it."""

    workspace: Workspace

    @cached_property
    def home(self) -> Any:
        return self.workspace.ask(places.places)[0].id

    @cached_property
    def school(self) -> Any:
        return next(place.id for place in self.workspace.ask(places.places) if place.short_name == "Holcomb")

    @cached_property
    def year(self) -> Any:
        return self.workspace.ask(places.this_year).id

    @cached_property
    def own_list(self) -> Any:
        """A draft of two sections."""
        made = self.workspace.do(builder.make, title="Routines").value
        self.workspace.do(builder.add_items, made, text="First:\nRules are posted and clear\nGreeting\nSecond:\nPraise")
        return made

    def ready_list(self) -> Any:
        self.workspace.do(builder.make_ready, self.own_list)
        return self.own_list

    def retired_list(self) -> Any:
        self.workspace.do(builder.retire, self.ready_list())
        return self.own_list

    def file_of_items(self) -> str:
        file = Path(tempfile.mkdtemp()) / "list.csv"
        file.write_text("Category,Item\nThird,Exit\n")
        return str(file)

    @cached_property
    def team(self) -> Any:
        found = self.workspace.ask(teams.cards, place_id=self.school)
        return next(team.id for team in found if team.name == "Tier 1 team")

    @cached_property
    def card(self) -> Any:
        return self.workspace.ask(teams.card, self.team)

    @cached_property
    def member(self) -> Any:
        return next(member for member in self.card.members if member.role == "facilitator" and not member.backup)

    @cached_property
    def stranger(self) -> Any:
        """Somebody who is not on the team."""
        on_it = {member.person_id for member in self.card.members}
        return next(person for person in self.workspace.ask(people.everyone) if person.id not in on_it)

    @cached_property
    def planned(self) -> Any:
        found = self.workspace.ask(meetings.next_of, self.team)
        assert found is not None
        return self.workspace.ask(meetings.show, found.id)

    @cached_property
    def held(self) -> Any:
        found = self.workspace.ask(meetings.last_of, self.team)
        assert found is not None
        return self.workspace.ask(meetings.show, found.id)

    @cached_property
    def problem(self) -> Any:
        return self.workspace.ask(problems.of_team, self.team)[0]

    @cached_property
    def closed_problem(self) -> Any:
        found = self.workspace.ask(problems.of_team, self.team, closed=True)
        return next(each for each in found if each.problem.closed_on is not None)

    @cached_property
    def action(self) -> Any:
        return self.workspace.ask(actions.of_team, self.team)[0]

    @cached_property
    def two_actions(self) -> Any:
        return tuple(each.id for each in self.workspace.ask(actions.of_team, self.team)[:2])

    @cached_property
    def done_action(self) -> Any:
        found = self.workspace.ask(actions.of_team, self.team, only_open=False)
        return next(each for each in found if each.done_on is not None)

    def written(self, text: str) -> Any:
        """A line in the meeting to come, sealed off from what is done next."""
        made = self.workspace.do(minutes.write_line, self.planned.meeting.id, text=text).value.line_id
        self.workspace.do(people.add, last_name="Between")
        return made

    def parked(self) -> Any:
        return self.workspace.do(
            minutes.write_line, self.held.meeting.id, text="Bell schedule", kind=LineKind.PARKING_LOT
        ).value.line_id

    def on_the_table(self) -> Any:
        self.workspace.do(minutes.open_item, self.planned.agenda[0].id)
        return self.planned.meeting.id

    def locked(self) -> Any:
        self.workspace.do(close_out.lock, self.held.meeting.id)
        return self.held.meeting.id

    def attached(self) -> Any:
        text = base64.b64encode(b"Upper hall, 12:10").decode()
        what = {"topic": "teams", "record_id": self.team, "name": "hall.txt", "media_type": "text/plain"}
        return self.workspace.do(files.attach, content=text, **what).value

    def gone_person(self) -> Any:
        self.workspace.do(people.leave, self.member.person_id)
        return self.member.person_id

    @cached_property
    def initiative(self) -> Any:
        return self.workspace.ask(initiatives.lines)[0]

    @cached_property
    def other_team(self) -> Any:
        found = self.workspace.ask(teams.cards, place_id=self.school)
        return next(team.id for team in found if team.id != self.team)

    @cached_property
    def finding(self) -> Any:
        return self.workspace.ask(teams.audit)[0]

    def kept(self) -> Any:
        said = {"rule": self.finding.rule, "about": self.finding.about}
        self.workspace.do(team_decisions.keep, **said, reason="So it was agreed.")
        return said

    def slip(self) -> Any:
        """A team that was added just now and has done nothing yet."""
        made = self.workspace.do(teams.add, self.school, name="A slip", members=("Ann Slip",)).value
        self.workspace.do(teams.add_link, made, what="News", to_team_id=self.team)
        return made

    def retired_team(self) -> Any:
        self.workspace.do(teams.retire, self.team)
        return self.team

    def new_year(self) -> Any:
        return self.workspace.do(places.add_year, start=2026).value

    def taken_back(self) -> Any:
        """A plan for a file of the sample whose import does not stand at the moment."""
        receipt = next(each for each in self.workspace.ask(imports.receipts) if each.file_name.startswith("map_growth"))
        self.workspace.do(imports.take_back, receipt.id)
        path = next(path for path in sample_sheets.exports() if path.name == receipt.file_name)
        return self.workspace.ask(imports.plan, str(path))

    def import_not_there(self) -> Any:
        """An import that was taken back."""
        receipt = self.workspace.ask(imports.receipts)[0]
        self.workspace.do(imports.take_back, receipt.id)
        return receipt.id

    def school_counts(self) -> Any:
        schools = [place for place in self.workspace.ask(places.places) if place.kind == "school"]
        return tuple(by_hand.SchoolCount(place.id, 400 + n) for n, place in enumerate(schools))

    def hand_scores(self) -> Any:
        with self.workspace.database.read() as work:
            measure = work.measures.list()[0].name
        day = date(2026, 2, 10)
        return (by_hand.HandScore(1, measure, day, 12.0), by_hand.HandScore(2, measure, day, 15.0))

    @cached_property
    def charted(self) -> Any:
        """(measure, students) with progress charts."""
        place = next(place.id for place in self.workspace.ask(places.places) if place.short_name == "Cedar Fork")
        view = self.workspace.ask(data.group, place)
        return view.measure.key, tuple(line.student for line in view.lines[:2])

    def decided(self) -> Any:
        measure, students = self.charted
        what = {"students": students, "measure_key": measure, "step": StudentStep.FADE}
        return self.workspace.do(data_plans.decide, **what).value[0]

    def cycle(self) -> Any:
        """A cycle of the team with an action of its own."""
        made = self.workspace.do(
            cycles.begin,
            self.team,
            name="Two posts",
            problem_id=self.problem.problem.id,
            plan="Two adults on the stairs",
        ).value
        self.workspace.do(actions.add, self.team, text="Post list", parent_topic="cycles", parent_id=made)
        return made

    def decided_cycle(self) -> Any:
        made = self.cycle()
        self.workspace.do(cycles.decide, made, decision=CycleDecision.ADAPT, change="Also at dismissal")
        return made

    @cached_property
    def strategy(self) -> Any:
        return self.workspace.ask(strategies.bank)[0]

    def team_goal(self) -> Any:
        return self.workspace.do(goals.add, self.team, metric="Members present", baseline=60, target=80,
                                 direction=Direction.HIGHER).value  # fmt: skip

    def draft(self, instrument: str = "tips_fc", **facts: Any) -> Any:
        """A rating that is begun at the school, sealed off from what is done next."""
        made = self.workspace.do(ratings.start, instrument, self.school, **facts).value
        self.workspace.do(people.add, last_name="Between")
        return made

    def rated(self, **facts: Any) -> Any:
        made = self.draft(**facts)
        self.workspace.do(ratings.rate, made, "1", (2,), note="Names on the page")
        return made

    def finished(self) -> Any:
        made = self.rated()
        self.workspace.do(ratings.make_action, made, "3", "Begin by the bell")
        self.workspace.do(ratings.attach_link, made, "1", "https://example.org/team")
        self.workspace.do(ratings.finish, made)
        return made

    def voting(self, *votes: int, revealed: bool = False) -> Any:
        made = self.draft()
        self.workspace.do(ratings.open_vote, made, "2", seats=3)
        for seat, value in enumerate(votes, 1):
            self.workspace.do(ratings.cast, made, "2", seat, value)
        if revealed:
            self.workspace.do(ratings.reveal, made, "2")
        return made

    def linked(self) -> Any:
        """(evidence, administration): a link behind item 1."""
        made = self.draft()
        return self.workspace.do(ratings.attach_link, made, "1", "https://example.org/team").value, made

    def filed(self) -> Any:
        """A picture behind item 1 of a draft."""
        photo = {"name": "wall.png", "media_type": "image/png", "content": PHOTO}
        return self.workspace.do(ratings.attach_file, self.draft(), "1", **photo).value

    def answered(self) -> Any:
        made = self.draft("satisfaction", kind=AdministrationKind.SURVEY, asked=9)
        self.workspace.do(ratings.add_response, made, ("3", "4"), comment="Good questions")
        return made

    def drilled(self) -> Any:
        return self.workspace.do(data_precise.save, self.school, narrowing=Narrowing(locations=("Bus",))).value


PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
"""One gray dot."""
Maker = Callable[[Here], dict[str, Any]]
AT = datetime(2026, 2, 12, 20, 0, tzinfo=UTC)

MAKERS: dict[str, Maker] = {
    "actions.add": lambda here: {
        "team_id": here.team, "text": "Call the SRO", "owner_id": here.member.person_id, "due_on": date(2026, 2, 20),
        "priority": Priority.HIGH,
    },
    "actions.change": lambda here: {"action_id": here.action.id, "text": "Something else", "due_on": date(2026, 3, 1),
        "evaluate_on": date(2026, 3, 17), "note": "Two calm weeks", "no_owner": True},
    "actions.clear": lambda here: {"action_id": here.action.id, "owner": True, "due": True},
    "actions.mark_done": lambda here: {"action_id": here.action.id},
    "actions.reopen": lambda here: {"action_id": here.done_action.id},
    "actions.withdraw": lambda here: {"action_id": here.action.id},
    "actions.move_dates": lambda here: {"action_ids": here.two_actions, "to": "+2w"},
    "actions.hand_over": lambda here: {"action_ids": here.two_actions, "owner_id": here.stranger.id},
    "actions.mark_all_done": lambda here: {"action_ids": here.two_actions},
    "actions.withdraw_all": lambda here: {"action_ids": here.two_actions},
    "agendas.fill": lambda here: {"meeting_id": here.planned.meeting.id, "template": "tier_2_3"},
    "agendas.give_role": lambda here: {
        "meeting_id": here.planned.meeting.id, "role": "facilitator", "person_id": here.stranger.id,
    },
    "checklist.mark": lambda here: {"meeting_id": here.held.meeting.id, "number": 2, "points": 1, "note": "No principal."},
    "close_out.lock": lambda here: {"meeting_id": here.held.meeting.id},
    "close_out.plan_next": lambda here: {"meeting_id": here.held.meeting.id, "day": date(2026, 4, 2)},
    "close_out.reopen": lambda here: {"meeting_id": here.locked(), "reason": "A name was wrong."},
    "close_out.set_next": lambda here: {
        "meeting_id": here.held.meeting.id, "next_meeting_id": here.planned.meeting.id,
    },
    "cycles.begin": lambda here: {
        "team_id": here.team, "name": "Calm stairs", "problem_id": here.problem.problem.id, "starts_on": date(2026, 2, 16),
        "ends_on": date(2026, 3, 6),
    },
    "cycles.begin_next": lambda here: {"cycle_id": here.decided_cycle()},
    "cycles.decide": lambda here: {"cycle_id": here.cycle(), "decision": CycleDecision.ADOPT},
    "cycles.link": lambda here: {"cycle_id": here.cycle(), "goal_id": here.problem.goals[0].id},
    "cycles.remove": lambda here: {"cycle_id": here.cycle()},
    "cycles.reopen": lambda here: {"cycle_id": here.decided_cycle()},
    "cycles.write": lambda here: {"cycle_id": here.cycle(), "fact": CycleFact.ENDS, "text": "3/6"},
    "data_goals.take": lambda here: {"problem_id": here.problem.problem.id, "way": "half", "due_on": date(2026, 5, 1)},
    "data_plans.decide": lambda here: {
        "students": here.charted[1], "measure_key": here.charted[0], "step": StudentStep.CHANGE, "note": "Repeated reading",
        "meeting_id": here.planned.meeting.id,
    },
    "data_plans.remove_decision": lambda here: {"decision_id": here.decided()},
    "data_plans.set_goal": lambda here: {
        "student_key": here.charted[1][0], "measure_key": here.charted[0], "target": 120.0, "due_on": date(2026, 5, 20),
    },
    "data_precise.make_problem": lambda here: {
        "place_id": here.school, "team_id": here.team, "why": "Crowded stair",
        "narrowing": Narrowing(locations=("Hallway",), grades=("7",)),
    },
    "data_precise.remove": lambda here: {"drill_down_id": here.drilled()},
    "data_precise.save": lambda here: {"place_id": here.school, "narrowing": Narrowing(locations=("Cafeteria",), weekdays=(4,))},
    "data_precise.update_problem": lambda here: {
        "place_id": here.school, "problem_id": here.problem.problem.id,
        "narrowing": Narrowing(locations=("Hallway",), behaviors=("Pushing",)),
    },
    "files.attach": lambda here: {
        "topic": "teams", "record_id": here.team, "name": "notes.txt", "media_type": "text/plain",
        "content": base64.b64encode(b"Two posts").decode(),
    },
    "files.detach": lambda here: {"attachment_id": here.attached()},
    "goals.add": lambda here: {"team_id": here.team, "metric": "Members present", "baseline": 60.0, "target": 80.0,
        "direction": Direction.HIGHER,
    },
    "goals.change": lambda here: {"goal_id": here.team_goal(), "target": 90.0},
    "goals.note_level": lambda here: {"goal_id": here.team_goal(), "level": 72.0},
    "goals.remove": lambda here: {"goal_id": here.team_goal()},
    "layouts.keep": lambda _: {"content": LAYOUT},
    "layouts.remove": lambda here: {"key": here.workspace.do(layouts.keep, LAYOUT).value},
    "imports.apply": lambda here: {"plan": here.taken_back()},
    "imports.take_back": lambda here: {"import_id": here.workspace.ask(imports.receipts)[0].id},
    "imports.bring_back": lambda here: {"import_id": here.import_not_there()},
    "audit_rules.set_limit": lambda _: {"rule": "same_staff", "limit": 90},
    "by_hand.type_enrollment": lambda here: {"schools": here.school_counts()},
    "by_hand.type_scores": lambda here: {"scores": here.hand_scores()},
    "levels.add": lambda here: {"word": "Strategic", "tier": 2},
    "levels.gather": lambda here: {"category": "Aggression", "codes": ("HIT-1", "HIT-2")},
    "levels.means": lambda here: {"word": "LOW AVERAGE", "level_key": 1},
    "levels.put_in_order": lambda here: {"level_key": 1, "order": 4},
    "levels.remove_line": lambda here: {"level_key": 1, "measure_key": 0, "valid_from": date(2000, 1, 1)},
    "levels.spell": lambda here: {"level_key": 1, "spellings": ("LOW AVERAGE", "LA")},
    "levels.spell_word": lambda here: {"key": 1, "codes": ("HIT-1",)},
    "levels.set_tier": lambda here: {"level_key": 1, "tier": 2, "measure_key": 1},
    "meetings.add_item": lambda here: {"meeting_id": here.planned.meeting.id, "title": "Celebrations", "minutes": 5},
    "meetings.agenda_sent": lambda here: {"meeting_id": here.planned.meeting.id, "at": AT},
    "meetings.all_present": lambda here: {"meeting_id": here.planned.meeting.id},
    "meetings.cancel": lambda here: {"meeting_id": here.planned.meeting.id, "reason": "Snow day."},
    "meetings.change_item": lambda here: {"item_id": here.planned.agenda[0].id, "title": "Open", "minutes": 9},
    "meetings.end": lambda here: {"meeting_id": here.planned.meeting.id, "at": time(15, 45)},
    "meetings.item_took": lambda here: {"item_id": here.planned.agenda[0].id, "minutes": 7},
    "meetings.mark_present": lambda here: {"meeting_id": here.planned.meeting.id, "person_id": here.stranger.id},
    "meetings.minutes_sent": lambda here: {"meeting_id": here.planned.meeting.id, "at": AT},
    "meetings.move": lambda here: {"meeting_id": here.planned.meeting.id, "day": date(2026, 2, 19), "reason": "Snow."},
    "meetings.move_item": lambda here: {
        "item_id": here.planned.agenda[0].id, "after": here.planned.agenda[2].id,
    },
    "meetings.plan": lambda here: {
        "team_id": here.team, "day": date(2026, 4, 2), "starts_at": time(14, 45), "ends_at": time(15, 45),
        "agenda": (AgendaEntry("Welcome", 5, here.member.person_id, WeWill.APPROVE), AgendaEntry("Data", 20)),
    },
    "meetings.rate": lambda here: {"meeting_id": here.planned.meeting.id, "time_well_used": Answer.YES},
    "meetings.record": lambda here: {
        "meeting_id": here.planned.meeting.id, "started_at": time(14, 46), "ended_at": time(15, 40),
        "present": (here.member.person_id, here.stranger.id),
        "agenda": (AgendaEntry("One thing more", 5, minutes_used=6),),
        "lines": (
            LineEntry("Upper hall is calm.", item=1, at=time(14, 50)),
            LineEntry("@Cole slips", LineKind.ACTION, action=ActionEntry("Slips", here.member.person_id)),
        ),
        "opened": (here.problem.problem.id,),
    },
    "meetings.remove_item": lambda here: {"item_id": here.held.agenda[0].id},
    "meetings.shorten": lambda here: {
        "meeting_id": here.planned.meeting.id, "ends_at": time(15, 20), "reason": "Fire drill.",
    },
    "meetings.start": lambda here: {"meeting_id": here.planned.meeting.id, "at": time(14, 45)},
    "minutes.add_photo": lambda here: {
        "meeting_id": here.planned.meeting.id, "name": "wall.png", "media_type": "image/png", "content": PHOTO,
        "at": time(14, 50),
    },
    "minutes.attach_photo": lambda here: {
        "meeting_id": here.planned.meeting.id, "name": "wall.txt", "media_type": "text/plain",
        "content": base64.b64encode(b"Two posts").decode(), "line_id": here.written("Chart paper"),
    },
    "minutes.change_line": lambda here: {
        "line_id": here.written("@Greene call the SRO !fri"), "text": "@Cole call the SRO !+2w #hallway",
    },
    "minutes.keep_confidential": lambda here: {"line_id": here.written("For this room only")},
    "minutes.let_go": lambda here: {
        "line_id": here.parked(), "meeting_id": here.planned.meeting.id,
    },
    "minutes.move_line": lambda here: {"line_id": here.held.lines[0].id, "item_id": None, "after": here.held.lines[2].id},
    "minutes.open_item": lambda here: {"item_id": here.planned.agenda[0].id},
    "minutes.pause_item": lambda here: {"meeting_id": here.on_the_table(), "done": True},
    "minutes.remove_line": lambda here: {"line_id": here.written("@Greene call the SRO !fri")},
    "minutes.take_up": lambda here: {"line_id": here.parked(), "meeting_id": here.planned.meeting.id, "minutes": 5},
    "minutes.turn_line": lambda here: {"line_id": here.written("@Greene call !fri"), "kind": LineKind.NOTE},
    "minutes.write_lines": lambda here: {
        "meeting_id": here.planned.meeting.id,
        "texts": ("Two adults at the doors", "", "@Ruiz call SRO !fri", "win: no referrals"),
    },
    "minutes.write_line": lambda here: {
        "meeting_id": here.planned.meeting.id, "text": "@Greene call the SRO !fri #hallway", "at": time(14, 47),
    },
    "people.add": lambda here: {"last_name": "Nguyễn", "first_name": "Thu", "expertise": ("science",)},
    "people.change": lambda here: {"person_id": here.member.person_id, "first_name": "Ann", "last_name": "Other"},
    "people.come_back": lambda here: {"person_id": here.gone_person()},
    "people.leave": lambda here: {"person_id": here.member.person_id},
    "places.add_school": lambda here: {"name": "Oak Hill High School", "grades": "9–12", "code": "OHH"},
    "places.add_year": lambda here: {"start": 2026},
    "places.change_rules": lambda here: {"smallest_cell": 15, "paper": "a4"},
    "places.change_school": lambda here: {"school_id": here.school, "name": "Holcomb Junior High", "grades": "7–8"},
    "places.no_school": lambda here: {
        "place_id": here.school, "first": date(2026, 2, 18), "last": date(2026, 2, 20), "reason": "Snow",
    },
    "places.school_after_all": lambda here: {"place_id": here.home, "day": date(2026, 1, 26)},
    "places.set_calendar": lambda here: {
        "place_id": here.school, "year_id": here.year, "first_day": date(2025, 8, 20), "last_day": date(2026, 6, 1),
    },
    "places.stay_on": lambda here: {"day": date(2026, 2, 13)},
    "problems.add_solution": lambda here: {
        "problem_id": here.problem.problem.id, "kind": SolutionKind.TEACH, "text": "Practice the stairs",
    },
    "problems.change": lambda here: {"problem_id": here.problem.problem.id, "what": "Students run"},
    "problems.change_solution": lambda here: {
        "solution_id": here.problem.solutions[0].id, "fidelity_measure": "Release log, weekly",
    },
    "problems.close": lambda here: {"problem_id": here.problem.problem.id},
    "problems.date_plan": lambda here: {"problem_id": here.problem.problem.id, "plan_from": date(2026, 1, 5), "label": "x"},
    "problems.define": lambda here: {"team_id": here.team, "title": "Buses", "tag": "bus", "baseline": 1.5},
    "problems.mark": lambda here: {
        "problem_id": here.problem.problem.id, "meeting_id": here.planned.meeting.id, "effect": Effect.WORSE,
    },
    "problems.remove_solution": lambda here: {"solution_id": here.problem.solutions[0].id},
    "problems.reopen": lambda here: {"problem_id": here.closed_problem.problem.id},
    "problems.review": lambda here: {
        "problem_id": here.problem.problem.id, "meeting_id": here.planned.meeting.id, "fidelity": Fidelity.PARTIAL,
        "effect": Effect.IMPROVED, "level": 0.8, "level_days": 20, "next_step": NextStep.CONTINUE,
    },
    "problems.set_fidelity": lambda here: {
        "solution_id": here.problem.solutions[0].id, "meeting_id": here.planned.meeting.id,
        "fidelity": Fidelity.STOPPED,
    },
    "problems.set_goal": lambda here: {
        "problem_id": here.problem.problem.id, "metric": "Referrals", "target": 0.5, "direction": Direction.LOWER,
    },
    "series.new_meeting": lambda here: {"team_id": here.team, "day": date(2026, 4, 2)},
    "series.plan": lambda here: {"team_id": here.team, "days": (date(2026, 4, 2), date(2026, 5, 7))},
    "builder.add_items": lambda here: {"instrument_id": here.own_list, "text": "One more", "after": "A1"},
    "builder.add_list": lambda here: {"instrument_id": here.own_list, "file": here.file_of_items()},
    "builder.add_section": lambda here: {"instrument_id": here.own_list, "title": "Third"},
    "builder.copy": lambda here: {"of": "tfi_2_1"},
    "builder.edit": lambda here: {"instrument_id": here.ready_list()},
    "builder.make": lambda here: {"title": "Hallway"},
    "builder.make_from_file": lambda here: {"title": "From a file", "file": here.file_of_items()},
    "builder.make_ready": lambda here: {"instrument_id": here.own_list},
    "builder.move_item": lambda here: {"instrument_id": here.own_list, "number": "A2"},
    "builder.rate_by": lambda here: {"instrument_id": here.own_list, "how": RatedBy.TALLY},
    "builder.remove": lambda here: {"instrument_id": here.own_list},
    "builder.remove_item": lambda here: {"instrument_id": here.own_list, "number": "A2"},
    "builder.remove_section": lambda here: {"instrument_id": here.own_list, "key": "a"},
    "builder.rename_section": lambda here: {"instrument_id": here.own_list, "key": "a", "title": "Start"},
    "builder.retire": lambda here: {"instrument_id": here.ready_list()},
    "builder.set_item": lambda here: {
        "instrument_id": here.own_list, "number": "A1", "fact": ItemFact.EVIDENCE, "text": "Walls",
    },
    "builder.set_list": lambda here: {"instrument_id": here.own_list, "fact": ListFact.CRITERION, "text": "70"},
    "builder.set_rules": lambda here: {"instrument_id": here.own_list, "number": "A1", "counts": False},
    "builder.split_item": lambda here: {"instrument_id": here.own_list, "number": "A1"},
    "builder.take": lambda here: {"content": here.workspace.ask(builder.text, here.own_list)},
    "builder.take_up": lambda here: {"instrument_id": here.retired_list()},
    "builder.to_section": lambda here: {"instrument_id": here.own_list, "number": "A2"},
    "builder.word_points": lambda here: {"instrument_id": here.own_list, "words": ("no", "some", "all")},
    "initiatives.add": lambda here: {
        "place_id": here.school, "name": "Peer mediation", "team_ids": (here.team,), "measure": "Conflicts settled",
    },
    "initiatives.remove": lambda here: {"initiative_id": here.initiative.id},
    "initiatives.write": lambda here: {
        "initiative_id": here.initiative.id, "fact": InitiativeFact.TEAMS, "text": "Division leadership team",
    },
    "protocol.write": lambda here: {"link_id": here.card.links[0].id, "fact": LinkFact.WHO, "text": "Ann New"},
    "matrix.write": lambda here: {
        "cells": (
            TypedCell(here.team, MatrixColumn.PURPOSE, "Calm halls"), TypedCell(here.team, MatrixColumn.TIER, "2"),
            TypedCell(here.other_team, MatrixColumn.DATA, "weekly: referrals"),
        ),
        "new_rows": (NewRow(here.school, (MatrixCell(MatrixColumn.NAME, "Safety"), MatrixCell(MatrixColumn.TIER, "1"))),),
        "pasted": True,
    },
    "strategies.leave_out": lambda here: {"solution_id": here.strategy.id},
    "strategies.put_back": lambda here: (
        here.workspace.do(strategies.leave_out, here.strategy.id), {"solution_id": here.strategy.id}
    )[1],
    "strategies.use_again": lambda here: {"solution_id": here.strategy.id, "problem_id": here.problem.problem.id},
    "strategies.write_note": lambda here: {"solution_id": here.strategy.id, "note": "Begin with one lunch."},
    "team_decisions.keep": lambda here: {
        "rule": here.finding.rule, "about": here.finding.about, "reason": "Two schedules need two teams.",
    },
    "team_decisions.ask_again": lambda here: here.kept(),
    "team_decisions.merge": lambda here: {"team_id": here.team, "into_id": here.other_team, "reason": "One purpose."},
    "team_decisions.remove": lambda here: {"team_id": here.slip()},
    "team_decisions.roll_over": lambda here: {},
    "ratings.start": lambda here: {
        "instrument": "look_fors", "place_id": here.school, "name": "Spring visit", "team_id": here.team,
        "rated_by": here.member.person_id, "sections": ("school_data",),
    },
    "ratings.change": lambda here: {
        "administration_id": here.draft(), "kind": AdministrationKind.ALONE, "rater": "A visitor", "note": "By phone",
    },
    "ratings.rate": lambda here: {"administration_id": here.draft(), "item": "3", "values": (1,), "note": "Two late"},
    "ratings.rate_all": lambda here: {"administration_id": here.draft(), "marks": ("2", "1", "-", "0")},
    "ratings.clear": lambda here: {"administration_id": here.rated(), "item": "1"},
    "ratings.note": lambda here: {"administration_id": here.draft(), "item": "4", "text": "Ended at 3:50"},
    "ratings.tally": lambda here: {
        "administration_id": here.draft("walkthrough", kind=AdministrationKind.WALKTHROUGH), "item": "T1",
    },
    "ratings.finish": lambda here: {"administration_id": here.rated()},
    "ratings.reopen": lambda here: {"administration_id": here.finished(), "reason": "One mark was wrong."},
    "ratings.remove": lambda here: {"administration_id": here.finished()},
    "ratings.make_action": lambda here: {
        "administration_id": here.rated(), "item": "2", "text": "Ask the principal", "due_on": date(2026, 3, 2),
    },
    "ratings.open_vote": lambda here: {"administration_id": here.draft(), "item": "2", "seats": 5, "minutes": 3},
    "ratings.cast": lambda here: {"administration_id": here.voting(2), "item": "2", "seat": 2, "value": 1},
    "ratings.reveal": lambda here: {"administration_id": here.voting(2, 1), "item": "2"},
    "ratings.vote_again": lambda here: {"administration_id": here.voting(2, 1, revealed=True), "item": "2"},
    "ratings.agree": lambda here: {
        "administration_id": here.voting(2, 2, 1, revealed=True), "item": "2", "value": 2, "agreed_by": AgreedBy.MAJORITY,
    },
    "ratings.attach_file": lambda here: {
        "administration_id": here.draft(), "item": "1", "name": "roles.txt", "media_type": "text/plain",
        "content": base64.b64encode(b"Roles and backups").decode(), "shows": "Six names", "printable": True,
    },
    "ratings.attach_link": lambda here: {
        "administration_id": here.draft(), "item": "1", "address": "https://example.org/roles", "title": "Roles",
    },
    "ratings.attach_minutes": lambda here: {
        "administration_id": here.draft(), "item": "7", "meeting_id": here.held.meeting.id,
    },
    "ratings.attach_note": lambda here: {"administration_id": here.draft(), "item": "2", "text": "The principal stayed."},
    "ratings.use_evidence": lambda here: dict(
        zip(("evidence_id", "administration_id"), here.linked(), strict=True), item="2"
    ),
    "ratings.change_evidence": lambda here: {"evidence_id": here.linked()[0], "title": "Team page", "printable": True},
    "ratings.take_off": lambda here: dict(zip(("evidence_id", "administration_id"), here.linked(), strict=True), item="1"),
    "ratings.replace_file": lambda here: {
        "evidence_id": here.filed(), "name": "plan.txt", "media_type": "text/plain", "content": "cGxhbg==",
    },
    "ratings.remove_evidence": lambda here: {"evidence_id": here.linked()[0]},
    "ratings.add_response": lambda here: {
        "administration_id": here.draft("satisfaction", kind=AdministrationKind.SURVEY), "answers": ("3", "-", "4"),
    },
    "ratings.remove_response": lambda here: {"administration_id": here.answered()},
    "teams.add": lambda here: {
        "place_id": here.school, "name": "Sunshine committee", "members": ("Ann New", here.member.name), "purpose": "Joy",
    },
    "teams.add_link": lambda here: {"team_id": here.team, "what": "Wins", "audience": "All staff", "how": "e-mail"},
    "teams.add_member": lambda here: {"team_id": here.team, "person_id": here.stranger.id, "role": "timekeeper"},
    "teams.add_named": lambda here: {"team_id": here.team, "names": ("Ann New", here.stranger.name)},
    "teams.answered": lambda here: {"link_id": next(link.id for link in here.card.links if link.waiting_since)},
    "teams.ask_through": lambda here: {"link_id": here.card.links[0].id, "waiting_for": "A substitute"},
    "teams.bring_back": lambda here: {"team_id": here.retired_team()},
    "teams.carry_over": lambda here: {"from_year": here.year, "to_year": here.new_year()},
    "teams.change_role": lambda here: {"membership_id": here.member.id, "role": "administrator", "backup": True},
    "teams.describe": lambda here: {
        "team_id": here.team, "year_id": here.year,
        "year": TeamYear(team_id=here.team, year_id=here.year, purpose="Anew", rhythm=Rhythm.WEEKLY),
    },
    "teams.name_role": lambda here: {
        "team_id": here.team, "role": "facilitator", "name": here.stranger.name, "instead_of": here.member.id,
    },
    "teams.remove_link": lambda here: {"link_id": here.card.links[0].id},
    "teams.remove_member": lambda here: {"team_id": here.team, "person_id": here.member.person_id},
    "teams.retire": lambda here: {"team_id": here.team, "reason": "Merged."},
    "teams.set_brings": lambda here: {"membership_id": here.member.id, "brings": "The projector"},
    "teams.write_fact": lambda here: {"team_id": here.team, "fact": TeamFact.PURPOSE, "text": "Calm halls"},
}  # fmt: skip
"""Every use case that undo takes back."""

FOR_GOOD: dict[str, Maker] = {
    "papers.packet_made": lambda here: {"meeting_id": here.planned.meeting.id, "at": AT},
    "people.i_am": lambda here: {"name": here.stranger.name},
    "places.set_me": lambda here: {"person_id": here.stranger.id},
    "places.set_mode": lambda here: {"mode": Mode.COUNTS},
}
"""Those that say they cannot be undone; setting up a database is its first step and has a test of its own."""
