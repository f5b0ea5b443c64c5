"""What advertising brings per channel, and who is new: read from the table."""

from msgspec.structs import replace

from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.snapshot import Snapshot
from liveroom.models.splits import PeopleSales
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel

NARROW = "\u202f"


def with_ads() -> Snapshot:
    spends = {"Meta": 2_215_300, "TikTok": 1_603_300}
    channels = tuple(
        replace(row, ad_spend_minor=spends.get(row.label))
        if row.channel is EntryChannel.PAID
        else row
        for row in snapshots.CHANNELS
    )
    counting = {**snapshots.full().counting, Fact.AD_SPEND: "ads"}
    return snapshots.full(channels=channels, counting=counting)


def shown_columns(desk: MainWindow) -> list[str]:
    found: list[str] = open_panel(desk, "channels")._table.shown_columns()
    return found


def test_spend_and_return_stand_beside_the_channel_that_cost_it(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(with_ads())
    shown = desk.numbers()["channels"]
    assert (shown["paid/Meta.ad_spend"], shown["paid/Meta.roas"]) == ("22,153", "2.22")
    assert (shown["paid/TikTok.ad_spend"], shown["paid/TikTok.roas"]) == ("16,033", "1.58")
    assert (shown["paid.ad_spend"], shown["paid.roas"]) == ("38,186", "1.95")
    assert shown["total.roas"] == "5.92"
    assert shown["organic.ad_spend"] == shown["organic.roas"] == "—"
    assert {"ad_spend", "roas"} <= set(shown_columns(desk))


def test_without_a_source_for_spend_there_are_no_such_columns(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    assert not {"ad_spend", "roas"} & set(shown_columns(desk))


def test_new_and_returning_people_have_a_line_each_where_they_are_known(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    assert "new.orders" not in desk.numbers()["channels"]
    desk.show_snapshot(
        snapshots.full(
            new=PeopleSales(visits=800, orders=20, revenue_minor=1_000_000),
            returning=PeopleSales(visits=200, orders=30, revenue_minor=2_400_000),
        )
    )
    shown = desk.numbers()["channels"]
    assert (shown["new.visits"], shown["new.share"]) == ("800", f"80.0{NARROW}%")
    assert shown["new.conversion"] == f"2.5{NARROW}%"
    assert (shown["returning.orders"], shown["returning.average_order_value"]) == ("30", "800")
    assert shown["total.orders"] == "428"
