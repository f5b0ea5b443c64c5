"""The start screen: everything by keys, nothing cut, what is wrong said in its place."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from liveroom.ui.start_screen import StartScreen
from liveroom.ui.start_screen_choices import (
    Choice,
    MappingRow,
    NewShow,
    Offers,
    OpenSession,
    RecentRow,
    Rehearse,
    Replay,
    ScenarioRow,
)
from liveroom.ui.start_screen_forms import OpenForm, RehearseForm, ReplayForm
from liveroom.ui.start_screen_parts import PickList, Segmented, StartButton
from liveroom.ui.theme import THEMES

K = Qt.Key
OFFERS = Offers(
    scenarios=(
        ScenarioRow("first_show", "", "Festa da Eletrônica", "A whole show."),
        *(
            ScenarioRow(f"c{n:02}", f"C{n}", f"Case {n}", f"Situation of case {n}. " * 6)
            for n in range(1, 15)
        ),
    ),
    mappings=(
        MappingRow("gdq_live", "Minute counters of a live stream"),
        MappingRow("irc_chat", "Chat log"),
    ),
    recent=(
        RecentRow(
            Path("/s/a.liveroom"), "Festa", "rehearsal", 1_700_000_000_000, 3_612_000, 21_400_000
        ),
        RecentRow(Path("/s/b.liveroom"), "b", "", 1_600_000_000_000, None, 400_000, "b is damaged"),
    ),
    sessions_folder="/s",
    timezone="America/Sao_Paulo",
)


@pytest.fixture
def chosen() -> list[Choice]:
    return []


@pytest.fixture
def screen(qtbot: QtBot, settings: QSettings, chosen: list[Choice]) -> StartScreen:
    return make(qtbot, settings, chosen)


def make(
    qtbot: QtBot, settings: QSettings, chosen: list[Choice], theme: str = "dark"
) -> StartScreen:
    made = StartScreen(settings, theme)
    qtbot.addWidget(made)
    made.chosen.connect(chosen.append)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.offer(OFFERS)
    QApplication.processEvents()
    return made


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    focused.selectAll()
    QTest.keyClicks(focused, text)


def test_enter_twice_rehearses_the_first_show(screen: StartScreen, chosen: list[Choice]) -> None:
    assert QApplication.focusWidget() is screen.ways
    press(K.Key_Return, K.Key_Return)
    assert chosen == [Rehearse("first_show", 1, 1.0, "none", "")]


@pytest.mark.parametrize(
    ("letter", "title"),
    [
        (K.Key_N, "New show"),
        (K.Key_R, "Rehearse"),
        (K.Key_P, "Replay"),
        (K.Key_O, "Open session"),
    ],
)
def test_a_letter_leads_into_a_page_and_escape_out_of_it(
    screen: StartScreen, letter: Qt.Key, title: str
) -> None:
    press(letter)
    assert screen.form.title == title
    assert screen.form.first_field().hasFocus()
    press(K.Key_Escape)
    assert screen.ways.hasFocus()


def test_every_answer_of_a_rehearsal_is_given_by_keys_and_remembered(
    qtbot: QtBot, settings: QSettings, screen: StartScreen, chosen: list[Choice]
) -> None:
    press(K.Key_R, *[K.Key_Down] * 9, K.Key_Tab)
    write("4217")
    press(K.Key_Tab, K.Key_Tab, K.Key_Right, K.Key_Right, K.Key_Tab, K.Key_Right, K.Key_Tab)
    write("Renata")
    press(K.Key_Return)
    wanted = Rehearse("c09", 4217, 20.0, "some", "Renata")
    assert chosen == [wanted]
    again = make(qtbot, settings, chosen)
    press(K.Key_Return, K.Key_Return)
    assert chosen == [wanted, wanted]
    assert isinstance(again.form, RehearseForm)


def test_letters_typed_into_a_field_stay_there(screen: StartScreen) -> None:
    press(K.Key_N)
    write("Nova oferta por R$ 99")
    assert screen.form.title == "New show"
    assert screen.form.first_field().text() == "Nova oferta por R$ 99"  # type: ignore[attr-defined]


def test_a_case_says_what_the_desk_shows_and_keeps_the_answer_for_who_asks(
    screen: StartScreen,
) -> None:
    row = OFFERS.scenarios[0]._replace(
        case="C1", sees="Contacts cost R$ 13.", action="A free e-book."
    )
    screen.offer(OFFERS._replace(scenarios=(row, *OFFERS.scenarios[1:])))
    form = screen.forms[1]
    form.scenarios.setCurrentRow(0)
    assert form.situation.text() == "A whole show.\nOn the desk: Contacts cost R$ 13."
    assert form.situation.toolTip() == "What the team did: A free e-book."
    form.scenarios.setCurrentRow(1)
    assert form.situation.toolTip() == ""


def test_the_situation_of_the_scenario_is_shown_whole(screen: StartScreen) -> None:
    press(K.Key_R, K.Key_End, K.Key_Up)
    form = screen.form
    assert isinstance(form, RehearseForm)
    assert form.situation.text() == OFFERS.scenarios[-1].situation
    needed = form.situation.heightForWidth(form.situation.width())
    assert form.situation.isVisible()
    assert needed <= form.own.height()


def test_a_scenario_file_of_ones_own_is_asked_for_in_the_same_place(
    screen: StartScreen, chosen: list[Choice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: ("/x/mine.toml", ""))
    press(K.Key_R)
    before = [each.geometry() for each in screen.form.findChildren(Segmented)]
    press(K.Key_End, K.Key_Return)
    assert "No scenario file is named yet" in screen.form.error.text()
    press(K.Key_Tab, K.Key_Tab, K.Key_Return, K.Key_Tab, K.Key_Return)
    assert chosen == [Rehearse("/x/mine.toml", 1, 1.0, "none", "")]
    assert [each.geometry() for each in screen.form.findChildren(Segmented)] == before


@pytest.mark.parametrize("seed", ["", "x", "-1", "1.5", "99999999999", "²"])
def test_a_seed_that_is_none_is_said_in_place(
    screen: StartScreen, chosen: list[Choice], seed: str
) -> None:
    press(K.Key_R, K.Key_Tab)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText(seed)
    press(K.Key_Return)
    assert "Seed is" in screen.form.error.text()
    assert screen.form.error.isVisible()
    assert chosen == []


def test_a_replay_asks_for_source_mapping_part_and_speed(
    screen: StartScreen, chosen: list[Choice]
) -> None:
    press(K.Key_P)
    write("/data/show")
    press(K.Key_Tab, K.Key_Tab, K.Key_Tab, K.Key_Down, K.Key_Down, K.Key_Tab)
    write("2026-11-21T20:00")
    press(K.Key_Tab)
    write("2026-11-21T21:00")
    press(K.Key_Tab, K.Key_Right, K.Key_Right, K.Key_Right, K.Key_Return)
    wanted = Replay("/data/show", "irc_chat", "2026-11-21T20:00", "2026-11-21T21:00", None)
    assert chosen == [wanted]


def test_a_folder_to_replay_can_be_chosen_with_the_keyboard(
    screen: StartScreen, chosen: list[Choice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a: "/data/folder")
    press(K.Key_P, K.Key_Tab, K.Key_Tab, K.Key_Space)
    form = screen.form
    assert isinstance(form, ReplayForm)
    assert form.source.text() == "/data/folder"
    form.source.setFocus()
    press(K.Key_Return)
    assert chosen == [Replay("/data/folder", "", "", "", 1.0)]


def test_a_new_show_says_what_cannot_be_done_yet(screen: StartScreen, chosen: list[Choice]) -> None:
    press(K.Key_N)
    write("Minha live")
    words = " ".join(label.text() for label in screen.form.findChildren(QLabel))
    assert "cannot connect a platform, a shop or OBS yet" in words
    press(K.Key_Return)
    assert chosen == [NewShow("Minha live", "BRL", "America/Sao_Paulo")]


def test_arrows_lead_from_the_ways_to_the_recent_sessions_and_back(
    screen: StartScreen, chosen: list[Choice]
) -> None:
    press(K.Key_Down, K.Key_Down, K.Key_Down)
    assert screen.recent.hasFocus()
    press(K.Key_Up)
    assert screen.ways.hasFocus()
    press(K.Key_Down, K.Key_Return)
    assert chosen == [OpenSession("/s/a.liveroom")]
    assert isinstance(screen.form, OpenForm)


def test_recent_sessions_say_title_mode_date_length_and_size(screen: StartScreen) -> None:
    first, second = screen.recent.texts()
    assert first == "Festa · REHEARSAL 14 Nov 2023 19:13 · 1:00:12 · 21 MB"
    assert second == "b · CANNOT BE READ 13 Sep 2020 09:26 · 0.4 MB"
    assert screen.recent.item(1).toolTip() == "b is damaged"


def test_while_a_session_opens_nothing_else_is_started_and_an_error_gives_the_page_back(
    screen: StartScreen, chosen: list[Choice]
) -> None:
    press(K.Key_R, K.Key_Return, K.Key_Return)
    assert len(chosen) == 1
    assert screen.form.note.text() == "Opening …"
    screen.show_error("no shipped mapping fits /x; name it with --mapping")
    assert screen.form.error.text() == "no shipped mapping fits /x; choose it under Mapping"
    press(K.Key_Return)
    assert len(chosen) == 2
    assert not screen.form.error.isVisible()


def test_ctrl_q_closes_the_screen(screen: StartScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.closing):
        QTest.keyClick(screen.ways, K.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_without_sessions_it_says_what_will_be_listed(screen: StartScreen) -> None:
    screen.offer(OFFERS._replace(recent=()))
    words = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert any("No session was recorded yet" in text for text in words)


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_is_seen_wherever_it_is(
    qtbot: QtBot, settings: QSettings, chosen: list[Choice], name: str
) -> None:
    screen = make(qtbot, settings, chosen, name)
    press(K.Key_R)
    tone = screen.theme["focus"].name()
    for _ in range(7):
        focused = QApplication.focusWidget()
        assert focused is not None
        image = focused.grab().toImage()
        wide, tall = image.width(), image.height()
        side = [image.pixelColor(x, 1).name() for x in range(6, wide - 14)]
        if not any(colour == tone for colour in side):  # a list rings its row
            middle = focused.rect().topLeft() + QPoint(wide // 2, 0)
            side = [image.pixelColor(middle.x(), y).name() for y in range(tall)]
        assert tone in side, focused.accessibleName()
        press(K.Key_Tab)


@pytest.mark.parametrize(("width", "height"), [(960, 560), (1366, 768), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("scenarios", [0, 1, 15])
def test_nothing_is_cut_or_covered_at_any_size(
    screen: StartScreen, width: int, height: int, scenarios: int
) -> None:
    screen.resize(width, height)
    screen.offer(OFFERS._replace(scenarios=OFFERS.scenarios[:scenarios]))
    for place in range(4):
        screen.ways.setCurrentRow(place)
        QApplication.processEvents()
        form = screen.form
        bottom = form.start.mapTo(screen, form.start.rect().bottomLeft()).y()
        assert bottom <= screen.height()
        kinds = (QLineEdit, Segmented, PickList, QLabel, QPushButton, StartButton)
        fields = [
            each for kind in kinds for each in form.findChildren(kind) if each.isVisibleTo(form)
        ]
        boxes = {each: each.rect().translated(each.mapTo(form, QPoint(0, 0))) for each in fields}
        for field, box in boxes.items():
            assert form.rect().contains(box), field.accessibleName()
        for one, other in combinations(fields, 2):
            assert not boxes[one].intersects(boxes[other]), (one, other)
