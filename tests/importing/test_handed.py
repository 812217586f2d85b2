"""What is handed over: files, folders, archives, workbooks, fixed places."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import silent
from mtss_desktop.importing import file_bytes
from mtss_desktop.importing.fixed_width import read_layout
from mtss_desktop.importing.handed import open_handed
from mtss_desktop.importing.reading import look
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.taking import take
from tests.importing.workbooks import ods, xlsx


def rows_of(sketch: Sketch) -> list[list[str]]:
    found = take(sketch, sketch.names, silent())
    return [[found.columns[name][row] for name in sketch.names] for row in range(len(found))]


# Workbooks --------------------------------------------------------------------------------------------------------------


def test_a_sheet_reads_as_people_see_it() -> None:
    data = xlsx(
        {
            "Notes": [["Read me"]],
            "Scores": [
                ["Ashby County"],
                [],
                ["StudentID", "Taken on", "Score", "Official", "Sum"],
                ["00123", "date:45672", 450.0, True, "=3+4"],
                [123456789.0, "date:45672.5", 0.30000000000000004, False, "x"],
            ],
        }
    )
    sketch = look(data, "book.xlsx", frozenset({"studentid", "score"}))
    assert (sketch.kind, sketch.sheet, sketch.header_line) == ("sheet", "Scores", 3)
    assert sketch.noted == ("Sheet 2 of 2 was read; not read: sheet 1.",)
    assert rows_of(sketch) == [
        ["00123", "2025-01-15", "450", "TRUE", "7"],
        ["123456789", "2025-01-15 12:00:00", "0.3", "FALSE", "x"],
    ]
    assert take(sketch, ["Score"], silent()).lines.tolist() == [4, 5]
    assert look(data, "book.xlsx", sheet="Notes").names == ("Read me",)
    with pytest.raises(UserError, match="no sheet “Fall”"):
        look(data, "book.xlsx", sheet="Fall")


def test_cells_merged_down_count_for_every_row_and_hidden_sheets_for_none() -> None:
    book = {"A": [["Name", "Score"], ["Ann", 1.0], [None, 2.0], ["Ben", 3.0]], "B": [["Name", "Score"], ["x", 9.0]]}
    sketch = look(xlsx(book, merged="A2:A3", hidden=("B",)), "book.xlsx")
    assert rows_of(sketch) == [["Ann", "1"], ["Ann", "2"], ["Ben", "3"]]
    assert sketch.noted == ()


def test_an_open_document_sheet() -> None:
    sketch = look(ods([["id", "score"], ["007", 12.0], ["008", 12.5]]), "book.ods")
    assert rows_of(sketch) == [["007", "12"], ["008", "12.5"]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (xlsx({"A": []}), "empty"),
        (xlsx({"A": [["a"]]})[:300] + b"\0" * 50, "ZIP or Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "may be damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"<html><body><table>", "a web page"),
        (b'{"students": []}', "a JSON file"),
    ],
)
def test_what_is_no_workbook_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        look(data, "book.xls")


# Fixed places -----------------------------------------------------------------------------------------------------------

FIXED = "0012Nuñez     20250115 45\n0013Smith     20250116  7\n0014Öz        20250117   \n"


def test_fixed_places_with_a_layout(tmp_path: Path) -> None:
    (tmp_path / "scores.dat").write_text(FIXED, encoding="cp1252")
    (tmp_path / "layout.csv").write_text("name,start,width\nStudentID,1,4\nName,5,10\nDate,15,8\nScore,23,3\n")
    handed = open_handed(tmp_path)
    assert [part.name for part in handed.parts] == ["scores.dat"]
    sketch = look(handed.parts[0].data, "scores.dat", layout=handed.parts[0].layout)
    assert sketch.names == ("StudentID", "Name", "Date", "Score")
    assert rows_of(sketch)[2] == ["0014", "Öz", "20250117", ""]
    toml = b'[[columns]]\nname = "StudentID"\nstart = 1\nwidth = 4\n'
    assert read_layout(toml, "l.toml").places == (("StudentID", 1, 4),)
    assert open_handed(tmp_path / "scores.dat", layout=tmp_path / "layout.csv").parts[0].layout is not None


def test_fixed_places_without_a_layout_are_said() -> None:
    with pytest.raises(UserError, match="looks like a fixed-width file"):
        look(FIXED.encode(), "scores.txt")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,start,width\nid,x,4\n", "line 2: start and width have to be whole numbers"),
        ("name,start,width\nid,0,4\n", "start and width have to be 1 or more"),
        ("name,start,width\nid,1,4\nid,5,4\n", "names id twice"),
        ("name,start,width\n", "names no columns"),
        ("a,b\n1,2\n", "is not a layout"),
    ],
)
def test_a_wrong_layout_is_said(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_layout(text.encode(), "layout.csv")


# Archives and folders ---------------------------------------------------------------------------------------------------


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


def test_a_zip_is_a_bundle_and_what_is_not_opened_is_said(tmp_path: Path) -> None:
    file = tmp_path / "roster.zip"
    table = b"id,name\n1,a\n"
    file.write_bytes(
        zipped(
            {
                "export/users.csv": table,
                "../../evil.csv": table,
                "C:\\temp\\orgs.csv": table,
                "__MACOSX/._users.csv": b"x",
                "note.pdf": b"%PDF",
                "inner.zip": zipped({"a.csv": table, "deep.zip": zipped({"b.csv": table})}),
                "broken.zip": zipped({"c.csv": table})[:60],
                "nothing.csv": b"",
                "book.xlsx": xlsx({"A": [["id"], ["1"]]}),
            }
        )
    )
    handed = open_handed(file)
    assert handed.bundle
    assert sorted(part.name for part in handed.parts) == ["a.csv", "book.xlsx", "evil.csv", "orgs.csv", "users.csv"]
    assert set(handed.noted) == {
        "deep.zip is a ZIP inside another and was not opened; unpack it and drop it by itself.",
        "broken.zip is a ZIP file that is damaged or cut off. Get the file again.",
        "note.pdf was not opened: it is no table.",
        "nothing.csv is empty.",
    }
    assert [path.name for path in tmp_path.rglob("*")] == ["roster.zip"]


def test_bombs_and_damage_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_bytes, "LARGEST_FILE", 100_000)
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"a.csv": b"0," * 200_000}))
    with pytest.raises(UserError, match="larger than"):
        open_handed(file)
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(b"0," * 200_000))
    with pytest.raises(UserError, match="larger than"):
        open_handed(packed)
    packed.write_bytes(gzip.compress(b"a,b\n1,2\n" * 100)[:-12])
    with pytest.raises(UserError, match="damaged or cut off"):
        open_handed(packed)
    file.write_bytes(zipped({"a.csv": b"a,b\n1,2\n"})[:-30])
    with pytest.raises(UserError, match="damaged or cut off"):
        open_handed(file)
    file.write_bytes(zipped({"a.png": b"x"}))
    with pytest.raises(UserError, match=r"no table in a\.zip"):
        open_handed(file)


def test_a_folder_reads_what_is_in_it_and_nothing_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("id,name\n9,z\n")
    folder = tmp_path / "export"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "b.csv").write_text("id,name\n2,b\n")
    (folder / "a.csv.gz").write_bytes(gzip.compress(b"id,name\n1,a\n"))
    (folder / ".hidden.csv").write_text("id\n3\n")
    (folder / "link.csv").symlink_to(outside)
    handed = open_handed(folder)
    assert [part.name for part in handed.parts] == ["a.csv.gz", "b.csv"]
    assert rows_of(look(handed.parts[0].data, "a.csv.gz")) == [["1", "a"]]
    assert handed.sha256 == open_handed(folder).sha256


@pytest.mark.parametrize(
    ("name", "inside", "says"),
    [
        ("team.numbers", ["Index/Document.iwa", "preview.jpg"], "an Apple Numbers, Pages or Keynote document"),
        ("team.docx", ["word/document.xml"], "a Word document"),
        ("team.pptx", ["ppt/presentation.xml"], "a PowerPoint presentation"),
        ("team.zip", [], "a ZIP file with nothing in it"),
    ],
)
def test_documents_that_are_zip_files_inside_are_named(tmp_path: Path, name: str, inside: list[str], says: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as file:
        for each in inside:
            file.writestr(each, "x")
    with pytest.raises(UserError, match=f"{name} is {says}"):
        open_handed(path)
