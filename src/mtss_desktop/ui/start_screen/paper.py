"""The recovery sheet straight to a printer, without a file in between that would hold the key."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Words
from mtss_desktop.documents.blocks import (
    Bullets,
    Columns,
    Document,
    Frame,
    Heading,
    KeyGroups,
    Paragraph,
    Rich,
    Run,
    Table,
    runs,
)

MARGIN = 54.0
"""Points on all four sides."""
SIZES = (10, 9, 8, 7)


def print_sheet(parent: QWidget, document: Document, words: Words) -> bool:
    """Asks for the printer and prints; False where the person thought better of it. Raises ``UserError`` without a printer."""
    if not QPrinterInfo.availablePrinterNames():
        raise UserError(
            words("This computer knows no printer."), words("Save the sheet as a PDF and print it elsewhere.")
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(words("Recovery sheet"))
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    return print_to(printer, document, words)


def print_to(printer: QPrinter, document: Document, words: Words) -> bool:
    """Raises ``UserError`` where the printer gives up."""
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId(printer.pageLayout().pageSize().id())),
            QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN),
            QPageLayout.Unit.Point,
        )
    )
    _on_one_page(as_html(document, words), printer).print_(printer)
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise UserError(
            words("The sheet could not be printed."), words("Look at the printer, or save the sheet as a PDF.")
        )
    return True


def _on_one_page(html: str, printer: QPrinter) -> QTextDocument:
    """The largest of a few sizes at which the sheet is one page."""
    text = QTextDocument()
    text.documentLayout().setPaintDevice(printer)
    for points in SIZES:
        text.setDefaultFont(QFont("Helvetica", points))
        text.setHtml(html)
        text.setPageSize(printer.pageRect(QPrinter.Unit.DevicePixel).size())
        if text.pageCount() == 1:
            break
    return text


def as_html(document: Document, words: Words) -> str:
    """The blocks a recovery sheet has, in the few tags Qt's text engine knows."""
    facts = " &nbsp; ".join(f"{_say(fact.label, words)}: {_rich(fact.value, words)}" for fact in document.facts)
    body = "".join(_block(block, words) for block in document.blocks)
    return (
        f"<p><b>{_say(document.kind, words)}</b></p><h1>{_say(document.title, words)}</h1>"
        f"<p>{_say(document.subtitle, words)}</p><p>{facts}</p>{body}<p><small>{_say(document.code, words)}</small></p>"
    )


def _block(block: object, words: Words) -> str:
    match block:
        case Heading():
            return f"<h3>{_say(block.text, words)}</h3>"
        case Paragraph():
            return f"<p>{_rich(block.text, words)}</p>"
        case Bullets():
            tag = "ol" if block.numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_rich(item, words)}</li>' for item in block.items)}</{tag}>"
        case Frame():
            inside = "".join(_block(each, words) for each in block.blocks)
            return f'<table border="1" cellpadding="8" width="100%"><tr><td>{inside}</td></tr></table>'
        case Columns():
            parts = ("".join(_block(each, words) for each in part) for part in block.parts)
            cells = "".join(f'<td width="50%" valign="top">{part}</td>' for part in parts)
            return f'<table width="100%" cellpadding="4"><tr>{cells}</tr></table>'
        case KeyGroups():
            return _groups(block.groups, block.per_row)
        case Table():
            return _table(block, words)
    raise TypeError(f"a recovery sheet has no {type(block).__name__}")


def _groups(groups: Sequence[str], per_row: int) -> str:
    rows = [groups[start : start + per_row] for start in range(0, len(groups), per_row)]
    cells = ("".join(f"<td><tt><big><big>{group}</big></big></tt></td>" for group in row) for row in rows)
    return f'<table cellpadding="6">{"".join(f"<tr>{row}</tr>" for row in cells)}</table>'


def _table(table: Table, words: Words) -> str:
    head = "".join(f'<td width="25%">{_rich(column.head, words)}</td>' for column in table.columns)
    empty = "".join("<td>&nbsp;<br>&nbsp;</td>" for _ in table.columns)
    rows = f"<tr>{empty}</tr>" * len(table.rows)
    return f'<table border="1" cellpadding="3" width="100%"><tr>{head}</tr>{rows}</table>'


def _rich(content: Rich, words: Words) -> str:
    return "".join(
        f"<b>{_say(part.text, words)}</b>" if part.bold else _say(part.text, words)
        for part in runs(content)
        if isinstance(part, Run)
    )


def _say(text: object, words: Words) -> str:
    return escape(words.write(text))
