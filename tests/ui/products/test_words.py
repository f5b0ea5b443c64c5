"""What the product board says of products: columns, attention, offers, kits, totals."""

from msgspec.structs import replace

from liveroom.models.facts import ConnectionState
from liveroom.models.levers import Levers, RunningOffer
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.splits import Sales
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.products import ProductsPanel
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, title_of
from tests.ui.products.boards import stocked
from tests.ui.snapshots import NOW

NARROW = "\u202f"


def test_columns_without_a_source_are_left_out(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.only_orders())
    panel = next(d.host.panel for d in desk.docks if d.objectName() == "products")
    assert isinstance(panel, ProductsPanel)
    shown = panel._table.shown_columns()
    assert "views" not in shown
    assert "click_to_order_rate" not in shown
    assert {"orders", "units", "revenue"} <= set(shown)


def test_stock_and_margin_have_columns_where_they_are_known(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "products")
    known = {"stock", "minutes_of_stock", "margin_rate"}
    assert not known & set(panel._table.shown_columns())
    rows = {row.sku: row for row in stocked().products}
    rows["boom"] = replace(rows["boom"], margin_minor=1_738_528)
    rows["gan"] = replace(rows["gan"], units_per_minute=0.5)
    desk.show_snapshot(snapshots.full(products=tuple(rows.values()), at=NOW + 1000))
    assert known <= set(panel._table.shown_columns())
    shown = desk.numbers()["products"]
    assert (shown["boom.stock"], shown["boom.minutes_of_stock"]) == ("13", "20:47")
    assert shown["boom.margin_rate"] == f"44{NARROW}%"
    assert (shown["fone.stock"], shown["fone.minutes_of_stock"]) == ("0", "sold out")
    assert shown["gan.minutes_of_stock"] == "after show"
    assert shown["watch.stock"] == shown["watch.minutes_of_stock"] == "—"
    assert shown["total.stock"] == "250"
    place = panel._table.places["minutes_of_stock"]
    loud = {
        sku
        for row, sku in enumerate(panel._order)
        if panel._table.cell_at(row, place).tone == "warn"
    }
    assert loud == {"boom", "fone"}


def test_what_needs_attention_says_so_in_words(desk: MainWindow, panel: ProductsPanel) -> None:
    desk.show_snapshot(stocked())
    shown = panel.numbers()
    assert shown["notebook.attention"] == "clicks, few orders"
    assert shown["boom.attention"] == "sells out in 6\u00a0min"
    assert shown["fone.attention"] == "sold out"
    assert shown["tablet.attention"] == "NEXT · on at 20:42"
    assert shown["watch.attention"] == ""
    assert shown["total.attention"] == "3 need attention"
    place = panel._table.places["click_to_order_rate"]
    tones = {sku: panel._table.cell_at(row, place).tone for row, sku in enumerate(panel._order)}
    assert {sku for sku, tone in tones.items() if tone == "bad"} == {"notebook"}
    tip = panel._describe("attention", panel._order.index("notebook"))
    assert f"11 orders of 1,964 clicks: 0.6{NARROW}%, at most 1.0{NARROW}%" in tip
    assert f"the other products bring 5.1{NARROW}%" in tip


def test_on_air_and_sold_well_is_said_without_alarm(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = tuple(replace(row, orders=90) for row in snapshots.full().products)
    desk.show_snapshot(snapshots.full(products=rows))
    assert panel.numbers()["notebook.attention"] == "ON AIR · until 20:42"
    assert panel.numbers()["total.attention"] == ""
    desk.show_snapshot(snapshots.rehearsal(products=rows, at=NOW + 1000))
    shown = open_panel(desk, "products").numbers()
    assert shown["notebook.attention"] == "IN REHEARSAL · until 20:42"


def test_under_an_offer_the_price_before_is_struck_through(
    desk: MainWindow, panel: ProductsPanel
) -> None:
    offer = Offer(offer_id="o", kind=OfferKind.PERCENTAGE, title="", skus=("notebook",), percent=10)
    running = RunningOffer(offer=offer, started_at=NOW - 1000, ends_at=NOW + 5000)
    desk.show_snapshot(snapshots.full(levers=Levers(offers=(running,))))
    assert panel.numbers()["notebook.price"] == "3,499 → 3,149"
    place = panel._table.places["price"]
    cell = panel._table.cell_at(panel._order.index("notebook"), place)
    assert cell is not None
    assert [(run.text, run.strike) for run in cell.runs] == [("3,499", True), ("3,149", False)]
    assert panel.numbers()["fone.price"] == "349"
    desk.show_snapshot(snapshots.full(levers=Levers(offers=(running,)), at=NOW + 6000))
    assert panel.numbers()["notebook.price"] == "3,499"


def test_a_kit_is_a_row_and_in_no_total(desk: MainWindow, panel: ProductsPanel) -> None:
    kit = Offer(
        offer_id="k", kind=OfferKind.KIT, title="Office kit", skus=("monitor", "mouse"),
        amount_minor=139_900,
    )  # fmt: skip
    levers = Levers(offers=(RunningOffer(offer=kit, started_at=NOW - 1000),))
    sales = {"k": Sales(orders=7, revenue_minor=979_300)}
    desk.show_snapshot(snapshots.full(levers=levers, by_offer=sales))
    shown = panel.numbers()
    assert (shown["k.orders"], shown["k.revenue"], shown["k.clicks"]) == ("7", "9,793", "—")
    assert shown["k.price"] == "1,548 → 1,399"
    assert shown["total.revenue"] == "225,992"
    assert panel._totals.text_at(0, "product") == "10 products · 1 kit"


def test_the_totals_are_of_the_show_and_rates_are_of_sums(
    desk: MainWindow, panel: ProductsPanel
) -> None:
    desk.show_snapshot(snapshots.full())
    shown = panel.numbers()
    assert shown["total.orders"] == "428"
    assert shown["total.click_to_order_rate"] == f"4.2{NARROW}%"
    assert shown["total.conversion"] == f"0.8{NARROW}%"
    assert shown["watch.conversion"] == f"1.1{NARROW}%"


def test_only_columns_of_the_silent_source_are_grey(desk: MainWindow, panel: ProductsPanel) -> None:
    snapshot = stocked()
    connections = tuple(
        replace(one, state=ConnectionState.FAILING) if one.source == "shop" else one
        for one in snapshot.connections
    )
    desk.show_snapshot(snapshot)
    table = panel._table
    assert (table.tone_at(0, "orders"), table.tone_at(0, "product")) == ("text", "text")
    desk.show_snapshot(replace(snapshot, connections=connections, at=NOW + 1000))
    assert (table.tone_at(0, "orders"), table.tone_at(0, "product")) == ("text_3", "text")
    assert table.is_stale(table.places["revenue"])
    assert not table.is_stale(table.places["price"])
    assert "Shop" in title_of(desk, "products")
    desk.show_snapshot(replace(snapshot, at=NOW + 2000))
    assert table.tone_at(0, "orders") == "text"


def test_a_late_source_does_not_hide_that_columns_have_no_room(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    late = replace(snapshots.CONNECTIONS[1], due_ms=1000, last_received_at=NOW - 90_000)
    desk.show_snapshot(stocked(connections=(snapshots.CONNECTIONS[0], late)))
    title = title_of(desk, "products")
    assert " columns · whole show" in title
    assert "Shop LATE" in title


def test_what_is_of_no_product_is_told_at_the_total(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = tuple(replace(row, revenue_minor=100_00) for row in snapshots.full().products)
    more = replace(snapshots.TOTALS, revenue_minor=1_234_00)
    desk.show_snapshot(snapshots.full(products=rows, totals=more))
    tip = panel._describe_total("revenue", 0)
    assert "1,000.00" in tip
    assert "The show has" in tip
    assert "234.00 of it is of no product" in tip
    exact = replace(snapshots.TOTALS, revenue_minor=1_000_00)
    desk.show_snapshot(snapshots.full(products=rows, totals=exact, at=NOW + 1000))
    assert "of no product" not in panel._describe_total("revenue", 0)
