"""Every recording is recognized, and a window of it holds the same facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from liveroom.connectors.table import find_mapping
from liveroom.models.events import (
    Event,
    OrderPlaced,
    ProductListed,
    RunOfShowChanged,
    SegmentStarted,
    SourceAttached,
)
from liveroom.models.facts import Fact
from tests.connectors.table_helpers import at_ms, open_table
from tests.connectors.table_recordings import played

pytestmark = pytest.mark.real


SOURCES = {
    "gms_ga360": "gms_ga360",
    "gdq_live/sgdq2018_timeseries.csv": "gdq_live",
    "gdq_live/agdq2018_timeseries.csv": "gdq_live",
    "uci_online_retail/orders_2010-12.csv.gz": "uci_online_retail",
    "uci_online_retail/bench_2011-01_to_2011-10.csv.gz": "uci_online_retail",
    "otto_fixture/train.jsonl": "otto_fixture",
    "irc_chat/chat.csv": "irc_chat",
}


@pytest.mark.parametrize(("source", "name"), SOURCES.items())
def test_the_shipped_mapping_is_found(source: str, name: str, shared_data: Path) -> None:
    assert find_mapping(shared_data / source).name == name


@pytest.mark.parametrize("source", [name for name in SOURCES if "bench" not in name])
def test_every_fact_has_its_own_id(source: str, shared_data: Path) -> None:
    events = played(shared_data / source).events
    assert len({event.source_id for event in events}) == len(events) > 800


@pytest.mark.parametrize(
    ("source", "start", "end"),
    [
        ("gms_ga360", "2017-08-01T10:30Z", "2017-08-01T16:10Z"),
        ("gdq_live/agdq2018_timeseries.csv", "2018-01-09T03:07Z", "2018-01-09T21:00Z"),
        ("uci_online_retail/orders_2010-12.csv.gz", "2010-12-05T00:00Z", "2010-12-09T15:31Z"),
        ("otto_fixture/train.jsonl", "2022-08-02T00:00Z", "2022-08-20T00:00Z"),
        ("irc_chat/chat.csv", "2008-04-27T05:00Z", "2008-04-27T05:31Z"),
    ],
)
def test_a_window_holds_the_same_facts_as_the_whole(
    source: str, start: str, end: str, shared_data: Path
) -> None:
    context = (ProductListed, RunOfShowChanged, SegmentStarted, SourceAttached)
    whole, window = played(shared_data / source), played(shared_data / source, start, end)
    low, high = at_ms(start), at_ms(end)
    inside = [
        event
        for event in whole.events
        if not isinstance(event, context) and low <= event.occurred_at < high
    ]
    found = [event for event in window.events if not isinstance(event, context)]
    assert list(map(_unattributed, found)) == list(map(_unattributed, inside))
    assert inside
    assert not any(event.occurred_at >= high for event in window.events)


def _unattributed(event: Event) -> Event:
    """Return an order without its channel: in a window it may have learned it from its visit."""
    if isinstance(event, OrderPlaced):
        return structs.replace(event, channel=None, label="")
    return event


def test_a_source_says_what_it_can_report(shared_data: Path) -> None:
    book = open_table(shared_data / SOURCE_BOOK, None, None, None)
    assert set(book.provides) == {Fact.ORDERS, Fact.CANCELLATIONS}
    assert (book.source, book.currency, book.timezone) == (
        "uci_online_retail",
        "GBP",
        "Europe/London",
    )
    assert book.mode == "recorded"
    stream = open_table(shared_data / "gdq_live/agdq2018_timeseries.csv", "gdq_live", None, None)
    assert set(stream.provides) == {Fact.AUDIENCE, Fact.CHAT, Fact.ORDERS}
    assert stream.show_title == "Games Done Quick agdq2018"


SOURCE_BOOK = "uci_online_retail/orders_2010-12.csv.gz"
