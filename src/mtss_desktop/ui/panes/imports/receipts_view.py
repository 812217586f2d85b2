"""The receipts: which file, when, by whom, what it brought, and whether it still stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.files import ImportState
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.panes.imports import words as say
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.imports import Receipt

SHORT = 8
"""Characters of a hash that are shown."""


class ReceiptsView(QWidget):
    """A table, and under it the rules the chosen import went by."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._layouts: Mapping[str, str] = {}
        self.table: RecordTable[Receipt] = RecordTable(
            self._columns(), key=lambda receipt: receipt.id, name=words("Imports")
        )
        self.rules = Prose("", "caption")
        self.table.chosen.connect(self._show_rules)
        space = look().measures.space
        layout = column(self.table, self.rules, spacing=space.s1, margins=(space.s3, 0, space.s3, space.s2))
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_receipts(self, receipts: Sequence[Receipt], layouts: Mapping[str, str]) -> None:
        """``layouts``: what each layout is called, by its key."""
        self._layouts = layouts
        self.table.show_records(receipts)
        if self.table.current is None and receipts:
            self.table.choose(receipts[0].id)
        self._show_rules(self.table.current)

    @property
    def current(self) -> Receipt | None:
        return self.table.current

    def _show_rules(self, receipt: Receipt | None) -> None:
        if receipt is None:
            self.rules.setText("")
            return
        wrong = self._words.say(said("{n} problem", many="{n} problems", count="n", n=receipt.problems))
        skipped = self._words("{n} skipped, {out} left out, {wrong}.").format(
            n=receipt.skipped, out=receipt.left_out, wrong=wrong
        )
        known = self._words("The same file is recognized when it comes again ({hash}).").format(
            hash=receipt.sha256[:SHORT]
        )
        parts = [skipped, *receipt.rules[1:], known]
        self.rules.setText(" ".join(parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(1000)
        hidden = {"by", "mode"} if narrow else set()
        if self.width() < look().px(640):
            hidden |= {"layout", "rows"}
        for place, each in enumerate(self.table.rows.columns):
            self.table.setColumnHidden(place, each.key in hidden)

    def _columns(self) -> list[Column[Receipt]]:
        words = self._words
        return [
            Column("file", words("File"), self._file, width=208),
            Column("state", words("State"), self._state, width=108),
            Column("when", words("Brought in"), self._when, sort=lambda receipt: receipt.applied_at, width=152),
            Column("by", words("By"), lambda receipt: Cell(receipt.by or words("not known")), width=116),
            Column(
                "rows", words("Rows"), self._number("rows"), sort=lambda receipt: receipt.rows, width=60, right=True
            ),
            Column("new", words("New"), self._number("new"), sort=lambda receipt: receipt.new, width=60, right=True),
            Column(
                *("changed", words("Changed"), self._number("changed")),
                sort=lambda receipt: receipt.changed,
                width=72,
                right=True,
            ),
            Column("layout", words("Layout"), self._layout, least=144),
            Column("mode", words("Keeps"), lambda receipt: Cell(words(say.MODES[receipt.mode])), width=96),
        ]

    def _file(self, receipt: Receipt) -> Cell:
        gone = receipt.state is ImportState.TAKEN_BACK
        return Cell(receipt.file_name, "soft" if gone else "", struck=gone, medium=not gone, tip=receipt.file_name)

    def _state(self, receipt: Receipt) -> Cell:
        gone = receipt.state is ImportState.TAKEN_BACK
        icon = "ph.arrow-u-up-left" if gone else "ph.check"
        return Cell(say.state_word(self._words, receipt), "ink_soft" if gone else "success", icon)

    def _when(self, receipt: Receipt) -> Cell:
        return Cell(say.when(self._words, receipt))

    def _number(self, name: str) -> Callable[[Receipt], Cell]:
        return lambda receipt: Cell(self._words.number(getattr(receipt, name)))

    def _layout(self, receipt: Receipt) -> Cell:
        name = self._layouts.get(receipt.profile, receipt.profile)
        return Cell(name, "soft", tip=f"{name} {receipt.profile_version}".strip())
