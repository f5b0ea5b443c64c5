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


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press at one place of a widget, move to another by way of the middle, and let go there."""
    QTest.mousePress(widget, LEFT, NO_KEY, start)
    for place in ((start + end) / 2, end):
        QTest.mouseMove(widget, place)
        QTest.qWait(20)
    QTest.mouseRelease(widget, LEFT, NO_KEY, end)
    QTest.qWait(20)
