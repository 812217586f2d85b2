"""The communication protocol of all teams as a list: who tells whom what, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.team_cards import ProtocolLine
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.record_table import Column
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.panes.teams.agreeing import AgreeLine, NewLink
from mtss_desktop.ui.panes.teams.table_view import Content, TableView
from mtss_desktop.ui.panes.teams.views import Host
from mtss_desktop.usecases import protocol, teams
from mtss_desktop.usecases.protocol import LinkFact


class LinksView(TableView[ProtocolLine]):
    """Who tells whom what. F2 or Enter changes a cell; what waits too long or goes in a circle is marked."""

    question = staticmethod(protocol.lines)

    def __init__(self, host: Host) -> None:
        words = host.words
        empty = EmptyState(
            words("Agree who tells whom"),
            words("What goes from which team to whom, how often, and when an answer is due."),
            words("Add a link"),
            self.start,
            icon="ph.plus",
        )
        super().__init__(host, self._columns(words), words("Communication protocol"), empty)
        self.answered = Button(words("Answer came"), self._answer)
        self.open_card = Button(words("Open card"), self._open, kind="quiet")
        self.remove = Button(words("Remove"), self._remove, kind="quiet")
        for each in (self.answered, self.open_card, self.remove):
            self.foot.addWidget(each)
        self.agree = AgreeLine(words, with_sender=True)
        self.agree.wanted.connect(self._add)
        self.build(self.agree)

    def _show(self, content: Content[ProtocolLine]) -> None:
        super()._show(content)
        self.agree.setVisible(self.host.pane.workspace.can_write)
        self.agree.offer_all(self.teams)

    def start(self) -> None:
        """The form of a new link, above the table."""
        self.stack.setCurrentIndex(0)
        self.agree.open()

    def _add(self, new: NewLink) -> None:
        def added(done: Any) -> None:
            self.agree.empty()
            self.table.choose(done.value, 1)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self.host.pane.do(
            teams.add_link,
            then=added,
            said=self.words("Agreed: {what}").format(what=new.what.strip()),
            team_id=TeamId(new.from_team_id),
            to_team_id=TeamId(new.to_team_id) if new.to_team_id else None,
            audience=new.audience,
            what=new.what,
            how_often=new.how_often,
            answer_within_days=new.answer_within or None,
        )

    def _columns(self, words: Words) -> list[Column[ProtocolLine]]:
        def fact(
            key: LinkFact, head: str, width: int, text: Callable[[ProtocolLine], str], **more: Any
        ) -> Column[ProtocolLine]:
            return self.fact(words, key, head, width, text, self._write, **more)

        return [
            Column("from", words("From"), lambda line: Cell(line.sender, medium=True), least=132, may_hide=False),
            Column("to", words("To"), self._to, least=132, may_hide=False),
            fact(LinkFact.WHAT, "What", 0, lambda line: line.what),
            fact(LinkFact.HOW, "How", 104, lambda line: line.how),
            fact(LinkFact.HOW_OFTEN, "How often", 108, lambda line: line.how_often),
            fact(LinkFact.WHO, "Who", 112, lambda line: line.who, offers=lambda: self.names),
            fact(
                LinkFact.ANSWER_WITHIN,
                "Answer in",
                76,
                lambda line: (
                    words.say(said("{n} day", many="{n} days", count="n", n=line.answer_within_days))
                    if line.answer_within_days
                    else ""
                ),
            ),
            Column(
                LinkFact.WAITING_FOR.value,
                words("Open question"),
                self._waiting,
                width=164,
                edit=partial(self._write, LinkFact.WAITING_FOR),
                sort=lambda line: -line.days,
            ),
        ]

    def _to(self, line: ProtocolLine) -> Cell:
        state = self.words("goes in a circle") if line.circular else ""
        return Cell(line.receiver, look_here="warning" if line.circular else "", state=state, tip=state)

    def _waiting(self, line: ProtocolLine) -> Cell:
        if line.waiting_since is None:
            return Cell("")
        days = self.words.say(said("{n} day", many="{n} days", count="n", n=line.days))
        text = f"{days}: {line.waiting_for}" if line.waiting_for else days
        return Cell(
            text, tone="danger" if line.late else "", value=line.waiting_for, look_here="danger" if line.late else ""
        )

    def sentence(self) -> str:
        n = said("{n} link", many="{n} links", count="n", n=len(self.lines))
        waiting = sum(each.waiting_since is not None for each in self.lines)
        late = sum(each.late for each in self.lines)
        open_ = said("{n} question open", many="{n} questions open", count="n", n=waiting)
        words = f"{self.words.say(n)}. {self.words.say(open_)}"
        return f"{words}, {self.words('{n} longer than agreed').format(n=late)}." if late else f"{words}."

    def counted(self) -> list[tuple[str, str, int]]:
        return [
            (key, name, sum(self.fits(key, line) for line in self.lines))
            for key, name in (
                ("open", self.words("Open {n}")),
                ("late", self.words("Without an answer {n}")),
                ("circle", self.words("In a circle {n}")),
            )
        ]

    def fits(self, key: str, line: ProtocolLine) -> bool:
        return {"open": line.waiting_since is not None, "late": line.late, "circle": line.circular}[key]

    def follow(self) -> None:
        super().follow()
        line = self.table.current
        self.answered.setVisible(line is not None and line.waiting_since is not None)
        for each in (self.open_card, self.remove):
            each.setVisible(line is not None)

    def _write(self, fact: LinkFact, line: ProtocolLine, text: str) -> None:
        self.do(protocol.write, link_id=line.id, fact=fact, text=text)

    def _answer(self) -> None:
        if self.table.current is not None:
            self.do(teams.answered, self.words("Answer noted"), link_id=self.table.current.id)

    def _open(self) -> None:
        if self.table.current is not None:
            self.host.show_team(self.table.current.from_id)

    def _remove(self) -> None:
        if self.table.current is not None:
            self.do(teams.remove_link, self.words("Link removed"), link_id=self.table.current.id)

    def acts(self) -> tuple[Action, ...]:
        return (
            Action("new_link", self.words("Add a link"), self.start, "ph.plus", why_not=self.read_only),
            Action("answered", self.words("Answer came"), self._answer, "ph.check", why_not=self.read_only),
        )
