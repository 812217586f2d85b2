"""What the palette offers: acts, rooms and what the database holds, in a fixed order of groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction

from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.actions import ICON_NAME
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.palette import Entry
from mtss_desktop.usecases import search, teams
from mtss_desktop.usecases.search import Hit

if TYPE_CHECKING:
    from mtss_desktop.app.jobs import Jobs
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.ui.kit.actions import Action
    from mtss_desktop.ui.kit.pane import Pane
    from mtss_desktop.ui.undo_actions import UndoActions
    from mtss_desktop.ui.window_menus import WindowMenus


class Window(Protocol):
    """What the palette asks of the window it belongs to."""

    workspace: Workspace
    jobs: Jobs
    words: Words
    undo_actions: UndoActions
    menus: WindowMenus

    @property
    def kinds(self) -> Mapping[str, type[Pane]]: ...

    @property
    def scope(self) -> Scope: ...

    def acts(self) -> Sequence[Action]: ...

    def go_to(self, key: str, record_id: str = "") -> None: ...

    def use_scope(self, scope: Scope) -> None: ...


def window_entries(window: Window) -> Sequence[Entry]:
    """What the shown room can do, then the window, then the rooms."""
    words = window.words
    do, go = words("Do"), words("Go to")
    acts = [
        Entry(
            f"act:{act.key}",
            do,
            act.label,
            act.run,
            act.icon or "ph.caret-right",
            hint=act.shortcut,
            why_not=act.why_not(),
        )
        for act in window.acts()
        if act.in_palette
    ]
    undo = [_entry(act, do) for act in (window.undo_actions.undo, window.undo_actions.redo) if act.isEnabled()]
    rooms = [
        Entry(
            f"room:{kind.room.key}",
            go,
            kind.room.name,
            partial(window.go_to, kind.room.key),
            kind.room.icon,
            hint=kind.room.shortcut,
        )
        for kind in window.kinds.values()
    ]
    names = {kind.room.name for kind in window.kinds.values()}
    themes = list(window.menus.themes.values())
    looks = [
        _entry(act, do, "" if key == "system" else words("Theme: {name}").format(name=act.text()))
        for key, act in window.menus.themes.items()
    ]
    rest = [_entry(act, do) for act in window.menus.all if act.text() not in names and act not in themes]
    return [*acts, *undo, *rest, *looks, *rooms]


def _entry(act: QAction, group: str, title: str = "") -> Entry:
    keys = act.shortcuts()
    return Entry(
        f"menu:{act.text()}",
        group,
        title or act.text().replace("&&", "&").rstrip("…"),
        act.trigger,
        str(act.property(ICON_NAME) or "ph.caret-right"),
        hint=keys[0].toString() if keys else "",
    )


def found_entries(window: Window, text: str, then: Callable[[tuple[Entry, ...]], None]) -> None:
    """Teams, the teams of people, places, ratings, problems, actions and words in minutes, for the rooms there are."""

    def came(hits: tuple[Hit, ...]) -> None:
        ways = [hit for hit in hits if _ROOMS.get(hit.kind, "teams") in window.kinds]
        then(tuple(_hit(window, hit) for hit in ways))

    window.jobs.run(partial(_search, window.workspace, text), then=came, owner=window)


def _search(workspace: Workspace, text: str, _progress: Progress) -> tuple[Hit, ...]:
    hits = workspace.ask(search.find, text)
    people = {hit.record_id: hit for hit in hits if hit.kind == "person"}
    found = [hit for hit in hits if hit.kind in ("team", "organization")]
    for line in workspace.ask(teams.of_people, person_ids=tuple(people)):
        person = people[line.person_id]
        found.append(
            Hit("person", person.record_id + line.team_id, line.team_id, person.title, f"{line.team}, {line.place}")
        )
    order = list(_ROOMS)
    later = [hit for hit in hits if hit.kind in _ROOMS]
    return (*found, *sorted(later, key=lambda hit: order.index(hit.kind)))


_PLANS = ("problem", "goal", "cycle", "strategy", "action")
_ROOMS = {**dict.fromkeys(_PLANS, "plans"), "minutes_line": "meetings", "agenda_item": "meetings"}
_ROOMS |= dict.fromkeys(("administration", "rating", "evidence"), "lookfors")
_ICONS = {
    "team": "ph.users",
    "person": "ph.user",
    "problem": "ph.flag",
    "goal": "ph.target",
    "cycle": "ph.arrows-clockwise",
    "strategy": "ph.lightbulb",
    "action": "ph.check-square",
    "minutes_line": "ph.chat-text",
    "agenda_item": "ph.chat-text",
    "administration": "ph.checks",
    "rating": "ph.checks",
    "evidence": "ph.paperclip",
}


def _group(words: Words, kind: str) -> str:
    match kind:
        case "team":
            return words("Teams")
        case "problem" | "goal" | "cycle" | "strategy" | "action":
            return words("Plans")
        case "minutes_line" | "agenda_item":
            return words("Words in minutes")
        case "administration" | "rating" | "evidence":
            return words("Look-fors")
    return words("People and places")


def _hit(window: Window, hit: Hit) -> Entry:
    words: Words = window.words
    group = _group(words, hit.kind)
    icon = _ICONS.get(hit.kind, "ph.house-line")
    run = partial(window.go_to, _ROOMS.get(hit.kind, "teams"), hit.opens)
    if hit.kind in _PLANS:
        record = hit.record_id if hit.kind == "action" else f"{hit.kind}:{hit.record_id}"
        run = partial(window.go_to, "plans", record)
    if hit.kind == "organization":
        scope = window.scope
        run = partial(_only_place, window, Scope(scope.year_id, hit.record_id, scope.names))
    return Entry(f"{hit.kind}:{hit.record_id}", group, hit.title, run, icon, hit.context)


def _only_place(window: Window, scope: Scope) -> None:
    window.use_scope(scope)
    window.go_to("teams")
