"""The strip at the top: menus, the search field that opens the palette, undo, school year, place and names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QSizePolicy, QWidget

from mtss_desktop.base.words import ENGLISH, Words, school_year
from mtss_desktop.ui.frame import Frame
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import row
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.theme import look

NAMES_WORDS = {Names.MASKED: "Names masked", Names.ON: "Names on", Names.OFF: "Names off"}
NAMES_HELP = {
    Names.MASKED: "Students appear as numbers, for example Student 0417",
    Names.ON: "Students appear with their names, where this file has names",
    Names.OFF: "Pages about single students are not there",
}


class SearchButton(Button):
    """Looks like a field, opens the palette; the shortcut stands at its end."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            words("Find or do anything"),
            kind="search",
            icon_name="ph.magnifying-glass",
            help_text=words("Opens the list of everything you can find or do"),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        self._sentences = (words("Find or do anything"), words("Find"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The long words where there is room for them; what it does is said to a screen reader in any case."""
        super().resizeEvent(event)
        long, short = self._sentences
        fits = self.fontMetrics().horizontalAdvance(long) + look().px(48) <= self.width()
        if self.text() != (wanted := long if fits else short):
            self.say(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        font = look().font("caption")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        text = "Ctrl K"
        width = painter.fontMetrics().horizontalAdvance(text) + look().px(10)
        if width + self.fontMetrics().horizontalAdvance(self.text()) + look().px(56) > self.width():
            return
        key = self.rect().adjusted(self.width() - width - look().px(8), look().px(5), -look().px(8), -look().px(5))
        painter.setPen(look().color("rule"))
        radius = look().measures.radius.key
        painter.drawRoundedRect(key, radius, radius)
        painter.setPen(look().color("ink_soft"))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, text)


class TopStrip(QWidget):
    """``find_asked`` opens the palette; ``scope_picked`` carries the new ``Scope``."""

    find_asked = Signal()
    scope_picked = Signal(object)

    def __init__(self, menus: Sequence[QMenu], undo: QAction, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "top-strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words, self._undo, self.scope = words, undo, Scope()
        self._frame: Frame | None = None
        self.bar = QMenuBar()
        self.bar.setAccessibleName(words("Menus"))
        self.bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        one = QMenu(words("Menu"), self)
        for menu in menus:
            self.bar.addMenu(menu)
            one.addMenu(menu)
        self.menu = self._strip_button(words("Menu"), "ph.list", one, caret=False)
        self.search = SearchButton(words)
        self.search.clicked.connect(lambda _checked=False: self.find_asked.emit())
        self.find_button = Button(words("Find"), self.find_asked.emit, kind="strip", icon_name="ph.magnifying-glass")
        self.undo = Button("", undo.trigger, kind="strip", icon_name="ph.arrow-u-up-left")
        undo.changed.connect(self._show_undo)
        self._year_menu, self._place_menu, self._names_menu = QMenu(self), QMenu(self), QMenu(self)
        self.year = self._strip_button("", "", self._year_menu)
        self.place = self._strip_button("", "", self._place_menu)
        self.names = self._strip_button("", "ph.eye-slash", self._names_menu)
        more = QMenu(words("More"), self)
        self._year_menu.setTitle(words("School year"))
        self._place_menu.setTitle(words("Place"))
        more.addMenu(self._year_menu)
        more.addMenu(self._place_menu)
        self._names_menu.setTitle(words("Names of students"))
        self._names_entry = more.addMenu(self._names_menu)
        self.more = self._strip_button(words("More"), "", more)
        self._line = hairline(Qt.Orientation.Vertical, "rule")
        self._layout: QHBoxLayout = row(
            *(self.bar, self.menu, self.search, self.find_button, None),
            *(self.undo, self._line, self.year, self.place, self.names, self.more),
        )
        self._layout.setStretch(2, 100)
        self._layout.setStretch(4, 1)
        self._layout.setAlignment(self.bar, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._layout)
        self._show_undo()
        self._fill_names()
        self._fit()
        look().changed.connect(self._fit)
        for menu in (self._year_menu, self._place_menu, self._names_menu, more, one):
            menu.installEventFilter(self)

    def _strip_button(self, text: str, icon: str, menu: QMenu, *, caret: bool = True) -> Button:
        button = Button(text, kind="strip", icon_name=icon, caret=caret)
        button.setMenu(menu)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A menu under a button at the right edge opens to the left, inside the window.
        if event.type() == QEvent.Type.Show and isinstance(watched, QMenu):
            self._keep_inside(watched)
        return super().eventFilter(watched, event)

    def _keep_inside(self, menu: QMenu) -> None:
        window = self.window().geometry()
        if menu.frameGeometry().right() > window.right():
            menu.move(window.right() - menu.width(), menu.y())

    # -- what it shows ------------------------------------------------------------------------------------------------

    def show_frame(self, frame: Frame) -> None:
        self._frame, self._words = frame, frame.words
        self._fill_years()
        self._fill_places()
        self._fill_names()
        self._fold()

    def show_scope(self, scope: Scope) -> None:
        self.scope = scope
        if self._frame is not None:
            self.show_frame(self._frame)

    def _pick(self, scope: Scope) -> None:
        self.show_scope(scope)
        self.scope_picked.emit(scope)

    def _fill_years(self) -> None:
        assert self._frame is not None
        this = self._frame.this_year
        chosen = self.scope.year_id or (this.id if this else "")
        entries = [(year.id, school_year(year.start), "") for year in self._frame.years]
        self._fill(self._year_menu, entries, chosen, "year_id")
        shown = next((words for value, words, _ in entries if value == chosen), self._words("No school year"))
        self.year.say(shown)
        self.year.setAccessibleName(self._words("School year: {year}").format(year=shown))

    def _fill_places(self) -> None:
        assert self._frame is not None
        everything = self._words("All {places}").format(places=self._words.label("school", many=True))
        entries = [("", everything, ""), *((place.id, place.name, "") for place in self._frame.places)]
        self._fill(self._place_menu, entries, self.scope.place_id, "place_id")
        short = {str(place.id): place.short_name for place in self._frame.places}
        shown = short.get(self.scope.place_id, everything)
        self.place.say(shown)
        self.place.setAccessibleName(self._words("Place: {place}").format(place=shown))

    def _fill_names(self) -> None:
        entries = [
            (str(names), self._words(words), self._words(NAMES_HELP[names])) for names, words in NAMES_WORDS.items()
        ]
        self._fill(self._names_menu, entries, str(self.scope.names), "names")
        self.names.say(self._words(NAMES_WORDS[self.scope.names]))
        self.names.show_icon("ph.eye" if self.scope.names is Names.ON else "ph.eye-slash")

    def _fill(self, menu: QMenu, entries: Sequence[tuple[str, str, str]], chosen: str, field: str) -> None:
        menu.clear()
        group = QActionGroup(menu)
        for value, words, tip in entries:
            act = menu.addAction(words.replace("&", "&&"))
            act.setCheckable(True)
            act.setChecked(value == chosen)
            act.setStatusTip(tip)
            act.setToolTip(tip or words)
            group.addAction(act)
            act.triggered.connect(lambda _checked=False, value=value: self._pick(self._with(field, value)))
        menu.setToolTipsVisible(True)

    def _with(self, field: str, value: str) -> Scope:
        values = {"year_id": self.scope.year_id, "place_id": self.scope.place_id, "names": str(self.scope.names)}
        values[field] = value
        return Scope(values["year_id"], values["place_id"], Names(values["names"]))

    def _show_undo(self) -> None:
        self.undo.allow(self._undo.isEnabled(), self._words("Nothing has been changed yet"))
        self._fold()

    # -- room ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fit(self) -> None:
        self.setFixedHeight(look().measures.height.top_strip)
        side = look().px(10)
        self._layout.setContentsMargins(side, 0, look().px(16), look().measures.line.hairline)
        self._layout.setSpacing(look().px(4))
        self.search.setMaximumWidth(look().measures.width.list_column)
        self.search.setMinimumWidth(look().px(120))
        self._line.setFixedHeight(look().px(20))
        self._fold()

    def _fold(self) -> None:
        """Where there is no room for all: menus become one, search a button, year and place go under *More*; then the
        undo button loses its words, then names go under *More* too."""
        room = self.width() - look().px(60)
        self.undo.say(self._undo.text())
        right = sum(part.sizeHint().width() for part in (self.undo, self.year, self.place, self.names))
        folded = room < right + self.bar.sizeHint().width() + look().px(120)
        native = self.bar.isNativeMenuBar()
        self.bar.setVisible(not folded and not native)
        self.menu.setVisible(folded and not native)
        self.search.setVisible(not folded)
        self.find_button.setVisible(folded)
        self.year.setVisible(not folded)
        self.place.setVisible(not folded)
        self.more.setVisible(folded)
        kept = sum(part.sizeHint().width() for part in (self.menu, self.find_button, self.names, self.more))
        if folded and room < kept + self.undo.sizeHint().width():
            self.undo.show_only_icon(self._undo.text())
        tight = folded and room < kept + self.undo.sizeHint().width()
        self.names.setVisible(not tight)
        self._names_entry.setVisible(tight)
