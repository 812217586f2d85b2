"""Profiles are data; the loader says what is wrong and on which line."""

from __future__ import annotations

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.profile import load_profile, profile_named, shipped_profiles

GOOD = """key = "mine"
version = 2
name = "Mine"
takes = "scores"
scope = ["measure", "year"]

[columns.local_id]
names = ["Pupil"]
cleaner = "id"
[columns.measure]
names = ["Test"]
cleaner = "text"
needed = true
[columns.taken_on]
names = ["Day"]
cleaner = "past date"
order = "dmy"
[columns.value]
names = ["Points"]
cleaner = "score"
highest = 50
"""


def test_a_profile_is_read() -> None:
    profile = load_profile(GOOD, "mine.toml")
    assert (profile.key, profile.version, profile.takes, profile.scope) == ("mine", 2, "scores", ("measure", "year"))
    rule = profile.rule("taken_on")
    assert rule is not None
    assert rule.options == {"order": "dmy"}
    assert profile.words() == {"pupil", "test", "day", "points"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('takes = "scores"', 'takes = "grades"', 'mine.toml, line 4: "grades" is not one of'),
        ('cleaner = "past date"', 'cleaner = "guess"', 'mine.toml, line 16: there is no cleaner "guess".'),
        ("[columns.taken_on]", "[columns.color]", 'mine.toml, line 14: "color" is not something scores have.'),
        ("highest = 50", "highst = 50", 'mine.toml, line 21: "highst" is not known in columns.value.'),
        ("version = 2", 'version = "two"', 'mine.toml, line 2: "version" has to be a whole number.'),
        ('names = ["Points"]', "names = [5]", 'mine.toml, line 18: "names" has to be a list of texts.'),
        ('scope = ["measure", "year"]', 'scope = ["weather"]', 'mine.toml, line 5: "weather" is not one of'),
        ('key = "mine"', 'key = "mine', "mine.toml is not a readable profile: "),
        ("[columns.local_id]", "[columns.school]", "no column says which student a row is about."),
        ("[columns.value]", "[unpivot]", "mine.toml, line 18: it needs parts and measures."),
        ('scope = ["measure", "year"]', 'levels = ["a"]\ntiers = [1, 2]', "line 6: there has to be one tier"),
    ],
)
def test_a_wrong_profile_is_explained(old: str, new: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        load_profile(GOOD.replace(old, new), "mine.toml")
    assert message in caught.value.message


def test_all_shipped_profiles_load() -> None:
    keys = [profile.key for profile in shipped_profiles()]
    assert len(keys) == len(set(keys)) > 45
    for profile in shipped_profiles():
        assert profile.name, profile.key
        assert profile.source or profile.plain, profile.key
        assert profile.why.endswith(".") == (profile.takes in ("nothing", "later")), profile.key


def test_a_profile_is_found_by_key_or_name() -> None:
    assert profile_named("NWEA MAP Growth") is profile_named("nwea-map-growth")
    with pytest.raises(UserError, match=r"no import profile .nwea."):
        profile_named("nwea")
