"""Key figures of carts, advertising, margin and leads: what a known one says, and an unknown one."""

from msgspec.structs import replace

from liveroom.models.abandonment import Abandonment
from liveroom.models.cart_board import CartBoard
from liveroom.models.facts import Fact
from liveroom.models.snapshot import Snapshot
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

NARROW = "\u202f"


def rich() -> Snapshot:
    """Return the show with spend, leads, costs and carts known."""
    spends = {"totals": 3_818_600, "recent": 900_000, "earlier": 900_000}
    known = {
        name: replace(getattr(snapshots.full(), name), ad_spend_minor=spent, leads=40)
        for name, spent in spends.items()
    }
    board = CartBoard(
        whole=Abandonment(carts=300, abandoned=120, recovered=9),
        due=Abandonment(carts=250, abandoned=120, recovered=9),
        recent=Abandonment(carts=50, abandoned=40, recovered=0),
        earlier=Abandonment(carts=50, abandoned=20, recovered=0),
    )
    counting = {**snapshots.full().counting, Fact.AD_SPEND: "ads", Fact.LEADS: "shop"}
    return snapshots.full(**known, cart_board=board, margin_minor=8_361_704, counting=counting)


def test_known_figures_say_what_they_rest_on(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(rich())
    shown = desk.numbers()["kpi_strip"]
    assert shown["abandonment_10"] == f"80.0{NARROW}%"
    assert shown["abandonment_10.change"] == "40 pts 10 min"
    assert shown["abandonment_10.caption"] == f"show 48.0{NARROW}%"
    assert shown["abandonment_10.exact"] == "40 of 50 carts"
    assert (shown["roas"], shown["roas.caption"]) == ("5.92", "spent R$\u00a038.2k")
    assert (shown["margin"], shown["margin.caption"]) == (
        "R$\u00a083,617",
        f"37.0{NARROW}% of revenue",
    )
    assert (shown["leads"], shown["leads.caption"]) == ("40", "CPL R$\u00a0955")


def test_what_no_source_reports_is_said_in_words(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.only_orders())
    shown = desk.numbers()["kpi_strip"]
    for key in ("abandonment_10", "roas", "margin", "leads"):
        assert shown[key] == "unknown", key
    assert shown["roas.caption"] == "no source for ad spend"


def test_what_a_lead_and_a_customer_cost_and_how_long_people_watch(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(replace(rich(), cac_minor=4_250, mean_watch_minutes=9.46))
    shown = desk.numbers()["kpi_strip"]
    assert (shown["cpl"], shown["cac"]) == ("R$\u00a0955", "R$\u00a042.50")
    assert shown["mean_watch"] == "9.5\u00a0min"
    desk.show_snapshot(rich())
    assert desk.numbers()["kpi_strip"]["cac"] == "—"
    desk.show_snapshot(snapshots.only_orders())
    shown = desk.numbers()["kpi_strip"]
    assert shown["cac"] == shown["cpl"] == shown["mean_watch"] == "unknown"
