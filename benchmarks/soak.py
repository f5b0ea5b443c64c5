"""Twelve hours in fast motion with the whole desk open: what grows that should not."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness import Goal, Result, in_process_of_its_own, scratch
from benchmarks.memory import resident_mb
from benchmarks.mix import START_MS, show_events

_HOURS, _EVERY_SECONDS, _PER_SECOND = 12, 10, 2


def measure(quick: bool) -> Iterator[Result]:
    """Show a quiet show every ten seconds of it, for twelve hours, a look back now and then."""
    hours = 0.2 if quick else _HOURS
    with scratch() as folder:
        found = in_process_of_its_own("soak:soak", folder=str(folder), hours=hours)
    yield Result(
        benchmark=f"soak, {hours:g} hours, desk open",
        measured=found["growth_mb"],
        unit="MB after the first sixth",
        goal=Goal("measured", at_most=20),
        note=f"{found['shown']:,.0f} snapshots shown and {found['events']:,.0f} events counted meanwhile; "
        f"{found['resident_mb']:.0f} MB in all, {found['widgets']:.0f} widgets more",
    )


def soak(folder: str, hours: float) -> dict[str, float]:
    """Return by how much memory and widgets grew after a sixth of the time."""
    from msgspec.structs import replace
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from benchmarks.feeds import meta
    from liveroom.memory import return_large_arrays, return_what_is_free
    from liveroom.models.facts import Mode
    from liveroom.recorder import Recorder
    from liveroom.ui.lifetime import collector
    from liveroom.ui.main_window import MainWindow

    return_large_arrays()
    application = QApplication([])
    waste = collector()
    waste.setParent(application)
    waste.start()
    settings = QSettings(f"{folder}/desk.ini", QSettings.Format.IniFormat)
    recorder = Recorder(Path(folder) / "soak.liveroom", meta(), safe=False)
    # Its page cache (64 MB) would still be filling: that ends by itself, and hides what does not.
    recorder.store._connection.execute("PRAGMA cache_size = -2000")
    window = MainWindow(lambda command: None, settings, mode=Mode.REPLAY)
    window.show()
    window.finish_building()
    ending = threading.Event()
    ticks = int(hours * 3600 / _EVERY_SECONDS)
    events = show_events(int(hours * 3600 * _PER_SECOND), per_second=_PER_SECOND)
    at = START_MS
    before: tuple[float, int] = (0.0, 0)
    for tick in range(ticks):
        batch = [
            event for event, _ in zip(events, range(_EVERY_SECONDS * _PER_SECOND), strict=False)
        ]
        recorder.take_in(batch, ending, None, lambda: None)
        at += _EVERY_SECONDS * 1000
        snapshot = recorder.snapshot(at)
        if tick % 30 == 29:
            snapshot = replace(snapshot, back=recorder.look_back(at - 600_000))
        window.show_snapshot(snapshot)
        window.turns.take_all()
        application.processEvents()
        if tick == ticks // 6:
            gc.collect()
            return_what_is_free()
            before = (resident_mb(), len(application.allWidgets()))
    application.processEvents()
    gc.collect()
    return_what_is_free()
    grown = resident_mb() - before[0]
    widgets = len(application.allWidgets()) - before[1]
    shown, counted = ticks - ticks // 6, recorder.store.last_seq * 5 // 6
    window.close()
    recorder.close()
    return {
        "growth_mb": grown,
        "widgets": widgets,
        "resident_mb": resident_mb(),
        "shown": shown,
        "events": counted,
    }
