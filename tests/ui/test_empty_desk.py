"""A desk before the first fact says what is missing, and never shows a zero for it."""

from PySide6.QtWidgets import QWidget

from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.drawn import seen, texts_of
from tests.ui.panels import open_panel


def words_in(desk: MainWindow, part: QWidget) -> list[str]:
    inside = [one for one in seen(desk) if part.isAncestorOf(one)]
    return [text.words for one in inside for text in texts_of(one)]


def test_the_log_says_what_will_stand_in_it(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.empty())
    log = open_panel(desk, "log")
    desk.turns.take_all()
    assert "Segments, offers, troubles and notes" in words_in(desk, log)


def test_nothing_that_is_unknown_looks_like_a_zero(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.empty())
    for dock in desk.docks:
        if dock.host.spec.shown:
            open_panel(desk, dock.objectName())
            desk.turns.take_all()
            words = words_in(desk, dock)
            assert words, dock.objectName()
            bare = {word.strip("R$%\u202f\u00a0 ") for word in words}
            assert not bare & {"0", "0.00"}, dock.objectName()
