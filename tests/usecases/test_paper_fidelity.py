"""The packet's fidelity snapshot and the summary's third say what was rated, and nothing of too few rooms."""

from __future__ import annotations

from datetime import date

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.usecases import paper_fidelity, places, teams

DAY = date(2026, 2, 17)


def snapshot(sample: Workspace, school: str, team: str, day: date = DAY):
    place = next(each.id for each in sample.ask(places.places) if each.short_name == school)
    team_id = next(each.id for each in sample.ask(teams.cards, place_id=place) if each.name == team)
    with sample.database.read() as work:
        return paper_fidelity.snapshot(work, work.teams.get(team_id), day)


def test_a_team_sees_its_rating_its_items_its_meetings_and_its_rooms(sample: Workspace) -> None:
    page = snapshot(sample, "Holcomb", "Tier 1 team")
    assert page is not None
    assert ENGLISH.say(page.title) == "Tiered Fidelity Inventory 3.0, Tier 1"
    assert [(ENGLISH.say(each.points), each.percent) for each in page.parts] == [("49 of 80", "61")]
    lag = page.items[0]
    assert (lag.number, lag.strip) == ("1.11", "1, 1")
    assert ENGLISH.say(lag.tried) == "Family evening about the rules, 9 hours"
    assert [(ENGLISH.say(each.before), ENGLISH.say(each.now)) for each in page.meets] == [
        ("56%", "89%"),
        ("50%", "89%"),
    ]
    assert ENGLISH.say(page.rooms_aside) == "6 rooms"
    assert (page.rooms[0].seen, page.rooms[0].of) == (5, 6)
    assert [each.percent is not None for each in page.meets] == [True, True], "and as bars"

    few = snapshot(sample, "Cedar Fork", "Tier 1 team")
    assert few is not None
    assert few.rooms == ()
    assert ENGLISH.say(few.rooms_aside) == "fewer than 5 rooms"
    assert ENGLISH.say(few.stuck).startswith("Item 1.11 has not moved for three ratings")
    assert few.items[0].strip == "1, 1, 1"

    begun = snapshot(sample, "Piney Ridge", "Tier 1 team")
    assert begun is not None
    assert ENGLISH.say(begun.note).endswith("The rating of 2/9 is not finished: 12 of 20 items rated.")


def test_the_summary_counts_schools_at_their_criterion(sample: Workspace) -> None:
    with sample.database.read() as work:
        ids = tuple(each.id for each in work.organizations.list(kind="school"))
        lines = paper_fidelity.lines(work, ids, date(2025, 8, 1), date(2026, 2, 12))
    assert {each.place: (ENGLISH.say(each.score), each.met) for each in lines} == {
        "Cedar Fork": ("67%", False),
        "Holcomb": ("61%", True),
        "Piney Ridge": ("77%", True),
    }
