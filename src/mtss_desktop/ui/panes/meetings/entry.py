"""The entry line: one line always ready, its words marked while they are typed and repeated below as chips.

Nothing here waits for the database: a key parses the line, paints it and hands the text to the typing file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.meetings import LineKind
from mtss_desktop.domain.minutes_grammar import Completion, ParsedLine, Part, Span, complete, parse
from mtss_desktop.domain.minutes_words import Known, KnownPerson, KnownProblem
from mtss_desktop.domain.people import PersonId
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.chips import StatusChip
from mtss_desktop.ui.kit.drop_edge import has_files
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.texts import IconLabel, label
from mtss_desktop.ui.panes.meetings.photos import holds_pictures, pasted_pictures, pictures_in
from mtss_desktop.ui.panes.meetings.words import KINDS, day_words
from mtss_desktop.ui.theme import look

KEYS = (
    ("Enter", "next line"),
    ("Tab", "complete"),
    ("Alt+D", "decision"),
    ("Alt+P", "parking lot"),
    ("Alt+C", "celebration"),
)
_BULLET = re.compile(r"^\s*[•‣◦▪▫●○■□☐☑✓✔*\u2013\u2014-]\s+")
LINE = 48
"""Height of the line in pixels at 100 %."""


@dataclass(frozen=True)
class Typed:
    """A line that was entered. ``owner_id`` answers a quiet choice."""

    text: str
    kind: LineKind | None
    confidential: bool
    owner_id: PersonId | None


class _Marks(QSyntaxHighlighter):
    """Colors what was understood; parsing happens here, once for each change of the text."""

    def __init__(self, line: EntryLine) -> None:
        super().__init__(line.document())
        self._line = line

    def highlightBlock(self, text: str) -> None:
        parsed = self._line.read(text)
        for span in parsed.spans:
            made = QTextCharFormat()
            wrong = bool(span.trouble)
            made.setBackground(look().color("warning_wash" if wrong else "accent_wash"))
            made.setForeground(look().color("warning" if wrong else "accent"))
            made.setFontUnderline(wrong)
            self.setFormat(span.start, span.end - span.start, made)


class EntryLine(QPlainTextEdit):
    """One line of text. ``entered`` comes with Enter, ``left_upward`` with Up; ``shown`` when what it means has changed."""

    entered = Signal()
    left_upward = Signal()
    escaped = Signal()
    shown = Signal()
    focused = Signal()
    pictures_given = Signal(object)
    lines_given = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._day = date.min
        self._known = Known()
        self.kind: LineKind | None = None
        self.parsed: ParsedLine = parse("", day=self._day, known=self._known)
        self.completion: Completion | None = None
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setProperty("ring", "own")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { border: none; background: transparent; padding: 0; }")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._marks = _Marks(self)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._complete)
        look().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        font = look().font("base")
        font.setPixelSize(round(font.pixelSize() * 1.15))
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.setCursorWidth(look().px(2))
        self.setFixedHeight(self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()))
        self._marks.rehighlight()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is for the page or the window, and its name no text."""
        if has_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    # -- what it says -------------------------------------------------------------------------------------------------

    def use_words(self, day: date, known: Known) -> None:
        """What a line of this meeting may name. Text and caret stay."""
        self._day, self._known = day, known
        self._marks.rehighlight()
        self._changed()

    def use_kind(self, kind: LineKind | None) -> None:
        self.kind = kind
        self._marks.rehighlight()
        self._changed()

    def read(self, text: str) -> ParsedLine:
        self.parsed = parse(text, day=self._day, known=self._known, kind=self.kind)
        return self.parsed

    @property
    def text(self) -> str:
        return self.toPlainText().replace("\n", " ")

    def put(self, text: str) -> None:
        """Another text with the caret at its end."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _changed(self) -> None:
        if not self.toPlainText():
            self.read("")
        self._complete()
        self.shown.emit()

    def _complete(self) -> None:
        caret = self.textCursor()
        found = None if caret.hasSelection() else complete(self.text, caret.position(), self._known)
        if found != self.completion:
            self.completion = found
            self.viewport().update()

    def take_completion(self) -> bool:
        """The gray rest becomes text; False where there is none."""
        if self.completion is None:
            return False
        caret, chosen = self.textCursor(), self.completion
        end = caret.position()
        caret.setPosition(chosen.start)
        caret.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        caret.insertText(chosen.insert)
        return True

    @property
    def people(self) -> tuple[KnownPerson, ...]:
        return self._known.people

    @property
    def problems(self) -> tuple[KnownProblem, ...]:
        return self._known.problems

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tab completes before it moves on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_Tab and plain and self.take_completion():
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            pasted = pasted_pictures()  # asked for here: the editor itself takes no picture alone
            if pasted:
                self.pictures_given.emit(pasted)
                return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Up:
                self.left_upward.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                event.accept()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case _:
                super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Several lines pasted into the empty line are as many lines of the minutes, within a sentence they go on with it. A picture
        goes into the minutes, the text being typed stays as it is."""
        if holds_pictures(source):
            self.pictures_given.emit(pictures_in(source))
            return
        lines = pasted_lines(source.text())
        if len(lines) > 1 and not self.text.strip() and not self.isReadOnly():
            self.lines_given.emit(lines)
        else:
            self.insertPlainText(" ".join(source.text().split()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.completion is not None and self.hasFocus():
            rect = self.cursorRect()
            painter = QPainter(self.viewport())
            painter.setFont(self.font())
            painter.setPen(look().color("ink_faint"))
            rest = QRect(rect.right() + 1, rect.top(), self.viewport().width() - rect.right(), rect.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.completion.rest)


def pasted_lines(text: str) -> tuple[str, ...]:
    """The lines of a copied list without what only marks it as one; numbers stay."""
    single = (" ".join(_BULLET.sub("", line).split()) for line in text.splitlines())
    return tuple(line for line in single if line)


class EntryBox(QFrame):
    """The line, its kind, its chips and the keys. ``entered`` carries a ``Typed``; ``new_person`` a name to be added."""

    entered = Signal(object)
    left_upward = Signal()
    escaped = Signal()
    changed = Signal()
    new_person = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._today = date.min
        self._said: tuple[object, ...] = ()
        self._owner: tuple[str, KnownPerson] | None = None
        self._locked = ""
        self.confidential = False
        self.line = EntryLine(words("Line of the minutes"))
        self.line.setPlaceholderText(words("Type what is said. @ owner, ! date, # problem"))
        self._icon = IconLabel("ph.text-align-left", "ink_soft")
        self.kind_chip = StatusChip("", tone="accent")
        self.owner_chip = StatusChip("", tone="accent")
        self.date_chip = StatusChip("", tone="accent")
        self.problem_chip = StatusChip("", tone="accent")
        self.private_chip = StatusChip(words("Confidential"), tone="warning", icon="ph.lock-simple")
        self.choice = Button("", kind="chip-warning", icon_name="ph.warning")
        self._menu = QMenu(self.choice)
        self._menu.aboutToShow.connect(self._fill_choices)
        self.choice.setMenu(self._menu)
        self.chips = (self.kind_chip, self.owner_chip, self.date_chip, self.problem_chip, self.private_chip)
        self._build()
        for chip in (*self.chips, self.choice):
            chip.hide()
        self.line.shown.connect(self._show)
        self.line.entered.connect(self._enter)
        self.line.left_upward.connect(self.left_upward)
        self.line.escaped.connect(self.escaped)
        self._show()

    def _build(self) -> None:
        space = look().measures.space
        inside = look().px(14)
        self._head = row(self._icon, self.line, spacing=look().px(10), margins=(inside, 0, inside, 0))
        self._chip_row = row(*self.chips, self.choice, None, spacing=space.s1, margins=(inside, 0, inside, 0))
        self._top, self._bottom = box(self._head), box(self._chip_row)
        self._inner = _Edge(self.line)
        self._inner.setLayout(column(self._top, self._bottom, look().px(12)))
        self._caps = _key_caps(self._words)
        self._keys = box(row(*self._caps, None, spacing=space.s2, margins=(0, look().px(8), 0, 0)))
        self.setLayout(column(self._inner, self._keys))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._top.setFixedHeight(look().px(LINE))
        self._bottom.setFixedHeight(look().measures.height.chip)

    def offer_keys(self, offered: bool) -> None:
        """The key caps go where every line counts."""
        self._keys.setVisible(offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many of the key caps as there is room for; the rest stand in the help."""
        super().resizeEvent(event)
        left = self.width()
        for cap in self._caps:
            left -= cap.sizeHint().width() + look().measures.space.s2
            cap.setVisible(left >= 0)
        self._said = ()
        self._show()

    # -- content ------------------------------------------------------------------------------------------------------

    def use_words(self, day: date, today: date, known: Known) -> None:
        self._today = today
        self.line.use_words(day, known)

    def allow(self, why_not: str) -> None:
        """A line that cannot be written says why."""
        self._locked = why_not
        self.line.setReadOnly(bool(why_not))
        self.line.setPlaceholderText(why_not or self._words("Type what is said. @ owner, ! date, # problem"))

    def keep_confidential(self, confidential: bool) -> None:
        self.confidential = confidential
        self._said = ()
        self._show()
        self.changed.emit()

    def use_kind(self, kind: LineKind | None) -> None:
        """Chosen by key; the same key again lets the line say it."""
        self.line.use_kind(None if kind is self.line.kind else kind)

    @property
    def owner_id(self) -> PersonId | None:
        """The answer to a quiet choice, as long as the line still says that name."""
        chosen = self._owner
        return chosen[1].id if chosen is not None and chosen[0] in self.line.text else None

    def empty(self) -> None:
        """Ready for the next line."""
        self._owner, self.confidential = None, False
        self.line.kind = None
        self.line.put("")

    def _enter(self) -> None:
        text = self.line.text.strip()
        if text and not self._locked:
            self.entered.emit(Typed(text, self.line.kind, self.confidential, self.owner_id))

    def _show(self) -> None:
        parsed = self.line.parsed
        said = (parsed.kind, parsed.owner, parsed.due, parsed.due_doubtful, parsed.problem, self._open_spans(parsed),
                self.confidential, self._owner, bool(parsed.typed))  # fmt: skip
        if said != self._said:
            self._said = said
            self._show_chips(parsed)
        self.changed.emit()

    def _show_chips(self, parsed: ParsedLine) -> None:
        """Whole words where there is room, shorter ones where not; then what to type instead goes, at last all but the sign."""
        self._say_chips(parsed, short=False)
        if not self._chips_fit():
            self._say_chips(parsed, short=True)
        trouble = self.choice.text()
        if trouble and not self._chips_fit():
            self.choice.say(trouble.partition(". ")[0])
        if trouble and not self._chips_fit():
            self.choice.show_only_icon(trouble)
        self.choice.setToolTip(trouble)

    def _chips_fit(self) -> bool:
        shown = [part for part in (*self.chips, self.choice) if not part.isHidden()]
        gap = look().measures.space.s1
        return sum(part.sizeHint().width() + gap for part in shown) <= self.width() - look().px(28)

    def _say_chips(self, parsed: ParsedLine, *, short: bool) -> None:
        words, kind = self._words, KINDS[parsed.kind]
        self._icon.show_icon(kind[1], kind[2])
        something = bool(parsed.typed) or self.line.kind is not None
        _chip(self.kind_chip, words(kind[0]) if something else "", "accent", kind[1])
        chosen = self._owner[1].name if self._owner is not None and self.owner_id is not None else ""
        found = next((each.name for each in self.line.people if each.id == parsed.owner), "")
        _chip(self.owner_chip, chosen or found, "accent", "ph.user")
        due = ""
        if parsed.due is not None:
            due = words.day(parsed.due) if short else day_words(words, parsed.due, self._today)
        if parsed.due_doubtful and not short:
            due = words("{day}: more than nine months ahead").format(day=due)
        _chip(self.date_chip, due, "warning" if parsed.due_doubtful else "accent", "ph.calendar-blank")
        problem = next((each.title for each in self.line.problems if each.id == parsed.problem), "")
        _chip(
            self.problem_chip,
            f"{problem[:17]}…" if short and len(problem) > 18 else problem,
            "accent",
            "ph.link-simple",
        )
        self.private_chip.setVisible(self.confidential)
        self._show_trouble(parsed)

    def _open_spans(self, parsed: ParsedLine) -> tuple[Span, ...]:
        """What was not understood, but for a word that is still being typed and a name that was chosen."""
        caret, going_on = self.line.textCursor().position(), self.line.completion is not None
        answered = self._owner is not None and self.owner_id is not None
        return tuple(
            span
            for span in parsed.unresolved
            if not (answered and span.part is Part.OWNER) and not (going_on and span.end == caret)
        )

    def _show_trouble(self, parsed: ParsedLine) -> None:
        """The first thing that was not understood; a name opens its choices."""
        open_spans = self._open_spans(parsed)
        self.choice.setVisible(bool(open_spans))
        if open_spans:
            self.choice.say(self._words.say(open_spans[0].trouble))
            has_choices = open_spans[0].part is Part.OWNER and bool(parsed.candidates or parsed.new_person)
            self.choice.setEnabled(has_choices)

    def _fill_choices(self) -> None:
        self._menu.clear()
        parsed = self.line.parsed
        span = next((each for each in parsed.unresolved if each.part is Part.OWNER), None)
        if span is None:
            return
        typed = parsed.typed[span.start : span.end]
        for person in parsed.candidates:
            name = person.name if person.member else self._words("{name}, not on the team").format(name=person.name)
            self._menu.addAction(name.replace("&", "&&")).triggered.connect(
                lambda _checked=False, person=person: self._choose(typed, person)
            )
        if parsed.new_person:
            add = self._words("Add {name}").format(name=parsed.new_person)
            self._menu.addAction(add.replace("&", "&&")).triggered.connect(
                lambda _checked=False: self.new_person.emit(parsed.new_person)
            )

    def _choose(self, typed: str, person: KnownPerson) -> None:
        self._owner = (typed, person)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()


class _Edge(QFrame):
    """The edge around line and chips; it carries the focus of the line."""

    def __init__(self, line: EntryLine) -> None:
        super().__init__()
        self._line = line
        line.focused.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self._line.hasFocus()
        width = look().measures.line.focus if focused else look().edge
        painter.setPen(QPen(look().color("focus" if focused else "border"), width))
        painter.setBrush(look().color("raised"))
        edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = look().measures.radius.entry
        painter.drawRoundedRect(edge, radius, radius)


def _chip(chip: StatusChip, words: str, tone: str, icon: str) -> None:
    chip.setVisible(bool(words))
    if words:
        chip.say(words, tone=tone, icon=icon)


def _key_caps(words: Words) -> list[QWidget]:
    return [box(row(label(key, "key"), label(words(what), "soft"), spacing=look().px(6))) for key, what in KEYS]
