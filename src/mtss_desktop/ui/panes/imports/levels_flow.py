"""Levels and words, read and written: what another tier changes is said first, then one step that Undo takes back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.ui.panes.imports import levels_words as say
from mtss_desktop.ui.panes.imports.host import ImportsHost
from mtss_desktop.ui.panes.imports.levels_view import LevelsView
from mtss_desktop.ui.panes.imports.levels_words import ListLine
from mtss_desktop.usecases import levels
from mtss_desktop.usecases.levels import LevelLine, LevelMeasure, LevelVersion, TierEffect, WordLine


@dataclass(frozen=True)
class LevelsContent:
    """The lists, and the chosen one's lines."""

    measures: tuple[LevelMeasure, ...]
    chosen: str
    lines: tuple[LevelLine, ...]
    history: tuple[LevelVersion, ...]
    words: tuple[WordLine, ...]


def read_levels(workspace: Workspace, chosen: str, _progress: Progress) -> LevelsContent:
    """Runs in the read lane. ``chosen``: levels, levels:3 or words:behavior."""
    kind, _, which = chosen.partition(":")
    measure_key = int(which) if kind == "levels" and which.isdecimal() else 0
    is_words = kind == "words"
    return LevelsContent(
        workspace.ask(levels.measures),
        chosen,
        () if is_words else workspace.ask(levels.table, measure_key=measure_key),
        () if is_words else workspace.ask(levels.history),
        workspace.ask(levels.words, WordKind(which)) if is_words else (),
    )


class LevelsFlow:
    """The steps around ``LevelsView``; ``pane`` shows the page and runs what takes time."""

    def __init__(self, pane: ImportsHost) -> None:
        self._pane = pane
        self._chosen = "levels"
        self._came = False
        self._wanted: LevelLine | None = None

    @cached_property
    def view(self) -> LevelsView:
        """Made when somebody comes to see it."""
        made = LevelsView(self._pane.words)
        made.listed.connect(self._list)
        made.tier_wanted.connect(self._want)
        made.agreed.connect(self._agree)
        made.taken_out.connect(self._take_out)
        made.spelled.connect(lambda key, text: self._write(levels.spell, level_key=key, spellings=say.list_of(text)))
        made.coded.connect(self._code)
        made.ordered.connect(self._order)
        made.added.connect(self._add)
        self._pane.add_page(made)
        return made

    @property
    def made(self) -> bool:
        return "view" in self.__dict__

    @property
    def sentence(self) -> str:
        return say.page_sentence(self._pane.words)

    def open(self, chosen: str = "levels") -> None:
        self._chosen, self._came = chosen, True
        self.read()

    def read(self) -> None:
        """Reads again what is shown, as after an undo."""
        self._pane.background(partial(read_levels, self._pane.workspace, self._chosen), self._show)

    def _show(self, content: LevelsContent) -> None:
        words = self._pane.words
        if content.chosen != self._chosen:
            return
        if self._came and not self._pane.show_levels():
            return
        if not self._pane.is_on_levels:
            return
        view = self.view
        view.show_lists(say.lists(words, content.measures), content.chosen)
        if view.list is not None and view.list.kind is not None:
            view.show_words(content.words)
        else:
            view.show_levels(content.lines, content.history)
        view.allow(self._pane.read_only())
        if self._came:
            self._came = False
            view.columns()[1].setFocus()
        self._pane.actions_changed.emit()

    def _list(self, line: ListLine) -> None:
        if line.key != self._chosen:
            self._chosen = line.key
            self.read()

    # -- a tier ---------------------------------------------------------------------------------------------------------------

    def _want(self, line: LevelLine, tier: int) -> None:
        if self._pane.read_only():
            return
        self._wanted = line
        self._pane.ask(levels.effect, self._told, level_key=line.level_key, tier=tier, measure_key=self._measure)

    @property
    def _measure(self) -> int:
        return self.view.list.measure_key if self.view.list is not None else 0

    def _told(self, effect: TierEffect) -> None:
        if self._pane.is_on_levels:
            self.view.show_effect(effect)

    def _agree(self, effect: TierEffect) -> None:
        if self._wanted is None:
            return
        words = self._pane.words
        text = words("“{word}” asks for {tier}").format(word=effect.word, tier=say.tier_words(words, effect.tier))
        self._write(
            levels.set_tier, text, level_key=self._wanted.level_key, tier=effect.tier, measure_key=self._measure
        )
        self.view.forget_effect()

    def _take_out(self, entry: LevelVersion) -> None:
        text = self._pane.words("The line of “{word}” is out; the one before it holds again").format(word=entry.word)
        self._write(
            levels.remove_line,
            text,
            level_key=entry.level_key,
            measure_key=entry.measure_key,
            valid_from=entry.valid_from,
        )

    # -- words ----------------------------------------------------------------------------------------------------------------

    def _order(self, key: int, text: str) -> None:
        if text.strip().isdecimal() and int(text) > 0:
            self._write(levels.put_in_order, level_key=key, order=int(text))
        else:
            self._refuse(UserError("The highest level is 1, the next 2."))

    def _code(self, key: int, text: str) -> None:
        kind = self.view.list.kind if self.view.list is not None else None
        if kind is not None:
            lines = self.view.words.records
            known = [word for line in lines for word in (line.name, *line.gathered, *line.spellings)]
            self._write(levels.spell_word, key=key, codes=say.list_of(text, known), kind=kind)

    def _add(self, text: str) -> None:
        line = self.view.list
        if line is None:
            return
        text = " ".join(text.split())
        said = self._pane.words("“{word}” added").format(word=text)
        if line.kind is None:
            self._write(levels.add, said, word=text, measure_key=line.measure_key, clears=True)
        else:
            self._write(levels.gather, said, category=text, codes=(), kind=line.kind, clears=True)

    def _write(self, use_case: object, said: str = "", *, clears: bool = False, **arguments: object) -> None:
        """``clears``: what was typed into the field is done with."""

        def done(_: object) -> None:
            self._pane.trouble.clear()
            if clears:
                self.view.new.clear()

        self._pane.do(use_case, then=done, fail=self._refuse, said=said or self._pane.words("Saved"), **arguments)  # type: ignore[arg-type]

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._pane.trouble.say(str(error), reader=self.view.new)
