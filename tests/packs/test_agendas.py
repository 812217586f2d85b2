"""Agenda templates: what the program brings is sound, and a fault is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.agendas import Holds
from mtss_desktop.packs import agendas

GOOD = '# an agenda\ntitle = "Ours"\ntiers = [1]\n\n[[items]]\ntitle = "Open"\nminutes = 3\nlead = "facilitator"\nwe_will = "approve"\n'


def test_the_shipped_ones_are_sound() -> None:
    found = {template.name: template for template in agendas.shipped()}
    assert list(found) == ["tier_1", "tier_2_3", "data_review", "leadership", "first_meeting"]
    assert found["tier_2_3"].confidential
    assert all(40 <= template.minutes <= 100 for template in found.values())
    for template in found.values():
        holds = [item.holds for item in template.items]
        assert Holds.PROBLEMS in holds
        assert all(holds.count(each) == 1 for each in Holds if each is not Holds.WORDS and each in holds)
        assert all(len(item.title) <= 120 and item.minutes for item in template.items)


def test_an_own_template_is_read(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(GOOD, encoding="utf-8")
    (found,) = agendas.library(tmp_path)
    assert (found.name, found.title, found.tiers, found.minutes) == ("ours", "Ours", (1,), 3)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (GOOD.replace("minutes = 3", "minutes = 3.5"), 7, "minutes must be a whole number"),
        (GOOD.replace("minutes = 3", "minutes = true"), 7, "minutes must be a whole number"),
        (GOOD.replace("minutes = 3", "minutes = 900"), 7, "between 0 and 480"),
        (GOOD.replace('"facilitator"', '"boss"'), 8, "lead is one of: facilitator"),
        (GOOD.replace('"approve"', '"vote"'), 9, "we_will is one of: approve"),
        (GOOD.replace("tiers = [1]", "tiers = [4]"), 3, "tiers are 1, 2 and 3"),
        (GOOD.replace("minutes = 3", "minuts = 3"), 7, "“minuts” is not known here"),
        (GOOD.replace('title = "Open"\n', ""), 5, "title is missing"),
        (GOOD.replace('title = "Ours"\n', ""), 1, "title is missing"),
        (GOOD.replace('title = "Ours"', "title = Ours"), 2, "not written as TOML"),
        (GOOD + '\n[[items]]\ntitle = "Two"\nholds = "all"\n', 13, "holds is one of"),
        ('title = "x"\nitems = [1]\n', 2, "each item starts with [[items]]"),
        ('title = "x"\nitems = "no"\n', 2, "items must be a list"),
        ("", 1, "title is missing"),
    ],
)
def test_a_fault_is_named_by_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        agendas.load(path)
    assert f"ours.toml, line {line}: " in caught.value.message
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b'title = "x"\ntitle2 = "\xff"\n', "line 2: a letter is not in UTF-8"), (b"#" * 70_000, "far too long")],
)
def test_odd_files(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(raw)
    with pytest.raises(UserError, match=words):
        agendas.load(path)


def test_a_file_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        agendas.load(tmp_path / "gone.toml")
