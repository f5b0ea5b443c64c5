"""What the start screen offers and what is chosen on it: plain values, no Qt."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class ScenarioRow(NamedTuple):
    """A shipped scenario: its name, the number of its case (blank: none), title and situation."""

    name: str
    case: str
    title: str
    situation: str
    sees: str = ""
    """What the desk shows when the situation arises."""
    action: str = ""
    """What the team of the case did."""


class MappingRow(NamedTuple):
    """A shipped mapping: its name and what it reads."""

    name: str
    title: str


class RecentRow(NamedTuple):
    """A session file; times in ms UTC, sizes in bytes, `trouble` says why it cannot be read."""

    path: Path
    title: str
    mode: str
    created_at: int
    duration_ms: int | None
    size_bytes: int
    trouble: str = ""


class Offers(NamedTuple):
    """All that the start screen lists."""

    scenarios: tuple[ScenarioRow, ...] = ()
    mappings: tuple[MappingRow, ...] = ()
    recent: tuple[RecentRow, ...] = ()
    sessions_folder: str = ""
    timezone: str = "UTC"
    """Of this machine."""


class NewShow(NamedTuple):
    """A live show of one's own."""

    title: str
    currency: str
    timezone: str


class Rehearse(NamedTuple):
    """A rehearsal; `scenario` is a shipped name or a path, `trouble` none, some or much."""

    scenario: str
    seed: int
    speed: float
    trouble: str
    producer: str


class Replay(NamedTuple):
    """A replay; a blank mapping is found, blank edges are open, no speed is as fast as possible."""

    source: str
    mapping: str
    start: str
    end: str
    speed: float | None


class OpenSession(NamedTuple):
    """A recorded session to look back at."""

    path: str


Choice = NewShow | Rehearse | Replay | OpenSession
