"""What stands behind ratings: brought in by keys, by drop and from the clipboard, shown, shared and taken off again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.domain.people import OrganizationId, OrganizationKind
from mtss_desktop.domain.ratings import AdministrationId
from mtss_desktop.ui.kit.asking import SystemDialogs
from mtss_desktop.ui.panes.lookfors.pane import LookforsPane
from mtss_desktop.usecases import places, rating_evidence, ratings
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow


def test_evidence_comes_in_is_shown_and_taken_off(make_window: MakeWindow, sample: Workspace, tmp_path: Path) -> None:
    school = next(each.id for each in sample.ask(places.places) if each.kind is OrganizationKind.SCHOOL)
    made = AdministrationId(
        sample.do(ratings.start, "look_fors", OrganizationId(school), held_on=date(2026, 2, 12)).value
    )
    sample.do(ratings.rate, made, "S1.1", (2,))
    sample.do(ratings.rate, made, "S1.2", (1,))
    window = make_window(sample)
    window.go_to("lookfors", f"evidence:{made}")
    QApplication.processEvents()
    pane = window.current
    assert isinstance(pane, LookforsPane)
    view = pane.evidence_view
    assert view.shown is not None
    assert [each.number for each in view.shown.missing] == ["S1.1", "S1.2"], "the highest rating first"
    assert audit(window) == []

    file = tmp_path / "calendar.csv"
    file.write_text("day,what\n")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    view.given.emit("S1.1", dropped)
    QApplication.processEvents()
    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    view._item = "S1.2"
    view.paste()
    QApplication.processEvents()
    view.start_adding("S1.2")
    view.adding.address.setText("")
    view.adding.keep_link.click()
    assert view.adding.address_field.is_wrong
    view.adding.address.setText("https://example.org/plan")
    view.adding.keep_link.click()
    QApplication.processEvents()
    found = sample.ask(rating_evidence.binder, made)
    assert [piece.title for piece in found.pieces] == ["calendar.csv", "picture.png", "https://example.org/plan"]
    assert found.missing == ()
    assert view.count.text() == "2 of 2 rated"

    view.open_item("S1.1")
    panel = view.panel
    assert panel.title.text() == "calendar.csv"
    panel.shows.setPlainText("Dates of the year, page 2")
    panel.save()
    panel.printable.click()
    QApplication.processEvents()
    piece = sample.ask(rating_evidence.binder, made).pieces[0]
    assert (piece.shows, piece.printable) == ("Dates of the year, page 2", True)
    assert audit(window) == []
    sample.do(rating_evidence.use_evidence, piece.evidence_id, made, "S1.2")
    other = tmp_path / "calendar 2.csv"
    other.write_text("day,what\n2/3,visit\n")
    shown: list[tuple[str, bytes]] = []

    class Programs(SystemDialogs):
        def which_file(self, *_: object) -> Path:
            return other

        def view(self, file: Path) -> bool:
            shown.append((file.name, file.read_bytes()))
            return True

    pane.asking = Programs()
    panel.view_button.click()
    QApplication.processEvents()
    assert shown[0][1] == b"day,what\n"
    assert "calendar" not in shown[0][0], "the name of the copy says nothing"
    panel.replace_button.click()
    QApplication.processEvents()
    piece = sample.ask(rating_evidence.binder, made).pieces[0]
    assert (piece.title, piece.printable, {use.item for use in piece.used_at}) == (
        "calendar 2.csv",
        False,
        {"S1.1", "S1.2"},
    ), "behind all its items, and a person has to look again"
    panel.view_button.click()
    assert len(shown) == 1, "it asks first"
    panel.view_anyway.click()
    QApplication.processEvents()
    assert b"visit" in shown[1][1]
    assert len(list(paths.viewed_copies().iterdir())) == 2
    paths.empty_viewed_copies()
    assert not list(paths.viewed_copies().iterdir())
    QApplication.processEvents()
    panel.off.click()
    QApplication.processEvents()
    assert sample.ask(rating_evidence.binder, made).missing == ("S1.1",)
    assert any(each.title == "calendar 2.csv" for each in sample.ask(rating_evidence.binder, made).pieces), (
        "it stands there"
    )
    sample.undo()
    QApplication.processEvents()
    assert sample.ask(rating_evidence.binder, made).missing == ()
