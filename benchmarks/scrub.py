"""How long the desk takes to show any second of twelve hours: from the wish to all panels painted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.feeds import meta, prepare
from benchmarks.harness import Goal, Result, in_process_of_its_own, scratch
from benchmarks.mix import show_events

_SHORT_MINUTES, _LONG_MINUTES, _PER_SECOND = 10, 720, 20


def measure(quick: bool) -> Iterator[Result]:
    """Jump to seconds all over a session of twelve hours, and of ten minutes: the cost must not grow."""
    jumps = 20 if quick else 300
    found: dict[int, dict[str, float]] = {}
    with scratch() as folder:
        for minutes in (_SHORT_MINUTES,) if quick else (_SHORT_MINUTES, _LONG_MINUTES):
            path = folder / f"{minutes}.liveroom"
            prepare(path, show_events(minutes * 60 * _PER_SECOND, per_second=_PER_SECOND))
            found[minutes] = in_process_of_its_own("scrub:jump", path=str(path), jumps=jumps)
    for minutes, times in found.items():
        yield Result(
            benchmark=f"scrub, {minutes // 60 or minutes} {'hours' if minutes >= 60 else 'minutes'}",
            measured=times["p99"],
            unit="ms (p99), wish to painted",
            goal=Goal("measured", at_most=33),
            note=f"median {times['p50']:.1f}; the look back alone {times['look_p99']:.1f} (p99)",
        )
    if _LONG_MINUTES in found:
        yield Result(
            benchmark="scrub, hour 12 against minute 10",
            measured=found[_LONG_MINUTES]["p50"],
            unit="ms (median)",
            peer="the same after ten minutes",
            limit=found[_SHORT_MINUTES]["p50"],
            note="what it costs grows with products and chart, not with the events of the show",
        )


def jump(path: str, jumps: int) -> dict[str, float]:
    """Return percentiles of the time (ms) that a jump takes, session and desk one after the other."""
    from msgspec.structs import replace
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from liveroom.models.facts import Mode
    from liveroom.recorder import Recorder
    from liveroom.ui.main_window import MainWindow

    QApplication([])
    settings = QSettings(f"{path}.ini", QSettings.Format.IniFormat)
    recorder = Recorder(Path(path), replace(meta(), mode="debrief"), safe=False)
    first, last = recorder.show.first_at, recorder.show.last_at
    assert first is not None
    assert last is not None
    window = MainWindow(lambda command: None, settings, mode=Mode.DEBRIEF)
    window.show()
    window.offer_time_travel(lambda at: None)
    present = recorder.snapshot(last)
    window.show_snapshot(present)
    window.finish_building()
    chance, looks, whole = Random(1), [], []
    for _ in range(jumps):
        at = chance.randrange(first, last)
        begun = time.perf_counter()
        window.travel.travel(at)
        back = recorder.look_back(at)
        looks.append(time.perf_counter() - begun)
        window.show_snapshot(replace(present, back=back))
        window.catch_up()
        QApplication.processEvents()
        whole.append(time.perf_counter() - begun)
    window.close()
    recorder.close()
    return {
        "p50": float(np.percentile(whole, 50) * 1000),
        "p99": float(np.percentile(whole, 99) * 1000),
        "look_p99": float(np.percentile(looks, 99) * 1000),
    }
