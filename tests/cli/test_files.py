"""``mtss import`` and ``mtss imports``: what a script reads, and bad files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from mtss_desktop.app import opening, sample_sheets
from mtss_desktop.usecases.places import NewSchool
from tests.cli.terminal import one_sentence, terminal, well
from tests.helpers.bad_files import ACCENTED, BAD_LINES, EMPTY_LINES, ENCODINGS, GOOD_LINES, UNREADABLE, bad_rows
from tests.helpers.tables import contents

KEYS = {
    "status", "profile", "rows", "new", "changed", "unchanged", "gone", "skipped_rows", "question_rows", "problem_rows",
    "proposals", "problems", "import_id",
}  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A plain database with the sample's schools and nothing in it."""
    path = tmp_path / "a.mtss"
    schools = (NewSchool("Holcomb Middle School", "6–8", "HMS", "0050310"),)
    first = opening.FirstFacts("Ashby County", 2024, schools)
    opening.create(path, passphrase=None, first=first).workspace.close()
    return path


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], db: Path):
    return terminal(capsys, "--db", str(db))


def everything(db: Path) -> object:
    with opening.open_workspace(db, read_only=True).workspace as workspace:
        return contents(workspace, every_fact=True)


def export(name: str) -> Path:
    return next(path for path in sample_sheets.exports() if path.name == name)


def test_each_file_gives_one_object_on_its_own_line(say) -> None:
    said = well(say("import", export("students_2024.csv"), export("students_2025.csv"), "--mode", "names", "--json"))
    first, second = said.objects
    assert first.keys() >= KEYS
    assert (first["status"], first["rows"], first["new"], first["changed"]) == ("recognized", 330, 330, 0)
    assert first["proposals"]["students"] == 330
    assert first["import_id"]
    assert second["proposals"]["students"] < 330, "the second file finds the students of the first"


def test_a_dry_run_writes_nothing(say, db: Path) -> None:
    before = everything(db)
    said = well(say("import", export("students_2024.csv"), "--dry-run", "--mode", "names", "--json"))
    assert said.json["new"] == 330
    assert said.json["import_id"] == ""
    assert everything(db) == before
    assert "Nothing was written." in well(say("import", export("students_2024.csv"), "--dry-run")).out


def test_the_same_file_again_writes_nothing(say) -> None:
    first = well(say("import", export("incidents_2024.csv"), "--mode", "names", "--json")).json
    again = well(say("import", export("incidents_2024.csv"), "--json")).json
    assert (again["new"], again["changed"], again["import_id"]) == (0, 0, first["import_id"])


def test_a_stricter_database_takes_nothing_looser(say, db: Path) -> None:
    well(say("import", export("students_2024.csv")))
    before = everything(db)
    sentence = one_sentence(say("import", export("students_2025.csv"), "--mode", "names"))
    assert "keeps counts only" in sentence
    assert everything(db) == before


def test_an_import_is_taken_back_whole(say, db: Path) -> None:
    before = everything(db)
    made = well(say("import", export("students_2024.csv"), "--mode", "names", "--json")).json
    listed = well(say("imports", "list", "--json")).json
    assert [(each["id"], each["file_name"], each["state"]) for each in listed] == [
        (made["import_id"], "students_2024.csv", "applied")
    ]
    assert "students_2024.csv" in well(say("imports", "undo", made["import_id"])).out
    after = everything(db)
    assert {name for name in after if after[name] != before[name]} <= {"rule"}, "the mode stays"  # type: ignore[index]
    assert "taken back" in well(say("imports", "list")).out
    assert "taken back already" in one_sentence(say("imports", "undo", made["import_id"]))
    assert "There is no import “9999”" in one_sentence(say("imports", "undo", "9999"))


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_used(say, db: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "bad.csv"
    content, sentence = UNREADABLE[kind]
    file.write_bytes(content)
    before = everything(db)
    assert sentence in one_sentence(say("import", file))
    said = say("import", file, "--json")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert (said.json["status"], said.json["new"]) == ("unknown", 0)
    assert said.json["problems"][0]["message"]
    assert everything(db) == before


def test_rows_that_cannot_be_are_named_and_left_out(say, tmp_path: Path) -> None:
    said = well(say("import", bad_rows(tmp_path), "--mode", "names", "--json")).json
    assert {each["line"] for each in said["problems"]} == BAD_LINES
    assert (said["rows"], said["new"], said["problem_rows"]) == (8, len(GOOD_LINES), len(BAD_LINES))
    assert said["skipped_rows"] == len(EMPTY_LINES)
    assert all(each["column"] and each["message"].endswith(".") for each in said["problems"])


def test_the_same_students_in_every_common_encoding(say, db: Path, tmp_path: Path) -> None:
    files = []
    for encoding in ENCODINGS:
        files.append(tmp_path / f"{encoding}.csv")
        files[-1].write_bytes(ACCENTED.encode(encoding))
    first, *others = well(say("import", *files, "--mode", "names", "--json")).objects
    assert (first["rows"], first["new"], first["problem_rows"]) == (3, 3, 0)
    assert [(each["new"], each["changed"], each["unchanged"]) for each in others] == [(0, 0, 3)] * len(others)
    kept = db.read_bytes()
    assert all(name.encode() in kept for name in ("García", "Zoë", "Müller", "Peña", "Thérèse"))
    assert not any(name.encode() in kept for name in ("GarcÃ", "MÃ¼ller", "M\ufffdller"))


def test_a_file_that_is_not_there(say, tmp_path: Path) -> None:
    one_sentence(say("import", tmp_path / "none.csv"))
    one_sentence(say("import", tmp_path))


def test_one_bad_file_does_not_keep_the_others_out(say, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(UNREADABLE["unknown layout"][0])
    said = say("import", file, export("students_2024.csv"), "--json")
    assert said.code == 1
    assert [each["status"] for each in said.objects] == ["unknown", "recognized"]


def test_a_profile_that_is_not_there(say) -> None:
    assert "There is no import profile" in one_sentence(say("import", export("students_2024.csv"), "--profile", "frob"))


def test_a_bundle_gives_one_object_and_goes_back_whole(say, db: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "delivery.zip"
    with zipfile.ZipFile(bundle, "w") as file:
        for name in ("map_growth_2025.csv", "students_2025.csv"):
            file.write(export(name), f"out/{name}")
        file.writestr("out/odd.csv", "x,y\n1,2\n")
    said = say("import", bundle, "--mode", "names", "--json")
    assert said.code == 0
    (found,) = said.objects
    assert (found["file"], found["status"]) == ("delivery.zip", "recognized")
    assert len(found["import_id"].split(",")) == 2
    assert found["rows"] > 330
    assert found["problems"][0]["value"] == "odd.csv"
    well(say("imports", "undo", found["import_id"]))
    with opening.open_workspace(db, read_only=True).workspace as workspace, workspace.database.read() as work:
        live = work.connection.exec_driver_sql("SELECT count(*) FROM score WHERE live = 1").scalar()
    assert live == 0


def test_explain_says_how_a_file_is_read(say, tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_text("Ashby County\n\nStudent ID\tTest\tTaken on\tPassword\tScore\n007\tMath\t2025-09-03\tsecret\t12\n")
    said = say("import", file, "--explain")
    assert "text, ascii, tab" in said.out
    assert "header: line 3; 5 columns" in said.out
    assert "never read" in said.out
    assert "secret" not in said.out
    (found,) = say("import", file, "--explain", "--json").objects
    assert (found["header_line"], found["delimiter"], found["never_read"]) == (3, "tab", ["Password"])


def test_what_a_file_does_not_tell_can_be_answered(say, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(
        "StudentID,AssessmentName,TestDate,Score\n01,ORF,3/9/2025,55\n02,ORF,4/9/2025,56\n", encoding="utf-8"
    )
    asked = well(say("import", path, "--dry-run", "--json", "--mode", "names")).json
    assert (asked["new"], asked["question_rows"]) == (0, 2)
    told = well(say("import", path, "--dry-run", "--json", "--mode", "names", "--answer", "date_order=mdy")).json
    assert (told["new"], told["question_rows"]) == (2, 0)
    assert (
        "Answer with --answer date_order=mdy or date_order=dmy."
        in say("import", path, "--dry-run", "--mode", "names").out
    )
    assert say("import", path, "--answer", "date_order=soon").code == 2
    assert say("import", path, "--answer", "add_year:2025=perhaps").code == 2
    roll = tmp_path / "roll.csv"
    roll.write_text("Student ID,Date,Code\n1,10/13/2025,ISS\n2,10/13/2025,A\n", encoding="utf-8")
    told = well(say("import", roll, "--dry-run", "--json", "--mode", "names", "--answer", "attendance:iss=absent")).json
    assert told["question_rows"] < 2, "the answer to one word of a file is taken, too"
    assert say("import", path, "--answer", "color=red").code == 2
