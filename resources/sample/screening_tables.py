"""Small invented cut and growth tables of the sample, and the level words they give. Not a vendor's tables.

A cut is the lowest score of Below, At and Above Benchmark; less is Well Below. Order of the three seasons:
beginning, middle, end of year.
"""

from __future__ import annotations

Cut = tuple[int, int, int]

# measure -> grade -> three cuts; grade 0 is kindergarten. A grade that is missing does not take the measure.
CUTS: dict[str, dict[int, tuple[Cut, Cut, Cut]]] = {
    "LNF": {
        0: ((8, 20, 34), (24, 36, 48), (32, 44, 56)),
        1: ((28, 42, 57), (38, 50, 64), (44, 55, 69)),
    },
    "PSF": {
        0: ((2, 6, 14), (12, 24, 38), (22, 36, 50)),
        1: ((18, 30, 45), (26, 36, 50), (30, 40, 54)),
    },
    "NWF-CLS": {
        0: ((2, 6, 14), (12, 22, 34), (22, 32, 48)),
        1: ((22, 32, 50), (36, 48, 70), (44, 60, 88)),
        2: ((42, 56, 82), (54, 72, 102), (64, 84, 118)),
        3: ((58, 76, 108), (68, 90, 124), (76, 100, 138)),
    },
    "NWF-WRC": {
        0: ((0, 1, 4), (2, 5, 10), (5, 9, 15)),
        1: ((4, 8, 15), (9, 14, 22), (12, 18, 28)),
        2: ((11, 17, 27), (15, 22, 34), (18, 27, 39)),
        3: ((16, 24, 36), (20, 29, 41), (23, 33, 46)),
    },
    "WRF": {
        0: ((0, 1, 4), (2, 5, 12), (5, 10, 19)),
        1: ((6, 11, 24), (12, 20, 38), (20, 32, 50)),
        2: ((24, 36, 53), (34, 46, 63), (40, 53, 70)),
        3: ((38, 50, 66), (45, 57, 74), (50, 62, 79)),
    },
    "ORF": {
        1: ((5, 10, 35), (10, 21, 57), (26, 39, 76)),
        2: ((29, 49, 85), (59, 78, 117), (77, 94, 128)),
        3: ((55, 73, 105), (85, 105, 141), (96, 114, 136)),
        4: ((75, 93, 124), (96, 115, 148), (106, 125, 156)),
        5: ((90, 108, 139), (106, 125, 157), (114, 133, 165)),
    },
    "Maze": {
        2: ((2, 4, 9), (6, 9, 15), (8, 12, 18)),
        3: ((6, 9, 15), (9, 13, 20), (12, 16, 23)),
        4: ((9, 13, 19), (12, 16, 24), (14, 19, 27)),
        5: ((11, 15, 22), (14, 18, 26), (16, 21, 29)),
    },
}
LEVELS = ("Well Below Benchmark", "Below Benchmark", "At Benchmark", "Above Benchmark")
# MAP-like middle scores (fall, winter, spring) per subject and grade.
RIT = {
    "Reading": {6: (210, 213, 215), 7: (214, 216, 218), 8: (218, 220, 222)},
    "Mathematics": {6: (215, 219, 222), 7: (220, 223, 226), 8: (224, 227, 230)},
}


def level(score: int, cut: Cut) -> str:
    return LEVELS[sum(score >= bound for bound in cut)]


def composite_cut(grade: int, season: int) -> Cut:
    middle = 330 + 10 * grade + 12 * season
    return middle - 38, middle - 16, middle + 24


def expected(cut: Cut, z: float) -> int:
    """The score of a student at z: the middle of the division lies a little above the benchmark."""
    low, bench, high = cut
    middle, spread = bench + 0.3 * (high - bench), 0.7 * (high - bench) if z > 0 else max(1.0, 0.75 * (bench - low) + 1)
    return max(0, int(middle + spread * z + 0.5))
