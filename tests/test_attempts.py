import logging

import pytest

from liveroom.attempts import Entry, attempts_file, attempts_of, keep_attempt
from liveroom.errors import KnownError
from liveroom.models.score_card import Attempt


def entry(producer: str, ended_at: int, gained_minor: int = 100, scenario: str = "c09") -> Entry:
    attempt = Attempt(ended_at=ended_at, gained_minor=gained_minor, possible_minor=400, seed=3)
    return Entry(producer=producer, scenario=scenario, attempt=attempt)


def test_attempts_of_a_producer_at_a_scenario_come_oldest_first() -> None:
    for each in (
        entry("Ana", 20, 300),
        entry("Bia", 15),
        entry("Ana", 10),
        entry("Ana", 5, 1, "x"),
    ):
        keep_attempt(each)
    assert [each.gained_minor for each in attempts_of("Ana", "c09")] == [100, 300]
    assert [each.share for each in attempts_of("Ana", "c09")] == [0.25, 0.75]
    assert attempts_of("Zoe", "c09") == ()


def test_there_are_no_attempts_before_the_first() -> None:
    assert attempts_of("Ana", "c09") == ()


def test_line_that_a_crash_cut_short_costs_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    keep_attempt(entry("Ana", 1))
    with attempts_file().open("ab") as file:
        file.write(b'{"producer": "A')
    keep_attempt(entry("Ana", 2))
    with caplog.at_level(logging.WARNING):
        assert [each.ended_at for each in attempts_of("Ana", "c09")] == [1, 2]
    assert "line 2 is no attempt" in caplog.text


def test_attempt_that_cannot_be_written_is_a_known_error() -> None:
    attempts_file().mkdir()
    with pytest.raises(KnownError, match=r"was not kept in .*attempts\.jsonl"):
        keep_attempt(entry("Ana", 1))
