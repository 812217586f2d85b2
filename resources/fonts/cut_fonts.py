"""Cuts the static fonts of the papers and puts them beside this file. Run by ``python dev.py fonts``, never by the program.

Needs fontTools, the package ``fontpkg-open-sans`` (the variable files) and DejaVu (``fonts-dejavu-core`` on Debian; another
folder as first argument). The cuts are the same bytes on every run.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parent
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")

# name: (italic file?, weight, width)
OPEN_SANS = {
    "OpenSans-Regular": (False, 400, 100),
    "OpenSans-SemiBold": (False, 600, 100),
    "OpenSans-Bold": (False, 700, 100),
    "OpenSans-Italic": (True, 400, 100),
    "OpenSans-BoldItalic": (True, 700, 100),
    "OpenSansSemiCondensed-Regular": (False, 400, 87.5),
    "OpenSansSemiCondensed-SemiBold": (False, 600, 87.5),
}
# What schools write: Latin with every accent, Greek, Cyrillic, Armenian, Georgian, punctuation, arrows, signs.
LETTERS = (range(0x20, 0x250), range(0x2B0, 0x590), range(0x10A0, 0x1100), range(0x1E00, 0x2000))
SIGNS = (
    range(0x2000, 0x2070),
    range(0x2070, 0x2150),
    range(0x2150, 0x2300),
    range(0x2460, 0x2800),
    range(0xFFFD, 0xFFFE),
)
FALLBACK = {"DejaVuSans": "DejaVuSans.ttf", "DejaVuSans-Bold": "DejaVuSans-Bold.ttf"}
KEY = {"DejaVuSansMono-Bold": "DejaVuSansMono-Bold.ttf"}


def _codes(*parts: tuple[range, ...]) -> list[int]:
    return [code for ranges in parts for block in ranges for code in block]


def _subset(font: TTFont, codes: list[int]) -> None:
    """Keeps outlines, widths and names; drops hinting and layout features, which the PDF writer does not use."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "FFTM", "kern", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def _rename(font: TTFont, name: str) -> None:
    """Readers of a PDF see this name; every cut has its own."""
    family, _, cut = name.partition("-")
    for record in list(font["name"].names):
        new = {1: family, 2: cut or "Regular", 3: name, 4: name, 6: name}.get(record.nameID)
        if new is not None:
            font["name"].setName(new, record.nameID, record.platformID, record.platEncID, record.langID)


def _check_digits(font: TTFont, name: str) -> None:
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    if len(widths) != 1:
        raise SystemExit(f"{name}: the digits have different widths, columns of numbers would not line up.")


def _no_short_widths(font: TTFont) -> None:
    """A font whose last letters are equally wide stores their width once, which the PDF writer misreads: one unit more
    for the very last letter keeps the list whole."""
    order, widths = font.getGlyphOrder(), font["hmtx"]
    (last, side), (before, _) = widths[order[-1]], widths[order[-2]]
    if last == before:
        widths[order[-1]] = (last + 1, side)


def _write(font: TTFont, name: str) -> None:
    _rename(font, name)
    _no_short_widths(font)
    _check_digits(font, name)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(HERE / f"{name}.ttf")
    sys.stdout.write(f"{name}.ttf  {(HERE / f'{name}.ttf').stat().st_size // 1024} KiB\n")


def _open_sans_files() -> dict[bool, Path]:
    found = find_spec("fontpkg_open_sans")
    if found is None or found.origin is None:
        raise SystemExit("The package fontpkg-open-sans is not installed: pip install fontpkg-open-sans")
    files = Path(found.origin).parent / "files"
    return {False: files / "OpenSans[wdth,wght].ttf", True: files / "OpenSans-Italic[wdth,wght].ttf"}


def main() -> None:
    sources = _open_sans_files()
    dejavu = Path(sys.argv[1]) if len(sys.argv) > 1 else DEJAVU
    if not (dejavu / "DejaVuSans.ttf").is_file():
        raise SystemExit(f"DejaVu is not in {dejavu}: apt-get install fonts-dejavu-core, or name its folder.")
    for name, (italic, weight, width) in OPEN_SANS.items():
        font = TTFont(sources[italic], recalcTimestamp=False)
        cut = instantiateVariableFont(font, {"wght": weight, "wdth": width}, inplace=True)
        _subset(cut, _codes(LETTERS, SIGNS))
        _write(cut, name)
    for name, file in FALLBACK.items():
        font = TTFont(dejavu / file, recalcTimestamp=False)
        _subset(font, _codes(LETTERS, SIGNS))
        _write(font, name)
    for name, file in KEY.items():
        font = TTFont(dejavu / file, recalcTimestamp=False)
        _subset(font, _codes((range(0x20, 0x7F),)))
        _write(font, name)


if __name__ == "__main__":
    main()
