"""Lists of the running meeting, painted: the agenda with its time, and the lines of the minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.meetings import LineKind
from mtss_desktop.domain.minutes_grammar import Part, parse
from mtss_desktop.domain.minutes_words import Known
from mtss_desktop.ui.kit.prose import paint_prose, prose_height
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.panes.meetings.photos import HIGH, WIDE, Photos, pasted_pictures
from mtss_desktop.ui.panes.meetings.words import KINDS, day_words, used_minutes, used_words
from mtss_desktop.ui.theme import look, paint_icon
from mtss_desktop.usecases.live import AgendaLine, LineShown, LiveMinutes

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AgendaList(SectionList[AgendaLine]):
    """``opened`` puts an item on the table; ``moved`` carries (item, steps) from Ctrl+Shift+Up and Down."""

    moved = Signal(object, int)

    def __init__(self, words: Words) -> None:
        super().__init__(words("Agenda"), self._paint, inset=0)
        self._words = words
        self._now = datetime.min.replace(tzinfo=UTC)
        self.clicked.connect(lambda _: self._open())

    def show_agenda(self, agenda: tuple[AgendaLine, ...], now: datetime) -> None:
        self._now = now
        rows = [Row(item.id, item.title, item, spoken=self._spoken(item)) for item in agenda]
        self.show_rows(rows)
        self.viewport().update()

    def _spoken(self, item: AgendaLine) -> str:
        done = self._words("done") if item.done else ""
        parts = (str(item.number), item.title, item.lead, used_words(self._words, item, self._now), done)
        return ", ".join(part for part in parts if part)

    def is_marked(self, row: Row[AgendaLine], selected: bool) -> bool:
        """The one on the table, wherever the cursor is."""
        del selected
        return row.record is not None and row.record.running_since is not None

    def row_height(self, row: Row[AgendaLine], place: int) -> int:
        del place
        item = row.record
        if item is None:
            return look().line()
        strip = look().px(14) if item.running_since is not None else look().px(6)
        return self._title_height(item) + look().line("caption") + strip + look().px(8)

    def _title_height(self, item: AgendaLine) -> int:
        """A title that is longer than a line goes on below: the end of a question matters."""
        kind = "strong" if item.running_since is not None else "base"
        return prose_height(item.title, kind, self._title_width())

    def _title_width(self) -> int:
        return max(look().px(60), self.viewport().width() - look().px(28 + 8 + 12))

    def tick(self, now: datetime) -> None:
        """Time goes on: only painted."""
        self._now = now
        self.viewport().update()

    def _paint(self, painter: QPainter, rect: QRect, row: Row[AgendaLine], selected: bool) -> None:
        item = row.record
        assert item is not None
        tall, small, x = look().line(), look().line("caption"), rect.left() + look().px(28)
        top = rect.top() + look().px(6)
        ink = "selection_ink" if selected else "ink"
        soft = "selection_ink" if selected and look().theme.is_contrast else "ink_soft"
        if item.done and not selected:
            side = look().measures.icon.control
            paint_icon(painter, QRect(rect.left(), top + (tall - side) // 2, side, side), "ph.check",
                       look().color("success"))  # fmt: skip
            ink = "ink_soft"
        else:
            _write(painter, QRect(rect.left(), top, look().px(24), tall), str(item.number), "base", soft)
        high = self._title_height(item)
        paint_prose(
            painter, QRect(x, top, self._title_width(), high), item.title, "strong" if selected else "base", ink
        )
        used = used_minutes(item, self._now) or 0
        over = item.planned is not None and used > item.planned
        time_words = used_words(self._words, item, self._now)
        room = QFontMetrics(look().font("caption")).horizontalAdvance(time_words) + look().px(8)
        second = QRect(x, top + high, rect.right() - x, small)
        _write(painter, second.adjusted(0, 0, -room, 0), item.lead, "caption", soft)
        _write(painter, second, time_words, "caption", "warning" if over and not selected else soft, _RIGHT)
        if item.running_since is not None and item.planned:
            strip = QRect(x, top + high + small + look().px(3), rect.right() - x, look().px(4))
            paint_strip(painter, strip, used / item.planned)


def paint_strip(painter: QPainter, rect: QRect, share: float) -> None:
    """Time used of planned; from 100 % on it turns to the look-here color."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(look().color("rule"))
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    filled = QRectF(rect)
    filled.setWidth(max(0.0, min(1.0, share)) * rect.width())
    painter.setBrush(look().color("warning" if share >= 1 else "accent"))
    painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


def _write(painter: QPainter, area: QRect, text: str, kind: str, role: str, side: Qt.AlignmentFlag = _LEFT) -> None:
    painter.setFont(look().font(kind, tabular=side == _RIGHT))
    painter.setPen(look().color(role))
    painter.drawText(area, side, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width()))


class MinutesList(SectionList[LineShown]):
    """The lines, newest last. ``removed`` comes with Delete, ``opened`` with Enter or F2, ``left_downward`` past the last; what is
    typed here is meant for the entry line: ``typed_on``."""

    removed = Signal(object)
    left_downward = Signal()
    typed_on = Signal(str)
    pictures_given = Signal(object)

    def __init__(self, words: Words, photos: Photos) -> None:
        super().__init__(words("Lines of the minutes"), self._paint, inset=0)
        self._words, self._photos = words, photos
        self._today = self._day = date.min
        self._known = Known()
        self._texts: dict[tuple[str, LineKind], tuple[str, str]] = {}
        self._heights: dict[tuple[str, int], int] = {}
        self._wide = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    # -- content ------------------------------------------------------------------------------------------------------

    def show_lines(self, live: LiveMinutes, known: Known, today: date) -> None:
        if (live.words.day, known) != (self._day, self._known) or today != self._today:
            self._texts.clear()
            self._heights.clear()
        self._day, self._known, self._today = live.words.day, known, today
        at_end = self._is_at_end()
        before = {row.key: row.record for row in self.rows.keyed.rows}
        rows = self._rows(live)
        for row in rows:
            if before.get(row.key) != row.record:
                self._forget(row.key)
        self.show_rows(rows)
        self.doItemsLayout()
        self._fit()
        if at_end and not self.hasFocus():
            self.scrollToBottom()

    def _forget(self, key: str) -> None:
        for each in [each for each in self._heights if each[0] == key]:
            del self._heights[each]

    def _rows(self, live: LiveMinutes) -> list[Row[LineShown]]:
        """Lines in their order, with the name of the item where it changes."""
        titles = {item.id: item.title for item in live.agenda}
        rows: list[Row[LineShown]] = []
        item = None if live.running is None else live.running.id
        several = len({line.item_id for line in live.lines} | {item}) > 1
        last: str | None = ""
        for line in live.lines:
            if several and line.item_id != last:
                last = line.item_id
                title = titles.get(line.item_id, "") if line.item_id else ""
                rows.append(Row(f"before:{line.id}", title or self._words("Under no item")))
            rows.append(Row(line.id, line.text, line, spoken=self._spoken(line)))
        return rows

    def _spoken(self, line: LineShown) -> str:
        secret = self._words("confidential") if line.confidential else ""
        at = self._words.time(line.at) if line.at is not None else ""
        photo = said("{n} photo", many="{n} photos", count="n", n=len(line.photos)) if line.photos else ""
        parts = (
            at,
            self._words(KINDS[line.kind][0]),
            self.said(line),
            self._below(line),
            self._words.say(photo),
            secret,
        )
        return ", ".join(part for part in parts if part)

    def said(self, line: LineShown) -> str:
        """What the line says: an action without its signs, any other without its prefix."""
        return line.action.text if line.action is not None else self._read(line)[0]

    def _read(self, line: LineShown) -> tuple[str, str]:
        """What the typed line says, and the words of a day in it that is none; parsed once."""
        key = (line.text, line.kind)
        if key not in self._texts:
            parsed = parse(line.text, day=self._day, known=self._known, kind=line.kind)
            text = parsed.text if line.kind is LineKind.ACTION else line.text
            prefix = next((span for span in parsed.spans if span.part is Part.PREFIX), None)
            if line.kind is not LineKind.ACTION and prefix is not None:
                text = line.text[prefix.end :].strip()
            unread = next((span for span in parsed.unresolved if span.part is Part.DATE), None)
            self._texts[key] = (
                text or line.text,
                line.text[unread.start + 1 : unread.end] if unread is not None else "",
            )
        return self._texts[key]

    def _chips(self, line: LineShown) -> list[tuple[str, str, str]]:
        """Icon, words and ink of what an action says beside the text."""
        found: list[tuple[str, str, str]] = []
        if line.action is not None:
            action = line.action
            owner = action.owner or self._words("no owner yet")
            found.append(("ph.user", owner, "ink" if action.owner else "danger"))
            if action.due_on is not None:
                found.append(("ph.calendar-blank", day_words(self._words, action.due_on, self._today), "ink"))
            elif action.done_on is None and (unread := self._read(line)[1]):
                found.append(("ph.warning", self._words("not read: {day}").format(day=unread), "warning"))
            if action.problem:
                found.append(("ph.link-simple", action.problem, "ink"))
            if action.done_on is not None:
                found.append(("ph.check", self._words("done"), "success"))
        return found

    def _below(self, line: LineShown) -> str:
        return " · ".join(words for _, words, _ in self._chips(line))

    # -- size ---------------------------------------------------------------------------------------------------------

    def row_height(self, row: Row[LineShown], place: int) -> int:
        if row.record is None:
            return look().px(32 if place else 24)
        key = (row.key, self._text_width())
        if key not in self._heights:
            tall = prose_height(self.said(row.record), "base", key[1])
            if self._chips(row.record):
                tall += look().measures.height.chip + look().px(6)
            if row.record.photos:
                tall += look().px(HIGH + 10)
            self._heights[key] = tall + look().px(10)
        return self._heights[key]

    def _text_width(self) -> int:
        return max(look().px(80), self.viewport().width() - self._indent() - look().px(16))

    def _indent(self) -> int:
        return look().px(8 + 40 + 12 + 16 + 12)

    def sizeHint(self) -> QSize:
        rows = self.rows.keyed.rows
        return QSize(look().px(320), sum(self.row_height(row, place) for place, row in enumerate(rows)) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        at_end = self._is_at_end()
        super().resizeEvent(event)
        if self.viewport().width() != self._wide:
            self._wide = self.viewport().width()
            self._heights.clear()
            self.doItemsLayout()
            self._fit()
        if at_end:
            self.scrollToBottom()

    def _fit(self) -> None:
        """No higher than its lines, so that these stand next to the entry line."""
        self.setMaximumHeight(max(self.sizeHint().height(), look().px(24)))
        self.updateGeometry()

    def _is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - look().px(4)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def come_in(self) -> bool:
        """From the entry line upward: the newest line; False where there is none."""
        last = next((row for row in reversed(self.rows.keyed.rows) if not row.is_caption), None)
        if last is None:
            return False
        self.choose(last.key)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def go_out(self) -> None:
        """The entry line has the focus again: no line is chosen."""
        self.clearSelection()
        self.selectionModel().clearCurrentIndex()
        self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Delete and self.current is not None:
            self.removed.emit(self.current)
        elif event.matches(QKeySequence.StandardKey.Paste):
            pasted = pasted_pictures()
            if pasted:
                self.pictures_given.emit(pasted)
        elif event.key() == Qt.Key.Key_F2:
            self._open()
        elif event.key() == Qt.Key.Key_Down and plain and self._is_last():
            self.left_downward.emit()
        elif not held and event.text().strip() and event.text().isprintable():
            self.typed_on.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _is_last(self) -> bool:
        rows = self.rows.keyed.rows
        return not rows or self.current_key == rows[-1].key

    # -- paint --------------------------------------------------------------------------------------------------------

    def paint_caption(self, painter: QPainter, rect: QRect, row: Row[LineShown], _place: int) -> None:
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("ink_faint"))
        area = rect.adjusted(self._indent(), 0, 0, -look().px(4))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.text)

    def _paint(self, painter: QPainter, rect: QRect, row: Row[LineShown], selected: bool) -> None:
        line = row.record
        assert line is not None
        tall, top, left = look().line(), rect.top() + look().px(5), rect.left()
        dark = selected and look().theme.is_contrast
        if line.at is not None:
            clock = self._words.time(line.at).rsplit(" ", 1)[0]
            area = QRect(left, top, look().px(40), tall)
            _write(painter, area, clock, "base", "selection_ink" if dark else "ink_soft", _RIGHT)
        icon, role = ("ph.lock-simple", "warning") if line.confidential else KINDS[line.kind][1:]
        side = look().measures.icon.control
        spot = QRect(left + look().px(40 + 12), top + (tall - side) // 2, side, side)
        paint_icon(painter, spot, icon, look().color("selection_ink" if dark else role))
        x = left + self._indent() - look().px(8)
        width = self._text_width()
        text = self.said(line)
        ink = "selection_ink" if selected else "ink"
        high = prose_height(text, "base", width)
        paint_prose(painter, QRect(x, top, width, high), text, "base", ink)
        below = top + high + look().px(3)
        self._paint_chips(painter, QRect(x, below, width, look().measures.height.chip), line, dark)
        if self._chips(line):
            below += look().measures.height.chip + look().px(3)
        self._paint_photos(painter, QRect(x, below + look().px(3), width, look().px(HIGH)), line)

    def _paint_photos(self, painter: QPainter, area: QRect, line: LineShown) -> None:
        """Side by side as far as there is room; a plain place while one is on its way."""
        x = area.left()
        for each in line.photos:
            small = self._photos.small(each)
            wide = look().px(WIDE) if small is None else round(small.width() / small.devicePixelRatio())
            if x > area.left() and x + wide > area.right():
                break
            if small is None:
                painter.fillRect(QRect(x, area.top(), wide, area.height()), look().color("sunken"))
            else:
                painter.drawPixmap(x, area.top(), small)
            x += wide + look().px(8)

    def _paint_chips(self, painter: QPainter, area: QRect, line: LineShown, dark: bool) -> None:
        metrics, x = QFontMetrics(look().font("base")), area.left()
        icon, pad, gap = look().measures.icon.chip, look().px(8), look().px(6)
        painter.setFont(look().font("base"))
        for name, words, role in self._chips(line):
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, area.right() - x - icon - 3 * pad))
            wide = metrics.horizontalAdvance(words) + icon + gap + 2 * pad
            if x + wide > area.right() + pad:
                break
            shape = QRectF(x + 0.5, area.top() + 0.5, wide - 1, area.height() - 1)
            painter.setPen(QPen(look().color("selection_ink" if dark else "rule"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(shape, look().measures.radius.chip, look().measures.radius.chip)
            ink = look().color("selection_ink" if dark else role)
            spot = QRect(x + pad, area.top() + (area.height() - icon) // 2, icon, icon)
            paint_icon(painter, spot, name, look().color("selection_ink" if dark else "ink_soft"))
            painter.setPen(ink)
            painter.setFont(look().font("base"))
            painter.drawText(QRect(x + pad + icon + gap, area.top(), wide, area.height()), _LEFT, words)
            x += wide + look().px(6)
