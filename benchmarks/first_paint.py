"""How long the desk takes from the start of its process to its first paint, and to its chart."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.feeds import prepare
from benchmarks.harness import Goal, Result, last_line, scratch
from benchmarks.mix import show_events
from liveroom.ui.panel import PanelSpec
from liveroom.ui.panels import PANELS
from liveroom.ui.phases import DEBRIEF, ON_AIR, Phase

_CHILD = Path(__file__).with_name("paint_child.py")
_NOT_YET = ("pandas", "sqlite_utils")
_WINDOWS = ("empty", "docks", "desk", "debrief")


def measure(quick: bool) -> Iterator[Result]:
    """Start each window in turn, several times."""
    with scratch() as folder:
        path = folder / "recorded.liveroom"
        prepare(path, show_events(2_000 if quick else 72_000, per_second=20))
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in _WINDOWS}
        for name in _WINDOWS:
            _start(name, path)  # compiles the modules
        for _ in range(1 if quick else 9):
            for name in _WINDOWS:
                found[name].append(_start(name, path))
    window = {name: median(run["window"] for run in runs) for name, runs in found.items()}
    chart = {name: median(run["chart"] for run in found[name]) for name in _WINDOWS[1:]}
    for name, title in (("desk", "a rehearsal"), ("debrief", "a recorded session")):
        early = {module for run in found[name] for module in run["imported"]}
        for run in found[name]:
            _assert_seen(set(run["painted"]), DEBRIEF if name == "debrief" else ON_AIR)
        yield Result(
            benchmark=f"first paint, desk on {title}",
            measured=window[name],
            unit="ms",
            peer="an empty window",
            limit=window["empty"],
            goal=Goal("ratio", at_most=1.5),
            note=f"{_cpu(found, name, 'window')}; {_imports(early)}",
        )
        yield Result(
            benchmark=f"charts live, desk on {title}",
            measured=chart[name],
            unit="ms",
            peer="six bare docks with tables and a plot",
            limit=chart["docks"],
            # The first facts of a simulated show arrive half a second after its start, as in life.
            goal=Goal("ratio", at_most=1.2) if name == "debrief" else None,
            note=_cpu(found, name, "chart"),
        )


def _assert_seen(painted: set[str], phase: Phase) -> None:
    """The first paint counts only with all of the frame in it: bars, and every dock with its name.

    Of panels that share a place the first is in front; their names are on the tabs, which Qt paints.
    """
    places: dict[str, list[PanelSpec]] = {}
    for spec in PANELS:
        if phase.shows(spec):
            places.setdefault(phase.place(spec, compact=False), []).append(spec)
    in_front = [specs[0] for specs in places.values()]
    named = [specs[0] for specs in places.values() if len(specs) == 1]
    wanted = {"lamp", "status line"} | {f"body of {spec.panel_id}" for spec in in_front}
    missing = wanted - painted
    words = [each.removeprefix("words ") for each in painted]
    missing |= {
        spec.title
        for spec in named
        if not spec.fixed_height and not any(each.startswith(spec.title) for each in words)
    }
    if missing:
        raise RuntimeError(f"not in the first paint: {', '.join(sorted(missing))}")


def _cpu(found: dict[str, list[dict[str, Any]]], name: str, what: str) -> str:
    """Return the ratio in CPU time, which other work on the machine disturbs less."""
    peer = "empty" if what == "window" else "docks"
    ours, theirs = (median(run[f"{what}_cpu"] for run in found[who]) for who in (name, peer))
    return f"in CPU time {ours:.0f} against {theirs:.0f} ms, ratio {ours / theirs:.2f}"


def _imports(early: set[str]) -> str:
    wrong = sorted(early & set(_NOT_YET))
    words = f"imported too early: {', '.join(wrong)}" if wrong else "no pandas, no sqlite_utils"
    rest = ", ".join(sorted(early - set(_NOT_YET))) or "nothing"
    return f"{words} by the first paint; of pyqtgraph and numpy: {rest}"


def _start(name: str, path: Path) -> dict[str, Any]:
    """Start a window; return ms from before the start of its process to each paint."""
    with scratch() as home:
        began = time.monotonic()
        found = last_line([sys.executable, str(_CHILD), name, str(path)], home)
    for key in ("window", "chart"):
        if key in found:
            found[key] = (found[key] - began) * 1000
    return dict(found)
