"""What was asked for and is not confirmed yet; a lever moves only when the fact comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from liveroom.models.commands import Command
    from liveroom.models.levers import Levers
    from liveroom.models.snapshot import Snapshot

ASKED = "asked…"
PATIENCE_SECONDS = 6.0

Done = Callable[["Levers"], bool]


class _Wish(NamedTuple):
    kind: str
    done: Done
    refused_at: int | None
    since: float


class Asked:
    """Wishes by the name of their control, until they are confirmed, refused or given up."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Take what tells the time to give a wish up."""
        self._now = now
        self._wishes: dict[str, _Wish] = {}
        self.trouble = ""
        """What came of the latest wish that was not carried out."""

    def ask(self, name: str, command: Command, snapshot: Snapshot, done: Done) -> None:
        """Remember a wish; `done` tells from the levers whether it came true.

        Not one from an earlier time: there the desk passes nothing on and only leads back.
        """
        if snapshot.is_past:
            return
        self.trouble = ""
        refused_at = snapshot.levers.set_at.get("refusal")
        self._wishes[name] = _Wish(type(command).__name__, done, refused_at, self._now())

    def settle(self, snapshot: Snapshot) -> None:
        """Let go of what was confirmed or refused, and of what nobody answered.

        An earlier time that is looked at tells nothing about it.
        """
        if snapshot.is_past:
            return
        levers = snapshot.levers
        for name, wish in list(self._wishes.items()):
            if wish.done(levers):
                del self._wishes[name]
            elif levers.set_at.get("refusal") != wish.refused_at and levers.refused == wish.kind:
                del self._wishes[name]
                self.trouble = f"Refused: {levers.refusal}"
            elif self._now() - wish.since > PATIENCE_SECONDS:
                del self._wishes[name]
                self.trouble = "Asked, but nothing confirmed it; look at the connections"

    @property
    def is_waiting(self) -> bool:
        """Return whether any wish waits."""
        return bool(self._wishes)

    def word(self, name: str) -> str:
        """Return `asked…` while a wish waits."""
        return ASKED if name in self._wishes else ""

    def names(self, prefix: str) -> list[str]:
        """Return what waits under names that begin so, without the prefix."""
        return [name.removeprefix(prefix) for name in self._wishes if name.startswith(prefix)]


def set_anew(name: str, levers: Levers) -> Done:
    """Return what tells whether a lever of `levers.set_at` was set after this."""
    before = levers.set_at.get(name)
    return lambda now: now.set_at.get(name) != before
