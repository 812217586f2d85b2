"""The look of the running window: which theme, how large, and everything that follows from it.

There is one per process (``look()``), because fonts, palette and style sheet belong to the application.
"""

from __future__ import annotations

import os
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleFactory

from mtss_desktop.ui.theme import tokens
from mtss_desktop.ui.theme.sheet import style_sheet
from mtss_desktop.ui.theme.tokens import Colors, Measures, Theme

DRAWING_SIZE = 13
"""The system font size in pixels at which the measures are drawn."""


class Look(QObject):
    """Tokens at the person's text size. ``changed`` comes after fonts, palette and sheet are in place."""

    changed = Signal()
    changing = Signal(bool)
    """Comes before another look is put on every widget there is; True where the text size changes, too."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._system_font = QFont(app.font())
        self._system_px = QFontInfo(self._system_font).pixelSize()
        self._wish = "system"
        self._percent = 100
        self._factor = 1.0
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self.serial = 0
        """Rises with every change: what was measured under another number is measured anew."""
        self.theme: Theme = tokens.theme("light")
        self.measures: Measures = tokens.measures()
        app.setStyle(QStyleFactory.create("Fusion"))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def use(self, wish: str = "system", percent: int = 100) -> None:
        """``wish`` is system, light, dark or contrast; ``percent`` is the text size, 80 to 200."""
        resized = percent != self._percent
        self._wish, self._percent = wish, percent
        self.changing.emit(resized)
        self._apply()

    def use_system_font(self, font: QFont) -> None:
        """Another system font (pictures and tests, where the machine has none of its own)."""
        self._system_font = QFont(font)
        self._system_px = QFontInfo(font).pixelSize()
        self._apply()

    @property
    def colors(self) -> Colors:
        return self.theme.colors

    @property
    def percent(self) -> int:
        return self._percent

    @property
    def factor(self) -> float:
        """How many times larger than drawn everything is."""
        return self._factor

    @property
    def edge(self) -> int:
        """Width of control edges, in pixels."""
        return self.px(self.theme.edge)

    def px(self, measure: float) -> int:
        return max(1, round(measure * self._factor)) if measure else 0

    def color(self, role: str) -> QColor:
        return QColor(self.colors[role])

    def font(self, kind: str = "base", *, tabular: bool = False) -> QFont:
        """``kind`` is base, strong, medium, caption, heading, statement or title; ``tabular`` for columns of numbers."""
        key = (kind, tabular)
        if key not in self._fonts:
            self._fonts[key] = self._make_font(kind, tabular)
        return QFont(self._fonts[key])

    def line(self, kind: str = "base") -> int:
        """Height of one line of text, in pixels."""
        return self.px(tokens.text_styles()[kind].line)

    def _make_font(self, kind: str, tabular: bool) -> QFont:
        style = tokens.text_styles()[kind]
        font = QFont(self._system_font)
        font.setPixelSize(max(1, round(self._text_px * style.scale)))
        font.setWeight(QFont.Weight(style.weight))
        if kind == "title":
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.6)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    @property
    def _text_px(self) -> float:
        return self._system_px * self._percent / 100

    def _apply(self) -> None:
        # A smaller system font (12 px on Windows) makes smaller text, never smaller targets than drawn.
        self._factor = max(1.0, self._text_px / DRAWING_SIZE) if self._percent >= 100 else 1.0
        self.theme = self._pick()
        self.measures = tokens.measures().scaled(self._factor)
        self._fonts.clear()
        self.serial += 1
        blocker = QSignalBlocker(self._app.styleHints())  # our own palette must not look like the system's wish
        self._app.setFont(self.font())
        self._app.setPalette(palette(self.colors))
        self._dress(style_sheet(self.theme, self.measures, self.font, self.px))
        blocker.unblock()
        self.changed.emit()

    def _dress(self, sheet: str) -> None:
        """Puts the sheet on every widget once. Qt goes through the widgets whose rules it remembers, and from each one down to
        all that is in it: a label ten deep was dressed eleven times. So it forgets them all but those of the windows."""
        style = self._app.style()
        style.unpolish(self._app)  # forgets the rules; the style below has nothing of its own to undo
        for window in self._app.topLevelWidgets():
            if window.parent() is None:
                style.styleHint(
                    QStyle.StyleHint.SH_Widget_Animate, None, window
                )  # whoever is asked about is remembered
        self._app.setStyleSheet(sheet)

    def _pick(self) -> Theme:
        if self._wish in tokens.THEMES:
            return tokens.theme(self._wish)
        if _system_wants_contrast():
            return _with_system_colors(tokens.theme("contrast"))
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return tokens.theme("dark" if dark else "light")

    def _system_changed(self) -> None:
        if self._wish == "system":
            self.changing.emit(False)
            self._apply()


def _system_wants_contrast() -> bool:
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    return accessibility is not None and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _with_system_colors(theme: Theme) -> Theme:
    """A Windows contrast theme is the person's own choice of colors: ground, text, selection and buttons follow it."""
    if os.name != "nt":
        return theme
    given = QApplication.style().standardPalette()
    role = QPalette.ColorRole

    def name(part: QPalette.ColorRole) -> str:
        return given.color(part).name()

    ground, ink = name(role.Window), name(role.WindowText)
    return replace(
        theme,
        colors=replace(
            theme.colors,
            **dict.fromkeys(("surface", "raised", "sunken", "hover"), ground),
            **dict.fromkeys(("ink", "ink_soft", "ink_faint", "border", "rule", "hairline"), ink),
            selection=name(role.Highlight),
            selection_ink=name(role.HighlightedText),
            focus=name(role.Highlight),
            accent=name(role.ButtonText),
            accent_hover=name(role.ButtonText),
            accent_ink=name(role.Button),
        ),
    )


def palette(colors: Colors) -> QPalette:
    """What the style itself paints with: everything the sheet does not name."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for part, color in (
        (role.Window, colors.surface),
        (role.WindowText, colors.ink),
        (role.Base, colors.raised),
        (role.AlternateBase, colors.sunken),
        (role.Text, colors.ink),
        (role.PlaceholderText, colors.ink_faint),
        (role.Button, colors.raised),
        (role.ButtonText, colors.ink),
        (role.BrightText, colors.danger),
        (role.ToolTipBase, colors.raised),
        (role.ToolTipText, colors.ink),
        (role.Highlight, colors.selection),
        (role.HighlightedText, colors.selection_ink),
        (role.Accent, colors.accent),
        (role.Link, colors.accent),
        (role.LinkVisited, colors.accent),
        (role.Light, colors.raised),
        (role.Midlight, colors.hover),
        (role.Mid, colors.rule),
        (role.Dark, colors.border),
        (role.Shadow, colors.border),
    ):
        made.setColor(part, QColor(color))
    for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(group.Disabled, part, QColor(colors.ink_disabled))
    return made


_LOOKS: dict[str, Look] = {}
"""The one that was found last: painting asks for it thousands of times, and searching the application is slow."""


def look() -> Look:
    """The one look of this process; made at the first call, which needs a ``QApplication``."""
    kept = _LOOKS.get("look")
    if kept is not None and shiboken6.isValid(kept):
        return kept
    app = QApplication.instance()
    assert isinstance(app, QApplication), "the look belongs to a QApplication; make that first"
    found = app.findChild(Look)
    if found is None:
        found = Look(app)
        found.use()
    _LOOKS["look"] = found
    return found
