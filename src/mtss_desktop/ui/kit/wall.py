"""The picture for the wall: a second window made to be read from four meters. It follows and cannot be typed into."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.layouts import items_of
from mtss_desktop.ui.kit.prose import paint_prose, prose_height
from mtss_desktop.ui.theme import look, paint_icon

SCALE = 1.5
DESIGNED = (1280, 800)
"""The wall its sizes are chosen for, in pixels; a wall that shrinks makes everything smaller where it has less."""
POINTER = 3000
"""Milliseconds until the pointer goes."""


def scale() -> float:
    """Against what stands on the coach's own screen. A wall is read from the same distance by everybody: it does not grow
    with a text size that somebody has chosen for the screen before them, and would no longer hold its words."""
    return SCALE * 100 / look().percent


def px(measure: float) -> int:
    return look().px(measure * scale())


def scale_of(part: QWidget) -> float:
    """Of text on the wall the part stands on."""
    wall = part.window()
    return scale() * wall.shrink if isinstance(wall, Wall) else scale()


def sized(part: QWidget, measure: float) -> int:
    """A measure at 100 % in pixels on the wall the part stands on."""
    return round(look().px(measure) * scale_of(part))


class Big(QWidget):
    """Wrapped text at the scale of the wall, with an icon before it where there is one."""

    def __init__(self, kind: str = "base", role: str = "ink", *, right: bool = False) -> None:
        super().__init__()
        self._kind, self._role, self._right = kind, role, right
        self._text = self._icon = ""
        self._icon_role = role
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        return self._text

    def use_role(self, role: str) -> None:
        self._role = role

    def say(self, text: str, icon: str = "", role: str = "") -> None:
        self._text, self._icon, self._icon_role = text, icon, role or self._role
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def _indent(self) -> int:
        return sized(self, 30) if self._icon else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        large = scale_of(self)
        inner = max(1, round((width - self._indent()) / large))
        return round(prose_height(self._text, self._kind, inner) * large) if self._text else 0

    def sizeHint(self) -> QSize:
        width = sized(self, 240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        large = scale_of(self)
        return QSize(sized(self, 60), round(look().line(self._kind) * large) if self._text else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, large = QPainter(self), scale_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._icon:
            side, tall = sized(self, 18), round(look().line(self._kind) * large)
            paint_icon(painter, QRect(0, (tall - side) // 2, side, side), self._icon, look().color(self._icon_role))
        painter.translate(self._indent(), 0)
        painter.scale(large, large)
        width = round((self.width() - self._indent()) / large)
        if self._right:
            painter.setFont(look().font(self._kind))
            painter.setPen(look().color(self._role))
            painter.drawText(QRect(0, 0, width, look().line(self._kind)), Qt.AlignmentFlag.AlignRight, self._text)
            return
        paint_prose(painter, QRect(0, 0, width, round(self.height() / large)), self._text, self._kind, self._role)


class Wall(QWidget):
    """Holds what is shown; whoever makes one says how it is filled. ``closed`` says whether its screen was taken away.

    ``shrinks``: on a small screen all of it is smaller, and all of it is seen.
    """

    closed = Signal(bool)
    shrinks = False

    def __init__(self, words: Words) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(words("Projector view"))
        self.setAccessibleName(words("Projector view"))
        self._words = words
        self._held = self._unplugged = False
        self.shrink = 1.0
        self._measures: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._waiting: Callable[[], None] | None = None
        self.held = Big("strong", "accent")
        self.held.say("")
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(POINTER)
        self._pointer.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        self.setMouseTracking(True)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._screen_gone)
        look().changed.connect(self.fit_parts)  # in another text size the wall stays as large, and the scale is another

    def lay_out(self, whole: QLayout) -> None:
        """A screen is as large as it is, whatever is said on it."""
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.shrinks:
            return
        share = min(self.width() / DESIGNED[0], self.height() / DESIGNED[1], 1.0)
        layout = self.layout()
        if share != self.shrink and layout is not None:
            self.shrink = share
            self._fit_gaps(layout, ())
            self.fit_parts()
            for each in self.findChildren(Big):
                each.updateGeometry()
                each.update()

    def fit_parts(self) -> None:
        """Those that are no text take the size of ``sized`` and ``scale_of``."""

    def _fit_gaps(self, layout: QLayout, path: tuple[int, ...]) -> None:
        """Margins, spacing and gaps as they were laid out, smaller; ``path`` is the layout's place."""
        edges = layout.contentsMargins()
        first = (edges.left(), edges.top(), edges.right(), edges.bottom(), layout.spacing())
        *margins, spacing = (round(each * self.shrink) for each in self._measures.setdefault(path, first))
        layout.setContentsMargins(*margins)
        layout.setSpacing(spacing)
        for place, item in enumerate(items_of(layout)):
            here, held = (*path, place), item.widget()
            plain = held.layout() if type(held) is QWidget else None
            inner, gap = item.layout() or plain, item.spacerItem()
            if gap is not None:
                wide, high = self._measures.setdefault(here, (gap.sizeHint().width(), gap.sizeHint().height()))
                policy = gap.sizePolicy()
                gap.changeSize(round(wide * self.shrink), round(high * self.shrink), policy.horizontalPolicy(),
                               policy.verticalPolicy())  # fmt: skip
            elif inner is not None:
                self._fit_gaps(inner, here)

    def follow(self, show: Callable[[], None]) -> None:
        """Shows what is new, or keeps it while the picture is held."""
        if self._held:
            self._waiting = show
        else:
            show()

    @property
    def texts(self) -> list[str]:
        """Everything that can be read on it."""
        return [each.text for each in self.findChildren(Big) if not each.isHidden() and each.text]

    # -- holding and closing ------------------------------------------------------------------------------------------

    def open_beside(self, window: QWidget) -> None:
        """Full on another screen, else as a window of its own; the focus stays where it is."""
        others = [screen for screen in QGuiApplication.screens() if screen is not window.screen()]
        self.resize(1280, 800)
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.show()
        window.activateWindow()  # some window systems give a new window the keys all the same
        self._pointer.start()

    def hold(self) -> None:
        """Space: the picture stays as it is, or follows again."""
        self._held = not self._held
        self.held.say(self._words("Held") if self._held else "")
        if not self._held and self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            waiting()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space:
                self.hold()
            case Qt.Key.Key_F9 | Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.unsetCursor()
        self._pointer.start()

    def _screen_gone(self, screen: QScreen) -> None:
        if self.screen() is screen:
            self._unplugged = True
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit(self._unplugged)
