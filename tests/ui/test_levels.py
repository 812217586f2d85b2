"""Levels and words by keys: what another tier does is said first, set in one step, and taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.ui.panes.imports.pane import ImportsPane
from mtss_desktop.usecases import levels
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    QApplication.processEvents()


def type_in(table: object, text: str) -> None:
    editor = table.findChildren(QLineEdit)[-1]  # type: ignore[attr-defined]
    editor.clear()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    for _ in range(3):
        QApplication.processEvents()


def test_a_tier_is_seen_before_it_is_set_and_words_are_kept(make_window: MakeWindow, sample: Workspace) -> None:
    window = make_window(sample, room="imports")
    window.go_to("imports", "levels")
    pane = window.current
    assert isinstance(pane, ImportsPane)
    view = pane.levels.view
    assert pane.is_on_levels
    line = next(each for each in sample.ask(levels.table) if each.word == "LoAvg")
    assert line.tier == 2
    before = sample.history()
    view.levels.choose(str(line.level_key))
    view.levels.setFocus()
    press(Qt.Key.Key_3)
    assert view.effect.heading.text() == "Tier 3 for “LoAvg”?"
    assert "Moves " in view.effect.sentence.text()
    assert "from Tier 2 to Tier 3" in view.effect.sentence.text()
    assert sample.history() == before, "nothing is written before it is seen"
    assert view.agree_button.hasFocus()
    assert not audit(pane)
    view.agree_button.setFocus()
    press(Qt.Key.Key_Space)
    told = next(each for each in sample.ask(levels.table) if each.word == "LoAvg")
    assert told.tier == 3
    assert not view.effect.isVisible()
    assert view.levels.current is not None
    assert view.levels.current.tier == 3
    assert "Before: Tier 2" in view.this_line.sentence.text()
    press(Qt.Key.Key_Delete)
    assert next(each.tier for each in sample.ask(levels.table) if each.word == "LoAvg") == 2
    sample.undo()
    sample.undo()
    QApplication.processEvents()
    assert sample.ask(levels.effect, line.level_key, tier=2).moves == ()
    view.levels.setFocus()
    press(Qt.Key.Key_F2)
    type_in(view.levels, "low average, la")
    assert next(e.spellings for e in sample.ask(levels.table) if e.word == "LoAvg") == ("low average", "la")
    view.lists.choose(f"words:{WordKind.BEHAVIOR.value}")
    view.words.setFocus()
    press(Qt.Key.Key_F2)
    type_in(view.words, "HIT-1, HIT-2")
    assert sample.ask(levels.words, WordKind.BEHAVIOR)[0].spellings == ("HIT-1", "HIT-2")
    view.new.setFocus()
    QTest.keyClicks(view.new, "Property misuse")
    press(Qt.Key.Key_Return)
    assert "Property misuse" in {each.name for each in sample.ask(levels.words, WordKind.BEHAVIOR)}
    assert view.new.text() == ""
    press(Qt.Key.Key_Escape)
    assert not pane.is_on_levels
