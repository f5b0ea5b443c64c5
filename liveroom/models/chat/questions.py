"""Questions and what answered them, as of any instant.

A question is open from when it is asked until somebody in the chat writes to its author, until the
producer marks it answered, or until nobody waits for it any more. Those who ask the same of the same
product are one question; what is kept is who asked what when, never the state.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from hashlib import blake2b

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.chat.timed_rows import Ints, TimedRows
from liveroom.models.distinct import with_places

WAITS_MS = 30 * 60_000
"""Nobody waits longer for an answer in a live show: the question is no longer listed."""
ANSWERED_WITHIN_MS = 3 * 60_000
"""What is written to somebody later than this is no answer to what was asked."""
_MOST_SUBJECTS = 200_000


class Mark(Struct, frozen=True, order=True, gc=False, array_like=True):
    """The producer marked a question answered, or took that back, at an instant (ms UTC)."""

    at: int
    answered: bool


def key_of(alike: str) -> int:
    """Return what is asked as a signed 64-bit key."""
    digest = blake2b(alike.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


class Questions:
    """Who asked what, who wrote to whom, what was marked."""

    def __init__(self) -> None:
        """Start empty."""
        self.askings = TimedRows(4)
        """Instant (ms UTC), key, person (0: unknown), kind."""
        self.replies = TimedRows(3)
        """Instant, whom it was written to, who wrote it (0: unknown)."""
        self.marks: dict[str, list[Mark]] = {}
        """By the id of a question."""
        self.alike: dict[int, str] = {}
        """What a key stands for; of a great many the first 200,000."""

    def ask(self, at: int, alike: str, person: int | None, kind: int) -> None:
        """Take a question."""
        key = key_of(alike)
        if key not in self.alike and len(self.alike) < _MOST_SUBJECTS:
            self.alike[key] = alike
        self.askings.add(at, key, person or 0, kind)

    def reply(self, at: int, to: int, person: int | None) -> None:
        """Take that somebody wrote to a person."""
        self.replies.add(at, to, person or 0)

    def mark(self, question_id: str, at: int, answered: bool) -> None:
        """Take that the producer marked a question, or took it back."""
        insort(self.marks.setdefault(question_id, []), Mark(at, answered))

    def waiting(self, at: int) -> Ints:
        """Return the askings up to an instant that nobody has replied to and that are not too old.

        As (n, 4): instant, key, person, kind; in order of time. Marks are not looked at.
        """
        rows = self.askings.between(at - WAITS_MS, at)
        return rows[~self.replied(rows, at)]

    def answered_at(self, question_id: str, at: int) -> int | None:
        """Return when a question was last marked answered, as of an instant; None: it is not."""
        standing: list[int] = []
        for mark in self.marks.get(question_id, ()):
            if mark.at > at:
                break
            if mark.answered:
                standing.append(mark.at)
            elif standing:
                standing.pop()
        return standing[-1] if standing else None

    def last_mark(self, at: int) -> str:
        """Return the id of the question that was marked last and still is; blank: none."""
        best, found = -1, ""
        for question_id, marks in self.marks.items():
            place = bisect_right(marks, at, key=lambda mark: mark.at)
            if place and marks[place - 1].answered and marks[place - 1].at >= best:
                best, found = marks[place - 1].at, question_id
        return found

    def replied(self, rows: Ints, at: int) -> NDArray[np.bool_]:
        """Return which askings somebody else has written to the author of since."""
        if not len(rows):
            return np.zeros(0, dtype=np.bool_)
        start = int(rows[0, 0])
        replies = self.replies.between(start - 1, at)
        replies = replies[replies[:, 1] != replies[:, 2]]
        if not len(replies):
            return np.zeros(len(rows), dtype=np.bool_)
        # Person and instant as one number, so that the first reply after an asking is a binary search.
        _, numbers = with_places(np.concatenate((rows[:, 2], replies[:, 1])))
        span = int(at - start) + ANSWERED_WITHIN_MS + 2
        asked = numbers[: len(rows)] * span + (rows[:, 0] - start)
        written = np.sort(numbers[len(rows) :] * span + (replies[:, 0] - start))
        next_one = np.searchsorted(written, asked, side="left")
        # A question and its answer may share an instant: some platforms stamp whole minutes.
        soon = np.append(written, np.iinfo(np.int64).max)[next_one] - asked <= ANSWERED_WITHIN_MS
        within = next_one < len(written)
        same = written[np.minimum(next_one, len(written) - 1)] // span == asked // span
        known = rows[:, 2] != 0
        answered: NDArray[np.bool_] = known & within & soon & same
        return answered
