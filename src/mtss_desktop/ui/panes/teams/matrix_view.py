"""The working-smarter matrix: all teams of a place edited as one grid, with what is worth a talk beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QWidget

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.people import OrganizationId, SchoolYearId
from mtss_desktop.domain.team_cards import AuditLine
from mtss_desktop.domain.team_matrix import CellTrouble, Matrix, MatrixCell, MatrixColumn, MatrixRow, NewRow, TypedCell
from mtss_desktop.domain.teams import TeamId, TeamStatus
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.chips import FilterChip, FilterChips
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.session import kept
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.teams.findings_side import FindingsSide
from mtss_desktop.ui.panes.teams.matrix_blocks import Pasted
from mtss_desktop.ui.panes.teams.matrix_cells import COLUMNS, HEADS, NEW, GridRow, Key, Marks, typing_key
from mtss_desktop.ui.panes.teams.matrix_grid import MatrixGrid
from mtss_desktop.ui.panes.teams.rules_side import RulesSide
from mtss_desktop.ui.panes.teams.views import Host, TeamsView
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import audit_rules, matrix, places, team_decisions, teams
from mtss_desktop.usecases.audit_rules import RuleLine

SIDE, WITHOUT_SIDE, WITHOUT_HINTS = 288, 900, 1080
"""Width of the column of findings, and of the page under which it takes turns with the grid, and under which the
keys are left to the help page, in pixels at 100 %."""
_DANGER = frozenset({"no_purpose_and_outcome", "incomplete", "no_data"})
TIER, HIDDEN = "matrix:tier", "matrix:hidden columns"
"""What a person chose here is kept under these while the database is open."""
_ANY = 16_777_215
"""What Qt calls no limit."""
_WAITS = "Not saved yet: press Enter twice to try again."


@dataclass(frozen=True)
class Content:
    """``schools`` are those a new team may belong to."""

    matrix: Matrix
    schools: tuple[OrganizationId, ...]
    findings: tuple[AuditLine, ...]
    rules: tuple[RuleLine, ...]
    words: Words
    typed: dict[str, str]


def read_content(workspace: Workspace, year_id: str, place_id: str, typed: bool, _progress: Progress) -> Content:
    """Runs in the read lane."""
    year = SchoolYearId(year_id) if year_id else None
    waiting = {each.key: each.text for each in workspace.typing.pending()} if typed and workspace.can_write else {}
    audit = workspace.ask(audit_rules.audit, place_id=place_id)
    return Content(
        workspace.ask(matrix.grid, place_id=place_id, year_id=year),
        tuple(place.id for place in workspace.ask(places.places)[1:]),
        audit.findings,
        audit.rules,
        workspace.words(),
        {key: text for key, text in waiting.items() if key.startswith("matrix:")},
    )


class MatrixView(TeamsView):
    """Every change is one undo step: one cell, one paste, one fill, one decision."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        words = self.words = host.words
        self._host = host
        self._content: Content | None = None
        self._later: Content | None = None
        self._looked_for_typed = False
        self._kept = kept(host.pane.workspace)
        self._tier = self._kept.get(TIER, "")
        self._bad: dict[Key, tuple[str, str]] = {}
        self._pending: dict[Key, str] = {}
        self._extra: dict[str, dict[MatrixColumn, str]] = {}
        self._found: frozenset[Key] = frozenset()
        self._visited: object = None
        self.chips = FilterChips(words("Show"))
        self.paste_button = Button(words("Paste rows"), self.paste, kind="quiet", icon_name="ph.copy")
        self.columns_button = Button(words("Columns"), kind="quiet", icon_name="ph.table")
        self.talk_button = Button(words("Worth a talk"), self._turn, kind="quiet", icon_name="ph.warning")
        self.grid = MatrixGrid(words, host.typing_file, lambda: host.pane.workspace.can_write)
        self.line = Prose("", "base")
        self.hints = label("", "soft")
        self.totals = label("", "soft")
        self.side = FindingsSide(words, self._decide, host.show_team, self.show_rules)
        self.rules = RulesSide(words, host.typing_file, self._set_limit, self.show_findings)
        if HIDDEN in self._kept:
            hidden = self._kept[HIDDEN].split(" ")
            for place, name in enumerate(COLUMNS):
                self.grid.setColumnHidden(place, name in hidden)
        self._show_talk = False
        self._build()
        self._connect()

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        menu = QMenu(self.columns_button)
        menu.aboutToShow.connect(lambda: self._fill_columns(menu))
        self.columns_button.setMenu(menu)
        acts = row(self.talk_button, self.paste_button, self.columns_button, spacing=px(12))
        self._tools = row(self.chips, spacing=px(8), margins=(0, 0, 0, px(10)))
        self._tools.addLayout(acts)
        self._tools.setStretch(0, 1)
        self.grid.setMinimumHeight(px(160))
        foot = row(self.hints, None, self.totals, margins=(0, px(6), 0, px(8)))
        framed = box(column(self.line, margins=(px(10), px(6), px(10), px(6))), "raised")
        self._line_box = framed
        main = column(box(self._tools), self.grid, space.s1, framed, box(foot), margins=(space.s3, 0, px(16), 0))
        main.setStretch(1, 1)
        self._main = scrolling(box(main), self.words("Working-smarter matrix"))
        self._sides = QStackedWidget()
        self._sides.addWidget(self.side)
        self._sides.addWidget(self.rules)
        self._side = box(row(hairline(Qt.Orientation.Vertical), self._sides))
        self._side.setFixedWidth(px(SIDE))
        self._whole = row(self._main, self._side)
        self._whole.setStretch(0, 1)
        self.setLayout(self._whole)
        words = self.words
        self.hints.setText(
            words("Enter edits, then down · Tab right · Ctrl+V pastes · Ctrl+D fills down · F4 next finding")
        )
        self.hints.setMinimumWidth(1)
        tab_in_reading_order(self)

    def _connect(self) -> None:
        self.chips.picked.connect(self._choose_tier)
        self.grid.written.connect(self._write)
        self.grid.pasted.connect(self._paste)
        self.grid.refused.connect(self._refuse)
        self.grid.moved.connect(self._follow)
        self.grid.typed.connect(self._say_typed)
        self.grid.next_wanted.connect(self.next_finding)
        self.grid.copied.connect(self._say_copied)
        self.side.chosen.connect(self._mark_finding)
        self.rules.made.connect(lambda: tab_in_reading_order(self))

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        first, self._looked_for_typed = not self._looked_for_typed, True
        pane = self._host.pane
        scope = pane.scope
        pane.background(partial(read_content, pane.workspace, scope.year_id, scope.place_id, first), self._show)

    def _show(self, content: Content) -> None:
        if self.grid.is_editing:  # never under the hands of someone who types
            self._later = content
            return
        self._content, self._later, self.words = content, None, content.words
        self._bring_back(content)
        for key in [key for key in self._pending if self._saved(key) == self._pending[key]]:
            del self._pending[key]
        self._host.say(matrix_sentence(self.words, content.matrix))
        self._say_chips(content.matrix)
        self.side.show_findings(self.words, content.findings)
        self.rules.show_rules(self.words, content.rules)
        self.talk_button.say(self.words("Worth a talk, {n}").format(n=len(content.findings)))
        self._arrange()
        self._host.pane.actions_changed.emit()

    def _saved(self, key: Key) -> str:
        found = self._content
        mine = next((each for each in found.matrix.rows if each.team_id == key[0]), None) if found else None
        return mine.text(key[1]) if mine is not None else ""

    def _bring_back(self, content: Content) -> None:
        """Texts that were typed or pasted and never written stand in their cells, marked."""
        rows = {each.team_id: each for each in content.matrix.rows}
        for name, text in content.typed.items():
            team, _, column = name.removeprefix("matrix:").rpartition("|")
            if column not in {each.value for each in MatrixColumn}:
                continue
            key = (team, MatrixColumn(column))
            if team.startswith(NEW):
                self._extra.setdefault(team, {})[key[1]] = text
                self._bad[key] = (text, self.words("No team stands in this row. Type its name to add one."))
            elif team in rows and rows[TeamId(team)].text(key[1]) != text:
                self._bad[key] = (text, self.words(_WAITS))
            else:
                self._host.typing_file.forget_soon(name)

    def _say_chips(self, shown: Matrix) -> None:
        there = {each.tier for each in shown.rows}
        chips = [FilterChip("", self.words("All levels"))]
        chips += [FilterChip(str(tier), self.words.label(f"tier_{tier}")) for tier in (1, 2, 3) if tier in there]
        self.chips.show_chips(chips, self._tier)

    def _choose_tier(self, key: str) -> None:
        self._tier = self._kept[TIER] = key
        self._arrange()

    def _arrange(self) -> None:
        if self._content is None:
            return
        shown = [each for each in self._content.matrix.rows if not self._tier or each.tier == int(self._tier)]
        rows = grouped(self.words, shown, by_place=not self._content.matrix.place_id)
        if self._extra:
            rows.append(GridRow("caption:new", self.words("Pasted, and no team yet")))
            rows += [GridRow(key, extra=dict(texts)) for key, texts in self._extra.items()]
        self.grid.show_rows(rows, self._marks())
        asked = [COLUMNS[place] for place in self.grid.shown_columns if COLUMNS[place] in _ASKED]
        empty = sum(not each.text(column) for each in shown for column in asked)
        n = said("{n} team", many="{n} teams", count="n", n=len(shown))
        gaps = said("{n} cell not set", many="{n} cells not set", count="n", n=empty)
        self.totals.setText(f"{self.words.say(n)}, {self.words.say(gaps)}")
        self._follow()

    def _marks(self) -> Marks:
        looks: dict[Key, str] = {}
        if self._content is not None:
            for finding in self._content.findings:
                for key in cells_of(finding):
                    tone = "danger" if finding.rule in _DANGER else "warning"
                    looks[key] = "danger" if looks.get(key) == "danger" else tone
        return Marks(looks, self._found, dict(self._bad), dict(self._pending))

    # -- the cell under the cursor ------------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self._later is not None and not self.grid.is_editing:
            self._show(self._later)
            return
        index = self.grid.currentIndex()
        if index.isValid() and index.row() < len(self.grid.model_.rows):
            text, trouble = self.grid.model_.text(index), self.grid.model_.trouble(index)
            self._say_line(text, trouble)
        else:
            self._say_line("", "")

    def _say_typed(self, text: str) -> None:
        self._say_line(text, "")

    def _say_line(self, text: str, trouble: str) -> None:
        key = self.grid.current_key
        if key is None:
            self.line.setText("")
            return
        place = self.grid.model_.place(key[0])
        mine = self.grid.model_.rows[place].row
        name = mine.text(MatrixColumn.NAME) if mine is not None else self.words("New row")
        head = f"{name}, {self.words(HEADS[key[1]][0]).lower()}: {text or self.words('not set')}"
        self.line.setText(f"{head}\n{trouble}" if trouble else head)

    # -- writing ------------------------------------------------------------------------------------------------------

    def _write(
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
                self._extra.setdefault(key[0], {})[key[1]] = text
                self._keep(key, text, self.words("No team stands in this row. Type its name to add one."))
                if self._extra[key[0]].get(MatrixColumn.NAME, "").strip():
                    named[key[0]] = self._new_row(self._extra[key[0]])
                continue
            seen = self._saved(key) if len(cells) == 1 and key not in self._bad else None
            typed.append(TypedCell(TeamId(key[0]), key[1], text, seen))
            self._pending[key] = text
            self._bad.pop(key, None)
        rows = (*over, *named.values())
        if not typed and not rows:
            self._arrange()
            return
        self.grid.model_.show_marks(self._marks())
        wanted: dict[Key, str] = {(each.team_id, each.column): each.text for each in typed}
        assert self._content is not None
        self._host.pane.do(
            matrix.write,
            then=partial(self._written, wanted, (*(None for _ in over), *named)),
            fail=partial(self._failed, wanted),
            said=self._pasted_words(cells, rows, without) if pasted else "",
            cells=tuple(typed),
            new_rows=rows,
            year_id=self._content.matrix.year_id,
            pasted=pasted,
        )

    @property
    def _home_of_new(self) -> OrganizationId | None:
        """Where a pasted team belongs: the place that is chosen, or the only school; None where nobody can know."""
        assert self._content is not None
        if self._content.matrix.place_id:
            return OrganizationId(self._content.matrix.place_id)
        return self._content.schools[0] if len(self._content.schools) == 1 else None

    def _new_row(self, texts: dict[MatrixColumn, str]) -> NewRow:
        assert self._content is not None
        where = self._home_of_new
        assert where is not None
        return NewRow(where, tuple(MatrixCell(column, text) for column, text in texts.items()))

    def _pasted_words(self, cells: Sequence[tuple[Key, str]], rows: Sequence[NewRow], without: Sequence[str]) -> str:
        n = len({key[0] for key, _ in cells}) + len(rows)
        pasted = self.words.say(said("{n} row pasted", many="{n} rows pasted", count="n", n=n))
        if not without:
            return pasted
        return self.words("{rows}, without {heads}: there is no such column").format(
            rows=pasted, heads=self.words.listed(list(without))
        )

    def _written(
        self, wanted: dict[Key, str], named: Sequence[str | None], done: Done[tuple[CellTrouble, ...]]
    ) -> None:
        bad_rows = {each.row for each in done.value if each.row >= 0}
        for number, key in enumerate(named):
            if key is not None and number not in bad_rows:
                for column in self._extra.pop(key, {}):
                    self._bad.pop((key, column), None)
                    self._host.typing_file.forget_soon(typing_key((key, column)))
        for trouble in done.value:
            if trouble.row < 0:
                self._keep((trouble.team_id, trouble.column), trouble.text, trouble.why)
            else:
                key = named[trouble.row] if trouble.row < len(named) else None
                key = key or self._room_for(trouble.row)
                self._extra.setdefault(key, {})[trouble.column] = trouble.text
                self._keep((key, trouble.column), trouble.text, trouble.why)
        for cell in wanted:
            if cell not in self._bad:
                self._host.typing_file.forget_soon(typing_key(cell))
            self._pending.pop(cell, None)
        if not done.step:  # nothing changed, so no news of a change comes
            self._arrange()
        if done.value:
            n = said(
                "{n} cell does not fit; it is marked with the reason.",
                many="{n} cells do not fit; they are marked with the reason.",
                count="n",
                n=len(done.value),
            )
            self._host.pane.noticed.emit(Notice(self.words.say(n), tone="danger"))
        self._arrange()

    def _failed(self, wanted: dict[Key, str], error: Exception) -> None:
        for key, text in wanted.items():
            self._pending.pop(key, None)
            self._keep(key, text, str(error) if isinstance(error, UserError) else self.words(_WAITS))
        self._arrange()
        self._host.pane.failed(error)

    def _keep(self, key: Key, text: str, why: str) -> None:
        """A text that is not in the database stays in its cell, and in the typing file."""
        self._bad[key] = (text, why)
        self._host.typing_file.keep_soon(typing_key(key), text)

    def _room_for(self, number: int) -> str:
        key = f"{NEW}{number}"
        while key in self._extra and number < 10_000:
            number += 1
            key = f"{NEW}{number}"
        return key

    def _paste(self, pasted: Pasted) -> None:
        """Rows under the last team become teams where they have a name; the others stay at the end of the grid, marked."""
        if pasted.over and self._home_of_new is None:
            self._refuse(self.words("Choose the school of the new teams at the top first, then paste again."))
            return
        named = []
        for texts in pasted.over:
            if texts.get(MatrixColumn.NAME, "").strip():
                named.append(self._new_row(texts))
            else:
                key = self._room_for(len(self._extra))
                self._extra[key] = dict(texts)
                for column, text in texts.items():
                    if text:
                        self._keep(
                            (key, column), text, self.words("No team stands in this row. Type its name to add one.")
                        )
        self._write(pasted.cells, pasted=True, over=named, without=pasted.without)

    def paste(self) -> None:
        """Rows of a spreadsheet: from the cell under the cursor, or under the last team where none is chosen."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._refuse(self.words("Copy the rows in your spreadsheet first, then paste them here."))
            return
        self.grid.paste_block(text)

    def _refuse(self, sentence: str) -> None:
        self._host.pane.noticed.emit(Notice(sentence, tone="danger"))

    def _say_copied(self, n: int) -> None:
        words = said("{n} cell copied", many="{n} cells copied", count="n", n=n)
        self._host.pane.noticed.emit(Notice(self.words.say(words)))

    # -- findings -----------------------------------------------------------------------------------------------------

    def _mark_finding(self, finding: AuditLine | None) -> None:
        self._found = frozenset(cells_of(finding)) if finding is not None else frozenset()
        self.grid.model_.show_marks(self._marks())

    def next_finding(self) -> None:
        """F4: the finding that is marked, then the next ones, each with the first cell it speaks of."""
        if self._visited == self.side.list.current_key:
            self.side.next()
        finding = self.side.list.current
        self._visited = self.side.list.current_key
        if finding is None:
            return
        first = next((key for key in cells_of(finding) if self.grid.model_.place(key[0]) >= 0), None)
        if first is not None:
            self.grid.go_to(first)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, finding: AuditLine, decision: TeamStatus, reason: str) -> None:
        pane, words = self._host.pane, self.words

        def done(_: object) -> None:
            self.side.decided()

        if decision is TeamStatus.KEEP:
            pane.do(
                team_decisions.keep,
                then=done,
                said=words("Kept as it is"),
                rule=finding.rule,
                about=finding.about,
                reason=reason,
            )
        elif decision is TeamStatus.MERGE:
            one, other = finding.team_ids
            pane.do(
                team_decisions.merge,
                then=done,
                said=words("{other} merged into {one}").format(other=finding.teams[1], one=finding.teams[0]),
                team_id=TeamId(other),
                into_id=TeamId(one),
                reason=reason,
            )
        else:
            pane.do(
                teams.retire,
                then=done,
                said=words("{name} retired").format(name=finding.teams[-1]),
                team_id=TeamId(finding.team_ids[-1]),
                reason=reason,
            )

    # -- view ---------------------------------------------------------------------------------------------------------

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        for place, name in enumerate(COLUMNS):
            if name is MatrixColumn.NAME:
                continue
            entry = menu.addAction(self.words(HEADS[name][0]))
            entry.setCheckable(True)
            entry.setChecked(not self.grid.isColumnHidden(place))
            entry.toggled.connect(partial(self._show_column, place))

    def _show_column(self, place: int, shown: bool) -> None:
        self.grid.setColumnHidden(place, not shown)
        self._kept[HIDDEN] = " ".join(name for n, name in enumerate(COLUMNS) if self.grid.isColumnHidden(n))
        self.grid.spread()
        self._arrange()

    # -- rules --------------------------------------------------------------------------------------------------------

    def show_rules(self) -> None:
        """What the audit looks for, and from where on."""
        if self._narrow and not self._show_talk:
            self._turn()
        self._sides.setCurrentWidget(self.rules)
        self.rules.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_findings(self) -> None:
        self._sides.setCurrentWidget(self.side)
        stop = self.side.list if self._content is not None and self._content.findings else self.side.rules
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_limit(
        self, rule: str, limit: int | None, saved: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        self._host.pane.do(audit_rules.set_limit, then=lambda _: saved(), fail=failed, rule=rule, limit=limit)

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        can = self._read_only
        return (
            Action("copy_matrix", words("Copy matrix as a table"), self.grid.copy_table, "ph.copy"),
            Action("paste_rows", words("Paste rows"), self.paste, "ph.copy", why_not=can),
            Action("audit_rules", words("Rules of the audit"), self.show_rules),
            Action("next_finding", words("Next finding"), self.next_finding, "ph.warning", "F4"),
        )

    def _read_only(self) -> str:
        return "" if self._host.pane.workspace.can_write else self.words("This file is open for reading only")

    def stops(self) -> tuple[QWidget, ...]:
        if self._narrow:
            return (self.side.list,) if self._show_talk else (self.grid,)
        return (self.grid, *((self.side.list,) if self._content and self._content.findings else ()))

    def finish(self) -> None:
        """An open editor is saved like by Enter."""
        if self.grid.is_editing and self.grid.delegate.editor is not None:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _narrow(self) -> bool:
        return self.width() < look().px(WITHOUT_SIDE)

    def _turn(self) -> None:
        self._show_talk = not self._show_talk
        self._fold()
        self.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Too narrow for both: grid and findings take turns."""
        narrow = self._narrow
        self.talk_button.setVisible(narrow)
        self.hints.setVisible(self.width() >= look().px(WITHOUT_HINTS))
        ways = QBoxLayout.Direction
        self._tools.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._side.setVisible(not narrow or self._show_talk)
        talk = narrow and self._show_talk
        for part in (self.grid, self._line_box, self.totals):
            part.setVisible(not talk)
        self._whole.setDirection(ways.TopToBottom if talk else ways.LeftToRight)
        tools = self._tools.sizeHint().height()
        self._main.setMinimumHeight(tools if talk else 0)
        self._main.setMaximumHeight(tools if talk else _ANY)
        self._side.setMinimumWidth(0 if talk else look().px(SIDE))
        self._side.setMaximumWidth(_ANY if talk else look().px(SIDE))


_ASKED = (
    MatrixColumn.PURPOSE,
    MatrixColumn.OUTCOME_MEASURE,
    MatrixColumn.TARGET_GROUP,
    MatrixColumn.MEETS,
    MatrixColumn.DATA,
    MatrixColumn.DECISION_RULES,
    MatrixColumn.AUTHORITY,
    MatrixColumn.LINKED_GOAL,
    MatrixColumn.NORMS,
)
"""What is counted as not set, in the columns that are shown."""
_GROUPS = {0: "Leadership and other", 1: "Tier 1", 2: "Tier 2 and Tier 3", 3: "Tier 2 and Tier 3"}


def grouped(words: Words, rows: Sequence[MatrixRow], *, by_place: bool) -> list[GridRow]:
    """Captions and rows: by place in the whole division, by tier in one school."""
    made: list[GridRow] = []
    last = ""
    for each in rows:
        group = each.place if by_place else words(_GROUPS[each.tier])
        if group != last:
            made.append(GridRow(f"caption:{group}", group))
            last = group
        made.append(GridRow(each.team_id, row=each))
    return made


def cells_of(finding: AuditLine) -> list[Key]:
    """The cells a finding speaks of; the name where it speaks of the team as a whole."""
    columns = [MatrixColumn(name) for name in finding.fields] or [MatrixColumn.NAME]
    return [(team, column) for team in finding.team_ids for column in columns]


def matrix_sentence(words: Words, shown: Matrix) -> str:
    """Working-smarter matrix for Holcomb Middle: 12 teams, 34 people, 116 staff hours a month."""
    place = shown.place or words("the division")
    n = words.say(said("{n} team", many="{n} teams", count="n", n=len(shown.rows)))
    people = words.say(said("{n} person", many="{n} people", count="n", n=shown.people))
    hours = words.say(said("{n} staff hour a month", many="{n} staff hours a month", count="n", n=round(shown.hours)))
    return words("Working-smarter matrix for {place}: {teams}, {people}, {hours}").format(
        place=place, teams=n, people=people, hours=hours
    )
