"""What is on air, and how worn the interest in it is."""

import pytest

from liveroom.models.simulation.running_order import RunningOrder
from tests.models.simulation.playing import first_show

MINUTE_MS = 60_000


def test_interest_used_up_comes_back_while_a_segment_rests() -> None:
    order = RunningOrder(first_show())
    order.take("fone", 0)
    assert order.age_minutes(8 * MINUTE_MS) == 8
    order.take("watch", 8 * MINUTE_MS)
    assert order.age_minutes(8 * MINUTE_MS) == 0
    order.take("fone", 23 * MINUTE_MS)  # rested for 15 minutes: 37 % of the wear is left
    assert order.age_minutes(23 * MINUTE_MS) == pytest.approx(8 * 0.3679, rel=0.001)
    assert order.age_minutes(25 * MINUTE_MS) == pytest.approx(8 * 0.3679 + 2, rel=0.001)


def test_plan_goes_on_in_the_order_that_the_producer_made() -> None:
    order = RunningOrder(first_show())
    assert order.advance(0).segment_id == "opening"
    order.move("recap", "fone")
    order.move("tablet", "")
    order.cut("watch")
    order.cut("opening")  # on air: it stays
    names = [segment.segment_id for segment in order.segments]
    assert names == [
        "opening",
        "recap",
        "fone",
        "caixa",
        "notebook",
        "monitor",
        "giveaway",
        "tablet",
    ]
    assert order.advance(4 * MINUTE_MS).segment_id == "recap"


@pytest.mark.parametrize(
    ("moved", "before"), [("nobody", "fone"), ("fone", "nobody"), ("fone", "fone")]
)
def test_move_that_names_what_is_not_there_changes_nothing(moved: str, before: str) -> None:
    order = RunningOrder(first_show())
    segments = order.segments
    order.move(moved, before)
    assert order.segments == segments


def test_cut_segments_shorten_the_planned_show() -> None:
    order = RunningOrder(first_show())
    before = order.planned_ms
    order.cut("recap")
    assert order.planned_ms == before - 2 * MINUTE_MS
