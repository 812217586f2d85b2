"""Clean HTML for the clipboard."""

from __future__ import annotations

from html.parser import HTMLParser

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents import coaching_summary, walk_in_packet
from mtss_desktop.documents.blocks import Document, FigureBlock, Heading, Paragraph, RowKind, Run, Table, bold, row
from mtss_desktop.documents.html import fragment, html
from tests.documents import invented
from tests.documents.test_layout import COLUMNS
from tests.documents.test_pdf import everything


class Balanced(HTMLParser):
    """Fails where tags do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(text: str) -> Balanced:
    parser = Balanced()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


def test_every_block_becomes_balanced_html() -> None:
    parser = parsed(fragment(everything(), words=ENGLISH))
    assert {"h2", "p", "table", "th", "td", "ul", "ol", "b", "i", "caption"} <= set(parser.seen)


def test_documents_become_pages() -> None:
    packet = html(walk_in_packet.document(invented.packet(), ENGLISH), words=ENGLISH)
    summary = html(coaching_summary.document(invented.summary()), words=ENGLISH)
    assert parsed(packet).seen.count("h1") == parsed(summary).seen.count("h1") == 1
    assert "Kowalczyk, Łukasz" in packet
    assert ", page" not in packet


def test_text_is_escaped_once() -> None:
    assert fragment((Paragraph(bold("<script> & ")),), words=ENGLISH) == "<p><b>&lt;script&gt; &amp; </b></p>"
    assert 'lang="&quot;&gt;"' in fragment((Paragraph(Run("x", language='">')),), words=ENGLISH)


def test_tables_say_what_heads_what() -> None:
    table = Table(
        COLUMNS,
        (row("Group", "2 open", kind=RowKind.GROUP), row("a", "b", "1"), row("All", "", "2", kind=RowKind.TOTAL)),
    )
    text = fragment((table,), words=ENGLISH)
    assert '<th scope="col">Name</th>' in text
    assert '<th scope="rowgroup" colspan="3">Group · 2 open</th>' in text
    assert '<th scope="row">a</th><td>b</td>' in text
    assert "<b>2</b>" in text


def test_figures_are_there_to_look_at_where_a_picture_is_wanted() -> None:
    from io import BytesIO

    from PIL import Image

    from mtss_desktop.app.printing import figure_png

    document = Document(title="T", kind="K", owner="O", blocks=(FigureBlock(invented.levels()),))
    parser = parsed(html(document, words=ENGLISH, picture=figure_png))
    assert parser.seen.count("img") == 1
    with Image.open(BytesIO(figure_png(invented.levels(), ENGLISH))) as picture:
        assert picture.width == 960
        assert len(picture.convert("L").getcolors(256) or ()) > 10, "something is drawn on it"


def test_figures_bring_words_and_table() -> None:

    text = fragment((Heading("h"), FigureBlock(invented.levels())), words=ENGLISH)
    assert "Stacked bars" in text
    assert "<caption>By grade</caption>" in text
    assert "Grade 2" in text
