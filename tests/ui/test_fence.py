"""A panel that fails stops alone, says so in its place and can be restarted."""

import pytest
from pytestqt.qtbot import QtBot

from liveroom.models.snapshot import Snapshot
from liveroom.ui.panel import Panel, PanelSpec
from liveroom.ui.panels import PANELS
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import dock_of


class Fragile(Panel):
    """Stops at the first snapshot that has no title."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not snapshot.title:
            raise KeyError("direct")

    def numbers(self) -> dict[str, str]:
        return {"fine": "yes"}


class Unbuildable(Panel):
    """Cannot even be built."""

    def __init__(self, *arguments: object) -> None:
        raise RuntimeError("no such font")


FRAGILE = PanelSpec("fragile", "Fragile", "left", lambda: Fragile)
UNBUILDABLE = PanelSpec("unbuildable", "Unbuildable", "left", lambda: Unbuildable)


def test_a_panel_that_raises_stops_alone_and_can_be_restarted(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk(panels=(*PANELS, FRAGILE))
    host = dock_of(desk, "fragile").host
    desk.show_snapshot(snapshots.full())
    assert host.numbers() == {"fine": "yes"}
    with caplog.at_level("ERROR"):
        desk.show_snapshot(snapshots.full(title=""))
        host.refresh()
    assert "panel fragile stopped" in caplog.text
    assert "This panel stopped at 20:41:36" in host.message()
    assert "KeyError: 'direct' · test_fence.py:" in host.message()
    assert desk.numbers()["kpi_strip"]["orders"] == "428"
    desk.show_snapshot(snapshots.full())
    assert "stopped" in host.message()
    host.restart()
    host.refresh()
    assert host.message() == ""
    assert host.numbers() == {"fine": "yes"}


def test_what_a_panel_does_on_its_own_time_is_fenced_too(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    from liveroom.ui.chart import Chart

    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.finish_building()
    chart = desk.findChild(Chart)
    assert chart is not None
    chart.canvas.draw = None  # type: ignore[assignment,method-assign]
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 5000))
    host = dock_of(desk, "audience").host
    qtbot.waitUntil(lambda: host.stopped is not None)
    assert "TypeError" in host.message()
    assert "panel audience stopped" in caplog.text


def test_curves_that_fail_at_their_first_snapshot_stop_their_panel_too(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    from liveroom.ui.chart import Chart

    desk = make_desk()
    chart = desk.findChild(Chart)
    assert chart is not None
    chart.canvas.draw = None  # type: ignore[assignment,method-assign]
    desk.show_snapshot(snapshots.full())
    host = dock_of(desk, "audience").host
    assert "TypeError" in host.message()
    assert host.panel is None
    assert caplog.text.count("panel audience stopped") == 1
    assert desk.numbers()["kpi_strip"]["orders"] == "428"


def test_a_panel_that_cannot_be_built_does_not_stop_the_desk(make_desk: MakeDesk) -> None:
    desk = make_desk(panels=(*PANELS, UNBUILDABLE))
    desk.show_snapshot(snapshots.full())
    assert "RuntimeError: no such font" in dock_of(desk, "unbuildable").host.message()
    assert desk.numbers()["products"]["fone.orders"] == "128"
