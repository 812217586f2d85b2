"""Mail draft and calendar file of the sample's meetings."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from mtss_desktop.app import printing
from mtss_desktop.app.sending import write_calendar_file, write_mail_draft
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.usecases import close_out, meetings, people, places
from tests.usecases.acts import Here


def test_the_draft_names_nobody_and_brings_the_minutes(sample: Workspace, tmp_path: Path) -> None:
    here, folder = Here(sample), tmp_path / "sent"
    folder.mkdir()
    raw = write_mail_draft(sample, here.held.meeting.id, folder / "minutes.eml").read_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    told = sample.ask(close_out.mail, here.held.meeting.id)
    assert len(told.to) + len(told.without_address) >= 8
    assert [str(each) for each in message["To"].addresses] == list(told.to) if told.to else message["To"] is None
    part = message.get_body()
    assert part is not None
    body = part.get_content()
    for person in sample.ask(people.everyone):
        assert person.name not in message["Subject"] + body
    (attached,) = message.iter_attachments()
    assert attached.get_content().startswith(b"%PDF-")
    assert list(folder.iterdir()) == [folder / "minutes.eml"]


def test_the_calendar_file_is_the_meeting(sample: Workspace, tmp_path: Path) -> None:
    here, folder = Here(sample), tmp_path / "sent"
    folder.mkdir()
    text = write_calendar_file(sample, here.planned.meeting.id, folder / "next.ics").read_text("utf-8")
    assert "DTSTART;TZID=America/New_York:20260217T144500" in text
    assert "SUMMARY:Tier 1 team\\, Holcomb" in text


def test_a_moved_meeting_stays_one_entry_and_a_canceled_one_is_taken_out(sample: Workspace, tmp_path: Path) -> None:
    here, folder = Here(sample), tmp_path / "sent"
    folder.mkdir()
    meeting, day = here.planned.meeting.id, here.planned.meeting.day

    def sent(of: MeetingId) -> dict[str, str]:
        text = write_calendar_file(sample, of, folder / "next.ics").read_text("utf-8")
        assert text.count("BEGIN:VEVENT") == 1
        own = text[text.index("BEGIN:VEVENT") :].splitlines()
        return dict(line.split(":", 1) for line in own if line[0] != " ") | {"METHOD": text.split("METHOD:")[1][:7]}

    first = sent(meeting)
    moved = sample.do(meetings.move, meeting, day=day + timedelta(days=2), reason="Snow").value
    again = sample.do(meetings.move, moved, day=day + timedelta(days=3), reason="More snow").value
    now = sent(again)
    assert now["UID"] == first["UID"]
    assert int(now["SEQUENCE"]) > int(first["SEQUENCE"])
    assert now["DTSTART;TZID=America/New_York"][:8] == f"{day + timedelta(days=3):%Y%m%d}"
    assert now["STATUS"] == "CONFIRMED"
    assert sent(meeting) | {"DTSTAMP": ""} == now | {"DTSTAMP": ""}, "the old day's file tells where the meeting went"
    me = sample.ask(places.me)
    assert me is not None
    sample.do(people.change, me.id, first_name=me.first_name, last_name=me.last_name, email="coach@ashby.example")
    sample.do(meetings.cancel, again, reason="No quorum")
    gone = sent(again)
    assert (gone["UID"], gone["STATUS"], gone["METHOD"].strip()) == (first["UID"], "CANCELLED", "CANCEL")
    assert int(gone["SEQUENCE"]) > int(now["SEQUENCE"])


def test_a_meeting_without_times_cannot_be_a_calendar_entry(sample: Workspace, tmp_path: Path) -> None:
    here, folder = Here(sample), tmp_path / "sent"
    folder.mkdir()
    made = sample.do(meetings.plan, here.team, day=here.planned.meeting.day).value
    with pytest.raises(UserError, match="no times yet"):
        write_calendar_file(sample, made, folder / "next.ics")
    assert list(folder.iterdir()) == []


def test_minutes_are_a_page_that_word_processors_open(sample: Workspace, tmp_path: Path) -> None:
    path = printing.write_html(sample, "minutes", tmp_path / "minutes.html")
    page = path.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<th") > 4
    assert "border-collapse" in page
    assert "5 Information and issues" in page
    assert "<style" not in printing.formatted(sample, "minutes")
