"""Pictures of files on their way in: what is asked, what is wrong, what columns mean, and what came of it. Every file is invented."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.imports.pane import ImportsPane
from mtss_desktop.usecases.mapping import with_second
from tests.importing.workbooks import xlsx
from tests.usecases.test_mapping import two_files

HEAD = "Student ID,First Name,Last Name,School,Grade,Assessment,Window,School Year,Score,Level,Locker Password"
SEASONS = [
    f"{test}_{window}_{year}" for test in ("Read", "Math") for year in (24, 25) for window in ("BOY", "MOY", "EOY")
]
COLORS = ("Door", "Hat", "Shoe", "Coat", "Bag", "Bike", "Desk", "Lunch")
Bring = Callable[[MainWindow], None]


def room(window: MainWindow) -> ImportsPane:
    window.go_to("imports")
    pane = window.current
    assert isinstance(pane, ImportsPane)
    return pane


def handed(name: str, text: str) -> Bring:
    """The room with one file handed over."""

    def bring(window: MainWindow) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_text(text, encoding="utf-8")
            room(window).take_files([file])

    return bring


def _check() -> str:
    rows = [
        f"{2000 + n},Ada,Quill{n},Holcomb Middle School,{6 + n % 3},Oral reading fluency,Fall,2025-26,{40 + 7 * n},"
        f"{('Well Below', 'Below', 'At', 'Above')[min(3, n // 3)]},x"
        for n in range(12)
    ]
    rows[4] = "2004,Ben,Reed,Holcomb Middle School,7,Oral reading fluency,Fall,2025-26,abc,Below,x"
    rows[6] = "2006,Cleo,Stone,Holcomb Middle School,7,Oral reading fluency,Fall,2025-26,63,Well bellow,x"
    return "\n".join([HEAD, *rows]) + "\n"


def _question() -> str:
    rows = [f"{3000 + n},4/{n + 1}/2025,{50 + n}" for n in range(9)]
    return "\n".join(
        [
            "Student ID,Test Date,Assessment,Score",
            *(f"{a},{b},Quick check,{c}" for a, b, c in (r.split(",") for r in rows)),
        ]
    )


def _wide() -> str:
    head = [
        "Local ID",
        "Student",
        "School",
        "Grade",
        *SEASONS,
        "Read_Sum_25",
        "Password",
        *(f"{each} color" for each in COLORS),
    ]
    rows = []
    for n in range(9):
        scores = [str(320 + 3 * n + at) if (n + at) % 7 else "" for at in range(len(SEASONS))]
        rows.append(
            [f"{4000 + n}", f'"Quill, Ada {n}"', "Holcomb Middle School", str(6 + n % 3), *scores, "319", "7", "A", "x"]
        )
    return "\n".join(",".join(line) for line in (head, *rows)) + "\n"


def _thousands() -> str:
    seasons = [f"{window}_{year}" for window in ("BOY", "MOY", "EOY") for year in (24, 25)]
    colors = [f"{color} color {n}" for color in COLORS for n in range(120)]
    skills = [f"Skill{n:03}_{season}" for n in range(180) for season in seasons]
    rows = [
        [
            f"{5000 + n}",
            str(6 + n % 3),
            *("red" for _ in colors),
            *(str(10 + (n + at) % 80) for at in range(len(skills))),
        ]
        for n in range(40)
    ]
    return "\n".join(",".join(line) for line in (["Local ID", "Grade", *colors, *skills], *rows)) + "\n"


def _nobody() -> str:
    return "Tray,Price,Color\n1,2,red\n2,3,blue\n"


def _probes() -> str:
    heads = "Student ID,Student,Goal,9/5/2025,9/12/2025,9/19/2025,9/26/2025,10/3/2025"
    rows = [f'{6000 + n},"Quill, Ada {n}",{70 + n},{30 + n},{33 + n},{34 + 2 * n},,{40 + n}' for n in range(6)]
    return "\n".join([heads, *rows]) + "\n"


def _fidelity() -> str:
    rows = [f"{place},TFI,{tier},{score},10/14/2025" for place, score in (("Holcomb", 22), ("Piney Ridge", 18))
            for tier in ("Tier I", "Tier II")]  # fmt: skip
    return "\n".join(["School,Instrument,Subscale,Score,Date", *rows]) + "\n"


def workbook(window: MainWindow) -> None:
    """A season in each sheet, and one that nobody can read."""
    heads: list[str | float | bool | None] = ["Student ID", "Student", "Grade", "ORF", "Maze"]
    rows = [[f"{6000 + n}", f"Quill, Ada {n}", 3.0, 40.0 + n, 5.0 + n] for n in range(8)]
    book = {"Fall": [heads, *rows], "Winter": [heads, *rows], "How to fill in": [["Ask the office"]]}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "grade 3 screening 2025-26.xlsx"
        file.write_bytes(xlsx(book))
        room(window).take_files([file])


def unreadable(window: MainWindow) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scores_fall.csv"
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
        room(window).take_files([file])


def applied(window: MainWindow) -> None:
    handed("fluency_fall.csv", _check())(window)
    pane = room(window)
    pane.go_on()


def levels_table(window: MainWindow) -> None:
    window.go_to("imports", "levels")
    pane = room(window)
    view = pane.levels.view
    line = next(each for each in view.levels.records if each.scores and each.tier == 2)
    view.levels.choose(str(line.level_key))
    view.tiers.picked.emit("3")


def words_table(window: MainWindow) -> None:
    window.go_to("imports", "words:behavior")


def joined(window: MainWindow) -> None:
    with tempfile.TemporaryDirectory() as folder:
        results, pupils = two_files(Path(folder))
        pane = room(window)
        pane.take_files([results])
        now = pane.mapping.view.now
        assert now is not None
        pane.mapping.view.show_file(with_second(now, str(pupils)), pane.today(), pane.scope.names)


def asked_first(window: MainWindow) -> None:
    """Ctrl+Enter while a question is open."""
    handed("quick_check.csv", _question())(window)
    pane = room(window)
    pane.check.toggle_all()
    pane.go_on()


def _letters() -> str:
    """Names in letters that look wrong in the usual encoding."""
    rows = (f"{7000 + n},Łukasz,Żak {n},Holcomb Middle School,6,Quick check,Fall,2025-26,{40 + n}" for n in range(12))
    return "\n".join(["Student ID,First Name,Last Name,School,Grade,Assessment,Window,School Year,Score", *rows]) + "\n"


def letters(window: MainWindow) -> None:
    """A file of which it is asked in which encoding it was saved: the longest list of answers."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.csv"
        file.write_bytes(_letters().encode("cp1250"))
        room(window).take_files([file])


def _long() -> str:
    measure, level = "DIBELS 8th Edition Oral Reading Fluency Words Correct Accuracy", "Well Below Benchmark"
    rows = (
        f"{8000 + n},Maximiliana,Featherstonehaugh {n},Saint Bartholomew and All Angels Elementary,{n % 6},{measure},Winter,2025-26,{40 + n}.75,{level}"
        for n in range(12)
    )
    return "\n".join([HEAD.removesuffix(",Locker Password"), *rows]) + "\n"


def trimesters() -> str:
    head = "Student ID,Reading T1,Reading T2,Reading T3,Math T1,Math T2,Math T3"
    return "\n".join([head, *(f"{9000 + n},{n},{n + 1},{n + 2},7,8,9" for n in range(9))]) + "\n"


def bring_by_name() -> dict[str, Bring]:
    """Name of a picture → what brings the window there, on the sample division."""
    return {
        "import_check": handed("fluency_fall.csv", _check()),
        "import_question": handed("quick_check.csv", _question()),
        "import_mapping": handed("scores_wide_3_years.csv", _wide()),
        "import_mapping_2000": handed("skills.csv", _thousands()),
        "import_mapping_nobody": handed("lunch.csv", _nobody()),
        "import_unreadable": unreadable,
        "import_done": applied,
        "import_mapping_joined": joined,
        "import_asked_first": asked_first,
        "import_levels": levels_table,
        "import_words": words_table,
        "import_letters": letters,
        "import_long": handed("fall_screening_of_all_elementary_schools_2025_26_final_v2.csv", _long()),
        "import_periods": handed("trimesters.csv", trimesters()),
        "import_measure": handed("small group.csv", _probes()),
        "import_fidelity": handed("walkthrough results.csv", _fidelity()),
        "import_sheets": workbook,
        "import_year": handed("calendar.csv", "Date,Holiday\n9/7/2026,Labor Day\n4/20/2026,Storm\n"),
    }
