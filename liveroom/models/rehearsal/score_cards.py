"""A score as the card that the desk shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liveroom.models.money import minor_digits
from liveroom.models.rehearsal.figure_values import Value
from liveroom.models.rehearsal.score import Difference, Judged, Score
from liveroom.models.rehearsal.score_shows import Worth
from liveroom.models.score_card import (
    NO_SEEDS,
    Attempt,
    DecisionWorth,
    KnownThen,
    Result,
    ScoreCard,
)
from liveroom.models.simulation.scenarios.scenario import Scenario

MEASURE = "margin after cost of goods and ad spend"


def score_card(
    score: Score, scenario: Scenario, attempts: Sequence[Attempt] = (), producer: str = ""
) -> ScoreCard:
    """Return the card of a score; `attempts` are this producer's, oldest first, this one last."""
    segments = [plan.segment for plan in scenario.segments]
    return ScoreCard(
        currency=scenario.currency,
        timezone=scenario.timezone,
        measure=MEASURE,
        yours=_result("yours", score.yours),
        nothing=_result("doing nothing", score.nothing, score.above_nothing),
        policies=tuple(
            _result(title, worth, score.above_policies[title])
            for title, worth in score.policies.items()
        ),
        decisions=tuple(_worth(each, scenario) for each in score.decisions),
        attempts=tuple(attempts),
        scenario=scenario.title,
        seed=score.seed,
        seeds=len(score.seeds),
        case=score.case,
        producer=producer,
        product_names=tuple((product.sku, product.name) for product in scenario.products),
        segment_titles=tuple((segment.segment_id, segment.title) for segment in segments),
    )


def attempt_of(score: Score, ended_at: int) -> Attempt:
    """Return a score as one point of a learning curve; `ended_at` is ms UTC."""
    best = score.best
    possible = 0 if best is None else best[1].margin_minor - score.nothing.margin_minor
    return Attempt(
        ended_at=ended_at,
        gained_minor=score.gained.margin_minor,
        possible_minor=possible,
        seed=score.seed,
    )


def _result(title: str, worth: Worth, behind: Difference | None = None) -> Result:
    return Result(
        title=title,
        money_minor=worth.margin_minor,
        viewer_minutes=worth.viewer_minutes,
        behind_yours=NO_SEEDS if behind is None else behind.margin_minor,
    )


def _worth(judged: Judged, scenario: Scenario) -> DecisionWorth:
    return DecisionWorth(
        at=scenario.starts_at + judged.second * 1000,
        command=judged.commands[0],
        also=judged.commands[1:],
        known=_known(judged.knew, scenario.currency),
        money_minor=judged.worth.margin_minor,
        viewer_minutes=judged.worth.viewer_minutes,
        over_seeds=judged.over_seeds.margin_minor,
    )


def _known(knew: Mapping[str, Value], currency: str) -> KnownThen:
    per_minute = _number(knew.get("revenue_per_minute"))
    audience, stock = _number(knew.get("audience")), _number(knew.get("stock"))
    return KnownThen(
        segment=str(knew.get("on_air") or ""),
        audience=None if audience is None else round(audience),
        conversion_rate=_number(knew.get("conversion_10")),
        revenue_per_minute_minor=None
        if per_minute is None
        else round(per_minute * 10 ** minor_digits(currency)),
        stock=None if stock is None else round(stock),
    )


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
