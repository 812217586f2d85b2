"""Pages a second of the walk-in packet, from the open database to the file on disk."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.measured import Measured, at_least, median_seconds
from tests.bench.sample import open_sample


def measure() -> list[Measured]:
    from mtss_desktop.app import printing
    from mtss_desktop.usecases import papers

    with tempfile.TemporaryDirectory() as folder, open_sample(Path(folder)) as workspace:
        target = Path(folder) / "packet.pdf"
        pages = 0

        def write() -> None:
            nonlocal pages
            pages = printing.write(workspace, "walk-in-packet", target, papers.Scope(), None).pages

        def all_pages() -> float:
            seconds = median_seconds(write, runs=5)
            return pages / seconds

        return [at_least(f"walk-in packet of {pages or 7} pages", all_pages(), "pages a second", 20)]
