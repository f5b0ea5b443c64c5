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

_SHORT_MINUTES, _FULL_MINUTES, _LONG_MINUTES, _PER_SECOND = 10, 60, 720, 20
_NAMES = {_SHORT_MINUTES: "ten minutes", _FULL_MINUTES: "one hour", _LONG_MINUTES: "twelve hours"}


def measure(quick: bool) -> Iterator[Result]:
    """Jump to seconds all over a session of twelve hours, of one, and of ten minutes: the cost must not grow.

    After ten minutes no cart was left yet and no question is too old: an hour has all that twelve have.
    """
    jumps = 20 if quick else 300
    found: dict[int, dict[str, float]] = {}
    with scratch() as folder:
        lengths = (_SHORT_MINUTES, _FULL_MINUTES, _LONG_MINUTES)
        for minutes in lengths[:1] if quick else lengths:
            path = folder / f"{minutes}.liveroom"
            prepare(path, show_events(minutes * 60 * _PER_SECOND, per_second=_PER_SECOND))
            found[minutes] = in_process_of_its_own("scrub:jump", path=str(path), jumps=jumps)
    for minutes, times in found.items():
        yield Result(
            benchmark=f"scrub, {_NAMES[minutes]}",
            measured=times["p99"],
            unit="ms (p99), wish to painted",
            goal=Goal("measured", at_most=33),
            note=f"median {times['p50']:.1f}; the look back alone {times['look_p99']:.1f} (p99); "
            f"CPU {times['cpu_p50']:.1f} (median), {times['cpu_p99']:.1f} (p99)",
        )
    if _LONG_MINUTES in found:
        for minutes in (_SHORT_MINUTES, _FULL_MINUTES):
            yield Result(
                benchmark=f"scrub, twelve hours against {_NAMES[minutes]}",
                measured=found[_LONG_MINUTES]["cpu_p50"],
                unit="CPU-ms (median)",
                peer=f"the same of {_NAMES[minutes]}",
                limit=found[minutes]["cpu_p50"],
                # Ten minutes of a show have less in them: no cart that was left, no old question.
                goal=Goal("ratio", at_most=1.2) if minutes == _FULL_MINUTES else None,
            )


def jump(path: str, jumps: int) -> dict[str, float]:
    """Return percentiles of the time (ms) that a jump takes, session and desk one after the other."""
    from msgspec.structs import replace
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from liveroom.models.facts import Mode
    from liveroom.recorder import Recorder
    from liveroom.ui.lifetime import collected_here, collector, settle
    from liveroom.ui.main_window import MainWindow

    application = QApplication([])
    waste = collector()
    waste.setParent(application)
    waste.start()
    settings = QSettings(f"{path}.ini", QSettings.Format.IniFormat)
    recorder = Recorder(Path(path), replace(meta(), mode="debrief"), safe=False)
    first, last = recorder.show.first_at, recorder.show.last_at
    assert first is not None
    assert last is not None
    window = MainWindow(lambda command: None, settings, mode=Mode.DEBRIEF)
    window.show()
    window.travel.offer(lambda at: None)
    present = recorder.snapshot(last)
    window.show_snapshot(present)
    window.finish_building()
    settle()
    chance, looks, whole, cpu = Random(1), [], [], []
    with collected_here():
        for _ in range(jumps):
            at = chance.randrange(first, last)
            begun, worked = time.perf_counter(), time.thread_time()
            window.travel.travel(at)
            back = recorder.look_back(at)
            looks.append(time.perf_counter() - begun)
            window.show_snapshot(replace(present, back=back))
            window.turns.take_all()
            QApplication.processEvents()
            whole.append(time.perf_counter() - begun)
            cpu.append(time.thread_time() - worked)
    window.close()
    recorder.close()
    return {
        "p50": float(np.percentile(whole, 50) * 1000),
        "p99": float(np.percentile(whole, 99) * 1000),
        "cpu_p50": float(np.percentile(cpu, 50) * 1000),
        "cpu_p99": float(np.percentile(cpu, 99) * 1000),
        "look_p99": float(np.percentile(looks, 99) * 1000),
    }
