"""The README's pictures, from the sample division as a coach has it: ``python -m tests.shots_readme`` writes docs/pictures."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from PySide6.QtWidgets import QApplication

from mtss_desktop.app import demo, opening, printing
from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.theme import look
from tests.helpers.fresh_python import ROOT
from tests.shots import Bring, close, meeting_live, plans_selected, settle, stand_in_font, teams_view
from tests.shots_imports import bring_by_name

WINDOWS: dict[str, Bring] = {
    "teams": teams_view("matrix", "Holcomb"),
    "plans": plans_selected,
    "import": bring_by_name()["import_check"],
    "minutes": meeting_live,
}
"""Which room each picture shows; the minutes last, for a meeting is begun in them."""
PAPERS = {"packet": ("walk-in-packet", 0, 700), "summary": ("coaching-summary", 0, 700),
          "structure": ("team-structure", -2, 1000)}  # fmt: skip
"""Document, which of its pages, width in pixels."""


def main(into: Path) -> int:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    with tempfile.TemporaryDirectory() as place:
        os.environ["MTSS_HOME"] = place
        file = Path(place) / demo.FILE_NAME
        demo.make_sample(file).close()
        stand_in_font()
        look().use("light", 100)
        with opening.open_workspace(file, passphrase=demo.passphrase()).workspace as workspace:
            take_papers(workspace, into)
            take_windows(app, workspace, into)
    print(f"{len(WINDOWS) + len(PAPERS)} pictures in {into}")
    return 0


def take_windows(app: QApplication, workspace: Workspace, into: Path) -> None:
    for name, bring in WINDOWS.items():
        window = MainWindow(workspace, ImmediateJobs(), Remembered(Preferences(theme="light", tour_seen=True)))
        window.resize(1280, 800)
        window.show()
        settle(app)
        bring(window)
        settle(app)
        window.grab().save(str(into / f"{name}.png"))
        close(app, window)
        settle(app)


def take_papers(workspace: Workspace, into: Path) -> None:
    for name, (document, page, width) in PAPERS.items():
        pages = pypdfium2.PdfDocument(printing.made(workspace, document).data)
        one = pages[page % len(pages)]
        one.render(scale=width / one.get_width()).to_pil().save(into / f"{name}.png")
        pages.close()


if __name__ == "__main__":
    sys.exit(main(ROOT / "docs" / "pictures"))
