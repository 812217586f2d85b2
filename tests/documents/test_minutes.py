"""Minutes and agenda on paper: full and empty, open and confidential, checked by both checkers, saying what they must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.documents import agenda, blank_agenda, blank_minutes, minutes, minutes_in_short
from mtss_desktop.documents.agenda import AgendaSheet, DueFacts, PlannedFacts
from mtss_desktop.documents.blocks import Document
from mtss_desktop.documents.html import html
from mtss_desktop.documents.parts.minutes_facts import (
    AbsentFacts,
    IssueFacts,
    ItemFacts,
    MinutesFacts,
    NewFacts,
    PresentFacts,
    ReviewedFacts,
    SaidFacts,
    TriedFacts,
)
from mtss_desktop.documents.pdf import pdf_bytes
from mtss_desktop.domain.meetings import Answer, LineKind, WeWill
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, SolutionKind
from tests.documents import invented
from tests.documents.checkers import broken_rules, errors_aloud, page_texts

DAY, NEXT = date(2026, 11, 10), date(2026, 12, 8)
LONG = "A statement that goes on for a good while because the team wrote down all it knew about the hallway, " * 3


def facts() -> MinutesFacts:
    tried = (
        TriedFacts(SolutionKind.PREVENT, "Release grades three minutes apart", "Okafor", date(2026, 10, 19)),
        TriedFacts(SolutionKind.TEACH, "Re-teach the routine at the corner", "Thornton", date(2026, 10, 23)),
    )
    hallway = ReviewedFacts(
        "Running in the main hallway, 11:15–11:45 AM, because three classes meet at one corner.",
        "Hallway",
        tried,
        "From 1.92 to 0.9 by 1/29/2027",
        Fidelity.WITH_FIDELITY,
        Effect.IMPROVED,
        "1.29 per school day, 14 days counted",
        NextStep.CONTINUE,
        "Keep the corner.",
    )
    return MinutesFacts(
        division=invented.DIVISION,
        school=invented.SCHOOL,
        team="Schoolwide (Tier 1) Team",
        tier="Tier 1",
        day=DAY,
        printed=invented.PRINTED,
        started_at=time(15, 16),
        ended_at=time(16, 19),
        place="Library",
        roles=(("Facilitator", "Okafor"), ("Minutes", "Thornton"), ("Data", "Nguyễn")),
        next_day=NEXT,
        next_at=time(15, 15),
        present=(
            *(PresentFacts(f"Name{n}, First", n != 3) for n in range(9)),
            PresentFacts("Whitlock, Dana", present=True, votes=False),
        ),
        quorum=True,
        agenda=(
            ItemFacts("Old problems", True, 28, 25),
            ItemFacts("Cafeteria seating", False, None, 5),
            ItemFacts("Wins"),
        ),
        for_next=("Problem 1, decide", said("Parking lot: {text}", text="cafeteria seating")),
        problems=(hallway, replace(hallway, tried=(), fidelity=None, effect=Effect.GOAL_MET, note="", closed=True)),
        issues=(
            IssueFacts(
                "Slips",
                (
                    SaidFacts(LineKind.NOTE, "Three colors are in use."),
                    SaidFacts(LineKind.DECISION, "one color for the whole building"),
                    SaidFacts(LineKind.ACTION, "Print the slips", "Haddad", date(2026, 11, 16)),
                    SaidFacts(LineKind.ACTION, "Tell the office"),
                ),
            ),
            IssueFacts("Wins", (SaidFacts(LineKind.CELEBRATION, "26 of 28 posts covered"),)),
        ),
        new_problems=(NewFacts("Arguments at recess", 6, tried, "From 0.7 to 0.3", "two lines", "referrals"),),
        answers=(Answer.YES, Answer.SO_SO, Answer.NO, Answer.YES),
        to_improve="Five minutes less on what goes well.",
        absent=(
            AbsentFacts("Name3, First", (SaidFacts(LineKind.ACTION, "Print the slips", "x", date(2026, 11, 16)),)),
            AbsentFacts("Pruitt, Caleb"),
        ),
        draft=False,
        locked_on=date(2026, 11, 11),
        sent_at=datetime(2026, 11, 11, 10, 40),  # noqa: DTZ001
        sent_after_minutes=18 * 60 + 21,
    )


def bare() -> MinutesFacts:
    return MinutesFacts(division="D", school="", team="T", day=DAY, printed=invented.PRINTED)


def long() -> MinutesFacts:
    one = replace(facts().problems[0], statement=LONG, note=LONG)
    lines = tuple(SaidFacts(LineKind.NOTE, f"{n} {LONG}") for n in range(12))
    return replace(facts(), problems=(one,) * 8, issues=(IssueFacts(LONG[:110], lines),) * 4)


def sheet() -> AgendaSheet:
    return AgendaSheet(
        division=invented.DIVISION,
        school=invented.SCHOOL,
        team="Schoolwide (Tier 1) Team",
        day=NEXT,
        printed=invented.PRINTED,
        starts_at=time(15, 15),
        ends_at=time(16, 15),
        place="Library",
        purpose="Every student knows the three expectations.",
        norms="Data before opinions.",
        roles=(("Facilitator", "Okafor"),),
        items=(PlannedFacts("Open", time(15, 15), 5, "Okafor", WeWill.APPROVE), PlannedFacts("Hallway", None, 60)),
        questions=("Hallway: hold or change?",),
        due=(DueFacts("Ruiz, José", "Call", date(2026, 12, 4), 4), DueFacts("", "Count")),
    )


PAPERS: dict[str, Callable[[], Document]] = {
    "minutes": lambda: minutes.document(facts(), ENGLISH),
    "minutes, nothing known": lambda: minutes.document(bare(), ENGLISH),
    "minutes, long": lambda: minutes.document(long(), ENGLISH),
    "minutes, large print": lambda: minutes.document(facts(), ENGLISH, large_print=True),
    "minutes, confidential": lambda: minutes.document(
        replace(facts(), confidential=True, restriction="For the members of this team only."), ENGLISH
    ),
    "for staff": lambda: minutes_in_short.for_staff(facts(), ENGLISH),
    "for staff, nothing known": lambda: minutes_in_short.for_staff(bare(), ENGLISH),
    "for absent": lambda: minutes_in_short.for_absent(facts(), ENGLISH),
    "for absent, nobody": lambda: minutes_in_short.for_absent(bare(), ENGLISH),
    "agenda": lambda: agenda.document(sheet(), ENGLISH),
    "agenda, nothing known": lambda: agenda.document(
        AgendaSheet(division="D", school="", team="T", day=DAY, printed=invented.PRINTED), ENGLISH
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_follows_pdf_ua_1(name: str) -> None:
    assert broken_rules(pdf_bytes(PAPERS[name](), words=ENGLISH)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_can_be_read_aloud(name: str, tmp_path: Path) -> None:
    assert errors_aloud(pdf_bytes(PAPERS[name](), words=ENGLISH), tmp_path) == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_can_be_copied(name: str) -> None:
    assert "<h1" in html(PAPERS[name](), words=ENGLISH)


def texts(document: Document) -> str:
    return " ".join(page_texts(pdf_bytes(document, words=ENGLISH))).replace("\n", " ")


def test_the_seven_sections_stand_in_order() -> None:
    page = texts(minutes.document(facts(), ENGLISH))
    places = [
        page.index(title)
        for title in (
            "1 Present", "2 Agenda today", "3 For 12/8", "4 Previously defined problems", "5 Information and issues",
            "6 New problem", "7 How was the meeting?",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    for words in (
        "8 of 9, quorum",
        "28 of 25 min",
        "5 min planned",
        "Without a vote: Whitlock, Dana",
        "precise 6 of 6",
    ):
        assert words in page
    for name in ("Name0, First", "Name8, First"):
        assert name in page
    assert "Decision: one color for the whole building" in page
    assert "Sent 11/11/2026, 10:40 AM (18 h 21 min after the end) · final, locked 11/11" in page
    assert "Minutes · Tier 1 · open" in page


def test_six_is_left_out_and_the_others_stay_when_empty() -> None:
    page = texts(minutes.document(bare(), ENGLISH))
    assert "No problem was open." in page
    assert "6 New" not in page
    assert "7 How was the meeting?" in page
    assert "Draft · Minutes" in page


def test_every_value_is_printed_and_one_is_crossed() -> None:
    text = html(minutes.document(facts(), ENGLISH), words=ENGLISH)
    for word in ("not started", "partial", "with fidelity", "stopped", "worse", "no change", "improved", "goal met"):
        assert word in text


def test_long_minutes_go_on_over_pages() -> None:
    pages = page_texts(pdf_bytes(minutes.document(long(), ENGLISH), words=ENGLISH))
    assert len(pages) > 3
    assert "5 Information and issues" in " ".join(pages)


def test_staff_get_decisions_and_effects_only() -> None:
    page = texts(minutes_in_short.for_staff(facts(), ENGLISH))
    assert "one color for the whole building" in page
    assert "Hallway: improved" in page
    for never in ("Three colors", "Print the slips", "Haddad", "Okafor", "so-so"):
        assert never not in page


def test_two_who_were_absent_share_a_sheet() -> None:
    pages = page_texts(pdf_bytes(minutes_in_short.for_absent(facts(), ENGLISH), words=ENGLISH))
    assert len(pages) == 1
    assert "For Name3, First" in pages[0]
    assert "For Pruitt, Caleb" in pages[0]
    assert "Nothing in this meeting." in pages[0]


def test_the_agenda_says_what_is_late_and_too_long() -> None:
    page = texts(agenda.document(sheet(), ENGLISH))
    assert "late 4 days" in page
    assert "no owner yet" in page
    assert "The items take 5 minutes more than the meeting has." in page


def test_the_form_for_minutes_is_one_page_in_the_order_of_typing() -> None:
    made = blank_minutes.document(blank_minutes.BlankFacts("Ashby County", "Holcomb", "Tier 1 team", ("Bell, Ann",)))
    data = pdf_bytes(made, words=ENGLISH)
    (page,) = page_texts(data)
    places = [page.index(name) for name in ("1 Present", "2 Agenda", "4 Previously", "5 Information", "6 New", "7 How")]
    assert places == sorted(places)
    assert "Bell, Ann" in page
    assert broken_rules(data) == []
    agenda = blank_agenda.document(
        blank_agenda.BlankAgendaFacts("Ashby County", items=(blank_agenda.PrintedItem("Open actions", 5),))
    )
    assert len(page_texts(pdf_bytes(agenda, words=ENGLISH))) == 1
