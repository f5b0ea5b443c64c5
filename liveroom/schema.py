"""The schema of a session file, one function per change; applied in order, never edited once released.

Plain SQL on a plain connection: a new file is made without importing sqlite_utils, which takes a second
(it imports pandas). An older file is brought up to date by `liveroom.migrations`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from liveroom.models.events import EVENT_TYPES
from liveroom.models.money import Ledger
from liveroom.rows import KINDS
from liveroom.views import VIEWS

MIGRATION_SET = "liveroom"


def _events(connection: sqlite3.Connection) -> None:
    """Create the tables of events, saved state and what the file is."""
    for statement in """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
        CREATE TABLE kinds (kind TEXT PRIMARY KEY, fact TEXT) WITHOUT ROWID;
        CREATE TABLE counting (fact TEXT PRIMARY KEY, source TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY,
            key INTEGER NOT NULL,
            source TEXT NOT NULL,
            source_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            occurred_at INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            count INTEGER,
            viewers INTEGER,
            sku TEXT,
            visit INTEGER,
            person INTEGER,
            channel TEXT,
            label TEXT,
            order_id TEXT,
            units INTEGER,
            amount_minor INTEGER,
            currency TEXT,
            value_minor INTEGER,
            text TEXT,
            extra TEXT
        );
        CREATE TABLE order_lines (
            number INTEGER PRIMARY KEY,
            seq INTEGER NOT NULL,
            line INTEGER NOT NULL,
            sku TEXT NOT NULL,
            units INTEGER NOT NULL,
            amount_minor INTEGER,
            value_minor INTEGER,
            is_product INTEGER NOT NULL
        );
        CREATE TABLE set_aside (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            reason TEXT NOT NULL,
            payload TEXT NOT NULL,
            UNIQUE (source, reason, payload)
        );
        CREATE TABLE seen_keys (
            chunk INTEGER PRIMARY KEY,
            last_seq INTEGER NOT NULL,
            keys BLOB NOT NULL
        );
        CREATE TABLE rollups (
            name TEXT PRIMARY KEY,
            version INTEGER NOT NULL,
            last_seq INTEGER NOT NULL,
            body BLOB NOT NULL
        ) WITHOUT ROWID
        """.split(";"):
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO kinds VALUES (?, ?)",
        [(KINDS[kind], kind.fact.value) for kind in EVENT_TYPES if kind.fact],
    )


def _views(connection: sqlite3.Connection) -> None:
    """Create the views with the key figures, replacing any of the same name that differ."""
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
    for name, query in VIEWS.items():
        statement = f"CREATE VIEW {name} AS {query}".strip()
        if found.get(name) != statement:
            connection.execute(f"DROP VIEW IF EXISTS {name}")
            connection.execute(statement)


def _what_the_desk_knows(connection: sqlite3.Connection) -> None:
    """Take in reactions, leads, failed payments, stock, ad spend and what products cost."""
    connection.executemany(
        "INSERT OR IGNORE INTO kinds VALUES (?, ?)",
        [(KINDS[kind], kind.fact.value) for kind in EVENT_TYPES if kind.fact],
    )
    # What a listing costs in the session's currency used not to be worked out; the views need it.
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    ledger = Ledger(currency=meta.get("currency"), rates=json.loads(meta.get("rates") or "{}"))
    listed = connection.execute(
        "SELECT json_extract(extra, '$.cost_minor'), currency, seq FROM events"
        " WHERE kind = 'product_listed' AND json_extract(extra, '$.cost_minor') IS NOT NULL"
    ).fetchall()
    connection.executemany(
        "UPDATE events SET value_minor = ? WHERE seq = ?",
        [(ledger.value(cost, currency), seq) for cost, currency, seq in listed],
    )
    _views(connection)


def _clock_shifts(connection: sqlite3.Connection) -> None:
    """Take in by how much a source's facts are counted earlier than it says."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS clock_shifts"
        " (source TEXT PRIMARY KEY, shift_ms INTEGER NOT NULL) WITHOUT ROWID"
    )
    _views(connection)


def _unread_ad_accounts(connection: sqlite3.Connection) -> None:
    """Tell ad spend that no account has reported yet from none."""
    _views(connection)


STEPS: dict[str, Callable[[sqlite3.Connection], None]] = {
    "m0001_events": _events,
    "m0002_views": _views,
    "m0003_what_the_desk_knows": _what_the_desk_knows,
    "m0004_clock_shifts": _clock_shifts,
    "m0005_unread_ad_accounts": _unread_ad_accounts,
}


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of a new file, all or none, and note the steps as sqlite_utils does."""
    now = str(datetime.now(UTC))
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(
            "CREATE TABLE _sqlite_migrations"
            " (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)"
        )
        connection.execute(
            "CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name"
            " ON _sqlite_migrations (migration_set, name)"
        )
        for name, step in STEPS.items():
            step(connection)
            connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
                (MIGRATION_SET, name, now),
            )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
