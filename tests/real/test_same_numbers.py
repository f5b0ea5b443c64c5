"""The panels (read from their widgets), `kpis`, the SQL views and every export say the same numbers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from liveroom.analysis.export import TABLES, export_session
from liveroom.models.facts import Mode
from liveroom.recorder import Recorder
from liveroom.session_file import new_meta
from liveroom.ui import format as fmt
from liveroom.ui.main_window import MainWindow
from tests.real.recordings import kpis

Tables = dict[str, pd.DataFrame]
NAMES = ("gms", "sgdq", "uci", "otto", "irc")


def from_views(session: Path) -> Tables:
    with sqlite3.connect(session) as connection:
        tables = {name: pd.read_sql(query, connection) for name, query in TABLES.items()}
    connection.close()
    return tables


def from_csv(session: Path, out: Path) -> Tables:
    export_session(session, "csv", out)
    return {name: pd.read_csv(out / f"{name}.csv", dtype=_TEXT) for name in TABLES}


def from_parquet(session: Path, out: Path) -> Tables:
    export_session(session, "parquet", out)
    return {name: duckdb.read_parquet(str(out / f"{name}.parquet")).df() for name in TABLES}


def from_xlsx(session: Path, out: Path) -> Tables:
    export_session(session, "xlsx", out)
    return pd.read_excel(out, sheet_name=None, dtype=_TEXT)


def from_sqlite(session: Path, out: Path) -> Tables:
    export_session(session, "sqlite", out)
    return from_views(out)


_TEXT = dict.fromkeys(("sku", "order_id", "source_id", "label", "segment_id"), str)
READERS: dict[str, Callable[[Path, Path], Tables]] = {
    "views": lambda session, out: from_views(session),
    "csv": from_csv,
    "parquet": from_parquet,
    "xlsx": from_xlsx,
    "sqlite": from_sqlite,
}


def known(value: Any) -> Any:
    """Return a cell as Python has it: missing is None, whole numbers are int."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, str):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def only_row(frame: pd.DataFrame) -> pd.Series:
    """Return a table's one row; a sheet cannot hold one of which nothing is known."""
    assert len(frame) <= 1
    return frame.reindex([0]).iloc[0]


# Two more in a workbook would only take a minute longer: reading one back is that slow.
@pytest.mark.parametrize(
    ("name", "reader"),
    [(n, r) for n in NAMES for r in READERS if r != "xlsx" or n in ("gms", "otto", "irc")],
)
def test_views_and_exports_say_what_kpis_says(
    name: str, reader: str, replayed: Callable[[str], Path], tmp_path: Path
) -> None:
    session = replayed(name)
    expected = kpis(session)
    tables = READERS[reader](session, tmp_path / f"out.{'xlsx' if reader == 'xlsx' else 'd'}")
    compare_totals(tables, expected)
    compare_breakdowns(tables, expected)
    assert len(tables["events"]) == Events(session).count


class Events:
    """How many events a session holds, asked of the file itself."""

    def __init__(self, session: Path) -> None:
        with sqlite3.connect(session) as connection:
            (self.count,) = connection.execute("SELECT COUNT(*) FROM events").fetchone()
        connection.close()


def compare_totals(tables: Tables, expected: dict[str, Any]) -> None:
    totals = only_row(tables["kpi_totals"])
    for name in set(totals.index) & set(expected) - {"average_order_value_minor"}:
        value = known(totals[name])
        assert value == pytest.approx(expected[name], abs=1e-9), name
    mean = known(totals["average_order_value_minor"])
    assert (None if mean is None else round(mean)) == expected["average_order_value_minor"]
    audience = only_row(tables["kpi_audience"])
    for name in ("first", "last", "mean", "peak", "peak_at"):
        found = known(audience[name])
        if isinstance(found, float):
            assert found == pytest.approx(expected["audience"][name])
        else:
            assert found == expected["audience"][name], name
    chat = only_row(tables["kpi_chat"])
    for name in ("messages", "people", "peak_per_minute", "peak_at"):
        assert known(chat[name]) == expected["chat"][name], name


def compare_breakdowns(tables: Tables, expected: dict[str, Any]) -> None:
    channels = {
        (row["channel"], known(row["label"]) or ""): [
            known(row[n]) for n in ("visits", "orders", "revenue_minor")
        ]
        for _, row in tables["kpi_by_channel"].iterrows()
    }
    assert channels == {
        (channel, label): [row["visits"], row["orders"], row["revenue_minor"]]
        for channel, of_channel in expected["by_channel"].items()
        for label, row in of_channel["labels"].items()
    }
    names = ("impressions", "views", "clicks", "cart_adds", "orders", "units", "revenue_minor")
    assert {
        row["sku"]: [known(row[name]) for name in names]
        for _, row in tables["kpi_by_product"].iterrows()
    } == {sku: [row[name] for name in names] for sku, row in expected["by_product"].items()}
    minutes, by_minute = tables["kpi_by_minute"], expected["by_minute"]
    assert minutes["minute"].tolist() == by_minute["minute"]
    for name in ("visits", "orders", "units", "chat_messages", "revenue_minor"):
        if by_minute[name] is not None:
            assert [known(value) for value in minutes[name]] == by_minute[name], name
    assert {
        row["title"]: {name: known(row[name]) for name in ("orders", "revenue_minor")}
        for _, row in tables["kpi_by_segment"].iterrows()
    } == expected["by_segment"]


@pytest.mark.parametrize("name", NAMES)
def test_the_json_export_holds_what_kpis_prints(
    name: str, replayed: Callable[[str], Path], tmp_path: Path
) -> None:
    session = replayed(name)
    export_session(session, "json", tmp_path / "out.json")
    exported = json.loads((tmp_path / "out.json").read_text())
    assert exported["kpis"] == json.loads(json.dumps(kpis(session)))
    assert len(exported["events"]) == Events(session).count
    assert "salt" not in exported["session"]


@pytest.mark.parametrize("name", ["gms", "uci", "irc"])
def test_every_export_has_the_same_keys(
    name: str, replayed: Callable[[str], Path], tmp_path: Path
) -> None:
    session, columns = replayed(name), ["key", "visit", "person"]
    for kind in ("csv", "json", "parquet", "sqlite"):
        export_session(session, kind, tmp_path / kind)
    with sqlite3.connect(tmp_path / "sqlite") as copy:
        query = f"SELECT {', '.join(columns)} FROM events ORDER BY seq"
        expected = pd.DataFrame(copy.execute(query).fetchall(), columns=columns, dtype=object)
    copy.close()
    found = pd.read_parquet(tmp_path / "parquet" / "events.parquet")[columns].astype(object)
    spelled = expected.map(lambda key: None if pd.isna(key) else f"k{key}")
    exported = json.loads((tmp_path / "json").read_text())["events"]
    assert expected["person"].notna().any()
    assert plain(found) == plain(expected)
    assert plain(pd.read_csv(tmp_path / "csv" / "events.csv")[columns]) == plain(spelled)
    assert plain(pd.DataFrame(exported)[columns]) == plain(spelled)


def plain(frame: pd.DataFrame) -> list[list[Any]]:
    """Return a table of keys as Python has them: a float would differ."""
    return [[None if pd.isna(key) else key for key in frame[name].astype(object)] for name in frame]


@pytest.mark.parametrize("name", NAMES)
def test_the_panels_show_what_kpis_prints(
    name: str, replayed: Callable[[str], Path], tmp_path: Path, qtbot: QtBot
) -> None:
    session = replayed(name)
    expected = kpis(session)
    shown = read_panels(session, tmp_path, qtbot)
    money = expected["currency"]
    strip = shown["kpi_strip"]
    assert strip["orders"] == count(expected["orders"])
    assert strip["visits"] == count(expected["visits"])
    assert strip["revenue"] == amount(expected["revenue_minor"], money)
    assert strip["average_order_value"] == amount(expected["average_order_value_minor"], money)
    rate = expected["conversion_rate"]
    assert strip["conversion"] == ("unknown" if rate is None else fmt.percent(rate))
    assert strip["audience"] == count(expected["audience"]["last"])
    if expected["audience"]["peak"] is not None:
        assert f"PCU {fmt.count(expected['audience']['peak'])}" in strip["audience.caption"]
    for channel, row in expected["by_channel"].items():
        assert shown["channels"][f"{channel}.orders"] == count(row["orders"])
        if row["visits"] is not None:
            assert shown["channels"][f"{channel}.visits"] == count(row["visits"])
    compare_board(shown["products"], expected["by_product"], money)
    for place, (title, row) in enumerate(expected["by_segment"].items()):
        segment = segment_of(shown["run_of_show"], title)
        assert segment["revenue"] == bare(row["revenue_minor"], money), (place, title)


def compare_board(board: dict[str, str], products: dict[str, Any], money: str) -> None:
    skus = {key.rsplit(".", 1)[0] for key in board} & set(products)
    assert len(skus) >= min(len(products), 20)
    for sku in skus:
        row = products[sku]
        assert board[f"{sku}.orders"] == count(row["orders"]), sku
        assert board[f"{sku}.units"] == count(row["units"]), sku
        assert board[f"{sku}.clicks"] == count(row["clicks"]), sku
        assert board[f"{sku}.views"] == count(row["views"]), sku
        assert board[f"{sku}.revenue"] == bare(row["revenue_minor"], money), sku


def segment_of(numbers: dict[str, str], title: str) -> dict[str, str]:
    """Return what the run of show displays of a segment, by its title."""
    ids = [key.rsplit(".", 1)[0] for key, text in numbers.items() if text == title]
    assert ids, f"{title} is not on the run of show"
    return {
        key.rsplit(".", 1)[1]: text for key, text in numbers.items() if key.startswith(f"{ids[0]}.")
    }


def read_panels(session: Path, folder: Path, qtbot: QtBot) -> dict[str, dict[str, str]]:
    recorder = Recorder(session, new_meta(Mode.DEBRIEF, "Looked at"), safe=False)
    snapshot = recorder.snapshot(recorder.show.last_at or 0)
    recorder.close()
    settings = QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda command: None, settings, mode=Mode.DEBRIEF)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    window.finish_building()
    window.show_snapshot(snapshot)
    numbers = window.numbers()
    window.close()
    return numbers


def count(value: int | None) -> str:
    return "unknown" if value is None else fmt.count(value)


def amount(value: int | None, currency: str) -> str:
    return "unknown" if value is None else fmt.money(value, currency)


def bare(value: int | None, currency: str) -> str:
    return "unknown" if value is None else fmt.amount(value, currency)
