"""What looks wrong in the data: every kind of doubt, with rows and with counts only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.integrity import Doubt
from mtss_desktop.store.work import Step
from mtss_desktop.usecases import imports
from tests.usecases.test_imports import Desk, incidents, map_scores

REFERRALS = incidents(
    (1, "Fighting", "2025-09-10"),
    (1, "Fighting", "2025-09-10"),
    (2, "Defiance", "2025-12-03"),
    (2, "Cheating", "2026-01-12"),
)


def found(desk: Desk) -> dict[tuple[Doubt, str], tuple[int, str]]:
    lines = desk.workspace.ask(imports.integrity)
    assert all(line.advice and line.import_id for line in lines)
    return {(line.doubt, line.about): (line.n, line.file_name) for line in lines}


@pytest.mark.parametrize("mode", [Mode.COUNTS, Mode.NAMES])
def test_counts_tell_gaps_dates_and_schools_in_every_mode(tmp_path: Path, mode: Mode) -> None:
    desk = Desk(tmp_path)
    assert desk.workspace.ask(imports.integrity) == ()
    desk.bring("referrals.csv", REFERRALS, mode)
    gap = next(each for each in desk.workspace.ask(imports.integrity) if each.doubt is Doubt.GAPS)
    assert (gap.place, gap.months, gap.file_name) == ("Piney Ridge", ("2025-10", "2025-11"), "referrals.csv")
    twice = {} if mode is Mode.COUNTS else {(Doubt.DUPLICATES, "referrals"): (1, "referrals.csv")}
    assert found(desk) == {(Doubt.GAPS, "referrals"): (2, "referrals.csv"), **twice}
    with desk.db.write(Step()) as work:
        work.connection.execute(sa.text("UPDATE incident_count SET day = day + 365, school = 1 WHERE behavior = 1"))
        moved = work.connection.execute(sa.text("SELECT sum(n) FROM incident_count WHERE school = 1")).scalar_one()
    told = found(desk)
    assert told[Doubt.DATES, "referrals"] == told[Doubt.SCHOOLS, "referrals"] == (moved, "referrals.csv")
    assert moved > 0
    desk.workspace.close()


def test_scores_outside_their_measure_are_counted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring("map.csv", map_scores((1, "Fall", 190, "LoAvg"), (2, "Fall", 231, "High"), (2, "Winter", 240, "High")))
    with desk.db.write(Step()) as work:
        measure = work.measures.list()[0]
        work.measures.save(replace(measure, highest=230.0))
    assert found(desk)[Doubt.SCORES, "scores"] == (2, "map.csv")
    desk.workspace.close()
