"""Spend and margin: figures with their denominators, curves with their ends, unknown in words."""

import numpy as np
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from liveroom.models.facts import Fact
from liveroom.models.figures import Figures
from liveroom.models.snapshot import Series, Snapshot
from liveroom.models.splits import PeopleSales
from liveroom.ui.parts.kpi_tile import KpiTile, Reading
from liveroom.ui.parts.money_curves import money_curves
from liveroom.ui.theme import Theme
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import message_of, open_panel, spec_of, title_of

NARROW, SPACE = "\u202f", "\u00a0"
SPENT = 342_000
NEW = PeopleSales(visits=100, orders=120, revenue_minor=1)


def with_money(share: float = 1.0, cost: float = 0.7, **changes: object) -> Snapshot:
    """Return the show with ad spend every minute, and the cost of a share of the revenue."""
    shown = snapshots.full()
    series = shown.series
    minutes = np.arange(len(series.seconds)) // 60
    spends = minutes * (SPENT // int(minutes[-1]))
    costed = (series.revenue_minor * share).astype(np.int64)
    priced = {
        "totals": snapshots.totals(
            series.seconds,
            visits=series.visits,
            orders=series.orders,
            revenue=series.revenue_minor,
            ad_spend=spends,
            costed_revenue=costed,
            cost=(costed * cost).astype(np.int64),
        ),
        "ad_spend_at": int(series.seconds[-1]) - 36,
    }

    def figures(of: Figures) -> Figures:
        minor = int((of.revenue_minor or 0) * share)
        money = {"costed_revenue_minor": minor, "cost_minor": int(minor * cost)}
        return replace(of, ad_spend_minor=SPENT, leads=570, **money)

    known: dict[str, object] = {
        "series": replace(series, **priced),
        "totals": figures(shown.totals),
        "recent": figures(shown.recent),
        "earlier": figures(shown.earlier),
        "new": NEW,
        "cac_minor": SPENT // 120,
        "counting": {**shown.counting, Fact.AD_SPEND: "ads", Fact.LEADS: "stream"},
    }
    return snapshots.full(**(known | changes))


def shown(make_desk: MakeDesk, snapshot: Snapshot) -> dict[str, str]:
    desk = make_desk(panels=spec_of("spend"))
    open_panel(desk, "spend")
    desk.show_snapshot(snapshot)
    desk.finish_building()
    return desk.numbers()["spend"]


def test_figures_name_what_they_are_made_of(make_desk: MakeDesk) -> None:
    texts = shown(make_desk, with_money())
    assert texts["ad_spend"] == f"R${SPACE}3,420"
    assert texts["ad_spend.change"] == "as of 20:41"
    assert texts["roas"] == "66.08"
    assert (texts["cac"], texts["cac.change"]) == (f"R${SPACE}28.50", "120 new")
    assert (texts["cpl"], texts["cpl.change"]) == (f"R${SPACE}6.00", "570 leads")
    assert texts["margin_rate"] == f"30.0{NARROW}%"
    assert texts["margin_10"] == f"R${SPACE}16,287"
    assert texts["margin_10.change"] == f"13{NARROW}% 10 min"


def test_curves_end_in_the_means_of_the_last_10_minutes(make_desk: MakeDesk) -> None:
    texts = shown(make_desk, with_money())
    assert texts["curve.revenue"] == "R$ 5,429 revenue"
    assert texts["curve.margin"] == "R$ 1,629 margin"
    assert texts["curve.ad_spend"] == "R$ 83.41 ad spend"
    assert texts["curve.unit"] == "R$ per minute, mean of 10 min"
    assert "Notebook" in texts["segments"]


def test_the_title_says_for_how_much_of_the_revenue_the_cost_is_known(make_desk: MakeDesk) -> None:
    desk = make_desk(panels=spec_of("spend"))
    desk.show_snapshot(with_money(share=0.82))
    assert f"cost known for 82{NARROW}% of revenue" in title_of(desk, "spend")
    assert desk.numbers()["spend"]["margin_rate.change"] == f"82{NARROW}% of revenue"
    desk.show_snapshot(with_money())
    assert "cost known for all revenue" in title_of(desk, "spend")


def test_without_costs_and_ads_revenue_alone_is_drawn_and_the_rest_is_a_word(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(panels=spec_of("spend"))
    desk.show_snapshot(snapshots.full())
    texts = desk.numbers()["spend"]
    for key in ("ad_spend", "roas", "cac", "cpl", "margin_rate", "margin_10"):
        assert texts[key] == "unknown"
    assert texts["margin_rate.change"] == "no cost told"
    assert texts["ad_spend.change"] == "no source"
    assert texts["curve.margin"] == texts["curve.ad_spend"] == ""
    assert texts["curve.revenue"].endswith("revenue")
    assert "no source for ad spend · what products cost is not known" in title_of(desk, "spend")


def test_a_loss_is_written_and_drawn_below_zero(make_desk: MakeDesk) -> None:
    texts = shown(make_desk, with_money(cost=1.2))
    assert texts["margin_rate"] == f"−20.0{NARROW}%"
    assert texts["curve.margin"] == "R$ −1,086 margin"


def test_an_empty_session_says_what_it_waits_for(make_desk: MakeDesk) -> None:
    desk = make_desk(panels=spec_of("spend"))
    desk.show_snapshot(snapshots.empty())
    assert "No source reports orders or ad spend" in message_of(desk, "spend")


def test_a_young_show_has_no_curve_yet_and_says_so(make_desk: MakeDesk) -> None:
    young = with_money(started_at=snapshots.NOW - 120_000)
    assert shown(make_desk, young)["missing"] == "Curves start after 5 minutes"


def money_of(*sales: tuple[int, int, int, int]) -> Snapshot:
    """Return a show of seconds with revenue, costed revenue and cost of each, and 60 spent before 700."""
    rows = np.array(sales, dtype=np.int64)
    revenue, costed, cost = np.cumsum(rows[:, 1:], axis=0).T
    spent = np.full(len(rows), 60)
    none = np.zeros(0, dtype=np.int64)
    totals = snapshots.totals(
        rows[:, 0], revenue=revenue, costed_revenue=costed, cost=cost, ad_spend=spent
    )
    series = Series(totals=totals, audience_times=none, audience=none, ad_spend_at=700)
    shown = snapshots.full()
    figures = replace(shown.totals, cost_minor=1, ad_spend_minor=60)
    return replace(shown, series=series, totals=figures, started_at=0)


def test_a_curve_has_a_gap_where_nothing_sold_has_a_known_cost() -> None:
    shown = money_of((10, 1000, 1000, 400), (1000, 5000, 0, 0))
    drawn = money_curves(shown, np.array([100.0, 600.0, 1500.0, 1700.0]))
    assert drawn.margin is not None
    np.testing.assert_allclose(drawn.margin, [np.nan, 60, np.nan, 0])
    np.testing.assert_allclose(drawn.revenue, [np.nan, 100, 500, 0])


def test_ad_spend_is_drawn_up_to_its_newest_report_and_not_as_zero_after_it() -> None:
    drawn = money_curves(money_of((400, 0, 0, 0)), np.array([600.0, 701.0, 702.0]))
    assert drawn.ad_spend is not None
    np.testing.assert_allclose(drawn.ad_spend, [6, 6, np.nan])


def test_large_amounts_find_room_on_a_small_screen(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    panel = open_panel(desk, "spend")
    large = with_money(currency="KRW")
    totals = replace(large.totals, ad_spend_minor=12_345_678)
    recent = replace(large.recent, costed_revenue_minor=987_654_321, cost_minor=1)
    desk.show_snapshot(replace(large, totals=totals, recent=recent))
    desk.finish_building()
    for tile in panel._tiles.values():
        assert not tile.is_cut(), tile.reading


def test_two_snapshots_of_one_second_that_differ_in_their_series_are_both_drawn(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(panels=spec_of("spend"))
    panel = open_panel(desk, "spend")
    for snapshot in (with_money(), with_money(0.5)):
        desk.show_snapshot(snapshot)
        desk.finish_building()
    assert desk.docks[0].host.stopped is None
    assert panel._chart._series is snapshot.series


def test_an_amount_without_room_is_told_in_thousands_and_never_cut(qapp: QApplication) -> None:
    tile = KpiTile(Theme())
    tile.resize(100, 90)
    tile.show_reading(Reading("CAC", "KWD\u00a011,180.500", short="KWD\u00a011.2k"))
    assert tile._value().text == "KWD\u00a011.2k"
    assert not tile.is_cut()
    tile.resize(240, 90)
    assert tile._value().text == "KWD\u00a011,180.500"
