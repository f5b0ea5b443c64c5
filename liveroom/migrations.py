"""The schema of a session file, one function per change; applied in order, never edited once released."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from liveroom.models.events import EVENT_TYPES
from liveroom.rows import KINDS
from liveroom.views import VIEWS

migrations = Migrations("liveroom")


@migrations()
def m0001_events(db: Database) -> None:
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
        db.execute(statement)
    db.table("kinds").insert_all(
        {"kind": KINDS[kind], "fact": kind.fact.value} for kind in EVENT_TYPES if kind.fact
    )


@migrations()
def m0002_views(db: Database) -> None:
    """Create the views with the key figures, replacing any of the same name."""
    for name, query in VIEWS.items():
        db.create_view(name, query, replace=True)
