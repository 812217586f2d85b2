"""One improvement cycle, edited in its place: what is planned, done, studied and decided, its turns, actions and chart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.cycles import CycleDecision, CycleLine, CycleStep, ImprovementCycle
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.plans import Action, is_open
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fact import Fact
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.lines import Lines, LineText
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.plans.action_form import ActionForm
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.cycles import DAYS, CycleCard, CycleFact

SaveFact = Callable[[CycleFact, str, Callable[[], None], Callable[[Exception], None]], None]
SaveLink = Callable[[str, str, Callable[[], None], Callable[[Exception], None]], None]
NAME = 104
"""Width of the names of facts, in pixels at 100 %."""

PARTS: tuple[tuple[CycleStep, str, tuple[tuple[CycleFact, str, str], ...]], ...] = (
    (
        CycleStep.PLAN,
        "Plan",
        (
            (CycleFact.QUESTION, "Question", "what the team wants to find out"),
            (CycleFact.PLAN, "What we will do", "who does what, and where"),
            (CycleFact.PREDICTION, "We expect", "what the team thinks it will see"),
            (CycleFact.MEASURE, "Measure", "what is counted, by whom and when"),
        ),
    ),
    (
        CycleStep.DO,
        "Do",
        (
            (CycleFact.STARTS, "From", "no start yet"),
            (CycleFact.ENDS, "To", "no end yet"),
            (CycleFact.DONE, "What was done", "and what was otherwise than planned"),
        ),
    ),
    (
        CycleStep.STUDY,
        "Study",
        (
            (CycleFact.STUDY_ON, "On", "the day the team looks at the measure"),
            (CycleFact.RESULT, "What it showed", "the numbers"),
            (CycleFact.LEARNED, "What we learned", "held against what was expected"),
        ),
    ),
    (CycleStep.ACT, "Act", ((CycleFact.CHANGE, "Changes next", "what is done differently from now on"),)),
)
DECISIONS = {
    CycleDecision.ADOPT: ("Adopt", "ph.check"),
    CycleDecision.ADAPT: ("Adapt", "ph.pencil-simple"),
    CycleDecision.ABANDON: ("Abandon", "ph.x"),
}


class CycleCardView(QWidget):
    """Facts are edited in place; deciding is one button each."""

    decided = Signal(object)
    reopen_wanted = Signal()
    next_wanted = Signal()
    remove_wanted = Signal()
    turn_wanted = Signal(str)
    action_wanted = Signal(str)

    def __init__(self, words: Words, typing: TypingFile, save: SaveFact, save_link: SaveLink) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.card: CycleCard | None = None
        self.title = Fact(words("Name"), partial(self._save, save, CycleFact.NAME), typing, kind="heading", words=words)
        self.under = Prose("", "caption", "ink_soft")
        self.next_step = Prose("", "base", "ink")
        self.facts = {
            fact: Fact(words(name), partial(self._save, save, fact), typing, empty=words(empty), words=words)
            for _, _, facts in PARTS
            for fact, name, empty in facts
        }
        self.links = {
            name: Fact(words(shown), partial(self._link, save_link, name), typing, choices=(("", ""),), words=words)
            for name, shown in (("problem", "Problem"), ("goal", "Goal"))
        }
        self.decisions = {
            each: Button(words(name), partial(self.decided.emit, each), size="small", icon_name=icon)
            for each, (name, icon) in DECISIONS.items()
        }
        self.next_turn = Button(words("Begin next turn"), self.next_wanted.emit, size="small", icon_name="ph.plus")
        self.reopen = Button(words("Open again"), self.reopen_wanted.emit, kind="quiet", size="small")
        self.remove = Button(words("Remove"), self.remove_wanted.emit, kind="quiet", size="small")
        self.chart = FigureView(words)
        self.turns = Lines(words("Turns"), most=6, words=words)
        self.tasks = Lines(words("Actions"), most=6, words=words)
        self.add_task = Button(words("Add action"), self.new_task, kind="quiet", size="small", icon_name="ph.plus")
        self.task = ActionForm(words, typing, "plans:cycle-action")
        self._build()
        self.task.left.connect(self.close_form)

    @staticmethod
    def _save(
        save: SaveFact,
        fact: CycleFact,
        _seen: str,
        text: str,
        saved: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        save(fact, text, saved, failed)

    @staticmethod
    def _link(
        save: SaveLink,
        name: str,
        _seen: str,
        value: str,
        saved: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        save(name, value, saved, failed)

    def _build(self) -> None:
        space, words = look().measures.space, self.words
        side = look().px(8)
        inset = (side, 0, side, 0)
        links = column(
            *(
                self._line(words(name), fact)
                for name, fact in zip(("Problem", "Goal"), self.links.values(), strict=True)
            )
        )
        parts: list[QWidget] = []
        for step, name, facts in PARTS:
            lines = column(label(words(name), "heading"), spacing=look().px(2), margins=inset)
            for fact, shown, _ in facts:
                lines.addWidget(self._line(words(shown), self.facts[fact]))
            if step is CycleStep.ACT:
                acts = FlowLayout(space.s1)
                for button in (*self.decisions.values(), self.next_turn, self.reopen):
                    acts.addWidget(button)
                lines.addWidget(box(acts))
            parts.append(box(lines))
        self.setLayout(
            column(
                box(column(self.title, self.under, self.next_step, box(links), spacing=look().px(4), margins=inset)),
                *parts,
                self.chart,
                self.tasks,
                row(self.add_task, None),
                self.task,
                self.turns,
                row(self.remove, None),
                None,
                spacing=space.s2,
                margins=(space.s2, 0, space.s3, space.s3),
            )
        )
        self.task.hide()
        self.chart.hide()
        tab_in_reading_order(self)

    def _line(self, name: str, fact: Fact) -> QWidget:
        caption = label(name, "soft")
        caption.setFixedWidth(look().px(NAME))
        line = row(caption, fact, spacing=look().measures.space.s1)
        line.setStretch(1, 1)
        line.setAlignment(caption, Qt.AlignmentFlag.AlignTop)
        return box(line)

    # -- content ------------------------------------------------------------------------------------------------------

    def show_card(self, card: CycleCard, figure: Figure | None, *, can_write: bool) -> None:
        if self.card is not None and self.card.line.id != card.line.id:
            self.close_form()
        self.card = card
        words, line, cycle = self.words, card.line, card.line.cycle
        self.title.show_value(f"cycles:{cycle.id}:name", cycle.name)
        for fact, shown in self.facts.items():
            value = getattr(cycle, fact.value)
            text = (Words.date(value) if value else "") if fact in DAYS else value
            long = words.write(value, "long") if fact in DAYS and value else None
            shown.show_value(f"cycles:{cycle.id}:{fact.value}", text, long)
        for name, choices, value in (
            ("problem", card.problems, cycle.problem_id or ""),
            ("goal", card.goals, cycle.goal_id or ""),
        ):
            self.links[name].offer((("", words("none")), *choices))
            self.links[name].show_value(f"cycles:{cycle.id}:{name}", value, dict(choices).get(value, ""))
        self.under.setText(self._under(line))
        self.next_step.setText(words.say(line.sentence))
        self.next_step.use_role(line.tone or "ink")
        done = cycle.decision is not None
        for button in self.decisions.values():
            button.setVisible(can_write and not done)
        latest = card.series[-1].id == line.id
        self.next_turn.setVisible(can_write and done and latest)
        self.reopen.setVisible(can_write and done and latest)
        self.remove.setVisible(can_write and latest)
        self.add_task.setVisible(can_write)
        self.tasks.show_lines([self._task_line(each) for each in card.actions], nothing=words("No action yet."))
        several = len(card.series) > 1
        self.turns.show_lines([self._turn(each) for each in card.series] if several else [])
        self.chart.setVisible(figure is not None)
        if figure is not None:
            self.chart.show_figure(figure)

    def _under(self, line: CycleLine) -> str:
        words, card = self.words, self.card
        assert card is not None
        parts = [f"{line.place}, {line.team.removesuffix(' team')}"]
        if len(card.series) > 1:
            parts.append(words("turn {n} of {all}").format(n=line.cycle.number, all=len(card.series)))
        return " · ".join(parts)

    def _turn(self, line: CycleLine) -> LineText:
        assert self.card is not None
        words, here = self.words, line.id == self.card.line.id
        return LineText(
            key=line.id,
            text=words("Turn {n}").format(n=line.cycle.number) + (words(", shown here") if here else ""),
            detail=words.say(line.sentence),
            opens=None if here else partial(self.turn_wanted.emit, line.id),
        )

    def _task_line(self, action: Action) -> LineText:
        assert self.card is not None
        words, done = self.words, not is_open(action)
        when = words("done") if action.done_on else words("withdrawn") if action.withdrawn_on else ""
        if not done and action.due_on is not None:
            when = words.write(action.due_on, "short")
        owner = dict(self.card.people).get(action.owner_id or "", "")
        return LineText(
            key=action.id,
            text=action.text,
            detail=", ".join(part for part in (owner, when) if part),
            soft=done,
            opens=None if done else partial(self.action_wanted.emit, action.id),
        )

    # -- forms --------------------------------------------------------------------------------------------------------

    def new_task(self) -> None:
        if self.card is not None:
            self.task.show()
            self.task.open(self.card.today)

    def close_form(self) -> None:
        self.task.flush()
        had = self.task.isVisible()
        self.task.hide()
        if had:
            self.add_task.setFocus()

    def bring_back(self, typed: dict[str, str]) -> None:
        """Facts of this cycle that were being typed when the program ended."""
        for fact in (self.title, *self.facts.values()):
            if fact.key in typed:
                fact.edit(typed.pop(fact.key))

    def finish(self) -> None:
        """What is being typed is saved."""
        for fact in (self.title, *self.facts.values(), *self.links.values()):
            fact.finish()
        self.task.flush()


def dates_words(words: Words, cycle: ImprovementCycle) -> str:
    """From and to, as far as they are known."""
    if cycle.starts_on is None:
        return ""
    start = words.write(cycle.starts_on, "short")
    return f"{start}–{words.write(cycle.ends_on, 'short')}" if cycle.ends_on is not None else start
