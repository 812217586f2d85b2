"""No hidden count can be reckoned from what is shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain import privacy
from mtss_desktop.domain.privacy import Count, Why, suppress, suppress_line


def test_a_single_small_cell_takes_others_with_it() -> None:
    table = suppress([[40, 3, 50], [30, 20, 25], [60, 35, 45]])
    assert table.rows[0][1].why is Why.SMALL
    for line in (table.rows[0], tuple(row[1] for row in table.rows)):
        assert sum(count.hidden for count in line) >= 2
    assert not table.total.hidden


def test_hidden_cells_of_a_total_add_to_the_limit() -> None:
    shown, total = suppress_line([2, 3, 40, 55])
    assert [count.hidden for count in shown] == [True, True, True, False]
    assert shown[2].why is Why.COMPLEMENT
    assert total.value == 100


def test_nothing_small_nothing_hidden() -> None:
    table = suppress([[40, 30], [20, 10]])
    assert table.hidden == 0
    assert privacy.hidden_note(table) is None


def test_everything_small_hides_the_total_too() -> None:
    shown, total = suppress_line([1, 2, 3])
    assert all(count.hidden for count in shown)
    assert total.hidden


def test_words_of_hidden_counts() -> None:
    assert ENGLISH.write(privacy.count_word(Count(None, Why.SMALL))) == "< 10"
    assert privacy.count_word(Count(None, Why.COMPLEMENT)) == "\u2021"
    assert privacy.count_word(Count(17)) == 17
    assert privacy.shown_count(9).hidden
    assert not privacy.shown_count(10).hidden
    assert privacy.shown_count(0).value == 0
    note = privacy.hidden_note(suppress([[40, 3], [30, 20]]))
    assert note is not None
    assert "Counts under 10 are hidden" in ENGLISH.say(note)


def test_masked_students_keep_four_figures() -> None:
    assert ENGLISH.say(privacy.student_label(417)) == "Student 0417"


def test_ragged_and_negative_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="equal rows"):
        suppress([[1, 2], [3]])
    with pytest.raises(ValueError, match="negative"):
        suppress([[-1, 2]])


TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=2, max_size=4)
)


@given(TABLES)
def test_small_cells_are_hidden_and_lines_hold(counts: list[list[int]]) -> None:
    table = suppress(counts)
    lines = [(row, total, values) for row, total, values in zip(table.rows, table.row_totals, counts, strict=True)]
    columns = list(zip(*counts, strict=True))
    cells = list(zip(*table.rows, strict=True))
    lines += [(c, t, list(v)) for c, t, v in zip(cells, table.column_totals, columns, strict=True)]
    for shown, total, values in lines:
        assert all(count.hidden for count, n in zip(shown, values, strict=True) if 0 < n < 10)
        hidden = [n for count, n in zip(shown, values, strict=True) if count.hidden]
        if hidden and not total.hidden:
            assert len(hidden) >= 2
            assert sum(hidden) >= 10


@settings(max_examples=20)
@given(st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=2, max_size=2))
def test_no_hidden_count_is_fixed_by_the_rest(counts: list[list[int]]) -> None:
    """Every table that fits what is shown is tried: a hidden cell must be able to differ."""
    table = suppress(counts, 2)
    fits = [grid for grid in SMALL_TABLES if _fits(table, grid)]
    for r, row in enumerate(table.rows):
        for c, count in enumerate(row):
            if count.hidden:
                assert len({grid[r][c] for grid in fits}) > 1


SMALL_TABLES = [(row[:3], row[3:]) for row in product(range(5), repeat=6)]


def _fits(table: privacy.SafeTable, grid: tuple[tuple[int, ...], ...]) -> bool:
    pairs = [(count, grid[r][c]) for r, row in enumerate(table.rows) for c, count in enumerate(row)]
    pairs += [(count, sum(grid[r])) for r, count in enumerate(table.row_totals)]
    pairs += [(count, sum(row[c] for row in grid)) for c, count in enumerate(table.column_totals)]
    pairs.append((table.total, sum(map(sum, grid))))
    return all(count.value in (None, n) for count, n in pairs)
