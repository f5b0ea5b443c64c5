"""Offers stand on the chart where they were launched, and the panel says how they met the peak."""

from msgspec.structs import replace

from liveroom.models.levers import Levers, RunningOffer
from liveroom.models.offers import Offer, OfferKind
from liveroom.ui.panels.audience import timing_of
from liveroom.ui.parts.offer_marks import marks_of
from liveroom.ui.parts.peak_mark import Field
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, spec_of, title_of

MINUTE = 60_000
NOW = snapshots.NOW
PEAK_AT = snapshots.full().audience.peak_at or 0


def offer(started_at: int, title: str, **changes: int) -> RunningOffer:
    made = Offer(offer_id=title, kind=OfferKind.PERCENTAGE, title=title, percent=10)
    return RunningOffer(offer=made, started_at=started_at, **changes)


def levers(*offers: RunningOffer) -> Levers:
    return Levers(offers=offers)


def test_a_mark_spans_the_time_the_offer_ran() -> None:
    early = offer(NOW - 30 * MINUTE, "Boom", ends_at=NOW - 20 * MINUTE, ended_at=NOW - 25 * MINUTE)
    running = offer(NOW - 5 * MINUTE, "Notebook", ends_at=NOW + 5 * MINUTE)
    coming = offer(NOW + MINUTE, "Later")
    first, second = marks_of(snapshots.full(levers=levers(early, running, coming)))
    assert (first.start, first.end) == ((NOW - 30 * MINUTE) // 1000, (NOW - 25 * MINUTE) / 1000)
    assert (second.title, second.end) == ("Notebook", NOW / 1000)


def test_offers_of_one_second_share_a_mark() -> None:
    together = levers(*(offer(NOW - MINUTE + n, f"Kit {n}", ends_at=NOW) for n in range(6)))
    (mark,) = marks_of(snapshots.full(levers=together))
    assert mark.title == "6 offers"


def test_the_chart_names_offers_that_have_room(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    close = levers(
        offer(NOW - 30 * MINUTE, "the next one leaves no room"),
        offer(NOW - 29 * MINUTE, "Boom −10 %"),
        offer(NOW - 10 * MINUTE, "Notebook −10 %"),
    )
    desk.show_snapshot(snapshots.full(levers=close))
    desk.finish_building()
    assert desk.numbers()["audience"]["offers"] == "Boom −10 %, Notebook −10 %"
    desk.show_snapshot(snapshots.full(levers=Levers(), at=NOW + 1000))
    desk.finish_building()
    assert desk.numbers()["audience"]["offers"] == ""


def test_the_title_says_how_the_offer_met_the_peak(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    late = offer(PEAK_AT + 536_000, "Notebook −10 %")
    desk.show_snapshot(snapshots.full(levers=levers(late)))
    assert "offer 8:56 after the peak · " in title_of(desk, "audience")
    assert "viewers fewer" in title_of(desk, "audience")
    over = replace(offer(PEAK_AT - 9 * MINUTE, "Boom"), ends_at=PEAK_AT - MINUTE)
    desk.show_snapshot(snapshots.full(levers=levers(over)))
    assert "ago, no offer since · 848 viewers fewer" in title_of(desk, "audience")
    desk.show_snapshot(snapshots.full(levers=Levers()))
    assert "conversion: orders ÷ visits, 10 min" in title_of(desk, "audience")


def test_the_line_of_the_present_does_not_cross_the_title_of_an_offer(make_desk: MakeDesk) -> None:
    desk = make_desk(1400, 800, panels=spec_of("audience"))

    def title_from_offer(minutes: int) -> float:
        young = levers(offer(NOW - minutes * MINUTE, "Ten minutes only: everything"))
        desk.show_snapshot(snapshots.full(levers=young, at=NOW + minutes))
        desk.finish_building()
        chart = open_panel(desk, "audience").chart
        label = next(one for _, _, one in chart.canvas.offers._items if one.isVisible())
        return float(
            label.mapRectToView(label.boundingRect()).center().x() - (NOW - minutes * MINUTE) / 1000
        )

    assert title_from_offer(1) < 0, "before the offer, while the present is so near"
    assert title_from_offer(35) > 0


def test_how_long_after_the_peak_it_was_stands_below_the_title(make_desk: MakeDesk) -> None:
    desk = make_desk(1000, 500, panels=spec_of("audience"))
    shown = snapshots.full(levers=levers(offer(PEAK_AT + 7 * MINUTE, "Só 10 minutos")))
    desk.show_snapshot(shown)
    desk.finish_building()
    peak = open_panel(desk, "audience").chart.canvas.peak
    start = PEAK_AT / 1000 - 600
    # The peak is all but at the upper edge, where the titles of offers are.
    field = Field(start, start + 3600, 0.3, height=200, top=100, peak=98)
    peak.show(shown, timing_of(shown), field)
    from_top = (field.top - peak.late.pos().y()) * field.height / field.top
    box, letters = peak.late.boundingRect().height(), 12
    words_begin = from_top - 0.9 * box + (box - letters) / 2
    assert words_begin >= 9 + letters / 2 + 2
