"""Addresses: files and servers, what is shown of them, where they should not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.store import location
from mtss_desktop.store.location import at, parse


def test_a_file_gets_its_ending_and_a_full_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse("ashby").path == tmp_path / "ashby.mtss"
    assert parse(" ashby.mtss ").name == "ashby"
    assert not parse("ashby").is_server


def test_a_file_that_is_there_is_taken_as_named(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"x")
    assert parse(str(tmp_path / "old")).path == tmp_path / "old"


def test_a_server_never_shows_its_password() -> None:
    found = parse("postgresql://maria:s3cret%21@db.example.org:5433/ashby?schema=coach")
    assert found.is_server
    assert found.schema == "coach"
    assert found.name == "ashby on db.example.org"
    for shown in (repr(found), str(found), found.name, f"{found!s}", found.shown()):
        assert "s3cret" not in shown
    assert "s3cret" in found.url


def test_a_server_elsewhere_is_reached_with_a_checked_certificate_only() -> None:
    assert "sslmode=verify-full" in parse("postgresql://db.example.org/ashby").url
    assert "sslmode" not in parse("postgresql://127.0.0.1/ashby").url
    assert "sslmode=require" in parse("postgresql://db.example.org/ashby?sslmode=require").url


@pytest.mark.parametrize(
    "text", ["", "  ", "mysql://host/name", "postgresql://host", "postgresql://host/db?schema=a;b"]
)
def test_what_is_no_address_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text)
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("C/Users/me/OneDrive - Ashby County", "OneDrive"),
        ("home/me/Dropbox/work", "Dropbox"),
        ("Users/me/Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Users/me/Google Drive/My Drive", "Google Drive"),
        ("home/me/Documents", ""),
        ("home/me/boxes", ""),
    ],
)
def test_synced_folders_are_known(folder: str, service: str) -> None:
    path = Path("/") / folder / "ashby.mtss"
    assert location.synced_by(path) == service
    if service:
        warning = at(path).warning()
        assert warning is not None
        assert service in ENGLISH.say(warning)


def test_network_folders_are_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert location.on_network(Path("//server/share/ashby.mtss"))
    assert not location.on_network(tmp_path / "ashby.mtss")
    monkeypatch.setattr(location, "_file_system", lambda _path: "cifs")
    assert location.on_network(tmp_path / "ashby.mtss")
    assert at(tmp_path / "ashby.mtss").warning() is not None


def test_a_file_put_in_the_place_of_another_is_another(tmp_path: Path) -> None:
    path = tmp_path / "a.mtss"
    path.write_bytes(b"1")
    before = at(path).file_id()
    (tmp_path / "b").write_bytes(b"1")
    (tmp_path / "b").replace(path)
    assert before is not None
    assert at(path).file_id() != before
    path.unlink()
    assert at(path).file_id() is None
