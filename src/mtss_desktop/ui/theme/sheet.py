"""The one style sheet, made from tokens. Widgets choose a look by the property ``kind``, never by a color or size."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from PySide6.QtGui import QFont

from mtss_desktop.ui.theme.tokens import Colors, Measures, Theme, text_styles


def style_sheet(theme: Theme, sizes: Measures, font: Callable[[str], QFont], px: Callable[[float], int]) -> str:
    """``font`` gives the font of a text kind, ``px`` scales a measure."""
    values = {f"c_{role}": theme.colors[role] for role in Colors.__dataclass_fields__}
    values |= {f"f_{kind}": _font_rule(font(kind)) for kind in text_styles().__dataclass_fields__}
    edge = px(theme.edge)
    values |= {
        "edge": f"{edge}px",
        "hair": f"{sizes.line.hairline}px",
        "mark": f"{sizes.line.mark}px",
        "r_control": f"{sizes.radius.control}px",
        "r_chip": f"{sizes.radius.chip}px",
        "r_palette": f"{sizes.radius.palette}px",
        "r_entry": f"{sizes.radius.entry}px",
        "bar": f"{px(12)}px",
        "bar_radius": f"{px(4)}px",
        "grip": f"{px(40)}px",
        "h_status": f"{sizes.height.chip}px",
        # A washed chip gets an edge where washes carry no meaning.
        "chip_edge": theme.colors.border if theme.is_contrast else "transparent",
        "quiet_edge": theme.colors.border if theme.is_contrast else theme.colors.rule,
    }
    for name in ("control", "control_small", "primary", "chip", "entry_line", "palette_input"):
        values[f"h_{name}"] = f"{getattr(sizes.height, name) - 2 * edge}px"
    for pixels in (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 28):
        values[f"p{pixels}"] = f"{max(0, px(pixels))}px"
    for pixels in (5, 8, 10, 12, 16, 20):
        values[f"i{pixels}"] = f"{max(0, px(pixels) - edge)}px"  # padding inside an edge
    return _SHEET.substitute(values)


def _font_rule(font: QFont) -> str:
    return f"font-size: {font.pixelSize()}px; font-weight: {font.weight().value};"


_SHEET = Template("""
QWidget { color: $c_ink; }
QMainWindow, QDialog, QWidget[kind="page"], QStackedWidget[kind="page"] { background: $c_surface; }
QWidget[kind="clear"], QScrollArea[kind="clear"] { background: transparent; border: none; }
QWidget[kind="sunken"] { background: $c_sunken; }
QWidget[kind="raised"] { background: $c_raised; }
QFrame[kind="hairline"] { background: $c_hairline; border: none; }
QFrame[kind="rule"] { background: $c_rule; border: none; }
QToolTip { background: $c_raised; color: $c_ink; border: $edge solid $c_border; padding: $p4 $p6; $f_base }

QLabel { background: transparent; }
QLabel[kind="title"] { $f_title }
QLabel[kind="statement"] { $f_statement }
QLabel[kind="heading"] { $f_heading }
QLabel[kind="strong"] { $f_strong }
QLabel[kind="medium"] { $f_medium }
QLabel[kind="soft"] { color: $c_ink_soft; }
QLabel[kind="faint"] { color: $c_ink_faint; }
QLabel[kind="caption"] { color: $c_ink_soft; $f_caption }
QLabel[kind="caption-head"] { color: $c_ink_faint; $f_caption font-weight: 500; }
QLabel[kind="danger"] { color: $c_danger; $f_caption font-weight: 500; }
QLabel[kind="warning"] { color: $c_warning; font-weight: 500; }
QLabel[kind="success"] { color: $c_success; $f_caption font-weight: 500; }
QLabel[kind="key"] { color: $c_ink_soft; background: $c_raised; border: $hair solid $quiet_edge; border-radius: $r_chip;
    padding: 0 $i5; $f_caption }

QPushButton { min-height: $h_control; padding: 0 $i12; border: $edge solid $c_border; border-radius: $r_control;
    background: $c_raised; color: $c_ink; $f_medium }
QPushButton:hover { background: $c_hover; }
QPushButton:pressed { padding-top: $p2; }
QPushButton:disabled { color: $c_ink_disabled; border-color: $c_rule; background: transparent; }
QPushButton:checked { background: $c_selection; color: $c_selection_ink; font-weight: 600; }
QPushButton[size="small"] { min-height: $h_control_small; padding: 0 $i10; }
QPushButton[size="large"] { min-height: $h_primary; padding: 0 $i20; }
QPushButton[kind="primary"] { min-height: $h_primary; padding: 0 $i20; background: $c_accent; border-color: $c_accent;
    color: $c_accent_ink; $f_strong }
QPushButton[kind="primary"]:hover { background: $c_accent_hover; border-color: $c_accent_hover; }
QPushButton[kind="primary"]:pressed { padding-top: $p2; }
QPushButton[kind="primary"]:disabled { color: $c_ink_disabled; border-color: $c_rule; background: transparent; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $c_accent; padding: 0 $i8; }
QPushButton[kind="quiet"]:hover { background: $c_hover; }
QPushButton[kind="quiet"]:disabled { color: $c_ink_disabled; }
QPushButton[kind="strip"] { min-height: $h_control_small; background: transparent; border-color: transparent; color: $c_ink;
    padding: 0 $i8; $f_base }
QPushButton[kind="strip"]:hover { background: $c_hover; }
QPushButton[kind="strip"]:disabled { color: $c_ink_disabled; }
QPushButton[kind="status"] { min-height: $h_status; background: transparent; border: none; padding: 0 $p4; color: $c_ink_soft; $f_caption }
QPushButton[kind="status"]:hover { background: $c_hover; }
QPushButton[kind="status-problem"] { min-height: $h_status; background: transparent; border: none; padding: 0 $p4; color: $c_danger;
    $f_caption font-weight: 500; }
QPushButton[kind="status-act"] { min-height: $h_status; background: transparent; border: none; padding: 0 $p4; color: $c_accent;
    $f_caption font-weight: 500; }
QPushButton[kind="search"] { min-height: $h_control_small; background: $c_raised; border: $edge solid $c_border; padding: 0 $i10;
    color: $c_ink_faint; text-align: left; $f_base }
QPushButton[kind="search"]:hover { color: $c_ink_soft; }
QPushButton[kind="choice-card"] { background: transparent; border: none; text-align: left; border-radius: $r_entry; }
QPushButton[kind="choice-card"]:hover { background: $c_hover; }
QPushButton[kind="choice-card"]:checked { background: $c_selection; }
QPushButton[kind="segment"] { border: none; border-radius: 0; background: transparent; padding: 0 $p12; $f_base
    min-height: $h_control; }
QPushButton[kind="segment"][place="middle"], QPushButton[kind="segment"][place="last"] { border-left: $hair solid $c_rule; }
QPushButton[kind="segment"]:hover { background: $c_hover; }
QPushButton[kind="segment"]:checked { background: $c_selection; color: $c_selection_ink; font-weight: 600; }
QPushButton[kind="segment"][place="first"] { border-top-left-radius: $r_control; border-bottom-left-radius: $r_control; }
QPushButton[kind="segment"][place="last"] { border-top-right-radius: $r_control; border-bottom-right-radius: $r_control; }
QFrame[kind="segments"] { border: $edge solid $c_border; border-radius: $r_control; background: $c_raised; }
QPushButton[kind="chip"] { min-height: $h_chip; padding: 0 $i8; border: $edge solid $quiet_edge; border-radius: $r_chip;
    background: transparent; $f_base }
QPushButton[kind="chip"]:hover { background: $c_hover; }
QPushButton[kind="chip"]:checked { background: $c_selection; border-color: $c_accent; color: $c_selection_ink; font-weight: 600; }
QPushButton[kind="chip-warning"] { min-height: $h_chip; padding: 0 $i8; border: $edge solid $chip_edge; border-radius: $r_chip;
    background: $c_warning_wash; color: $c_warning; $f_base }
QPushButton[kind="chip-warning"]:checked { border-color: $c_warning; font-weight: 600; }
QPushButton::menu-indicator { image: none; width: 0; }

QFrame[kind="status-chip"] { border: $edge solid $quiet_edge; border-radius: $r_chip; background: transparent; }
QFrame[kind="status-chip"][tone="accent"] { border-color: $chip_edge; background: $c_accent_wash; }
QFrame[kind="status-chip"][tone="danger"] { border-color: $chip_edge; background: $c_danger_wash; }
QFrame[kind="status-chip"][tone="warning"] { border-color: $chip_edge; background: $c_warning_wash; }
QFrame[kind="status-chip"][tone="success"] { border-color: $chip_edge; background: $c_success_wash; }
QFrame[kind="status-chip"][tone="accent"] QLabel { color: $c_accent; }
QFrame[kind="status-chip"][tone="danger"] QLabel { color: $c_danger; }
QFrame[kind="status-chip"][tone="warning"] QLabel { color: $c_warning; }
QFrame[kind="status-chip"][tone="success"] QLabel { color: $c_success; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $c_raised; color: $c_ink;
    border: $edge solid $c_border; border-radius: $r_control; selection-background-color: $c_selection;
    selection-color: $c_selection_ink; placeholder-text-color: $c_ink_faint; $f_base }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: $h_control; padding: 0 $i10; }
QPlainTextEdit, QTextEdit { padding: $p4 $p6; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border-color: $c_focus; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $c_danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $c_ink_disabled;
    border-color: $c_rule; background: transparent; }
QLineEdit:read-only { background: transparent; border-color: $c_rule; }
QLineEdit[kind="palette"] { border: none; background: transparent; min-height: $h_palette_input; $f_statement font-weight: 400; }
QLineEdit[kind="inline"] { min-height: $h_control_small; padding: 0 $p6; }
QComboBox[kind="choice"]::drop-down { border: none; width: $p28; }
QComboBox[kind="choice"]::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $c_raised; border: $edge solid $c_border; outline: none; padding: $p4;
    selection-background-color: $c_selection; selection-color: $c_selection_ink; }
QCheckBox, QRadioButton { spacing: $p8; background: transparent; $f_base }
QCheckBox:disabled, QRadioButton:disabled { color: $c_ink_disabled; }

QMenuBar { background: transparent; $f_base }
QMenuBar::item { background: transparent; padding: $p5 $p10; border-radius: $r_control; color: $c_ink; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $c_selection; color: $c_selection_ink; }
QMenu { background: $c_raised; border: $edge solid $c_border; padding: $p4; $f_base }
QMenu::item { padding: $p6 $p24 $p6 $p12; border-radius: $r_chip; color: $c_ink; }
QMenu::item:selected { background: $c_selection; color: $c_selection_ink; }
QMenu::item:disabled { color: $c_ink_disabled; background: transparent; }
QMenu::separator { height: $hair; background: $c_hairline; margin: $p4 $p8; }
QMenu::icon { padding-left: $p8; }

QListView, QTableView, QTreeView { background: transparent; border: none; outline: none; $f_base
    selection-background-color: $c_selection; selection-color: $c_selection_ink; }
QTableView { gridline-color: transparent; }
QTableView[kind="frozen"] { background: $c_surface; border-right: $hair solid $c_hairline; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $c_surface; color: $c_ink_faint; border: none; border-bottom: $hair solid $c_rule;
    padding: 0 $p8; $f_caption font-weight: 500; }
QTableCornerButton::section { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: $bar; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $bar; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::handle { background: $c_border; border-radius: $bar_radius; margin: $p2; }
QScrollBar::handle:vertical { min-height: $grip; }
QScrollBar::handle:horizontal { min-width: $grip; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $c_hairline; }
QProgressBar { background: $c_rule; border: none; border-radius: $p2; min-height: $p4; max-height: $p4; color: transparent; }
QProgressBar::chunk { background: $c_accent; border-radius: $p2; }

QFrame[kind="card"] { background: $c_raised; border: $edge solid $quiet_edge; border-left: $mark solid $c_accent;
    border-radius: $r_control; }
QFrame[kind="palette"] { background: $c_raised; border: $edge solid $c_border; border-radius: $r_palette; }
QFrame[kind="palette-foot"] { background: $c_sunken; border: none; border-top: $hair solid $c_hairline;
    border-bottom-left-radius: $r_palette; border-bottom-right-radius: $r_palette; }
QWidget[kind="top-strip"] { background: $c_sunken; border-bottom: $hair solid $c_hairline; }
QWidget[kind="status-strip"] { background: $c_sunken; border-top: $hair solid $c_hairline; }
QWidget[kind="rail"] { background: $c_sunken; border-right: $hair solid $c_hairline; }
QWidget[kind="message"] { background: $c_danger_wash; border: $edge solid $chip_edge; border-radius: $r_control; }
""")
