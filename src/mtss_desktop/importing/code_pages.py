"""Files of one byte a letter: which encoding they may be in, where their letters look wrong as Western ones."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

NAMES = (
    *("cp1252", "cp1250", "cp1253", "cp1251", "cp1254", "cp1257", "cp1258", "cp1255", "cp1256"),
    *("mac-roman", "cp437", "cp852"),
)
"""What a person can choose, the likeliest first: Windows, Mac, DOS."""
_WORD = re.compile(r"[A-Za-z\x80-\U0010ffff]*[\x80-\U0010ffff][A-Za-z\x80-\U0010ffff]*")
_SURE = frozenset("áéíóúüöäçßñÁÉÍÓÚÜÖÄÇÑ’‘“”–—…°½¼¾º®™©\u00a0·•¿¡»«")
"""Signs of Western files, as other code pages have them too, or as nobody mistakes them."""
_BESIDE_LETTERS = frozenset("’‘–—\u00ad·ªº")
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC")
MOST_CHOICES = 6


def is_code_page(name: str) -> bool:
    return name in NAMES


def bytes_of(text: str, encoding: str) -> bytes:
    """What a text was before it was read as ``encoding``."""
    if encoding != "windows-1252":
        return text.encode(encoding, errors="replace")
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return b"".join(letter.encode("cp1252" if _in_cp1252(letter) else "latin-1", "replace") for letter in text)


def _in_cp1252(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def looks_wrong(marked: str) -> bool:
    """Is a quarter of the words with letters beyond A to Z no words? ``marked`` are lines that have some."""
    words = _WORD.findall(marked)
    return sum(not _is_word(word) for word in words) * 4 > len(words)


def likely(marked: bytes) -> tuple[str, ...]:
    """The encodings under which most words are words, best first."""
    ranked = []
    for place, name in enumerate(NAMES):
        words = _WORD.findall(marked.decode(name, errors="replace"))
        ranked.append((-sum(map(_is_word, words)), place, name))
    return tuple(name for _, _, name in sorted(ranked)[:MOST_CHOICES])


def rare_letters(marked: str) -> str:
    """Letters that are other ones in other code pages, as a list to be read: ø, è."""
    found = dict.fromkeys(letter for word in _WORD.findall(marked) for letter in word if not letter.isascii())
    return ", ".join([letter for letter in found if letter not in _SURE][:5])


def _is_word(word: str) -> bool:
    """Letters of one script, no capital after a small one, no long run of marked letters in Latin."""
    word = word.strip("".join(_SURE - set("áéíóúüöäçßñÁÉÍÓÚÜÖÄÇÑ")))
    letters = [letter for letter in word if letter not in _BESIDE_LETTERS]
    if any(not unicodedata.category(letter).startswith(("L", "M")) for letter in letters):
        return False
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in letters if letter.isalpha()}
    if len(scripts) > 1 or not scripts <= set(_SCRIPTS):
        return not letters
    if scripts == {"LATIN"} and re.search(r"[^\x00-\x7f]{3}", word):
        return False
    return not any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(letters))
