"""Every panel in every state, layout, size and theme: no text is cut or faint, nothing overlaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QRectF, QSettings, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from liveroom.models.snapshot import Snapshot
from liveroom.ui.layout_store import BUILT_IN
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels import PANELS
from liveroom.ui.parts.cells import Cell, Column
from liveroom.ui.parts.table import Table
from liveroom.ui.theme import THEMES, Theme
from tests.ui import score_cards, snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.look_checks import faint_texts, overlapping_widgets, wrong_texts
from tests.ui.look_snapshots import STATES

SIZES = ((1366, 768), (1920, 1080), (2560, 1440))
LAYOUTS = ("prepare", "on_air", "debrief")
Check = Callable[[QWidget], Iterator[str]]
SHAPES: tuple[Check, ...] = (wrong_texts, overlapping_widgets)
INI = QSettings.Format.IniFormat


@pytest.fixture(scope="module")
def desks(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, MainWindow]]:
    """Return a desk for each theme: built once, each shows one state after the other."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    made = {}
    for theme in THEMES:
        settings = QSettings(str(tmp_path_factory.mktemp(theme) / "desk.ini"), INI)
        made[theme] = MainWindow(lambda command: None, settings, theme=theme)
        made[theme].resize(*SIZES[0])
        made[theme].show()
        made[theme].finish_building()
        for _ in fronts(made[theme]):
            pass
    yield made
    for desk in made.values():
        desk.close()
        desk.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_cut_and_nothing_overlaps_on_air(
    desks: dict[str, MainWindow], state: str, size: tuple[int, int]
) -> None:
    assert find(desks["dark"], SHAPES, state, size) == {}


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one != "on_air"])
@pytest.mark.parametrize("size", SIZES)
def test_nor_in_another_layout(
    desks: dict[str, MainWindow], size: tuple[int, int], layout: str
) -> None:
    assert find(desks["dark"], SHAPES, "ten times", size, layout) == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_every_text_reaches_aa_on_what_is_painted_behind_it(
    desks: dict[str, MainWindow], state: str, theme: str
) -> None:
    for size in SIZES[:2] if state == "full" else SIZES[:1]:
        assert find(desks[theme], (faint_texts,), state, size) == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("make", [snapshots.rehearsal, snapshots.replay])
def test_so_it_does_where_nothing_is_sent(
    make_desk: MakeDesk, make: Callable[[], Snapshot], theme: str
) -> None:
    shown = make()
    desk = make_desk(theme=theme, mode=shown.mode)
    desk.show_snapshot(shown)
    assert [line for _ in fronts(desk) for line in faint_texts(desk)] == []


def find(
    desk: MainWindow,
    checks: tuple[Check, ...],
    state: str,
    size: tuple[int, int],
    layout: str = "on_air",
) -> dict[str, None]:
    """Return what the checks find on a desk, each panel raised in its place once."""
    if desk.size().toTuple() != size:
        desk.resize(*size)
    if desk.layouts.current.layout_id != layout:
        desk.layouts.show_layout(next(one for one in BUILT_IN if one.layout_id == layout))
    desk.layouts.reset()
    desk.show_snapshot(STATES[state]())
    desk.show_score(None if state in ("empty", "partial") else score_cards.card())
    found: dict[str, None] = {}
    for _ in fronts(desk):
        for check in checks:
            found |= dict.fromkeys(check(desk))
    return found


def fronts(desk: MainWindow) -> Iterator[None]:
    """Show every panel of every stack in front, one after the other."""
    for dock in desk.docks:
        dock.show()
    stacks = {
        frozenset(one.objectName() for one in (dock, *desk.tabifiedDockWidgets(dock)))
        for dock in desk.docks
    }
    docks = {dock.objectName(): dock for dock in desk.docks}
    assert set(docks) == {spec.panel_id for spec in PANELS}
    for turn in range(max(map(len, stacks))):
        for stack in stacks:
            docks[sorted(stack)[min(turn, len(stack) - 1)]].raise_()
        QApplication.processEvents()
        desk.turns.take_all()
        QApplication.processEvents()
        assert all(dock.host.stopped is None for dock in desk.docks)
        yield


# What the checks find, on widgets that are broken on purpose.


class Writer(QWidget):
    """Writes two lines where it is told, in colours that it is told."""

    def __init__(self, first: QRectF, second: QRectF, ink: str = "#ffffff") -> None:
        super().__init__()
        self.first, self.second, self.ink = first, second, ink
        self.resize(200, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.setPen(self.ink)
        painter.drawText(self.first, "Revenue 225,992")
        painter.drawText(self.second, "of the curve")


LINE, BELOW = QRectF(10, 5, 180, 20), QRectF(10, 30, 180, 20)


@pytest.mark.parametrize(
    ("check", "first", "ink", "says"),
    [
        (wrong_texts, LINE.translated(130, 0), "#ffffff", "'Revenue 225,992' is cut"),
        (wrong_texts, LINE.translated(0, -12), "#ffffff", "'Revenue 225,992' is cut"),
        (wrong_texts, LINE.translated(0, 20), "#ffffff", "'Revenue 225,992' over 'of the"),
        (faint_texts, LINE, "#666666", "'Revenue 225,992' #666666 on #000000 is 3.66"),
    ],
)
def test_a_broken_widget_is_found(
    qtbot: QtBot, check: Check, first: QRectF, ink: str, says: str
) -> None:
    good = shown(qtbot, Writer(LINE, BELOW))
    assert [line for one in (*SHAPES, faint_texts) for line in one(good)] == []
    assert says in " ".join(check(shown(qtbot, Writer(first, BELOW, ink))))


def test_dots_without_a_tooltip_and_overlapping_labels_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    one, other = QLabel("Smartwatch F…", window), QLabel("3,964", window)
    one.setGeometry(0, 0, 120, 20)
    other.setGeometry(110, 0, 60, 20)
    shown(qtbot, window)
    assert "nothing tells the whole of 'Smartwatch F…'" in " ".join(wrong_texts(window))
    assert "QLabel over QLabel" in " ".join(overlapping_widgets(window))
    one.setText("R$ 1,2…")
    assert "a number is cut, 'R$ 1,2…'" in " ".join(wrong_texts(window))
    one.setText("Smartwatch F…")
    one.setToolTip("Smartwatch Fit Pro 2")
    other.move(130, 0)
    assert [line for check in SHAPES for line in check(window)] == []


def shown(qtbot: QtBot, window: QWidget) -> QWidget:
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.mark.parametrize(("spare", "is_there"), [(6, False), (14, False), (20, True)])
def test_a_row_whose_words_would_be_cut_at_the_foot_is_left_out(
    qapp: QApplication, qtbot: QtBot, spare: int, is_there: bool
) -> None:
    theme = Theme()
    table = Table(theme, (Column("name", "Name", 0, left=True),), 24)
    qtbot.addWidget(table)
    table.resize_rows(5)
    for row in range(5):
        table.set_cell(row, "name", Cell("Some words"))
    table.setStyleSheet(theme.style_sheet())
    table.grab()
    around = table.height() - table.viewport().height()
    table.resize(200, around + 2 * 24 + spare)
    picture = table.grab().toImage()
    foot = [
        picture.pixelColor(x, y)
        for x in range(150)
        for y in range(picture.height() - spare, picture.height())
    ]
    assert any(colour.value() > 150 for colour in foot) is is_there
