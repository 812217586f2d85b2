"""``mtss new``, ``check``, ``backup``, ``restore``."""

from __future__ import annotations

import argparse
from pathlib import Path

from mtss_desktop.app import opening, safekeeping
from mtss_desktop.app.opening import FirstFacts
from mtss_desktop.base.errors import UserError
from mtss_desktop.cli import values
from mtss_desktop.cli.main import Usage
from mtss_desktop.cli.session import (
    APP,
    asked,
    given_passphrase,
    location,
    passphrase_for,
    reading,
    stopped_between_steps,
    writing_if_free,
)
from mtss_desktop.domain.files import Mode
from mtss_desktop.usecases import places
from mtss_desktop.usecases.places import NewSchool


def new(args: argparse.Namespace) -> None:
    if args.sample:
        return _new_sample(args)
    place = location(args)
    facts = FirstFacts(args.division or "Our division", args.year, tuple(NewSchool(name) for name in args.school))
    opened = opening.create(
        place, passphrase=None if args.plain or place.is_server else _new_passphrase(args), first=facts, app=APP
    )
    with opened.workspace as workspace:
        if args.mode:
            workspace.do(places.set_mode, mode=Mode(args.mode))
        made, encrypted = workspace.location.shown(), workspace.encrypted
        notices = [workspace.words().say(notice) for notice in opened.notices]
    _say_new(args, made, encrypted=encrypted, notices=notices)
    return None


def _new_sample(args: argparse.Namespace) -> None:
    from mtss_desktop.app import demo

    if args.mode not in (None, "names"):
        raise Usage("the sample division is kept with names.")
    place = location(args)
    secret = "" if args.plain else given_passphrase(args)
    with (
        stopped_between_steps() as progress,
        demo.make_sample(place.file, secret=secret, progress=progress) as workspace,
    ):
        made = workspace.location.shown()
    notices = [f"Its passphrase is: {demo.passphrase()}"] if secret is None else []
    _say_new(args, made, encrypted=secret != "", notices=notices)


def _say_new(args: argparse.Namespace, path: str, *, encrypted: bool, notices: list[str]) -> None:
    if args.json:
        print(values.to_json({"database": path, "encrypted": encrypted, "notices": notices}))
    else:
        how = ", encrypted" if encrypted else "" if "://" in path else ", not encrypted"
        print("\n".join((f"Made {path}{how}.", *notices)))


def _new_passphrase(args: argparse.Namespace) -> str:
    given = given_passphrase(args)
    if given is not None:
        return given
    typed = asked("New passphrase: ")
    if asked("Once more: ") != typed:
        raise UserError("The two passphrases differ.", "Try again.")
    return typed


def check(args: argparse.Namespace) -> int:
    """1 where something is not as it should be; what it is stands on stdout."""
    with writing_if_free(args) as workspace:
        if args.accept:
            workspace.accept_as_it_is()
        found = safekeeping.check(workspace, thorough=args.thorough)
        words = workspace.words()
    problems = [words.say(problem) for problem in found.problems]
    if args.json:
        print(values.to_json({"well": found.is_well, "damaged": found.damaged, "problems": problems,
                              "pages": found.pages, "seconds": round(found.seconds, 3)}))  # fmt: skip
    else:
        print("\n".join((words.say(found.sentence()), *problems)))
    return 0 if found.is_well else 1


def backup(args: argparse.Namespace) -> None:
    """Works while the window has the file open."""
    if args.list:
        return _list_backups(args)
    with reading(args) as workspace:
        made = safekeeping.back_up(workspace, Path(args.to).absolute() if args.to else None)
    if args.json:
        print(values.to_json({"backup": str(made.path), "bytes": made.size, "made_at": made.made_at}))
    else:
        print(f"Backed up and checked: {made.path} ({made.size / 1_000_000:,.1f} MB).")
    return None


def _list_backups(args: argparse.Namespace) -> None:
    found = safekeeping.backups_of(location(args))
    if args.json:
        print(values.to_json([{"backup": str(each.path), "made_at": each.made_at, "reason": each.reason,
                               "bytes": each.size} for each in found]))  # fmt: skip
        return
    rows = [[values.lines(each.made_at.astimezone())[0], each.reason, str(each.path)] for each in found]
    print("\n".join(values.columns(["made", "reason", "file"], rows)) if rows else "There is no backup yet.")


def restore(args: argparse.Namespace) -> None:
    place, backup_ = location(args), opening.at(Path(args.file).absolute())
    secret = passphrase_for(args, backup_)
    done = safekeeping.restore(place, backup_.file, passphrase=secret, wait=args.wait, app=APP)
    if args.json:
        print(values.to_json({"database": place.shown(), "restored": str(done.backup), "replaced": done.replaced}))
        return
    print(f"Restored {place.shown()} from {done.backup.name}.")
    if done.replaced is not None:
        print(f"What it replaced is kept: {done.replaced}")
