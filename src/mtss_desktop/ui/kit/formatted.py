"""A paper on the clipboard: formatted for who can take it, and as plain lines with tabs between cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

from mtss_desktop.base.cells import neutral
from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure

_ENDS_LINE = {"p", "h1", "h2", "h3", "h4", "tr", "li", "caption", "table", "ul", "ol"}
_CELLS = {"td", "th"}
_EDGE = "border:1px solid #999;padding:3px 6px;text-align:left;vertical-align:top"
_SILENT = {"head", "title", "style"}


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in _SILENT
        if tag == "br":
            self.lines[-1] += " "
        elif tag == "li":
            self.lines[-1] += "– "

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        if tag in _CELLS:
            self.lines[-1] += "\t"
        elif tag in _ENDS_LINE:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.lines[-1] += data.replace("\n", " ") if data.strip() else ""


def plain_text(page: str) -> str:
    """The words of an HTML page, a line for each paragraph and row; no cell of a row runs as a formula."""
    reader = _Plain()
    reader.feed(page)
    lines = [_safe(line.strip(" ").removesuffix("\t").rstrip()) for line in reader.lines]
    return "\n".join(line for line in lines if line)


def _safe(line: str) -> str:
    return "\t".join(neutral(cell) for cell in line.split("\t")) if "\t" in line else line


def mime(page: str) -> QMimeData:
    """Both forms in one."""
    data = QMimeData()
    data.setHtml(page)
    data.setText(plain_text(page))
    return data


def plain_table(grid: Sequence[Sequence[str]]) -> str:
    """A line for each row with tabs between cells; none of them runs as a formula."""
    return "\n".join("\t".join(neutral(_one_line(text)) for text in line) for line in grid) + "\n"


def html_table(grid: Sequence[Sequence[str]]) -> str:
    """The first row holds the heads; pastes as a table into a document."""

    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f'<{tag} style="{_EDGE}">{_cell(text)}</{tag}>' for text in cells) + "</tr>"

    head, *rest = grid
    body = "".join(line(cells, "td") for cells in rest)
    return f'<table style="border-collapse:collapse"><thead>{line(head, "th")}</thead><tbody>{body}</tbody></table>'


def as_table(grid: Sequence[Sequence[str]]) -> QMimeData:
    """Rows on the clipboard, the heads first: as a table for who can take it, and as plain text."""
    data = QMimeData()
    data.setHtml(html_table(grid))
    data.setText(plain_table(grid))
    return data


def block(rows: Sequence[Sequence[str]], plain: str) -> QMimeData:
    """Cells without heads: ``plain`` is what a spreadsheet pastes, and a table for a document."""
    data = QMimeData()
    body = "".join(
        "<tr>" + "".join(f'<td style="{_EDGE}">{_cell(text)}</td>' for text in cells) + "</tr>" for cells in rows
    )
    data.setHtml(f'<table style="border-collapse:collapse"><tbody>{body}</tbody></table>')
    data.setText(plain)
    return data


def table_text(figure: Figure, words: Words) -> str:
    """Title, finding, table with tabs, notes: what a person pastes into a letter or a sheet."""
    table = figure.table()
    rows = [table.columns, *table.rows]
    lines = ["\t".join(neutral(words.write(value)) for value in row) for row in rows]
    head = [neutral(words.write(figure.title)), neutral(words.say(figure.finding))]
    return "\n".join([*head, "", *lines, "", *(words.write(note) for note in table.notes)]).rstrip() + "\n"


def of_figure(figure: Figure, words: Words) -> QMimeData:
    """The numbers of a figure as a table with its title, its finding and its notes."""
    table = figure.table()
    grid = [[words.write(value) for value in row] for row in (table.columns, *table.rows)]
    notes = "".join(f"<p>{escape(words.write(note))}</p>" for note in table.notes)
    data = QMimeData()
    data.setHtml(
        f"<p><b>{escape(words.write(figure.title))}</b></p><p>{escape(words.say(figure.finding))}</p>{html_table(grid)}{notes}"
    )
    data.setText(table_text(figure, words))
    return data


def _cell(text: str) -> str:
    return escape(neutral(text)).replace("\n", "<br>")


def _one_line(text: str) -> str:
    return " ".join(text.split())
