"""The table of benchmark words, and many codes as one category."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.store.queries import counts
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


def near(workspace: Workspace) -> int:
    """Students just above or below a cut, everywhere."""
    with workspace.database.read() as work:
        found = work.connection.exec_driver_sql("SELECT total(n) FROM screening_count WHERE live = 1 AND near <> 0")
        return int(found.scalar_one())


def test_what_another_tier_changes_is_said_before_and_near_counts_follow(sample: Workspace) -> None:
    lines = sample.ask(levels.table)
    lowest_of_tier_1 = max((line for line in lines if line.tier == 1 and line.scores), key=lambda line: line.order)
    told = sample.ask(levels.effect, lowest_of_tier_1.level_key, tier=2)
    assert (told.word, told.before, told.tier) == (lowest_of_tier_1.word, 1, 2)
    assert sum(each.n for each in told.moves) == lowest_of_tier_1.scores
    assert {each.from_tier for each in told.moves} == {1}
    assert told.moves[0].year >= told.moves[-1].year
    before = near(sample)
    sample.do(levels.set_tier, lowest_of_tier_1.level_key, tier=2)
    after = near(sample)
    assert after != before
    assert sample.ask(levels.effect, lowest_of_tier_1.level_key, tier=2).moves == ()
    assert sample.undo_label() == f"Set tier of “{lowest_of_tier_1.word}”"
    sample.undo()
    assert near(sample) == before
    sample.redo()
    assert near(sample) == after
    with pytest.raises(UserError, match="from today or an earlier day"):
        sample.do(levels.set_tier, lowest_of_tier_1.level_key, tier=1, valid_from=date(2030, 1, 1))


def test_a_measure_with_its_own_line_stays_when_the_table_for_all_changes(sample: Workspace) -> None:
    line = next(each for each in sample.ask(levels.table) if each.tier == 1 and each.scores)
    moved = sample.ask(levels.effect, line.level_key, tier=3).moves
    found = {each.name: each.key for each in sample.ask(levels.measures)}
    one = moved[0].measure
    sample.do(levels.set_tier, line.level_key, tier=1, measure_key=found[one])
    left = sample.ask(levels.effect, line.level_key, tier=3)
    assert one not in {each.measure for each in left.moves}
    assert left.elsewhere == (one,)
    assert next(each.own for each in sample.ask(levels.measures) if each.name == one) == 1


def test_spellings_and_codes_are_set_as_a_whole(sample: Workspace) -> None:
    one, other, *_ = sample.ask(levels.table)
    sample.do(levels.spell, one.level_key, spellings=("AA", " bb ", "", one.word))
    sample.do(levels.spell, other.level_key, spellings=("BB",))
    told = {each.level_key: each.spellings for each in sample.ask(levels.table)}
    assert (told[one.level_key], told[other.level_key]) == (("AA",), ("BB",))
    with pytest.raises(UserError, match="word of its own"):
        sample.do(levels.spell, one.level_key, spellings=(other.word,))
    line = sample.ask(levels.words, WordKind.BEHAVIOR)[0]
    sample.do(levels.spell_word, line.key, codes=("H1", "H2"))
    sample.do(levels.spell_word, line.key, codes=("H2", "H3"))
    assert sample.ask(levels.words, WordKind.BEHAVIOR)[0].spellings == ("H2", "H3")


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


def test_two_categories_with_referrals_count_as_one_until_they_are_parted(sample: Workspace) -> None:
    def counted() -> dict[str, int]:
        with sample.database.read() as work:
            school = next(place for place in work.organizations.list() if place.name == "Holcomb Middle School")
            first, last = date(2025, 8, 1), date(2026, 2, 12)
            found = dict(counts.incidents_by_behavior(work, school.key, 2025, first, last))
            rows = counts.incidents(work, school.key, 2025)
            assert {row.behavior for row in rows} == set(found)
            for name, n in found.items():
                days = counts.incidents_by_day(work, school.key, 2025, behavior=name)
                assert sum(each.n for each in days if first <= each.day <= last) == n
            return found

    before = counted()
    one, other, third = sorted(before, key=lambda name: before[name], reverse=True)[:3]
    keys = {line.name: line.key for line in sample.ask(levels.words)}
    sample.do(levels.spell_word, keys[one], codes=(other.upper(), "HIT-9"))
    line = next(each for each in sample.ask(levels.words) if each.name == one)
    assert (line.gathered, "HIT-9" in line.spellings) == ((other,), True)
    assert other not in {each.name for each in sample.ask(levels.words)}
    assert counted()[one] == before[one] + before[other]
    with pytest.raises(UserError, match="counts as"):
        sample.do(levels.gather, other, codes=("X",))
    sample.do(levels.gather, third, codes=(one,))
    assert counted()[third] == before[one] + before[other] + before[third], "what counted as it goes along"
    sample.undo()
    sample.do(levels.spell_word, keys[one], codes=("HIT-9",))
    assert counted() == before
