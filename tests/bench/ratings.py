"""80 schools rated with 12 instruments six times: the heat table, one trend, what moved, and the list of ratings."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench.measured import Measured, at_most

SCHOOLS, INSTRUMENTS, TIMES_RATED = 80, 12, 6
TIMES = 5


def measure() -> list[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        took = _measured(Path(folder) / "division.mtss")
    size = f"of {SCHOOLS} schools, {INSTRUMENTS} instruments, {TIMES_RATED} times"
    return [
        at_most(f"heat table {size}", took["heat"], "ms", 150),
        at_most("trend of one school", took["trend"], "ms", 100),
        at_most("what moved at one school", took["moved"], "ms", 100),
        at_most("list of ratings of one school", took["list"], "ms", 100),
        at_most("Today with it", took["today"], "ms", 300),
    ]


def _measured(file: Path) -> dict[str, float]:
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.store import database
    from mtss_desktop.usecases import places, ratings, today

    database.create(file, None)
    with Workspace(database.open_database(file)) as workspace:
        names = tuple(places.NewSchool(f"School {number}") for number in range(SCHOOLS))
        workspace.do(places.set_up, division="Large County", first_year=2023, schools=names)
        schools = [each.id for each in workspace.ask(places.places)[1:]]
        fill(workspace, schools)
        one = schools[SCHOOLS // 2]
        return {
            "heat": _took(lambda: workspace.ask(ratings.heat)),
            "trend": _took(lambda: workspace.ask(ratings.trend, one, "tfi")),
            "moved": _took(lambda: workspace.ask(ratings.moved, one, "tfi")),
            "list": _took(lambda: workspace.ask(ratings.list_, place_id=one)),
            "today": _took(lambda: workspace.ask(today.show)),
        }


def _took(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        start = perf_counter()
        act()
        taken.append((perf_counter() - start) * 1000)
    return statistics.median(taken)


def fill(workspace: Any, schools: list[Any]) -> None:
    """One rating of each kind by acts; the rest are its rows again, under other schools and days: they are read the same."""
    from mtss_desktop.packs import instruments as packs
    from mtss_desktop.store.ids import new_id
    from mtss_desktop.store.schema.records import administration, rating
    from mtss_desktop.store.work import Step
    from mtss_desktop.usecases import ratings

    chosen = [each for each in packs.shipped() if each.key not in ("satisfaction", "sas", "walkthrough", "hexagon")]
    model = []
    for instrument in chosen[:INSTRUMENTS]:
        made = workspace.do(ratings.start, instrument.key, schools[0], held_on=date(2023, 9, 1)).value
        order = workspace.ask(ratings.sheet, made).items
        workspace.do(ratings.rate_all, made, tuple(str(n % 2) for n, _ in enumerate(order)))
        workspace.do(ratings.finish, made)
        model.append(made)
    with workspace.database.write(Step("Fill")) as work:
        for one in model:
            head = dict(
                work.connection.execute(administration.select().where(administration.c.id == one)).mappings().one()
            )
            rows = [dict(each) for each in work.connection.execute(
                rating.select().where(rating.c.administration_id == one)).mappings()]  # fmt: skip
            heads, copies = [], []
            for school in schools:
                for number in range(TIMES_RATED):
                    if school == schools[0] and not number:
                        continue
                    copy = head | {
                        "id": new_id(),
                        "organization_id": school,
                        "held_on": date(2023, 9, 1) + timedelta(days=120 * number),
                    }
                    heads.append(copy)
                    copies += [
                        each | {"id": new_id(), "administration_id": copy["id"], "organization_id": school}
                        for each in rows
                    ]
            work.connection.execute(administration.insert(), heads)
            work.connection.execute(rating.insert(), copies)
