"""Keys as Qt has them: read, taken from what is pressed, and which of them are not to be had."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from liveroom.ui.keyboard.caps import in_words

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_NO_KEYS = (*_MODIFIERS, Qt.Key.Key_unknown, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)
_EDITING = frozenset(
    f"Ctrl+{one}" for one in ("A", "C", "V", "X", "Z", "Y", "U", "Left", "Right", "Home", "End")
) | {
    "Ctrl+Shift+Z", "Ctrl+Shift+Left", "Ctrl+Shift+Right", "Ctrl+Backspace", "Ctrl+Del",
    "Shift+Ins", "Ctrl+Ins", "Shift+Del",
}  # fmt: skip
_MOVING = frozenset(
    {"Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown", "Return", "Backspace"}
)
_LEAVING = frozenset({"Esc", "Shift+Esc", "Tab", "Shift+Tab", "Backtab", "Shift+Backtab"})


def parse_key(text: str) -> str:
    """Return a key in one way of writing, blank where the text names none or more than one."""
    sequence = QKeySequence.fromString(text, _PORTABLE)
    if sequence.count() != 1:
        return ""
    stroke: QKeyCombination = sequence[0]  # type: ignore[index]
    if stroke.key() in _NO_KEYS:
        return ""
    if stroke.key() == Qt.Key.Key_Enter:
        # The keypad's key is the same to everybody but Qt.
        stroke = QKeyCombination(stroke.keyboardModifiers(), Qt.Key.Key_Return)
    return QKeySequence(stroke).toString(_PORTABLE)


def sequences(key: str) -> list[QKeySequence]:
    """Return what Qt has to listen to for a key: Enter has two."""
    found = [QKeySequence.fromString(key, _PORTABLE)]
    if key.endswith("Return"):
        found.append(QKeySequence.fromString(key.removesuffix("Return") + "Enter", _PORTABLE))
    return found


def key_of(event: QKeyEvent) -> str:
    """Return the key that was pressed, blank while only a modifier is down."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if key in _NO_KEYS:
        return ""
    modifiers &= ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    if text.isprintable() and text.strip() and not text.isalnum():
        # `?` is Shift and something else on most keyboards, and not on all.
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return parse_key(QKeySequence(QKeyCombination(modifiers, key)).toString(_PORTABLE))


def is_typed(key: str) -> bool:
    """Return whether the key writes something into a field: a letter, a digit, a sign, the space."""
    bare = key.removeprefix("Shift+")
    return bare == "Space" or len(bare) == 1


def why_not_to_be_had(key: str, everywhere: bool) -> str:
    """Return why nobody may give a command this key, blank where it is free to take."""
    if key in _LEAVING:
        return f"{in_words(key)} leads out of and on to the next control everywhere"
    if key in _MOVING:
        return f"{in_words(key)} is needed in lists and fields"
    if key in _EDITING:
        return f"{in_words(key)} is needed where text is typed"
    if key == "Space":
        return "The space bar is GO and nothing else"
    if everywhere and (is_typed(key) or key == "Del"):
        return f"{in_words(key)} is typed in fields; on the whole desk take it with Ctrl or Alt"
    return ""
