"""Exports open elsewhere, whole, with every key as it is."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet
import pytest

from liveroom.analysis.export import export_session
from liveroom.models import events as e
from liveroom.session_file import installation_salt
from liveroom.store import SessionStore
from tests.factory import event, line, order, record

# Each differs from its neighbours only beyond the 53 bits of a float.
PEOPLE = [-(2**62) - 1, 2**62 + 1, 2**63 - 1, 5]
VISITS = [2**53 + 1, -(2**53) - 1]
EVENTS = [
    event(e.ProductListed, sku="007", name="Caneca Ção"),
    order(1, 1999, units=2, lines=(line("007", 2, 1999),), person=PEOPLE[0], visit=VISITS[0]),
    order(1, 2000, units=1, person=PEOPLE[1], visit=VISITS[1]),
    event(e.ChatPosted, 2, text="=1+1", person=PEOPLE[2]),
    event(e.ChatPosted, 3, text='ele disse "oi",\nfoi embora \x07', person=PEOPLE[3]),
]
KEYS = ["key", "visit", "person"]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "show.liveroom"
    record(path, EVENTS)
    return path


def recorded_keys(session: Path) -> list[tuple[int | None, ...]]:
    with sqlite3.connect(session) as connection:
        rows = connection.execute("SELECT key, visit, person FROM events ORDER BY seq").fetchall()
    connection.close()
    assert {row[2] for row in rows} == {None, *PEOPLE}
    return rows


def integers(frame: pd.DataFrame) -> list[tuple[int | None, ...]]:
    """Return keys that were integers; what was a float is no integer any more."""
    rows = frame[KEYS].astype(object).itertuples(index=False, name=None)
    return [tuple(None if pd.isna(key) else key for key in row) for row in rows]


def spelled(keys: list[tuple[int | None, ...]]) -> list[tuple[str | None, ...]]:
    return [tuple(None if key is None else f"k{key}" for key in row) for row in keys]


def test_csv_keeps_texts_and_leading_zeros(session: Path, tmp_path: Path) -> None:
    export_session(session, "csv", tmp_path / "out")
    lines = pd.read_csv(tmp_path / "out" / "order_lines.csv", dtype={"sku": str})
    assert lines["sku"].tolist() == ["007"]
    events = pd.read_csv(tmp_path / "out" / "events.csv")
    assert 'ele disse "oi",\nfoi embora \x07' in events["text"].tolist()


def test_parquet_keeps_types_even_of_empty_columns(session: Path, tmp_path: Path) -> None:
    export_session(session, "parquet", tmp_path / "out")
    events = duckdb.read_parquet(str(tmp_path / "out" / "events.parquet"))
    types = dict(zip(events.columns, map(str, events.types), strict=True))
    assert types["key"] == types["visit"] == types["person"] == types["viewers"] == "BIGINT"
    assert types["currency"] == types["text"] == types["label"] == "VARCHAR"
    found, _ = events.filter("kind = 'order_placed'").fetchall()
    assert found[events.columns.index("viewers")] is None


@pytest.mark.parametrize("reader", ["pyarrow", "pandas", "duckdb"])
def test_parquet_has_every_key_as_it_is(reader: str, session: Path, tmp_path: Path) -> None:
    export_session(session, "parquet", tmp_path / "out")
    path = tmp_path / "out" / "events.parquet"
    found: Any
    if reader == "duckdb":
        found = duckdb.sql(f"SELECT key, visit, person FROM '{path}' ORDER BY seq").fetchall()
    elif reader == "pyarrow":
        table = pyarrow.parquet.read_table(path, columns=KEYS)
        found = list(zip(*(table[name].to_pylist() for name in KEYS), strict=True))
    else:
        found = integers(pd.read_parquet(path))
    assert found == recorded_keys(session)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_key_is_a_text_that_nothing_rounds(kind: str, session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_session(session, kind, out)
    if kind == "csv":
        events = pd.read_csv(out / "events.csv")
    elif kind == "xlsx":
        events = pd.read_excel(out, sheet_name="events")
    else:
        events = pd.DataFrame(json.loads(out.read_text())["events"])
    assert integers(events) == spelled(recorded_keys(session))


def test_keys_of_csv_and_parquet_are_joined_in_sql(session: Path, tmp_path: Path) -> None:
    export_session(session, "csv", tmp_path / "texts")
    export_session(session, "parquet", tmp_path / "numbers")
    matches = duckdb.sql(
        f"SELECT COUNT(DISTINCT t.person) FROM '{tmp_path}/texts/events.csv' t"
        f" JOIN '{tmp_path}/numbers/events.parquet' n ON t.person = 'k' || n.person"
    )
    assert matches.fetchall() == [(len(PEOPLE),)]


def test_a_workbook_holds_no_formula(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    export_session(session, "xlsx", out)
    events = pd.read_excel(out, sheet_name="events")
    assert "=1+1" in events["text"].tolist()
    assert 'ele disse "oi",\nfoi embora ' in events["text"].tolist()


def test_json_is_one_object_without_the_salt(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    export_session(session, "json", out)
    body = json.loads(out.read_text())
    assert body["kpis"]["revenue_minor"] == 3999
    assert [one["sku"] for one in body["order_lines"]] == ["007"]
    assert "salt" not in out.read_text()


def test_the_copy_is_a_session_too(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.liveroom"
    export_session(session, "sqlite", out)
    with sqlite3.connect(out) as copy:
        assert copy.execute("SELECT revenue_minor FROM kpi_totals").fetchone() == (3999,)
    copy.close()
    assert recorded_keys(out) == recorded_keys(session)


def test_the_copy_leads_to_nobody(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.liveroom"
    export_session(session, "sqlite", out)
    salt = installation_salt()
    assert salt.encode() in session.read_bytes()
    # The first 64 bits seed the keys of facts; the other 192 keep people apart from their names.
    assert salt[16:].encode() not in out.read_bytes()
    store = SessionStore.read(out)
    store.close()
    assert len(bytes.fromhex(store.meta.salt)) == 32
    assert store.meta.salt[16:] != salt[16:]


def test_the_copy_still_takes_each_fact_once(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.liveroom"
    export_session(session, "sqlite", out)
    record(out, [*EVENTS, order(9, 1)])
    with sqlite3.connect(out) as copy:
        assert copy.execute("SELECT orders, revenue_minor FROM kpi_totals").fetchone() == (3, 4000)
    copy.close()
