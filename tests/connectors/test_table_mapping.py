"""Mistakes in a mapping are named with their place and their fix before anything is played."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from liveroom.connectors.table import find_mapping, load_mapping, shipped_mappings
from liveroom.connectors.tables import spec
from liveroom.connectors.tables.kinds import KINDS
from liveroom.errors import KnownError
from liveroom.models.events import OrderPlaced, ProductListed
from liveroom.models.facts import EntryChannel
from tests.connectors.table_helpers import at_ms, connector, open_table, replay, write_table

GOOD = """
title = "Shop"
currency = "BRL"
[tables.orders]
file = "orders.csv"
at = "when"
[tables.visits]
file = "visits.csv"
key = "visit"
[[events]]
event = "order"
group = "order"
amount = "total"
channel = { table = "visits", by = "visit", column = "channel" }
lines = { sku = "sku", units = "units" }
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    write_table(tmp_path / "visits.csv", ["visit,channel", "v1,Direct"])
    header = "when,order,visit,total,sku,units"
    return write_table(tmp_path / "orders.csv", [header, "2024-01-01,1,v1,5,a,1"])


def test_the_good_one_is_good(shop: Path) -> None:
    assert connector(shop, GOOD).source == "shop"
    assert connector(shop.parent, GOOD).title == "Shop"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Shop"', "", "the key 'title' is missing"),
        ('title = "Shop"', "title = 5", "title: Expected a text, got a whole number"),
        ('currency = "BRL"', 'curency = "BRL"', "unknown key 'curency' .did you mean 'currency'"),
        ('currency = "BRL"', 'currency = "R$"', "currency: 'R\\$' is not an ISO 4217"),
        ('currency = "BRL"', "", r"events 1 \(order\): amount: money needs a currency"),
        ('currency = "BRL"', 'timezone = "Brazil"', "timezone: 'Brazil' is no time zone"),
        ('currency = "BRL"', 'currency = "BRL"\nrates = { USD = "x" }', r"rates.USD: 'x' is not"),
        ('currency = "BRL"', 'currency = "BRL"\nname = "x"', "a mapping is named after its file"),
        ('at = "when"', "", r"events 1 \(order\): at: say which column holds the time"),
        ('at = "when"', 'at = "wen"', "no column 'wen'.*tables.orders.at .did you mean 'when'"),
        ('at = "when"', 'at = { column = "when", unit = "days" }', "tables.orders: at.unit: Inv"),
        ('at = "when"', 'at = { column = "when", origin = 1 }', "tables.orders: at.origin: Exp"),
        (
            'at = "when"',
            'at = { column = "when", unit = "s", format = "%Y" }',
            "'format' is for texts",
        ),
        (
            'at = "when"',
            'at = { column = "when", unit = "s", origin = "noon" }',
            "origin 'noon' is not a time",
        ),
        ('at = "when"', 'at = "when"\nchose = "x"', "unknown key 'chose' .did you mean 'choose'"),
        ('at = "when"', 'at = "when"\nchoose = "sku"', "'when' and .* go together"),
        ('at = "when"', 'at = "when"\nignore = ["x"]', "'ignore' needs 'choose'"),
        ('at = "when"', 'at = "when"\nencoding = "utf-9"', "'utf-9' is no encoding"),
        ('at = "when"', 'at = "when"\ndelimiter = ", "', "'delimiter' is one character"),
        ('event = "order"', 'event = "ordr"', "no event 'ordr' .did you mean 'order'"),
        ('event = "order"', 'event = "chat"', r"events 1 \(chat\): lines: an event 'chat' has no"),
        ('group = "order"', 'group = "ordr"', "no column 'ordr'.*group .did you mean 'order'"),
        ('group = "order"', 'id = "{nr}"', "no column 'nr'.*: id"),
        ('group = "order"', 'id = "{nr"', "is no template"),
        ('group = "order"', 'id = "{}"', "write a name between the braces"),
        ('group = "order"', 'table = "order"', r"no \[tables.order\] .did you mean 'orders'"),
        ('group = "order"', 'text = "x"', "an event 'order' has no such cell"),
        ('group = "order"', "where = { total = { above = 'x' } }", "where.total: 'x'"),
        ('group = "order"', "where = { total = { over = 5 } }", "unknown key 'over'"),
        ('group = "order"', 'where = { tota = "5" }', "no column 'tota'.*: where"),
        ('group = "order"', 'units = "units"', "the lines say the units"),
        ('group = "order"', 'count = { value = "two" }', "this is not a number"),
        ('group = "order"', 'count = { column = "units", default = "x" }', "this is not a number"),
        ('group = "order"', "person = {}", "person: say the column, or a constant value"),
        ('group = "order"', 'person = { column = "visit", per = "visit" }', "person.per"),
        (
            'amount = "total"',
            'amount = { column = "total", step_back = "correction" }',
            "ungrouped events can be running totals",
        ),
        (
            'amount = "total"',
            'amount = { column = "total", step_back = "forget" }',
            "amount.step_back: Invalid enum value 'forget'",
        ),
        ('table = "visits"', 'table = "visit"', r"no \[tables.visit\] .did you mean 'visits'"),
        ('by = "visit", ', "", "channel.by: say which of our columns"),
        ('key = "visit"', "", r"\[tables.visits\] needs 'key'"),
        ('column = "channel"', 'column = "chanel"', "visits.csv has no column 'chanel'"),
        ('sku = "sku"', 'sku = "sk"', "orders.csv has no column 'sk'.*lines.sku"),
        ('sku = "sku", ', "", "lines: the key 'sku' is missing"),
        ('units = "units"', 'price = "total", amount = "total"', "either the line's amount or"),
        ('file = "orders.csv"', 'file = "{show.csv"', "is no template"),
        ('file = "visits.csv"', 'file = "visit.csv"', "visit.csv is missing"),
        ('file = "visits.csv"', 'file = "{day}.csv"', "does not tell what {day} stands"),
    ],
)
def test_a_mistake_is_named_with_its_place(shop: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(KnownError, match=message) as caught:
        connector(shop, GOOD.replace(old, new, 1))
    assert "shop" in str(caught.value)


@pytest.mark.parametrize("missing", ["tables", "events"])
def test_a_mapping_needs_tables_and_events(shop: Path, missing: str) -> None:
    with pytest.raises(KnownError, match=f"{missing}: at least one"):
        connector(shop, GOOD.replace(missing, "extra"))


def test_the_choosing_column_belongs_to_when(shop: Path) -> None:
    mapping = GOOD.replace('at = "when"', 'at = "when"\nchoose = "sku"').replace(
        'group = "order"', 'when = "a"\nwhere = { sku = "b" }'
    )
    with pytest.raises(KnownError, match=r"where.sku: this column chooses the event; use 'when'"):
        connector(shop, mapping)


def test_text_that_is_not_toml_is_named_with_its_line(shop: Path) -> None:
    with pytest.raises(KnownError, match=r"shop.toml is not TOML: .*line 2"):
        connector(shop, 'title = "Shop"\nthis is no toml')


def test_a_mapping_that_fits_no_row_is_refused_before_it_plays(tmp_path: Path) -> None:
    rows = ["at,text", *["31/12/2024 10:00,hello"] * 20]
    source = write_table(tmp_path / "chat.csv", rows)
    mapping = (
        'title = "Chat"\n[tables.chat]\nat = "at"\n[[events]]\nevent = "chat"\ntext = "text"\n'
    )
    with pytest.raises(KnownError, match=r"none of its first 20 rows can be read.*row 2.*format"):
        connector(source, mapping)


def test_every_shipped_mapping_loads() -> None:
    assert set(shipped_mappings()) == {
        "gms_ga360", "gdq_live", "uci_online_retail", "otto_fixture", "irc_chat",
    }  # fmt: skip
    for name in shipped_mappings():
        assert load_mapping(name).name == name
        assert load_mapping(name).title


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "gms_ga36",
            r"no mapping 'gms_ga36' \(did you mean 'gms_ga360'\?\); liveroom ships gdq_live, ",
        ),
        ("zzz", r"no mapping 'zzz'; liveroom ships"),
        ("mine.toml", r"no mapping file mine.toml"),
        ("maps/mine", r"no mapping file maps"),
    ],
)
def test_an_unknown_mapping_is_named_with_what_there_is(name: str, message: str) -> None:
    with pytest.raises(KnownError, match=message):
        load_mapping(name)


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    for mapping in (None, "irc_chat"):
        with pytest.raises(KnownError, match=r"no file or folder .*nothing.csv"):
            open_table(tmp_path / "nothing.csv", mapping, None, None)


def test_a_source_that_no_shipped_mapping_fits_says_why(tmp_path: Path) -> None:
    source = write_table(tmp_path / "mine.csv", ["a,b", "1,2"])
    with pytest.raises(KnownError, match="no shipped mapping fits") as caught:
        find_mapping(source)
    for name in shipped_mappings():
        assert f"\n  {name}: " in str(caught.value)


def test_a_renamed_file_is_still_recognized_by_its_columns(tmp_path: Path) -> None:
    header = "line,minute_offset,hhmm,kind,user,reply_to,start,text"
    source = write_table(tmp_path / "my chat.csv", [header, "0,0,04:46,message,u1,,0,hello"])
    assert find_mapping(source).name == "irc_chat"


def test_a_source_that_several_mappings_fit_asks_for_one(tmp_path: Path) -> None:
    header = "line,minute_offset,kind,user,text,InvoiceNo,StockCode,Description,Quantity"
    header += ",InvoiceDate,UnitPrice,CustomerID"
    source = write_table(tmp_path / "both.csv", [header])
    with pytest.raises(KnownError, match=r"several mappings fit .*: irc_chat, uci_online_retail"):
        find_mapping(source)


def test_a_folder_with_several_shows_asks_for_one_file(tmp_path: Path) -> None:
    for show in ("a", "b"):
        write_table(tmp_path / f"{show}_timeseries.csv", ["time"])
    with pytest.raises(KnownError, match=r"name one of its files: a_timeseries.csv, b_timeseries"):
        open_table(tmp_path, "gdq_live", None, None)


def test_a_folder_for_a_mapping_of_one_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="is a folder; the mapping 'irc_chat' reads one file"):
        open_table(tmp_path, "irc_chat", None, None)


def test_a_folder_without_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"holds no events.csv, which the mapping 'gms_ga360'"):
        open_table(tmp_path, "gms_ga360", None, None)


def test_the_worked_example_of_the_documentation_works(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "mappings.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in text.split("```")[1::2]]
    csv = next(block.removeprefix("csv\n") for block in blocks if block.startswith("csv"))
    toml = next(block.removeprefix("toml\n") for block in blocks if block.startswith("toml"))
    source = write_table(tmp_path / "orders.csv", csv.splitlines())
    played = replay(source, toml, at_ms("2024-05-31T20:00-03:00"), at_ms("2024-05-31T21:00-03:00"))
    orders = played.of(OrderPlaced)
    assert not played.set_aside
    assert [order.amount_minor for order in orders] == [19_180, 4_900]
    assert [order.channel for order in orders] == [EntryChannel.DIRECT, EntryChannel.PAID]
    assert [order.person is None for order in orders] == [False, True]
    lines = [line for order in orders for line in order.lines]
    assert sum(line.units for line in lines if line.is_product) == 3
    assert sum(line.units for line in lines if not line.is_product) == 1
    assert {product.sku for product in played.of(ProductListed)} == {"PAN-24", "APRON"}


def test_the_documentation_names_every_key() -> None:
    text = (Path(__file__).parents[2] / "docs" / "mappings.md").read_text(encoding="utf-8")
    structs = (spec.Mapping, spec.TableSpec, spec.EventSpec, spec.LinesSpec, spec.Cell)
    keys = {
        field.encode_name
        for struct in (*structs, spec.Condition, spec.Time)
        for field in msgspec.structs.fields(struct)
    } - {"name", "path"}  # set when a mapping is loaded
    assert not {key for key in keys if f"`{key}`" not in text and f"[{key}" not in text}
    assert not {kind for kind in KINDS if f"`{kind}`" not in text}
