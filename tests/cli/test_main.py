"""Commands, options, exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mtss_desktop.app import opening
from mtss_desktop.cli import main as cli
from mtss_desktop.usecases import places
from tests.cli.terminal import one_sentence, terminal, well
from tests.helpers import fresh_python

SECRET = "piney ridge cedar fork holcomb"
DATABASES = ("sqlalchemy", "pandas", "reportlab", "PySide6", "alembic", "numpy")


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]):
    return terminal(capsys)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "a.mtss"
    opening.create(path, passphrase=None, first=opening.FirstFacts("Ashby County", 2025)).workspace.close()
    return path


def test_without_a_command_there_is_help(say) -> None:
    said = well(say())
    for command in ("demo", "new", "import", "imports", "print", "ask", "do", "undo", "redo", "history", "check",
                    "backup", "restore", "self-check"):  # fmt: skip
        assert f"  {command} " in said.out


def test_help_imports_nothing_heavy() -> None:
    code = "from mtss_desktop.cli.main import main\nmain(['--help'])"
    found = fresh_python.run("-c", f"{code}\nimport sys\nprint('loaded:', *sys.modules)")
    assert found.returncode == 0
    loaded = found.stdout.rpartition("loaded:")[2].split()
    assert not [name for name in loaded if name.split(".")[0] in DATABASES or name.startswith("mtss_desktop.store")]


@pytest.mark.parametrize(
    "words",
    [
        ("frob",), ("--frob",), ("undo", "--frob"), ("undo",), ("import",), ("new", "--mode", "everything", "--db", "a"),
        ("ask", "places.places", "--frob", "1", "--db", "a"), ("do", "places.add_year", "--db", "a"),
        ("do", "places.add_year", "--start", "--db", "a"), ("imports", "undo", "--db", "a"), ("print", "--db", "a"),
        ("print", "team-structure", "--db", "a"), ("history", "--limit", "0", "--db", "a"),
        ("ask", "places.places", "one", "--db", "a"), ("undo", "--wait", "soon", "--db", "a"),
    ],
)  # fmt: skip
def test_usage(say, words: tuple[str, ...]) -> None:
    said = say(*words)
    assert said.code == cli.USAGE
    assert said.out == ""
    assert said.err


def test_a_defect_is_one_line_and_in_the_log_without_its_text(say, plain: Path, expect_log, monkeypatch) -> None:
    student = "Dana Holloway"

    def broken(_name: str) -> None:
        raise ValueError(student)

    monkeypatch.setattr("mtss_desktop.cli.acts.by_name", broken)
    expect_log("ERROR mtss.cli: ask failed with ValueError")
    sentence = one_sentence(say("ask", "places.places", "--db", plain), cli.BUG)
    assert "Something went wrong in “mtss ask”" in sentence
    assert student not in sentence
    logs = Path(os.environ["MTSS_HOME"], "state", "logs").glob("*")
    text = "".join(log.read_text(encoding="utf-8") for log in logs)
    assert "failed with ValueError" in text
    assert student not in text


def test_the_passphrase_comes_from_file_or_environment(say, tmp_path: Path, monkeypatch) -> None:
    path, secret = tmp_path / "a.mtss", tmp_path / "secret.txt"
    secret.write_text(SECRET + "\nsecond line\n", encoding="utf-8")
    well(say("new", "--db", path, "--passphrase-file", secret))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert "is encrypted. Give its passphrase in MTSS_PASSPHRASE" in one_sentence(
        say("ask", "places.places", "--db", path)
    )
    monkeypatch.setenv("MTSS_PASSPHRASE", SECRET)
    assert "Our division" in well(say("ask", "places.places", "--db", path)).out
    monkeypatch.setenv("MTSS_PASSPHRASE", "something else entirely")
    assert "does not open the file" in one_sentence(say("ask", "places.places", "--db", path))
    well(say("--passphrase-file", secret, "--db", path, "ask", "places.places"))
    assert "cannot be read" in one_sentence(say("undo", "--db", path, "--passphrase-file", tmp_path / "none"))


def test_a_prompt_where_a_person_sits(say, tmp_path: Path, monkeypatch) -> None:
    typed = iter([SECRET, SECRET, SECRET, SECRET, "differs"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    path = tmp_path / "a.mtss"
    well(say("new", "--db", path))
    well(say("ask", "places.places", "--db", path))
    assert "passphrases differ" in one_sentence(say("new", "--db", tmp_path / "b.mtss"))


def test_reading_works_while_the_window_holds_the_file(say, plain: Path) -> None:
    with opening.open_workspace(plain).workspace as window:
        window.do(places.add_year, start=2026)
        assert "2026" in well(say("ask", "places.years", "--db", plain)).out
        assert "Add school year" in well(say("history", "--db", plain)).out
        well(say("check", "--db", plain))
        well(say("backup", "--db", plain))
        sentence = one_sentence(say("do", "places.add_year", "--start", "2027", "--db", plain))
        assert "is open by" in sentence
        assert "MTSS Desktop" in sentence
    well(say("do", "places.add_year", "--start", "2027", "--db", plain))


def test_waiting_for_the_file(say, plain: Path) -> None:
    import threading

    held = opening.open_workspace(plain).workspace
    timer = threading.Timer(0.5, held.close)
    timer.start()
    try:
        well(say("do", "places.add_year", "--start", "2027", "--db", plain, "--wait", "20"))
    finally:
        timer.join()


@pytest.mark.parametrize("words", [("--list",), ("--list", "--json")])
def test_everything_is_listed(say, words: tuple[str, ...]) -> None:
    asked, done = well(say("ask", *words)), well(say("do", *words))
    assert "teams.cards" in asked.out
    assert "teams.add" not in asked.out
    assert "teams.add_member" in done.out
    assert "--team-id" in well(say("do", "teams.add_member", "--list")).out


def test_what_is_no_question_says_how_to_do_it(say, plain: Path) -> None:
    assert "Write: mtss do places.add_year" in one_sentence(say("ask", "places.add_year", "--db", plain))
    assert "Known here: places.add_school" in one_sentence(say("do", "places.frob", "--db", plain))
    assert "mtss import" in one_sentence(say("do", "imports.apply", "--db", plain))
