"""The strip of key figures and the list behind it."""

from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.kpi_strip import KpiStrip
from liveroom.ui.parts.kpi_editor import KpiEditor


def strip_of(desk: MainWindow) -> KpiStrip:
    found = desk.findChild(KpiStrip)
    assert found is not None
    return found


def editor_of(desk: MainWindow) -> KpiEditor:
    found = desk.findChild(KpiEditor)
    assert found is not None
    return found
