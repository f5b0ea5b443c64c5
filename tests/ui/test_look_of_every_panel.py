"""Every panel, in every state and size: nothing overlaps, sticks out, is cut, or is too faint to read."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.pacing import Pace
from liveroom.models.snapshot import Snapshot
from liveroom.ui.main_window import MainWindow
from liveroom.ui.parts import runs
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import THEMES, Theme, contrast
from tests.ui import lever_snapshots, snapshots, target_snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.inks import faint_words, inks_of
from tests.ui.looking import Watcher, faults_of, names_in

SIZES = ((1366, 768), (1920, 1080), (2560, 1440))


def stale() -> Snapshot:
    """Return the show while its platform does not answer."""
    first, *others = snapshots.CONNECTIONS
    failing = replace(
        first,
        state=ConnectionState.FAILING,
        reason="connection refused",
        last_received_at=snapshots.NOW - 95_000,
    )
    return snapshots.full(connections=(failing, *others))


def past() -> Snapshot:
    return snapshots.full(is_past=True)


def large() -> Snapshot:
    """Return a show of ten times as much."""
    totals = replace(
        snapshots.TOTALS, revenue_minor=225_992_000, visits=112_300, orders=4_280, units=4_550
    )
    rows = tuple(
        replace(row, sku=f"{row.sku}{n}", revenue_minor=(row.revenue_minor or 0) * 10)
        for n in range(10)
        for row in snapshots.full().products
    )
    return snapshots.full(totals=totals, products=rows)


STATES: dict[str, Callable[[], Snapshot]] = {
    "full": snapshots.full,
    "levers": lambda: snapshots.full(
        products=lever_snapshots.board(), levers=lever_snapshots.LEVERS
    ),
    "targets": target_snapshots.with_targets,
    "rehearsal": lambda: snapshots.rehearsal(pace=Pace(speed=1.0)),
    "partial": snapshots.only_orders,
    "stale": stale,
    "past": past,
    "large": large,
    "empty": snapshots.empty,
}


def settle(desk: MainWindow) -> None:
    QCoreApplication.processEvents()
    desk.catch_up()
    QCoreApplication.processEvents()


def in_front(desk: MainWindow, panel_id: str) -> QWidget:
    dock = next(each for each in desk.docks if each.objectName() == panel_id)
    dock.raise_()
    settle(desk)
    dock.host.finish_building()
    QCoreApplication.processEvents()
    assert dock.host.stopped is None, dock.host.message()
    return dock


def shown_panels(desk: MainWindow) -> list[str]:
    return [dock.objectName() for dock in desk.docks if dock.host.spec.shown]


def bars_of(desk: MainWindow) -> list[QWidget]:
    tabs = desk.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [desk.show_bar, desk.statusBar(), *(bar for bar in tabs if bar.isVisible())]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_overlaps_sticks_out_or_is_cut(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    watcher = Watcher(monkeypatch)
    desk = make_desk(width, height)
    watcher.watch()
    faults: dict[str, list[str]] = {}
    for state, make in STATES.items():
        snapshot = make()
        desk.show_snapshot(snapshot)
        names = names_in(snapshot)
        for panel in shown_panels(desk):
            dock = in_front(desk, panel)
            watcher.cuts.clear()
            dock.grab()
            for fault in (*faults_of(dock), *watcher.cut_words(names)):
                faults.setdefault(fault, []).append(state)
        for bar in bars_of(desk):
            bar.grab()
            for fault in (*faults_of(bar), *watcher.cut_words(names)):
                faults.setdefault(fault, []).append(state)
    assert not faults, "\n".join(f"{fault}: {', '.join(where)}" for fault, where in faults.items())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", ["full", "levers", "rehearsal", "partial", "stale", "past"])
def test_every_word_can_be_read_where_it_stands(
    make_desk: MakeDesk, theme: str, state: str
) -> None:
    snapshot = STATES[state]()
    desk = make_desk(1366, 768, theme=theme, mode=snapshot.mode)
    desk.show_snapshot(snapshot)
    faint: list[str] = []
    for panel in shown_panels(desk):
        dock = in_front(desk, panel)
        faint += [f"{panel}: {fault}" for fault in faint_words(dock)]
    for bar in bars_of(desk):
        faint += [f"{type(bar).__name__}: {fault}" for fault in faint_words(bar)]
    assert not faint, "\n".join(faint)


# That the checks find what they look for.


def holder(qtbot: QtBot, width: int = 200, height: int = 60) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def put(parent: QWidget, child: QWidget, *box: int) -> QWidget:
    child.setParent(parent)
    child.setGeometry(*box)
    child.show()
    return child


def test_an_overlap_is_found(qtbot: QtBot) -> None:
    parent = holder(qtbot)
    put(parent, QWidget(), 0, 0, 50, 20)
    other = put(parent, QWidget(), 50, 0, 50, 20)
    assert faults_of(parent) == []
    other.move(49, 19)
    assert ["overlap" in fault for fault in faults_of(parent)] == [True]
    other.hide()
    assert faults_of(parent) == []


def test_what_sticks_out_is_found(qtbot: QtBot) -> None:
    parent = holder(qtbot)
    child = put(parent, QWidget(), 150, 0, 50, 20)
    assert faults_of(parent) == []
    child.resize(51, 20)
    assert ["beyond its parent" in fault for fault in faults_of(parent)] == [True]


def test_what_scrolls_may_be_longer_but_not_wider(qtbot: QtBot) -> None:
    parent = holder(qtbot)
    area, inside = QScrollArea(), QWidget()
    inside.resize(100, 500)
    area.setWidget(inside)
    put(parent, area, 0, 0, 200, 60)
    QCoreApplication.processEvents()
    assert faults_of(parent) == []
    inside.resize(500, 500)
    QCoreApplication.processEvents()
    assert any("beyond its parent" in fault for fault in faults_of(parent))
    assert any("scrolls sideways" in fault for fault in faults_of(parent))


def test_a_cut_label_is_found(qtbot: QtBot) -> None:
    parent = holder(qtbot)
    label = put(parent, QLabel("R$ 225,992"), 0, 0, 120, 20)
    assert faults_of(parent) == []
    label.resize(30, 20)
    assert ["has no room" in fault for fault in faults_of(parent)] == [True]


@pytest.mark.usefixtures("qapp")
def test_cut_words_are_found_and_names_are_let_pass(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher(monkeypatch)
    line = RunLine(Theme())
    qtbot.addWidget(line)
    line.set_runs(Run("Smartwatch Fit Pro 2"), Run("R$ 225,992"))
    line.resize(400, 16)
    line.grab()
    assert watcher.cut_words(frozenset()) == []
    line.resize(150, 16)
    line.grab()
    found = watcher.cut_words(frozenset(["Smartwatch Fit Pro 2"]))
    assert ["'R$ 225,992'" in fault for fault in found] == [True]
    line.resize(60, 16)
    line.grab()
    assert len(watcher.cut_words(frozenset(["Smartwatch Fit Pro 2"]))) == 1
    line.grab()
    assert len(watcher.cut_words(frozenset())) == 2


def test_texts_of_the_facts_are_the_names() -> None:
    names = names_in(snapshots.full())
    assert {"Smartwatch Fit Pro 2", "Notebook Air 14 · demo", "Stream · YouTube"} <= names
    assert "" not in names


class Faint(QWidget):
    """Words on a ground."""

    ink = "text"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = Theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme["panel"])
        box = QRectF(10, 10, 180, 20)
        runs.paint_runs(painter, theme, (Run("428 orders", self.ink),), box)


def test_words_too_faint_are_found(qtbot: QtBot, qapp: QApplication) -> None:
    widget = Faint()
    qtbot.addWidget(widget)
    widget.resize(200, 40)
    assert [ink.text for ink in inks_of(widget)] == ["428 orders"]
    assert faint_words(widget) == []
    widget.ink = "line_2"
    assert ["428 orders" in fault for fault in faint_words(widget)] == [True]


def test_every_panel_paints_words_that_are_looked_at(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    for panel in shown_panels(desk):
        assert len(list(inks_of(in_front(desk, panel)))) >= 3, panel


# What was mended.


def test_a_title_leaves_out_whole_parts_and_its_tooltip_has_them(make_desk: MakeDesk) -> None:
    small, large_desk = make_desk(1366, 768), make_desk(1920, 1080)
    texts = []
    for desk in (small, large_desk):
        desk.show_snapshot(snapshots.full())
        bar = in_front(desk, "run_of_show").title_bar  # type: ignore[attr-defined]
        texts.append(bar.text())
        assert bar._words.toolTip() == "9 segments · planned end 21:00:00" or desk is small
    assert "planned end" in texts[1]
    assert "9 segments" in texts[0]
    assert "planned" not in texts[0]


def test_key_figures_have_the_edge_of_the_past(make_desk: MakeDesk) -> None:
    from liveroom.ui.panels.kpi_strip import KpiStrip

    desk = make_desk(1366, 768)
    strip = desk.findChild(KpiStrip)
    assert strip is not None
    for snapshot, token in ((snapshots.full(), "line"), (past(), "offer")):
        desk.show_snapshot(snapshot)
        tile = strip._tiles["revenue"]
        image = tile.grab().toImage()
        assert image.pixelColor(tile.width() // 2, 0) == desk.theme[token]


def marks_of(desk: MainWindow) -> dict[str, bool]:
    bars = desk.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return {
        bar.tabText(tab): not bar.tabIcon(tab).isNull()
        for bar in bars
        for tab in range(bar.count())
    }


def test_tabs_tell_of_hidden_panels(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.full())
    assert not marks_of(desk)["Connections"]
    assert not marks_of(desk)["Chat"]
    chat = replace(snapshots.full().chat, unanswered=12)
    desk.show_snapshot(replace(stale(), chat=chat))
    assert marks_of(desk)["Connections"]
    assert marks_of(desk)["Chat"]
    assert not marks_of(desk)["Products"]
    desk.set_theme("light")
    assert marks_of(desk)["Connections"]
    desk.show_snapshot(snapshots.full(mode=Mode.LIVE))
    assert not any(marks_of(desk).values())


def test_the_log_says_what_will_stand_in_it(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.empty())
    words = [ink.text for ink in inks_of(in_front(desk, "log"))]
    assert "Segments, offers, troubles and notes" in words


def test_nothing_that_is_unknown_looks_like_a_zero(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.empty())
    for panel in shown_panels(desk):
        words = [ink.text for ink in inks_of(in_front(desk, panel))]
        assert words, panel
        assert not [word for word in words if word.strip("R$%\u202f\u00a0 ") in {"0", "0.00"}], (
            panel
        )


def test_a_low_map_shows_whole_rows_and_says_how_many(make_desk: MakeDesk) -> None:
    from liveroom.ui.parts.heat_grid import HeatGrid, HeatRow

    rows = [HeatRow(f"r{n}", f"Row {n}", (1.0,), group="clicks", scale="c") for n in range(9)]
    grid = HeatGrid(Theme())
    grid.resize(300, 18 + 4 + 5 * 15)
    assert len(grid.fitting(rows)) == 5
    grid.resize(300, 18 + 4 + 5 * 15 - 1)
    assert len(grid.fitting(rows)) == 4
    grid.resize(300, 400)
    assert len(grid.fitting(rows)) == 9


def test_what_is_over_can_be_seen_in_the_scrub_bar(make_desk: MakeDesk) -> None:
    for theme in THEMES:
        desk = make_desk(1366, 768, theme=theme)
        desk.show_snapshot(snapshots.full())
        track = desk.scrub_bar.track
        image = track.grab().toImage()
        x = round(track.x_of(snapshots.instant("20:02:00")))
        done = image.pixelColor(x, 37)
        assert contrast(done, desk.theme["panel"]) >= 3, theme
