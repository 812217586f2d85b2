"""Blocks → clean HTML for the clipboard: headings, lists, tables with header cells; a figure as picture, words and table.

No style and no script: mail and word processors bring their own. Every text is escaped once, here.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from html import escape

from mtss_desktop.base.cells import neutral
from mtss_desktop.base.words import Said, Words
from mtss_desktop.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Checkbox,
    Checklist,
    Columns,
    Contents,
    Document,
    Fact,
    FigureBlock,
    Frame,
    Heading,
    Inline,
    KeepTogether,
    KeyFacts,
    KeyGroups,
    Mark,
    Panels,
    Paragraph,
    Photo,
    Rich,
    Row,
    RowKind,
    Run,
    Sentence,
    SignatureLines,
    Table,
    TitleBlock,
    WriteLine,
    runs,
)
from mtss_desktop.documents.parts import photos
from mtss_desktop.domain.figures import Figure

Picture = Callable[[Figure, Words], bytes]
"""A figure as PNG."""


def html(document: Document, *, words: Words, picture: Picture | None = None) -> str:
    """The document as one HTML page; with ``picture`` every figure is there to look at as well."""
    writer = _Writer(words, picture)
    title = TitleBlock(document.title, document.kind, document.owner, document.subtitle, document.facts)
    blocks: tuple[Block, ...] = (title, *document.blocks) if document.title_block else document.blocks
    language = escape(document.language or words.language, quote=True)
    head = f'<head><meta charset="utf-8"><title>{writer.text(document.title)}</title></head>'
    body = "\n".join(writer.blocks(blocks))
    return f'<!DOCTYPE html>\n<html lang="{language}">{head}\n<body>\n{body}\n</body></html>\n'


_FOR_WORD = (
    "<style>body{font-family:'Open Sans',Calibri,Arial,sans-serif;font-size:10.5pt}"
    "table{border-collapse:collapse;margin:6pt 0}td,th{border:0.75pt solid #888;padding:2pt 4pt;"
    "vertical-align:top;text-align:left}caption{text-align:left;font-style:italic}</style>"
)
"""A file has nobody around it who brings a style: lines around cells, a readable font."""


def file(document: Document, *, words: Words) -> str:
    """The page as a file for a word processor."""
    return html(document, words=words).replace("</head>", f"{_FOR_WORD}</head>", 1)


def fragment(blocks: Iterable[Block], *, words: Words) -> str:
    """Some blocks, for the clipboard."""
    return "\n".join(_Writer(words).blocks(blocks))


class _Writer:
    def __init__(self, words: Words, picture: Picture | None = None) -> None:
        self.words, self.picture = words, picture

    def text(self, text: Said | str) -> str:
        plain = text if isinstance(text, str) else self.words.say(text)
        return escape(plain).replace("\n", "<br>")

    def rich(self, content: Rich) -> str:
        return "".join(self._inline(part) for part in runs(content)).strip()

    def _inline(self, part: Inline) -> str:
        match part:
            case Run():
                return self._run(part)
            case Mark(word=word, bold=heavy):
                return f"<b>{self.text(word)}</b>" if heavy else self.text(word)
            case Checkbox(word=word, checked=checked):
                return f" [{'x' if checked else ' '}] {self.text(word)}"
            case WriteLine():
                return " ______ "
        return ""

    def _run(self, run: Run) -> str:
        text = self.text(run.text)
        text = f"<b>{text}</b>" if run.bold else text
        text = f"<i>{text}</i>" if run.italic else text
        return f'<span lang="{escape(run.language, quote=True)}">{text}</span>' if run.language else text

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case TitleBlock():
                yield f"<h1>{self.text(block.title)}</h1>"
                if block.subtitle:
                    yield f"<p>{self.text(block.subtitle)}</p>"
                if block.facts:
                    yield self._facts(block.facts)
            case Heading():
                aside = f" <small>{self.text(block.aside)}</small>" if block.aside else ""
                yield f"<h{block.level}>{self.text(block.text)}{aside}</h{block.level}>"
            case Paragraph() if not block.furniture:
                content = self.rich(block.text)
                if content:
                    yield f"<p>{content}</p>"
            case Sentence():
                yield f"<p><b>{self.text(block.finding)}</b> {self.rich(block.text)}</p>"
            case Bullets() | Checklist():
                yield self._list(block)
            case Table():
                yield self._table(block)
            case FigureBlock():
                yield from self._figure(block.figure)
            case Photo():
                alt = self.text(block.alt)
                address = photos.data_address(block.content)
                yield f'<p><img src="{address}" alt="{escape(alt, quote=True)}" width="450"></p>' if address else ""
                yield f"<p>{alt}</p>"
            case _:
                yield from self._grouped(block)

    def _grouped(self, block: Block) -> Iterator[str]:
        match block:
            case KeyFacts():
                yield self._facts(block.facts)
            case Columns():
                for part in block.parts:
                    yield from self.blocks(part)
            case KeepTogether() | Frame():
                yield from self.blocks(block.blocks)
            case Panels():
                for panel in block.panels:
                    yield f"<p><b>{self.text(panel.title)}</b>: {self.text(panel.number)}. {self.text(panel.line)}</p>"
            case Contents():
                entries = "".join(f"<li>{self.text(entry.text)}</li>" for entry in block.entries)
                yield f"<ul>{entries}</ul>"
            case SignatureLines():
                yield from (f"<p>{self.text(label)}: ______</p>" for label in block.labels)
            case KeyGroups():
                yield f"<p>{escape(' '.join(block.groups))}</p>"

    def _facts(self, facts: Iterable[Fact]) -> str:
        rows = "".join(
            f'<tr><th scope="row">{self.text(fact.label)}</th><td>{self.text(fact.value)}</td></tr>' for fact in facts
        )
        return f"<table>{rows}</table>"

    def _list(self, block: Bullets | Checklist) -> str:
        kind = "ol" if isinstance(block, Bullets) and block.numbered else "ul"
        box = "[ ] " if isinstance(block, Checklist) else ""
        items = "".join(f"<li>{box}{self.rich(item)}</li>" for item in block.items)
        return f"<{kind}>{items}</{kind}>"

    def _table(self, table: Table) -> str:
        if not table.rows and table.empty:
            return f"<p>{self.text(table.empty)}</p>"
        caption = f"<caption>{self.text(table.summary)}</caption>" if table.summary else ""
        heads = "".join(f'<th scope="col">{self.rich(column.head)}</th>' for column in table.columns)
        head = f"<thead><tr>{heads}</tr></thead>" if table.head else ""
        body = "".join(self._row(row, table) for row in table.rows)
        return f"<table>{caption}{head}<tbody>{body}</tbody></table>"

    def _row(self, row: Row, table: Table) -> str:
        if row.kind is RowKind.GROUP:
            content = " · ".join(self.rich(_cell(cell).content) for cell in row.cells)
            return f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{content}</th></tr>'
        cells, number = "", 0
        for each in row.cells:
            cell = _cell(each)
            cells += self._cell(
                cell, row, names=cell.header or (cell.header is None and table.columns[number].names_row)
            )
            number += cell.columns
        return f"<tr>{cells}</tr>"

    def _cell(self, cell: Cell, row: Row, *, names: bool) -> str:
        span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        content = neutral(self.rich(cell.content))
        if cell.bold or row.kind is RowKind.TOTAL:
            content = f"<b>{content}</b>"
        return f'<th scope="row"{span}>{content}</th>' if names else f"<td{span}>{content}</td>"

    def _figure(self, figure: Figure) -> Iterator[str]:
        table = figure.table()
        heads = "".join(f'<th scope="col">{self.text(column)}</th>' for column in table.columns)
        rows = "".join(f"<tr>{''.join(self._value(value) for value in row)}</tr>" for row in table.rows)
        if self.picture is not None:
            content = base64.b64encode(self.picture(figure, self.words)).decode("ascii")
            alt = escape(self.words.say(figure.alt), quote=True)
            yield f'<p><img src="data:image/png;base64,{content}" alt="{alt}" width="640"/></p>'
        yield f"<p>{self.text(figure.alt)}</p>"
        yield (
            f"<table><caption>{self.text(table.caption)}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )

    def _value(self, value: object) -> str:
        return f"<td>{'' if value is None else escape(neutral(self.words.write(value)))}</td>"


def _cell(cell: Rich | Cell) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)
