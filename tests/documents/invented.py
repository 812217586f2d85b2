"""Invented facts for every document: no division, school or person of these names is meant."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mtss_desktop.base.words import said
from mtss_desktop.documents.coaching_summary import (
    EffortFacts,
    NextFacts,
    OutcomeFacts,
    ProblemLine,
    SummaryFacts,
    WinLine,
)
from mtss_desktop.documents.parts.follow_up import ActionFacts, EscalationFacts, LastMinutesFacts, ReviewFacts
from mtss_desktop.documents.parts.packet_facts import (
    AgendaFacts,
    DecisionFacts,
    MemberFacts,
    PacketFacts,
    RoleFacts,
    WinFacts,
)
from mtss_desktop.documents.parts.printed import Printed
from mtss_desktop.documents.parts.problem_page import ProblemFacts, SolutionFacts, problem_anchor
from mtss_desktop.documents.parts.screening_page import ScreeningFacts, ShareRow, screening_anchor
from mtss_desktop.documents.recovery_sheet import RecoveryFacts
from mtss_desktop.documents.team_structure import (
    FindingFacts,
    LoopFacts,
    PlaceFacts,
    SeatFacts,
    StructureFacts,
    TeamFacts,
)
from mtss_desktop.domain.behavior import Span, compare
from mtss_desktop.domain.figures import (
    Arrow,
    AxisKind,
    Box,
    Figure,
    Level,
    PhaseLine,
    Point,
    Points,
    Role,
    Stack,
    StackPart,
    StackRow,
    XAxis,
    YAxis,
)
from mtss_desktop.domain.figures import Bar as FigureBar
from mtss_desktop.domain.figures import Bars as FigureBars
from mtss_desktop.domain.figures import Column as FigureColumn
from mtss_desktop.domain.meetings import WeWill
from mtss_desktop.domain.plans import Priority
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, SolutionKind
from mtss_desktop.domain.teams import TeamStatus

DAY = date(2026, 2, 17)
PRINTED = Printed(datetime(2026, 2, 12, 16, 2), date(2026, 2, 11), said("counts only"), (said("import {n}", n=31),))  # noqa: DTZ001
DIVISION = "Orchard Valley Public Schools"
SCHOOL = "Birch Hollow Elementary School"
_DAYS_OF_WEEK = (5, 4, 5, 5, 5, 5, 5, 4, 5, 5, 5, 5, 5, 2, 5)


def weekly(before: tuple[float, ...], after: tuple[float, ...], goal: float, note: str = "staggered release") -> Figure:
    """Referrals per school day by week, before and after a dated change."""
    start = date(2025, 9, 2)
    weeks = [start + timedelta(weeks=number) for number in range(len(before) + len(after))]
    change = weeks[len(before)] - timedelta(days=3)
    first = tuple(Point(week, value) for week, value in zip(weeks, before, strict=False))
    second = tuple(Point(week, value) for week, value in zip(weeks[len(before) :], after, strict=False))
    mean_before, mean_after = sum(before) / len(before), sum(after) / len(after)
    return Figure(
        title=said("Referrals per school day, by week"),
        alt=said(
            "Line chart, hallway referrals per school day by week, {n} weeks. Mean {before:2} before, {after:2} after; goal {goal}.",
            n=len(weeks),
            before=mean_before,
            after=mean_after,
            goal=goal,
        ),
        finding=said("Lower since the change."),
        x=XAxis(AxisKind.DATE, under=tuple(zip(weeks, map(str, _DAYS_OF_WEEK), strict=False)), under_name=said("days")),
        y=YAxis(said("Per school day, by week")),
        marks=(
            Points(Role.BEFORE, first, said("before")),
            Points(Role.AFTER, second, said("after")),
            Level(Role.MEAN, mean_before, start=weeks[0], end=weeks[len(before) - 1]),
            Level(Role.MEAN, mean_after, start=weeks[len(before)], end=weeks[-1]),
            Level(Role.GOAL, goal, said("goal {goal}", goal=goal)),
            PhaseLine(change, said(f"10/20 {note}"), said("mean {mean:2}", mean=mean_after)),
        ),
    )


def levels() -> Figure:
    """Shares of benchmark levels by grade."""
    grades = ("Kinderg.", "Grade 1", "Grade 2", "Grade 3", "Grade 4", "Grade 5", "All")
    rows = []
    for number, _ in enumerate(grades):
        high = 60 + number * 2
        values = (float(high), float(95 - high), 5.0)
        rows.append(StackRow(number, values, tuple(f"{value:.0f}%" for value in values), "70 of 71"))
    parts = (
        StackPart(Role.HIGH, said("At or above benchmark")),
        StackPart(Role.MIDDLE, said("Below")),
        StackPart(Role.LOW, said("Well below")),
    )
    return Figure(
        title=said("By grade"),
        alt=said(
            "Stacked bars, share of students at each benchmark level by grade, winter, 432 students. 68% at benchmark."
        ),
        finding=said("68% of students are at benchmark."),
        x=XAxis(AxisKind.CATEGORY, categories=grades),
        y=YAxis(percent=True, low=0.0, high=100.0),
        marks=(Stack(parts, tuple(rows)), Level(Role.CRITERION, 80.0, said("80%"))),
        horizontal=True,
    )


def months(name: str) -> Figure:
    bars = tuple(FigureBar(number, value) for number, value in enumerate((2.0, 2.0, 1.0, 2.0, 2.0, 1.0)))
    return Figure(
        title=name,
        alt=said(
            "Bar chart, meetings held by month at {name}, September to February. Between 1 and 2 a month.", name=name
        ),
        finding=said("Between 1 and 2 a month."),
        x=XAxis(AxisKind.CATEGORY, categories=("Sep", "Oct", "Nov", "Dec", "Jan", "Feb")),
        y=YAxis(said("Meetings held"), low=0.0, high=3.0),
        marks=(FigureBars(Role.BAR, bars, said("held")),),
    )


def structure() -> Figure:
    columns = (
        FigureColumn("Birch Hollow Elementary", "212 students"),
        FigureColumn("Marsh Lane Middle", "190 students"),
    )
    bands = (said("Division"), said("Schools"), said("Tier 1"), said("Added support"))
    boxes = (
        Box(
            "d",
            "Division leadership team",
            -1,
            0,
            ("Barriers in, answers out", "F Tran, Duc · 1st Thu, 1:00–3:00 PM"),
            "all tiers",
        ),
        Box("a", "School leadership team", 0, 1, ("F Alston · 1st Wed, 3:15–4:30 PM",), "all tiers"),
        Box("b", "Schoolwide (Tier 1) team", 0, 2, ("F Okafor · M Thornton · D Nguyễn", "3rd Tue, 2:45–3:45 PM")),
        Box("c", "Character committee", 0, 2, ("merge with Schoolwide?",), role=Role.MERGE),
        Box("e", "Advanced tiers team", 0, 3, ("F Nguyễn · D Pruitt",), "Tiers 2 and 3"),
        Box("f", "School leadership team", 1, 1, ("F Greer",), "all tiers"),
        Box("g", "Schoolwide (Tier 1) team", 1, 2, ("F Pettway",)),
    )
    arrows = (
        Arrow("d", "a", said("barriers up within the month"), both=True),
        Arrow("d", "f", said("barriers up within the month"), both=True),
        Arrow("a", "b", said("minutes, monthly"), both=True),
        Arrow("b", "e", said("requests and results"), both=True),
    )
    return Figure(
        title=said("Team structure"),
        alt=said("Structure chart, 1 division team, 6 school teams; lines are listed below."),
        finding=said("Seven teams."),
        x=XAxis(AxisKind.NONE),
        y=YAxis(),
        marks=(*boxes, *arrows),
        columns=columns,
        bands=bands,
    )


_PEOPLE = (
    ("Okafor, Ngozi", "Grade 3 teacher", "Facilitator"),
    ("Thornton, Beth", "Kindergarten teacher", "Minute taker"),
    ("Nguyễn, Linh", "School counselor", "Data analyst"),
    ("Haddad, Samir", "PE teacher", "Timekeeper"),
    ("Ruiz, José", "Assistant principal", "Administrator"),
    ("Pruitt, Zoë", "Special education teacher", "Backup analyst"),
    ("Delgado-Wynn, Tess", "Grade 5 teacher", "Member"),
    ("Kowalczyk, Łukasz", "Instructional assistant", "Backup timekeeper"),
    ("Παπαδοπούλου, Αθηνά", "Parent, grades 2 and 4", "Family member"),
    ("Alston, Regina", "Principal", "Backup administrator"),
)


def members() -> tuple[MemberFacts, ...]:
    return (
        *(MemberFacts(*person) for person in _PEOPLE),
        MemberFacts("Whitlock, Dana", "Systems coach", "Coach", votes=False),
    )


def hallway() -> ProblemFacts:
    before, after = (1.6, 1.8, 2.0, 2.0, 1.8, 2.2, 1.8, 2.25), (1.4, 1.2, 1.25, 1.0, 0.8, 1.0, 0.8)
    return ProblemFacts(
        title="hallway transitions",
        opened_on=date(2025, 10, 14),
        what="Students run and push",
        where="in the main hallway",
        when="from 11:15 to 11:45 AM",
        who="mostly grades 3–5 on the way to and from lunch",
        why="three classes meet at one corner and the routine was taught once, in August",
        how_often="1.92 referrals per school day in the first 38 days",
        goal="0.9 per school day by 5/29/2026",
        level="1.06 (33 referrals, 31 days)",
        level_since=date(2025, 10, 20),
        fidelity_measure="release log, daily, Okafor",
        outcome_measure="office referrals, weekly, Nguyễn",
        figure=weekly(before, after, 0.9),
        change=compare(Span(73, 38), Span(33, 31)),
        solutions=(
            SolutionFacts(
                SolutionKind.PREVENT,
                "Release grades 3, 4, 5 three minutes apart",
                "Okafor",
                date(2025, 10, 19),
                Fidelity.WITH_FIDELITY,
                "31 of 31 days",
            ),
            SolutionFacts(
                SolutionKind.TEACH,
                "Re-teach the routine at the corner, booster 1/5",
                "Thornton",
                date(2025, 10, 23),
                Fidelity.WITH_FIDELITY,
            ),
            SolutionFacts(
                SolutionKind.REWARD,
                "Notice calm lines: class slips, drawing on Fridays",
                "Haddad",
                date(2025, 11, 2),
                Fidelity.PARTIAL,
                "13 of 22 rooms",
            ),
        ),
        last_step=NextStep.CONTINUE,
        last_decision="add door-to-door teaching for substitutes.",
        decided_on=date(2026, 1, 20),
        question="Is the reward part worth keeping at 13 of 22 rooms, or is the rest enough?",
    )


def late_arrivals() -> ProblemFacts:
    before, after = (10.8, 11.5, 11.3, 12.0, 11.5, 11.8, 11.0, 12.0, 11.2, 11.4), (11.0, 11.4, 10.8, 11.5, 10.8)
    return ProblemFacts(
        title="late arrivals in K–1",
        opened_on=date(2025, 10, 14),
        what="Kindergarten and grade 1 students sign in late",
        where="at the front office",
        when="after 7:50 AM, most on Mondays",
        who="students who come by car",
        how_often="11.4 per school day",
        goal="6.0 per school day by 5/29/2026",
        level="11.0 (232 sign-ins, 21 days)",
        outcome_measure="late sign-ins, weekly, Nguyễn",
        figure=weekly(before, after, 6.0, "car line opens 7:25"),
        change=compare(Span(549, 48), Span(232, 21), carried_out=said("The main step was in place on 9 of 21 days.")),
        solutions=(
            SolutionFacts(
                SolutionKind.PREVENT,
                "Open the car line at 7:25 with two adults at the door",
                "Ruiz",
                date(2025, 11, 2),
                Fidelity.PARTIAL,
                "on time 9 of 21 days",
            ),
            SolutionFacts(
                SolutionKind.REWARD,
                "On-time mornings counted by class on Mondays",
                "Haddad",
                date(2025, 12, 7),
                Fidelity.NOT_STARTED,
            ),
        ),
        last_step=NextStep.MODIFY,
        decided_on=date(2026, 1, 20),
    )


def actions() -> tuple[ActionFacts, ...]:
    found = (
        (
            "Ruiz, José",
            "Find cover for door duty, 7:20–7:50 AM, with the front office",
            "Problem 2",
            -18,
            Priority.HIGH,
        ),
        ("Ruiz, José", "Put the hallway map into the substitute folder", "Problem 1", 0, Priority.MEDIUM),
        ("Ruiz, José", "Post the winter supervision roster", "Meeting 1/20", 3, Priority.MEDIUM),
        (
            "Okafor, Ngozi",
            "Ask grades 3–5 which release order works best; bring three answers",
            "Problem 1",
            0,
            Priority.HIGH,
        ),
        ("Okafor, Ngozi", "Invite two grade 5 students to the March meeting", "Meeting 1/20", 31, Priority.LOW),
        ("Nguyễn, Linh", "Compare hallway count with two 10-minute observations", "Problem 1", -14, Priority.MEDIUM),
        ("", "Count door opening time daily on the clipboard", "Problem 2", 1, None),
    )
    return tuple(
        ActionFacts(owner, text, belongs, date(2026, 1, 20), DAY + timedelta(days=offset), priority)
        for owner, text, belongs, offset, priority in found
    )


def last_minutes() -> LastMinutesFacts:
    return LastMinutesFacts(
        day=date(2026, 1, 20),
        present=9,
        members=10,
        started_at=time(14, 46),
        ended_at=time(15, 49),
        sent_after_minutes=18 * 60 + 21,
        reviews=(
            ReviewFacts(
                "Hallway transitions",
                Fidelity.WITH_FIDELITY,
                Effect.IMPROVED,
                "Continue. 1.29 a school day since 10/20; staggered release kept on 14 of 14 days.",
            ),
            ReviewFacts(
                "Late arrivals K–1",
                Fidelity.PARTIAL,
                Effect.NO_CHANGE,
                "Continue, repair first. Car line opened on time on 2 of 4 days.",
            ),
            ReviewFacts(
                "Restroom near gym",
                Fidelity.WITH_FIDELITY,
                Effect.GOAL_MET,
                "Closed. Goal 0.1, level 0.03 a school day for six weeks.",
                closed=True,
            ),
        ),
        decisions=("Winter booster lesson moves to 1/5, first day back.", "Slips: one color for the whole building."),
        escalations=(
            EscalationFacts("Cover for door duty 7:20–7:50", "the division team", date(2026, 1, 21)),
            EscalationFacts(
                "Substitute for data day", "the division team", date(2025, 12, 14), date(2026, 1, 2), "approved."
            ),
        ),
    )


def agenda() -> tuple[AgendaFacts, ...]:
    found = (
        ("Open: norms, minutes of 1/20, quorum", 2, "Okafor", WeWill.APPROVE, 0, "minutes"),
        ("Wins", 3, "all", WeWill.SHARE, 0, "cover"),
        ("Open actions", 5, "Okafor", WeWill.CLOSE, 0, "actions"),
        ("Hallway transitions", 15, "Nguyễn", WeWill.DECIDE, 1, ""),
        ("Late arrivals in K–1", 15, "Ruiz", WeWill.DECIDE, 2, ""),
        ("Winter screening: where to look first", 10, "Whitlock", WeWill.DECIDE, 0, screening_anchor(1)),
        ("Information: spring testing calendar; supervision roster", 5, "Ruiz", WeWill.INFORM, 0, ""),
        ("Next meeting, who tells staff what, four rating questions", 5, "Okafor", WeWill.CLOSE, 0, ""),
    )
    clock = datetime.combine(DAY, time(14, 45))
    items = []
    for title, minutes, leads, we_will, problem, about in found:
        items.append(AgendaFacts(title, clock.time(), minutes, leads, we_will, problem, about))
        clock += timedelta(minutes=minutes)
    return tuple(items)


def screening() -> ScreeningFacts:
    columns = (said("At benchmark"), said("Below"), said("Well below"), said("Tested"))
    grades = ("K", "1", "2", "3", "4", "5")
    rows = tuple(ShareRow(grade, ("44 (63%)", "16 (23%)", "< 10", "70 of 71")) for grade in grades)
    total = ShareRow(said("All"), ("295 (68%)", "89 (21%)", "48 (11%)", "432 of 438"), total=True)
    moves = tuple(
        ShareRow(name, ("198 (87%)", "24 (11%)", "‡", "228")) for name in ("At benchmark", "Below", "Well below")
    )
    near = tuple(ShareRow(grade, ("6", "5")) for grade in grades)
    return ScreeningFacts(
        title=said("Reading, winter"),
        aside=said("432 of 438 tested · cut scores of 8/2025"),
        finding=said("68% of students are at benchmark; 80% is the mark for a healthy core."),
        more=said("Grade 2 is furthest away at 58%. Look at core teaching in K to 2 before adding groups."),
        figure=levels(),
        columns=columns,
        rows=(*rows, total),
        movement_title=said("From fall to winter"),
        movement_aside=said("347 students with both scores"),
        movement_columns=(*columns[:3], said("All")),
        movement=moves,
        near_columns=(said("Just below"), said("Just above")),
        near=near,
        near_aside=said("within 3 points"),
        note=said(
            "Light: at or above benchmark · striped: below · dark: well below. These are the test’s levels, not placements."
        ),
        questions=(
            said("Which part of core reading did grades K–2 teach last fall, and to whom?"),
            said("Where are fewer than 80% at benchmark and no core action is open?"),
        ),
    )


def packet() -> PacketFacts:
    roles = (
        RoleFacts("Facilitator", "Okafor, Ngozi", "Thornton, Beth"),
        RoleFacts("Minute taker", "Thornton, Beth", "Haddad, Samir"),
        RoleFacts("Data analyst", "Nguyễn, Linh", "Pruitt, Zoë"),
        RoleFacts("Timekeeper", "Haddad, Samir", "Kowalczyk, Łukasz"),
        RoleFacts("Administrator", "Ruiz, José", ""),
    )
    return PacketFacts(
        division=DIVISION,
        school=SCHOOL,
        team="Schoolwide (Tier 1) Team",
        day=DAY,
        printed=PRINTED,
        starts_at=time(14, 45),
        ends_at=time(15, 45),
        place="Library, small room",
        prepared_by="Whitlock, Dana, systems coach",
        code=said("Packet BH-T1 · {day:date}", day=DAY),
        purpose="Every student knows what is expected, is taught it, and is noticed for doing it; "
        "adults use the same few routines, and the team checks monthly whether they help.",
        serves="Serves school plan goal 2: a calm, predictable building. Target: all 438 students, grades K–5.",
        members=members(),
        quorum=8,
        norms="start on time · data first · one voice · every action has a name and a date.",
        roles=roles,
        decisions=(
            DecisionFacts(
                "Hallway transitions: continue as planned, change it, or set a new goal? "
                "The level is 0.16 above goal with seven weeks left.",
                problem_anchor(1),
            ),
            DecisionFacts(
                "Late arrivals: the car line opened on time on 9 of 21 days. What has to change so that the plan is really carried out?",
                problem_anchor(2),
            ),
            DecisionFacts("Which grade do we look at first after winter screening?", screening_anchor(1)),
        ),
        wins=(
            WinFacts(
                "Hallway referrals have been at or below 1.0 a school day for four weeks in a row.",
                "Okafor",
                date(2026, 2, 4),
            ),
            WinFacts(
                "All 22 homerooms re-taught the hallway routine in one week; 20 returned the card.",
                "Thornton",
                date(2026, 1, 26),
            ),
        ),
        wins_since=date(2026, 1, 20),
        agenda=agenda(),
        last=last_minutes(),
        actions=actions(),
        problems=(hallway(), late_arrivals()),
        problem_sources=said(
            "○ before · ● after the change · dashed: mean of the phase · small numbers: school days in that week. "
            "Sources: referral file of 2/11 (import 31, 242 rows)."
        ),
        screenings=(screening(),),
    )


def bare_packet() -> PacketFacts:
    """Nothing is known but the team and the day."""
    return PacketFacts(division=DIVISION, school=SCHOOL, team="New team", day=DAY, printed=PRINTED)


def summary() -> SummaryFacts:
    return SummaryFacts(
        division=DIVISION,
        title=said("What we did, how well, with what result"),
        span=said("Systems coaching, fall 2025"),
        start=date(2025, 8, 18),
        end=date(2026, 1, 30),
        printed=PRINTED,
        coach="Whitlock, Dana",
        readers="Superintendent, principals, division team",
        scope="3 schools, 9 teams",
        decision=said("One decision is needed: release time for a Tier 1 team at Ferry Road."),
        effort=(
            EffortFacts("Birch Hollow Elementary", 16, 15, 13, 31, 22, 3, 12, date(2026, 1, 20)),
            EffortFacts("Marsh Lane Middle", 14, 12, 9, 24, 15, 5, 8, date(2026, 1, 14)),
            EffortFacts("Ferry Road Elementary", 12, 7, 3, 9, 2, 4, 1, date(2025, 12, 11)),
        ),
        months=(months("Birch Hollow"), months("Marsh Lane"), months("Ferry Road")),
        months_note=said("Bar: meetings held. Ferry Road lost three dates to testing."),
        wins=(
            WinLine("Birch Hollow", "ran two meetings without the coach; problem statements had all six parts."),
            WinLine("Marsh Lane", "retired two committees and won back 6 staff hours a month."),
            WinLine("Ferry Road", "freed one period for a data analyst from January."),
        ),
        fidelity_line=said("first rating in spring"),
        problems=(
            ProblemLine(
                "Birch Hollow",
                "Hallway transitions",
                date(2026, 1, 20),
                Fidelity.WITH_FIDELITY,
                Effect.IMPROVED,
                "1.06 a day",
            ),
            ProblemLine(
                "Birch Hollow",
                "Late arrivals in K–1",
                date(2026, 1, 20),
                Fidelity.PARTIAL,
                Effect.NO_CHANGE,
                "11.0 a day",
            ),
            ProblemLine("Marsh Lane", "Cafeteria noise", None, None, None, ""),
        ),
        outcome_aside=said("office referrals per school day"),
        outcome_number=said("Birch Hollow: referrals 0.86 lower"),
        outcome_line=said("per school day; no call yet elsewhere"),
        outcome_figures=(
            weekly((1.6, 1.8, 2.0), (1.4, 1.2, 1.25), 0.9),
            weekly((1.5, 1.8, 1.9), (1.7, 1.8, 1.75), 0.9),
        ),
        outcomes=(
            OutcomeFacts(
                "Birch Hollow", "1.92", "1.06", "0.86 lower", "38 / 31", said("lower; the goal of 0.9 is not reached")
            ),
            OutcomeFacts("Ferry Road", "1.25", "", "", "65", said("no dated plan, so nothing to compare")),
        ),
        outcome_note=said("A difference in time is not proof of cause."),
        screening=levels(),
        screening_title=said("Reading screening, winter"),
        screening_note=said("Light: at or above benchmark · striped: below · dark: well below."),
        next_period=(
            NextFacts("Birch Hollow", "fade to one visit a month", "answer on door-duty cover", date(2026, 2, 18)),
            NextFacts(
                "Ferry Road",
                "start-up kit, first meeting",
                "decide release time: six staff, 1 h a month",
                date(2026, 2, 18),
                decision=True,
            ),
        ),
    )


def bare_summary() -> SummaryFacts:
    return SummaryFacts(DIVISION, said("Coaching"), said("fall"), date(2025, 8, 18), date(2026, 1, 30), PRINTED)


def recovery() -> RecoveryFacts:
    groups = (
        "SAMP",
        "2E4K",
        "7Q2M",
        "X9WD",
        "P3HT",
        "6RVA",
        "N8CJ",
        "2ZFY",
        "H0K3",
        "T5QW",
        "B7MN",
        "R4DX",
        "J6PC",
        "1G9V",
    )
    made = datetime(2025, 8, 17, 9, 12)  # noqa: DTZ001
    return RecoveryFacts("Orchard Valley 2025–26", groups, made, "Whitlock, Dana", DIVISION, 2, "OV-26-4C1E")


def teams() -> tuple[TeamFacts, ...]:
    seats = (
        SeatFacts("Okafor", "F"),
        SeatFacts("Thornton", "M, Fb"),
        SeatFacts("Nguyễn", "D"),
        SeatFacts("Pruitt", "Db"),
        SeatFacts("Kowalczyk"),
    )
    return (
        TeamFacts(
            "School leadership team",
            "all tiers",
            "Sets direction, time and money for the school plan",
            "School plan targets met, of 9",
            "all students",
            seats,
            "1st Wed, 3:15–4:30, library",
            10.0,
            "plan targets, quarterly; staff survey, yearly",
            "target missed twice → new action",
            "Division leadership team; all teams of the school",
            "1, 2, 3",
        ),
        TeamFacts(
            "Schoolwide (Tier 1) team",
            "Tier 1",
            "Every student knows, is taught and is noticed for the expectations",
            "Referrals per school day",
            "all 438 students",
            seats,
            "3rd Tue, 2:45–3:45, library",
            10.0,
            "referrals, monthly; walkthrough, monthly",
            "place or time above 20% of referrals → problem",
            "School leadership; all staff, within 24 h",
            "2",
        ),
        TeamFacts(
            "Attendance committee",
            "Tiers 1 and 2",
            "Reduce chronic absence",
            "",
            "all students",
            seats[:2],
            "1st Mon, 3:15–4:00",
            3.0,
            "absence list, monthly",
            "10% of days → contact",
            "Advanced tiers team",
            "2",
            complete=False,
        ),
        TeamFacts(
            "Character committee",
            "Tier 1",
            "Every student knows and lives the school values",
            "Referrals per school day",
            "all 438 students",
            seats[:3],
            "3rd Tue, 3:15–4:15",
            5.0,
            status=TeamStatus.MERGE,
        ),
        TeamFacts("School spirit group", status=TeamStatus.RETIRE, seats=seats[:1], meets="when needed"),
    )


def team_structure() -> StructureFacts:
    findings = (
        FindingFacts(
            "Same outcome measure and same target group: Character committee and Schoolwide (Tier 1) team",
            "Merge Character into Schoolwide; keep its lesson calendar as a standing item",
        ),
        FindingFacts(
            "No outcome measure: Attendance committee", "Complete: share of students absent 10% of days or more"
        ),
    )
    loops = (
        LoopFacts(
            "Cover for door duty at Birch Hollow",
            "BH Schoolwide",
            "Division leadership",
            date(2026, 1, 21),
            22,
            said("1 school day over"),
            late=True,
        ),
        LoopFacts(
            "Common referral codes, 6–8",
            "ML Schoolwide",
            "Division data",
            date(2025, 12, 22),
            52,
            said("answered, closing"),
        ),
    )
    return StructureFacts(
        division=DIVISION,
        year="2025–26",
        as_of=date(2026, 2, 11),
        printed=PRINTED,
        places=(
            PlaceFacts(SCHOOL, teams(), findings, 41, 28.0),
            PlaceFacts("Marsh Lane Middle School", teams()[:2], (), 20, 20.0),
        ),
        readers="School leadership team, meeting of 2/18/2026",
        prepared_by="Whitlock, Dana, systems coach",
        adopted="8/20/2025, review due 5/2026",
        chart=structure(),
        loops=loops,
    )
