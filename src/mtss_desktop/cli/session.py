"""How a command gets at its database: where it is, its passphrase, for reading or for writing."""

from __future__ import annotations

import argparse
import getpass
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mtss_desktop.app import opening
from mtss_desktop.app.opening import FileInUse, Holder, Location
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress, ProgressState
from mtss_desktop.cli.main import Usage

APP = "mtss"


def location(args: argparse.Namespace) -> Location:
    if not args.db:
        raise Usage("name the database with --db FILE.")
    return opening.location_of(args.db)


def given_passphrase(args: argparse.Namespace) -> str | None:
    """From ``--passphrase-file`` or ``MTSS_PASSPHRASE``; None where neither is given."""
    if args.passphrase_file:
        return _first_line(Path(args.passphrase_file))
    return os.environ.get("MTSS_PASSPHRASE")


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(f"The passphrase file “{path.name}” cannot be read.") from None
    if not lines:
        raise UserError(f"The passphrase file “{path.name}” is empty.")
    return lines[0]


def passphrase_for(args: argparse.Namespace, place: Location) -> str | None:
    """None for a plain file. Asks where a person can answer. Raises ``UserError`` otherwise."""
    if not opening.needs_passphrase(place):
        return None
    given = given_passphrase(args)
    return given if given is not None else asked(f"Passphrase of {place.name}: ")


def asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise UserError("The file is encrypted.", "Give its passphrase in MTSS_PASSPHRASE or with --passphrase-file.")
    return getpass.getpass(prompt)


@contextmanager
def writing(args: argparse.Namespace) -> Iterator[Workspace]:
    """Under the lock; says who holds the file where someone does."""
    place = location(args)
    opened = opening.open_workspace(
        place,
        passphrase=passphrase_for(args, place),
        wait=args.wait,
        careful=False,
        app=APP,
        waiting=_say_waiting,
    )
    with opened.workspace as workspace:
        _say_older(workspace)
        yield workspace


@contextmanager
def reading(args: argparse.Namespace) -> Iterator[Workspace]:
    """Works while someone else has the file open."""
    place = location(args)
    opened = opening.open_workspace(place, passphrase=passphrase_for(args, place), read_only=True, app=APP)
    with opened.workspace as workspace:
        _say_older(workspace)
        yield workspace


@contextmanager
def writing_if_free(args: argparse.Namespace) -> Iterator[Workspace]:
    """For what is better done with the lock and can be done without it."""
    place = location(args)
    secret = passphrase_for(args, place)
    try:
        opened = opening.open_workspace(place, passphrase=secret, careful=False, app=APP)
    except FileInUse:
        opened = opening.open_workspace(place, passphrase=secret, read_only=True, app=APP)
    with opened.workspace as workspace:
        yield workspace


def _say_older(workspace: Workspace) -> None:
    """Beside the answer, not in it; ``mtss check --accept`` ends it."""
    older = workspace.older_than_seen()
    if older is not None:
        print(f"{workspace.words().say(older)} mtss check --accept ends this note.", file=sys.stderr)


def _say_waiting(holder: Holder | None) -> None:
    if sys.stderr.isatty():
        print(f"Waiting for {holder.shown() if holder else 'another program'} to close it.", file=sys.stderr)


@contextmanager
def stopped_between_steps(report: Callable[[ProgressState], None] | None = None) -> Iterator[Progress]:
    """A progress that Ctrl+C cancels, so that work ends where it can clean up: an interrupt in the middle of a statement leaves
    the database busy, and then nothing can be taken away. A second Ctrl+C interrupts at once.
    """
    progress = Progress(report)
    usual = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, usual)
        progress.cancel()

    signal.signal(signal.SIGINT, stop)
    try:
        yield progress
    finally:
        signal.signal(signal.SIGINT, usual)
