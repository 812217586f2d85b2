"""``mtss print``, ``demo`` and ``self-check``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.base.paths import with_ending
from mtss_desktop.base.progress import ProgressState
from mtss_desktop.cli import values
from mtss_desktop.cli.main import Usage
from mtss_desktop.cli.session import reading, stopped_between_steps

if TYPE_CHECKING:
    from mtss_desktop.usecases.papers import PaperKind, Scope

_TAKEN = {
    "team": ("team",),
    "meeting": ("meeting",),
    "school": ("school",),
    "period": ("first", "last"),
    "student": ("student",),
    "instrument": ("instrument",),
    "rating": ("rating",),
}
_LANDSCAPE = {"legal": "legal_landscape", "tabloid": "tabloid_landscape"}
"""The large sizes hold matrices and charts, which lie on their side."""
_OPTIONS = {"first": "from", "last": "to"}


def print_(args: argparse.Namespace) -> None:
    """Works while the window has the file open."""
    if args.list:
        return _list(args)
    if bool(args.document) == args.all:
        raise Usage("name one document, or give --all; --list says which there are.")
    if not args.out:
        raise Usage("say where with --out.")
    with reading(args) as workspace:
        if args.all:
            _print_all(args, workspace)
        else:
            _print_one(args, workspace)
    return None


def _list(args: argparse.Namespace) -> None:
    from mtss_desktop.usecases import papers

    kinds = papers.kinds()
    if args.json:
        print(values.to_json(kinds))
        return
    rows = [[kind.name, kind.title, ", ".join(str(each) for each in kind.takes)] for kind in kinds]
    print("\n".join(values.columns(["name", "title", "takes"], rows)))


def _print_one(args: argparse.Namespace, workspace: Workspace) -> None:
    from mtss_desktop.app import printing

    kind = _kind(args.document)
    for need, options in _TAKEN.items():
        given = next((option for option in options if getattr(args, option)), "")
        if given and need not in kind.takes:
            raise UserError(f"{kind.title} takes no --{_OPTIONS.get(given, given)}.", "Leave it out.")
    target = with_ending(Path(args.out).absolute(), ".pdf")
    if not target.parent.is_dir():
        raise UserError(f"There is no folder “{target.parent}”.", "Make it first, or choose another one.")
    result = printing.write(workspace, kind.name, target, _scope(args, workspace))
    _say(args, kind, result)


def _print_all(args: argparse.Namespace, workspace: Workspace) -> None:
    from mtss_desktop.app import printing

    nothing = None
    made = 0
    for kind, result in printing.write_all(workspace, Path(args.out).absolute(), _scope(args, workspace)):
        if isinstance(result, UserError):
            nothing = nothing or result
            _say_none(args, kind, result)
        else:
            made += 1
            _say(args, kind, result)
    if nothing is not None and not made:
        raise nothing


def _say_none(args: argparse.Namespace, kind: PaperKind, why: UserError) -> None:
    """A document without content yet does not keep the others from being made."""
    if args.json:
        print(values.to_json({"document": kind.name, "file": None, "why": str(why)}))
    else:
        print(f"{kind.title}: not made. {why}")


def _say(args: argparse.Namespace, kind: PaperKind, result: Any) -> None:
    if args.json:
        file = str(result.path)
        print(values.to_json({"document": kind.name, "file": file, "pages": result.pages, "bytes": result.size}))
    else:
        print(f"{kind.title}: {result.path} ({result.pages} {'page' if result.pages == 1 else 'pages'}).")


def _kind(name: str) -> PaperKind:
    from mtss_desktop.usecases import papers

    found = papers.kinds()
    for kind in found:
        if kind.name == name:
            return kind
    raise UserError(f"There is no document “{name}”.", f"Choose one of: {', '.join(kind.name for kind in found)}.")


def _scope(args: argparse.Namespace, workspace: Workspace) -> Scope:
    from mtss_desktop.documents.blocks import Audience, Paper
    from mtss_desktop.usecases.papers import Scope

    return Scope(
        team=_team(workspace, args.team),
        meeting=args.meeting or None,
        school=_school(workspace, args.school),
        student=_student(args.student),
        instrument=args.instrument,
        rating=args.rating or None,
        first=_day(args.first, "--from"),
        last=_day(args.last, "--to"),
        audience=Audience.PUBLIC if args.audience == "public" else Audience.TEAM,
        paper=values.choice(Paper, _LANDSCAPE.get(args.paper, args.paper), "--paper") if args.paper else None,
        large_print=args.large,
        without=tuple(part.strip() for part in args.without.split(",") if part.strip()),
        one_sided=args.one_sided,
    )


def _student(wanted: str) -> int | None:
    """The number that stands for a student: 0417, or "Student 0417"."""
    if not wanted:
        return None
    digits = wanted.casefold().removeprefix("student").strip()
    if not digits.isdecimal():
        raise UserError(f"“{wanted}” is no student's number.", "Type it as 0417.")
    return int(digits)


def _team(workspace: Workspace, wanted: str) -> Any:
    """By its name, with its school's where several schools have such a team ("Holcomb Tier 1 team")."""
    from mtss_desktop.usecases import places, teams

    short = {place.id: place.short_name for place in workspace.ask(places.places)}
    known = [
        (team.id, (team.name, f"{team.place} {team.name}", f"{short.get(team.place_id, '')} {team.name}"))
        for team in workspace.ask(teams.cards)
    ]
    return _found(wanted, known, "team")


def _school(workspace: Workspace, wanted: str) -> Any:
    from mtss_desktop.usecases import places

    found = workspace.ask(places.places)
    return _found(wanted, [(place.id, (place.name, place.short_name)) for place in found], "school")


def _found(wanted: str, known: Sequence[tuple[Any, tuple[str, ...]]], what: str) -> Any:
    """An id, or the one thing of that name; several of a name need the id."""
    if not wanted:
        return None
    matching = [each for each, names in known if wanted == each or fold(wanted) in {fold(name) for name in names}]
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise UserError(f"{len(matching)} {what}s are called “{wanted}”.", "Give the id of one of them.")
    raise UserError(f"There is no {what} “{wanted}”.", "Give its name or its id.")


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return values.read_date(text)
    except ValueError:
        raise UserError(f"{option} takes a date like 2026-02-12; “{text}” is none.") from None


# The sample and the self-check ----------------------------------------------------------------------------------------------


def demo(args: argparse.Namespace) -> None:
    from mtss_desktop.app import demo as sample

    with stopped_between_steps(_show_progress) as progress:
        made = sample.make_demo(Path(args.out).absolute(), progress)
    if args.json:
        print(values.to_json(made))
    else:
        print("\n".join(made.lines))


def _show_progress(state: ProgressState) -> None:
    """One line that is written over, where a person watches."""
    if sys.stderr.isatty():
        share = f" {state.done}/{state.total}" if state.total else ""
        print(f"\r\033[K{state.what}{share}", end="", file=sys.stderr, flush=True)


def self_check(args: argparse.Namespace) -> int:
    """1 where a part does not work here; each part says so on its own line."""
    from mtss_desktop.app import self_check as check

    found = check.run()
    if args.json:
        print(values.to_json(found))
    else:
        print("\n".join(f"{'well' if part.well else 'NOT WELL'}  {part.name}: {part.detail}" for part in found))
    return 0 if all(part.well for part in found) else 1
