"""What stands on every page: title blocks apart, the running head above and the footer below."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import Align, Document, FooterClass, Rich, Run
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.text import Line, Setter, TextPart, measure
from mtss_desktop.documents.style import Sheet
from mtss_desktop.documents.tagging import Node


@dataclass(frozen=True)
class Furniture:
    document: Document
    setter: Setter

    @property
    def head_height(self) -> float:
        style = self.setter.style
        return style.type["running_head"].lead + style.space.running_head_after / 2

    def running_head(self, pen: Pen, sheet: Sheet, left: float) -> None:
        document, style = self.document, self.setter.style.type["running_head"]
        pen.canvas.furniture("Pagination", "Header")
        y = sheet.height - sheet.top - style.size
        right = self._line((document.running_right or document.kind,), sheet.text_width / 2)
        place = (Run(" · "), Run(document.running)) if document.running else ()
        room = sheet.text_width - right.width - self.setter.style.footer.gap
        name = self._line((Run(document.running_name or document.title, bold=True), *place), room)
        pen.line(name, left, y, None)
        pen.line(right, left, y, None, width=sheet.text_width, align=Align.RIGHT)

    def _line(self, content: Rich, width: float, style: str = "running_head") -> Line:
        """One line: furniture never wraps, what does not fit ends in three points (the whole stands on the first page)."""
        looks = self.setter.style.type[style]
        lines = self.setter.lines(content, looks, width)
        if len(lines) < 2:
            return lines[0] if lines else Line((), 0.0)
        more = TextPart("…", looks, measure("…", looks))
        first = self.setter.lines(content, looks, width - more.width)[0]
        return Line((*first.parts, more), first.width + more.width)

    def footer(self, pen: Pen, sheet: Sheet, left: float, page: int, pages: int, read: Node | None) -> None:
        """``read`` takes the class and the provenance as paragraphs; without it they are furniture like the rest."""
        looks, text = self.setter.style.footer, self.setter.style.type["footer"]
        mirrored = sheet.mirrored and self.document.two_sided and page % 2 == 0
        second = looks.y
        first = second + text.lead
        width = sheet.text_width
        pen.rule(
            left,
            first + text.lead + 3,
            left + width,
            first + text.lead + 3,
            self.setter.style.rule_weight.footer,
            "rule",
        )
        inner, outer = (Align.RIGHT, Align.LEFT) if mirrored else (Align.LEFT, Align.RIGHT)
        number = self._line(
            (Run(said("Page {page} of {pages}", page=page, pages=pages), bold=True),), width / 2, "footer"
        )
        code = self._line((Run(self.document.code or self.document.kind),), width / 2, "footer")
        for line, y in ((number, first), (code, second)):
            pen.canvas.furniture("Pagination", "Footer")
            pen.line(line, left, y, None, width=width, align=outer)
        pen.canvas.close()
        pen.canvas.furniture("Pagination", "Footer")
        room = width - max(number.width, code.width) - looks.gap
        self._class(pen, left, first, width, room, inner, read.child("P") if read else None)
        line = self._line((Run(self._provenance(room)),), room, "footer")
        if line.parts:
            pen.line(line, left, second, read.child("P") if read else None, width=width, align=inner)

    def _class(
        self, pen: Pen, left: float, y: float, width: float, room: float, align: Align, node: Node | None
    ) -> None:
        looks = self.setter.style.footer
        words = looks.words[self.document.footer_class]
        if self.document.footer_class is FooterClass.CONFIDENTIAL:
            self._tab(pen, left, y, width, align, node)
            return
        content = (Run(said(words.strong), bold=True), Run(" "), Run(said(words.rest) if words.rest else ""))
        line = self._line(content, room, "footer")
        pen.line(line, left, y, node, width=width, align=align)

    def _tab(self, pen: Pen, left: float, y: float, width: float, align: Align, node: Node | None) -> None:
        """White on black, on every page where a student can be recognized."""
        looks, text = self.setter.style.footer, self.setter.style.type["footer"]
        shown = text.bold().colored("paper")
        strong = said(looks.words[FooterClass.CONFIDENTIAL].strong)
        line = self.setter.lines((Run(strong),), shown, width)[0]
        wide = line.width + 2 * looks.tab_pad
        x = left if align is Align.LEFT else left + width - wide
        pen.area(x, y - text.size * 0.35, wide, text.lead + 1.0, "ink")
        pen.line(line, x + looks.tab_pad, y, node)

    def _provenance(self, room: float) -> str:
        """At most so many characters and one line: parts are dropped from the right."""
        said_text = self.document.restriction or self.document.provenance
        parts = self.setter.say(said_text).split(" · ")
        text = self.setter.style.type["footer"]
        limit = self.setter.style.footer.provenance_max
        while len(parts) > 1:
            whole = " · ".join(parts)
            if len(whole) <= limit and len(self.setter.lines(whole, text, room)) <= 1:
                break
            parts.pop()
        return " · ".join(parts)
