"""`liveroom rehearse`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liveroom.cli.options import FILE, Seeds, Speed, factor
from liveroom.cli.running import run
from liveroom.models.facts import Mode

if TYPE_CHECKING:
    from liveroom.score_report import ScoreReport
    from liveroom.sources import Plan


@click.command()
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
    rate, who = factor(speed, fast), producer.strip()
    plan = _rehearsal(seed, rate, minutes, session, scenario, policy, trouble, who)
    score = _scoring(scenario, policy, seed, minutes, trouble) if scored else None
    run(plan, Mode.REHEARSAL, headless=fast, picture=bool(why), as_json=as_json, score=score)


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
