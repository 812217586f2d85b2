"""Every instrument there is: those made here, version by version, and those the program brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.ratings import VersionState
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, Hanging, box, column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.builder import OwnInstrument
from mtss_desktop.usecases.instruments import InstrumentLine

SHIPPED = "shipped:"


@dataclass(frozen=True)
class ListLine:
    """One line: an own version, or a shipped instrument, whose id begins with "shipped:"."""

    id: str
    title: str
    version: str
    unit: str
    items: int
    state: VersionState | None
    uses: int
    shell: bool = False
    about: str = ""
    license: str = ""

    @property
    def is_shipped(self) -> bool:
        return self.state is None


def list_lines(own: Sequence[OwnInstrument], shipped: Sequence[InstrumentLine]) -> tuple[ListLine, ...]:
    """Own ones first."""
    mine = (ListLine(each.id, each.title, each.version, "", each.items, each.state, each.uses) for each in own)
    brought = (
        ListLine(
            f"{SHIPPED}{each.key}", each.title, each.version, each.unit, each.items, None, 0, each.shell, each.about,
            each.license,
        )
        for each in shipped
    )  # fmt: skip
    return (*mine, *brought)


class ListsView(QWidget):
    """Enter opens an own list and copies a shipped one; what else can be done stands under the table."""

    opened = Signal(object)
    chosen = Signal()
    deleted = Signal(object)

    def __init__(self, words: Words, acts: Sequence[tuple[str, Callable[[], object]]]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.table: RecordTable[ListLine] = RecordTable(
            self._columns(), key=lambda line: line.id, name=words("Instruments")
        )
        self.table.opened.connect(lambda lines: self.opened.emit(lines[0]))
        self.table.doubleClicked.connect(lambda _: self.opened.emit(self.table.current))
        self.table.chosen.connect(lambda _: self._tell())
        self.table.deleted.connect(lambda lines: self.deleted.emit(lines[0]))
        self.about = Prose("", "base", "ink_soft")
        self.buttons = {name: Button(words(name), act) for name, act in acts}
        flow = FlowLayout(look().measures.space.s1)
        for button in self.buttons.values():
            flow.addWidget(button)
        tools = box(flow)
        policy = tools.sizePolicy()
        policy.setHeightForWidth(True)
        tools.setSizePolicy(policy)
        space = look().measures.space
        whole = column(
            Hanging(self.table), self.about, tools, spacing=space.s1, margins=(space.s3, 0, space.s3, space.s2)
        )
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _columns(self) -> list[Column[ListLine]]:
        words = self._words
        states = {
            VersionState.DRAFT: words("Draft"),
            VersionState.READY: words("Ready"),
            VersionState.RETIRED: words("Retired"),
            None: words("With the program"),
        }
        icons: dict[VersionState | None, str] = {
            VersionState.DRAFT: "ph.pencil-simple",
            VersionState.READY: "ph.check",
        }

        def state(line: ListLine) -> Cell:
            return Cell(states[line.state], icon=icons.get(line.state, ""), tone="soft" if line.is_shipped else "")

        def uses(line: ListLine) -> Cell:
            if line.is_shipped:
                return Cell("", tone="faint")
            return Cell(
                words.say(said("once", many="{n} times", count="n", n=line.uses)) if line.uses else words("not yet"),
                tone="soft",
            )

        return [
            Column("title", words("Instrument"), lambda line: Cell(line.title, medium=not line.is_shipped), least=200),
            Column("version", words("Version"), lambda line: Cell(line.version), width=84),
            Column("items", words("Items"), lambda line: Cell(str(line.items)), lambda line: line.items, width=72),
            Column("state", words("State"), state, width=156),
            Column("uses", words("Rated with"), uses, lambda line: line.uses, width=108),
        ]  # fmt: skip

    def show_lines(self, lines: Sequence[ListLine], *, at: str = "") -> None:
        self.table.show_records(lines)
        if at:
            self.table.choose(at)
        if self.table.current is None and lines:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._tell()

    def _tell(self) -> None:
        line, words = self.table.current, self._words
        told = ""
        if line is not None and line.is_shipped:
            told = line.about
            if line.shell:
                told += " " + words("Short labels only: copy it and enter the items you are licensed to use.")
        elif line is not None and line.state is VersionState.DRAFT:
            told = words("A draft cannot rate yet. Open it, and make it ready.")
        elif line is not None:
            told = words(
                "A change makes the next version once it was rated with; ratings keep the one they were made with."
            )
        self.about.setText(told)
        self.chosen.emit()

    def offer(self, offered: dict[str, bool]) -> None:
        """Which acts the chosen line has."""
        for name, button in self.buttons.items():
            button.setVisible(offered.get(name, True))
