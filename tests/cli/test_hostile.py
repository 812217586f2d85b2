"""Wrong, huge, missing and hostile words in the terminal: one sentence, the right exit code, and nothing changed."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from mtss_desktop.app import opening
from mtss_desktop.cli import main as cli
from mtss_desktop.cli import values
from mtss_desktop.store.engine import raw_connection
from mtss_desktop.store.kinds import BY_TABLE
from mtss_desktop.usecases import known
from mtss_desktop.usecases.use_case import registry
from tests.cli.terminal import Terminal, one_sentence, terminal, well
from tests.helpers.troubles import refuse_to_open

LONG = "x" * 10_000
posix = pytest.mark.skipif(os.name != "posix", reason="a matter of this kind of system")


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return terminal(capsys)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MTSS_HOME", str(folder / "home"))
        opening.create(
            folder / "made.mtss", passphrase=None, first=opening.FirstFacts("Ashby County", 2025)
        ).workspace.close()
    return folder / "made.mtss"


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "a.mtss"))


@pytest.fixture
def junk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a hostile person works in; it is the current one."""
    (tmp_path / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "empty.mtss").write_bytes(b"")
    (tmp_path / "half.mtss").write_bytes(b"SQLite format 3\0junk")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


NO_DATABASES = ("table.csv", "noise.csv", "folder", "empty.mtss", "half.mtss", "missing.mtss", "no/such.mtss", LONG,
                f"{LONG}.mtss", "postgresql://", "postgresql://[", "postgresql://h:x/d", "http://x", " ")  # fmt: skip


@pytest.mark.parametrize("place", NO_DATABASES, ids=lambda place: repr(place[:20]))
@pytest.mark.parametrize("words", [("ask", "places.places"), ("check",), ("undo",), ("backup",)], ids=" ".join)
def test_what_is_no_database(say: Terminal, junk: Path, words: tuple[str, ...], place: str) -> None:
    before = sorted(junk.rglob("*"))
    sentence = one_sentence(say(*words, "--db", place))
    assert len(sentence) < 400
    assert sorted(junk.rglob("*")) == before


@pytest.mark.parametrize("words", [
    ("history", "--limit", "9" * 30),
    ("do", "places.add_year", "--start", "9" * 30), ("do", "places.add_year", "--start", "-3"),
    ("do", "places.add_year", "--start", "NaN"),
    ("do", "places.add_school", "--name", LONG), ("do", "places.add_school", "--name", ""),
    ("ask", "teams.card", "--team-id", LONG), ("ask", "no.thing"),
    ("do", LONG), ("restore", "table.csv"), ("restore", "folder"), ("restore", LONG), ("restore", "half.mtss"), ("restore", "a.mtss"),
    ("backup", "--to", LONG), ("backup", "--to", "no/such/b.mtss"), ("backup", "--to", "a.mtss"),
    ("backup", "--to", "other.docx"), ("print", "team-structure", "--out", "other.docx"),
    ("import", "noise.csv"), ("import", "folder"), ("import", "missing.csv"), ("import", LONG),
    ("import", "table.csv", "--profile", LONG), ("imports", "undo", LONG),
    ("print", "team-structure", "--out", "a.mtss"), ("print", "team-structure", "--out", "table.csv"),
    ("print", "team-structure", "--out", "folder"), ("print", "team-structure", "--out", f"{LONG}.pdf"),
    ("print", "team-structure", "--out", "x.pdf", "--team", LONG), ("print", "--all", "--out", "table.csv"),
    ("new", "--plain", "--db", "folder"), ("new", "--plain", "--db", "."),
    ("new", "--plain", "--year", "99999999"), ("new", "--plain", "--year", "-5"), ("new", "--plain"),
], ids=lambda words: " ".join(words)[:50])  # fmt: skip
def test_wrong_words_change_nothing(say: Terminal, db: Path, junk: Path, words: tuple[str, ...]) -> None:
    """``new`` names a file of its own, except the last, which names the one that is there."""
    place = "other.mtss" if words[0] == "new" and "--year" in words else str(db)
    before, beside = db.read_bytes(), sorted(junk.parent.iterdir())
    said = say(*words, *(() if "--db" in words else ("--db", place)))
    if words[0] == "history":
        well(said)
    else:
        one_sentence(said)
    assert db.read_bytes() == before
    assert not (junk / "other.mtss").exists()
    assert sorted(junk.parent.iterdir()) == beside
    assert (junk / "table.csv").read_text(encoding="utf-8") == "a,b\n1,2\n"


@pytest.mark.parametrize("more", [("--plain",), ("--plain", "--sample")], ids=["own", "sample"])
def test_a_new_database_never_takes_the_ending_of_another_kind_of_file(
    say: Terminal, junk: Path, more: tuple[str, ...]
) -> None:
    before = sorted(junk.iterdir())
    sentence = one_sentence(say("new", *more, "--db", "notes.docx"))
    assert (
        sentence
        == "“notes.docx” has the ending of another kind of file. Give a name that ends in .mtss, such as notes.mtss."
    )
    assert sorted(junk.iterdir()) == before


@pytest.mark.parametrize("wait", ["nan", "-1", "soon", "1e999"])
def test_a_wait_is_a_number_of_seconds(say: Terminal, db: Path, wait: str) -> None:
    assert say("undo", "--wait", wait, "--db", db).code == cli.USAGE


@pytest.mark.parametrize("word", ["\udcff", "a\0b"], ids=["bytes", "NUL"])
def test_words_that_are_no_text(say: Terminal, db: Path, word: str) -> None:
    """Bytes of another encoding come from the system as halves of letters."""
    sentence = one_sentence(say("do", "places.add_school", "--name", word, "--db", db), cli.USAGE)
    assert "UTF-8" in sentence


def test_a_folder_of_its_own_that_cannot_be_made(
    say: Terminal, db: Path, junk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MTSS_HOME", str(junk / "table.csv" / "home"))
    assert "Ashby" in well(say("ask", "places.places", "--db", db)).out
    assert well(say("do", "places.add_school", "--name", "Piney Ridge", "--db", db))


UNKNOWN = (
    ("ask", "teams.cards", "--place-id", "nowhere"), ("ask", "actions.due_days", "--owner-id", "nowhere"),
    ("ask", "levels.table", "--measure-key", "7000"), ("ask", "data.student", "7000", "1"),
    ("ask", "teams.of_people", "--person-ids", "nowhere"), ("ask", "files.of_record", "teams", "nowhere"),
    ("ask", "papers.make", "team-profile", "--scope", '{"team": "nowhere"}'),
    ("do", "data_precise.remove", "nowhere"), ("do", "files.detach", "nowhere"),
)  # fmt: skip


@pytest.mark.parametrize("words", UNKNOWN, ids=lambda words: words[1])
def test_an_id_that_names_nothing_is_told(say: Terminal, db: Path, words: tuple[str, ...]) -> None:
    """Lists answered "Nothing." and acts "nothing changed"."""
    sentence = one_sentence(say(*words, "--db", db))
    assert re.match(r"There is no [a-z ]+ “(nowhere|7000)”\. (mtss ask [a-z_.]+ shows them|Check the id)\.$", sentence)


def test_every_id_of_the_terminal_is_known_as_one() -> None:
    """Whatever is called an id or a key, or has an id's type, is looked for before it is used."""
    missed, listed = [], {known.listed_by(kind) for kind in (*BY_TABLE, "student")} - {""}
    for about in registry().values():
        for name, each in about.parameters.items():
            if not values.can_be_typed(each.annotation):
                continue
            looks = re.search(r"_(ids?|key)$", name) or values._id_name(each.annotation)
            one = 1 if each.annotation is int else "x"
            value = (one,) if "tuple" in str(each.annotation) else one
            if looks and not list(values.ids(name, value, each.annotation, known.kind_of)):
                missed.append(f"{about.name} {name}")
    assert missed == []
    assert listed <= registry().keys()


# A database that cannot be used ------------------------------------------------------------------------------------------

SECRET = "harbor lantern quiet maple"
READS, WRITES = ("ask", "places.places"), ("do", "places.add_school", "--name", "Piney Ridge")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("sealed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MTSS_HOME", str(folder / "home"))
        first = opening.FirstFacts("Ashby County", 2025)
        opening.create(folder / "a.mtss", passphrase=SECRET, first=first).workspace.close()
    return (folder / "a.mtss").read_bytes()


def untouched(say: Terminal, db: Path, *acts: tuple[str, ...]) -> set[str]:
    """What each act was refused with; the file and its folder are as before."""
    before, beside = db.read_bytes(), sorted(db.parent.iterdir())
    sentences = {one_sentence(say(*act, "--db", db)) for act in acts}
    assert db.read_bytes() == before
    assert sorted(db.parent.iterdir()) == beside
    return sentences


def test_a_wrong_passphrase_is_told_apart_from_a_damaged_file(
    say: Terminal, tmp_path: Path, sealed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    db = folder / "a.mtss"
    db.write_bytes(sealed)
    monkeypatch.setenv("MTSS_PASSPHRASE", "another few words entirely")
    (sentence,) = untouched(say, db, READS, WRITES, ("check",), ("backup",))
    assert sentence.startswith("This passphrase does not open the file.")
    monkeypatch.setenv("MTSS_PASSPHRASE", SECRET)
    place = 5 * 4096 + 100
    db.write_bytes(sealed[:place] + bytes([sealed[place] ^ 0xFF]) + sealed[place + 1 :])
    damaged = untouched(say, db, ("backup",))
    said = say("check", "--db", db)
    assert said.code == cli.USER_ERROR
    assert all("passphrase" not in each and "is damaged" in each for each in damaged)
    assert "damaged" in said.out + said.err


def test_a_newer_database_is_left_alone(say: Terminal, db: Path) -> None:
    with closing(raw_connection(db, None)) as connection:
        connection.execute("PRAGMA user_version=99")
    (sentence,) = untouched(say, db, READS, WRITES, ("check",), ("undo",), ("import", __file__), ("history",))
    assert "newer version of this program" in sentence


def test_a_folder_that_may_only_be_read(say: Terminal, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_open(monkeypatch, "-lock", errno.EROFS)
    (sentence,) = untouched(say, db, WRITES, ("undo",), ("imports", "undo", "1"))
    assert "Nothing can be written in the folder" in sentence


def test_a_full_disk_under_the_database(
    say: Terminal, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_open(monkeypatch, ".part", errno.ENOSPC)
    for act in (("backup", "--to", tmp_path / "b.mtss"), ("new", "--plain", "--db", tmp_path / "c.mtss")):
        where = () if act[0] == "new" else ("--db", db)
        assert "is full" in one_sentence(say(*act, *where))
    assert not {"b.mtss", "c.mtss"} & {each.name for each in tmp_path.iterdir()}


def test_a_file_that_a_window_holds_is_read_and_not_written(say: Terminal, db: Path, tmp_path: Path) -> None:
    other = shutil.copy(db, tmp_path / "other.mtss")
    with opening.open_workspace(db).workspace:
        assert "Ashby" in well(say(*READS, "--db", db)).out
        for act in (WRITES, ("undo",), ("import", __file__), ("restore", other)):
            assert re.search(r"is open by .+ \(MTSS Desktop, since", one_sentence(say(*act, "--db", db)))


# As processes -----------------------------------------------------------------------------------------------------------


def _start(*words: str | Path, **more: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mtss_desktop", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment, **more}
    return subprocess.Popen(command, **more)  # type: ignore[call-overload,no-any-return]


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, err = process.communicate(timeout=120)
    return process.returncode, (err or b"").decode()


@posix
def test_a_full_disk_under_stdout(db: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        code, err = _ended(_start("ask", "--list", stdout=full))
    assert (code, len(err.splitlines())) == (cli.USER_ERROR, 1)
    assert "Traceback" not in err


def test_the_module_by_its_own_name_knows_usage() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "mtss_desktop.cli.main", "check", "--db", ""],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, check=False,
    )  # fmt: skip
    assert found.returncode == cli.USAGE


@posix
def test_nobody_reads(db: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert _ended(_start("ask", "--list", stdout=writing)) == (0, "")
    finally:
        os.close(writing)


@posix
def test_a_pipe_is_no_database(say: Terminal, tmp_path: Path) -> None:
    """Opened for reading, it would wait for a writer without end."""
    os.mkfifo(tmp_path / "pipe.mtss")
    assert "is a pipe" in one_sentence(say("check", "--db", tmp_path / "pipe.mtss"))


@posix
@pytest.mark.parametrize("after", [0, 0.15, 0.22])
def test_stopped_half_way(tmp_path: Path, after: float) -> None:
    place = tmp_path / "s.mtss"
    process = _start("new", "--sample", "--plain", "--db", place)
    patience = time.monotonic() + 60
    while not place.exists() and time.monotonic() < patience:
        time.sleep(0.02)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    code, err = _ended(process)
    assert (code, err) == (cli.USER_ERROR, "Stopped. What was not finished is as it was before.\n")
    assert not place.exists()


def test_two_write_at_once(db: Path, say: Terminal) -> None:
    """Both wait their turn; both are written."""
    both = [_start("do", "places.add_school", "--name", name, "--wait", "60", "--db", db) for name in ("One", "Two")]
    assert [_ended(each) for each in both] == [(0, ""), (0, "")]
    shown = well(say("ask", "places.places", "--db", db)).out
    assert "One" in shown
    assert "Two" in shown
    assert well(say("check", "--db", db))
