"""Panels keep their shares of the window when it changes its size."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liveroom.ui.dock import PanelDock
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.hands import drag


def dock(desk: MainWindow, panel_id: str) -> PanelDock:
    return next(one for one in desk.docks if one.objectName() == panel_id)


def resized(desk: MainWindow, width: int, height: int) -> dict[str, tuple[int, int]]:
    desk.resize(width, height)
    QApplication.processEvents()
    names = ("kpi_strip", "run_of_show", "audience", "products")
    return {name: (dock(desk, name).width(), dock(desk, name).height()) for name in names}


def shown_desk(make_desk: MakeDesk, width: int, height: int) -> MainWindow:
    desk = make_desk(width, height)
    desk.show_snapshot(snapshots.full())
    QTest.qWait(50)
    return desk


def test_a_larger_window_gives_every_panel_its_share_and_the_strip_no_more(
    make_desk: MakeDesk,
) -> None:
    desk = shown_desk(make_desk, 1366, 768)
    before = resized(desk, 1366, 768)
    after = resized(desk, 1920, 1080)
    assert after["kpi_strip"][1] == before["kpi_strip"][1]
    assert dock(desk, "run_of_show").y() < before["kpi_strip"][1] + 60
    for name in ("run_of_show", "audience"):
        assert abs(after[name][0] / 1920 - before[name][0] / 1366) < 0.02, name
    tall = {name: after[name][1] / before[name][1] for name in ("audience", "products")}
    assert abs(tall["audience"] / tall["products"] - 1) < 0.1


def test_sizes_come_back_with_the_size_of_the_window(make_desk: MakeDesk) -> None:
    desk = shown_desk(make_desk, 1920, 1080)
    before = resized(desk, 1920, 1080)
    for width, height in ((1366, 768), (2560, 1440), (1000, 600), (1920, 1080)):
        after = resized(desk, width, height)
    for name, (width, height) in before.items():
        assert abs(after[name][0] - width) <= 4, name
        assert abs(after[name][1] - height) <= 4, name


def test_a_panel_that_comes_to_the_front_later_keeps_its_place(make_desk: MakeDesk) -> None:
    desk = shown_desk(make_desk, 1920, 1080)
    resized(desk, 1920, 1080)
    behind = dock(desk, "carts")
    behind.raise_()
    QApplication.processEvents()
    before = behind.width()
    resized(desk, 1366, 768)
    resized(desk, 1920, 1080)
    assert abs(behind.width() - before) <= 4


def test_a_border_that_was_moved_stays_where_it_was_put(make_desk: MakeDesk) -> None:
    desk = shown_desk(make_desk, 1366, 768)
    wide = dock(desk, "run_of_show")
    border = QPoint(wide.geometry().right() + 2, wide.geometry().center().y())
    assert desk.isSeparator(border)
    drag(desk, border, border + QPoint(150, 0))
    share = wide.width() / 1366
    assert share > 0.3
    resized(desk, 1920, 1080)
    assert abs(wide.width() / 1920 - share) < 0.02


@pytest.mark.parametrize("panel_id", ["offers", "chat", "presenter", "score"])
def test_a_window_that_is_made_low_lays_no_panel_over_the_bars(
    make_desk: MakeDesk, panel_id: str
) -> None:
    desk = shown_desk(make_desk, 1920, 1080)
    before = resized(desk, 1920, 1080)
    dock(desk, panel_id).show()
    dock(desk, panel_id).raise_()
    for width, height in ((1366, 768), (960, 560)):
        resized(desk, width, height)
        QTest.qWait(50)
        foot = desk.statusBar().y()
        seen = [one for one in desk.docks if not one.visibleRegion().isEmpty()]
        assert {one.objectName(): one.geometry().bottom() < foot for one in seen} == {
            one.objectName(): True for one in seen
        }
        assert desk.size().toTuple() == (width, height)
    resized(desk, 1920, 1080)
    QTest.qWait(50)
    after = resized(desk, 1920, 1080)
    assert after["audience"] == pytest.approx(before["audience"], abs=4)
    assert dock(desk, "products").body.minimumHeight() == 0


def test_a_stack_keeps_its_share_with_its_tabs(make_desk: MakeDesk) -> None:
    desk = shown_desk(make_desk, 1920, 1080)
    before = resized(desk, 1920, 1080)
    assert desk.tabifiedDockWidgets(dock(desk, "audience"))
    after = resized(desk, 1920, 700)
    # 24 px of tabs belong to the upper one, at every height of the window.
    shares = [(one["audience"][1] + 24) / one["products"][1] for one in (before, after)]
    assert abs(shares[0] - shares[1]) < 0.02
