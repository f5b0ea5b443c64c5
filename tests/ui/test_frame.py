"""The edge of the window tells the modes apart, all around, wherever a panel is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from liveroom.models.facts import Mode
from liveroom.ui.theme import THEMES
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk


def edges(image: QImage, depth: int) -> list[list[str]]:
    """Return the colours along the four sides, `depth` pixels from the border."""
    wide, tall = image.width(), image.height()
    return [
        [image.pixelColor(x, depth).name() for x in range(wide)],
        [image.pixelColor(x, tall - 1 - depth).name() for x in range(wide)],
        [image.pixelColor(depth, y).name() for y in range(tall)],
        [image.pixelColor(wide - 1 - depth, y).name() for y in range(tall)],
    ]


@pytest.mark.parametrize("name", THEMES)
def test_a_rehearsal_is_striped_all_around(make_desk: MakeDesk, name: str) -> None:
    desk = make_desk(1366, 768, theme=name)
    desk.show_snapshot(snapshots.rehearsal())
    tone = desk.theme["reh"].name()
    for depth in (0, 3, 7):
        for side in edges(desk.grab().toImage(), depth):
            striped = sum(colour == tone for colour in side) / len(side)
            assert 0.3 < striped < 0.7
            changes = sum(one != other for one, other in pairwise(side))
            assert changes > len(side) / 20


@pytest.mark.parametrize("name", THEMES)
def test_every_mode_has_an_edge_of_its_own(make_desk: MakeDesk, name: str) -> None:
    desk = make_desk(1366, 768, theme=name)
    shares: dict[Mode, float] = {}
    for mode in Mode:
        desk.show_snapshot(snapshots.full(mode=mode))
        side = edges(desk.grab().toImage(), 1)[2]
        shares[mode] = sum(colour == desk.theme["offer"].name() for colour in side) / len(side)
        plain = all(colour == desk.theme["window"].name() for colour in side)
        assert plain == (mode is Mode.LIVE)
    assert shares[Mode.LIVE] == shares[Mode.REHEARSAL] == 0
    assert shares[Mode.REPLAY] > 0.99
    assert 0.2 < shares[Mode.DEBRIEF] < 0.8


def test_a_panel_that_floats_out_of_a_rehearsal_takes_the_edge_along(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.rehearsal())
    dock = next(dock for dock in desk.docks if dock.objectName() == "channels")
    dock.setFloating(True)
    QApplication.processEvents()
    tone = desk.theme["reh"].name()
    for side in edges(dock.body.grab().toImage(), 3):
        assert 0.3 < sum(colour == tone for colour in side) / len(side) < 0.7
    dock.setFloating(False)
    QApplication.processEvents()
    assert tone not in edges(dock.body.grab().toImage(), 0)[2]


def test_a_live_panel_floats_without_an_edge(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    dock = next(dock for dock in desk.docks if dock.objectName() == "channels")
    dock.setFloating(True)
    QApplication.processEvents()
    colours = {colour for side in edges(dock.body.grab().toImage(), 0) for colour in side}
    assert colours == {desk.theme["window"].name()}


@pytest.mark.parametrize("mode", list(Mode))
def test_the_title_of_the_window_says_the_mode_too(make_desk: MakeDesk, mode: Mode) -> None:
    desk = make_desk(mode=mode)
    desk.name_show("Festa")
    said = "" if mode is Mode.LIVE else f"{mode.upper()} · "
    assert desk.windowTitle() == f"{said}Festa — liveroom"
