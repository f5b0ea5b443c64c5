"""Sums over a recorded show that measures are made of."""

from __future__ import annotations

import numpy as np

from liveroom.models.measures import LONGEST_HOLD_MS
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.timeline import Column


def viewer_minutes(trial: Trial) -> float:
    """Return the time that all viewers together spent in the room, from the samples of the audience."""
    times, values = trial.show.audience.to_arrays()
    if len(times) < 2:
        return 0.0
    held = np.minimum(np.diff(times), LONGEST_HOLD_MS)
    return float((values[:-1] * held).sum()) / 60_000


def total(trial: Trial, column: Column) -> int:
    """Return what was counted over a whole show."""
    return trial.show.timeline.totals()[column]


def margin_minor(trial: Trial) -> int:
    """Return what is left of net revenue after the cost of the goods and the ad spend (minor units)."""
    costs = {product.sku: product.cost_minor for product in trial.scenario.products}
    spent = total(trial, Column.AD_SPEND)
    for sku, tally in trial.show.products.items():
        kept = tally.units - trial.witness.cancelled_units.get(sku, 0)
        spent += costs.get(sku, 0) * kept
    return total(trial, Column.REVENUE) - total(trial, Column.CANCELLED) - spent


def minutes_of(trial: Trial) -> float:
    """Return how long a show lasted."""
    return trial.second / 60
