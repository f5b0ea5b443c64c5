"""`liveroom shot`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from liveroom.cli.options import FILE, instant
from liveroom.errors import KnownError

THEMES = ("dark", "light", "high-contrast")
_LARGEST = 8192


class Size(click.ParamType):
    """Width and height in pixels: `1920x1080`."""

    name = "1920x1080"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return width and height."""
        if isinstance(value, tuple):
            return value
        wide, _, tall = str(value).lower().partition("x")
        if not (wide.isdecimal() and tall.isdecimal() and wide.isascii() and tall.isascii()):
            self.fail(f"{value!r} is no size: give width and height such as 1920x1080")
        size = int(wide[:6]), int(tall[:6])
        if not all(40 <= side <= _LARGEST for side in size):
            self.fail(f"{value!r} is not a size between 40x40 and {_LARGEST}x{_LARGEST}")
        return size


@click.command()
@click.argument("session", type=FILE)
@click.argument("out", type=FILE)
@click.option("--at", metavar="ISO", help="As it looked at this instant. [default: as it ended]")
@click.option("--size", type=Size(), help="In pixels. [default: 1920x1080; of a panel 960x540]")
@click.option(
    "--theme",
    type=click.Choice(THEMES, case_sensitive=False),
    default="dark",
    show_default=True,
    help="The colours.",
)
@click.option(
    "--layout", metavar="NAME", default="on-air", show_default=True,
    help="Which panels, and where: prepare, on-air, debrief, or one that you saved.",
)  # fmt: skip
@click.option("--panel", metavar="NAME", help="One panel instead of the desk, such as audience.")
def shot(
    session: Path,
    out: Path,
    at: str | None,
    size: tuple[int, int] | None,
    theme: str,
    layout: str,
    panel: str | None,
) -> None:
    """Write a picture of the desk on a recorded SESSION to OUT, a .png file; needs no display.

    SESSION is only read. An OUT that exists is replaced. A layout of your own looks as you left
    it. Instants without an offset are in the session's time zone.

    \b
    Try:   liveroom shot show.liveroom show.png --at 2026-11-20T20:41:36
           liveroom shot show.liveroom plan.png --layout prepare
           liveroom shot show.liveroom chart.png --panel audience --size 1280x640 --theme light
    """
    from liveroom.shots import shot_of

    if out.suffix.lower() != ".png":
        raise click.UsageError(f"{out} is not named like a picture: end it in .png")
    if not out.parent.is_dir():
        raise KnownError(f"there is no folder {out.parent} for the picture {out.name}")
    if out.exists() and session.exists() and out.samefile(session):
        raise KnownError(f"{out} is the session itself: name another file for the picture")
    found = shot_of(session, None if at is None else lambda zone: instant("--at", at, zone))
    # Only now: what was wrong with the words has been said without a moment's wait.
    from liveroom.app.shot import take_shot

    take_shot(found, out, size, theme.replace("-", "_"), layout, panel)
    click.echo(str(out))
