"""Which school and which measure: in the header where there is room, else in a row under it."""

from __future__ import annotations

from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.layouts import box, row
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.panes.data.host import DataHost
from mtss_desktop.ui.panes.data.reading import Content
from mtss_desktop.ui.theme import look

MEASURE = 232
"""Most that the choice of a measure takes of the header, in pixels at 100 %."""


class Filters:
    """Of one pane."""

    def __init__(self, pane: DataHost) -> None:
        self._pane = pane
        words, space = pane.words, look().measures.space
        self.school, self.measure = Choice(name=words("School")), Choice(name=words("Measure"))
        for choice in (self.school, self.measure):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self._both = box(row(self.school, self.measure, spacing=space.s1))
        self._line = row(self._both, None, margins=(space.s3, 0, space.s3, space.s1))
        self.row = box(self._line)
        self.row.hide()

    def show(self, content: Content) -> None:
        """Views, and a school where the window looks at all of them."""
        off = self._pane.scope.names is Names.OFF
        self._pane.views.show_choice("progress", not off)
        self._pane.views.choose(self._pane.marked)
        schools = [(str(each.id), each.short_name or each.name) for each in content.schools]
        self.school.offer(schools, self._pane.place)
        by_scope = any(each.id == self._pane.scope.place_id for each in content.schools)
        self.school.setVisible(len(schools) > 1 and not by_scope)
        self.measure.hide()

    def offer_measures(self, offered: list[tuple[str, str]], chosen: str) -> None:
        self.measure.offer(offered, chosen)
        self.measure.setVisible(len(offered) > 1)

    def place(self) -> None:
        """Choices of school and measure, where there is something to choose: in the header if there is room, else under it."""
        pane = self._pane
        choices = [each for each in (self.school, self.measure) if not each.isHidden()]
        self._both.setVisible(bool(choices) and not pane.is_aside)
        others = [each for each in (pane.views, pane.add_button) if not each.isHidden()]
        room = pane.width() - pane.header.title.sizeHint().width() - look().px(80)
        room -= sum(each.sizeHint().width() + look().px(12) for each in others)
        whole = sum(each.sizeHint().width() for each in choices) + look().measures.space.s1 * max(0, len(choices) - 1)
        least = sum(min(each.sizeHint().width(), look().px(MEASURE)) for each in choices)
        for each in choices:  # all words of a measure where there is room for them
            width = each.sizeHint().width()
            each.setFixedWidth(width if whole <= room or least > room else min(width, look().px(MEASURE)))
        self.row.setVisible(bool(choices) and not pane.is_aside and least > room)
        if least > room:
            self._line.insertWidget(0, self._both)
        else:
            pane.header.put_first(self._both)
        pane.header.say(pane.header.whole_title, pane.header.sentence.text())  # it folds by what stands in it now
