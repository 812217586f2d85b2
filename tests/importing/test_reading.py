"""Bytes → a table of text."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest

from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.importing import file_bytes, taking
from mtss_desktop.importing.cutting import cut
from mtss_desktop.importing.file_bytes import read_bytes
from mtss_desktop.importing.header_rows import plain_name
from mtss_desktop.importing.reading import look
from mtss_desktop.importing.sketches import Sketch, Table, TextBody
from mtss_desktop.importing.taking import take


def read(data: bytes | str, known: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    sketch = look(data if isinstance(data, bytes) else data.encode(), "file.csv", known)
    found = take(sketch, sketch.names, silent())
    return [{name: column[row] for name, column in found.columns.items()} for row in range(len(found))]


TEXT = "id,name,note\n0012,Nuñez,it’s fine\n0013,Müller,“so”\n0014,Sofía,École\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
        ("mac-roman", "mac-roman"),
    ],
)
def test_every_common_encoding(encoding: str, said: str) -> None:
    sketch = look(TEXT.encode(encoding), "file.csv")
    assert sketch.encoding == said
    assert [row["name"] for row in read(TEXT.encode(encoding))] == ["Nuñez", "Müller", "Sofía"]
    assert read(TEXT.encode(encoding))[0] == {"id": "0012", "name": "Nuñez", "note": "it’s fine"}


def test_windows_bytes_inside_utf_8() -> None:
    data = "id,name,note\n1,Nuñez,Müller Sofía\n2,".encode() + b"Ren\xe9e,it\x92s\n"
    assert read(data) == [
        {"id": "1", "name": "Nuñez", "note": "Müller Sofía"},
        {"id": "2", "name": "Renée", "note": "it’s"},
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    text = end.join(separator.join(row) for row in (("id", "a", "b"), ("01", "x", ""), ("02", "", "y")))
    for last in ("", end):
        assert read(text + last) == [{"id": "01", "a": "x", "b": ""}, {"id": "02", "a": "", "b": "y"}]


def test_both_ways_of_reading_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast reader is used for plain files alone, and gives exactly what the careful one gives."""
    dice = random.Random(5)
    cells = ["", "007", "a b", "Nuñez", "1.50", "NULL", "x;y", "it's", "5,6", "a|b", "two words " * 5, "x" * 70]
    seen = {True: 0, False: 0}
    for trial in range(200):
        width = dice.randint(2, 6)
        here = [*cells, "a\nb", 'a "b"'] if trial % 3 == 0 else cells
        rows = [[dice.choice(here) for _ in range(width)] for _ in range(dice.randint(1, 8))]
        out = io.StringIO(newline="")
        quoting = dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        writer = csv.writer(out, lineterminator=dice.choice(["\n", "\r\n"]), quoting=quoting)
        writer.writerows([[f"h{n}" for n in range(width)], *rows])
        sketch = look(out.getvalue().encode(), f"{trial}.csv")
        seen[is_plain(sketch)] += 1
        fast = take(sketch, sketch.names, silent())
        with monkeypatch.context() as patch:
            patch.setattr(taking, "cut", lambda *_: None)
            careful = take(sketch, sketch.names, silent())
        assert all_of(fast) == all_of(careful)
        with monkeypatch.context() as patch:
            patch.setattr(taking, "_PIECE", dice.randint(1, 40))
            patch.setattr(taking, "_LARGE_PIECE", dice.randint(1, 160))
            assert all_of(take(sketch, sketch.names, silent())) == all_of(careful)
    assert seen[True] > 50
    assert seen[False] > 20


def is_plain(sketch: Sketch) -> bool:
    body = sketch.body
    assert isinstance(body, TextBody)
    piece = body.text[body.at :].encode()
    return not sketch.backslash and cut(piece, ord(sketch.separator), 10, sketch.width, range(sketch.width)) is not None


def all_of(found: Table) -> tuple[object, ...]:
    texts = {name: column.texts() for name, column in found.columns.items()}
    return texts, found.lines.tolist(), found.faults, found.skipped


@pytest.mark.parametrize(
    "body",
    ['1,"a\nb"\n', '1,"a ""x"" b"\n', "1,a\r2,b\n", '1,a"b\n', "1,a,b\n", "1\n", "\n1,a\n", '1,"a"b\n', '1, "a"\n'],
)
def test_a_file_with_two_readings_is_not_plain(body: str) -> None:
    assert not is_plain(look(("id,x\n" + body + "2,c\n").encode(), "f.csv"))


def test_leading_zeros_and_long_digits_stay_text() -> None:
    rows = "".join(f"{n:07d},{10**18 + n}\n" for n in range(500))
    found = read("id,big\n" + rows)
    assert found[3] == {"id": "0000003", "big": "1000000000000000003"}


def test_backslash_escapes_and_a_single_quoted_header() -> None:
    text = '\'ID\',\'SAID\'\n"1","he said \\"no\\", twice"\n"2","ends with a slash\\\\"\n"3","two\nlines"\n'
    assert read(text) == [
        {"ID": "1", "SAID": 'he said "no", twice'},
        {"ID": "2", "SAID": "ends with a slash\\"},
        {"ID": "3", "SAID": "two\nlines"},
    ]


def test_title_rows_above_the_header() -> None:
    text = "Ashby County Public Schools\nReport of 2/1/2026\n\nStudentID,TestDate,Score\n01,2026-01-05,7\n"
    sketch = look(text.encode(), "f.csv", frozenset({"studentid", "score"}))
    assert sketch.header_line == 4
    assert read(text, frozenset({"studentid", "score"})) == [
        {"StudentID": "01", "TestDate": "2026-01-05", "Score": "7"}
    ]
    assert take(sketch, ["Score"], silent()).lines.tolist() == [5]


def test_blank_and_double_headers_and_trailing_separators() -> None:
    sketch = look(b"id,,score,score,,\n1,a,5,6,,\n", "f.csv")
    assert sketch.names == ("id", "Column 2", "score", "score (2)")
    assert read(b"id,,score,score,,\n1,a,5,6,,\n") == [{"id": "1", "Column 2": "a", "score": "5", "score (2)": "6"}]


def test_the_files_own_lines_and_ragged_rows() -> None:
    text = 'id,a,b\n1,"two\nlines",x\n2,short\n\n3,p,q,too much\nid,a,b\n4,y,z\n'
    sketch = look(text.encode(), "f.csv")
    found = take(sketch, sketch.names, silent())
    assert found.lines.tolist() == [2, 4, 6, 7, 8]
    assert found.columns["b"].texts() == ["x", "", "q", "b", "z"]
    assert [(fault.row, fault.message) for fault in found.faults] == [
        (2, "The row has 4 cells where the header has 3.")
    ]
    assert found.skipped == ((3, "the header again"),)


def test_only_wanted_columns_and_never_passwords() -> None:
    sketch = look(b"user,Password,USER_PWD,score\nab,secret1,secret2,5\n", "f.csv")
    assert sketch.never_read == ("Password", "USER_PWD")
    found = take(sketch, sketch.names, silent())
    assert set(found.columns) == {"user", "score"}
    assert set(take(sketch, ["score"], silent()).columns) == {"score"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n \n", "empty"),
        (b"PK\x03\x04\x14\x00rest", "ZIP or Excel"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"SQLite format 3\x00", "a database"),
        (bytes(range(256)) * 50, "not text"),
        (b'id,note\n1,"cut off in a quoted ce', "quoted cell that starts on line 2"),
        ("id,name\n1,Nuñez\n2,Mü".encode()[:-1], "middle of a character"),
        (b"\xff\xfei\x00d\x00,\x00n", "middle of a character"),
        (b"id,note\n1," + b"x" * 1_000_100 + b"\n", "longer than 1,000,000 characters"),
        (b",".join(b"c%d" % n for n in range(20_001)) + b"\n", "20,001 columns"),
    ],
)
def test_bad_files_get_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read(data)


def test_a_last_row_that_was_cut_off_is_named() -> None:
    sketch = look(b'id,a,b\n1,x,"y, z"\n2,some', "f.csv")
    found = take(sketch, sketch.names, silent())
    assert [(fault.row, "cut off" in fault.message) for fault in found.faults] == [(1, True)]


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ('3,"z"', True),
        ("3,", True),
        ("3,,", False),
        ("3,z,q\n", False),
        ('3,"z",\n', False),
    ],
)
def test_a_row_cut_off_between_two_cells_is_named_where_no_other_is_short(end: str, cut: bool) -> None:
    """Its values up to there look whole: taken as they are, what stood behind them would count as empty."""
    whole = "id,a,b,c\n" + "1,x,y,z\n2,x,y,z\n"
    sketch = look((whole + end).encode(), "f.csv")
    found = take(sketch, sketch.names, silent())
    assert [fault.row for fault in found.faults] == ([2] if cut else [])
    often = look((whole.replace(",y,z", "") + end).encode(), "f.csv")
    assert [fault.row for fault in take(often, often.names, silent()).faults] == []


def test_a_quotation_mark_inside_a_cell_is_text() -> None:
    assert read('id,inches\n1,5" tall\n2,6"\n')[1] == {"id": "2", "inches": '6"'}


def test_missing_folder_and_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"no file gone\.csv"):
        read_bytes(tmp_path / "gone.csv")
    with pytest.raises(UserError, match="is a folder"):
        read_bytes(tmp_path)
    file = tmp_path / "large.csv"
    file.write_bytes(b"a,b\n1,2\n")
    monkeypatch.setattr(file_bytes, "LARGEST_FILE", 5)
    with pytest.raises(UserError, match="larger than"):
        read_bytes(file)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_ROWS", 2)
    for text in ("a,b\n1,2\n3,4\n5,6\n", 'a,b\n1,2\n3,"4\n"\n5,6\n'):
        sketch = look(text.encode(), "f.csv")
        with pytest.raises(UserError, match="more than 2 rows"):
            take(sketch, sketch.names, silent())


def test_a_cancel_ends_reading() -> None:
    progress = Progress()
    progress.cancel()
    sketch = look(b'a,b\n1,"2\n"\n', "f.csv")
    with pytest.raises(Cancelled):
        take(sketch, sketch.names, progress)


def test_header_words_are_compared_plainly() -> None:
    assert plain_name("[1]Student_Number") == plain_name(" student number ") == "studentnumber"


def test_csv_spectrum(shared: Path) -> None:
    """Every file equals its twin."""
    folder = shared / "torture" / "csv-spectrum"
    for file in sorted(folder.glob("csvs__*.csv")):
        text = (folder / file.name.replace("csvs__", "json__").replace(".csv", ".json")).read_text()
        twin = json.loads(text.replace("\\r\\n", "\\n"))  # the files themselves were stored with plain line ends
        found = read(file.read_bytes())
        if isinstance(twin, dict):  # this twin was given another telephone number than its file
            assert list(found[0].values())[1:] == list(twin.values())[1:]
            continue
        assert [list(row.values()) for row in found] == [list(row.values()) for row in twin], file.name


def test_torture_files_are_read_or_refused(shared: Path) -> None:
    for file in sorted((shared / "torture").glob("*/*.csv")):
        refusal = ""
        try:
            read(file.read_bytes())
        except UserError as error:
            refusal = error.message
        assert refusal == "" or refusal.endswith("."), file.name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            ",,Fall,,Winter,\nID,Grade,Score,Level,Score,Level\n1,3,5,Low,6,High\n",
            "ID|Grade|Fall Score|Fall Level|Winter Score|Winter Level",
        ),
        (
            "Student,,Fall,,Winter,\nID,Grade,Score,Level,Score,Level\n1,3,5,Low,6,High\n",
            "ID|Grade|Fall Score|Fall Level|Winter Score|Winter Level",
        ),
        (
            "ID,Fall,,Winter,\n,Score,Level,Score,Level\n1,5,Low,6,High\n",
            "ID|Fall Score|Fall Level|Winter Score|Winter Level",
        ),
        (
            "Report of 2/1/2026,,,,\n,Fall,,Winter,\n\nID,Score,Level,Score,Level\n1,5,Low,6,High\n",
            "ID|Fall Score|Fall Level|Winter Score|Winter Level",
        ),
        (
            ",Reading,,Math,\n,Fall,Winter,Fall,Winter\nID,Score,Score,Score,Score\n1,5,6,7,8\n",
            "ID|Reading Fall Score|Reading Winter Score|Math Fall Score|Math Winter Score",
        ),
        ('"Student\nID",Score\n1,5\n', "Student ID|Score"),
        ("My school,,\nID,Name,Score\n1,Ann,5\n", "ID|Name|Score"),
        ("ID,Name,Town\n1,Ann,Essex\n2,Ben,Essex\n", "ID|Name|Town"),
        ("ID,Name,\n1,Ann,x\n", "ID|Name|Column 3"),
        ("a,a,a (2)\n1,2,3\n", "a|a (3)|a (2)"),
        ("Museum,2011,2010\nUffizi,23.8,17.5\nPitti,closed,2.5\n", "Museum|2011|2010"),
        ("sep=;\nid;score\n1;2,5\n", "id|score"),
        ("'id','name','note'\n'1','O''Neil, Ann','x'\n'2','b','y'\n", "id|name|note"),
        ("12,MATH,3\n13,MATH,4\n", "Column 1|Column 2|Column 3"),
    ],
)
def test_what_columns_are_called(text: str, names: str) -> None:
    assert "|".join(look(text.encode(), "f.csv").names) == names


def test_a_file_without_a_header_keeps_its_first_row(shared: Path) -> None:
    file = shared / "samples" / "sis_aspen_x2" / "student_section_grades.csv"
    sketch = look(file.read_bytes(), file.name)
    assert (sketch.header_line, len(sketch.names)) == (0, 6)
    assert "no header" in sketch.noted[0]
    found = take(sketch, sketch.names, silent())
    assert [found.columns[f"Column {n}"][0] for n in (1, 6)] == ["SOC6-001", "85.12 B+"]
    assert found.lines[0] == 1


def test_backslashes_that_do_not_escape() -> None:
    assert read('id,path,n\n1,"C:\\temp\\",5\n2,"D:\\",6\n') == [
        {"id": "1", "path": "C:\\temp\\", "n": "5"},
        {"id": "2", "path": "D:\\", "n": "6"},
    ]
    assert read('id,note,n\n1,"away with family\\\\",5\n')[0]["note"] == "away with family\\"


def test_totals_and_remarks_below_the_table_are_skipped() -> None:
    text = "ID,Name,Score\n1,Ann,5\n2,Ben,7\n\nTotal,,12\nGenerated by the student system on 2/1/2026\n"
    sketch = look(text.encode(), "f.csv")
    found = take(sketch, ["ID"], silent())
    assert found.lines.tolist() == [2, 3, 5, 6]
    assert found.skipped == ((2, "below the table"), (3, "below the table"))
    assert found.faults == ()
    assert take(look(b"ID,Name,Score\n1,Ann,5\n2\n", "f.csv"), ["ID"], silent()).skipped == ()


def test_short_rows_are_said() -> None:
    found = take(look(b"a,b,c\n1,2\n3,4,5\n", "f.csv"), ["c"], silent())
    assert found.noted == ("1 row has fewer cells than the header; what is missing counts as empty.",)
    assert found.columns["c"].texts() == ["", "5"]


def test_passwords_are_not_even_in_the_sample() -> None:
    sketch = look(b"user,Password,score\nab,secret,5\n", "f.csv")
    assert sketch.sample == (("ab", "", "5"),)


def test_thousands_of_columns_and_bare_returns() -> None:
    names = [f"item {n}" for n in range(2_500)]
    rows = [[f"{n % 7}" for n in range(2_500)] for _ in range(30)]
    text = "\r".join(",".join(each) for each in (["id", "kind", *names], *(["a", "b", *row] for row in rows)))
    sketch = look(text.encode(), "f.csv")
    assert len(sketch.names) == 2_502
    found = take(sketch, ["item 2499"], silent())
    assert found.columns["item 2499"].texts() == [str(2499 % 7)] * 30
    assert found.lines.tolist() == list(range(2, 32))
