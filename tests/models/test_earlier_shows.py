"""Earlier shows at the same minute: what they had then, and the median of it."""

import pytest

from liveroom.models import events as e
from liveroom.models.earlier_shows import EarlierShow, EarlierShows, earlier_show
from liveroom.models.facts import Fact
from liveroom.models.money import Ledger
from liveroom.models.show import Show
from tests.factory import SHOW_START, attached, event, order

MINUTE = 60
FACTS = (Fact.ORDERS, Fact.VISITS, Fact.AUDIENCE, Fact.CARTS)


def played(amount_minor: int, minutes: int = 30, viewers: int = 100) -> EarlierShow:
    """Return a show with an order and four visits every minute, and an audience that does not move."""
    show = Show(Ledger(currency="BRL"))
    show.apply(attached("shop", *FACTS))
    for minute in range(minutes):
        at = minute * MINUTE
        show.apply(event(e.AudienceMeasured, at, viewers=viewers))
        show.apply(event(e.VisitStarted, at, count=4))
        show.apply(order(at + 1, amount_minor))
    show.apply(event(e.AudienceMeasured, minutes * MINUTE, viewers=viewers))
    found = earlier_show(show)
    assert found is not None
    return found


def at(shows: EarlierShows, minutes: float) -> dict[str, float]:
    return {key: one.value for key, one in shows.medians(round(minutes * 60_000)).items()}


def test_the_median_is_of_what_each_had_at_the_same_minute() -> None:
    shows = EarlierShows()
    for amount in (1000, 3000, 9000):
        shows.add(played(amount))
    found = at(shows, 20)
    assert found["revenue"] == 20 * 3000
    assert found["orders"] == 20
    assert found["sales_per_minute"] == pytest.approx(3000)
    assert found["conversion"] == 0.25
    assert found["average_order_value"] == 3000
    assert found["audience"] == 100
    assert shows.medians(20 * 60_000)["revenue"].shows == 3


def test_counts_grow_between_two_minutes() -> None:
    shows = EarlierShows()
    shows.add(played(1000))
    assert at(shows, 10.5)["revenue"] == 10_500


def test_a_show_that_was_over_by_then_says_nothing() -> None:
    shows = EarlierShows()
    shows.add(played(1000, minutes=10))
    shows.add(played(3000, minutes=30))
    assert shows.medians(5 * 60_000)["revenue"].shows == 2
    assert shows.medians(20 * 60_000)["revenue"].shows == 1
    assert at(shows, 20)["revenue"] == 60_000
    assert shows.medians(31 * 60_000) == {}
    assert shows.medians(-1000) == {}
    assert shows.medians(None) == {}


def test_what_no_source_reported_has_no_median() -> None:
    shows = EarlierShows()
    shows.add(played(1000))
    found = at(shows, 20)
    assert "leads" not in found
    assert "roas" not in found
    assert "abandonment_10" not in found


def test_a_young_show_divides_by_the_minutes_it_had() -> None:
    shows = EarlierShows()
    shows.add(played(1000))
    assert at(shows, 4)["sales_per_minute"] == pytest.approx(1000)


def test_carts_left_count_as_on_the_desk() -> None:
    show = Show(Ledger(currency="BRL"))
    show.apply(attached("shop", *FACTS))
    for visit in range(30):
        show.apply(event(e.CartItemAdded, visit * 30, sku="mug", visit=visit))
        if visit % 3 == 0:
            show.apply(order(visit * 30 + 5, visit=visit))
    show.apply(order(40 * MINUTE))
    found = earlier_show(show)
    assert found is not None
    rate = found.values(20 * 60_000)["abandonment_10"]
    since, until = SHOW_START, SHOW_START + 10 * 60_000
    carts = show.cart_log.carts().as_of(SHOW_START + 20 * 60_000, since=since, until=until)
    assert rate == pytest.approx(carts.rate or 0)


def test_a_session_in_which_nothing_happened_is_no_show() -> None:
    assert earlier_show(Show()) is None


def test_the_same_ten_seconds_give_the_same_object() -> None:
    shows = EarlierShows()
    shows.add(played(1000))
    assert shows.medians(600_000) is shows.medians(609_999)
    assert shows.medians(600_000) is not shows.medians(610_000)
