"""Curves: the first at once, then apart from the other panels and twice a second at most."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from liveroom.ui.parts import redraw
from liveroom.ui.parts.redraw import Redraw
from tests.ui import snapshots

FIRST = snapshots.full()
SAME_SECOND, NEXT_SECOND = replace(FIRST, at=FIRST.at + 100), replace(FIRST, at=FIRST.at + 1000)


class Curves(QObject):
    """Counts how often it was drawn."""

    def __init__(self, later_ms: int = 20) -> None:
        super().__init__()
        self.times = 0
        self.redraw = Redraw(self, self.draw, later_ms)

    def draw(self) -> None:
        self.times += 1
        self.redraw.drawn()


def test_the_first_curves_wait_for_nothing() -> None:
    curves = Curves()
    curves.redraw.ask(None, FIRST)
    assert curves.times == 1


def test_what_comes_in_the_same_second_draws_nothing_again(qtbot: QtBot) -> None:
    curves = Curves()
    curves.redraw.ask(None, FIRST)
    curves.redraw.ask(FIRST, SAME_SECOND)
    assert not curves.redraw._timer.isActive()
    curves.redraw.ask(FIRST, replace(SAME_SECOND, run_of_show=replace(FIRST.run_of_show)))
    assert curves.redraw._timer.isActive()


def test_another_second_is_drawn_half_a_second_after_the_last_at_the_earliest(
    qtbot: QtBot,
) -> None:
    curves = Curves()
    curves.redraw.ask(None, FIRST)
    curves.redraw.ask(FIRST, NEXT_SECOND)
    assert 400 < curves.redraw._timer.interval() <= 500
    curves.draw()
    assert not curves.redraw._timer.isActive()


def test_curves_that_are_old_are_drawn_in_a_turn_of_their_own(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redraw, "_EVERY_MS", 0)
    curves = Curves()
    curves.redraw.ask(None, FIRST)
    curves.redraw.ask(FIRST, NEXT_SECOND)
    assert curves.times == 1
    qtbot.waitUntil(lambda: curves.times == 2)
