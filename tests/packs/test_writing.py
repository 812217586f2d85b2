"""An instrument written as a pack is read back the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.instruments import Condition, Criterion
from mtss_desktop.packs import instruments, writing


@pytest.mark.parametrize("each", instruments.shipped(), ids=lambda each: each.key)
def test_every_shipped_instrument_survives_writing(each):
    assert instruments.read_text(writing.text(each), each.key) == each


@pytest.mark.parametrize(
    "words", ['He said "no"', "back\\slash", "tab\there", "line\nbreak", "ünï — 学", "\x7f", "# no comment"]
)
def test_words_of_any_kind_survive(words):
    first = instruments.shipped()[0]
    changed = replace(first, title=words, items=(replace(first.items[0], label=words), *first.items[1:]))
    assert instruments.read_text(writing.text(changed), first.key) == changed


def test_nought_is_written():
    first = instruments.shipped()[0]
    none_missed = Criterion("Nothing missed", (Condition("total", at_most_missed=0),))
    changed = replace(first, items=(replace(first.items[0], weight=0), *first.items[1:]), criteria=(none_missed,))
    assert instruments.read_text(writing.text(changed), first.key) == changed


def test_a_text_that_is_no_pack_names_its_line():
    with pytest.raises(UserError, match=r"ours\.toml, line 2"):
        instruments.read_text('title = "Ours"\nversion = ', "ours")
