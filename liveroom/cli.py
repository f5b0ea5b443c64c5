"""The command line: one command per thing that a producer, or a program, does with a show."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liveroom import __version__
from liveroom.errors import KnownError
from liveroom.logs import start_logging
from liveroom.models.facts import Mode
from liveroom.models.window import Window, parse_instant

if TYPE_CHECKING:
    from liveroom.score_report import ScoreReport
    from liveroom.sources import Plan

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


@main.command()
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
        _run(lambda: plan, Mode.DEBRIEF, headless=False)


@main.command()
@click.option(
    "--scenario",
    default="first_show",
    show_default=True,
    metavar="NAME|FILE",
    help="A shipped scenario, or a .toml file.",
)
@click.option(
    "--policy",
    default="none",
    show_default=True,
    metavar="none|case|NAME|FILE",
    help="Who acts: nobody but you, the scenario's own case, a shipped policy, a .toml file.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The show's dice.")
@click.option(
    "--seeds", type=Seeds(), help="Play all these, acted and not, and print the effect; no session."
)
@click.option(
    "--trouble",
    type=click.Choice(["none", "some", "much"]),
    default="none",
    show_default=True,
    help="How much goes wrong by chance.",
)
@click.option(
    "--speed", type=Speed(), help="How fast: a factor, or max. [default: 1; headless max]"
)
@click.option("--headless", is_flag=True, help="No window: play, record, print the key figures.")
@click.option("--score", "scored", is_flag=True, help="With --headless: what each act was worth.")
@click.option("--session", type=FILE, help="Record into this file. [default: a new one]")
@click.option("--minutes", type=click.IntRange(1, 1440), help="Length. [default: the whole show]")
@click.option(
    "--producer", default="", metavar="NAME", help="Who rehearses: whose learning curve goes on."
)
@click.option(
    "--json", "as_json", is_flag=True, help="With --headless or --seeds: one JSON object."
)
def rehearse(
    scenario: str,
    policy: str,
    seed: int,
    seeds: list[int] | None,
    trouble: str,
    speed: Any,
    headless: bool,
    scored: bool,
    session: Path | None,
    minutes: int | None,
    producer: str,
    as_json: bool,
) -> None:
    """Rehearse offline with a simulated audience and shop; the same seed gives the same show.

    Without a display the rehearsal is played offscreen in fast motion and leaves its session file and a
    picture of the desk.
    """
    from liveroom.display import missing_display

    if scored and not headless:
        raise click.UsageError("--score goes with --headless: in a window the desk shows it")
    if seeds is not None:
        _refuse_with_seeds(session, producer, scored)
        from liveroom.trial_report import report_trials

        report_trials(scenario, policy, seeds, minutes, trouble, as_json)
        return
    why = "" if headless else missing_display()
    if why and not as_json:
        click.echo(f"No window can be shown here ({why}): playing offscreen, in fast motion.")
    fast = headless or bool(why)
    factor, who = _factor(speed, fast), producer.strip()
    plan = _rehearsal(seed, factor, minutes, session, scenario, policy, trouble, who)
    score = _scoring(scenario, policy, seed, minutes, trouble) if scored else None
    _run(plan, Mode.REHEARSAL, headless=fast, picture=bool(why), as_json=as_json, score=score)


@main.command()
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
    recording.window = _window(start, end, recording.timezone)
    plan = sources.replay(recording, _factor(speed, headless), session)
    if not headless and (why := missing_display()):
        raise KnownError(f"no window can be shown: {why}; add --headless")
    _run(lambda: plan, Mode.REPLAY, headless=headless, as_json=as_json)


@main.command()
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
    from liveroom.store import SessionStore

    store = SessionStore.read(session)
    try:
        window = _window(start, end, store.meta.timezone)
        with progress_bar(store.last_seq, "counting") as step:
            result = kpis_of(show_of(store, window, step), store.set_aside_counts())
    finally:
        store.close()
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        click.echo(kpi_table(result))


@main.command()
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


@main.command()
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


def _rehearsal(
    seed: int,
    speed: float | None,
    minutes: int | None,
    session: Path | None,
    scenario: str = "first_show",
    policy: str = "none",
    trouble: str = "none",
    producer: str = "",
) -> Callable[[], Plan]:
    def plan() -> Plan:
        # Only now: the first paint of the desk does not wait for what a session needs.
        from liveroom import sources

        return sources.rehearsal(seed, speed, minutes, session, scenario, policy, trouble, producer)

    return plan


def _refuse_with_seeds(session: Path | None, producer: str, scored: bool) -> None:
    """Raise UsageError for an option that many shows, played for their mean, cannot honour."""
    if session is not None:
        raise click.UsageError(
            "--seeds records no session, so --session would stay without effect: "
            "leave one of them out (to record one show: --seed)"
        )
    if producer:
        raise click.UsageError(
            "--seeds leaves nothing in a learning curve: leave --producer out, or use --seed"
        )
    if scored:
        raise click.UsageError("--seeds prints effects, not scores: leave --score out")


def _scoring(
    scenario: str, policy: str, seed: int, minutes: int | None, trouble: str
) -> Callable[[], ScoreReport]:
    def scoring() -> ScoreReport:
        from liveroom.score_report import score_policy

        return score_policy(scenario, policy, seed, minutes, trouble)

    return scoring


def _run(
    make_plan: Callable[[], Plan],
    mode: Mode,
    *,
    headless: bool,
    picture: bool = False,
    as_json: bool = False,
    score: Callable[[], ScoreReport] | None = None,
) -> None:
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


def _factor(speed: Any, fast: bool) -> float | None:
    if speed == MAX or (speed is None and fast):
        return None
    return 1.0 if speed is None else float(speed)


def _window(start: str | None, end: str | None, timezone: str) -> Window:
    edges: dict[str, int] = {}
    for name, option, text in (("start", "--from", start), ("end", "--to", end)):
        if text is not None:
            try:
                edges[name] = parse_instant(text, timezone)
            except (ValueError, OverflowError):
                raise click.UsageError(
                    f"{option} {text!r} is not an instant such as 2026-11-21T20:00 or "
                    "2026-11-21T20:00:00Z"
                ) from None
    window = Window(**edges)
    if window.start >= window.end:
        raise click.UsageError(f"--from {start} is not before --to {end}")
    return window
