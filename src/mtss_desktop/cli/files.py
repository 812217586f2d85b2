"""``mtss import`` and ``mtss imports``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import StorageError, UserError
from mtss_desktop.base.words import ENGLISH, Said, said
from mtss_desktop.cli import values
from mtss_desktop.cli.main import Usage
from mtss_desktop.cli.session import reading, writing
from mtss_desktop.domain.facts import ImportResult, RowProblem
from mtss_desktop.domain.files import ImportState, Mode

if TYPE_CHECKING:
    from mtss_desktop.usecases.import_plans import ImportPlan
    from mtss_desktop.usecases.imports import Receipt

_SHOWN = 10
"""Problems of a file that are said in sentences; ``--json`` has up to 1,000."""


def import_(args: argparse.Namespace) -> int:
    """One answer for each file; 1 where one of them could not be used."""
    with reading(args) if args.dry_run else writing(args) as workspace:
        return max(_one(args, workspace, file) for file in args.files)


def _mode(args: argparse.Namespace) -> Mode | None:
    return Mode(args.mode) if args.mode else None


def _one(args: argparse.Namespace, workspace: Workspace, file: str) -> int:
    from mtss_desktop.usecases import import_plans, imports, places

    today = workspace.ask(places.today)
    try:
        prepared = import_plans.prepare(
            file, today=today, profile=args.profile, knowledge=workspace.ask(imports.knowledge)
        )
    except StorageError:
        raise
    except UserError as error:
        return _say_unknown(args, Path(file).name, error)
    plan: ImportPlan = workspace.ask(imports.plan, prepared=prepared, mode=_mode(args))
    result = plan.result
    if not args.dry_run:
        result = workspace.do(imports.apply, plan, complete=args.complete).value
    _say(args, result, plan)
    return 0


def _say_unknown(args: argparse.Namespace, name: str, error: UserError) -> int:
    if args.json:
        why = RowProblem(0, "", "", str(error))
        print(values.to_json(replace(ImportResult(name, "unknown", ""), problems=(why,))))
    sentence = str(error) if name in str(error) else f"{name}: {error}"
    print(" ".join(sentence.split()), file=sys.stderr)
    return 1


def _say(args: argparse.Namespace, result: ImportResult, plan: ImportPlan) -> None:
    if args.json:
        print(values.to_json(result))
        return
    for sentence in _sentences(result, plan, dry=args.dry_run, complete=args.complete):
        print(ENGLISH.say(sentence))
    for problem in result.problems[:_SHOWN]:
        where = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
        print(f"  {where}: {problem.message}")
    if len(result.problems) > _SHOWN:
        print(ENGLISH.say(said("  and {n} more; --json has them.", n=len(result.problems) - _SHOWN)))


def _sentences(result: ImportResult, plan: ImportPlan, *, dry: bool, complete: bool) -> list[Said | str]:
    if result.status != "recognized":
        return [f"{result.file} ({result.profile}): nothing to take.", *plan.assumed]
    counts = (
        f"{result.file} ({result.profile}): {{new}} new, {{changed}} changed, {{gone}} gone, {{unchanged}} unchanged."
    )
    found: list[Said | str] = [
        said(counts, new=result.new, changed=result.changed, gone=result.gone, unchanged=result.unchanged)
    ]
    if result.gone and not complete:
        found.append("What is gone stays, unless the file is said to be --complete.")
    if result.proposals.students:
        found.append(_count("{n} new student.", "{n} new students.", result.proposals.students))
    if result.proposals.schools:
        found.append(_count("{n} new school.", "{n} new schools.", result.proposals.schools))
    found += plan.assumed
    if result.question_rows:
        rows = _count("{n} row is", "{n} rows are", result.question_rows)
        found.append(f"{ENGLISH.say(rows)} left out until a question is answered.")
    if result.problem_rows:
        rows = _count("{n} row has a problem and is", "{n} rows have a problem and are", result.problem_rows)
        found.append(f"{ENGLISH.say(rows)} left out.")
    if dry:
        found.append("Nothing was written.")
    elif result.import_id and result.import_id == plan.same_as:
        found.append("This very file was imported before; nothing was written.")
    elif result.import_id:
        found.append(f"Applied in mode {plan.mode.value}. To take it back: mtss imports undo {result.import_id}")
    else:
        found.append("There was nothing new to write.")
    return found


def _count(one: str, many: str, n: int) -> Said:
    return said(one, many=many, count="n", n=n)


# Receipts -----------------------------------------------------------------------------------------------------------------------


def imports(args: argparse.Namespace) -> None:
    if args.act == "list":
        return _list(args)
    if not args.id:
        raise Usage("name the import to take back; mtss imports list shows them.")
    return _undo(args)


def _list(args: argparse.Namespace) -> None:
    from mtss_desktop.usecases import imports as use

    with reading(args) as workspace:
        found = workspace.ask(use.receipts)
    if args.json:
        print(values.to_json(found))
        return
    rows = [
        [each.id, each.file_name, each.profile, str(each.rows), str(each.new), str(each.changed), _state(each)]
        for each in found
    ]
    names = ["id", "file", "profile", "rows", "new", "changed", "state"]
    print("\n".join(values.columns(names, rows)) if rows else "Nothing was imported yet.")


def _state(receipt: Receipt) -> str:
    return "taken back" if receipt.state is ImportState.TAKEN_BACK else "applied"


def _undo(args: argparse.Namespace) -> None:
    from mtss_desktop.usecases import imports as use

    with writing(args) as workspace:
        receipt = _chosen(workspace.ask(use.receipts), args.id)
        done = workspace.do(use.take_back, receipt.id)
    if args.json:
        print(values.to_json({"import_id": receipt.id, "file": receipt.file_name, "step": done.step}))
    else:
        print(f"Took back {receipt.file_name} (step {done.step}).")


def _chosen(found: tuple[Receipt, ...], wanted: str) -> Receipt:
    for receipt in found:
        if wanted in (receipt.id, str(receipt.key)):
            return receipt
    raise UserError(f"There is no import “{wanted}”.", "mtss imports list shows them with their ids.")
