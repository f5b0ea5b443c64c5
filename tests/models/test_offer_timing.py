"""The moment of an offer against the peak of the audience is a number, and it counts while none comes."""

from liveroom.models.levers import RunningOffer
from liveroom.models.offer_timing import OfferTiming, offer_timing
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.snapshot import Audience

MINUTE = 60_000
PEAK = Audience(peak=500, peak_at=30 * MINUTE, last=380, samples=9)


def offer(minute: float, until: float | None = None, name: str = "o") -> RunningOffer:
    made = Offer(offer_id=name, kind=OfferKind.PERCENTAGE, title=name, percent=10)
    ends = None if until is None else round(until * MINUTE)
    return RunningOffer(offer=made, started_at=round(minute * MINUTE), ends_at=ends)


def test_an_offer_after_the_peak_is_late_by_what_lies_between_and_by_who_left() -> None:
    found = offer_timing((offer(39), offer(45)), PEAK, 420, 50 * MINUTE)
    assert found == OfferTiming(after_peak_ms=9 * MINUTE, lost=80, waits=False)


def test_without_an_offer_since_the_peak_it_counts_on() -> None:
    found = offer_timing((offer(5, 15),), PEAK, None, 50 * MINUTE)
    assert found == OfferTiming(after_peak_ms=20 * MINUTE, lost=120, waits=True)


def test_an_offer_that_runs_through_the_peak_came_before_it() -> None:
    found = offer_timing((offer(25, 60),), PEAK, None, 50 * MINUTE)
    assert found == OfferTiming(after_peak_ms=-5 * MINUTE, lost=0, waits=False)


def test_at_the_peak_itself_nothing_is_lost() -> None:
    found = offer_timing((offer(30),), PEAK, 500, 31 * MINUTE)
    assert found == OfferTiming(after_peak_ms=0, lost=0, waits=False)


def test_without_offers_or_audience_there_is_no_timing() -> None:
    assert offer_timing((), PEAK, None, 50 * MINUTE) is None
    assert offer_timing((offer(5),), Audience(), None, 50 * MINUTE) is None
