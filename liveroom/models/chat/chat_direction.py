"""What a command about a question of the chat leads to."""

from __future__ import annotations

from typing import Any

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.chat.chat_camera import ChatCamera
from liveroom.models.facts import DESK
from liveroom.models.show import Show

CHAT_COMMANDS = (c.MarkAnswered, c.ReopenQuestion, c.PinQuestion)


def confirm_chat(
    command: c.MarkAnswered | c.ReopenQuestion | c.PinQuestion, show: Show, at: int, number: str
) -> e.Event:
    """Return the event that carries out a command at `at` (ms UTC); raises CommandRefused."""
    pin = show.chat.pin_at(at)
    common: dict[str, Any] = {
        "occurred_at": at,
        "received_at": at,
        "source": DESK,
        "source_id": f"question:{number}",
        "question": command.question,
    }
    if isinstance(command, c.ReopenQuestion):
        if show.chat.questions.answered_at(command.question, at) is None:
            raise CommandRefused("that question is not marked answered")
        return e.QuestionReopened(**common)
    if isinstance(command, c.PinQuestion) and not command.question:
        if pin is None:
            raise CommandRefused("the presenter is shown no question")
        return e.QuestionPinned(**common)
    asked = ChatCamera(show).question(command.question, at)
    if isinstance(command, c.MarkAnswered):
        if asked is not None:
            return e.QuestionAnswered(**common, text=asked.text)
        if pin is not None and pin.question_id == command.question:
            return e.QuestionAnswered(**common, text=pin.text)
    elif asked is not None:
        if pin is not None and pin.question_id == command.question:
            raise CommandRefused("the presenter is shown that question already")
        return e.QuestionPinned(**common, text=asked.text, sku=asked.sku, asked_at=asked.asked_at)
    raise CommandRefused("that question waits no longer")
