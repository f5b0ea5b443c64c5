"""The counted state of a show's chat: what was written, asked, replied, marked and pinned."""

from __future__ import annotations

from bisect import bisect_right, insort

from msgspec import Struct

from liveroom.models import events as e
from liveroom.models.chat.chat_log import ChatLog
from liveroom.models.chat.classifier import Classifier
from liveroom.models.chat.intents import Intent
from liveroom.models.chat.messages import kind_of, tag_of
from liveroom.models.chat.questions import Questions
from liveroom.models.chat.tokens import cleaned
from liveroom.models.chat.writers import Writers
from liveroom.models.timeline import Timeline

MESSAGES, ASKING, FIRST_INTENT = 0, 1, 2
"""Columns of the counts per second: messages, those that ask, then the messages of each intent."""
WIDTH = FIRST_INTENT + len(Intent)


class Pin(Struct, frozen=True, order=True, gc=False, array_like=True):
    """A question put in front of the presenter at an instant (ms UTC); a blank id takes it away."""

    at: int
    question_id: str
    text: str = ""
    sku: str = ""
    asked_at: int = 0


class Chat:
    """Takes the messages of all platforms, and what the producer did with questions."""

    def __init__(self) -> None:
        """Start empty."""
        self.log = ChatLog()
        self.counts = Timeline(width=WIDTH)
        self.writers = Writers()
        self.questions = Questions()
        self.pins: list[Pin] = []
        self.version = 0
        """Grows with everything that is taken."""
        self.deeds = 0
        """Grows with what the producer does."""
        self.first_at: int | None = None
        self._classify = Classifier()

    def posted(self, event: e.ChatPosted) -> None:
        """Take a message, or a number of them."""
        at = event.occurred_at
        self.version += 1
        if self.first_at is None or at < self.first_at:
            self.first_at = at
        row = self.counts.row(at // 1000)
        row[MESSAGES] += event.count
        if event.person is not None:
            self.writers.wrote(at, event.person)
        text = cleaned(event.text) if event.text else ""
        if not text:
            return
        verdict = self._classify(text)
        row[FIRST_INTENT + verdict.intent] += event.count
        kind = kind_of(verdict.intent, verdict.asks)
        if verdict.asks:
            row[ASKING] += event.count
            self.questions.ask(at, verdict.alike, event.person, kind)
        if event.to_person is not None and event.person != event.to_person:
            self.questions.reply(at, event.to_person, event.person)
        self.log.add(at, tag_of(event.person), kind, event.source, text)

    def marked(self, event: e.QuestionAnswered | e.QuestionReopened) -> None:
        """Take that the producer marked a question answered, or took that back."""
        answered = isinstance(event, e.QuestionAnswered)
        self.questions.mark(event.question, event.occurred_at, answered)
        self.version += 1
        self.deeds += 1

    def pinned(self, event: e.QuestionPinned) -> None:
        """Take that a question was put in front of the presenter, or taken away."""
        insort(
            self.pins,
            Pin(event.occurred_at, event.question, event.text, event.sku, event.asked_at),
        )
        self.version += 1
        self.deeds += 1

    def pin_at(self, at: int) -> Pin | None:
        """Return what the presenter is shown at an instant: a question that is answered is gone."""
        place = bisect_right(self.pins, at, key=lambda pin: pin.at)
        pin = self.pins[place - 1] if place else None
        if pin is None or not pin.question_id:
            return None
        answered_at = self.questions.answered_at(pin.question_id, at)
        return None if answered_at is not None and answered_at >= pin.at else pin
