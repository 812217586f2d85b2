"""``mtss import`` and ``mtss imports``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH, Said, said
from mtss_desktop.cli import values
from mtss_desktop.cli.main import Usage
from mtss_desktop.cli.session import reading, writing
from mtss_desktop.domain.facts import ImportResult, Proposals, RowProblem, Verdict
from mtss_desktop.domain.files import ImportState, Mode
from mtss_desktop.importing.day_entries import ADD_NO_YEAR, ADD_YEAR
from mtss_desktop.importing.habits import CHOICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtss_desktop.importing.findings import FileQuestion
    from mtss_desktop.usecases.import_files import Delivery, Explained
    from mtss_desktop.usecases.import_plans import ImportPlan
    from mtss_desktop.usecases.imports import Receipt

_FREE = ("year", "window", "measure")
"""Questions that are answered by any word that fits; the others have their ``CHOICES``."""
_OF_WORDS = ("level:", "grade:", "attendance:", "marked:", "add_year:", "instrument:", "rated_on:", "support:")
"""Beginnings of questions about one word or year of a file, such as attendance:iss=present."""
_CHOICES = 4
"""Answers that are named one by one."""
_LOOKED_AT = 1_000
"""Waiting rows whose questions are said."""
_SHOWN = 10
"""Problems of a file that are said in sentences; ``--json`` has up to 1,000."""


def import_(args: argparse.Namespace) -> int:
    """One answer for each file, folder or ZIP; 1 where one of them could not be used."""
    if args.explain:
        return _explain(args)
    from mtss_desktop.usecases import import_files, places
    from mtss_desktop.usecases import imports as use

    with reading(args) if args.dry_run else writing(args) as workspace:
        found = import_files.prepare_all(
            args.files,
            today=workspace.ask(places.today),
            profile=args.profile,
            answers=_answers(args.answer),
            knowledge=workspace.ask(use.knowledge),
            sheet=args.sheet,
            layout=args.layout,
        )
        if args.complete:  # before anything is written
            for prepared in (table for each in found for table in each.prepared):
                use.only_alone(prepared)
        return max(_one(args, workspace, each) for each in found)


def _answers(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What a person tells about a file. Raises ``Usage`` for what nobody asks."""
    found = []
    for each in given:
        what, sign, it = each.partition("=")
        if not sign or not (what in (*CHOICES, *_FREE) or what.startswith(_OF_WORDS)):
            raise Usage(f"“{each}” answers nothing; write date_order=mdy, year=2025 or window=Fall.")
        if what in CHOICES and it not in CHOICES[what]:
            raise Usage(f"{what} is {' or '.join(CHOICES[what])}.")
        if what.startswith("add_year:") and it not in (ADD_YEAR, ADD_NO_YEAR):
            raise Usage(f"{what} is {ADD_YEAR} or {ADD_NO_YEAR}.")
        found.append((what, it))
    return tuple(found)


def _mode(args: argparse.Namespace) -> Mode | None:
    return Mode(args.mode) if args.mode else None


def _one(args: argparse.Namespace, workspace: Workspace, found: Delivery) -> int:
    from mtss_desktop.usecases import imports as use

    if found.unknown and not found.prepared and not found.nothing:
        return _say_unknown(args, found)
    results = []
    for prepared in found.prepared:
        plan: ImportPlan = workspace.ask(use.plan, prepared=prepared, mode=_mode(args))
        result = plan.result
        if not args.dry_run:
            result = workspace.do(use.apply, plan, complete=args.complete).value
        results.append(result)
        if not args.json:
            _say(args, result, plan)
    if args.json:
        print(values.to_json(_together(found, results)))
    else:
        for sentence in found.noted:
            print(sentence)
        for name, why in found.nothing:
            print(f"{name}: nothing to take. {why}")
    for name, error in found.unknown:
        print(_sentence(name, error), file=sys.stderr)
    return 0


def _together(found: Delivery, results: Sequence[ImportResult]) -> ImportResult:
    """One answer for a file or bundle: its tables' numbers added up."""
    wrong = tuple(RowProblem(0, "", name, str(error)) for name, error in found.unknown)
    if not results:
        why = tuple(RowProblem(0, "", name, sentence) for name, sentence in found.nothing)
        rows = found.rows
        profiles = ",".join(found.profiles)
        return ImportResult(found.name, "nothing to take", profiles, rows, skipped_rows=rows, problems=(*wrong, *why))
    if len(results) == 1:
        return replace(results[0], file=found.name, problems=(*wrong, *results[0].problems))

    def total(name: str) -> int:
        return sum(getattr(each, name) for each in results)

    numbers = {
        name: total(name)
        for name in ("rows", "new", "changed", "unchanged", "gone", "skipped_rows", "question_rows", "problem_rows")
    }
    return ImportResult(
        found.name,
        "recognized" if any(each.status == "recognized" for each in results) else "nothing to take",
        ",".join(dict.fromkeys(each.profile for each in results)),
        **numbers,
        proposals=Proposals(
            sum(each.proposals.students for each in results), sum(each.proposals.schools for each in results)
        ),
        problems=(*wrong, *(problem for each in results for problem in each.problems))[:1000],
        questions=tuple(problem for each in results for problem in each.questions)[:1000],
        import_id=",".join(each.import_id for each in results if each.import_id),
    )


def _say_unknown(args: argparse.Namespace, found: Delivery) -> int:
    if args.json:
        why = tuple(RowProblem(0, "", "", str(error)) for _, error in found.unknown)
        print(values.to_json(replace(ImportResult(found.name, "unknown", ""), problems=why)))
    if len(found.unknown) == 1:
        print(_sentence(*found.unknown[0]), file=sys.stderr)
        return 1
    names = ", ".join(name for name, _ in found.unknown[:_SHOWN])
    more = " and more" if len(found.unknown) > _SHOWN else ""
    print(f"{found.name}: none of its tables can be used ({names}{more}); --explain says why.", file=sys.stderr)
    return 1


def _sentence(name: str, error: UserError) -> str:
    sentence = str(error) if name in str(error) else f"{name}: {error}"
    return " ".join(sentence.split())


def _explain(args: argparse.Namespace) -> int:
    """Without a database: how each file is written and what its columns mean."""
    from mtss_desktop.usecases import import_files

    found = [
        each
        for file in args.files
        for each in import_files.explain(file, profile=args.profile, sheet=args.sheet, layout=args.layout)
    ]
    for each in found:
        if args.json:
            print(values.to_json(each))
        else:
            print("\n".join(_explained(each)))
    return int(any(each.trouble for each in found))


def _explained(each: Explained) -> list[str]:
    lines = [each.file]
    if each.kind:
        header = f"line {each.header_line}" if each.header_line else "none"
        if each.header_rows > 1:
            header += f", {each.header_rows} rows"
        lines += [
            f"  read as: {each.kind}, {each.encoding}" + (f", {each.delimiter}" if each.delimiter else ""),
            f"  header: {header}; {each.columns} columns",
        ]
    if each.profile:
        lines.append(f"  layout: {each.profile}, confidence {each.confidence:.2f}: {each.why}")
    elif each.candidates:
        nearest = ", ".join(f"{key} {confidence:.2f}" for key, confidence in each.candidates)
        lines.append(f"  layout: not known; nearest: {nearest}")
    lines += [f"  {sentence}" for sentence in each.noted]
    if each.trouble:
        lines.append(f"  {each.trouble}")
    if each.meanings:
        rows = [
            [
                f"  {column.column[:40]}",
                "never read" if column.column in each.never_read else column.means or "-",
                " · ".join(column.values),
            ]
            for column in each.meanings
        ]
        lines += values.columns(["  column", "means", "values"], rows)
    return lines


def _say(args: argparse.Namespace, result: ImportResult, plan: ImportPlan) -> None:
    for sentence in _sentences(result, plan, dry=args.dry_run, complete=args.complete):
        print(ENGLISH.say(sentence))
    asked = _row_questions(plan)
    for line in asked[:_SHOWN]:
        print(f"  {line}")
    if len(asked) > _SHOWN:
        print(ENGLISH.say(said("  and {n} more questions; --json has their rows.", n=len(asked) - _SHOWN)))
    for problem in result.problems[:_SHOWN]:
        where = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
        print(f"  {where}: {problem.message}")
    if len(result.problems) > _SHOWN:
        print(ENGLISH.say(said("  and {n} more; --json has them.", n=len(result.problems) - _SHOWN)))


def _question(asked: FileQuestion) -> str:
    """What a person has to tell, and how: only what the terminal takes as an answer has one."""
    return asked.text + _how(asked.key, asked.choices)


def _how(key: str, choices: Sequence[str], most: int = 0) -> str:
    if not (key in (*CHOICES, *_FREE) or key.startswith(_OF_WORDS)):
        return ""
    answers = [f"{key}={choice}" for choice in (choices[:most] if most else choices)]
    more = f" ({len(choices) - most} more)" if 0 < most < len(choices) else ""
    return f" Answer with --answer {' or '.join(repr(each) if ' ' in each else each for each in answers)}{more}."


def _row_questions(plan: ImportPlan) -> list[str]:
    """What the rows that wait ask, each question once with its first line."""
    found: dict[str, str] = {}
    whole = {each.key for each in plan.questions}
    for row in plan.rows(0, _LOOKED_AT, Verdict.QUESTION):
        key = row.question.key if row.question is not None else row.why
        if key in found or key in whole:
            continue
        how = _how(key, [each.value for each in row.question.choices], _CHOICES) if row.question is not None else ""
        why = row.why if row.why.endswith((".", "?")) else f"{row.why}."
        found[key] = f"line {row.line}: {why}{how}"
    return list(found.values())


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
    if plan.never_read:
        names = ", ".join(f"“{name}”" for name in plan.never_read[:_CHOICES])
        more = f" and {len(plan.never_read) - _CHOICES} more" if len(plan.never_read) > _CHOICES else ""
        found.append(f"Never read, since it looks like a password: {names}{more}.")
    found += plan.assumed
    found += [_question(each) for each in plan.questions]
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
        known = workspace.ask(use.receipts)
        chosen = [_chosen(known, wanted) for wanted in args.id.split(",") if wanted]
        for receipt in reversed(chosen):  # a bundle's tables, the last first
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
