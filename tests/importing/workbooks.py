"""Small workbooks for tests, written by hand: no writer is among the packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Cell = str | float | bool | None
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DATE = "date:"


def xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]], merged: str = "", hidden: Sequence[str] = ()) -> bytes:
    """Texts beginning with ``date:`` are day numbers shown as dates, those beginning with ``=`` formulas with the value 7."""
    out = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        file.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        lines = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
            for n, name in enumerate(names, 1)
        )
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{lines}</sheets></workbook>'
        )
        links = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
        file.writestr("xl/_rels/workbook.xml.rels", _relations([*links, ("styles", "styles.xml")]))
        file.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        )
        for n, name in enumerate(names, 1):
            file.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(sheets[name], merged if n == 1 else ""))
    return out.getvalue()


def _relations(links: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _sheet(rows: Sequence[Sequence[Cell]], merged: str) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(cell, f"{chr(65 + at)}{n}") for at, cell in enumerate(cells))}</row>'
        for n, cells in enumerate(rows, 1)
    )
    joined = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{joined}</worksheet>'


def _cell(value: Cell, place: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, float | int):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    if value.startswith(_DATE):
        return f'<c r="{place}" s="1"><v>{value.removeprefix(_DATE)}</v></c>'
    if value.startswith("="):
        return f'<c r="{place}"><f>{value[1:]}</f><v>7</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def ods(rows: Sequence[Sequence[str | float]]) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, str)
            else f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="One">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        file.writestr("content.xml", content)
    return out.getvalue()
