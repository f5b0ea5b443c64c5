"""What a row of the questions says; made anew only where something of it changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from liveroom.ui.chat_words import alike_text, subject_of, tag_text

if TYPE_CHECKING:
    from liveroom.models.chat.board import PinnedQuestion, Question
    from liveroom.models.snapshot import ProductRow


class Line(NamedTuple):
    """A row: what it says, and whether it is in front of the presenter."""

    question_id: str
    text: str
    subject: str
    alike: str
    asked_at: int
    tag: str
    kind: str
    pinned: bool = False
    busy: bool = False


class QuestionLines:
    """Makes rows of questions, and keeps them for the next snapshot: most questions wait for many."""

    def __init__(self) -> None:
        """Start with none."""
        self._made: dict[str, tuple[object, Line]] = {}

    def of(
        self,
        questions: Collection[Question],
        rows: dict[str, ProductRow],
        pinned: str = "",
        busy: Collection[str] = (),
    ) -> list[Line]:
        """Return questions as rows; `pinned` and `busy` are ids of questions."""
        made: dict[str, tuple[object, Line]] = {}
        for question in questions:
            name = question.question_id
            row = rows.get(question.sku)
            made_of = (question, row and row.name, name == pinned, name in busy)
            before = self._made.get(name)
            if before is None or before[0] != made_of:
                before = made_of, _line_of(question, rows, name == pinned, name in busy)
            made[name] = before
        self._made = made
        return [line for _, line in made.values()]


def _line_of(question: Question, rows: dict[str, ProductRow], pinned: bool, busy: bool) -> Line:
    return Line(
        question_id=question.question_id,
        text=question.text,
        subject=subject_of(question, rows),
        alike=alike_text(question),
        asked_at=question.asked_at,
        tag=tag_text(question.tag),
        kind=question.intent.word,
        pinned=pinned,
        busy=busy,
    )


def line_of_pin(pin: PinnedQuestion, rows: dict[str, ProductRow], *, busy: bool = False) -> Line:
    """Return the question in front of the presenter as a row, when it is not among those that wait."""
    row = rows.get(pin.sku)
    subject = row.name if row is not None else pin.sku
    return Line(pin.question_id, pin.text, subject, "", pin.asked_at, "", "", True, busy)
