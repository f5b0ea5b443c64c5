"""Runs what a command planned: at a desk, or without a window to its key figures."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from liveroom.models.facts import Mode

if TYPE_CHECKING:
    from liveroom.score_report import ScoreReport
    from liveroom.sources import Plan


def run(
    make_plan: Callable[[], Plan],
    mode: Mode,
    *,
    headless: bool,
    picture: bool = False,
    as_json: bool = False,
    score: Callable[[], ScoreReport] | None = None,
) -> None:
    """Open the desk and leave with its exit code; `headless` plays, records and prints instead."""
    if not headless:
        from liveroom.app import run_desk

        sys.exit(run_desk(make_plan, mode))
    from liveroom.headless import PATIENCE_SECONDS, Watcher, play
    from liveroom.history import show_of
    from liveroom.kpi_table import kpi_table
    from liveroom.models.kpis import kpis_of
    from liveroom.store import SessionStore, keep_score

    plan, watcher = make_plan(), Watcher()
    last = play(plan.session(watcher, PATIENCE_SECONDS), watcher, plan.connectors)
    left = {"session": plan.path}
    if picture:
        from liveroom.app import save_picture

        left["picture"] = save_picture(last, plan.path.with_suffix(".png"))
    store = SessionStore.read(plan.path)
    try:
        result = kpis_of(show_of(store), store.set_aside_counts())
    finally:
        store.close()
    report = score() if score is not None else None
    if report is not None:
        keep_score(plan.path, plan.meta, report.card())
    if as_json:
        shown: dict[str, Any] = {name: str(path) for name, path in left.items()}
        shown["kpis"] = result
        if report is not None:
            shown["score"] = report.as_dict()
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    click.echo(kpi_table(result) + "\n")
    if report is not None:
        click.echo(report.as_text() + "\n")
    for name, path in left.items():
        click.echo(f"{name:<9}{path}")
