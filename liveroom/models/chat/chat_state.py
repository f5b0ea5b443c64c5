"""A chat's counted state as plain numbers and bytes, and back."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from liveroom.models.chat.chat import WIDTH, Chat, Pin
from liveroom.models.chat.messages import Pack
from liveroom.models.chat.questions import Mark
from liveroom.models.timeline import Timeline


class ChatState(Struct, array_like=True):
    """What a chat has counted."""

    first_at: int | None
    sources: list[str]
    packs: list[Pack]
    seconds: bytes
    sums: bytes
    writers: bytes
    askings: bytes
    replies: bytes
    marks: dict[str, list[Mark]]
    alike: dict[int, str]
    pins: list[Pin]


def dump_chat(chat: Chat) -> ChatState:
    """Return a chat's state."""
    seconds, sums = chat.counts.to_arrays()
    return ChatState(
        chat.first_at,
        chat.log.sources,
        chat.log.packs(),
        seconds.tobytes(),
        sums.tobytes(),
        chat.writers.rows.to_bytes(),
        chat.questions.askings.to_bytes(),
        chat.questions.replies.to_bytes(),
        chat.questions.marks,
        chat.questions.alike,
        chat.pins,
    )


def load_chat(state: ChatState, chat: Chat) -> None:
    """Put a state back into a fresh chat; raises ValueError where it does not fit."""
    chat.first_at = state.first_at
    chat.log.restore(state.packs, state.sources)
    chat.counts = Timeline(
        np.frombuffer(state.seconds, dtype=np.int64),
        np.frombuffer(state.sums, dtype=np.int64).reshape(-1, WIDTH),
        width=WIDTH,
    )
    chat.writers.rows.restore(state.writers)
    chat.questions.askings.restore(state.askings)
    chat.questions.replies.restore(state.replies)
    chat.questions.marks = state.marks
    chat.questions.alike = state.alike
    chat.pins = state.pins
