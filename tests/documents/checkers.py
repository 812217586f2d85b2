"""Two independent checkers of tagged PDF, text and pictures of what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import page as page_validation
import pypdfium2

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.documents.blocks import Block, Document
from mtss_desktop.documents.pdf import pdf_bytes

# A table that goes on over pages is taken for a drawn grid on the later ones.
FALSE_ALARMS = frozenset({"TBL-014"})


def made(*blocks: Block, **fields: Any) -> bytes:
    """A small document of these blocks."""
    return pdf_bytes(Document(title="Try", kind="Test", owner="Owner", blocks=blocks, **fields), words=ENGLISH)


def broken_rules(data: bytes) -> list[str]:
    """What a PDF/UA-1 validator finds."""
    report = page_validation.validate_pdf_bytes(
        data,
        profile=page_validation.ValidationProfile.PDF_UA_1,
        limits=page_validation.SafetyLimits.unlimited(),
    )
    assert report.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def errors_aloud(data: bytes, folder: Path) -> list[str]:
    """What a checker that reads the page aloud finds, without its known false alarms."""
    import outloud

    file = folder / "aloud.pdf"
    file.write_bytes(data)
    result = outloud.check(str(file))
    assert result.error is None
    found = [finding for finding in result.findings if finding.severity == "error"]
    return [f"{each.rule}: {each.message} ({each.evidence})" for each in found if each.rule not in FALSE_ALARMS]


def page_texts(data: bytes) -> list[str]:
    """The text of each page in the order it was painted."""
    document = pypdfium2.PdfDocument(data)
    texts = [
        document[number].get_textpage().get_text_bounded().replace("\r\n", "\n") for number in range(len(document))
    ]
    document.close()
    return texts


def text_edges(data: bytes) -> list[tuple[float, float, float, float, float, float]]:
    """Per page: left, bottom, right, top of all text, then page width and height."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        edges = (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
        found.append((*edges, *page.get_size()))
    document.close()
    return found


def picture(data: bytes, number: int = 0, scale: float = 2.0) -> Any:
    """A page as a gray picture."""
    document = pypdfium2.PdfDocument(data)
    image = document[number].render(scale=scale).to_pil().convert("L")
    document.close()
    return image
