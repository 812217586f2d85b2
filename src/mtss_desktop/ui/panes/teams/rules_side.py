"""The rules behind what is worth a talk: what each looks for, how often it speaks, and the limit the place has set for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fact import Fact
from mtss_desktop.ui.kit.layouts import ScrollPage, box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.audit_rules import RuleLine

SetLimit = Callable[[str, int | None, Callable[[], None], Callable[[Exception], None]], None]


class RulesSide(QWidget):
    """A limit is edited in its place; an empty one is the usual one again. ``made`` comes once, with the fields."""

    made = Signal()

    def __init__(self, words: Words, typing: TypingFile, save: SetLimit, back: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._typing, self._save = words, typing, save
        px, space = look().px, look().measures.space
        self.heading = label(words("Rules of the audit"), "heading")
        self.back = Button(words("Back"), back, kind="quiet", size="small")
        self.limits: dict[str, Fact] = {}
        self._notes: dict[str, Prose] = {}
        self._page = ScrollPage()
        self._lines: QVBoxLayout = column(spacing=space.s1, margins=(px(16), 0, px(16), space.s2))
        self._page.hold(box(self._lines), words("Rules of the audit"))
        head = row(self.heading, None, self.back, margins=(px(16), 0, px(16), px(4)))
        layout = column(box(head), self._page)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_rules(self, words: Words, lines: Sequence[RuleLine]) -> None:
        """Made when they are first shown: what a rule is called never changes."""
        self._words = words
        if not self.limits:
            for line in lines:
                self._lines.addWidget(self._rule(line))
            self._lines.addStretch(1)
            self.made.emit()
        for line in lines:
            self._notes[line.rule].setText(self._note(line))
            if line.rule in self.limits and line.limit is not None:
                shown = f"{line.limit} {words.say(line.unit)}".replace(" %", "%")
                self.limits[line.rule].show_value(f"audit:{line.rule}", str(line.limit), shown)

    def _rule(self, line: RuleLine) -> QWidget:
        words = self._words
        title = Prose(words.say(line.title), "strong", "ink")
        what = Prose(words.say(line.looks_for), "base", "ink_soft")
        self._notes[line.rule] = Prose("", "caption", "ink_soft")
        parts: list[QWidget] = [title, what]
        if line.limit is not None:
            name = words("{rule}: limit").format(rule=words.say(line.title))
            fact = Fact(name, partial(self._kept, line.rule), self._typing, words=words)
            self.limits[line.rule] = fact
            limit = row(label(words("From"), "soft"), fact, spacing=look().measures.space.s1)
            limit.setStretch(1, 1)
            limit.setAlignment(Qt.AlignmentFlag.AlignTop)
            parts.append(box(limit))
        return box(column(*parts, self._notes[line.rule], hairline(), spacing=look().px(4)))

    def _note(self, line: RuleLine) -> str:
        words = self._words
        n = words.say(said("{n} finding now", many="{n} findings now", count="n", n=line.found))
        parts = [n if line.found else words("no finding now")]
        if line.usual is not None and line.limit != line.usual:
            parts.append(words("usually {n}").format(n=line.usual))
        return ", ".join(parts)

    def _kept(
        self, rule: str, _seen: str, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        typed = text.strip().rstrip("%").strip()
        if typed and not typed.isdecimal():
            failed(UserError(self._words("This is no number."), self._words("Type it in digits, or empty the field.")))
            return
        self._save(rule, int(typed) if typed else None, saved, failed)

    @property
    def stop(self) -> QWidget:
        """Where the cursor comes to."""
        first = next(iter(self.limits.values()), None)
        return first.view if first is not None else self.back
