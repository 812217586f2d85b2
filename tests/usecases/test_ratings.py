"""Ratings as they are kept: hand-reckoned scores of every shipped instrument, refusals, votes, evidence, agreement."""

from __future__ import annotations

import base64
from datetime import date
from fractions import Fraction

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.packs import instruments as packs
from mtss_desktop.usecases import files, places, ratings, schools, search

DAY = date(2026, 1, 5)


def place_of(workspace: Workspace, name: str = "Piney Ridge"):
    return next(each.id for each in workspace.ask(places.places) if each.short_name == name)


def rated(workspace: Workspace, instrument: str, marks: str, *, place: str = "Piney Ridge", **facts):
    made = workspace.do(ratings.start, instrument, place_of(workspace, place), held_on=DAY, **facts).value
    workspace.do(ratings.rate_all, made, tuple(marks.split()))
    return made


HAND_RECKONED: tuple[tuple[str, str, dict[str, Fraction | None], tuple[bool | None, ...]], ...] = (
    # lowest over interventions, all or nothing over plans: 2.5 is 1, 3.4 is 1, 3.6 is 2, 3.8 is 0
    (
        "tfi_2_1",
        " ".join(
            ["2"] * 15 + ["2"] * 4 + ["2,1"] + ["2"] * 8 + ["2"] * 3 + ["2,2,1", "2", "2,2,2", "2", "0,0"] + ["2"] * 9
        ),
        {"tier1": Fraction(100), "tier2": Fraction(2500, 26), "tier3": Fraction(3100, 34), "total": Fraction(8600, 90)},
        (True, True, True),
    ),
    (
        "tfi_3_0",
        " ".join(["2"] * 20 + ["1"] * 15 + ["4"] * 18 + ["3"]),
        {"tier1": Fraction(50), "tier2": Fraction(25), "tier3": Fraction(7500, 76), "total": Fraction(13000, 216)},
        (True, False, True),
    ),
    (
        "tips_fc",
        "2 2 2 1 2 2 2 2 1 2 2 2 2 1 2 1 2 2",
        {"foundations": Fraction(1600, 18), "problem_solving": Fraction(1600, 18), "total": Fraction(3200, 36)},
        (True,),
    ),
    # the mean of seven percents, not of 28 items: (100 + 80 + 50 + 100 + 50 + 50 + 75) / 7
    (
        "set_2_1",
        "2 2  2 2 1 1 2  2 1 0  2 2 2 2  1 1 1 1  2 2 2 2 0 0 0 0  1 2",
        {"taught": Fraction(80), "management": Fraction(50), "total": Fraction(505, 7)},
        (False,),
    ),
    # the most frequent of three members' marks
    (
        "boq",
        " ".join(["0,0,1", "2,1,1"] + ["2,2,1"] * 51),
        {"total": Fraction(10300, 106), "team": Fraction(300, 6)},
        (True,),
    ),
    (
        "dca",
        "2 2 2 1 2 2 2 1 1  2 2 1 1 1 2 2 1 2  2 2 2 2 1 2 2 1",
        {"leadership": Fraction(1500, 18), "competency": Fraction(1400, 18), "total": Fraction(4300, 52)},
        (False,),
    ),
    ("r_tfi", " ".join(["2"] * 16 + ["0"] * 4), {"total": Fraction(80)}, (True,)),
    ("training_quality", "1 1 1 0  1 1 1 1 0  1 1 0  1 1 1 0  1 1 0  1 1 0", {"total": Fraction(1600, 22)}, (True,)),
    ("look_fors", " ".join(["2"] * 10 + ["1"] * 10 + ["n"] * 4 + ["0"] * 10), {"total": Fraction(50)}, ()),
    # seven practices apply; tallies score nothing
    ("walkthrough", "2 2 2 2 1 1 1 n 9 3 14 10", {"practices": Fraction(1100, 14), "tallies": None}, ()),
)


@pytest.fixture
def home(sample: Workspace) -> Workspace:
    return sample


def test_scores_of_shipped_instruments_are_those_reckoned_by_hand(home: Workspace) -> None:
    for key, marks, wanted, met in HAND_RECKONED:
        made = rated(home, key, marks)
        home.do(ratings.finish, made)
        found = home.ask(ratings.result, made)
        assert {name: found.result.score(name).percent for name in wanted} == wanted, key
        assert tuple(each.met for each in found.criteria) == met, key
        kept = {each.key: each.percent for each in found.head.administration.scores}
        assert {name: Fraction(kept[name]) if kept[name] else None for name in wanted} == wanted, key
    sam = home.ask(ratings.result, rated(home, "sam", "3 3 2 2 0 " + "1 " * 34)).result
    assert (sam.score("leadership").mean, sam.total.mean, sam.total.percent) == (Fraction(2), Fraction(44, 39), None)
    drivers = home.ask(ratings.result, rated(home, "drivers", "2 1 1 0  1 1 2  0 1")).result
    assert (drivers.score("competency").mean, drivers.score("leadership").mean) == (Fraction(1), Fraction(1, 2))
    hexagon = home.ask(ratings.result, rated(home, "hexagon", "5 4 3 2 1 5")).result
    assert (hexagon.total.percent, hexagon.total.mean) == (None, None)
    profile = home.ask(ratings.result, rated(home, "coaching_profile", "2 2 2 2 2 1 1 1 1 1 1 0 0")).result
    assert [(each.value, each.n) for each in profile.total.shares] == [(0, 2), (1, 6), (2, 5)]
    asked = {each.key for each in packs.shipped()}
    by_itself = {"sam", "drivers", "hexagon", "coaching_profile", "sas", "satisfaction"}
    assert asked == {key for key, *_ in HAND_RECKONED} | by_itself, "an instrument has no score reckoned by hand"


def test_the_wall_has_the_last_results_of_the_list_a_place_was_rated_with_last(home: Workspace) -> None:
    wall = {each.short_name: each for each in home.ask(schools.wall)}
    line = wall["Holcomb"].fidelity
    assert line is not None
    assert (line.title, line.part, line.criterion) == ("Tiered Fidelity Inventory", "Tier 1", 50)
    assert [edition for _, _, edition in line.points] == ["2.1"] * 4 + ["3.0"] * 2
    assert line.points[-1][:2] == (date(2026, 2, 3), Fraction(245, 4))
    assert home.ask(schools.wall)[0].fidelity != line, "each place has its own"


def test_a_survey_counts_answers_and_keeps_quiet_below_five(home: Workspace) -> None:
    made = home.do(ratings.start, "sas", place_of(home), kind=AdministrationKind.SURVEY, asked=10).value
    for value in ("2", "2", "1", "0"):
        home.do(ratings.add_response, made, (value,))
    assert home.ask(ratings.survey, made).hidden
    home.do(ratings.add_response, made, ("2",), comment="More time")
    found = home.ask(ratings.survey, made)
    assert [each.n for each in found.items[0].shares] == [1, 1, 3]
    assert (found.items[0].average, found.rate, found.comments) == (Fraction(70), Fraction(50), ("More time",))
    assert found.items[1].shares == ()
    with pytest.raises(UserError, match="answered by people"):
        home.do(ratings.rate, made, "S1", (2,))


def test_what_staff_answered_stands_beside_what_the_team_says(home: Workspace) -> None:
    team = rated(home, "tfi_3_0", "2 " * 20, sections=("tier1",))
    asked = home.do(ratings.start, "sas", place_of(home), kind=AdministrationKind.SURVEY, held_on=DAY, asked=6).value
    for _ in range(4):
        home.do(ratings.add_response, asked, ("2",) * 46)
    home.do(ratings.add_response, asked, ("0",) * 45)  # the last question has four answers: nothing of it counts
    home.do(ratings.finish, asked)
    home.do(ratings.finish, team)
    beside = home.ask(ratings.result, team).beside
    assert [(each.respondents, dict(each.percents)["total"]) for each in beside] == [(5, Fraction(80))]
    told = {ENGLISH.say(each.what): each.value for each in home.ask(ratings.vote, team, "1.1").beside}
    assert told["Staff survey, n = 5"] == "80%"
    survey = home.ask(ratings.result, asked)
    assert [each.met for each in survey.criteria] == [True, True]
    assert dict(survey.beside[0].percents)["tier1"] == Fraction(50)
    home.do(ratings.reopen, asked)
    home.do(ratings.remove_response, asked)
    home.do(ratings.finish, asked)
    assert home.ask(ratings.result, team).beside == (), "four people are too few to stand beside anything"


def test_unanswered_is_not_zero_and_shows_no_percent(home: Workspace) -> None:
    made = rated(home, "tips_fc", "2 2 2 2 2 2 2 2 2 2")
    found = home.ask(ratings.result, made)
    assert (found.result.score("foundations").percent, found.result.total.percent) == (Fraction(100), None)
    assert found.criteria[0].met is None
    assert found.criteria[0].why is not None
    assert ENGLISH.say(found.criteria[0].why) == "8 items are not rated"
    home.do(ratings.clear, made, "1")
    assert home.ask(ratings.sheet, made).items[0].rated is False
    assert home.ask(ratings.result, made).result.score("foundations").percent is None


REFUSED = (
    ("tips_fc", "1", (3,), True, "Item 1 takes 0, 1 or 2, not 3."),
    ("tips_fc", "1", (1, 2), True, "Item 1 takes one value."),
    ("tips_fc", "1", (), True, "Say how item 1 is rated."),
    ("tips_fc", "1", (), False, "Item 1 has no “not applicable”."),
    ("tips_fc", "99", (1,), True, "There is no item 99 here."),
    ("walkthrough", "T1", (-1,), True, "Item T1 is a count, -1 is none."),
)


def test_what_does_not_fit_is_refused_and_nothing_changes(home: Workspace) -> None:
    drafts = {key: home.do(ratings.start, key, place_of(home)).value for key in ("tips_fc", "walkthrough")}
    for instrument, item, values, applies, sentence in REFUSED:
        with pytest.raises(UserError, match=sentence):
            home.do(ratings.rate, drafts[instrument], item, values, applies=applies)
    with pytest.raises(UserError, match="no mark for item 2"):
        home.do(ratings.rate_all, drafts["tips_fc"], ("2", "x"))
    with pytest.raises(UserError, match="19 marks for 18 items"):
        home.do(ratings.rate_all, drafts["tips_fc"], ("2",) * 19)
    assert [home.ask(ratings.sheet, each).rated for each in drafts.values()] == [0, 0]


def test_a_finished_rating_is_opened_again_before_it_changes(home: Workspace) -> None:
    made = home.do(ratings.start, "tips_fc", place_of(home)).value
    with pytest.raises(UserError, match="Nothing is rated yet"):
        home.do(ratings.finish, made)
    home.do(ratings.rate, made, "1", (2,))
    home.do(ratings.finish, made)
    with pytest.raises(UserError, match="finished"):
        home.do(ratings.rate, made, "1", (1,))
    home.do(ratings.reopen, made, reason="A mark was wrong.")
    home.do(ratings.rate, made, "1", (1,))
    assert home.ask(ratings.sheet, made).items[0].value == 1


def test_votes_are_hidden_until_they_are_revealed_and_have_no_names(home: Workspace) -> None:
    made = home.do(ratings.start, "tips_fc", place_of(home)).value
    home.do(ratings.open_vote, made, "2", 5)
    for seat, value in enumerate((2, 1, 2, 2), 1):
        home.do(ratings.cast, made, "2", seat, value)
    with pytest.raises(UserError, match="5 seats"):
        home.do(ratings.cast, made, "2", 6, 1)
    hidden = home.ask(ratings.vote, made, "2").rounds[0]
    assert (hidden.voted, hidden.tally, hidden.abstained) == (4, (), None)
    with pytest.raises(UserError, match="still hidden"):
        home.do(ratings.agree, made, "2", 2)
    home.do(ratings.reveal, made, "2")
    found = home.ask(ratings.vote, made, "2")
    assert [n for _, _, n in found.rounds[0].tally] == [0, 1, 3]
    assert found.rounds[0].abstained == 1
    assert found.proposed == (2, AgreedBy.MAJORITY)
    with home.database.read() as work:
        assert work.votes.list(administration_id=made)[0].votes == (2, 2, 2, 1, -1), "no seat tells who gave what"
    assert home.do(ratings.vote_again, made, "2").value == 2
    home.do(ratings.cast, made, "2", 1, 2)
    home.do(ratings.reveal, made, "2")
    home.do(ratings.agree, made, "2", 2, note="Seen twice")
    found = home.ask(ratings.vote, made, "2")
    assert (found.agreed, found.agreed_by, found.agreed_items, found.note) == (2, AgreedBy.CONSENSUS, 1, "Seen twice")
    assert len(found.rounds) == 2


def test_evidence_in_use_elsewhere_says_where(home: Workspace) -> None:
    one = rated(home, "tips_fc", "2 1")
    other = rated(home, "tips_fc", "2 1", place="Holcomb")
    content = base64.b64encode(b"Six names").decode()
    what = {"name": "roles.txt", "media_type": "text/plain", "content": content}
    piece = home.do(ratings.attach_file, one, "1", **what).value
    home.do(ratings.use_evidence, piece, other, "2")
    where = r"item 1 of TIPS Fidelity Checklist II at Piney Ridge \(1/5/2026\) and item 2 of .* at Holcomb"
    with pytest.raises(UserError, match=where):
        home.do(ratings.remove_evidence, piece)
    binder = home.ask(ratings.binder, one)
    assert (binder.rated, binder.rated_with_evidence, binder.missing) == (2, 1, ("2",))
    assert [each.place for each in binder.pieces[0].used_at] == ["Piney Ridge", "Holcomb"]
    attachment = binder.pieces[0].attachment_id
    with pytest.raises(UserError, match="stands behind item"):
        home.do(files.detach, attachment)
    home.do(ratings.take_off, piece, one, "1")
    home.do(ratings.take_off, piece, other, "2")
    with home.database.read() as work:
        assert work.evidence.find(piece) is None
        assert work.attachments.find(attachment or "") is None


def test_two_raters_agree_item_by_item(home: Workspace) -> None:
    one = rated(home, "tips_fc", "2 2 2 1 0 2 1 2 2 2")
    other = rated(home, "tips_fc", "2 2 1 1 2 2 1 2 2", kind=AdministrationKind.EXTERNAL, rater="A visitor")
    found = home.ask(ratings.agreement, one, other)
    assert (found.both, found.same, found.within_one) == (9, Fraction(700, 9), Fraction(800, 9))
    assert [(each.item, each.one, each.other) for each in found.differences] == [("5", 0, 2), ("3", 2, 1)]
    assert found.not_both == ("10",)


def test_a_private_profile_is_there_for_its_owner_alone(home: Workspace) -> None:
    with home.database.read() as work:
        assert all(each.private_to == work.me for each in work.ratings.list(private_to=work.me))
    found = [each for each in home.ask(ratings.list_) if each.key == "coaching_profile"]
    assert len(found) == 1
    heat = home.ask(ratings.heat)
    assert "coaching_profile" not in {each.family for each in heat.columns}


def test_conversions_agree_with_the_published_table(home: Workspace) -> None:
    """2.1 percent → 3.0 percent as printed, half up; read from the trend, as screens do."""
    home.do(ratings.finish, rated(home, "tfi_2_1", "2 " * 10 + "1 0 0 0 0", sections=("tier1",), place="Cedar Fork"))
    done = rated(home, "tfi_3_0", "2 " * 20, sections=("tier1",), place="Cedar Fork")
    home.do(ratings.finish, done)
    line = next(
        each for each in home.ask(ratings.trend, place_of(home, "Cedar Fork"), "tfi").lines if each.key == "tier1"
    )
    assert [each.percent for each in line.points][-2:] == [Fraction(70), Fraction(50)]
    assert line.estimates[-1].percent == Fraction(70) * Fraction(3, 4) - Fraction("8.23")


def test_ratings_are_found_by_instrument_name_note_and_evidence(home: Workspace) -> None:
    found = home.ask(search.find, "tfi")
    assert {each.kind for each in found if each.title.startswith("Tiered")} == {"administration"}
    assert any("Holcomb" in each.context for each in found)
    note = next(each for each in home.ask(search.find, "tickets are given by six") if each.kind == "rating")
    assert note.context.startswith("1.9, Tiered Fidelity Inventory 3.0, Holcomb")
    piece = next(each for each in home.ask(search.find, "chart_paper") if each.kind == "evidence")
    assert piece.opens in {each.id for each in home.ask(ratings.list_)}
    assert any(each.kind == "administration" for each in home.ask(search.find, "fall visit"))
