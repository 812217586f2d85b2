"""``mtss print`` on the sample, ``mtss demo`` and ``mtss self-check``."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.app import demo, opening, self_check
from mtss_desktop.base.errors import UserError
from mtss_desktop.cli import main as cli
from tests.cli.terminal import one_sentence, terminal, well


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], sample_path: Path):
    return terminal(capsys, "--db", str(sample_path))


def test_the_documents_are_listed_without_a_database(capsys: pytest.CaptureFixture[str]) -> None:
    said = well(terminal(capsys)("print", "--list", "--json"))
    assert {"walk-in-packet", "coaching-summary", "team-structure"} <= {each["name"] for each in said.json}


def test_one_document(say, tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    said = well(say("print", "walk-in-packet", "--team", "Holcomb Tier 1 team", "--out", out, "--json")).json
    assert out.read_bytes().startswith(b"%PDF-")
    assert 6 <= said["pages"] <= 14


def test_all_documents_flat_in_a_folder(say, tmp_path: Path) -> None:
    out = tmp_path / "all"
    said = well(say("print", "--all", "--out", out, "--json"))
    files = {Path(each["file"]) for each in said.objects}
    assert files == set(out.iterdir())
    assert len(files) == len(well(say("print", "--list", "--json")).json)


def test_what_has_nothing_to_say_yet_does_not_keep_the_others_from_being_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, out = tmp_path / "new.mtss", tmp_path / "all"
    opening.create(file, passphrase=None, first=opening.FirstFacts("Bay County", 2025)).workspace.close()
    said = well(terminal(capsys, "--db", str(file))("print", "--all", "--out", out, "--json")).objects
    made = {Path(each["file"]) for each in said if each["file"]}
    assert out / "minutes-blank.pdf" in made
    assert made == set(out.iterdir())
    assert next(each for each in said if each["document"] == "walk-in-packet")["why"].startswith(
        "No meeting is planned."
    )


def test_the_large_papers_go_by_their_short_names(say, tmp_path: Path) -> None:
    well(say("print", "team-structure", "--paper", "legal", "--out", tmp_path / "a.pdf"))
    assert b"/MediaBox [ 0 0 1008 612 ]" in (tmp_path / "a.pdf").read_bytes()


def test_the_form_of_an_instrument_is_named_by_its_key(say, tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"
    well(say("print", "instrument-form", "--instrument", "walkthrough", "--school", "Holcomb", "--out", out))
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("instrument-form", "--instrument", "frob"), "There is no instrument “frob”"),
        (("team-structure", "--instrument", "tfi_2_1"), "takes no --instrument"),
        (("team-structure", "--meeting", "1"), "Team structure takes no --meeting"),
        (("team-structure", "--student", "1"), "takes no --student"),
        (("walk-in-packet", "--team", "Tier 1 team"), "3 teams are called “Tier 1 team”"),
        (("walk-in-packet", "--team", "frob"), "There is no team “frob”"),
        (("walk-in-packet", "--without", "notes,frob"), "has no part “frob” that can be left out"),
        (("coaching-summary", "--school", "frob"), "There is no school “frob”"),
        (("coaching-summary", "--from", "2026-02-30"), "--from takes a date"),
        (("team-structure", "--paper", "napkin"), "--paper takes one of letter"),
    ],
)
def test_what_a_document_cannot_do(say, tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in one_sentence(say("print", *words, "--out", tmp_path / "a.pdf"))
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.slow
def test_the_demo_makes_database_and_papers_and_can_be_made_again(tmp_path: Path, capsys) -> None:
    say = terminal(capsys)
    folder = tmp_path / "demo"
    made = well(say("demo", "--out", folder, "--json")).json
    assert {Path(each).stem for each in made["papers"]} == set(demo.PAPERS)
    assert all(Path(each).read_bytes().startswith(b"%PDF-") for each in made["papers"])
    assert {path.name for path in folder.iterdir()} == {demo.FILE_NAME, *(Path(each).name for each in made["papers"])}
    assert any(made["passphrase"] in line for line in made["lines"])
    file = folder / demo.FILE_NAME
    with opening.open_workspace(file, passphrase=made["passphrase"]).workspace as workspace:
        assert workspace.encrypted
        assert "is open by" in one_sentence(say("demo", "--out", folder))
        assert workspace.history(1)


def test_the_demo_leaves_a_file_of_ones_own_alone(tmp_path: Path) -> None:
    own = tmp_path / demo.FILE_NAME
    opening.create(own, passphrase=None).workspace.close()
    before = own.read_bytes()
    with pytest.raises(UserError, match="is not the sample"):
        demo.make_demo(tmp_path)
    own.write_text("my list")
    with pytest.raises(UserError, match="is not the sample"):
        demo.make_demo(tmp_path)
    own.write_bytes(before)


def test_an_earlier_sample_gives_way(sample_path: Path) -> None:
    own = sample_path.with_name(demo.FILE_NAME)
    sample_path.rename(own)
    demo._clear(own)
    assert not own.exists()


def test_every_part_works_here(capsys: pytest.CaptureFixture[str]) -> None:
    said = well(terminal(capsys)("self-check", "--json"))
    assert [part["name"] for part in said.json if not part["well"]] == []
    assert len(said.json) == 7


def test_a_part_that_is_broken_is_named(capsys: pytest.CaptureFixture[str], monkeypatch, expect_log) -> None:
    def broken() -> str:
        raise OSError("no such font")

    expect_log("ERROR mtss.self-check: Fonts failed with OSError")
    monkeypatch.setattr(self_check, "_fonts", broken)
    monkeypatch.setattr(self_check, "_window", lambda: "not looked at here")
    said = terminal(capsys)("self-check")
    assert said.code == cli.USER_ERROR
    assert "NOT WELL  Fonts: OSError: no such font" in said.out
    assert "well  PDF" in said.out
