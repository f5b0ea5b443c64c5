"""Hands for layouts: the chooser, its keys, the docks that are seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liveroom.ui.dock import PanelDock
from liveroom.ui.layout_chooser import LayoutChooser
from liveroom.ui.main_window import MainWindow


def dock_of(desk: MainWindow, panel_id: str) -> PanelDock:
    return next(dock for dock in desk.docks if dock.objectName() == panel_id)


def seen(desk: MainWindow) -> set[str]:
    return {dock.objectName() for dock in desk.docks if not dock.isHidden()}


def open_chooser(desk: MainWindow) -> LayoutChooser:
    desk.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or desk, Qt.Key.Key_F2)
    chooser = desk.keyboard.sheet
    assert isinstance(chooser, LayoutChooser)
    return chooser


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)
