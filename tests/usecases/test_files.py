"""Attached files and finding things."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from PIL import Image

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.store import attachments, database
from mtss_desktop.usecases import files, places, search


@pytest.fixture
def workspace(tmp_path):
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with Workspace(database.open_database(path)) as opened:
        opened.do(
            places.set_up, division="Ashby County", first_year=2025, schools=(places.NewSchool("Holcomb Middle"),)
        )
        yield opened


def attach(workspace: Workspace, raw: bytes, name: str = "notes.txt", media_type: str = "text/plain") -> str:
    text = base64.b64encode(raw).decode()
    return workspace.do(
        files.attach, topic="meetings", record_id="m", name=name, media_type=media_type, content=text
    ).value


def read(workspace: Workspace, attachment: str) -> bytes:
    return base64.b64decode(workspace.ask(files.read, attachment).content)


@pytest.mark.parametrize("size", [0, 1, attachments.PART, attachments.PART + 1, 3 * attachments.PART])
def test_a_file_comes_back_byte_for_byte(workspace: Workspace, size: int) -> None:
    raw = bytes(range(256)) * (size // 256 + 1)
    assert read(workspace, attach(workspace, raw[:size])) == raw[:size]


def test_a_file_over_twenty_megabytes_is_refused_and_nothing_is_written(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="larger than 20 MB"):
        attach(workspace, b"x" * (attachments.LARGEST + 1))
    assert workspace.ask(files.of_record, "meetings", "m") == ()


def test_taking_a_file_off_can_be_undone(workspace: Workspace) -> None:
    attachment = attach(workspace, b"words")
    workspace.do(files.detach, attachment)
    assert workspace.ask(files.of_record, "meetings", "m") == ()
    workspace.undo()
    assert read(workspace, attachment) == b"words"


def test_photos_lose_what_they_know_about_the_place(workspace: Workspace) -> None:
    picture = Image.new("RGB", (40, 20), "white")
    traces = Image.Exif()
    traces[0x010E] = "Student Name"
    raw = BytesIO()
    picture.save(raw, "JPEG", exif=traces)
    assert b"Student Name" in raw.getvalue()
    kept = read(workspace, attach(workspace, raw.getvalue(), "chart.jpg", "image/jpeg"))
    assert b"Student Name" not in kept
    assert Image.open(BytesIO(kept)).size == (40, 20)


def test_a_broken_picture_says_what_to_do(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Save it as JPEG or PNG"):
        attach(workspace, b"no picture", "chart.jpg", "image/jpeg")


def test_places_are_found_without_accents_and_case(workspace: Workspace) -> None:
    assert [hit.title for hit in workspace.ask(search.find, "HÔLCOMB mid")] == ["Holcomb"]
    assert workspace.ask(search.find, "holcomb elementary") == ()
    assert workspace.ask(search.find, "%") == ()
