"""Blocks of cells as spreadsheets copy them, and what people type for a tier or a decision."""

from __future__ import annotations

import pytest

from mtss_desktop.domain.team_matrix import MatrixColumn, as_block, block, columns_named, parse_decision, parse_tier
from mtss_desktop.domain.teams import TeamStatus


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a", (("a",),)),
        ("a\tb\r\nc\td\r\n", (("a", "b"), ("c", "d"))),
        ("a\t\nb", (("a", ""), ("b",))),
        ('"two\nlines"\t"say ""hi"""', (("two\nlines", 'say "hi"'),)),
        ("Grades 6\u20138\t 5\u201d pipe ", (("Grades 6\u20138", "5\u201d pipe"),)),
        ("\n\nx", (("",), ("",), ("x",))),
    ],
)
def test_a_block_is_read_as_a_spreadsheet_wrote_it(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert block(text) == rows


def test_what_is_copied_can_be_pasted() -> None:
    rows = (("a", 'say "hi"'), ('"quoted"', "tab\there"))
    assert block(as_block(rows)) == (("a", 'say "hi"'), ('"quoted"', "tab here"))
    formula = (('=HYPERLINK("x")', "-3", "@home"),)
    assert as_block(formula) == "'=HYPERLINK(\"x\")\t-3\t'@home", "nothing runs in a spreadsheet"
    assert block(as_block(formula)) == formula


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (("Team", "Purpose"), (MatrixColumn.NAME, MatrixColumn.PURPOSE)),
        (("Purpose", "", "Committee (name)"), (MatrixColumn.PURPOSE, None, MatrixColumn.NAME)),
        (("SIP/SID", "Budget", "Team Name"), (MatrixColumn.LINKED_GOAL, None, MatrixColumn.NAME)),
        (("Purpose", "Data"), ()),
        (("Team", "Climate", "Room 5"), ()),
        (("Team", "Team name"), ()),
    ],
)
def test_heads_name_columns(cells: tuple[str, ...], columns: tuple[MatrixColumn | None, ...]) -> None:
    assert columns_named(cells) == columns


def test_tiers_and_decisions_are_read_as_typed() -> None:
    assert [parse_tier(text) for text in ("Tier 2", "3", "", "none", "tier 1.")] == [2, 3, 0, 0, 1]
    assert [parse_tier(text) for text in ("Tiers 2 and 3", "Tier 2/3", "II", "all tiers", "Tiers 1-3")] == [
        2,
        2,
        2,
        0,
        1,
    ]
    assert [parse_decision(text) for text in ("Keep", "merge?", "")] == [
        TeamStatus.KEEP,
        TeamStatus.MERGE,
        TeamStatus.KEEP,
    ]
    for parse, text in ((parse_tier, "Tier 4"), (parse_decision, "perhaps")):
        with pytest.raises(ValueError, match=text):
            parse(text)
