"""What must hold for the files of the project as a whole."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.helpers import fresh_python

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "mtss_desktop"
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$", re.MULTILINE)

# The brackets around one letter keep this file from finding itself.
NOT_IN_ANY_FILE = {
    "a path of someone's machine": r"(?<![\w.{}])/(?:[w]ork|[h]ome/\w+|[U]sers/\w+|[r]oot|[t]mp/\w+)/",
    "a package registry's host": r"[p]ypi\.org|[p]ythonhosted|[r]egistry\.npm",
    "a credential": r"BEGIN (?:RSA |EC |OPENSSH )?[P]RIVATE KEY|[A]KIA[0-9A-Z]{16}",
    "a note to finish something later": r"\b[T]ODO\b|\b[F]IXME\b|\b[X]XX\b|\b[i]ssue #?\d+\b",
}
CACHES = {".hypothesis", ".import_linter_cache", ".mypy_cache", ".ruff_cache", "__pycache__"}
MADE = CACHES | {".git", ".venv", "build", "demo", "dist", "shots"}
BRITISH = (
    r"\b(?:behaviour|colour|organis(?:e|ation)|centre|favour|analyse[ds]?\b|licence|labelled|modelling|programmes?\b|judgement|enrol\b|"
    r"whilst|amongst|grey\b|travell|fulfil\b|learnt|spelt|neighbour|honour|labour|practis|defence|metre\b|is cancelled)"
)


@cache
def tracked_files() -> tuple[Path, ...]:
    """The files of the project as git knows them; without git, all that are not made by tools."""
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    if listed is None or listed.returncode != 0:
        return tuple(
            path for path in ROOT.rglob("*") if path.is_file() and not MADE & set(path.relative_to(ROOT).parts)
        )
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def texts(*tops: str) -> Iterator[tuple[str, str]]:
    """(place, text) of every tracked text file, or of those under the folders named."""
    for path in tracked_files():
        place = path.relative_to(ROOT)
        content = path.read_bytes()
        if b"\0" in content[:8000] or (tops and place.parts[0] not in tops):
            continue
        yield place.as_posix(), content.decode("utf-8", errors="replace")


def places_of(pattern: str, *tops: str) -> list[str]:
    found = re.compile(pattern, re.IGNORECASE)
    return [
        f"{place}:{number}: {line.strip()[:120]}"
        for place, text in texts(*tops)
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


@pytest.mark.parametrize("what", NOT_IN_ANY_FILE)
def test_no_file_holds(what: str) -> None:
    assert places_of(NOT_IN_ANY_FILE[what]) == []


@pytest.mark.parametrize(
    ("what", "planted"),
    [
        ("a path of someone's machine", "open('/ho" + "me/ruiz/list.csv')"),
        ("a package registry's host", "--index-url https://py" + "pi.org/simple"),
        ("a credential", "-----BEGIN PRI" + "VATE KEY-----"),
        ("a note to finish something later", "# FIX" + "ME: rounding"),
    ],
)
def test_the_search_finds_what_is_planted(what: str, planted: str) -> None:
    assert re.search(NOT_IN_ANY_FILE[what], planted, re.IGNORECASE)


def test_spelling_is_that_of_the_united_states() -> None:
    assert places_of(BRITISH, "src", "resources") == []


def test_every_folder_with_modules_is_a_package() -> None:
    """import-linter, mypy and the wheel do not see the others."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("room", ["base", "domain"])
def test_the_lowest_rooms_use_the_standard_library_alone(room: str) -> None:
    allowed = sys.stdlib_module_names | {"mtss_desktop"}
    foreign = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for name in imported_packages(path)
        if name not in allowed
    ]
    assert foreign == []


def imported_packages(path: Path) -> set[str]:
    """The top-level packages a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.slow
def test_the_wheel_holds_the_resources(tmp_path: Path) -> None:
    done = fresh_python.run("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = set(wheel.namelist())
    resources = {
        path.relative_to(ROOT).as_posix() for path in tracked_files() if path.is_relative_to(ROOT / "resources")
    }
    assert resources
    assert {f"mtss_desktop/{name}" for name in resources} <= held


# --- pinned versions --------------------------------------------------------------------------------------------------


def project() -> dict[str, list[str]]:
    """What pyproject.toml asks for: the dependencies, and each extra by its name."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked: dict[str, list[str]] = {"": table["project"]["dependencies"], **table["project"]["optional-dependencies"]}
    return asked | {"build": table["dependency-groups"]["build"]}


def pins(name: str) -> dict[str, set[str]]:
    """Package → versions pinned in one requirements file (a package may have one version for each Python)."""
    found: dict[str, set[str]] = {}
    for line in PIN.finditer((ROOT / "requirements" / name).read_text(encoding="utf-8")):
        found.setdefault(line["name"], set()).add(line["version"])
    return found


@pytest.mark.parametrize(
    ("file", "extras"),
    [("users.txt", [""]), ("developers.txt", ["", "server", "test", "dev"]), ("build.txt", ["build"])],
)
def test_what_the_project_asks_for_is_pinned(file: str, extras: list[str]) -> None:
    pinned = pins(file)
    asked = [Requirement(line) for extra in extras for line in project()[extra]]
    missing = [
        str(requirement)
        for requirement in asked
        if requirement.name != "mtss-desktop"
        and not any(
            requirement.specifier.contains(Version(version))
            for version in pinned.get(canonicalize_name(requirement.name), ())
        )
    ]
    assert missing == []


def test_exact_pins_are_the_same_everywhere() -> None:
    exact = {"pyside6-essentials": "6.11.3"}
    for line in project()[""]:
        requirement = Requirement(line)
        for specifier in requirement.specifier:
            if specifier.operator == "==":
                exact[canonicalize_name(requirement.name)] = specifier.version
    for name, version in exact.items():
        assert pins("users.txt")[name] == pins("developers.txt")[name] == {version}


def test_users_and_developers_have_the_same_versions() -> None:
    developers = pins("developers.txt")
    assert {name: versions for name, versions in pins("users.txt").items() if developers.get(name) != versions} == {}


@pytest.mark.parametrize("file", ["users.txt", "developers.txt", "build.txt"])
def test_requirements_are_names_versions_and_hashes(file: str) -> None:
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 5
    for entry in entries:
        first, *hashes = entry.splitlines()
        assert PIN.match(first + "\n"), first
        assert hashes
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line) for line in hashes), first


def test_requirements_serve_every_system() -> None:
    """What only one system needs carries a marker, so that one file installs everywhere."""
    text = (ROOT / "requirements" / "users.txt").read_text(encoding="utf-8")
    markers = {line["name"]: line["marker"] for line in PIN.finditer(text)}
    assert markers["pywin32-ctypes"] == "sys_platform == 'win32'"
    assert markers["secretstorage"] == markers["jeepney"] == "sys_platform == 'linux'"


# --- PySide6 and None ------------------------------------------------------------------------------------------------

# PySide6 6.12.0 takes one reference from None at every call that returns nothing. Python before 3.12 counts them, and
# the process ends without a traceback when they run out; so this runs in a process of its own.
VOID_CALLS = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range(2000):
    thing.setObjectName("x")
print(before - sys.getrefcount(None))
"""


def test_qt_calls_that_return_nothing_leave_none_alone() -> None:
    done = fresh_python.run("-c", VOID_CALLS)
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) < 100


def test_the_installed_qt_is_the_pinned_one() -> None:
    assert {metadata.version("PySide6-Essentials")} == pins("users.txt")["pyside6-essentials"]
