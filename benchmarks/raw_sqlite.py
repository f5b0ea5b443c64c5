"""The limit of recording: the very same rows written by sqlite3.executemany and nothing else."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.mix import CURRENCY
from liveroom.models.events import Event, OrderCancelled, OrderPlaced
from liveroom.models.money import Ledger
from liveroom.rows import COLUMNS, ENCODERS, LINE_COLUMNS, Row, encode_lines

BATCH = 1000

Batches = list[tuple[list[Row], list[Row]]]


def batches_of(events: Iterable[Event]) -> Batches:
    """Return the rows that a session makes of events, a thousand events at a time."""
    ledger = Ledger(currency=CURRENCY, rates={})
    batches: Batches = []
    for seq, event in enumerate(events, 1):
        if seq % BATCH == 1:
            batches.append(([], []))
        # Any 64-bit number does for the key: it takes as much room as a real one.
        key = (seq * 0x9E3779B97F4A7C15 & (1 << 64) - 1) - (1 << 63)
        batches[-1][0].append(ENCODERS[type(event)](seq, key, event, ledger))
        if isinstance(event, OrderPlaced | OrderCancelled):
            batches[-1][1].extend(encode_lines(seq, event, ledger))
    return batches


def batches_in(path: Path) -> Batches:
    """Return the rows of a session file, a thousand events at a time."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT * FROM events ORDER BY seq").fetchall()
        lines = connection.execute("SELECT * FROM order_lines ORDER BY number").fetchall()
    connection.close()
    starts = range(0, len(rows), BATCH)
    batches: Batches = [(rows[start : start + BATCH], []) for start in starts]
    of_event = LINE_COLUMNS.index("seq")
    place = {row[0]: number // BATCH for number, row in enumerate(rows)}
    for line in lines:
        batches[place[line[of_event]]][1].append(line)
    return batches


def seconds_to_write(
    batches: Sequence[tuple[list[Row], list[Row]]], path: Path, unique: bool
) -> float:
    """Write rows into a new file in batches and close it; `unique` keeps (source, source_id) so."""
    path.unlink(missing_ok=True)
    marks = ", ".join("?" * len(COLUMNS))
    line_marks = ", ".join("?" * len(LINE_COLUMNS))
    insert = "INSERT OR IGNORE" if unique else "INSERT"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    for table, (key, *others) in (("events", COLUMNS), ("order_lines", LINE_COLUMNS)):
        columns = ", ".join((f"{key} INTEGER PRIMARY KEY", *others))
        connection.execute(f"CREATE TABLE {table} ({columns})")
    if unique:
        connection.execute("CREATE UNIQUE INDEX facts ON events (source, source_id)")
    began = time.perf_counter()
    for rows, lines in batches:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"{insert} INTO events VALUES ({marks})", rows)
        if lines:
            connection.executemany(f"{insert} INTO order_lines VALUES ({line_marks})", lines)
        connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - began
