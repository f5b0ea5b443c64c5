"""The store keeps every fact once, whole, and gives it back as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from liveroom import session_file
from liveroom.errors import KnownError
from liveroom.models import events as e
from liveroom.models.facts import ConnectionState, Fact
from liveroom.models.run_of_show import Segment
from liveroom.store import CHUNK, SessionStore
from tests.factory import SHOW_START, attached, event, line, meta, order
from tests.strategies import shows

EVERY_KIND = [
    attached("shop", Fact.ORDERS, Fact.VISITS),
    event(e.CountingSourceChosen, counted=Fact.ORDERS, chosen="shop"),
    event(e.ConnectionChanged, state=ConnectionState.FAILING, reason="429, next try in 3 s"),
    event(e.ConnectionChanged, state=ConnectionState.FAILING, reason="429", next_try_at=SHOW_START),
    event(e.SourceAttached, title="Ads", provides=(), mode="live", due_seconds=150.5),
    event(e.QuotaReported, remaining=12, limit=200, resets_at=SHOW_START, label="units"),
    event(e.QuotaReported, remaining=0),
    event(e.ClockShiftSet, shifted="shop", shift_ms=-8000),
    event(e.ProductListed, sku="mug", name="Caneca Café", category="Home", price_minor=4990),
    event(e.RunOfShowChanged, segments=(Segment(segment_id="a", title="A", duration_ms=1),)),
    event(e.SegmentStarted, segment_id="a"),
    event(e.CommandGiven, command="TakeSegment", body="{}", refusal="no"),
    order(lines=(line("mug", 2, 1000), line("POST", 1, None, is_product=False)), person=-5),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def read_back(path: Path) -> list[e.Event]:
    store = SessionStore.read(path)
    try:
        return [event for batch in store.events(size=7) for event in batch]
    finally:
        store.close()


def written(path: Path, *batches: list[e.Event]) -> SessionStore:
    store = SessionStore.record(path, meta())
    for batch in batches:
        store.append(batch)
    store.close()
    return store


def test_every_kind_of_event_comes_back_as_it_was(path: Path) -> None:
    written(path, EVERY_KIND)
    assert read_back(path) == EVERY_KIND


@settings(max_examples=30)
@given(shows())
def test_facts_come_back_as_they_were(events: list[e.Event]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "show.liveroom"
        written(path, events)
        assert read_back(path) == events


def test_a_fact_is_taken_once_within_a_batch_across_batches_and_across_openings(
    path: Path,
) -> None:
    first, second = order(0), order(1)
    store = SessionStore.record(path, meta())
    assert list(store.append([first, first, second])) == [first, second]
    assert list(store.append([second])) == []
    assert store.repeated == 2
    store.close()
    store = SessionStore.record(path, meta())
    assert next(iter(store.append([first, order(2)]))).occurred_at > first.occurred_at
    store.close()
    assert len(read_back(path)) == 3


def test_the_same_id_from_two_sources_is_two_facts(path: Path) -> None:
    store = SessionStore.record(path, meta())
    new = store.append([order(source="a", source_id="1"), order(source="b", source_id="1")])
    store.close()
    assert len(new) == 2


def test_facts_stay_taken_once_across_saved_chunks_of_keys(path: Path) -> None:
    batch = [order(source_id=f"{number}") for number in range(CHUNK + 5)]
    store = written(path, batch[:40_000], batch[40_000:])
    assert store.last_seq == CHUNK + 5
    store = SessionStore.record(path, meta())
    assert list(store.append(batch)) == []
    assert store.repeated == CHUNK + 5
    store.close()


def test_a_batch_that_fails_is_not_written_and_can_be_given_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore.record(path, meta())
    broken = order(lines=(line("mug"),))
    store._connection.execute("DROP TABLE order_lines")
    with pytest.raises(KnownError, match=r"show\.liveroom"):
        store.append([order(), broken])
    store._connection.execute(
        "CREATE TABLE order_lines (number, seq, line, sku, units, amount_minor, value_minor, is_product)"
    )
    assert len(store.append([broken])) == 1
    store.close()
    assert len(read_back(path)) == 1


def test_a_payload_not_understood_is_kept_whole_and_once(path: Path) -> None:
    store = SessionStore.record(path, meta())
    assert store.set_aside("shop", 5, "orders.csv row 3: no price", '{"x": "ção"}')
    assert not store.set_aside("shop", 9, "orders.csv row 3: no price", '{"x": "ção"}')
    assert store.set_aside_counts() == {"shop": 1}
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT payload FROM set_aside").fetchone() == ('{"x": "ção"}',)
    connection.close()


def test_only_one_program_records_into_a_file(path: Path) -> None:
    store = SessionStore.record(path, meta())
    with pytest.raises(KnownError, match="another liveroom is recording"):
        SessionStore.record(path, meta())
    store.close()
    SessionStore.record(path, meta()).close()


def test_a_session_can_be_read_while_it_is_recorded(path: Path) -> None:
    store = SessionStore.record(path, meta())
    store.append([order()])
    assert len(read_back(path)) == 1
    store.close()


def test_a_session_keeps_its_currency(path: Path) -> None:
    written(path, [order()])
    with pytest.raises(KnownError, match="counts in BRL, this source in USD"):
        SessionStore.record(path, meta(currency="USD"))


def test_money_is_kept_as_said_and_as_counted(path: Path) -> None:
    store = SessionStore.record(path, meta(rates={"USD": "5.00"}))
    store.append([order(amount_minor=100, currency="USD"), order(amount_minor=7, currency="EUR")])
    store.close()
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT amount_minor, currency, value_minor FROM events")
        assert rows.fetchall() == [(100, "USD", 500), (7, "EUR", None)]
    connection.close()


def test_a_file_whose_first_page_was_not_finished_stays_one_of_ours(path: Path) -> None:
    # As a process leaves it that is killed before it takes the journal of that page away: the page is
    # there, and SQLite takes it back when the file is opened next.
    with sqlite3.connect(path, isolation_level=None) as maker:
        maker.execute(f"PRAGMA application_id = {session_file.APPLICATION_ID}")
    maker.close()
    magic, nothing, sector = bytes.fromhex("d9d505f920a163d7"), bytes(12), (512).to_bytes(4, "big")
    head = magic + nothing + sector + (4096).to_bytes(4, "big")
    path.with_name(path.name + "-journal").write_bytes(head.ljust(512, b"\0"))
    with pytest.raises(KnownError, match="nothing was ever recorded"):
        SessionStore.read(path)
    SessionStore.record(path, meta(), safe=False).close()
    SessionStore.read(path).close()
