"""Random acts on teams, meetings and actions with undo and redo between them: pictures are compared after every step."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mtss_desktop.app import opening
from mtss_desktop.app.opening import FirstFacts
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import Conflict, NotFound, UserError
from mtss_desktop.usecases import actions, meetings, people, places, teams
from mtss_desktop.usecases.places import NewSchool
from mtss_desktop.usecases.teams import TeamFact
from tests.helpers.tables import contents, differing

Pictures = dict[str, Counter[Any]]
WORDS = st.sampled_from(["Calm halls", "Reading", "Attendance", "Nguyễn’s idea", "Two posts"])
NAMES = st.sampled_from(["Ann Lee", "Bo Ruiz", "Thu Nguyễn", "Renee Whitlock"])


class Acts(RuleBasedStateMachine):
    """``before`` and ``after`` hold a picture of everything for each step that stands or was undone."""

    made_teams = Bundle("made_teams")
    made_meetings = Bundle("made_meetings")
    made_actions = Bundle("made_actions")
    template: Path
    before: Pictures

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.workspace: Workspace = opening.open_workspace(
            Path(shutil.copy(self.template, self.folder / "a.mtss")), careful=False
        ).workspace
        self.school = self.workspace.ask(places.places)[1].id
        self.done: list[Pictures] = []
        self.undone: list[Pictures] = []
        self.now = contents(self.workspace)

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)

    def act(self, use_case: Any, *args: Any, **more: Any) -> Any:
        """Does it; an act that is refused changes nothing at all."""
        try:
            done = self.workspace.do(use_case, *args, **more)
        except (NotFound, Conflict, UserError):
            assert differing(self.now, contents(self.workspace)) == {}
            return None
        if done.step and done.step == self.last_step():
            self.remember()
        return done.value

    def last_step(self) -> int:
        return self.workspace.history(1)[0].seq

    def remember(self) -> None:
        """A step that joined the one before has one undo with it."""
        if self.last_step() != self.seq:
            self.done.append(self.now)
        self.seq = self.last_step()
        self.undone.clear()
        self.now = contents(self.workspace)

    @initialize()
    def begin(self) -> None:
        self.seq = self.last_step()
        self.done.append(self.before)  # the person was added before anybody said who they are

    # Acts

    @rule(target=made_teams, name=WORDS, tier=st.integers(0, 3), members=st.lists(NAMES, max_size=2, unique=True))
    def add_team(self, name: str, tier: int, members: list[str]) -> Any:
        return self.act(teams.add, self.school, name=name, tier=tier, members=tuple(members))

    @rule(team=made_teams, fact=st.sampled_from([TeamFact.NAME, TeamFact.PURPOSE, TeamFact.NORMS]), text=WORDS)
    def change_team(self, team: Any, fact: TeamFact, text: str) -> None:
        self.act(teams.write_fact, team, fact=fact, text=text)

    @rule(team=made_teams, name=NAMES, role=st.sampled_from(["facilitator", "minute_taker"]), backup=st.booleans())
    def name_role(self, team: Any, name: str, role: str, backup: bool) -> None:
        self.act(teams.name_role, team, role=role, name=name, backup=backup)

    @rule(team=made_teams, back=st.booleans())
    def retire(self, team: Any, back: bool) -> None:
        self.act(teams.bring_back if back else teams.retire, team)

    @rule(target=made_meetings, team=made_teams, day=st.dates(date(2026, 2, 1), date(2026, 3, 1)))
    def plan(self, team: Any, day: date) -> Any:
        entries = (meetings.AgendaEntry("Welcome", 5), meetings.AgendaEntry("Data", 20))
        return self.act(meetings.plan, team, day=day, starts_at=time(14, 45), ends_at=time(15, 45), agenda=entries)

    @rule(meeting=made_meetings, text=WORDS)
    def hold(self, meeting: Any, text: str) -> None:
        entry = meetings.LineEntry(text, meetings.LineKind.ACTION, 0, action=meetings.ActionEntry(text))
        self.act(meetings.record, meeting, lines=(entry,))

    @rule(target=made_meetings, meeting=made_meetings, day=st.dates(date(2026, 2, 1), date(2026, 3, 1)))
    def move(self, meeting: Any, day: date) -> Any:
        return self.act(meetings.move, meeting, day=day, reason="Snow day.")

    @rule(target=made_actions, team=made_teams, text=WORDS)
    def add_action(self, team: Any, text: str) -> Any:
        return self.act(actions.add, team, text=text)

    @rule(action=made_actions, use_case=st.sampled_from([actions.mark_done, actions.reopen, actions.withdraw]))
    def turn_action(self, action: Any, use_case: Any) -> None:
        self.act(use_case, action)

    @rule(name=NAMES)
    def leave(self, name: str) -> None:
        found = [person.id for person in self.workspace.ask(people.everyone) if person.name == name]
        if found:
            self.act(people.leave, found[0])

    # Back and forth

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.workspace.undo()
        self.undone.append(self.now)
        self.now = self.done.pop()
        self.seq = self.last_step()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.workspace.redo()
        self.done.append(self.now)
        self.now = self.undone.pop()
        self.seq = self.last_step()

    @precondition(lambda self: not self.undone)
    @rule()
    def nothing_to_redo(self) -> None:
        with pytest.raises(UserError, match="nothing to redo"):
            self.workspace.redo()

    @precondition(lambda self: not self.done)
    @rule()
    def nothing_to_undo(self) -> None:
        with pytest.raises(UserError, match="nothing to undo"):
            self.workspace.undo()

    @invariant()
    def everything_is_as_remembered(self) -> None:
        assert differing(self.now, contents(self.workspace)) == {}


@pytest.mark.slow
def test_undo_and_redo_in_any_order(tmp_path: Path) -> None:
    template = tmp_path / "template.mtss"
    first = FirstFacts("Ashby County", 2025, (NewSchool("Holcomb Middle School"),))
    with opening.create(template, passphrase=None, first=first).workspace as workspace:
        Acts.before = contents(workspace)
        workspace.do(places.set_me, workspace.do(people.add, first_name="Renee", last_name="Whitlock").value)
    Acts.template = template
    run_state_machine_as_test(Acts, settings=settings(max_examples=12, stateful_step_count=25))
