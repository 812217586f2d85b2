"""The papers of the sample division, as the terminal and the window print them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from mtss_desktop.app import printing
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.documents.blocks import Audience, FigureBlock
from mtss_desktop.ui.kit.formatted import plain_text
from mtss_desktop.usecases import papers
from tests.documents.checkers import broken_rules, errors_aloud, page_texts

pytestmark = pytest.mark.slow
NAMES = [kind.name for kind in papers.kinds()]


AUDIENCES = [(kind.name, audience) for kind in papers.kinds() for audience in kind.audiences]


@pytest.mark.parametrize(("name", "audience"), AUDIENCES)
def test_every_paper_of_the_sample_can_be_read_by_everyone(
    sample: Workspace, name: str, audience: Audience, tmp_path: Path
) -> None:
    """Every document there is, for everybody it is for, goes through both checkers."""
    target = tmp_path / f"{name}.pdf"
    result = printing.write(sample, name, target, papers.Scope(audience=audience))
    data = target.read_bytes()
    assert broken_rules(data) == []
    assert errors_aloud(data, tmp_path) == []
    assert len(page_texts(data)) == result.pages


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_can_be_copied_as_formatted_text(sample: Workspace, name: str) -> None:
    """Its words, its tables and its figures as pictures, and the same as plain lines."""
    made = printing.made(sample, name)
    page = printing.html(sample, made)
    figures = page.count("data:image/png;base64,")
    assert figures == len(figures_of(made.document.blocks))
    text = plain_text(page)
    assert sample.words().say(made.document.title) in text
    assert "<" not in text.replace("<1", "")
    assert "base64" not in text


def figures_of(blocks: Iterable[object]) -> list[FigureBlock]:
    """All figures of a document, in whatever they stand."""
    found: list[FigureBlock] = []
    for block in blocks:
        if isinstance(block, FigureBlock):
            found.append(block)
        inner = getattr(block, "blocks", ()) or [each for part in getattr(block, "parts", ()) for each in part]
        found += figures_of(inner)
    return found


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
