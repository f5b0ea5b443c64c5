"""The shipped mappings on a few rows of the traps they must handle; no recordings needed."""

from __future__ import annotations

import json
from pathlib import Path

from liveroom.models.events import (
    AudienceMeasured,
    CartItemAdded,
    ChatPosted,
    CheckoutStarted,
    Event,
    OrderCancelled,
    OrderPlaced,
    ProductClicked,
    ProductListed,
    SegmentStarted,
    VisitStarted,
)
from liveroom.models.facts import EntryChannel, Fact
from tests.connectors.table_helpers import Replay, at_ms, open_table, write_table

HITS = (
    "ts_ms,session_id,hit,kind,sku,name,variant,category,price,quantity,line_revenue,"
    "transaction_id,transaction_revenue,transaction_tax,transaction_shipping,checkout_step,page"
)
SESSIONS = "session_id,visitor_id,start_ms,channel,source,medium"


def played(source: Path) -> Replay:
    replay = Replay(open_table(source, None, None, None))
    assert not replay.set_aside
    return replay


def seconds(events: list[Event]) -> list[int]:
    return [event.occurred_at // 1000 for event in events]


def test_analytics_hits(tmp_path: Path) -> None:
    write_table(
        tmp_path / "sessions.csv",
        [SESSIONS, "s1,v1,1000,Social,t.co,referral", "s2,v1,2000,(Other),x,y"],
    )
    write_table(
        tmp_path / "events.csv",
        [
            HITS,
            "1000,s1,1,page_view,,,,,,,,,,,,,/home",
            "2000,s1,2,add_to_cart,A,Cup,,Drinkware,5,,,,,,,,/cart",
            "3000,s1,3,checkout,A,Cup,,Drinkware,5,1,,,,,,1,/checkout",
            "3000,s1,3,checkout,B,Pan,,Drinkware,5,1,,,,,,1,/checkout",
            "4000,s1,4,purchase,A,Cup,,Drinkware,5,1,8.366666,ORD1,20.17,1,2,,/done",
            "4000,s1,4,purchase,B,Pan,,Drinkware,5,2,11.796666,ORD1,20.17,1,2,,/done",
            "4001,s1,5,purchase,A,Cup,,Drinkware,5,,,ORD1,,,,,/done",
            "4001,s1,5,purchase,B,Pan,,Drinkware,5,,,ORD1,,,,,/done",
            "5000,s2,1,purchase,A,Cup,,Drinkware,5,1,6.00,ORD1,6.00,,,,/done",
        ],
    )
    replay = played(tmp_path)
    assert [(cart.sku, cart.units) for cart in replay.of(CartItemAdded)] == [("A", 1)]
    assert len(replay.of(CheckoutStarted)) == 1
    first, second = replay.of(OrderPlaced)
    assert (first.order_id, first.amount_minor, first.units) == ("ORD1", 2017, 3)
    assert (second.order_id, second.amount_minor) == ("ORD1", 600)
    assert first.source_id != second.source_id
    assert sum(line.amount_minor or 0 for line in first.lines) == 2017
    assert (first.channel, first.label) == (EntryChannel.ORGANIC, "Social")
    assert (second.channel, second.label) == (EntryChannel.UNKNOWN, "(Other)")
    assert [visit.person for visit in replay.of(VisitStarted)] == [hash("person:v1")] * 2


def test_what_an_analytics_export_lacks_is_not_provided(tmp_path: Path) -> None:
    write_table(tmp_path / "sessions.csv", [SESSIONS])
    write_table(tmp_path / "events.csv", [HITS])
    provided = set(open_table(tmp_path, "gms_ga360", None, None).provides)
    assert Fact.ORDERS in provided
    assert not provided & {Fact.IMPRESSIONS, Fact.AUDIENCE}


def test_minute_counters(tmp_path: Path) -> None:
    schedule = [
        {"id": 1, "name": "Déjà vu", "start_time": "2018-06-30T18:01:59", "duration": "0:30:00"}
    ]
    (tmp_path / "x_schedule.json").write_text(json.dumps(schedule))
    source = write_table(
        tmp_path / "x_timeseries.csv",
        [
            '"time","num_viewers","num_chats","num_donations","total_donations"',
            '"2018-06-30 18:02:00+00",0,7,11,110.10',
            '"2018-06-30 18:00:00+00",2000,5,10,100.00',
            '"2018-06-30 18:01:00+00",,0,9,90.00',
            '"2018-06-30 18:05:00+00",2100,1,12,',
        ],
    )
    replay = played(source)
    start = at_ms("2018-06-30T18:00:00Z") // 1000
    assert [sample.viewers for sample in replay.of(AudienceMeasured)] == [2000, 0, 2100]
    assert [chat.count for chat in replay.of(ChatPosted)] == [5, 7, 1]
    orders = replay.of(OrderPlaced)
    assert [(order.count, order.amount_minor) for order in orders] == [(1, 1010), (1, 0)]
    assert seconds([*orders, *replay.of(SegmentStarted)]) == [start + 120, start + 300, start + 60]


def test_an_order_book_in_summer_time(tmp_path: Path) -> None:
    source = write_table(
        tmp_path / "book.csv",
        [
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "1,A,CUP,2,2011-07-01 10:00:00,1.25,17850.0,United Kingdom",
            "1,A,CUP,2,2011-07-01 10:00:00,1.25,17850.0,United Kingdom",
            "1,post,POSTAGE,1,2011-07-01 10:00:00,3.00,17850.0,United Kingdom",
            "1,B,,-5,2011-07-01 10:00:00,0,,United Kingdom",
            "2,B,damaged,-5,2011-07-01 10:01:00,0,,United Kingdom",
            "3,A,cup blue,1,2011-07-01 10:02:00,1.50,,France",
            "C4,A,CUP,-2,2011-07-01 10:03:00,1.25,17850.0,United Kingdom",
            "A5,B,Adjust bad debt,1,2011-07-01 10:04:00,-11062.06,,United Kingdom",
        ],
    )
    replay = played(source)
    first, second = replay.of(OrderPlaced)
    assert first.occurred_at == at_ms("2011-07-01T10:00:00+01:00")
    assert (first.amount_minor, first.currency, first.units) == (800, "GBP", 5)
    assert [line.is_product for line in first.lines] == [True, True, False]
    assert (second.order_id, second.amount_minor, second.person) == ("3", 150, None)
    (cancelled,) = replay.of(OrderCancelled)
    assert (cancelled.source_id, cancelled.amount_minor) == ("cancellation:C4", 250)
    assert [(listed.sku, listed.name) for listed in replay.of(ProductListed)] == [("A", "CUP")]


def test_sessions_as_json_lines(tmp_path: Path) -> None:
    hits = [(3000, "clicks"), (2000, "carts"), (2500, "orders"), (4000, "orders")]
    events = [{"aid": 7, "ts": at, "type": kind} for at, kind in hits]
    source = tmp_path / "some.jsonl"
    source.write_text(json.dumps({"session": 0, "events": events}) + "\n")
    replay = played(source)
    (visit,) = replay.of(VisitStarted)
    assert (visit.occurred_at, visit.visit) == (2000, hash("visit:0"))
    assert [(e.occurred_at, e.sku) for e in replay.of(ProductClicked)] == [(3000, "7")]
    assert [(o.units, o.amount_minor, o.lines[0].sku) for o in replay.of(OrderPlaced)] == [
        (1, None, "7"),
        (1, None, "7"),
    ]


def test_a_chat_log_that_passes_midnight(tmp_path: Path) -> None:
    source = write_table(
        tmp_path / "chat.csv",
        [
            "line,minute_offset,hhmm,kind,user,reply_to,start,text",
            '0,1153,23:59,message,u1,,1,"  is it, ok?"',
            "1,,,system,,,0,u1 is now known as u2",
            "2,1155,00:01,action,u2,0,0,nods",
        ],
    )
    first, second = played(source).of(ChatPosted)
    assert first.occurred_at == at_ms("2008-04-27T23:59:00Z")
    assert second.occurred_at == at_ms("2008-04-28T00:01:00Z")
    assert (first.text, first.person) == ("  is it, ok?", hash("person:u1"))
