"""What is typed or pasted into the working-smarter matrix on its way to the database, and what could not get there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.team_matrix import CellTrouble, Matrix, MatrixCell, MatrixColumn, NewRow, TypedCell
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.teams.matrix_blocks import Pasted, Texts
from mtss_desktop.ui.panes.teams.matrix_cells import NEW, Key, typing_key
from mtss_desktop.ui.panes.teams.views import Host
from mtss_desktop.usecases import matrix

_WAITS = "Not saved yet: press Enter twice to try again."
_NO_TEAM = "No team stands in this row. Type its name to add one."


class MatrixWriting:
    """Texts in front of what is saved, by cell: ``pending`` are on their way, ``bad`` do not fit (text, reason), and
    ``extra`` are rows that were pasted and have no team yet.

    ``marked`` is called where cells look different, ``arranged`` where rows may have come or gone.
    """

    def __init__(self, host: Host, *, marked: Callable[[], None], arranged: Callable[[], None]) -> None:
        self._host, self._marked, self._arranged = host, marked, arranged
        self._words = host.words
        self._shown: Matrix | None = None
        self._schools: tuple[OrganizationId, ...] = ()
        self.bad: dict[Key, tuple[str, str]] = {}
        self.pending: dict[Key, str] = {}
        self.extra: dict[str, Texts] = {}

    def follow(self, words: Words, shown: Matrix, schools: tuple[OrganizationId, ...]) -> None:
        """The grid shows what is saved by now: what came through is no longer on its way. ``schools`` may get new teams."""
        self._words, self._shown, self._schools = words, shown, schools
        for key in [key for key in self.pending if self._saved(key) == self.pending[key]]:
            del self.pending[key]

    def _saved(self, key: Key) -> str:
        rows = self._shown.rows if self._shown is not None else ()
        mine = next((each for each in rows if each.team_id == key[0]), None)
        return mine.text(key[1]) if mine is not None else ""

    def bring_back(self, waiting: Mapping[str, str]) -> None:
        """Texts that were typed or pasted and never written stand in their cells, marked."""
        rows = {each.team_id: each for each in self._shown.rows} if self._shown is not None else {}
        for name, text in waiting.items():
            team, _, column = name.removeprefix("matrix:").rpartition("|")
            if column not in {each.value for each in MatrixColumn}:
                continue
            key = (team, MatrixColumn(column))
            if team.startswith(NEW):
                self.extra.setdefault(team, {})[key[1]] = text
                self.bad[key] = (text, self._words(_NO_TEAM))
            elif team in rows and rows[TeamId(team)].text(key[1]) != text:
                self.bad[key] = (text, self._words(_WAITS))
            else:
                self._host.typing_file.forget_soon(name)

    def write(
        self,
        cells: Sequence[tuple[Key, str]],
        *,
        pasted: bool = False,
        over: Sequence[NewRow] = (),
        without: Sequence[str] = (),
    ) -> None:
        """Cells of teams are written; cells of pasted rows wait until the row has a name."""
        typed: list[TypedCell] = []
        named: dict[str, NewRow] = {}
        for key, text in cells:
            if key[0].startswith(NEW):
                self.extra.setdefault(key[0], {})[key[1]] = text
                self._keep(key, text, self._words(_NO_TEAM))
                if self.extra[key[0]].get(MatrixColumn.NAME, "").strip():
                    named[key[0]] = self._new_row(self.extra[key[0]])
                continue
            seen = self._saved(key) if len(cells) == 1 and key not in self.bad else None
            typed.append(TypedCell(TeamId(key[0]), key[1], text, seen))
            self.pending[key] = text
            self.bad.pop(key, None)
        rows = (*over, *named.values())
        if not typed and not rows:
            self._arranged()
            return
        self._marked()
        wanted: dict[Key, str] = {(each.team_id, each.column): each.text for each in typed}
        assert self._shown is not None
        self._host.pane.do(
            matrix.write,
            then=partial(self._written, wanted, (*(None for _ in over), *named)),
            fail=partial(self._failed, wanted),
            said=self._pasted_words(cells, rows, without) if pasted else "",
            cells=tuple(typed),
            new_rows=rows,
            year_id=self._shown.year_id,
            pasted=pasted,
        )

    @property
    def _home_of_new(self) -> OrganizationId | None:
        """Where a pasted team belongs: the place that is chosen, or the only school; None where nobody can know."""
        assert self._shown is not None
        if self._shown.place_id:
            return OrganizationId(self._shown.place_id)
        return self._schools[0] if len(self._schools) == 1 else None

    def _new_row(self, texts: dict[MatrixColumn, str]) -> NewRow:
        assert self._shown is not None
        where = self._home_of_new
        assert where is not None
        return NewRow(where, tuple(MatrixCell(column, text) for column, text in texts.items()))

    def _pasted_words(self, cells: Sequence[tuple[Key, str]], rows: Sequence[NewRow], without: Sequence[str]) -> str:
        n = len({key[0] for key, _ in cells}) + len(rows)
        pasted = self._words.say(said("{n} row pasted", many="{n} rows pasted", count="n", n=n))
        if not without:
            return pasted
        return self._words("{rows}, without {heads}: there is no such column").format(
            rows=pasted, heads=self._words.listed(list(without))
        )

    def _written(
        self, wanted: dict[Key, str], named: Sequence[str | None], done: Done[tuple[CellTrouble, ...]]
    ) -> None:
        bad_rows = {each.row for each in done.value if each.row >= 0}
        for number, key in enumerate(named):
            if key is not None and number not in bad_rows:
                for column in self.extra.pop(key, {}):
                    self.bad.pop((key, column), None)
                    self._host.typing_file.forget_soon(typing_key((key, column)))
        for trouble in done.value:
            if trouble.row < 0:
                self._keep((trouble.team_id, trouble.column), trouble.text, trouble.why)
            else:
                key = named[trouble.row] if trouble.row < len(named) else None
                key = key or self._room_for(trouble.row)
                self.extra.setdefault(key, {})[trouble.column] = trouble.text
                self._keep((key, trouble.column), trouble.text, trouble.why)
        for cell in wanted:
            if cell not in self.bad:
                self._host.typing_file.forget_soon(typing_key(cell))
            self.pending.pop(cell, None)
        if not done.step:  # nothing changed, so no news of a change comes
            self._arranged()
        if done.value:
            n = said(
                "{n} cell does not fit; it is marked with the reason.",
                many="{n} cells do not fit; they are marked with the reason.",
                count="n",
                n=len(done.value),
            )
            self._host.pane.noticed.emit(Notice(self._words.say(n), tone="danger"))
        self._arranged()

    def _failed(self, wanted: dict[Key, str], error: Exception) -> None:
        for key, text in wanted.items():
            self.pending.pop(key, None)
            self._keep(key, text, str(error) if isinstance(error, UserError) else self._words(_WAITS))
        self._arranged()
        self._host.pane.failed(error)

    def _keep(self, key: Key, text: str, why: str) -> None:
        """A text that is not in the database stays in its cell, and in the typing file."""
        self.bad[key] = (text, why)
        self._host.typing_file.keep_soon(typing_key(key), text)

    def _room_for(self, number: int) -> str:
        key = f"{NEW}{number}"
        while key in self.extra and number < 10_000:
            number += 1
            key = f"{NEW}{number}"
        return key

    def paste(self, pasted: Pasted) -> None:
        """Rows under the last team become teams where they have a name; the others stay at the end of the grid, marked."""
        if pasted.over and self._home_of_new is None:
            first = self._words("Choose the school of the new teams at the top first, then paste again.")
            self._host.pane.noticed.emit(Notice(first, tone="danger"))
            return
        named = []
        for texts in pasted.over:
            if texts.get(MatrixColumn.NAME, "").strip():
                named.append(self._new_row(texts))
            else:
                key = self._room_for(len(self.extra))
                self.extra[key] = dict(texts)
                for column, text in texts.items():
                    if text:
                        self._keep((key, column), text, self._words(_NO_TEAM))
        self.write(pasted.cells, pasted=True, over=named, without=pasted.without)
