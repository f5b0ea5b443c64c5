"""What no file of a session can hold is one row set aside, never the end of the replay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from liveroom.models.events import (
    AudienceMeasured,
    ChatPosted,
    OrderPlaced,
    ProductListed,
    VisitStarted,
)
from tests.connectors.table_helpers import HEAD, replay, table, write_table

HUGE = "1e999999999"
MOST = 2**53

KINDS = {
    "amount": 'event = "order"\namount = "x"',
    "price": 'event = "product"\nsku = "s"\nat = { column = "at", unit = "s" }\nprice = "x"',
    "units": 'event = "cart_add"\nsku = "s"\nunits = "x"',
    "order units": 'event = "order"\nunits = "x"',
    "count": 'event = "chat"\ncount = "x"',
    "viewers": 'event = "audience"\nviewers = "x"',
    "line amount": 'event = "order"\nlines = { sku = "s", amount = "x" }',
    "line price": 'event = "order"\nlines = { sku = "s", price = "x" }',
    "line units": 'event = "order"\nlines = { sku = "s", units = "x" }',
    "running total": 'event = "order"\namount = { column = "x", step_back = "correction" }',
    "condition": 'event = "chat"\nwhere = { x = { above = 0 } }',
    "time": 'event = "chat"\nat = { column = "x", unit = "s" }',
    "duration": 'event = "segment"\ntitle = "s"\nduration = "x"',
    "hours": 'event = "segment"\ntitle = "s"\nduration = "h"',
}


@pytest.mark.parametrize("text", [HUGE, "-" + HUGE, "9" * 400, "1e30"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_number_without_bounds_is_one_row_set_aside(kind: str, text: str, tmp_path: Path) -> None:
    mapping = HEAD + f"[[events]]\n{KINDS[kind]}\n"
    rows = ["1,s,1,1:00:00", f"2,s,{text},{text}:00:00", "3,s,2,2:00:00"]
    played = replay(table(tmp_path, "at,s,x,h", *rows), mapping)
    assert [reason.partition(":")[0] for reason in played.reasons()] == ["rows.csv row 3"]
    assert played.events


def test_numbers_up_to_two_to_the_53_are_taken(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "audience"\nviewers = "n"\n'
    played = replay(table(tmp_path, "at,n", f"1,{MOST}", f"2,{MOST + 1}"), mapping)
    assert [sample.viewers for sample in played.of(AudienceMeasured)] == [MOST]
    assert "row 3: column 'n'" in played.reasons()[0]


LINES = HEAD + (
    '[[events]]\nevent = "order"\ngroup = "o"\nid = "{o}"\n'
    'lines = { sku = "s", units = "n", price = "p" }\n'
)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["1,A,s,1,90071992547409", "1,A,t,1,90071992547409"], "the total of order:A is too large"),
        ([f"1,A,s,{MOST},0", f"1,A,t,{MOST},0"], "the units of order:A are too many"),
    ],
)
def test_lines_that_add_up_to_too_much_are_set_aside_by_their_first_row(
    lines: list[str], why: str, tmp_path: Path
) -> None:
    played = replay(table(tmp_path, "at,o,s,n,p", "1,B,s,1,1", *lines), LINES)
    assert [order.source_id for order in played.of(OrderPlaced)] == ["order:B"]
    (reason,) = played.reasons()
    assert reason.startswith("rows.csv row 3: ")
    assert why in reason


def test_a_line_whose_units_times_price_is_too_much_is_set_aside(tmp_path: Path) -> None:
    rows = ["1,A,s,1,1", "1,B,s,100000000,90071992547.5"]
    played = replay(table(tmp_path, "at,o,s,n,p", *rows), LINES)
    assert [order.source_id for order in played.of(OrderPlaced)] == ["order:A"]
    assert "row 3: the amount of its line is too large" in played.reasons()[0]


@pytest.mark.parametrize(
    "text", ["-62135596801", "253402300800", "0001-01-01T00:00+10:00", "9999-12-31T23:59-10:00"]
)
def test_a_time_outside_the_years_1_to_9999_is_set_aside(text: str, tmp_path: Path) -> None:
    unit = "iso" if "T" in text else "s"
    mapping = f'title = "T"\n[tables.rows]\nat = {{ column = "at", unit = "{unit}" }}\n' + (
        '[[events]]\nevent = "chat"\n'
    )
    good = "2024-01-01" if unit == "iso" else "5"
    played = replay(table(tmp_path, "at,x", f"{text},", f"{good},"), mapping)
    assert len(played.events) == 1
    assert f"row 2: column 'at' is {text!r}: this is no instant of the years 1 to 9999" in str(
        played.reasons()[0]
    )


HALF = "\ud83d"
SHOP = """
title = "Shop"
[tables.rows]
format = "jsonl"
at = { column = "at", unit = "s" }
choose = "what"
[[events]]
event = "chat"
when = "chat"
text = "text"
[[events]]
event = "product"
when = "product"
sku = "id"
name = "text"
at = { column = "at", unit = "s" }
[[events]]
event = "visit"
when = "visit"
visit = "id"
channel = "text"
[[events]]
event = "order"
when = "order"
id = "{id}"
"""


def records(folder: Path, *rows: dict[str, object]) -> Path:
    return write_table(folder / "rows.jsonl", [json.dumps(row) for row in rows])


def test_half_an_emoji_in_a_free_text_is_mended(tmp_path: Path) -> None:
    played = replay(
        records(
            tmp_path,
            {"at": 1, "what": "chat", "text": f"hi {HALF}", "id": "", "price": 1.25},
            {"at": 2, "what": "product", "text": f"Pan {HALF}", "id": "a"},
            {"at": 3, "what": "visit", "text": f"ad {HALF}", "id": "v"},
            {"at": 4, "what": "chat", "text": "\U0001f600", "id": ""},
        ),
        SHOP,
    )
    assert [chat.text for chat in played.of(ChatPosted)] == ["hi \ufffd", "\U0001f600"]
    assert [product.name for product in played.of(ProductListed)] == ["Pan \ufffd"]
    assert [visit.label for visit in played.of(VisitStarted)] == ["ad \ufffd"]
    assert not played.set_aside


@pytest.mark.parametrize("what", ["product", "visit", "order", f"chat{HALF}"])
def test_half_a_character_in_an_id_sets_the_row_aside(what: str, tmp_path: Path) -> None:
    broken = {"at": 2, "what": what, "text": HALF, "id": f"x{HALF}"}
    played = replay(
        records(tmp_path, {"at": 1, "what": "chat", "text": "a", "id": ""}, broken), SHOP
    )
    assert len(played.events) == 1
    (aside,) = played.set_aside
    assert "rows.jsonl row 2: column " in aside.reason
    assert "half a character" in aside.reason
    (aside.reason + aside.payload).encode()  # can be written


def test_a_name_that_is_no_utf8_can_still_be_written(tmp_path: Path) -> None:
    path = tmp_path / "chat\udce9.csv"  # a Latin-1 name, as Python says it
    try:
        path.write_text("at\n1\nx\n")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes only UTF-8 names")
    played = replay(path, HEAD + '[[events]]\nevent = "chat"\n')
    assert played.events[0].source_id.startswith("chat:chat\ufffd.csv#")
    played.reasons()[0].encode()
