"""Names as people write them at a command line: any letters, any hyphens, the id or the title."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from liveroom.errors import KnownError

T = TypeVar("T")


def find_named(
    wanted: str, kind: str, all_of_it: Iterable[T], names: Callable[[T], tuple[str, ...]]
) -> T:
    """Return the one that has this name; raise KnownError with the first name of each.

    An exact name comes before one that only sounds the same.
    """
    known = list(all_of_it)
    for alike in (str, _plain):
        for one in known:
            if alike(wanted) in [alike(name) for name in names(one)]:
                return one
    listed = ", ".join(names(one)[0] for one in known)
    raise KnownError(f"there is no {kind} {wanted!r}; choose one of {listed}")


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
