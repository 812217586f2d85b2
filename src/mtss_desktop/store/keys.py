"""One file, one key: from passphrase or recovery sheet to the raw key, and whether a key fits a file.

Format 1: raw key = Argon2id(passphrase in NFC, the 16 salt bytes at the head of the file; 64 MiB, 3 passes, 1 lane),
32 bytes. The file is SQLCipher 4: pages of 4096 bytes, each closed by a 16-byte IV and an HMAC-SHA512 over content, IV
and page number.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mtss_desktop.base.errors import DamagedFile, StorageError, UserError, WrongKey
from mtss_desktop.base.words import ENGLISH, Said, said
from mtss_desktop.store import whereabouts
from mtss_desktop.store.location import refuse_folder

SALT = 16
RAW = 32
PAGE = 4096
PLAIN_HEAD = b"SQLite format 3\x00"
APPLICATION_ID = 0x4D545353
"""“MTSS” at byte 68 of the file's first page."""
_HEADER = 100
LOOKED_AT = 20
_IV_AND_HMAC = 80
_HMAC = 64
_HMAC_SALT_MASK = 0x3A
SHORTEST, LONGEST = 15, 128


@dataclass(frozen=True)
class Key:
    """``raw`` 32 bytes, ``salt`` 16 bytes as at the head of the file. Never shown, never logged."""

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != RAW or len(self.salt) != SALT:
            raise ValueError("a key is 32 bytes and its salt 16")

    def pragma(self) -> str:
        """The value of ``PRAGMA key``; for the driver only."""
        return f"\"x'{self.raw.hex()}{self.salt.hex()}'\""

    def fits(self, path: Path) -> bool:
        return good_pages(path, self) > 0


@dataclass(frozen=True)
class Format:
    """How a passphrase becomes a key. Constants of the program, never read from a file."""

    number: int
    memory_kib: int
    passes: int
    lanes: int


FORMATS = (Format(1, 65_536, 3, 1),)
"""Newest first."""


def derive(passphrase: str, salt: bytes, form: Format = FORMATS[0]) -> Key:
    """About 0.15 s and 64 MiB of memory."""
    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFC", passphrase).encode()
    raw = hash_secret_raw(secret, salt, form.passes, form.memory_kib, form.lanes, RAW, Type.ID)
    return Key(raw, salt)


def new_key(passphrase: str, salt: bytes | None = None) -> Key:
    """The key of a new file. The policy is asked by ``advice`` beforehand; raises ``UserError`` where it fails."""
    fine, why = advice(passphrase)
    if not fine:
        raise UserError(ENGLISH.say(why))
    return derive(passphrase, salt if salt is not None else secrets.token_bytes(SALT))


def is_plain(path: Path) -> bool:
    """True for a database that is not encrypted."""
    return _head(path, len(PLAIN_HEAD)) == PLAIN_HEAD


def unlock(path: Path, passphrase: str) -> Key | None:
    """The key of a file; ``None`` for a plain file. Raises ``WrongKey``, ``DamagedFile`` or ``StorageError``."""
    refuse_non_database(path)
    if is_plain(path):
        return None
    salt = _head(path, SALT)
    for form in FORMATS:
        key = derive(passphrase, salt, form)
        if key.fits(path):
            return key
    _refuse_lost_head(path, lambda head: any(derive(passphrase, head, form).fits(path) for form in FORMATS))
    raise WrongKey(
        "This passphrase does not open the file.",
        "Check Caps Lock and the keyboard layout, or use the recovery sheet.",
    )


def _refuse_lost_head(path: Path, opens: Callable[[bytes], bool]) -> None:
    """With its first bytes overwritten a file opens with nothing; the last backup noted them, which proves the secret."""
    if any(opens(head) for head in whereabouts.former_heads(path)):
        raise DamagedFile(
            f"What you typed is right, but the beginning of “{path.name}” was overwritten.",
            "Restore the newest backup. The damaged file is kept.",
        )


def key_from_recovery(path: Path, text: str) -> Key:
    """The key on a recovery sheet. Raises ``UserError`` for a typing mistake, ``WrongKey`` for another file's sheet."""
    raw = raw_from_recovery(text)
    refuse_non_database(path)
    key = Key(raw, _head(path, SALT))
    if not key.fits(path):
        _refuse_lost_head(path, lambda head: Key(raw, head).fits(path))
        raise WrongKey(
            "This recovery key belongs to another file, or the passphrase was changed since the sheet was printed.",
            "An older sheet opens the backups of its time.",
        )
    return key


def refuse_non_database(path: Path) -> None:
    """What can be told of a file without any key. Raises ``StorageError`` or ``DamagedFile``."""
    refuse_folder(path)
    if not path.exists():
        raise StorageError(f"There is no database “{path.name}” here.", "Check the name, or make a new database.")
    if not path.is_file():
        raise StorageError(f"“{path.name}” is a pipe or a device, not a database.", "Choose a file.")
    head = _head(path, PAGE)
    if not head:
        raise DamagedFile(f"“{path.name}” is empty: it holds no database.", "Restore the newest backup.")
    if head[: len(PLAIN_HEAD)] == PLAIN_HEAD:
        if len(head) >= _HEADER and int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise another_programs(path)  # before it is opened, which would change how it journals
        return
    if not any(head):
        raise DamagedFile(
            f"The beginning of “{path.name}” is blank: the file is damaged.", "Restore the newest backup."
        )
    if len(head) < PAGE or not _looks_encrypted(head):
        raise DamagedFile(
            f"“{path.name}” is not a database of this program, or its beginning was overwritten.",
            "Choose another file, or restore the newest backup.",
        )


def another_programs(path: Path) -> StorageError:
    return StorageError(f"“{path.name}” is a database of another program.", "Choose another file.")


def good_pages(path: Path, key: Key, pages: int = LOOKED_AT) -> int:
    """How many of the first pages carry a true HMAC under this key. One is proof that the key is right."""
    with path.open("rb") as file:
        content = file.read(PAGE * pages)
    mac_key = _mac_key(key)
    return sum(
        _is_good(content[start : start + PAGE], start // PAGE + 1, mac_key) for start in range(0, len(content), PAGE)
    )


def _mac_key(key: Key) -> bytes:
    salt = bytes(byte ^ _HMAC_SALT_MASK for byte in key.salt)
    return hashlib.pbkdf2_hmac("sha512", key.raw, salt, 2, RAW)


def _is_good(page: bytes, number: int, mac_key: bytes) -> bool:
    if len(page) != PAGE:
        return False
    covered = page[SALT if number == 1 else 0 : PAGE - _HMAC]
    expected = page[PAGE - _IV_AND_HMAC + 16 : PAGE]
    found = hmac.new(mac_key, covered + number.to_bytes(4, "little"), hashlib.sha512).digest()
    return hmac.compare_digest(found, expected)


def _looks_encrypted(page: bytes) -> bool:
    """Encrypted bytes are spread evenly: 4096 of them hold about 7.95 bits each; text and pictures' heads hold less."""
    counts = Counter(page)
    bits = -sum(n / len(page) * math.log2(n / len(page)) for n in counts.values())
    return bits > 7.5


def _head(path: Path, length: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(length)
    except PermissionError as error:
        raise StorageError(f"You may not read “{path.name}”.", "Ask whoever owns the file or its folder.") from error
    except OSError as error:
        raise StorageError(f"“{path.name}” cannot be read.", "Check the disk or the connection to it.") from error


# The recovery sheet ------------------------------------------------------------------------------

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_GROUP = 4
_DIGITS = 52  # 260 bits hold the key's 256


def recovery_text(key: Key) -> tuple[str, ...]:
    """13 groups of four for the raw key and one check group, in Crockford's base32 (no I, L, O, U)."""
    digits = _base32(int.from_bytes(key.raw, "big"), _DIGITS) + _check_group(key.raw)
    return tuple(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def raw_from_recovery(text: str) -> bytes:
    """Reads what was typed: any spacing, dashes, small letters; O for 0, I and L for 1. Raises ``UserError``."""
    typed = "".join(text.upper().replace("-", " ").replace("\u2013", " ").split())
    wrong = next((letter for letter in typed if letter not in _VALUE), "")
    if wrong:
        raise UserError(
            f"A recovery key holds no “{wrong}”.", "Its signs are the digits and the letters except I, L, O and U."
        )
    wanted = _DIGITS + _GROUP
    if len(typed) != wanted:
        raise UserError(f"A recovery key has {wanted} signs in 14 groups of four; {len(typed)} were typed.")
    number = 0
    for letter in typed[:_DIGITS]:
        number = number * 32 + _VALUE[letter]
    plain = "".join(_LETTERS[_VALUE[letter]] for letter in typed[_DIGITS:])
    if number >> (RAW * 8) or _check_group(number.to_bytes(RAW, "big")) != plain:
        raise UserError(
            "The recovery key was not typed as printed.", "Compare it group by group; the last group checks the others."
        )
    return number.to_bytes(RAW, "big")


def _base32(number: int, digits: int) -> str:
    return "".join(_LETTERS[number >> (5 * place) & 31] for place in reversed(range(digits)))


def _check_group(raw: bytes) -> str:
    """20 bits of SHA-256, set apart by a prefix so that it says nothing about the key's other uses."""
    digest = hashlib.sha256(b"mtss recovery 1" + raw).digest()
    return _base32(int.from_bytes(digest[:3], "big") >> 4, _GROUP)


# The passphrase ----------------------------------------------------------------------------------

_TOO_COMMON = (
    "password", "passphrase", "letmein", "qwerty", "asdfgh", "123456", "abcdef", "iloveyou", "welcome", "administrator",
    "mtss", "school", "teacher", "student", "principal", "coach",
)  # fmt: skip


def advice(passphrase: str) -> tuple[bool, Said]:
    """Whether a passphrase will do, and one sentence of help either way."""
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < SHORTEST:
        missing = said("{k} character", many="{k} characters", count="k", k=SHORTEST - len(text))
        return False, said(
            "The passphrase needs {n} more: three or four words that do not belong together are easy to keep.",
            n=missing,
        )
    if len(text) > LONGEST:
        return False, said("A passphrase may have at most {n} characters.", n=LONGEST)
    if _is_guessable(text.casefold()):
        return False, said("A stranger would try this soon: take words that do not belong together.")
    return True, said("Good. Keep it apart from the computer: without it and the recovery sheet the file stays closed.")


def _is_guessable(text: str) -> bool:
    """What remains without common words, digits and repeats has to be worth guessing."""
    rest = text
    for word in _TOO_COMMON:
        rest = rest.replace(word, "")
    letters = [sign for sign in rest if sign.isalpha()]
    return len(letters) < 6 or len(set(rest)) < 5 or _repeats(text)


def _repeats(text: str) -> bool:
    """``abcabcabcabcabc``: the text is one short piece again and again."""
    return any(text == (text[:size] * (len(text) // size + 1))[: len(text)] for size in range(1, len(text) // 3 + 1))


# The keychain ------------------------------------------------------------------------------------

_SERVICE = "MTSS Desktop"


def keychain_has_room() -> bool:
    """False where the system keeps no keychain: the passphrase is asked for each time."""
    try:
        import keyring

        return float(keyring.get_keyring().priority) > 0
    except Exception:  # noqa: BLE001  (back ends fail in their own ways; each means: no keychain)
        return False


def remember(name: str, secret: bytes) -> bool:
    """Keeps a secret in the system's keychain under a database's name; False where there is none."""
    try:
        import keyring

        keyring.set_password(_SERVICE, name, secret.hex())
    except Exception:  # noqa: BLE001
        return False
    return True


def remembered(name: str) -> bytes | None:
    try:
        import keyring

        found = keyring.get_password(_SERVICE, name)
        return bytes.fromhex(found) if found else None
    except Exception:  # noqa: BLE001
        return None


def forget(name: str) -> None:
    try:
        import keyring

        keyring.delete_password(_SERVICE, name)
    except Exception:  # noqa: BLE001
        return
