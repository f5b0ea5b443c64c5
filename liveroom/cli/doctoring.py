"""`liveroom doctor`."""

from __future__ import annotations

import json
import sys

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def doctor(as_json: bool) -> None:
    """Check this installation: versions, resources, display, folders; exit code 1 if one fails."""
    from liveroom.doctor import examine

    checks = examine()
    if as_json:
        click.echo(json.dumps([check.as_dict() for check in checks]))
    else:
        for check in checks:
            click.echo(f"{'ok  ' if check.passed else 'FAIL'}  {check.name:<18}{check.finding}")
    sys.exit(0 if all(check.passed for check in checks) else 1)
