"""How well the rules meet the labels of a recorded chat: what asks, and what was answered.

The labels: a question holds a question mark (`truth.py`), or is one of the lines without that a reader called
a question; it is answered when an annotated later line of somebody else replies to it. Judged are lines that
are annotated (from 1000 on) and at least 30 minutes before the end, as in `truth.py`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from liveroom.history import show_of
from liveroom.models.chat.classifier import classify
from liveroom.models.chat.tokens import cleaned
from liveroom.models.events import ChatPosted
from liveroom.store import SessionStore

pytestmark = pytest.mark.real

DRAWN = 200
"""So many lines without a question mark were drawn at random and read before there were rules."""
ASKS = frozenset((391, 451, 843, 1303, 1644, 1761, 1668))


@pytest.fixture(scope="module")
def lines(shared_data: Path) -> dict[int, dict[str, str]]:
    with (shared_data / "irc_chat" / "chat.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["line"]): row for row in csv.DictReader(file) if row["kind"] != "system"}


def asks(row: dict[str, str]) -> bool:
    return classify(cleaned(row["text"])).asks


def test_what_holds_a_question_mark_asks(lines: dict[int, dict[str, str]]) -> None:
    marked = [row for row in lines.values() if "?" in row["text"]]
    assert len(marked) == 479
    assert sum(map(asks, marked)) / len(marked) >= 0.96


def test_rules_find_the_questions_without_a_mark_and_little_else(
    lines: dict[int, dict[str, str]],
) -> None:
    unmarked = [number for number, row in lines.items() if "?" not in row["text"]]
    drawn = set(Random(20).sample(unmarked, DRAWN))
    assert drawn >= ASKS
    found = {number for number in drawn if asks(lines[number])}
    assert len(found & ASKS) >= 5, "of the seven"
    assert len(found - ASKS) <= 5, "of the other 193"


def test_precision_and_recall_of_question_over_the_whole_chat(
    lines: dict[int, dict[str, str]],
) -> None:
    # By the labels of the recording alone, which call nothing without a question mark a question.
    said = [(asks(row), "?" in row["text"]) for row in lines.values()]
    right = sum(ours and theirs for ours, theirs in said)
    assert right / sum(ours for ours, _ in said) >= 0.82
    assert right / sum(theirs for _, theirs in said) >= 0.96


def test_precision_and_recall_of_answered(
    lines: dict[int, dict[str, str]], replayed: Callable[[str], Path]
) -> None:
    answers: dict[int, set[str]] = {}
    for row in lines.values():
        for number in row["reply_to"].split():
            answers.setdefault(int(number), set()).add(row["user"])
    end = max(int(row["minute_offset"]) for row in lines.values())
    store = SessionStore.read(replayed("irc"))
    try:
        show = show_of(store)
        posts = [event for batch in store.events() for event in batch]
    finally:
        store.close()
    questions = show.chat.questions
    rows = questions.askings.between(-(1 << 62), 1 << 62)
    replied = dict(
        zip(
            map(tuple, rows.tolist()),
            questions.replied(rows, int(rows[-1, 0])).tolist(),
            strict=True,
        )
    )
    by_instant: dict[tuple[int, int], list[bool]] = {}
    for (at, _, person, _), answered in replied.items():
        by_instant.setdefault((at, person), []).append(answered)
    right = ours = theirs = 0
    for event in posts:
        number = int(event.source_id.split(":")[1]) if isinstance(event, ChatPosted) else 0
        row = lines.get(number)
        if not isinstance(event, ChatPosted) or row is None or number < 1000 or not asks(row):
            continue
        if int(row["minute_offset"]) > end - 30:
            continue
        found = any(by_instant[event.occurred_at, event.person or 0])
        labelled = bool(answers.get(number, set()) - {row["user"]})
        right += found and labelled
        ours += found
        theirs += labelled
    assert theirs >= 50
    assert right / ours >= 0.68
    assert right / theirs >= 0.90
