"""Columns about an IEP, a 504 plan, English learners and free lunch: codes are yes, exits are no, the rest is asked."""

from __future__ import annotations

import pytest

from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.supports import has_support
from tests.importing.files import planned


@pytest.mark.parametrize(
    ("of", "yes", "no", "asked"),
    [
        (
            "IEP",
            "Yes.,SLD,OHI,SI,AU,Active,1,Y,Yes - SLD,Specific Learning Disability,Speech/Language Impairment,SLD/OHI,SLD; SI,Autism",
            "N,No,0,No IEP,Exited 5/2024,Inactive,Not eligible,Dismissed,Reg Ed,GE,Declined services,504,False,F,REG,DNQ,RTI,NE",
            "2,Pending,Referred,In evaluation,Parent refusal,A,10/14/2025,?,SST,Unk,Garcia,REG/SLD,Speedy,N. Jones,Y. Lee",
        ),
        (
            "504",
            "Active,504,Y,Diabetes,504 Plan,ADHD,Dyslexia",
            "N,Expired,Inactive,IEP,GE,GenEd,NE,DNQ,REG",
            "Pending,3,Evaluation,Garcia,SLD,RTI",
        ),
        (
            "English learner",
            "LEP,LEP-2,ELL,Active,L3,ELD 2,Y,Limited,Emerging,NEP,Non-English Proficient",
            "EO,RFEP,IFEP,FLEP,Former EL,Exited,Reclassified,Non-LEP,English Only,Not LEP,Fluent,English,ENG,NotEL,GE",
            "3,Monitored,M1,Parent waiver,Native,RF,Spanish,Garcia,Speech",
        ),
        (
            "Economically disadvantaged",
            "Free,Reduced,R,Y,Free Lunch,DC",
            "Paid,P,N,Full pay,Full Price,Not Eligible",
            "F,2,XQ",
        ),
    ],
)
def test_what_a_cell_says(of: str, yes: str, no: str, asked: str) -> None:
    told = {text: has_support(text, of) for text in [*yes.split(","), *no.split(","), *asked.split(",")]}
    wanted = dict.fromkeys(yes.split(","), True) | dict.fromkeys(no.split(","), False) | dict.fromkeys(asked.split(","))
    assert told == wanted


def test_a_letter_is_told_by_the_others_of_its_column() -> None:
    lunch = "Economically disadvantaged"
    assert has_support("F", lunch, ("F", "R", "P")) is True
    assert has_support("F", lunch, ("F", "T")) is False
    assert has_support("F", "IEP", ("F", "T")) is False


def test_a_code_is_no_reason_to_refuse_a_row_and_a_doubtful_word_asks() -> None:
    rows = ["7001,Roe,Ada,3,SLD,,LEP-2,F", "7002,Loe,Bo,3,Exited 2/2025,Active,N,P", "7003,Doe,Cy,4,Pending,N,,R"]
    data = "\n".join(["Student ID,Last Name,First Name,Grade,IEP,504 Plan,EL,Lunch Status", *rows]).encode()
    plan = planned(data)
    assert plan.found.match.profile.key == "plain-roster"
    (finding,) = [each for each in plan.found.findings if each.header == "IEP"]
    assert (finding.rows.tolist(), finding.ask, plan.row_count(Verdict.PROBLEM)) == ([2], "support:IEP", 0)
    whole = planned(data, **{"support:iep:pending": "no"}).found.whole
    assert whole["flag:IEP"].tolist() == [1, 0, 0]
    assert whole["flag:504"].tolist()[1] == whole["flag:English learner"].tolist()[0] == 1
    assert whole["flag:Economically disadvantaged"].tolist() == [1, 0, 1]
