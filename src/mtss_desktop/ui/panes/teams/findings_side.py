"""Worth a talk: the findings of the audit beside the grid, and what can be decided about the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.team_cards import AuditLine
from mtss_desktop.domain.teams import TeamStatus
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row
from mtss_desktop.ui.kit.prose import Prose, paint_prose, prose_height
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.theme import look, paint_icon

ICONS = {
    "high": "ph.warning",
    "medium": "ph.users",
    "low": "ph.user",
}
_TEXT_LEFT = 26

Decide = Callable[[AuditLine, TeamStatus, str], None]


class FindingList(SectionList[AuditLine]):
    """Title and reason, whole; Up and Down go from one to the next."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Worth a talk"), self._paint, inset=8)
        self.setMinimumHeight(look().px(120))

    def show_findings(self, findings: Sequence[AuditLine]) -> None:
        self.show_rows([Row(key_of(each), each.title, each, spoken=f"{each.title}. {each.why}") for each in findings])
        if self.current is None:
            self.choose_first()

    def row_height(self, row: Row[AuditLine], place: int) -> int:
        if row.record is None:
            return super().row_height(row, place)
        return look().line("strong") + prose_height(row.record.why, "base", self._text_width) + look().px(16)

    @property
    def _text_width(self) -> int:
        return max(80, self.viewport().width() - look().px(32 + _TEXT_LEFT))

    def _paint(self, painter: QPainter, rect: QRect, row: Row[AuditLine], selected: bool) -> None:
        if row.record is None:
            return
        px = look().px
        solid = selected and look().theme.is_contrast
        urgent = row.record.severity == "high"
        icon_role = "selection_ink" if solid else "warning" if urgent else "ink_soft"
        top = rect.top() + px(8)
        paint_icon(
            painter,
            QRect(rect.left(), top + px(2), px(16), px(16)),
            ICONS[row.record.severity],
            look().color(icon_role),
        )
        text = QRect(rect.left() + px(_TEXT_LEFT), top, self._text_width, look().line("strong"))
        painter.setFont(look().font("strong"))
        painter.setPen(look().color("selection_ink" if solid else "ink"))
        shown = painter.fontMetrics().elidedText(row.record.title, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        body = QRect(text.left(), text.bottom() + 1, text.width(), rect.bottom() - text.bottom())
        role = "selection_ink" if solid else "ink" if selected else "ink_soft"
        paint_prose(painter, body, row.record.why, "base", role)


def key_of(finding: AuditLine) -> str:
    return f"{finding.rule}|{finding.about}"


class FindingsSide(QWidget):
    """``chosen`` carries the finding under the cursor."""

    chosen = Signal(object)

    def __init__(
        self, words: Words, decide: Decide, open_team: Callable[[str], None], show_rules: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._decide = words, decide
        space, px = look().measures.space, look().px
        self.heading = label(words("Worth a talk"), "heading")
        self.count = label("", "soft")
        self.rules = Button(words("Rules"), show_rules, kind="quiet", size="small")
        self.list = FindingList(words)
        self.none = Prose(words("Nothing to talk about: every rule is content with these teams."), "base", "ink_soft")
        self.proposal = Prose("", "base")
        self.reason = Field(name=words("Why it was decided so"), placeholder=words("Why, in a few words"))
        self.complaint = Prose("", "base", "danger")
        self.merge = Button(words("Merge"), lambda: self._pick(TeamStatus.MERGE))
        self.keep = Button(words("Keep"), lambda: self._pick(TeamStatus.KEEP))
        self.retire = Button(words("Retire"), lambda: self._pick(TeamStatus.RETIRE))
        self.open = Button(words("Open card"), lambda: self._open(open_team), kind="quiet")
        flow = FlowLayout(space.s1)
        for each in (self.merge, self.keep, self.retire, self.open):
            flow.addWidget(each)
        self._deciding = box(
            column(
                hairline(),
                space.s1,
                self.proposal,
                self.reason,
                self.complaint,
                box(flow),
                spacing=px(8),
                margins=(px(16), 0, px(16), space.s2),
            )
        )
        head = row(self.heading, self.count, None, self.rules, spacing=space.s1, margins=(px(16), 0, px(8), px(4)))
        none = box(column(self.none, None, margins=(px(16), 0, px(16), 0)))
        self._none = none
        self.setLayout(column(box(head), self.list, none, self._deciding))
        layout = self.layout()
        layout.setStretch(1, 1)  # type: ignore[union-attr]
        self.complaint.hide()
        self.reason.textChanged.connect(lambda _: self._complain(""))
        self.reason.returnPressed.connect(self._go_on)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(lambda _: self.reason.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_findings(self, words: Words, findings: Sequence[AuditLine]) -> None:
        self._words = words
        before = self.list.current_key
        self.list.show_findings(findings)
        n = said("{n} finding", many="{n} findings", count="n", n=len(findings))
        self.count.setText(words.say(n) if findings else "")
        for part, shown in ((self.list, bool(findings)), (self._deciding, bool(findings)), (self._none, not findings)):
            part.setVisible(shown)
        if self.list.current_key != before or not findings:
            self.reason.clear()
        self._show(self.list.current)

    def _show(self, finding: AuditLine | None) -> None:
        if finding is not None:
            self.proposal.setText(finding.proposal)
            can_merge = TeamStatus.MERGE in finding.offers and len(finding.team_ids) == 2
            self.merge.setVisible(can_merge)
            self.retire.setVisible(TeamStatus.RETIRE in finding.offers and bool(finding.team_ids))
            if finding.team_ids:
                goes = finding.teams[-1]
                self.retire.say(self._words("Retire {team}").format(team=goes) if can_merge else self._words("Retire"))
            self.open.setVisible(bool(finding.team_ids))
        self._complain("")
        self.chosen.emit(finding)

    def next(self) -> None:
        """F4: the finding after this one, from the last to the first."""
        before = self.list.current_key
        self.list.step(1)
        if self.list.current_key == before:
            self.list.choose_first()

    def _go_on(self) -> None:
        """Enter after the reason: to the decisions where there are several, else the one there is."""
        several = [button for button in (self.merge, self.retire) if button.isVisible()]
        if several:
            several[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._pick(TeamStatus.KEEP)

    def _pick(self, decision: TeamStatus) -> None:
        finding = self.list.current
        if finding is None or decision not in finding.offers:
            return
        reason = self.reason.text().strip()
        if decision is TeamStatus.KEEP and not reason:
            self._complain(
                self._words("Say in a few words why it stays as it is; it is shown when someone asks again.")
            )
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._decide(finding, decision, reason)

    def decided(self) -> None:
        self.reason.clear()

    def _complain(self, text: str) -> None:
        self.complaint.setText(text)
        self.complaint.setVisible(bool(text))
        self.reason.show_wrong(bool(text))

    def _open(self, open_team: Callable[[str], None]) -> None:
        if self.list.current is not None and self.list.current.team_ids:
            open_team(self.list.current.team_ids[0])
