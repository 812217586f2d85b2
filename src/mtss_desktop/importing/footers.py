"""What stands below a table and between its rows: totals, page numbers, who printed it."""

from __future__ import annotations

import re

from mtss_desktop.importing.dialect import records
from mtss_desktop.importing.header_rows import Header
from mtss_desktop.importing.sketches import TextBody

_FOOTER = re.compile(
    r"(?:grand |sub)?totals?\b.*|(?:class|grade|school|district|group) (?:averages?|mean|median|totals?)\b.*"
    r"|(?:overall )?averages?|mean|median|count|sum|end of (?:file|report).*|\d+ (?:rows?|records?|students?)\b.*"
    r"|(?:printed|generated|exported|created|run|report(?:ed)?) (?:by|on|at|date|from)\b.*|page \d+.*",
    re.IGNORECASE,
)


def is_remark(text: str) -> bool:
    """Is it a total, a page number or the like, as stands below and between the rows of a table?"""
    return _FOOTER.fullmatch(text.strip()) is not None


def tail_of(text: str, body: TextBody) -> list[tuple[int, list[str]]]:
    """The last rows of a text, if its end can be read by itself."""
    start = text.rfind("\n", 0, max(len(text) - 4_000, 0)) + 1
    if start <= body.at:
        start, line = body.at, body.line
    elif "\n" not in text:
        return []
    else:
        before = text[:start]
        line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
    if text[start:].count(body.dialect.quote) % 2:
        return []
    return [(each.line, each.cells) for each in records(text, body.dialect, start, line)][-20:]


def footer_line(tail: list[tuple[int, list[str]]], header: Header) -> int:
    """The line from which on totals and remarks stand below the table; 0 for none."""
    footer = 0
    if len(header.names) < 3:
        return footer
    for line, cells in reversed(tail):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            continue
        if not _is_footer(cells, filled, len(header.names)):
            break
        footer = line
    return footer


def _is_footer(cells: list[str], filled: list[str], width: int) -> bool:
    if _FOOTER.fullmatch(filled[0]) and len(filled) <= max(width * 2 // 3, 1):
        return True
    remark = len(filled) == 1 and cells[0].strip() == filled[0]
    return remark and len(filled[0]) > 12 and filled[0].count(" ") > 1
