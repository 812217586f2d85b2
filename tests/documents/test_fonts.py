"""The fonts we ship: what they have, how wide it is."""

from __future__ import annotations

import pytest

from mtss_desktop.base import paths
from mtss_desktop.documents import fonts
from mtss_desktop.documents.tagging import to_unicode

ALL = [
    (weight, family)
    for family in ("text", "dense")
    for weight in ("Regular", "SemiBold", "Bold", "Italic", "BoldItalic")
]


@pytest.mark.parametrize(("weight", "family"), ALL)
def test_every_cut_has_the_letters_schools_write(weight: str, family: str) -> None:
    assert fonts.face(weight, family).covers(
        "José Nguyễn Zoë Łukasz Αθηνά Đorđe Şahin Ґалаґан 0123456789 –—“”…·×÷≤≥−½%"
    )


@pytest.mark.parametrize(("weight", "family"), ALL)
def test_digits_are_equally_wide(weight: str, family: str) -> None:
    assert len({fonts.face(weight, family).widths[digit] for digit in "0123456789"}) == 1


def test_the_key_font_is_fixed_width_and_has_the_key_letters() -> None:
    mono = fonts.face("Bold", "mono")
    assert len({mono.widths[letter] for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"}) == 1


def test_missing_letters_come_from_the_other_family() -> None:
    found = fonts.stretches("a → ქ b", fonts.face("Bold"))
    assert [part.face.name for part in found] == [
        "OpenSans-Bold",
        "DejaVuSans-Bold",
        "OpenSans-Bold",
        "DejaVuSans-Bold",
        "OpenSans-Bold",
    ]
    assert "".join(part.text for part in found) == "a → ქ b"


def test_a_letter_nobody_has_keeps_what_was_typed() -> None:
    [part] = fonts.stretches("😀", fonts.face())
    assert (part.text, part.actual) == (fonts.REPLACEMENT, "😀")


def test_text_is_composed_and_free_of_control_characters() -> None:
    assert fonts.clean("Nguye\u0302\u0303n\x00\u202e\tx") == "Nguyễn x"


def test_width_is_the_sum_of_letters() -> None:
    face = fonts.face()
    assert fonts.width("ab", face, 10.0) == pytest.approx((face.widths["a"] + face.widths["b"]) / 100.0)
    assert fonts.width("ab", face, 10.0, track=2.0) == pytest.approx(fonts.width("ab", face, 10.0) + 4.0)


def test_licenses_are_shipped_with_the_fonts() -> None:
    folder = paths.resource("fonts")
    assert "SIL OPEN FONT LICENSE" in (folder / "OpenSans-LICENSE.txt").read_text("utf-8")
    assert "Bitstream" in (folder / "DejaVu-LICENSE.txt").read_text("utf-8")
    shipped = {file.stem.partition("-")[0] for file in folder.glob("*.ttf")}
    assert shipped == {"OpenSans", "OpenSansSemiCondensed", "DejaVuSans", "DejaVuSansMono"}


def test_no_cut_carries_what_the_writer_does_not_use() -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    for file in paths.resource("fonts").glob("*.ttf"):
        assert not {"fpgm", "prep", "cvt ", "GSUB", "GPOS", "fvar"} & set(ttlib.TTFont(file).keys())


def test_letters_can_be_read_back_in_sections_of_a_hundred() -> None:
    table = to_unicode("X", [0, *range(65, 65 + 150), 0x1F600])
    assert "<00>" not in table.replace("<00> <FF>", "")
    assert "100 beginbfchar" in table
    assert "51 beginbfchar" in table
    assert "<D83DDE00>" in table
