"""What is played in a window: context first, ids that stay, broken rows set aside."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from liveroom.clock import ShowClock
from liveroom.connectors.base import Link
from liveroom.models.events import (
    ChatPosted,
    ProductListed,
    RunOfShowChanged,
    SegmentStarted,
    SourceAttached,
    VisitStarted,
)
from tests.connectors.table_helpers import (
    HEAD,
    Replay,
    connector,
    plain_id,
    replay,
    table,
)

SHOW = """
title = "Show"
show = "The {day} show"
[tables.chat]
file = "{day}_chat.csv"
at = { column = "at", unit = "s" }
[tables.plan]
file = "{day}_plan.csv"
at = { column = "start", unit = "s" }
[tables.catalogue]
file = "catalogue.csv"
optional = true
[[events]]
event = "chat"
[[events]]
event = "segment"
table = "plan"
title = "what"
duration = "long"
[[events]]
event = "product"
table = "catalogue"
id = "{sku}"
group = "sku"
sku = "sku"
name = "name"
"""


def show_files(folder: Path) -> Path:
    table(
        folder, "start,what,long", "100,A,0:01:40", "200,B,90", "300,C,60", name="friday_plan.csv"
    )
    table(folder, "sku,name", "x,Pan", "y,Pot", "x,Old pan", name="catalogue.csv")
    return table(folder, "at", "90", "150", "250", "290", "310", name="friday_chat.csv")


def test_context_from_before_the_window_comes_first(tmp_path: Path) -> None:
    played = replay(show_files(tmp_path), SHOW, from_ms=220_000, to_ms=300_000)
    assert [type(event) for event in played.events] == [
        SourceAttached,
        ProductListed,
        ProductListed,
        RunOfShowChanged,
        SegmentStarted,
        ChatPosted,
        ChatPosted,
    ]
    assert {event.received_at for event in played.events[:6]} == {250_000}
    # Of the cues before it only the one whose segment is on air: the others are not of this window.
    assert [cue.occurred_at for cue in played.of(SegmentStarted)] == [200_000]
    (plan,) = played.of(RunOfShowChanged)
    assert plan.title == "The friday show"
    assert [(s.title, s.duration_ms) for s in plan.segments] == [
        ("A", 100_000),
        ("B", 90_000),
        ("C", 60_000),
    ]
    assert [product.name for product in played.of(ProductListed)] == ["Pan", "Pot"]


def test_cues_of_the_whole_show_come_at_their_time(tmp_path: Path) -> None:
    played = replay(show_files(tmp_path), SHOW)
    assert [event.received_at // 1000 for event in played.events] == [
        90, 90, 90, 90, 100, 150, 200, 250, 290, 300, 310,
    ]  # fmt: skip


def test_the_other_files_may_be_named_as_the_source(tmp_path: Path) -> None:
    show_files(tmp_path)
    assert replay(tmp_path / "friday_plan.csv", SHOW).events == replay(tmp_path, SHOW).events


def test_an_optional_file_may_be_missing(tmp_path: Path) -> None:
    source = show_files(tmp_path)
    (tmp_path / "catalogue.csv").unlink()
    assert not replay(source, SHOW).of(ProductListed)


def test_ids_do_not_depend_on_the_window_or_on_other_events(tmp_path: Path) -> None:
    source = table(tmp_path, "at,order,n", "1,,5", "2,A,7", "3,,9")
    mapping = HEAD + (
        '[[events]]\nevent = "chat"\ncount = "n"\n'
        '[[events]]\nevent = "order"\nwhere = { order = { present = true } }\nid = "{order}/{at}"\n'
    )
    assert {plain_id(e) for e in replay(source, mapping).events} == {
        "chat:rows.csv:2", "chat:rows.csv:3", "chat:rows.csv:4", "order:A/2",
    }  # fmt: skip
    window = replay(source, mapping, from_ms=2000)
    assert [plain_id(e) for e in window.events[1:]] == [
        "chat:rows.csv:3",
        "order:A/2",
        "chat:rows.csv:4",
    ]


def test_a_blank_id_is_set_aside_because_it_would_hide_other_facts(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "order"\nid = "{order}"\n'
    played = replay(table(tmp_path, "at,order", "1,A", "2,", "3,"), mapping)
    assert [event.source_id for event in played.events] == ["order:A"]
    assert len(played.set_aside) == 2


def test_a_count_of_zero_is_no_event(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "chat"\ncount = "n"\n'
    played = replay(table(tmp_path, "at,n", "1,0", "2,3", "3,-1"), mapping)
    assert [chat.count for chat in played.of(ChatPosted)] == [3]
    assert "a count cannot be below zero" in played.reasons()[0]


def test_a_row_that_is_broken_for_one_event_is_left_out_of_all(tmp_path: Path) -> None:
    mapping = HEAD + (
        '[[events]]\nevent = "chat"\ncount = "chats"\n'
        '[[events]]\nevent = "audience"\nviewers = "viewers"\n'
    )
    played = replay(table(tmp_path, "at,chats,viewers", "1,5,many", "2,6,10"), mapping)
    assert [event.occurred_at for event in played.events] == [2000, 2000]
    assert len(played.set_aside) == 1


def test_many_broken_rows_are_counted_but_not_all_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mapping = HEAD + '[[events]]\nevent = "chat"\n'
    rows = ["1", *["x"] * 500]
    played = replay(table(tmp_path, "at", *rows), mapping)
    assert len(played.set_aside) == 500
    assert len(caplog.records) == 4
    assert "500 rows" in caplog.text


def test_a_source_that_is_stopped_while_it_reads_hands_over_nothing(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "chat"\n'
    source = connector(table(tmp_path, "at", "1", "2"), mapping)
    stop = threading.Event()
    link = Link(
        clock=ShowClock(speed=None),
        send=lambda batch: None,
        set_aside=lambda aside: None,
        key=hash,
        stop=stop,
    )
    assert len(list(source.events(link))) == 2
    stop.set()
    assert list(source.events(link)) == []


def test_a_source_plays_the_same_again(tmp_path: Path) -> None:
    source = connector(show_files(tmp_path), SHOW)
    assert Replay(source).events == Replay(source).events


def test_a_catalogue_alone_is_listed_now(tmp_path: Path) -> None:
    mapping = 'title = "C"\n[tables.c]\n[[events]]\nevent = "product"\nsku = "sku"\n'
    (listed,) = replay(table(tmp_path, "sku", "a"), mapping).of(ProductListed)
    assert listed.occurred_at == listed.received_at > 10**12


def test_at_one_instant_events_come_in_the_order_of_the_mapping(tmp_path: Path) -> None:
    mapping = """
    title = "Shop"
    [tables.chat]
    file = "chat.csv"
    at = { column = "at", unit = "s" }
    [tables.visits]
    file = "visits.csv"
    at = { column = "at", unit = "s" }
    [[events]]
    event = "visit"
    table = "visits"
    [[events]]
    event = "chat"
    """
    table(tmp_path, "at", "2", "1", name="visits.csv")
    table(tmp_path, "at", "1", "2", name="chat.csv")
    kinds = [type(event) for event in replay(tmp_path, mapping).events]
    assert kinds == [VisitStarted, ChatPosted] * 2
