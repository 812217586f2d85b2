"""The builders' door: what it says before it does anything."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.helpers import fresh_python

ROOT = Path(__file__).resolve().parents[1]

LDD = """
\tlinux-vdso.so.1 (0x00007ffd3a5f2000)
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/libc.so.6 (0x00007f6c1a200000)
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
"""


@pytest.fixture
def dev() -> ModuleType:
    specification = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_alone_it_lists_its_verbs() -> None:
    done = fresh_python.run("dev.py")
    assert done.returncode == 0
    for verb in ("run", "demo", "test", "check", "shots", "bench", "faults", "audit", "monkey", "fonts", "build"):
        assert f"  {verb} " in done.stdout


def test_an_unknown_verb_is_a_usage_error() -> None:
    done = fresh_python.run("dev.py", "bake")
    assert (done.returncode, "python3 dev.py VERB" in done.stdout) == (2, True)


def test_it_needs_nothing_but_the_standard_library() -> None:
    done = fresh_python.run("-I", "-S", "dev.py")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_old_python_is_refused_with_one_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST", (99, 0))
    assert dev.main(["test"]) == 2
    assert capsys.readouterr().err.startswith("MTSS Desktop needs Python 3.11 or newer; this is Python ")


def test_missing_libraries_are_read_from_ldd_once_each(dev: ModuleType) -> None:
    assert dev.missing_in(LDD) == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_the_command_to_install_them_is_exact(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda program: program if program == "apt-get" else None)
    assert dev.how_to_install(["libEGL.so.1"]).endswith(f"Run: sudo apt-get install -y {dev.QT_PACKAGES}")
    monkeypatch.setattr(dev.shutil, "which", lambda program: program if program == "dnf" else None)
    assert dev.how_to_install(["libEGL.so.1"]).endswith("Run: sudo dnf install 'libEGL.so.1()(64bit)'")
    monkeypatch.setattr(dev.shutil, "which", lambda program: None)
    assert "libEGL.so.1" in dev.how_to_install(["libEGL.so.1"])


def test_a_step_is_done_again_only_when_its_files_change(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    pins = tmp_path / "pins.txt"
    done: list[str] = []
    for content in ("a==1\n", "a==1\r\n", "a==2\n"):
        pins.write_bytes(content.encode())
        dev.once("packages", dev.fingerprint(pins), lambda content=content: done.append(content))
    assert done == ["a==1\n", "a==2\n"]


def test_a_required_server_that_is_not_named_ends_the_run(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MTSS_TEST_POSTGRES", raising=False)
    with pytest.raises(dev.Stop, match="names no server"):
        dev.about_server(required=True)
    assert "skipped" in dev.about_server(required=False)


@pytest.mark.parametrize(("variable", "expected"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("OTHER", False)])
def test_a_screen_is_a_display(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, variable: str, expected: bool) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, ":0")
    assert dev.has_screen() is expected
