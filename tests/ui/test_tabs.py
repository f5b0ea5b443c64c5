"""A panel behind another one says in its tab what waits in it."""

from msgspec.structs import replace
from PySide6.QtWidgets import QTabBar

from liveroom.models.chat.board import ChatBoard
from liveroom.models.facts import ConnectionState
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, title_of

SHOP = replace(snapshots.CONNECTIONS[1], state=ConnectionState.FAILING, reason="503")


def tabs(desk: MainWindow) -> set[str]:
    return {bar.tabText(n) for bar in desk.findChildren(QTabBar) for n in range(bar.count())}


def test_a_hidden_chat_goes_on_counting_what_nobody_answered(make_desk: MakeDesk) -> None:
    desk = make_desk()
    open_panel(desk, "offers")
    desk.show_snapshot(snapshots.full())
    assert "Chat" in tabs(desk)
    desk.show_snapshot(snapshots.full(chat=ChatBoard(unanswered=7)))
    assert "Chat · 7" in tabs(desk)
    desk.show_snapshot(snapshots.full(chat=ChatBoard(unanswered=0)))
    assert "Chat" in tabs(desk)


def test_hidden_connections_say_how_many_are_in_trouble(make_desk: MakeDesk) -> None:
    desk = make_desk()
    open_panel(desk, "products")
    desk.show_snapshot(snapshots.full(connections=(snapshots.CONNECTIONS[0], SHOP)))
    assert "Connections · 1" in tabs(desk)
    late = replace(SHOP, state=ConnectionState.RUNNING, due_ms=1, last_received_at=SHOP.since)
    desk.show_snapshot(snapshots.full(connections=(late,)))
    assert "Connections · 1" in tabs(desk)
    desk.show_snapshot(snapshots.full())
    assert "Connections" in tabs(desk)


def test_the_name_of_a_panel_stays_what_it_is(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(chat=ChatBoard(unanswered=7)))
    dock = next(one for one in desk.docks if one.objectName() == "chat")
    dock.setFloating(True)
    desk.set_theme("light")
    assert title_of(desk, "chat").startswith("Chat")
    assert not title_of(desk, "chat").startswith("Chat ·")
    assert dock.windowTitle() == "Chat · 7"
