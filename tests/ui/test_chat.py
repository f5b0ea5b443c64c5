"""The chat panel: questions that wait, what is written, and the keys that act."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.chat import chat_log
from liveroom.models.direction import confirm
from liveroom.models.facts import Fact, Mode
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.ui import format as fmt
from tests.factory import SHOW_START, attached, event
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import message_of, open_panel, spec_of, title_of


class Room:
    """A show that is written in, and the desk's look at it."""

    def __init__(self) -> None:
        self.show = Show()
        self.camera = Camera(self.show, Caption(mode=Mode.LIVE))
        self.show.apply(attached("live", Fact.CHAT))
        self.show.apply(event(e.ProductListed, -50, sku="note", name="Notebook Air 14"))
        self.now = 0.0

    def says(self, at: float, text: str, person: int = 1, source: str = "live") -> None:
        self.now = max(self.now, at)
        self.show.apply(event(e.ChatPosted, at, text=text, person=person, source=source))

    def look(self, later: float = 0, **changes: Any) -> Snapshot:
        from msgspec.structs import replace

        self.now += later
        at = SHOW_START + round(self.now * 1000)
        return replace(self.camera.snapshot(at, Recording()), **changes)

    def carry_out(self, command: c.Command) -> None:
        self.now += 1
        at = SHOW_START + round(self.now * 1000)
        self.show.apply_all(confirm(command, self.show, Mode.LIVE, at, f"{self.now}"))


@pytest.fixture
def room() -> Room:
    room = Room()
    room.says(0, "quanto custa o notebook?", 1)
    room.says(150, "entrega em Manaus?", 2)
    room.says(170, "preço do notebook", 3)
    room.says(280, "tem garantia?", 4)
    room.says(290, "amei", 5)
    return room


def texts(panel: Any) -> list[str]:
    return [panel.questions.texts(row)["text"] for row in range(panel.questions.number)]


def test_questions_stand_oldest_first_with_their_age_subject_and_likes(
    make_desk: MakeDesk, room: Room
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    assert panel.questions.texts(0) == {
        "age": "4:50", "text": "quanto custa o notebook?", "subject": "Notebook Air 14", "alike": "1 alike",
    }  # fmt: skip
    assert texts(panel)[1:] == ["entrega em Manaus?", "tem garantia?"]
    assert "3 unanswered" in title_of(desk, "chat")
    assert panel.numbers()["chat.unanswered"] == "3"
    tones = [panel.questions.tone(row) for row in range(3)]
    assert tones == ["warn", "text_3", "text_3"], "only the oldest has a colour"


def test_an_age_is_amber_after_two_minutes_and_never_coral() -> None:
    from liveroom.ui.chat_words import tone_of_wait

    tones = [tone_of_wait(seconds * 1000) for seconds in (119, 120, 3600)]
    assert tones == ["text_3", "warn", "warn"]


def test_a_marks_the_current_question_which_goes_when_the_fact_is_there(
    make_desk: MakeDesk, room: Room, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.called()
    qtbot.keyClick(panel.questions, Qt.Key.Key_A)
    assert not commands, "the first press only shows which one is meant"
    panel.guard = type(panel.guard)(0)
    qtbot.keyClick(panel.questions, Qt.Key.Key_Down)
    qtbot.keyClick(panel.questions, Qt.Key.Key_A)
    assert len(commands) == 1
    assert len(texts(panel)) == 3, "a command moves nothing"
    assert panel.questions.lines[1].busy
    room.carry_out(commands[0])
    desk.show_snapshot(room.look())
    assert texts(panel) == ["quanto custa o notebook?", "tem garantia?"]
    assert panel.questions.current == 1
    qtbot.keyClick(panel.questions, Qt.Key.Key_U)
    room.carry_out(commands[1])
    desk.show_snapshot(room.look())
    assert texts(panel)[1] == "entrega em Manaus?"


def test_p_pins_and_unpins_and_the_pinned_one_stands_first(
    make_desk: MakeDesk, room: Room, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.guard = type(panel.guard)(0)
    panel.questions.setFocus()
    panel.questions.set_current(2)
    qtbot.keyClick(panel.questions, Qt.Key.Key_P)
    room.carry_out(commands[0])
    snapshot = room.look()
    assert snapshot.chat.pinned is not None
    assert snapshot.chat.pinned.text == "tem garantia?"
    desk.show_snapshot(snapshot)
    assert texts(panel)[0] == "tem garantia?"
    assert panel.questions.lines[0].pinned
    assert panel.questions.current == 0
    qtbot.keyClick(panel.questions, Qt.Key.Key_P)
    room.carry_out(commands[1])
    assert room.look().chat.pinned is None


def test_whoever_comes_to_the_chat_can_answer_at_once(
    make_desk: MakeDesk, room: Room, qtbot: QtBot
) -> None:
    desk = make_desk()
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    desk.keyboard.registry.run("panels.go.chat")
    assert desk.focusWidget() is panel.questions
    qtbot.keyClick(desk.focusWidget(), Qt.Key.Key_A)
    assert panel.field.text() == ""
    assert panel.questions.current == 0


def test_space_fires_nothing(
    make_desk: MakeDesk, room: Room, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.questions.set_current(0)
    for widget in (panel.questions, panel.messages, panel.product, panel.kind):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Space)
    assert not commands


def test_a_replay_offers_no_deeds(
    make_desk: MakeDesk, room: Room, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look(mode=Mode.REPLAY))
    panel = open_panel(desk, "chat")
    panel.questions.set_current(0)
    for key in (Qt.Key.Key_A, Qt.Key.Key_P, Qt.Key.Key_U):
        qtbot.keyClick(panel.questions, key)
    assert not commands
    assert not panel.keys.text()


def test_the_list_follows_its_end_and_stays_where_one_reads(
    make_desk: MakeDesk, room: Room
) -> None:
    for number in range(200):
        room.says(300 + number, f"line {number}")
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    rows = open_panel(desk, "chat").messages
    assert rows.is_at_end()
    room.says(501, "newest")
    desk.show_snapshot(room.look())
    assert rows.is_at_end()
    assert rows.texts(rows.number - 1).endswith("newest")
    rows.verticalScrollBar().setValue(20)
    first = rows.texts(rows.top())
    for number in range(3):
        room.says(510 + number, "more")
    desk.show_snapshot(room.look())
    assert rows.texts(rows.top()) == first
    assert rows.note().startswith("3 new")
    rows.scroll_to_end()
    assert rows.note() == ""


def test_of_a_chat_of_several_days_the_earlier_ones_have_their_date(
    make_desk: MakeDesk, room: Room
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    rows = open_panel(desk, "chat").messages
    assert rows.texts(0).startswith(fmt.clock(SHOW_START, rows._timezone))
    room.says(86_400 * 2, "still here")
    desk.show_snapshot(room.look())
    day = fmt.day(SHOW_START, rows._timezone)
    assert rows.texts(0).startswith(f"{day} {fmt.clock(SHOW_START, rows._timezone, seconds=False)}")
    assert fmt.day(SHOW_START + 86_400_000 * 2, rows._timezone) not in rows.texts(rows.number - 1)


def test_a_search_goes_through_all_that_was_written(
    make_desk: MakeDesk, room: Room, qtbot: QtBot
) -> None:
    for number in range(3 * chat_log.OPEN):
        room.says(300 + number / 10, f"Número {number % 1000}")
    room.says(2000, "tem cupom?", 7)
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.field.setText("numero 77")
    qtbot.waitUntil(panel.search.is_complete)
    # 77 and 770 to 779, in each thousand; the last one is not whole.
    expected = sum(str(number % 1000).startswith("77") for number in range(3 * chat_log.OPEN))
    assert panel.messages.number == expected
    room.says(2100, "número 77 outra vez", 8)
    desk.show_snapshot(room.look())
    assert panel.messages.number == expected + 1
    panel.leave()
    assert panel.messages.number > 3 * chat_log.OPEN


def test_product_kind_and_source_limit_both_lists(make_desk: MakeDesk, room: Room) -> None:
    room.show.apply(attached("other", Fact.CHAT))
    room.says(300, "tem garantia de fábrica?", 9, source="other")
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.product.pick("note")
    assert texts(panel) == ["quanto custa o notebook?"]
    assert panel.messages.number == 2
    panel.product.pick("")
    panel.kind.pick("2")
    assert texts(panel) == ["entrega em Manaus?"]
    panel.kind.pick("")
    panel.source.pick("other")
    assert panel.messages.number == 1


def test_keys_lead_to_the_search_and_out_of_it(
    make_desk: MakeDesk, room: Room, qtbot: QtBot
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.activateWindow()
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.called()
    qtbot.keyClick(panel.questions, Qt.Key.Key_Slash)
    assert panel.field.hasFocus()
    qtbot.keyClicks(panel.field, "papa")
    assert panel.field.text() == "papa", "letters are written and act on nothing"
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert panel.field.text() == ""
    assert panel.questions.hasFocus()


def test_an_empty_panel_says_what_it_waits_for(make_desk: MakeDesk) -> None:
    desk = make_desk(panels=spec_of("chat"))
    open_panel(desk, "chat")
    desk.show_snapshot(snapshots.empty())
    assert "No source reports the chat" in message_of(desk, "chat")


def test_numbers_without_texts_are_shown_and_questions_are_unknown(make_desk: MakeDesk) -> None:
    room = Room()
    room.show.apply(event(e.ChatPosted, 5, source="live", count=90))
    room.now = 600.0
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    assert panel.numbers()["chat.rate"] == "9.1"
    assert panel.numbers()["chat.questions"] == "unknown"
    assert panel.title.text() == "Questions need texts: no source sends them"


def test_texts_of_any_script_and_length_are_painted(make_desk: MakeDesk, room: Room) -> None:
    for place, text in enumerate(
        ("كم السعر؟", "x" * 5000, "a\u202eb\x00c\nd", "👩\u200d👧 ❤️", "<b>bold</b>?")
    ):
        room.says(300 + place, text, 20 + place)
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    assert not panel.grab().isNull()
    last = panel.messages.number - 1
    assert "<b>" not in panel.messages.tip_of(last)
    assert panel.messages.texts(last - 2).endswith("a b c d")


def test_a_low_chat_has_its_search_only_while_somebody_looks(
    make_desk: MakeDesk, room: Room, qtbot: QtBot
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.resize(panel.width(), 240)
    desk.activateWindow()
    assert not panel.field.isVisibleTo(panel)
    assert not panel.figures.isVisibleTo(panel)
    panel.look()
    qtbot.waitUntil(panel.field.hasFocus)
    panel.questions.setFocus()
    assert not panel.field.isVisibleTo(panel)
    panel.look()
    panel.field.setText("price")
    panel.questions.setFocus()
    assert panel.field.isVisibleTo(panel), "what limits the lists is told"
    panel.leave()
    assert not panel.field.isVisibleTo(panel)
    tall = open_panel(make_desk(panels=spec_of("chat")), "chat")
    assert tall.field.isVisibleTo(tall)
    assert tall.figures.isVisibleTo(tall)


def test_what_is_pressed_for_a_question_that_is_gone_is_not_done_to_another(
    make_desk: MakeDesk, room: Room, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk(panels=spec_of("chat"))
    desk.show_snapshot(room.look())
    panel = open_panel(desk, "chat")
    panel.guard = type(panel.guard)(0)
    panel.called()
    for _ in range(2):
        qtbot.keyClick(panel.questions, Qt.Key.Key_Down)
    assert panel.questions.current_line().text == "entrega em Manaus?"
    # It is older than half an hour now, and waits no longer.
    desk.show_snapshot(room.look(later=1_700))
    assert texts(panel) == ["tem garantia?"]
    assert panel.questions.current_line() is None
    qtbot.keyClick(panel.questions, Qt.Key.Key_A)
    assert not commands, "the first press only shows which one is meant"
