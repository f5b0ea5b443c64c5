"""Brings an older session file to the present schema, with what sqlite_utils knows of migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database, Migrations

from liveroom.schema import MIGRATION_SET, STEPS

migrations = Migrations(MIGRATION_SET)


def _register(name: str, step: Callable[[sqlite3.Connection], None]) -> None:
    @migrations(name=name)
    def migrate(db: Database) -> None:
        step(db.conn)


for _name, _step in STEPS.items():
    _register(_name, _step)
