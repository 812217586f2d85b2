"""A coach's day, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtss_desktop.app import opening
from tests.cli.terminal import Terminal, one_sentence, terminal, well
from tests.helpers.tables import contents

SECRET = "seven maps under the old bridge"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MTSS_PASSPHRASE", SECRET)
    return tmp_path / "ashby.mtss"


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], db: Path) -> Terminal:
    return terminal(capsys, "--db", str(db), "--json")


def everything(db: Path) -> object:
    with opening.open_workspace(db, passphrase=SECRET, read_only=True).workspace as workspace:
        return contents(workspace, every_fact=True)


def do(say: Terminal, *words: str) -> str:
    """What came of a use case: mostly the id of what was made."""
    return str(well(say("do", *words)).json["value"])


def test_in_the_terminal(say: Terminal, db: Path, tmp_path: Path) -> None:
    # Morning: a new database, its school, who I am, a team.
    well(say("new", "--division", "Ashby County", "--year", "2025", "--school", "Holcomb Middle School"))
    home, school = (place["id"] for place in well(say("ask", "places.places")).json)
    year = well(say("ask", "places.this_year")).json["id"]
    days = ("--first-day", "2025-08-18", "--last-day", "2026-05-29")
    do(say, "places.set_calendar", home, year, *days)
    do(say, "places.no_school", home, "--first", "11/26/2025", "--last", "11/28/2025", "--reason", "Thanksgiving")
    me = do(say, "people.add", "--first-name", "Renee", "--last-name", "Whitlock", "--position", "Systems coach")
    do(say, "places.set_me", me)
    team = do(
        say, "teams.add", school, "--name", "Tier 1 team", "--tier", "1", "--members", "Ann Lee", "--members", "Bo Ruiz"
    )
    members = well(say("ask", "teams.card", team)).json["members"]
    lee = next(member["person_id"] for member in members if member["name"] == "Ann Lee")
    do(say, "teams.name_role", team, "--role", "facilitator", "--name", "Ann Lee")
    do(say, "teams.write_fact", team, "--fact", "purpose", "--text", "Hallways are calm.")

    # Noon: a meeting with its minutes, a problem and an action.
    agenda = json.dumps([{"title": "Welcome", "minutes": 5}, {"title": "Hallway", "minutes": 20, "we_will": "decide"}])
    plan = ("--day", "2025-10-21", "--starts-at", "2:45 PM", "--ends-at", "15:45", "--agenda", agenda)
    meeting = do(say, "meetings.plan", team, *plan)
    do(say, "meetings.start", meeting, "--at", "14:47")
    do(say, "meetings.mark_present", meeting, "--person-id", lee)
    do(say, "minutes.write_line", meeting, "--text", "87 referrals in 43 days.", "--kind", "note")
    do(say, "minutes.write_line", meeting, "--text", "@Ruiz call SRO !10/24")
    action = well(say("ask", "actions.of_team", team)).json[0]
    assert (action["text"].casefold(), action["due_on"]) == ("call sro", "2025-10-24")
    problem = do(say, "problems.define", team, "--title", "Hallway", "--tag", "hallway", "--baseline", "2.02")
    do(say, "problems.review", problem, meeting, "--fidelity", "partial", "--effect", "improved", "--level", "1.0")
    do(say, "meetings.end", meeting, "--at", "15:44")
    do(say, "meetings.minutes_sent", meeting, "--at", "2025-10-22T08:10:00+00:00")
    shown = well(say("ask", "meetings.show", meeting)).json
    assert [each["text"] for each in shown["lines"]] == ["87 referrals in 43 days.", "@Ruiz call SRO !10/24"]
    assert (shown["meeting"]["state"], shown["agenda"][1]["we_will"]) == ("held", "decide")

    # A slip, taken back, done again, and taken back for good.
    before = everything(db)
    do(say, "teams.retire", team)
    assert well(say("undo")).json["label"] == "Retire team"
    assert everything(db) == before
    well(say("redo"))
    assert everything(db) != before
    well(say("undo"))
    assert everything(db) == before
    labels = [step["label"] for step in well(say("history", "--limit", "3")).json]
    assert labels == ["Retire team", "Retire team", "Retire team"]

    # Afternoon: paper for the wall.
    pages = tmp_path / "structure.pdf"
    printed = well(say("print", "team-structure", "--out", str(pages))).json
    assert pages.read_bytes().startswith(b"%PDF-")
    assert (printed["document"], printed["bytes"]) == ("team-structure", pages.stat().st_size)

    # Evening: a backup, a mistake after it, the way back, and all is well.
    kept = well(say("backup")).json["backup"]
    do(say, "people.leave", lee)
    assert everything(db) != before
    restored = well(say("restore", kept)).json
    assert Path(restored["replaced"]).is_file()
    assert everything(db) == before
    assert well(say("check")).json["well"] is True
    assert well(say("check", "--thorough")).json["problems"] == []
    assert "nothing to undo" in one_sentence(say("undo")), "history before a restore is read, not undone"


WRONG = {
    "a name that is empty": (("do", "teams.add", "{school}", "--name", " "), "Give the team a name."),
    "a tier that is none": (("do", "teams.add", "{school}", "--name", "A", "--tier", "4"), "A team leads Tier 1, 2 or 3"),
    "a tier in letters": (("do", "teams.add", "{school}", "--name", "A", "--tier", "one"), "--tier takes a whole number"),
    "a place that is not there": (("do", "teams.add", "0" * 32, "--name", "A"), "There is no place “0000"),
    "a team that is not there": (("do", "teams.retire", "0" * 32), "There is no team “0000"),
    "a day that cannot be": (("do", "meetings.plan", "{team}", "--day", "2026-02-30"), "--day takes a date"),
    "an end before the start": (
        ("do", "meetings.plan", "{team}", "--day", "2026-02-12", "--starts-at", "10:00", "--ends-at", "9:00"),
        "The meeting ends before it starts.",
    ),
    "a year that is there": (("do", "places.add_year", "--start", "2025"), "The school year 2025–26 is already there."),
    "a second division": (("do", "places.set_up", "--division", "B", "--first-year", "2025"), "already set up"),
    "a mode that is none": (("do", "places.set_mode", "--mode", "all"), "--mode takes one of counts, pseudonyms, names"),
    "an action without words": (("do", "actions.add", "{team}", "--text", ""), "Say what is to be done."),
    "a mail address that is none": (
        ("do", "people.add", "--last-name", "Lee", "--email", "at school"), "is no mail address"
    ),
    "something that is not there": (("do", "teams.frob"), "There is no “teams.frob”."),
    "a document that is not there": (("print", "frob", "--out", "{folder}/a.pdf"), "There is no document “frob”."),
    "a folder that is not there": (("print", "team-structure", "--out", "{folder}/no/a.pdf"), "There is no folder"),
    "a backup that is none": (("restore", "{folder}/text.mtss"), "not a database of this program"),
    "a backup that is not there": (("restore", "{folder}/none.mtss"), "There is no database"),
    "a file of unknown layout": (("import", "{folder}/text.csv"), ""),
    "nothing that could be done again": (("redo",), "There is nothing to redo."),
}  # fmt: skip


@pytest.fixture
def with_a_team(say: Terminal, db: Path, tmp_path: Path) -> dict[str, str]:
    well(say("new", "--plain", "--division", "Ashby County", "--year", "2025", "--school", "Holcomb Middle School"))
    school = well(say("ask", "places.places")).json[1]["id"]
    (tmp_path / "text.mtss").write_text("Dear team, " * 1000, encoding="utf-8")
    (tmp_path / "text.csv").write_text("apples,pears\n1,2\n", encoding="utf-8")
    team = do(say, "teams.add", school, "--name", "Tier 1 team")
    return {"school": school, "team": team, "folder": str(tmp_path)}


def test_bad_input_gets_one_clear_line_and_changes_nothing(
    say: Terminal, db: Path, with_a_team: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    plain = terminal(capsys, "--db", str(db))
    before = everything(db)
    for what, (words, sentence) in WRONG.items():
        said = one_sentence(plain(*(word.format(**with_a_team) for word in words)))
        assert sentence in said, what
        assert said.endswith("."), what
        assert "Traceback" not in said, what
        assert everything(db) == before, what
