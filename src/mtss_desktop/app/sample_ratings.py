"""The sample's ratings of two years: typed as from paper, with notes, actions, evidence, votes and survey answers."""

from __future__ import annotations

import base64
from typing import Any

from mtss_desktop.app.sample_known import Known
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.ratings import AdministrationId, AdministrationKind, EvidenceId
from mtss_desktop.usecases import actions, ratings

Sheet = dict[str, Any]


def fill(workspace: Workspace, found: list[Sheet], known: Known) -> None:
    """After teams and their meetings, in the order of the days."""
    for sheet in sorted(found, key=lambda sheet: sheet["held"]):
        made = _started(workspace, sheet, known)
        if "marks" in sheet:
            workspace.do(ratings.rate_all, made, tuple(sheet["marks"].split()))
        for note in sheet.get("notes", ()):
            workspace.do(ratings.note, made, note["item"], note["text"])
        for person in sheet.get("answers", ()):
            workspace.do(ratings.add_response, made, tuple(person["marks"].split()), comment=person["comment"])
        for vote in sheet.get("votes", ()):
            _vote(workspace, made, vote)
        for action in sheet.get("actions", ()):
            _action(workspace, made, action, known)
        for piece in sheet.get("evidence", ()):
            _evidence(workspace, made, piece, sheet, known)
        if sheet.get("state") != "draft":
            workspace.do(ratings.finish, made)


def _started(workspace: Workspace, sheet: Sheet, known: Known) -> AdministrationId:
    return workspace.do(
        ratings.start,
        sheet["instrument"],
        known.places[sheet["place"]],
        held_on=sheet["held"],
        kind=AdministrationKind(sheet.get("kind", "team")),
        name=sheet.get("name", ""),
        team_id=known.teams[sheet["team"]] if "team" in sheet else None,
        rated_by=known.people[sheet["by"]] if "by" in sheet else None,
        rater=sheet.get("rater", ""),
        sections=tuple(sheet.get("sections", ())),
        setting=sheet.get("setting", ""),
        asked=sheet.get("asked"),
        started_at=sheet.get("started"),
        private=sheet.get("private", False),
    ).value


def _vote(workspace: Workspace, made: AdministrationId, sheet: Sheet) -> None:
    for number, votes in enumerate(sheet["rounds"]):
        if number:
            workspace.do(ratings.vote_again, made, sheet["item"])
        else:
            workspace.do(ratings.open_vote, made, sheet["item"], len(votes))
        for seat, value in enumerate(votes, 1):
            workspace.do(ratings.cast, made, sheet["item"], seat, None if value < 0 else value)
        workspace.do(ratings.reveal, made, sheet["item"])
    if "agreed" in sheet:
        agreed_by = AgreedBy(sheet.get("by", "consensus"))
        workspace.do(ratings.agree, made, sheet["item"], sheet["agreed"], agreed_by=agreed_by)


def _action(workspace: Workspace, made: AdministrationId, sheet: Sheet, known: Known) -> None:
    action_id = workspace.do(
        ratings.make_action,
        made,
        sheet["item"],
        sheet["text"],
        owner_id=known.people[sheet["owner"]],
        started_on=sheet["begun"],
        due_on=sheet["due"],
    ).value
    workspace.do(actions.mark_done, action_id, on=sheet["done"], hours=float(sheet["hours"]))


def _evidence(workspace: Workspace, made: AdministrationId, sheet: Sheet, rating: Sheet, known: Known) -> None:
    piece = _attached(workspace, made, sheet, rating, known)
    for item in sheet.get("also", ()):
        workspace.do(ratings.use_evidence, piece, made, item)


def _attached(workspace: Workspace, made: AdministrationId, sheet: Sheet, rating: Sheet, known: Known) -> EvidenceId:
    shows = sheet.get("shows", "")
    if "minutes" in sheet:
        meeting = known.meetings[rating["team"], sheet["minutes"]]
        return workspace.do(ratings.attach_minutes, made, sheet["item"], meeting, shows=shows).value
    if "link" in sheet:
        address, title = sheet["link"], sheet.get("title", "")
        return workspace.do(ratings.attach_link, made, sheet["item"], address, title=title, shows=shows).value
    content = base64.b64encode(paths.resource("sample", sheet["file"]).read_bytes()).decode()
    return workspace.do(
        ratings.attach_file,
        made,
        sheet["item"],
        name=sheet["file"],
        media_type="image/jpeg",
        content=content,
        shows=shows,
        printable=sheet.get("printable", False),
    ).value
