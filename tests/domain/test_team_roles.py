from __future__ import annotations

import pytest

from mtss_desktop.domain.team_roles import Seat, names_in, part_named, seat_in


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ann Bell", Seat("Ann Bell")),
        ("Ann Bell (data analyst, backup)", Seat("Ann Bell", "data_analyst", True)),
        ("Ann Bell - note taker", Seat("Ann Bell", "minute_taker")),
        ("Facilitator: Bell, Ann", Seat("Bell, Ann", "facilitator")),
        ("Backup facilitator: Ann Bell", Seat("Ann Bell", "facilitator", True)),
        ("Ana Varga (psychologist)", Seat("Ana Varga", brings="psychologist")),
        ("Ann Delgado-Wynn", Seat("Ann Delgado-Wynn")),
        ("Alta Alt", Seat("Alta Alt")),
    ],
)
def test_a_seat_is_read_from_one_line(typed: str, meant: Seat) -> None:
    assert seat_in(typed) == meant


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Ann Bell, facilitator; Bob Cole", ("Ann Bell (facilitator)", "Bob Cole")),
        ("Cole, Hannah", ("Cole, Hannah",)),
        ("Dana Whitlock (data analyst, backup), José Ortega", ("Dana Whitlock (data analyst, backup)", "José Ortega")),
        ("Bell, Ann (facilitator)\nOrtega, José\t8th grade", ("Bell, Ann (facilitator)", "Ortega, José")),
        (" ; ", ()),
    ],
)
def test_names_keep_what_stands_behind_them(pasted: str, names: tuple[str, ...]) -> None:
    assert names_in(pasted) == names


@pytest.mark.parametrize(
    ("written", "role", "backup"),
    [
        ("Data manager", "data_analyst", False),
        ("minute_taker", "minute_taker", False),
        ("Data analyst (alternate)", "data_analyst", True),
        ("Music teacher", "Music teacher", False),
        ("", "member", False),
    ],
)
def test_roles_have_many_spellings(written: str, role: str, *, backup: bool) -> None:
    assert part_named(written) == (role, backup)
