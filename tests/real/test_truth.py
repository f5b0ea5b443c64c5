"""Key figures equal the ground truth of every recording: counts and money exactly, ratios to 1e-6.

In the window that comes with the recording and in others, cut from a session of the whole recording
(`kpis --from --to`) and replayed by themselves (`replay --from --to`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from liveroom.models.window import parse_instant
from tests.real.recordings import RECORDINGS, kpis, minor, replay, truth, window_of

Replayed = Callable[[str], Path]

WINDOWS = {
    "gms": (
        ("2017-08-01 15:00", "2017-08-01 18:00"),
        ("2017-08-01 07:00", "2017-08-01 20:00"),
        ("2017-08-01 16:34", "2017-08-01 17:36"),
        ("2017-08-01 17:35:30", "2017-08-01 19:02:07"),
    ),
    "sgdq": (
        ("2018-06-30 18:00", "2018-06-30 21:00"),
        ("2018-06-27 12:00", "2018-06-27 12:30"),
        ("2018-06-27 20:50", "2018-06-28 03:45"),
        ("2018-06-24 16:00", "2018-06-24 20:00"),
    ),
    "agdq": (
        ("2018-01-10 18:00", "2018-01-10 21:00"),
        ("2018-01-13 22:13", "2018-01-14 05:02"),
    ),
    "uci": (
        ("2010-12-02 10:00", "2010-12-02 13:00"),
        ("2010-12-01 08:00", "2010-12-02 00:00"),
        ("2010-12-06 09:17", "2010-12-10 16:41"),
        ("2010-12-01 00:00", "2010-12-24 00:00"),
    ),
}
CASES = [(name, *span) for name, spans in WINDOWS.items() for span in spans]


@pytest.mark.parametrize(("name", "start", "end"), CASES)
def test_a_window_of_the_whole_session_equals_the_truth(
    name: str, start: str, end: str, replayed: Replayed, shared_data: Path, tmp_path: Path
) -> None:
    recording = RECORDINGS[name]
    expected = truth(recording, shared_data, tmp_path, start, end)
    CHECKS[name](kpis(replayed(name), window_of(recording, start, end)), expected)


@pytest.mark.parametrize(("name", "start", "end"), CASES)
def test_a_window_replayed_by_itself_equals_the_truth(
    name: str, start: str, end: str, shared_data: Path, tmp_path: Path
) -> None:
    recording = RECORDINGS[name]
    expected = truth(recording, shared_data, tmp_path, start, end)
    window = window_of(recording, start, end)
    session = replay(recording.source(shared_data), tmp_path / "window.liveroom", window)
    CHECKS[name](kpis(session), expected)


def test_the_truth_that_comes_with_the_recordings_is_the_one_computed_here(
    shared_data: Path, tmp_path: Path
) -> None:
    for name in ("gms", "sgdq", "uci"):
        start, end = WINDOWS[name][0]
        computed = truth(RECORDINGS[name], shared_data, tmp_path, start, end)
        stored = (shared_data / RECORDINGS[name].folder / "truth.json").read_text()
        assert json.loads(stored) == computed


def test_clicks_carts_and_orders_of_the_otto_sessions(
    replayed: Replayed, shared_data: Path, tmp_path: Path
) -> None:
    found = kpis(replayed("otto"))
    expected = truth(RECORDINGS["otto"], shared_data, tmp_path)
    assert found["visits"] == expected["sessions"]
    assert found["product_clicks"] == expected["by_type"]["clicks"]
    assert found["cart_adds"] == expected["by_type"]["carts"]
    assert found["orders"] == expected["by_type"]["orders"]
    assert found["revenue_minor"] is None
    assert found["net_revenue_minor"] is None
    assert found["average_order_value_minor"] is None
    assert found["orders"] / found["cart_adds"] == pytest.approx(
        expected["cart_to_order"], abs=1e-6
    )
    assert len(found["by_product"]) == expected["products"]
    for row in expected["top_clicks"]:
        assert found["by_product"][str(row["aid"])]["clicks"] == row["n"]
    for row in expected["top_orders"]:
        assert found["by_product"][str(row["aid"])]["orders"] == row["n"]


def test_a_window_of_the_otto_sessions(replayed: Replayed, shared_data: Path) -> None:
    lines = pd.read_json(RECORDINGS["otto"].source(shared_data), lines=True)
    events = pd.json_normalize(lines.explode("events")["events"].tolist()).assign(
        session=lines.explode("events")["session"].tolist()
    )
    start, end = "2022-08-05 10:00", "2022-08-12 10:00"
    low, high = parse_instant(start, "UTC"), parse_instant(end, "UTC")
    inside = events[(events["ts"] >= low) & (events["ts"] < high)]
    found = kpis(replayed("otto"), window_of(RECORDINGS["otto"], start, end))
    kinds = inside["type"].value_counts()
    assert found["product_clicks"] == kinds["clicks"]
    assert found["cart_adds"] == kinds["carts"]
    assert found["carts"] == inside[inside["type"] == "carts"]["session"].nunique()


def test_messages_and_people_of_the_chat(
    replayed: Replayed, shared_data: Path, tmp_path: Path
) -> None:
    found = kpis(replayed("irc"))
    expected = truth(RECORDINGS["irc"], shared_data, tmp_path)
    assert found["chat"]["messages"] == expected["messages"]
    assert found["chat"]["people"] == expected["users"]
    assert found["chat"]["peak_per_minute"] == expected["per_minute_peak"]["n"]
    assert found["chat"]["peak_at"] == "2008-04-27T06:44:00Z"  # 04:46 + 118 minutes
    per_minute = {int(minute): n for minute, n in expected["per_minute"].items()}
    assert found["by_minute"]["chat_messages"] == [per_minute[m] for m in sorted(per_minute)]


def check_gms(found: dict[str, Any], expected: dict[str, Any]) -> None:
    kinds = expected["hits_by_kind"]
    assert found["currency"] == "USD"
    assert found["visits"] == expected["sessions_started"]
    assert found["visitors"] == expected["visitors_started"]
    assert found["product_views"] == expected["product_views"] == kinds.get("product_view", 0)
    assert found["product_clicks"] == kinds.get("product_click", 0)
    assert found["cart_adds"] == expected["cart_adds"]
    assert found["cart_units"] == expected["cart_units"]
    assert found["carts"] == expected["sessions_with_cart"]
    assert found["cart_removals"] == kinds.get("remove_from_cart", 0)
    assert found["checkouts"] == kinds.get("checkout", 0)
    assert found["orders"] == expected["orders"]
    assert found["units"] == expected["units"]
    assert found["revenue_minor"] == minor(expected["revenue"])
    assert found["average_order_value_minor"] == minor(expected["aov"])
    assert found["conversion_rate"] == pytest.approx(expected["conversion"], abs=1e-6)
    assert found["audience"]["peak"] == expected["audience_derived_peak"]
    assert round(found["audience"]["mean"], 2) == expected["audience_derived_mean"]
    labels = {
        label: row
        for channel in found["by_channel"].values()
        for label, row in channel["labels"].items()
    }
    for label, row in expected["by_channel"].items():
        if row["sessions"] or row["orders"]:
            assert labels[label]["visits"] == row["sessions"], label
            assert labels[label]["orders"] == row["orders"], label
            assert labels[label]["revenue_minor"] == minor(row["revenue"]), label
    for ranking, name in (
        ("top_units", "units"),
        ("top_cart_rows", "cart_adds"),
        ("top_views", "views"),
    ):
        for row in expected[ranking]:
            assert found["by_product"][row["sku"]][name] == row["units"], (ranking, row)
    minutes = found["by_minute"]
    orders = {
        minute.replace("T", " ").removesuffix("Z"): n
        for minute, n in zip(minutes["minute"], minutes["orders"], strict=True)
        if n
    }
    assert orders == expected["orders_by_minute"]


def check_gdq(found: dict[str, Any], expected: dict[str, Any]) -> None:
    audience, chat = found["audience"], found["chat"]
    assert audience["samples"] == expected["viewer_samples"]
    assert audience["first"] == expected["viewers_first"]
    assert audience["last"] == expected["viewers_last"]
    assert round(audience["mean"], 2) == expected["viewers_mean"]
    assert audience["peak"] == expected["viewers_peak"]["value"]
    assert _instant(audience["peak_at"]) == _instant(expected["viewers_peak"]["at"])
    assert chat["messages"] == expected["chats"]
    assert chat["people"] is None
    assert chat["peak_per_minute"] == expected["chats_per_minute_peak"]["value"]
    assert _instant(chat["peak_at"]) == _instant(expected["chats_per_minute_peak"]["at"])
    assert found["orders"] == expected["orders"]
    assert found["revenue_minor"] == minor(expected["revenue"])
    assert found["average_order_value_minor"] == minor(expected["aov"])
    assert found["visits"] is None
    assert found["conversion_rate"] is None
    assert max(found["by_minute"]["orders"]) == expected["orders_per_minute_peak"]["value"]
    segments = {row["segment"]: row for row in expected["segments"]}
    on_air = {title: row for title, row in found["by_segment"].items() if title in segments}
    assert set(on_air) == set(segments)
    for title, row in segments.items():
        assert on_air[title]["orders"] == row["orders"], title
        assert on_air[title]["revenue_minor"] == minor(row["revenue"]), title


def check_uci(found: dict[str, Any], expected: dict[str, Any]) -> None:
    assert found["currency"] == "GBP"
    assert found["orders"] == expected["orders"]
    assert found["cancellations"] == expected["cancellations"]
    assert found["units"] == expected["units"]
    assert found["revenue_minor"] == minor(expected["gross"])
    assert found["cancelled_minor"] == -minor(expected["cancelled"])
    assert found["net_revenue_minor"] == minor(expected["net"])
    assert found["average_order_value_minor"] == minor(expected["aov"])
    assert found["customers"] == expected["customers"]
    assert found["visits"] is None
    products = found["by_product"]
    assert sum(row["units"] for row in products.values()) == expected["product_units"]
    for row in expected["top_units"]:
        assert products[row["sku"]]["units"] == row["units"], row
    for row in expected["top_revenue"]:
        assert products[row["sku"]]["revenue_minor"] == minor(row["revenue"]), row
    assert max(found["by_minute"]["orders"]) == expected["orders_per_minute_peak"]


CHECKS = {"gms": check_gms, "sgdq": check_gdq, "agdq": check_gdq, "uci": check_uci}


def _instant(text: str) -> int:
    return parse_instant(text.replace(" ", "T"), "UTC")
