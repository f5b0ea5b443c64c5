"""A short field to type in; what is wrong with it is shown by its edge and said in words elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from liveroom.ui.theme import Theme

_HEIGHT = 24


def ground_of(theme: Theme) -> str:
    """Return the token behind what is typed: a well in dark themes, paper in the light one."""
    return "panel" if theme.name == "light" else "window"


class Field(QLineEdit):
    """A line of text of a fixed width (0 stretches); numbers stand right."""

    def __init__(self, theme: Theme, name: str, width: int = 0, number: bool = True) -> None:
        """Take what it is called for those who cannot see its place."""
        super().__init__()
        self.setFont(theme.font())
        self.setFixedHeight(_HEIGHT)
        if width:
            self.setFixedWidth(width)
        if number:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(name)
        self.setObjectName("field")
        self.setProperty("paper", ground_of(theme) == "panel")

    def mark_wrong(self, wrong: bool) -> None:
        """Show by the edge whether what stands here can be used."""
        if bool(self.property("wrong")) is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
