"""How late heartbeat and paint are while the desk shows a busy show, early and late in it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.harness import Goal, Result, in_process_of_its_own, scratch
from benchmarks.mix import START_MS, show_events

if TYPE_CHECKING:
    from liveroom.ui.main_window import MainWindow

EVERY_MS = 10
CHAT_PER_SECOND = 200
HISTORY_PER_SECOND = 20
_WARM_UP_MS, _BARE_WARM_UP_MS = 4_000, 1_000
_BARE_ROWS, _BARE_SECONDS = 60, 3_600
_AGES = {"minute 10": 10, "hour 1": 60, "hour 12": 720}
_RATES = (200, 1000, 2000)


def measure(quick: bool) -> Iterator[Result]:
    """Measure every rate at every age; a bare table and plot show what painting alone costs here."""
    seconds, rounds = (1.0, 1) if quick else (12.0, 2)
    ages = {"minute 10": 10} if quick else _AGES
    rates = _RATES[:1] if quick else _RATES
    with scratch() as folder:
        for minutes in ages.values():
            _record_history(folder / f"{minutes}.liveroom", minutes)
        bare: list[float] = []
        found: dict[tuple[int, str], list[float]] = {(r, age): [] for r in rates for age in ages}
        frames: dict[tuple[int, str], list[dict[str, float]]] = {which: [] for which in found}
        for _ in range(rounds):
            bare.append(in_process_of_its_own("heartbeat:beat_bare", seconds=seconds)["p99"])
            for rate, age in found:
                history = str(folder / f"{ages[age]}.liveroom")
                beaten = in_process_of_its_own(
                    "heartbeat:beat", history=history, per_second=rate, seconds=seconds
                )
                found[rate, age].append(beaten["p99"])
                frames[rate, age].append(beaten)
    for (rate, age), lateness in found.items():
        yield Result(
            benchmark=f"heartbeat, {rate}/s + chat, {age}",
            measured=median(lateness),
            unit="ms late (p99)",
            peer="bare table and plot at 10 Hz, no events",
            limit=median(bare),
            goal=Goal("measured", at_most=16),
            note=f"runs: {', '.join(f'{late:.1f}' for late in lateness)}",
        )
    for (rate, age), runs in frames.items():
        yield _painted(f"event to painted, {rate}/s + chat, {age}", runs)
    if not quick:
        yield _ageing(found)


def _painted(name: str, runs: list[dict[str, float]]) -> Result:
    """Tell how old events are when all panels show them; they wait up to 100 ms for a snapshot."""
    frame_p50, frame_p99, half = (
        median(run[part] for run in runs) for part in ("frame_p50", "frame_p99", "painted_p50")
    )
    return Result(
        benchmark=name,
        measured=median(run["painted_p99"] for run in runs),
        unit="ms (p99)",
        goal=Goal("measured", at_most=120),
        note=f"median {half:.0f} ms; a frame, from snapshot to all panels painted: "
        f"{frame_p50:.1f} (median), {frame_p99:.1f} ms (p99)",
    )


def _ageing(found: dict[tuple[int, str], list[float]]) -> Result:
    """Compare the last hour with the first minutes, over all rates: one rate alone is noise."""
    early = [late for rate in _RATES for late in found[rate, "minute 10"]]
    late = [late for rate in _RATES for late in found[rate, "hour 12"]]
    return Result(
        benchmark="heartbeat, hour 12 against minute 10",
        measured=float(np.mean(late)),
        unit="ms late (p99)",
        peer="minute 10",
        limit=float(np.mean(early)),
        goal=Goal("ratio", at_most=1.1),
    )


def _record_history(path: Path, minutes: int) -> None:
    from benchmarks.feeds import prepare

    number = minutes * 60 * HISTORY_PER_SECOND
    prepare(path, show_events(number, per_second=HISTORY_PER_SECOND))


def beat(history: str, per_second: float, seconds: float) -> dict[str, float]:
    """Open the desk on a recorded history, let events come in; return lateness of heartbeat and paint."""
    from PySide6.QtCore import QTimer

    from benchmarks import desk
    from benchmarks.frames import Frames, TimedFeed

    start = _end_of(Path(history))
    numbers = count(1)
    events = show_events(
        10**9,
        per_second=per_second,
        chat_per_second=CHAT_PER_SECOND,
        start_ms=start,
        seed=2,
        ids=lambda: f"late-{next(numbers):09d}",
    )
    heart, feed = Heart(), TimedFeed(events)
    watched: list[Frames] = []
    with scratch() as folder:
        path = folder / "live.liveroom"
        shutil.copy(history, path)

        def begin(window: MainWindow) -> None:
            watched.append(Frames(window, feed))
            for start_counting in (heart.start, watched[0].start):
                QTimer.singleShot(_WARM_UP_MS, start_counting)
            QTimer.singleShot(int(_WARM_UP_MS + seconds * 1000), window.close)

        desk.run(path, feed, begin, starts_at=start)
    return heart.lateness() | watched[0].found()


def beat_bare(seconds: float) -> dict[str, float]:
    """Return the heartbeat's lateness beside a table and a plot redrawn ten times a second."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from benchmarks.bare import BareDesk

    application = QApplication([])
    window = BareDesk(_BARE_ROWS, _BARE_SECONDS)
    window.show()
    heart, states = Heart(), count()
    redraw = QTimer(interval=100)
    redraw.timeout.connect(lambda: window.show_state(next(states)))
    redraw.start()
    QTimer.singleShot(_BARE_WARM_UP_MS, heart.start)
    QTimer.singleShot(int(_BARE_WARM_UP_MS + seconds * 1000), application.quit)
    application.exec()
    window.close()
    return heart.lateness()


class Heart:
    """A timer of 10 ms in the GUI thread that notes when it is called."""

    def __init__(self) -> None:
        self._beats: list[float] = []

    def start(self) -> None:
        """Begin to beat."""
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=EVERY_MS)
        self._timer.timeout.connect(lambda: self._beats.append(time.perf_counter()))
        self._timer.start()

    def lateness(self) -> dict[str, float]:
        """Return how much later than 10 ms after the one before beats came, in ms."""
        late = np.maximum(0, np.diff(self._beats) * 1000 - EVERY_MS)
        p50, p99 = np.percentile(late, (50, 99))
        return {"p50": float(p50), "p99": float(p99), "worst": float(late.max()), "n": len(late)}


def _end_of(path: Path) -> int:
    minutes = int(path.stem)
    return START_MS + minutes * 60_000
