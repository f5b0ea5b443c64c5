"""Words for messages: what was probably meant, and lists of what there is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)` where something known is close, else nothing."""
    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(wrong.casefold(), by_fold, n=1)
    return f" (did you mean {by_fold[close[0]]!r}?)" if close else ""
