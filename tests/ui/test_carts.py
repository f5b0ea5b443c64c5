"""Carts on the desk: what is open and left behind, by price and product, read from the widgets."""

import pytest
from msgspec.structs import replace

from liveroom.models.abandonment import Abandonment
from liveroom.models.cart_board import CartBoard, PriceBand, ProductCarts
from liveroom.models.facts import Fact
from liveroom.ui.panels.carts import CartsPanel
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import message_of, open_panel
from tests.ui.target_snapshots import BOARD as BOARD_WITH_RATES
from tests.ui.target_snapshots import alarmed, with_targets

NARROW = "\u202f"


def of(carts: int, abandoned: int, recovered: int = 0) -> Abandonment:
    return Abandonment(carts=carts, abandoned=abandoned, recovered=recovered)


BOARD = CartBoard(
    whole=of(200, 90, 18),
    due=of(150, 90, 18),
    recent=of(40, 30),
    earlier=of(40, 20),
    open=48,
    at_stake_minor=3_203_150,
    bands=(
        PriceBand(above_minor=None, up_to_minor=50_000, carts=of(100, 42, 10)),
        PriceBand(above_minor=50_000, up_to_minor=200_000, carts=of(0, 0)),
        PriceBand(above_minor=200_000, up_to_minor=None, carts=of(50, 48, 8)),
    ),
    products=(
        ProductCarts(sku="fone", carts=of(60, 20, 4)),
        ProductCarts(sku="notebook", carts=of(50, 48, 8)),
        ProductCarts(sku="kit", carts=of(4, 4)),
    ),
)


def keys_of(panel: CartsPanel) -> list[str]:
    return [line.key for line in panel._lines]


def test_tiles_say_what_is_left_now_and_what_it_is_worth(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(cart_board=BOARD))
    open_panel(desk, "carts")
    shown = desk.numbers()["carts"]
    assert shown["abandonment_10"] == f"75.0{NARROW}%"
    assert shown["abandonment_10.change"] == "25 pts 10 min"
    assert shown["abandonment_10.exact"] == "30 of 40 carts"
    assert shown["carts_open"] == "48"
    assert shown["carts_open.change"] == f"show 60{NARROW}% left"
    assert shown["at_stake"] == "R$\u00a032,032"
    assert shown["at_stake.exact"] == "R$\u00a032,031.50"
    assert shown["at_stake.change"] == f"20.0{NARROW}% recovered"


def test_dear_bands_and_products_left_most_come_first(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(cart_board=BOARD))
    panel = open_panel(desk, "carts")
    assert keys_of(panel) == ["all", "band.2", "band.0", "notebook", "fone", "kit"]
    shown = desk.numbers()["carts"]
    assert (shown["band.2.carts"], shown["band.2.abandoned"]) == ("50", "48")
    assert shown["band.2.rate"] == f"96.0{NARROW}%"
    assert shown["all.recovered"] == "18"


def test_only_a_high_rate_of_enough_carts_stands_out(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(cart_board=BOARD))
    panel = open_panel(desk, "carts")
    place = panel._table.places["rate"]
    tones = {key: panel._table._shown[row][place].tone for row, key in enumerate(keys_of(panel))}
    coral = {key for key, tone in tones.items() if tone == "bad"}
    assert coral == {"band.2", "notebook"}


def test_a_new_moment_replaces_every_line(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(cart_board=BOARD))
    panel = open_panel(desk, "carts")
    later = replace(BOARD, products=(ProductCarts(sku="fone", carts=of(70, 25, 5)),), bands=())
    desk.show_snapshot(snapshots.full(cart_board=later))
    assert keys_of(panel) == ["all", "fone"]
    assert desk.numbers()["carts"]["fone.abandoned"] == "25"


def test_lines_out_of_sight_are_filled_when_they_come_into_it(make_desk: MakeDesk) -> None:
    desk = make_desk()
    many = tuple(ProductCarts(sku=f"sku{n:02}", carts=of(90 - n, 90 - n)) for n in range(40))
    desk.show_snapshot(snapshots.full(cart_board=replace(BOARD, products=many, bands=())))
    table = open_panel(desk, "carts")._table
    assert table.cell_at(0, 0) is not None
    assert table.cell_at(40, 0) is None
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table.text_at(40, "carts") == "51"


def test_what_is_not_known_is_said_in_words(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.only_orders())
    open_panel(desk, "carts")
    assert "No source reports carts" in message_of(desk, "carts")
    desk.show_snapshot(snapshots.full(cart_board=CartBoard()))
    assert "Carts cannot be told apart" in message_of(desk, "carts")
    none = replace(snapshots.TOTALS, cart_adds=0)
    desk.show_snapshot(snapshots.full(cart_board=CartBoard(whole=of(0, 0)), totals=none))
    assert "No carts yet" in message_of(desk, "carts")
    assert Fact.CARTS in snapshots.full().counting


def test_tile_and_key_figure_are_one_reading_under_one_title(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(alarmed())
    panel = open_panel(desk, "carts")
    strip = open_panel(desk, "kpi_strip")
    here = panel._tiles["abandonment_10"].reading
    there = strip._tiles["abandonment_10"].reading
    assert here.label == there.label == "Abandonment, 10 min"
    assert here == there._replace(age="")
    desk.show_snapshot(snapshots.only_orders())
    assert strip._tiles["abandonment_10"].reading.label == "Abandonment, 10 min"


def test_an_alarm_says_above_which_line_and_since_when(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(with_targets())
    panel = open_panel(desk, "carts")
    assert "above" not in desk.numbers()["carts"]["abandonment_10.foot"]
    assert panel.heading().tone == "text_3"
    desk.show_snapshot(alarmed())
    words = f"above 55{NARROW}% since 20:31"
    long_words = f"above your line of 55{NARROW}% since 20:31"
    assert desk.numbers()["carts"]["abandonment_10.foot"] == long_words
    assert desk.numbers()["kpi_strip"]["abandonment_10.foot"] == words
    assert (panel.heading().note, panel.heading().tone) == (words, "bad")
    tile = panel._tiles["abandonment_10"]
    assert tile.reading.value_tone == "bad"
    assert tile.reading.alarms[0][0].glyph == "attention"
    tile.resize(120, tile.height())
    assert tile.texts()[".foot"] == "since 20:31"


def test_the_line_is_drawn_where_it_lies_in_the_curve(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(with_targets())
    reading = open_panel(desk, "carts")._tiles["abandonment_10"].reading
    assert len(reading.curve) == 40
    low, high = min(BOARD_WITH_RATES.rates), max(BOARD_WITH_RATES.rates)
    assert low is not None
    assert high is not None
    assert reading.level == pytest.approx((0.55 - low) / (high - low))
