"""Where an improvement cycle stands on a day, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mtss_desktop.base.words import Words
from mtss_desktop.domain.cycles import CycleDecision, CycleStep, ImprovementCycle, standing, step
from mtss_desktop.domain.teams import TeamId

PLANNED = ImprovementCycle(
    team_id=TeamId("t"), name="Posts", question="Does it help?", plan="Two adults", measure="Referrals"
)
READY = replace(PLANNED, prediction="Half as many")
STARTS, ENDS = date(2026, 2, 2), date(2026, 2, 20)
DATED = replace(READY, starts_on=STARTS, ends_on=ENDS)


@pytest.mark.parametrize(
    ("cycle", "day", "where", "words", "tone"),
    [
        (replace(PLANNED, question=" "), STARTS, CycleStep.PLAN, "Write the question", "warning"),
        (PLANNED, STARTS, CycleStep.PLAN, "Write what the team expects", "warning"),
        (READY, STARTS, CycleStep.PLAN, "Ready; it has no start", "warning"),
        (DATED, date(2026, 2, 1), CycleStep.PLAN, "Starts 2/2", ""),
        (DATED, STARTS, CycleStep.DO, "Under way to 2/20", ""),
        (DATED, ENDS, CycleStep.DO, "Under way to 2/20", ""),
        (replace(DATED, ends_on=None), ENDS, CycleStep.DO, "Under way since 2/2", "warning"),
        (replace(DATED, prediction=""), STARTS, CycleStep.DO, "Under way. Write down", "warning"),
        (DATED, date(2026, 2, 21), CycleStep.STUDY, "Look at the measure", ""),
        (DATED, date(2026, 3, 7), CycleStep.STUDY, "Look at the measure", "warning"),
        (replace(DATED, study_on=date(2026, 2, 10)), date(2026, 2, 10), CycleStep.STUDY, "Look at the measure", ""),
        (replace(DATED, result="0.6 a day"), ENDS, CycleStep.ACT, "Decide", ""),
        (replace(DATED, decision=CycleDecision.ADOPT, decided_on=ENDS), ENDS, CycleStep.DONE, "Adopted 2/20", "success"),
        (replace(DATED, decision=CycleDecision.ABANDON, decided_on=ENDS), ENDS, CycleStep.DONE, "Stopped 2/20", ""),
    ],
)  # fmt: skip
def test_where_a_cycle_stands(cycle: ImprovementCycle, day: date, where: CycleStep, words: str, tone: str) -> None:
    sentence, found = standing(cycle, day)
    assert step(cycle, day) is where
    assert Words().say(sentence).startswith(words)
    assert found == tone
