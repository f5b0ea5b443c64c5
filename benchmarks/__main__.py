"""Runs the benchmarks and prints a table: `python -m benchmarks [names] [--quick] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from benchmarks.harness import Result, scratch

BENCHMARKS = {
    "record": "record",
    "import": "imports",
    "rehearsal": "rehearsal",
    "open": "opening",
    "memory": "memory",
    "first_paint": "first_paint",
    "tick": "tick",
    "heartbeat": "heartbeat",
    "full_speed": "full_speed",
    "scrub": "scrub",
    "soak": "soak",
}
"""Names and the modules that measure them; each has `measure(quick)`."""

_COLUMNS = ("benchmark", "measured", "limit or peer", "ratio", "goal", "met")


def run(names: Iterable[str], quick: bool) -> Iterable[Result]:
    """Measure and yield rows as they come."""
    for name in names:
        try:
            yield from import_module(f"benchmarks.{BENCHMARKS[name]}").measure(quick)
        except Exception as error:
            # What the others measured in half an hour is not lost with it.
            yield Result(benchmark=name, note=f"failed: {error!r}")


def cells(result: Result) -> tuple[str, ...]:
    """Return a row as text."""
    measured = "–" if result.measured is None else f"{_number(result.measured)} {result.unit}"
    limit = "" if result.limit is None else f"{_number(result.limit)}  {result.peer}"
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    met = {True: "yes", False: "NO", None: ""}[result.met]
    goal = "" if result.goal is None else str(result.goal)
    return result.benchmark, measured, limit, ratio, goal, met


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def main() -> int:
    """Run what is asked for; the exit code says whether it could be measured, not whether it is fast."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="small sizes: shows that they run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    widths = (38, 30, 58, 6, 14, 3)
    line = "  ".join(f"{{:<{width}}}" for width in widths)
    print(line.format(*_COLUMNS))
    results = []
    with scratch() as home:
        os.environ["LIVEROOM_HOME"] = str(home)
        for result in run(asked.names or BENCHMARKS, asked.quick):
            results.append(result)
            print(line.format(*cells(result)).rstrip(), flush=True)
            if result.note:
                print(f"    {result.note}", flush=True)
    if asked.json:
        asked.json.write_text(json.dumps([result.as_dict() for result in results], indent=1))
    return int(any(result.note.startswith("failed") for result in results))


if __name__ == "__main__":
    sys.exit(main())
