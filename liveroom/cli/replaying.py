"""`liveroom replay`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from liveroom.cli.options import FILE, Speed, factor, window
from liveroom.cli.running import run
from liveroom.errors import KnownError
from liveroom.models.facts import Mode


@click.command()
@click.argument("source", type=FILE)
@click.option(
    "--mapping", help="How to read SOURCE: a shipped name or a TOML file. [default: found]"
)
@click.option("--from", "start", metavar="ISO", help="Only what occurred at or after this instant.")
@click.option("--to", "end", metavar="ISO", help="Only what occurred before this instant.")
@click.option(
    "--speed", type=Speed(), help="How fast: a factor, or max. [default: 1; headless max]"
)
@click.option("--headless", is_flag=True, help="No window: play, record, print the key figures.")
@click.option("--session", type=FILE, help="Record into this file. [default: a new one]")
@click.option("--json", "as_json", is_flag=True, help="With --headless: one JSON object.")
def replay(
    source: Path,
    mapping: str | None,
    start: str | None,
    end: str | None,
    speed: Any,
    headless: bool,
    session: Path | None,
    as_json: bool,
) -> None:
    """Replay SOURCE: a liveroom session, or CSV, JSON lines or XLSX files read through a mapping.

    Replaying into the same --session again, or going on after an interruption, counts nothing twice.
    Instants without an offset are in the time zone of the source.
    """
    from liveroom import sources
    from liveroom.display import missing_display

    recording = sources.recording(source, mapping)
    recording.window = window(start, end, recording.timezone)
    plan = sources.replay(recording, factor(speed, headless), session)
    if not headless and (why := missing_display()):
        raise KnownError(f"no window can be shown: {why}; add --headless")
    run(lambda: plan, Mode.REPLAY, headless=headless, as_json=as_json)
