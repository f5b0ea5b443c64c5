"""Keys as text: on key caps and in words. Without Qt's QKeySequence, which the first paint would wait for."""

_CAPS = {
    "Return": "↵",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Backspace": "Backspace",
}


def parts_of(key: str) -> list[str]:
    """Return the parts of a key as they stand on its cap: `Ctrl`, `↵`."""
    head, plus, last = key.rpartition("+")
    if plus and not last:
        # The plus key itself: `Ctrl++`, or `+` alone.
        head, last = head.removesuffix("+"), "+"
    return [*(part for part in head.split("+") if part), _CAPS.get(last, last)]


def cap(key: str) -> str:
    """Return what a key cap shows, such as `Ctrl ↵`."""
    return " ".join(parts_of(key)) if key else ""


def in_words(key: str) -> str:
    """Return a key for a sentence, such as `Ctrl+↵`."""
    return "+".join(parts_of(key)) if key else ""
