"""What is on show can be kept: as a picture, the chart as a drawing, its numbers as a table."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QGraphicsView, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from liveroom.errors import KnownError
from liveroom.models.facts import Fact
from liveroom.ui.main_window import MainWindow
from liveroom.ui.pictures.chart_files import COLUMNS, csv_of
from liveroom.ui.pictures.files import png_of, suggested_name, write
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def dock_of(desk: MainWindow, panel: str):  # type: ignore[no-untyped-def]
    return next(dock for dock in desk.docks if dock.objectName() == panel)


def chosen(desk: MainWindow, path: Path) -> QFileDialog:
    """Choose a place in the file dialog that is open."""
    dialog = desk.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isModal()
    name = dialog.selectedFiles()[0]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    QApplication.processEvents()
    return Path(name).name  # type: ignore[return-value]


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    window = make_desk(1366, 768)
    window.show_snapshot(snapshots.full())
    window.finish_building()
    return window


# --- Files and their names ----------------------------------------------------------------------


def test_a_file_is_named_by_show_panel_and_time_of_the_show() -> None:
    name = suggested_name(snapshots.full(), "Entry channels", "png")
    assert name == "Festa-da-Eletrônica-Entry-channels-2026-11-20-204136.png"
    assert suggested_name(None, "desk", "png") == "liveroom-desk.png"


@given(st.text(max_size=300))
def test_whatever_the_title_the_name_is_one_file_on_any_system(title: str) -> None:
    name = suggested_name(snapshots.full(title=title), "desk", "png")
    assert name.endswith("-desk-2026-11-20-204136.png")
    assert not set(name) & set('/\\:*?"<>|\n\0 ')
    assert len(name) < 120
    assert not name.startswith(("-", "."))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "a.png"
    place.write_bytes(b"before")
    assert write(place, b"after").read_bytes() == b"after"
    assert os.listdir(tmp_path) == ["a.png"]
    with pytest.raises(KnownError, match=r"none/a\.png cannot be written: No such file"):
        write(tmp_path / "none" / "a.png", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(KnownError, match="cannot be written"):
        write(tmp_path / "folder", b"x")
    assert sorted(os.listdir(tmp_path)) == ["a.png", "folder"]


# --- By hand ------------------------------------------------------------------------------------


def test_the_panel_with_the_keyboard_is_copied_and_without_one_the_desk(
    desk: MainWindow, qtbot: QtBot
) -> None:
    desk.setFocus()
    qtbot.keyClick(desk, Qt.Key.Key_C, KEYS)
    assert QGuiApplication.clipboard().image().size() == desk.size()
    open_panel(desk, "run_of_show").table.setFocus()
    qtbot.keyClick(desk, Qt.Key.Key_C, KEYS)
    assert QGuiApplication.clipboard().image().size() == dock_of(desk, "run_of_show").size()


def test_a_picture_is_of_the_moment_it_was_asked_for(
    desk: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = desk.grab().toImage()
    desk.setFocus()
    qtbot.keyClick(desk, Qt.Key.Key_S, KEYS)
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 60_000))
    name = chosen(desk, tmp_path / "desk.png")
    assert name == "Festa-da-Eletrônica-desk-2026-11-20-204136.png"
    assert QImage(str(tmp_path / "desk.png")) == before.convertToFormat(
        QImage(str(tmp_path / "desk.png")).format()
    )


def test_what_is_looked_back_at_gives_the_picture_its_time(
    desk: MainWindow, tmp_path: Path
) -> None:
    then = snapshots.full(at=snapshots.instant("20:35:00"), is_past=True)
    desk.travel.offer(lambda at: None)
    desk.travel.travel(then.at)
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 1000, back=then))
    desk.pictures.save(None)
    assert str(chosen(desk, tmp_path / "a.png")).endswith("desk-2026-11-20-203500.png")


def test_a_picture_of_a_panel_behind_a_tab_has_its_title(desk: MainWindow) -> None:
    dock = dock_of(desk, "channels")
    dock.raise_()
    assert dock.title_bar.is_tabbed()
    tabbed = dock.grab().toImage()
    image = dock.picture()
    assert image.size() == tabbed.size()
    assert image != tabbed
    assert dock.title_bar.is_tabbed()


def test_a_right_click_offers_what_the_panel_can_be_kept_as(
    desk: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dock = dock_of(desk, "audience")
    at = QPoint(30, 10)
    bar = dock.title_bar
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, bar.mapToGlobal(at))
    QApplication.sendEvent(bar, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == [
        "Copy a picture of Audience against conversion",
        "Save a picture of Audience against conversion…",
        "Save its drawing as SVG…",
        "Save its numbers as CSV…",
    ]
    menu.close()
    actions["Save its numbers as CSV…"].trigger()
    name = chosen(desk, tmp_path / "numbers.csv")
    assert name == "Festa-da-Eletrônica-Audience-against-conversion-2026-11-20-204136.csv"
    assert (tmp_path / "numbers.csv").read_text("utf-8") == csv_of(snapshots.full())


def test_a_panel_behind_others_is_asked_to_be_brought_to_the_front(desk: MainWindow) -> None:
    instructor = dock_of(desk, "instructor")
    desk.pictures.open_menu(instructor, QPoint(0, 0))
    menu = next(one for one in desk.findChildren(QMenu) if one.isVisible())
    assert [action.isEnabled() for action in menu.actions()] == [False]
    menu.close()


def test_desk_and_panel_are_copied_and_saved_by_name(desk: MainWindow) -> None:
    commands = {one.command_id: one.title for one in desk.keyboard.registry.commands()}
    assert [name for name in commands if name.startswith("pictures.")] == [
        "pictures.copy",
        "pictures.save",
        "pictures.copy_desk",
        "pictures.save_desk",
        "pictures.drawing",
        "pictures.numbers",
    ]
    assert desk.keyboard.registry.run("pictures.copy_desk")
    assert QGuiApplication.clipboard().image().width() == desk.grab().toImage().width()


def test_drawing_and_numbers_of_the_chart_are_found_by_name_too(
    desk: MainWindow, tmp_path: Path
) -> None:
    open_panel(desk, "run_of_show").table.setFocus()
    assert desk.keyboard.registry.run("pictures.numbers")
    chosen(desk, tmp_path / "numbers.csv")
    assert (tmp_path / "numbers.csv").read_text("utf-8") == csv_of(snapshots.full())
    assert desk.keyboard.registry.run("pictures.drawing")
    chosen(desk, tmp_path / "chart.svg")
    assert (tmp_path / "chart.svg").read_text("utf-8").startswith("<?xml")


def test_what_cannot_be_written_is_said_and_the_desk_goes_on(
    desk: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.pictures.save(None)
    chosen(desk, tmp_path / "none" / "desk.png")
    box = desk.findChild(QMessageBox)
    assert box is not None
    assert "desk.png cannot be written" in box.text()
    assert not box.isModal()
    box.close()


def test_the_folder_of_the_last_picture_is_offered_again(desk: MainWindow, tmp_path: Path) -> None:
    desk.pictures.save(None)
    chosen(desk, tmp_path / "one.png")
    desk.pictures.save(dock_of(desk, "products"))
    dialog = desk.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.directory().path() == str(tmp_path)
    chosen(desk, tmp_path / "two.png")
    assert QImage(str(tmp_path / "two.png")).width() == dock_of(desk, "products").width()


# --- The chart ----------------------------------------------------------------------------------


def test_the_drawing_is_made_of_lines_and_words(desk: MainWindow) -> None:
    panel = open_panel(desk, "audience")
    svg = next(kind for kind in panel.files() if kind.suffix == "svg").make()
    root = ElementTree.fromstring(svg)
    name = "{http://www.w3.org/2000/svg}"
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{name}text"))
    assert "3,964 audience" in words
    assert "Notebook Air 14" in words
    assert len(list(root.iter(f"{name}polyline"))) + len(list(root.iter(f"{name}path"))) > 10
    # Only the ground behind the curves, of which the drawing knows no shape, is an image.
    assert len(list(root.iter(f"{name}image"))) <= 1
    assert root.attrib["viewBox"].split()[2:] == [
        str(panel._chart.width()),
        str(panel._chart.height()),
    ]


def test_the_drawing_looks_like_the_chart(desk: MainWindow) -> None:
    """Seconds since 1970 have more digits than Qt writes into a drawing: curves would fall together."""
    panel = open_panel(desk, "audience")
    chart = panel._chart
    shown = chart.grab().toImage()
    svg = next(kind for kind in panel.files() if kind.suffix == "svg").make()
    drawn = QImage(shown.size(), QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()

    def area(image: QImage, token: str) -> set[tuple[int, int]]:
        wanted = desk.theme[token].rgb()
        places = ((x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))
        return {place for place in places if image.pixel(*place) == wanted}

    for token in ("audience_fill", "onair"):
        here, there = area(shown, token), area(drawn, token)
        assert len(here) > 50
        assert len(here ^ there) < len(here) * 0.1, token


def test_what_is_outside_of_the_axes_is_not_drawn_over_them(desk: MainWindow) -> None:
    import pyqtgraph as pg

    panel = open_panel(desk, "audience")
    (view,) = panel._chart.findChildren(QGraphicsView)
    boxes = [item for item in view.scene().items() if isinstance(item, pg.ViewBox)]
    box = max(boxes, key=lambda one: one.height())
    start = snapshots.START / 1000
    box.setXRange(start + 1500, start + 1800, padding=0)
    QApplication.processEvents()
    svg = next(kind for kind in panel.files() if kind.suffix == "svg").make()
    drawn = QImage(panel._chart.size(), QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    fill = desk.theme["audience_fill"].rgb()
    place = box.sceneBoundingRect().translated(view.pos())
    row = round(place.top() + 0.7 * place.height())
    columns = [x for x in range(drawn.width()) if drawn.pixel(x, row) == fill]
    assert len(columns) > 0.8 * place.width()
    assert min(columns) >= place.left() - 1
    assert max(columns) <= place.right() + 1


def test_the_numbers_are_those_of_the_desk() -> None:
    shown = snapshots.full()
    rows = list(csv.DictReader(io.StringIO(csv_of(shown))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["minute"] == "2026-11-20T20:00:00-03:00"
    assert rows[-1]["minute"] == "2026-11-20T20:41:00-03:00"
    assert len(rows) == 42
    assert sum(int(row["orders"]) for row in rows) == shown.totals.orders
    assert sum(int(row["visits"]) for row in rows) == shown.totals.visits
    assert max(int(row["audience_highest"]) for row in rows) == shown.audience.peak
    assert int(rows[-1]["audience_last"]) == shown.audience.last
    assert all(not row["conversion_10_min"] for row in rows[:5])
    rate = shown.recent.orders / shown.recent.visits  # type: ignore[operator]
    assert float(rows[-1]["conversion_10_min"]) == pytest.approx(rate, abs=1e-6)


def test_a_number_that_no_source_reports_is_blank_and_not_zero() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_of(snapshots.only_orders()))))
    assert {row["visits"] for row in rows} == {""}
    assert {row["audience_last"] for row in rows} == {""}
    assert {row["conversion_10_min"] for row in rows} == {""}
    assert sum(int(row["orders"]) for row in rows) == 428
    assert csv_of(snapshots.empty()) == ",".join(COLUMNS) + "\n"


@given(st.lists(st.integers(0, 900), max_size=30, unique=True), st.integers(0, 1000))
def test_every_order_is_in_exactly_one_minute(seconds: list[int], end: int) -> None:
    start = snapshots.START // 1000
    at = np.array(sorted(second for second in seconds if second <= end), dtype=np.int64) + start
    running = np.arange(1, len(at) + 1)
    totals = snapshots.totals(at, visits=running, orders=running)
    series = replace(snapshots.empty().series, totals=totals)
    shown = snapshots.full(at=(start + end) * 1000, series=series)
    rows = list(csv.DictReader(io.StringIO(csv_of(shown))))
    assert sum(int(row["orders"]) for row in rows) == len(at)
    assert Fact.ORDERS in shown.counting


def test_a_png_is_a_png() -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(0)
    assert png_of(image).startswith(b"\x89PNG")
