"""The list of documents in groups: a column with a filter, or one field where there is no room for a column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import Pages, box, column
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.panes.printing.words import GROUPS, group_of, icon_of
from mtss_desktop.ui.theme import look, paint_icon
from mtss_desktop.usecases.papers import PaperKind


def in_groups(kinds: Sequence[PaperKind]) -> list[PaperKind]:
    """Group by group, each in the order of the catalogue."""
    return sorted(kinds, key=lambda kind: GROUPS.index(group_of(kind)))


def paper_rows(words: Words, kinds: Sequence[PaperKind]) -> list[Row[PaperKind]]:
    rows: list[Row[PaperKind]] = []
    group = ""
    for kind in in_groups(kinds):
        if group_of(kind) != group:
            group = group_of(kind)
            rows.append(Row(f"group:{group}", words(group)))
        title = words(kind.title)
        rows.append(
            Row(kind.name, title, kind, spoken=f"{title}. {words(kind.about)}", tip=f"{title}\n{words(kind.about)}")
        )
    return rows


class PaperList(QWidget):
    """``chosen`` carries the name of the document under the cursor."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._kinds: tuple[PaperKind, ...] = ()
        self.filter = SearchField(name=words("Filter documents"), placeholder=words("Filter documents"))
        self.list: SectionList[PaperKind] = SectionList(words("Documents"), self._paint, height="table_row")
        self.nothing = EmptyState("", "", words("Clear filter"), self.filter.clear, primary=False)
        space = look().measures.space
        self._stack = Pages()
        self._stack.addWidget(self.list)
        self._stack.addWidget(box(column(self.nothing, margins=(space.s1, 0, 0, 0))))
        self.filter.textChanged.connect(lambda _: self._arrange())
        self.filter.left_downward.connect(self._into_list)
        self.list.left_upward.connect(self.filter.setFocus)
        self.list.chosen.connect(lambda kind: self.chosen.emit(kind.name))
        top = box(column(self.filter, margins=(space.s1, 0, space.s1, 0)))
        layout = column(top, space.half, self._stack, margins=(space.s2, 0, space.s1, 0))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_kinds(self, kinds: Sequence[PaperKind]) -> None:
        self._kinds = tuple(kinds)
        count = said("Filter {n} document", many="Filter {n} documents", count="n", n=len(self._kinds))
        self.filter.setPlaceholderText(self._words.say(count))
        self._arrange()

    def choose(self, name: str) -> None:
        """Shows it as chosen without announcing it; a filter that hides it is taken off."""
        if self.list.rows.keyed.place(name) < 0 and self.filter.text():
            self.filter.clear()
        self.list.blockSignals(True)
        self.list.choose(name)
        self.list.blockSignals(False)

    def _into_list(self) -> None:
        if not self.list.current_key:
            self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        wanted = fold(self.filter.text()).split()
        texts = {kind.name: fold(f"{kind.title} {group_of(kind)} {kind.about}") for kind in self._kinds}
        shown = [kind for kind in self._kinds if all(word in texts[kind.name] for word in wanted)]
        self.list.show_rows(paper_rows(self._words, shown))
        self._stack.setCurrentIndex(0 if shown or not wanted else 1)
        heading = self._words("No document fits “{text}”").format(text=self.filter.text().strip())
        self.nothing.say(heading, "", self._words("Clear filter"))

    def _paint(self, painter: QPainter, rect: QRect, row: Row[PaperKind], selected: bool) -> None:
        assert row.record is not None
        ink = "selection_ink" if selected else "ink"
        side = look().measures.icon.control
        mark = QRect(rect.left(), rect.center().y() - side // 2, side, side)
        paint_icon(painter, mark, icon_of(row.record), look().color("selection_ink" if selected else "ink_soft"))
        words = rect.adjusted(side + look().px(10), 0, 0, 0)
        painter.setFont(look().font("strong" if selected else "base"))
        painter.setPen(look().color(ink))
        text = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
