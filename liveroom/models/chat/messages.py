"""Messages and how a few thousand of them lie packed in memory and in the session file."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise

import msgspec
from msgspec import Struct

from liveroom.models.chat.intents import Intent

_LEVEL = 6
_ASKS = 0x80


class Message(Struct, frozen=True, gc=False, order=True):
    """A message at `at` (ms UTC); messages of one instant have an order of their own."""

    at: int
    tag: int
    """Tells people apart on the screen: 20 bits of a salted key. 0: the source does not say who."""
    kind: int
    """The intent; with 128: it asks."""
    source: int
    """The place of its source in the list of sources."""
    text: str

    @property
    def intent(self) -> Intent:
        """Return what it is about."""
        return Intent(self.kind & ~_ASKS)

    @property
    def asks(self) -> bool:
        """Return whether it wants an answer."""
        return self.kind >= _ASKS


def kind_of(intent: Intent, asks: bool) -> int:
    """Return an intent and whether it asks as one small number."""
    return int(intent) | (_ASKS if asks else 0)


def tag_of(person: int | None) -> int:
    """Return a person's tag: of those in one room few share one."""
    return 0 if person is None else (person & 0xFFFFF) or 1


class Pack(Struct, frozen=True, gc=False, array_like=True):
    """Messages in order, compressed; what is searched for can be looked for before they are unpacked."""

    first_at: int
    last_at: int
    number: int
    columns: bytes
    texts: bytes

    def messages(self) -> list[Message]:
        """Return the messages."""
        steps, tags, kinds, sources = msgspec.msgpack.decode(zlib.decompress(self.columns))
        times, texts = accumulate(steps[1:], initial=self.first_at), self.text().split("\n")
        if not len(steps) == len(tags) == len(kinds) == len(sources) == len(texts):
            raise ValueError(f"{len(texts)} texts of {len(steps)} messages")
        return list(map(Message, times, tags, kinds, sources, texts))

    def text(self) -> str:
        """Return all texts, one a line."""
        return zlib.decompress(self.texts).decode()


def pack(messages: Sequence[Message]) -> Pack:
    """Pack messages that are in order; texts hold no line breaks."""
    times = [later.at - one.at for one, later in pairwise(messages)]
    columns = (
        [0, *times],
        [each.tag for each in messages],
        bytes(each.kind for each in messages),
        bytes(each.source for each in messages),
    )
    return Pack(
        messages[0].at,
        messages[-1].at,
        len(messages),
        zlib.compress(msgspec.msgpack.encode(columns), _LEVEL),
        zlib.compress("\n".join([each.text for each in messages]).encode(), _LEVEL),
    )
