"""A paper on the clipboard: formatted for who can take it, and as plain lines with tabs between cells."""

from __future__ import annotations

from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

_ENDS_LINE = {"p", "h1", "h2", "h3", "h4", "tr", "li", "caption", "table", "ul", "ol"}
_CELLS = {"td", "th"}
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
    """The words of an HTML page, a line for each paragraph and row."""
    reader = _Plain()
    reader.feed(page)
    lines = [line.strip(" ").removesuffix("\t").rstrip() for line in reader.lines]
    return "\n".join(line for line in lines if line)


def mime(page: str) -> QMimeData:
    """Both forms in one."""
    data = QMimeData()
    data.setHtml(page)
    data.setText(plain_text(page))
    return data
