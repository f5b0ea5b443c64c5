"""The outcome of many seeds as lines of text and as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from liveroom.models.rehearsal.case import Compare, Effect
from liveroom.models.rehearsal.interval import Interval
from liveroom.models.rehearsal.trial import Terms
from liveroom.progress import progress_bar
from liveroom.trials import SIDE, Job, Outcome, run_trials

_UNKNOWN = "—"


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as plain values; unknown is None."""
    return {
        "case": outcome.case or None,
        "policy": outcome.policy,
        "seeds": [seed.seed for seed in outcome.seeds],
        "effect": _effect_json(outcome, 0),
        "per_seed": [
            {
                "seed": seed.seed,
                "effect": seed.effects[0],
                "acted": seed.acted[0],
                "not_acted": seed.not_acted[0],
            }
            for seed in outcome.seeds
        ],
        "also": [_effect_json(outcome, place) for place in range(1, len(outcome.effects))],
        "premises": [_premise_json(outcome, place) for place in range(len(outcome.premises))],
        "side_effects": {name: _interval_json(outcome.side(name)) for name in SIDE},
    }


def outcome_text(outcome: Outcome) -> str:
    """Return the outcome as lines for a terminal."""
    case = f"{outcome.case} · " if outcome.case else ""
    effect = outcome.effects[0]
    lines = [
        f"{case}{outcome.title} · policy: {outcome.policy}",
        f"{effect.name} ({effect.unit})",
        "",
        f"{'seed':>6}{'acted':>14}{'not acted':>14}{'effect':>14}",
    ]
    lines += [
        f"{seed.seed:>6}{_number(seed.acted[0]):>14}{_number(seed.not_acted[0]):>14}"
        f"{_effect(effect, seed.effects[0]):>14}"
        for seed in outcome.seeds
    ]
    lines.append("")
    lines += [line for place in range(len(outcome.effects)) for line in _summary(outcome, place)]
    if outcome.premises:
        lines += ["", "the situation, where nobody acts:"]
    lines += [_premise(outcome, place) for place in range(len(outcome.premises))]
    lines += ["", "acted ÷ not acted − 1 of other measures, mean over the seeds:"]
    lines += [f"  {name:<22}{_mean(outcome.side(name), percent=True)}" for name in SIDE]
    return "\n".join(lines)


def _summary(outcome: Outcome, place: int) -> list[str]:
    effect, found = outcome.effects[place], outcome.interval(place)
    percent = effect.compare is Compare.RELATIVE
    lines = [f"{effect.name}: {_mean(found, percent)}"]
    if effect.target is not None:
        near = ""
        if found.mean is not None and effect.target:
            near = f", {found.mean / effect.target - 1:+.1%} from it"
        lines.append(f"  the case's figure: {_effect(effect, effect.target)}{near}")
    if found.number < len(outcome.seeds):
        lines.append(f"  it has a value in {found.number} of {len(outcome.seeds)} seeds")
    if effect.compare is not Compare.RELATIVE:
        lines.append(f"  not acted: {_mean(outcome.values(place, acted=False), percent=False)}")
    return lines


def _effect_json(outcome: Outcome, place: int) -> dict[str, Any]:
    effect = outcome.effects[place]
    return {
        "name": effect.name,
        "unit": effect.unit,
        **_interval_json(outcome.interval(place)),
        "target": effect.target,
        "compare": str(effect.compare),
        "measure": effect.measure,
        "acted": outcome.values(place, acted=True).mean,
        "not_acted": outcome.values(place, acted=False).mean,
    }


def _premise(outcome: Outcome, place: int) -> str:
    premise, found = outcome.premises[place], outcome.premise(place)
    bounds = (("", premise.target), ("at least ", premise.at_least), ("at most ", premise.at_most))
    wanted = next(f"{words}{_number(bound)}" for words, bound in bounds if bound is not None)
    return f"  {premise.name}: {_mean(found, percent=False)}; the case: {wanted}"


def _premise_json(outcome: Outcome, place: int) -> dict[str, Any]:
    premise = outcome.premises[place]
    return {
        "name": premise.name,
        "unit": premise.unit,
        **_interval_json(outcome.premise(place)),
        "target": premise.target,
        "at_least": premise.at_least,
        "at_most": premise.at_most,
        "measure": premise.measure,
    }


def _interval_json(found: Interval) -> dict[str, Any]:
    return {"mean": found.mean, "low": found.low, "high": found.high, "values": found.number}


def _mean(found: Interval, percent: bool) -> str:
    def text(value: float) -> str:
        return f"{value:+.1%}" if percent else _number(value)

    if found.mean is None:
        return _UNKNOWN
    if found.low is None or found.high is None:
        return text(found.mean)
    low, high, number = text(found.low), text(found.high), found.number
    return f"{text(found.mean)}  (95 %: {low} to {high}, {number} seeds)"


def _effect(effect: Effect, value: float | None) -> str:
    if value is None:
        return _UNKNOWN
    return f"{value:+.1%}" if effect.compare is Compare.RELATIVE else _number(value)


def _number(value: float | None) -> str:
    if value is None:
        return _UNKNOWN
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def report_trials(
    scenario: str,
    policy: str,
    seeds: Sequence[int],
    minutes: float | None,
    trouble: str,
    as_json: bool,
) -> None:
    """Play the seeds with a progress bar and print what came out."""
    job = Job(scenario=scenario, policy=policy, terms=Terms(minutes=minutes, trouble=trouble))
    with progress_bar(len(seeds), "seeds, acted and not acted") as step:
        outcome = run_trials(job, seeds, step)
    if as_json:
        click.echo(json.dumps(outcome_json(outcome), ensure_ascii=False))
    else:
        click.echo(outcome_text(outcome))
