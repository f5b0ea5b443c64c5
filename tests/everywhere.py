"""Counts a session in every way there is (live, from the saved state, again, in SQL) and compares."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from liveroom.history import show_of
from liveroom.models import events as e
from liveroom.models.kpis import Kpis, kpis_of
from liveroom.models.levers import Levers
from liveroom.recorder import Recorder
from liveroom.store import SessionStore
from tests.factory import meta

RATES = {"USD": "5.25"}
Counted = tuple[Kpis, Levers]


def everywhere(*events: e.Event, stop_after: int | None = None) -> Kpis:
    """Record events, in two sittings if `stop_after` says so; return the key figures all agree on."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "show.liveroom"
        place = len(events) if stop_after is None else stop_after
        sittings = [events[:place], events[place:]]
        live = [_sit(path, sitting) for sitting in sittings][-1]
        assert _read(path) == live, "the saved state differs from the live count"
        with sqlite3.connect(path) as connection:
            connection.execute("DELETE FROM rollups")
        connection.close()
        assert _read(path) == live, "a full recount differs from the live count"
        compare_views(path, live[0])
    return live[0]


def _sit(path: Path, events: Sequence[e.Event]) -> Counted:
    recorder = Recorder(path, meta(rates=RATES), safe=False)
    recorder.take_in(events, threading.Event(), 0.1, lambda: None)
    assert not recorder.errors
    found = kpis_of(recorder.show), recorder.show.levers
    recorder.close()
    return found


def _read(path: Path) -> Counted:
    with closing(SessionStore.read(path)) as store:
        show = show_of(store)
    return kpis_of(show), show.levers


def compare_views(path: Path, kpis: Kpis) -> None:
    """Compare every cell of every key figure's view with what `kpis` says."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row

        def rows(query: str) -> list[dict[str, Any]]:
            return [dict(row) for row in connection.execute(query)]

        (totals,) = rows("SELECT * FROM kpi_totals")
        chat = {"chat_messages": kpis["chat"]["messages"], "chat_people": kpis["chat"]["people"]}
        assert _near(totals) == {name: (kpis | chat)[name] for name in totals}
        (audience,) = rows("SELECT * FROM kpi_audience")
        assert _near(audience) == {name: kpis["audience"][name] for name in audience}
        (carts,) = rows("SELECT * FROM kpi_abandonment")
        assert _near(carts) == kpis["abandonment"]
        people = {row.pop("who"): row for row in rows("SELECT * FROM kpi_new_and_returning")}
        assert people == {name: kpis[name] for name in ("new", "returning")}
        methods = {row.pop("method"): row for row in rows("SELECT * FROM kpi_by_method")}
        assert methods == kpis["by_method"]
        offers = {row.pop("offer_id"): row for row in rows("SELECT * FROM kpi_by_offer")}
        assert offers == kpis["by_offer"]
        (chat_view,) = rows("SELECT * FROM kpi_chat")
        assert chat_view == kpis["chat"]
        _compare_channels(rows("SELECT * FROM kpi_by_channel"), kpis["by_channel"])
        products = {row.pop("sku"): row for row in rows("SELECT * FROM kpi_by_product")}
        assert products == kpis["by_product"]
        _compare_minutes(rows("SELECT * FROM kpi_by_minute ORDER BY minute"), kpis["by_minute"])
        _compare_segments(rows("SELECT * FROM kpi_by_segment ORDER BY number"), kpis["by_segment"])


def _near(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
        for name, value in row.items()
    }


def _compare_channels(rows: list[dict[str, Any]], by_channel: Kpis) -> None:
    found = {(row.pop("channel"), row.pop("label")): row for row in rows}
    assert found == {
        (channel, label): row
        for channel, of_channel in by_channel.items()
        for label, row in of_channel["labels"].items()
    }


def _compare_minutes(rows: list[dict[str, Any]], by_minute: Kpis) -> None:
    assert [row["minute"] for row in rows] == by_minute["minute"]
    for name, values in by_minute.items():
        expected = [None] * len(rows) if values is None else values
        assert [_near(row)[name] for row in rows] == expected, name


def _compare_segments(rows: list[dict[str, Any]], by_segment: Kpis) -> None:
    found = [{name: row[name] for name in ("orders", "revenue_minor")} for row in rows]
    assert found == list(by_segment.values())
    for row, title in zip(rows, by_segment, strict=True):
        assert title == row["title"] or title.startswith(f"{row['title']} (")
