"""The papers of the sample division, as the terminal and the window print them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mtss_desktop.app import printing
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.usecases import papers
from tests.documents.checkers import broken_rules, errors_aloud, page_texts

pytestmark = pytest.mark.slow
NAMES = [kind.name for kind in papers.kinds()]


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_of_the_sample_can_be_read_by_everyone(sample: Workspace, name: str, tmp_path: Path) -> None:
    target = tmp_path / f"{name}.pdf"
    result = printing.write(sample, name, target)
    data = target.read_bytes()
    assert broken_rules(data) == []
    assert errors_aloud(data, tmp_path) == []
    assert len(page_texts(data)) == result.pages


def test_the_packet_has_the_length_of_a_packet(sample: Workspace, tmp_path: Path) -> None:
    assert 6 <= printing.write(sample, "walk-in-packet", tmp_path / "packet.pdf").pages <= 14


def test_the_summary_is_one_sheet(sample: Workspace, tmp_path: Path) -> None:
    assert printing.write(sample, "coaching-summary", tmp_path / "summary.pdf").pages == 2


def test_printing_twice_gives_the_same_pages(sample: Workspace, tmp_path: Path) -> None:
    texts = []
    for number in range(2):
        target = tmp_path / f"{number}.pdf"
        printing.write(sample, "team-structure", target)
        texts.append(page_texts(target.read_bytes()))
    assert texts[0] == texts[1]


def test_paper_is_fast_enough_to_print_before_the_bell(sample: Workspace) -> None:
    """Far from the goal of twenty pages a second, so that a busy machine does not fail it."""
    from mtss_desktop.documents.pdf import pdf_bytes

    words, document = sample.words(), sample.ask(papers.make, name="walk-in-packet")
    pdf_bytes(document, words=words)
    start = time.perf_counter()
    pdf_bytes(document, words=words)
    assert time.perf_counter() - start < 3.0
