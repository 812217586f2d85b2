"""The roles of a team as a table: role, primary, backup, what they bring. Roles first, persons second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from mtss_desktop.base.words import Words
from mtss_desktop.domain.team_cards import MemberLine
from mtss_desktop.domain.teams import CORE_ROLES, ROLES
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.panes.teams.words import role_word
from mtss_desktop.usecases.teams import TeamCard

USUAL = ("facilitator", "minute_taker", "data_analyst", "timekeeper", "administrator", "family")
"""Rows that are there even while nobody has the role."""


@dataclass(frozen=True)
class RoleRow:
    """One line: a role with its primary and backup; a member without a role has ``role`` member and no backup."""

    key: str
    role: str
    primary: MemberLine | None = None
    backup: MemberLine | None = None
    first: bool = True

    @property
    def can_have_backup(self) -> bool:
        return self.role != "member"

    @property
    def is_core(self) -> bool:
        return self.role in CORE_ROLES


def role_rows(card: TeamCard) -> tuple[RoleRow, ...]:
    """Usual roles in their order, then own ones, then members without a role; pairs share a line."""
    own = [member.role for member in card.members if member.role not in ROLES]
    roles = [role for role in ROLES if role != "member"]
    order = list(dict.fromkeys([*roles, *own]))
    rows: list[RoleRow] = []
    for role in order:
        primaries = [member for member in card.members if member.role == role and not member.backup]
        backups = [member for member in card.members if member.role == role and member.backup]
        for place in range(max(len(primaries), len(backups), 1 if role in USUAL else 0)):
            primary = primaries[place] if place < len(primaries) else None
            backup = backups[place] if place < len(backups) else None
            rows.append(RoleRow(f"{role}:{place}", role, primary, backup, first=place == 0))
    plain = [member for member in card.members if member.role == "member"]
    rows += [RoleRow(f"member:{member.id}", "member", member, first=n == 0) for n, member in enumerate(plain)]
    return tuple(rows)


NameRole = Callable[[RoleRow, bool, str], None]
"""(row, backup?, typed name)."""


class RolesTable(RecordTable[RoleRow]):
    """Enter or F2 types a name with completion; Delete empties the cell or takes a member off; both can be undone.

    ``emptied`` carries (row, backup?).
    """

    emptied = Signal(object, bool)

    def __init__(
        self,
        words: Words,
        name_role: NameRole,
        bring: Callable[[RoleRow, str], None],
        names: Callable[[], Sequence[str]],
    ) -> None:
        self._words = words
        super().__init__(
            (
                Column("role", words("Role"), self._role, width=136, may_hide=False),
                Column(
                    *("primary", words("Primary"), self._primary),
                    edit=lambda row, text: name_role(row, False, text),
                    offers=names,
                    may_hide=False,
                ),
                Column(
                    *("backup", words("Backup"), self._backup),
                    edit=lambda row, text: name_role(row, True, text),
                    offers=names,
                    can_edit=lambda row: row.can_have_backup,
                ),
                Column(
                    *("brings", words("Brings"), self._brings),
                    edit=bring,
                    can_edit=lambda row: row.primary is not None,
                ),
            ),
            key=lambda row: row.key,
            name=words("Roles and members"),
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self._clicked)
        self.counted.connect(lambda *_: self._fit())

    def _role(self, row: RoleRow) -> Cell:
        return Cell(role_word(self._words, row.role) if row.first else "", tone="soft")

    def _primary(self, row: RoleRow) -> Cell:
        if row.primary is not None:
            return Cell(row.primary.name, tip=row.primary.position)
        name = self._words("Name someone")
        return Cell(
            name,
            tone="warning" if row.is_core else "accent",
            icon="ph.warning" if row.is_core else "",
            value="",
            medium=True,
            state=self._words("not set"),
        )

    def _backup(self, row: RoleRow) -> Cell:
        if row.backup is not None:
            return Cell(row.backup.name, tip=row.backup.position)
        if not row.can_have_backup or row.primary is None:
            return Cell("", value="")
        tone, icon = ("warning", "ph.warning") if row.is_core else ("accent", "")
        return Cell(
            self._words("Name a backup"), tone=tone, icon=icon, value="", medium=True, state=self._words("not set")
        )

    def _brings(self, row: RoleRow) -> Cell:
        return Cell(row.primary.brings if row.primary is not None else "", tone="soft")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.emptied.emit(self.rows.record(index), index.column() == 2)
            return
        super().keyPressEvent(event)

    def _clicked(self, _index: object) -> None:
        """One click on "Name a backup" starts typing the name."""
        current = self.currentIndex()
        cell = self.rows.columns[current.column()].cell(self.rows.record(current))
        if cell.value == "" and cell.text:
            self.edit(current)

    def _fit(self) -> None:
        self.setFixedHeight(self.whole_height())
        self.updateGeometry()

    def _size(self) -> None:
        super()._size()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.whole_height())
