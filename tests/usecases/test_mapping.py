"""A file nobody knows: proposed, changed step by step, kept, and recognized the next time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.layouts import ColumnGroup
from mtss_desktop.importing.recognize import UnknownLayout
from mtss_desktop.usecases import import_files, import_plans, imports, layouts, mapping
from mtss_desktop.usecases.import_prepared import Knowledge
from mtss_desktop.usecases.mapping import Mapped
from tests.usecases.test_imports import Desk

TODAY = date(2026, 2, 12)
HEAD = "Local ID,Grade,Read_BOY_24,Read_MOY_24,Math_BOY_24,Math_MOY_24,Locker,Password,Door color,Hat color,Shoe color,Coat color"
ROWS = ("0417,2,328,336,212,,A 1,secret,oak,oak,oak,oak", "0418,3,341,347,230,241,A 2,secret,ash,ash,ash,ash")


def wide(folder: Path, name: str = "wide_scores.csv") -> str:
    path = folder / name
    path.write_text("\n".join([HEAD, *ROWS]) + "\n")
    return str(path)


@pytest.fixture
def now(tmp_path: Path) -> Mapped:
    return mapping.open_file(wide(tmp_path))


def test_columns_come_in_groups_and_a_family_counts_as_one(now: Mapped) -> None:
    assert [(line.key, line.columns) for line in now.groups] == [
        ("ids", 1),
        ("where", 1),
        ("family 0", 4),
        ("other", 5),
        ("never", 1),
    ]
    assert [(line.measure, line.window, line.year) for line in now.columns_of("family 0")][:2] == [
        ("Read", "Fall", 2024),
        ("Read", "Winter", 2024),
    ]
    assert now.columns_of("never")[0].examples == (), "what is never read shows no values"
    assert (now.lacking, now.questions) == ((), ())


def test_rows_as_understood_follow_every_step(now: Mapped) -> None:
    rows = mapping.first_look(now, TODAY).rows
    assert [(row.line, row.what, row.when, row.value) for row in rows if row.line == 2] == [
        (2, "Read", "Fall 2024–25", "328"),
        (2, "Read", "Winter 2024–25", "336"),
        (2, "Math", "Fall 2024–25", "212"),
    ]
    called = mapping.with_measure_called(now, "Read", "Reading, composite")
    assert mapping.first_look(called, TODAY).rows[0].what == "Reading, composite"
    assert mapping.with_pattern(called, 0, "{m} {w} points", "value") is called, "no column fits it"
    alone = mapping.with_pattern(called, 0, "Read {w} {y}", "value")
    assert alone.lacking == ("measure",)
    reading = mapping.with_pattern(now, 0, "{m} BOY {y}", "value")
    assert [line.header for line in reading.columns_of("family 0")] == ["Read_BOY_24", "Math_BOY_24"]
    assert {line.header for line in reading.columns_of("other")} >= {"Read_MOY_24", "Math_MOY_24"}


def test_what_is_lacking_is_said_until_it_is_told(now: Mapped) -> None:
    nobody = mapping.with_group(now, ("Local ID",), ColumnGroup.OTHER)
    assert nobody.lacking == ("student",)
    assert mapping.first_look(nobody, TODAY).rows == ()
    back = mapping.with_group(nobody, ("Local ID",), ColumnGroup.IDS)
    assert back.lacking == ()
    assert mapping.with_meaning(now, "Password", "local_id") is now, "what is never read stays so"
    assert mapping.named(now, "  ").lacking == ("name",)


def test_a_kept_layout_is_tried_at_the_next_file_and_given_to_others(tmp_path: Path, now: Mapped) -> None:
    desk = Desk(tmp_path)
    knowledge = desk.workspace.ask(imports.knowledge)
    with pytest.raises(UnknownLayout):
        import_plans.prepare(now.file, today=TODAY, knowledge=knowledge)
    content = mapping.profile_text(mapping.named(now, "Ashby wide scores"))
    assert "0417" not in content
    assert "328" not in content
    key = desk.workspace.do(layouts.keep, content).value
    (own,) = desk.workspace.ask(layouts.own)
    assert (own.key, own.name, own.takes, own.revision) == (key, "Ashby wide scores", "scores", 1)
    plan = desk.workspace.ask(imports.plan, wide(tmp_path, "next.csv"), mode=Mode.NAMES)
    assert (plan.prepared.profile.name, plan.result.new) == ("Ashby wide scores", 7)
    assert desk.workspace.do(imports.apply, plan).value.new == 7
    given = tmp_path / "layout.toml"
    layouts.write_file(given, desk.workspace.ask(layouts.text, key=key))
    other = Desk(tmp_path / "colleague") if (tmp_path / "colleague").mkdir() is None else desk
    other.workspace.do(layouts.keep, layouts.read_file(given))
    assert other.workspace.ask(imports.plan, wide(tmp_path), mode=Mode.NAMES).result.new == 7
    given.write_text(content.replace('cleaner = "id"', 'cleaner = "ids"'))
    with pytest.raises(UserError, match=r"layout\.toml, line"):
        layouts.read_file(given)
    desk.workspace.do(layouts.remove, key)
    assert desk.workspace.ask(layouts.own) == ()


def test_a_word_in_the_place_of_a_season_is_asked_about_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "years.csv"
    head = "Local ID,Read_BOY_25,Read_MOY_25,Read_Sum_25,Math_Sum_25,Read_Goal_25,Read_Room_25"
    path.write_text(f"{head}\n0417,12,15,18,20,30,north\n0418,13,16,,21,30,south\n")
    now = mapping.open_file(str(path))
    assert [each.header for each in now.odd] == ["Read_Sum_25"], (
        "goals are no scores, rooms no numbers, math is no family"
    )
    (question,) = now.questions
    assert question.choices[0] == "is Summer"
    assert now.columns_of("family 0")[0].asks == "Sum", "it stands first among the columns of its family"
    summer = mapping.with_answer(now, question.key, "is Summer")
    assert (summer.odd, summer.questions) == ((), ())
    assert [row.value for row in mapping.first_look(summer, TODAY).rows if row.when == "Summer 2025–26"] == ["18"]
    out = mapping.with_answer(now, question.key, question.choices[-1])
    assert out.questions == ()
    assert "Read_Sum_25" in [line.header for line in out.columns_of("other")]
    deleted = mapping.with_group(now, ("Read_Sum_25",), ColumnGroup.OTHER)
    assert deleted.questions == (), "Delete answers it, too"
    with pytest.raises(UserError, match="would both be Fall"):
        mapping.with_season_called(summer, "Read_MOY_25", "Fall")
    desk = Desk(tmp_path)
    desk.workspace.do(layouts.keep, mapping.profile_text(mapping.with_season_called(summer, "Read_BOY_25", "Autumn")))
    plan = desk.workspace.ask(imports.plan, str(path), mode=Mode.NAMES)
    assert {row.when for row in plan.shown.rows(0, 9)} == {"Autumn 2025–26", "Winter 2025–26", "Summer 2025–26"}


def test_a_column_of_a_few_words_may_name_the_test(tmp_path: Path) -> None:
    path = tmp_path / "probes.csv"
    rows = "".join(f"04{n},{('Word reading', 'Spelling')[n % 2]},note {n},{n}\n" for n in range(10, 20))
    path.write_text(f"Student ID,Kind of probe,Remark,Score\n{rows}")
    now = mapping.open_file(str(path))
    assert mapping.offered(now, "measure") == ("Kind of probe",)
    told = mapping.with_column(now, "measure", "Kind of probe")
    assert "measure" not in told.lacking


def test_trimesters_and_quarters_are_families_and_asked_about_once(tmp_path: Path) -> None:
    path = tmp_path / "trimesters.csv"
    rows = "".join(f"04{n},{n},{n + 1},{n + 2},7,8,9\n" for n in range(10, 20))
    path.write_text(f"Student ID,Reading T1,Reading T2,Reading T3,Math T1,Math T2,Math T3\n{rows}")
    now = mapping.open_file(str(path))
    assert (now.takes, [line.columns for line in now.groups]) == ("scores", [1, 6])
    asked = next(each for each in now.questions if each.key == "periods")
    assert asked.choices == ("in order", "own")
    seasons = mapping.with_answer(now, "periods", "in order")
    assert {column.window for column in seasons.layout.families[0].columns} == {"Fall", "Winter", "Spring"}
    own = mapping.with_answer(now, "periods", "own")
    for each, when in ((seasons, "Fall 2025–26"), (own, "T1 2025–26")):
        told = mapping.with_answer(each, "year", "2025")
        assert (told.questions, told.lacking) == ((), ())
        assert {row.when for row in mapping.first_look(told, TODAY).rows} >= {when}
    path.write_text("ID,Q1 Reading,Q2 Reading,Q3 Reading,Q4 Reading\n10,1,2,3,4\n11,5,6,7,8\n")
    quarters = mapping.open_file(str(path))
    assert next(each for each in quarters.questions if each.key == "periods").choices == ("own",)


def test_rows_and_filled_cells_are_counted_over_the_whole_file(tmp_path: Path, now: Mapped) -> None:
    counted = mapping.count(now)
    filled = dict(counted.filled)
    assert (counted.rows, filled["Read_BOY_24"], filled["Math_MOY_24"]) == (2, 2, 1)
    assert "Password" not in filled, "what is never read is not counted either"
    assert mapping.scores_in(now, counted) == 7
    path = tmp_path / "long.csv"
    path.write_text("Student ID,Test,Score\n" + "".join(f"{n},Quick check,{n % 90 or 'NA'}\n" for n in range(2_000)))
    long = mapping.open_file(str(path))
    assert mapping.scores_in(long, mapping.count(long)) == 2_000 - 23


def test_how_a_file_writes_numbers_and_letters_is_asked_over_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "decimals.csv"
    path.write_text("Student ID;Student Name;Test;Season;Year;Score\n0417;Zo\u00eb;Quick;Fall;2025-26;1,234\n")
    now = mapping.open_file(str(path))
    (asked,) = mapping.first_look(now, TODAY).questions
    assert (asked.key, asked.choices) == ("decimal", ("point", "comma"))
    comma = mapping.with_answer(now, "decimal", "comma")
    seen = mapping.first_look(comma, TODAY)
    assert (seen.questions, seen.rows[0].value) == ((), "1.234")
    assert ("decimal", "comma") in comma.answers_for_file
    lines = "".join(f"04{n};Łukasz Żółć;Quick;Fall;2025-26;{n}\n" for n in range(10, 30))
    path.write_bytes(f"Student ID;Student Name;Test;Season;Year;Score\n{lines}".encode("cp1250"))
    now = mapping.open_file(str(path))
    (asked,) = mapping.first_look(now, TODAY).questions
    assert asked.key == "encoding"
    polish = mapping.in_encoding(now, "cp1250")
    assert mapping.first_look(polish, TODAY).rows[0].name == "Łukasz Żółć"
    assert mapping.first_look(polish, TODAY).questions == ()
    assert ("encoding", "cp1250") in polish.answers_for_file


def test_season_and_year_belong_to_the_file_not_to_its_layout(tmp_path: Path) -> None:
    path = tmp_path / "quick check.csv"
    path.write_text("Student ID,Score\n0417,12\n0418,15\n")
    now = mapping.open_file(str(path))
    assert {question.key for question in now.questions} == {"measure", "window", "year"}
    for key, value in (("measure", "Quick check"), ("window", "Fall"), ("year", "2025")):
        now = mapping.with_answer(now, key, value)
    assert (now.questions, now.lacking) == ((), ())
    assert now.answers_for_file == (("window", "Fall"), ("year", "2025"))
    (first, _) = mapping.first_look(now, TODAY).rows
    assert (first.what, first.when, first.value) == ("Quick check", "Fall 2025–26", "12")
    assert "Fall" not in mapping.profile_text(now)


def test_two_thousand_columns_are_a_handful_of_groups(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    head = ["Local ID", "Grade"] + [f"Item{n}_{season}_25" for n in range(660) for season in ("BOY", "MOY", "EOY")]
    path.write_text(",".join(head) + "\n" + ",".join(["0417", "2"] + ["7"] * 1980) + "\n")
    now = mapping.open_file(str(path))
    assert [(line.key, line.columns) for line in now.groups] == [("ids", 1), ("where", 1), ("family 0", 1980)]
    assert len(mapping.first_look(now, TODAY).rows) > 0


# A second file ----------------------------------------------------------------------------------------------------------------


def two_files(folder: Path) -> tuple[Path, Path]:
    """Results that name students by a key of their own, and the list that tells who has which key."""
    results, pupils = folder / "results.csv", folder / "pupils.csv"
    rows = [f"P{n},{40 + n},{50 + n},oak,ash,elm\n" for n in range(12)]
    results.write_text("Pupil key,Read_BOY_25,Read_MOY_25,Door color,Hat color,Shoe color\n" + "".join(rows))
    rows = [f"p{n},{900 + n},Quill{n},Ada,{6 + n % 3},Holcomb,x\n" for n in range(30)]
    pupils.write_text("Pupil key,Local ID,Last Name,First Name,Grade,School,Secret color\n" + "".join(rows))
    return results, pupils


def test_a_second_file_is_joined_by_the_ids_both_have(tmp_path: Path) -> None:
    results, pupils = two_files(tmp_path)
    now = mapping.with_second(mapping.open_file(str(results)), str(pupils))
    join = now.layout.second
    assert join is not None
    assert (join.here, join.there, join.found, join.rows) == ("Pupil key", "Pupil key", 12, 12)
    assert dict(now.layout.columns)["second file.Local ID"] == "local_id"
    row = mapping.first_look(now, TODAY).rows[0]
    assert (row.student, row.name, row.grade, row.what, row.value) == ("900", "Ada Quill0", "6", "Read", "40")
    assert mapping.without_second(now).layout.second is None
    other = mapping.with_second(now, str(pupils), "Pupil key", "Local ID")
    assert other.layout.second is not None
    assert other.layout.second.found == 0
    with pytest.raises(UserError, match="holds the ids"):
        mapping.with_second(mapping.open_file(str(results)), wide(tmp_path))


def test_a_kept_join_finds_its_second_file_again(tmp_path: Path) -> None:
    results, pupils = two_files(tmp_path)
    now = mapping.named(mapping.with_second(mapping.open_file(str(results)), str(pupils)), "Ours")
    knowledge = Knowledge((mapping.profile_text(now),))
    both = import_files.prepare_all([str(pupils), str(results)], today=TODAY, knowledge=knowledge)
    joined = next(each for delivery in both for each in delivery.prepared if each.profile.key == "ours")
    assert joined.understood.last_name[3] == "Quill3"
    assert not any(name == "results.csv" for delivery in both for name, _ in delivery.unknown)
    alone = import_files.prepare_all([str(results)], today=TODAY, knowledge=knowledge)[0]
    assert alone.nothing[0][1].endswith("hand over both at once.")
    made = import_files.prepare_joined(str(results), str(pupils), profile="ours", today=TODAY, knowledge=knowledge)
    assert made.understood.ids["local"][3] == "903"


@pytest.mark.parametrize("doubtful", ["scores", "names"])
def test_files_that_are_joined_can_be_read_again_in_another_encoding(tmp_path: Path, doubtful: str) -> None:
    """Whichever of the two has the letters; the other stays as it is."""
    scores, names = tmp_path / "scores.csv", tmp_path / "names.csv"
    many = range(10, 30)
    teacher = "Żółć" if doubtful == "scores" else "Zoë"
    first = "Pupil Key,Quick check Fall,Wherefrom\n" + "".join(f"K{n},{n},{teacher}\n" for n in many)
    other = "Pupil Key,Student ID,Student Name\n" + "".join(f"K{n},70{n},Łukasz Żółć\n" for n in many)
    scores.write_bytes(first.encode("cp1250" if doubtful == "scores" else "utf-8"))
    names.write_bytes(other.encode("cp1250"))
    now = mapping.with_second(mapping.open_file(str(scores)), str(names))
    assert now.sketch.encodings
    polish = mapping.in_encoding(now, "cp1250")
    assert (polish.second, polish.layout.columns) == (now.second, now.layout.columns)
    row = dict(zip(polish.sketch.names, polish.sketch.sample[0], strict=True))
    assert row["Wherefrom"] == teacher
    assert row[next(name for name in row if name.endswith("Student Name"))] == "Łukasz Żółć"
    assert ("encoding", "cp1250") in polish.answers_for_file
