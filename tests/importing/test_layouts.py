"""Layouts with a published specification and no sample, and plain layouts: the files are written here."""

from __future__ import annotations

from datetime import date

from mtss_desktop.base.progress import silent
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.deliveries import together
from mtss_desktop.importing.findings import QUESTION, Understood
from mtss_desktop.importing.recognize import recognize
from mtss_desktop.importing.understanding import understand
from tests.importing.files import TODAY, entries, planned, sketched


def csv(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def delivered(**files: bytes) -> dict[str, Understood]:
    """By file name what is understood of each file of one delivery."""
    found = [(sketch, recognize(sketch)) for name, data in files.items() for sketch in [sketched(data, f"{name}.csv")]]
    return {
        each.sketch.file_name.removesuffix(".csv"): understand(
            each.sketch,
            each.match,
            today=TODAY,
            progress=silent(),
            answers=dict(each.answers),
            others=each.others,
        )
        for each in together(found, TODAY)
    }


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


ONEROSTER_11 = {
    "orgs": csv(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        "o-1,active,2025-08-01T00:00:00Z,Ashby County,district,001,",
        "o-2,active,2025-08-01T00:00:00Z,Cedar Fork Elementary,school,0050120,o-1",
    ),
    "academicSessions": csv(
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
        "s-1,active,,2025-2026,schoolYear,2025-08-11,2026-06-05,,2026",
        "s-2,active,,2024-2025,schoolYear,2024-08-12,2025-06-06,,2025",
    ),
    "users": csv(
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
        "identifier,email,sms,phone,agentSourcedIds,grades,password",
        'u-1,active,,true,"o-2,o-1",student,aroe,"{LDAP:12},{LTI:15}",Ada,Roe,,0040157,a@x.example,,,,03,secret1',
        "u-2,active,,true,o-2,teacher,mruiz,,Mara,Ruiz,,T77,m@x.example,,,,,secret2",
        "u-3,tobedeleted,,true,o-2,student,bloe,,Bo,Loe,,0040158,b@x.example,,,,KG,secret3",
        "u-4,active,,true,o-2,student,clee,,Cy,Lee,,0040159,c@x.example,,,,K,secret4",
    ),
    "demographics": csv(
        "sourcedId,status,dateLastModified,birthdate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
        "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity",
        "u-1,active,,2017-03-01,female,false,true,false,false,true,false,false",
        "u-4,active,,1/05/2020,male,false,false,false,false,false,false,true",
    ),
    "courses": csv(
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects"
    ),
    "manifest": csv("propertyName,value", "manifest.version,1.0", "oneroster.version,1.1", "file.orgs,bulk"),
}


def test_oneroster_1_1() -> None:
    found = delivered(**ONEROSTER_11)
    users = found["users"]
    rows = {row["local_id"]: row for row in entries(users)}
    ada = rows["0040157"]
    assert (ada["grade"], ada["sex"], ada["race"], ada["year"]) == (3, 1, "Multiracial", 2025)
    assert (rows["0040159"]["race"], rows["0040159"]["grade"]) == ("Hispanic", 0)
    assert (users.school[0], users.school_name[0]) == ("0050120", "Cedar Fork Elementary")
    assert [users.birth_day[at] for at in (0, 3)] == [day(2017, 3, 1), day(2020, 1, 5)]
    skipped = [(finding.rows.tolist(), finding.message(0)) for finding in users.findings]
    assert ([2], "the file asks for it to be taken out") in skipped
    assert ([1], "not a student") in skipped
    assert users.removed.tolist() == [2]
    assert "password" not in users.table.columns
    assert found["courses"].nothing == "Nothing here is counted by course."
    assert found["manifest"].nothing


def test_oneroster_1_2_has_roles_of_its_own() -> None:
    users = csv(
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
        "phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
        "primaryOrgSourcedId,pronouns",
        "u-1,active,,true,aroe,,Ada,Roe,,0040157,,,,,03,,,,,,o-2,",
        "u-2,active,,true,mruiz,,Mara,Ruiz,,T77,,,,,,,,,,,o-2,",
    )
    roles = csv(
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
        "r-1,active,,u-1,primary,student,2025-08-11,,o-2,",
        "r-2,active,,u-2,primary,teacher,2025-08-11,,o-2,",
    )
    alone = delivered(users=users)["users"]
    assert alone.nothing.startswith("Who of users.csv is a student stands in the roles file")
    found = delivered(users=users, roles=roles, orgs=ONEROSTER_11["orgs"])["users"]
    assert [row["local_id"] for row in entries(found) if found.row_state[row["line"] - 2] == 0] == ["0040157"]  # type: ignore[operator]
    assert (found.school[0], found.school_name[0]) == ("0050120", "Cedar Fork Elementary")
    assert entries(found)[0]["from_day"] == day(2025, 8, 11)


def test_map_growth_in_two_files() -> None:
    results = csv(
        "TermName,StudentID,SchoolName,MeasurementScale,Discipline,GrowthMeasureYN,TestType,TestName,TestID,TestStartDate,"
        "TestDurationMinutes,TestRITScore,TestStandardError,TestPercentile,TestStartTime,PercentCorrect",
        "Fall 2025-2026,0040157,Cedar Fork,Reading,Reading,TRUE,Survey,Growth: Reading 2-5,7001,9/5/2025,41,189,3.1,44,09:10:00,52",
        "Fall 2025-2026,0040157,Cedar Fork,Reading,Reading,FALSE,Survey,Growth: Reading 2-5,7002,09/19/2025,44,193,3.2,51,09:10:00,55",
    )
    roster = csv(
        "TermName,DistrictName,SchoolName,StudentLastName,StudentFirstName,StudentMI,StudentID,StudentDateOfBirth,"
        "StudentEthnicGroup,StudentGender,Grade",
        "Fall 2025-2026,Ashby,Cedar Fork,Roe,Ada,,0040157,03/01/2017,White,F,3",
        "Fall 2025-2026,Ashby,Cedar Fork,Roe,Ada,,0040157,03/01/2017,White,F,3",
    )
    found = delivered(AssessmentResults=results, StudentsBySchool=roster)["AssessmentResults"]
    rows = entries(found)
    assert [(row["measure"], row["value"], row["official"], row["grade"]) for row in rows] == [
        ("MAP Growth Reading", 189, 1, 3),
        ("MAP Growth Reading", 193, 0, 3),
    ]
    assert (found.last_name[0], found.birth_day[0]) == ("Roe", day(2017, 3, 1))
    assert entries(delivered(StudentsBySchool=roster)["StudentsBySchool"])[0]["year"] == 2025


def test_plain_incidents_count_offenders_not_rows() -> None:
    plan = planned(
        csv(
            "Incident ID,Student Number,Student Name,Grade,School,Incident Date,Incident Time,Location,Event Type,Participant Role,"
            "Resolution,Minor/Major",
            '881,7001,"Roe, Ada",6,Holcomb,10/14/2025,9:15 AM,Hallway,Fighting,Offender,ISS,Major',
            '881,7001,"Roe, Ada",6,Holcomb,10/14/2025,9:15 AM,Hallway,Fighting,Offender,Parent contact,Major',
            '881,7002,"Loe, Bo",6,Holcomb,10/14/2025,9:15 AM,Hallway,Fighting,Victim,,Major',
            '882,7003,"Lee, Cy",7,Holcomb,10/15/2025,12:40,Cafeteria,Disruption,Offender,Conference,Minor',
        )
    )
    assert plan.found.match.profile.key == "plain-incidents"
    assert (plan.count(Verdict.NEW), plan.count(Verdict.SKIPPED)) == (2, 2)
    assert [(e["minute"], e["major"], e["behavior"]) for e in entries(plan.found)[::3]] == [
        (555, 1, "Fighting"),
        (760, 0, "Disruption"),
    ]


def test_plain_attendance_by_code_portion_and_period() -> None:
    plan = planned(
        csv(
            "Student ID,School,Date,Attendance Code",
            "7001,Holcomb,10/14/2025,A",
            "7002,Holcomb,10/14/2025,T-E",
            "7003,Holcomb,10/14/2025,UA",
            "7004,Holcomb,10/14/2025,P",
            "7005,Holcomb,10/14/2025,ZZ9",
        )
    )
    assert plan.found.match.profile.key == "plain-attendance"
    read = [(e["hundredths"], e["tardy"], e["excused"]) for e in entries(plan.found)]
    assert read[:4] == [(100, 0, None), (0, 1, 1), (100, 0, 0), (0, 0, None)]
    assert [p.message for p in plan.problems(QUESTION)] == ["This attendance code is not known; what does it say?"]
    wide = planned(
        csv(
            "Student ID,School,Date,All Day,Period 1,Period 2,Period 3,Period 4",
            "7001,Holcomb,10/14/2025,,A,A,,",
            "7002,Holcomb,10/14/2025,A,A,A,A,A",
            "7003,Holcomb,10/14/2025,,,,,",
        )
    )
    assert [e["hundredths"] for e in entries(wide.found)] == [50, 100, 0]
    assert wide.row_count(Verdict.SKIPPED) == 1


def test_plain_scores_wide_by_measure_season_and_year() -> None:
    plan = planned(
        csv(
            "Student ID,Student Name,School,Grade,Fall 2024-25 ORF,Winter 2024-25 ORF,Fall 2025-26 ORF,Fall 2024-25 Maze",
            '7001,"Roe, Ada",Cedar,3,44,58,71,9',
        )
    )
    assert plan.found.match.profile.key == "plain-wide-scores"
    assert {(e["measure"], e["window"], e["year"], e["value"]) for e in entries(plan.found)} == {
        ("ORF", "Fall", 2024, 44.0),
        ("ORF", "Winter", 2024, 58.0),
        ("ORF", "Fall", 2025, 71.0),
        ("Maze", "Fall", 2024, 9.0),
    }


def test_answers_and_results_are_recognized_by_rule() -> None:
    form = planned(
        csv(
            "Timestamp,How often do you use the matrix?,What helps you most?,Do teams meet monthly?",
            "10/14/2025 9:15:22,Daily,Time,Yes",
        )
    )
    assert form.found.match.profile.key == "form-answers"
    fidelity = planned(
        csv("School,Date Completed,TFI Tier 1 Percent,TFI Tier 2 Percent,Total Score", "Cedar,10/14/2025,73,55,40")
    )
    assert fidelity.found.match.profile.key == "fidelity-results"


def test_a_level_word_nobody_knows_is_a_question_never_a_guess() -> None:
    data = csv(
        "Student ID,Assessment,Test Date,Score,Level",
        "7001,ORF,2025-09-14,44,Some Risk",
        "7002,ORF,2025-09-14,12,Bananas",
        "7003,ORF,2025-09-14,30,",
    )
    plan = planned(data)
    assert (plan.count(Verdict.NEW), plan.row_count(Verdict.QUESTION)) == (2, 1)
    assert [(p.line, p.value) for p in plan.problems(2)] == [(3, "Bananas")]
    answered = planned(data, **{"level:bananas": "High Risk"})
    assert [e["level"] for e in entries(answered.found)] == ["Some Risk", "High Risk", None]
    assert planned(data, **{"level:bananas": "no level"}).count(Verdict.NEW) == 3


SDS_V1 = {
    "Student": "SIS ID,School SIS ID,First Name,Last Name,Username,Password,State ID,Student Number,Grade,Status,Birthdate\n"
    "0013001,10001,Ora,Klein,OKlein,x,WA,13001,9,Active,4/2/2010\n0013002,10001,Beulah,Dale,BDale,x,WA,13002,10,Active,11/12/2009\n"
    "0013003,10002,Flo,Stark,FStark,x,WA,13003,12,Inactive,12/19/2007\n",
    "Teacher": "SIS ID,School SIS ID,First Name,Last Name,Username,Password,State ID,Teacher Number,Status\n"
    "14001,10001,Craig,Beane,CBeane,x,WA,101,Active\n",
    "School": "SIS ID,Name,School Number,State ID,Grade Low,Grade High\n10001,North High,1,WA,9,12\n10002,South High,2,WA,9,12\n",
    "Section": "SIS ID,School SIS ID,Section Name,Term SIS ID,Term Name,Course SIS ID\n11001,10001,Math 1,12000,SY15,11001\n",
    "StudentEnrollment": "Section SIS ID,SIS ID\n11001,0013001\n11001,0013002\n",
}


def test_school_data_sync_1() -> None:
    found = delivered(**{name: text.encode() for name, text in SDS_V1.items()})
    keys = {name: each.match.profile.key for name, each in found.items()}
    assert keys == {
        "Student": "sds-v1-students",
        "Teacher": "sds-v1-teachers",
        "School": "sds-v1-schools",
        "Section": "sds-v1-sections",
        "StudentEnrollment": "sds-v1-rosters",
    }
    students = found["Student"]
    assert [row["local_id"] for row in entries(students)] == ["0013001", "0013002", "0013003"]
    assert students.state().tolist() == [0, 0, 1]
    assert (students.school[0], students.school_name[0], students.whole["grade"][1]) == ("10001", "North High", 10)
    assert students.birth_day[0] == day(2010, 4, 2)
    assert "Password" in students.sketch.never_read
    assert "state" not in students.ids, "the column State ID holds the state's letters"
