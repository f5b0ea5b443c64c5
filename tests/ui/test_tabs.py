"""A panel behind another one says in its tab that something waits in it."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from liveroom.models.facts import ConnectionState, Mode
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

SHOP = replace(snapshots.CONNECTIONS[1], state=ConnectionState.FAILING, reason="503")


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
    sources = (snapshots.CONNECTIONS[0], SHOP)
    desk.show_snapshot(snapshots.full(chat=chat, connections=sources))
    assert marks_of(desk)["Connections"]
    assert marks_of(desk)["Chat"]
    assert not marks_of(desk)["Products"]
    desk.set_theme("light")
    assert marks_of(desk)["Connections"]
    desk.show_snapshot(snapshots.full(mode=Mode.LIVE))
    assert not any(marks_of(desk).values())
