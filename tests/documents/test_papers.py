"""The four papers: right for full and for empty facts, checked by both checkers, saying what they must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents import coaching_summary, recovery_sheet, team_structure, walk_in_packet
from mtss_desktop.documents.blocks import Audience, Document
from mtss_desktop.documents.parts.follow_up import ActionFacts
from mtss_desktop.documents.parts.packet_facts import MemberFacts
from mtss_desktop.documents.parts.problem_page import ProblemFacts
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.documents.style import house_style
from mtss_desktop.documents.tagging import EmbeddedFont, TaggedCanvas
from tests.documents import invented
from tests.documents.checkers import broken_rules, errors_aloud, page_texts

PAPERS: dict[str, Callable[[], Document]] = {
    "packet": lambda: walk_in_packet.document(invented.packet(), ENGLISH),
    "packet, nothing known": lambda: walk_in_packet.document(invented.bare_packet(), ENGLISH),
    "packet, large print": lambda: walk_in_packet.document(invented.packet(), ENGLISH, large_print=True),
    "summary": lambda: coaching_summary.document(invented.summary()),
    "summary, nothing known": lambda: coaching_summary.document(invented.bare_summary()),
    "summary, large print": lambda: coaching_summary.document(invented.summary(), large_print=True),
    "structure": lambda: team_structure.document(invented.team_structure()),
    "structure, public": lambda: team_structure.document(invented.team_structure(), audience=Audience.PUBLIC),
    "structure, nothing known": lambda: team_structure.document(
        replace(invented.team_structure(), places=(), chart=None)
    ),
    "recovery sheet": lambda: recovery_sheet.document(invented.recovery()),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_follows_pdf_ua_1(name: str) -> None:
    assert broken_rules(pdf_bytes(PAPERS[name](), words=ENGLISH)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_can_be_read_aloud(name: str, tmp_path: Path) -> None:
    assert errors_aloud(pdf_bytes(PAPERS[name](), words=ENGLISH), tmp_path) == []


def texts(document: Document) -> list[str]:
    return [text.replace("\n", " ") for text in page_texts(pdf_bytes(document, words=ENGLISH))]


# --- packet ---


def packet(**changes: object) -> list[str]:
    facts = replace(invented.packet(), **changes)  # type: ignore[arg-type]
    return texts(walk_in_packet.document(facts, ENGLISH))


def test_the_packet_has_its_parts_in_order() -> None:
    pages = packet()
    assert 6 <= len(pages) <= 14
    for page, words in zip(
        pages,
        ("What this meeting decides", "Agenda", "Minutes of 1/20/2026", "Problem 1", "Reading, winter", "Notes"),
        strict=True,
    ):
        assert words in page


def test_the_cover_links_decisions_to_pages() -> None:
    cover = packet()[0]
    assert "Problem 1, page 4" in cover
    assert "Screening, page 5" in cover
    assert "none yet" in cover


def test_decisions_are_made_of_problems_where_nobody_wrote_any() -> None:
    cover = packet(decisions=())[0]
    assert "hallway transitions: continue as planned, change it, or set a new goal?" in cover


def test_late_is_said_with_a_mark_and_a_number() -> None:
    page = packet()[2]
    assert "! late 18 days" in page
    assert "! late 14 days" in page
    assert "7 open · 2 late · 2 due today" in page
    assert "No owner yet" in page


def test_owners_with_most_actions_come_first() -> None:
    page = packet()[2]
    assert (
        page.index("Ruiz, José · 3 open") < page.index("Okafor, Ngozi · 2 open") < page.index("Nguyễn, Linh · 1 open")
    )


def test_an_action_without_a_date_is_not_late() -> None:
    page = packet(actions=(ActionFacts("Ruiz, José", "Think"),))[2]
    assert "no date" in page
    assert "1 open · 0 late" in page


def test_two_problems_share_a_page_and_a_third_gets_room_for_notes() -> None:
    one, two = invented.hallway(), invented.late_arrivals()
    assert "Problem 2" in packet()[3]
    pages = packet(problems=(one, two, one))
    assert "Problem 3" in pages[4]
    assert "Notes on this problem" in pages[4]


def test_a_missing_part_of_the_statement_is_a_line_to_write_on() -> None:
    page = packet(problems=(ProblemFacts("noise", what="Noise"),))[3]
    assert "precise 1 of 6" in page
    assert "because (why)" in page
    assert "No data are in yet." in page
    assert "Nothing to compare yet." in page


def test_a_partly_kept_plan_is_said_before_the_numbers() -> None:
    page = packet()[3]
    sentence = page[page.index("Too early to say whether the idea works.") :]
    assert sentence.index("The main step was in place") < sentence.index("Before 11.4")


def test_unanswered_issues_say_how_long() -> None:
    assert "No answer yet, 27 days." in packet()[2]


def test_many_members_sign_on_a_page_of_their_own() -> None:
    many = tuple(MemberFacts(f"Member {n:02}") for n in range(24))
    pages = packet(members=many)
    assert "Agenda" in pages[1]
    assert "Member 23" in pages[2]
    assert all("Member" not in page for page in pages[3:])


def test_parts_can_be_left_out() -> None:
    pages = packet(without=frozenset({"screening", "notes", "wins"}))
    whole = " ".join(pages)
    assert "Reading, winter" not in whole.replace("Which grade", "")
    assert "Wins since" not in whole
    assert len(pages) == 4


def test_confidential_packets_say_so_on_every_page() -> None:
    for page in packet(confidential=True, restriction="For the team only · copy 1 of 10"):
        assert "Confidential – contains student information" in page
        assert "copy 1 of 10" in page


@pytest.mark.parametrize("count", [0, 1, 60])
def test_any_number_of_actions(count: int) -> None:
    start = date(2026, 2, 1)
    actions = tuple(ActionFacts(f"Owner {n % 7}", f"Action{n:03}", due=start + timedelta(days=n)) for n in range(count))
    whole = " ".join(packet(actions=actions))
    assert all(f"Action{n:03}" in whole for n in range(count))


# --- summary ---


def test_the_summary_is_one_sheet() -> None:
    pages = texts(coaching_summary.document(invented.summary()))
    assert len(pages) == 2
    assert "34 of 42" in pages[0]
    assert "25 of 34" in pages[0]
    assert "One decision is needed" in pages[0]


def test_the_fidelity_third_says_what_is_missing() -> None:
    page = texts(coaching_summary.document(invented.summary()))[1]
    assert "No instrument has been rated in this period." in page
    assert "no rating yet" in texts(coaching_summary.document(invented.summary()))[0]


def test_a_summary_of_one_school_speaks_of_teams() -> None:
    page = texts(coaching_summary.document(replace(invented.summary(), one_school=True)))[0]
    assert "planned and held, by team" in page


# --- structure ---


def test_a_matrix_per_place_then_the_chart_and_its_lines() -> None:
    pages = texts(team_structure.document(invented.team_structure()))
    assert len(pages) == 4
    assert "Teams of Birch Hollow Elementary School, 2025–26" in pages[0]
    assert "What the grid shows" in pages[0]
    assert "Teams of Marsh Lane Middle School" in pages[1]
    assert "Who decides what" in pages[2]
    assert "The lines of the chart" in pages[3]
    assert "minutes, monthly" in pages[3]


def test_empty_cells_are_findings() -> None:
    assert texts(team_structure.document(invented.team_structure()))[0].count("none entered") >= 6


def test_the_public_version_names_nobody() -> None:
    whole = " ".join(texts(team_structure.document(invented.team_structure(), audience=Audience.PUBLIC)))
    assert "Thornton M, Fb" not in whole
    assert "What the grid shows" not in whole
    assert "Open loops" not in whole
    assert "5 members" in whole


# --- recovery sheet ---


def test_the_recovery_sheet_is_one_page_with_fourteen_groups() -> None:
    [page] = texts(recovery_sheet.document(invented.recovery()))
    found = [page.index(group) for group in invented.recovery().groups]
    assert found == sorted(found)
    assert "Secret." in page
    assert "specimen" not in page


@pytest.mark.parametrize("groups", [(), ("ABCD",) * 13, ("ABC",) * 14])
def test_a_wrong_key_makes_no_sheet(groups: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="14 groups"):
        recovery_sheet.document(replace(invented.recovery(), groups=groups))


def test_the_groups_are_one_paragraph_each() -> None:
    data = pdf_bytes(recovery_sheet.document(invented.recovery()), words=ENGLISH)
    assert data.count(b"/S/P/") >= 14


def test_no_word_of_the_facts_lies_on_the_fold() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf_bytes(team_structure.document(invented.team_structure()), words=ENGLISH))
    page = document[2]
    assert round(page.get_width()) == 1224
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    document.close()
    facts = [box for box in boxes if 640 < box[1] < 700]
    assert facts
    assert all(box[2] < 612 - 10 or box[0] > 612 + 10 for box in facts)


# --- all ---


@pytest.mark.parametrize("name", [name for name in PAPERS if "large" not in name])
def test_nothing_is_set_smaller_than_can_be_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: dict[str, set[float]] = {}
    plain = TaggedCanvas.write

    def watched(
        self: TaggedCanvas, x: float, y: float, text: str, font: EmbeddedFont, size: float, track: float = 0.0
    ) -> None:
        sizes.setdefault(font.fontName, set()).add(size)
        plain(self, x, y, text, font, size, track)

    monkeypatch.setattr(TaggedCanvas, "write", watched)
    pdf_bytes(PAPERS[name](), words=ENGLISH)
    assert min(size for found in sizes.values() for size in found) >= house_style().rules.chart_min
    assert min(sizes.get("OpenSansSemiCondensed-Regular", {8.0})) >= house_style().rules.table_min
