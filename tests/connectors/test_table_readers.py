"""The table source reads the formats that people have, and names what it cannot read."""

from __future__ import annotations

import gzip
import json
import random
import re
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from liveroom.connectors.base import Progress
from liveroom.connectors.table import TableConnector, load_mapping
from liveroom.connectors.tables.chunks import CHUNK_ROWS
from liveroom.errors import KnownError
from liveroom.models.events import ChatPosted, OrderPlaced, ProductClicked
from tests.connectors.table_helpers import Replay, at_ms, connector, plain_id, replay, write_table

ORDERS = """
title = "Shop"
currency = "BRL"
timezone = "America/Sao_Paulo"
[tables.orders]
at = "when"
[[events]]
event = "order"
id = "{order}"
amount = "total"
"""
CHAT = """
title = "Chat"
[tables.chat]
at = { column = "at", unit = "s" }
[[events]]
event = "chat"
text = "text"
"""


class Watched(TableConnector):
    """A source whose every step forward is remembered."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "progress":
            self.__dict__.setdefault("steps", []).append(value)
        super().__setattr__(name, value)


@pytest.mark.parametrize("name", ["chat.csv", "chat.csv.gz"])
def test_a_long_file_tells_how_far_it_has_been_read(name: str, tmp_path: Path) -> None:
    dice = random.Random(1)  # more than what gzip unpacks at once
    # Since Python 3.12 a gzip file is read 128 KiB at a time: a smaller one is read in one step.
    rows = [f"{at},{dice.getrandbits(4096)}" for at in range(CHUNK_ROWS * 3)]
    source = write_table(tmp_path / name, ["at,text", *rows])
    (tmp_path / "chat.toml").write_text(CHAT)
    watched = Watched(source, load_mapping(tmp_path / "chat.toml"))
    Replay(watched)
    steps: list[Progress] = watched.__dict__["steps"]
    reading = [step for step in steps if step.label == f"reading {name}"]
    assert len(reading) >= 3
    assert {step.total for step in reading} == {source.stat().st_size}
    done = [step.done for step in reading]
    assert done == sorted(done)
    assert 0 < done[0] < done[-1] == source.stat().st_size
    assert steps[-1].label == "replaying"


def amounts(played: Replay) -> dict[str, int | None]:
    return {order.source_id: order.amount_minor for order in played.of(OrderPlaced)}


@pytest.mark.parametrize("name", ["orders.csv", "orders.csv.gz", "orders.txt"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_gzip_are_recognized(tmp_path: Path, name: str, delimiter: str) -> None:
    rows = ["order,when,total", "7,2024-05-31 20:00:00,12.50", "8,2024-05-31 20:01:00,3"]
    path = write_table(tmp_path / name, [row.replace(",", delimiter) for row in rows])
    played = replay(path, ORDERS)
    assert amounts(played) == {"order:7": 1250, "order:8": 300}
    assert played.events[0].occurred_at == at_ms("2024-05-31T20:00:00-03:00")


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"\xef\xbb\xbforder,when,total\r\n7,2024-05-31 20:00:00,12.50\r\n")
    assert amounts(replay(path, ORDERS)) == {"order:7": 1250}


def test_quoted_cells_keep_delimiters_and_line_ends(tmp_path: Path) -> None:
    path = write_table(tmp_path / "chat.csv", ["at,text", '5,"one, two\nthree ""four"""', "6,x"])
    texts = [chat.text for chat in replay(path, CHAT).of(ChatPosted)]
    assert texts == ['one, two\nthree "four"', "x"]


def test_decimal_commas_are_read_on_demand(tmp_path: Path) -> None:
    rows = ["order;when;total", "7;2024-05-31 20:00;1.234,50", "8;2024-05-31 20:01;12.5"]
    path = write_table(tmp_path / "orders.csv", rows)
    mapping = ORDERS.replace("[tables.orders]", "[tables.orders]\ndecimal_comma = true")
    played = replay(path, mapping)
    assert amounts(played) == {"order:7": 123_450}
    assert "row 3: column 'total' is '12.5'" in played.reasons()[0]
    assert "1.234,50" in played.reasons()[0]


def test_text_that_is_not_utf8_names_the_byte_and_the_fix(tmp_path: Path) -> None:
    path = write_table(tmp_path / "chat.csv", ["at,text", "5,olá"], encoding="cp1252")
    with pytest.raises(KnownError, match=r"byte 0xe1 is not utf-8.*encoding = \"cp1252\""):
        connector(path, CHAT)
    readable = CHAT.replace("[tables.chat]", '[tables.chat]\nencoding = "cp1252"')
    assert [chat.text for chat in replay(path, readable).of(ChatPosted)] == ["olá"]


def test_a_gzip_file_that_is_cut_off_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv.gz"
    rows = "".join(f"{n},2024-05-31 20:00:00,{n * 7919 % 10007}\n" for n in range(4000))
    path.write_bytes(gzip.compress(f"order,when,total\n{rows}".encode())[:-500])
    opened = connector(path, ORDERS)
    with pytest.raises(KnownError, match=r"orders.csv.gz cannot be read: the gzip file is cut off"):
        Replay(opened)


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("")
    with pytest.raises(KnownError, match=r"orders.csv cannot be read: it is empty"):
        connector(path, ORDERS)


def test_a_workbook_is_read_with_its_own_dates_and_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet.append(["order", "when", "total", "note"])
    sheet.append([17850.0, datetime(2024, 5, 31, 20, 0), 12.5, None])
    sheet.append([None, None, None, None])
    sheet.append(["B-8", "2024-05-31T20:01:00", 3, "x"])
    path = tmp_path / "orders.xlsx"
    book.save(path)
    played = replay(path, ORDERS)
    assert amounts(played) == {"order:17850": 1250, "order:B-8": 300}
    assert played.events[0].occurred_at == at_ms("2024-05-31T20:00:00-03:00")
    broken = replay(path, ORDERS.replace('id = "{order}"', ""))
    assert [plain_id(e) for e in broken.events] == ["order:orders.xlsx:3", "order:orders.xlsx:5"]


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("May").append(["order", "when", "total"])
    book["May"].append([1, "2024-05-31T20:01:00", 3])
    path = tmp_path / "orders.xlsx"
    book.save(path)
    chosen = ORDERS.replace("[tables.orders]", '[tables.orders]\nsheet = "May"')
    assert amounts(replay(path, chosen)) == {"order:1": 300}
    with pytest.raises(KnownError, match=r"no sheet 'June'; there is 'Sheet', 'May'"):
        connector(path, chosen.replace("May", "June"))


def test_a_file_that_only_looks_like_a_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(KnownError, match="it is not an XLSX workbook"):
        connector(path, ORDERS)


def test_json_keeps_every_cent_of_a_number(tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_text('{"order": 1, "when": "2024-05-31T20:00:00Z", "total": 90071992547409.91}\n')
    assert amounts(replay(path, ORDERS)) == {"order:1": 9_007_199_254_740_991}


def test_nested_values_have_dotted_names_and_lists_are_unnested(tmp_path: Path) -> None:
    records = [
        {"who": {"id": "a"}, "hits": [{"at": 5, "sku": 1}, {"at": 3, "sku": 2}]},
        {"who": {"id": "b"}, "hits": []},
        {"who": {"id": "c"}, "hits": [{"at": 4, "sku": 3}]},
    ]
    mapping = """
    title = "Hits"
    [tables.hits]
    unnest = "hits"
    at = { column = "hits.at", unit = "s" }
    [[events]]
    event = "product_click"
    sku = "hits.sku"
    visit = "who.id"
    """
    path = tmp_path / "hits.json"
    path.write_text(json.dumps(records))
    clicks = replay(path, mapping).of(ProductClicked)
    assert [(c.sku, c.visit, plain_id(c)) for c in clicks] == [
        ("2", hash("visit:a"), "product_click:hits.json:1.2"),
        ("3", hash("visit:c"), "product_click:hits.json:3.1"),
        ("1", hash("visit:a"), "product_click:hits.json:1.1"),
    ]


def test_a_broken_json_line_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = ['{"at": 1, "text": "a"}', '{"at": 2, "te', "[1]", "", '{"at": 3, "text": "b"}']
    path = write_table(tmp_path / "chat.jsonl", lines)
    played = replay(path, CHAT)
    assert [chat.text for chat in played.of(ChatPosted)] == ["a", "b"]
    assert [reason[:18] for reason in played.reasons()] == [
        "chat.jsonl row 2: ",
        "chat.jsonl row 3: ",
    ]
    assert played.set_aside[0].payload == '{"at": 2, "te'


@pytest.mark.parametrize("text", ['{"at": 1}', "at,text"])
def test_a_json_file_that_is_no_array_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "chat.json"
    path.write_text(text)
    with pytest.raises(KnownError, match=r"chat.json cannot be read: it is not"):
        connector(path, CHAT)


def test_rows_of_the_wrong_width_are_set_aside_whole(tmp_path: Path) -> None:
    rows = ["at,text", "1,a", "2,b,c", "", "3", "4,d"]
    played = replay(write_table(tmp_path / "chat.csv", rows), CHAT)
    assert [(c.text, plain_id(c)) for c in played.of(ChatPosted)] == [
        ("a", "chat:chat.csv:2"),
        ("d", "chat:chat.csv:6"),
    ]
    assert [aside.payload for aside in played.set_aside] == ["2,b,c", "3"]
    assert "row 3: it has 3 cells, the header has 2" in played.reasons()[0]


def test_row_numbers_go_on_across_chunks_and_broken_rows_are_found_anywhere(
    tmp_path: Path,
) -> None:
    count = 2 * CHUNK_ROWS + 7
    broken = {0, CHUNK_ROWS - 1, CHUNK_ROWS, count - 1}
    rows = [f"{'x' if n in broken else n},t{n}" for n in range(count)]
    played = replay(write_table(tmp_path / "chat.csv", ["at,text", *rows]), CHAT)
    chats = played.of(ChatPosted)
    assert [chat.text for chat in chats] == [f"t{n}" for n in range(count) if n not in broken]
    assert all(plain_id(chat) == f"chat:chat.csv:{int(chat.text[1:]) + 2}" for chat in chats)
    assert [json.loads(a.payload) for a in played.set_aside] == [
        {"at": "x", "text": f"t{n}"} for n in sorted(broken)
    ]


def test_files_of_the_same_name_in_two_folders_are_two_files(tmp_path: Path) -> None:
    ids = []
    for day, text in (("monday", "a"), ("tuesday", "b")):
        (tmp_path / day).mkdir()
        path = write_table(tmp_path / day / "chat.csv", ["at,text", f"1,{text}"])
        ids.append(replay(path, CHAT).of(ChatPosted)[0].source_id)
    assert ids[0] != ids[1]
    assert all(re.fullmatch(r"chat:chat\.csv#[0-9a-f]{8}:2", one) for one in ids)


def test_the_same_file_elsewhere_has_the_same_ids(tmp_path: Path) -> None:
    ids = set()
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        path = write_table(tmp_path / folder / "chat.csv", ["at,text", "1,a"])
        ids.add(replay(path, CHAT).of(ChatPosted)[0].source_id)
    assert len(ids) == 1


def test_a_file_name_with_braces_is_no_template(tmp_path: Path) -> None:
    path = write_table(tmp_path / "chat{0}{x}.csv", ["at,text", "1,a"])
    assert plain_id(replay(path, CHAT).events[0]) == "chat:chat{0}{x}.csv:2"
