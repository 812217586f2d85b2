"""What is done with the list that is in the making: each act is one use case, in the order they were asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.instrument_drafts import ItemFact, RatedBy
from mtss_desktop.domain.ratings import InstrumentVersionId
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.panes.lookfors.draft_forms import ListForm, Rules
from mtss_desktop.usecases import builder
from mtss_desktop.usecases.builder import DraftView, ListFact

Then = Callable[[Any], None]
Refused = Callable[[str], None]


class OpenDraft:
    """Holds what was read; ``view`` is None while no list is open."""

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self.view: DraftView | None = None

    @property
    def id(self) -> InstrumentVersionId:
        assert self.view is not None
        return self.view.id

    def can_change(self) -> bool:
        return self.view is not None and self.view.changeable and self._pane.workspace.can_write

    def why_not(self) -> str:
        words = self._pane.words
        if not self._pane.workspace.can_write:
            return words("This database is open for reading only.")
        if self.view is not None and not self.view.changeable:
            return words("This version is in use and stays as it is. Change it as a new version.")
        return ""

    def refuse(self, words: str) -> None:
        """In the status strip, where no field is asked about."""
        self._pane.noticed.emit(Notice(words, tone="danger"))

    def act(
        self,
        use_case: Callable[..., Any],
        then: Then | None = None,
        refused: Refused | None = None,
        *,
        said: str = "",
        **given: Any,
    ) -> None:
        """On any list; ``then`` gets what the use case returns."""

        def done(outcome: Done[Any]) -> None:
            if then is not None:
                then(outcome.value)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                (refused or self.refuse)(str(error))
            else:
                self._pane.failed(error)

        self._pane.do(use_case, then=done, fail=failed, said=said, **given)

    def change(
        self, use_case: Callable[..., Any], then: Then | None = None, refused: Refused | None = None, **given: Any
    ) -> None:
        """On the open draft; nothing where it cannot be changed."""
        why = self.why_not()
        if why:
            (refused or self.refuse)(why)
        elif self.view is not None:
            self.act(use_case, then, refused, instrument_id=self.id, **given)

    def write_item(self, number: str, fact: str, text: str, then: Then, refused: Refused) -> None:
        self.change(builder.set_item, then, refused, number=number, fact=ItemFact(fact), text=text)

    def write_list(self, fact: str, text: str, then: Then, refused: Refused) -> None:
        if fact == ListForm.POINTS:
            words = tuple(part.strip() for part in text.split(","))
            self.change(builder.word_points, then, refused, words=words)
        else:
            self.change(builder.set_list, then, refused, fact=ListFact(fact), text=text)

    def rule(self, number: str, rules: Rules) -> None:
        self.change(builder.set_rules, number=number, counts=rules.counts, asks_note=rules.asks_note)

    def scale(self, how: str) -> None:
        if how:
            self.change(builder.rate_by, how=RatedBy(how))

    def allow_not_applicable(self, allowed: bool) -> None:
        from mtss_desktop.domain.instrument_drafts import rated_by

        assert self.view is not None
        how = rated_by(self.view.instrument)
        if how is not None:
            self.change(builder.rate_by, how=how, not_applicable=allowed)


def default_name(title: str) -> str:
    """A file name from a list's title."""
    kept = "".join(letter if letter.isalnum() or letter in " -" else " " for letter in title)
    return f"{' '.join(kept.split()) or 'list'}.toml"


def written(path: Path, content: str) -> str:
    """Writes a list that is given away; returns what went wrong, "" where nothing did."""
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        return f"{path.name} cannot be written: {error.strerror}. Choose another folder."
    return ""
