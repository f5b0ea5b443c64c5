"""A session that only remembers what a table source hands over, and small files to read."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from liveroom.clock import ShowClock
from liveroom.connectors.base import Link, SetAside
from liveroom.connectors.table import TableConnector, load_mapping
from liveroom.models.events import Event
from liveroom.models.window import Window

E = TypeVar("E", bound=Event)


class Replay:
    """What a table source hands over when it is played."""

    def __init__(self, connector: TableConnector) -> None:
        """Play the source to its end."""
        self.set_aside: list[SetAside] = []
        self.asked: list[str] = []
        link = Link(
            clock=ShowClock(speed=None),
            send=lambda batch: None,
            set_aside=self.set_aside.append,
            key=self._key,
            stop=threading.Event(),
        )
        self.events = list(connector.events(link))

    def of(self, kind: type[E]) -> list[E]:
        """Return the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def reasons(self) -> list[str]:
        """Return why rows were set aside."""
        return [aside.reason for aside in self.set_aside]

    def _key(self, text: str) -> int:
        self.asked.append(text)
        return hash(text)


def plain_id(event: Event) -> str:
    """Return a default id without what tells files of the same name apart."""
    return re.sub(r"#[0-9a-f]{8}:", ":", event.source_id)


def at_ms(text: str) -> int:
    """Return an ISO time as milliseconds UTC."""
    return int(datetime.fromisoformat(text).timestamp()) * 1000


def write_table(path: Path, rows: Sequence[str], encoding: str = "utf-8") -> Path:
    """Write a text file, gzipped where its name says so."""
    data = ("\n".join(rows) + "\n").encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def connector(
    source: Path, mapping: str, from_ms: int | None = None, to_ms: int | None = None
) -> TableConnector:
    """Open a source with a mapping given as text; it is written beside the source."""
    folder = source if source.is_dir() else source.parent
    path = folder / "shop.toml"
    path.write_text(mapping, encoding="utf-8")
    return TableConnector(source, load_mapping(path), from_ms, to_ms)


def open_table(
    source: Path,
    mapping: str | None = None,
    from_ms: int | None = None,
    to_ms: int | None = None,
) -> TableConnector:
    """Open a source with a shipped mapping, or the one that fits, for a window."""
    found = TableConnector.open(source, mapping)
    edges = {"start": from_ms, "end": to_ms}
    found.window = Window(**{name: edge for name, edge in edges.items() if edge is not None})
    return found


def replay(
    source: Path, mapping: str, from_ms: int | None = None, to_ms: int | None = None
) -> Replay:
    """Play a source with a mapping given as text."""
    return Replay(connector(source, mapping, from_ms, to_ms))


HEAD = """
title = "Shop"
currency = "BRL"
[tables.rows]
at = { column = "at", unit = "s" }
"""
"""The start of a mapping that reads one file with a column `at` in seconds."""


def table(folder: Path, *rows: str, name: str = "rows.csv") -> Path:
    """Write a small file, its header first."""
    return write_table(folder / name, rows)
