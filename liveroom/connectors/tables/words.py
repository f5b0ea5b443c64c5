"""Words for messages: what was probably meant, and lists of what there is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_HALF = re.compile("[\ud800-\udfff]")


def has_half_character(text: str) -> bool:
    """Return whether a text holds a lone surrogate, which cannot be written as UTF-8."""
    return not text.isascii() and _HALF.search(text) is not None


def whole_characters(text: str) -> str:
    """Return a text that can be written as UTF-8: half a character (a cut emoji) becomes U+FFFD."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)` where something known is close, else nothing."""
    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(wrong.casefold(), by_fold, n=1)
    return f" (did you mean {by_fold[close[0]]!r}?)" if close else ""
