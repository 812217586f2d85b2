"""What stands where: nothing cut off, heads repeat, headings keep with what follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Checkbox,
    Column,
    Columns,
    Document,
    Fact,
    Heading,
    KeepTogether,
    PageOf,
    Paper,
    Paragraph,
    RowKind,
    Run,
    Table,
    TextRole,
    bold,
    row,
)
from mtss_desktop.documents.layout.table import column_widths
from mtss_desktop.documents.layout.text import Setter, measure
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.documents.style import house_style
from tests.documents.checkers import broken_rules, errors_aloud, made, page_texts, picture, text_edges

COLUMNS = (Column("Name", names_row=True), Column("Note"), Column("Points", width=60.0, align=Align.RIGHT))
SETTER = Setter(ENGLISH, house_style())
BODY = house_style().type["body"]


def rows_of(count: int) -> Table:
    return Table(COLUMNS, tuple(row(f"Row{n:04}", f"note {n} " * (n % 5), str(n)) for n in range(count)), "Rows")


@pytest.mark.parametrize("count", [0, 1, 2, 60, pytest.param(2000, marks=pytest.mark.slow)])
def test_every_row_is_printed_once(count: int) -> None:
    data = made(Heading("Rows"), rows_of(count))
    text = "\n".join(page_texts(data))
    assert sorted(set(re.findall(r"Row(\d{4})", text))) == [f"{n:04}" for n in range(count)]
    assert len(re.findall(r"Row\d{4}", text)) == count
    assert broken_rules(data) == []


@pytest.mark.slow
def test_a_long_table_can_be_read_aloud(tmp_path: Path) -> None:
    assert errors_aloud(made(Heading("Rows"), rows_of(200)), tmp_path) == []


def test_the_head_repeats_on_every_page() -> None:
    texts = page_texts(made(Heading("Rows"), rows_of(200)))
    assert len(texts) > 3
    assert all("Name Note Points" in text for text in texts)


def test_a_group_goes_on_with_its_name() -> None:
    rows = (row("Ruiz, José", "90 open", kind=RowKind.GROUP), *(row(f"Row{n}", "x", "1") for n in range(90)))
    texts = page_texts(made(Table(COLUMNS, rows)))
    assert "Ruiz, José · 90 open" in texts[0].replace("\n", " ")
    assert all("Ruiz, José, continued" in text for text in texts[1:])


def test_a_group_never_ends_a_page() -> None:
    for fill in range(20, 50):
        rows = (
            *(row(f"R{n}", "", "") for n in range(fill)),
            row("Group", kind=RowKind.GROUP),
            row("A1", "", ""),
            row("A2", "", ""),
        )
        texts = page_texts(made(Table(COLUMNS, rows)))
        for text in texts:
            assert ("Group" in text) == ("A1" in text) == ("A2" in text)


@pytest.mark.parametrize("following", ["rows", "lines"])
def test_a_heading_never_stands_alone(following: str) -> None:
    tail: Block = rows_of(6) if following == "rows" else Paragraph("word " * 200)
    first = r"Row0001" if following == "rows" else r"word"
    for fill in range(35, 55):
        filler = [Paragraph("fill", TextRole.BODY) for _ in range(fill)]
        texts = page_texts(made(*filler, Heading("Lonely"), tail))
        page = next(text for text in texts if "Lonely" in text)
        assert re.search(first, page.split("Lonely")[1])
        if following == "lines":
            assert len(page.split("Lonely")[1].split("Page ")[0].strip().splitlines()) >= 3


def test_no_paragraph_leaves_one_line_behind() -> None:
    for fill in range(36, 52):
        filler = [Paragraph("fill", TextRole.BODY) for _ in range(fill)]
        texts = page_texts(made(*filler, Paragraph("word " * 170)))
        counts = [sum(line.startswith("word") for line in text.splitlines()) for text in texts]
        assert all(count == 0 or count >= 2 for count in counts)


def test_what_belongs_together_stays_together() -> None:
    for fill in (30, 40, 44):
        kept = KeepTogether((Heading("Problem"), Paragraph("first"), Paragraph("last")), least_height=300.0)
        texts = page_texts(made(*[Paragraph("fill") for _ in range(fill)], kept))
        assert any("Problem" in text and "last" in text for text in texts)


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


@pytest.mark.parametrize("paper", list(Paper))
def test_nothing_leaves_the_paper(paper: Paper) -> None:
    blocks = (
        Heading(LONG, aside=LONG[:90]),
        Paragraph(LONG),
        Bullets((LONG, "short")),
        Table((*COLUMNS, *COLUMNS), (row(LONG, LONG, LONG, "a", "b", "c"), row("a", "b", "c", LONG, LONG, LONG))),
        Columns(((Paragraph(LONG),), (Paragraph(LONG),))),
    )
    facts = tuple(Fact(f"Label {n}", LONG[: 30 * n]) for n in range(1, 6))
    document = Document(LONG, LONG, LONG, blocks, LONG, facts, paper=paper, provenance=LONG, code=LONG, running=LONG)
    data = pdf_bytes(document, words=ENGLISH)
    for left, bottom, right, top, width, height in text_edges(data):
        assert left > 30
        assert bottom > 20
        assert right < width - 30
        assert top < height - 30


def test_a_row_taller_than_a_page_goes_on() -> None:
    words = [f"w{n}" for n in range(3000)]
    data = made(Table(COLUMNS, (row("Tall", " ".join(words), "1"), row("Next", "", "2"))))
    text = " ".join(page_texts(data))
    assert set(words) <= set(text.split())
    assert "Next" in text
    assert broken_rules(data) == []


def test_side_by_side_too_tall_for_a_page_stands_one_under_the_other() -> None:
    left = tuple(Paragraph(f"left{n}") for n in range(80))
    text = " ".join(page_texts(made(Columns((left, (Paragraph("right"),))))))
    assert all(f"left{n}" in text.split() for n in range(80))
    assert "right" in text


def test_left_is_read_before_right() -> None:
    data = made(
        Columns(((Heading("Left"), Paragraph("one"), Paragraph("two")), (Heading("Right"), Paragraph("three"))))
    )
    text = page_texts(data)[0]
    assert text.index("Left") < text.index("two") < text.index("Right") < text.index("three")


def test_a_page_number_may_be_as_wide_as_it_likes() -> None:
    data = made(Paragraph(("See", PageOf("x", ", page "), " now.")), Heading("X", anchor="x"))
    assert "See, page 1 now." in page_texts(data)[0]


def test_large_print_is_large_and_complete() -> None:
    table = Table((*COLUMNS, Column("Fourth"), Column("Fifth")), (row("A", "B", "7", "D", "E"),))
    document = Document(
        "T", "K", "O", (Heading("H", aside="quiet"), table, Paragraph("p", TextRole.NOTE)), large_print=True
    )
    data = pdf_bytes(document, words=ENGLISH)
    text = page_texts(data)[0]
    for word in ("Note", "B", "Points", "7", "Fourth", "D", "Fifth", "E"):
        assert word in text.split()
    assert broken_rules(data) == []


# --- lines ---


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=120), st.floats(20, 400))
@settings(max_examples=150, deadline=None)
def test_lines_keep_every_letter_and_never_run_over(text: str, width: float) -> None:
    lines = SETTER.lines(text, BODY, width)
    printed = "".join(line.text for line in lines)
    wanted = SETTER.say(text)
    assert "".join(printed.split()) == "".join(wanted.split())
    widest = max((measure(letter, BODY) for letter in wanted), default=0.0)
    assert all(line.width <= max(width, widest) + 0.1 for line in lines)


def test_runs_stick_together_without_a_space() -> None:
    [line] = SETTER.lines((bold("Solid"), Run(": keeps. "), bold("Dashed"), Run("!")), BODY, 500.0)
    assert line.text == "Solid: keeps. Dashed!"


def test_a_line_feed_breaks_the_line() -> None:
    assert [line.text.strip() for line in SETTER.lines("one\ntwo\n\nfour", BODY, 500.0)] == ["one", "two", "", "four"]


def test_words_at_the_end_of_a_line_are_not_joined() -> None:
    lines = SETTER.lines("word " * 40, BODY, 100.0)
    assert "".join(line.text for line in lines).split() == ["word"] * 40
    assert max(line.width for line in lines) <= 100.0


WHOLE = ("2:45–4:00 PM", "9:00 AM–12:30 PM", "8 AM", "Thu 2/12", "February 12, 2026", "May 5")


@pytest.mark.parametrize("whole", WHOLE)
def test_times_and_dates_are_never_broken_apart(whole: str) -> None:
    """Wherever the line ends; read aloud or searched the blank inside is a blank."""
    text = f"Room is {whole}, then on"
    widths = range(int(max(measure(f"{whole},", BODY), measure("Room", BODY))) + 1, int(measure(text, BODY)) + 1, 3)
    for width in widths:
        lines = [line.text for line in SETTER.lines(text, BODY, width)]
        assert any(whole in line for line in lines), lines
        assert " ".join(line.strip() for line in lines) == text
    tight = [line.text.strip() for line in SETTER.lines(whole, BODY, measure(whole, BODY) - 4)]
    assert " ".join(tight) == whole, "where there is no room at all, it ends after its blank"


def test_a_column_of_times_is_as_wide_as_they_are() -> None:
    rows = tuple(row(f"Every week at {whole}", "word " * 60, "1") for whole in WHOLE)
    text = "\n".join(page_texts(made(Table(COLUMNS, rows))))
    assert [whole for whole in WHOLE if whole not in text] == []


def test_several_blanks_make_room() -> None:
    [near] = SETTER.lines((Run("a "), Run("b")), BODY, 500.0)
    [far] = SETTER.lines((Run("a "), Run("      b")), BODY, 500.0)
    assert far.width > near.width + 10


def test_a_typed_name_is_never_taken_for_a_sentence_to_translate() -> None:
    assert SETTER.say("{name}") == "{name}"
    assert SETTER.say(said("{name}", name="{x}")) == "{x}"


# --- columns ---


def test_columns_share_what_fixed_ones_leave() -> None:
    columns = (Column(width=100.0), Column(share=1.0), Column(share=3.0))
    assert column_widths(columns, 500.0, [0, 0, 0]) == [100.0, 100.0, 300.0]


def test_a_long_word_widens_its_column() -> None:
    wide = column_widths((Column(width=20.0), Column(), Column()), 300.0, [80.0, 10.0, 10.0])
    assert wide[0] >= 80.0
    assert sum(wide) == pytest.approx(300.0)


def test_columns_wider_than_the_page_shrink() -> None:
    assert sum(column_widths((Column(width=400.0), Column(width=400.0)), 500.0, [0, 0])) == pytest.approx(500.0)


def test_a_row_with_too_many_cells_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="more cells"):
        made(Table(COLUMNS, (row("a", "b", "c", "d"),)))


# --- a copier ---


def test_marks_differ_in_black_and_white() -> None:
    from mtss_desktop.documents.blocks import Mark, Shape

    seen = {}
    for shape in Shape:
        data = made(Paragraph(Mark(shape, "")), title_block=False)
        image = picture(data, scale=6.0)
        black = image.point(lambda value: 0 if value < 128 else 255)
        left, top = 54 * 6 - 6, (36 + 6) * 6
        seen[shape] = black.crop((left, top, left + 80, top + 110)).tobytes()
    supports = {Shape.TIER_1, Shape.TIER_2, Shape.TIER_3}
    said_by_shape = [bits for shape, bits in seen.items() if shape not in supports]
    assert len(set(said_by_shape)) == len(said_by_shape)
    assert len({seen[shape] for shape in supports}) == 3
    assert all(b"\x00" in bits for bits in seen.values())


def test_a_checked_box_is_seen_and_read() -> None:
    empty, checked = (made(Paragraph(Checkbox("done", checked=value))) for value in (False, True))
    assert picture(empty).tobytes() != picture(checked).tobytes()
    assert b"not checked" in empty
    assert b"/ActualText (checked" in checked


def test_sections_side_by_side_are_not_inside_the_one_before() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    import io

    data = made(Heading("First"), Columns(((Heading("Left"),), (Heading("Right"),))), Heading("Last"))
    document = pikepdf.open(io.BytesIO(data))
    tree = document.Root.StructTreeRoot.K[0]
    kinds = [str(child.S) for child in tree.K]
    assert kinds.count("/Sect") == 4
