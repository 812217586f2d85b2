"""What was typed into the form of a record and not saved: it waits for the time the form is opened for that record again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.typed import Typed, TypingFile, put_text, text_of

NEW = ""
"""Stands for the record that is not made yet."""


class Unsaved:
    """Follows the fields and choices of one form, under ``prefix:record:field`` in the typing file; a new record has no middle
    part. A choice that nothing is known of keeps what it stood on before something was chosen for another record."""

    def __init__(self, fields: Mapping[str, Field | Choice], typing: TypingFile, prefix: str) -> None:
        self._fields: dict[str, Field | Choice] = {}
        self._typing, self._prefix = typing, prefix
        self._typed: dict[str, Typed] = {}
        for name, field in fields.items():
            self.add(name, field)
        self._record = NEW
        self._known: dict[str, str] = {}
        self._waiting: dict[str, dict[str, str]] = {}
        self._stood: dict[str, str] = {}
        """What a field holds when nothing is known of it: a choice what it stood on before something was chosen."""
        self._chosen: frozenset[str] = frozenset()
        """Fields that still hold what was typed or chosen for the record that was left."""

    def add(self, name: str, field: Field | Choice) -> None:
        self._fields[name] = field
        self._typed[name] = Typed(field, self._key(NEW, name), self._typing)

    def take_up(self, typed: Mapping[str, str]) -> bool:
        """Puts back what is in the typing file of the new record, by field; True where a text was there: a choice alone, which may
        have been touched in passing, opens no form."""
        mine = {name: text for name in self._fields if (text := typed.get(self._key(NEW, name)))}
        for name, text in mine.items():
            self._typed[name].take_up(text)
        return self._has_text(mine)

    def _has_text(self, waiting: Iterable[str]) -> bool:
        """Whether one of these fields is one to type in, no choice."""
        return any(not isinstance(self._fields[name], Choice) for name in waiting)

    def _key(self, record: str, name: str) -> str:
        return f"{self._prefix}:{record}:{name}" if record else f"{self._prefix}:{name}"

    def know(self, typed: Mapping[str, str]) -> list[str]:
        """What an earlier evening left in the typing file; the records a text was typed for. What was only chosen waits too, until
        its form is opened."""
        for key, text in typed.items():
            rest = key.removeprefix(f"{self._prefix}:")
            record, _, name = rest.rpartition(":")
            if rest != key and name in self._fields:
                self._waiting.setdefault(record, {})[name] = text
        return [record for record, waiting in self._waiting.items() if self._has_text(waiting)]

    def serve(self, record: str, known: Mapping[str, str] | None = None) -> bool:
        """Another record stands in the form: what is known of it, and in its place what was typed; True where something was.

        What is known was not typed: to open a form puts nothing into the typing file."""
        self.keep()
        told = known or {}
        self._record = record
        waiting = self._waiting.pop(record, {})
        for name, field in self._fields.items():
            if name not in self._chosen or _lacks(field, self._stood.get(name, "")):
                self._stood[name] = _untold(field)
        self._known = {name: told.get(name, self._stood[name]) for name in self._fields}
        for name, field in self._fields.items():
            self._typed[name].serve(self._key(record, name))
            field.blockSignals(True)
            put_text(field, self._known[name])
            field.blockSignals(False)
            if name in waiting:
                self._typed[name].take_up(waiting[name])
        return any(text != self._known[name] for name, text in waiting.items())

    def keep(self) -> None:
        """The form is left: what was typed waits, in the typing file and for the next time."""
        self.flush()
        if not self._known:  # nothing was opened yet: what is known to wait goes on waiting
            return
        texts = {name: text_of(field) for name, field in self._fields.items()}
        unsaved = {name: text for name, text in texts.items() if text != self._known.get(name, text)}
        self._chosen = frozenset(unsaved)
        for name in self._known.keys() - unsaved.keys():
            self._typed[name].forget()
        if unsaved:
            self._waiting[self._record] = unsaved
        else:
            self._waiting.pop(self._record, None)

    def put_away(self) -> None:
        """Before other things are on offer in its choices: what stands there after that was not chosen for this record."""
        self.keep()
        self._known, self._chosen = {}, frozenset()

    def settle(self) -> None:
        """It is written, and what stands in the fields goes on standing there."""
        self._waiting.pop(self._record, None)
        self._known = {name: text_of(field) for name, field in self._fields.items()}
        for typed in self._typed.values():
            typed.forget()

    @property
    def has_some(self) -> bool:
        """Whether something was typed that is not known of the record: then the form opens again by itself."""
        typed = {name: text_of(field) for name, field in self._fields.items() if not isinstance(field, Choice)}
        return any(text != self._known.get(name, "") for name, text in typed.items())

    def flush(self) -> None:
        for typed in self._typed.values():
            typed.flush()

    def done(self) -> None:
        """It is written: the form is empty again."""
        self._waiting.pop(self._record, None)
        self._known, self._chosen = {}, frozenset()
        for name, field in self._fields.items():
            if isinstance(field, Field):
                field.clear()
            self._typed[name].forget()


def _untold(field: Field | Choice) -> str:
    """What a field holds when nothing is known of it: an empty one nothing, a choice what it stands on."""
    return text_of(field) if isinstance(field, Choice) else ""


def _lacks(field: Field | Choice, value: str) -> bool:
    """Whether a choice has other things on offer by now."""
    return isinstance(field, Choice) and field.findData(value) < 0
