"""What the commands' options are made of, and how a mistake in one is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from liveroom.models.window import Window, parse_instant

FILE = click.Path(path_type=Path)


class Speed(click.ParamType):
    """A factor above 0, or `max`."""

    name = "factor|max"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the factor, or None for as fast as possible."""
        if value is None or isinstance(value, float):
            return value
        if value == "max":
            return MAX
        try:
            speed = float(value)
        except ValueError:
            speed = 0.0
        if not 0 < speed < 1e6:
            self.fail(f"{value!r} is not a speed: give a factor above 0 such as 5, or max")
        return speed


MAX = "max"
MOST_SEEDS = 1000


class Seeds(click.ParamType):
    """Whole numbers from 0 on: `7`, `1..40` or `1,5,9`."""

    name = "1..40"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the numbers, each once."""
        try:
            parts = [self._range(part) for part in str(value).split(",")]
        except ValueError:
            parts = [range(0)]
        if not all(parts) or any(part[0] < 0 for part in parts):
            self.fail(f"{value!r} are no seeds: give 1..40, or 7, or 1,5,9; from 0 on")
        # Counted before they are written out, which would take forever for 1..50000000.
        asked = sum(part[-1] - part[0] + 1 for part in parts)
        if asked > MOST_SEEDS:
            self.fail(f"{value!r} are {asked:,} seeds: give at most {MOST_SEEDS:,}")
        return list(dict.fromkeys(seed for part in parts for seed in part))

    def _range(self, part: str) -> range:
        first, to, last = part.partition("..")
        return range(int(first), int(last if to else first) + 1)


def factor(speed: Any, fast: bool) -> float | None:
    """Return how fast to play, None for as fast as possible."""
    if speed == MAX or (speed is None and fast):
        return None
    return 1.0 if speed is None else float(speed)


def instant(option: str, text: str, timezone: str) -> int:
    """Return an instant in ms UTC; raise UsageError that shows what one looks like."""
    try:
        return parse_instant(text, timezone)
    except (ValueError, OverflowError):
        raise click.UsageError(
            f"{option} {text!r} is not an instant such as 2026-11-21T20:00 or 2026-11-21T20:00:00Z"
        ) from None


def window(start: str | None, end: str | None, timezone: str) -> Window:
    """Return the window of --from and --to."""
    edges: dict[str, int] = {}
    for name, option, text in (("start", "--from", start), ("end", "--to", end)):
        if text is not None:
            edges[name] = instant(option, text, timezone)
    found = Window(**edges)
    if found.start >= found.end:
        raise click.UsageError(f"--from {start} is not before --to {end}")
    return found
