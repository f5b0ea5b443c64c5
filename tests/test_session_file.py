"""A file that cannot be opened says which it is, why, and what to do; and nothing in it is changed."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.migrations import migrations
from liveroom.models import events as e
from liveroom.models.kpis import kpis_of
from liveroom.session_file import MIGRATION_NAMES, installation_salt
from liveroom.store import SessionStore
from tests.factory import event, line, meta, order, record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "show.liveroom"
    record(path, [order(number) for number in range(300)])
    return path


def refused(path: Path, message: str, *, record_too: bool = True) -> None:
    before = path.read_bytes() if path.is_file() else None
    for opening in (SessionStore.read, lambda path: SessionStore.record(path, meta())):
        with pytest.raises(KnownError, match=message) as caught:
            opening(path)
        assert path.name in str(caught.value)
        if not record_too:
            break
    if before is not None:
        assert path.read_bytes() == before


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "none.liveroom", "there is no session file", record_too=False)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="there is no folder"):
        SessionStore.record(tmp_path / "no" / "show.liveroom", meta())


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.liveroom"
    path.write_text("Sehr geehrte Damen und Herren, " * 20)
    refused(path, "not a liveroom session")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.liveroom"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    refused(path, "another program")


def test_a_truncated_file(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)
    refused(path, r"truncated: .* \.recover")


def test_a_damaged_page(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'events'"
        ).fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)
    refused(path, r"damaged .*not changed.*\.recover")


def test_a_file_of_a_newer_liveroom(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('liveroom', 'm9999_time_machine', '2031-01-01')"
        )
    connection.close()
    refused(path, "newer liveroom .*m9999_time_machine")


def test_an_older_file_opens_after_migration(tmp_path: Path) -> None:
    path = tmp_path / "old.liveroom"
    record(path, [order(0), order(1)])
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP VIEW {name}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0002_views'")
    connection.close()
    store = SessionStore.read(path)
    with store.query("SELECT orders FROM kpi_totals") as rows:
        assert rows.fetchone() == (2,)
    store.close()


def test_a_file_from_before_leads_stock_and_costs_opens_with_them(tmp_path: Path) -> None:
    path = tmp_path / "old.liveroom"
    listed = event(e.ProductListed, sku="mug", cost_minor=100, currency="USD")
    sold = order(1, 1000, lines=(line("mug", 1, 1000),))
    record(path, [listed, sold, event(e.LeadCaptured)], rates={"USD": "5.25"})
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view'"
        ).fetchall():
            connection.execute(f"DROP VIEW {name}")
        connection.execute("DELETE FROM kinds WHERE fact IN ('leads', 'stock', 'ad_spend')")
        connection.execute("UPDATE events SET value_minor = NULL WHERE kind = 'product_listed'")
        connection.execute("DELETE FROM rollups")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm0003%'")
    connection.close()
    store = SessionStore.read(path)
    with store.query("SELECT leads, margin_minor FROM kpi_totals") as rows:
        assert rows.fetchone() == (1, 475)
    assert kpis_of(show_of(store))["margin_minor"] == 475
    store.close()


def test_every_migration_is_named_for_the_check_that_needs_no_import() -> None:
    database = Database(memory=True)
    migrations.apply(database)
    assert tuple(m.name for m in migrations.applied(database)) == MIGRATION_NAMES
    database.close()


def test_a_new_file_has_the_schema_that_migrating_gives(path: Path) -> None:
    migrated = Database(memory=True)
    migrations.apply(migrated)
    created = Database(sqlite3.connect(path))
    for table in [*migrated.tables, *migrated.views]:
        assert created[table.name].columns == table.columns
    assert {t.name: t.indexes for t in created.tables} == {
        t.name: t.indexes for t in migrated.tables
    }
    assert created.view_names() == migrated.view_names()
    assert list(created["kinds"].rows) == list(migrated["kinds"].rows)
    assert [m.name for m in migrations.applied(created)] == list(MIGRATION_NAMES)
    assert migrations.pending(created) == []
    created.close()
    migrated.close()


def test_a_file_without_write_permission_can_be_read(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        store = SessionStore.read(path)
        assert store.last_seq > 300
        store.close()
        if os.geteuid() != 0:
            with pytest.raises(KnownError, match="read-only"):
                SessionStore.record(path, meta())
    finally:
        path.parent.chmod(0o755)


def test_a_file_locked_by_another_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SessionStore.record(path, meta())
    store._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(KnownError, match=r"locked by another program"):
        store.append([order(900)])
    other.execute("ROLLBACK")
    other.close()
    assert len(store.append([order(901)])) == 1
    store.close()


def test_a_full_disk_is_named_and_keeps_all_that_was_recorded(small_disk: Path) -> None:
    path = small_disk / "show.liveroom"
    store = SessionStore.record(path, meta())
    batches = iter([order(batch + n / 1000) for n in range(200)] for batch in range(1000))
    recorded = 0

    def fill() -> None:
        nonlocal recorded
        for batch in batches:
            recorded += len(store.append(batch))

    with pytest.raises(KnownError, match="no space left"):
        fill()
    assert recorded > 0
    store.close()
    store = SessionStore.read(path)
    assert sum(map(len, store.events())) == recorded
    store.close()


def test_the_salt_of_an_installation_stays() -> None:
    assert installation_salt() == installation_salt()
    assert len(bytes.fromhex(installation_salt())) == 32
