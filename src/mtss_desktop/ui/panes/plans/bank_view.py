"""The strategy bank: what worked, where and how well, with its chart, and the way to use it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.problem_board import EFFECT_WORDS, FIDELITY_WORDS
from mtss_desktop.domain.problems import ProblemId, SolutionId
from mtss_desktop.domain.strategies import StrategyLine, StrategyUse, fitting
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button, CheckBox
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fact import Fact
from mtss_desktop.ui.kit.fields import Choice, SearchField
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.lines import Lines, LineText
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.plans.solution_form import KINDS
from mtss_desktop.ui.panes.plans.view import ListAndCard
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import strategies
from mtss_desktop.usecases.strategies import StrategyCard

SaveNote = Callable[[str, Callable[[], None], Callable[[Exception], None]], None]
NAME = 124
"""Width of the names of facts, in pixels at 100 %."""


@dataclass(frozen=True)
class Content:
    """``card`` is None where the bank is empty; ``typed`` waits in the typing file."""

    lines: tuple[StrategyLine, ...]
    card: StrategyCard | None
    words: Words
    typed: dict[str, str]


def read_content(
    workspace: Workspace, solution_id: str, place_id: str, left_out: bool, typed: bool, _progress: Progress
) -> Content:
    """Runs in the read lane. The strategy wanted, else the first."""
    lines = workspace.ask(strategies.bank, place_id=place_id, left_out=left_out)
    known = {use.id: line.id for line in lines for use in line.uses}
    wanted = known.get(solution_id, lines[0].id if lines else "")
    waiting = {each.key: each.text for each in workspace.typing.pending()} if typed and workspace.can_write else {}
    card = workspace.ask(strategies.card, SolutionId(wanted)) if wanted else None
    return Content(lines, card, workspace.words(), waiting)


class StrategyCardView(QWidget):
    """What it is, how one knows it is done and helps, where it was used, and where it could be used next."""

    use_wanted = Signal(str)
    problem_wanted = Signal(str)
    toggle_wanted = Signal()

    def __init__(self, words: Words, typing: TypingFile, save: SaveNote) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.card: StrategyCard | None = None
        self.title, self.under = Prose("", "heading", "ink"), Prose("", "caption", "ink_soft")
        self.measures = {name: Prose("", "base", "ink") for name in ("Carried out", "Helps")}
        self.note = Fact(
            words("What made it work"),
            partial(self._save, save),
            typing,
            empty=words("what another team should know before it begins"),
            words=words,
        )
        self.chart = FigureView(words)
        self.uses = Lines(words("Where it was used"), most=8, roomy=True, words=words)
        self.problem = Choice(name=words("Problem to use it for"))
        self.problem.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.problem.setMinimumContentsLength(16)
        self.use = Button(words("Use again here"), self._use, icon_name="ph.plus")
        self.toggle = Button(words("Leave out"), self.toggle_wanted.emit, kind="quiet", size="small")
        self.again = box(
            column(
                label(words("Use it again"), "heading"),
                FormField(
                    words("For this problem"),
                    self.problem,
                    help_text=words(
                        "It becomes a solution there, with its measures. The team then says who and by when."
                    ),
                ),
                row(self.use, None),
                spacing=look().measures.space.s1,
                margins=(look().px(8), 0, look().px(8), 0),
            )
        )
        self._build()

    @staticmethod
    def _save(
        save: SaveNote, _seen: str, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        save(text, saved, failed)

    def _build(self) -> None:
        space, words = look().measures.space, self.words
        inset = (look().px(8), 0, look().px(8), 0)
        facts = column(spacing=look().px(4), margins=inset)
        for name, value in (*self.measures.items(), ("It worked because", self.note)):
            caption = label(words(name), "soft")
            caption.setFixedWidth(look().px(NAME))
            line = row(caption, value, spacing=space.s1)
            line.setStretch(1, 1)
            line.setAlignment(caption, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(box(line))
        self.setLayout(
            column(
                box(column(self.title, self.under, spacing=look().px(4), margins=inset)),
                box(facts),
                self.chart,
                self.uses,
                self.again,
                row(self.toggle, None),
                None,
                spacing=space.s2,
                margins=(space.s2, 0, space.s3, space.s3),
            )
        )
        self.chart.hide()
        tab_in_reading_order(self)

    def show_card(self, card: StrategyCard, *, can_write: bool, left_out: bool) -> None:
        self.card = card
        words, line = self.words, card.line
        self.title.setText(line.text)
        self.under.setText(f"{words(KINDS[line.kind])} · {worked_words(words, line)}")
        self.measures["Carried out"].setText(line.fidelity_measure or words("not said"))
        self.measures["Helps"].setText(line.outcome_measure or words("not said"))
        self.note.show_value(f"strategies:{line.id}:note", line.note)
        self.uses.show_lines([self._use_line(each) for each in line.uses])
        self.chart.setVisible(card.figure is not None)
        if card.figure is not None:
            self.chart.show_figure(card.figure)
        self.problem.offer(card.open_problems, self.problem.value)
        self.again.setVisible(can_write and bool(card.open_problems) and not left_out)
        self.toggle.say(words("Put back into the bank") if left_out else words("Leave out"))
        self.toggle.setVisible(can_write)

    def _use_line(self, use: StrategyUse) -> LineText:
        words = self.words
        return LineText(
            key=use.id,
            text=f"{use.place}, {use.team.removesuffix(' team')}: {use.problem}",
            detail=use_words(words, use),
            opens=partial(self.problem_wanted.emit, use.problem_id),
        )

    def _use(self) -> None:
        if self.problem.value:
            self.use_wanted.emit(self.problem.value)

    def bring_back(self, typed: dict[str, str]) -> None:
        if self.note.key in typed:
            self.note.edit(typed.pop(self.note.key))


def worked_words(words: Words, line: StrategyLine) -> str:
    """Worked in 2 of 3 places; places where nobody has judged it yet are not counted."""
    n = line.judged
    return words.say(
        said(
            "worked in {worked} of {n} place",
            many="worked in {worked} of {n} places",
            count="n",
            worked=line.worked,
            n=n,
        )
    )


def use_words(words: Words, use: StrategyUse) -> str:
    """Since when, how well it was done, what came of it, from where to where."""
    parts = [words("from {day}").format(day=words.write(use.from_day, "short"))] if use.from_day else []
    if use.fidelity is not None:
        parts.append(words(FIDELITY_WORDS[use.fidelity]))
    parts.append(words(EFFECT_WORDS[use.effect]) if use.effect is not None else words("not judged yet"))
    if use.baseline is not None and use.level is not None:
        levels = words("from {base} to {level}")
        parts.append(
            levels.format(base=words.number(use.baseline), level=f"{words.number(use.level)} {use.unit}".strip())
        )
    return ", ".join(parts)


class BankView(ListAndCard):
    """Search reads what was typed; nothing here is typed twice: reviews fill the bank."""

    prefix = "strategy:"

    def __init__(self, pane: Pane, words: Words) -> None:
        super().__init__(pane, words)
        self.content: Content | None = None
        self.wanted = ""
        self._typed: dict[str, str] = {}
        self._looked = False
        self.filter = SearchField(name=words("Find a strategy"), placeholder=words("Find a strategy"))
        self.left_out = CheckBox(words("Those left out"))
        self.table: RecordTable[StrategyLine] = RecordTable(
            self._columns(), key=lambda line: line.id, name=words("Strategies")
        )
        self.card = StrategyCardView(words, self.typing, self._save_note)
        self.empty = EmptyState(
            words("What worked comes together here"),
            words(
                "When a review finds a plan carried out with fidelity and its problem improved, its solutions are kept here "
                "for other teams."
            ),
            words("Open problems"),
            lambda: pane.open_record("problems"),
            icon="ph.flag",
        )
        self.filter.setFixedWidth(look().px(240))
        self.arrange((self.filter, self.left_out, None), self.table, self.card, words("Strategy"), self.empty)
        self._connect()

    def _columns(self) -> list[Column[StrategyLine]]:
        words = self.words

        def where(line: StrategyLine) -> Cell:
            return Cell(f"{line.best.place}, {line.best.team.removesuffix(' team')}")

        def effect(line: StrategyLine) -> Cell:
            met = line.best.effect
            return Cell(words(EFFECT_WORDS[met]) if met is not None else "")

        def worked(line: StrategyLine) -> Cell:
            return Cell(words("{worked} of {n}").format(worked=line.worked, n=line.judged))

        return [
            Column("text", words("Strategy"), lambda line: Cell(line.text, medium=True), least=140),
            Column("problem", words("For"), lambda line: Cell(line.best.problem), width=124),
            Column("where", words("Where"), where, width=112),
            Column("effect", words("Result"), effect, width=76),
            Column("worked", words("Worked in"), worked, lambda line: -line.worked, 84),
        ]

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _: self._arrange_lines())
        self.filter.left_downward.connect(self.table.setFocus)
        self.left_out.toggled.connect(lambda _: self.refresh())
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.card.note.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.card.use_wanted.connect(self.use_again)
        self.card.problem_wanted.connect(lambda problem: self.pane.open_record(f"problem:{problem}"))
        self.card.toggle_wanted.connect(self.leave_out_or_put_back)

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        return self.card.card.line.id if self.card.card is not None else ""

    def want(self, record_id: str) -> None:
        self.wanted = record_id

    def refresh(self) -> None:
        first, self._looked = not self._looked, True
        place = self.pane.scope.place_id
        wanted = self.wanted or self.shown
        work = partial(read_content, self.pane.workspace, wanted, place, self.left_out.isChecked(), first)
        self.pane.background(work, self._show)

    def _show(self, content: Content) -> None:
        self.content, self.words = content, content.words
        self._typed.update(content.typed)
        self._arrange_lines()
        self.wanted = ""
        some = bool(content.lines) or self.left_out.isChecked()
        self.show_body(lines=some, card=content.card is not None)
        if content.card is not None:
            can_write = self.pane.workspace.can_write
            self.card.show_card(content.card, can_write=can_write, left_out=self.left_out.isChecked())
            self.card.bring_back(self._typed)
        self.shown_now.emit()

    def _arrange_lines(self) -> None:
        if self.content is None:
            return
        self.table.blockSignals(True)
        self.table.show_records(fitting(self.content.lines, self.filter.text()))
        if self.content.card is not None:
            self.table.choose(self.content.card.line.id)
        self.table.blockSignals(False)

    def _chosen(self, line: StrategyLine | None) -> None:
        if line is not None and line.id != self.shown:
            self.wanted = line.id
            self.refresh()

    def sentence(self, words: Words) -> str:
        n = len(self.content.lines) if self.content is not None else 0
        if not n:
            return words("No strategy is kept here yet.")
        strategies_ = words.say(said("{n} strategy", many="{n} strategies", count="n", n=n))
        return words("{what} carried out with fidelity where the problem improved.").format(what=strategies_)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return (self.first_stop, self.card.note.view)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def _save_note(self, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        solution = SolutionId(self.shown)
        self.pane.do(strategies.write_note, then=lambda _: saved(), fail=failed, solution_id=solution, note=text)

    def use_again(self, problem_id: str) -> None:
        title = dict(self.card.card.open_problems).get(problem_id, "") if self.card.card is not None else ""

        def used(outcome: Done[SolutionId]) -> None:
            del outcome
            words = self.words("It is a solution of {problem} now")
            self.pane.noticed.emit(Notice(words.format(problem=title.rpartition(" (")[0]), undoable=True))

        problem = ProblemId(problem_id)
        self.pane.do(strategies.use_again, then=used, solution_id=SolutionId(self.shown), problem_id=problem)

    def leave_out_or_put_back(self) -> None:
        back = self.left_out.isChecked()
        said_ = self.words("The strategy is back") if back else self.words("The strategy is left out")
        act = strategies.put_back if back else strategies.leave_out
        self.wanted = ""
        self.pane.do(act, said=said_, solution_id=SolutionId(self.shown))

    def leave(self) -> None:
        self.card.note.finish()

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        toggle = words("Put strategy back") if self.left_out.isChecked() else words("Leave strategy out")
        return (
            Action(
                "use_again", words("Use strategy again"), self.card.problem.setFocus, "ph.plus", why_not=self._why_not
            ),
            Action("leave_out", toggle, self.leave_out_or_put_back, why_not=self._why_not),
        )

    def _why_not(self) -> str:
        return self.why_read_only() or ("" if self.shown else self.words("Choose a strategy first."))
