"""Recorded shows, replayed once, and the ground truth of any window of them.

The truth is computed by the script that lies beside each recording (pandas, straight from the files), run
on a copy of its folder; nothing of liveroom takes part in it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct

from liveroom import sources
from liveroom.headless import PATIENCE_SECONDS, Watcher, play
from liveroom.history import show_of
from liveroom.models.kpis import kpis_of
from liveroom.models.window import Window, parse_instant
from liveroom.store import SessionStore


class Recording(Struct, frozen=True):
    """A recording in the shared data: where it is and how its truth is asked for."""

    name: str
    folder: str
    file: str
    timezone: str
    arguments: tuple[str, ...] = ()

    def source(self, data: Path) -> Path:
        return data / self.folder / self.file


RECORDINGS = {
    recording.name: recording
    for recording in (
        Recording("gms", "gms_ga360", "", "UTC"),
        Recording("sgdq", "gdq_live", "sgdq2018_timeseries.csv", "UTC", ("sgdq2018",)),
        Recording("agdq", "gdq_live", "agdq2018_timeseries.csv", "UTC", ("agdq2018",)),
        Recording(
            "uci",
            "uci_online_retail",
            "orders_2010-12.csv.gz",
            "Europe/London",
            ("orders_2010-12.csv.gz",),
        ),
        Recording("otto", "otto_fixture", "train.jsonl", "UTC"),
        Recording("irc", "irc_chat", "chat.csv", "UTC"),
    )
}


def replay(source: Path, session: Path, window: Window | None = None) -> Path:
    """Replay a recording headless into a session file."""
    plan = sources.replay(sources.recording(source, window=window), None, session)
    watcher = Watcher()
    play(plan.session(watcher, PATIENCE_SECONDS), watcher)
    return session


def kpis(session: Path, window: Window | None = None) -> dict[str, Any]:
    """Return the key figures of a session, or of a window of it."""
    store = SessionStore.read(session)
    try:
        return kpis_of(show_of(store, window), store.set_aside_counts())
    finally:
        store.close()


def window_of(recording: Recording, start: str, end: str) -> Window:
    """Return a window given in the recording's own time."""
    return Window(
        start=parse_instant(start, recording.timezone), end=parse_instant(end, recording.timezone)
    )


def truth(recording: Recording, data: Path, folder: Path, *span: str) -> dict[str, Any]:
    """Compute the ground truth of a span with the recording's own script."""
    copy = folder / recording.name
    shutil.copytree(data / recording.folder, copy, dirs_exist_ok=True)
    copy.chmod(0o755)
    for file in copy.iterdir():
        file.chmod(0o644)
    script = [sys.executable, "-W", "ignore", "truth.py", *recording.arguments, *span]
    subprocess.run(script, cwd=copy, check=True, capture_output=True)
    result: dict[str, Any] = json.loads((copy / "truth.json").read_text())
    return result


def minor(amount: float) -> int:
    """Return an amount of major units, rounded to cents by the truth, as minor units."""
    return round(amount * 100)
