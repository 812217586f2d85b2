"""Many actions at once: all of them, or none with one sentence why."""

from __future__ import annotations

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.domain.plans import ActionId
from mtss_desktop.usecases import actions


def test_dates_move_for_all_or_for_none(sample: Workspace) -> None:
    lines = sample.ask(actions.board).lines
    known, other = ActionId(lines[0].id), ActionId(lines[1].id)
    before = sample.undo_label()
    with pytest.raises(NotFound):
        sample.do(actions.move_dates, (known, ActionId("nobody")), to="+1w")
    with pytest.raises(UserError, match="“soon” is not a date for “"):
        sample.do(actions.move_dates, (known, other), to="soon")
    sample.do(actions.mark_done, other)
    with pytest.raises(UserError, match="is not open any more"):
        sample.do(actions.move_dates, (known, other), to="+1w")
    sample.undo()
    assert sample.undo_label() == before
    assert sample.do(actions.move_dates, (known, other), to="+1w").value == 2


def test_a_mail_to_somebody_without_an_open_action_says_so(sample: Workspace) -> None:
    board = sample.ask(actions.board)
    busy = {line.owner_id for line in board.lines}
    free = next(owner for owner, _ in board.owners if owner not in busy)
    with pytest.raises(UserError, match="has no open action"):
        sample.ask(actions.mail, free)
