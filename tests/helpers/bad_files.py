"""Files that cannot be used, and files with rows that cannot be, as the terminal and the window meet them."""

from __future__ import annotations

from pathlib import Path

HEADER = "StudentID,AssessmentName,TestDate,Score\n"

UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "binary": (bytes(range(256)) * 40, "is not text"),
    "cut off in a cell": (f'{HEADER}1001,"Oral Rea'.encode(), "cut off"),
    "unknown layout": (b"apples,pears\n1,2\n3,4\n", "is not known"),
}
"""Name → content and a part of the one sentence that is said."""

ROWS = (
    "1001,Reading,2025-09-12,187",
    "1002,Reading,2025-02-31,190",  # no such day
    "1003,Reading,1825-09-12,190",  # long ago
    "1004,Reading,2025-09-12,many",  # no number
    "1005,Reading,2025-09-12,99999999999",  # no score
    "1006,Reading",  # too short: its score is empty, so there is nothing to take
    "1007,Reading,2025-09-12,190,more,and more",  # too long
    "1008,Reading,2025-09-12,201",
)
GOOD_LINES = {2, 9}
BAD_LINES = {3, 4, 5, 6, 8}
EMPTY_LINES = {7}

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman")
ACCENTED = (
    "Student ID,Last Name,First Name,Grade,School Name\n"
    "1001,García,Zoë,3,Oak Elementary\n1002,Müller,Ann,4,Oak Elementary\n1003,Peña,Thérèse,5,Oak Elementary\n"
)


def bad_rows(folder: Path) -> Path:
    """A file of eight rows of which only the first and the last can be."""
    path = folder / "scores.csv"
    path.write_text(HEADER + "\n".join(ROWS) + "\n", encoding="utf-8")
    return path
