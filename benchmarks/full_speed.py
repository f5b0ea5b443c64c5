"""How fast events are recorded while the whole desk is open and paints, and how it holds up meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.harness import Goal, Result, in_process_of_its_own, scratch
from benchmarks.mix import show_events

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.main_window import MainWindow

_PER_SECOND = 20_000
_WARM_UP_SECONDS = 4.0


def measure(quick: bool) -> Iterator[Result]:
    """Pace a show far beyond a busy one, then let one come as fast as it is recorded."""
    seconds, number, runs = (1.0, 20_000, 1) if quick else (10.0, 1_000_000, 3)
    paced = [in_process_of_its_own("full_speed:pace", seconds=seconds) for _ in range(runs)]
    yield Result(
        benchmark=f"event to painted, {_PER_SECOND:,}/s",
        measured=median(run["painted_p99"] for run in paced),
        unit="ms (p99)",
        goal=Goal("measured", at_most=200),
        note=f"a frame {median(run['frame_p99'] for run in paced):.1f} ms (p99), "
        f"heartbeat {median(run['p99'] for run in paced):.1f} ms late (p99)",
    )
    flat_out, alone = [], []
    for _ in range(runs):
        flat_out.append(in_process_of_its_own("full_speed:flat_out", number=number))
        alone.append(in_process_of_its_own("full_speed:without_desk", number=number))
    yield Result(
        benchmark="record with the desk open",
        measured=median(run["per_second"] for run in flat_out),
        unit="events/s",
        peer="the same without a desk",
        limit=median(alone),
        goal=Goal("measured", at_least=60_000),
    )
    yield Result(
        benchmark="heartbeat meanwhile",
        measured=median(run["p99"] for run in flat_out),
        unit="ms late (p99)",
        goal=Goal("measured", at_most=33),
        note=f"runs: {', '.join(format(run['p99'], '.1f') for run in flat_out)}",
    )


def pace(seconds: float) -> dict[str, float]:
    """Return how late heartbeat and paint are at many events a second."""
    from PySide6.QtCore import QTimer

    from benchmarks import desk
    from benchmarks.frames import Frames, TimedFeed
    from benchmarks.heartbeat import Heart

    whole = _WARM_UP_SECONDS + seconds
    events = show_events(int((whole + 2) * _PER_SECOND), per_second=_PER_SECOND)
    # Made before they are due: to make them costs more than to record them.
    heart, feed, watched = Heart(), TimedFeed(list(events)), list[Frames]()

    def begin(window: MainWindow) -> None:
        watched.append(Frames(window, feed))
        for start_counting in (heart.start, watched[0].start):
            QTimer.singleShot(int(_WARM_UP_SECONDS * 1000), start_counting)
        QTimer.singleShot(int(whole * 1000), window.close)

    with scratch() as folder:
        desk.run(folder / "fast.liveroom", feed, begin)
    return heart.lateness() | watched[0].found()


def flat_out(number: int) -> dict[str, float]:
    """Return how many events a second are stored as fast as they come, and the heartbeat's lateness."""
    from PySide6.QtCore import QTimer

    from benchmarks import desk
    from benchmarks.feeds import Feed
    from benchmarks.heartbeat import Heart

    heart, instants = Heart(), dict[int, float]()
    warm = number // 10
    events = list(show_events(number))
    with scratch() as folder:

        def begin(window: MainWindow) -> None:
            show = window.show_snapshot

            def shown(snapshot: Snapshot) -> None:
                stored = snapshot.recording.events
                if stored > warm:
                    if not instants:
                        heart.start()
                    instants[stored] = time.perf_counter()
                if stored >= number:
                    QTimer.singleShot(0, window.close)
                show(snapshot)

            window.show_snapshot = shown  # type: ignore[method-assign]

        desk.run(folder / "full.liveroom", Feed(events), begin, speed=None)
    first, last = min(instants), max(instants)
    rate = (last - first) / (instants[last] - instants[first])
    return heart.lateness() | {"per_second": rate}


def without_desk(number: int) -> float:
    """Return how many events a second are stored where nobody looks."""
    import threading

    from benchmarks.feeds import Feed, seconds_to_record

    events, go = list(show_events(number)), threading.Event()
    with scratch() as folder:
        return number / seconds_to_record(folder / "alone.liveroom", [Feed(events, go=go)], go)
