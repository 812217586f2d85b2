"""The inventory of initiatives as a list: what a place does and which team carries it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.initiatives import STATUS_WORDS, InitiativeLine
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import box, row
from mtss_desktop.ui.kit.record_table import Column
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.panes.teams.table_view import TableView
from mtss_desktop.ui.panes.teams.views import Host
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import initiatives
from mtss_desktop.usecases.initiatives import InitiativeFact


class InitiativesView(TableView[InitiativeLine]):
    """What a place does and which team carries it; a new one is typed above the table."""

    question = staticmethod(initiatives.lines)

    def __init__(self, host: Host) -> None:
        words = host.words
        empty = EmptyState(
            words("Write down what is going on already"),
            words(
                "Programs, initiatives and committees, each with the team that carries it. What no team carries shows at once."
            ),
            words("Add an initiative"),
            self.start,
            icon="ph.plus",
        )
        super().__init__(host, self._columns(words), words("Initiatives"), empty)
        self.name = Field(name=words("Name of a new initiative"), placeholder=words("A new initiative: type its name"))
        self.name.returnPressed.connect(self._add)
        self.add_button = Button(words("Add"), self._add)
        self.remove = Button(words("Remove"), self._remove, kind="quiet")
        self.foot.addWidget(self.remove)
        self.table.deleted.connect(lambda _: self._remove())
        self.form = box(row(self.name, self.add_button, spacing=look().px(8), margins=(0, 0, 0, look().px(8))))
        self.build(self.form)

    def _columns(self, words: Words) -> list[Column[InitiativeLine]]:
        def fact(
            key: InitiativeFact, head: str, width: int, text: Callable[[InitiativeLine], str], **more: Any
        ) -> Column[InitiativeLine]:
            return self.fact(words, key, head, width, text, self._write, **more)

        return [
            Column(
                InitiativeFact.NAME.value,
                words("Initiative"),
                lambda line: Cell(line.name, medium=True),
                width=168,
                edit=partial(self._write, InitiativeFact.NAME),
                may_hide=False,
            ),
            Column("place", words("Place"), lambda line: Cell(line.place), width=108),
            Column(
                InitiativeFact.TEAMS.value,
                words("Teams"),
                self._teams,
                width=192,
                edit=partial(self._write, InitiativeFact.TEAMS),
            ),
            fact(InitiativeFact.PURPOSE, "Purpose", 0, lambda line: line.purpose),
            fact(InitiativeFact.EVIDENCE, "What speaks for it", 148, lambda line: line.evidence),
            fact(InitiativeFact.MEASURE, "Measure", 132, lambda line: line.measure),
            fact(
                InitiativeFact.STARTED,
                "Since",
                68,
                lambda line: f"{line.started_on.month}/{line.started_on.year}" if line.started_on else "",
            ),
            fact(
                InitiativeFact.STATUS,
                "Status",
                84,
                lambda line: words(STATUS_WORDS[line.status]),
                offers=lambda: tuple(words(word) for word in STATUS_WORDS.values()),
            ),
        ]

    def _teams(self, line: InitiativeLine) -> Cell:
        if not line.teams:
            return Cell(self.words("no team"), tone="soft", value="", look_here="danger")
        return Cell("; ".join(line.teams), look_here="warning" if self.fits("two", line) else "")

    def sentence(self) -> str:
        n = said("{n} initiative", many="{n} initiatives", count="n", n=len(self.lines))
        alone = sum(self.fits("none", line) for line in self.lines)
        sentence = self.words.say(n) if self.lines else self.words("No initiative yet")
        return f"{sentence}, {self.words('{n} without a team').format(n=alone)}." if alone else f"{sentence}."

    def counted(self) -> list[tuple[str, str, int]]:
        return [
            (key, name, sum(self.fits(key, line) for line in self.lines))
            for key, name in (("none", self.words("Without a team {n}")), ("two", self.words("With two teams {n}")))
        ]

    def fits(self, key: str, line: InitiativeLine) -> bool:
        return not line.teams if key == "none" else line.is_doubled

    def start(self) -> None:
        self.stack.setCurrentIndex(0)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        super().follow()
        self.remove.setVisible(self.table.current is not None)

    def _write(self, fact: InitiativeFact, line: InitiativeLine, text: str) -> None:
        self.do(initiatives.write, initiative_id=line.id, fact=fact, text=text)

    def _add(self) -> None:
        """In the place chosen at the top, else in the division."""
        name = self.name.text().strip()
        if not name or not self.places:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        place = self.host.pane.scope.place_id or self.places[0].id

        def added(done: Any) -> None:
            self.name.clear()
            self.table.choose(done.value, 2)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self.host.pane.do(
            initiatives.add,
            then=added,
            said=self.words("{name} added").format(name=name),
            place_id=OrganizationId(place),
            name=name,
        )

    def _remove(self) -> None:
        line = self.table.current
        if line is not None:
            self.do(initiatives.remove, self.words("{name} removed").format(name=line.name), initiative_id=line.id)

    def acts(self) -> tuple[Action, ...]:
        label = self.words("Add an initiative")
        return (Action("add_initiative", label, self.start, "ph.plus", why_not=self.read_only),)
