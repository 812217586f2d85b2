"""Lists of people, teams, schools and days without school, in from files and out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.facts import ImportResult, Verdict
from mtss_desktop.usecases import import_files, import_plans, imports, people, places, teams
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.teams import TeamFact
from tests.importing.workbooks import xlsx


@pytest.fixture
def plan(sample: Workspace, tmp_path: Path) -> Callable[[str, str], ImportPlan]:
    def planned(name: str, text: str) -> ImportPlan:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return sample.ask(imports.plan, str(path))

    return planned


def apply(sample: Workspace, plan: ImportPlan) -> ImportResult:
    return sample.do(imports.apply, plan).value


def test_staff_come_in_and_go_again(sample: Workspace, plan: Callable[[str, str], ImportPlan]) -> None:
    before = sample.ask(people.everyone)
    known = next(person for person in before if person.email)
    text = (
        "Last Name,First Name,Email,Position,School\n"
        f"{known.list_name.partition(',')[0]},X,{known.email},{known.position},\n"
        "Okafor,Ada,aokafor@ashby.example,School psychologist,Holcomb\n"
        "Okafor,Ada,aokafor@ashby.example,School psychologist,Holcomb\n"
        ",,nobody@ashby.example,Teacher,Holcomb\n"
        f"{known.list_name.partition(',')[0]},X,{known.email},Head of everything,\n"
    )
    made = plan("staff.csv", text)
    assert made.prepared.profile.key == "plain-staff"
    verdicts = [(row.line, row.verdict) for row in made.rows(0, 9)]
    assert verdicts == [
        (2, Verdict.UNCHANGED),
        (3, Verdict.NEW),
        (4, Verdict.SKIPPED),
        (5, Verdict.PROBLEM),
        (6, Verdict.SKIPPED),
    ]
    result = apply(sample, made)
    assert (result.new, result.unchanged, result.skipped_rows, result.problem_rows) == (1, 1, 2, 1)
    added = {person.name: person for person in sample.ask(people.everyone)}["Ada Okafor"]
    assert (added.position, added.place) == ("School psychologist", "Holcomb")
    assert plan("staff.csv", text).result.new == 0, "the same file again changes nothing"
    sample.undo()
    assert sample.ask(people.everyone) == before
    sample.redo()
    sample.do(imports.take_back, result.import_id)
    assert sample.ask(people.everyone) == before


def test_a_changed_position_is_put_back(sample: Workspace, plan: Callable[[str, str], ImportPlan]) -> None:
    known = next(person for person in sample.ask(people.everyone) if person.email)
    row = f"{known.list_name.partition(',')[0]},X,{known.email},Head of everything"
    made = plan("staff.csv", f"Last Name,First Name,Email,Position\n{row}\n")
    assert [(d.field, d.old, d.new) for d in made.rows(0, 1)[0].differences] == [
        ("position", known.position, "Head of everything")
    ]

    def position() -> str:
        return next(person.position for person in sample.ask(people.everyone) if person.id == known.id)

    result = apply(sample, made)
    assert position() == "Head of everything"
    sample.do(imports.take_back, result.import_id)
    assert position() == known.position
    sample.do(imports.bring_back, result.import_id)
    assert position() == "Head of everything"


def test_teams_and_members(sample: Workspace, plan: Callable[[str, str], ImportPlan]) -> None:
    card = next(t for t in sample.ask(teams.cards) if t.name == "Tier 1 team" and "Holcomb" in str(t))
    member = sample.ask(teams.card, card.id).members[0]
    made = plan(
        "teams.csv",
        "Team,Member,Role,School\n"
        f'Tier 1 team,"{member.name}",{member.role.replace("_", " ")},Holcomb\n'
        "Tier 1 team,Ada Okafor,Time keeper,Holcomb\n"
        "Attendance committee,Ada Okafor,Chair,Holcomb\n"
        "Attendance committee,Bo Lund,,Holcomb\n",
    )
    assert [(row.line, row.verdict, row.why) for row in made.rows(0, 9)] == [
        (2, Verdict.UNCHANGED, "already here, nothing to do"),
        (3, Verdict.NEW, "a person who is not here yet"),
        (4, Verdict.NEW, "a team that is not here yet"),
        (5, Verdict.NEW, "a team that is not here yet"),
    ]
    before = len(sample.ask(people.everyone))
    apply(sample, made)
    assert len(sample.ask(people.everyone)) == before + 2, "one Ada for both teams"
    team = next(t for t in sample.ask(teams.cards) if t.name == "Attendance committee")
    roles = {member.name: member.role for member in sample.ask(teams.card, team.id).members}
    assert roles == {"Ada Okafor": "facilitator", "Bo Lund": "member"}
    sample.undo()
    assert not [t for t in sample.ask(teams.cards) if t.name == "Attendance committee"]


def test_a_working_smarter_sheet_makes_teams_with_all_they_are_for(
    sample: Workspace, plan: Callable[[str, str], ImportPlan]
) -> None:
    """One row for each team, its people in one cell. The sheet again changes nothing; a changed cell says what becomes what."""
    sheet = (
        "Committee,Level,Purpose,Outcome Measure,Target Group,Staff Involved,Meeting Day/Time,Data Used,SIP/SID,School\n"
        'Crisis team,Tier 2/3,Safe halls,Drills on time,all students,"Ada Okafor (facilitator); Bo Lund; '
        'Okafor, Ada",2nd Tuesday 3:15-4:15 PM,"drill log, monthly",Goal 3,Holcomb\n'
    )
    made = plan("smarter.csv", sheet)
    assert [(row.verdict, row.why) for row in made.rows(0, 9)] == [(Verdict.NEW, "a team that is not here yet")]
    apply(sample, made)
    team = next(each for each in sample.ask(teams.cards) if each.name == "Crisis team")
    shown = sample.ask(teams.card, team.id)
    assert (shown.tier, shown.fact(TeamFact.PURPOSE), shown.fact(TeamFact.LINKED_GOAL)) == (2, "Safe halls", "Goal 3")
    assert shown.fact(TeamFact.MEETS) == "2nd Tuesday, 3:15–4:15 PM"
    assert shown.fact(TeamFact.DATA) == "monthly: drill log"
    assert {(each.name, each.role) for each in shown.members} == {("Ada Okafor", "facilitator"), ("Bo Lund", "member")}
    again = plan("again.csv", sheet)
    assert [row.verdict for row in again.rows(0, 9)] == [Verdict.UNCHANGED]
    other = plan("other.csv", sheet.replace("Drills on time", "Drills in 3 minutes").replace("Bo Lund", "Cy Marsh"))
    assert [(row.verdict, row.why) for row in other.rows(0, 9)] == [
        (Verdict.CHANGED, "outcome measure Drills on time becomes Drills in 3 minutes; 1 person joins")
    ]
    never = plan("never.csv", sheet.replace("3:15-4:15 PM", "4:15-3:15 PM"))
    assert [row.verdict for row in never.rows(0, 9)] == [Verdict.PROBLEM]
    sample.undo()
    assert not [each for each in sample.ask(teams.cards) if each.name == "Crisis team"]


def test_days_without_school(sample: Workspace, plan: Callable[[str, str], ImportPlan]) -> None:
    made = plan(
        "calendar.csv",
        "Date,End Date,Holiday\n4/13/2026,4/17/2026,Storm days\n4/18/2026,,Saturday event\n9/7/2031,,Far away\n",
    )
    rows = made.rows(0, 9)
    assert [row.verdict for row in rows] == [Verdict.NEW, Verdict.SKIPPED, Verdict.PROBLEM]
    assert (rows[0].what, rows[0].when) == ("Storm days", "4/13/2026 to 4/17/2026")
    leaving = made.leave_out([0])
    assert apply(sample, leaving).import_id == ""
    apply(sample, plan("calendar.csv", "Date,End Date,Holiday\n4/13/2026,4/17/2026,Storm days\n"))
    with sample.database.read() as work:
        found = {d.day: d.reason for d in work.days_without_school.list() if d.reason == "Storm days"}
    assert sorted(found) == [date(2026, 4, day) for day in (13, 14, 15, 16, 17)]


def test_a_school_year_that_is_not_set_up_is_asked_and_added_with_its_days(
    sample: Workspace, plan: Callable[[str, str], ImportPlan]
) -> None:
    text = "Date,End Date,Reason\n5/21/2026,,Storm day\n9/7/2026,,Labor Day\n6/29/2027,7/2/2027,Summer break\n"
    today = sample.ask(places.today)
    asked = plan("days.csv", text)
    assert [(each.key, each.choices) for each in asked.questions] == [
        ("add_year:2026", ("add", "leave out")),
        ("add_year:2027", ("add", "leave out")),
    ]
    assert [row.verdict for row in asked.rows(0, 9)] == [Verdict.NEW, Verdict.QUESTION, Verdict.QUESTION]
    one = import_plans.answered(asked.prepared, "add_year:2026", "add", today=today)
    both = import_plans.answered(one, "add_year:2027", "leave out", today=today)
    made = sample.ask(imports.plan, prepared=both)
    assert [row.verdict for row in made.rows(0, 9)] == [Verdict.NEW, Verdict.NEW, Verdict.SKIPPED]
    before = sample.ask(places.years)
    result = apply(sample, made)
    assert [year.start for year in sample.ask(places.years)] == [2026, *(year.start for year in before)]
    sample.undo()
    assert sample.ask(places.years) == before
    sample.redo()
    sample.do(imports.take_back, result.import_id)
    assert sample.ask(places.years) == before


def test_schools_come_in_by_list(sample: Workspace, plan: Callable[[str, str], ImportPlan]) -> None:
    made = plan(
        "schools.csv", "School Name,School Code,Grade Span\nHolcomb Middle School,,6-8\nOak Hill High School,OHH,9-12\n"
    )
    assert [row.verdict for row in made.rows(0, 9)] == [Verdict.UNCHANGED, Verdict.NEW]
    assert made.result.proposals.schools == 1
    apply(sample, made)
    assert "Oak Hill High School" in {place.name for place in sample.ask(places.places)}


def test_a_layout_with_nothing_to_take_says_why(sample: Workspace, plan: Callable[[str, str], ImportPlan]) -> None:
    made = plan(
        "courses.csv", "sourcedId,orgSourcedId,title,code,schoolYearSourcedId,subject,grade\n1,2,Art,A1,3,10,7\n"
    )
    assert (made.result.status, made.result.rows, made.result.skipped_rows) == ("nothing to take", 1, 1)
    assert made.assumed == ("Nothing here is counted by course.",)
    assert apply(sample, made).import_id == ""


def test_a_delivery_joins_by_its_ids_however_they_are_spelled(sample: Workspace, tmp_path: Path) -> None:
    """A header such as sourcedID does not hide the demographics of a user."""
    files = {
        "MANIFEST.CSV": "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n",
        "USERS.CSV": "sourcedID,Status,enabledUser,orgSourcedIDs,role,givenName,familyName,identifier,grade,ext_x,\n"
        "u-901,active,true,Holcomb,student,Ada,Roe,9900157,07,y,\n",
        "Demographics.CSV": "SOURCEDID,status,birthdate,sex\nu-901,active,3/14/2013,Female\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    bundle = sample.ask(imports.plan, str(tmp_path))
    assert (bundle.result.problem_rows, bundle.result.proposals.students) == (0, 1)


def test_a_canceled_test_is_no_score(plan: Callable[[str, str], ImportPlan]) -> None:
    head = "Student ID,Assessment,Test Date,Score,Status\n"
    made = plan(
        "s.csv", head + "1,ORF,2025-09-15,50,Completed\n2,ORF,2025-09-15,40,Cancelled\n3,ORF,2025-09-15,4,Voided\n"
    )
    assert (made.result.new, made.result.skipped_rows) == (1, 2)


def test_numbered_items_alone_are_no_fidelity_instrument(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "state.csv"
    path.write_text(
        "StateStudentID,StudentGrade,TestDate,ELA_ScaleScore," + ",".join(f"Item_{n}" for n in range(300)) + "\n"
        "5001,4,5112026,2400," + ",".join("1" for _ in range(300)) + "\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match="not known"):
        sample.ask(imports.plan, str(path))


def test_what_a_delivery_marks_as_deleted_is_taken_out(
    sample: Workspace, plan: Callable[[str, str], ImportPlan]
) -> None:
    head = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,identifier,grades"
    ada = "u-901,{},2025-08-01T00:00:00Z,true,Holcomb,student,aroe,Ada,Roe,9900157,07"
    bo = "u-902,{},2025-08-01T00:00:00Z,true,Holcomb,student,bloe,Bo,Loe,9900158,08"
    first = plan("users.csv", "\n".join([head, ada.format("active"), bo.format("active")]) + "\n")
    assert (first.prepared.profile.key, first.result.new, first.result.proposals.students) == ("oneroster-users", 2, 2)
    apply(sample, first)
    delta = plan("delta.csv", "\n".join([head, ada.format("active"), bo.format("tobedeleted")]) + "\n")
    assert (delta.result.unchanged, delta.result.gone, delta.result.skipped_rows) == (1, 1, 1)
    assert delta.rows(0, 9, Verdict.GONE)[0].why == "the file asks for it to be taken out"
    applied = apply(sample, delta)
    again = "\n".join([head, ada.format("active"), bo.format("active")]) + "\n\n"
    assert plan("again.csv", again).result.new == 1, "Bo is not enrolled any more"
    sample.do(imports.take_back, applied.import_id)
    assert plan("again.csv", again).result.unchanged == 2


def test_every_sheet_that_a_layout_knows_is_a_table_of_its_own(sample: Workspace, tmp_path: Path) -> None:
    head: list[str | float | bool | None] = ["Student ID", "Assessment", "Score"]
    book = {
        "Fall": [head, ["9900157", "Sheet probe", 30.0]],
        "Winter": [head, ["9900157", "Sheet probe", 40.0]],
        "Read me": [["Ask the office"]],
    }
    path = tmp_path / "probes 2025-26.xlsx"
    path.write_bytes(xlsx(book))
    today, known = sample.ask(places.today), sample.ask(imports.knowledge)
    (found,) = import_files.prepare_all([str(path)], today=today, knowledge=known)
    plans = [sample.ask(imports.plan, prepared=each) for each in found.prepared]
    assert [each.result.file for each in plans] == ["probes 2025-26.xlsx", "probes 2025-26.xlsx, sheet 2"]
    assert "This is sheet 1 of 3 of the workbook." in plans[0].assumed
    assert "Not read, since no layout knows what it holds: sheet 3." in plans[0].assumed
    assert "This is sheet 2 of 3 of the workbook." in plans[1].assumed
    assert not any("Read me" in each for made in plans for each in made.assumed), "a tab may be called after a student"
    assert "The rows name no season; Winter is taken from the name of the sheet." in plans[1].assumed
    assert [sample.do(imports.apply, each).value.new for each in plans] == [1, 1]
    again = [sample.ask(imports.plan, prepared=each) for each in found.prepared]
    assert [each.result.unchanged for each in again] == [1, 1]
    assert all(each.same_as for each in again)
    alone = sample.ask(imports.plan, str(path))
    assert alone.result.file == path.name, "by itself the first sheet"
    assert "Not in this check: sheet 2. Hand the workbook over again to check every sheet in its turn." in alone.assumed
    assert not any("Not in this check" in each for made in plans for each in made.assumed)


def test_one_sheet_of_several_is_never_complete_and_a_named_one_comes_alone(sample: Workspace, tmp_path: Path) -> None:
    head: list[str | float | bool | None] = ["Student ID", "Assessment", "Season", "Score"]
    ids = ["9900157", "9900158"]
    book = {
        "Read me": [["Ask the office"]],
        "Room 4": [head, *([each, "Room probe", "Fall", 30.0] for each in ids)],
        "Room 5": [head, ["9900159", "Room probe", "Fall", 40.0]],
    }
    path = tmp_path / "rooms 2025-26.xlsx"
    path.write_bytes(xlsx(book))
    today = sample.ask(places.today)

    def plans(sheet: str = "") -> list[ImportPlan]:
        (found,) = import_files.prepare_all([str(path)], today=today, sheet=sheet)
        return [sample.ask(imports.plan, prepared=each) for each in found.prepared]

    first, second = plans()
    assert apply(sample, first).new == 2
    (again,) = [made for made in plans() if made.result.file == second.result.file]
    assert (again.result.new, again.result.gone) == (1, 0)
    with pytest.raises(UserError, match="one of several tables of the same kind"):
        sample.do(imports.apply, again, complete=True)
    for sheet in ("Room 5", "3"):
        (named,) = plans(sheet)
        assert (named.result.new, named.result.rows) == (1, 1)
        assert not named.same_as, "another sheet of the workbook is another file"
        assert named.prepared.understood.sketch.sha256 == second.prepared.understood.sketch.sha256
        assert "Sheet 3 of 3 was read; not read: sheets 1 and 2." in named.assumed
    (found,) = import_files.prepare_all([str(path)], today=today, sheet="Room 6")
    assert "no sheet “Room 6”" in str(found.unknown[0][1])
    assert "Room 4" not in str(found.unknown[0][1])
