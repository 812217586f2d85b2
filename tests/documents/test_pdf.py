"""Tagged PDF: both checkers agree on a document that tries everything, and both can fail."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words, said
from mtss_desktop.documents import walk_in_packet
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Checkbox,
    Checklist,
    Column,
    Columns,
    Contents,
    ContentsEntry,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Frame,
    Heading,
    KeepTogether,
    KeyFacts,
    KeyGroups,
    Mark,
    PageBreak,
    PageOf,
    Panel,
    Panels,
    Paper,
    Paragraph,
    RowKind,
    Run,
    Sentence,
    Shape,
    SignatureLines,
    Spacer,
    Table,
    TextRole,
    WriteLine,
    WriteLines,
    bold,
    row,
)
from mtss_desktop.documents.pdf import pdf_bytes, write_pdf
from tests.documents import invented
from tests.documents.checkers import broken_rules, errors_aloud, made, page_texts

NAMES = "José, Nguyễn, Zoë, Łukasz, Αθηνά, Ђорђе, Müller-Lüdenscheidt"


def everything() -> tuple[Block, ...]:
    """Every block, every inline value, hard texts."""
    rows = tuple(
        line
        for group in range(4)
        for line in (
            row(f"Group {group} {NAMES}", "12 open", kind=RowKind.GROUP),
            *(row(Checkbox(checked=bool(n % 2)), f"<b>& “{n}” {NAMES}", str(n), WriteLine()) for n in range(14)),
        )
    )
    columns = (
        Column("Done", width=30, align=Align.CENTER),
        Column("What", names_row=True),
        Column("Number", width=50, align=Align.RIGHT),
        Column("Write", width=70),
    )
    totals = tuple(row(str(n), str(n * n), "12") for n in range(5))
    return (
        Paragraph((bold("Lead. "), Run("español ", language="es"), Run("italic", italic=True)), TextRole.LEAD),
        Heading("Contents", anchor="start"),
        Contents((ContentsEntry("The start", "start"), ContentsEntry("The table", "table"))),
        Paragraph(("See ", Run("the table", anchor="table"), PageOf("table", ", page "), ".")),
        Sentence("Lower by 0.86.", "Before 1.92, after 1.06."),
        Bullets(("one", (bold("two"), " and more"))),
        Bullets(("first", "second"), numbered=True),
        Checklist(("bring the slips", "count the rooms")),
        KeyFacts((Fact("Goal", "0.9"), Fact("Level", "1.06")), stacked=True),
        Panels((Panel("Effort", "How much?", "61 of 70", "line"), Panel("Fidelity", "How well?", "70"))),
        Columns(((Heading("Left"), Paragraph("left text")), (Heading("Right"), Paragraph("right text")))),
        Heading("Table", aside="56 rows", anchor="table"),
        Table(columns, rows, "Everything at once"),
        Table((Column("Kind"), Column("N", align=Align.RIGHT), Column("M")), totals, dense=True),
        Table(columns, (), empty="Nothing here yet."),
        FigureBlock(invented.weekly((1.0, 2.0, 3.0), (1.0, 0.5, 0.4), 0.9), 130.0),
        Paragraph(tuple(part for shape in Shape for part in (Mark(shape, shape.value), "  "))),
        Paragraph(("Started ", WriteLine(50.0), " of 10")),
        Paragraph("printed, but not read", furniture=True),
        Frame((KeyGroups(("ABCD", "EFGH", "JKMN")),)),
        Spacer(10.0),
        KeepTogether((Heading("Kept", level=3), Paragraph("together"))),
        SignatureLines(("Coach", "Principal")),
        PageBreak(Paper.LEGAL_LANDSCAPE),
        Heading("On legal paper"),
        Table((Column("Date"), Column("Place")), (row("", ""), row("", "")), boxed=True, row_height=24.0),
        WriteLines(3),
        PageBreak(),
        Heading("Notes"),
        WriteLines(),
    )


@pytest.fixture(scope="module")
def torture() -> bytes:
    return made(*everything(), facts=(Fact("Place", "Library"),), provenance="Printed 2/12/2026 · counts only")


def test_everything_follows_pdf_ua_1(torture: bytes) -> None:
    assert broken_rules(torture) == []


def test_everything_can_be_read_aloud(torture: bytes, tmp_path: Path) -> None:
    assert errors_aloud(torture, tmp_path) == []


@pytest.mark.parametrize(
    ("found", "planted"),
    [
        (b"/ParentTree ", b"/ParentTrex "),
        (b"/StructTreeRoot", b"/StructTreeRoox"),
        (b"/Alt ", b"/Alx "),
        (b"/Marked true", b"/Marked 1234"),
        (b"/DisplayDocTitle true", b"/DisplayDocTitlx true"),
        (b"pdfuaid:part", b"pdfuaid:parx"),
        (b"/Contents (", b"/Contentx ("),
        (b"/Tabs /S", b"/Tabs /R"),
    ],
)
def test_the_validator_finds_planted_defects(torture: bytes, found: bytes, planted: bytes) -> None:
    assert found in torture
    assert broken_rules(torture.replace(found, planted))


@pytest.mark.parametrize(
    ("found", "planted"),
    [
        (b"/Scope/Column", b"/Scopx/Column"),
        (b"/S/TH", b"/S/TX"),
        (b"/S/H1", b"/S/H3"),
        (b"/Alt ", b"/Alx "),
        (b"/Marked true", b"/Marked 1234"),
    ],
)
def test_the_reader_finds_planted_defects(torture: bytes, tmp_path: Path, found: bytes, planted: bytes) -> None:
    assert found in torture
    assert errors_aloud(torture.replace(found, planted), tmp_path)


def test_prose_that_is_only_painted_is_found(tmp_path: Path) -> None:
    long = "This sentence of more than eight words is printed but nobody who listens will ever hear it."
    assert errors_aloud(made(Paragraph("short"), Paragraph(long, furniture=True)), tmp_path)


def test_the_same_input_gives_the_same_bytes(torture: bytes) -> None:
    again = made(*everything(), facts=(Fact("Place", "Library"),), provenance="Printed 2/12/2026 · counts only")
    assert again == torture


def test_papers_printed_at_once_do_not_disturb_each_other() -> None:
    from concurrent.futures import ThreadPoolExecutor

    packet = walk_in_packet.document(invented.packet(), ENGLISH)
    alone = pdf_bytes(packet, words=ENGLISH)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: pdf_bytes(packet, words=ENGLISH), range(8)))
    assert set(together) == {alone}


@pytest.mark.slow
def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.documents import invented; from mtss_desktop.base.words import ENGLISH;"
        "from mtss_desktop.documents import walk_in_packet; from mtss_desktop.documents.pdf import pdf_bytes;"
        "data = pdf_bytes(walk_in_packet.document(invented.packet(), ENGLISH), words=ENGLISH);"
        "print(hashlib.sha256(data).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    seen = set()
    for seed, zone in (("1", "UTC"), ("2", "America/New_York")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
        }
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        seen.add(run.stdout)
    assert len(seen) == 1


def test_nothing_of_the_machine_is_in_the_file(torture: bytes) -> None:
    for word in (b"anonymous", b"CreationDate", b"/Author", b"D:20", b"Helvetica", b"Times", b"Courier"):
        assert word not in torture


def test_every_font_is_embedded(torture: bytes) -> None:
    fonts = torture.count(b"/Subtype /TrueType")
    assert fonts == torture.count(b"/FontFile2") > 3
    assert b"/Subtype /Type1" not in torture


def test_names_can_be_found_again() -> None:
    text = page_texts(made(Paragraph(NAMES), Paragraph("שלום 😀 ok")))[0]
    assert NAMES in text
    assert "ok" in text


def test_letters_no_font_has_keep_their_text() -> None:
    data = made(Paragraph("x😀y"))
    assert broken_rules(data) == []
    assert "x" in page_texts(data)[0]


def test_mark_up_is_text() -> None:
    text = page_texts(made(Paragraph("<b>5 < 6 & 7</b> <para> &amp; \\n (x)"), Heading("<i>")))[0]
    assert "<b>5 < 6 & 7</b> <para> &amp; \\n (x)" in text
    assert "<i>" in text


def test_pages_are_numbered_and_contents_know_them() -> None:
    blocks = (Contents((ContentsEntry("Later", "later"),)), PageBreak(), PageBreak(), Heading("Later", anchor="later"))
    texts = page_texts(made(*blocks))
    assert len(texts) == 2
    assert "Page 1 of 2" in texts[0]
    assert "Page 2 of 2" in texts[1]
    assert "Later 2" in texts[0]


def test_an_odd_page_starts_a_sheet() -> None:
    document = Document("Try", "Test", "Owner", (Heading("One"), PageBreak(odd=True), Heading("Two", anchor="two")))
    result = write_pdf(document, io.BytesIO(), words=ENGLISH)
    assert result.places == {"two": 3}


def test_sections_take_their_own_paper(torture: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(torture)
    sizes = [tuple(round(side) for side in document[number].get_size()) for number in range(len(document))]
    document.close()
    assert sizes[0] == (612, 792)
    assert sizes[-1] == (1008, 612)


def test_student_pages_say_so_on_every_page() -> None:
    data = made(
        Heading("One"),
        PageBreak(),
        Heading("Two"),
        footer_class=FooterClass.CONFIDENTIAL,
        restriction="For Ruiz only · copy 1 of 2",
    )
    for text in page_texts(data):
        assert "Confidential – contains student information" in text
        assert "For Ruiz only · copy 1 of 2" in text


def test_a_language_can_be_said_in_other_words() -> None:
    words = Words("es")
    document = Document(said("Title"), "k", "o", (Paragraph("x"),), language="es")
    assert b"/Lang (es)" in pdf_bytes(document, words=words)


def test_a_figure_without_words_is_refused() -> None:
    from dataclasses import replace

    silent = replace(invented.levels(), alt=said(""))
    with pytest.raises(ValueError, match="alternative text"):
        made(FigureBlock(silent, 100.0))


# --- the file ---


def small() -> Document:
    return Document("Try", "Test", "Owner", (Paragraph("text"),))


def test_a_file_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")
    result = write_pdf(small(), target, words=ENGLISH)
    assert result.pages == 1
    assert result.path == target
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert [file.name for file in tmp_path.iterdir()] == ["paper.pdf"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="disk is full"):
        write_pdf(small(), target, words=ENGLISH)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["paper.pdf"]


def test_a_file_in_use_is_tried_again_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def busy(self: Path, _target: Path) -> None:
        tries.append(self)
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with pytest.raises(UserError, match="open in another program"):
        write_pdf(small(), tmp_path / "paper.pdf", words=ENGLISH)
    assert len(tries) > 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", ["nowhere/paper.pdf", "file/paper.pdf", "."])
def test_a_wrong_place_is_one_sentence(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"\.$"):
        write_pdf(small(), tmp_path / where, words=ENGLISH)


def test_cancel_writes_nothing(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_pdf(small(), tmp_path / "paper.pdf", words=ENGLISH, progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_pages(tmp_path: Path) -> None:
    seen = []
    packet = walk_in_packet.document(invented.packet(), ENGLISH)
    result = write_pdf(packet, io.BytesIO(), words=ENGLISH, progress=Progress(seen.append))
    assert seen[-1].done == seen[-1].total == result.pages
