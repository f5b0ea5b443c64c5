"""What the presenter sees, in miniature, in the shape of a 16:9 screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liveroom.ui.presenter.board import PresenterBoard
from liveroom.ui.presenter.layout import WIDE
from liveroom.ui.theme import Theme

_EDGE = 1
_SHAPE = WIDE[0] / WIDE[1]


class Preview(QWidget):
    """A board as large as fits, in the middle, with a line around it."""

    def __init__(self, theme: Theme, describe: Callable[[str], str]) -> None:
        """Start with nothing to show; `describe` gives the tooltip of a part."""
        super().__init__()
        self._theme, self._describe = theme, describe
        self.board = PresenterBoard(theme)
        self.board.setParent(self)
        self.board.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def heightForWidth(self, width: int) -> int:
        return round((width - 2 * _EDGE) / _SHAPE) + 2 * _EDGE

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 54)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.board.setGeometry(self._place())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme["line_2"])
        painter.drawRect(self._place().adjusted(-1, -1, 0, 0))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos() - self.board.pos()
            QToolTip.showText(event.globalPos(), self._describe(self.board.part_at(at.x(), at.y())))
            return True
        return bool(super().event(event))

    def _place(self) -> QRect:
        wide, tall = self.width() - 2 * _EDGE, self.height() - 2 * _EDGE
        size = QSize(min(wide, round(tall * _SHAPE)), min(tall, round(wide / _SHAPE)))
        place = QRect(_EDGE, _EDGE, max(1, size.width()), max(1, size.height()))
        place.moveLeft((self.width() - place.width()) // 2)
        return place
