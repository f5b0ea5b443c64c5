"""What the status line says of a snapshot, in runs; not imported before there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run
from liveroom.ui.states import look_of

if TYPE_CHECKING:
    from liveroom.models.snapshot import Connection, Snapshot

_LONG_STATES = 14


def source_runs(connection: Connection, snapshot: Snapshot) -> tuple[Run, ...]:
    """Return a source with its state and the age of its newest fact."""
    look = look_of(connection, snapshot.at)
    runs = [
        Run(glyph=look.glyph, tone=look.tone, px=9),
        Run(connection.title or connection.source, "text_2", 11, gap=6),
        Run(look.word, look.tone if look.tone in ("warn", "bad") else "text_3", 11, gap=5),
    ]
    if connection.last_received_at is not None and len(look.word) < _LONG_STATES:
        age = max(0, snapshot.at - connection.last_received_at)
        words = fmt.age(age, snapshot.at, snapshot.timezone)
        runs.append(Run(words, "text_3", 11, gap=5))
    return tuple(runs)


def recording_runs(snapshot: Snapshot) -> tuple[Run, ...]:
    """Return what went wrong, how much is recorded, and whether it is saved."""
    recording = snapshot.recording
    runs: list[Run] = []
    if snapshot.errors:
        runs.append(Run(glyph="failed", tone="bad", px=10))
        runs.append(Run(fmt.plural(len(snapshot.errors), "error"), "bad", 11, gap=5))
    for currency, minor in snapshot.money_set_aside.items():
        words = f"{fmt.money(minor, currency)} set aside: no rate"
        runs.append(Run(words, "warn", 11, gap=14))
    if recording.set_aside:
        runs.append(Run(f"{fmt.count(recording.set_aside)} not understood", "warn", 11, gap=14))
    runs.append(Run(fmt.plural(recording.events, "event"), "text_3", 11, gap=14))
    saved = ("NOT SAVED", "bad") if recording.trouble else ("saved", "text_3")
    if not recording.trouble and recording.waiting:
        saved = (f"{fmt.count(recording.waiting)} waiting", "text_3")
    runs.append(Run(saved[0], saved[1], 11, gap=6))
    return tuple(runs)


def source_tip(connection: Connection, at: int) -> str:
    """Return what a source says at an instant (ms UTC) when the pointer rests on it."""
    look = look_of(connection, at)
    words = f"{connection.title}: {look.word}, {fmt.plural(connection.facts, 'fact')}"
    return f"{words}\n{connection.reason}" if connection.reason else words
