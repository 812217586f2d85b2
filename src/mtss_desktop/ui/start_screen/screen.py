"""What stands on the start screen: title, the ways in, the page of the chosen one, help beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.start_screen.choices import Choice, Choices
from mtss_desktop.ui.theme import FocusRing, look

if TYPE_CHECKING:
    from mtss_desktop.ui.help_view import HelpView

SMALLEST = (1024, 640)
WIDE = 920
"""Width of the two columns side by side, in pixels at 100 %; below it they stand one under the other."""
_WIDEST = 16_777_215  # Qt's own "no limit"


class Page(Protocol):
    """What stands at the right."""

    def first_field(self) -> QWidget: ...

    def setVisible(self, visible: bool, /) -> None: ...


class Lead(QLabel):
    """The line under the title, in the size of a heading and the weight of running text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "soft")
        self.setWordWrap(True)
        self._dress()
        look().changed.connect(self._dress)

    def _dress(self) -> None:
        font = look().font("heading")
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)


def _choices(words: Words) -> tuple[Choice, ...]:
    return (
        Choice(
            "sample",
            words("Try the sample division"),
            words("Three schools, fourteen teams, two years.\nRehearse a meeting, then reset."),
            "ph.play",
        ),
        Choice(
            "own",
            words("Start my own"),
            words("A passphrase, the school year, your schools.\nAbout four minutes."),
            "ph.plus",
        ),
        Choice(
            "open",
            words("Open what I have"),
            words("A file from this computer, a USB stick, or a server."),
            "ph.folder",
        ),
    )


class StartScreen(QWidget):
    """``painted`` comes after the first painting."""

    painted = Signal()

    def __init__(self, words: Words = ENGLISH) -> None:
        super().__init__()
        self.words = words
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("MTSS Desktop")
        self.setMinimumSize(*SMALLEST)
        self._was_painted = False
        self._help: HelpView | None = None
        self.choices = Choices(_choices(words), words("Ways to start"))
        self._deck_pages: list[Page] = []
        self._deck_layout = column()
        self.page: Page | None = None
        self._build()
        self.choices.entered.connect(self.enter_page)
        QShortcut(QKeySequence("F1"), self, self.toggle_help)
        FocusRing(self)
        look().changed.connect(self._arrange)

    @property
    def waits_for_sheet(self) -> bool:
        """A new file comes first: another way cannot be chosen now."""
        return False

    def _build(self) -> None:
        words, space = self.words, look().measures.space
        self._head = box(
            column(
                label("MTSS Desktop", "title"),
                Lead(words("For the coach of the teams. Everything stays on this computer, in one encrypted file.")),
                spacing=look().px(2),
            )
        )
        self._note = box(
            column(
                label(words("No student names are needed"), "medium"),
                Prose(
                    words(
                        "A new file counts students and never lists them. A file made for counts stays so; for names make another file."
                    )
                ),
            )
        )
        self._left = box(column(self.choices, space.s3, self._note, None))
        self._deck = box(self._deck_layout)
        self._line = hairline(Qt.Orientation.Vertical, "rule")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._line)
        self._columns.addWidget(self._deck, 1)
        self._foot = box(
            column(
                Prose(
                    words(
                        "Nothing is sent anywhere. If the passphrase and the recovery sheet are both lost, nobody can open the file."
                    ),
                    "caption",
                    "ink_faint",
                )
            )
        )
        self._gap = column(self._head)
        self._inside = column(self._gap, self._columns, None, space.s3, self._foot)
        self._content = box(self._inside)
        self._scroll = scrolling(self._content, words("Start"))
        self._whole = row(self._scroll)
        self._whole.setStretch(0, 1)
        self.setLayout(self._whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns in the middle of the window; one under the other where there is no room for both.

        A card's words stand on the text edge, so the card itself reaches 16 pixels into the margin.
        """
        px, help_view = look().px, self._help
        self._scroll.setVisible(help_view is None or help_view.share(self.width()))
        room = self.width() - (help_view.width() if help_view is not None and not help_view.isHidden() else 0)
        wide = room >= px(WIDE) + 2 * px(40)
        tall = self.height() >= px(720)
        out = px(16)
        side = (room - px(WIDE)) // 2 - out if wide else px(24) - out
        self._inside.setContentsMargins(side, px(72) if tall else px(24), side + out, px(24) if tall else px(12))
        self._gap.setContentsMargins(out, 0, 0, px(40) if tall and wide else px(24))
        for part in (self._note, self._foot):
            part.setContentsMargins(out, 0, 0, 0)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(px(56) if wide else px(24))
        self._deck.setContentsMargins(0 if wide else out, 0, 0, 0)
        self._line.setVisible(wide)
        self._note.setVisible(wide)
        self._left.setMinimumWidth(px(416) if wide else 0)
        self._left.setMaximumWidth(px(416) if wide else _WIDEST)

    def show_page(self, page: Page, choice: str, *, focus: bool = False) -> None:
        """One page at the right; the choice it belongs to is marked."""
        self.page = page
        for each in self._deck_pages:
            each.setVisible(each is page)
        self.choices.choose(choice)
        waits = self.waits_for_sheet
        self.choices.allow(not waits, self.words("The recovery sheet comes first") if waits else "")
        if focus:
            self.enter_page()

    def enter_page(self) -> None:
        if self.page is not None:
            self.page.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def show_part(self, part: QWidget) -> None:
        """Scrolls to a part of the page, where the window is too small for all."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(part, 0, look().px(40)))

    # -- help -----------------------------------------------------------------------------------------------------------------

    def toggle_help(self) -> None:
        """F1 shows the page about this screen, and takes it away again."""
        from mtss_desktop.ui.help_view import HelpPage, HelpView, read_page

        if self._help is None:
            self._help = HelpView(self.words)
            self._help.closed.connect(self._help_closed)
            self._whole.addWidget(self._help)
        if self._help.isHidden():
            self._help.show_page(read_page("start"), HelpPage("", ()))
            self._arrange()
        else:
            self._help.hide_help()

    def _help_closed(self) -> None:
        self._arrange()
        self.enter_page()

    # -- painting -------------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # not at all when it is gone by then
