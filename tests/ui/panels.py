"""Finding panels and pressing what is on them."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from liveroom.ui.dock import PanelDock
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panel import PanelSpec
from liveroom.ui.panels import PANELS


def dock_of(desk: MainWindow, panel_id: str) -> PanelDock:
    """Return the dock of a panel."""
    return next(dock for dock in desk.docks if dock.objectName() == panel_id)


def open_panel(desk: MainWindow, panel_id: str) -> Any:
    """Bring a panel to the front, as its entry in the menu does, and return it."""
    dock = next(one for one in desk.docks if one.objectName() == panel_id)
    dock.show()
    dock.raise_()
    dock.host.finish_building()
    assert dock.host.stopped is None, dock.host.message()
    return dock.host.panel


def spec_of(panel_id: str) -> tuple[PanelSpec, ...]:
    """Return a desk of one panel."""
    return tuple(one for one in PANELS if one.panel_id == panel_id)


def title_of(desk: MainWindow, panel_id: str) -> str:
    """Return what a panel's title bar says."""
    dock = next(one for one in desk.docks if one.objectName() == panel_id)
    assert dock.title_bar is not None
    return dock.title_bar.text()


def message_of(desk: MainWindow, panel_id: str) -> str:
    """Return what stands in place of a panel."""
    return next(one for one in desk.docks if one.objectName() == panel_id).host.message()


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    """Give a widget the focus as Tab does, and press a key."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(widget, key)


def click(qtbot: QtBot, widget: QWidget) -> None:
    """Click a widget's middle."""
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
