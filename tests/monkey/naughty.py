"""What is typed, and what stands in the files that are picked."""

from __future__ import annotations

import random
from pathlib import Path

TEXTS = (
    "",
    "a",
    "Anna",
    "12",
    "-1",
    "0",
    "99999999999999999999",
    "1e309",
    "NaN",
    "2026-02-30",
    "2/12/2026",
    "9:75",
    "2:45 PM",
    "O'Brien-Łukasz",
    "Ǩäß ńĩ שלום مرحبا",
    "学校の会議",
    "𝒳👩‍🏫👩🏾‍🦽",
    "e\u0301\u0301\u0301",
    "\u202eabc\u2066",
    "\ufeff\u200b",
    "=cmd|'/c calc'!A0",
    "'; DROP TABLE team;--",
    "<b>bold</b><img src=x>&amp;",
    "%s %n {0} {name} {",
    "&File &",
    "x" * 300,
    "long " * 400,
    " \t ",
    "two\nlines\r\nthree",
    "\x07\x1b[31m",
    "\x00",
    "🏫" * 50,
    "../../etc/passwd",
)
"""Lone surrogates are not among them: no keyboard and no clipboard of Qt gives one."""

SHEET = b"Student ID,Last Name,First Name,Grade,School\n1001,Lee,Ana,3,Piney Ridge\n1002,,\xff,,\n"


def files(folder: Path) -> tuple[Path, ...]:
    """Files a person may pick by mistake, made in ``folder``: a sheet, an empty one, noise, a folder, one that is not there."""
    folder.mkdir(exist_ok=True)
    contents = {
        "roster.csv": SHEET,
        "empty.csv": b"",
        "noise.csv": random.Random(5).randbytes(3000),
        "nul.csv": b"a,b\n\x00,1\n",
        "wide.csv": b"h," * 3000 + b"\n",
        "ragged.txt": b"a;b;c\n1;2\n1;2;3;4\n",
        "name.mtss": b"not a database",
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return (*(folder / name for name in contents), folder, folder / "missing.csv")
