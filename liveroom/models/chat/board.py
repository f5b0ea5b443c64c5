"""The chat as the desk shows it at an instant."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.chat.chat_log import History
from liveroom.models.chat.intents import Intent

_NONE: NDArray[np.int64] = np.zeros(0, dtype=np.int64)


class Question(Struct, frozen=True, kw_only=True, gc=False):
    """A question that waits for an answer."""

    question_id: str
    text: str
    """Of the first who asked."""
    sku: str
    """The product it is about, blank: none, or several are on air."""
    intent: Intent
    asked_at: int
    tag: int
    alike: int
    """Other people who ask the same."""


class PinnedQuestion(Struct, frozen=True, kw_only=True, gc=False):
    """The question in front of the presenter, since `pinned_at` (ms UTC)."""

    question_id: str
    text: str
    sku: str
    asked_at: int
    pinned_at: int


class Blocks(Struct, frozen=True, kw_only=True, gc=False):
    """Engagement per block of time; the arrays (n) are read-only, in order of time.

    The last block has lasted only until the board's instant. `people` is -1 where nobody is known.
    """

    minutes: int = 5
    starts: NDArray[np.int64] = _NONE
    """ms UTC, whole blocks of the clock in UTC."""
    messages: NDArray[np.int64] = _NONE
    questions: NDArray[np.int64] = _NONE
    people: NDArray[np.int64] = _NONE
    intents: NDArray[np.int64] = np.zeros((0, len(Intent)), dtype=np.int64)
    """Messages of each intent (n, intents); of those that have a text."""


class ChatBoard(Struct, frozen=True, kw_only=True):
    """The chat as of an instant; None is unknown: no chat, or only numbers of messages."""

    minutes: float = 0.0
    """What the rates are per: the last 10 minutes, or those so far of a younger chat."""
    messages: int | None = None
    """Of the last 10 minutes, on all platforms; so are people and questions."""
    people: int | None = None
    """Of this minute and the nine before."""
    questions: int | None = None
    unanswered: int | None = None
    by_sku: dict[str, int] = {}
    """Unanswered questions by product; blank: about none."""
    open: tuple[Question, ...] = ()
    """The oldest unanswered, oldest first."""
    pinned: PinnedQuestion | None = None
    last_answered: str = ""
    """The id of the question that was marked answered last: what can be taken back."""
    blocks: Blocks = Blocks()
    history: History = History()

    @property
    def per_minute(self) -> float | None:
        """Messages of the last 10 minutes per minute."""
        return None if self.messages is None else self.messages / max(self.minutes, 1.0)

    @property
    def questions_per_minute(self) -> float | None:
        """Messages that ask, of the last 10 minutes, per minute."""
        return None if self.questions is None else self.questions / max(self.minutes, 1.0)
