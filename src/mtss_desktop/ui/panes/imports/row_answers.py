"""The answers to a row's question, in a list under the row: Enter opens it, Enter takes one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.facts import PlanRow, RowChoice, RowQuestion
from mtss_desktop.ui.kit.scope import Names


def answer_sentence(words: Words, question: RowQuestion, choice: RowChoice, cell: str, names: Names) -> str:
    """What the answer does, as the list shows it."""
    match question.topic:
        case "student":
            if choice.number:
                known = words("Student {number}").format(number=f"{choice.number:04}")
                return words("It is {student}").format(student=choice.name if names is Names.ON else known)
            return words("It is a new student")
        case "level":
            if choice.value == "no level" and len(question.choices) == 1:
                return words("Take scores whose level is a number without a level")
            if choice.value == "no level":
                return words("Take the score without a level")
            if choice.value == question.cell:
                return words("“{cell}” is a word of its own").format(cell=choice.text)
            return words("“{cell}” means {word}").format(cell=cell, word=choice.text)
        case "grade":
            if choice.value == "no grade":
                return words("“{cell}” is none of these").format(cell=cell)
            return words("“{cell}” is grade {word}").format(cell=cell, word=choice.text)
        case "support":
            yes, no = words("“{cell}” says yes"), words("“{cell}” says no")
            return (yes if choice.value == "yes" else no).format(cell=cell)
        case "score":
            return words("{cell} is right: take it").format(cell=cell)
        case "marked":
            return words("Take {cell} without the sign, and all others with it").format(cell=cell)
        case "twin":
            return words("Line {n} is right: take it in place of the other").format(n=choice.text)
    if choice.value == "new":
        return words("“{cell}” is a word of its own").format(cell=cell)
    return words("“{cell}” means {word}").format(cell=cell, word=choice.text)


def reach_sentence(words: Words, question: RowQuestion) -> str:
    """How many rows an answer holds for, and whether files to come know it."""
    rows = words.say(said("Answers {n} row", many="Answers {n} rows", count="n", n=question.rows))
    return f"{rows}. {words('Files to come know it.')}" if question.remembered else f"{rows}."


def list_of(question: RowQuestion) -> str:
    """The list of levels and words a question's word belongs to, "" where there is none."""
    if question.topic == "level":
        return "levels"
    kind = question.key.split(":")[1] if question.topic == "word" else ""
    return f"words:{kind}" if kind in ("behavior", "location", "action_taken") else ""


def answers_menu(
    parent: QWidget,
    words: Words,
    row: PlanRow,
    names: Names,
    then: Callable[[str, str], object],
    look_up: Callable[[str], object],
) -> QMenu | None:
    """The list of answers; ``None`` where a row asks nothing that can be answered here. ``look_up`` goes to a list of words."""
    question = row.question
    if question is None:
        return None
    menu = QMenu(parent)
    menu.setAccessibleName(row.why)
    reach = menu.addAction(reach_sentence(words, question))
    reach.setEnabled(False)
    menu.addSeparator()
    acts = []
    for choice in question.choices:
        act = menu.addAction(
            answer_sentence(words, question, choice, question.cell or row.value, names).replace("&", "&&")
        )
        act.triggered.connect(lambda _checked=False, value=choice.value: then(question.key, value))
        acts.append(act)
    if place := list_of(question):
        menu.addSeparator()
        menu.addAction(words("Look at levels and words")).triggered.connect(lambda _checked=False: look_up(place))
    menu.setActiveAction(acts[0])
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def show_under(menu: QMenu, view: QWidget, at: QPoint) -> None:
    menu.popup(view.mapToGlobal(at))
