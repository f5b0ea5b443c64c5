"""What every benchmark shares: results with goals, alternating runs, and processes of their own."""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = Path(os.environ.get("LIVEROOM_SHARED_DATA", ROOT.parent / "shared" / "data"))
_CHILD_SECONDS = 900
_SCREEN = {
    "name": "benchmark",
    "x": 0,
    "y": 0,
    "width": 1920,
    "height": 1080,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}


class Goal(Struct, frozen=True):
    """What a figure or its ratio to the limit has to reach."""

    of: str
    """`ratio` or `measured`."""
    at_least: float | None = None
    at_most: float | None = None

    def __str__(self) -> str:
        sign, bound = ("≥", self.at_least) if self.at_most is None else ("≤", self.at_most)
        return f"{'ratio ' if self.of == 'ratio' else ''}{sign} {bound:g}"

    def met_by(self, value: float) -> bool:
        """Return whether a value reaches the goal."""
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


class Result(Struct, frozen=True, kw_only=True):
    """One row of the table; `limit` is what the peer reached in the same run."""

    benchmark: str
    measured: float | None = None
    unit: str = ""
    peer: str = ""
    limit: float | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Return measured ÷ limit."""
        return self.measured / self.limit if self.measured is not None and self.limit else None

    @property
    def met(self) -> bool | None:
        """Return whether the goal is met; None where there is none or nothing was measured."""
        value = self.ratio if self.goal and self.goal.of == "ratio" else self.measured
        return None if self.goal is None or value is None else self.goal.met_by(value)

    def as_dict(self) -> dict[str, Any]:
        """Return the row for a program."""
        row: dict[str, Any] = {name: getattr(self, name) for name in self.__struct_fields__}
        goal = None if self.goal is None else str(self.goal)
        return row | {"ratio": self.ratio, "goal": goal, "met": self.met}


def alternate(runs: int, *sides: Callable[[], float]) -> list[float]:
    """Return the median of each side, measured in turn: noise of the machine meets all alike."""
    found: list[list[float]] = [[] for _ in sides]
    for _ in range(runs):
        for values, side in zip(found, sides, strict=True):
            gc.collect()
            values.append(side())
    return [median(values) for values in found]


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="liveroom-bench-") as folder:
        yield Path(folder)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a child: a home of its own and a full-size screen that nobody sees."""
    screen = home / "screen.json"
    screen.write_text(json.dumps({"screens": [_SCREEN]}))
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "LIVEROOM_HOME": str(home),
        "PYTHONPYCACHEPREFIX": _bytecode(),
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "PYTHONPATH": str(ROOT),
    }


@cache
def _bytecode() -> str:
    """Return a folder for compiled modules: what is installed is compiled once, not at every start."""
    folder = TemporaryDirectory(prefix="liveroom-bench-pyc-")
    atexit.register(folder.cleanup)
    return folder.name


def in_process_of_its_own(function: str, **arguments: Any) -> Any:
    """Call `module:function` of this package in a fresh interpreter and return what it returns."""
    with scratch() as home:
        code = (
            "import json, sys; from importlib import import_module;"
            "module, name = sys.argv[1].split(':');"
            "function = getattr(import_module('benchmarks.' + module), name);"
            "print('\\n' + json.dumps(function(**json.loads(sys.argv[2]))))"
        )
        return last_line([sys.executable, "-c", code, function, json.dumps(arguments)], home)


def last_line(command: list[str], home: Path) -> Any:
    """Run a child and return its last line of output, read as JSON."""
    done = subprocess.run(
        command,
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_CHILD_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"{command[-2:]} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
