"""Minute counters of a live stream equal their ground truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liveroom.models.events import (
    AudienceMeasured,
    ChatPosted,
    OrderPlaced,
    RunOfShowChanged,
    SegmentStarted,
)
from tests.connectors.table_helpers import Replay, at_ms
from tests.connectors.table_recordings import cents, played, truth_of

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def gdq(shared_data: Path) -> Replay:
    source = shared_data / "gdq_live" / "sgdq2018_timeseries.csv"
    return played(source, "2018-06-30T18:00Z", "2018-06-30T21:00Z")


@pytest.fixture(scope="module")
def gdq_whole(shared_data: Path) -> Replay:
    return played(shared_data / "gdq_live" / "sgdq2018_timeseries.csv")


@pytest.fixture(scope="module")
def gdq_truth(shared_data: Path) -> dict[str, Any]:
    return truth_of(shared_data / "gdq_live")


def test_viewers_are_sampled_as_recorded(gdq: Replay, gdq_truth: dict[str, Any]) -> None:
    viewers = [sample.viewers for sample in gdq.of(AudienceMeasured)]
    assert len(viewers) == gdq_truth["viewer_samples"]
    assert viewers[0] == gdq_truth["viewers_first"]
    assert viewers[-1] == gdq_truth["viewers_last"]
    assert max(viewers) == gdq_truth["viewers_peak"]["value"]
    assert round(sum(viewers) / len(viewers), 2) == gdq_truth["viewers_mean"]


def test_minute_counts_and_running_totals_become_counts_of_the_window(
    gdq: Replay, gdq_truth: dict[str, Any]
) -> None:
    chats, orders = gdq.of(ChatPosted), gdq.of(OrderPlaced)
    assert sum(chat.count for chat in chats) == gdq_truth["chats"]
    assert max(chat.count for chat in chats) == gdq_truth["chats_per_minute_peak"]["value"]
    assert sum(order.count for order in orders) == gdq_truth["orders"]
    assert sum(order.amount_minor or 0 for order in orders) == cents(gdq_truth["revenue"])
    assert max(order.count for order in orders) == gdq_truth["orders_per_minute_peak"]["value"]


def test_rows_out_of_order_are_played_in_order(
    gdq_whole: Replay, gdq_truth: dict[str, Any]
) -> None:
    whole = gdq_truth["whole_file"]
    assert whole["unsorted"]
    assert whole["gaps_over_60s"] > 0
    received = [event.received_at for event in gdq_whole.events]
    assert received == sorted(received)
    samples = gdq_whole.of(AudienceMeasured)
    assert samples[0].occurred_at == at_ms(whole["first"])


def test_blank_viewers_are_no_sample_and_a_zero_is_one(
    gdq_whole: Replay, gdq_truth: dict[str, Any], shared_data: Path
) -> None:
    whole = gdq_truth["whole_file"]
    samples = gdq_whole.of(AudienceMeasured)
    assert len(samples) == whole["rows"] - whole["blanks"]
    assert max(sample.viewers for sample in samples) == whole["peak_viewers"]
    path = shared_data / "gdq_live" / "sgdq2018_timeseries.csv"
    rows = [line.split(",") for line in path.read_text().splitlines()[1:]]
    zeros = sum(row[1] == "0" for row in rows)
    assert zeros > 0
    assert sum(sample.viewers == 0 for sample in samples) == zeros


@pytest.mark.parametrize("name", ["sgdq2018", "agdq2018"])
def test_totals_that_step_back_end_at_their_highest(name: str, shared_data: Path) -> None:
    orders = played(shared_data / "gdq_live" / f"{name}_timeseries.csv").of(OrderPlaced)
    path = shared_data / "gdq_live" / f"{name}_timeseries.csv"
    rows = sorted(line.replace('"', "").split(",") for line in path.read_text().splitlines()[1:])
    counts = [int(row[5]) for row in rows if row[5]]
    amounts = [cents(float(row[6])) for row in rows if row[6]]
    assert sum(order.count for order in orders) == max(counts) - counts[0]
    assert sum(order.amount_minor or 0 for order in orders) == max(amounts) - amounts[0]
    assert all(order.count >= 0 and (order.amount_minor or 0) >= 0 for order in orders)


def test_the_segment_on_air_at_the_start_is_known(gdq: Replay, gdq_truth: dict[str, Any]) -> None:
    (plan,) = gdq.of(RunOfShowChanged)
    titles = {segment.segment_id: segment.title for segment in plan.segments}
    assert len(titles) == len(plan.segments) == 153
    cues = gdq.of(SegmentStarted)
    start, end = (at_ms(f"{text}Z") for text in gdq_truth["window_utc"])
    before = [cue for cue in cues if cue.occurred_at < start]
    within = [cue for cue in cues if start <= cue.occurred_at < end]
    assert before + within == cues
    aired = [titles[cue.segment_id] for cue in (before[-1], *within)]
    assert aired == [segment["segment"] for segment in gdq_truth["segments"]]
    assert {cue.received_at for cue in before} == {gdq.events[0].received_at}
    bounds = [start, within[0].occurred_at, end]
    for wanted, low, high in zip(gdq_truth["segments"], bounds, bounds[1:], strict=False):
        orders = [o for o in gdq.of(OrderPlaced) if low <= o.occurred_at < high]
        assert sum(order.count for order in orders) == wanted["orders"]
        assert sum(order.amount_minor or 0 for order in orders) == cents(wanted["revenue"])
