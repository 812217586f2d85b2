"""A small part of the sweeps, and proof that they see what they look for."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.app import opening
from mtss_desktop.store.engine import open_engines, raw_connection
from mtss_desktop.store.location import at
from tests.faults import calls, cancels, power, sweeps
from tests.faults.children import put_batch
from tests.store.files import KEY, new_file

needs_strace = pytest.mark.skipif(not sweeps.has_strace(), reason="strace is not here or may not be used")


@pytest.mark.slow
@pytest.mark.parametrize(
    "kill",
    [
        sweeps.kill_import,
        sweeps.kill_apply,
        sweeps.kill_typing,
        sweeps.kill_backup,
        sweeps.kill_restore,
        sweeps.kill_migrate,
        sweeps.kill_passphrase,
    ],
)
def test_killed_at_random_moments_nothing_is_half_done(kill: object) -> None:
    result = kill(2)  # type: ignore[operator]
    assert result.tried == 2
    assert not result.broken


def test_a_cancel_at_any_report_is_all_or_nothing(tmp_path: Path) -> None:
    first = opening.FirstFacts(division="Ashby")
    with opening.create(tmp_path / "ashby.mtss", passphrase=None, first=first).workspace as workspace:
        assert cancels.every_report(workspace, tmp_path) == []


@pytest.mark.slow
def test_a_cancel_at_any_moment_is_all_or_nothing() -> None:
    result = cancels.cancelled_imports(4, rows=21_000)
    assert result.tried == 4
    assert not result.broken


@needs_strace
@pytest.mark.slow
def test_a_failing_write_breaks_nothing() -> None:
    for flow in calls.FILES:
        result = calls.failing_calls(lambda call: [17] if call == "pwrite64" else [], flow)
        assert result.tried == 4
        assert result.seen["plain sentences"] > 0
        assert not result.broken


@needs_strace
@pytest.mark.slow
def test_power_cuts_lose_nothing_and_would_be_seen() -> None:
    for flow in power.PIECES:
        kept = power.power_cuts(12, flow)
        assert kept.tried == 12
        assert kept.seen["operations recorded"] > 20
        assert not kept.broken
        assert power.power_cuts(12, flow, deaf=True).broken


def test_what_is_half_done_is_seen(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    engines = open_engines(at(path), KEY)
    put_batch(engines, 1, 20)
    put_batch(engines, 2, 20)
    engines.close()
    assert sweeps.look(path) == ([], {1, 2})
    connection = raw_connection(path, KEY)
    connection.execute("DELETE FROM absence WHERE import_key = 1 AND line = 7")
    connection.execute("DELETE FROM about WHERE name = 'batch 2'")
    connection.close()
    wrong, batches = sweeps.look(path)
    assert len(wrong) == 2
    assert batches == {1}


def test_a_report_that_cannot_be_true_is_seen() -> None:
    progress = cancels.Watched()
    for done, total in ((1, 3), (2, 3), (1, 3), (4, 3)):
        progress.step("Writing", done, total, "rows")
    assert progress.wrong == ["Writing: 1 after 2", "Writing: 4 of 3"]


def test_lost_typing_is_seen() -> None:
    assert sweeps.typing_lost([1, 2, 3, 4, 5], {"field 1": 4, "field 2": 5}) == []
    assert sweeps.typing_lost([1, 2, 3, 4, 5], {"field 1": 7, "field 2": 8}) == []
    assert len(sweeps.typing_lost([1, 2, 3, 4, 5], {"field 1": 1})) == 2


def test_a_damaged_file_is_seen(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert sweeps.look(path)[0]
