"""Takes boards of a chat as of any instant; what did not change is shared with the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from liveroom.models.chat.board import Blocks, ChatBoard, PinnedQuestion, Question
from liveroom.models.chat.chat import ASKING, FIRST_INTENT, MESSAGES
from liveroom.models.chat.intents import Intent
from liveroom.models.chat.open_questions import OpenQuestions, QuestionBook, Waiting
from liveroom.models.chat.questions import WAITS_MS
from liveroom.models.chat.subjects import Subjects
from liveroom.models.facts import Fact

if TYPE_CHECKING:
    from liveroom.models.run_of_show import RunOfShow
    from liveroom.models.show import Show

BLOCK_MINUTES = 5
MOST_BLOCKS = 288
"""A day of them."""
RECENT_MINUTES = 10
_MINUTE_MS = 60_000
_BLOCK_MS = BLOCK_MINUTES * _MINUTE_MS
_FEW, _MANY = 3_000, 60_000
"""So many askings and writers cost little: of more, people and questions are looked at once a second of
the show, of very many (a millisecond per thousand) every few seconds."""

Ints = NDArray[np.int64]


class ChatCamera:
    """Takes the boards of one show."""

    def __init__(self, show: Show) -> None:
        """Look at `show`."""
        self._show, self._chat = show, show.chat
        self._board = ChatBoard()
        self._book: QuestionBook | None = None
        self._names: tuple[tuple[str, str], ...] = ()
        self._plan: RunOfShow | None = None
        self._open = OpenQuestions()
        self._people: int | None = None
        self._looked: tuple[int, ...] = ()
        self._questions: dict[str, tuple[Waiting, Question]] = {}
        self._whole: dict[int, tuple[int, int]] = {}

    def take(self, at: int) -> ChatBoard:
        """Return the chat as of an instant (ms UTC)."""
        if Fact.CHAT not in self._show.counting.known():
            return ChatBoard()
        knows_text = self._show.knows(Fact.CHAT, "text") or bool(len(self._chat.log.history(at)))
        first_at = self._chat.first_at
        minutes = (
            RECENT_MINUTES if first_at is None else min(RECENT_MINUTES, (at - first_at) / 60_000)
        )
        recent = self._recent(at)
        self._look(at)
        board = ChatBoard(
            minutes=float(max(0.0, minutes)),
            messages=int(recent[MESSAGES]),
            people=self._people,
            questions=int(recent[ASKING]) if knows_text else None,
            unanswered=self._open.number if knows_text else None,
            by_sku=self._open.by_sku,
            open=self._listed(),
            pinned=self._pinned(at),
            last_answered=self._chat.questions.last_mark(at),
            blocks=self._blocks(at),
            history=self._chat.log.history(at),
        )
        return self._shared(board)

    def question(self, question_id: str, at: int) -> Question | None:
        """Return a question that is listed at an instant; None: it is not."""
        return next((each for each in self.take(at).open if each.question_id == question_id), None)

    def _recent(self, at: int) -> Ints:
        end = at // 1000 + 1
        edges = np.array([end - RECENT_MINUTES * 60, end], dtype=np.int64)
        sums: Ints = np.diff(self._chat.counts.totals_at(edges), axis=0)[0]
        return sums

    def _look(self, at: int) -> None:
        """Look at people and questions anew, of a very busy chat once a second of the show."""
        book = self._current_book()
        rows = len(self._chat.questions.askings.between(at - WAITS_MS, at))
        start = (at // _MINUTE_MS - RECENT_MINUTES + 1) * _MINUTE_MS
        rows += len(self._chat.writers.rows.between(start - 1, at))
        state = (
            self._chat.deeds,
            id(book),
            at // (1000 * (1 + rows // _MANY)),
            *((self._chat.version, at) if rows < _FEW else ()),
        )
        if state == self._looked:
            return
        self._looked = state
        self._open = book.open(at)
        knows = self._show.knows(Fact.CHAT, "person") or len(self._chat.writers.rows)
        self._people = self._chat.writers.count(start, at) if knows else None

    def _current_book(self) -> QuestionBook:
        show = self._show
        names = tuple((sku, tally.name or sku) for sku, tally in show.products.items())
        if self._book is None or names != self._names or show.run_of_show is not self._plan:
            self._names, self._plan = names, show.run_of_show
            self._book = QuestionBook(self._chat.questions, Subjects(names, show.run_of_show))
        return self._book

    def _listed(self) -> tuple[Question, ...]:
        listed = []
        kept: dict[str, tuple[Waiting, Question]] = {}
        for waiting in self._open.oldest:
            before = self._questions.get(waiting.question_id)
            if before is not None and before[0] == waiting:
                question = before[1]
            else:
                question = Question(
                    question_id=waiting.question_id,
                    text=self._text(waiting),
                    sku=waiting.sku,
                    intent=Intent(waiting.kind & 0x7F),
                    asked_at=waiting.asked_at,
                    tag=waiting.tag,
                    alike=waiting.alike,
                )
            kept[waiting.question_id] = (waiting, question)
            listed.append(question)
        self._questions = kept
        return tuple(listed)

    def _text(self, waiting: Waiting) -> str:
        place = waiting.asked_at, waiting.tag, waiting.kind
        before = self._questions.get(waiting.question_id)
        if before is not None and (before[0].asked_at, before[0].tag, before[0].kind) == place:
            return before[1].text
        message = self._chat.log.find(*place)
        return "" if message is None else message.text

    def _pinned(self, at: int) -> PinnedQuestion | None:
        pin = self._chat.pin_at(at)
        if pin is None:
            return None
        return PinnedQuestion(
            question_id=pin.question_id,
            text=pin.text,
            sku=pin.sku,
            asked_at=pin.asked_at,
            pinned_at=pin.at,
        )

    def _blocks(self, at: int) -> Blocks:
        first_at = self._chat.first_at
        if first_at is None or first_at > at:
            return Blocks(minutes=BLOCK_MINUTES)
        last = at // _BLOCK_MS
        first = max(first_at // _BLOCK_MS, last - MOST_BLOCKS + 1)
        starts = np.arange(first, last + 1, dtype=np.int64) * _BLOCK_MS
        edges = np.append(starts // 1000, at // 1000 + 1)
        sums = np.diff(self._chat.counts.totals_at(edges), axis=0)
        found = Blocks(
            minutes=BLOCK_MINUTES,
            starts=starts,
            messages=sums[:, MESSAGES],
            questions=sums[:, ASKING],
            people=np.array(self._people_of(starts, at), dtype=np.int64),
            intents=sums[:, FIRST_INTENT:],
        )
        for array in (found.starts, found.messages, found.questions, found.people, found.intents):
            array.flags.writeable = False
        return found

    def _people_of(self, starts: Ints, at: int) -> list[int]:
        writers, known = self._chat.writers, self._whole
        if not len(writers.rows):
            return [-1] * len(starts)
        ends = np.minimum(at, starts + _BLOCK_MS - 1)
        numbers = writers.rows.number_until(ends) - writers.rows.number_until(starts - 1)
        people = []
        for start, end, number in zip(
            starts.tolist(), ends.tolist(), numbers.tolist(), strict=True
        ):
            kept = known.get(start)
            if kept is None or kept[0] != number:
                kept = known[start] = (number, writers.count(start, end))
            people.append(kept[1])
        return people

    def _shared(self, board: ChatBoard) -> ChatBoard:
        """Return the last board, or one that shares with it what is equal."""
        last = self._board
        same = {
            name: getattr(last, name)
            for name in ("open", "by_sku", "pinned")
            if getattr(last, name) == getattr(board, name)
        }
        if _equal(last.blocks, board.blocks):
            same["blocks"] = last.blocks
        board = replace(board, **same)
        plain = ("minutes", "messages", "people", "questions", "unanswered", "last_answered")
        parts = ("open", "by_sku", "pinned", "blocks", "history")
        if all(getattr(last, name) == getattr(board, name) for name in plain) and all(
            getattr(last, name) is getattr(board, name) for name in parts
        ):
            return last
        self._board = board
        return board


def _equal(one: Blocks, other: Blocks) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("starts", "messages", "questions", "people", "intents")
    )
