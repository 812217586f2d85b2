"""Letters beyond A to Z: read right, or a person says which encoding the file has."""

from __future__ import annotations

import pytest

from mtss_desktop.importing.findings import PROBLEM, QUESTION
from tests.importing.files import sketched, understood

HEAD = "Student ID,Last Name,First Name,Grade,School,School Year\n"


def roster(encoding: str, *names: str) -> bytes:
    rows = [f"{1001 + n},{name},Ana,3,Holcomb,2025-26" for n, name in enumerate(names)]
    return (HEAD + "\n".join(rows) + "\n").encode(encoding)


PLAIN = ("Smith", "Jones")


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1253", ("Παπαδόπουλος", "Ιωάννου")),
        ("cp1251", ("Иванова", "Соколов")),
        ("cp1250", ("Małysz", "Wałęsa", "Błażej")),
        ("cp437", ("Núñez", "Peña", "García")),
        ("cp1255", ("כהן", "לוי")),
    ],
)
def test_what_is_not_western_is_asked(encoding: str, names: tuple[str, ...]) -> None:
    data = roster(encoding, *PLAIN, *names)
    found = understood(data)
    assert [each.key for each in found.questions] == ["encoding"]
    assert found.state().tolist() == [0, 0] + [QUESTION] * len(names)
    told = understood(data, encoding=encoding)
    assert not told.questions
    assert told.last_name.texts() == [*PLAIN, *names]
    assert told.sketch.sha256 == found.sketch.sha256


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-8", "utf-16"])
def test_western_letters_are_not_asked(encoding: str) -> None:
    names = ("Núñez", "O’Brien", "García", "Müller", "Lefèvre")
    found = understood(roster(encoding, *names))
    assert not found.questions
    assert found.last_name.texts() == list(names)


def test_letters_that_other_code_pages_share_are_said() -> None:
    found = understood(roster("cp1250", "Dvořák", "Novák"))
    assert not found.questions
    assert "(ø) were read as Windows Western European" in found.assumed[0]


def test_an_answer_that_is_no_encoding_asks_again() -> None:
    found = understood(roster("cp1253", "Παπαδόπουλος"), encoding="no such")
    assert [each.key for each in found.questions] == ["encoding"]


def test_zero_bytes_end_cells_and_never_join_their_halves() -> None:
    rows = "1001\0\0,ORF\0,2025-09-01,5\x002\n1002,ORF,2025-09-01,\x0044\n10\x0003,ORF,2025-09-01,45\n"
    found = understood(("StudentID,AssessmentName,TestDate,Score\n" + rows).encode())
    assert found.numbers["value"].tolist()[1:] == [44, 45]
    assert found.state().tolist() == [PROBLEM, 0, PROBLEM]
    assert found.ids["local"].texts()[:2] == ["1001", "1002"]
    assert {each.header: each.message(0) for each in found.findings} == {
        "Score": "A letter of this cell was lost. Export the file again.",
        "StudentID": "A letter of this cell was lost. Export the file again.",
    }


def test_the_encoding_is_in_the_sketch() -> None:
    assert sketched(roster("cp1253", "Ιωάννου")).encodings[0]
