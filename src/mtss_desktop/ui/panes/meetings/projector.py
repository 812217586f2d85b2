"""The picture for the wall: what is on the table, large, without what is private. It follows and cannot be typed into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.minutes_masking import NamesToMask
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import paint_prose
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.kit.wall import Big, Wall, px, scale, scale_of, sized
from mtss_desktop.ui.panes.meetings.painted import paint_strip
from mtss_desktop.ui.panes.meetings.words import EFFECT, FIDELITY, KINDS, problem_sentence, used_minutes
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.live import AgendaLine, LineShown, LiveMinutes, ProblemOnTable

LINES = 4
ACTIONS = 5


class AgendaBars(QWidget):
    """The agenda as bars at the foot: used of planned, the present one in bold."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._agenda: tuple[AgendaLine, ...] = ()
        self._now = datetime.min.replace(tzinfo=UTC)
        self.fit()

    def fit(self) -> None:
        self.setFixedHeight(sized(self, 52))

    def show_agenda(self, agenda: tuple[AgendaLine, ...], now: datetime) -> None:
        self._agenda, self._now = agenda, now
        self.setAccessibleName(", ".join(item.title for item in agenda))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._agenda:
            return
        painter, gap, side = QPainter(self), sized(self, 6), sized(self, 26)
        painter.fillRect(self.rect(), look().color("sunken"))
        wide = (self.width() - 2 * side - gap * (len(self._agenda) - 1)) // len(self._agenda)
        for place, item in enumerate(self._agenda):
            x = side + place * (wide + gap)
            current = item.running_since is not None
            used = used_minutes(item, self._now) or 0
            share = 0.999 if item.done and not current else min(0.999, used / item.planned) if item.planned else 0.0
            paint_strip(painter, QRect(x, sized(self, 12), wide, sized(self, 4)), share)
            font = look().font("strong" if current else "base")
            font.setPixelSize(round(font.pixelSize() * scale_of(self) * 0.8))
            painter.setFont(font)
            painter.setPen(look().color("ink" if current else "ink_soft"))
            text = painter.fontMetrics().elidedText(f"{item.number}  {item.title}", Qt.TextElideMode.ElideRight, wide)
            painter.drawText(
                QRect(x, sized(self, 20), wide, sized(self, 24)),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                text,
            )


class Entry(Big):
    """The line being typed, in its edge."""

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width - 2 * sized(self, 10)) + 2 * sized(self, 8) if self._text else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, large = QPainter(self), scale_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("border"), 1))
        painter.setBrush(look().color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), sized(self, 6), sized(self, 6))
        painter.translate(sized(self, 10), sized(self, 8))
        painter.scale(large, large)
        area = QRect(0, 0, round((self.width() - 2 * sized(self, 10)) / large), round(self.height() / large))
        paint_prose(painter, area, self._text, self._kind, self._role)


class Projector(Wall):
    """The minutes for the room to read along."""

    shrinks = True

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._mask: Callable[[str], str] = str
        self.title, self.where = Big("title"), Big("base", "ink_soft")
        self.left_words, self.used = Big("title", right=True), Big("base", "ink_soft", right=True)
        self.sentence = Big("medium")
        self.marks = [Big("strong"), Big("strong")]
        self.figure = FigureView(words, scale=scale())
        self.figure.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit_figure()
        self.lines = [Big() for _ in range(LINES)]
        self.entry = Entry()
        self.heading = Big("heading")
        self.asked = [Big() for _ in range(2 * ACTIONS)]
        self.older, self.foot = Big("base", "ink_soft"), Big("base", "ink_soft")
        self.bars = AgendaBars()
        self._build()

    def _build(self) -> None:
        gap = px(12)
        head = row(column(self.title, self.where), column(self.left_words, self.used), spacing=gap)
        head.setStretch(0, 3)
        head.setStretch(1, 1)
        told = column(self.sentence, px(8), *self.marks, None, spacing=px(4))
        top = row(spacing=gap)
        top.addLayout(told, 1)
        top.addWidget(self.figure)
        main = column(box(top), hairline(), *self.lines, self.entry, None, spacing=px(8))
        side: QVBoxLayout = column(self.heading, *self.asked, self.older, None, spacing=px(3))
        middle = row(spacing=gap)
        middle.addLayout(main, 7)
        middle.addWidget(hairline(Qt.Orientation.Vertical))
        middle.addLayout(side, 3)
        edge = px(26)
        inside = column(self.held, head, gap, middle, self.foot, margins=(edge, px(18), edge, px(8)))
        inside.setStretch(3, 1)
        whole = column(inside, self.bars)
        whole.setStretch(0, 1)
        self.lay_out(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_figure()

    def fit_parts(self) -> None:
        self.bars.fit()
        self._fit_figure()  # its size first: it is laid out once, for both
        self.figure.use_scale(scale_of(self))

    def _fit_figure(self) -> None:
        """About a third of the wall: all of it is seen from the back of the room, nothing of it scrolls."""
        width, height = max(sized(self, 240), self.width() * 9 // 25), max(sized(self, 190), self.height() * 7 // 20)
        self.figure.setFixedSize(width, height)

    # -- content ------------------------------------------------------------------------------------------------------

    def show_minutes(
        self,
        live: LiveMinutes,
        on_table: ProblemOnTable | None,
        figure: Figure | None,
        typed: str,
        said_: Callable[[LineShown], str],
        now: datetime,
        names: NamesToMask,
    ) -> None:
        """Follows the minutes, or waits while it is held. Students' names are numbers here, whatever was typed."""

        def show() -> None:
            self._mask = names.masked
            self._show(live, on_table, figure, typed, said_, now)

        self.follow(show)

    def _show(
        self,
        live: LiveMinutes,
        on_table: ProblemOnTable | None,
        figure: Figure | None,
        typed: str,
        said_: Callable[[LineShown], str],
        now: datetime,
    ) -> None:
        words, item = self._words, live.running
        place = f"{live.team.name}, {live.place}"
        self.title.say(self._mask(item.title) if item else place)
        where = (
            words("Item {n} of {all} · {team}").format(n=item.number, all=len(live.agenda), team=place) if item else ""
        )
        self.where.say(where)
        self._show_time(item, now)
        self.sentence.say(self._mask(problem_sentence(on_table)) if on_table else "")
        review = on_table.review if on_table else None
        told = (
            (words("Fidelity"), review.fidelity if review else None, FIDELITY),
            (words("Effect"), review.effect if review else None, EFFECT),
        )
        for widget, (name, value, choices) in zip(self.marks, told, strict=True):
            text = words(dict(choices)[value.value]) if value is not None else ""
            widget.say(f"{name}: {text}" if text else "")
        self.figure.setVisible(figure is not None)
        if figure is not None and figure != self.figure.figure:
            self.figure.show_figure(figure)
        self._show_lines(live, said_)
        self.entry.say(self._mask(typed.strip()))
        self._show_actions(live)
        self.foot.say(words("Confidential lines are not shown on this screen."))
        self.bars.show_agenda(tuple(replace(each, title=self._mask(each.title)) for each in live.agenda), now)

    def _show_time(self, item: AgendaLine | None, now: datetime) -> None:
        words = self._words
        used = used_minutes(item, now) if item is not None else None
        planned = item.planned if item is not None else None
        if used is None or planned is None:
            self.left_words.say(words.time(now.time()))
            self.used.say("")
            return
        left = planned - used
        self.left_words.say(words("{n} min left").format(n=left) if left >= 0 else words("{n} over").format(n=-left))
        self.used.say(words("{used} of {planned} used").format(used=used, planned=planned))

    def _show_lines(self, live: LiveMinutes, said_: Callable[[LineShown], str]) -> None:
        """The last open lines; a confidential one leaves neither gap nor trace."""
        item = live.running.id if live.running is not None else None
        lines = [line for line in live.lines if not line.confidential and item in (None, line.item_id)]
        shown = lines[-LINES:]
        for widget, line in zip(self.lines, [*shown, *[None] * (LINES - len(shown))], strict=True):
            if line is None:
                widget.say("")
            else:
                _, icon, role = KINDS[line.kind]
                widget.say(self._mask(said_(line)), icon, role)

    def _show_actions(self, live: LiveMinutes) -> None:
        words = self._words
        here = [each for each in live.actions if each.from_here and not each.confidential][-ACTIONS:]
        self.heading.say(words("Actions from today") if here else "")
        texts: list[str] = []
        for each in here:
            owner = each.owner.split()[-1] if each.owner else words("no owner yet")
            day = words.day(each.due_on) if each.due_on is not None else ""
            texts += [self._mask(each.text), " · ".join(part for part in (owner, day) if part)]
        for place, widget in enumerate(self.asked):
            widget.say(texts[place] if place < len(texts) else "")
            widget.use_role("ink_soft" if place % 2 else "ink")
        old = [each for each in live.actions if not each.from_here and each.done_on is None and not each.confidential]
        late = sum(bool(each.days_late) for each in old)
        text = said("{n} older action is open", many="{n} older actions are open", count="n", n=len(old))
        late_text = words(", {n} late").format(n=late) if late else ""
        self.older.say(words.say(text) + late_text if old else "")
