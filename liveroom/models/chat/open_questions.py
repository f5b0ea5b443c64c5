"""The questions that wait at an instant: askings of the same, of the same product, are one."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.chat.intents import OF_A_PRODUCT, Intent
from liveroom.models.chat.messages import tag_of
from liveroom.models.chat.questions import Questions, key_of
from liveroom.models.chat.subjects import Subjects
from liveroom.models.chat.timed_rows import Ints
from liveroom.models.distinct import are_among, with_places

LISTED = 120
"""The oldest are listed; the others are counted."""
_WORDS = 2
"""Who asks the same kind of question with the same two longest words asks the same."""
_INTENT = 0x7F
_MASK = (1 << 64) - 1
_GENERAL = np.array(sorted(intent for intent in Intent if intent not in OF_A_PRODUCT))


class Waiting(Struct, frozen=True, gc=False):
    """A question that waits: when it was first asked, by whom, and how many others ask the same."""

    question_id: str
    sku: str
    """The product it is about, blank for none."""
    asked_at: int
    latest_at: int
    tag: int
    kind: int
    alike: int
    """Other people who ask the same; who is unknown counts as one more each time."""


class OpenQuestions(Struct, frozen=True):
    """All that wait at an instant: the number, by sku, and the oldest of them."""

    number: int = 0
    by_sku: dict[str, int] = {}
    oldest: tuple[Waiting, ...] = ()


class QuestionBook:
    """Groups questions for one catalogue and run of show; remembers what each key is about."""

    def __init__(self, questions: Questions, subjects: Subjects) -> None:
        """Take what was asked, and what it may be about."""
        self._questions, self._subjects = questions, subjects
        self._keys: Ints = np.empty(0, dtype=np.int64)
        self._meanings: Ints = np.empty((0, 2), dtype=np.int64)
        """Of the keys (n,), sorted: what is asked without the product's name, and the product's place."""

    def open(self, at: int) -> OpenQuestions:
        """Return the questions that wait at an instant (ms UTC)."""
        rows = self._questions.waiting(at)
        if not len(rows):
            return OpenQuestions()
        keys, about = self._means(rows)
        unmarked = self._unmarked(rows, keys, about, at)
        rows, keys, about = rows[unmarked], keys[unmarked], about[unmarked]
        if not len(rows):
            return OpenQuestions()
        order = np.lexsort((about, keys))
        starts = np.flatnonzero(_changes(keys[order], about[order]))
        firsts, lasts = order[starts], order[np.append(starts[1:], len(order)) - 1]
        # Ties have an order of their own, whatever arrived first.
        by_age = np.lexsort((about[firsts], keys[firsts], rows[firsts, 0]))
        listed = by_age[:LISTED]
        first, latest = firsts[listed], rows[lasts[listed], 0]
        alike = _people(rows[order, 2], starts)[listed] - 1
        oldest = map(
            self._waiting,
            keys[first].tolist(),
            about[first].tolist(),
            rows[first].tolist(),
            latest.tolist(),
            alike.tolist(),
        )
        numbers = np.bincount(about[firsts] + 1, minlength=1)
        return OpenQuestions(
            number=len(firsts),
            by_sku={
                self._sku(place - 1): int(numbers[place])
                for place in np.flatnonzero(numbers).tolist()
            },
            oldest=tuple(oldest),
        )

    def id_of(self, key: int, about: int) -> str:
        """Return the id of a question: what is asked, of what."""
        return f"{key & _MASK:016x}:{self._sku(about)}"

    def _sku(self, place: int) -> str:
        return self._subjects.skus[place] if place >= 0 else ""

    def _waiting(
        self, key: int, about: int, first: list[int], latest_at: int, alike: int
    ) -> Waiting:
        asked_at, _, person, kind = first
        return Waiting(
            question_id=self.id_of(key, about),
            sku=self._sku(about),
            asked_at=asked_at,
            latest_at=latest_at,
            tag=tag_of(person or None),
            kind=kind,
            alike=alike,
        )

    def _means(self, rows: Ints) -> tuple[Ints, NDArray[np.int64]]:
        """Return for every asking what is asked, without the product's name, and the product's place."""
        asked, numbers = with_places(rows[:, 1])
        self._learn(asked)
        meant = self._meanings[np.searchsorted(self._keys, asked)][numbers]
        keys, about = meant[:, 0], meant[:, 1]
        shown = self._subjects.alone_on_air[
            np.searchsorted(self._subjects.cue_times, rows[:, 0], side="right")
        ]
        of_product = ~are_among(rows[:, 3] & _INTENT, _GENERAL)
        return keys, np.where((about < 0) & of_product, shown, about)

    def _learn(self, keys: Ints) -> None:
        """Find out what keys (n,), sorted, are about where that is not known yet."""
        places = np.searchsorted(self._keys, keys)
        unknown = np.append(self._keys, 0)[places] != keys
        # Beyond the last one stands none.
        unknown |= places == len(self._keys)
        if not unknown.any():
            return
        new, places = keys[unknown], places[unknown]
        self._keys = np.insert(self._keys, places, new)
        meant = [self._meant(key) for key in new.tolist()]
        self._meanings = np.insert(self._meanings, places, meant, axis=0)

    def _meant(self, key: int) -> tuple[int, int]:
        found = key, -1
        alike = self._questions.alike.get(key)
        if alike is not None:
            kind, _, special = alike.partition("|")
            stems = special.split()
            place = self._subjects.named(stems)
            if place >= 0:
                stems = [each for each in stems if not self._subjects.is_name(each)]
            found = key_of(f"{kind}|{' '.join(sorted(stems[:_WORDS]))}"), place
        return found

    def _unmarked(
        self, rows: Ints, keys: Ints, about: NDArray[np.int64], at: int
    ) -> NDArray[np.bool_]:
        waits = np.ones(len(rows), dtype=np.bool_)
        if not self._questions.marks:
            return waits
        marked = np.array(sorted(map(_key_in, self._questions.marks)), dtype=np.int64)
        for place in np.flatnonzero(are_among(keys, marked)).tolist():
            question_id = self.id_of(int(keys[place]), int(about[place]))
            answered_at = self._questions.answered_at(question_id, at)
            waits[place] = answered_at is None or rows[place, 0] > answered_at
        return waits


def _changes(*columns: Ints) -> NDArray[np.bool_]:
    """Return where a row of sorted columns (n,) differs from the one before it; the first one does."""
    new = np.ones(len(columns[0]), dtype=np.bool_)
    new[1:] = np.any([np.diff(column) != 0 for column in columns], axis=0)
    return new


def _people(people: Ints, starts: NDArray[np.intp]) -> Ints:
    """Return how many people (0: unknown, one more each time) are in each of the groups from `starts` on."""
    groups = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(people)))
    order = np.lexsort((people, groups))
    once = _changes(groups[order], people[order]) | (people[order] == 0)
    return np.bincount(groups[order][once], minlength=len(starts)).astype(np.int64)


def _key_in(question_id: str) -> int:
    try:
        key = int(question_id.partition(":")[0], 16)
    except ValueError:
        return 0
    return key - (1 << 64) if key >> 63 else key
