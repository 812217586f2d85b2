"""Two lists of the Teams room that are edited in place: the communication protocol and the inventory of initiatives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.initiatives import STATUS_WORDS, InitiativeLine
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.team_cards import ProtocolLine
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.chips import FilterChip, FilterChips
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.panes.teams.views import Host, TeamsView
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import initiatives, people, places, protocol, teams
from mtss_desktop.usecases.initiatives import InitiativeFact
from mtss_desktop.usecases.places import Place
from mtss_desktop.usecases.protocol import LinkFact

L = TypeVar("L", ProtocolLine, InitiativeLine)


@dataclass(frozen=True)
class Content(Generic[L]):
    lines: tuple[L, ...]
    names: tuple[str, ...]
    places: tuple[Place, ...]
    words: Words


class TableView(TeamsView, Generic[L]):
    """Chips and acts above the table, the whole text of the cell under the cursor below it."""

    question: Callable[..., tuple[L, ...]]

    def __init__(self, host: Host, columns: Sequence[Column[L]], name: str, empty: EmptyState) -> None:
        super().__init__()
        self.host, self.words = host, host.words
        self.lines: tuple[L, ...] = ()
        self.names: tuple[str, ...] = ()
        self.places: tuple[Place, ...] = ()
        self._which = ""
        self.chips = FilterChips(self.words("Show"))
        self.table: RecordTable[L] = RecordTable(columns, key=lambda line: line.id, name=name)
        self.line = Prose("", "base")
        self.empty = empty
        self.foot = FlowLayout(look().measures.space.s1)
        self.stack = QStackedWidget()
        self.chips.picked.connect(self._choose)
        self.table.chosen.connect(lambda _: self.follow())
        self.table.selectionModel().currentChanged.connect(lambda *_: self.follow())

    def build(self, *above: QWidget) -> None:
        space, px = look().measures.space, look().px
        framed = box(column(self.line, margins=(px(10), px(6), px(10), px(6))), "raised")
        tools = box(row(self.chips, margins=(0, 0, 0, px(10))))
        main = column(
            *above,
            tools,
            self.table,
            space.s1,
            framed,
            box(self.foot),
            margins=(space.s3, 0, space.s3, px(8)),
            spacing=px(4),
        )
        main.setStretch(len(above) + 1, 1)
        self.table.setMinimumHeight(px(140))
        self.stack.addWidget(scrolling(box(main), self.table.accessibleName()))
        self.stack.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        self.setLayout(column(self.stack))
        tab_in_reading_order(self)

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        pane = self.host.pane
        pane.background(partial(self._read, pane.workspace, pane.scope.place_id), self._show)

    def _read(self, workspace: Workspace, place_id: str, _progress: Progress) -> Content[L]:
        return Content(
            workspace.ask(type(self).question, place_id=place_id),
            tuple(person.name for person in workspace.ask(people.everyone)),
            workspace.ask(places.places),
            workspace.words(),
        )

    def _show(self, content: Content[L]) -> None:
        self.lines, self.names, self.places = content.lines, content.names, content.places
        self.words = content.words
        self.host.say(self.sentence())
        self._say_chips()
        self.table.show_records(self.lines)
        if self.table.current is None and self.lines:
            self.table.choose(self.lines[0].id, 1)
        self.stack.setCurrentIndex(0 if self.lines else 1)
        self.follow()
        self.host.pane.actions_changed.emit()

    def _say_chips(self) -> None:
        chips = [FilterChip("", self.words("All {n}").format(n=len(self.lines)))]
        chips += [FilterChip(key, name.format(n=n), tone="warning") for key, name, n in self.counted() if n]
        if self._which and all(chip.key != self._which for chip in chips):
            self._which = ""
        self.chips.show_chips(chips, self._which)
        self.table.keep_only(partial(self.fits, self._which) if self._which else None)

    def _choose(self, key: str) -> None:
        self._which = key
        self._say_chips()

    def follow(self) -> None:
        index = self.table.currentIndex()
        if self.table.current is None or not index.isValid():
            self.line.setText("")
            return
        head = self.table.rows.columns[index.column()].head
        text = self.table.rows.columns[index.column()].cell(self.table.current).text
        self.line.setText(f"{head}: {text or self.words('not set')}")

    # -- what a list says of itself -------------------------------------------------------------------------------------

    def sentence(self) -> str:
        raise NotImplementedError

    def counted(self) -> list[tuple[str, str, int]]:
        """Chips beside *All*: key, words with ``{n}``, how many lines."""
        raise NotImplementedError

    def fits(self, key: str, line: L) -> bool:
        raise NotImplementedError

    def stops(self) -> tuple[QWidget, ...]:
        return (self.table,) if self.lines else (self.empty.button,)

    def do(self, use_case: Callable[..., Any], said_: str = "", **arguments: Any) -> None:
        self.host.pane.do(use_case, said=said_, **arguments)

    def read_only(self) -> str:
        return "" if self.host.pane.workspace.can_write else self.words("This file is open for reading only")


class LinksView(TableView[ProtocolLine]):
    """Who tells whom what. F2 or Enter changes a cell; what waits too long or goes in a circle is marked."""

    question = staticmethod(protocol.lines)

    def __init__(self, host: Host) -> None:
        words = host.words
        empty = EmptyState(
            words("Agree who tells whom"),
            words(
                "On a team's card, Ways it talks to others: what goes to whom, how often, and when an answer is due."
            ),
            words("Open the cards"),
            lambda: host.show_team(""),
            icon="ph.users",
        )
        super().__init__(host, self._columns(words), words("Communication protocol"), empty)
        self.answered = Button(words("Answer came"), self._answer)
        self.open_card = Button(words("Open card"), self._open, kind="quiet")
        self.remove = Button(words("Remove"), self._remove, kind="quiet")
        for each in (self.answered, self.open_card, self.remove):
            self.foot.addWidget(each)
        self.build()

    def _columns(self, words: Words) -> list[Column[ProtocolLine]]:
        def fact(
            key: LinkFact, head: str, width: int, text: Callable[[ProtocolLine], str], **more: Any
        ) -> Column[ProtocolLine]:
            return Column(
                key.value,
                words(head),
                lambda line: Cell(text(line)),
                width=width,
                edit=partial(self._write, key),
                **more,
            )

        return [
            Column("from", words("From"), lambda line: Cell(line.sender, medium=True), width=152, may_hide=False),
            Column("to", words("To"), self._to, width=152, may_hide=False),
            fact(LinkFact.WHAT, "What", 156, lambda line: line.what),
            fact(LinkFact.HOW, "How", 104, lambda line: line.how),
            fact(LinkFact.HOW_OFTEN, "How often", 88, lambda line: line.how_often),
            fact(LinkFact.WHO, "Who", 112, lambda line: line.who, offers=lambda: self.names),
            fact(
                LinkFact.ANSWER_WITHIN,
                "Answer in",
                76,
                lambda line: (
                    words.say(said("{n} day", many="{n} days", count="n", n=line.answer_within_days))
                    if line.answer_within_days
                    else ""
                ),
            ),
            Column(
                LinkFact.WAITING_FOR.value,
                words("Open question"),
                self._waiting,
                width=200,
                edit=partial(self._write, LinkFact.WAITING_FOR),
                sort=lambda line: -line.days,
            ),
        ]

    def _to(self, line: ProtocolLine) -> Cell:
        state = self.words("goes in a circle") if line.circular else ""
        return Cell(line.receiver, look_here="warning" if line.circular else "", state=state, tip=state)

    def _waiting(self, line: ProtocolLine) -> Cell:
        if line.waiting_since is None:
            return Cell("")
        days = self.words.say(said("{n} day", many="{n} days", count="n", n=line.days))
        text = f"{days}: {line.waiting_for}" if line.waiting_for else days
        return Cell(
            text, tone="danger" if line.late else "", value=line.waiting_for, look_here="danger" if line.late else ""
        )

    def sentence(self) -> str:
        n = said("{n} link", many="{n} links", count="n", n=len(self.lines))
        waiting = sum(each.waiting_since is not None for each in self.lines)
        late = sum(each.late for each in self.lines)
        open_ = said("{n} question open", many="{n} questions open", count="n", n=waiting)
        words = f"{self.words.say(n)}. {self.words.say(open_)}"
        return f"{words}, {self.words('{n} longer than agreed').format(n=late)}." if late else f"{words}."

    def counted(self) -> list[tuple[str, str, int]]:
        return [
            (key, name, sum(self.fits(key, line) for line in self.lines))
            for key, name in (
                ("open", self.words("Open {n}")),
                ("late", self.words("Without an answer {n}")),
                ("circle", self.words("In a circle {n}")),
            )
        ]

    def fits(self, key: str, line: ProtocolLine) -> bool:
        return {"open": line.waiting_since is not None, "late": line.late, "circle": line.circular}[key]

    def follow(self) -> None:
        super().follow()
        line = self.table.current
        self.answered.setVisible(line is not None and line.waiting_since is not None)
        for each in (self.open_card, self.remove):
            each.setVisible(line is not None)

    def _write(self, fact: LinkFact, line: ProtocolLine, text: str) -> None:
        self.do(protocol.write, link_id=line.id, fact=fact, text=text)

    def _answer(self) -> None:
        if self.table.current is not None:
            self.do(teams.answered, self.words("Answer noted"), link_id=self.table.current.id)

    def _open(self) -> None:
        if self.table.current is not None:
            self.host.show_team(self.table.current.from_id)

    def _remove(self) -> None:
        if self.table.current is not None:
            self.do(teams.remove_link, self.words("Link removed"), link_id=self.table.current.id)

    def acts(self) -> tuple[Action, ...]:
        return (Action("answered", self.words("Answer came"), self._answer, "ph.check", why_not=self.read_only),)


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
            return Column(
                key.value,
                words(head),
                lambda line: Cell(text(line)),
                width=width,
                edit=partial(self._write, key),
                **more,
            )

        return [
            Column(
                InitiativeFact.NAME.value,
                words("Initiative"),
                lambda line: Cell(line.name, medium=True),
                width=176,
                edit=partial(self._write, InitiativeFact.NAME),
                may_hide=False,
            ),
            Column("place", words("Place"), lambda line: Cell(line.place), width=96),
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
