"""Running totals become differences."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from liveroom.connectors.tables.counters import rises
from liveroom.models.events import (
    OrderPlaced,
)
from tests.connectors.table_helpers import (
    HEAD,
    replay,
    table,
)

COUNTERS = (
    HEAD
    + """
[[events]]
event = "order"
count = { column = "n", step_back = "correction" }
amount = { column = "sum", step_back = "correction" }
"""
)


def test_running_totals_become_differences_in_time_order(tmp_path: Path) -> None:
    rows = ["30,7,70.00", "10,5,50.00", "20,6,60.10", "40,,", "50,4,69.00", "60,8,70.50", "70,8,71"]
    played = replay(table(tmp_path, "at,n,sum", *rows), COUNTERS)
    assert [(o.occurred_at // 1000, o.count, o.amount_minor) for o in played.of(OrderPlaced)] == [
        (20, 1, 1010),
        (30, 1, 990),
        (60, 1, 50),
        (70, 0, 50),
    ]


def test_a_counter_that_restarts_goes_on_from_zero(tmp_path: Path) -> None:
    mapping = COUNTERS.replace("correction", "restart")
    played = replay(table(tmp_path, "at,n,sum", "1,5,50", "2,7,70", "3,2,20", "4,3,30"), mapping)
    assert [(o.count, o.amount_minor) for o in played.of(OrderPlaced)] == [
        (2, 2000),
        (2, 2000),
        (1, 1000),
    ]


def test_running_totals_of_several_things_are_kept_apart(tmp_path: Path) -> None:
    mapping = HEAD + (
        '[[events]]\nevent = "product_click"\nsku = "sku"\n'
        'count = { column = "n", step_back = "correction", per = "sku" }\n'
    )
    rows = ["1,a,10", "1,b,100", "2,a,11", "2,b,105"]
    played = replay(table(tmp_path, "at,sku,n", *rows), mapping)
    assert [(e.sku, e.count) for e in played.events] == [("a", 1), ("b", 5)]  # type: ignore[attr-defined]


def test_the_baseline_of_a_window_is_the_last_row_before_it(tmp_path: Path) -> None:
    source = table(tmp_path, "at,n,sum", "10,5,50", "20,9,90", "30,10,100", "40,12,120")
    played = replay(source, COUNTERS, from_ms=30_000, to_ms=40_000)
    assert [(o.count, o.amount_minor) for o in played.of(OrderPlaced)] == [(1, 1000)]


def test_a_broken_total_is_covered_by_the_next_one(tmp_path: Path) -> None:
    played = replay(table(tmp_path, "at,n,sum", "1,5,50", "2,x,60", "3,7,70"), COUNTERS)
    assert [(o.count, o.amount_minor) for o in played.of(OrderPlaced)] == [(2, 2000)]
    assert len(played.set_aside) == 1


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9)), max_size=60))
def test_corrected_totals_rise_to_their_maximum(totals: list[int | None]) -> None:
    known = [total for total in totals if total is not None]
    risen = list(rises(totals, "correction"))
    assert len(risen) == len(totals)
    assert all(rise >= 0 for rise in risen)
    assert sum(risen) == (max(known) - known[0] if known else 0)


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=1, max_size=9), min_size=1, max_size=9))
def test_restarted_totals_add_up_run_by_run(runs: list[list[int]]) -> None:
    # A restart shows only where the counter falls: every run ends far above the next one's start.
    runs = [[*sorted(run), 10**7] for run in runs]
    totals = [total for run in runs for total in run]
    assert sum(rises(totals, "restart")) == 10**7 * len(runs) - totals[0]
