"""``mtss``: commands, options and exit codes. What a command needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module

from mtss_desktop import __version__
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.log import log, start_logging

DONE, USER_ERROR, USAGE, BUG = 0, 1, 2, 3
MODES = ("counts", "pseudonyms", "names")
Command = Callable[[argparse.Namespace], int | None]


class Parser(argparse.ArgumentParser):
    """Exact option names only: an abbreviation that works today would mean something else tomorrow."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]


def main(argv: Sequence[str] | None = None) -> int:
    """0 done, 1 something the person can mend, 2 usage, 3 a defect of this program. Says one line on stderr for 1 and 3."""
    _speak_utf8()
    parser = make_parser()
    try:
        given = sys.argv[1:] if argv is None else list(argv)
        if not all(map(_is_text, given)):
            return _say("A word of this command is not text in UTF-8. Type it again, or use a console in UTF-8.", USAGE)
        args, rest = parser.parse_known_args(given)
        if args.command is None:
            if rest:
                parser.error(f"not known here: {' '.join(rest)}")
            parser.print_help()
            return DONE
        if rest and not args.takes_more:
            args.parser.error(f"not known here: {' '.join(rest)}")
    except SystemExit as end:
        return int(end.code or 0)
    args.rest = rest
    return _run(args)


def _run(args: argparse.Namespace) -> int:
    start_logging()
    module, name = args.handler
    try:
        command: Command = getattr(import_module(f"mtss_desktop.cli.{module}"), name)
        return _answered(command(args) or DONE)
    except Usage as error:
        return _say(f"mtss {args.command}: {error}", USAGE)
    except UserError as error:
        return _say(str(error), USER_ERROR)
    except (Cancelled, KeyboardInterrupt):
        return _say("Stopped. What was not finished is as it was before.", USER_ERROR)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has left
        return DONE
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _defect(args, error)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _say("The answer could not be written: the disk is full. Make room, then ask again.", USER_ERROR)
    except Exception as error:  # noqa: BLE001  (whatever else is raised is a defect, and is said so)
        return _defect(args, error)


def _answered(code: int) -> int:
    sys.stdout.flush()  # while trouble with it can still be said
    return code


def _defect(args: argparse.Namespace, error: Exception) -> int:
    frames = "".join(traceback.format_tb(error.__traceback__))
    log("cli").error("%s failed with %s\n%s", args.command, type(error).__name__, frames)  # its text may hold names
    return _say(f"Something went wrong in “mtss {args.command}”; its details are in this program's log.", BUG)


def _is_text(word: str) -> bool:
    """Bytes of another encoding come from the system as lone surrogates, which no database keeps."""
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in word)


def _seconds(text: str) -> float:
    found = float(text)
    if not 0 <= found < 1e9:
        raise ValueError(text)
    return found


class Usage(Exception):
    """The command was not written as it should be."""


def _say(sentence: str, code: int) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """A console of another encoding gets what it cannot show as escapes, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


# The commands ---------------------------------------------------------------------------------------------------------------


def make_parser() -> Parser:
    parser = Parser(prog="mtss", description="MTSS Desktop in the terminal, under the same lock as the window.")
    parser.add_argument("--version", action="version", version=f"mtss {__version__}")
    parser.set_defaults(takes_more=False)
    _common(parser, first=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _databases(commands)
    _files(commands)
    _acts(commands)
    _papers(commands)
    _packs(commands)
    return parser


def _common(parser: Parser, *, first: bool = False) -> None:
    """The same options before and after the command's name."""

    def default(value: object) -> object:
        return value if first else argparse.SUPPRESS

    parser.add_argument(
        "--db", metavar="FILE|URL", default=default(None), help="the database: a file, or postgresql://…"
    )
    parser.add_argument("--json", action="store_true", default=default(False), help="answer in JSON")
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=default(None),
        help="its first line; else MTSS_PASSPHRASE or a prompt",
    )
    parser.add_argument(
        "--wait", metavar="S", type=_seconds, default=default(0.0), help="wait that many seconds for a file in use"
    )


Commands = argparse._SubParsersAction  # noqa: SLF001  (argparse gives the type no public name)


def _command(commands: Commands[Parser], name: str, handler: tuple[str, str], summary: str) -> Parser:
    parser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(handler=handler, parser=parser)
    _common(parser)
    return parser


def _databases(commands: Commands[Parser]) -> None:
    demo = _command(commands, "demo", ("papers", "demo"), "make the sample division with its papers")
    demo.add_argument("--out", metavar="DIR", default="demo", help="the folder for them (demo)")
    new = _command(commands, "new", ("databases", "new"), "make a new database, encrypted unless --plain")
    new.add_argument("--plain", action="store_true", help="without encryption")
    new.add_argument(
        "--sample", action="store_true", help="the sample division; its own passphrase unless one is given"
    )
    new.add_argument("--mode", choices=MODES, help="how much of a student it keeps")
    new.add_argument("--division", metavar="NAME", help="the division's name")
    new.add_argument("--year", metavar="YYYY", type=int, default=0, help="the year its first school year begins in")
    new.add_argument("--school", metavar="NAME", action="append", default=[], help="a school; may be given again")
    check = _command(commands, "check", ("databases", "check"), "is everything as it was written?")
    check.add_argument("--thorough", action="store_true", help="read every index entry too")
    check.add_argument(
        "--accept", action="store_true", help="an older copy was put back on purpose: use it from here on"
    )
    backup = _command(commands, "backup", ("databases", "backup"), "a copy that is proven good")
    backup.add_argument("--to", metavar="PATH", help="a file or folder instead of the program's own")
    backup.add_argument("--list", action="store_true", help="the copies there are, newest first")
    restore = _command(commands, "restore", ("databases", "restore"), "put a backup in the database's place")
    restore.add_argument("file", metavar="FILE", help="the backup; what it replaces is kept")


def _files(commands: Commands[Parser]) -> None:
    read = _command(commands, "import", ("files", "import_"), "bring files in, or say what they would bring")
    read.add_argument("files", metavar="FILE", nargs="+")
    read.add_argument("--profile", metavar="P", default="", help="the layout, where it cannot be told")
    read.add_argument("--mode", choices=MODES, help="how much of a student is kept")
    read.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
    read.add_argument("--explain", action="store_true", help="say how each file is read and understood; no database")
    read.add_argument(
        "--sheet", metavar="NAME", default="", help="only this sheet of a workbook, by its name or number"
    )
    read.add_argument("--layout", metavar="FILE", default="", help="where the columns of a fixed-width file stand")
    read.add_argument(
        "--answer",
        metavar="WHAT=IT",
        action="append",
        default=[],
        help="date_order=mdy, decimal=comma, encoding=cp1253, year=2025, window=Fall: what a file does not tell; may be given again",
    )
    read.add_argument("--complete", action="store_true", help="the file is complete: what it lacks is gone")
    imports = _command(commands, "imports", ("files", "imports"), "receipts; take an import back whole")
    imports.add_argument("act", choices=("list", "undo"))
    imports.add_argument("id", metavar="ID", nargs="?", help="the import to take back")


def _acts(commands: Commands[Parser]) -> None:
    ask = _command(commands, "ask", ("acts", "ask"), "ask any question")
    do = _command(commands, "do", ("acts", "do"), "do anything the window can do")
    for parser in (ask, do):
        parser.add_argument("name", metavar="NAME", nargs="?", help="topic.verb, as in --list")
        parser.add_argument("values", metavar="…", nargs="*", help="--name value, as in --list NAME")
        parser.add_argument("--list", action="store_true", help="what there is; with NAME its arguments")
        parser.set_defaults(takes_more=True)
    _command(commands, "undo", ("acts", "undo"), "take the last act back")
    _command(commands, "redo", ("acts", "redo"), "do again what was taken back")
    history = _command(commands, "history", ("acts", "history"), "what was done, newest first")
    history.add_argument("--limit", metavar="N", type=int, default=50)


def _papers(commands: Commands[Parser]) -> None:
    paper = _command(commands, "print", ("papers", "print_"), "write a document as PDF")
    paper.add_argument("document", metavar="DOC", nargs="?", help="a name of --list")
    paper.add_argument("--list", action="store_true", help="the documents there are")
    paper.add_argument("--all", action="store_true", help="every document once, into --out DIR")
    paper.add_argument("--out", metavar="PATH", help="X.pdf, or a folder with --all")
    for name in ("team", "meeting", "school", "student"):
        paper.add_argument(f"--{name}", metavar="ID|NAME", default="")
    paper.add_argument("--instrument", metavar="KEY", default="", help="as mtss ask instruments.shipped lists them")
    paper.add_argument("--rating", metavar="ID", default="", help="one time an instrument was rated")
    paper.add_argument("--from", dest="first", metavar="DATE", default="", help="first day of the period")
    paper.add_argument("--to", dest="last", metavar="DATE", default="", help="last day of the period")
    paper.add_argument("--audience", choices=("internal", "public"), default="internal")
    paper.add_argument("--paper", metavar="SIZE", default="", help="letter, letter_landscape, legal, tabloid or a4")
    paper.add_argument("--without", metavar="PART,…", default="", help="leave parts of the packet out: notes,screening")
    paper.add_argument("--large", action="store_true", help="large print")
    paper.add_argument("--one-sided", action="store_true", help="for paper that is printed on the front only")
    _command(commands, "self-check", ("papers", "self_check"), "open everything once")


def _packs(commands: Commands[Parser]) -> None:
    packs = _command(
        commands, "packs", ("packs", "packs"), "for authors: read instruments and agendas, name what is wrong"
    )
    packs.add_argument("act", choices=("check",))
    packs.add_argument("folder", metavar="FOLDER", help="a folder of packs, or one file")
    profiles = _command(
        commands, "profiles", ("profiles", "profiles"), "for authors: read an import profile, name what is wrong"
    )
    profiles.add_argument("act", choices=("check",))
    profiles.add_argument("file", metavar="FILE", help="a profile, or a folder of them")
    profiles.add_argument("examples", metavar="EXAMPLE", nargs="*", help="files it should fit")


if __name__ == "__main__":
    sys.exit(import_module("mtss_desktop.cli.main").main())  # not this second copy, whose ``Usage`` no command knows
