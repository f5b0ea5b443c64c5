"""Looks for messages in all that was written, a few milliseconds at a time, from the newest back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from liveroom.models.chat.intents import Intent
from liveroom.models.chat.tokens import folded

if TYPE_CHECKING:
    from liveroom.models.chat.chat_log import History
    from liveroom.models.chat.messages import Message
    from liveroom.models.chat.subjects import Subjects

MOST_FOUND = 2_000
_SLICE_SECONDS = 0.004


class Wanted(NamedTuple):
    """What is looked for; blank and None mean anything."""

    text: str = ""
    """Folded."""
    sku: str = ""
    intent: Intent | None = None
    source: str = ""

    def fits(self, message: Message, sources: tuple[str, ...], subjects: Subjects) -> bool:
        """Return whether a message is one of those looked for."""
        if self.intent is not None and message.intent is not self.intent:
            return False
        if self.source and sources[message.source] != self.source:
            return False
        if self.text and self.text not in folded(message.text):
            return False
        return not self.sku or subjects.of(message.text, message.intent, message.at) == self.sku


ANYTHING = Wanted()


class ChatSearch(QObject):
    """One search at a time; what is new is looked at as it comes."""

    found_more = Signal()

    def __init__(self, parent: QObject) -> None:
        """Start with nothing to look for."""
        super().__init__(parent)
        self.wanted = ANYTHING
        self.found: list[Message] = []
        self._history: History | None = None
        self._subjects: Subjects | None = None
        self._next = -1
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def look_for(self, wanted: Wanted, history: History, subjects: Subjects) -> None:
        """Begin a search."""
        self.wanted, self._history, self._subjects = wanted, history, subjects
        self.found = self._fitting(history.fresh)
        self._next = len(history.groups) - 1
        self._timer.stop()
        if wanted != ANYTHING and self._next >= 0:
            self._timer.start()

    def take(self, history: History) -> bool:
        """Take what was written since; return whether some of it fits."""
        before, self._history = self._history, history
        if before is None or history is before or self.wanted == ANYTHING:
            return False
        if len(history) < len(before) or history.groups[: len(before.groups)] != before.groups:
            # Another instant is shown, or something came late: what was found may be no part of it.
            assert self._subjects is not None
            self.look_for(self.wanted, history, self._subjects)
            return True
        new = [history.at(place) for place in range(len(before), len(history))]
        fitting = self._fitting(tuple(new))
        self.found = [*self.found, *fitting] if fitting else self.found
        return bool(fitting)

    def is_complete(self) -> bool:
        """Return whether all was looked at, or as much was found as is shown."""
        return not self._timer.isActive()

    def is_full(self) -> bool:
        """Return whether there may be more than is shown."""
        return len(self.found) >= MOST_FOUND

    def _go_on(self) -> None:
        history, until = self._history, time.perf_counter() + _SLICE_SECONDS
        assert history is not None
        found: list[Message] = []
        while self._next >= 0 and len(self.found) + len(found) < MOST_FOUND:
            group = history.groups[self._next]
            self._next -= 1
            # Most packs hold no match: their texts tell without their messages being made.
            text = self.wanted.text
            if not text or any(text in folded(each.text()) for each in group):
                messages = sorted(message for each in group for message in each.messages())
                found = [*self._fitting(tuple(messages)), *found]
            if time.perf_counter() > until:
                break
        else:
            self._timer.stop()
        if found:
            self.found = [*found, *self.found]
        self.found_more.emit()

    def _fitting(self, messages: tuple[Message, ...]) -> list[Message]:
        history, subjects, wanted = self._history, self._subjects, self.wanted
        assert history is not None
        assert subjects is not None
        return [each for each in messages if wanted.fits(each, history.sources, subjects)]
