"""Says whether the chart keeps up with the show, and lets it do so again."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from liveroom.ui.parts.readout import HEIGHT
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

_FOLLOWS = (Run(glyph="ok", tone="text_3", px=7), Run("Following", "text_3", 11, gap=5))
_STANDS = (
    Run("Not following", "text", 11, 500),
    Run("F", "text_2", 10.5, outline="control", gap=6),
)


class FollowButton(QAbstractButton):
    """As wide in either state, so that nothing beside it moves."""

    def __init__(self, theme: Theme) -> None:
        """Start following."""
        super().__init__()
        self._theme, self._follows = theme, True
        self._stands: tuple[Run, ...] = _STANDS
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.shorten(False)
        self.show_state(True)

    def show_state(self, follows: bool) -> None:
        """Show whether the axis keeps up."""
        self._follows = follows
        self.setEnabled(not follows)
        self.setToolTip(
            "The axis keeps up with the show." if follows else "Follow the show again (F)"
        )
        self.setAccessibleName(self.text())
        self.update()

    def shorten(self, short: bool) -> None:
        """Leave the key to the tooltip, where the line is short."""
        self._stands = _STANDS[:1] if short else _STANDS
        wide = max(width_of(runs, self._theme) for runs in (_FOLLOWS, self._stands))
        self.setFixedSize(round(wide) + 14, HEIGHT)

    def text(self) -> str:
        """Return the words on show."""
        return "Following" if self._follows else "Not following"

    def sizeHint(self) -> QSize:
        return QSize(self.width(), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() and not self._follows:
            painter.fillRect(self.rect().adjusted(0, 2, 0, -2), self._theme["raised"])
        field = QRectF(self.rect()).adjusted(4, 0, -8, 0)
        runs = _FOLLOWS if self._follows else self._stands
        paint_runs(painter, self._theme, runs, field, Qt.AlignmentFlag.AlignRight)
