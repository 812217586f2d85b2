"""One line of minutes: what it means, what stays text, and that nothing typed is ever lost."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtss_desktop.domain import minutes_grammar as grammar
from mtss_desktop.domain.meetings import LineKind
from mtss_desktop.domain.minutes_grammar import Part, complete, parse, rest_of
from mtss_desktop.domain.minutes_words import Known, KnownPerson, KnownProblem, known, months_later, typed_day
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.problems import ProblemId

TUESDAY = date(2026, 11, 17)
NEXT = date(2026, 12, 15)


def person(number: str, first: str, last: str, member: bool = True) -> KnownPerson:
    return KnownPerson(PersonId(number), first, last, member)


RUIZ = person("1", "Elena", "Ruiz")
BELL = person("2", "Ann", "Bell")
ANN_COLE = person("3", "Ann", "Cole")
NGUYEN = person("4", "Linh", "Nguyễn")
DELGADO = person("5", "Tess", "Delgado-Wynn")
OUTSIDER = person("6", "Ola", "Ruizmann", member=False)
OTHER_BELL = person("7", "Bob", "Bell", member=False)
FAR = person("8", "Eve", "Stone", member=False)
HALLWAY = KnownProblem(ProblemId("p1"), "hallway", "Hallway, grade 7")
GRADE = KnownProblem(ProblemId("p2"), "grade-3", "Grade 3 reading")
HERE = known((OTHER_BELL, RUIZ, BELL, ANN_COLE, NGUYEN, DELGADO, OUTSIDER, FAR), (HALLWAY, GRADE), NEXT)


def read(text: str, kind: LineKind | None = None, here: Known = HERE) -> grammar.ParsedLine:
    return parse(text, day=TUESDAY, known=here, kind=kind)


def test_the_line_everybody_learns_first() -> None:
    line = read("@Ruiz call SRO !10/24 #hallway")
    assert (line.kind, line.text) == (LineKind.ACTION, "call SRO")
    assert (line.owner, line.due, line.problem) == ("1", date(2027, 10, 24), "p1")
    assert line.due_doubtful, "eleven months ahead"
    assert [(span.part, line.typed[span.start : span.end]) for span in line.spans] == [
        (Part.OWNER, "@Ruiz"),
        (Part.DATE, "!10/24"),
        (Part.PROBLEM, "#hallway"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Great!", "a@b.org", "mail ann@bell.org now", "@Ruiz's class was loud", "@Ann Bell’s chart", "!5 things", "!may be", "#1 priority", "!!!", "@", "# heading", "wow !important", "C#hallway",
     "at 3 @ the gate", "5!=120", "@home after lunch", "! 10/24", "10/24", "@3pm", "!5", "and/or!", "x!10/24"],
)  # fmt: skip
def test_signs_elsewhere_stay_text(text: str) -> None:
    line = read(text)
    assert (line.kind, line.text, line.spans) == (LineKind.NOTE, text, ())


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("!11/17", TUESDAY),
        ("!12/1", date(2026, 12, 1)),
        ("!11/16", date(2027, 11, 16)),
        ("!12/1/26", date(2026, 12, 1)),
        ("!12-1-2026", date(2026, 12, 1)),
        ("!fri", date(2026, 11, 20)),
        ("!Friday", date(2026, 11, 20)),
        ("!tue", date(2026, 11, 24)),
        ("!next mon", date(2026, 11, 23)),
        ("!next fri", date(2026, 11, 27)),
        ("!this fri", date(2026, 11, 20)),
        ("!weds", date(2026, 11, 18)),
        ("!tonight", TUESDAY),
        ("!next month", date(2026, 12, 17)),
        ("!today", TUESDAY),
        ("!tomorrow", date(2026, 11, 18)),
        ("!next week", date(2026, 11, 24)),
        ("!+2w", date(2026, 12, 1)),
        ("!+3d", date(2026, 11, 20)),
        ("!+3m", date(2027, 2, 17)),
        ("!next meeting", NEXT),
        ("!dec 4", date(2026, 12, 4)),
        ("!Sept 3", date(2027, 9, 3)),
        ("!Dec. 4th", date(2026, 12, 4)),
        ("!4 Dec", date(2026, 12, 4)),
        ("!4th of December 2026", date(2026, 12, 4)),
        ("!Dec 4, 2026", date(2026, 12, 4)),
        ("!2026-12-04", date(2026, 12, 4)),
        ("!Fri 12/4", date(2026, 12, 4)),
        ("!Friday, Dec 4", date(2026, 12, 4)),
        ("!24th", date(2026, 11, 24)),
        ("!16th", date(2026, 12, 16)),
        ("!+2 weeks", date(2026, 12, 1)),
        ("!2w", date(2026, 12, 1)),
        ("!in 10 days", date(2026, 11, 27)),
        ("!2/29", date(2028, 2, 29)),
    ],
)
def test_dates(typed: str, due: date) -> None:
    line = read(f"call SRO {typed}.")
    assert (line.due, line.text, line.kind) == (due, "call SRO.", LineKind.ACTION)
    assert not line.unresolved


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("!13/40", grammar.NO_SUCH_DATE),
        ("!2/30", grammar.NO_SUCH_DATE),
        ("!11/16/2026", grammar.PAST_DATE),
        ("!12/4/2", grammar.NO_SUCH_DATE),
        ("!32nd", grammar.NO_SUCH_DATE),
        ("!yesterday", grammar.PAST_DATE),
        ("!Thu 12/4", grammar.OTHER_WEEKDAY),
        ("!Feb 30", grammar.NO_SUCH_DATE),
    ],
)
def test_a_date_that_is_none_or_past_stays_as_typed_and_is_marked(typed: str, trouble: object) -> None:
    line = read(f"call {typed} soon")
    assert (line.due, line.text) == (None, f"call {typed} soon")
    assert [span.trouble for span in line.spans] == [trouble]


@pytest.mark.parametrize(
    ("typed", "answered", "sentence"),
    [
        ("@Ruiz call SRO !10/24 #hallway", False, "call SRO"),
        ("@Nobody call the SRO !32/1", False, "Nobody call the SRO"),
        ("@Nobody call the SRO !32/1", True, "call the SRO"),
        ("@Ann calls, then writes !2/30.", True, "calls, then writes."),
        ("@Ruiz @Bell call !fri !mon #hallway #grade-3", True, "Bell call mon grade-3"),
        ("!32/1", False, "!32/1"),
    ],
)
def test_an_action_says_its_sentence_without_signs(typed: str, answered: bool, sentence: str) -> None:
    assert read(typed).sentence(answered=answered) == sentence


def test_what_is_no_day_says_what_to_type() -> None:
    for trouble in (grammar.NO_SUCH_DATE, grammar.PAST_DATE, grammar.NO_NEXT_MEETING):
        assert "Type " in trouble.text


def test_nine_months_are_the_limit_of_doubt() -> None:
    assert not read("x !8/17/2027").due_doubtful
    assert read("x !8/18/2027").due_doubtful
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_no_next_meeting_yet_is_said() -> None:
    line = read("call !next meeting", here=known((RUIZ,)))
    assert line.due is None
    assert line.unresolved[0].trouble == grammar.NO_NEXT_MEETING


@pytest.mark.parametrize(
    ("typed", "who"),
    [("@ruiz", RUIZ), ("@Elena Ruiz", RUIZ), ("@nguyen", NGUYEN), ("@Nguyễn", NGUYEN), ("@Ruiz, Elena", RUIZ),
     ("@delgado-wynn", DELGADO), ("@Ann Cole", ANN_COLE), ("@stone", FAR)],
)  # fmt: skip
def test_names(typed: str, who: KnownPerson) -> None:
    line = read(f"({typed} calls)")
    assert line.owner == who.id
    assert line.text == "( calls)"


OBRIEN, CRUZ = person("11", "Seán", "O’Brien"), person("12", "Mary Ann", "de la Cruz")
KING, ST_JOHN = person("13", "Dr. Pat", "King"), person("14", "Jo", "St. John")
LEE_ANN, LEE_BO = person("15", "Ann", "Lee"), person("16", "Bo", "Lee-Hart")
STAFF = known((OBRIEN, CRUZ, KING, ST_JOHN, LEE_ANN, LEE_BO))


@pytest.mark.parametrize(
    ("typed", "who"),
    [("@O'Brien", OBRIEN), ("@o’brien", OBRIEN), ("@OBrien", OBRIEN), ("@sean obrien", OBRIEN), ("@Mr. O'Brien", OBRIEN),
     ("@Cruz", CRUZ), ("@de la Cruz", CRUZ), ("@Mary Ann", CRUZ), ("@Mary Ann de la Cruz", CRUZ), ("@Ms Cruz", CRUZ),
     ("@Dr. Pat King", KING), ("@Pat", KING), ("@Dr King", KING), ("@St. John", ST_JOHN), ("@st john", ST_JOHN),
     ("@Ann L.", LEE_ANN), ("@A. Lee", LEE_ANN), ("@Lee Hart", LEE_BO), ("@lee-hart", LEE_BO)],
)  # fmt: skip
def test_names_are_read_as_people_type_them(typed: str, who: KnownPerson) -> None:
    line = read(f"{typed} calls the office", here=STAFF)
    assert (line.owner, line.text) == (who.id, "calls the office")


def test_a_word_inside_a_name_is_offered_and_a_small_letter_is_no_initial() -> None:
    assert read("@Hart calls", here=STAFF).candidates == (LEE_BO,)
    assert read("@Ann l calls", here=STAFF).text == "l calls"
    new = read("@Ms. Whitfield calls", here=STAFF)
    assert (new.new_person, new.text) == ("Whitfield", "@Ms. Whitfield calls")


@pytest.mark.parametrize(
    ("typed", "text"),
    [("@Ruiz, call SRO", "call SRO"), ("@Ruiz: call SRO", "call SRO"), ("@Ruiz - call SRO - !fri", "call SRO"),
     ("call SRO (@Ruiz, !fri)", "call SRO"), ("call SRO (@Ruiz) !fri.", "call SRO."), ("@Ruiz -5 points", "-5 points")],
)  # fmt: skip
def test_marks_around_what_was_understood_go_with_it(typed: str, text: str) -> None:
    assert read(typed).text == text


def test_a_member_is_taken_before_somebody_else_of_that_name() -> None:
    assert read("@Bell calls").owner == BELL.id


def test_a_name_two_members_share_is_a_quiet_choice() -> None:
    line = read("@Ann calls")
    assert (line.owner, line.candidates, line.text) == (None, (BELL, ANN_COLE), "@Ann calls")
    assert line.kind is LineKind.ACTION


def test_another_is_never_taken_silently_where_a_member_fits() -> None:
    here = known((person("1", "Elena", "Ruizmann"), person("2", "Ola", "Ruiz", member=False)))
    line = read("@Ruiz calls", here=here)
    assert line.owner is None
    assert [each.id for each in line.candidates] == ["1", "2"]


def test_a_name_that_begins_so_is_offered_not_taken() -> None:
    line = read("@Rui call")
    assert (line.owner, line.candidates) == (None, (RUIZ, OUTSIDER))


@pytest.mark.parametrize(("text", "new"), [("@Smith call", "Smith"), ("@Jane Doe call", "Jane Doe")])
def test_an_unknown_person_is_offered_as_new(text: str, new: str) -> None:
    line = read(text)
    assert (line.owner, line.candidates, line.new_person, line.text) == (None, (), new, text)


def test_the_first_owner_date_and_problem_count() -> None:
    line = read("@Ruiz @Bell call !fri !mon #hallway #grade-3")
    assert (line.owner, line.due, line.problem) == (RUIZ.id, date(2026, 11, 20), HALLWAY.id)
    assert line.text == "@Bell call !mon #grade-3"
    assert len(line.unresolved) == 3


def test_an_unknown_tag_is_marked_and_makes_no_action() -> None:
    line = read("looks like #hallways again")
    assert (line.kind, line.problem, line.text) == (LineKind.NOTE, None, "looks like #hallways again")
    assert line.unresolved[0].trouble == grammar.NO_SUCH_TAG


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("decision: one color", LineKind.DECISION, "one color"),
        ("Parking Lot: bells", LineKind.PARKING_LOT, "bells"),
        ("parking: bells", LineKind.PARKING_LOT, "bells"),
        ("win: 26 of 28", LineKind.CELEBRATION, "26 of 28"),
        ("Celebrate: 26", LineKind.CELEBRATION, "26"),
        ("action: call", LineKind.ACTION, "call"),
        ("note: @Ruiz was there", LineKind.NOTE, "was there"),
        ("my decision: no", LineKind.NOTE, "my decision: no"),
    ],
)
def test_prefixes(text: str, kind: LineKind, rest: str) -> None:
    line = read(text)
    assert (line.kind, line.text) == (kind, rest)


def test_a_key_wins_over_prefix_and_signs() -> None:
    assert read("win: x", LineKind.DECISION).kind is LineKind.DECISION
    assert read("@Ruiz call", LineKind.NOTE).kind is LineKind.NOTE


@pytest.mark.parametrize(
    ("text", "rest", "insert"),
    [
        ("@Ru", "iz", "@Ruiz "),
        ("@ngu", "yễn", "@Nguyễn "),
        ("@Linh N", "guyễn", "@Linh Nguyễn "),
        ("@delgado ", "Wynn", "@Delgado-Wynn "),
        ("@Ms. Rui", "z", "@Ruiz "),
        ("call !tom", "orrow", "!tomorrow "),
        ("call !next m", "eeting", "!next meeting "),
        ("see #hal", "lway", "#hallway "),
    ],
)
def test_tab_completes_the_gray_rest(text: str, rest: str, insert: str) -> None:
    found = complete(text, len(text), HERE)
    assert found is not None
    assert (found.rest, found.insert) == (rest, insert)
    assert text[found.start] == insert[0]


@pytest.mark.parametrize(
    ("text", "caret"), [("@Ruiz", 5), ("@", 1), ("Ru", 2), ("@Ruiz", 3), ("@Zz", 3), ("", 0), ("a", 9)]
)
def test_nothing_to_complete(text: str, caret: int) -> None:
    assert complete(text, caret, HERE) is None


def test_the_rest_of_a_name_minds_letters_that_fold_to_two() -> None:
    assert rest_of("Æsa", "aes") == "a"
    assert rest_of("Łukasz", "luk") == "asz"
    assert rest_of("Bell", "x") == ""


def test_a_key_press_stays_far_below_a_frame() -> None:
    people = [person(str(n), f"First{n}", f"Last{n}", n % 10 == 0) for n in range(1_000)]
    here = known(people, (HALLWAY,), NEXT)
    line = "@Last999 @Zz " + "word " * 400 + "!fri #hallway @Last5"
    begun = time.perf_counter()
    for _ in range(10):
        parse(line, day=TUESDAY, known=here)
        complete(line, len(line), here)
    assert (time.perf_counter() - begun) / 10 < 0.016


NAUGHTY = [
    "", " ", "@", "!", "#", "@@Ruiz", "!!fri", "##hallway", "@Ruiz@Bell", "\x00@Ruiz", "@\u202eRuiz", "!99/99/99", "!0/0", "!+999m",
    "@Ruiz\n!fri", "@" * 500, "!" * 500, "#" * 500, "\u202e@Ruiz", "@Ruiz\u200b", "👩\u200d👩\u200d👧 @Ruiz", "'; DROP TABLE x; --", "<b>@Ruiz</b>",
    "{name} @Ruiz", "%s !fri", "İ@Ruiz", "@ẞtone", "!12/31/9999", "!2/29/1900", "decision:", ":", "@Ruiz's class", "!\uff11\uff10/\uff12\uff14",
]  # fmt: skip


def keeps_what_was_typed(text: str) -> None:
    line = read(text)
    assert line.typed == text
    at = 0
    for span in line.spans:
        assert at <= span.start < span.end <= len(text)
        at = span.end
    kept = list(line.text)
    for letter in text:
        if kept and kept[0] == letter:
            kept.pop(0)
    assert "".join(kept).strip() == "", "what a line says is made of what was typed"
    for caret in range(len(text) + 1):
        complete(text, caret, HERE)


@pytest.mark.parametrize("text", NAUGHTY)
def test_odd_lines(text: str) -> None:
    keeps_what_was_typed(text)


PIECES = st.sampled_from(
    [
        "@",
        "!",
        "#",
        " ",
        "@Ruiz",
        "@Ann",
        "@Bell",
        "!fri",
        "!10/24",
        "!2/30",
        "!next meeting",
        "#hallway",
        "#x",
        "decision:",
        ",",
        ".",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map("".join)))
def test_any_text_can_be_read(text: str) -> None:
    keeps_what_was_typed(text)


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_a_date_without_a_year_is_the_next_such_day(wanted: date, day: date) -> None:
    due = parse(f"x !{wanted.month}/{wanted.day}", day=day, known=Known()).due
    assert due is not None
    assert (due.month, due.day) == (wanted.month, wanted.day)
    assert due >= day
    assert (wanted.month == 2 and wanted.day == 29) or (due - day).days < 366


@pytest.mark.parametrize(
    ("text", "nearest", "day"),
    [
        ("2/24", False, date(2026, 2, 24)),
        ("1/20", False, date(2027, 1, 20)),
        ("1/20", True, date(2026, 1, 20)),
        ("7/1", True, date(2026, 7, 1)),
        ("10/27/2025", False, date(2025, 10, 27)),
        ("10/27/25", True, date(2025, 10, 27)),
        ("1/20/2027", True, date(2027, 1, 20)),
        ("+2w", True, date(2026, 2, 26)),
        (" !fri ", True, date(2026, 2, 13)),
        ("soon", True, None),
        ("2/24 or so", False, None),
        ("2/30/2025", False, None),
    ],
)
def test_a_day_alone_in_a_field(text: str, nearest: bool, day: date | None) -> None:
    assert typed_day(text, date(2026, 2, 12), nearest=nearest) == day
