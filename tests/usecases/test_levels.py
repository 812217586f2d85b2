"""The table of benchmark words, and many codes as one category."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.usecases import levels


def test_a_tier_holds_from_its_day_and_for_its_measure(sample: Workspace) -> None:
    line = next(each for each in sample.ask(levels.table) if each.word == "LoAvg")
    assert (line.tier, line.own) == (2, False)
    sample.do(levels.set_tier, line.level_key, tier=1, measure_key=1, valid_from=date(2026, 2, 1))
    sample.do(levels.set_tier, line.level_key, tier=3, valid_from=date(2026, 2, 5))

    def told(measure: int, on: date | None = None) -> tuple[int | None, bool]:
        found = sample.ask(levels.table, measure_key=measure, on=on)
        return next((each.tier, each.own) for each in found if each.level_key == line.level_key)

    assert told(1) == (1, True)
    assert told(2) == (3, False)
    assert told(1, date(2026, 1, 31)) == (2, False)
    newest = sample.ask(levels.history)[0]
    assert (newest.word, newest.tier, newest.valid_from, newest.source) == ("LoAvg", 3, date(2026, 2, 5), "set by hand")
    sample.do(levels.remove_line, line.level_key, measure_key=1, valid_from=date(2026, 2, 1))
    assert told(1) == (3, False)
    with pytest.raises(UserError, match="1, 2 or 3"):
        sample.do(levels.set_tier, line.level_key, tier=4)


def test_words_are_added_spelled_and_never_twice(sample: Workspace) -> None:
    key = sample.do(levels.add, "Strategic", tier=2).value
    with pytest.raises(UserError, match="in the table already"):
        sample.do(levels.add, "STRATEGIC")
    sample.do(levels.means, "STR", level_key=key)
    line = next(each for each in sample.ask(levels.table) if each.level_key == key)
    assert (line.word, line.tier, line.spellings) == ("Strategic", 2, ("STR",))
    with pytest.raises(UserError, match="word of its own"):
        sample.do(levels.means, "LoAvg", level_key=key)
    assert {each.name for each in sample.ask(levels.sets)} >= {"DIBELS 8", "Star"}


def test_codes_are_gathered_to_one_category(sample: Workspace) -> None:
    sample.do(levels.gather, "Aggression", codes=("HIT-1", "HIT-2", "hit-1"))
    key = sample.do(levels.gather, "Aggression", codes=("KICK",)).value
    line = next(each for each in sample.ask(levels.words, WordKind.BEHAVIOR) if each.key == key)
    assert line.spellings == ("HIT-1", "HIT-2", "KICK")
    other = sample.ask(levels.words, WordKind.BEHAVIOR)[-1].name
    with pytest.raises(UserError, match="category of its own already"):
        sample.do(levels.gather, "Aggression", codes=(other,))
