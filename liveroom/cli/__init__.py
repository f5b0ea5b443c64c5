"""The command line: one command per thing that a producer, or a program, does with a show.

A command is a file here and a line below; what it needs beyond its options is imported when it runs.
"""

from __future__ import annotations

from typing import Any

import click

from liveroom import __version__
from liveroom.cli.desk import desk
from liveroom.cli.doctoring import doctor
from liveroom.cli.figures import export, kpis
from liveroom.cli.rehearsing import rehearse
from liveroom.cli.replaying import replay
from liveroom.cli.shooting import shot
from liveroom.errors import KnownError
from liveroom.logs import start_logging

COMMANDS = (desk, rehearse, replay, kpis, export, shot, doctor)


class KnownErrors(click.Group):
    """Shows known errors as one line with exit code 1, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KnownError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=KnownErrors, invoke_without_command=True)
@click.version_option(__version__)
@click.pass_context
def main(ctx: click.Context) -> None:
    """The control room of a live sales show: plan it, rehearse it, run it, learn from it.

    Without a command the start screen opens. Exit codes: 0 done, 1 an error that the
    message explains, 2 a command that was not understood.

    \b
    Try:   liveroom rehearse --speed 20          a simulated show, twenty times as fast
           liveroom replay orders.csv --headless  files you have, into a session
           liveroom kpis SESSION                  its key figures
    """
    start_logging()
    if ctx.invoked_subcommand is None:
        ctx.invoke(desk)


for _command in COMMANDS:
    main.add_command(_command)
