"""One team's card: facts, roles, ways of talking, agreements. Everything is edited where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.team_cards import LinkLine
from mtss_desktop.domain.team_words import once_often
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fact import Fact
from mtss_desktop.ui.kit.layouts import Hanging, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.row_delegate import paint_tier
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.teams.roles import RoleRow, RolesTable, role_rows
from mtss_desktop.ui.panes.teams.words import card_sentence, link_sentence, meets_text, open_question, tier_word
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.teams import TeamCard, TeamFact

SaveFact = Callable[[TeamFact, str, str, Callable[[], None], Callable[[Exception], None]], None]
LEFT = (TeamFact.PURPOSE, TeamFact.OUTCOME_MEASURE, TeamFact.TARGET_GROUP, TeamFact.MEETS)
RIGHT = (TeamFact.TIER, TeamFact.DATA, TeamFact.DECISION_RULES, TeamFact.AUTHORITY, TeamFact.LINKED_GOAL)
NAMES = {
    TeamFact.NAME: "Name of the team",
    TeamFact.PURPOSE: "Purpose",
    TeamFact.OUTCOME_MEASURE: "Outcome measure",
    TeamFact.TARGET_GROUP: "For whom",
    TeamFact.MEETS: "Meets",
    TeamFact.TIER: "Leads",
    TeamFact.DATA: "Data",
    TeamFact.DECISION_RULES: "Rule",
    TeamFact.AUTHORITY: "Authority",
    TeamFact.LINKED_GOAL: "Linked goal",
    TeamFact.NORMS: "Agreements",
}
HINTS = {
    TeamFact.MEETS: "3rd Tuesday, 2:45-3:45 PM, Room 114",
    TeamFact.DATA: "monthly: referrals, tardies; yearly: survey",
    TeamFact.TARGET_GROUP: "All students, grades 6–8",
    TeamFact.DECISION_RULES: "2 months above last year: define the problem",
}
ONE_COLUMN_BELOW = 700
"""Width of the card in pixels at 100 % under which facts stand one under another."""


class TierMark(QWidget):
    """● ▲ ■ before the team's name."""

    def __init__(self) -> None:
        super().__init__()
        self._tier = 0
        self.setFixedWidth(0)

    def show_tier(self, tier: int) -> None:
        self._tier = tier
        self.setFixedWidth(look().px(20) if tier else 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._tier:
            paint_tier(QPainter(self), QRect(0, 0, self.width(), look().line("statement")), self._tier, size=12)


class CardView(QWidget):
    """``save`` writes a fact; the other acts are signals' worth of callbacks, given by the pane.

    ``left_field`` comes when an editor closed, ``conflict_met`` with the fact whose text changed elsewhere.
    """

    left_field = Signal()
    conflict_met = Signal(object, str)
    stranded = Signal(str, str, str)

    def __init__(
        self,
        words: Words,
        typing: TypingFile,
        save: SaveFact,
        name_role: Callable[[RoleRow, bool, str], None],
        bring: Callable[[RoleRow, str], None],
        names: Callable[[], Sequence[str]],
        acts: Sequence[Button],
        joining: QWidget,
        agreeing: QWidget,
        link_acts: Callable[[LinkLine], Sequence[tuple[str, Callable[[], object]]]],
    ) -> None:
        super().__init__()
        self._words, self._typing, self._save = words, typing, save
        self.card: TeamCard | None = None
        self.facts: dict[TeamFact, Fact] = {}
        self._labels: dict[TeamFact, Prose] = {}
        self._mark = TierMark()
        self._sentence = Prose("", "base", "ink_soft")
        self.roles = RolesTable(words, name_role, bring, names)
        self._links = QVBoxLayout()
        self._acts, self.joining, self.agreeing, self._link_acts = acts, joining, agreeing, link_acts
        self._build()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        space = look().measures.space
        name = self._fact(TeamFact.NAME, kind="statement")
        head = row(spacing=0)
        head.addWidget(self._mark)
        head.addWidget(name, 1)
        words = column(head, self._sentence, spacing=look().px(2))
        self._head: QHBoxLayout = row(spacing=space.s2)
        self._head.addLayout(words, 1)
        self._buttons: QHBoxLayout = row(*self._acts, spacing=space.s1)
        self._head.addLayout(self._buttons)
        self._left, self._right = self._grid(LEFT), self._grid(RIGHT)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(space.s4)
        self._columns.addLayout(column(self._left, None), 3)
        self._columns.addLayout(column(self._right, None), 2)
        norms = self._fact(TeamFact.NORMS)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(space.s4)
        talk = column(
            label(self._words("Ways it talks to others"), "heading"),
            self._links,
            self.agreeing,
            None,
            spacing=look().px(4),
        )
        agreed = column(label(self._words("Agreements"), "heading"), norms, None, spacing=look().px(4))
        self._foot.addLayout(talk, 1)
        self._foot.addLayout(agreed, 1)
        self._links.setSpacing(look().px(6))
        self._whole = column(
            self._head,
            space.s2,
            self._columns,
            space.s2,
            Hanging(self.roles),
            row(self.joining, None),
            space.s2,
            self._foot,
            None,
        )
        self.setLayout(self._whole)
        self.stand(alone=False)

    def stand(self, *, alone: bool) -> None:
        """Beside the list, or alone on the page edge."""
        space = look().measures.space
        self._whole.setContentsMargins(space.s3 if alone else space.s4, look().px(4), space.s3, space.s3)

    def _grid(self, facts: Sequence[TeamFact]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().measures.space.s1)
        grid.setVerticalSpacing(look().px(8))
        grid.setColumnMinimumWidth(0, look().px(112))
        grid.setColumnStretch(1, 1)
        for place, fact in enumerate(facts):
            name = Prose(self._words(NAMES[fact]), "base", "ink_soft")
            name.setFixedWidth(look().px(112))
            self._labels[fact] = name
            grid.addWidget(name, place, 0)
            grid.setAlignment(name, _top())
            grid.addWidget(self._fact(fact), place, 1)
            grid.setRowMinimumHeight(place, look().line())
        return grid

    def _fact(self, fact: TeamFact, *, kind: str = "base") -> Fact:
        words = self._words
        choices = [(str(tier), tier_word(words, tier)) for tier in range(4)] if fact is TeamFact.TIER else ()

        def save(seen: str, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]) -> None:
            self._save(fact, seen, text, saved, failed)

        made = Fact(
            words(NAMES[fact]),
            save,
            self._typing,
            kind=kind,
            empty=words("not set"),
            hint=words(HINTS.get(fact, "")),
            choices=choices,
            words=words,
        )
        made.conflict_met.connect(lambda happened: self.conflict_met.emit(fact, happened))
        made.editing_ended.connect(self.left_field)
        made.stranded.connect(self.stranded)
        self.facts[fact] = made
        return made

    # -- content ------------------------------------------------------------------------------------------------------

    def show_card(self, card: TeamCard) -> None:
        """Another team or another state of the same; what is being typed stays."""
        if self.card is not None and self.card.id != card.id:
            self.finish()  # what is open belongs to the team that was shown
        self.card = card
        for fact, view in self.facts.items():
            view.show_value(typing_key(card, fact), card.fact(fact), self._shown(card, fact))
        often = once_often(card.data_reviewed)
        self._labels[TeamFact.DATA].setText(
            self._words("Data, {often}").format(often=often) if often else self._words("Data")
        )
        self._mark.show_tier(card.tier)
        self._sentence.setText(card_sentence(self._words, card))
        self.roles.show_records(role_rows(card))
        self._show_links(card)

    def _shown(self, card: TeamCard, fact: TeamFact) -> str:
        match fact:
            case TeamFact.MEETS:
                return meets_text(self._words, card)
            case TeamFact.TIER:
                return tier_word(self._words, card.tier)
            case TeamFact.DATA if once_often(card.data_reviewed):
                return ", ".join(each.what for each in card.data_reviewed)
        return card.fact(fact)

    def _show_links(self, card: TeamCard) -> None:
        while (item := self._links.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for link in card.links:
            self._links.addWidget(self._link(link, card))
        if not card.links:
            self._links.addWidget(Prose(self._words("Nothing agreed yet.")))
        tab_in_reading_order(self)

    def _link(self, link: LinkLine, card: TeamCard) -> QWidget:
        sentence = link_sentence(self._words, link)
        words = column(Prose(sentence))
        waiting = open_question(self._words, link, card.today)
        if waiting:
            words.addWidget(Prose(waiting, "medium", "warning"))
        line = row(spacing=look().measures.space.s1)
        line.addLayout(words, 1)
        acts = self._link_acts(link)
        if acts:
            name = self._words("What can be done: {sentence}").format(sentence=sentence)
            line.addWidget(menu_button(acts, name), 0, Qt.AlignmentFlag.AlignTop)
        return box(line)

    @property
    def editing(self) -> bool:
        return any(fact.editing for fact in self.facts.values())

    def finish(self) -> None:
        """Saves what is open."""
        for fact in self.facts.values():
            fact.finish()

    # -- room ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(ONE_COLUMN_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for layout in (self._columns, self._foot):
            if layout.direction() != direction:
                layout.setDirection(direction)
                layout.setSpacing(look().px(8) if narrow else look().measures.space.s4)


def menu_button(acts: Sequence[tuple[str, Callable[[], object]]], name: str) -> Button:
    """A small button with three dots that opens the acts of one line."""
    button = Button("", kind="quiet", size="small", icon_name="ph.dots-three", name=name)
    menu = QMenu(button)
    for words, act in acts:
        menu.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
    button.setMenu(menu)
    return button


def typing_key(card: TeamCard, fact: TeamFact) -> str:
    """The name under which the typing file keeps this text."""
    return f"team:{card.id}:{card.year_id}:{fact}"


def _top() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignTop
