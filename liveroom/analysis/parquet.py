"""Tables as Parquet files of one schema each, with every integer exact for every reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from liveroom.analysis.tables import REALS, TEXTS
from liveroom.store import SessionStore

if TYPE_CHECKING:
    import pandas as pd

_CHUNK = 50_000


def write_table(store: SessionStore, query: str, path: Path) -> None:
    """Write the result of a query as a Parquet file."""
    import fastparquet

    columns: list[str] = []
    for part, frame in enumerate(_frames(store, query)):
        columns = list(frame.columns)
        fastparquet.write(
            str(path),
            frame,
            append=part > 0,
            object_encoding="utf8",
            compression="SNAPPY",
            write_index=False,
        )
    # fastparquet notes nullable integers as plain ones; pandas would read them as decimals.
    fastparquet.update_file_custom_metadata(str(path), {"pandas": _pandas_schema(columns)})


def _frames(store: SessionStore, query: str) -> Iterator[pd.DataFrame]:
    """Yield a table as data frames: nullable integers, decimals and text."""
    import pandas as pd

    with store.query(query) as cursor:
        titles = [column[0] for column in cursor.description]
        while True:
            rows = cursor.fetchmany(_CHUNK)
            columns = zip(*rows, strict=True) if rows else [()] * len(titles)
            # Column by column: a frame made of rows takes integers with gaps for decimals first.
            yield pd.DataFrame(
                {
                    title: pd.Series(list(values), dtype=_kind(title))
                    for title, values in zip(titles, columns, strict=True)
                }
            )
            if len(rows) < _CHUNK:
                return


def _kind(column: str) -> str:
    if column in REALS:
        return "Float64"
    return "object" if column in TEXTS else "Int64"


_PANDAS_TYPES = {"Float64": "float64", "object": "unicode", "Int64": "int64"}


def _pandas_schema(columns: list[str]) -> str:
    """Return what pandas and its like keep in a file: the types that columns have in memory."""
    entry = {"name": None, "field_name": None, "metadata": None}
    return json.dumps(
        {
            "index_columns": [],
            "column_indexes": [entry | {"pandas_type": "unicode", "numpy_type": "object"}],
            "partition_columns": [],
            "columns": [
                entry
                | {
                    "name": name,
                    "field_name": name,
                    "pandas_type": _PANDAS_TYPES[_kind(name)],
                    "numpy_type": _kind(name),
                }
                for name in columns
            ],
        }
    )
