"""What the lists of the Teams room that are edited in place have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.initiatives import InitiativeLine
from mtss_desktop.domain.team_cards import ProtocolLine, TeamLine
from mtss_desktop.ui.kit.chips import FilterChip, FilterChips
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import FlowLayout, Pages, box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.panes.teams.views import Host, TeamsView
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import people, places, teams
from mtss_desktop.usecases.places import Place

L = TypeVar("L", ProtocolLine, InitiativeLine)


@dataclass(frozen=True)
class Content(Generic[L]):
    lines: tuple[L, ...]
    names: tuple[str, ...]
    places: tuple[Place, ...]
    teams: tuple[TeamLine, ...]
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
        self.teams: tuple[TeamLine, ...] = ()
        self._which = ""
        self.chips = FilterChips(self.words("Show"))
        self.table: RecordTable[L] = RecordTable(columns, key=lambda line: line.id, name=name)
        self.line = Prose("", "base")
        self.empty = empty
        self.foot = FlowLayout(look().measures.space.s1)
        self.stack = Pages()
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
            workspace.ask(teams.cards),
            workspace.words(),
        )

    def _show(self, content: Content[L]) -> None:
        self.lines, self.names, self.places = content.lines, content.names, content.places
        self.teams, self.words = content.teams, content.words
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

    @staticmethod
    def fact(
        words: Words,
        key: StrEnum,
        head: str,
        width: int,
        text: Callable[[L], str],
        write: Callable[[Any, L, str], None],
        **more: Any,
    ) -> Column[L]:
        """A column of one fact, edited in its place."""
        edit = partial(write, key)
        return Column(key.value, words(head), lambda line: Cell(text(line)), width=width, edit=edit, **more)

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
