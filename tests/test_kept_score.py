"""A score is kept with its rehearsal, and only there."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from liveroom.errors import KnownError
from liveroom.store import SessionStore, keep_score
from tests.factory import meta, order, record
from tests.ui.score_cards import card


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def kept_in(path: Path) -> object:
    store = SessionStore.read(path)
    try:
        return store.load_score()
    finally:
        store.close()


def test_score_comes_back_as_it_was(path: Path) -> None:
    record(path, [order(0)])
    assert kept_in(path) is None
    keep_score(path, meta(), card())
    assert kept_in(path) == card()


def test_later_score_replaces_the_earlier_one_and_no_event(path: Path) -> None:
    record(path, [order(0)])
    before = SessionStore.read(path)
    last = before.last_seq
    before.close()
    keep_score(path, meta(), card())
    keep_score(path, meta(), card(seed=9))
    assert kept_in(path) == card(seed=9)
    after = SessionStore.read(path)
    assert (after.last_seq, after.meta) == (last, before.meta)
    after.close()


@pytest.mark.parametrize("value", ["{", '{"yours": 1}', None])
def test_score_that_is_not_understood_is_none(
    path: Path, value: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    record(path, [order(0)])
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("INSERT INTO meta VALUES ('score', ?)", (value,))
    connection.close()
    with caplog.at_level(logging.WARNING):
        assert kept_in(path) is None
    assert "the score in" in caplog.text


def test_score_goes_into_no_other_session(path: Path) -> None:
    record(path, [order(0)])
    with pytest.raises(KnownError, match="holds a replay"):
        keep_score(path, meta("rehearsal"), card())
