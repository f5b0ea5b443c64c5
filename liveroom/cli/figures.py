"""`liveroom kpis` and `liveroom export`: what a recorded session holds, in numbers."""

from __future__ import annotations

import json
from pathlib import Path

import click

from liveroom.cli.options import FILE
from liveroom.cli.options import window as window_of


@click.command()
@click.argument("session", type=FILE)
@click.option("--from", "start", metavar="ISO", help="Only what occurred at or after this instant.")
@click.option("--to", "end", metavar="ISO", help="Only what occurred before this instant.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def kpis(session: Path, start: str | None, end: str | None, as_json: bool) -> None:
    """Print the key figures of a recorded SESSION, or of a window of it.

    Money is in minor units of the session's currency in JSON. Unknown is null, or a dash: never 0.
    """
    from liveroom.history import show_of
    from liveroom.kpi_table import kpi_table
    from liveroom.models.kpis import kpis_of
    from liveroom.progress import progress_bar
    from liveroom.shots import check_window
    from liveroom.store import SessionStore

    store = SessionStore.read(session)
    try:
        window = window_of(start, end, store.meta.timezone)
        with progress_bar(store.last_seq, "counting") as step:
            show = show_of(store, window, step)
        if show.first_at is None and not window.is_everything:
            check_window(session, show_of(store), window, store.meta.timezone)
        result = kpis_of(show, store.set_aside_counts())
    finally:
        store.close()
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        click.echo(kpi_table(result))


@click.command()
@click.argument("session", type=FILE)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "parquet", "xlsx", "json", "sqlite"]),
    required=True,
    help="csv and parquet make a folder, the others one file.",
)
@click.argument("out", type=FILE)
@click.option("--force", is_flag=True, help="Replace OUT where it is a file or an earlier export.")
def export(session: Path, kind: str, out: Path, force: bool) -> None:
    """Export SESSION to OUT: events, order lines and the tables of key figures."""
    from liveroom.analysis.export import TABLES, export_session
    from liveroom.progress import progress_bar

    with progress_bar(len(TABLES), f"exporting {session.name}") as step:
        written = export_session(session, kind, out, replace=force, progress=step)
    click.echo(f"{out}: {', '.join(written)}")
