"""Every message of a show: the newest as they are, older ones packed by the minute.

A message costs some 25 bytes once it is packed. Whatever the order of arrival, the log gives the same
messages in the same order, as of any instant.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from liveroom.models.chat.messages import Message, Pack, pack

OPEN = 4096
"""So many messages lie unpacked at most; the oldest three quarters of them are packed together."""
LARGEST_PACK = 512
_MOST_PACKS = 8
"""A minute in which so many packs overlap, because messages came late, is packed anew."""
_MINUTE_MS = 60_000
_NEVER = -(1 << 62)
_NO_PACKS: tuple[Pack, ...] = ()


@lru_cache(maxsize=24)
def unpacked(packs: tuple[Pack, ...]) -> tuple[Message, ...]:
    """Return the messages of packs that overlap, in order; the last few results are kept."""
    messages = [message for each in packs for message in each.messages()]
    if len(packs) > 1:
        messages.sort()
    return tuple(messages)


class History(Struct, frozen=True):
    """All messages up to an instant, in order: packs, then those that are not packed."""

    groups: tuple[tuple[Pack, ...], ...] = ()
    """Packs that overlap in time stand in one group."""
    ends: tuple[int, ...] = ()
    """The number of messages up to the end of each group."""
    fresh: tuple[Message, ...] = ()
    sources: tuple[str, ...] = ()
    """What `Message.source` counts in."""

    def __len__(self) -> int:
        """Return the number of messages."""
        return (self.ends[-1] if self.ends else 0) + len(self.fresh)

    def at(self, place: int) -> Message:
        """Return the message at a place, 0 is the oldest; raises IndexError beyond them."""
        packed = self.ends[-1] if self.ends else 0
        if place >= packed:
            return self.fresh[place - packed]
        number = bisect_right(self.ends, place)
        return unpacked(self.groups[number])[place - (self.ends[number - 1] if number else 0)]

    def newest(self, number: int) -> tuple[Message, ...]:
        """Return the last messages, the newest last."""
        return tuple(self.at(place) for place in range(max(0, len(self) - number), len(self)))


class ChatLog:
    """Takes messages and gives histories of them."""

    def __init__(self) -> None:
        """Start empty."""
        self.sources: list[str] = []
        self._open: list[Message] = []
        self._late: list[Message] = []
        self._reached = _NEVER
        """Up to this instant (ms UTC) all is packed; what comes later and is older waits in `_late`."""
        self._minutes: dict[int, tuple[Pack, ...]] = {}
        self._last: tuple[int, History] | None = None
        self._packed: tuple[tuple[tuple[Pack, ...], ...], tuple[int, ...]] | None = None
        self.version = 0
        """Grows with every message."""

    def add(self, at: int, tag: int, kind: int, source: str, text: str) -> None:
        """Take a message; `text` is one line."""
        try:
            place = self.sources.index(source)
        except ValueError:
            place = len(self.sources)
            self.sources.append(source)
        message = Message(at, tag, kind, min(place, 255), text)
        self.version += 1
        opened = self._open
        if at <= self._reached:
            self._late.append(message)
            if len(self._late) >= OPEN:
                self._pack_late()
            return
        if not opened or message >= opened[-1]:
            opened.append(message)
        else:
            insort(opened, message)
        if len(opened) >= OPEN:
            self._pack()

    def history(self, at: int) -> History:
        """Return all messages up to an instant (ms UTC); the same object while it holds the same."""
        self._pack_late()
        groups, ends = self._groups()
        if self._reached > at:
            return self._as_it_was(groups, ends, at)
        cut = bisect_right(self._open, at, key=lambda message: message.at)
        if self._last is not None:
            version, last = self._last
            if last.groups is groups and len(last.fresh) == cut and version == self.version:
                return last
        found = History(groups, ends, tuple(self._open[:cut]), tuple(self.sources))
        self._last = (self.version, found)
        return found

    def find(self, at: int, tag: int, kind: int) -> Message | None:
        """Return the first message of an instant by a person's tag and its kind."""
        self._pack_late()
        if at > self._reached:
            return _found(self._open, at, tag, kind)
        for group in _grouped(self._minutes.get(at // _MINUTE_MS, _NO_PACKS)):
            if group[0].first_at <= at <= max(each.last_at for each in group):
                message = _found(unpacked(group), at, tag, kind)
                if message is not None:
                    return message
        return None

    def packs(self) -> list[Pack]:
        """Return all that is kept, packed, to be stored and given back to `restore`."""
        self._pack_late()
        packs = [each for minute in sorted(self._minutes) for each in self._minutes[minute]]
        return packs + [each for _, each in _packs_of(self._open)]

    def restore(self, packs: Sequence[Pack], sources: Sequence[str]) -> None:
        """Put stored packs into an empty log."""
        self.sources = list(sources)
        for each in packs:
            self._put(each.first_at // _MINUTE_MS, each)
            self._reached = max(self._reached, each.last_at)

    def _as_it_was(
        self, groups: tuple[tuple[Pack, ...], ...], ends: tuple[int, ...], at: int
    ) -> History:
        """Return a history that ends among the packs: the group that reaches beyond it is unpacked."""
        number = bisect_right(groups, at, key=lambda group: group[0].first_at)
        rest: tuple[Message, ...] = ()
        if number and max(each.last_at for each in groups[number - 1]) > at:
            number -= 1
            rest = tuple(message for message in unpacked(groups[number]) if message.at <= at)
        return History(groups[:number], ends[:number], rest, tuple(self.sources))

    def _groups(self) -> tuple[tuple[tuple[Pack, ...], ...], tuple[int, ...]]:
        if self._packed is None:
            groups = tuple(
                group
                for minute in sorted(self._minutes)
                for group in _grouped(self._minutes[minute])
            )
            ends, end = [], 0
            for group in groups:
                end += sum(each.number for each in group)
                ends.append(end)
            self._packed = groups, tuple(ends)
        return self._packed

    def _pack(self) -> None:
        number = OPEN - OPEN // 4
        opened = self._open
        # Messages of one instant are packed together: their order is their own, not that of arrival.
        while number < len(opened) and opened[number].at == opened[number - 1].at:
            number += 1
        self._reached = opened[number - 1].at
        for minute, each in _packs_of(opened[:number]):
            self._put(minute, each)
        del opened[:number]

    def _pack_late(self) -> None:
        if self._late:
            for minute, each in _packs_of(sorted(self._late)):
                self._put(minute, each)
            self._late.clear()

    def _put(self, minute: int, new: Pack) -> None:
        packs = (*self._minutes.get(minute, _NO_PACKS), new)
        if any(len(group) > _MOST_PACKS for group in _grouped(packs)):
            messages = sorted(message for each in packs for message in each.messages())
            packs = tuple(each for _, each in _packs_of(messages))
        self._minutes[minute] = packs
        self._packed = None


def _found(messages: Sequence[Message], at: int, tag: int, kind: int) -> Message | None:
    # The bare instant, tag and kind come before every message that has them.
    place = bisect_left(messages, Message(at, tag, kind, -1, ""))
    if place < len(messages):
        message = messages[place]
        if (message.at, message.tag, message.kind) == (at, tag, kind):
            return message
    return None


def _packs_of(messages: Sequence[Message]) -> Iterator[tuple[int, Pack]]:
    """Pack messages that are in order by their minutes."""
    start = 0
    while start < len(messages):
        minute = messages[start].at // _MINUTE_MS
        end = start
        while end < len(messages) and end - start < LARGEST_PACK:
            if messages[end].at // _MINUTE_MS != minute:
                break
            end += 1
        yield minute, pack(messages[start:end])
        start = end


def _grouped(packs: Sequence[Pack]) -> list[tuple[Pack, ...]]:
    """Return packs in order of time, those together that overlap."""
    if len(packs) <= 1:
        return [tuple(packs)] if packs else []
    groups: list[list[Pack]] = []
    reached = _NEVER
    for each in sorted(packs, key=lambda one: (one.first_at, one.last_at, one.number, one.texts)):
        if groups and each.first_at <= reached:
            groups[-1].append(each)
        else:
            groups.append([each])
        reached = max(reached, each.last_at)
    return [tuple(group) for group in groups]
