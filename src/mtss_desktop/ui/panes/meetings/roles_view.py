"""Who has which role in a meeting: in turn unless somebody is named, with whose turn comes after."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.minutes_words import KnownPerson
from mtss_desktop.domain.teams import CORE_ROLES
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.lines import INSET
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.agendas import SHARED, RoleToday


class RolesView(QWidget):
    """``given`` carries (role, person id or ""); "" leaves the role to its turn."""

    given = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.choices: dict[str, Choice] = {}
        self._notes: dict[str, Prose] = {}
        self._boxes: dict[str, QWidget] = {}
        for role in SHARED:
            name = label(words.label(role).capitalize(), "soft")
            name.setFixedWidth(look().px(96))
            choice = Choice(name=words.label(role).capitalize())
            choice.chosen_changed.connect(partial(self.given.emit, role))
            note = Prose("", "caption")
            line = row(name, choice, spacing=look().px(8))
            line.setStretch(1, 1)
            self.choices[role], self._notes[role] = choice, note
            self._boxes[role] = box(column(line, note, spacing=look().px(2)))
        side = look().px(INSET)
        self.setLayout(column(label(words("Roles today"), "heading"), *self._boxes.values(), spacing=look().px(6),
                              margins=(side, 0, side, 0)))  # fmt: skip

    def show_roles(self, roles: tuple[RoleToday, ...], people: tuple[KnownPerson, ...], allowed: bool) -> None:
        """Members first to choose from; roles nobody holds are left out, but for the three every meeting needs."""
        words, names = self._words, {each.id: each.name for each in people}
        members = [(each.id, each.name) for each in people if each.member]
        for role in roles:
            shown = role.person_id is not None or role.role in CORE_ROLES
            self._boxes[role.role].setVisible(shown)
            in_turn = names.get(role.person_id, "") if role.person_id is not None and not role.chosen else ""
            first = words("{name}, in turn").format(name=in_turn) if in_turn else words("Whose turn it is")
            if role.person_id is None:
                first = words("Nobody yet")
            chosen = str(role.person_id) if role.chosen and role.person_id is not None else ""
            known = {each for each, _ in members}
            others = (
                [(chosen, names[role.person_id])] if role.person_id in names and chosen and chosen not in known else []
            )
            choice = self.choices[role.role]
            offered = [("", first), *members, *others]
            if [(str(choice.itemData(n)), choice.itemText(n)) for n in range(choice.count())] != offered:
                choice.offer(offered, chosen)
            elif choice.value != chosen:
                choice.choose(chosen)
            choice.setEnabled(allowed)
            coming = names.get(role.next_id, "") if role.next_id is not None else ""
            now = names.get(role.person_id, "") if role.person_id is not None else ""
            note = words("then {name}").format(name=coming) if coming and coming != now else ""
            self._notes[role.role].setText(note)
            self._notes[role.role].setVisible(bool(note))
