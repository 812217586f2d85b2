"""The working-smarter matrix: all teams of a place edited as one grid, with what is worth a talk beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.people import OrganizationId, SchoolYearId
from mtss_desktop.domain.team_cards import AuditLine
from mtss_desktop.domain.team_matrix import Matrix, MatrixColumn
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
from mtss_desktop.ui.panes.teams.matrix_cells import COLUMNS, HEADS, GridRow, Key, Marks
from mtss_desktop.ui.panes.teams.matrix_grid import MatrixGrid
from mtss_desktop.ui.panes.teams.matrix_words import cells_of, grouped, matrix_sentence, totals
from mtss_desktop.ui.panes.teams.matrix_writing import MatrixWriting
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
        self.writing = MatrixWriting(host, marked=self._mark, arranged=self._arrange)
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
        self.grid.written.connect(self.writing.write)
        self.grid.pasted.connect(self.writing.paste)
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
        self.writing.follow(content.words, content.matrix, content.schools)
        self.writing.bring_back(content.typed)
        self._host.say(matrix_sentence(self.words, content.matrix))
        self._say_chips(content.matrix)
        self.side.show_findings(self.words, content.findings)
        self.rules.show_rules(self.words, content.rules)
        self.talk_button.say(self.words("Worth a talk, {n}").format(n=len(content.findings)))
        self._arrange()
        self._host.pane.actions_changed.emit()

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
        if self.writing.extra:
            rows.append(GridRow("caption:new", self.words("Pasted, and no team yet")))
            rows += [GridRow(key, extra=dict(texts)) for key, texts in self.writing.extra.items()]
        self.grid.show_rows(rows, self._marks())
        self.totals.setText(totals(self.words, shown, self.grid.shown_columns))
        self._follow()

    def _marks(self) -> Marks:
        looks: dict[Key, str] = {}
        if self._content is not None:
            for finding in self._content.findings:
                for key in cells_of(finding):
                    tone = "danger" if finding.rule in _DANGER else "warning"
                    looks[key] = "danger" if looks.get(key) == "danger" else tone
        return Marks(looks, self._found, dict(self.writing.bad), dict(self.writing.pending))

    def _mark(self) -> None:
        self.grid.model_.show_marks(self._marks())

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

    # -- pasting and copying ----------------------------------------------------------------------------------------------

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
        self._mark()

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
