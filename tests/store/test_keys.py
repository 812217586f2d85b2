"""Passphrase, recovery sheet and key; whether a key fits a file."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtss_desktop.base.errors import DamagedFile, StorageError, UserError, WrongKey
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.store import keys, migrate
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import at
from tests.store.files import KEY, PASSPHRASE, new_file


def test_a_passphrase_opens_its_file_and_no_other_does(tmp_path: Path) -> None:
    key = keys.new_key(PASSPHRASE)
    migrate.make_database(at(tmp_path / "a.mtss"), key)
    assert keys.unlock(tmp_path / "a.mtss", PASSPHRASE) == key
    with pytest.raises(WrongKey) as caught:
        keys.unlock(tmp_path / "a.mtss", PASSPHRASE + ".")
    assert PASSPHRASE not in str(caught.value)


def test_the_format_is_a_constant() -> None:
    """A file of today must open in ten years: these bytes never change."""
    found = keys.derive("correct horse battery staple", bytes(range(16)))
    assert found.raw.hex() == "0d1a3c6523c8f06e4e0af9c515aa5b5448cfebd6838f2d52c3d8b6ef8ddc3c2e"


def test_the_same_letters_typed_on_another_system_are_the_same_passphrase() -> None:
    composed = unicodedata.normalize("NFC", "élan vitálé größe")
    assert keys.derive(composed, b"s" * 16) == keys.derive(unicodedata.normalize("NFD", composed), b"s" * 16)


def test_two_files_with_one_passphrase_have_different_keys() -> None:
    one, other = keys.new_key(PASSPHRASE), keys.new_key(PASSPHRASE)
    assert one.salt != other.salt
    assert one.raw != other.raw


def test_a_key_is_never_shown() -> None:
    for text in (repr(KEY), str(KEY), f"{KEY}"):
        assert KEY.raw.hex() not in text
        assert KEY.salt.hex() not in text
        assert "key" not in text.replace("Key", "")


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_sheet_is_read_back(raw: bytes) -> None:
    groups = keys.recovery_text(Key(raw, bytes(16)))
    assert [len(group) for group in groups] == [4] * 14
    assert not set("".join(groups)) & set("ILOU")
    assert keys.raw_from_recovery(" ".join(groups)) == raw
    sloppy = "-".join(groups).lower().replace("0", "o").replace("1", "l")
    assert keys.raw_from_recovery(sloppy) == raw


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.integers(1, 31))
def test_one_wrong_sign_is_noticed(raw: bytes, place: int, shift: int) -> None:
    letters = list("".join(keys.recovery_text(Key(raw, bytes(16)))))
    letters[place] = keys._LETTERS[(keys._VALUE[letters[place]] + shift) % 32]
    with pytest.raises(UserError):
        keys.raw_from_recovery("".join(letters))


@pytest.mark.parametrize("text", ["", "0000", "U" * 56, "é" * 56, "0" * 57])
def test_what_is_no_recovery_key_is_told(text: str) -> None:
    with pytest.raises(UserError) as caught:
        keys.raw_from_recovery(text)
    assert caught.value.message.endswith(".")


def test_the_sheet_opens_its_file_and_no_other(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    sheet = " ".join(keys.recovery_text(KEY))
    assert keys.key_from_recovery(path, sheet) == KEY
    other = " ".join(keys.recovery_text(Key(b"o" * 32, KEY.salt)))
    with pytest.raises(WrongKey, match="another file"):
        keys.key_from_recovery(path, other)


def test_one_good_page_means_that_the_key_is_right(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    content = bytearray(path.read_bytes())
    assert keys.good_pages(path, KEY) == keys.LOOKED_AT
    assert keys.good_pages(path, Key(b"x" * 32, KEY.salt)) == 0
    for page in range(keys.LOOKED_AT - 1):
        content[page * keys.PAGE + 100] ^= 1
    path.write_bytes(content)
    assert keys.good_pages(path, KEY) == 1
    assert KEY.fits(path)


def test_a_plain_file_needs_no_key(tmp_path: Path) -> None:
    path = new_file(tmp_path, key=None)
    assert keys.is_plain(path)
    assert keys.unlock(path, "anything") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (bytes(8192), "blank"),
        (b"<!DOCTYPE html><html><body>" + b"Sign in to continue " * 500, "not a database of this program"),
        (b"PK\x03\x04", "not a database of this program"),
    ],
)
def test_what_is_no_database_is_told_without_a_key(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.mtss"
    path.write_bytes(content)
    with pytest.raises(DamagedFile, match=said):
        keys.unlock(path, PASSPHRASE)
    assert path.read_bytes() == content


def test_no_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no database"):
        keys.unlock(tmp_path / "none.mtss", PASSPHRASE)
    with pytest.raises(StorageError, match="is a folder"):
        keys.unlock(tmp_path, PASSPHRASE)


@pytest.mark.parametrize(
    ("passphrase", "fine"),
    [
        ("four words make one", True),
        ("a" * 14, False),
        ("a" * 15, False),
        ("abcabcabcabcabcabc", False),
        ("123456789012345678", False),
        ("password1234567890", False),
        ("Passwordpassword!", False),
        ("lantern otter brisk", True),
        ("x" * 129, False),
        ("śnieg pada na łąkę", True),
    ],
)
def test_the_policy(passphrase: str, fine: bool) -> None:
    found, why = keys.advice(passphrase)
    assert found == fine
    assert ENGLISH.say(why).endswith(".")
    assert passphrase not in ENGLISH.say(why)
    if not fine:
        with pytest.raises(UserError):
            keys.new_key(passphrase)


def test_without_a_keychain_nothing_breaks() -> None:
    """The test run has a keychain that keeps nothing, as a locked-down machine may."""
    assert not keys.keychain_has_room()
    assert keys.remembered("typing x") is None
    keys.forget("typing x")


def test_a_keychain_gives_back_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backend import KeyringBackend

    class Memory(KeyringBackend):
        priority = 5
        kept: ClassVar[dict[tuple[str, str], str]] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[service, username]

    monkeypatch.setattr(keyring, "get_keyring", Memory)
    monkeypatch.setattr(keyring, "set_password", Memory().set_password)
    monkeypatch.setattr(keyring, "get_password", Memory().get_password)
    monkeypatch.setattr(keyring, "delete_password", Memory().delete_password)
    assert keys.keychain_has_room()
    assert keys.remember("a", b"\x01secret")
    assert keys.remembered("a") == b"\x01secret"
    keys.forget("a")
    assert keys.remembered("a") is None
