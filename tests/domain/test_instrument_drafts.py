"""Making an instrument: items, sections, numbers, checks and lists from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import instrument_checks as checks
from mtss_desktop.domain import instrument_drafts as drafts
from mtss_desktop.domain import instrument_lists as lists
from mtss_desktop.domain.instrument_checks import FindingKind
from mtss_desktop.domain.instrument_drafts import ItemFact, RatedBy, Typed
from mtss_desktop.domain.instruments import Rule, Takes
from mtss_desktop.domain.scoring import rated, result


def routines():
    """Two sections: A1 Rules, A2 Task, A3 Greeting; B1 Praise."""
    made = drafts.blank("Classroom routines", "routines")
    made, _ = drafts.add_items(made, "a", [Typed("Rules"), Typed("Task"), Typed("Greeting")])
    made, key = drafts.add_section(made, "During class")
    return drafts.add_items(made, key, [Typed("Praise")])[0]


def shown(instrument):
    return {
        section.title: [(number, instrument.item(number).label) for number in section.items]
        for section in instrument.whole_sections
    }


def test_items_are_numbered_by_their_place():
    assert shown(routines()) == {
        "First section": [("A1", "Rules"), ("A2", "Task"), ("A3", "Greeting")],
        "During class": [("B1", "Praise")],
    }


def test_a_new_item_stands_behind_the_one_it_was_made_from():
    made, numbers = drafts.add_items(routines(), "a", [Typed("Door")], after="A1")
    assert numbers == ("A2",)
    assert [label for _, label in shown(made)["First section"]] == ["Rules", "Door", "Task", "Greeting"]


def test_moving_goes_over_the_edge_of_a_section():
    moved, now = drafts.move_item(routines(), "A3", down=True)
    assert now == "B1"
    assert shown(moved)["During class"] == [("B1", "Greeting"), ("B2", "Praise")]
    back, now = drafts.move_item(moved, now, down=False)
    assert (back, now) == (routines(), "A3")
    assert drafts.move_item(back, "A1", down=False) == (back, "A1")
    assert shown(drafts.move_item(back, "A1", down=True)[0])["First section"][0] == ("A1", "Task")


def test_an_item_becomes_a_section_with_what_stands_behind_it():
    made, key = drafts.to_section(routines(), "A2")
    assert shown(made) == {
        "First section": [("A1", "Rules")],
        "Task": [("B1", "Greeting")],
        "During class": [("C1", "Praise")],
    }
    assert [section.key for section in made.sections].index(key) == 1


def test_numbers_stay_once_something_was_rated():
    without = drafts.remove_item(routines(), "A2", keep_numbers=True)
    made, numbers = drafts.add_items(without, "a", [Typed("Door")], after="A1", keep_numbers=True)
    assert numbers == ("A4",)
    assert [number for number, _ in shown(made)["First section"]] == ["A1", "A4", "A3"]
    assert drafts.has_own_numbers(made)
    assert not drafts.has_own_numbers(routines())


def test_the_last_section_stays_and_others_go_with_their_items():
    made = drafts.remove_section(routines(), "a")
    assert shown(made) == {"During class": [("A1", "Praise")]}
    with pytest.raises(UserError, match="at least one section"):
        drafts.remove_section(made, "b")


def test_the_scale_belongs_to_the_list():
    tally = drafts.rate_by(routines(), RatedBy.TALLY)
    assert {item.takes for item in tally.items} == {Takes.COUNT}
    assert drafts.rated_by(tally) is RatedBy.TALLY
    assert tally.total is Rule.NONE
    four = drafts.rate_by(tally, RatedBy.FOUR_STEPS, not_applicable=False)
    assert four.scales[0].values == (0, 1, 2, 3)
    worded = drafts.word_points(four, ("never", "rarely", "often", "always"))
    assert drafts.rate_by(worded, RatedBy.FOUR_STEPS).scales[0].label(2) == "often"
    for words in (("a", "b", "c"), ("a", "b", "b", "d")):
        with pytest.raises(UserError):
            drafts.word_points(four, words)


def test_an_item_may_count_toward_no_score():
    made = drafts.with_rules(routines(), "A1", counts=False)
    found = result(made, {"A2": rated(2), "A3": rated(1), "B1": rated(2)})
    assert found.total.percent == Fraction(500, 6)
    assert drafts.with_rules(made, "A1", counts=True) == routines()


def test_facts_are_kept_on_one_line():
    made = drafts.with_fact(routines(), "A1", ItemFact.LOOK_FOR, "Posted \n and  readable ")
    assert made.item("A1").look_for == "Posted and readable"


@pytest.mark.parametrize(
    ("label", "two"),
    [
        ("Corrections are short and calm", ("Corrections are short", "Corrections are calm")),
        ("Rules are posted and students can say them", ("Rules are posted", "Students can say them")),
        ("Routine is posted and in use", ("Routine is posted", "Routine is in use")),
        ("The teacher gives praise, and asks questions", ("The teacher gives praise", "The teacher asks questions")),
        ("Praise and correction", None),
        ("Greeting by name at the door", None),
        ("Talk is back and forth", None),
        ("Is and", None),
        ("", None),
    ],
)
def test_two_behaviors_in_one_item(label, two):
    assert drafts.split(label) == two


def test_splitting_makes_two_items():
    made = drafts.add_items(drafts.blank("One", "one"), "a", [Typed("Corrections are short and calm", "Listen")])[0]
    assert [found.item for found in checks.findings(made) if found.can_split] == ["A1"]
    after = drafts.split_item(made, "A1")
    assert shown(after)["First section"] == [("A1", "Corrections are short"), ("A2", "Corrections are calm")]
    assert after.item("A2").look_for == "Listen"
    with pytest.raises(UserError, match="names one behavior"):
        drafts.split_item(after, "A1")


def test_only_a_missing_label_holds_a_list_up():
    assert [found.kind for found in checks.findings(drafts.blank("x", "x")) if found.holds_up] == [FindingKind.LABEL]
    made = routines()
    assert not [found for found in checks.findings(made) if found.holds_up]
    assert [found.sentence for found in checks.findings(made) if found.kind is FindingKind.LOOK_FOR] == [
        "4 of 4 items do not say what to look for, A1 first."
    ]
    unnamed = replace(made, items=(replace(made.items[0], label=""), *made.items[1:]))
    assert [found.item for found in checks.findings(unnamed) if found.holds_up] == ["A1"]
    twice = drafts.with_fact(made, "A2", ItemFact.LABEL, "rules")
    assert any(found.kind is FindingKind.SAME_LABEL for found in checks.findings(twice))


def test_a_table_with_header_words_becomes_items():
    read = lists.read_rows(
        [
            ["Our walkthrough, fall"],
            ["Category", "No.", "Item", "What to look for", "Evidence"],
            ["Start of class", "1", "Rules are posted", "From every seat", "Wall"],
            ["Start of class", "2", "Greeting", "", ""],
            ["", "", "", "", ""],
            ["During class", "3", "", "", "Notes only"],
            ["During class", "4", "Praise", "Said in words", ""],
        ]
    )
    assert [(each.section, each.number, each.label) for each in read.items] == [
        ("Start of class", "1", "Rules are posted"),
        ("Start of class", "2", "Greeting"),
        ("During class", "4", "Praise"),
    ]
    assert read.items[0].look_for == "From every seat"
    assert read.unread == ((6, "During class · 3 · Notes only"),)


def test_plain_lines_become_items_with_their_headings():
    lines = ["START OF CLASS", "1. Rules are posted", "• Greeting", "During class:", "1.2 Praise"]
    read = lists.read_rows([[line] for line in lines])
    assert [(each.section, each.number, each.label) for each in read.items] == [
        ("START OF CLASS", "1", "Rules are posted"),
        ("START OF CLASS", "", "Greeting"),
        ("During class", "1.2", "Praise"),
    ]


def test_a_list_has_an_end():
    with pytest.raises(UserError, match="at most 500"):
        drafts.add_items(routines(), "a", [Typed("x")] * 500)
