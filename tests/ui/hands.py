"""What a hand does at the mouse and Qt's test functions do by halves."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def double_click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click twice at a place of a widget, its middle if none is given, and let the button go.

    `QTest.mouseDClick` alone leaves it pressed, for every test that comes after in the same process.
    """
    place = widget.rect().center() if at is None else at
    QTest.mouseClick(widget, LEFT, NO_KEY, place)
    QTest.mouseDClick(widget, LEFT, NO_KEY, place)
    QTest.mouseRelease(widget, LEFT, NO_KEY, place)
