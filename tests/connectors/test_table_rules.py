"""What a mapping does with single rows: choose, filter, look up, default."""

from __future__ import annotations

from pathlib import Path

import pytest

from liveroom.models.events import (
    CartItemAdded,
    CartItemRemoved,
    ChatPosted,
    OrderPlaced,
    VisitStarted,
)
from liveroom.models.facts import EntryChannel
from tests.connectors.table_helpers import (
    HEAD,
    replay,
    table,
)


def test_a_columns_value_chooses_the_event_and_listed_values_are_ignored(tmp_path: Path) -> None:
    mapping = """
    title = "Shop"
    [tables.rows]
    at = { column = "at", unit = "s" }
    choose = "what"
    ignore = ["page_view"]
    [[events]]
    event = "cart_add"
    when = ["add", "put"]
    sku = "sku"
    [[events]]
    event = "cart_removal"
    when = "take"
    sku = "sku"
    """
    source = table(
        tmp_path, "at,what,sku", "1,add,a", "2,page_view,", "3,put,b", "4,take,a", "5,tkae,a"
    )
    played = replay(source, mapping)
    assert [cart.sku for cart in played.of(CartItemAdded)] == ["a", "b"]
    assert [cart.sku for cart in played.of(CartItemRemoved)] == ["a"]
    assert len(played.set_aside) == 1
    assert "row 6: column 'what' is 'tkae': the mapping has no event for it" in played.reasons()[0]
    assert "'page_view', 'put', 'take'" in played.reasons()[0]


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ('{ kind = "b" }', "b"),
        ('{ kind = ["a", "C"] }', "aC"),
        ('{ kind = { in = "c", ignore_case = true } }', "C"),
        ('{ kind = { not_in = ["a", "b"] } }', "C "),
        ('{ kind = { prefix = "a" } }', "a"),
        ('{ kind = { not_prefix = ["a", "b"] } }', "C "),
        ("{ kind = { present = true } }", "abC"),
        ("{ kind = { present = false } }", " "),
        ("{ n = { above = 2 } }", "C "),
        ('{ n = { above = "1.5", below = 4 } }', "bC"),
        ('{ kind = ["a", "b"], n = { above = 1 } }', "b"),
        ('[{ kind = "a" }, { n = { above = 3 } }]', "a "),
        ("{}", "abC "),
    ],
)
def test_rows_are_filtered(tmp_path: Path, where: str, kept: str) -> None:
    mapping = HEAD + f'[[events]]\nevent = "chat"\ntext = "kind"\nwhere = {where}\n'
    source = table(tmp_path, "at,kind,n", "1,a,1", "2,b,2", "3,C,3", "4, ,4")
    played = replay(source, mapping)
    assert "".join(chat.text or " " for chat in played.of(ChatPosted)) == kept
    assert not played.set_aside


def test_a_condition_on_a_number_names_what_is_none(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "chat"\nwhere = { n = { above = 2 } }\n'
    played = replay(table(tmp_path, "at,n", "1,3", "2,three", "3,4"), mapping)
    assert len(played.of(ChatPosted)) == 2
    assert "row 3: column 'n' is 'three': this is not a number" in played.reasons()[0]


def test_a_row_that_is_left_out_may_be_broken(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "chat"\nwhere = { kind = "m", n = { above = 2 } }\n'
    played = replay(table(tmp_path, "at,kind,n", ",system,", "2,m,3"), mapping)
    assert len(played.of(ChatPosted)) == 1
    assert not played.set_aside


LOOK_UP = """
title = "Shop"
[tables.orders]
file = "orders.csv"
at = { column = "at", unit = "s" }
[tables.visits]
file = "visits.csv"
key = "visit"
[[events]]
event = "order"
visit = "visit"
channel = { table = "visits", by = "visit", column = "came from" }
"""


def test_a_value_is_looked_up_in_a_second_file(tmp_path: Path) -> None:
    table(tmp_path, "visit,came from", "v1,Paid Search", "v2,Newsletter", "v1,x", name="visits.csv")
    source = table(tmp_path, "at,visit", "1,v1", "2,v2", "3,v3", name="orders.csv")
    played = replay(source, LOOK_UP)
    assert [(o.channel, o.label) for o in played.of(OrderPlaced)] == [
        (EntryChannel.PAID, "Paid Search"),
        (EntryChannel.UNKNOWN, "Newsletter"),
    ]
    assert "row 4: column 'visit' is 'v3': visits.csv has no row whose 'visit' is this" in str(
        played.reasons()
    )


def test_what_is_not_found_takes_the_default(tmp_path: Path) -> None:
    table(tmp_path, "visit,came from", "v1,Social", name="visits.csv")
    source = table(tmp_path, "at,visit", "1,v1", "2,v3", name="orders.csv")
    mapping = LOOK_UP.replace('"came from" }', '"came from", default = "Direct" }')
    played = replay(source, mapping)
    assert [o.label for o in played.of(OrderPlaced)] == ["Social", "Direct"]
    assert not played.set_aside


def test_blanks_take_their_default_and_placeholders_are_blank(tmp_path: Path) -> None:
    mapping = HEAD + (
        '[[events]]\nevent = "cart_add"\nsku = "sku"\n'
        'units = { column = "units", default = "1", blank = ["?", "(not set)"] }\n'
        'count = { value = "2" }\nvisit = "visit"\n'
    )
    rows = ["1,a,3,v", "2,b,,", "3,c,?,", "4,d,(not set),", "5,e,1.5,", "6,,1,", "7,f,-1,"]
    played = replay(table(tmp_path, "at,sku,units,visit", *rows), mapping)
    assert [(c.sku, c.units, c.count, c.visit is None) for c in played.of(CartItemAdded)] == [
        ("a", 3, 2, False),
        ("b", 1, 2, True),
        ("c", 1, 2, True),
        ("d", 1, 2, True),
    ]
    assert ["units" in played.reasons()[0], "sku" in played.reasons()[1]] == [True, True]
    assert "below zero" in played.reasons()[2]


def test_source_and_medium_give_the_channel_where_there_is_no_label(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "visit"\ntraffic_source = "s"\ntraffic_medium = "m"\n'
    played = replay(table(tmp_path, "at,s,m", "1,google,cpc", "2,,"), mapping)
    assert [(v.channel, v.label) for v in played.of(VisitStarted)] == [
        (EntryChannel.PAID, "google / cpc"),
        (EntryChannel.UNKNOWN, ""),
    ]


def test_people_and_visits_never_share_a_key(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "visit"\nvisit = "id"\nperson = "id"\n'
    played = replay(table(tmp_path, "at,id", "1,7", "2,7", "3,"), mapping)
    assert sorted(set(played.asked)) == ["person:7", "visit:7"]
    assert len(played.asked) == 2
    assert played.of(VisitStarted)[2].person is None
