"""Whatever is typed into a room is in the typing file within 100 ms, whoever made the field.

One of these stands at the window and follows each text editor that gets the focus, so that no new field can forget it.
Editors with a follower of their own (facts, minutes, forms that come back by themselves) are left alone, and so are
fields that only look for something. What a crash left behind comes back into its field: at once where the field can be
opened, otherwise when it gets the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.record_table import RecordTable
from mtss_desktop.ui.kit.typed import Editor, Typed, TypingFile, text_of

PREFIX, SECOND = "field", "##"
SETTLE = 200
"""Milliseconds between two looks whether what was entered has been written."""


def read_kept(workspace: Workspace, _progress: Progress) -> dict[str, str]:
    """Runs in a worker: what waits in the typing file for the fields of rooms."""
    return {each.key: each.text for each in workspace.typing.pending() if each.key.startswith(f"{PREFIX}:")}


class KeptEditors(QObject):
    """``busy`` says whether something is still being written. ``brought_back`` comes when a text stands in its field again."""

    brought_back = Signal()

    def __init__(self, window: QWidget, typing: TypingFile, busy: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._typing, self._busy = window, typing, busy
        self.waiting: dict[str, str] = {}
        self._numbers = count(1)
        self._entered: list[str] = []
        self._carried: set[str] = set()
        self._ended = False
        self._settle = QTimer(self)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._settled)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.focusChanged.connect(self._focus_changed)

    def end(self) -> None:
        """The window closes: what is typed stays where it is."""
        self._ended = True
        self._settle.stop()

    # -- following ----------------------------------------------------------------------------------------------------

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not self._ended and isinstance(new, QLineEdit | QPlainTextEdit) and self._window.isAncestorOf(new):
            self.follow(new)

    def follow(self, editor: Editor) -> None:
        key = key_of(editor)
        if not key:
            return
        follower = _follower_of(editor)
        if follower is None:
            follower = _Follower(editor, key, self._typing)
            follower.entered.connect(self._keep_entered)
            view = _view_of(editor)
            if view is not None and not view.property("kept-cells"):
                view.setProperty("kept-cells", "true")
                view.itemDelegate().closeEditor.connect(_cell_closed)
        elif follower.key != key:  # the field serves another record now
            follower.forget()
            follower.key = key
        QTimer.singleShot(0, follower, lambda: self._fill(editor, key))  # after the view has put its own text in

    def _keep_entered(self, key: str, text: str) -> None:
        """It left its field, and is on the way to the database: under a key of its own until it is there."""
        stash = f"{key}{SECOND}{next(self._numbers)}"
        self._typing.keep_soon(stash, text)
        self._entered.append(stash)
        self._settle.start()
        QTimer.singleShot(0, self, self._settled)  # after the act that emptied the field has asked for its writing

    def _settled(self) -> None:
        if self._busy():
            return
        self._settle.stop()
        for stash in self._entered:
            self._typing.forget_soon(stash)
        self._entered = []
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit | QPlainTextEdit) and self._window.isAncestorOf(focused):
            self._fill(focused, key_of(focused))

    # -- coming back --------------------------------------------------------------------------------------------------

    def know(self, waiting: dict[str, str]) -> None:
        """What the typing file holds from a run that did not end well."""
        self.waiting = {key: text for key, text in waiting.items() if text.strip()}

    def brings_back(self, editor: Editor) -> bool:
        """Whether what was typed there would stand in its field again if the room were made anew: the field was empty before,
        and can be opened."""
        follower, key = _follower_of(editor), key_of(editor)
        opens = callable(getattr(editor.parentWidget(), "open", None))
        return bool(key) and opens and follower is not None and follower.key == key and follower.began_empty

    def wait_for(self, editor: Editor) -> None:
        """The editor goes away; its text waits for the next one of its kind."""
        follower = _follower_of(editor)
        if follower is not None:
            follower.flush()
            self.waiting[follower.key] = text_of(editor)
            self._carried.add(follower.key)

    def waits_in(self, pane: Pane) -> bool:
        """Whether a room of this kind and record was taken down with text in it that has not come back yet."""
        return any(key.startswith(f"{_place(pane)}:") for key in self._carried & self.waiting.keys())

    def next_place(self) -> tuple[str, str] | None:
        """Room and record of the first text that waits."""
        if not self.waiting:
            return None
        _, room, record, _where = next(iter(self.waiting)).split(":", 3)
        return room, record.replace(";", ":")

    def bring_back(self, pane: Pane) -> None:
        """Opens the fields of this pane for which a text waits."""
        for key in list(self.waiting):
            if key in self.waiting:
                self._open(pane, key.partition(SECOND)[0])

    def _open(self, pane: Pane, key: str) -> None:
        for table in pane.findChildren(RecordTable):
            before = f"{_place(pane)}:{table.accessibleName()}>"
            row, _, column = key.removeprefix(before).rpartition(">")
            if key.startswith(before) and table.edit_cell(row, column):
                return
        for editor in _editors(pane):
            if key_of(editor) != key:
                continue
            parent = editor.parentWidget()
            opener = getattr(parent, "open", None)
            if not editor.isVisible() and callable(opener):
                opener()
            if editor.isVisible():
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                self.follow(editor)

    def _fill(self, editor: Editor, key: str) -> None:
        found = next((each for each in self.waiting if each.partition(SECOND)[0] == key), None)
        if found is None or not shiboken6.isValid(editor) or (_typed_into(editor) and _view_of(editor) is None):
            return
        text = self.waiting.pop(found)
        if text == text_of(editor):  # it was written in the last moment
            self._typing.forget_soon(found)
            return
        if isinstance(editor, QLineEdit):
            editor.setText(text)
        else:
            editor.setPlainText(text)
        follower = _follower_of(editor)
        if follower is not None:
            follower.flush()
        if found != key:
            self._typing.forget_soon(found)
        self.brought_back.emit()


class _Follower(Typed):
    """``entered`` carries key and text when the field was emptied: by Enter, by an act, or letter by letter."""

    entered = Signal(str, str)

    def __init__(self, editor: Editor, key: str, typing: TypingFile) -> None:
        super().__init__(editor, key, typing)
        self._last = text_of(editor)
        self.began_empty = not self._last

    def _changed(self, *_: object) -> None:
        text = text_of(self._editor)
        if text.strip():
            super()._changed()
        else:
            self.leave()
        self._last = text

    def leave(self) -> None:
        last, self._last = self._last, ""
        if last.strip() and (self._kept or self._soon.isActive()):
            self.entered.emit(self.key, last)
        self.forget()


def _cell_closed(editor: QWidget, *_: object) -> None:
    follower = _follower_of(editor)
    if follower is not None:
        follower.leave()


def _follower_of(editor: QWidget) -> _Follower | None:
    return editor.findChild(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly)


def key_of(editor: Editor) -> str:
    """Where a text belongs: room, record, and the field in it; "" for editors that are not kept here."""
    own = [each for each in editor.findChildren(Typed) if not isinstance(each, _Follower)]
    inside = editor.parentWidget()
    if own or editor.isReadOnly() or not getattr(editor, "kept", True):
        return ""
    if isinstance(inside, QAbstractSpinBox | QComboBox):
        return ""
    pane = _pane_of(editor)
    if pane is None:
        return ""
    view = _view_of(editor)
    if view is None:
        return f"{_place(pane)}:{_form_of(editor)}.{editor.accessibleName()}"
    if not isinstance(view, RecordTable):
        return ""
    return f"{_place(pane)}:{view.accessibleName()}>{'>'.join(view.edited_cell)}"


def _typed_into(editor: Editor) -> bool:
    """Whether somebody wrote there since the form put its own text in, which what waits takes the place of."""
    typed = editor.isModified() if isinstance(editor, QLineEdit) else editor.document().isModified()
    return typed and bool(text_of(editor))


def _place(pane: Pane) -> str:
    return f"{PREFIX}:{pane.room.key}:{pane.record_id.replace(':', ';')}"


def _pane_of(widget: QWidget) -> Pane | None:
    each: QWidget | None = widget
    while each is not None and not isinstance(each, Pane):
        each = each.parentWidget()
    return each


def _form_of(editor: QWidget) -> str:
    """The part of ours it stands in: two forms of a room may both ask for a name."""
    each = editor.parentWidget()
    while each is not None and ".panes." not in type(each).__module__:
        each = each.parentWidget()
    return type(each).__name__


def _view_of(editor: QWidget) -> QAbstractItemView | None:
    viewport = editor.parentWidget()
    view = viewport.parentWidget() if viewport is not None else None
    return view if isinstance(view, QAbstractItemView) and viewport is view.viewport() else None


def _editors(pane: Pane) -> list[Editor]:
    return [*pane.findChildren(QLineEdit), *pane.findChildren(QPlainTextEdit)]
