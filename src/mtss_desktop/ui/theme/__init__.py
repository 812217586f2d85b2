"""Colors, sizes, fonts and icons of the window, all from tokens; knows no widget of ours."""

from mtss_desktop.ui.theme.icons import glyph, icon, paint_icon
from mtss_desktop.ui.theme.look import Look, look
from mtss_desktop.ui.theme.ring import FocusRing
from mtss_desktop.ui.theme.tokens import THEMES, marks, theme

__all__ = ["THEMES", "FocusRing", "Look", "glyph", "icon", "look", "marks", "paint_icon", "theme"]
