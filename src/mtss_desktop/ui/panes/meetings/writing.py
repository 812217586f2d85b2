"""What happens to the lines of a running meeting: typed, entered, changed, turned, taken away; nothing typed is lost."""

from __future__ import annotations

from functools import partial
from itertools import count

from mtss_desktop.base.errors import Conflict, UserError
from mtss_desktop.base.words import said
from mtss_desktop.domain.meetings import AgendaItemId, LineKind
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.typed import Typed as Followed
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.meetings.entry import Typed
from mtss_desktop.ui.panes.meetings.live_host import LiveHost
from mtss_desktop.ui.panes.meetings.words import KINDS
from mtss_desktop.usecases import minutes, people
from mtss_desktop.usecases.live import LineShown

LINE_KEYS = (
    (LineKind.ACTION, "Line is an action", "Alt+A"),
    (LineKind.DECISION, "Line is a decision", "Alt+D"),
    (LineKind.PARKING_LOT, "Line goes to the parking lot", "Alt+P"),
    (LineKind.CELEBRATION, "Line is a celebration", "Alt+C"),
    (LineKind.NOTE, "Line is a note", "Alt+N"),
)


class Writing:
    """The lines of one page. The text of the entry line is in the typing file until the database has confirmed it."""

    def __init__(self, page: LiveHost, typing: TypingFile) -> None:
        self._page, self._typing = page, typing
        self._typed = Followed(page.entry.line, "", typing)
        self._editing: LineShown | None = None
        self._numbers = count(1)

    def begin(self, meeting_id: str) -> None:
        """Another meeting: its own text in the line."""
        page = self._page
        self._editing = None
        page.editing_note.hide()
        self._typed.key = f"minutes:{meeting_id}:entry"
        page.entry.empty()
        self._typed.stop_waiting()

    def leave(self) -> None:
        """What is being typed is kept at once, and where in it the caret stands."""
        line = self._page.entry.line
        if not self._page.meeting_id:
            return
        if line.text.strip():
            self._typed.flush()
            self._typing.keep_soon(self._caret_key, str(line.textCursor().position()))
        else:
            self._typing.forget_soon(self._caret_key)

    @property
    def _caret_key(self) -> str:
        return f"minutes:{self._page.meeting_id}:caret"

    def enter(self, typed: Typed) -> None:
        """The text waits in the typing file until the database has confirmed it; the line is free at once."""
        page = self._page
        if page.live is None:
            return
        if self._editing is not None:
            self._change(typed)
            return
        running = page.live.running
        item = running.id if running is not None else None
        key = self._waiting_key(typed.kind, typed.confidential, item)
        self._typing.keep_soon(key, typed.text)
        page.entry.empty()
        self._typed.forget()
        self._typing.forget_soon(self._caret_key)
        self.write(key, typed, item)

    def write(self, key: str, typed: Typed, item: AgendaItemId | None) -> None:
        """Into the minutes; ``key`` is where its text waits meanwhile."""
        page = self._page
        assert page.live is not None
        page.pane.do(
            minutes.write_line,
            then=lambda _done: self._typing.forget_soon(key),
            fail=partial(self._not_written, [key], typed),
            meeting_id=page.live.meeting.id,
            text=typed.text,
            kind=typed.kind,
            item_id=item,
            at=page.clock_now(),
            confidential=typed.confidential,
            owner_id=typed.owner_id,
        )

    def paste(self, texts: tuple[str, ...]) -> None:
        """Each a line of its own, in one step; they wait in the typing file like a line that was entered."""
        page = self._page
        if page.live is None or page.why_not():
            return
        if self._editing is not None:  # it stays the line that is changed
            page.entry.line.insertPlainText(" ".join(texts))
            return
        running = page.live.running
        item = running.id if running is not None else None
        kind, confidential = page.entry.line.kind, page.entry.confidential
        keys = [self._waiting_key(kind, confidential, item) for _ in texts]
        for key, text in zip(keys, texts, strict=True):
            self._typing.keep_soon(key, text)
        page.entry.empty()
        page.pane.do(
            minutes.write_lines,
            said=page.words.say(said("{n} lines pasted", n=len(texts))),
            then=lambda _done: self._forget(keys),
            fail=partial(self._not_written, keys, Typed(" ".join(texts), kind, confidential, None)),
            meeting_id=page.live.meeting.id,
            texts=texts,
            kind=kind,
            item_id=item,
            at=page.clock_now(),
            confidential=confidential,
        )

    def _forget(self, keys: list[str]) -> None:
        """The lines that waited under them stand elsewhere now."""
        for key in keys:
            self._typing.forget_soon(key)

    def _waiting_key(self, kind: LineKind | None, confidential: bool, item: AgendaItemId | None) -> str:
        """Where an entered line waits in the typing file; keys rise in the order of the lines."""
        page = self._page
        stamp = f"{page.now().timestamp():.3f}-{next(self._numbers):04}"
        return f"minutes:{page.meeting_id}:line:{stamp}:{kind.value if kind else ''}:{int(confidential)}:{item or ''}"

    def _not_written(self, keys: list[str], typed: Typed, error: Exception) -> None:
        """Back into the line where that is free; else it waits in the typing file."""
        page = self._page
        if isinstance(error, UserError) and not page.entry.line.text:
            page.entry.line.put(typed.text)
            page.entry.line.use_kind(typed.kind)
            page.entry.keep_confidential(typed.confidential)
            self._typed.flush()
            self._forget(keys)
        page.pane.failed(error)

    def edit(self, line: LineShown) -> None:
        """A line above comes back into the entry line; Enter writes it, Esc leaves it as it was."""
        page = self._page
        if page.why_not():
            return
        self._typed.flush()
        self._editing = line
        self._typed.key = f"minutes:{page.meeting_id}:edit:{line.id}"
        page.entry.empty()
        page.entry.line.put(line.text)
        at = page.words.time(line.at) if line.at is not None else page.words("this line")
        note = page.words("Changing the line of {time}. Enter keeps it, Esc leaves it as it was.")
        page.editing_note.setText(note.format(time=at))
        page.editing_note.show()
        page.to_entry()

    @property
    def editing(self) -> bool:
        return self._editing is not None

    def _change(self, typed: Typed) -> None:
        line = self._editing
        assert line is not None
        self._page.pane.do(
            minutes.change_line,
            fail=partial(self._not_changed, typed),
            line_id=line.id,
            text=typed.text,
            kind=typed.kind,
            owner_id=typed.owner_id,
        )
        self.stop_editing()

    def _not_changed(self, typed: Typed, error: Exception) -> None:
        """Somebody was there first: both texts stay, theirs in the minutes, ours in the line."""
        page = self._page
        if isinstance(error, UserError | Conflict) and not page.entry.line.text:
            page.entry.line.put(typed.text)
        page.pane.failed(error)

    def stop_editing(self) -> None:
        """The line is for new lines again."""
        page = self._page
        if self._editing is None:
            return
        self._typed.forget()
        self._editing = None
        page.entry.empty()
        self._typed.forget()
        self._typed.key = f"minutes:{page.meeting_id}:entry"
        page.editing_note.hide()
        page.to_entry()

    @property
    def chosen(self) -> LineShown | None:
        """The line above that the keys are meant for: the one under the cursor while the list has the focus."""
        page = self._page
        return page.lines.current if page.lines.hasFocus() else None

    def turn(self, kind: LineKind) -> None:
        """One key: the chosen line above, else the line being typed."""
        page = self._page
        line = self.chosen
        if line is None:
            page.entry.use_kind(kind)
            return
        if line.kind is not kind:
            told = page.words("Now: {kind}").format(kind=page.words(KINDS[kind][0]).lower())
            page.pane.do(minutes.turn_line, said=told, line_id=line.id, kind=kind)

    def turn_confidential(self) -> None:
        page = self._page
        line = self.chosen
        if line is None:
            page.entry.keep_confidential(not page.entry.confidential)
            return
        told = page.words("Open again") if line.confidential else page.words("Kept confidential")
        page.pane.do(minutes.keep_confidential, said=told, line_id=line.id, confidential=not line.confidential)

    def remove(self, line: LineShown) -> None:
        page = self._page
        if not page.why_not():
            page.pane.do(minutes.remove_line, said=page.words("Line removed"), line_id=line.id)

    def add_person(self, name: str) -> None:
        """Somebody new in the line: added to the place of the team, then the line knows them."""
        page = self._page
        assert page.live is not None
        first, _, last = name.rpartition(" ")
        page.pane.do(
            people.add,
            said=page.words("{name} added").format(name=name),
            first_name=first or last,
            last_name=last if first else "",
            place_id=page.live.team.organization_id,
        )
        page.to_entry()

    def bring_back(self, text: str, caret: str = "") -> None:
        """What was typed when the window closed or was locked, with the caret where it stood."""
        line = self._page.entry.line
        if text.strip() and not line.text.strip():
            line.put(text)
            self._typed.flush()  # it is in the typing file: entered at once, it is to be forgotten there
            if caret.isdigit():
                cursor = line.textCursor()
                cursor.setPosition(min(int(caret), len(line.text)))
                line.setTextCursor(cursor)

    def acts(self) -> tuple[Action, ...]:
        """Keys that turn the chosen line above, else the line being typed."""
        words, why_not = self._page.words, self._page.why_not
        kinds = tuple(
            Action(f"kind-{kind.value}", words(text), partial(self.turn, kind), "", keys, why_not=why_not)
            for kind, text, keys in LINE_KEYS
        )
        private = words("Keep line confidential")
        return (
            *kinds,
            Action("confidential", private, self.turn_confidential, "ph.lock-simple", "Alt+K", why_not=why_not),
        )


def typed_keys(key: str) -> tuple[LineKind | None, bool, str]:
    """Kind, confidential and agenda item out of the key under which an entered line waited."""
    *_, kind, confidential, item = key.split(":")
    return (LineKind(kind) if kind else None), confidential == "1", item
