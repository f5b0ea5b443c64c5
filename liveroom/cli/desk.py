"""`liveroom desk`, and what a word-less `liveroom` opens."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from liveroom.cli.options import FILE
from liveroom.cli.running import run
from liveroom.errors import KnownError
from liveroom.models.facts import Mode


@click.command()
@click.argument("session", type=FILE, required=False)
def desk(session: Path | None) -> None:
    """Open the desk on a recorded SESSION to look back at it; without one, the start screen."""
    from liveroom.display import missing_display

    if why := missing_display():
        raise KnownError(f"no window can be shown: {why}. Without a screen use: liveroom rehearse")
    if session is None:
        from liveroom.app import run_start

        sys.exit(run_start())
    else:
        from liveroom import sources

        plan = sources.recorded(session)
        run(lambda: plan, Mode.DEBRIEF, headless=False)
