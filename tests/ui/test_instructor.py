"""The instructor lets things go wrong, in rehearsals only."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liveroom.models.commands import CauseTrouble, Command
from liveroom.models.facts import Mode, Trouble
from liveroom.models.levers import RunningTrouble
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.instructor import _ORDER, InstructorPanel
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.transport import Guard
from liveroom.ui.trouble_words import AT_SOURCE, ON_SET, WORDS
from tests.ui import lever_snapshots, snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import click, message_of, open_panel, press, spec_of
from tests.ui.snapshots import NOW

ALONE = spec_of("instructor")
TROUBLED = replace(lever_snapshots.LEVERS, troubles=lever_snapshots.TROUBLES)


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    window = make_desk(1366, 768, panels=ALONE)
    window.show_snapshot(lever_snapshots.steered())
    return window


@pytest.fixture
def panel(desk: MainWindow) -> InstructorPanel:
    found = open_panel(desk, "instructor")
    assert isinstance(found, InstructorPanel)
    now = [0.0]

    def later() -> float:
        now[0] += 2
        return now[0]

    found.guard = Guard(now=later)
    return found


def pick(panel: InstructorPanel, trouble: Trouble) -> None:
    panel.kind.pick(_ORDER.index(trouble))


def test_every_trouble_is_offered_with_its_effect() -> None:
    assert set(_ORDER) == set(Trouble) == set(WORDS)
    assert {*AT_SOURCE} | {*ON_SET} == set(Trouble)
    assert all(words.name and words.effect for words in WORDS.values())


def test_a_trouble_is_picked_and_caused_by_keys_alone(
    panel: InstructorPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    press(qtbot, panel.kind, Qt.Key.Key_Right)
    assert panel.numbers()["kind"] == "Checkout fails"
    qtbot.keyClick(panel.kind, Qt.Key.Key_Down)
    assert panel.numbers()["kind"] == "Presenter overruns"
    assert "next segment" in panel.numbers()["effect"]
    panel.minutes.setFocus()
    panel.minutes.selectAll()
    qtbot.keyClicks(panel.minutes, "3.5")
    qtbot.keyClick(panel.minutes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert commands == [CauseTrouble(trouble=Trouble.OVERRUN, minutes=3.5)]


@pytest.mark.parametrize("trouble", AT_SOURCE)
def test_a_source_is_named_or_left_to_chance(
    panel: InstructorPanel, qtbot: QtBot, commands: list[Command], trouble: Trouble
) -> None:
    pick(panel, trouble)
    click(qtbot, panel.cause)
    assert commands == [CauseTrouble(trouble=trouble, minutes=2)]


def test_the_trouble_of_one_source_names_it(
    desk: MainWindow, panel: InstructorPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    pick(panel, Trouble.DELAY)
    idle = snapshots.connection("simulator", "Simulator", mode="simulated")
    before = lever_snapshots.steered()
    desk.show_snapshot(replace(before, at=NOW + 1000, connections=(idle, *before.connections)))
    press(qtbot, panel.source, Qt.Key.Key_Right)
    qtbot.keyClick(panel.source, Qt.Key.Key_Right)
    assert panel.source.text() == "Shop"
    click(qtbot, panel.cause)
    assert commands == [CauseTrouble(trouble=Trouble.DELAY, minutes=2, subject="shop")]


def test_what_sells_out_is_the_product_on_air_or_another(
    panel: InstructorPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    pick(panel, Trouble.SOLD_OUT)
    click(qtbot, panel.cause)
    assert isinstance(commands[0], CauseTrouble)
    assert commands[0].subject == "notebook"
    panel.asked.settle(lever_snapshots.steered(levers=TROUBLED))
    panel.product.choose("boom")
    click(qtbot, panel.cause)
    assert isinstance(commands[1], CauseTrouble)
    assert commands[1].subject == "boom"


@pytest.mark.parametrize("text", ["", "0", "-2", "241", "long"])
def test_a_time_that_is_none_causes_nothing(
    panel: InstructorPanel, qtbot: QtBot, commands: list[Command], text: str
) -> None:
    panel.minutes.setText(text)
    assert not panel.cause.isEnabled()
    assert panel.numbers()["notice"].startswith("Say how many minutes")
    panel.cause_it()
    assert commands == []


def test_the_list_grows_when_the_fact_comes_back(
    desk: MainWindow, panel: InstructorPanel, qtbot: QtBot
) -> None:
    pick(panel, Trouble.RAID)
    click(qtbot, panel.cause)
    assert panel.numbers()["cause"] == "asked…"
    assert "trouble0" not in panel.numbers()
    raid = RunningTrouble(trouble=Trouble.RAID, started_at=NOW, ends_at=NOW + 120_000)
    levers = replace(lever_snapshots.LEVERS, troubles=(raid,))
    desk.show_snapshot(lever_snapshots.steered(at=NOW + 1000, levers=levers))
    assert panel.numbers()["cause"] == "Cause it now"
    assert panel.numbers()["trouble0"] == "Raid arrives 1:59 left"


def test_running_troubles_stand_above_those_that_are_over(
    desk: MainWindow, panel: InstructorPanel
) -> None:
    desk.show_snapshot(lever_snapshots.steered(levers=TROUBLED))
    shown = panel.numbers()
    assert shown["trouble0"] == "Product sells out Caixa Boom 360 1:24 left"
    assert shown["trouble1"] == "Checkout fails 1:54 left"
    assert shown["trouble2"] == "Goes silent Shop 20:15:00 for 2:00"
    assert panel.heading().note == "2 troubles running"


def test_a_live_show_is_out_of_the_instructors_reach(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    desk.show_snapshot(lever_snapshots.live())
    panel = open_panel(desk, "instructor")
    assert message_of(desk, "instructor").startswith("This show is live")
    panel.cause_it()
    assert commands == []


def test_the_debrief_of_a_rehearsal_lists_its_troubles_and_causes_none(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    desk.show_snapshot(lever_snapshots.debrief(levers=TROUBLED))
    panel = open_panel(desk, "instructor")
    assert "trouble2" in panel.numbers()
    assert panel.numbers()["notice"] == "What happened cannot be changed"
    panel.cause_it()
    assert commands == []
    desk.show_snapshot(snapshots.full(mode=Mode.REPLAY))
    panel = open_panel(desk, "instructor")
    assert message_of(desk, "instructor").startswith("Only in a rehearsal")


@pytest.mark.parametrize("width", [1366, 1920])
def test_the_panel_is_hidden_until_it_is_asked_for_and_fits_then(
    make_desk: MakeDesk, width: int
) -> None:
    desk = make_desk(width, width * 9 // 16)
    dock = next(one for one in desk.docks if one.objectName() == "instructor")
    assert not dock.isVisible()
    desk.show_snapshot(lever_snapshots.busy())
    panel = open_panel(desk, "instructor")
    desk.finish_building()
    for choice in panel.findChildren(Choice):
        assert not choice.is_cut(), choice.accessibleName()
    desk.layouts.reset()
    assert not dock.isVisible()
