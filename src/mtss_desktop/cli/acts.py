"""``mtss ask``, ``do``, ``undo``, ``redo``, ``history``."""

from __future__ import annotations

import argparse
import inspect
from typing import Any

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.cli import values
from mtss_desktop.cli.main import Usage
from mtss_desktop.cli.session import reading, writing
from mtss_desktop.usecases import known
from mtss_desktop.usecases.use_case import Described, by_name, registry

_SHOWN = 40
"""Letters of an id that are said back: all of a real one."""
_ALL = 2**31 - 1
"""More steps than any history has, and what every database takes."""


def ask(args: argparse.Namespace) -> None:
    """Works while the window has the file open."""
    if args.list or not args.name:
        return _list(args, writes=False)
    about = _described(args.name, writes=False)
    given = values.arguments(_typed(about), (*args.values, *args.rest))
    with reading(args) as workspace:
        _refuse_unknown(workspace, about, given)
        answer = workspace.ask(about.function, **given)
        words = workspace.words()
    if args.json:
        print(values.to_json(answer, words))
    else:
        print("\n".join(values.lines(answer, words)))
    return None


def do(args: argparse.Namespace) -> None:
    """One transaction and one step, like every act in the window."""
    if args.list or not args.name:
        return _list(args, writes=True)
    about = _described(args.name, writes=True)
    _refuse_untypable(about)
    given = values.arguments(_typed(about), (*args.values, *args.rest))
    with writing(args) as workspace:
        _refuse_unknown(workspace, about, given)
        done = workspace.do(about.function, **given)
        _say_done(args, about.label, done, workspace)
    return None


def _refuse_unknown(workspace: Workspace, about: Described, given: dict[str, Any]) -> None:
    """An id that names nothing is a slip of the hand. Raises ``UserError``: a list about nothing would answer "Nothing."."""
    if about.function is known.there:
        return
    for argument, value in given.items():
        for kind, record_id in values.ids(argument, value, about.parameters[argument].annotation, known.kind_of):
            if not workspace.ask(known.there, kind, record_id):
                listed = known.listed_by(kind)
                hint = f"mtss ask {listed} shows them." if listed else "Check the id."
                raise UserError(f"There is no {ENGLISH.say(known.spoken(kind))} “{record_id[:_SHOWN]}”.", hint)


def _described(name: str, *, writes: bool) -> Described:
    about = by_name(name)
    if about.writes != writes:
        raise UserError(f"“{name}” is {'something to do' if about.writes else 'a question'}.",
                        f"Write: mtss {'do' if about.writes else 'ask'} {name}")  # fmt: skip
    return about


def _refuse_untypable(about: Described) -> None:
    held = [
        name
        for name, each in about.parameters.items()
        if each.default is each.empty and not values.can_be_typed(each.annotation)
    ]
    if held:
        command = f"mtss {about.name.partition('.')[0].removesuffix('s')}"
        raise UserError(f"“{about.name}” takes a {held[0]} that cannot be typed.", f"Write: {command}")


def _typed(about: Described) -> dict[str, inspect.Parameter]:
    """The arguments a person can type: all but who watches its progress and what only a program can hold."""
    return {name: each for name, each in about.parameters.items() if values.can_be_typed(each.annotation)}


def _say_done(args: argparse.Namespace, label: str, done: Done[Any], workspace: Workspace) -> None:
    if args.json:
        touched = sorted([str(topic), record_id] for topic, record_id in done.changes.touched)
        print(values.to_json({"value": done.value, "step": done.step, "label": done.changes.label, "touched": touched}))
        return
    words = workspace.words()
    print(f"{done.changes.label or label}: done (step {done.step})." if done.step else f"{label}: nothing changed.")
    if done.value is not None:
        print("\n".join(values.lines(done.value, words)))


def _list(args: argparse.Namespace, *, writes: bool) -> None:
    if args.name:
        return _show(args, by_name(args.name))
    found = [about for about in registry().values() if about.writes == writes]
    if args.json:
        print(values.to_json([_as_plain(about) for about in found]))
    else:
        print("\n".join(values.columns(["name", "what"], [[about.name, about.label] for about in found])))
    return None


def _show(args: argparse.Namespace, about: Described) -> None:
    if args.json:
        print(values.to_json(_as_plain(about)))
    else:
        print("\n".join((f"{about.name}: {about.summary}", *values.usage(_typed(about)))))


def _as_plain(about: Described) -> dict[str, Any]:
    return {
        "name": about.name,
        "label": about.label,
        "summary": about.summary,
        "writes": about.writes,
        "needs": about.needs,
        "undoable": about.undoable,
        "arguments": {
            name: {"takes": line.partition("  ")[2], "needed": each.default is each.empty}
            for (name, each), line in zip(_typed(about).items(), values.usage(_typed(about)), strict=True)
        },
    }


def undo(args: argparse.Namespace) -> None:
    with writing(args) as workspace:
        _say_turned(args, "Undone", workspace.undo())


def redo(args: argparse.Namespace) -> None:
    with writing(args) as workspace:
        _say_turned(args, "Done again", workspace.redo())


def _say_turned(args: argparse.Namespace, what: str, done: Done[None]) -> None:
    if args.json:
        print(values.to_json({"step": done.step, "label": done.changes.label}))
    else:
        print(f"{what}: {done.changes.label} (step {done.step}).")


def history(args: argparse.Namespace) -> None:
    """Newest first."""
    if args.limit < 1:
        raise Usage("--limit takes a number from 1 on.")
    with reading(args) as workspace:
        found = workspace.history(min(args.limit, _ALL))
        words = workspace.words()
    if args.json:
        print(values.to_json(found, words))
        return
    rows = [
        [str(each.seq), words.write(each.at.astimezone()), each.kind, each.label + (" (undone)" if each.undone else "")]
        for each in found
    ]
    print("\n".join(values.columns(["step", "when", "kind", "what"], rows)) if rows else "Nothing was done yet.")
