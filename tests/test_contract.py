"""The rules between rooms hold in the real tree, and every one of them can fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINT = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"

# One planted violation a line: the contract it breaks, the module that holds it, what that module imports.
PLANTS = [
    ("layers", "base/planted_upward.py", "mtss_desktop.domain"),
    ("layers", "documents/planted_neighbor.py", "mtss_desktop.importing"),
    ("layers", "stray/__init__.py", ""),
    ("window", "ui/planted_room.py", ""),
    ("window", "ui/kit/planted_kit.py", "mtss_desktop.ui.main_window"),
    ("window", "ui/window_menus.py", "mtss_desktop.ui.main_window"),
    ("window", "ui/dialogs/planted_dialog.py", "mtss_desktop.ui.panes.planted_one"),
    ("panes", "ui/panes/planted_one/__init__.py", "mtss_desktop.ui.panes.planted_two"),
    ("documents", "documents/planted_letter.py", "mtss_desktop.documents.planted_report"),
    ("qt", "usecases/planted_qt.py", "PySide6.QtCore"),
    ("qt", "documents/planted_plot.py", "pyqtgraph"),
    ("sql", "usecases/planted_sql.py", "sqlalchemy.orm"),
    ("sql", "importing/planted_sql.py", "alembic"),
    ("reportlab", "usecases/planted_paper.py", "reportlab.platypus"),
    ("pandas", "usecases/planted_frame.py", "pandas"),
    ("pandas", "store/planted_frame.py", "pandas"),
    ("schema", "usecases/planted_table.py", "mtss_desktop.store.schema"),
    ("doors", "ui/kit/planted_door.py", "mtss_desktop.store"),
    ("doors", "cli/planted_door.py", "mtss_desktop.store"),
    ("cycles", "domain/planted_chicken.py", "mtss_desktop.domain.planted_egg"),
]
TARGETS = {
    "ui/main_window.py": "",
    "ui/panes/planted_two/__init__.py": "",
    "documents/planted_report.py": "",
    "domain/planted_egg.py": "mtss_desktop.domain.planted_chicken",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """`lint-imports` on the package under ``folder/src``, with the contract of ``folder/pyproject.toml``."""
    variables = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "400", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def contracts() -> dict[str, str]:
    """Contract id → name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def copy_of_the_tree(folder: Path) -> Path:
    shutil.copytree(
        ROOT / "src" / "mtss_desktop", folder / "src" / "mtss_desktop", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def plant(package: Path, place: str, imported: str) -> None:
    """A module that imports ``imported``, in a package that import-linter can see; a real module gets one line more."""
    module = package / place
    if module.exists():
        with module.open("a", encoding="utf-8") as real:
            real.write(f"\nimport {imported}\n" if imported else "")
        return
    module.parent.mkdir(parents=True, exist_ok=True)
    for folder in module.relative_to(package).parents:
        (package / folder / "__init__.py").touch()
    module.write_text(f"import {imported}\n" if imported else "", encoding="utf-8")


@pytest.fixture(scope="module")
def planted_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = copy_of_the_tree(tmp_path_factory.mktemp("planted"))
    for place, imported in [*((place, imported) for _, place, imported in PLANTS), *TARGETS.items()]:
        plant(folder / "src" / "mtss_desktop", place, imported)
    done = lint(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def section(report: str, name: str) -> str:
    """What the report says about one broken contract: from its underlined name to the next one."""
    found = re.search(rf"^{re.escape(name)}\n-+\n(.*?)(?=^[^\n]+\n-+\n|\Z)", report, re.MULTILINE | re.DOTALL)
    assert found, f"“{name}” was not broken:\n{report}"
    return found.group(1)


def test_the_real_tree_keeps_every_contract() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "place", "imported"), PLANTS, ids=[f"{plant[0]}-{plant[1]}" for plant in PLANTS])
def test_a_planted_violation_is_caught(planted_report: str, contract: str, place: str, imported: str) -> None:
    module = place.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
    assert f".{module} " in section(planted_report, contracts()[contract]).replace("\n", " \n")


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract for contract, _, _ in PLANTS} == set(contracts())
