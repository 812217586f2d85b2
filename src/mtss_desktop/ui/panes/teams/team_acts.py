"""What is done to the team whose card is shown: its facts, roles and links, and the end of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.team_cards import LinkLine
from mtss_desktop.domain.teams import MembershipId, TeamId
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.panes.teams.agreeing import NewLink
from mtss_desktop.ui.panes.teams.roles import RoleRow
from mtss_desktop.ui.panes.teams.words import role_word
from mtss_desktop.usecases import team_decisions, teams
from mtss_desktop.usecases.teams import TeamCard, TeamFact


class TeamActs:
    """Each is one use case, with what the status strip says of it. ``team`` is the id of the team that is wanted, ``card`` what
    is shown of it: None while there is no team.
    """

    def __init__(self, pane: Pane, team: Callable[[], str], card: Callable[[], TeamCard | None]) -> None:
        self._pane, self._wanted, self._card = pane, team, card

    @property
    def _team(self) -> TeamId:
        return TeamId(self._wanted())

    def save_fact(
        self, fact: TeamFact, seen: str, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        card = self._card()
        assert card is not None
        self._pane.do(
            teams.write_fact,
            then=lambda _: saved(),
            fail=failed,
            team_id=card.id,
            fact=fact,
            text=text,
            seen=seen,
            year_id=card.year_id,
        )

    def name_role(self, row: RoleRow, backup: bool, name: str) -> None:
        before = row.backup if backup else row.primary
        role = role_word(self._pane.words, row.role).lower()
        said = self._pane.words("{name} is {role}" if not backup else "{name} is backup for {role}")
        self._pane.do(
            teams.name_role,
            said=said.format(name=name.strip(), role=role) if name.strip() else self._pane.words("Role is open again"),
            team_id=self._team,
            role=row.role,
            name=name,
            backup=backup,
            instead_of=before.id if before is not None else "",
        )

    def bring(self, row: RoleRow, text: str) -> None:
        if row.primary is not None:
            self._pane.do(teams.set_brings, membership_id=MembershipId(row.primary.id), brings=text)

    def empty_cell(self, row: RoleRow, backup: bool) -> None:
        """Delete: a role is open again; a member without a role leaves the team."""
        member = row.backup if backup else row.primary
        if member is None:
            return
        if row.role == "member":
            said = self._pane.words("{name} is off the team").format(name=member.name)
            self._pane.do(teams.remove_member, said=said, team_id=self._team, person_id=PersonId(member.person_id))
        else:
            self.name_role(row, backup, "")

    def add_member(self, name: str) -> None:
        said = self._pane.words("{name} is on the team").format(name=name)
        self._pane.do(teams.add_named, said=said, team_id=self._team, names=(name,))

    def link_acts(self, link: LinkLine) -> Sequence[tuple[str, Callable[[], object]]]:
        acts: list[tuple[str, Callable[[], object]]] = []
        if link.waiting_since is not None:
            said = self._pane.words("Answer noted")
            acts.append(
                (self._pane.words("Answer came"), partial(self._pane.do, teams.answered, said=said, link_id=link.id))
            )
        if link.outgoing:
            said = self._pane.words("Link removed")
            acts.append(
                (self._pane.words("Remove"), partial(self._pane.do, teams.remove_link, said=said, link_id=link.id))
            )
        return acts

    def add_link(self, new: NewLink, then: Callable[[], None]) -> None:
        self._pane.do(
            teams.add_link,
            then=lambda _: then(),
            said=self._pane.words("Agreed: {what}").format(what=new.what.strip()),
            team_id=self._team,
            to_team_id=TeamId(new.to_team_id) if new.to_team_id else None,
            audience=new.audience,
            what=new.what,
            how_often=new.how_often,
            answer_within_days=new.answer_within or None,
        )

    def retire(self) -> None:
        card = self._card()
        if card is not None:
            said = self._pane.words("{name} retired").format(name=card.name)
            self._pane.do(teams.retire, said=said, team_id=card.id)

    def bring_back(self) -> None:
        card = self._card()
        if card is not None:
            said = self._pane.words("{name} works again").format(name=card.name)
            self._pane.do(teams.bring_back, said=said, team_id=card.id)

    def remove(self) -> None:
        """A slip goes; a team with a history stays, and the sentence says to retire it."""
        card = self._card()
        if card is not None:
            self._pane.do(
                team_decisions.remove, said=self._pane.words("{name} removed").format(name=card.name), team_id=card.id
            )
