"""What the chat panel says of questions and messages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from liveroom.models.facts import Fact
from liveroom.ui import format as fmt
from liveroom.ui.parts.chat_figures import Figure

if TYPE_CHECKING:
    from liveroom.models.chat.board import Question
    from liveroom.models.snapshot import ProductRow, Snapshot

LATE_MS = 2 * fmt.MINUTE
"""A question that waits so long is late. Waiting is no failure: it is never coral."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None that looks like another."""
_TAG_LETTERS = 4


def figures_of(snapshot: Snapshot) -> tuple[Figure, ...]:
    """Return the figures above the questions; grey where their source is silent, or says nothing of them."""
    board = snapshot.chat
    found = (
        Figure("chat.rate", "Messages/min", _rate(board.per_minute)),
        Figure("chat.people", "People", fmt.count(board.people)),
        Figure("chat.questions", "Questions/min", _rate(board.questions_per_minute)),
        Figure("chat.unanswered", "Unanswered", fmt.count(board.unanswered)),
    )
    stale = snapshot.stale(Fact.CHAT) is not None
    return tuple(
        each._replace(tone="text_3") if stale or each.value == fmt.UNKNOWN else each
        for each in found
    )


def _rate(value: float | None) -> str:
    """Return a rate: small ones with a decimal."""
    return fmt.number(value, 1 if value is not None and value < 10 else 0)


def tone_of_wait(waited_ms: int) -> str:
    """Return the tone of how long a question has waited."""
    return "warn" if waited_ms >= LATE_MS else "text_3"


@lru_cache(maxsize=4096)
def tag_text(tag: int) -> str:
    """Return a short name for somebody whose name is not known: the same person, the same letters."""
    if not tag:
        return fmt.NONE_YET
    letters = ""
    for _ in range(_TAG_LETTERS):
        tag, rest = divmod(tag, len(_LETTERS))
        letters += _LETTERS[rest]
    return letters


def subject_of(question: Question, rows: dict[str, ProductRow]) -> str:
    """Return what a question is about: the product, else its kind."""
    row = rows.get(question.sku)
    if question.sku:
        return row.name if row is not None and row.name else question.sku
    return question.intent.word if question.intent else ""


def alike_text(question: Question) -> str:
    """Return how many others ask the same, or nothing."""
    return f"{fmt.count(question.alike)} alike" if question.alike else ""
