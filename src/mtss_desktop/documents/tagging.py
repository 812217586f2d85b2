"""The tagged-PDF layer over reportlab: structure tree, marked content, links, bookmarks, metadata (PDF/UA-1).

``Node`` is one element of the structure. Its children and its marks stand in reading order: children are made while a page is
laid out, marks when it is painted. ``TaggedCanvas`` knows at any moment whose content is being painted: ``mark(node)`` or
``furniture()``; nothing can be painted outside of both. The same input gives the same bytes; no author, no time, no zone gets in.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from xml.sax.saxutils import escape as xml_escape

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PRODUCER = "MTSS Desktop"
_FONT_FILES = threading.RLock()  # a font file has one reading place for all threads
rl_config.useA85 = 0  # streams as they are: a quarter smaller than as ASCII

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfuaid:part>1</pdfuaid:part><pdf:Producer>{producer}</pdf:Producer><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


# --- fonts -----------------------------------------------------------------------------------------------------------

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
_CMAP_SECTION = 100  # entries in one bfchar section, a limit of the CMap format


def to_unicode(name: str, subset: list[int]) -> str:
    """What a reader needs to turn codes back into letters. Code 0 (no letter) has no entry: a map to U+0000 is forbidden."""
    entries = [
        f"<{code:02X}> <{chr(letter).encode('utf-16-be').hex().upper()}>"
        for code, letter in enumerate(subset)
        if letter
    ]
    sections = [entries[start : start + _CMAP_SECTION] for start in range(0, len(entries), _CMAP_SECTION)]
    body = [f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in sections]
    return "\n".join([_CMAP_HEAD.format(name=name), *body, _CMAP_TAIL])


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A subset TrueType font whose letters can be read back."""

    def addObjects(self, doc: Any) -> None:
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        prefix = "toUnicodeCMap:"
        ours = [name for name in doc.idToObject if name.startswith(prefix) and name.endswith(self.face.name.decode())]
        for name, subset in zip(ours, subsets, strict=True):
            doc.idToObject[name].content = to_unicode(name.removeprefix(prefix), subset)


def embedded_font(name: str, path: str) -> EmbeddedFont:
    """The font of a file, registered under ``name`` once per process."""
    with _FONT_FILES:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(EmbeddedFont(name, path, asciiReadable=False, shapable=False))
    return cast("EmbeddedFont", pdfmetrics.getFont(name))


# --- structure -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Node:
    """One structure element. ``kind`` is its PDF name (H1, P, Table, TH, Figure …).

    ``alt`` replaces what is painted, ``actual`` is its text; ``scope`` of a TH is Column, Row or Both; ``box`` is left, bottom,
    right, top of a figure. ``children`` holds nodes and marks in reading order.
    """

    kind: str
    alt: str = ""
    actual: str | None = None
    language: str = ""
    scope: str = ""
    columns: int = 1
    summary: str = ""
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None
    children: list[Node | _Mark | _Annotation] = field(default_factory=list)

    def child(self, kind: str, **attributes: Any) -> Node:
        node = Node(kind, **attributes)
        self.children.append(node)
        return node

    def walk(self) -> Iterator[Node]:
        yield self
        for part in self.children:
            if isinstance(part, Node):
                yield from part.walk()


@dataclass(frozen=True, eq=False)
class _Mark:
    page: Any
    number: int


@dataclass(frozen=True, eq=False)
class _Annotation:
    page: Any
    reference: Any


class _Element(pdfdoc.PDFObject):  # type: ignore[misc]
    """A structure element as it is written; references are numbers only when the file is."""

    __RefOnly__ = 1

    def __init__(self, node: Node, parent: Any) -> None:
        self.node, self.parent = node, parent
        self.kids: list[Any] = []

    def format(self, document: Any) -> bytes:
        node = self.node
        out = [b"<</Type/StructElem/S/", node.kind.encode(), b"/P ", self.parent.format(document)]
        for key, text in (
            (b"/Alt ", node.alt or None),
            (b"/ActualText ", node.actual),
            (b"/Lang ", node.language or None),
        ):
            if text is not None:
                out += [key, pdfdoc.PDFString(text).format(document)]
        attributes = _attributes(node, document)
        if attributes:
            out += [b"/A[", *attributes, b"]"]
        if self.kids:
            out += [b"/K[", *(self._kid(kid, document) for kid in self.kids), b"]"]
        return b"".join([*out, b">>"])

    @staticmethod
    def _kid(kid: Any, document: Any) -> bytes:
        if isinstance(kid, _Mark):
            return b"<</Type/MCR/Pg %s/MCID %d>>" % (kid.page.format(document), kid.number)
        if isinstance(kid, _Annotation):
            page, target = kid.page.format(document), kid.reference.format(document)
            return b"<</Type/OBJR/Pg %s/Obj %s>>" % (page, target)
        return cast("bytes", kid.format(document)) + b" "


def _attributes(node: Node, document: Any) -> list[bytes]:
    found = []
    if node.kind in ("TH", "TD") and (node.scope or node.columns > 1):
        scope = b"/Scope/" + node.scope.encode() if node.scope else b""
        span = b"/ColSpan %d" % node.columns if node.columns > 1 else b""
        found.append(b"<</O/Table" + scope + span + b">>")
    if node.kind == "Table" and node.summary:
        found.append(b"<</O/Table/Summary " + pdfdoc.PDFString(node.summary).format(document) + b">>")
    if node.kind == "L":
        found.append(b"<</O/List/ListNumbering/" + (node.numbering or "None").encode() + b">>")
    if node.box is not None:
        box = " ".join(f"{part:.2f}" for part in node.box)
        found.append(b"<</O/Layout/Placement/Block/BBox[" + box.encode() + b"]>>")
    return found


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """A dictionary written by hand; ``parts`` are bytes and references."""

    __RefOnly__ = 1

    def __init__(self, parts: list[Any]) -> None:
        self.parts = parts

    def format(self, document: Any) -> bytes:
        return b"".join(part if isinstance(part, bytes) else part.format(document) + b" " for part in self.parts)


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Title and program, nothing else: no author, no time, no zone."""

    def format(self, document: Any) -> bytes:
        entries = {"Title": self.title, "Producer": PRODUCER, "Creator": PRODUCER}
        made = {key: pdfdoc.PDFString(value) for key, value in entries.items()}
        return cast("bytes", pdfdoc.PDFDictionary(made).format(document))


# --- canvas ----------------------------------------------------------------------------------------------------------


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas with a structure tree. Paint between ``mark(node)`` or ``furniture()`` and ``close()``."""

    def __init__(self, size: tuple[float, float], *, title: str, language: str, font: str) -> None:
        self.root = Node("Document")
        self._open: object | None = None
        self._marks: list[Node] = []
        self._parents: dict[int, list[Node] | Node] = {}
        self._outline_level = -1
        self._title, self._language = title, language
        super().__init__(
            io.BytesIO(), size, pageCompression=1, invariant=1, initialFontName=font, pdfVersion=(1, 7), lang=language
        )
        self._doc.info = _Info()
        self._doc.info.title = title
        self._doc.info.producer = PRODUCER
        self.setViewerPreference("DisplayDocTitle", "true")

    # whose content is being painted

    def mark(self, node: Node) -> None:
        """What is painted from here on is content of ``node``; painting on for the same node makes no new mark."""
        if self._open is node:
            return
        self.close()
        node.children.append(_Mark(self._doc.thisPageRef(), len(self._marks)))
        self._code.append(f"/{node.kind} <</MCID {len(self._marks)}>> BDC")
        self._marks.append(node)
        self._open = node

    def furniture(self, kind: str = "Layout", subtype: str = "") -> None:
        """What is painted from here on is not read: rules, grid, running heads (``kind`` Pagination), repeated heads."""
        key = (kind, subtype)
        if self._open == key:
            return
        self.close()
        named = f" /Subtype /{subtype}" if subtype else ""
        self._code.append(f"/Artifact <</Type /{kind}{named}>> BDC")
        self._open = key

    @property
    def in_furniture(self) -> bool:
        return isinstance(self._open, tuple)

    def close(self) -> None:
        if self._open is not None:
            self._code.append("EMC")
            self._open = None

    @contextmanager
    def actual_text(self, text: str) -> Iterator[None]:
        """Inside an open mark: what is painted stands for ``text``."""
        encoded = (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper()
        self._code.append(f"/Span <</ActualText <{encoded}>>> BDC")
        yield
        self._code.append("EMC")

    def write(self, x: float, y: float, text: str, font: TTFont, size: float, track: float = 0.0) -> None:
        """Text at its baseline in the current fill color. Every letter must be in the font (see ``fonts.stretches``)."""
        code = self._code
        code.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm")
        if track:
            code.append(f"{track:.2f} Tc")
        for subset, letters in font.splitString(text, self._doc):
            name = font.getSubsetInternalName(subset, self._doc)
            code.append(f"{name} {size:g} Tf ({self._escape(letters)}) Tj")
        code.append("0 Tc ET" if track else "ET")

    # links and bookmarks

    def anchor(self, name: str, left: float, top: float) -> None:
        self.bookmarkPage(name, fit="XYZ", left=left, top=top, zoom=0)

    def outline(self, title: str, name: str, level: int) -> None:
        """A bookmark; a level that skips one is raised to the next allowed."""
        self._outline_level = min(level, self._outline_level + 1)
        self.addOutlineEntry(title, name, self._outline_level, closed=False)

    def link(self, node: Node, rectangle: tuple[float, float, float, float], anchor: str, says: str) -> None:
        """Makes the rectangle (left, bottom, right, top) a link to an anchor; ``node`` is the Link element of its text."""
        key = len(self._parents)
        self._parents[key] = node
        annotation = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArray([round(part, 2) for part in rectangle]),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "Dest": self._bookmarkReference(anchor),
            "Contents": pdfdoc.PDFString(says),
            "StructParent": key,
            "F": 4,
        }
        self._addAnnotation(pdfdoc.PDFDictionary(annotation))
        node.children.append(_Annotation(self._doc.thisPageRef(), self._annotationrefs[-1]))

    # pages and the end

    def _setAnnotations(self, page: Any) -> None:
        """Called by reportlab for every finished page: ties its marks to the structure."""
        super()._setAnnotations(page)
        if not isinstance(page, pdfdoc.PDFPage):
            return
        key = len(self._parents)
        page.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = key, pdfdoc.PDFName("S")
        self._parents[key], self._marks = self._marks, []

    def finish_page(self) -> None:
        self.close()
        self.showPage()

    def finish(self) -> bytes:
        """The whole file."""
        self._write_structure()
        with _FONT_FILES:
            return cast("bytes", self._doc.GetPDFData(self))

    def _write_structure(self) -> None:
        document = self._doc
        tree = _Raw([])
        tree_reference = document.Reference(tree, "StructTreeRoot")
        references: dict[int, Any] = {}
        root = self._element(self.root, tree_reference, references)
        nums: list[Any] = [b"<</Nums["]
        for key, owner in sorted(self._parents.items()):
            nums.append(b"%d " % key)
            nums += (
                [b"[", *(references[id(n)] for n in owner), b"]"]
                if isinstance(owner, list)
                else [references[id(owner)]]
            )
        parents = document.Reference(_Raw([*nums, b"]>>"]), "ParentTree")
        tree.parts = [b"<</Type/StructTreeRoot/K[", root, b"]/ParentTree ", parents]
        tree.parts.append(b"/ParentTreeNextKey %d>>" % len(self._parents))
        catalog = document.Catalog
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        packet = _XMP.format(
            title=xml_escape(self._title), producer=xml_escape(PRODUCER), language=xml_escape(self._language)
        )
        catalog.Metadata = pdfdoc.XMP(creator=lambda _: packet.encode("utf-8"))

    def _element(self, node: Node, parent: Any, references: dict[int, Any]) -> Any:
        element = _Element(node, parent)
        reference = self._doc.Reference(element, f"SE{len(references)}")
        references[id(node)] = reference
        for part in node.children:
            element.kids.append(self._element(part, reference, references) if isinstance(part, Node) else part)
        return reference
