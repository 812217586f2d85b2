"""The list of documents in groups: a column with a filter, or one field where there is no room for a column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.filtered_list import FilteredList
from mtss_desktop.ui.kit.section_list import Row
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


class PaperList(FilteredList[PaperKind]):
    """``chosen`` carries the name of the document under the cursor."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, words("Documents"), words("Filter documents"), height="table_row")

    def show_kinds(self, kinds: Sequence[PaperKind]) -> None:
        count = said("Filter {n} document", many="Filter {n} documents", count="n", n=len(kinds))
        self.show_records(kinds, self._words.say(count))

    def key_of(self, record: PaperKind) -> str:
        return record.name

    def searched(self, record: PaperKind) -> str:
        return f"{record.title} {group_of(record)} {record.about}"

    def rows_of(self, records: Sequence[PaperKind]) -> list[Row[PaperKind]]:
        return paper_rows(self._words, records)

    def none_fits(self, text: str) -> str:
        return self._words("No document fits “{text}”").format(text=text)

    def paint_row(self, painter: QPainter, rect: QRect, row: Row[PaperKind], selected: bool) -> None:
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
