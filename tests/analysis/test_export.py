"""Exports open elsewhere, whole, and never overwrite by accident."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from liveroom.analysis.export import export_session
from liveroom.errors import KnownError
from liveroom.models import events as e
from tests.factory import event, line, order, record

KINDS = ["csv", "parquet", "xlsx", "json", "sqlite"]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "show.liveroom"
    record(
        path,
        [
            event(e.ProductListed, sku="007", name="Caneca Ção"),
            order(1, 1999, units=2, lines=(line("007", 2, 1999),), person=-(2**62)),
            event(e.ChatPosted, 2, text="=1+1", person=5),
            event(e.ChatPosted, 3, text='ele disse "oi",\nfoi embora \x07', person=6),
        ],
    )
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_what_exists_is_not_replaced_without_being_told_to(
    kind: str, session: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.write_text("precious")
    with pytest.raises(KnownError, match="out exists; name another place or add --force"):
        export_session(session, kind, out)
    assert out.read_text() == "precious"
    assert export_session(session, kind, out, replace=True)


def test_a_session_is_not_exported_onto_itself(session: Path) -> None:
    before = session.read_bytes()
    with pytest.raises(KnownError, match="exists"):
        export_session(session, "sqlite", session, replace=True)
    assert session.read_bytes() == before


def test_a_folder_that_does_not_exist_is_named(session: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"there is no folder .*nowhere"):
        export_session(session, "csv", tmp_path / "nowhere" / "out")


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
    assert types["person"] == "BIGINT"
    assert types["currency"] == types["text"] == types["label"] == "VARCHAR"
    (found,) = events.filter("kind = 'order_placed'").fetchall()
    assert found[events.columns.index("person")] == -(2**62)
    assert found[events.columns.index("viewers")] is None


def test_a_workbook_holds_no_formula_and_no_rounded_key(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    export_session(session, "xlsx", out)
    events = pd.read_excel(out, sheet_name="events", dtype={"person": str})
    assert "=1+1" in events["text"].tolist()
    assert str(-(2**62)) in events["person"].tolist()


def test_json_is_one_object_without_the_salt(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    export_session(session, "json", out)
    body = json.loads(out.read_text())
    assert body["kpis"]["revenue_minor"] == 1999
    assert [one["sku"] for one in body["order_lines"]] == ["007"]
    assert "salt" not in out.read_text()


def test_the_copy_is_a_session_too(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.liveroom"
    export_session(session, "sqlite", out)
    with sqlite3.connect(out) as copy:
        assert copy.execute("SELECT revenue_minor FROM kpi_totals").fetchone() == (1999,)
    copy.close()
