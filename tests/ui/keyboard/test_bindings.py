"""Which command has which key: nobody answers a key together with somebody else."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent

from liveroom.ui.keyboard.bindings import resolve
from liveroom.ui.keyboard.caps import cap, in_words
from liveroom.ui.keyboard.commands import DeskCommand, Fixed
from liveroom.ui.keyboard.keys import key_of, parse_key, why_not_to_be_had
from liveroom.ui.keyboard.registry import Registry

FIXED = (Fixed(("Esc",), "Back", "Desk"), Fixed(("Up",), "Choose", "Products", "products"))


def command(command_id: str, *keys: str, panel: str = "") -> DeskCommand:
    return DeskCommand(command_id, command_id.title(), "Desk", keys, lambda: None, panel_id=panel)


NOTE = command("note", "Ctrl+N")
GO = command("go", "Space", panel="run_of_show")
SORT = command("sort", "S", panel="products")
PIN = command("pin", "P", panel="offers")
COMMANDS = (NOTE, GO, SORT, PIN)


def registry(settings: QSettings) -> Registry:
    made = Registry(settings)
    made.add(COMMANDS, FIXED)
    return made


@pytest.mark.parametrize(
    ("text", "key"),
    [("ctrl+n", "Ctrl+N"), ("Ctrl+Enter", "Ctrl+Return"), ("Ctrl++", "Ctrl++"), ("?", "?")],
)
def test_a_key_is_read_in_one_way_of_writing(text: str, key: str) -> None:
    assert parse_key(text) == key


@pytest.mark.parametrize("text", ["", "Banana", "Ctrl", "Ctrl+Banana", "Ctrl+K, Ctrl+C", "Shift"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert parse_key(text) == ""


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_none_and_a_key_stays_what_it_is(text: str) -> None:
    key = parse_key(text)
    assert parse_key(key) == key


def test_keys_are_written_for_caps_and_for_sentences() -> None:
    assert cap("Ctrl+Return") == "Ctrl ↵"
    assert in_words("Alt+Up") == "Alt+↑"
    assert cap("Ctrl++") == "Ctrl +"
    assert cap("+") == "+"
    assert cap("") == ""


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "found"),
    [
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier, "?", "?"),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "A", "Shift+A"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "\r", "Return"),
        (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier, "", ""),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "", "F9"),
    ],
)
def test_the_key_that_was_pressed_is_told(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, found: str
) -> None:
    assert key_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == found


def test_keys_that_fields_and_lists_need_are_not_to_be_had() -> None:
    for key in ("Ctrl+C", "Ctrl+Left", "Return", "Tab", "Esc", "Space"):
        assert why_not_to_be_had(key, everywhere=False)
    for key in ("N", "Shift+N", "7", "?", "Del"):
        assert why_not_to_be_had(key, everywhere=True)
        assert not why_not_to_be_had(key, everywhere=False)
    assert not why_not_to_be_had("Ctrl+Shift+P", everywhere=True)


def test_two_panels_may_have_the_same_key_and_the_desk_with_a_panel_may_not(
    settings: QSettings,
) -> None:
    keys = registry(settings)
    assert keys.clash("pin", "S") is None
    taken = keys.clash("pin", "Ctrl+N")
    assert taken is not None
    assert (taken.command_id, taken.words) == ("note", "Ctrl+N is taken: Note")
    assert keys.clash("sort", "Up") is not None
    other = keys.clash("note", "P")
    assert other is not None
    assert other.command_id == ""


def test_who_takes_a_key_over_has_it_alone_and_it_stays_so(settings: QSettings) -> None:
    keys = registry(settings)
    keys.set_keys("pin", ("Ctrl+N",))
    assert keys.keys("pin") == ("Ctrl+N",)
    assert keys.keys("note") == ()
    again = registry(settings)
    assert (again.keys("pin"), again.keys("note")) == (("Ctrl+N",), ())
    assert again.is_own("pin")
    again.reset("note")
    assert (again.keys("pin"), again.keys("note")) == ((), ("Ctrl+N",))
    again.reset_all()
    assert (again.keys("pin"), again.keys("note")) == (("P",), ("Ctrl+N",))
    assert not [key for key in settings.allKeys() if key.startswith("desk/keys")]


def test_a_key_that_is_not_to_be_had_is_refused_in_words(settings: QSettings) -> None:
    keys = registry(settings)
    with pytest.raises(ValueError, match="space bar is GO"):
        keys.set_keys("pin", ("Space",))
    assert keys.keys("go") == ("Space",)


def test_damaged_keys_are_left_out_and_said_in_the_log(
    settings: QSettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.setValue("desk/keys/note", "Banana")
    settings.setValue("desk/keys/sort", [1, 2])
    settings.setValue("desk/keys/pin", "Ctrl+P")
    settings.setValue("desk/keys/of_another_version", "Ctrl+9")
    keys = registry(settings)
    assert keys.keys("note") == ("Ctrl+N",)
    assert keys.keys("sort") == ("S",)
    assert keys.keys("pin") == ("Ctrl+P",)
    assert "'Banana' of note" in caplog.text
    assert "of sort" in caplog.text


def test_a_new_command_takes_no_key_away_from_who_chose_it(
    settings: QSettings, caplog: pytest.LogCaptureFixture
) -> None:
    registry(settings).set_keys("note", ("Ctrl+Shift+H",))
    with caplog.at_level(logging.INFO):
        keys = registry(settings)
        keys.add([command("heat", "Ctrl+Shift+H")])
    assert (keys.keys("note"), keys.keys("heat")) == (("Ctrl+Shift+H",), ())
    assert "stays with 'Note'" in caplog.text


KEYS = st.sampled_from(["Ctrl+N", "Space", "S", "P", "Esc", "Up", "F9"])
SAVED = st.dictionaries(
    st.sampled_from([one.command_id for one in COMMANDS]), st.lists(KEYS, max_size=2).map(tuple)
)


@given(SAVED, st.permutations(COMMANDS))
def test_whatever_was_saved_no_key_is_answered_twice(
    saved: dict[str, tuple[str, ...]], commands: list[DeskCommand]
) -> None:
    found, _ = resolve(commands, FIXED, saved)
    panels = {one.command_id: one.panel_id for one in commands}
    held = [(key, panels[one], one) for one, keys in found.items() for key in keys]
    held += [(key, one.panel_id, one.title) for one in FIXED for key in one.keys]
    for place, (key, panel, name) in enumerate(held):
        for other_key, other_panel, other in held[place + 1 :]:
            if key == other_key and name != other:
                assert panel
                assert other_panel
                assert panel != other_panel
